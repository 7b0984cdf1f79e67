"""The table of decks, and of topics, on Home: what waits and how much is known, in as many columns as have room.

Widths are in cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.text import cells, cut
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, AMBER, FAINT, LINE, MUTED, line, say
from sciaquiz.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from sciaquiz.catalogue.standing import TopicStanding
    from sciaquiz.insight.overview import DeckRow, Standing

FULL, BARE = "━", "─"
LEAST_NAME = 16
LEAST_BAR, FAIR_BAR, WIDEST_BAR, MOST_OF_BAR = 6, 12, 40, 0.3
"""Of a bar: the fewest cells, what it keeps before a column is added, and the most, also as a share of the width."""
BESIDE_BAR = 4
DUE, LEARNING, NEW, UNSEEN, SHARE, OF = 4, 10, 6, 8, 6, 6
"""The widths of the columns of numbers, with the blank cells before them."""


class Columns(Struct, frozen=True):
    """The columns of a table in lines of `width` cells; a width of 0 leaves a column out."""

    width: int
    learning: int = 0
    unseen: int = 0
    bar: int = 0
    of: int = 0

    @property
    def name(self) -> int:
        """What is left for the name."""
        beside = BESIDE_BAR + self.bar if self.bar else 2
        return self.width - DUE - self.learning - NEW - self.unseen - beside - SHARE - self.of


def columns(width: int, longest: int, *, is_learning: bool, cards: int = 0) -> Columns:
    """Choose the columns for names of at most so many cells and so many cards: the least needed is left out first."""
    of = max(OF, len(str(cards)) + 2)
    name = max(LEAST_NAME, min(longest + 1, width // 2))
    most = min(int(width * MOST_OF_BAR), WIDEST_BAR)
    for learning, unseen, least in ((LEARNING, UNSEEN, FAIR_BAR), (LEARNING, 0, LEAST_BAR), (0, 0, LEAST_BAR)):
        learning = learning if is_learning else 0
        room = width - name - DUE - learning - NEW - unseen - BESIDE_BAR - SHARE - of
        if room >= least:
            return Columns(width, learning, unseen, min(most, room), of)
    whole = Columns(width, of=of)
    return whole if whole.name >= name else Columns(width)


def head(shown: Columns, title: str, more: str = "") -> Content:
    """Return the heads of the columns; what more there is of the title only where it fits."""
    title = title + more if cells(title + more) < shown.name else cut(title, shown.name - 1)
    known = "known now" if shown.bar >= len("known now") else "known"
    bar = f"{'':{BESIDE_BAR}}{known:<{shown.bar + SHARE}}" if shown.bar else f"{'known':>{SHARE + 2}}"
    words = (
        f"{title}{' ' * (shown.name - cells(title))}{'due':>{DUE}}{_cell('learning', shown.learning)}{'new':>{NEW}}"
        f"{_cell('unseen', shown.unseen)}{bar}{_cell('of', shown.of)}"
    )
    return say(words, FAINT)


def row(shown: Columns, name: str, standing: Standing, style: str = "") -> Content:
    """Return how some cards stand."""
    mark = f" !{standing.unsafe}" if standing.unsafe else ""
    if mark and cells(name) + len(mark) + 3 <= shown.name:
        mark = f"  ! {standing.unsafe}"
    title = cut(name, shown.name - len(mark) - 1)
    parts: list[Content | str] = [
        say(title, style), say(mark, f"bold {AMBER}"), " " * (shown.name - cells(title) - len(mark)),
        _number(standing.due, DUE), _number(standing.learning, shown.learning), _number(standing.new, NEW),
        say(_cell(standing.unseen or "·", shown.unseen), MUTED),
        " " * (BESIDE_BAR if shown.bar else 2), bar(standing.known, standing.met, shown.bar),
        say(percent(standing.known).rjust(SHARE), style), say(_cell(standing.cards, shown.of), MUTED),
    ]  # fmt: skip
    return line(*parts)


def weakest_first(topics: Iterable[TopicStanding]) -> list[TopicStanding]:
    """Return topics, those first of which the least is known now; what was never met comes last."""
    return sorted(
        topics,
        key=lambda topic: (topic.unseen == topic.cards, topic.recalled / topic.cards, -topic.cards, topic.name),
    )


def topic_row(shown: Columns, topic: TopicStanding) -> Content:
    """Return how a topic stands."""
    from sciaquiz.insight.overview import Standing

    standing = Standing(
        due=topic.due, new=topic.new, learning=topic.learning_today, unseen=topic.unseen, cards=topic.cards,
        known=topic.recalled / topic.cards, unsafe=topic.unsafe,
    )  # fmt: skip
    return row(shown, topic.name, standing)


def bar(known: float, met: float, width: int) -> Content:
    """Return a bar: what is known now, what was met and is not, and what was never seen. Both are shares, 0..1."""
    full = round(known * width)
    dim = max(full, round(met * width)) - full
    return line(say(FULL * full, ACCENT), say(FULL * dim, ACCENT_DIM), say(BARE * (width - full - dim), LINE))


def longest(rows: Iterable[DeckRow]) -> int:
    """Return the cells of the longest title of a deck, with its mark."""
    return max((cells(row.deck.title) + (len("  ! 0") if row.unsafe else 0) for row in rows), default=0)


def _number(number: int, width: int) -> Content:
    return say(_cell(number or "·", width), "bold" if number else FAINT)


def _cell(value: object, width: int) -> str:
    return f"{value:>{width}}" if width else ""
