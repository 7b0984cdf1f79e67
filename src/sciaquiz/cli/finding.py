"""Finding the card that a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sciaquiz.errors import SciaquizError
from sciaquiz.ids import CardId

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sciaquiz.deck.model import Card
    from sciaquiz.workspace import Workspace

NO_DECK_AT = "there is no deck at {}. Name a deck file, or a folder with a deck.toml."
UNDER_ITS_NAME = "SELECT id FROM question WHERE kept AND json_extract(CAST(stored AS TEXT), '$.id') = ?"


def cards_of(workspace: Workspace) -> Mapping[CardId, Card]:
    """Return every card of the decks at hand, by its id."""
    from sciaquiz.catalogue.catalogue import Cards

    return Cards(workspace.catalogue)


def card_id_of(workspace: Workspace, wanted: str) -> CardId:
    """Return the id of a card as a person names it: a question that was renamed is answered under its first id."""
    if workspace.catalogue.card(CardId(wanted)) is not None:
        return CardId(wanted)
    name, sign, part = wanted.partition("#")
    found = workspace.catalogue.rows(UNDER_ITS_NAME, (name,))
    return CardId(f"{found[0][0]}{sign}{part}" if found else wanted)


def the_deck_at(path: Path) -> Path:
    """Return the deck file at a path. Raises SciaquizError where there is none, or are several."""
    from sciaquiz.deck.finding import find_decks
    from sciaquiz.text import path_words

    found = find_decks([path]).paths
    if not found:
        raise SciaquizError(NO_DECK_AT.format(path_words(path)))
    if len(found) > 1:
        raise SciaquizError(f"there are several decks at {path_words(path)}. Name one of them: {path_words(found[0])}")
    return found[0]


def refuse_card(workspace: Workspace, wanted: str) -> NoReturn:
    """Raise SciaquizError for a card that no deck at hand has, with the nearest ids."""
    from difflib import get_close_matches

    near = get_close_matches(wanted, cards_of(workspace), 3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    where = "this deck" if workspace.places else "the installed decks"
    raise SciaquizError(f"there is no card {wanted!r} in {where}.{hint}")
