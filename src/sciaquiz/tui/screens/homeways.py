"""The ways to study that Home offers, as rows to choose from: when all is done, on asking, and after a break.

By plain calls; widths are in cells.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from sciaquiz.tui.text import ACCENT, ACCENT_DIM, FAINT, GHOST, LINE, MUTED, line, lines, say, spread
from sciaquiz.words import count, duration_words, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from textual.content import Content

    from sciaquiz.insight.overview import Overview
    from sciaquiz.insight.recent import Recent
    from sciaquiz.insight.ways import Offer

    Rows = list[Content | str]

HEAVY, THIN = "━", "─"
BESIDE_TITLE = 3
WITH_DETAIL = 60
"""Width from which a row says what it asks."""
WIDEST_TEXT = 76


def done_head(seen: Overview, today: Recent, width: int) -> Content:
    """Return that all of today is done, what was done, and a full line."""
    told = [f"{seen.done_today} answered"] if seen.done_today else []
    told += [f"{today.right} right"] if today.answers else []
    told += [duration_words(today.minutes)] if today.minutes else []
    title, streak = say("Done for today", "bold"), count(seen.streak, "day") + " in a row" if seen.streak else ""
    ways = [(", ".join(told), streak), (", ".join(told), ""), (", ".join(told[:1]), ""), ("", "")]
    for words, right in ways:
        left = line(title, say(f"   {words}" if words else "", MUTED))
        if left.cell_length + 2 + len(right) <= width:
            return lines([spread(left, say(right, MUTED), width) if right else left, say(HEAVY * width, ACCENT)])
    return title


def other_head(seen: Overview, width: int) -> Content:
    """Return the title of the ways while there is still work for today."""
    waits = count(seen.due + seen.new, "card waits", "cards wait")
    return lines([spread(say("Other ways to study", "bold"), say(waits, MUTED), width), say(THIN * width, LINE)])


def break_head(seen: Overview, days: int, width: int) -> Content:
    """Return how long the student was away, what is due, and how much of it is probably still known."""
    known = round(seen.waiting - seen.fading)
    share = known / seen.waiting if seen.waiting else 0.0
    left = line(
        say(count(days, "day") + " away", "bold"), "   ", say(str(seen.waiting), f"bold {ACCENT}"),
        say(" are due" if seen.waiting != 1 else " is due", "bold"),
    )  # fmt: skip
    last = f"last answer {weekday_words(seen.last_day)}" if seen.last_day else ""
    first = spread(left, say(last, MUTED), width) if left.cell_length + len(last) + 2 <= width else left
    full = round(share * (width - 1))
    hairline = line(say(HEAVY * full, ACCENT), " ", say(THIN * (width - 1 - full), LINE))
    still = "of them you probably still know" if width >= 48 else "probably still known"
    told = spread(line(str(known), say(f" {still}", MUTED)), say(percent(share), MUTED), width)
    return lines([first, hairline, told, "", say("How do you want to come back?", FAINT)])


def group_head(name: str, width: int) -> Content:
    """Return the name of a group of ways, its first words where there is little room."""
    return say(name if len(name) <= width else name.partition(",")[0], FAINT)


def way_row(number: int, offer: Offer, width: int, longest: int) -> Content:
    """Return one way: its digit, its title, what it asks and what follows from it, as far as there is room.

    `longest` are the cells of the longest title of all ways.
    """
    digit = line(" ", say(f"{number}", f"bold {ACCENT}"), "  ")
    if width < WITH_DETAIL:
        left = line(digit, offer.title)
        room = max(0, width - left.cell_length - 3)
        effects = (offer.effect, offer.effect.replace("about ", ""), "")
        return spread(left, say(f"{next(words for words in effects if len(words) <= room)} ", MUTED), width)
    padded = f"{offer.title:<{longest + BESIDE_TITLE}}"
    room = width - digit.cell_length - len(padded) - len(offer.effect) - 3
    details = (offer.detail, offer.detail.partition(",")[0], "")
    left = line(digit, padded, say(next(words for words in details if len(words) <= max(0, room)), MUTED))
    return spread(left, line(say(offer.effect, MUTED), " "), width)


def says(offer: Offer, width: int) -> Rows:
    """Return what a way does, in whole sentences."""
    return [say(row, MUTED) for row in wrap(offer.says, max(1, min(width, WIDEST_TEXT)))]


def ways_picture(
    offer: Offer, seen: Overview, answers_by_day: Mapping[date, int], today: date, width: int, rows: int
) -> Rows:
    """Return the days behind and ahead with what the way under the cursor would add or take away."""
    from sciaquiz.tui.widgets.days import days_picture, legend

    if offer.plan is not None:
        title, ahead, instead = f"With “{offer.title}”", offer.then or seen.forecast, None
        told = legend(("answered", ACCENT_DIM), ("planned", GHOST))
    else:
        title, ahead, instead = f"With “{offer.title}”", seen.forecast, offer.then
        told = legend(("answered", ACCENT_DIM), ("due", GHOST), *_change(seen, offer))
        title = title if instead is not None else ""
    head = spread(say(title, MUTED), told, width)
    return [head, *days_picture(answers_by_day, today, ahead, width, rows, instead)]


def _change(seen: Overview, offer: Offer) -> Sequence[tuple[str, str]]:
    if offer.then is None:
        return ()
    pairs = list(zip(offer.then, seen.forecast, strict=False))
    more = [("more", ACCENT)] if any(then > now for then, now in pairs) else []
    return [*more, *([("less", LINE)] if any(then < now for then, now in pairs) else [])]
