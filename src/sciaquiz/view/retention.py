"""What a wish for retention costs, in words for every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.text import cells, cut
from sciaquiz.words import count, exact_percent, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.insight.wishes import Wish, Wishes

NONE = "No cards are installed to play out."
FEW = (0.85, 0.90, 0.95)
"""The wishes that are told where there is little room."""
HEADS = ("wanted", "min a day", "reviews a day", "remembered")


def kept_words(title: str, share: float, *, is_own: bool) -> str:
    """Return what is wanted of a deck from now on, and when it moves a card."""
    own = "" if is_own else "none of its own; "
    return (
        f"{title}: {own}{exact_percent(share)} is wanted from now on. A card's due day moves when you answer it next."
    )


def minutes_words(wish: Wish) -> str:
    """Return the minutes of a day, with a digit more where they are few."""
    minutes = wish.coming.minutes
    return f"{minutes:.0f}" if minutes >= 10 else f"{minutes:.1f}"


def in_short(found: Wishes) -> str:
    """Say in a line what some wishes cost."""
    some = [wish for wish in found.wishes if wish.retention in FEW or wish.retention == found.now]
    told = ", ".join(f"{minutes_words(wish)} for {exact_percent(wish.retention)}" for wish in some)
    return f"Minutes a day over 90 days: {told}." if found.cards else NONE


def brief_lines(found: Wishes) -> list[str]:
    """Return a table of few columns: wish, minutes a day, and how many are remembered in 90 days."""
    if not found.cards:
        return [NONE]
    told = [f"{'':6}{'min a day':>10}{'remembered':>12}"]
    for wish in found.wishes:
        mark = "  now" if wish.retention == found.now else ""
        told.append(f"{exact_percent(wish.retention):>6}{minutes_words(wish):>10}{wish.coming.remembered:>12.0f}{mark}")
    return [*told, f"Over 90 days, of {count(found.cards, 'card')}."]


def deck_lines(found: Sequence[Wishes], width: int) -> list[str]:
    """Return a row for each deck: its wish now, and the minutes a day at some wishes. Width in cells."""
    if not found:
        return [NONE]
    some = [wish.retention for wish in found[0].wishes if wish.retention in FEW]
    room = width - 6 * (len(some) + 1)
    told = [f"{'':{room}}{'now':>6}" + "".join(f"{exact_percent(level):>6}" for level in some)]
    for each in found:
        title = cut(each.deck.title if each.deck else "", room - 1)
        minutes = {wish.retention: minutes_words(wish) for wish in each.wishes}
        row = f"{title}{' ' * (room - cells(title))}{exact_percent(each.now):>6}"
        told.append(row + "".join(f"{minutes[level]:>6}" for level in some))
    return [*told, "Minutes a day over 90 days, by wish."]


def whole_lines(found: Wishes) -> list[str]:
    """Return the whole table, and what it stands on."""
    if not found.cards:
        return [NONE]
    told = [f"{HEADS[0]:>6}  {HEADS[1]:>9}  {HEADS[2]:>13}  {HEADS[3]:>10}"]
    for wish in found.wishes:
        coming, mark = wish.coming, "  now" if wish.retention == found.now else ""
        numbers = f"{minutes_words(wish):>9}  {coming.reviews:>13.0f}  {coming.remembered:>10.0f}"
        told.append(f"{exact_percent(wish.retention):>6}  {numbers}{mark}")
    costs = found.costs
    told.append(
        f"The next 90 days of {count(found.cards, 'card')}, played out by your memory and your pace: a card takes "
        f"{costs.right:.0f} s right, {costs.wrong:.0f} s wrong, {costs.new:.0f} s new."
    )
    if found.floor:
        told.append(f"What must not be missed is asked for {percent(found.floor)} at least, whatever is wanted.")
    return told


def as_json(found: Wishes) -> dict[str, object]:
    """Return all of it as values for JSON."""
    return {
        "deck": str(found.deck.id) if found.deck else None,
        "now": found.now,
        "days": 90,
        "cards": found.cards,
        "played": found.played,
        "must_not_miss": found.floor or None,
        "seconds": {"new": found.costs.new, "right": found.costs.right, "wrong": found.costs.wrong},
        "wishes": [
            {
                "retention": wish.retention,
                "minutes_a_day": round(wish.coming.minutes, 2),
                "reviews_a_day": round(wish.coming.reviews, 2),
                "remembered": round(wish.coming.remembered, 1),
            }
            for wish in found.wishes
        ],
    }
