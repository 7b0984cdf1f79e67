"""The app for tests: a small deck, a fixed clock, and a way to wait until nothing moves."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.timer import Timer

from drawn import settled
from sciaquiz.clock import FixedClock
from sciaquiz.insight import retention
from sciaquiz.memory.simulation import Coming, simulate
from sciaquiz.paths import user_paths
from sciaquiz.settings.file import read_settings
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.screens import answering, begin, home, study, timing
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from textual.css.model import RuleSet
    from textual.pilot import Pilot

MOMENT = 0.002
"""Seconds of a pilot's step, and of what the app puts off: `settled` waits for it."""
NOW = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
QUESTION = """
[[question]]
id = "{name}"
kind = "single"
stem = '''
{stem}

Which nerve is it?'''
explanation = "The principle behind {name} [C5] is [bold]plain[/bold]."
sources = ["gray"]
shuffle = false
options = [
  {{ id = "tibial", text = "Tibial nerve", correct = true, why = "It supplies tibialis posterior [/]." }},
  {{ id = "fibular", text = "Common fibular (peroneal) nerve", why = "It everts the foot." }},
  {{ id = "femoral", text = "Femoral nerve", why = "It extends the knee." }},
  {{ id = "sural", text = "[@click=app.quit]Sural nerve[/]", why = "It is sensory." }},
]
"""
RECALL = """
[[question]]
id = "roots"
kind = "recall"
stem = "Name the roots of the sciatic nerve."
answer = "L4, L5, S1, S2 and S3."
explanation = "Ventral rami."
sources = ["gray"]
"""
HEAD = """
id = "demo"
title = "Demo deck"
version = "1"
licence = "CC0-1.0"
[[source]]
id = "gray"
citation = "Gray's Anatomy"
"""


@pytest.fixture(autouse=True)
def a_terminal_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the terminal have all colours, and what follows a frame or an answer come before anything is looked at."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setattr(answering, "FOOTER_DELAY", MOMENT)
    monkeypatch.setattr(study, "LEDGER_DELAY", MOMENT)
    for module in (begin, home):
        monkeypatch.setattr(module, "OPENING_DELAY", MOMENT)
    monkeypatch.setattr(timing, "NEXT_DELAY", 0.0)


@pytest.fixture(autouse=True, scope="session")
def styles_are_read_once() -> Iterator[None]:
    """Let all apps of a run share what their style sheets say under the same theme, as one app shares it with itself."""
    parse = Stylesheet._parse_rules
    known: dict[tuple[object, ...], list[RuleSet]] = {}

    def parse_once(sheet: Stylesheet, css: str, read_from: tuple[str, str], *more: Any, **named: Any) -> list[RuleSet]:
        key = (css, read_from, more, *sorted(named.items()), frozenset(sheet._variables.items()))
        if key not in known:
            known[key] = parse(sheet, css, read_from, *more, **named)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(scope="session")
def played_out() -> dict[str, Coming]:
    """What cards have come to in this run."""
    return {}


@pytest.fixture(autouse=True)
def the_same_is_played_out_once(played_out: dict[str, Coming], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all apps of a run share what the same cards come to under the same wish: Settings asks for it at once."""

    def simulate_once(*given: Any, **named: Any) -> Coming:
        key = repr((given, sorted(named.items())))
        if key not in played_out:
            played_out[key] = simulate(*given, **named)
        return played_out[key]

    monkeypatch.setattr(retention, "simulate", simulate_once)


@pytest.fixture(autouse=True)
def what_is_put_off_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no timer be left out for being late already when it is set, as one of a moment is on a busy machine."""
    start = Timer._start

    def start_and_end(timer: Timer) -> None:
        timer._skip = timer._skip and timer._repeat != 0
        start(timer)

    monkeypatch.setattr(Timer, "_start", start_and_end)


@pytest.fixture(autouse=True)
def a_pilot_that_does_not_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each step of a pilot take a moment, not until the processor seems idle: `settled` knows when nothing moves."""

    async def a_moment(*_: float) -> None:
        await asyncio.sleep(MOMENT)

    monkeypatch.setattr("textual.pilot.wait_for_idle", a_moment)
    monkeypatch.setattr("textual.app.wait_for_idle", a_moment)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Three single questions and one recall card."""
    path = tmp_path / "demo.toml"
    long = "A runner has pain in the buttock that is worse when sitting. " * 6
    stems = {"q1": "Inversion of the foot is weak.", "q2": long, "q3": "The ankle jerk is absent."}
    questions = "".join(QUESTION.format(name=name, stem=stem) for name, stem in stems.items())
    path.write_text(HEAD + questions + RECALL, encoding="utf-8")
    return path


@pytest.fixture
def make_app(deck: Path) -> Callable[..., SciaquizApp]:
    """Build the app as the command line does, over the small deck."""

    def make(**options: Any) -> SciaquizApp:
        paths = user_paths()
        workspace = Workspace(
            paths=paths, settings=read_settings(paths.settings)[0], clock=FixedClock(NOW), places=(deck,)
        )
        return SciaquizApp(workspace, **options)

    return make


@pytest.fixture
def press() -> Callable[..., Awaitable[None]]:
    """Press keys, each once everything before it has settled."""

    async def press_all(pilot: Pilot[None], *keys: str) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return press_all
