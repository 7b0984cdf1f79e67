"""The keys by which a question is answered, for screens that let letters do other things where they choose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from sciaquiz.text import LETTERS

if TYPE_CHECKING:
    from collections.abc import Collection


def choosing_keys(taken: Collection[str]) -> tuple[Binding, ...]:
    """Return the keys that choose an option or a number; those of the letters that are taken are the screen's own."""
    return (
        *(Binding(letter, f"choose('{letter}', False)", show=False) for letter in LETTERS if letter not in taken),
        *(Binding(letter.upper(), f"choose('{letter}', True)", show=False) for letter in LETTERS),
        *(Binding(str(number), f"number({number})", show=False) for number in range(1, 5)),
    )


MOVING_KEYS = (
    Binding("down,j", "move(1)", show=False, tooltip="Move"),
    Binding("up,k", "move(-1)", show=False, tooltip="Move"),
    Binding("tab", "cycle(1)", show=False, tooltip="Next part, the one before"),
    Binding("shift+tab", "cycle(-1)", show=False, tooltip="Next part, the one before"),
    Binding("shift+down,J", "carry(1)", show=False, tooltip="Carry a step down, up"),
    Binding("shift+up,K", "carry(-1)", show=False, tooltip="Carry a step down, up"),
    Binding("pagedown", "page(1)", show=False, tooltip="Read on, read back"),
    Binding("pageup", "page(-1)", show=False, tooltip="Read on, read back"),
)
"""The keys that move about in a question, and in what is longer than its room."""
