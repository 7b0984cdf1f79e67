"""A fit of the model of memory while the app goes on: in a process of its own, which can be stopped.

What is told of it is what the journal has of it, however the process ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable, Sequence

    from sciaquiz.journal.entries import Event
    from sciaquiz.store.journal import Journal
    from sciaquiz.tui.app import SciaquizApp

NICE = 10
PROGRESS = "progress "


class Stage(Enum):
    """How far a fit is."""

    OFFERED = "offered"
    RUNNING = "running"
    OVER = "over"


class Fitting(Struct, frozen=True):
    """What there is to tell of a fit: of how many answers it can be made, the share done, 0..1, or what it came to.

    `is_kept` says that it is in force, so that there is a way back.
    """

    stage: Stage
    reviews: int = 0
    share: float = 0.0
    lines: tuple[str, ...] = ()
    is_kept: bool = False


class Ended(Struct, frozen=True):
    """How the process ended: its exit status, what it gave out, and the last that it said of a trouble."""

    status: int
    out: str
    trouble: str


async def look_for_offer(app: SciaquizApp) -> None:
    """Offer a fit where that makes sense and is wanted, unless there is something else to tell. Raises StoreError."""
    if app.fitting is not None and app.fitting.stage is not Stage.OFFERED:
        return
    today, wanted = app.workspace.clock.now().study_day, app.workspace.settings.fitting == "ask"
    reviews = await app.journal.call(lambda journal: journal.fit_due(today)) if wanted else 0
    app.fitting = Fitting(Stage.OFFERED, reviews) if reviews else None


async def fit(app: SciaquizApp) -> None:
    """Fit, and take note of what came of it. Only one runs at a time."""
    if app.fitting is not None and app.fitting.stage is Stage.RUNNING:
        return

    def hear(share: float) -> None:
        app.fitting = Fitting(Stage.RUNNING, share=share)

    hear(0.0)
    try:
        known = {event.id for event in await app.journal.call(_fits)}
        ended = await _run(app, hear)
        new = [event for event in await app.journal.call(_fits) if event.id not in known]
        app.workspace.note_fits(await app.journal.call(lambda journal: journal.fits()))
    except (SciaquizError, OSError) as error:
        app.fitting = Fitting(Stage.OVER, lines=(str(error),))
        return
    app.fitting = _told(new, ended)


def stop(app: SciaquizApp) -> None:
    """End the process of a fit, if one runs."""
    if app.fit_process is not None and app.fit_process.returncode is None:
        with suppress(ProcessLookupError):
            app.fit_process.terminate()


async def end(app: SciaquizApp) -> None:
    """End the process of a fit and wait until it is gone."""
    stop(app)
    if app.fit_process is not None:
        await app.fit_process.wait()


async def take_back(app: SciaquizApp) -> None:
    """Go back to what was in force before the latest fit, and say so. Raises SciaquizError."""
    from sciaquiz.ownfit import go_back
    from sciaquiz.view.fitting import NO_WAY_BACK, back_lines

    now = app.workspace.clock.now()
    gone = await app.journal.call(lambda journal: go_back(journal, now))
    if gone is None:
        lines = [NO_WAY_BACK]
    else:
        taken, fits = gone
        app.workspace.note_fits(fits)
        lines = back_lines(taken, fits, now.study_day)
    app.fitting = Fitting(Stage.OVER, lines=tuple(lines))


def _fits(journal: Journal) -> Sequence[Event]:
    from sciaquiz.journal.entries import EventKind

    return [event for event in journal.events(EventKind.FIT) if event.target is None]


async def _run(app: SciaquizApp, hear: Callable[[float], None]) -> Ended:
    """Run the command, and hear how far it is. Raises OSError where no process can be started."""
    process = app.fit_process = await asyncio.create_subprocess_exec(
        *command(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
    out, trouble = await asyncio.gather(_all_of(process), _troubles(process, hear))
    return Ended(await process.wait(), out, trouble)


def command() -> list[str]:
    """Return what runs a fit in a process of its own."""
    return [sys.executable, "-m", "sciaquiz", "fit", "--json", "--progress"]


async def _all_of(process: Process) -> str:
    assert process.stdout is not None  # noqa: S101 -- it was asked for
    return (await process.stdout.read()).decode(errors="replace")


async def _troubles(process: Process, hear: Callable[[float], None]) -> str:
    """Hear how far it is, and return the last other line."""
    assert process.stderr is not None  # noqa: S101 -- it was asked for
    said = ""
    async for raw in process.stderr:
        text = raw.decode(errors="replace").strip()
        number = text.removeprefix(PROGRESS)
        if number != text and number.isdecimal():
            hear(min(int(number), 100) / 100)
        elif text:
            said = text.removeprefix("sciaquiz: ")
    return said


def _told(new: Sequence[Event], ended: Ended) -> Fitting:
    """Return what came of a fit: by the journal, else by how the process ended."""
    from sciaquiz.memory.fits import fit_of
    from sciaquiz.view.fitting import STOPPED, fit_lines, same_lines

    if new:
        made = fit_of(new[-1])
        if made is not None:
            return Fitting(Stage.OVER, lines=tuple(fit_lines(made.told)), is_kept=made.kept)
    if ended.status < 0:
        return Fitting(Stage.OVER, lines=(STOPPED,))
    if ended.status or not ended.out:
        return Fitting(Stage.OVER, lines=(ended.trouble or STOPPED,))
    said: dict[str, Any] = json.loads(ended.out)
    return Fitting(Stage.OVER, lines=tuple(same_lines(said["fit"]["reviews"], said["fit"]["days"])))
