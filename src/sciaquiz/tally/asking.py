"""Reading sums: of a scope over a period, day by day, for many scopes, and along the course of knowledge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.tally.facts import NANO, REASONS, unpacked
from sciaquiz.tally.figures import COLUMNS, CORE
from sciaquiz.tally.schema import TOTAL
from sciaquiz.tally.standing import STANDINGS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sciaquiz.journal.entries import MissReason

    Figures = Mapping[str, int]
    """Sums by the names of `tally.figures.COLUMNS`."""

ALL_DAYS = None
"""In place of the first day of a period: all days there are."""
DAY_COLUMNS = (
    "answers", "correct", "spent_ms", "introduced", "young", "young_kept", "mature", "mature_kept",
)  # fmt: skip


def _sum_of(names: Iterable[str]) -> str:
    return ", ".join(f"coalesce(sum({name}), 0)" for name in names)


OVER_A_PERIOD = f"SELECT {_sum_of(COLUMNS)} FROM figure WHERE scope = ? AND day >= ?"  # noqa: S608 -- our own names
OVER_ALL = f"SELECT {', '.join(COLUMNS)} FROM figure WHERE scope = ? AND day = {TOTAL}"  # noqa: S608
LISTED = f"""
SELECT figure.scope, {_sum_of(CORE)} FROM json_each(:scopes) JOIN figure ON figure.scope = value
WHERE {{days}} GROUP BY figure.scope
"""  # noqa: S608
EACH_DAY = f"""
SELECT day, {", ".join(DAY_COLUMNS)} FROM figure WHERE scope = ? AND day >= ? AND answers > 0 ORDER BY day
"""  # noqa: S608
COURSE = """
SELECT course_day.day, coalesce(known, 0) FROM course_day
LEFT JOIN course ON course.scope = :scope AND course.day = course_day.day
WHERE course_day.day BETWEEN (SELECT coalesce(max(day), 0) FROM course_day WHERE day <= :since) AND :today
ORDER BY course_day.day
"""
KNOWN = """
SELECT scope, known FROM json_each(:scopes) JOIN course ON scope = value
WHERE day = (SELECT max(day) FROM course_day WHERE day <= :day)
"""
WEAKEST = """
SELECT id FROM card WHERE answers >= 3 AND correct < answers AND deck <> ''
AND instr(char(10) || scopes || char(10), :line)
ORDER BY weakness, id LIMIT :most
"""
MISSED = """
SELECT id, facts FROM card WHERE reasons <> 0 AND reasons & :bit AND (deck <> '') = :installed
AND instr(char(10) || scopes || char(10), :line) ORDER BY id
"""
LEECHES = """
SELECT id, count(*) OVER () FROM card WHERE deck <> '' AND lapses > 0 AND lapses >= :lapses
AND instr(char(10) || scopes || char(10), :line) ORDER BY lapses DESC, id LIMIT :most
"""
MIDDLE = """
SELECT avg(value) FROM (
    SELECT {column} AS value FROM card INDEXED BY {index} WHERE deck <> '' AND firmness > 0 {where}
    ORDER BY {column} LIMIT 2 - :cards % 2 OFFSET (:cards - 1) / 2
)
"""
IN_SCOPE = "AND instr(char(10) || scopes || char(10), :line)"
AHEAD = "SELECT day, cards FROM due WHERE scope = :scope AND day > :today AND day <= :last"
OVERDUE = "SELECT coalesce(sum(cards), 0) FROM due WHERE scope = :scope AND day <= :today"
TOGETHER = """
WITH RECURSIVE known(scopes) AS (
    SELECT min(scopes) FROM card WHERE deck <> ''
    UNION ALL SELECT (SELECT min(card.scopes) FROM card WHERE deck <> '' AND card.scopes > known.scopes) FROM known
    WHERE known.scopes IS NOT NULL
)
SELECT scopes FROM known WHERE scopes IS NOT NULL
"""
"""From each set of scopes to the next by the index: the cards of one are not looked at."""
CARD_COUNTS = "SELECT id, answers, correct FROM card WHERE id IN (SELECT value FROM json_each(?))"


class DaySums(NamedTuple):
    """Sums of one study day, whose ordinal is `day`."""

    day: int
    answers: int
    correct: int
    spent_ms: int
    introduced: int
    young: int
    young_kept: int
    mature: int
    mature_kept: int


class ScopeName(NamedTuple):
    """A scope that has cards, or a deck without any: its key, its name, and how many cards."""

    key: str
    name: str
    cards: int


def sums(connection: sqlite3.Connection, scope: str, since: int | None) -> Figures:
    """Return all sums of a scope from a day on."""
    if since is ALL_DAYS:
        row = connection.execute(OVER_ALL, (scope,)).fetchone() or (0,) * len(COLUMNS)
    else:
        row = connection.execute(OVER_A_PERIOD, (scope, max(since, TOTAL + 1))).fetchone()
    return dict(zip(COLUMNS, row, strict=True))


def sums_of(connection: sqlite3.Connection, scopes: Collection[str], since: int | None) -> dict[str, Figures]:
    """Return the sums of CORE of many scopes from a day on; those without any day are left out."""
    days = f"day = {TOTAL}" if since is ALL_DAYS else f"day >= {max(since, TOTAL + 1):d}"
    rows = connection.execute(LISTED.format(days=days), {"scopes": json.dumps(list(scopes))})
    return {scope: dict(zip(CORE, figures, strict=True)) for scope, *figures in rows}


def each_day(connection: sqlite3.Connection, scope: str, since: int | None = ALL_DAYS) -> list[DaySums]:
    """Return the days with an answer, oldest first."""
    return [DaySums(*row) for row in connection.execute(EACH_DAY, (scope, max(since or 0, TOTAL + 1)))]


def course(connection: sqlite3.Connection, scope: str, since: int | None, today: int) -> list[tuple[int, float]]:
    """Return the expected number of cards recalled on each day that is kept, up to today, from the day before a period
    on, or the nearest one before that."""
    given = {"scope": scope, "since": 0 if since is ALL_DAYS else since - 1, "today": today}
    return [(day, known / NANO) for day, known in connection.execute(COURSE, given)]


def known_on(connection: sqlite3.Connection, scopes: Collection[str], day: int) -> dict[str, float]:
    """Return the expected number of cards recalled on a day, or the nearest one before it that is kept."""
    rows = connection.execute(KNOWN, {"scopes": json.dumps(list(scopes)), "day": day})
    return {scope: known / NANO for scope, known in rows}


def scope_names(connection: sqlite3.Connection) -> list[ScopeName]:
    """Return every scope with its name and cards."""
    return [ScopeName(*row) for row in connection.execute("SELECT key, name, cards FROM scope ORDER BY key")]


def weakest(connection: sqlite3.Connection, scope: str, most: int) -> list[str]:
    """Return the cards of a scope of three answers or more that were answered worst: those of which even the upper end
    of the interval of the share that was right is lowest."""
    given = {"line": f"\n{scope}\n", "most": most}
    return [name for (name,) in connection.execute(WEAKEST, given)]


def missed_for(
    connection: sqlite3.Connection, scope: str, reason: MissReason, since: int | None, *, installed: bool
) -> Iterator[str]:
    """Yield the cards of a scope of which an answer was wrong for a reason, on that day or later: those that are
    installed, or those that are not."""
    given = {"line": f"\n{scope}\n", "bit": 1 << REASONS.index(reason), "installed": installed}
    rows = connection.execute(MISSED, given)
    for name, stored in rows:
        if since is ALL_DAYS or any(fact.reason is reason and fact.day >= since for fact in unpacked(stored)):
            yield name


def card_counts(connection: sqlite3.Connection, cards: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return how many answers cards had, and how many of them were right."""
    rows = connection.execute(CARD_COUNTS, (json.dumps(list(cards)),))
    return {name: (answers, correct) for name, answers, correct in rows}


