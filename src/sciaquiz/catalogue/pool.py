"""The cards of some decks of the catalogue, as Home and a sitting see them: each question they ask is a query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.catalogue.codec import question_from, state_from
from sciaquiz.catalogue.mirror import put_ahead
from sciaquiz.catalogue.queue import overdue_in, workload_in
from sciaquiz.catalogue.recall import chance, teach
from sciaquiz.deck.model import Card
from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import CardState, Unsafe
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.study.pool import DeckCount
from sciaquiz.study.queue import Limits, Ranking, Workload, plain_ranking

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from sciaquiz.catalogue.catalogue import Catalogue
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.study.comeback import Overdue

DECKS = "SELECT num, id FROM deck WHERE kept ORDER BY rank"
OF_DECKS = "deck IN (SELECT num FROM deck WHERE kept AND id IN (SELECT value FROM json_each(:decks)))"
"""A deck has another number once another window has read its file anew, so it is named."""
COUNTS = """
SELECT id, sum(cards), sum(unseen), total(recalled), sum(due), total(fading), sum(unsafe) FROM (
    SELECT deck AS num, count(*) AS cards, count(*) AS unseen, 0 AS recalled, 0 AS due, 0 AS fading, 0 AS unsafe
    FROM card INDEXED BY card_fresh WHERE phase IS NULL GROUP BY deck
    UNION ALL SELECT deck, count(*), 0, 0, 0, 0, 0 FROM card INDEXED BY card_steps WHERE phase < 2 GROUP BY deck
    UNION ALL SELECT deck, count(*), 0, total({chance}), 0, 0, 0
    FROM card INDEXED BY card_known WHERE phase = 2 GROUP BY deck
    UNION ALL SELECT deck, 0, 0, 0, count(*), total(1 - {chance}), 0 FROM card INDEXED BY card_due
    WHERE phase = 2 AND due <= :today AND NOT suspended AND buried <= :today GROUP BY deck
    UNION ALL SELECT deck, 0, 0, 0, 0, 0, count(*) FROM card INDEXED BY card_unsafe
    WHERE danger AND unsafe GROUP BY deck
) JOIN deck USING (num) WHERE kept AND id IN (SELECT value FROM json_each(:decks)) GROUP BY id
"""
"""Each figure off the index that holds no other cards, with all that it needs: no row of `card` is read."""
BACK = "max(due, buried)"
AHEAD = f"""
SELECT {BACK} AS day, count(*) FROM card INDEXED BY card_back
WHERE phase IS NOT NULL AND NOT suspended AND {BACK} < :until AND {OF_DECKS} GROUP BY {BACK}
"""
STEM_LENGTHS = f"""
SELECT card.id, question.length FROM card JOIN question ON question.num = card.question
WHERE card.id IN (SELECT value FROM json_each(:ids)) AND card.{OF_DECKS}
"""
WITH_CONCEPTS = f"""
SELECT card.id, card.part, question.kind, question.stored FROM question INDEXED BY question_concept
JOIN card ON card.question = question.num
WHERE question.concept IS NOT NULL AND card.{OF_DECKS} ORDER BY card.place
"""
UNSAFE = "SELECT deck, state FROM card INDEXED BY card_unsafe WHERE danger AND unsafe ORDER BY place"


@dataclass(frozen=True)
class CataloguePool:
    """The cards of some decks of a catalogue, as a sitting and Home see them; see `study.pool.Pool`."""

    catalogue: Catalogue
    decks: frozenset[DeckId]

    def __contains__(self, card_id: object) -> bool:
        found = self.catalogue.card(CardId(card_id)) if isinstance(card_id, str) else None
        return found is not None and found.question.deck_id in self.decks

    @property
    def _scope(self) -> dict[str, str]:
        return {"decks": json.dumps(list(self.decks))}

    def at_once(self) -> AbstractContextManager[None]:
        return self.catalogue.at_once()

    def card(self, card_id: CardId) -> Card:
        found = self.catalogue.card(card_id)
        if found is None:
            raise KeyError(card_id)
        return found

    def state(self, card_id: CardId) -> CardState:
        return self.catalogue.state(card_id) or CardState(card_id=card_id)

    def put(self, states: Iterable[CardState]) -> None:
        changed = list(states)

        def write(connection: sqlite3.Connection) -> None:
            put_ahead(connection, changed)

        if changed:
            self.catalogue.change(write)

    def as_of(self, snapshot: Snapshot) -> CataloguePool:
        return self

    def with_concepts(self) -> Sequence[Card]:
        def read(connection: sqlite3.Connection) -> list[Card]:
            rows = connection.execute(WITH_CONCEPTS, self._scope)
            return [Card(CardId(name), question_from(kind, stored), part) for name, part, kind, stored in rows]

        return self.catalogue.ask(read)

    def unsafe(self) -> Mapping[CardId, Unsafe]:
        def read(connection: sqlite3.Connection) -> list[CardState]:
            found = connection.execute(UNSAFE).fetchall()
            names = deck_names(connection) if found else {}
            return [state_from(stored) for deck, stored in found if names.get(deck) in self.decks]

        return {state.card_id: state.unsafe for state in self.catalogue.ask(read) if state.unsafe is not None}

    def stem_lengths(self, cards: Iterable[CardId]) -> Mapping[CardId, int]:
        scope = {"ids": json.dumps(list(cards)), **self._scope}
        return {CardId(name): signs for name, signs in self.catalogue.rows(STEM_LENGTHS, scope)}

    def counts(self, today: date, fits: Fits = DEFAULT_FITS) -> Mapping[DeckId, DeckCount]:
        def count(connection: sqlite3.Connection) -> Mapping[DeckId, DeckCount]:
            scope = {**self._scope, **teach(connection, fits), "today": today.toordinal()}
            statement = COUNTS.replace("{chance}", chance(connection))
            return {
                DeckId(name): DeckCount(cards, unseen, recalled, int(due), fading, unsafe)
                for name, cards, unseen, recalled, due, fading, unsafe in connection.execute(statement, scope)
            }

        found = self.catalogue.ask(count)
        return {name: found.get(name, DeckCount()) for name in self.decks}

    def forecast(self, today: date, days: int) -> tuple[int, ...]:
        first = today.toordinal()

        def count(connection: sqlite3.Connection) -> tuple[int, ...]:
            found = [0] * days
            for day, cards in connection.execute(AHEAD, {**self._scope, "until": first + days}):
                found[max(0, day - first)] += cards
            return tuple(found)

        return self.catalogue.ask(count)

    def workload(
        self,
        today: date,
        left: Limits,
        *,
        unsafe: Mapping[CardId, date],
        without: Collection[CardId] = (),
        ranking: Callable[[], Ranking] = plain_ranking,
        most: int | None = None,
        fits: Fits = DEFAULT_FITS,
    ) -> Workload:
        def find(connection: sqlite3.Connection) -> Workload:
            names = deck_names(connection)
            decks = {num: name for num, name in names.items() if name in self.decks}
            in_all = len(decks) == len(names)
            return workload_in(connection, decks, today, left, unsafe, without, ranking, most, fits, in_all=in_all)

        return self.catalogue.ask(find)

    def overdue(self, today: date, ranking: Ranking, between: tuple[date, date] | None = None) -> Sequence[Overdue]:
        def find(connection: sqlite3.Connection) -> Sequence[Overdue]:
            decks = {num: name for num, name in deck_names(connection).items() if name in self.decks}
            return overdue_in(connection, decks, today, ranking, between)

        return self.catalogue.ask(find)


def deck_names(connection: sqlite3.Connection) -> dict[int, DeckId]:
    """Return the decks by the number that each has now, in reading order."""
    return {num: DeckId(name) for num, name in connection.execute(DECKS)}
