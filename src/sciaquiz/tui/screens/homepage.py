"""What Home shows: what waits, what has to be told, and the days behind and ahead; by plain calls.

Widths are in cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from textual.content import Content
from textual.style import Style

from sciaquiz.text import cells, cut, path_words
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, AMBER, FAINT, GHOST, MUTED, chip, line, lines, say, spread
from sciaquiz.words import WEEKDAYS, count, duration_words, instant_words, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sciaquiz.deck.model import Deck
    from sciaquiz.deck.problem import Problem
    from sciaquiz.insight.overview import Overview
    from sciaquiz.study.confusions import Confusion
    from sciaquiz.tui.fitting import Fitting

NARROW = 48
"""Cells of a line below which Home says things in one word."""
LABEL = 13
FIRST_STEPS = (
    ("a b c d", "a letter answers, 1 2 3 says how sure you are"),
    ("⏎", "goes on, always"),
    ("u", "takes the last answer back, on any day"),
    ("?", "the keys of the screen you are on"),
)

BEFORE = (
    ("b", "look at the questions first"),
    ("c", "choose decks and topics"),
    ("w", "what the numbers mean"),
)


class Known(Struct, frozen=True, kw_only=True):
    """What Home may have to tell. `suspect` is the instant of an answer from the future; `aside` are unsaved answers.

    `mixed_up` are the confusions that are open, the most frequent first. `waiting_mock` is where a mock exam stands
    that can be gone on with, `exam` the next exam and what is expected of it. `corrected` cards are asked again since
    their keys were.
    """

    trouble: str = ""
    suspect: datetime | None = None
    notices: Sequence[str] = ()
    aside: Sequence[Path] = ()
    mixed_up: Sequence[Confusion] = ()
    problems: Sequence[Problem] = ()
    fitting: Fitting | None = None
    waiting_mock: str = ""
    corrected: int = 0
    exam: tuple[str, str] = ("", "")


def headline(seen: Overview, today: date, width: int) -> Content:
    """Return what waits today and how long it takes, and at the right what Enter does."""
    if not seen.rows:
        return say("No decks are installed.", AMBER)
    if not (seen.due or seen.new):
        return say(f"Nothing is due now. {next_due(seen.forecast, today)}", MUTED)
    is_narrow = width < NARROW
    named = [
        (seen.reviews, "due" if is_narrow else "to review"),
        (seen.learning, "learning"),
        (seen.new, "new"),
    ]
    counts = [line(say(str(number), f"bold {ACCENT}"), say(f" {name}", "bold")) for number, name in named if number]
    about = [] if is_narrow else [say(f"{'about ' if width >= 60 else ''}{duration_words(seen.minutes or 0)}", MUTED)]
    does = "begin" if is_first_day(seen) else "study" if is_narrow else "study all"
    right = chip("⏎", does).stylize(Style.from_meta({"@click": "screen.study_all"}))
    fewer = [told for told in counts if not told.plain.endswith("learning")]
    for shown, gap in (([*counts, *about], "   "), (counts, "   "), (counts, "  "), (fewer, "  "), (fewer[:1], "  ")):
        left = Content(gap).join(shown)
        if left.cell_length + 2 + right.cell_length <= width:
            return spread(left, right, width)
    return right


def is_first_day(seen: Overview) -> bool:
    """Say whether nothing was ever answered."""
    return seen.last_day is None and bool(seen.rows)


def notices(
    known: Known,
    seen: Overview,
    decks: Sequence[Deck],
    today: date,
    width: int,
    *,
    all_of_it: bool = True,
    with_limit: bool = True,
) -> Content:
    """Return what has to be told, a line each, and nothing where there is nothing.

    Without `all_of_it`, what the pane tells is left out; without `with_limit`, what the daily limit does.
    """
    notes: list[Content | str] = []
    if known.trouble:
        notes.append(say(f"! {known.trouble}", AMBER))
    if known.suspect:
        behind = f"! Your clock is behind your last answer ({instant_words(known.suspect)} UTC). Check the date."
        notes.append(say(behind, AMBER))
    notes += [say(f"! {words}", AMBER) for words in known.notices]
    if known.aside:
        told = say(f"! {count(len(known.aside), 'answer')} could not be saved earlier", AMBER)
        notes.append(line(told, say("  i", f"bold {ACCENT}"), say(f" take in, from {known.aside[0].parent}", MUTED)))
    if all_of_it and seen.unsafe:
        notes.append(unsafe(seen, today, width))
    if all_of_it and known.mixed_up:
        notes.append(mixed_up(known.mixed_up, decks, width))
    if known.exam[0]:
        notes.append(exam(*known.exam, width))
    notes += [say(words, MUTED) for words in seen.limit_words if with_limit]
    if known.corrected:
        notes.append(corrected(known.corrected, width))
    if known.waiting_mock:
        notes.append(notice(say("  Mock exam", MUTED), say(f"waits: {known.waiting_mock}", MUTED), "m", width))
    if known.fitting is not None:
        notes.append(notice(say("  Memory", MUTED), say(fitting_words(known.fitting, width), MUTED), "f", width))
    errors = [problem for problem in known.problems if problem.severity == "error"]
    if errors:
        files = {problem.path for problem in errors}
        where = f" {path_words(files.pop())}" if len(files) == 1 else ""
        notes.append(say(f"! {count(len(errors), 'problem')} in your decks, first {errors[0].message}", AMBER))
        notes.append(say(f"  Run: sciaquiz check{where}", MUTED))
    return lines(notes)


def notice(label: Content, told: Content, key: str, width: int) -> Content:
    """Return one thing to tell, with the key that leads to it at the right edge."""
    left = line(label, " " * (LABEL + 2 - label.cell_length), told)
    press = Style.from_meta({"@click": f"app.simulate_key({key!r})"})
    return spread(left, say(key, f"bold {ACCENT}").stylize(press), width)


def corrected(number: int, width: int) -> Content:
    """Return how many cards are asked again since their keys were corrected."""
    told = f"{count(number, 'key')} corrected: asked again"
    label = say("! Corrected" if width >= NARROW else "!", AMBER)
    return line(label, " " * max(1, LABEL + 2 - label.cell_length if width >= NARROW else 1), say(told))


def unsafe(seen: Overview, today: date, width: int) -> Content:
    """Return how many questions are unsafe, and when the first of them can be proved."""
    number, first = len(seen.unsafe), min(case.due for case in seen.unsafe.values())
    day = weekday_words(first) if first > today else "now"
    is_narrow = width < NARROW
    label = say("! Unsafe" if width < 60 else "! Unsafe now", f"bold {AMBER}")
    proof = f"first proof {day}"
    told = line(say(str(number) if width < 60 else count(number, "question")), say(f"   {proof}", MUTED))
    return notice(label, say(str(number)) if is_narrow else told, "d", width)


def exam(when: str, expected: str, width: int) -> Content:
    """Return when the next exam is, and what is expected of it, as far as there is room."""
    room = width - LABEL - 5
    beside = next((words for words in (expected, expected.partition(",")[0]) if cells(when + words) + 3 <= room), "")
    told = line(say(cut(when, room)), say(f"   {beside}" if beside else "", MUTED))
    return notice(say("  Exam", MUTED), told, "e", width)


def fitting_words(told: Fitting, width: int) -> str:
    """Return how far a fit of the model of memory is, or that it could be made."""
    if told.lines:
        return "fitted: what changed" if told.is_kept else "what the fit came to"
    share = percent(told.share)
    whole = f"can be fitted to {count(told.reviews, 'answer')}" if told.reviews else f"being fitted to you: {share}"
    return whole if cells(whole) + LABEL + 5 <= width else "can be fitted" if told.reviews else f"fitting {share}"


def mixed_up(confusions: Sequence[Confusion], decks: Sequence[Deck], width: int) -> Content:
    """Return the most frequent open confusion, and how many others there are."""
    confusion, others = confusions[0], len(confusions) - 1
    often, more = f"  {confusion.count}×", f"   and {others} more" if others else ""
    room = width - LABEL - 2 - 3
    whole = pair(confusion, decks, room)
    if whole.plain.count("…"):
        whole, often, more = say(count(len(confusions), "pair")), "", ""
    beside = next((words for words in (often + more, often) if whole.cell_length + cells(words) <= room), "")
    return notice(say("  Mixed up", MUTED), line(whole, say(beside, MUTED)), "d", width)


def names_of(confusion: Confusion, decks: Sequence[Deck]) -> tuple[str, str]:
    """Return the names of the two things that were taken for each other."""
    from sciaquiz.deck.concepts import name_of, short_name

    one, other = (short_name(name_of(decks, concept)) for concept in sorted(confusion.pair))
    return one, other


def pair(confusion: Confusion, decks: Sequence[Deck], room: int) -> Content:
    """Return the two things that were taken for each other, in no more than so many cells."""
    one, other = names_of(confusion, decks)
    room -= len(" ⇄ ")
    if cells(one) + cells(other) > room:
        one, other = one.partition(", ")[0], other.partition(", ")[0]
    one, other = in_room(one, other, room)
    return line(one, say(" ⇄ ", FAINT), other)


def picture(seen: Overview, answers_by_day: Mapping[date, int], today: date, width: int, rows: int) -> Content:
    """Return the days behind and ahead, with a line above that says how many in a row."""
    from sciaquiz.tui.widgets.days import days_picture, legend

    words = [f"{count(seen.streak, 'day')} in a row"] if seen.streak else []
    words += [f"{seen.done_today} answered today"] if seen.done_today else []
    words += [f"{duration_words(seen.minutes_a_day)} a day"] if seen.minutes_a_day else []
    title = spread(
        say(", ".join(words), MUTED),
        legend(("answered", ACCENT_DIM), ("planned" if seen.catch_up else "due", GHOST)),
        width,
    )
    return lines([title, *days_picture(answers_by_day, today, seen.days_ahead, width, rows)])


def first_day() -> Content:
    """Return the little that there is to know before the first answer, and what can be done before it."""
    parts: list[Content | str] = [say("All you need", FAINT)]
    parts += [_key_row(key, words) for key, words in FIRST_STEPS]
    parts += ["", say("Before you begin", FAINT), *(_key_row(key, words) for key, words in BEFORE)]
    return lines(parts)


def _key_row(key: str, words: str) -> Content:
    return line(say(f"{key:<10}", f"bold {ACCENT}"), say(words, MUTED))


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
    when = "tomorrow" if place == 0 else f"on {WEEKDAYS[day.weekday()] if place < 7 else weekday_words(day)}"
    return f"{count(forecast[place], 'card')} {when}."