def standing(connection: sqlite3.Connection, scope: str) -> Figures:
    """Return how the cards of a scope stand that were begun: counts by the names of `standing.STANDINGS`."""
    names = ", ".join(STANDINGS)
    row = connection.execute(f"SELECT {names} FROM standing WHERE scope = ?", (scope,)).fetchone()  # noqa: S608
    return dict(zip(STANDINGS, row or (0,) * len(STANDINGS), strict=True))


def begun_in(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many cards of each scope were begun."""
    return dict(connection.execute("SELECT scope, begun FROM standing"))


def median(connection: sqlite3.Connection, scope: str, column: str, cards: int) -> float | None:
    """Return the median "firmness" or "hardness" of the cards of a scope that are past learning: there are so many."""
    if not cards:
        return None
    index = {"firmness": "card_firm", "hardness": "card_hard"}[column]
    statement = MIDDLE.format(column=column, index=index, where=IN_SCOPE if scope else "")
    found: float = connection.execute(statement, {"line": f"\n{scope}\n", "cards": cards}).fetchone()[0]
    return found


def ahead(connection: sqlite3.Connection, scope: str, today: int, days: int) -> tuple[int, ...]:
    """Return how many cards are asked today, overdue ones with them, and on each of so many days after it."""
    given = {"scope": scope, "today": today, "last": today + days}
    asked = dict(connection.execute(AHEAD, given))
    overdue: int = connection.execute(OVERDUE, given).fetchone()[0]
    return overdue, *(asked.get(today + day, 0) for day in range(1, days + 1))


def leeches(connection: sqlite3.Connection, scope: str, lapses: int, most: int) -> tuple[list[str], int]:
    """Return cards of a scope with so many lapses or more, the most first, and how many there are in all."""
    given = {"lapses": lapses, "line": f"\n{scope}\n", "most": most}
    rows = connection.execute(LEECHES, given).fetchall()
    return [name for name, _ in rows], rows[0][1] if rows else 0


def together(connection: sqlite3.Connection, scope: str) -> set[str]:
    """Return the scopes to which a card belongs that belongs to this one and was ever answered."""
    sets = (names.split("\n") for (names,) in connection.execute(TOGETHER))
    return {name for names in sets if scope in names for name in names}
