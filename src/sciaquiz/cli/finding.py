"""Finding the card that a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId
    from sciaquiz.workspace import Workspace


def cards_of(workspace: Workspace) -> Mapping[CardId, Card]:
    """Return every card of the decks at hand, by its id."""
    from sciaquiz.catalogue.catalogue import Cards

    return Cards(workspace.catalogue)


def refuse_card(workspace: Workspace, wanted: str) -> NoReturn:
    """Raise SciaquizError for a card that no deck at hand has, with the nearest ids."""
    from difflib import get_close_matches

    near = get_close_matches(wanted, cards_of(workspace), 3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    where = "this deck" if workspace.places else "the installed decks"
    raise SciaquizError(f"there is no card {wanted!r} in {where}.{hint}")
