"""A table of many rows in one test: a test for each row would cost more than what it looks at."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Check = Callable[..., None]


def each_row(names: str | tuple[str, ...], table: Iterable[Any]) -> Callable[[Check], Check]:
    """Try every row in one test, and tell of each that fails; rows stand as for `pytest.mark.parametrize`.

    Whatever else the test takes is a fixture, which all rows share. Raises ValueError if there is no row.
    """
    columns = (names,) if isinstance(names, str) else names
    rows = [(row,) if isinstance(names, str) else tuple(row) for row in table]
    if not rows:
        raise ValueError("a table without rows tests nothing")

    def of_all(check: Check) -> Check:
        @wraps(check)
        def test(**fixtures: Any) -> None:
            failed: list[BaseException] = []
            for row in rows:
                try:
                    check(**dict(zip(columns, row, strict=True)), **fixtures)
                except (Exception, pytest.fail.Exception) as error:
                    error.add_note(f"The row is {row!r}.")
                    failed.append(error)
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(rows)} rows fail", failed)

        signature = inspect.signature(check)
        fixtures = [entry for name, entry in signature.parameters.items() if name not in columns]
        vars(test)["__signature__"] = signature.replace(parameters=fixtures)  # which is where pytest looks
        return test

    return of_all
