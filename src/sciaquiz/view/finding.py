"""What is said of a list of cards: how many there are, in which order, and why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.study.query import Order
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.study.query import Query, Term

ORDER = {
    Order.DUE: "due first",
    Order.WEAKEST: "weakest first",
    Order.OLDEST: "answered longest ago first",
    Order.DECK: "in the order of the decks",
    Order.MIXED: "mixed",
}


def found_words(query: Query, total: int) -> str:
    """Return "31 questions, due first"."""
    return f"{count(total, 'question')}, {ORDER[query.order]}"


def none_words(ways: Sequence[tuple[Term, int]]) -> str:
    """Return what is said where nothing matches; `ways` are the terms, and how many cards there are without each."""
    if not ways:
        return "There are no questions yet."
    term, most = max(ways, key=lambda way: way[1])
    if not most:
        return "Nothing matches."
    return f"Nothing matches. Without {term} there {'is' if most == 1 else 'are'} {most}."
