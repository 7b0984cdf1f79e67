"""What Home shows: the day, what waits in which deck, what has to be told, and the days behind; by plain calls.

Widths are in cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.text import cells, cut, path_words
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, line, lines, say, spread
from sciaquiz.words import WEEKDAYS, count, instant_words, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from textual.content import Content
    from textual.geometry import Size

    from sciaquiz.deck.model import Deck
    from sciaquiz.deck.problem import Problem
    from sciaquiz.insight.overview import DeckRow, Overview
    from sciaquiz.study.confusions import Confusion

WIDEST, NARROWEST = 80, 36
MARGIN = 4
LOW = 22
"""Rows of the terminal below which the calendar has no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What Home may have to tell. `suspect` is the instant of an answer from the future; `aside` are unsaved answers.

    `mixed_up` are the confusions that are open, the most frequent first.
    """

    trouble: str = ""
    suspect: datetime | None = None
    notices: Sequence[str] = ()
    aside: Sequence[Path] = ()
    mixed_up: Sequence[Confusion] = ()
    problems: Sequence[Problem] = ()


def width_in(size: Size) -> int:
    """Return the width of all lines in a terminal of this size."""
    return min(WIDEST, max(NARROWEST, size.width - MARGIN))


def today_line(seen: Overview, today: date, width: int) -> Content:
    """Return what waits today and how long it takes, and what the next days bring."""
    from sciaquiz.tui.widgets.bars import bars

    if seen.due or seen.new:
        counts = [f"{seen.due} to review"] if seen.due else []
        counts += [f"{seen.new} new"] if seen.new else []
        left = line(say(" · ".join(counts), "bold"), say(f" · about {seen.minutes} min", MUTED))
    elif not seen.rows:
        left = say("No decks are installed.", AMBER)
    else:
        left = say(f"Nothing is due now. {next_due(seen.forecast, today)}", MUTED)
    if not any(seen.forecast) or width < 60:
        return left
    return spread(left, line(say("next 7 days ", MUTED), say(bars(seen.forecast), ACCENT)), width)


def deck_line(row: DeckRow, width: int) -> Content:
    """Return a deck with what waits in it and how much of it is known."""
    due = row.due + row.learning
    columns = [
        line(say(f"{due:>4}", "bold" if due else MUTED), say(" due", MUTED)),
        line(say(f"{row.new:>4}", "bold" if row.new else MUTED), say(" new", MUTED)),
    ]
    if width >= 56:
        known = f"{percent(row.known):>5} known" if row.unseen < row.cards else "  not begun"
        columns.append(say(f"{known:>13}", MUTED))
    right = line(*columns)
    room = width - right.cell_length - 4
    return spread(say(cut(row.deck.title, room - 2)), right, width - 4)


def notices(known: Known, seen: Overview, decks: Sequence[Deck], width: int) -> Content:
    """Return what has to be told, a line each, and nothing where there is nothing."""
    notes: list[Content | str] = []
    if known.trouble:
        notes.append(say(f"! {known.trouble}", AMBER))
    if known.suspect:
        behind = f"! Your clock is behind your last answer ({instant_words(known.suspect)} UTC). Check the date."
        notes.append(say(behind, AMBER))
    notes += [say(f"! {words}", AMBER) for words in known.notices]
    if known.aside:
        told = say(f"! {count(len(known.aside), 'answer')} could not be saved earlier", AMBER)
        notes.append(line(told, say("  i", ACCENT), say(f" take in, from {known.aside[0].parent}", MUTED)))
    if seen.unsafe:
        unsafe = say(f"! unsafe now: {len(seen.unsafe)}", f"bold {AMBER}")
        notes.append(line(unsafe, say("  d", ACCENT), say(" which, and until when", MUTED)))
    if known.mixed_up:
        notes.append(mixed_up(known.mixed_up, decks, width))
    notes += [say(words, MUTED) for words in seen.limit_words]
    errors = [problem for problem in known.problems if problem.severity == "error"]
    if errors:
        files = {problem.path for problem in errors}
        where = f" {path_words(files.pop())}" if len(files) == 1 else ""
        notes.append(say(f"! {count(len(errors), 'problem')} in your decks, first {errors[0].message}", AMBER))
        notes.append(say(f"  Run: sciaquiz check{where}", MUTED))
    return lines(notes)


def mixed_up(confusions: Sequence[Confusion], decks: Sequence[Deck], width: int) -> Content:
    """Return the most frequent open confusions, as many as fit; a long one stands on a line of its own."""
    from sciaquiz.deck.concepts import name_of, short_name

    head, keys = say("Mixed up lately  ", MUTED), line(say("  d", ACCENT), say(" drill", MUTED))
    room = width - MARGIN - head.cell_length - keys.cell_length
    told = ""
    for confusion in confusions:
        one, other = (short_name(name_of(decks, concept)) for concept in sorted(confusion.pair))
        number = f" ({confusion.count})"
        more = f"{told}   {one} ⇄ {other}{number}".strip()
        if cells(more) <= room:
            told = more
        elif not told:
            one, other = in_room(one, other, width - MARGIN - cells(f" ⇄ {number}"))
            return lines([line(head, keys), f"{one} ⇄ {other}{number}"])
        else:
            break
    return line(head, told, keys)


def calendar(seen: Overview, answers_by_day: Mapping[date, int], today: date, size: Size) -> Content:
    """Return the days on which was studied, as far as there is room in a terminal of this size."""
    if not answers_by_day:
        begins = "Choose a deck and press s, or press Enter to begin with all of them."
        return say(begins if seen.due or seen.new else "", MUTED)
    from sciaquiz.tui.widgets.heatmap import heatmap

    done = f"{seen.done_today} answered today" if seen.done_today else "nothing answered today yet"
    streak = f"{count(seen.streak, 'day')} in a row" if seen.streak else ""
    words = " · ".join(part for part in (streak, done) if part)
    if size.height < LOW:
        return say(words, MUTED)
    return lines([heatmap(answers_by_day, today, width_in(size)), "", say(words, MUTED)])


def in_room(one: str, other: str, room: int) -> tuple[str, str]:
    """Shorten two names so that both together take no more than so many cells, the longer one more."""
    half = room // 2
    most = max(half, room - cells(other)), max(room - half, room - cells(one))
    return cut(one, most[0]), cut(other, most[1])


def next_due(forecast: Sequence[int], today: date) -> str:
    """Say on which of the coming days cards are due; the first of the forecast is tomorrow."""
    from datetime import timedelta

    place = next((place for place, due in enumerate(forecast) if due), None)
    if place is None:
        return "Browse, or come back later."
    day = today + timedelta(days=place + 1)
    when = "tomorrow" if place == 0 else f"on {WEEKDAYS[day.weekday()]}"
    return f"{count(forecast[place], 'card')} {when}."
