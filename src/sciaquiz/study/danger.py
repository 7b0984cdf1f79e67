"""Dangerous beliefs: what must not be missed and was missed with certainty, until it is known for sure again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer
from sciaquiz.deck.model import Safety
from sciaquiz.journal.entries import Certainty
from sciaquiz.marking.response import Choice, Choices
from sciaquiz.memory.belief import HARM, PROOF_AFTER, may_harm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.deck.model import Question
    from sciaquiz.ids import CardId
    from sciaquiz.marking.response import Response
    from sciaquiz.study.pool import Pool
    from sciaquiz.study.turns import Outcome


class Danger(Struct, frozen=True):
    """A confident error on a card that must not be missed. `proved_on` is the day of the first of the two proofs.

    `due` is when the card has to be asked again at the latest, whatever the model of memory says.
    """

    card_id: CardId
    since: date
    proved_on: date | None = None

    @property
    def due(self) -> date:
        """The day of the next proof."""
        day = self.proved_on or self.since
        return day + min(PROOF_AFTER, date.max - day)


def is_dangerous(outcome: Outcome) -> bool:
    """Say whether an answer opens a case: wrong, with certainty, about what must not be missed, and harmful."""
    answer, question = outcome.answer, outcome.shown.card.question
    is_confident_error = not answer.correct and answer.certainty is Certainty.CERTAIN
    return is_confident_error and question.safety is Safety.MUST_NOT_MISS and may_harm(answer)


def harm_in(question: Question, response: Response) -> Mapping[str, bool]:
    """Return what the journal keeps of the harm: whether an option was chosen that is marked, if any is."""
    options = question.options if isinstance(question, SingleBestAnswer | MultipleAnswer) else ()
    harmful = {option.id for option in options if option.harm}
    if not harmful:
        return {}
    match response:
        case Choice(option):
            return {HARM: option in harmful}
        case Choices(chosen):
            return {HARM: not harmful.isdisjoint(chosen)}
        case _:
            return {}


def proof_day(outcome: Outcome) -> date:
    """Return the first day on which a certain, right answer counts as a proof after this one."""
    return Danger(outcome.answer.card_id, outcome.answer.moment.study_day).due


def dangers(pool: Pool) -> Mapping[CardId, Danger]:
    """Return the open cases of the cards that must not be missed."""
    return {card_id: Danger(card_id, case.since, case.proved_on) for card_id, case in pool.unsafe().items()}
