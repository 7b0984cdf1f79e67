"""Opening mock exams for a face: drawing one, going on with one, handing it in, and finding those of the past."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.clock import FixedClock
from sciaquiz.deck.problem import Severity
from sciaquiz.errors import SciaquizError
from sciaquiz.ids import new_entry_id
from sciaquiz.journal.entries import EventKind
from sciaquiz.mock import attempt as doing
from sciaquiz.mock.drawing import Candidate, draw
from sciaquiz.mock.form import MOST_QUESTIONS, Away, Form, Item, Terms
from sciaquiz.mock.holding import Held, Paper, read_attempt
from sciaquiz.mock.meter import Meter, ticks_for, used_on_opening
from sciaquiz.mock.result import result_of
from sciaquiz.sittings import choosing, open_exam
from sciaquiz.study.choice import Choice
from sciaquiz.study.query import Order, query_of, slug
from sciaquiz.study.shown import shuffled
from sciaquiz.view.mock import open_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Card, Question
    from sciaquiz.exam.exam import Exam
    from sciaquiz.ids import CardId, DeckId, Digest
    from sciaquiz.mock.attempt import Attempt, By
    from sciaquiz.mock.meter import Ticks
    from sciaquiz.mock.result import Result
    from sciaquiz.settings import Settings
    from sciaquiz.store.journal import Journal
    from sciaquiz.workspace import Workspace

CANDIDATES = """
SELECT card.id, card.question, deck.id, CASE WHEN card."case" = '' THEN '' ELSE deck.id || ' ' || card."case" END,
    card.stage, (SELECT json_group_array(slug) FROM topic WHERE topic.question = card.question)
