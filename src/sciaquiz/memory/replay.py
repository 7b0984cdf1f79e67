"""From the journal to the state of a card: the only way there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.ids import EntryId
from sciaquiz.journal.entries import (
    CardState,
    Certainty,
    Event,
    EventKind,
    LastAnswer,
    Marks,
    MissReason,
    Phase,
    Rating,
    Review,
)
from sciaquiz.memory.belief import belief_after, may_harm
from sciaquiz.memory.fuzz import spreads_in
from sciaquiz.memory.model import model_named
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.remaking import remade
from sciaquiz.memory.schedule import Graded, advance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sciaquiz.ids import CardId, DeviceId, Digest
    from sciaquiz.journal.entries import Progress

    Entry = Review | Event

LEECH_LAPSES = 8
DEFAULT_POLICY = Policy()
REASONS = frozenset(MissReason)
EntryT = TypeVar("EntryT", bound="Review | Event")


class InForce(Struct, frozen=True):
    """What counts of a card's entries, in the order that counts.

    `reviews` have the ratings they were given by the rule; `overrules` those that the student gave some of them
    instead, `rerated` those that another rule gave later. `events` has neither voids nor what they took out.
    `moving` are the reviews, and among them the corrections of the key, that the state of the card follows from.
    """

    reviews: tuple[Review, ...]
    events: tuple[Event, ...]
    overrules: Mapping[EntryId, Rating]
    rerated: Mapping[EntryId, Rating] = field(default_factory=dict)
    moving: tuple[Entry, ...] = ()

    def rating(self, review: Review) -> Rating:
        """Return the rating that counts: the student's own, that of the latest rule, or that of the first."""
        return self.overrules.get(review.id) or self.rerated.get(review.id, review.rating)


class Step(Struct, frozen=True):
    """An entry that counts, and what the card had come to and came to by it. `rating` is None for a correction."""

    entry: Entry
    rating: Rating | None
    before: CardState
    after: CardState


def in_order(entries: Iterable[EntryT]) -> list[EntryT]:
    """Return entries in the order that counts, whatever order they arrived in.

    Each device's entries go by its own sequence; devices are merged by the latest instant that a device had reached,
    so that a clock that jumps backwards reorders nothing.
    """
    reached: dict[DeviceId, datetime] = {}
    placed: list[tuple[datetime, DeviceId, int, EntryId, EntryT]] = []
    for entry in sorted(entries, key=lambda entry: (entry.device_id, entry.seq, entry.id)):
        instant, device = entry.moment.instant, entry.device_id
        latest = max(reached.get(device, instant), instant)
        reached[device] = latest
        placed.append((latest, device, entry.seq, entry.id, entry))
    placed.sort(key=lambda place: place[:4])
    return [place[4] for place in placed]


def in_force(reviews: Iterable[Review], events: Iterable[Event]) -> InForce:
    """Return what counts of these entries: exactly as if what was voided had never been, nor the void.

    A void takes out a review or an event, never another void.
    """
    events = list(events)
    gone = {event.target for event in events if event.kind is EventKind.VOID}
    standing: list[Entry] = [review for review in reviews if review.id not in gone]
    standing += [event for event in events if event.kind is not EventKind.VOID and event.id not in gone]
    ordered = in_order(standing)
    acts = tuple(entry for entry in ordered if isinstance(entry, Event))
    return InForce(
        reviews=tuple(entry for entry in ordered if isinstance(entry, Review)),
        events=acts,
        overrules=_overrules(acts),
        rerated=_rerated(acts),
        moving=tuple(_moving(ordered)),
    )


