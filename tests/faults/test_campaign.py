"""What `make faults` reports: nothing that failed or was hardly tried passes, and each part has its place in the document."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from bench.faults.__main__ import BUDGETS, OUT, write
from bench.faults.rows import Row, as_table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("count", "failures", "passed"), [(10, 0, True), (5, 0, True), (4, 0, False), (10, 1, False)])
def test_a_row_passes_only_if_enough_was_tried_and_nothing_failed(count: int, failures: int, passed: bool) -> None:
    assert Row("kills", count, 10, {"lost": failures}).passed is passed


def test_a_table_says_what_fell_short_and_what_failed() -> None:
    table = as_table([Row("kills", 4, 10, {"lost": 0, "locked out": 2}, "3 half done")])
    assert "| kills | 4, below the goal | 10 | 0 lost, **2** locked out | 3 half done |" in table


@pytest.mark.parametrize("name", BUDGETS)
def test_each_part_is_there_and_writes_only_its_own_place(name: str, tmp_path: Path) -> None:
    assert find_spec(f"bench.faults.{name}") is not None
    document = tmp_path / "reliability.md"
    document.write_text(OUT.read_text(encoding="utf-8"), encoding="utf-8")
    write(document, name, "| a table |\n")
    text = document.read_text(encoding="utf-8")
    assert f"<!-- {name} -->\n| a table |\n<!-- end of {name} -->\n" in text
    assert text.count("| a table |") == 1
    assert text.count("<!-- end of ") == len(BUDGETS)
