"""`[[figure]]`: a drawing that hotspot questions point at."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import EMPTY, Authored, Fault, Line, Slug, Text
from sciaquiz.deck.figure import (
    Arrow,
    Course,
    Ellipse,
    Figure,
    Layer,
    Material,
    Note,
    Panel,
    Pass,
    Point,
    Region,
    Shape,
    Stroke,
    Track,
    View,
)
from sciaquiz.deck.limits import MOST_IN_A_LIST, MOST_ZONES
from sciaquiz.ids import FigureId, SourceId
from sciaquiz.text import cells

MOST_VIEWS = 4
MOST_POLYGONS = 8
MOST_POINTS = 200
MOST_PANELS = 12
MOST_DRAWN = 60
"""Shapes and lines of all views together."""
MOST_TEXTS = 20
MOST_LAYERS = 2
MOST_COURSES = 3
LONGEST_SHORT = 10
WIDEST_LINE = 0.2
HIGHEST_LAYER = 9
SMALLEST_RADIUS = 0.001

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Radius = Annotated[float, Field(ge=SMALLEST_RADIUS, le=1, allow_inf_nan=False)]
PointAuthored = Annotated[list[Share], Field(min_length=2, max_length=2)]
PolygonAuthored = Annotated[list[PointAuthored], Field(min_length=3, max_length=MOST_POINTS)]
CourseAuthored = Literal["above", "through", "below"]
PassAuthored = Literal["over", "under", "through"]
MaterialAuthored = Literal["bone", "muscle", "nerve", "vessel", "ligament", "skin"]
LayerAuthored = Annotated[int, Field(ge=0, le=HIGHEST_LAYER)]
ShortAuthored = Annotated[str, Field(min_length=1, max_length=LONGEST_SHORT)]
PolygonsAuthored = Annotated[list[PolygonAuthored], Field(max_length=MOST_POLYGONS)]
LAYER = "A higher layer is painted over a lower one; in one layer small over large, and lines last."


class EllipseAuthored(Authored):
    """A region too small for a polygon: centre and radii."""

    cx: Share
    cy: Share
    rx: Radius
    ry: Radius

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return ((x - self.cx) / self.rx) ** 2 + ((y - self.cy) / self.ry) ** 2 <= 1


class RegionAuthored(Authored):
    """One area of a view."""

    key: Line = Field(description="What questions call it; regions of two views with one key count alike.")
    name: Line = Field(description="What a student reads when it is revealed.")
    describe: Line = Field(description="Where it lies, in words that do not name it: the list and plain mode show it.")
    label: PointAuthored = Field(description="Where its letter stands: a point inside it.")
    polygons: PolygonsAuthored = Field(
        default_factory=list, json_schema_extra=EMPTY, description="Areas that are its parts."
    )
    ellipse: EllipseAuthored | None = Field(None, description="cx, cy, rx, ry: for a region too small for a polygon.")
    short: ShortAuthored | None = Field(None, description="What stands on it when it is revealed; else its key.")
    material: MaterialAuthored | None = Field(None, description="What it is made of: it gives the tone.")
    layer: LayerAuthored = Field(0, description=LAYER)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside one of its shapes."""
        round_one = self.ellipse is not None and self.ellipse.holds(x, y)
        return round_one or any(_inside(polygon, x, y) for polygon in self.polygons)

    def problems(self) -> list[Fault]:
        """A region has a shape, and its letter stands inside it."""
        if not self.polygons and self.ellipse is None:
            return [((), "no-shape", f"“{self.key}” has neither “polygons” nor “ellipse”")]
        x, y = self.label
        if not self.holds(x, y):
            return [(("label",), "label-outside", f"the label of “{self.key}” lies outside it")]
        return []

    def region(self) -> Region:
        """Return the region for the rest of the app."""
        return Region(
            key=self.key,
            name=self.name,
            describe=self.describe,
            label=_point(self.label),
            polygons=tuple(_points(polygon) for polygon in self.polygons),
            ellipse=_ellipse(self.ellipse),
            short=self.short or "",
            material=_material(self.material),
            layer=self.layer,
        )


