"""The one gate between text and the screen: nothing that an author or a student wrote is ever read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sciaquiz.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

MUTED = "$text-muted"
"""Labels, consequences, options that were not chosen."""
FAINT = "$faint"
"""Heads of columns, axes, names of groups."""
LINE = "$line"
"""Hairlines, and the empty part of a bar."""
ACCENT = "$accent"
"""What can be done now, and the value in a plot."""
ACCENT_DIM = "$accent-dim"
"""Amounts of the past, intervals, what is being learned."""
GHOST = "$ghost"
"""Amounts to come, and predictions."""
RIGHT = "$text-success"
WRONG = "$text-error"
AMBER = "$text-warning"
"""Unsafe, certain and wrong, not enough time."""
AMBER_DIM = "$amber-dim"
"""What does not fit, in a chart."""
HEAT = ("$heat-0", "$heat-1", "$heat-2", "$heat-3", "$heat-4")
"""The days of a calendar, from nothing to most."""
CHIP = "$chip"
"""The ground of a chip; it comes last in a style, and is reversed where there are no tones."""
CHIP_KEY = "$chip-key"
"""The key on a chip."""


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


def chip(key: str, does: str) -> Content:
    """Return what a key does as a chip: the key on the accent, then the words on a panel."""
    return line(say(f" {key} ", f"bold {CHIP_KEY}"), say(f" {does} ", f"bold {CHIP}"))
