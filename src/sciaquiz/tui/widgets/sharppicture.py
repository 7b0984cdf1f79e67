"""A question's picture in the terminal's own graphics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from sciaquiz.tui.widgets.picture import SHARPEST, pixels_of

if TYPE_CHECKING:
    from sciaquiz.deck.picture import Picture


class SharpPicture(Container):
    """Room for a picture, hidden where there is none."""

    def show(self, picture: Picture | None) -> None:
        """Show a picture in the place of the last one, or none."""
        from textual_image.widget import Image

        self.remove_children()
        pixels = None if picture is None else pixels_of(picture.path, SHARPEST, SHARPEST)
        self.display = pixels is not None
        if pixels is not None:
            self.mount(Image(pixels))
