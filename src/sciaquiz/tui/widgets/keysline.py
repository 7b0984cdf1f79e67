"""The last row of a screen: its keys, as many as have room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Footer
from textual.widgets._footer import FooterKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

KEPT = ("help", "app.quit", "leave", "stop", "home")
"""How to get help and how to get out: what is left out last."""


class KeysLine(Footer):
    """The keys in order; those that have no room are left out whole, help and the way out last."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._composed_for = 0

    def compose(self) -> ComposeResult:
        """Lay out the keys that have room."""
        self._composed_for = self.app.size.width
        keys = [part for part in super().compose() if isinstance(part, FooterKey)]
        told = [(key.action, len(key.key_display) + len(key.description) + 2) for key in keys]
        yield from (keys[place] for place in that_fit(told, self._composed_for - 1))

    async def on_resize(self, event: events.Resize) -> None:
        """Lay them out for the new width."""
        if self._composed_for not in (0, self.app.size.width):
            await self.recompose()


def that_fit(keys: Sequence[tuple[str, int]], room: int) -> list[int]:
    """Return the places of the keys, each an action with its width, that fit into so many cells."""
    fitting: list[int] = []
    for place in sorted(range(len(keys)), key=lambda place: (_rank(keys[place][0]), place)):
        if keys[place][1] > room:
            break
        room -= keys[place][1]
        fitting.append(place)
    return sorted(fitting)


def _rank(action: str) -> int:
    return KEPT.index(action) if action in KEPT else len(KEPT)
