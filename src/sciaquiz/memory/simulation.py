"""What cards will cost: their reviews played out day by day, by the model of memory that they are remembered by.

The luck of a card is drawn from its own name, so that the same cards give the same figures on every device, and every
wish for retention meets the same luck.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import count
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from sciaquiz.journal.entries import Rating
from sciaquiz.memory.fuzz import round_half_up
from sciaquiz.memory.model import model_named, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sciaquiz.ids import CardId
    from sciaquiz.journal.costs import Costs
    from sciaquiz.journal.entries import Memory
    from sciaquiz.memory.fits import Fits

KNOWN_BEFORE = 0.3
"""The share of new questions that are known before they are seen, as far as can be foreseen for all students."""
LIVES = 600
"""So many cards are played out at least: few cards live several times, so that luck evens out."""


class Played(NamedTuple):
    """A card: its memory, the days since its last answer, and in how many days it is due.

    Of a new card the memory is None, and the days are those until it is its turn. `retention` is the recall that is
    wanted of it on its day.
    """

    card_id: CardId
    memory: Memory | None
    elapsed: int
    due_in: int
    retention: float


class Coming(Struct, frozen=True):
    """What some days bring: minutes a day, reviews a day, and how many of the cards are remembered at their end."""

    minutes: float
    reviews: float
    remembered: float

    def times(self, number: float) -> Coming:
        """Return what so many times as many cards bring."""
        return Coming(self.minutes * number, self.reviews * number, self.remembered * number)


def simulate(cards: Sequence[Played], fits: Fits, costs: Costs, *, days: int, longest: int) -> Coming:
    """Play out some days; `longest` is the longest interval in days.

    What is remembered is answered Good. What is not is answered Again and relearned on the same day. Nothing limits a
    day, and nothing is spread.
    """
    lives = max(1, LIVES // max(1, len(cards)))
    seconds = reviews = remembered = 0.0
    for card in cards:
        for life in range(lives):
            spent, answered, recall = _life(card, life, fits, costs, days, longest)
            seconds, reviews, remembered = seconds + spent, reviews + answered, remembered + recall
    return Coming(seconds / 60 / days / lives, reviews / days / lives, remembered / lives)


def _life(card: Played, life: int, fits: Fits, costs: Costs, days: int, longest: int) -> tuple[float, int, float]:
    """Return the seconds of a card, its reviews, and the chance that it is remembered at the end."""
    luck = _luck(f"{card.card_id} {life}")
    memory, day, since, seconds, reviews = card.memory, max(0, card.due_in), -card.elapsed, 0.0, 0
    if memory is None:
        if day >= days:
            return 0.0, 0, 0.0
        is_known = next(luck) < KNOWN_BEFORE
        memory, seconds, since = fits.first(Rating.GOOD if is_known else Rating.AGAIN), costs.new, day
        if not is_known:
            memory = fits.after(memory, 0, Rating.GOOD)
    name = name_of(memory)
    model, parameters = model_named(name), fits.of(name)
    if since == day and card.memory is None:
        day += _days(model.interval(parameters, memory, card.retention), longest)
    while day < days:
        recall = model.retrievability(parameters, memory, day - since)
        is_known = next(luck) < recall
        memory = model.after(parameters, memory, day - since, Rating.GOOD if is_known else Rating.AGAIN)
        if not is_known:
            memory = model.after(parameters, memory, 0, Rating.GOOD)
        seconds, reviews, since = seconds + (costs.right if is_known else costs.wrong), reviews + 1, day
        day += _days(model.interval(parameters, memory, card.retention), longest)
    return seconds, reviews, model.retrievability(parameters, memory, days - since)


def _luck(name: str) -> Iterator[float]:
    """Yield numbers in 0..1 (1 excluded), the same for the same name."""
    for block in count():
        drawn = blake2b(f"{name} {block}".encode(errors="replace"), digest_size=64).digest()
        yield from (number / 2**32 for number in unpack("<16I", drawn))


def _days(interval: float, longest: int) -> int:
    return min(max(1, round_half_up(interval)), longest)
