"""Sums on their way into the cache: what cards add and no longer add, until it is written."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from sciaquiz.tally.course import course_of
from sciaquiz.tally.figures import COLUMNS, figures_of
from sciaquiz.tally.schema import ADD_DUE, ADD_FIGURES, ADD_KNOWN, ADD_STANDING, TOTAL
from sciaquiz.tally.standing import STANDINGS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from sciaquiz.tally.course import Recall
    from sciaquiz.tally.facts import Fact
    from sciaquiz.tally.members import Member
    from sciaquiz.tally.standing import Standing

NOTHING = bytes(8 * len(COLUMNS))


class Sums:
    """Adds facts up by scope and day. `days` are those of which the course is kept, in order."""

    def __init__(self, days: Iterable[int], recall: Recall) -> None:
        self.days = list(days)
        self._recall = recall
        self._figures: dict[tuple[str, int], array[int]] = {}
        self._known: dict[tuple[str, ...], array[int]] = {}
        self._standing: dict[tuple[str, ...], list[int]] = {}
        self._due: dict[tuple[tuple[str, ...], int], int] = {}

    def __len__(self) -> int:
        return len(self._figures)

    def begin_with(self, days: Sequence[int]) -> None:
        """Let the course begin with these days, which come before all others."""
        self.days[:0] = days
        for row in self._known.values():
            row[:0] = array("q", bytes(8 * len(days)))

    def add(self, facts: Sequence[Fact], member: Member, sign: int = 1) -> None:
        """Add what a card gives, or with -1 take it out."""
        figures = self._figures
        for fact in facts:
            found = tuple(figures_of(fact, member.chance))
            for scope in member.scopes:
                key = scope, fact.day
                row = figures.get(key)
                if row is None:
                    row = figures[key] = array("q", NOTHING)
                for place, number in found:
                    row[place] += sign * number
        if member.deck:  # what is not installed is not asked for
            self.add_course(facts, member.scopes, sign)

    def add_standing(self, standing: Standing, member: Member, sign: int = 1) -> None:
        """Add how a card stands, or take it out; what is not installed stands nowhere."""
        if not member.deck or not standing.begun:
            return
        row = self._standing.setdefault(member.scopes, [0] * len(STANDINGS))
        for place in standing.figures():
            row[place] += sign
        if standing.due:
            key = member.scopes, standing.due
            self._due[key] = self._due.get(key, 0) + sign

    def add_course(self, facts: Sequence[Fact], scopes: tuple[str, ...], sign: int = 1) -> None:
        """Add what a card is known in the course."""
        row = self._course(scopes)
        for begins, chances in course_of(facts, self.days, self._recall):
            for place, chance in enumerate(chances, begins):
                row[place] += sign * chance

    def add_known(self, scopes: tuple[str, ...], chances: Iterable[tuple[int, int]]) -> None:
        """Add to the course: places in the days, and sums of chances in billionths."""
        row = self._course(scopes)
        for place, chance in chances:
            row[place] += chance

    def _course(self, scopes: tuple[str, ...]) -> array[int]:
        return self._known.setdefault(scopes, array("q", bytes(8 * len(self.days))))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write all of it within a transaction, and begin anew."""
        totals: dict[str, array[int]] = {}
        for (scope, _), row in self._figures.items():
            total = totals.get(scope)
            totals[scope] = row if total is None else array("q", map(int.__add__, total, row))
        known: dict[str, array[int]] = {}
        for scopes, row in self._known.items():
            for scope in scopes:
                total = known.get(scope)
                known[scope] = row if total is None else array("q", map(int.__add__, total, row))
        rows = ((scope, day, *row) for (scope, day), row in sorted(self._figures.items()) if any(row))
        connection.executemany(ADD_FIGURES, rows)
        connection.executemany(ADD_FIGURES, ((scope, TOTAL, *row) for scope, row in totals.items()))
        connection.executemany(
            ADD_KNOWN,
            (
                (scope, day, chance)
                for scope, row in sorted(known.items())
                for day, chance in zip(self.days, row, strict=True)
                if chance
            ),
        )
        self._write_standing(connection)
        self._figures, self._known, self._standing, self._due = {}, {}, {}, {}

    def _write_standing(self, connection: sqlite3.Connection) -> None:
        standing: dict[str, list[int]] = {}
        for scopes, row in self._standing.items():
            for scope in scopes:
                standing[scope] = list(map(int.__add__, standing.get(scope, [0] * len(STANDINGS)), row))
        due: dict[tuple[str, int], int] = {}
        for (scopes, day), cards in self._due.items():
            for scope in scopes:
                due[scope, day] = due.get((scope, day), 0) + cards
        connection.executemany(ADD_STANDING, ((scope, *row) for scope, row in sorted(standing.items())))
        connection.executemany(ADD_DUE, ((*key, cards) for key, cards in sorted(due.items()) if cards))
