"""The head of a deck: its id, its title and whatever else is not in an array of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sciaquiz.deck.authored.common import DeckAuthored

if TYPE_CHECKING:
    from sciaquiz.deck.importing.tables import Tables

ARRAYS = ("source", "concept", "contrast", "figure", "case", "question")
HEAD_KEYS = (*DeckAuthored.model_fields, *ARRAYS)
ESSENTIAL = ("id", "title")


def read_head(document: dict[str, Any], tables: Tables) -> DeckAuthored | None:
    """Return the head; without the keys that are wrong, or None if one of those is essential."""
    head = {key: value for key, value in document.items() if key not in ARRAYS}
    for key in list(head):
        if key not in HEAD_KEYS:
            tables.report_unknown((key,), key, HEAD_KEYS)
            del head[key]
    model, bad = tables.validate(DeckAuthored, head, ())
    if model is None and not bad & set(ESSENTIAL):
        return DeckAuthored.model_validate({key: value for key, value in head.items() if key not in bad})
    return model
