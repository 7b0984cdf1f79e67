"""Reading the drawn screen back as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


def text_of(app: App[Any]) -> str:
    """Return the screen in front, with what lies under it, as lines of text."""
    strips = app.screen._compositor.render_strips()  # the only way to read back what was drawn
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
