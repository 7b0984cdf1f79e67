"""Screens that are one scrolling page of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding
from textual.containers import VerticalScroll

from sciaquiz.tui.screens.front import PlacedScreen, StudentScreen
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

T = TypeVar("T")


class ScrollingScreen(StudentScreen[T]):
    """A screen with one part that scrolls, by the same keys everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", show=False, tooltip="Scroll"),
        Binding("up,k", "scroll(-1)", show=False, tooltip="Scroll"),
        Binding("pagedown,space", "page(1)", show=False, tooltip="Read on"),
        Binding("pageup", "page(-1)", show=False, tooltip="Read back"),
        Binding("home,g", "end(False)", show=False, tooltip="First line, last line"),
        Binding("end,G", "end(True)", show=False, tooltip="First line, last line"),
    ]

    @property
    def scrolling(self) -> VerticalScroll:
        """The part that scrolls."""
        return self.query_one(VerticalScroll)

    def action_scroll(self, by: int) -> None:
        """Scroll some lines."""
        self.scrolling.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll as far as what is in sight, but for a line."""
        self.scrolling.scroll_relative(y=by * max(1, self.scrolling.size.height - 1), animate=False)

    def action_end(self, is_last: bool) -> None:
        """Go to the last line, or to the first."""
        self.scrolling.scroll_to(y=self.scrolling.max_scroll_y if is_last else 0, animate=False)


class PageScreen(ScrollingScreen[None], PlacedScreen[None]):
    """A page, with the places in the first row and its keys in the last one."""

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine(self.PLACE)
        with VerticalScroll(classes="page", id="page", can_focus=False):
            yield from self.parts()
        yield KeysLine()

    def parts(self) -> ComposeResult:
        """Yield the parts of the page, from top to bottom."""
        raise NotImplementedError
