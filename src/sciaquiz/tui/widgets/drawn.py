"""A block of a page that is drawn for the width that it has, and is as high as what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Size

    Draw = Callable[[int], Content]
    """Returns what is shown in so many cells; no line of it is longer."""


class Drawn(Widget):
    """Nothing wraps by surprise: height and content come from one function of the width. Nothing takes no room."""

    DEFAULT_CSS = """
    Drawn {
        width: 100%;
        height: auto;
    }
    """

    def __init__(self, draw: Draw | None = None, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 -- as Textual calls it
        super().__init__(id=id, classes=classes)
        self._draw: Draw = draw or (lambda _: Content(""))
        self.display = draw is not None

    def show(self, draw: Draw | None) -> None:
        """Draw something else from now on, or nothing."""
        self._draw = draw or (lambda _: Content(""))
        self.display = draw is not None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows are drawn in so many cells."""
        return self._draw(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Draw for the width there is."""
        return self._draw(self.content_size.width)
