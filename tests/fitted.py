"""The real log of reviews that tests of fitting are made on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.memory.fitting.reading import read_log

if TYPE_CHECKING:
    from sciaquiz.memory.fitting.seen import Log

JOSH = Path(__file__).parent / "memory" / "data" / "josh.csv"


@lru_cache(maxsize=1)
def josh() -> Log:
    """12,580 reviews by one person."""
    return read_log(JOSH)
