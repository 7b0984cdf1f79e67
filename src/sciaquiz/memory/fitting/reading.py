"""Reading a review log from a CSV file: card_id, review_time_ms, day and rating; other columns are passed over."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from sciaquiz.deck.files import open_named
from sciaquiz.errors import SciaquizError
from sciaquiz.memory.fitting.seen import Seen
from sciaquiz.text import cut, path_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sciaquiz.memory.fitting.seen import Log

COLUMNS = ("card_id", "review_time_ms", "day", "rating")
MOST_REVIEWS = 200_000
LONGEST_LINE = 10_000
"""Bytes."""
BOUNDS = {"review_time_ms": (-(10**14), 10**14), "day": (-(10**6), 10**6), "rating": (1, 4)}
MS_PER_DAY = 86_400_000
SHOWN = 40
"""Characters of what was found instead."""


class _Faulty(Exception):  # noqa: N818 -- it never leaves this module
    """What is wrong with a line."""


def read_log(path: Path) -> Log:
    """Return the cards of a log, each in the order of time. Raises SciaquizError with the file and the line."""
    name = path_words(path)
    cards: dict[str, list[Seen]] = {}
    line = 0
    try:
        rows = csv.reader(_lines(path), strict=True)
        head = [column.strip() for column in next(rows, [])]
        line = rows.line_num
        if not head:
            raise SciaquizError(f"{name}: is empty. The first line must name the columns: {', '.join(COLUMNS)}.")
        missing = [column for column in COLUMNS if column not in head]
        if missing:
            raise _Faulty(f"there is no column {' and no column '.join(missing)}; needed are {', '.join(COLUMNS)}")
        places = [head.index(column) for column in COLUMNS]
        for number, row in enumerate(rows):
            line = rows.line_num
            if not row:
                continue
            if number >= MOST_REVIEWS:
                raise _Faulty(f"there are more than {MOST_REVIEWS:,} reviews; leave some of the cards out")
            if len(row) != len(head):
                raise _Faulty(f"there are {len(row)} values for {len(head)} columns")
            card_id, *values = (row[place].strip() for place in places)
            _add(cards.setdefault(card_id, []), card_id, values)
    except _Faulty as fault:
        raise SciaquizError(f"{name}, line {max(line, 1)}: {fault}.") from None
    except UnicodeDecodeError:
        raise SciaquizError(f"{name}, line {line + 1}: this is not text in UTF-8.") from None
    except csv.Error as error:
        raise SciaquizError(f"{name}, line {line + 1}: this is not a line of a CSV file ({error}).") from None
    except OSError as error:
        raise SciaquizError(f"{name}: cannot be read ({error.strerror}).") from None
    if not cards:
        raise SciaquizError(f"{name}: there are no reviews in it, only the names of the columns.")
    return list(cards.values())


def _lines(path: Path) -> Iterator[str]:
    with open_named(path) as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise csv.Error(f"it is longer than {LONGEST_LINE:,} bytes")
            if b"\0" in line:
                raise csv.Error("it holds a NUL byte")
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")


def _add(card: list[Seen], card_id: str, values: list[str]) -> None:
    """Add a review to its card. Raises _Faulty."""
    if not card_id:
        raise _Faulty("card_id is empty")
    time_ms, day, rating = (_whole(column, value) for column, value in zip(COLUMNS[1:], values, strict=True))
    seen = Seen(time_ms / MS_PER_DAY, day, rating, rating > 1)
    if card and (seen.at < card[-1].at or seen.day < card[-1].day):
        what = "review_time_ms" if seen.at < card[-1].at else "day"
        raise _Faulty(
            f"{what} is earlier than in the last review of card {cut(card_id, SHOWN)}; "
            "the reviews of a card must stand in the order of time"
        )
    card.append(seen)


def _whole(column: str, value: str) -> int:
    least, most = BOUNDS[column]
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))) or not least <= int(value) <= most:
        raise _Faulty(f"{column} must be a whole number from {least} to {most}, not {cut(value, SHOWN)!r}")
    return int(value)
