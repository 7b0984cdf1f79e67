"""What is loaded when: the first frame needs Textual and the standard library alone, and the core no screen."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "tomli", "tree_sitter", "matplotlib", "plotext", "uuid_utils")
LATER = "sciaquiz.marking.equivalents"
CORE = (
    "sciaquiz.deck.reading",
    "sciaquiz.deck.library",
    "sciaquiz.authoring.check",
    "sciaquiz.marking.mark",
    "sciaquiz.marking.rating",
    "sciaquiz.memory.replay",
    "sciaquiz.memory.explain",
    "sciaquiz.study.sitting",
    "sciaquiz.insight.overview",
    "sciaquiz.deck.folding",
    "sciaquiz.settings.file",
    "sciaquiz.store.queries",
)

FIRST_FRAME = """
import asyncio, json, sys
from datetime import datetime, UTC
from sciaquiz.clock import FixedClock
from sciaquiz.workspace import Workspace
from sciaquiz.paths import user_paths
from sciaquiz.settings.file import read_settings
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.screens.home import HomeScreen

seen = []
HomeScreen.fetch = lambda self: seen.extend(sys.modules)  # the first thing that Home does after its first frame
paths = user_paths()
app = SciaquizApp(Workspace(paths=paths, settings=read_settings(paths.settings)[0], clock=FixedClock(datetime.now(UTC))))

async def main():
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.pause()

asyncio.run(main())
print(json.dumps(sorted(seen)))
"""


def modules_after(code: str) -> set[str]:
    import json

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(done.stdout))


def test_the_first_frame_loads_nothing_heavy() -> None:
    loaded = modules_after(FIRST_FRAME)
    assert "textual.app" in loaded
    assert [name for name in (*HEAVY, LATER) if name in loaded] == []


@pytest.mark.parametrize("module", CORE)
def test_the_core_loads_no_screen_and_no_database_layer(module: str) -> None:
    loaded = modules_after(f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))")
    assert module in loaded
    assert [name for name in ("textual", "rich", "sqlmodel", "sqlalchemy", LATER) if name in loaded] == []
