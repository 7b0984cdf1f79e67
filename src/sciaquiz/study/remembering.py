"""How a sitting reads the memory of its cards: by the model in force, or by the one before until that is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.memory.model import name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.journal.entries import CardState
    from sciaquiz.memory.policy import Policy


def nothing_known(_: CardState, __: Policy) -> CardState | None:
    """Make no memory anew: there is no journal to make it from."""
    return None


class Remembering(Struct, frozen=True):
    """The parameters in force, and what makes the memory of a card anew under the model of a policy.

    `remake` returns None where the answers so far cannot be read now.
    """

    fits: Fits = DEFAULT_FITS
    remake: Callable[[CardState, Policy], CardState | None] = nothing_known

    def under(self, state: CardState, policy: Policy) -> tuple[CardState, Policy]:
        """Return a card as it is met under a policy, and that policy.

        Where its memory cannot be made anew now, it is met once more under the model that it is of.
        """
        if state.progress is None or name_of(state.progress.memory) == policy.model:
            return state, policy
        anew = self.remake(state, policy)
        return (state, self.fits.reading(policy, state.progress.memory)) if anew is None else (anew, policy)


AS_IT_IS = Remembering()
"""For decks that are tried, without a journal."""
