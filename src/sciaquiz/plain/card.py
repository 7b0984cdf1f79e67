"""Cards outside a sitting, in plain lines: what the student has set on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.plain.asking import asked_in_a_line
from sciaquiz.view.marks import marks_words
from sciaquiz.view.words import interval_words
from sciaquiz.words import as_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId
    from sciaquiz.journal.entries import CardState


@dataclass(frozen=True, slots=True)
class KnownCard:
    """What the journal knows of a card; `card` is None where its deck is not installed."""

    state: CardState
    card: Card | None

    def lines(self, now: Moment) -> list[str]:
        """Return what the card asks, what is set on it, and when it comes back."""
        marks, progress = self.state.marks, self.state.progress
        texts = [asked_in_a_line(self.card) if self.card else f"{self.state.card_id}: its deck is not installed."]
        texts += [as_sentence(words) for words in marks_words(marks, now.study_day)]
        texts += [f"Your note: {marks.note}"] if marks.note else []
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


def set_apart(states: Mapping[CardId, CardState], cards: Mapping[CardId, Card], today: date) -> list[KnownCard]:
    """Return the cards that are suspended, flagged or put off, by their ids."""
    return [
        KnownCard(state, cards.get(card_id))
        for card_id, state in sorted(states.items())
        if marks_words(state.marks, today)
    ]
