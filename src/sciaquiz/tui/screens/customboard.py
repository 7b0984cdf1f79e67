"""What the custom sitting draws: its first row, presets, lists side by side or below each other, and the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from textual.style import Style

from sciaquiz.study.query import Field, Is
from sciaquiz.study.querying import FIELD, WORD
from sciaquiz.text import cells, cut
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, AMBER, CHIP, FAINT, LINE, MUTED, chip, line, lines, say, spread
from sciaquiz.view.choosing import STATES, Part
from sciaquiz.words import count

if TYPE_CHECKING:
    from textual.content import Content

    from sciaquiz.view.choosing import Board, Row

COLUMN_GAP = 3
WIDE = 92
"""Cells from which it is shown how the questions spread over the decks, and which come first."""
NARROW = 68
"""Cells from which the lists stand side by side."""
FIRSTS = 3
MOST_DECKS = 6
FEWEST_ROWS = 3
LARGER = 0.62
"""The share of a column that its first list may take."""
TITLE = "Custom sitting"


class Drawn(Struct, frozen=True):
    """The lines of the lists, and in which of them the cursor is."""

    content: Content
    cursor: int


def head(board: Board, minutes: int, width: int) -> Content:
    """Return how many questions are asked and how long that takes, with the chip that starts them, off for none."""
    left = say(TITLE, f"bold {ACCENT}")
    if board.asked or board.found.counts:  # else nothing is counted yet
        number, *words = count(board.asked, "question").split(" ")
        left = line(left, "   ", say(number, f"bold {ACCENT}"), say(f" {' '.join(words)}", "bold"))
    if board.asked:
        timed = line(left, say(f"   about {minutes} min", MUTED))
        start = _clicked(chip("⏎", "start"), "screen.start")
        left = timed if timed.cell_length + 2 + start.cell_length <= width else left
    else:
        start = say(" ⏎  start ", FAINT)
    return spread(left, start, width)


def presets(board: Board, width: int) -> Content:
    """Return the presets that have room, each with its digit; the one that is chosen stands out."""
    here = board.preset()
    drawn = line()
    for place, preset in enumerate(board.all_presets()):
        digit, is_here = str(place + 1), place == here
        words = line(say(f" {digit}", f"bold {ACCENT}"), say(f" {preset.name} ", "bold" if is_here else MUTED))
        words = words.stylize(CHIP) if is_here else words
        if drawn.cell_length + 1 + words.cell_length > width:
            break
        drawn = line(drawn, " " if drawn.plain else "", _clicked(words, f"screen.preset({place})"))
    return drawn


def query_line(text: str) -> Content:
    """Return the line that says it all, the names of its fields muted."""
    parts = [say("/ ", f"bold {ACCENT}")]
    for place, found in enumerate(WORD.finditer(text)):
        word = found[0]
        named = FIELD.match(word, word.startswith("-"))
        at = named.end() if named else 0
        parts += [say(" " if place else ""), say(word[:at], MUTED), say(word[at:])]
    return line(*parts)


def body(board: Board, width: int, height: int, hint: str) -> Drawn:
    """Return the lists in so many cells and rows; where they stand below each other, as many rows as they need."""
    if width < NARROW:
        return _below_each_other(board, width, hint)
    column = (width - 2 * COLUMN_GAP) // 3
    last = width - 2 * (column + COLUMN_GAP)
    first = _stacked(board, (Part.DECKS, Part.TOPICS), column, height)
    second = _stacked(board, (Part.STATES, Part.KINDS), column, height)
    third = [*_listed(board, Part.SITTING, last, height), *_told(board, last, height - 7, hint, is_wide=width >= WIDE)]
    rows = []
    for place in range(max(len(first), len(second), len(third))):
        cells_of = [column[place] if place < len(column) else line() for column in (first, second, third)]
        rows.append(line(_padded(cells_of[0], column), "   ", _padded(cells_of[1], column), "   ", cells_of[2]))
    return Drawn(lines(rows[:height]), 0)


def _below_each_other(board: Board, width: int, hint: str) -> Drawn:
    rows: list[Content] = []
    cursor = 0
    for part in Part:
        if rows:
            rows.append(line())
        if part is board.part:
            cursor = len(rows) + 1 + board.place
        rows += _listed(board, part, width, len(board.rows(part)) + 1)
    return Drawn(lines([*rows, *_told(board, width, 99, hint, is_wide=False)]), cursor)


def _stacked(board: Board, parts: tuple[Part, Part], width: int, height: int) -> list[Content]:
    """Return two lists below each other; each has its share of the rows, and takes what the other leaves."""
    room = height - 3
    above, below = (len(board.rows(part)) for part in parts)
    first = above if above <= max(FEWEST_ROWS, room * LARGER) else max(FEWEST_ROWS, room - below, room // 2)
    return [
        *_listed(board, parts[0], width, first + 1),
        line(),
        *_listed(board, parts[1], width, max(FEWEST_ROWS, room - first) + 1),
    ]


def _listed(board: Board, part: Part, width: int, height: int) -> list[Content]:
    """Return the name of a list and its rows around the cursor, with how many more there are."""
    rows, room, place = board.rows(part), max(1, height - 1), board.place_in(part)
    name = say(part.value, FAINT)
    is_front = part is board.part
    if len(rows) <= room:
        return [name, *(_row(row, part, at, width, is_front and at == place) for at, row in enumerate(rows))]
    room -= 1
    start = max(0, min(place - room + 1, len(rows) - room))
    shown = [_row(rows[at], part, at, width, is_front and at == place) for at in range(start, start + room)]
    return [name, *shown, say(f"  {len(rows) - room} more", FAINT)]


def _row(row: Row, part: Part, place: int, width: int, is_here: bool) -> Content:
    if row.is_ticked is None:
        drawn = spread(say(row.words, MUTED), say(row.right), width)
    else:
        sign = say("✓ ", ACCENT) if row.is_ticked else say("· ", FAINT)
        style = "" if row.is_ticked else MUTED
        words = cut(row.words, width - 4 - cells(row.right))
        drawn = spread(line(sign, say(words, style)), say(row.right, style), width)
    drawn = _clicked(drawn, f"screen.row({part.name!r}, {place})")
    return _padded(drawn, width).stylize(CHIP) if is_here else drawn


def _told(board: Board, width: int, room: int, hint: str, *, is_wide: bool) -> list[Content]:
    """Return what matches and what the answers do, as much as there is room for."""
    total = board.found.total
    does = [line(), *_wrapped(board.choice.consequence, width, MUTED)]
    if not total:
        return [line(), *_wrapped(hint, width, AMBER), *does] if hint else does
    if not is_wide:
        return [line(), *_wrapped(matching_words(board), width, MUTED), *does]
    match = f"{count(total, 'question')} {'matches' if total == 1 else 'match'}"
    found = [line(), say(match, "bold"), *_spread_over_decks(board, width)]
    if board.found.firsts and len(found) + 2 + 2 * len(board.found.firsts) + len(does) <= room:
        found += [line(), say("You would be asked first", "bold")]
        for first in board.found.firsts:
            found += _wrapped(first, width - 2, "", most=2, sign="· ")
    return found + does


def matching_words(board: Board) -> str:
    """Return how many match, and of several states how many of each."""
    total, counts = board.found.total, board.found.counts.get(Field.IS, {})
    ticked = [state for state in board.choice.query.ticked(Field.IS) if counts.get(state)]
    match = f"{total} {'matches' if total == 1 else 'match'}"
    if len(ticked) < 2:
        return f"{match}."
    return f"{match}: {', '.join(f'{counts[state]} {STATES[Is(state)]}' for state in ticked)}."


def _spread_over_decks(board: Board, width: int) -> list[Content]:
    """Return a bar for each deck that has any of what matches."""
    counts = board.found.counts.get(Field.DECK, {})
    ticked = board.choice.query.ticked(Field.DECK)
    listed = ticked or board.vocabulary.decks
    decks = [name for name in board.vocabulary.decks if counts.get(name) and name in listed][:MOST_DECKS]
    if len(decks) < 2:
        return []
    titles = {name: cut(board.vocabulary.decks[name], width // 2 - 3) for name in decks}
    longest = max(map(cells, titles.values()))
    most = len(str(max(counts[name] for name in decks)))
    room, whole = width - longest - most - 5, sum(counts[name] for name in decks)
    rows = []
    for name in decks:
        full = max(1, round(room * counts[name] / whole))
        bar = line(say("━" * full, ACCENT_DIM), say("─" * (room - full), LINE))
        title = titles[name]
        rows.append(line(title, " " * (longest - cells(title) + 3), bar, "  ", f"{counts[name]:>{most}}"))
    return rows


NARROWEST = 8
"""Cells in which anything is wrapped: a terminal may have fewer."""


def _wrapped(text: str, width: int, style: str, most: int = 9, sign: str = "") -> list[Content]:
    from textwrap import wrap

    rows = wrap(text, max(NARROWEST, width), max_lines=most, placeholder=" …")
    marks = [say(sign if not place else " " * len(sign), FAINT) for place in range(len(rows))]
    return [line(mark, say(row, style)) for mark, row in zip(marks, rows, strict=True)]


def _padded(content: Content, width: int) -> Content:
    return line(content, " " * max(0, width - content.cell_length))


def _clicked(content: Content, action: str) -> Content:
    return content.stylize(Style.from_meta({"@click": action}))
