"""From a key to the feedback painted, against updating one bare widget."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static

from bench.timing import middle, ms, table
from sciaquiz.clock import SystemClock
from sciaquiz.desk import Desk
from sciaquiz.paths import Paths
from sciaquiz.settings import Settings
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.screens.study import StudyScreen

ROUNDS = 40


class Bare(App[None]):
    """One widget that a key updates."""

    BINDINGS = [("a", "change", "change")]  # noqa: RUF012 -- Textual's own form

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static("0", id="text")

    def action_change(self) -> None:
        """Show another text."""
        self.query_one("#text", Static).update(f"{time.perf_counter()}\n" * 12)


async def press_and_paint(app: App[None], pilot: object, key: str) -> float:
    """Seconds from the key until the screen has painted what it changed."""
    begun = time.perf_counter()
    await pilot.press(key)  # type: ignore[attr-defined] # a Pilot
    app.screen._compositor.render_strips()
    return time.perf_counter() - begun


async def measure() -> tuple[list[float], list[float]]:
    """Both, one after the other in one process."""
    feedback: list[float] = []
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        bare = [await press_and_paint(app, pilot, "a") for _ in range(ROUNDS)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        desk = Desk(paths=Paths(root, root, root), settings=Settings(new_per_day=ROUNDS + 20), clock=SystemClock())
        study = SciaquizApp(desk, study=[])
        async with study.run_test(size=(80, 24)) as pilot:
            while not isinstance(study.screen, StudyScreen):
                await pilot.pause(0.05)
            for _ in range(ROUNDS):
                await study.workers.wait_for_complete()
                await pilot.pause(0.05)
                feedback.append(await press_and_paint(study, pilot, "A"))
                await study.workers.wait_for_complete()
                await pilot.press("enter")
                if not isinstance(study.screen, StudyScreen):
                    break
    return bare, feedback


def run() -> str:
    """Measure in the headless driver."""
    import asyncio

    bare, feedback = asyncio.run(measure())
    base = middle(bare[5:])
    rows = [
        ("a bare Static, updated", ms(base), "1.00", ""),
        (
            "an answer: marked, rated, feedback drawn",
            ms(middle(feedback[2:])),
            f"{middle(feedback[2:]) / base:.2f}",
            "≤ 1.5",
        ),
    ]
    return f"## Key to feedback ({len(feedback)} answers, headless driver)\n\n" + table(
        ["what", "median ms", "ratio", "goal"], rows
    )
