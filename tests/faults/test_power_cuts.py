"""Kills and power cuts, played back from a recording of what the journal asked of the disk; `make faults` has more.

The recordings in `data/` are made by `python -m bench.faults.powercuts`, with strace between a real process and the disk.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from bench.faults.disk import Call, cut_at, killed_at, load
from bench.faults.homes import aftermath
from bench.faults.powercuts import RECORDED

if TYPE_CHECKING:
    from pathlib import Path

CUTS = 60


@pytest.fixture(scope="module")
def calls() -> list[Call]:
    """Answers, notes and undoings from the first start on."""
    return load(RECORDED / "answering.gz")


def kept(said: list[str]) -> set[str]:
    return {text for text in said if len(text) == 36}


def test_after_a_power_cut_the_journal_opens_with_every_acknowledged_answer(calls: list[Call], tmp_path: Path) -> None:
    random, left_half_done = Random(7), 0
    for number in range(CUTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        acknowledged = kept(cut_at(calls, random.randrange(len(calls) + 1), random, folder))
        left_half_done += (folder / "journal.db-journal").exists()
        assert aftermath(folder, acknowledged) == [], number
    assert left_half_done > CUTS / 4


def test_a_power_cut_in_the_format_before_is_rolled_back_and_then_migrated(tmp_path: Path) -> None:
    calls, random = load(RECORDED / "answering-format-1.gz"), Random(7)
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        acknowledged = kept(cut_at(calls, random.randrange(len(calls) + 1), random, folder))
        assert aftermath(folder, acknowledged) == [], number


def test_a_disk_that_was_never_told_to_sync_would_lose_answers(calls: list[Call], tmp_path: Path) -> None:
    random = Random(7)
    unsynced = [call for call in calls if not call.kind.startswith("sync")]
    wrong = []
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        acknowledged = kept(cut_at(unsynced, len(unsynced), random, folder))
        wrong += aftermath(folder, acknowledged)
    assert len(wrong) >= 4


def test_after_a_kill_at_any_call_of_an_answer_the_journal_opens_with_what_was_acknowledged(
    calls: list[Call], tmp_path: Path
) -> None:
    said = [place for place, call in enumerate(calls) if call.kind == "said"]
    begin, end = said[-2], said[-1] + 2
    left_half_done = 0
    for place in range(begin, end):
        folder = tmp_path / str(place)
        folder.mkdir()
        acknowledged = kept(killed_at(calls, place, folder))
        left_half_done += (folder / "journal.db-journal").exists()
        assert aftermath(folder, acknowledged) == [], calls[place - 1 : place + 1]
    assert left_half_done > 20