class ShapeAuthored(Authored):
    """Something drawn that cannot be chosen."""

    material: MaterialAuthored
    polygons: PolygonsAuthored = Field(default_factory=list, json_schema_extra=EMPTY)
    ellipse: EllipseAuthored | None = None
    layer: LayerAuthored = Field(0, description=LAYER)

    def shape(self) -> Shape:
        """Return the shape for the rest of the app."""
        return Shape(
            material=Material(self.material),
            polygons=tuple(_points(polygon) for polygon in self.polygons),
            ellipse=_ellipse(self.ellipse),
            layer=self.layer,
        )


class LineAuthored(Authored):
    """A line that cannot be chosen: a nerve under a muscle, or what leads from a text to its place."""

    points: Annotated[list[PointAuthored], Field(min_length=2, max_length=MOST_POINTS)]
    width: Annotated[float, Field(ge=0, le=WIDEST_LINE, allow_inf_nan=False)] = Field(
        0.0, description="In heights of the view; no line is too thin to be seen."
    )
    material: MaterialAuthored | None = Field(None, description="What it is made of; nothing for a pointer.")
    dashed: bool = Field(False, description="As what lies deep to something is drawn.")
    arrow: Literal["start", "end", "both"] | None = Field(None, description="The ends with a head.")
    layer: LayerAuthored = Field(0, description=LAYER)

    def line(self) -> Stroke:
        """Return the line for the rest of the app."""
        return Stroke(
            points=_points(self.points),
            width=float(self.width),
            material=_material(self.material),
            dashed=self.dashed,
            arrow=None if self.arrow is None else Arrow(self.arrow),
            layer=self.layer,
        )


class NoteAuthored(Authored):
    """A text that stands in the view whatever is asked."""

    text: ShortAuthored = Field(examples=["L4"])
    at: PointAuthored = Field(description="Where its middle stands.")

    def note(self) -> Note:
        """Return the text for the rest of the app."""
        return Note(text=self.text, at=_point(self.at))


class ViewAuthored(Authored):
    """One drawing of the figure. x and y run from 0 to 1; y grows downwards."""

    id: Slug
    title: Line = Field(description="What is seen and from where.", examples=["Right leg from the front"])
    aspect: Annotated[float, Field(ge=0.1, le=10, allow_inf_nan=False, description="Width divided by height.")]
    outline: PolygonAuthored = Field(description="The silhouette; regions are cut off at it.")
    regions: Annotated[list[RegionAuthored], Field(min_length=1, max_length=MOST_ZONES)]
    shapes: Annotated[list[ShapeAuthored], Field(max_length=MOST_DRAWN)] = Field(
        default_factory=list, json_schema_extra=EMPTY, description="What is drawn and cannot be chosen."
    )
    lines: Annotated[list[LineAuthored], Field(max_length=MOST_DRAWN)] = Field(
        default_factory=list, json_schema_extra=EMPTY, description="Lines that cannot be chosen."
    )
    texts: Annotated[list[NoteAuthored], Field(max_length=MOST_TEXTS)] = Field(
        default_factory=list, json_schema_extra=EMPTY, description="Texts that always stand there."
    )

    def problems(self) -> list[Fault]:
        """Each region is sound and has a key of its own; what else is drawn has a form."""
        found: list[Fault] = [
            (("regions", place, *inside), code, message)
            for place, region in enumerate(self.regions)
            for inside, code, message in region.problems()
        ]
        for place, key in _repeated(region.key for region in self.regions):
            message = f"two regions of this view have the key “{key}”; give one region both polygons"
            found.append((("regions", place, "key"), "duplicate-key", message))
        for place, shape in enumerate(self.shapes):
            if not shape.polygons and shape.ellipse is None:
                found.append((("shapes", place), "no-shape", "this shape has neither “polygons” nor “ellipse”"))
        for place, line in enumerate(self.lines):
            if all(point == line.points[0] for point in line.points):
                found.append((("lines", place, "points"), "no-length", "this line begins and ends in one point"))
        return found

    def view(self) -> View:
        """Return the view for the rest of the app."""
        return View(
            id=self.id,
            title=self.title,
            aspect=self.aspect,
            outline=_points(self.outline),
            regions=tuple(region.region() for region in self.regions),
            shapes=tuple(shape.shape() for shape in self.shapes),
            lines=tuple(line.line() for line in self.lines),
            texts=tuple(text.note() for text in self.texts),
        )


