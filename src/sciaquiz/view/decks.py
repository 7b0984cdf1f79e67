"""What is said of a deck as a whole: its head, as an author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.deck.model import Deck


def about_words(deck: Deck) -> str:
    """Return licence, authors and version in one line, as far as they are known."""
    authors = ", ".join(deck.authors)
    parts = [f"version {deck.version}" if deck.version not in ("", "0") else "", deck.licence, authors]
    return ", ".join(part for part in parts if part)


def deck_lines(deck: Deck, place: str) -> Iterator[str]:
    """Yield what is to be known of a deck before it is studied; `place` is where it is from."""
    yield f"{deck.title} ({deck.id}), {count(len(deck.questions), 'question')}"
    facts = [
        ("version", deck.version if deck.version != "0" else "not said"),
        ("licence", deck.licence or "not said"),
        ("authors", ", ".join(deck.authors) or "not said"),
        ("about", " ".join(deck.description.split())),
        ("from", place),
    ]
    for name, told in facts:
        if told:
            yield f"  {name:<8} {told}"
