"""A question as it was when it was answered: what has changed since, and which answers were given to which text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.authoring.changing import has_other_key
from sciaquiz.deck.kinds import Cloze
from sciaquiz.deck.solution import solution
from sciaquiz.words import count, day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sciaquiz.deck.model import Question
    from sciaquiz.ids import Digest
    from sciaquiz.journal.entries import Review

NOT_KEPT = "the text as it was then is not kept"
NOTHING_NOW = "the text was another"


class Version(Struct, frozen=True, kw_only=True):
    """A text of a question that was answered: on which days, how often, and what of it is another now.

    `question` is None where the journal does not have it. `other_key` says that something else was right then.
    """

    digest: Digest
    question: Question | None
    first_day: date
    last_day: date
    answers: int
    changes: tuple[str, ...] = ()
    other_key: bool = False

    def head(self, today: date) -> str:
        """Return when this text was answered, and how often."""
        first, last = day_words(self.first_day, today), day_words(self.last_day, today)
        days = f"on {first}" if first == last else f"from {first} to {last}"
        return f"As it read {days}, {count(self.answers, 'answer')}"


def versions(reviews: Iterable[Review], texts: Mapping[Digest, Question], now: Question | None) -> tuple[Version, ...]:
    """Return the texts that were answered and are not the one of `now`, the latest first. `reviews` are in order."""
    found: dict[Digest, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.question_version, []).append(review)
    gone = [
        _version(digest, texts.get(digest), answers, now)
        for digest, answers in found.items()
        if now is None or digest != now.version
    ]
    return tuple(sorted(gone, key=lambda version: version.last_day, reverse=True))


def _version(digest: Digest, then: Question | None, answers: list[Review], now: Question | None) -> Version:
    days = [answer.moment.study_day for answer in answers]
    return Version(
        digest=digest,
        question=then,
        first_day=min(days),
        last_day=max(days),
        answers=len(answers),
        changes=(NOT_KEPT,) if then is None else (NOTHING_NOW,) if now is None else changes(then, now),
        other_key=then is not None and now is not None and has_other_key(then, now),
    )


def changes(then: Question, now: Question) -> tuple[str, ...]:
    """Return what reads differently now, the weightiest first: the key, the question, its options, and the rest."""
    if then.kind is not now.kind:
        return ("it was asked in another way",)
    found = []
    if has_other_key(then, now):
        right = "; ".join(line.text for line in solution(then) if line.right)
        found.append(f"the right answer was “{right}”")
    if then.stem != now.stem or _text_of(then) != _text_of(now):
        found.append("the question read differently")
    old, new = _answers(then), _answers(now)
    if old != new:
        found.append("its answers read differently")
    if not found:
        reasons = [line.why for line in solution(then)] != [line.why for line in solution(now)]
        said_else = reasons or then.explanation != now.explanation
        found.append("its reasons read differently" if said_else else "something beside its text changed")
    return tuple(found)


def _text_of(question: Question) -> str:
    if not isinstance(question, Cloze):
        return ""
    return "".join(part if isinstance(part, str) else "…" for part in question.parts)


def _answers(question: Question) -> list[str]:
    texts = [line.text for line in solution(question)]
    return [*texts, *(option.text for option in getattr(question, "options", ()))]
