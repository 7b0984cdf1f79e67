"""The app when the journal cannot be written or read: nothing is lost, and nothing is said that is not so."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager, closing
from typing import TYPE_CHECKING, Any

import pytest

from drawn import settled, text_of
from sciaquiz.journal.entries import Phase
from sciaquiz.journal.port import KeepError
from sciaquiz.store import connect
from sciaquiz.store.file import FAULTS
from sciaquiz.store.journal import Journal
from sciaquiz.tui.screens import begin, home
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.screens.summary import SummaryScreen

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

    from textual.app import App
    from textual.pilot import Pilot

    from sciaquiz.tui.app import SciaquizApp

    MakeApp = Callable[..., SciaquizApp]
    Press = Callable[..., Awaitable[None]]

SIZE = (80, 24)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long for another program."""
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(home, "LOOK_AGAIN", 0.3)
    monkeypatch.setattr(begin, "LOOK_AGAIN", 0.3)


@asynccontextmanager
async def held(app: SciaquizApp, how: str = "EXCLUSIVE") -> AsyncGenerator[None]:
    """Let another program hold the journal, once the app has made it."""
    if app.is_running:
        await app.journal.call(lambda journal: journal)
    with closing(sqlite3.connect(app.workspace.paths.journal, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


def set_aside(app: SciaquizApp) -> list[Path]:
    return sorted(app.workspace.paths.data.glob("sciaquiz-answer-*.jsonl"))


def said(app: App[Any]) -> str:
    """Everything on the screen, what is told above the keys too, as one line."""
    return " ".join(text_of(app).split())


BACK = "min saved"
"""How the strip says that the answer is in the journal."""


async def until(pilot: Pilot[None], words: str, *, gone: bool = False) -> None:
    """Wait until the screen says something, or does not say it any more."""
    for _ in range(200):
        if (words in said(pilot.app)) is not gone:
            return
        await pilot.pause(0.05)
    pytest.fail(f"{words!r} in {said(pilot.app)!r}")


def answers(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM review").fetchone()[0])


async def test_an_answer_set_aside_has_to_be_saved_before_another_is_taken_back(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "A", "enter")
        async with held(app):
            await press(pilot, "A")
            assert "Another program is using the journal" in said(app)
        [file] = set_aside(app)
        await press(pilot, "u")
        assert "First this answer has to be saved." in said(app)
        assert answers(app.workspace.paths.journal) == 1
        assert file.exists()
        await press(pilot, "enter")
        assert BACK in said(app)
        assert set_aside(app) == []
        assert answers(app.workspace.paths.journal) == 2
        await press(pilot, "u", "A")
        assert BACK in said(app)


async def test_the_keys_stay_in_sight_where_the_place_of_the_answer_has_a_long_name(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCIAQUIZ_HOME", str(tmp_path / ("long-name-" * 12) / ("of-a-folder-" * 12)))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter")
        async with held(app):
            await press(pilot, "A")
            assert "try again" in said(app)
            assert set_aside(app)
        await press(pilot, "enter")
        assert BACK in said(app)


@pytest.mark.parametrize("key", ["q"])
async def test_leaving_while_an_answer_is_being_saved_waits_and_tells(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 1)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter")
        async with held(app):
            await pilot.press("A", key)
            await settled(pilot)
            assert isinstance(app.screen, StudyScreen)
            assert "Until then it is in" in said(app)
            await press(pilot, "q")
            assert isinstance(app.screen, SummaryScreen)
            assert "1 answer is NOT saved in the journal." in said(app)
            assert "every answer is saved" not in said(app)
    assert len(app.journal.unkept) == len(set_aside(app)) == 1
    assert answers(app.workspace.paths.journal) == 0


@pytest.mark.parametrize(("key", "group"), [("A", "keep"), ("u", "undo")])
async def test_quitting_while_an_answer_is_being_saved_sets_it_aside(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch, key: str, group: str
) -> None:
    """Whatever else waits for that answer ends with the app, and is no fault of it."""
    monkeypatch.setattr(connect, "BUSY_SECONDS", 1)
    app = make_app()
    async with AsyncExitStack() as stack, app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter")
        await stack.enter_async_context(held(app))
        await pilot.press(*dict.fromkeys(("A", key)))
        while group not in {worker.group for worker in app.workers}:
            await asyncio.sleep(0.01)
        app.simulate_key("ctrl+q")
        while app.is_running:
            await asyncio.sleep(0.01)
    assert app.failure is None
    assert len(app.journal.unkept) == len(set_aside(app)) == 1
    assert answers(app.workspace.paths.journal) == 0


async def test_an_answer_that_is_saved_in_time_is_not_left_behind(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter")
        await pilot.press("A", "q")
        await settled(pilot)
        assert "1 of 1 right" in said(app)
    assert answers(app.workspace.paths.journal) == 1


async def test_trying_again_and_again_counts_once(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "A", "enter")
        async with held(app):
            await press(pilot, "A")
            await pilot.press("enter", "enter", "enter", "enter")
        await settled(pilot)
        await press(pilot, "enter", "q")
        assert "2 of 2 right" in said(app)
    assert answers(app.workspace.paths.journal) == 2


async def leave_one_aside(app: SciaquizApp, pilot: Pilot[None], press: Press) -> None:
    await press(pilot, "enter")
    async with held(app):
        await press(pilot, "A", "q")
        assert len(app.journal.unkept) == len(set_aside(app)) == 1


async def take_it_in(app: SciaquizApp, pilot: Pilot[None], press: Press) -> None:
    await until(pilot, "! 1 answer could not be saved earlier i take in")
    await press(pilot, "i")
    await until(pilot, "The answer is in the journal now.")
    await until(pilot, "1 answered today")
    await until(pilot, "could not be saved earlier", gone=True)
    assert set_aside(app) == []
    assert app.journal.unkept == ()
    assert answers(app.workspace.paths.journal) == 1


async def test_what_was_set_aside_is_offered_at_the_next_start_and_taken_in(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await leave_one_aside(app, pilot, press)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await take_it_in(app, pilot, press)


async def test_what_was_set_aside_is_offered_at_home_in_the_same_run(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await leave_one_aside(app, pilot, press)
        await press(pilot, "q")
        await take_it_in(app, pilot, press)


async def test_home_reads_the_journal_again_only_when_another_window_has_written(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "LOOK_AGAIN", 1000.0)
    here, there = make_app(), make_app()
    async with here.run_test(size=SIZE) as pilot:
        await until(pilot, "All you need")
        await pilot.pause(begin.OPENING_DELAY * 2)
        screen = here.screen
        assert isinstance(screen, home.HomeScreen)
        screen._look_elsewhere()
        await settled(pilot)
        seen = screen._snapshot
        screen._look_elsewhere()
        await settled(pilot)
        assert screen._snapshot is seen
        async with there.run_test(size=SIZE) as other:
            await press(other, "enter", "A")
        screen._look_elsewhere()
        await until(pilot, "1 answered today")


async def test_a_read_that_fails_is_told_and_the_sitting_goes_on(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "B")
        whole = app.workspace.paths.journal.read_bytes()
        for key in ("w", "d"):
            async with held(app):
                await press(pilot, key)
                assert "in use by another program" in said(app), key
            app.told = ()
            app.workspace.paths.journal.write_bytes(b"garbage" * 4000)
            await press(pilot, key)
            assert "damaged" in said(app), key
            app.workspace.paths.journal.write_bytes(whole)
            app.told = ()
        await press(pilot, "enter", "A")
        assert BACK in said(app)


async def test_looking_elsewhere_while_the_journal_is_held_is_told_and_tried_again(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        async with held(app):
            screen.look_elsewhere()
            await settled(pilot)
            assert "in use by another program" in said(app)
            assert "Inversion of the foot" in said(app)
        screen.look_elsewhere()
        await settled(pilot)
        assert "in use by another program" not in said(app)
        await press(pilot, "A")
        assert BACK in said(app)


async def test_home_waits_for_a_journal_that_is_held(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "A", "q", "q")
    app = make_app()
    async with held(app), app.run_test(size=SIZE) as pilot:
        await until(pilot, "in use by another program")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        async with held(app):
            await until(pilot, "in use by another program")
        await until(pilot, "in use by another program", gone=True)
        await until(pilot, "1 answered today")


async def test_a_sitting_that_is_asked_for_at_once_waits_for_a_journal_that_is_held(
    make_app: MakeApp, press: Press
) -> None:
    async with make_app().run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "A", "q", "q")
    app = make_app(study=[])
    async with app.run_test(size=SIZE) as pilot:
        async with held(app):
            await until(pilot, "in use by another program")
        await until(pilot, "choose")
        assert [type(screen) for screen in app.screen_stack] == [begin.BeginScreen, StudyScreen]
        await press(pilot, "q")
        assert isinstance(app.screen, home.HomeScreen)
        await until(pilot, "1 answered today")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("key", ["b", "d"])
async def test_other_pages_say_that_the_journal_is_held(make_app: MakeApp, press: Press, key: str) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "A", "q", "q")
        await pilot.pause(begin.OPENING_DELAY)
        async with held(app):
            await pilot.press(key)
            await until(pilot, "in use by another program")
        await pilot.press("escape", "u")
        await until(pilot, "Undone")


def refused(*_: object) -> None:
    raise KeepError(FAULTS["SQLITE_FULL"])


CLAIMS = {"asterisk": "Flagged", "z": "Put off", "x": "Suspended", "1": "instead", "u": "Undone"}


async def test_a_refused_act_is_never_said_to_be_done(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sciaquiz.tui.screens import timing

    monkeypatch.setattr(timing, "OVERRULE_DELAY", 0.0)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "A")
        monkeypatch.setattr(Journal, "act", refused)
        for key, claim in CLAIMS.items():
            app.told = ()
            await press(pilot, key)
            assert claim not in said(app)
            assert "NOT saved yet" in said(app), key


async def test_a_refused_note_is_shown_again_to_be_kept(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "A", "n", "a", "b")
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "act", refused)
            await press(pilot, "enter")
        assert "Your note for this card" in said(app)
        assert "ab" in said(app)
        await press(pilot, "end", "c", "enter")
        [state] = [state for state in app.workspace.journal.states().values() if state.progress]
        assert state.marks.note == "abc"
        assert state.progress
        assert state.progress.phase is not Phase.RELEARNING


async def test_a_home_that_cannot_be_written_can_be_looked_at_but_not_studied(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "A", "q", "q")
    home_folder = app.workspace.paths.data
    monkeypatch.setattr("os.access", lambda place, _: not place.is_relative_to(home_folder))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "You can look, but not study.")
        assert "1 answered today" in said(app)
        await press(pilot, "enter")
        assert not isinstance(app.screen, StudyScreen)
        await press(pilot, "b")
        assert "Inversion of the foot is weak." in said(app)
