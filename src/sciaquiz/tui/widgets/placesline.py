"""The first row of a page: the places, the one you are in on a chip, and the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.style import Style
from textual.widget import Widget

from sciaquiz.tui.places import PLACES
from sciaquiz.tui.text import ACCENT, CHIP, MUTED, line, say, spread
from sciaquiz.words import weekday_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.content import Content

    from sciaquiz.tui.app import SciaquizApp
    from sciaquiz.tui.places import Place

ROLL_OVER = 60.0
"""Seconds between looks at which day it is."""
WIDE = 96
"""Cells from which the end of the day is told in full."""


class PlacesLine(Widget):
    """The places that a key or a click leads to; under a sitting there are none."""

    DEFAULT_CSS = """
    PlacesLine {
        height: 1;
        margin: 0 2 1 2;
    }
    """
    app: SciaquizApp

    def __init__(self, here: str = "") -> None:
        super().__init__()
        self._here = here
        self.auto_links = False

    def on_mount(self) -> None:
        """Follow the day."""
        self.set_interval(ROLL_OVER, self.refresh)

    def render(self) -> Content:
        """Draw the places and the day."""
        today, ends = self.app.workspace.clock.now().study_day, self.app.workspace.settings.rollover_hour
        places = PLACES if self.app.is_free_to_go else ()
        return places_line(places, self._here, today, ends, self.size.width)


def places_line(places: Sequence[Place], here: str, today: date, rollover_hour: int, width: int) -> Content:
    """Return the row in so many cells: all places, or only the one where you are; then as much of the day as fits."""
    name = line(say("sciaquiz", f"bold {ACCENT}"), " ")
    left = line(name, *(line(" ", _place(place, here)) for place in places))
    if left.cell_length > width:
        left = line(name, *(line(" ", _place(place, here)) for place in places if place.name == here))
    day, hour = weekday_words(today), f"{rollover_hour:02}:00"
    ways = [*([f"{day}, the day ends {hour}"] if width >= WIDE else []), f"{day}, till {hour}", day]
    told = next((way for way in ways if left.cell_length + 2 + len(way) <= width), "")
    return spread(left, say(told, MUTED), width) if told else left


def _place(place: Place, here: str) -> Content:
    if place.name == here:
        return say(f" {place.title} ", f"bold {CHIP}")
    at = place.title.lower().index(place.key)
    before, key, after = place.title[:at], place.title[at], place.title[at + 1 :]
    told = line(" ", say(before, MUTED), say(key, f"bold {ACCENT}"), say(after, MUTED), " ")
    return told.stylize(Style.from_meta({"@click": f"app.go({place.name!r})"}))
