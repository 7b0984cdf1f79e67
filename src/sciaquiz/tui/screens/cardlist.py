"""The list of cards in Browse: what can be done with the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding

from sciaquiz.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.binding import BindingType


class CardList(RowList):
    """The cards that were found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.open", "open", tooltip="Look at the card under the cursor"),
        Binding(
            "tab", "screen.facets", "what to tick", show=False, tooltip="Go to what can be ticked, or to the query"
        ),
        Binding("space", "screen.mark", "mark", show=False, tooltip="Mark the card, for what is done to several"),
        Binding("V", "screen.mark_range", "mark up to here", show=False, tooltip="Mark all from the last one marked"),
    ]

    @work(exclusive=True, group="rest")
    async def do_by_the_way(self, task: Callable[[], Awaitable[None]]) -> None:
        """Do something for which no key waits: they wait for the workers of the screen."""
        await task()
