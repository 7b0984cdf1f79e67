"""Coming back after a break: what can be done with all that has become due, and what each way leads to.

Of more than a day holds, a little every day is asked by what a review is worth for its time (`memory.value`): in
simulations of a student who comes back after 40 days no other order kept more.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from sciaquiz.ids import CardId

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


AWAY_DAYS = 7
"""Days without an answer from which on they are called a break."""
USUAL_DAYS = 2
"""More than so many usual days have to be due."""
LITTLE_MINUTES = 20
FEW = 10
FORGOTTEN_IN_TIME = 0.1
"""The share of reviews on their day that is forgotten, as far as can be foreseen for all students."""


class Overdue(NamedTuple):
    """A review that is due: the chance, 0..1, that it is still known, and whether it must not be missed."""

    card_id: CardId
    recall: float
    must_not_miss: bool


class Comeback(StrEnum):
    """A way to come back."""

    LITTLE = "little"
    MUST_NOT_MISS = "must-not-miss"
    ALL = "all"
    FEW = "few"


class Plan(Struct, frozen=True, kw_only=True):
    """A way to come back: the cards of today in their order, which take `minutes`; `wait` others are left.

    `days` are how many are asked on each day from today on, at most `per_day`, none where there is no limit. `clear_in`
    is in how many days nothing is left over, None where that is not foreseen.
    """

    way: Comeback
    cards: tuple[CardId, ...]
    minutes: int
    wait: int
    days: tuple[int, ...]
    per_day: int | None
    clear_in: int | None


def is_break(last_day: date | None, today: date, due: int, usual: float) -> bool:
    """Say whether to ask how to go on: after a week away, with more due than two usual days hold."""
    return is_away(last_day, today) and is_backlog(due, usual)


def is_away(last_day: date | None, today: date) -> bool:
    """Say whether the last answer was given a week ago, or longer."""
    return last_day is not None and (today - last_day).days >= AWAY_DAYS


def is_backlog(due: int, usual: float) -> bool:
    """Say whether more is due than two usual days hold."""
    return due > max(FEW, USUAL_DAYS * usual)


def seconds_for(cards: Iterable[Overdue], seconds: float) -> float:
    """Return how long some reviews take, at so many seconds an answer: what is forgotten is answered once more."""
    return sum(seconds * (2 - card.recall) for card in cards)


def within(cards: Sequence[Overdue], minutes: float, seconds: float) -> Sequence[Overdue]:
    """Return the first of some reviews, as many as fit into so many minutes."""
    left = minutes * 60
    for place, card in enumerate(cards):
        left -= seconds_for((card,), seconds)
        if left < 0:
            return cards[:place]
    return cards


def plans(due: Sequence[Overdue], arrivals: Sequence[int], seconds: float, usual_limit: int) -> tuple[Plan, ...]:
    """Return the ways to come back to what is due, given in the order of what it is worth for its time.

    `arrivals` are the reviews that become due on each of the coming days, `seconds` those of an answer, `usual_limit`
    the reviews that the student's settings allow in a day.
    """
    found = []
    must = tuple(card for card in due if card.must_not_miss)
    best = tuple(sorted(due, key=lambda card: -card.recall)[:FEW])
    chosen = {
        Comeback.LITTLE: tuple(within(due, LITTLE_MINUTES, seconds)),
        Comeback.MUST_NOT_MISS: must,
        Comeback.ALL: tuple(due),
        Comeback.FEW: best,
    }
    for way, cards in chosen.items():
        if not cards or (way is not Comeback.ALL and len(cards) == len(due)):
            continue
        per_day = len(cards) if way is Comeback.LITTLE else None
        days, clear_in = ahead(due, len(cards), arrivals, per_day or usual_limit)
        found.append(
            Plan(
                way=way,
                cards=tuple(card.card_id for card in cards),
                minutes=max(1, round(seconds_for(cards, seconds) / 60)),
                wait=len(due) - len(cards),
                days=days,
                per_day=per_day,
                clear_in=clear_in,
            )
        )
    return tuple(found)


def catching_up(due: int, fading: float, per_day: int, arrivals: Sequence[int]) -> tuple[tuple[int, ...], int | None]:
    """Return how many are asked from today on at so many a day, and in how many days none is left over.

    Of so many that are due, `fading` would be forgotten, a sum of chances.
    """
    alike = Overdue(CardId(""), 1 - fading / due if due else 1.0, must_not_miss=False)
    return ahead([alike] * due, min(due, per_day), arrivals, per_day)


def ahead(
    due: Sequence[Overdue], today: int, arrivals: Sequence[int], per_day: int
) -> tuple[tuple[int, ...], int | None]:
    """Return how many are asked on each day, `today` and then at most `per_day`, and in how many days none is left.

    What was forgotten comes back on the next day, where it is remembered as well as what comes on time.
    """
    faded = sum(1 - card.recall for card in due) / len(due) if due else 0.0
    old, others = float(len(due)), 0.0
    asked: list[int] = []
    clear_in = None
    for place, arrives in enumerate((0, *arrivals)):
        others += arrives
        waiting = old + others
        now = min(round(waiting), per_day if place else today)
        asked.append(now)
        share = now / waiting if waiting else 0.0
        back = share * (old * faded + others * FORGOTTEN_IN_TIME)
        old, others = old * (1 - share), others * (1 - share)
        if clear_in is None and old + others < 1:
            clear_in = place
        others += back if clear_in is None else 0.0
    return tuple(asked), clear_in