FROM card JOIN deck ON deck.num = card.deck WHERE card.id IN (SELECT value FROM json_each(:ids))
"""


MOST_NAMED = 5
"""Topics and decks in a hint."""


class NoMockError(SciaquizError):
    """There can be no such mock exam. The message is for the student."""


class Proposed(Struct, frozen=True):
    """An exam that can begin: its form, its questions, and what of its blueprint fell short."""

    form: Form
    questions: tuple[Question, ...]
    short: Mapping[str, int]


class Wanted(Struct, frozen=True):
    """What an exam is to be: its terms, how many questions, of which, and in which shares of topics and decks."""

    terms: Terms
    number: int
    choice: Choice | None = None
    shares: Mapping[str, float] = field(default_factory=dict)


def terms_of(settings: Settings, title: str = "") -> Terms:
    """Return how an exam is held unless something else is said."""
    return Terms(
        title=title or "Mock exam",
        minutes=settings.mock_minutes,
        away=Away(settings.mock_away),
        pass_mark=round(100 * settings.mock_pass),
        asks_certainty=settings.mock_certainty,
    )


def usual(settings: Settings, choice: Choice | None = None) -> Wanted:
    """Return the exam that the settings say, over all questions or those that a choice means."""
    terms = terms_of(settings)
    if choice is None:
        return Wanted(terms, settings.mock_questions)
    number = choice.query.most or settings.mock_questions
    bare = replace(choice, query=replace(choice.query, most=None), minutes=0)
    return Wanted(replace(terms, minutes=choice.minutes or terms.minutes), number, bare)


def for_exam(wanted: Wanted, exam: Exam) -> Wanted:
    """Return a mock exam like one that is planned for: its decks, its blueprint, its pass mark and its questions."""
    choice = Choice(query_of(decks=exam.decks)) if exam.decks else None
    terms = replace(wanted.terms, title=exam.name, pass_mark=exam.pass_mark or wanted.terms.pass_mark)
    return Wanted(terms, exam.questions or wanted.number, choice, dict(exam.blueprint))


def propose(workspace: Workspace, wanted: Wanted) -> Proposed:
    """Return an exam of at most so many questions as are wanted.

    A choice that names its cards or their order keeps that order, unless there are shares. Raises NoMockError.
    """
    choice, terms = wanted.choice or Choice(), wanted.terms
    number = min(choice.query.most or wanted.number, MOST_QUESTIONS)
    shares = {name: share for name, share in wanted.shares.items() if share > 0}
    candidates = _candidates(workspace, choice)
    known = {name for each in candidates for name in each.groups}
    shares = {name if name in known else slug(name): share for name, share in shares.items()}
    if unknown := sorted(set(shares) - known):
        from difflib import get_close_matches

        near = get_close_matches(unknown[0], known, 1)
        hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(sorted(known)[:MOST_NAMED])}, …"
        raise NoMockError(f"No question here has the topic or the deck {unknown[0]!r}.{hint if known else ''}")
    if shares or not (choice.cards or choice.query.order is not Order.DUE):
        drawn = draw(candidates, shares, number, terms.seed)
        cards, short = drawn.cards, drawn.short
    else:
        cards, short = tuple((each.card_id, "") for each in candidates[:number]), {}
    if not cards:
        errors = (problem for problem in workspace.library.problems if problem.severity is Severity.ERROR)
        first = next((f"{problem}\n" for problem in errors if workspace.places), "")
        raise NoMockError(f"{first}There is no question for a mock exam here. To see the decks: sciaquiz decks")
    now = workspace.clock.now()
    found = [(card, group) for name, group in cards if (card := workspace.catalogue.card(name)) is not None]
    evidence = _evidence(workspace, (card.question.deck_id for card, _ in found), now)
    items = tuple(_item(workspace, card, group, evidence.chances.get(card.id)) for card, group in found)
    form = Form(
        id=new_entry_id(), end_id=new_entry_id(), terms=terms, items=items, began=now, error=round(evidence.error, 2)
    )
    return Proposed(form, tuple(card.question for card, _ in found), short)


def _candidates(workspace: Workspace, choice: Choice) -> list[Candidate]:
    cards = choosing(workspace).cards(replace(choice, query=replace(choice.query, most=None)))
    rows = workspace.catalogue.rows(CANDIDATES, {"ids": json.dumps(cards)})
    found = {
        name: Candidate(name, question, frozenset({deck, *json.loads(topics)}), case, stage)
        for name, question, deck, case, stage, topics in rows
    }
    return [found[card] for card in cards if card in found]


def _item(workspace: Workspace, card: Card, group: str, chance: float | None) -> Item:
    answer_id, question = new_entry_id(), card.question
    state = workspace.catalogue.state(card.id)
    return Item(
        card_id=card.id,
        deck_id=question.deck_id,
        version=question.version,
        answer_id=answer_id,
        order=shuffled(card, Random(answer_id)),  # noqa: S311 -- the order of options is no secret
        topic=_topic(question, group),
        is_first=state is None or state.last_answer is None,
        chance=None if chance is None else round(chance, 4),
    )


def _topic(question: Question, group: str) -> str:
    """Return what a question counts for: the topic it was drawn for, else the first that it has, else its deck."""
    named = next((topic for topic in question.topics if group and slug(topic) == group), "")
    return named or next(iter(question.topics), "") or group or question.deck_id


class _Evidence(Struct, frozen=True):
    """How likely a right answer to each card is, 0..1, and how far off such predictions were so far, in points."""

    chances: Mapping[CardId, float]
    error: float


def _evidence(workspace: Workspace, decks: Iterable[DeckId], now: Moment) -> _Evidence:
    """Return what the plan of an exam on these decks would say of today. Raises StoreError."""
    from sciaquiz.exam.exam import Exam
    from sciaquiz.exam.prediction import chance_of
    from sciaquiz.exams import prepare

    exam = Exam(id="mock", name="mock", day=now.study_day + timedelta(days=1), decks=tuple(sorted(set(decks))))
    found = prepare(workspace, [exam])
    recall = found.model.recall
    chances = {
        card.card_id: chance_of(
            card, None if card.memory is None else recall(card.last, card.memory.stability), found.recalibration
        )
        for card in found.cards
    }
    return _Evidence(chances, found.error)


def attempts_in(journal: Journal) -> Sequence[Attempt]:
    """Return every mock exam, in the order in which they began. Raises StoreError."""
    return doing.attempts(journal.events(EventKind.MOCK))


def open_attempts(journal: Journal) -> Sequence[Attempt]:
    """Return the exams that can be gone on with, the one begun last first. Raises StoreError."""
    return [attempt for attempt in reversed(attempts_in(journal)) if attempt.is_open]


def left_of(attempt: Attempt, now: Moment) -> int | None:
    """Return the milliseconds that an exam which waits would have, opened now; None where there is no limit."""
    away = attempt.form.terms.away
    return attempt.left_ms(used_on_opening(attempt.used_ms, attempt.last.instant, now.instant, away))


def stand_words(attempts: Iterable[Attempt], now: Moment) -> list[str]:
    """Return where exams that wait stand now."""
    return [open_words(attempt, left_of(attempt, now)) for attempt in attempts]


def waiting_words_in(journal: Journal, now: Moment) -> str:
    """Return where the exam stands that waits, the one begun last; nothing if none does. Raises StoreError."""
    return next(iter(stand_words(open_attempts(journal), now)), "")


def begin(workspace: Workspace, journal: Journal, proposed: Proposed) -> Held:
    """Begin an exam: the journal has its form and the texts of its questions before anything is shown."""
    act = doing.begin(proposed.form)
    journal.begin_mock(act, proposed.questions)
    [attempt] = doing.attempts([act])
    return _held(workspace, journal, attempt, used_ms=0)


def go_on(workspace: Workspace, journal: Journal, attempt: Attempt) -> Held:
    """Open an exam again: its clock has gone on by its rule. Raises KeepError."""
    away, now = attempt.form.terms.away, workspace.clock.now()
    held = _held(workspace, journal, attempt, used_on_opening(attempt.used_ms, attempt.last.instant, now.instant, away))
    held.resume()
    keep_pending(journal, held)
    return held


def drop(workspace: Workspace, journal: Journal, attempt: Attempt) -> None:
    """Offer an exam no more; what was done in it stays in the journal. Raises KeepError."""
    journal.record(doing.entry(attempt.form.id, doing.What.DROP, workspace.clock.now(), attempt.used_ms))


def keep_pending(journal: Journal, held: Held) -> None:
    """Keep what was done and is not kept yet. Raises KeepError; asking again is safe."""
    acts = list(held.pending)
    if acts:
        journal.record(*acts)
        held.kept(acts)


def hand_in(journal: Journal, held: Held, by: By) -> Attempt:
    """Hand an exam in, with all that the journal has of it, and return it as it stands then. Raises KeepError.

    Where it has ended already, in another window, nothing is kept.
    """
    keep_pending(journal, held)
    form, now = held.attempt.form, held.clock.now()
    held.attempt = read_attempt(journal.events(EventKind.MOCK), form.id) or held.attempt
    if held.attempt.is_open:
        held.send_what_is_typed()
        keep_pending(journal, held)
    attempt = held.attempt
    if attempt.is_open:
        used = held.meter.look() if form.limit_ms is None else min(held.meter.look(), form.limit_ms)
        journal.hand_in(*held.paper.handed_in(attempt, now, used, by))
        attempt = read_attempt(journal.events(EventKind.MOCK), form.id) or attempt
    held.attempt = attempt
    return attempt


def result_in(journal: Journal, attempt: Attempt) -> Result:
    """Return what an exam that was handed in came to. Raises StoreError."""
    return result_of(attempt, *journal.reviews([item.answer_id for item in attempt.form.items]))


def results_in(journal: Journal) -> Sequence[Result]:
    """Return what every exam that was handed in came to, the latest first. Raises StoreError."""
    ended = [attempt for attempt in attempts_in(journal) if attempt.ended is not None]
    return [result_in(journal, attempt) for attempt in reversed(ended)]


def _held(workspace: Workspace, journal: Journal, attempt: Attempt, used_ms: int) -> Held:
    away, clock = attempt.form.terms.away, workspace.clock
    stands_still = isinstance(clock, FixedClock)
    ticks: Ticks = (lambda: 0.0) if stands_still else ticks_for(away)
    paper = paper_of(workspace, journal, attempt)
    return Held(attempt, paper, Meter(used_ms, away, ticks), clock, times_answers=not stands_still)


def paper_of(workspace: Workspace, journal: Journal, attempt: Attempt) -> Paper:
    """Return the questions of an exam as they read when it began. Raises StoreError."""
    cards = {item.card_id: _as_it_read(workspace, journal, item.card_id, item.version) for item in attempt.form.items}
    decks = {deck.id: deck for deck in workspace.library.decks}
    return Paper(open_exam(workspace), decks, lambda item: cards[item.card_id])


def _as_it_read(workspace: Workspace, journal: Journal, card_id: CardId, version: Digest) -> Card | None:
    """Return a card with the text of a version: the one that is installed, else the one that the journal keeps."""
    from sciaquiz.catalogue.codec import question_of

    card = workspace.catalogue.card(card_id)
    if card is not None and card.question.version == version:
        return card
    content = journal.question_text(version)
    question = None if content is None else question_of(content)
    return next((card for card in question.cards() if card.id == card_id), None) if question is not None else None
