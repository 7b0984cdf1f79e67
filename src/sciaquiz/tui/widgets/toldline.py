"""What has just happened, at the right and never over anything that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from sciaquiz.tui.text import AMBER, line, lines, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from sciaquiz.tui.app import SciaquizApp
    from sciaquiz.tui.telling import Telling


class ToldLine(Static):
    """What is told while a box stands over the page; there only as long as that."""

    DEFAULT_CSS = """
    ToldLine {
        dock: bottom;
        height: auto;
        text-wrap: nowrap;
        margin: 0 2;
        background: $background;
    }
    """
    app: SciaquizApp

    def on_mount(self) -> None:
        """Follow what is told."""
        self.watch(self.app, "told", self._draw)

    def _draw(self) -> None:
        self.update(lines(told_lines(self.app.told, max(0, self.screen.size.width - 4), keeps_free=False)))
        self.display = bool(self.app.told)


def told_lines(told: Iterable[Telling], width: int, *, keeps_free: bool) -> list[Content]:
    """Return what is told, at the right, wrapped where it is longer than a line; an empty line where it is nothing."""
    found = []
    for telling in told:
        words = say(f"! {telling.words}", AMBER) if telling.is_trouble else say(telling.words)
        for row in words.wrap(max(1, width)):
            bare = row.rstrip()
            found.append(line(" " * max(0, width - bare.cell_length), bare))
    return found or ([line()] if keeps_free else [])
