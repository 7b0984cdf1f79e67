"""All that was answered and done with a card, in rows, the latest first."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from sciaquiz.authoring.changing import right_words
from sciaquiz.ids import Digest
from sciaquiz.journal.entries import Event, EventKind, Mode
from sciaquiz.marking.evidence import evidence_of
from sciaquiz.memory.replay import in_order, misses_of
from sciaquiz.view.acts import REASON_WORDS
from sciaquiz.view.said import said_words
from sciaquiz.view.versions import Version, versions
from sciaquiz.words import count, day_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.journal.entries import Answer, Certainty, MissReason, Progress, Rating, Review
    from sciaquiz.memory.explain import Link
    from sciaquiz.memory.replay import InForce

DONE = {
    EventKind.SUSPEND: "suspended",
    EventKind.RESUME: "resumed",
    EventKind.BURY: "put off",
    EventKind.UNBURY: "no longer put off",
    EventKind.FLAG: "flagged",
    EventKind.UNFLAG: "flag removed",
    EventKind.RERATE: "rated anew by another rule",
}
MODES = {Mode.DRILL: "drill", Mode.PRACTICE: "practice", Mode.EXAM: "mock exam"}


class Sign(StrEnum):
    """How right an answer was."""

    RIGHT = "✓"
    PARTLY = "◐"
    WRONG = "✗"

    @classmethod
    def of(cls, answer: Answer) -> Sign:
        """Return the sign of an answer."""
        return cls.RIGHT if answer.correct else cls.PARTLY if answer.score else cls.WRONG


class Answered(Struct, frozen=True, kw_only=True):
    """One answer: when it was given, what it was, how sure, how long it took, which rating counts, and what followed.

    A part that is not known, or that there was not, is empty.
    """

    day: date
    sign: Sign
    answer: str
    sure: str
    took: str
    rating: str
    interval: str
    circumstances: tuple[str, ...] = ()
    version: Digest


class Did(Struct, frozen=True):
    """Something that the student did with the card."""

    day: date
    words: str


class Changed(Struct, frozen=True):
    """Between two answers the question was changed: the older text, None where it is the one of today again."""

    version: Version | None

    @property
    def other_key(self) -> bool:
        """Whether something else was right before than is today."""
        return self.version is not None and self.version.other_key

    @property
    def words(self) -> str:
        """Return what was otherwise before."""
        if self.version is None:
            return "Before this, it read as it does today"
        return f"Before this, {' and '.join(self.version.changes)}"


Row = Answered | Did | Changed


class History(Struct, frozen=True):
    """The rows of a card, the latest first, the texts that are no longer the one of today, and how many answers."""

    rows: tuple[Row, ...] = ()
    versions: tuple[Version, ...] = ()
    answers: int = 0


class Told(Struct, frozen=True, kw_only=True):
    """What the rows of a card are told by: its question now, its older texts, its deck, and what each answer led to.

    `texts` has the one of today as well; `part` names the card where the question has several.
    """

    question: Question | None = None
    deck: Deck | None = None
    texts: Mapping[Digest, Question] = field(default_factory=dict)
    links: Sequence[Link] = ()
    part: str = ""


def history(standing: InForce, told: Told) -> History:
    """Return the history of a card from its entries in force."""
    after = {link.review.id: link.after for link in told.links}
    misses = misses_of(standing.events)
    older = versions(standing.reviews, told.texts, told.question)
    by_digest = {version.digest: version for version in older}
    latest = [review.question_version for review in standing.reviews[-1:]]
    newer = next(iter(latest), None) if told.question is None else told.question.version
    rows: list[Row] = []
    entries: list[Review | Event] = [*standing.reviews, *standing.events]
    for entry in reversed(in_order(entries)):
        if isinstance(entry, Event):
            words = _act_words(entry, told)
            rows += [Did(entry.moment.study_day, words)] if words else []
            continue
        if entry.question_version != newer:
            newer = entry.question_version
            rows.append(Changed(by_digest.get(newer)))
        rows.append(_answered(entry, standing.rating(entry), told, after.get(entry.id), misses.get(entry.id)))
    return History(tuple(rows), older, len(standing.reviews))


def _answered(
    review: Review, rating: Rating, told: Told, after: Progress | None, missed: MissReason | None
) -> Answered:
    evidence = evidence_of(review)
    helped = ["with a hint"] if evidence.hints else []
    helped += ["at the second try"] if evidence.near_misses else []
    helped += [MODES[review.mode]] if review.mode in MODES else []
    helped += [REASON_WORDS[missed]] if missed else []
    return Answered(
        day=review.moment.study_day,
        sign=Sign.of(review),
        answer=said_words(review.response, told.texts.get(review.question_version), told.deck),
        sure=sure_words(review.certainty),
        took="" if review.latency_ms is None else f"{review.latency_ms / 1000:.0f} s",
        rating=rating.name.capitalize() if review.schedules else "",
        interval="" if after is None else _interval_words(after),
        circumstances=tuple(helped),
        version=review.question_version,
    )


def sure_words(certainty: Certainty | None) -> str:
    """Return "guess", "think so" or "certain"; nothing where it was not asked."""
    return "" if certainty is None else certainty.name.lower().replace("_", " ")


def _interval_words(after: Progress) -> str:
    """Return how long the card stayed away after an answer, as it was set then."""
    if after.due_at is None:
        return count(after.interval_days, "day")
    return f"{max(1, round((after.due_at - after.last_at).total_seconds() / 60))} min"


def _act_words(event: Event, told: Told) -> str:
    if event.kind is EventKind.CORRECTED:
        then = told.texts.get(Digest(str(event.payload.get("from"))))
        before = "" if then is None else f": before, “{right_words(then, told.part)}” was right"
        return f"the key was corrected{before}"
    if event.kind is EventKind.NOTE:
        text = event.payload.get("text")
        return f"note: {text}" if isinstance(text, str) and text else "note removed"
    return DONE.get(event.kind, "")


def row_words(row: Row, today: date) -> str:
    """Return a row as one line of text."""
    if isinstance(row, Changed):
        return f"{row.words}."
    if isinstance(row, Did):
        return f"{day_words(row.day, today)}: {row.words}"
    right = {Sign.RIGHT: "right", Sign.PARTLY: "partly right", Sign.WRONG: "wrong"}[row.sign]
    then = f"back in {row.interval}" if row.interval else ""
    parts = [right, row.answer, *row.circumstances, row.sure, row.took, row.rating, then]
    return f"{day_words(row.day, today)}: {', '.join(part for part in parts if part)}"
