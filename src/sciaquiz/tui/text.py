"""The one gate between text and the screen: nothing that an author or a student wrote is ever read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sciaquiz.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

MUTED = "$text-muted"
ACCENT = "$accent"
RIGHT = "$text-success"
WRONG = "$text-error"
AMBER = "$text-warning"


def say(text: str, style: str = "") -> Content:
    """Return text exactly as it is, in one style; only what a terminal would obey is written as an escape."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def line(*parts: Content | str) -> Content:
    """Join parts into one line; a plain string is shown as it is."""
    return Content("").join([part if isinstance(part, Content) else say(part) for part in parts])


def lines(parts: Iterable[Content | str]) -> Content:
    """Join parts, each on a line of its own."""
    return Content("\n").join([part if isinstance(part, Content) else say(part) for part in parts])


def spread(left: Content, right: Content, width: int) -> Content:
    """Put one part at the left and one at the right end of a line, or on two lines where they do not fit."""
    room = width - left.cell_length - right.cell_length
    return line(left, " " * room, right) if room >= 2 else lines([left, right])