class LayerAcross(Authored):
    """Something that lies across a panel."""

    name: ShortAuthored = Field(description="It stands on the layer where there is room.")
    material: MaterialAuthored = "muscle"
    split: bool = Field(False, description="Whether it has two heads.")


class CourseDown(Authored):
    """Something that runs down a panel, past each of its layers."""

    name: Line
    mark: Annotated[str, Field(min_length=1, max_length=1)] = Field(description="The sign at its end.", examples=["t"])
    material: MaterialAuthored = "nerve"
    passes: Annotated[list[PassAuthored], Field(min_length=1, max_length=MOST_LAYERS)] = Field(
        description="How it passes each layer, from top to bottom; “through”: deep at first, then on the surface."
    )


class PanelAuthored(Authored):
    """One arrangement to compare: courses past layers, or piriformis and sciatic nerve after Beaton and Anson."""

    key: Line = Field(description="What questions call it.", examples=["B"])
    name: Line = Field(description="What a student reads when it is revealed.")
    describe: Line = Field(description="What it shows, in words that do not name it.")
    split: bool | None = Field(None, description="Of the piriformis: whether it has two heads.")
    tibial: CourseAuthored | None = Field(None, description="How the tibial division passes the piriformis.")
    fibular: CourseAuthored | None = Field(None, description="How the common fibular division passes the piriformis.")
    layers: Annotated[list[LayerAcross], Field(max_length=MOST_LAYERS)] = Field(
        default_factory=list, json_schema_extra=EMPTY, description="What lies across, from top to bottom."
    )
    courses: Annotated[list[CourseDown], Field(max_length=MOST_COURSES)] = Field(
        default_factory=list, json_schema_extra=EMPTY, description="What runs down past the layers."
    )

    def problems(self) -> list[Fault]:
        """A panel has layers and courses, or all three keys of piriformis and sciatic nerve."""
        own = {"split": self.split, "tibial": self.tibial, "fibular": self.fibular}
        missing = [name for name, value in own.items() if value is None]
        if not self.layers and not self.courses:
            words = " and ".join(f"“{name}”" for name in missing)
            message = f"{words} missing: a panel needs “layers” and “courses”, or “split”, “tibial” and “fibular”"
            return [((), "no-course", message)] if missing else []
        found: list[Fault] = []
        if not self.layers or not self.courses:
            found.append(((), "no-course", "a panel needs both “layers” and “courses”"))
        if len(missing) < len(own):
            found.append(((), "two-forms", "“split”, “tibial” and “fibular” are for a panel without “layers”"))
        if sum(layer.split for layer in self.layers) > 1:
            found.append((("layers",), "split", "only one layer of a panel may have two heads"))
        for place, course in enumerate(self.courses):
            if len(course.passes) != len(self.layers):
                message = f"“passes” needs one word for each layer: there are {len(self.layers)}"
                found.append((("courses", place, "passes"), "passes", message))
            if not course.mark.isprintable() or course.mark.isspace() or cells(course.mark) != 1:
                found.append((("courses", place, "mark"), "mark", "a mark is one sign that takes one cell"))
        for place, mark in _repeated(course.mark for course in self.courses):
            found.append((("courses", place, "mark"), "duplicate-mark", f"two courses have the mark “{mark}”"))
        return found

    def panel(self) -> Panel:
        """Return the panel for the rest of the app."""
        return Panel(
            key=self.key,
            name=self.name,
            describe=self.describe,
            split=bool(self.split),
            tibial=Course(self.tibial or Course.BELOW),
            fibular=Course(self.fibular or Course.BELOW),
            layers=tuple(
                Layer(name=layer.name, material=Material(layer.material), split=layer.split) for layer in self.layers
            ),
            courses=tuple(
                Track(
                    name=course.name,
                    mark=course.mark,
                    material=Material(course.material),
                    passes=tuple(Pass(word) for word in course.passes),
                )
                for course in self.courses
            ),
        )


