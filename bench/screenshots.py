"""Screenshots of every screen, from the real app with the shipped decks and an invented student.

`python -m bench.screenshots` writes PNG into docs/screenshots; names given as arguments narrow it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.student import CAREFUL, live
from sciaquiz.clock import FixedClock
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.screens.home import OPENING_DELAY
from sciaquiz.tui.screens.statistics import REST
from sciaquiz.tui.screens.timing import NEXT_DELAY
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    Walk = Callable[[Pilot[None]], Awaitable[None]]

OUT = Path(__file__).parents[1] / "docs" / "screenshots"
NOW = datetime.fromisoformat("2026-11-22T19:30:00+01:00")
FONT = "DejaVu Sans Mono"  # it has every sign that the screens use
SIZES = ((80, 24), (120, 40))


async def home(pilot: Pilot[None]) -> None:
    """Home as it opens."""


async def study_asked(pilot: Pilot[None]) -> None:
    """A question with an option chosen."""
    await pilot.press("enter")
    await settled(pilot)
    await pilot.press("b")


async def study_answered(pilot: Pilot[None]) -> None:
    """Feedback on a certain answer."""
    await pilot.press("enter")
    await settled(pilot)
    await pilot.press("A")


async def why(pilot: Pilot[None]) -> None:
    """The reasons behind a due date."""
    await study_answered(pilot)
    await settled(pilot)
    await pilot.press("w")


async def summary(pilot: Pilot[None]) -> None:
    """The end of a short sitting."""
    await pilot.press("enter")
    for letter in "ABAC":
        await settled(pilot)
        await pilot.press(letter)
        await settled(pilot)
        await pilot.pause(NEXT_DELAY + 0.1)  # feedback stays for a moment
        await pilot.press("enter")
    await settled(pilot)
    await pilot.press("q")


async def browse(pilot: Pilot[None]) -> None:
    """All cards."""
    await pilot.press("b")


async def card(pilot: Pilot[None]) -> None:
    """One card's history and curve."""
    await browse(pilot)
    await settled(pilot)
    await pilot.press("enter")


async def settings(pilot: Pilot[None]) -> None:
    """Settings."""
    await pilot.press("comma")


async def help_(pilot: Pilot[None]) -> None:
    """The keys of the study screen."""
    await pilot.press("enter")
    await settled(pilot)
    await pilot.press("question_mark")


async def statistics(pilot: Pilot[None]) -> None:
    """What answers came to."""
    await pilot.press("t")


async def statistics_topics(pilot: Pilot[None]) -> None:
    """A topic."""
    await statistics(pilot)
    await settled(pilot)
    await pilot.press("2")
    await settled(pilot)
    await pilot.pause(REST + 0.1)


async def confusions(pilot: Pilot[None]) -> None:
    """What was taken for what."""
    await pilot.press("d")


async def contrast(pilot: Pilot[None]) -> None:
    """Both sides of a confusion."""
    await confusions(pilot)
    await settled(pilot)
    await pilot.press("enter")


WALKS: dict[str, Walk] = {
    "home": home,
    "home-done": home,
    "home-break": home,
    "study-asked": study_asked,
    "study-answered": study_answered,
    "why": why,
    "summary": summary,
    "browse": browse,
    "card": card,
    "statistics": statistics,
    "statistics-topics": statistics_topics,
    "settings": settings,
    "help": help_,
    "confusions": confusions,
    "contrast": contrast,
}


LIVED_UNTIL = {"home-done": timedelta(days=1), "home-break": timedelta(days=-40)}
"""Where another end of the student's last day of studying is wanted than yesterday, seen from there."""


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no worker is left and the screen is drawn."""
    await pilot.pause()
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def shoot(name: str, walk: Walk, size: tuple[int, int], theme: str) -> Path:
    """Walk the app to one place and save what is on the screen."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SCIAQUIZ_HOME": folder, "COLORTERM": "truecolor", "TERM": "xterm-256color"}
        until = NOW + LIVED_UNTIL.get(name, timedelta())
        habits = CAREFUL if name == "home-done" else None
        live(Workspace(paths=user_paths(), settings=Settings(), clock=FixedClock(until)), days=45, habits=habits)
        settings = Settings(theme=theme, new_per_day=0 if name == "home-done" else 10)
        workspace = Workspace(paths=user_paths(), settings=settings, clock=FixedClock(NOW))
        app = SciaquizApp(workspace)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await pilot.pause(OPENING_DELAY + 0.1)  # what was mixed up comes after the counts
            await settled(pilot)
            await walk(pilot)
            await settled(pilot)
            suffix = "" if theme == "sciaquiz-dark" else f"-{theme.removeprefix('sciaquiz-')}"
            path = OUT / f"{name}-{size[0]}x{size[1]}{suffix}.svg"
            drawn = app.export_screenshot(title="sciaquiz").replace("Fira Code", FONT)
            path.write_text(drawn, encoding="utf-8")
    return path


def main(names: list[str]) -> None:
    """Shoot every screen at both sizes, and the study screen in the light theme."""
    from cairosvg import svg2png

    OUT.mkdir(parents=True, exist_ok=True)
    shots = [
        (name, walk, size, theme)
        for name, walk in WALKS.items()
        for size in SIZES
        for theme in ("sciaquiz-dark", "sciaquiz-light")
        if theme == "sciaquiz-dark" or (size == SIZES[0] and name in ("home", "study-answered"))
    ]
    for name, walk, size, theme in shots:
        if names and name not in names:
            continue
        svg = asyncio.run(shoot(name, walk, size, theme))
        svg2png(url=str(svg), write_to=str(svg.with_suffix(".png")), output_width=1200)
        svg.unlink()
        print(svg.with_suffix(".png").relative_to(OUT.parents[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
