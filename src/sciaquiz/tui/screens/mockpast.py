"""Mock exams of the past, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList

from sciaquiz import mocks
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import mockresultpage
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.text import MUTED, lines, say
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.mock import NONE_HANDED_IN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sciaquiz.mock.result import Result


class ResultList(VimList):
    """Rows of which Enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "open", tooltip="What it came to")]


class MockPastScreen(PlacedScreen[None]):
    """Every mock exam that was handed in."""

    PLACE = "home"
    CSS_PATH = "mockstart.tcss"
    AUTO_FOCUS = "ResultList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "back", id="mockpast.back", tooltip="Back"),
    ]

    def __init__(self, results: Sequence[Result]) -> None:
        super().__init__()
        self._results = results

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine(self.PLACE)
        with Vertical(classes="page"):
            yield Drawn(id="head")
            yield ResultList(id="rows")
        yield KeysLine()

    def on_resize(self) -> None:
        """Lay the rows out for the width there is."""
        told = lines([say("Mock exams", "bold"), "", say(NONE_HANDED_IN, MUTED)])
        self.query_one("#head", Drawn).show(lambda _: say("Mock exams", "bold") if self._results else told)
        width = max(20, self.size.width - 2 * 2 - 1)
        self.query_one(ResultList).show_rows([mockresultpage.row(result, width) for result in self._results])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._open(self._results[event.option_index])

    @work(exclusive=True, group="open")
    @tells_errors
    async def _open(self, result: Result) -> None:
        from sciaquiz.tui.screens.mockresult import MockResultScreen

        workspace = self.app.workspace
        paper = await self.app.journal.call(lambda journal: mocks.paper_of(workspace, journal, result.attempt))
        self.show(MockResultScreen(result, paper, self._results))
