"""Boxes over a deck in front of its author: all its questions, to go to one by its id, and all that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, OptionList

from sciaquiz.tui.screens.deckpreviewpage import question_row, whole
from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.screens.message import MessageScreen
from sciaquiz.tui.text import MUTED, say
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.preview import NO_PROBLEMS, count_words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.previewing import Seen

WIDEST = 100
AROUND = 5
"""Rows of the terminal that the list leaves free."""


class FindInput(Input):
    """Where the id goes; the keys that move go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move('cursor_down')", show=False),
        Binding("up", "screen.move('cursor_up')", show=False),
        Binding("enter", "screen.choose", show=False),
    ]


class FindScreen(Dialogue[str | None]):
    """All questions; what is typed narrows them. Gives back the id of one, or None."""

    CSS_PATH = "deckpreview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, seen: Seen, place: int) -> None:
        super().__init__()
        self._seen = seen
        self._listed = list(range(len(seen.entries)))
        self._place = place

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(id="box", classes="pane"):
            yield FindInput(placeholder="id of a question, or a part of it", max_length=200)
            yield VimList(id="rows")

    def on_mount(self) -> None:
        """Stand on the question in front."""
        listed = self.query_one(VimList)
        listed.can_focus = False
        self._show()
        listed.highlighted = self._place if self._listed else None

    def on_resize(self) -> None:
        """Lay the rows out for the room there is."""
        self.query_one("#box").styles.width = self._width + 4
        self.query_one(VimList).styles.max_height = max(1, self.size.height - AROUND)
        self._show()

    @property
    def _width(self) -> int:
        return max(20, min(WIDEST, self.size.width - 2) - 4)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        wanted = event.value.strip().casefold()
        self._listed = [at for at, entry in enumerate(self._seen.entries) if wanted in entry.id.casefold()]
        self._show()
        self.query_one(VimList).highlighted = 0 if self._listed else None

    def _show(self) -> None:
        rows = [question_row(self._seen.entries[at], at, self._width - 1) for at in self._listed]
        self.query_one(VimList).show_rows(rows or [say(" No question is called so.", MUTED)])

    def action_move(self, where: str) -> None:
        """Move the cursor."""
        getattr(self.query_one(VimList), f"action_{where}")()

    def action_choose(self) -> None:
        """Give back what is under the cursor."""
        place = self.query_one(VimList).highlighted
        if place is not None and place < len(self._listed):
            self.dismiss(self._seen.entries[self._listed[place]].id)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_choose()


class ProblemsScreen(MessageScreen):
    """All that is wrong with the decks."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(count_words(seen))
        self._seen = seen

    def text(self, width: int) -> Content:
        """Return each problem with its file, line and column."""
        return whole(self._seen, width) if self._seen.problems else say(NO_PROBLEMS)
