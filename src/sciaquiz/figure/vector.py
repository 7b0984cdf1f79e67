"""A figure as SVG, for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.figure.vectorpanels import panels_svg
from sciaquiz.figure.vectorviews import views_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.figure import Figure


def vector(figure: Figure, name: str, labels: Sequence[str], lit: int | None = None) -> str:
    """Return a figure as SVG: each zone with its label, or only one zone lit, by its place in `figure.zones()`.

    Figures that stand in one page have different names, of letters, digits and dashes.
    """
    return panels_svg(figure.panels, labels, lit) if figure.panels else views_svg(figure, name, labels, lit)
