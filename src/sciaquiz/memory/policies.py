"""Which scheduling policy holds for a question: the most particular wish wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.model import Safety
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.memory.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.settings import Settings


def desired_retention(question: Question, deck: Deck | None, settings: Settings) -> float:
    """Return the recall wanted on the due day, 0.70..0.99.

    The question's own wish wins over the student's for the deck, that over the deck's, that over the student's in
    general; what must not be missed is never asked for less than the setting for it.
    """
    wanted = (
        question.desired_retention
        or settings.deck_retention.get(question.deck_id)
        or (deck.desired_retention if deck else None)
        or settings.desired_retention
    )
    if question.safety is Safety.MUST_NOT_MISS:
        return max(wanted, settings.must_not_miss_retention)
    return wanted


def policies(decks: Iterable[Deck], settings: Settings, fits: Fits = DEFAULT_FITS) -> Callable[[Question], Policy]:
    """Return the function that gives a question its policy; equal policies are one object."""
    deck_of = {deck.id: deck for deck in decks}
    known: dict[float, Policy] = {}

    def policy_for(question: Question) -> Policy:
        retention = desired_retention(question, deck_of.get(question.deck_id), settings)
        if retention not in known:
            known[retention] = Policy(
                model=fits.model,
                parameters=fits.parameters,
                desired_retention=retention,
                learning_steps=settings.learning_steps,
                relearning_steps=settings.relearning_steps,
                maximum_interval=settings.maximum_interval,
                fuzz=settings.fuzz,
                rollover_hour=settings.rollover_hour,
            )
        return known[retention]

    return policy_for
