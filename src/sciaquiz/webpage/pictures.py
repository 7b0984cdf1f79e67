"""Pictures as SVG text: what they show stands in their title and description, and in a table beside them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.view.statistics import Told

WIDTH, WIDE = 480.0, 840.0
"""A picture beside a table, and one that has the page for itself; in pixels, if there is room."""
ROW = 30
NAMES = 120.0
"""Room for the names of rows, and at the right for their values."""
VALUES = 92.0
LONGEST_NAME = 17
LONGEST_WIDE_NAME = 34


class Column(Struct, frozen=True):
    """One column of a chart: its height, and what is written below it, if anything is."""

    value: float
    label: str = ""


def svg(title: str, description: str, height: float, parts: Iterable[str], width: float = WIDTH) -> str:
    """Return a picture with its title and description."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" style="max-width: {width:g}px" role="img"'
        f' aria-label="{_said(title)}. {_said(description)}">'
        f"<title>{_said(title)}</title><desc>{_said(description)}</desc>{''.join(parts)}</svg>"
    )


def forest(title: str, description: str, rows: Sequence[Told], low: float = 0.0, width: float = WIDTH) -> str:
    """Return shares as points on a scale from `low` to 1, with 95% intervals, what was predicted, and chance."""
    is_wide = width > WIDTH
    left, right = NAMES * (2 if is_wide else 1), width - VALUES

    def x(value: float) -> float:
        return left + (right - left) * (min(max(value, low), 1.0) - low) / (1 - low)

    parts = []
    for place, told in enumerate(rows):
        y = ROW * place + 20
        parts += [
            _text(0, y + 4, _short(told.name, LONGEST_WIDE_NAME if is_wide else LONGEST_NAME), "name"),
            _line(left, y, right, y, "rail"),
        ]
        share, interval = told.share, told.share.interval
        if interval is not None and share.value is not None and not share.is_few:
            parts.append(_line(x(interval[0]), y, x(interval[1]), y, "spread"))
            if told.chance is not None:
                parts.append(_line(x(told.chance), y - 9, x(told.chance), y + 9, "chance"))
            if told.expected is not None:
                parts.append(_diamond(x(told.expected), y))
            parts.append(f'<circle class="you" cx="{x(share.value):.1f}" cy="{y}" r="5"/>')
            parts.append(_text(width, y + 4, f"{percent(share.value)} of {share.n}", "value", "end"))
        else:
            parts.append(_text(width, y + 4, f"few ({share.n})" if share.n else "none", "axis", "end"))
    bottom = ROW * len(rows) + 6
    steps = [low + (1 - low) * step / 4 for step in range(5)]
    parts += [_text(x(step), bottom + 14, percent(step), "axis", "middle") for step in steps]
    return svg(title, description, bottom + 20, parts, width)


def scatter(title: str, description: str, rows: Sequence[Told]) -> str:
    """Return what came against what was predicted: on the dotted line both are the same."""
    size, left, bottom = 260.0, 48.0, 284.0

    def x(value: float) -> float:
        return left + size * value

    def y(value: float) -> float:
        return bottom - size * value

    parts = [_line(x(0), y(0), x(1), y(1), "same")]
    for step in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts += [
            _line(x(0), y(step), x(1), y(step), "grid"),
            _text(left - 8, y(step) + 4, percent(step), "axis", "end"),
        ]
        parts.append(_text(x(step), bottom + 18, percent(step), "axis", "middle"))
    for told in rows:
        interval = told.share.interval
        if told.expected is None or told.share.value is None or interval is None or told.share.is_few:
            continue
        parts.append(_line(x(told.expected), y(interval[0]), x(told.expected), y(interval[1]), "spread"))
        parts.append(f'<circle class="you" cx="{x(told.expected):.1f}" cy="{y(told.share.value):.1f}" r="5"/>')
    parts += [
        _text(left + size / 2, bottom + 38, "predicted", "axis", "middle"),
        _text(left - 40, 12, "remembered", "axis", "start"),
    ]
    return svg(title, description, bottom + 46, parts, 360)


