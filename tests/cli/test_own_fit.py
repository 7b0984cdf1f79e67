"""`sciaquiz fit` on the student's own journal: what is kept, what is said of it, and the way back."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from answering import NOW, START, answer, keep
from bench.made import made_student
from commanding import sciaquiz
from sciaquiz.cli.plainly import _offer_fit
from sciaquiz.clock import FixedClock, moment_at
from sciaquiz.journal.entries import EventKind, Mode, Rating
from sciaquiz.journal.port import KeepError
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.store import connect as connecting
from sciaquiz.store.fits import read_fits
from sciaquiz.store.journal import Journal
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.journal.entries import Event
    from sciaquiz.memory.fits import Fits

OTHER = (0.02, 0.4, 0.6, 2.0, *FSRS6_PARAMETERS[4:20], 0.45)
DAYS = 40

pytestmark = pytest.mark.usefixtures("started_before")


def studied(cards: int) -> None:
    """Live through forty days that end yesterday, as one whose memory is another than everyone's."""
    log = made_student(Random(3), "fsrs-6", OTHER, cards=cards, days=DAYS)
    answers = sorted((seen.at, f"q{number}", seen.grade) for number, card in enumerate(log) for seen in card)
    with closing(Journal.open(user_paths().journal, NOW)) as journal:
        for at, name, grade in answers:
            keep(journal, answer(name, Rating(grade), moment_at(START + timedelta(days=at - DAYS - 1))))
        drill = answer("q0", Rating.AGAIN, moment_at(START - timedelta(hours=5)))
        keep(journal, replace(drill, mode=Mode.DRILL))


def in_force() -> Fits:
    fits = read_fits(user_paths().journal)
    assert fits is not None
    return fits


@pytest.fixture
def quick(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))


@pytest.mark.usefixtures("quick")
def test_a_fit_is_tried_said_kept_taken_back_and_scheduled_by() -> None:
    studied(cards=22)
    before = dict(_dues())
    trial = sciaquiz("fit", "--dry-run")
    assert (trial.returncode, in_force().own) == (0, None)
    assert "would be put in force" in trial.stdout
    assert "Nothing was changed." in trial.stdout

    told = sciaquiz("fit", "--json", "--progress")
    made = json.loads(told.stdout)
    fitted = made["fit"]
    shares = [int(line.removeprefix("progress ")) for line in told.stderr.splitlines()]
    assert shares == sorted(shares)
    assert made["written"] is True
    assert fitted["kept"] is True
    assert fitted["model"] == "fsrs-6"
    assert fitted["reviews"] >= 64
    assert fitted["new"]["log_loss"] <= fitted["old"]["log_loss"]
    assert in_force().parameters == tuple(fitted["parameters"]) != FSRS6_PARAMETERS
    assert dict(_dues()) == before  # a due day moves when its card is answered
    assert sciaquiz("journal", "verify").returncode == 0

    again = sciaquiz("fit")
    assert "are those that are in force already" in again.stdout  # nothing is random
    assert len(_fits()) == 1
    assert json.loads(sciaquiz("fit", "--back", "--json").stdout)["in_force"]["own"] is False
    nothing = sciaquiz("fit", "--back")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "nothing to go back" in nothing.stderr

    compared = json.loads(sciaquiz("fit", "--compare", "--json").stdout)["models"]
    assert compared[0]["model"] == "MOVING-AVG"
    assert len(compared) == 5


@pytest.mark.usefixtures("quick")
def test_too_few_answers_are_refused_with_their_number_and_nothing_is_written() -> None:
    studied(cards=2)
    for arguments in (("fit",), ("fit", "--dry-run", "--json")):
        done = sciaquiz(*arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert "a fit makes sense from 64 on. Nothing was changed." in done.stderr
    assert in_force().tried == 0
    assert sciaquiz("fit", "--back", "--compare").returncode == 2


def _dues() -> list[tuple[str, object]]:
    with closing(Journal.open(user_paths().journal, NOW)) as journal:
        return [(name, state.progress and state.progress.due_day) for name, state in journal.states().items()]


def _fits() -> Sequence[Event]:
    with closing(Journal.open(user_paths().journal, NOW)) as journal:
        return journal.events(EventKind.FIT)


@pytest.mark.usefixtures("quick")
def test_after_a_sitting_in_plain_lines_the_command_is_named_once_it_makes_sense(
    capsys: pytest.CaptureFixture[str],
) -> None:
    studied(cards=22)
    clock = FixedClock(NOW.local)
    for wanted, said in (("ask", "of yours now: sciaquiz fit"), ("never", "")):
        workspace = Workspace(paths=user_paths(), settings=Settings(fitting=wanted), clock=clock)
        _offer_fit(workspace, workspace.journal)
        workspace.close()
        told = capsys.readouterr().out
        assert said in told
        assert bool(told) == bool(said)


@pytest.mark.usefixtures("quick")
def test_a_fit_that_the_disk_does_not_take_has_changed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise KeepError("There is no room left on the disk.")

    studied(cards=22)
    monkeypatch.setattr(Journal, "record", full)
    done = sciaquiz("fit", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "sciaquiz: There is no room left on the disk.\n"
    assert in_force().tried == 0


def test_what_a_fit_counts_and_what_was_remembered_are_told_apart(home: Path) -> None:
    """A journal of schema 3 whose only answer on a later day was given in a drill."""
    home.mkdir(exist_ok=True)
    copyfile(Path(__file__).parents[1] / "store" / "schemas" / "v3.db", home / "journal.db")
    later = {"SCIAQUIZ_NOW": "2026-11-24T09:00:00+00:00"}
    counted = "There are 0 answers in study on a later day than the card's answer before (none of drills, practice and"
    assert counted in sciaquiz("fit", **later).stderr
    remembered = "100% of 1 first answer of a day past learning, in drills too (you asked for 90%)"
    assert f"True retention, 30 days: {remembered}" in sciaquiz("stats", **later).stdout