def _moving(ordered: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the reviews, and the corrections that are news: each device tells of one, and an answer may be earlier."""
    seen: set[object] = set()
    for entry in ordered:
        if isinstance(entry, Review):
            seen.add(entry.question_version)
            yield entry
        elif entry.kind is EventKind.CORRECTED:
            text = _said(entry, "to")
            if isinstance(text, str) and text not in seen:
                seen.add(text)
                yield entry


def standing_reviews(reviews: Iterable[Review], events: Iterable[Event]) -> list[Review]:
    """Return the reviews that count, in order, each with the rating that counts."""
    counted = in_force(reviews, events)
    rated = ((review, counted.rating(review)) for review in counted.reviews)
    return [review if review.rating is rating else replace(review, rating=rating) for review, rating in rated]


def replay(
    card_id: CardId, reviews: Sequence[Review], events: Sequence[Event], policies: Mapping[Digest, Policy]
) -> CardState:
    """Return the state of one card from all entries about it, in whatever order they come.

    A policy that is not known counts as the default, and an event that says nothing usable is passed over.
    """
    counted = in_force(reviews, events)
    state = first_state(card_id, counted)
    for step in steps(card_id, counted, policies):
        state = step.after
    return state


def first_state(card_id: CardId, counted: InForce) -> CardState:
    """Return the state of a card before any answer, with what the student has set on it by hand."""
    return CardState(card_id=card_id, marks=marks_of(counted.events))


def steps(card_id: CardId, counted: InForce, policies: Mapping[Digest, Policy]) -> Iterator[Step]:
    """Yield what moved a card, one after another: answers, and corrections of its key.

    Where an answer names another model of memory, the card comes to it with its memory made anew under that model.
    """
    state, policy = first_state(card_id, counted), DEFAULT_POLICY
    answers: list[Graded] = []
    for entry in counted.moving:
        before, rating = state, None
        if isinstance(entry, Review):
            rating = counted.rating(entry)
            if entry.schedules:
                policy = policy_named_by(entry, policies)
                before = _under(policy, state, answers)
            state = state_after(before, entry, rating, policies)
        else:
            state = _corrected(state, entry.moment.study_day, policy)
        _take_in(answers, entry, card_id, rating)
        yield Step(entry, rating, before, state)


def state_under(policy: Policy, state: CardState, counted: InForce) -> CardState:
    """Return what a card has come to with its memory under the model of a policy, from all that counts of it."""
    answers: list[Graded] = []
    for entry in counted.moving:
        rating = counted.rating(entry) if isinstance(entry, Review) else None
        _take_in(answers, entry, state.card_id, rating)
    return _under(policy, state, answers)


def _under(policy: Policy, state: CardState, answers: Sequence[Graded]) -> CardState:
    progress = remade(state.progress, answers, policy)
    return state if progress is state.progress else replace(state, progress=progress)


def _take_in(answers: list[Graded], entry: Entry, card_id: CardId, rating: Rating | None) -> None:
    """Add an entry to the answers that a memory is made anew from: after a correction of the key it begins again."""
    if isinstance(entry, Event):
        answers[:] = [Graded(card_id, graded.moment, Rating.AGAIN) for graded in answers[-1:]]
    elif entry.schedules and rating is not None:
        answers.append(Graded(card_id, entry.moment, rating))


def _corrected(state: CardState, study_day: date, policy: Policy) -> CardState:
    """Return what a card comes to whose key was wrong: what was learned was not the answer, and it is asked at once."""
    if state.progress is None:
        return state
    memory = model_named(policy.model).first(policy.parameters, Rating.AGAIN)
    again = replace(
        state.progress, phase=Phase.REVIEW, step=0, memory=memory, due_day=study_day, due_at=None, interval_days=0
    )
    return replace(state, progress=again, unsafe=None)


def policy_named_by(review: Review, policies: Mapping[Digest, Policy]) -> Policy:
    """Return the policy that a review names; the default where it is not known."""
    return policies.get(review.policy, DEFAULT_POLICY)


def state_after(state: CardState, review: Review, rating: Rating, policies: Mapping[Digest, Policy]) -> CardState:
    """Return what a card comes to by one more review that counts, the last of all; `rating` is the one that counts.

    Its memory has to be of the model that the policy of the review names.
    """
    progress = state.progress
    if review.schedules:
        policy = policy_named_by(review, policies)
        progress = advance(progress, Graded(state.card_id, review.moment, rating, spreads_in(review.response)), policy)
    unsafe = belief_after(
        state.unsafe,
        review.moment.study_day,
        is_correct=review.correct,
        is_certain=review.certainty is Certainty.CERTAIN,
        is_harmful=may_harm(review),
        can_prove=review.schedules,
    )
    last = LastAnswer(review.moment.instant, review.correct, review.certainty)
    return CardState(card_id=state.card_id, progress=progress, marks=state.marks, unsafe=unsafe, last_answer=last)


def _said(event: Event, name: str) -> object:
    """Return one value of a payload, None if it is not there; one from another journal can be anything."""
    payload: object = event.payload
    return payload.get(name) if isinstance(payload, Mapping) else None


def _overrules(events: Iterable[Event]) -> Mapping[EntryId, Rating]:
    ratings: dict[EntryId, Rating] = {}
    for event in events:
        if event.kind is EventKind.OVERRULE and event.target is not None:
            said = _said(event, "rating")
            if isinstance(said, int) and not isinstance(said, bool) and Rating.AGAIN <= said <= Rating.EASY:
                ratings[event.target] = Rating(said)
    return ratings


def _rerated(events: Iterable[Event]) -> Mapping[EntryId, Rating]:
    """Return what later rules say of answers, the latest of them."""
    ratings: dict[EntryId, Rating] = {}
    for event in events:
        if event.kind is EventKind.RERATE and isinstance(said := _said(event, "ratings"), Mapping):
            for answer, rating in said.items():
                if type(rating) is int and Rating.AGAIN <= rating <= Rating.EASY:
                    ratings[EntryId(str(answer))] = Rating(rating)
    return ratings


def misses_of(events: Iterable[Event]) -> Mapping[EntryId, MissReason]:
    """Return why answers were wrong, as the student said last, by review; from the acts that count, in order."""
    reasons: dict[EntryId, MissReason] = {}
    for event in events:
        if event.kind is EventKind.MISS and event.target is not None:
            said = _said(event, "reason")
            if isinstance(said, str) and said in REASONS:
                reasons[event.target] = MissReason(said)
    return reasons


def marks_of(events: Iterable[Event]) -> Marks:
    """Return what the student has set by hand, from the acts that count, in order."""
    marks = Marks()
    for event in events:
        match event.kind:
            case EventKind.SUSPEND | EventKind.RESUME:
                marks = replace(marks, suspended=event.kind is EventKind.SUSPEND)
            case EventKind.BURY:
                until = _day(_said(event, "until"))
                marks = marks if until is None else replace(marks, buried_until=until)
            case EventKind.UNBURY:
                marks = replace(marks, buried_until=None)
            case EventKind.FLAG | EventKind.UNFLAG:
                marks = replace(marks, flagged=event.kind is EventKind.FLAG)
            case EventKind.NOTE:
                text = _said(event, "text")
                marks = replace(marks, note=text) if isinstance(text, str) else marks
            case EventKind.VOID | EventKind.OVERRULE | EventKind.MISS | EventKind.RERATE | EventKind.CORRECTED:
                pass
            case EventKind.POLICY | EventKind.SETTING | EventKind.FIT | EventKind.EXAM | EventKind.MOCK:
                pass
            case _ as never:
                assert_never(never)
    return marks


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def is_leech(lapses: int, threshold: int = LEECH_LAPSES) -> bool:
    """Say whether this count of lapses makes a leech: at the threshold, then every half of it (8, 12, 16 ...)."""
    return 0 < threshold <= lapses and (lapses - threshold) % -(-threshold // 2) == 0


def leech_now(before: Progress | None, after: Progress, threshold: int = LEECH_LAPSES) -> bool:
    """Say whether the answer between these two made the card a leech."""
    return after.lapses > (before.lapses if before else 0) and is_leech(after.lapses, threshold)
