"""The cards a sitting chooses from: what each is, what it has come to, and which of them wait."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from sciaquiz.deck.concepts import concept_of
from sciaquiz.deck.model import Safety
from sciaquiz.journal.entries import CardState, Phase, Unsafe
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.memory.forecast import due_forecast
from sciaquiz.memory.schedule import elapsed_days
from sciaquiz.study.comeback import Overdue
from sciaquiz.study.queue import Limits, Ranking, Workload, in_steps, is_hidden, plain_ranking, workload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId, DeckId, QuestionId
    from sciaquiz.journal.snapshot import Snapshot


class DeckCount(Struct, frozen=True):
    """The cards of a deck: how many, how many of them were never answered, and how many of the others that are past
    learning would be recalled today, as a sum of chances. `due` of these are due today, and of them `fading` would be
    forgotten, likewise a sum. `unsafe` of all must not be missed, and were missed with certainty."""

    cards: int = 0
    unseen: int = 0
    recalled: float = 0.0
    due: int = 0
    fading: float = 0.0
    unsafe: int = 0


class Pool(Protocol):
    """Cards, as they stand in the journal when they are asked for. A catalogue reads each when it is shown."""

    def __contains__(self, card_id: object) -> bool:
        """Say whether a card is one of these."""
        ...

    def at_once(self) -> AbstractContextManager[None]:
        """Let all that is asked within be of one moment; nothing may be put meanwhile."""
        ...

    def card(self, card_id: CardId) -> Card:
        """Return a card with its question. Raises KeyError."""
        ...

    def state(self, card_id: CardId) -> CardState:
        """Return what a card has come to."""
        ...

    def put(self, states: Iterable[CardState]) -> None:
        """Replace what some cards have come to: the journal has it."""
        ...

    def as_of(self, snapshot: Snapshot) -> Pool:
        """Return the same cards as they stand in a later snapshot of the journal."""
        ...

    def with_concepts(self) -> Sequence[Card]:
        """Return the cards that are about a concept, in reading order."""
        ...

    def unsafe(self) -> Mapping[CardId, Unsafe]:
        """Return the open cases of the cards that must not be missed, in reading order."""
        ...

    def stem_lengths(self, cards: Iterable[CardId]) -> Mapping[CardId, int]:
        """Return the signs of the stem of each of these cards that is in the pool."""
        ...

    def counts(self, today: date, fits: Fits = DEFAULT_FITS) -> Mapping[DeckId, DeckCount]:
        """Count the cards of each deck, by what is recalled as the fits in force have it."""
        ...

    def forecast(self, today: date, days: int) -> tuple[int, ...]:
        """Return how many cards will be asked on each of `days` days from today on; what is overdue counts today."""
        ...

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
        """Return what waits on a study day of all cards but some, by the rules of `study.queue.workload`."""
        ...

    def overdue(self, today: date, ranking: Ranking, between: tuple[date, date] | None = None) -> Sequence[Overdue]:
        """Return every review that is due, of several of a question one, by what it is worth for the time it takes.

        Or those that are due `between` two days to come, and were not answered today, nor any card of their question.
        """
        ...


@dataclass(frozen=True)
class CardPool:
    """A pool of cards that are in memory: for drills, for decks that are tried, and for tests."""

    cards: Iterable[Card]
    states: Mapping[CardId, CardState]

    @cached_property
    def _by_id(self) -> Mapping[CardId, Card]:
        return {card.id: card for card in self.cards}

    @cached_property
    def _known(self) -> dict[CardId, CardState]:
        return dict(self.states)

    def __contains__(self, card_id: object) -> bool:
        return card_id in self._by_id

    def at_once(self) -> AbstractContextManager[None]:
        return nullcontext()

    def card(self, card_id: CardId) -> Card:
        return self._by_id[card_id]

    def state(self, card_id: CardId) -> CardState:
        return self._known.get(card_id) or CardState(card_id=card_id)

    def put(self, states: Iterable[CardState]) -> None:
        self._known.update({state.card_id: state for state in states})

    def as_of(self, snapshot: Snapshot) -> CardPool:
        return CardPool(self.cards, snapshot.states)

    def with_concepts(self) -> Sequence[Card]:
        return [card for card in self._by_id.values() if concept_of(card.question) is not None]

    def unsafe(self) -> Mapping[CardId, Unsafe]:
        found = {card.id: self.state(card.id).unsafe for card in self._by_id.values() if _must_not_miss(card)}
        return {card_id: case for card_id, case in found.items() if case is not None}

    def stem_lengths(self, cards: Iterable[CardId]) -> Mapping[CardId, int]:
        return {card_id: len(self.card(card_id).question.stem) for card_id in cards if card_id in self}

    def counts(self, today: date, fits: Fits = DEFAULT_FITS) -> Mapping[DeckId, DeckCount]:
        found: dict[DeckId, DeckCount] = {}
        for card in self._by_id.values():
            state = self.state(card.id)
            progress, chance, is_due = state.progress, 0.0, False
            if progress is not None and progress.phase is Phase.REVIEW:
                chance = fits.recall(progress.memory, elapsed_days(progress, today))
                is_due = progress.due_day <= today and not is_hidden(state, today)
            before = found.get(card.question.deck_id, DeckCount())
            found[card.question.deck_id] = DeckCount(
                cards=before.cards + 1,
                unseen=before.unseen + (progress is None),
                recalled=before.recalled + chance,
                due=before.due + is_due,
                fading=before.fading + (1 - chance if is_due else 0),
                unsafe=before.unsafe + (_must_not_miss(card) and state.unsafe is not None),
            )
        return found

    def forecast(self, today: date, days: int) -> tuple[int, ...]:
        return due_forecast([self.state(card_id) for card_id in self._by_id], today, days)

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
        cards = (card for card in self._by_id.values() if card.id not in without)
        return workload(cards, self._known, today, left, unsafe, ranking, most, fits)

    def overdue(self, today: date, ranking: Ranking, between: tuple[date, date] | None = None) -> Sequence[Overdue]:
        first, last = between or (date.min, today)
        taken = self._asked_today(today) if between else frozenset()
        found: dict[QuestionId, tuple[float, Overdue]] = {}
        value = ranking.by_kind()
        for card in self._by_id.values():
            state = self.state(card.id)
            progress = state.progress
            if progress is None or in_steps(progress) or is_hidden(state, today):
                continue
            if not first <= progress.due_day <= last or card.question.id in taken:
                continue
            elapsed, memory = elapsed_days(progress, today), progress.memory
            worth = value(memory, elapsed, card.question.kind.value)
            if card.question.id not in found or worth > found[card.question.id][0]:
                overdue = Overdue(card.id, ranking.fits.recall(memory, elapsed), _must_not_miss(card))
                found[card.question.id] = (worth, overdue)
        return [overdue for _, overdue in sorted(found.values(), key=lambda entry: -entry[0])]

    def _asked_today(self, today: date) -> frozenset[QuestionId]:
        """Return the questions of which a card is due today, or was answered."""
        known = ((card.question.id, self.state(card.id).progress) for card in self._by_id.values())
        return frozenset(
            question
            for question, progress in known
            if progress and (progress.due_day <= today or progress.last_day == today)
        )


def _must_not_miss(card: Card) -> bool:
    return card.question.safety is Safety.MUST_NOT_MISS
