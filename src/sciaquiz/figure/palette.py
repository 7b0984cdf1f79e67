"""Colours of figures: neutral tones while asking, named colours for the map, and what stands for right and wrong.

Neighbours of the named palette differ by 32 CIEDE2000 for normal, protan, deutan and tritan vision; of its sixteen
colours by 26 in five terminals' palettes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.figure import Material
from sciaquiz.figure.drawing import Ink, State

if TYPE_CHECKING:
    from collections.abc import Mapping

BLACK, RED, GREEN, BROWN, BLUE, MAGENTA, CYAN, WHITE = (
    "#000000",
    "#aa0000",
    "#00aa00",
    "#aa5500",
    "#0000aa",
    "#aa00aa",
    "#00aaaa",
    "#aaaaaa",
)
GREY, BRIGHT_RED, BRIGHT_GREEN, BRIGHT_YELLOW, BRIGHT_BLUE, BRIGHT_MAGENTA, BRIGHT_CYAN, BRIGHT_WHITE = (
    "#555555",
    "#ff5555",
    "#55ff55",
    "#ffff55",
    "#5555ff",
    "#ff55ff",
    "#55ffff",
    "#ffffff",
)
UNDER_WHITE = frozenset((BLACK, RED, BLUE, BRIGHT_BLUE, MAGENTA, GREY))
"""Of the sixteen, those that white is read on; terminals disagree too much about them to compute it."""

FADED = 0.35
SHADES_DARK = ((BLACK, 0.0), (BLACK, 0.3), (BRIGHT_WHITE, 0.3), (BLACK, 0.5))
SHADES_LIGHT = ((BLACK, 0.0), (BLACK, 0.3), (BLACK, 0.15), (BLACK, 0.5))
"""None of them comes near to the ground."""
SIGNS = {
    Material.BONE: "#",
    Material.MUSCLE: "░",
    Material.NERVE: "%",
    Material.VESSEL: "~",
    Material.LIGAMENT: "=",
    Material.SKIN: "·",
}
"""What fills materials without colour."""
SEEN = 1.8
"""The least contrast between a line and what it lies on."""
NAMED = {
    "L1": ("#44bb99", BRIGHT_RED),
    "L2": ("#882255", BRIGHT_BLUE),
    "L3": ("#ee8866", BRIGHT_YELLOW),
    "L4": ("#332288", BLUE),
    "L5": ("#f0e442", BROWN),
    "S1": ("#b5502a", BRIGHT_CYAN),
    "S2": ("#88ccee", RED),
    "S3": ("#999933", WHITE),
    "S4-5": ("#2a5db0", MAGENTA),
}
UNNAMED = tuple(NAMED.values())


class Palette(Struct, frozen=True, kw_only=True):
    """What things look like on one kind of terminal; `ground` is what lies behind the figure."""

    ground: str
    tones: tuple[str, str, str, str]
    body: str
    focus: str
    chosen: str
    right: str
    wrong: str
    muscle: str
    bone: str
    tibial: str
    fibular: str
    materials: Mapping[Material, str]
    pointer: str

    def of(self, state: State) -> str:
        """Return the colour of a zone that is not merely waiting."""
        match state:
            case State.FOCUS:
                return self.focus
            case State.CHOSEN:
                return self.chosen
            case State.RIGHT:
                return self.right
            case State.WRONG:
                return self.wrong
            case State.WAITING:
                return self.body


DARK = Palette(
    ground="#15191e",
    tones=("#66788f", "#93a5bc", "#42536a", "#b9c6d6"),
    body="#2c343d",
    focus="#ffd54a",
    chosen="#9a6be0",
    right="#2fbf8f",
    wrong="#e0662f",
    muscle="#8a3f49",
    bone="#8d8775",
    tibial="#ffd54a",
    fibular="#7fd0ff",
    materials={
        Material.BONE: "#c9c2a5",
        Material.MUSCLE: "#9c4650",
        Material.NERVE: "#f6f08c",
        Material.VESSEL: "#4a86d8",
        Material.LIGAMENT: "#86a39c",
        Material.SKIN: "#d19b76",
    },
    pointer="#e4e6e8",
)
LIGHT = Palette(
    ground="#fbfaf7",
    tones=("#9aa8b8", "#6c7c90", "#c0cad6", "#53627a"),
    body="#e3e0d9",
    focus="#e8a200",
    chosen="#9a6be0",
    right="#2fbf8f",
    wrong="#e0662f",
    muscle="#e3b3b0",
    bone="#b5ae9a",
    tibial="#7a4a00",
    fibular="#0b4f9e",
    materials={
        Material.BONE: "#b5ae9a",
        Material.MUSCLE: "#d08c8c",
        Material.NERVE: "#7a6a00",
        Material.VESSEL: "#3f78c9",
        Material.LIGAMENT: "#7f9c94",
        Material.SKIN: "#d9ab86",
    },
    pointer="#20262c",
)
SIXTEEN_MATERIALS = {
    Material.MUSCLE: RED,
    Material.NERVE: BROWN,
    Material.VESSEL: BRIGHT_BLUE,
    Material.LIGAMENT: GREEN,
    Material.SKIN: BRIGHT_CYAN,
}
"""None of them is a tone or a state."""
SIXTEEN_DARK = Palette(
    ground=BLACK,
    tones=(GREY, WHITE, BLUE, CYAN),
    body=BLACK,
    focus=BRIGHT_YELLOW,
    chosen=MAGENTA,
    right=BRIGHT_GREEN,
    wrong=BRIGHT_RED,
    muscle=RED,
    bone=WHITE,
    tibial=BRIGHT_YELLOW,
    fibular=BRIGHT_CYAN,
    materials={**SIXTEEN_MATERIALS, Material.BONE: BRIGHT_WHITE},
    pointer=BRIGHT_WHITE,
)
SIXTEEN_LIGHT = Palette(
    ground=BRIGHT_WHITE,
    tones=(GREY, WHITE, BLUE, CYAN),
    body=BRIGHT_WHITE,
    focus=BRIGHT_YELLOW,
    chosen=MAGENTA,
    right=BRIGHT_GREEN,
    wrong=BRIGHT_RED,
    muscle=BRIGHT_RED,
    bone=WHITE,
    tibial=BLACK,
    fibular=BLUE,
    materials={**SIXTEEN_MATERIALS, Material.BONE: BLACK},
    pointer=BLACK,
)


def palette(ink: Ink, *, dark: bool) -> Palette:
    """Return the palette for a terminal; without colour nobody looks at it."""
    if ink is Ink.SIXTEEN:
        return SIXTEEN_DARK if dark else SIXTEEN_LIGHT
    return DARK if dark else LIGHT


def named(key: str, place: int, ink: Ink) -> str:
    """Return the map's colour of a zone: its own where the key has one, or else one by its place."""
    true_colour, sixteen = NAMED.get(key, UNNAMED[place % len(UNNAMED)])
    return sixteen if ink is Ink.SIXTEEN else true_colour


def shade(colour: str, tone: int, *, dark: bool) -> str:
    """Return a colour as it is for one of the four tones, so that neighbours of one material differ."""
    other, share = (SHADES_DARK if dark else SHADES_LIGHT)[tone]
    return towards(colour, other, share)


def is_seen(colour: str, ground: str) -> bool:
    """Whether a thin line of a colour is told from what it lies on."""
    high, low = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05) >= SEEN


def towards(colour: str, other: str, share: float) -> str:
    """Return the colour that lies `share` of the way to another."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_channels(colour), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def text_on(background: str) -> str:
    """Return black or white, whichever is read better (WCAG 2.2 relative luminance; the sixteen by a table)."""
    if background in SIXTEEN:
        return BRIGHT_WHITE if background in UNDER_WHITE else BLACK
    light = luminance(background)
    return BLACK if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else BRIGHT_WHITE


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


SIXTEEN = frozenset((BLACK, RED, GREEN, BROWN, BLUE, MAGENTA, CYAN, WHITE)) | frozenset(
    (GREY, BRIGHT_RED, BRIGHT_GREEN, BRIGHT_YELLOW, BRIGHT_BLUE, BRIGHT_MAGENTA, BRIGHT_CYAN, BRIGHT_WHITE)
)
