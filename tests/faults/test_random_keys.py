"""Random keys in a real terminal, as the fault campaign presses them; a fixed seed and a few hundred keys."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bench.faults.faces import load
from bench.faults.keys import SHOWCASE, press

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.usefixtures("started_before")
def test_random_keys_end_nothing_and_lose_no_answer(home: Path) -> None:
    load()
    tally = press(home, ["study", str(SHOWCASE), "--record"], seed=7, count=140, deadline=time.monotonic() + 60)
    assert not tally.failures, tally.examples
    assert tally.count >= 140
    assert tally.seen["entries seen to be saved"] > 0
