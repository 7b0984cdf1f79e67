"""A figure that hotspot questions point at: regions as polygons, or panels of courses past layers."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from sciaquiz.ids import FigureId, SourceId

Point = tuple[float, float]
"""x and y in 0..1 of the view; y grows downwards."""


class Material(StrEnum):
    """What something is made of; each has a tone of its own."""

    BONE = "bone"
    MUSCLE = "muscle"
    NERVE = "nerve"
    VESSEL = "vessel"
    LIGAMENT = "ligament"
    SKIN = "skin"


class Arrow(StrEnum):
    """At which ends a line has a head."""

    START = "start"
    END = "end"
    BOTH = "both"


class Ellipse(Struct, frozen=True, kw_only=True):
    """A region too small for a polygon."""

    cx: float
    cy: float
    rx: float
    ry: float


class Region(Struct, frozen=True, kw_only=True):
    """One area of a view. `describe` says where it lies without naming it; two regions with one `key` count alike.

    `label` is where its letter stands, `short` what stands there instead when it is revealed.
    """

    key: str
    name: str
    describe: str
    label: Point
    polygons: tuple[tuple[Point, ...], ...] = ()
    ellipse: Ellipse | None = None
    short: str = ""
    material: Material | None = None
    layer: int = 0


class Shape(Struct, frozen=True, kw_only=True):
    """Something drawn that cannot be chosen. A higher `layer` is painted over a lower one."""

    material: Material
    polygons: tuple[tuple[Point, ...], ...] = ()
    ellipse: Ellipse | None = None
    layer: int = 0


class Stroke(Struct, frozen=True, kw_only=True):
    """A line that cannot be chosen, `width` of the view's height thick; a pointer where it has no material."""

    points: tuple[Point, ...]
    width: float = 0.0
    material: Material | None = None
    dashed: bool = False
    arrow: Arrow | None = None
    layer: int = 0


class Note(Struct, frozen=True, kw_only=True):
    """A short text that stands in a view whatever is asked; `at` is its middle."""

    text: str
    at: Point


class View(Struct, frozen=True, kw_only=True):
    """One drawing of a figure, `aspect` wide for each unit of height."""

    id: str
    title: str
    aspect: float
    outline: tuple[Point, ...]
    regions: tuple[Region, ...]
    shapes: tuple[Shape, ...] = ()
    lines: tuple[Stroke, ...] = ()
    texts: tuple[Note, ...] = ()


class Course(StrEnum):
    """How a division of the sciatic nerve passes the piriformis."""

    ABOVE = "above"
    THROUGH = "through"
    BELOW = "below"


class Pass(StrEnum):
    """How a course passes a layer; `through` enters it deep and leaves it on the surface."""

    OVER = "over"
    UNDER = "under"
    THROUGH = "through"


class Layer(Struct, frozen=True, kw_only=True):
    """Something that lies across a panel, in two heads where it is `split`."""

    name: str
    material: Material
    split: bool = False


class Track(Struct, frozen=True, kw_only=True):
    """Something that runs down a panel; `passes` goes by its layers from top to bottom, `mark` stands at its end."""

    name: str
    mark: str
    material: Material
    passes: tuple[Pass, ...]


class Panel(Struct, frozen=True, kw_only=True):
    """One arrangement to compare: named courses past named layers.

    Without layers it is one of piriformis and sciatic nerve, after Beaton and Anson: `split`, `tibial`, `fibular`.
    """

    key: str
    name: str
    describe: str
    split: bool = False
    tibial: Course = Course.BELOW
    fibular: Course = Course.BELOW
    layers: tuple[Layer, ...] = ()
    courses: tuple[Track, ...] = ()


class Zone(Struct, frozen=True, kw_only=True):
    """Something of a figure that can be chosen: a region of a view, or a panel."""

    key: str
    name: str
    describe: str
    view: str = ""
    short: str = ""

    @property
    def label(self) -> str:
        """What stands on the drawing when it is revealed: few cells, so that the drawing keeps the width."""
        return self.short or self.key


class Figure(Struct, frozen=True, kw_only=True):
    """A figure: either views with regions or panels. The caption says what it is not."""

    id: FigureId
    title: str
    caption: str
    alt: str
    views: tuple[View, ...] = ()
    panels: tuple[Panel, ...] = ()
    sources: tuple[SourceId, ...] = ()

    def where(self, zone: Zone) -> str:
        """Return where a zone lies, in words; the view only where there are several."""
        return f"{zone.view}: {zone.describe}" if len(self.views) > 1 else zone.describe

    def zones(self) -> tuple[Zone, ...]:
        """Return what can be chosen: in each view from top to bottom, so that the order gives no name away."""
        regions = [
            Zone(key=region.key, name=region.name, describe=region.describe, view=view.title, short=region.short)
            for view in self.views
            for region in sorted(view.regions, key=lambda region: (region.label[1], region.label[0]))
        ]
        panels = [Zone(key=panel.key, name=panel.name, describe=panel.describe) for panel in self.panels]
        return (*regions, *panels)
