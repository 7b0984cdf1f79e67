"""What waits today, by query: the rules of `study.queue.workload`, of which only what is due is touched.

`tests/catalogue/test_queue.py` holds the two to the same answers.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sciaquiz.catalogue.mirror import EPOCH
from sciaquiz.catalogue.recall import fading, teach
from sciaquiz.catalogue.schema import check_order
from sciaquiz.catalogue.worth import by_value
from sciaquiz.ids import CardId, DeckId
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.study.comeback import Overdue
from sciaquiz.study.queue import Limits, Ranking, Waiting, Workload, above_limit, proof_day

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    _Fresh = tuple[str, int, int, int, int, str]

CHUNK = 64
HIDDEN = "(suspended OR buried > :today)"
MET_TODAY = """
SELECT id, question FROM card INDEXED BY card_met
WHERE siblings > 1 AND phase IS NOT NULL AND last = :today {scope} ORDER BY place
"""
LEARNING = f"""
SELECT id, question, deck, due_at FROM card INDEXED BY card_steps
WHERE phase < 2 AND due <= :today AND NOT {HIDDEN} {{scope}} ORDER BY due_at IS NOT NULL, due_at, place
"""
UNSAFE = f"""
SELECT num, id, question, deck, last FROM card WHERE id IN (SELECT value FROM json_each(:ids)) AND phase IS NOT NULL
AND NOT (phase < 2 AND due <= :today) AND NOT {HIDDEN} {{scope}} ORDER BY place
"""
DUE = "phase = 2 AND due <= :today AND NOT suspended AND buried <= :today {scope}"
AHEAD = """
phase = 2 AND due BETWEEN :first AND :until AND NOT suspended AND buried <= :today AND last <> :today AND NOT (
    siblings > 1 AND question IN (
        SELECT question FROM card WHERE siblings > 1 AND phase IS NOT NULL AND (due <= :today OR last = :today)
    )
) {scope}
"""
HOW_MANY_DUE = f"""
SELECT count(*), json_group_array(json_array(question, id)) FILTER (WHERE siblings > 1)
FROM card INDEXED BY card_due WHERE {DUE}
"""
BY_RECALL = f"""
SELECT id, question, deck, siblings FROM card INDEXED BY card_due WHERE {DUE} ORDER BY {{fading}}, place LIMIT :most
"""
WITH_NEW = """
SELECT value FROM json_each(:decks)
WHERE EXISTS (SELECT 1 FROM card INDEXED BY card_fresh WHERE phase IS NULL AND deck = value)
"""
NEW = 'SELECT id, question, deck, siblings, place, "case" FROM card INDEXED BY card_fresh '
FRESH = f"""
{NEW} WHERE phase IS NULL AND deck = :deck AND place > :after AND NOT {HIDDEN} {{scope}} ORDER BY place LIMIT :most
"""
OF_CASE = f"""
{NEW} WHERE phase IS NULL AND deck = :deck AND "case" = :name AND NOT {HIDDEN} {{scope}} ORDER BY stage, place
"""


def workload_in(
    connection: sqlite3.Connection,
    decks: Mapping[int, DeckId],
    today: date,
    left: Limits,
    unsafe: Mapping[CardId, date],
    without: Collection[CardId],
    ranking: Callable[[], Ranking],
    most: int | None = None,
    fits: Fits = DEFAULT_FITS,
    *,
    in_all: bool = False,
) -> Workload:
    """Return what waits on a study day in these decks, by number and in reading order. Raises sqlite3.Error.

    `in_all` says that there are no other decks, so that none has to be looked up.
    """
    gone = [
        num for card_id in without for (num,) in connection.execute("SELECT num FROM card WHERE id = ?", (card_id,))
    ]
    return _Day(connection, decks, today, gone, in_all, fits).workload(left, unsafe, ranking, most)


def overdue_in(
    connection: sqlite3.Connection,
    decks: Mapping[int, DeckId],
    today: date,
    ranking: Ranking,
    between: tuple[date, date] | None = None,
) -> list[Overdue]:
    """Return the reviews of these decks that `Pool.overdue` tells, the worthiest first. Raises sqlite3.Error."""
    return _Day(connection, decks, today, [], False, ranking.fits).overdue(ranking, between)


@dataclass
class _Day:
    """One study day. `taken` says which card asks a question of several cards today, `due` which of these are due."""

    connection: sqlite3.Connection
    decks: Mapping[int, DeckId]
    today: date
    gone: list[int]
    in_all: bool
    fits: Fits
    taken: dict[int, str] = field(default_factory=dict)
    due: dict[int, list[str]] = field(default_factory=dict)

    def workload(
        self, left: Limits, unsafe: Mapping[CardId, date], ranking: Callable[[], Ranking], most: int | None
    ) -> Workload:
        for card_id, question in self._run(MET_TODAY):
            self.taken.setdefault(question, card_id)
        steps = self._run(LEARNING)
        for card_id, question, _, _ in steps:
            self.taken.setdefault(question, card_id)
        urgent = self._urgent(unsafe)
        self.gone += [num for num, _, _, _ in urgent]
        first = [self._waiting(name, deck) for _, name, question, deck in urgent if self._is_apart(name, question)]
        due = self._how_many_are_due()
        wanted = min(due, left.reviews_per_day)
        listed = wanted if most is None else min(wanted, most)
        chosen = self._reviews(listed, ranking() if due > wanted else None) if listed else []
        return Workload(
            learning=tuple(self._waiting(name, deck, due_at=_instant(due_at)) for name, _, deck, due_at in steps),
            reviews=(*first, *chosen),
            new=tuple(self._new(left.new_per_day)),
            beyond=due - wanted,
            urgent=len(first),
            above=above_limit(len(first), due, left),
            unlisted=wanted - listed,
        )

    def overdue(self, ranking: Ranking, between: tuple[date, date] | None) -> list[Overdue]:
        statement, given = by_value(self.connection, AHEAD if between else DUE, ranking, with_chances=True)
        if between:
            given |= {"first": between[0].toordinal(), "until": between[1].toordinal()}
        return [
            Overdue(CardId(name), recall, bool(danger))
            for name, question, _, siblings, recall, danger in self._run(statement, most=-1, **given)
            if siblings == 1 or self._is_apart(name, question)
        ]

    def _run(self, statement: str, **more: object) -> list[Any]:
        scope = "" if self.in_all else "AND deck IN (SELECT value FROM json_each(:decks)) "
        given: dict[str, object] = {"today": self.today.toordinal(), **more}
        if not self.in_all:
            given["decks"] = json.dumps(list(self.decks))
        if self.gone:
            scope += "AND num NOT IN (SELECT value FROM json_each(:gone))"
            given["gone"] = json.dumps(self.gone)
        return self.connection.execute(statement.format(scope=scope), given).fetchall()

    def _waiting(self, name: str, deck: int, case: str = "", due_at: datetime | None = None) -> Waiting:
        return Waiting(CardId(name), self.decks[deck], case, due_at)

    def _is_apart(self, name: str, question: int) -> bool:
        return self.taken.setdefault(question, name) == name

    def _urgent(self, unsafe: Mapping[CardId, date]) -> list[tuple[int, str, int, int]]:
        if not unsafe:
            return []
        return [
            (num, name, question, deck)
            for num, name, question, deck, last in self._run(UNSAFE, ids=json.dumps(list(unsafe)))
            if self.today >= proof_day(unsafe[CardId(name)], self.today.fromordinal(last))
        ]

    def _how_many_are_due(self) -> int:
        """Count the reviews that are due, of several cards of a question one."""
        [(cards, told)] = self._run(HOW_MANY_DUE)
        siblings = json.loads(told)
        for question, name in siblings:
            self.due.setdefault(question, []).append(name)
        asked = sum(self.taken.get(question) in {None, *names} for question, names in self.due.items())
        return int(cards) - len(siblings) + asked

    def _reviews(self, wanted: int, ranking: Ranking | None) -> list[Waiting]:
        """Return so many reviews: by recall, or by what they are worth where not all of them can be asked.

        A few more rows than that are looked at first: of a question of several cards most may be passed over.
        """
        if ranking is not None:
            statement, weights = by_value(self.connection, DUE, ranking)
        else:
            teach(self.connection, self.fits)
            statement, weights = BY_RECALL.replace("{fading}", fading(self.connection)), {}
        found: list[Waiting] = []
        passed, upto = 0, wanted + min(sum(map(len, self.due.values())), CHUNK)
        while len(found) < wanted:
            rows = self._run(statement, most=upto, **weights)
            found += (
                self._waiting(name, deck)
                for name, question, deck, of_question in rows[passed:]
                if of_question == 1 or self._is_apart(name, question)
            )
            if len(rows) < upto:
                break
            passed, upto = upto, 2 * upto
        return found[:wanted]

    def _new(self, most: int) -> Iterator[Waiting]:
        """Yield new cards up to a number; the linked questions of a case come together, even beyond it."""
        seen: set[int] = set()
        if not most:
            return
        for card in self._fresh_in_turn(most):
            if len(seen) >= most:
                return
            if card[1] in seen:
                continue
            together = self._run(OF_CASE, deck=card[2], name=card[5]) if card[5] else [card]
            for name, question, deck, siblings, _, case in together:
                if question not in seen:
                    seen.add(question)
                    if siblings == 1 or self._is_asked_by(name, question):
                        yield self._waiting(name, deck, case)

    def _fresh_in_turn(self, most: int) -> Iterator[_Fresh]:
        """Yield the cards that are new, one from each deck in turn, read about as far as so many of them reach."""
        decks = list(self.decks)
        if len(decks) > most:  # most of them may have been seen
            decks = [deck for (deck,) in self._run(WITH_NEW, decks=json.dumps(decks))]
        each = most // max(1, len(decks)) + 2
        waiting = deque(self._fresh(deck, each) for deck in decks)
        while waiting:
            cards = waiting.popleft()
            if (card := next(cards, None)) is not None:
                yield card
                waiting.append(cards)

    def _fresh(self, deck: int, each: int) -> Iterator[_Fresh]:
        after = -1
        while rows := self._run(FRESH, deck=deck, after=after, most=each):
            check_order(after, [row[4] for row in rows])
            yield from rows
            after = rows[-1][4]

    def _is_asked_by(self, name: str, question: int) -> bool:
        """Say whether no sibling asks the question today, nor would if the day held more."""
        return question not in self.taken and question not in self.due and self._is_apart(name, question)


def _instant(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)
