"""The palette: everything that can be done, by name; what is typed narrows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from sciaquiz.errors import SciaquizError
from sciaquiz.insight.overview import overview_of
from sciaquiz.text import cells, cut
from sciaquiz.tui.commands import (
    Command,
    commands_for,
    fitting,
    last_backup_words,
    question_commands,
    topic_commands,
)
from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, LINE, MUTED, line, say
from sciaquiz.tui.widgets.vimlist import VimList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.screen import Screen

    from sciaquiz.insight.overview import Overview

WIDEST = 66
AROUND = 8
"""Rows of the terminal that the list leaves free."""
PAUSE = 0.1
"""Seconds of no typing until questions are looked for."""


class PaletteInput(Input):
    """Where the words go; the keys that move go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move('down')", show=False),
        Binding("up", "screen.move('up')", show=False),
        Binding("pagedown", "screen.move('page_down')", show=False),
        Binding("pageup", "screen.move('page_up')", show=False),
        Binding("enter", "screen.choose", show=False),
    ]


class PaletteScreen(Dialogue[Command]):
    """Gives back the command that was chosen, or nothing."""

    CSS_PATH = "palette.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+p", "dismiss(None)", show=False)]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about
        self._seen: Overview | None = None
        self._last_backup = ""
        self._commands: list[Command] = []
        self._topics: list[Command] = []
        self._questions: list[Command] = []
        self._shown: list[Command] = []

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(id="box", classes="pane"):
            yield PaletteInput(placeholder="What do you want to do?", max_length=200)
            yield Static(id="rule")
            yield VimList(id="commands")

    def on_mount(self) -> None:
        """Show what is known at once; the numbers come a moment later."""
        self.query_one(VimList).can_focus = False
        self._draw()
        self._read()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self.query_one("#box").styles.width = self._width + 4
        self.query_one(VimList).styles.max_height = max(1, self.size.height - AROUND)
        self.query_one("#rule", Static).update(say("─" * self._width, LINE))
        self._show(self._shown)

    @property
    def _width(self) -> int:
        return max(20, min(WIDEST, self.size.width - 2) - 4)

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        """Read how things stand, and the topics; without a journal that can be read there are no numbers."""
        workspace = self.app.workspace
        now = workspace.clock.now()
        self._last_backup = await asyncio.to_thread(last_backup_words, workspace.paths.backups, now)
        if self.app.is_free_to_go:
            try:
                snapshot, decks = await self.app.snapshot(), await self.app.decks()
                self._seen = await asyncio.to_thread(overview_of, workspace, decks, snapshot)
                self._topics = await asyncio.to_thread(topic_commands, self.app)
            except SciaquizError as error:
                self.app.notify(str(error), severity="error", markup=False)
        if self.is_there:
            self._draw()

    @property
    def _typed(self) -> str:
        return self.query_one(Input).value

    def _draw(self) -> None:
        self._commands = commands_for(self.app, self._about, self._seen, self._last_backup)
        self._show([*fitting([*self._commands, *self._topics], self._typed), *self._questions])

    def _show(self, commands: list[Command]) -> None:
        self._shown = commands
        listed = self.query_one(VimList)
        width = self._width - 1  # a cell for the scroll bar
        listed.show_rows([row(command, width) for command in commands] or [say(" Nothing is called so.", MUTED)])

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._questions = []
        self._draw()
        self.query_one(VimList).highlighted = 0
        if self.app.is_free_to_go:
            self._look_for(self._typed)

    @work(exclusive=True, group="look")
    async def _look_for(self, typed: str) -> None:
        """Look for questions once the typing pauses."""
        await asyncio.sleep(PAUSE)
        found = await asyncio.to_thread(question_commands, self.app, typed)
        if self.is_there and typed == self._typed:
            self._questions = found
            self._draw()

    def action_move(self, where: str) -> None:
        """Move the cursor; a list that is not laid out has no pages."""
        listed = self.query_one(VimList)
        if not where.startswith("page") or listed.scrollable_content_region:
            getattr(listed, f"action_{where if where.startswith('page') else f'cursor_{where}'}")()

    def action_choose(self) -> None:
        """Do what is under the cursor."""
        place = self.query_one(VimList).highlighted
        if place is not None and place < len(self._shown):
            self.dismiss(self._shown[place])

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_choose()


def row(command: Command, width: int) -> Content:
    """Return a command in so many cells: what it does, the number beside it, and its key at the right."""
    room = width - 2 - (cells(command.key) + 2 if command.key else 0)
    title = cut(command.title, room)
    note = cut(command.note, room - cells(title) - 2) if room - cells(title) > 6 else ""
    left = line(" ", title, say(f"  {note}" if note else "", MUTED))
    gap = " " * max(0, width - 1 - left.cell_length - cells(command.key))
    return line(left, gap, say(command.key, f"bold {ACCENT}"), " ")
