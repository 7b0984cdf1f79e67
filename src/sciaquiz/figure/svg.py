"""Pieces of SVG for figures on paper; what an author wrote is escaped here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.figure import Point

INK, PAPER = "#000000", "#ffffff"
RADIUS = 9.0
"""Of the circle around a letter, in pixels of 1/96 inch, as all lengths here."""
LIT = "?"
"""What stands at the zone that is to be named."""
LIT_FILL = "#111111"
FONT = "'Libertinus Serif', 'DejaVu Serif', serif"


def document(width: float, height: float, parts: Iterable[str]) -> str:
    """Return an SVG of this size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{height:.1f}"'
        f' viewBox="0 0 {width:.1f} {height:.1f}" font-family="{FONT}">{"".join(parts)}</svg>'
    )


def said(text: str, x: float, y: float, *, size: float, bold: bool = False, anchor: str = "middle") -> str:
    """Return a text at a point of its baseline."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{weight} fill="{INK}" stroke="{PAPER}" stroke-width="2.5"'
        f' stroke-linejoin="round" paint-order="stroke" text-anchor="{anchor}">{escape(text, quote=True)}</text>'
    )


def letter(text: str, at: Point) -> str:
    """Return a letter in a circle around a point."""
    x, y = at
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS:g}" fill="{PAPER}" stroke="{INK}"/>'
    return circle + said(text, x, y + 4.2, size=12.5, bold=True)


def path(points: Iterable[Point], *, closed: bool = True) -> str:
    """Return the data of a path through points."""
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + ("Z" if closed else "")


def area(points: Iterable[Point], fill: str, more: str = "") -> str:
    """Return a filled polygon."""
    return f'<path d="{path(points)}" fill="{fill}"{more}/>'


def line(points: Iterable[Point], colour: str, width: float, *, dashes: str = "") -> str:
    """Return a line through points."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="{path(points, closed=False)}" fill="none" stroke="{colour}" stroke-width="{width:.2f}"'
        f' stroke-linejoin="round"{dashed}/>'
    )