def columns(title: str, description: str, values: Sequence[Column], unit: str, *, coming: bool = False) -> str:
    """Return columns from 0 up, with the highest written at the left."""
    left, top, high, most = 44.0, 12.0, 120.0, max((each.value for each in values), default=0.0) or 1.0
    step = (WIDTH - left) / max(1, len(values))
    gap = 1.0 if step > 3 else 0.2
    parts = [
        _line(left, top, WIDTH, top, "grid"),
        _line(left, top + high, WIDTH, top + high, "grid"),
        _text(left - 6, top + 4, f"{most:g}" if most == round(most) else f"{most:.0f}", "axis", "end"),
        _text(left - 6, top + high + 4, "0", "axis", "end"),
        _text(left - 6, top + 20, unit, "axis", "end"),
    ]
    for place, each in enumerate(values):
        tall = high * each.value / most
        at = left + step * place
        if each.value:
            parts.append(
                f'<rect class="{"coming" if coming else "done"}" x="{at + gap / 2:.2f}" y="{top + high - tall:.2f}"'
                f' width="{step - gap:.2f}" height="{tall:.2f}"/>'
            )
        if each.label:
            anchor = "end" if at > WIDTH - 60 else "start"
            parts.append(_text(at if anchor == "start" else WIDTH, top + high + 16, each.label, "axis", anchor))
    return svg(title, description, top + high + 22, parts)


def course(
    title: str, description: str, points: Sequence[tuple[float, float]], most: float, ends: tuple[str, str]
) -> str:
    """Return a line through points (0..1 along time, a value), from 0 up to `most`."""
    left, top, high = 44.0, 12.0, 140.0
    scale = most or 1.0
    placed = [(left + (WIDTH - left) * along, top + high * (1 - value / scale)) for along, value in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    parts = [
        _line(left, top, WIDTH, top, "grid"),
        _line(left, top + high, WIDTH, top + high, "grid"),
        _text(left - 6, top + 4, f"{scale:.0f}", "axis", "end"),
        _text(left - 6, top + high + 4, "0", "axis", "end"),
        _text(left, top + high + 16, ends[0], "axis"),
        _text(WIDTH, top + high + 16, ends[1], "axis", "end"),
    ]
    if placed:
        around = f"{placed[0][0]:.1f},{top + high} {path} {placed[-1][0]:.1f},{top + high}"
        parts += [f'<polygon class="under" points="{around}"/>', f'<polyline class="course" points="{path}"/>']
    return svg(title, description, top + high + 22, parts)


def calendar(title: str, description: str, weeks: Sequence[tuple[str, Sequence[int | None]]]) -> str:
    """Return weeks as columns of squares, Monday on top; each with what is written above it, and levels 0..4."""
    side = (WIDE - 34) / max(1, len(weeks))
    parts = [_text(0, 20 + side * (day + 0.8), name, "axis") for day, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"))]
    for place, (month, levels) in enumerate(weeks):
        x = 34 + side * place
        if month:
            parts.append(_text(x, 12, month, "axis"))
        parts += [
            f'<rect class="heat{level}" x="{x:.2f}" y="{20 + side * day:.2f}" width="{side - 1.5:.2f}"'
            f' height="{side - 1.5:.2f}" rx="1.5"/>'
            for day, level in enumerate(levels)
            if level is not None
        ]
    return svg(title, description, 22 + side * 7, parts, WIDE)


def bars(title: str, description: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """Return bars from the left, each with its name and what is written behind it."""
    left, right = NAMES, WIDTH - VALUES
    most = max((value for _, value, _ in rows), default=0.0) or 1.0
    parts = []
    for place, (name, value, words) in enumerate(rows):
        y, long = 24 * place, (right - left) * value / most
        parts += [
            _text(0, y + 16, _short(name), "name"),
            f'<rect class="done" x="{left:g}" y="{y + 5}" width="{long:.1f}" height="13" rx="2"/>',
            _text(WIDTH, y + 16, words, "value", "end"),
        ]
    return svg(title, description, 24 * len(rows) + 4, parts)


def _text(x: float, y: float, words: str, role: str, anchor: str = "start") -> str:
    return f'<text class="{role}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_said(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, role: str) -> str:
    return f'<line class="{role}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _diamond(x: float, y: float) -> str:
    return f'<path class="expected" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>'


def _short(name: str, longest: int = LONGEST_NAME) -> str:
    return name if len(name) <= longest else name[: longest - 1] + "…"


def _said(words: str) -> str:
    return escape(words, quote=True)
