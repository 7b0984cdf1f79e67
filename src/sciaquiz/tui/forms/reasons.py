"""What is read of the parts of a question once it was answered: its letter or number, its sign, what was said, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.tui.blocks import Block
from sciaquiz.tui.text import MUTED, RIGHT, WRONG, line, say
from sciaquiz.view.answered import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from sciaquiz.view.answered import Part

SIGNS = {Mark.RIGHT: ("✓", RIGHT), Mark.WRONG: ("✗", WRONG), Mark.MISSED: ("✗", WRONG), Mark.OPEN: (" ", "")}


def whys(parts: Iterable[tuple[str, Part]], *, all_whys: bool) -> list[Block]:
    """Return what is said of the parts that matter, or of all: each by its letter or number, in the order given."""
    found: list[Block] = []
    for name, part in parts:
        if part.matters or all_whys:
            text = why_of(part, part.told, all_whys=all_whys)
            found += (
                [Block(mark=mark_of(part), key=key_of(name, part), text=text, above=int(not found))] if text else []
            )
    return found


def mark_of(part: Part) -> Content:
    """Return the sign of a part in its colour."""
    sign, style = SIGNS[part.mark]
    return say(sign, f"bold {style}")


def key_of(name: str, part: Part) -> Content:
    """Return the letter or number of a part in its colour."""
    style = SIGNS[part.mark][1]
    return say(name, f"bold {style}" if style else MUTED)


def why_of(part: Part, told: str, *, all_whys: bool) -> Content:
    """Return what is told of a part and its reason, in one paragraph; empty if there is neither."""
    why = part.shown_why(all_whys=all_whys)
    if told and why:
        return line(say(f"{told[:1].upper()}{told[1:]}. ", "bold"), say(why))
    return say(told[:1].upper() + told[1:], "bold") if told else say(why, MUTED if part.mark is Mark.OPEN else "")
