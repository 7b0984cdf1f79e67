"""What a student asks on a day, under each plan: the product's own, and the rivals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sciaquiz.exam.evidence import Past, first_answers, past_of
from sciaquiz.exam.expecting import expecting
from sciaquiz.exam.plan import Candidate, plan, with_reserve
from sciaquiz.memory.policy import FSRS6_PARAMETERS

if TYPE_CHECKING:
    from bench.simulate.student import Student

MODEL = expecting(FSRS6_PARAMETERS)
DUE_BELOW = 0.9
LAST_DAYS = 14
CRAM_DAYS = 3

Policy = Callable[["Student", int], Iterable[int]]
"""The places of the cards to ask on a day, in their order; a student stops when the minutes are over."""


def past_so_far(student: Student) -> Past:
    """Return what the answers so far come to, by the product's own reading."""
    return past_of(student.answers, FSRS6_PARAMETERS, {item.card_id: item.guess for item in student.items})


def candidates(student: Student, day: int, past: Past, *, safety: bool = True) -> list[Candidate]:
    """Return the cards as the product sees them on a day."""
    topics = {item.card_id: str(item.topic) for item in student.items}
    firsts = first_answers(past, topics, {item.card_id: item.guess for item in student.items})
    found = []
    for place, item in enumerate(student.items):
        known = past.memories.get(item.card_id)
        topic = str(item.topic)
        found.append(
            Candidate(
                card_id=item.card_id,
                question=place,
                guess=item.guess,
                must_not_miss=safety and item.must_not_miss,
                memory=None if known is None else known[0],
                last=0 if known is None else day - known[1],
                right=firsts.right[topic],
                known=firsts.known[topic],
                weights=(item.weight,),
            )
        )
    return found


def minutes_ahead(student: Student, day: int, share: float = 1.0) -> list[float]:
    """Return the minutes of each day from this one to the exam."""
    return [student.budget(later) / 60 * share for later in range(day, student.setting.days)]


def the_plan(student: Student, day: int) -> Iterable[int]:
    """The product: today's part of a plan made anew each day, with some cards in reserve; the clock ends it."""
    found = plan(
        candidates(student, day, _past_at_hand(student)),
        [student.setting.days - day],
        with_reserve(minutes_ahead(student, day)),
        student.costs_known(),
        MODEL,
        days=1,
    )
    return [taken.card for taken in found.days[0].cards]


def _past_at_hand(student: Student) -> Past:
    """Return the same as `past_so_far` without its forecasts, from memories that the student keeps up."""
    items = student.items
    firsts: dict[object, tuple[bool, bool]] = {}
    for answer in student.answers:
        firsts.setdefault(answer.card_id, (answer.correct, answer.rating > 1))
    memories = {items[place].card_id: known for place, known in student.memories.items()}
    return Past(memories, firsts)  # type: ignore[arg-type]


def _recall(student: Student, place: int, day: int) -> float:
    memory, last = student.memories[place]
    return MODEL.recall(day - last, memory.stability)


def _by_recall(student: Student, day: int) -> list[tuple[float, int]]:
    met = [(_recall(student, place, day), place) for place, (_, last) in student.memories.items() if last < day]
    return sorted(met)


def _fresh(student: Student) -> list[int]:
    return [place for place in range(len(student.items)) if place not in student.memories]


def plain_filled(student: Student, day: int) -> Iterable[int]:
    """Plain FSRS at 0.90 with new cards at a constant rate; the rest of the minutes by lowest recall."""
    ranked = _by_recall(student, day)
    due = [place for recall, place in ranked if recall <= DUE_BELOW]
    fresh = _fresh(student)
    days = max(1, sum(not student.is_off(later) for later in range(day, student.setting.days)))
    new = fresh[: -(-len(fresh) // days)]
    return [*due, *new, *(place for recall, place in ranked if recall > DUE_BELOW)]


def _by_gain(student: Student, day: int) -> list[int]:
    """Every card by its gain in expected score per second, and nothing waits."""
    costs, end = student.costs_known(), student.setting.days
    firsts = first_answers(
        _past_at_hand(student),
        {item.card_id: str(item.topic) for item in student.items},
        {item.card_id: item.guess for item in student.items},
    )
    ranked = []
    for place, item in enumerate(student.items):
        worth = item.weight * (1 - item.guess - 0.02)
        known = student.memories.get(place)
        if known is None:
            chance = firsts.known[str(item.topic)]
            gain = worth * (MODEL.first_ahead(chance, end - day) - chance)
            seconds = costs.new
        elif known[1] < day:
            held = MODEL.held(known[0].stability, known[0].difficulty)
            reviewed = MODEL.review(held, day - known[1])
            gain = worth * (MODEL.ahead(reviewed, end - day) - MODEL.recall(end - known[1], known[0].stability))
            seconds = costs.review(reviewed.recall)
        else:
            continue
        if gain > 0:
            ranked.append((gain / seconds, -place))
    return [-place for _, place in sorted(ranked, reverse=True)]


def new_first_then_ranked(student: Student, day: int) -> Iterable[int]:
    """New cards before reviews, plain FSRS, and the last 14 days by gain: the best of the simple rules."""
    if student.setting.days - day <= LAST_DAYS:
        return _by_gain(student, day)
    due = [place for recall, place in _by_recall(student, day) if recall <= DUE_BELOW]
    return [*_fresh(student), *due]


def last_days(student: Student, day: int) -> Iterable[int]:
    """Nothing until the last three days; then by gain, within the same minutes a day."""
    return _by_gain(student, day) if student.setting.days - day <= CRAM_DAYS else ()


def nothing(student: Student, day: int) -> Iterable[int]:
    """No study at all."""
    return ()


POLICIES: dict[str, Policy] = {
    "the plan": the_plan,
    "plain, filled": plain_filled,
    "new first, last 14 days ranked": new_first_then_ranked,
    "last 3 days, same minutes a day": last_days,
    "last 3 days, same minutes in all": last_days,
    "nothing": nothing,
}
CRAMMED = "last 3 days, same minutes in all"


def live(student: Student, policy: Policy, day: int, budget: float) -> None:
    """Let a student study one day; nothing is begun when the minutes are over."""
    spent = 0.0
    for place in policy(student, day):
        if spent >= budget:
            break
        spent += student.ask(place, day)
    student.longest = max(student.longest, spent / 60)