class FigureAuthored(Authored):
    """A figure: either views with regions or panels."""

    id: Slug = Field(description="What questions call this figure.")
    title: Line
    caption: Line = Field(description="What a student has to know about it, such as what it is not.")
    alt: Text = Field(description="What it shows, for those who cannot see it.")
    sources: Annotated[list[Slug], Field(max_length=MOST_IN_A_LIST)] = Field([], description="What it was drawn after.")
    views: Annotated[list[ViewAuthored], Field(max_length=MOST_VIEWS)] = Field([], description="Drawings with regions.")
    panels: Annotated[list[PanelAuthored], Field(max_length=MOST_PANELS)] = Field(
        default_factory=list, json_schema_extra=EMPTY, description="Arrangements to compare."
    )

    def problems(self) -> list[Fault]:
        """Return what is wrong beyond the form: (place inside the figure, code, message)."""
        found: list[Fault] = [
            (("views", place, *inside), code, message)
            for place, view in enumerate(self.views)
            for inside, code, message in view.problems()
        ]
        found += [
            (("panels", place, *inside), code, message)
            for place, panel in enumerate(self.panels)
            for inside, code, message in panel.problems()
        ]
        if self.views and self.panels:
            found.append((("panels",), "views-and-panels", "a figure has either “views” or “panels”, not both"))
        regions = sum(len(view.regions) for view in self.views)
        if regions > MOST_ZONES:
            message = f"the views have {regions} regions together; a figure may have at most {MOST_ZONES}: divide it"
            found.append((("views",), "too-many", message))
        drawn = sum(len(view.shapes) + len(view.lines) for view in self.views)
        if drawn > MOST_DRAWN:
            message = f"the views have {drawn} shapes and lines together; a figure may have at most {MOST_DRAWN}"
            found.append((("views",), "too-many", message))
        if not self.views and not self.panels:
            found.append(((), "no-zone", "a figure needs “views” with regions, or “panels”"))
        for place, view_id in _repeated(view.id for view in self.views):
            found.append((("views", place, "id"), "duplicate-id", f"two views have the id “{view_id}”"))
        for place, key in _repeated(panel.key for panel in self.panels):
            found.append((("panels", place, "key"), "duplicate-key", f"two panels have the key “{key}”"))
        return found

    def figure(self) -> Figure:
        """Return the figure for the rest of the app."""
        return Figure(
            id=FigureId(self.id),
            title=self.title,
            caption=self.caption,
            alt=self.alt,
            views=tuple(view.view() for view in self.views),
            panels=tuple(panel.panel() for panel in self.panels),
            sources=tuple(SourceId(source) for source in self.sources),
        )


def _point(point: list[float]) -> Point:
    x, y = point
    return float(x), float(y)


def _ellipse(ellipse: EllipseAuthored | None) -> Ellipse | None:
    return None if ellipse is None else Ellipse(**ellipse.model_dump())


def _material(material: MaterialAuthored | None) -> Material | None:
    return None if material is None else Material(material)


def _points(polygon: list[list[float]]) -> tuple[Point, ...]:
    return tuple(_point(point) for point in polygon)


def _repeated(names: Iterable[str]) -> list[tuple[int, str]]:
    """The last place of each name that occurs more than once."""
    listed = list(names)
    places = {name: place for place, name in enumerate(listed)}
    return [(places[name], name) for name, count in Counter(listed).items() if count > 1]


def _inside(polygon: list[list[float]], x: float, y: float) -> bool:
    """Even-odd rule."""
    inside = False
    for (x1, y1), (x2, y2) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside
