"""The signs of cards and of answers in their colours: the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.tui.text import AMBER, FAINT, MUTED, RIGHT, WRONG, say
from sciaquiz.view.standing import Standing

if TYPE_CHECKING:
    from textual.content import Content

COLOURS = {
    Standing.UNSAFE: AMBER,
    Standing.WRONG: WRONG,
    Standing.GUESSED: MUTED,
    Standing.LEARNING: MUTED,
    Standing.KNOWN: RIGHT,
    Standing.UNSEEN: FAINT,
}


def sign_of(standing: Standing) -> Content:
    """Return the sign of what a card has come to."""
    return say(standing.value, COLOURS[standing])
