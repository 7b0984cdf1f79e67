"""The row under the cursor, where it is told from the others by being reversed."""

from __future__ import annotations

from textual.style import Style
from textual.widget import Widget


class CursorRow(Widget):
    """A widget of rows; Textual 8 forgets that a style is reversed, which is all there is where there are no tones."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Return the style of the widget, or of a part of it."""
        style = super().get_visual_style(*component_classes, partial=partial)
        is_reversed = any(self.get_component_styles(name).text_style.reverse for name in component_classes)
        return style + Style(reverse=True) if is_reversed else style
