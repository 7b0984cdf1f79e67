"""The line that says which keys do what; a click on a key presses it, and one beside it does nothing."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """A line of keys, looking as it is told."""

    def __init__(self, *, id: str, classes: str) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id, classes=classes)
        self.auto_links = False  # else keys would be underlined in a colour of their own

    def show(self, words: Content) -> None:
        """Show other words; the screen is laid out anew only where they take more rows or fewer."""
        before = self.content if isinstance(self.content, Content) else None
        if before is None or not before.is_same(words):
            width, height = self.size
            self.update(words, layout=not width or len(words.wrap(width)) != height)
