"""The exams of a workspace: those that the journal has, what their plans follow from, and today's part of them."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.catalogue.exams import Sat, cards_sat
from sciaquiz.deck.model import Safety
from sciaquiz.errors import SciaquizError
from sciaquiz.exam.after import After, after_of
from sciaquiz.exam.evidence import Answered, FirstAnswers, Past, first_answers, past_of
from sciaquiz.exam.exam import Exam, ExamError, check, exams_of, payload_of, removal_of
from sciaquiz.exam.expecting import expecting
from sciaquiz.exam.habits import missed_share
from sciaquiz.exam.outlook import Preparation, standing, today
from sciaquiz.exam.plan import Candidate
from sciaquiz.exam.prediction import past_error, recalibration_of
from sciaquiz.ids import new_entry_id
from sciaquiz.journal.entries import Act, EventKind, Rating, Review
from sciaquiz.marking.chance import guess_probability
from sciaquiz.memory.replay import in_force
from sciaquiz.study.choice import Choice
from sciaquiz.study.days import days_off
from sciaquiz.study.query import slug
from sciaquiz.study.today import costs_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId, DeckId
    from sciaquiz.store.journal import Journal
    from sciaquiz.workspace import Workspace

UNNAMED = "the rest"
"""The part of a card whose question has no topic, where there is no blueprint."""
NOT_INSTALLED = "There is no question to prepare with: the decks of this exam are not installed."
NEAR = 3
TOLD_DAYS = 60
"""So long after an exam it is told what came of it."""
LONGEST_MINUTES = 1440


class NoExamError(SciaquizError):
    """There is no such exam, or there can be none. The message is for the student."""


def exams_in(journal: Journal) -> tuple[Exam, ...]:
    """Return every exam that the journal has, also past ones, by their day. Raises StoreError."""
    return exams_of(event.payload for event in journal.events(EventKind.EXAM))


def ahead_in(journal: Journal, day: date) -> tuple[Exam, ...]:
    """Return the exams that can still be studied for."""
    return tuple(exam for exam in exams_in(journal) if exam.is_ahead(day))


def told_exams(exams: Sequence[Exam], day: date) -> tuple[Exam, ...]:
    """Return the exams that there is something to tell of: those ahead, then those that are over since some weeks."""
    over = (exam for exam in reversed(exams) if -TOLD_DAYS <= exam.days_left(day) <= 0)
    return (*(exam for exam in exams if exam.is_ahead(day)), *over)


def exam_named(exams: Sequence[Exam], name: str | None) -> Exam:
    """Return the exam with an id or a name; the next one where none is named. Raises NoExamError."""
    if not exams:
        raise NoExamError("There is no exam ahead. To plan one: sciaquiz exam add NAME --date 2027-02-18")
    if name is None:
        return exams[0]
    found = [exam for exam in exams if name in (exam.id, exam.name) or slug(name) == exam.id]
    if not found:
        near = get_close_matches(slug(name), [exam.id for exam in exams], 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(exam.id for exam in exams)}."
        raise NoExamError(f"There is no exam {name!r}. {hint}")
    return found[0]


def free_id(exams: Iterable[Exam], name: str) -> str:
    """Return a short id for a new exam that no other has."""
    taken, wanted = {exam.id for exam in exams}, slug(name) or "exam"
    return next(each for each in (wanted, *(f"{wanted}-{number}" for number in range(2, 10_000))) if each not in taken)


def keep_exam(workspace: Workspace, exam: Exam) -> Exam:
    """Keep an exam that is new or changed, with its topics and decks as they are called here.

    Raises NoExamError for one that cannot be planned, and KeepError.
    """
    now = workspace.clock.now()
    try:
        check(exam, now.study_day)
    except ExamError as error:
        raise NoExamError(str(error)) from None
    exam = replace(exam, decks=tuple(deck.id for deck in workspace.decks(exam.decks)) if exam.decks else ())
    cards = cards_sat(workspace.catalogue, exam.decks or None)
    if not cards:
        raise NoExamError("There is no question to prepare with. To see the decks: sciaquiz decks")
    exam = replace(exam, blueprint=_blueprint(exam, cards))
    _record(workspace.journal, payload_of(exam), now)
    return exam


def remove_exam(workspace: Workspace, exam: Exam) -> None:
    """Remove an exam; nothing else ever depended on it. Raises KeepError."""
    _record(workspace.journal, removal_of(exam.id), workspace.clock.now())


def _record(journal: Journal, payload: Mapping[str, object], now: Moment) -> None:
    journal.record(Act(id=new_entry_id(), kind=EventKind.EXAM, moment=now, payload=payload))


def _blueprint(exam: Exam, cards: Sequence[Sat]) -> dict[str, float]:
    """Return the shares by the topics and decks as they are called. Raises NoExamError."""
    known = {name for sat in cards for name in _groups(sat)}
    found: dict[str, float] = {}
    for typed, share in exam.blueprint.items():
        name = typed if typed in known else slug(typed)
        if name not in known:
            near = get_close_matches(name, sorted(known), NEAR)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise NoExamError(f"No question of these decks has the topic {typed!r}.{hint}")
        found[name] = found.get(name, 0.0) + share
    parts = {_part(exam, sat, found) for sat in cards}
    if empty := [name for name, share in found.items() if share and name not in parts]:
        raise NoExamError(
            f"Every question of {empty[0]!r} counts for a topic or deck before it. Name {empty[0]!r} first."
        )
    return found


def _groups(sat: Sat) -> list[str]:
    return [*(slug(topic) for topic in sat.card.question.topics), sat.deck]


def _part(exam: Exam, sat: Sat, blueprint: Mapping[str, float]) -> str | None:
    """Return what a card counts for: the first of the blueprint that it belongs to. Where there is no blueprint, its
    deck, or in an exam of one deck the first topic of its question."""
    groups = _groups(sat)
    if blueprint:
        return next((name for name in blueprint if name in groups), None)
    return groups[0] if len(exam.decks) == 1 and len(groups) > 1 else UNNAMED if len(exam.decks) == 1 else sat.deck


def _is_in(exam: Exam, sat: Sat) -> bool:
    return not exam.decks or sat.deck in exam.decks


def _as_installed(exam: Exam, cards: Iterable[Sat]) -> Exam:
    """Return an exam without its blueprint where no installed question belongs to any part of it any more."""
    known = {name for sat in cards if _is_in(exam, sat) for name in _groups(sat)}
    return (
        exam if any(share and name in known for name, share in exam.blueprint.items()) else replace(exam, blueprint={})
    )


def _weights(exam: Exam, parts: Sequence[str | None]) -> list[float]:
    """Return the share of the score of each card, 0..1; a part of the blueprint without a card is left out."""
    numbers = {name: parts.count(name) for name in set(parts) if name is not None}
    shares = {name: exam.blueprint[name] for name in numbers} if exam.blueprint else dict(numbers)
    total = sum(shares.values()) or 1.0
    return [0.0 if name is None else shares[name] / total / numbers[name] for name in parts]


def prepare(workspace: Workspace, exams: Sequence[Exam], as_of: date | None = None) -> Preparation:
    """Return what the plans of some exams follow from, as of today. Raises StoreError and NoExamError.

    As of another day, only the answers before it are known.

    An exam of whose decks none is installed is left out.
    The memories are those of FSRS-6, with the student's own parameters where they were fitted: they are replayed from
    the answers, whatever model schedules the cards.
    """
    day, journal = as_of or workspace.clock.now().study_day, workspace.journal
    seen = workspace.snapshot()
    decks = {name for exam in exams for name in exam.decks}
    sat = cards_sat(workspace.catalogue, decks if all(exam.decks for exam in exams) else None)
    exams = [exam for exam in exams if any(_is_in(exam, each) for each in sat)]
    if not exams:
        raise NoExamError(NOT_INSTALLED)
    guess = {each.card.id: guess_probability(each.card) for each in sat}
    parameters = workspace.fits.six
    before = date.max.toordinal() if as_of is None else as_of.toordinal()
    past = past_of((each for each in _answers(journal, guess) if each.day < before), parameters, guess)
    parts, weights = [], []
    for exam in exams:
        exam = _as_installed(exam, sat)
        names = [_part(exam, each, exam.blueprint) if _is_in(exam, each) else None for each in sat]
        shares = _weights(exam, names)
        parts.append(tuple(names))
        weights.append([share if _is_in(exam, each) else None for share, each in zip(shares, sat, strict=True)])
    topics = {each.card.id: _topic(place, parts, each) for place, each in enumerate(sat)}
    firsts = first_answers(past, topics, guess)
    habits, today_number = seen.habits(), day.toordinal()
    costs, settings = costs_of(habits), workspace.settings
    off = days_off(settings)
    return Preparation(
        exams=tuple(exams),
        today=day,
        cards=tuple(
            _candidate(each, day, past, firsts, topics, guess, tuple(row[place] for row in weights))
            for place, each in enumerate(sat)
        ),
        parts=tuple(parts),
        costs=costs,
        model=expecting(parameters, len(settings.learning_steps), len(settings.relearning_steps)),
        recalibration=recalibration_of(past.asked),
        error=past_error(past.asked, today_number),
        firsts=firsts.count,
        missed=missed_share(
            {each.toordinal() for each, answers in habits.answers_by_day.items() if answers},
            today_number,
            lambda number: _is_planned(exams, date.fromordinal(number), off),
        ),
        spent=past.spent(today_number, costs),
        off=off,
    )


def _is_planned(exams: Sequence[Exam], day: date, off: Collection[date]) -> bool:
    return day not in off and any(day.weekday() not in exam.days_off for exam in exams)


def _topic(place: int, parts: Sequence[Sequence[str | None]], sat: Sat) -> str:
    return next((name for row in parts if (name := row[place]) is not None), sat.deck)


def _answers(journal: Journal, cards: Iterable[CardId]) -> Iterable[Answered]:
    """Yield what counts of the entries about these cards, each card in the order that counts."""
    names = list(cards)
    for card_id, (reviews, events) in zip(names, journal.histories(names), strict=True):
        counted = in_force(reviews, events)
        for entry in counted.moving:
            day = entry.moment.study_day.toordinal()
            if isinstance(entry, Review):
                yield Answered(card_id, day, entry.correct, int(counted.rating(entry)), entry.schedules)
            else:
                yield Answered(card_id, day, False, int(Rating.AGAIN), True, corrects=True)


def _candidate(
    sat: Sat, day: date, past: Past, firsts: FirstAnswers, topics: Mapping[CardId, str],
    guess: Mapping[CardId, float], weights: tuple[float | None, ...],
) -> Candidate:  # fmt: skip
    question, card_id = sat.card.question, sat.card.id
    known = past.memories.get(card_id)
    topic = topics[card_id]
    return Candidate(
        card_id=card_id,
        question=question.id,
        case=(sat.deck, sat.case) if sat.case else None,
        stage=sat.stage,
        guess=guess[card_id],
        must_not_miss=question.safety is Safety.MUST_NOT_MISS,
        memory=None if known is None else known[0],
        last=0 if known is None else max(0, day.toordinal() - known[1]),
        right=firsts.right[topic],
        known=firsts.known[topic],
        weights=weights,
        free_from=None if sat.suspended else max(0, sat.buried - day.toordinal()),
    )


def after(workspace: Workspace, exam: Exam) -> After:
    """Return what came of an exam that is over. Raises StoreError and NoExamError."""
    preparation = prepare(workspace, [exam], exam.day)
    cards = [card for card in preparation.cards if card.weights[0] is not None]
    guess = {card.card_id: card.guess for card in cards}
    past = past_of(_answers(workspace.journal, guess), workspace.fits.six, guess)
    return after_of(exam, standing(preparation, 0), sum(card.memory is not None for card in cards), len(cards), past)


def todays_part(preparation: Preparation) -> Choice | None:
    """Return today's part of the plan as a sitting of one's own choice; None where nothing is left of it.

    Its answers are ordinary answers, and it stops offering cards when today's minutes are over.
    """
    minutes = preparation.minutes(preparation.exams)[0]
    cards = tuple(preparation.cards[taken.card].card_id for taken in today(preparation).cards)
    if not cards or minutes < 0.5:
        return None
    return Choice(cards=cards, minutes=min(LONGEST_MINUTES, max(1, round(minutes))))


def decks_of(workspace: Workspace, exam: Exam) -> tuple[DeckId, ...]:
    """Return the decks an exam is about that are installed."""
    installed = [deck.id for deck in workspace.library.decks]
    return tuple(name for name in installed if not exam.decks or name in exam.decks)
