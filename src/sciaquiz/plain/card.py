"""Cards outside a sitting, in plain lines: what the student has set on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.plain.asking import asked_in_a_line
from sciaquiz.view.history import Answered, row_words
from sciaquiz.view.marks import marks_words
from sciaquiz.view.report import question_text
from sciaquiz.view.words import interval_words
from sciaquiz.words import as_sentence, count

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Card
    from sciaquiz.journal.entries import CardState, Review
    from sciaquiz.view.history import History


class KnownCard(Struct, frozen=True):
    """What the journal knows of a card; where `card` is None, `gone` says why it is not installed."""

    state: CardState
    card: Card | None
    gone: str = ""

    def lines(self, now: Moment) -> list[str]:
        """Return what the card asks, what is set on it, and when it comes back."""
        marks, progress = self.state.marks, self.state.progress
        texts = [asked_in_a_line(self.card) if self.card else f"{self.state.card_id}: {self.gone}."]
        texts += [as_sentence(words) for words in marks_words(marks, now.study_day)]
        texts += [f"Your note: {marks.note}"] if marks.note else []
        if self.card is None:
            return texts
        if progress is None:
            return [*texts, "Never answered." if self.state.last_answer is None else "Answered in practice only."]
        return texts if marks.suspended else [*texts, f"Asked again {interval_words(progress, now)}."]

    def line(self, today: date) -> str:
        """Return the card in one line: its id, and what is set on it."""
        return f"{self.state.card_id} – {', '.join(marks_words(self.state.marks, today))}"

    def as_json(self) -> dict[str, object]:
        """Return the card as values for a program; days are ISO dates."""
        marks, progress = self.state.marks, self.state.progress
        return {
            "id": self.state.card_id,
            "deck": self.card.question.deck_id if self.card else None,
            "suspended": marks.suspended,
            "buried_until": marks.buried_until.isoformat() if marks.buried_until else None,
            "flagged": marks.flagged,
            "note": marks.note,
            "due_day": progress.due_day.isoformat() if progress else None,
        }


def history_lines(history: History, today: date) -> list[str]:
    """Return all that was answered and done with a card, the latest first, and its older texts in full."""
    if not history.rows:
        return []
    texts = [f"{count(history.answers, 'answer')}, the latest first:"]
    texts += [f"  {row_words(row, today)}" for row in history.rows]
    for version in history.versions:
        if version.question is not None:
            texts += ["", f"{version.head(today)}:", *question_text(version.question, None).split("\n")]
    return texts


def history_as_json(history: History, reviews: Iterable[Review]) -> dict[str, object]:
    """Return the answers as values for a program, the latest first, and what of its older texts was otherwise."""
    told = [row for row in history.rows if isinstance(row, Answered)]
    return {
        "answers": [
            {
                "id": review.id,
                "at": review.moment.local.isoformat(),
                "study_day": review.moment.study_day.isoformat(),
                "answered": row.answer,
                "correct": review.correct,
                "score": review.score,
                "certainty": row.sure or None,
                "latency_ms": review.latency_ms,
                "rating": row.rating.lower() or None,
                "interval": row.interval or None,
                "mode": review.mode.value,
                "question_version": review.question_version,
            }
            for row, review in zip(told, reversed(tuple(reviews)), strict=True)
        ],
        "older_texts": [
            {
                "question_version": version.digest,
                "first_day": version.first_day.isoformat(),
                "last_day": version.last_day.isoformat(),
                "answers": version.answers,
                "other_key": version.other_key,
                "changes": list(version.changes),
            }
            for version in history.versions
        ],
    }
