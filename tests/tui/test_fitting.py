"""A fit while the app goes on: offered on Home, run in a process of its own, told by what the journal has of it."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from drawn import text_of
from sciaquiz.ids import DeviceId, EntryId, new_entry_id
from sciaquiz.journal.entries import Act, Event, EventKind
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.store.journal import Journal
from sciaquiz.tui import fitting
from sciaquiz.tui.fitting import Ended, Fitting, Stage
from sciaquiz.tui.screens.fitting import FitScreen, body
from sciaquiz.tui.screens.homepage import fitting_words
from sciaquiz.view.fitting import NOTHING_CHANGED

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.clock import Moment
    from sciaquiz.tui.app import SciaquizApp

OWN = (*FSRS6_PARAMETERS[:20], 0.3)
SCORES = {"log_loss": 0.31, "rmse_bins": 0.02, "auc": 0.7, "reviews": 580}
PAYLOAD: dict[str, Any] = {
    "model": "fsrs-6", "recipe": "map@1", "parameters": list(OWN), "reviews": 700, "days": 40,
    "study_day": "2026-11-22", "old": SCORES, "new": SCORES, "kept": True,
    "intervals": {"low": 0.9, "median": 1.2, "high": 1.4}, "cards": 90,
}  # fmt: skip


def made(app: SciaquizApp) -> Act:
    return Act(id=new_entry_id(), kind=EventKind.FIT, moment=app.workspace.clock.now(), payload=PAYLOAD)


async def test_a_fit_is_offered_runs_beside_and_is_told_by_the_journal_even_if_it_was_killed_at_the_end(
    make_app: Any, press: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    app: SciaquizApp = make_app()
    go_on = asyncio.Event()

    async def run(_: SciaquizApp, hear: Callable[[float], None]) -> Ended:
        hear(0.5)
        await go_on.wait()
        await app.journal.call(lambda journal: journal.record(made(app)))
        return Ended(-15, "", "")

    monkeypatch.setattr(fitting, "_run", run)
    monkeypatch.setattr(Journal, "fit_due", lambda *_: 700)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        await pilot.pause(0.3)  # the journal is opened after the first frame
        await press(pilot)
        assert "can be fitted to 700 answers" in text_of(app)
        await press(pilot, "f")
        assert isinstance(app.screen, FitScreen)
        assert "FSRS-6 with everyone's parameters" in text_of(app)
        await press(pilot, "enter")
        assert "50%" in text_of(app)
        await press(pilot, "escape")
        assert "being fitted to you: 50%" in text_of(app)
        go_on.set()
        await press(pilot)
        await pilot.pause(0.1)
        assert "fitted: what changed" in text_of(app)
        assert app.workspace.fits.parameters == OWN
        await press(pilot, "f")
        assert "is in force from now on" in " ".join(text_of(app).split())
        await press(pilot, "b")
        assert "is taken back" in text_of(app)
        assert app.workspace.fits.own is None
        await press(pilot, "escape")
        assert app.fitting is None or app.fitting.stage is Stage.OFFERED
        await press(pilot, "f", "n")
        assert app.workspace.settings.fitting == "never"


class Held:
    """An app of which only the process matters."""

    fit_process: Any = None


async def running(
    program: str, monkeypatch: pytest.MonkeyPatch, *, is_stopped: bool = False
) -> tuple[Ended, list[float]]:
    monkeypatch.setattr(fitting, "command", lambda: [sys.executable, "-S", "-c", program])
    app: Any = Held()
    shares: list[float] = []

    def hear(share: float) -> None:
        shares.append(share)
        if is_stopped:
            fitting.stop(app)

    ended = await fitting._run(app, hear)
    with suppress(ProcessLookupError):
        await fitting.end(app)
    return ended, shares


async def test_the_process_tells_how_far_it_is_and_what_was_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import sys; print('progress 7\\nprogress 200\\nsciaquiz: no room\\nprogress 3x', file=sys.stderr); sys.exit(1)"
    )
    ended, shares = await running(program, monkeypatch)
    assert (ended.status, ended.out, shares) == (1, "", [0.07, 1.0])
    told = fitting._told([], Ended(1, "", "There is no room. Nothing was changed."))
    assert (told.lines, told.is_kept) == (("There is no room. Nothing was changed.",), False)


async def test_a_process_that_is_stopped_has_changed_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys, time; print('progress 1', file=sys.stderr, flush=True); time.sleep(60)"
    ended, shares = await running(program, monkeypatch, is_stopped=True)
    assert ended.status < 0
    assert shares == [0.01]
    assert fitting._told([], ended).lines == (f"The fit was stopped. {NOTHING_CHANGED}",)


def test_what_is_told_is_what_the_journal_has(noon: Moment) -> None:
    def event(**more: Any) -> Event:
        return Event(
            id=EntryId("e"),
            kind=EventKind.FIT,
            moment=noon,
            payload={**PAYLOAD, **more},
            device_id=DeviceId("d"),
            seq=1,
        )

    kept = fitting._told([event()], Ended(0, "{}", ""))
    assert kept.is_kept
    assert "in force from now on" in kept.lines[0]
    worse = fitting._told([event(kept=False)], Ended(0, "{}", ""))
    assert not worse.is_kept
    assert worse.lines[-1] == NOTHING_CHANGED
    same = fitting._told([], Ended(0, '{"fit": {"reviews": 70, "days": 9}, "written": false}', ""))
    assert "are those that are in force already" in same.lines[0]


@pytest.fixture
def noon() -> Moment:
    from remembering import noon as moment_of

    return moment_of(0)


@pytest.mark.parametrize("width", [34, 52, 76])
def test_what_is_drawn_keeps_to_the_width(width: int) -> None:
    stages = (
        Fitting(Stage.OFFERED, reviews=8367),
        Fitting(Stage.RUNNING, share=0.42),
        Fitting(Stage.OVER, lines=("The fit was stopped.", NOTHING_CHANGED)),
        Fitting(Stage.OVER, lines=("It is in force.",), is_kept=True),
    )
    for told in stages:
        assert len(fitting_words(told, width)) + 18 <= width or told.lines
        drawn = body(told, ["How you forget is learned from your own answers. " * 3], width)
        assert all(row.cell_length <= width for row in drawn.split())
    assert "b go back" in body(stages[3], (), width).plain
    assert "b go back" not in body(stages[2], (), width).plain
    assert ["b go back" in body(stages[0], (), width, has_own=own).plain for own in (True, False)] == [True, False]
