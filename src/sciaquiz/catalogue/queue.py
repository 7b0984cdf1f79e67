"""What waits today, by query: the rules of `study.queue.workload`, of which only what is due is touched.

`tests/catalogue/test_queue.py` holds the two to the same answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sciaquiz.catalogue.mirror import EPOCH
from sciaquiz.ids import CardId, DeckId
from sciaquiz.study.queue import Limits, Ranking, Waiting, Workload, above_limit, proof_day

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

CHUNK = 256
HIDDEN = "(suspended OR buried > :today)"
SCOPE = "deck IN (SELECT value FROM json_each(:decks)) AND num NOT IN (SELECT value FROM json_each(:gone))"
MET_TODAY = f"""
SELECT num, question FROM card INDEXED BY card_met
WHERE siblings > 1 AND phase IS NOT NULL AND last = :today AND {SCOPE} ORDER BY place
"""
LEARNING = f"""
SELECT num, question, due_at FROM card INDEXED BY card_steps
WHERE phase < 2 AND due <= :today AND NOT {HIDDEN} AND {SCOPE} ORDER BY due_at IS NOT NULL, due_at, place
"""
UNSAFE = f"""
SELECT num, id, question, last FROM card
WHERE id IN (SELECT value FROM json_each(:ids)) AND phase IS NOT NULL
AND NOT (phase < 2 AND due <= :today) AND NOT {HIDDEN} AND {SCOPE} ORDER BY place
"""
DUE = f"phase = 2 AND due <= :today AND NOT suspended AND buried <= :today AND {SCOPE}"
DUE_ALONE = f"SELECT count(*) FROM card INDEXED BY card_due WHERE {DUE} AND siblings = 1"
DUE_SIBLINGS = f"SELECT num, question FROM card INDEXED BY card_due WHERE {DUE} AND siblings > 1"
IS_DUE = f"SELECT 1 FROM card WHERE question = :question AND {DUE} LIMIT 1"
REVIEWS = f"""
SELECT num, question, siblings FROM card INDEXED BY card_due WHERE {DUE} ORDER BY {{order}}, place
LIMIT :most
"""
BY_RECALL = "max(:today - last, 0) / stability"
BY_VALUE = "-worth(max(:today - last, 0), stability, difficulty) / CASE kind {kinds} ELSE :usual END"
NEW = 'SELECT num, question, siblings, place, "case" FROM card '
FRESH = f"""
{NEW} INDEXED BY card_fresh
WHERE phase IS NULL AND deck = :deck AND place > :after AND NOT {HIDDEN} AND {SCOPE} ORDER BY place LIMIT {CHUNK}
"""
OF_CASE = f"""
{NEW} INDEXED BY card_fresh
WHERE phase IS NULL AND deck = :deck AND "case" = :name AND NOT {HIDDEN} AND {SCOPE} ORDER BY stage, place
"""
NAMES = """
SELECT card.num, card.id, deck.id, card."case" FROM card JOIN deck ON deck.num = card.deck
WHERE card.num IN (SELECT value FROM json_each(?))
"""


def workload_in(
    connection: sqlite3.Connection,
    decks: Sequence[int],
    today: date,
    left: Limits,
    unsafe: Mapping[CardId, date],
    without: Collection[CardId],
    ranking: Ranking,
) -> Workload:
    """Return what waits on a study day in these decks (by number, in reading order). Raises sqlite3.Error."""
    gone = [
        num for card_id in without for (num,) in connection.execute("SELECT num FROM card WHERE id = ?", (card_id,))
    ]
    return _Day(connection, tuple(decks), today, gone).workload(left, unsafe, ranking)


@dataclass
class _Day:
    """One study day. `taken` says which card asks a question of several cards today."""

    connection: sqlite3.Connection
    decks: tuple[int, ...]
    today: date
    gone: list[int]
    taken: dict[int, int] = field(default_factory=dict)

    def workload(self, left: Limits, unsafe: Mapping[CardId, date], ranking: Ranking) -> Workload:
        for num, question in self._run(MET_TODAY):
            self.taken.setdefault(question, num)
        steps = [(num, due_at) for num, question, due_at in self._run(LEARNING) if self._take(question, num)]
        urgent = self._urgent(unsafe)
        self.gone += [num for num, _ in urgent]
        first = [num for num, question in urgent if self._is_apart(num, question)]
        due = self._how_many_are_due()
        chosen = self._reviews(min(due, left.reviews_per_day), ranking if due > left.reviews_per_day else None)
        new = list(self._new(left.new_per_day))
        waiting = self._named([*(num for num, _ in steps), *first, *chosen, *new])
        return Workload(
            learning=tuple(_with_step(waiting[num], due_at) for num, due_at in steps),
            reviews=tuple(waiting[num] for num in (*first, *chosen)),
            new=tuple(waiting[num] for num in new),
            beyond=max(0, due - left.reviews_per_day),
            urgent=len(first),
            above=above_limit(len(first), due, left),
        )

    def _run(self, statement: str, **more: object) -> Any:
        scope = {"decks": json.dumps(self.decks), "gone": json.dumps(self.gone), "today": self.today.toordinal()}
        return self.connection.execute(statement, {**scope, **more}).fetchall()

    def _take(self, question: int, num: int) -> bool:
        """Let a card on a learning step ask its question; it is never held back."""
        self.taken.setdefault(question, num)
        return True

    def _is_apart(self, num: int, question: int) -> bool:
        return self.taken.setdefault(question, num) == num

    def _urgent(self, unsafe: Mapping[CardId, date]) -> list[tuple[int, int]]:
        if not unsafe:
            return []
        return [
            (num, question)
            for num, card_id, question, last in self._run(UNSAFE, ids=json.dumps(list(unsafe)))
            if self.today >= proof_day(unsafe[CardId(card_id)], self.today.fromordinal(last))
        ]

    def _how_many_are_due(self) -> int:
        """Count the reviews that are due, of several cards of a question one."""
        due: dict[int, set[int]] = {}
        for num, question in self._run(DUE_SIBLINGS):
            due.setdefault(question, set()).add(num)
        questions = sum(self.taken.get(question) in {None, *cards} for question, cards in due.items())
        return int(self._run(DUE_ALONE)[0][0]) + questions

    def _reviews(self, wanted: int, ranking: Ranking | None) -> list[int]:
        """Return so many reviews: by recall, or by what they are worth where not all of them can be asked."""
        if not wanted:
            return []
        order = BY_RECALL
        more: dict[str, object] = {}
        if ranking is not None:
            self.connection.create_function("worth", 3, ranking.worth, deterministic=True)
            kinds = " ".join(f"WHEN :kind{place} THEN :seconds{place}" for place in range(len(ranking.seconds)))
            order = BY_VALUE.format(kinds=kinds) if kinds else "-worth(max(:today - last, 0), stability, difficulty)"
            more = {"usual": ranking.usual} if kinds else {}
            for place, (kind, seconds) in enumerate(ranking.seconds.items()):
                more |= {f"kind{place}": kind, f"seconds{place}": seconds}
        most = wanted
        while True:
            rows = self._run(REVIEWS.format(order=order), most=most, **more)
            found = [num for num, question, siblings in rows if siblings == 1 or self._is_apart(num, question)]
            if len(found) >= wanted or len(rows) < most:
                return found[:wanted]
            most *= 2

    def _new(self, most: int) -> Iterator[int]:
        """Yield new cards up to a number; the linked questions of a case come together, even beyond it."""
        seen: set[int] = set()
        for row in zip_longest(*(self._fresh(deck) for deck in self.decks)):
            for deck, card in zip(self.decks, row, strict=True):
                if len(seen) >= most:
                    return
                if card is None or card[1] in seen:
                    continue
                together = self._run(OF_CASE, deck=deck, name=card[4]) if card[4] else [card]
                for num, question, siblings, _, _ in together:
                    if question not in seen:
                        seen.add(question)
                        if siblings == 1 or self._is_asked_by(num, question):
                            yield num

    def _fresh(self, deck: int) -> Iterator[tuple[int, int, int, int, str]]:
        after = -1
        while rows := self._run(FRESH, deck=deck, after=after):
            yield from rows
            after = rows[-1][3]

    def _is_asked_by(self, num: int, question: int) -> bool:
        """Say whether no sibling asks the question today, nor would if the day held more."""
        if question in self.taken or self._run(IS_DUE, question=question):
            return False
        return self._is_apart(num, question)

    def _named(self, cards: Sequence[int]) -> dict[int, Waiting]:
        found = self.connection.execute(NAMES, (json.dumps(cards),))
        return {num: Waiting(CardId(card_id), DeckId(deck_id), case) for num, card_id, deck_id, case in found}


def _with_step(waiting: Waiting, due_at: int | None) -> Waiting:
    instant = None if due_at is None else EPOCH + timedelta(microseconds=due_at)
    return Waiting(waiting.card_id, waiting.deck_id, waiting.case, instant)
