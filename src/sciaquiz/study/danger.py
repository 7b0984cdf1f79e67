"""Dangerous beliefs: what must not be missed and was missed with certainty, until it is known for sure again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sciaquiz.deck.model import Safety
from sciaquiz.journal.entries import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId
    from sciaquiz.journal.snapshot import Conviction
    from sciaquiz.study.turns import Outcome

PROOF_AFTER = timedelta(days=7)
"""The first certain, right answer counts from this long after the error; the second as long after the first, or on any
later day if the student meets the card before."""

UNSAFE_NOW = "Unsafe now: until you are certain and right in a week, and once more after that."


@dataclass(frozen=True, slots=True)
class Danger:
    """A confident error on a card that must not be missed. `proved_on` is the day of the first of the two proofs.

    `due` is when the card has to be asked again at the latest, whatever the model of memory says.
    """

    card_id: CardId
    since: date
    proved_on: date | None = None

    @property
    def due(self) -> date:
        """The day of the next proof."""
        return (self.proved_on or self.since) + PROOF_AFTER


def is_dangerous(outcome: Outcome) -> bool:
    """Say whether an answer opens a case: wrong, with certainty, about what must not be missed."""
    answer, question = outcome.answer, outcome.shown.card.question
    return not answer.correct and answer.certainty is Certainty.CERTAIN and question.safety is Safety.MUST_NOT_MISS


def dangers(cards: Iterable[Card], answers: Iterable[Conviction]) -> Mapping[CardId, Danger]:
    """Return the open cases by card, from the wrong and the certain answers, oldest first.

    A case opens with a confident error. It closes with a certain, right answer at least 7 days later, and another one
    on a later day. A further error, certain or not, opens it anew.
    """
    watched = {card.id for card in cards if card.question.safety is Safety.MUST_NOT_MISS}
    found: dict[CardId, Danger] = {}
    for answer in answers:
        card_id, day = answer.card_id, answer.study_day
        if card_id not in watched:
            continue
        case = found.get(card_id)
        if not answer.correct:
            if answer.certain or case is not None:
                found[card_id] = Danger(card_id, day)
        elif answer.certain and case is not None and case.proved_on is None and day >= case.since + PROOF_AFTER:
            found[card_id] = Danger(card_id, case.since, day)
        elif answer.certain and case is not None and case.proved_on is not None and day > case.proved_on:
            del found[card_id]
    return found
