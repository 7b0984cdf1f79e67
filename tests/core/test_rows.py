"""The rows of a table that is one test: every one is tried, and each that fails is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rows import each_row

if TYPE_CHECKING:
    from pathlib import Path


@each_row(("one", "other"), [(1, 2), (3, 3), (4, 5)])
def differ(one: int, other: int, tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    assert one == other


@each_row("text", ["1", "x"])
def is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="invalid"):
        int(text)


def test_every_row_that_fails_is_named_and_the_others_are_not(tmp_path: Path) -> None:
    with pytest.raises(ExceptionGroup, match="2 of 3 rows fail") as failed:
        differ(tmp_path=tmp_path)
    assert [error.__notes__ for error in failed.value.exceptions] == [["The row is (1, 2)."], ["The row is (4, 5)."]]


def test_a_row_that_raises_nothing_where_it_should_is_named() -> None:
    with pytest.raises(BaseExceptionGroup) as failed:
        is_refused()
    assert [error.__notes__ for error in failed.value.exceptions] == [["The row is ('1',)."]]


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="tests nothing"):
        each_row("text", [])
