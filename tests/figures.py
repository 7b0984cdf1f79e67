"""The figures that tests draw."""

from __future__ import annotations

import tomllib
from pathlib import Path

from msgspec.structs import replace

from sciaquiz.deck.authored.figure import FigureAuthored
from sciaquiz.deck.figure import Ellipse, Figure, Region, View
from sciaquiz.figure.draw import draw
from sciaquiz.figure.drawing import Drawing, Ink, State
from sciaquiz.ids import FigureId
from sciaquiz.text import LETTERS

HERE = Path(__file__).parent / "figure"


def _read(name: str) -> list[Figure]:
    tables = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["figure"]
    return [FigureAuthored.model_validate(table).figure() for table in tables]


FRONT, BACK, SOLE = _read("dermatomes.toml")
(PANELS,) = _read("beaton-anson.toml")
(MATERIALS,) = _read("materials.toml")
(LIGAMENTS,) = _read("courses.toml")
LEG = replace(FRONT, id=FigureId("leg"), views=(*FRONT.views, *BACK.views, *SOLE.views))
ALL = (FRONT, BACK, SOLE, LEG, PANELS, MATERIALS, LIGAMENTS)

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
HALVES = Figure(
    id=FigureId("halves"),
    title="Two halves and a dot",
    caption="Nothing.",
    alt="Two halves and a dot.",
    views=(
        View(
            id="square",
            title="Square",
            aspect=1,
            outline=SQUARE,
            regions=(
                Region(
                    key="left", name="left", describe="left half", label=(0.25, 0.5),
                    polygons=(((0, 0), (0.5, 0), (0.5, 1), (0, 1)),),
                ),
                Region(
                    key="right", name="right", describe="right half", label=(0.75, 0.5),
                    polygons=(((0.5, 0), (1, 0), (1, 1), (0.5, 1)),),
                ),
                Region(
                    key="dot", name="dot", describe="dot", label=(0.1, 0.1),
                    ellipse=Ellipse(cx=0.1, cy=0.1, rx=0.001, ry=0.001),
                ),
            ),
        ),
    ),
)  # fmt: skip


def place_of(figure: Figure, key: str) -> int:
    """Place of the first zone with a key."""
    return next(place for place, zone in enumerate(figure.zones()) if zone.key == key)


def drawing(
    figure: Figure,
    width: int,
    height: int,
    look: dict[int, State] | None = None,
    *,
    ink: Ink = Ink.TRUE_COLOUR,
    dark: bool = True,
    revealed: bool = False,
) -> Drawing:
    """Draw with letters (numbers for panels), or with names when revealed."""
    zones = figure.zones()
    first = "1" if figure.panels else "a"
    letters = [zone.label if revealed else chr(ord(first) + place) for place, zone in enumerate(zones)]
    return draw(figure, width, height, look=look or {}, labels=letters, ink=ink, dark=dark, revealed=revealed)


def text(drawn: Drawing) -> list[str]:
    """Characters of each row, without spaces at its end."""
    return ["".join(run.text for run in row).rstrip() for row in drawn.rows]


def targets(drawn: Drawing) -> set[int]:
    """Places that can be hit."""
    return {place for row in drawn.targets for place in row if place is not None}


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pictured(drawn: Drawing) -> str:
    """The characters, and below them a letter for each background."""
    colours: dict[str, str] = {}
    grounds = []
    for row in drawn.rows:
        letters = (colours.setdefault(run.background, LETTERS[len(colours)]) * len(run.text) for run in row)
        grounds.append("".join(letters).replace(colours.get("", "-"), "."))
    key = [f"{letter}: {colour or 'none'}" for colour, letter in colours.items()]
    return "\n".join((*text(drawn), *grounds, *key))
