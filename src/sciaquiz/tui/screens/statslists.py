"""The lists of Statistics: topics, kinds and decks; what went wrong. Each row opens its questions or is studied.

Widths are in cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual.binding import Binding
from textual.widgets.option_list import Option

from sciaquiz.insight.report import Verdict
from sciaquiz.text import cells, cut
from sciaquiz.tui.screens.statsblocks import bar_row
from sciaquiz.tui.signs import sign_of
from sciaquiz.tui.text import AMBER, FAINT, MUTED, line, say, spread
from sciaquiz.tui.widgets.barrows import bar_columns
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view import statistics
from sciaquiz.view.statistics import FIRST, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.ids import CardId
    from sciaquiz.insight.report import CardRow, Cards, Report, Row
    from sciaquiz.study.query import Query

MOVED = 6
"""Cells for what a week has moved."""
WITH_MOVED = 44
MOST_WORDED = 8
"""Rows of what is mixed up, and of topics of which the student is too sure."""
"""Cells of a row from which that is told."""
BESIDE = {
    **dict.fromkeys((Section.UNSAFE, Section.WEAKEST, Section.LEECHES, Section.TOO_SURE), "right"),
    Section.WHY_WRONG: "wrong answers",
    Section.MIXED_UP: "all: d",
}
"""What the numbers at the right are."""


class Entry(Struct, frozen=True):
    """A row: what it shows, the query that means its questions (None where none is installed), and its one card or its
    topic, kind or deck."""

    shown: Content
    query: Query | None
    card_id: CardId | None = None
    row: Row | None = None


Listed = list["Entry | Content"]
"""Rows, and between them heads and sentences."""


class EntryList(VimList):
    """Rows of which each opens its questions; heads between them cannot be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "questions", tooltip="Look at the questions of the row under the cursor"),
        Binding("right", "screen.deck(1)", "deck", show=False, tooltip="Only the next deck, or all"),
        Binding("left", "screen.deck(-1)", show=False, tooltip="Only the deck before, or all"),
    ]

    def show_entries(self, listed: Listed) -> None:
        """Show rows and heads, with the cursor in the place where it was, or on the first row."""
        at = self.place
        self.set_options(
            Option(each.shown, id=str(place)) if isinstance(each, Entry) else Option(each, disabled=True)
            for place, each in enumerate(listed)
        )
        places = [place for place, each in enumerate(listed) if isinstance(each, Entry)]
        if places:
            self.highlighted = at if at in places else places[0]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open a row only where there is one."""
        return self.place is not None if action == "select" else super().check_action(action, parameters)

    @property
    def place(self) -> int | None:
        """The place of the row under the cursor."""
        option = self.highlighted_option
        return int(option.id) if option is not None and option.id else None


def by_right(report: Report, width: int) -> Listed:
    """Return the topics, the kinds and the decks, each with how often it was right and what the week has moved."""
    listed: Listed = []
    every = ((Section.TOPICS, report.topics), (Section.KINDS, report.kinds), (Section.DECKS, report.decks))
    with_moved = width >= WITH_MOVED
    room = width - (MOVED if with_moved else 0)
    for name, rows in every:
        answered = statistics.with_answers(rows)
        if not answered:
            listed += [*_gap(listed), *_nothing(name, width)] if name is Section.TOPICS else []
            continue
        shown = bar_columns([bar_row(row) for row in answered], room, heads=("right", "of"))
        head = shown.head(name, FAINT, "right", "of", room)
        listed += [*_gap(listed), line(head, say("week".rjust(MOVED) if with_moved else "", FAINT))]
        for row in answered:
            moved = say(statistics.moved_words(row.moved).rjust(MOVED), MUTED) if with_moved else line()
            listed.append(Entry(line(shown.row(bar_row(row)), moved), row.query, row=row))
    return listed


def mistakes(report: Report, width: int) -> Listed:
    """Return what is unsafe and what is mixed up, where the student is too sure, which questions are hard, and why."""
    listed: Listed = []
    for name, found in (
        (Section.UNSAFE, list(_cards(report.unsafe, width))),
        (Section.MIXED_UP, [_entry("⇄", each, width) for each in _mixed_up(report)]),
        (Section.TOO_SURE, [_entry(*each, width) for each in _off_in_sureness(report)]),
        (Section.WEAKEST, list(_cards(report.hardest, width))),
        (Section.LEECHES, list(_cards(report.leeches, width))),
        (Section.WHY_WRONG, [_entry(" ", each, width) for each in _why_wrong(report)]),
    ):
        style = f"bold {AMBER}" if name is Section.UNSAFE and found else "bold"
        title = say(f"! {name}" if name is Section.UNSAFE and found else name, style)
        told = spread(title, say(BESIDE.get(name, "") if found else "", FAINT), width)
        listed += [*_gap(listed), told.split()[0], *(found or _nothing(name, width)[1:])]
    return listed


def _gap(listed: Listed) -> Listed:
    return [line()] if listed else []


def _nothing(name: Section, width: int) -> Listed:
    from textwrap import wrap

    return [say(name, FAINT), *(say(row, MUTED) for row in wrap(FIRST[name], max(10, width)))]


def _cards(cards: Cards, width: int) -> Iterator[Entry]:
    for card in cards.rows:
        yield card_entry(card, width)
    more = cards.total - len(cards.rows)
    if more > 0:
        yield Entry(say(f"  all {cards.total}", MUTED), cards.query)


def card_entry(card: CardRow, width: int) -> Entry:
    """Return a question in one line: what it has come to, how it begins, and how often it was right."""
    right = say(statistics.asked_words(card.right), MUTED)
    room = max(4, width - right.cell_length - 4)
    shown = spread(line(sign_of(card.standing), " ", cut(card.begins, room)), right, width)
    return Entry(shown, card.query, card.card_id)


Worded = tuple[str, str, "Query | None"]
"""What a row says at the left and at the right, and the query of its questions."""


def _entry(sign: str, worded: Worded, width: int) -> Entry:
    left, right, query = worded
    room = max(4, width - cells(right) - 4)
    shown = spread(line(say(sign, AMBER), " ", cut(left, room)), say(right, MUTED), width)
    return Entry(shown, query)


def _mixed_up(report: Report) -> list[Worded]:
    return [(statistics.mixed_up_words(pair), f"{pair.times}×", pair.query) for pair in report.mixed_up[:MOST_WORDED]]


def _off_in_sureness(report: Report) -> list[tuple[str, Worded]]:
    """Return the topics in which words of certainty are off, those of which the student is too sure with a sign."""
    rows = statistics.off_in_sureness(report)[:MOST_WORDED]
    return [
        ("!" if row.certainty.verdict is Verdict.OVER else " ",
         (row.name, statistics.sureness_words(row.certainty), row.query))
        for row in rows
    ]  # fmt: skip


def _why_wrong(report: Report) -> list[Worded]:
    log = report.misses
    return [(statistics.missed_words(each), f"{each.answers} of {log.wrong}", each.query) for each in log.reasons]


def row_at(listed: Sequence[Entry | Content], place: int | None) -> Entry | None:
    """Return the entry in a place of a list, None where there is none."""
    each = listed[place] if place is not None and place < len(listed) else None
    return each if isinstance(each, Entry) else None
