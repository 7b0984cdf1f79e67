"""The body of Home: the lists that the cursor moves in, what stands above and below them, and the pane beside them."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static
from textual.widgets.option_list import Option

from sciaquiz.insight.recent import NOTHING_DONE
from sciaquiz.tui.screens.front import WIDEST
from sciaquiz.tui.text import MUTED, lines
from sciaquiz.tui.widgets.vimlist import VimList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.geometry import Size

    from sciaquiz.catalogue.standing import TopicStanding
    from sciaquiz.deck.model import Deck
    from sciaquiz.insight.beside import Break, Case
    from sciaquiz.insight.overview import Overview
    from sciaquiz.insight.recent import Recent
    from sciaquiz.insight.ways import Offer
    from sciaquiz.journal.snapshot import Habits
    from sciaquiz.study.confusions import Confusion
    from sciaquiz.tui.screens.homepage import Known
    from sciaquiz.tui.screens.homepane import Block

MARGIN, GAP = 2, 2
NARROWEST = 36
PANES = ((150, 62), (100, 44))
"""From how many columns on there is a pane, and how wide it is."""
TALL, WITH_CALENDAR = 34, 44
AROUND = 4
"""Rows of the terminal that are not the page: the places and the keys, each with a blank one."""
MOST_ROWS, MOST_ROWS_TALL = 4, 6
"""Of the picture of days."""
FEWEST_ROWS = 2
FEWEST_DECKS = 3
"""In sight, however much there is to tell."""
NO_PICTURE = 60
MOST_TOPICS = 8


class Mode(Enum):
    """What Home is about: the decks of the day, other ways to study, or the return after a break."""

    DAY = auto()
    WAYS = auto()
    BREAK = auto()


class Told(Struct, frozen=True, kw_only=True):
    """All that Home draws. `topics` are those of the deck called `topics_of`; `again` is how the questions begin that
    were answered wrong today, `week` what the last seven days came to and `done` what today did."""

    seen: Overview
    habits: Habits
    today: date
    decks: Sequence[Deck]
    mode: Mode = Mode.DAY
    ways: Sequence[Offer] = ()
    comeback: Break | None = None
    topics: Sequence[TopicStanding] = ()
    topics_of: str = ""
    cases: Sequence[Case] = ()
    mixed_up: Sequence[Confusion] = ()
    week: Recent = NOTHING_DONE
    done: Recent = NOTHING_DONE
    again: Sequence[str] = ()
    has_pane: bool = True

    @property
    def offers(self) -> Sequence[Offer]:
        """The ways to choose from."""
        return self.comeback.offers if self.mode is Mode.BREAK and self.comeback else self.ways


class DeckList(VimList):
    """The decks; Enter studies all of them, wherever the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.study_all", "study all", show=False, tooltip="Study what waits in all decks")
    ]


class TopicList(VimList):
    """The topics of the deck under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.study_all", "study all", show=False, tooltip="Study what waits in all decks")
    ]


class WayList(VimList):
    """Ways to study, in groups with a name above each."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "go", tooltip="Take the way under the cursor")]

    def show_ways(self, offers: Sequence[Offer], width: int) -> None:
        """Show these ways, with the cursor where it was."""
        from sciaquiz.tui.screens.homeways import group_head, way_row

        at = self.way
        rows: list[Option] = []
        longest, group = max((len(offer.title) for offer in offers), default=0), ""
        for place, offer in enumerate(offers):
            if offer.group != group:
                rows += [Option("", disabled=True)] if group else []
                rows += [Option(group_head(offer.group, width), disabled=True)] if offer.group else []
                group = offer.group
            rows.append(Option(way_row(place + 1, offer, width, longest), id=str(place)))
        self.set_options(rows)
        if offers:
            self.highlighted = self.get_option_index(str(min(at or 0, len(offers) - 1)))

    @property
    def way(self) -> int | None:
        """The place of the way under the cursor."""
        option = self.highlighted_option
        return int(option.id) if option is not None and option.id else None


def way_rows(offers: Sequence[Offer]) -> int:
    """Return the rows that a list of ways takes, with the names of the groups and the blank rows between them."""
    groups = list(dict.fromkeys(offer.group for offer in offers))
    return len(offers) + sum(map(bool, groups)) + len(groups) - 1


def page_width(size: Size, *, has_pane: bool) -> int:
    """Return the cells of a line beside the pane, in a terminal of this size."""
    pane = pane_width(size) if has_pane else 0
    return max(NARROWEST, min(WIDEST, size.width) - 2 * MARGIN - (pane + GAP if pane else 0))


def pane_width(size: Size) -> int:
    """Return the columns of the pane, 0 where there is none."""
    return next((width for least, width in PANES if size.width >= least), 0)


class HomeBody(Horizontal):
    """What stands between the places and the keys."""

    topics: Sequence[TopicStanding] = ()
    """The topics in the list."""
    _told: Told | None = None
    _known: Known | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page; the counts come a moment later."""
        with VerticalScroll(classes="page", id="home", can_focus=False):
            yield Static(id="today")
            yield DeckList(id="decks")
            yield WayList(id="ways")
            yield Static(id="total")
            yield TopicList(id="topics")
            yield Static(id="below")
        yield Static(id="pane", classes="pane")

    def on_mount(self) -> None:
        """Show the first frame without what is not known yet."""
        for name in ("ways", "topics", "pane"):
            self.query_one(f"#{name}").display = False
        for part in self.query(Static):
            part.auto_links = False  # else keys would be underlined in a colour of their own

    def say(self, words: Content) -> None:
        """Say something while nothing is counted yet."""
        self.query_one("#today", Static).update(words)

    @property
    def front(self) -> VimList:
        """The list that is to have the focus."""
        return self.query_one(WayList) if self.query_one(WayList).display else self.query_one(DeckList)

    @property
    def topic(self) -> TopicStanding | None:
        """The topic under the cursor, where the cursor is among the topics."""
        listed = self.query_one(TopicList)
        place = listed.highlighted
        return self.topics[place] if listed.has_focus and place is not None and place < len(self.topics) else None

    def show(self, told: Told, known: Known) -> None:
        """Draw everything for the room there is."""
        self._told, self._known, size = told, known, self.app.size
        shows_pane = self._show_pane(told, size)
        width = page_width(size, has_pane=shows_pane)
        is_day = told.mode is Mode.DAY
        ways, decks, topics = self.query_one(WayList), self.query_one(DeckList), self.query_one(TopicList)
        had_focus = self.screen.focused
        ways.display, decks.display = not is_day, is_day
        if is_day:
            self._show_day(told, known, width, size, shows_pane=shows_pane)
        else:
            self._show_ways(told, width, size)
        if had_focus is None or not had_focus.display:
            self.front.focus()
        if not topics.display and had_focus is topics:
            decks.focus()

    def _show_pane(self, told: Told, size: Size) -> bool:
        """Draw the pane, where there is room and something to tell."""
        pane, width = self.query_one("#pane", Static), pane_width(size)
        drawn = None
        if width and told.has_pane:
            from sciaquiz.tui.screens.homepane import pane as pane_of

            drawn = pane_of(self._blocks(told, width - 4), size.height - AROUND - 2)
        pane.display = bool(drawn and drawn.plain)
        self.set_class(bool(pane.display), "-paned")
        if drawn is not None and pane.display:
            pane.styles.width = width
            pane.update(drawn)
        return bool(pane.display)

    def _blocks(self, told: Told, width: int) -> list[Block]:
        from sciaquiz.tui.screens import homepane

        coming = homepane.coming(told.seen, told.today, width)
        if told.mode is Mode.BREAK:
            return homepane.break_blocks(told.seen, told.comeback, width) if told.comeback else []
        if told.mode is Mode.WAYS:
            return [*homepane.done_blocks(told.done, told.again, width), coming]
        week = homepane.recent(told.week, "Last seven days", width)
        unsafe = homepane.unsafe(told.cases, told.today, width)
        return [unsafe, homepane.mixed_up(told.mixed_up, told.decks, width), coming, week]

    def _show_day(self, told: Told, known: Known, width: int, size: Size, *, shows_pane: bool) -> None:
        from sciaquiz.tui.screens import homepage, hometable

        seen = told.seen
        gap = [""] * (2 if size.height >= TALL else 1)
        titles = [row.deck.title for row in seen.rows]
        head = [homepage.headline(seen, told.today, width)]
        notices = homepage.notices(known, seen, told.decks, told.today, width, all_of_it=not shows_pane)
        note_rows = notices.wrap(width) if notices.plain else []
        has_total = len(titles) > 1
        room = size.height - AROUND - 3 - has_total - (len(note_rows) + len(gap) if note_rows else 0)
        listed = min(len(titles), max(FEWEST_DECKS, room))
        bar = 1 if listed < len(titles) else 0
        shown = hometable.columns(
            width - bar, hometable.longest(seen.rows), is_learning=seen.learning > 0, cards=seen.all_decks.cards
        )
        self.query_one("#today", Static).update(lines([*head, "", hometable.head(shown, "Deck")] if titles else head))
        rows = [hometable.row(shown, row.deck.title, row) for row in seen.rows]
        total = [hometable.row(shown, "All decks", seen.all_decks, MUTED)] if has_total else []
        decks = self.query_one(DeckList)
        decks.styles.max_height = listed
        decks.show_rows(rows)
        left = room - listed
        below: list[Content | str] = [*(notices.split() if note_rows else [])]
        if homepage.is_first_day(seen):
            self._show_topics([], total)
            below = [*below, *(gap if below else []), homepage.first_day()]
            self._put_below(below, gap)
            return
        most_topics = min(MOST_TOPICS, left - MOST_ROWS - 2 - 2 * len(gap))
        self.topics = hometable.weakest_first(told.topics)[: max(0, most_topics)] if pane_width(size) else []
        topics = [hometable.topic_row(shown, topic) for topic in self.topics]
        heads: list[Content | str] = [*gap, hometable.head(shown, told.topics_of, " by topic")] if topics else []
        self._show_topics(topics, [*total, *heads])
        left -= len(topics) + len(heads)
        rows_left = left - 2 - len(gap)
        most = MOST_ROWS_TALL if size.height >= TALL else MOST_ROWS
        if rows_left >= FEWEST_ROWS and size.width > NO_PICTURE and seen.last_day is not None:
            drawn = homepage.picture(seen, told.habits.answers_by_day, told.today, width, min(most, rows_left))
            below += [*(gap if below else []), drawn]
            left -= min(most, rows_left) + 2 + len(gap)
        if size.height >= WITH_CALENDAR and left >= 7 + len(gap) and told.habits.answers_by_day:
            from sciaquiz.tui.widgets.heatmap import heatmap

            below += [*gap, heatmap(told.habits.answers_by_day, told.today, width)]
        self._put_below(below, gap)

    def _show_topics(self, topics: Sequence[Content], above: Sequence[Content | str]) -> None:
        total = self.query_one("#total", Static)
        total.display = bool(above)
        total.update(lines(above))
        listed = self.query_one(TopicList)
        listed.display = bool(topics)
        listed.show_rows(topics)

    def _put_below(self, below: list[Content | str], gap: list[str]) -> None:
        part = self.query_one("#below", Static)
        part.display = bool(below)
        part.update(lines([*gap, *below]))

    def _show_ways(self, told: Told, width: int, size: Size) -> None:
        from sciaquiz.tui.screens import homeways

        seen = told.seen
        if told.mode is Mode.BREAK:
            head = homeways.break_head(seen, told.comeback.days if told.comeback else 0, width)
        elif seen.due or seen.new:
            head = homeways.other_head(seen, width)
        else:
            head = homeways.done_head(seen, told.done, width)
        self.query_one("#today", Static).update(head)
        listed, rows = self.query_one(WayList), way_rows(told.offers)
        room = max(FEWEST_DECKS, size.height - AROUND - head.plain.count("\n") - 1)
        listed.styles.max_height = room
        listed.show_ways(told.offers, width - (rows > room))
        self._show_topics([], [])
        self.draw_below_ways()

    def draw_below_ways(self) -> None:
        """Draw what belongs to the way under the cursor: what it does, and the days with it."""
        from sciaquiz.tui.screens import homepage, homeways

        told, known, size = self._told, self._known, self.app.size
        if told is None or known is None:
            return
        shows_pane = bool(self.query_one("#pane").display)
        width = page_width(size, has_pane=shows_pane)
        gap: list[Content | str] = [*[""] * (2 if size.height >= TALL else 1)]
        at = self.query_one(WayList).way
        if at is None or at >= len(told.offers):
            self._put_below([], [])
            return
        offer = told.offers[at]
        used = (5 if told.mode is Mode.BREAK else 2) + way_rows(told.offers)
        left = size.height - AROUND - used
        below: list[Content | str] = homeways.says(offer, width)
        if below and not size.height >= TALL:
            gap = [""]
        left -= len(below) + len(gap)
        most = MOST_ROWS_TALL if size.height >= TALL else MOST_ROWS
        rows = min(most, left - 2 - (len(gap) if below else 0))
        if rows >= FEWEST_ROWS and size.width > NO_PICTURE:
            drawn = homeways.ways_picture(offer, told.seen, told.habits.answers_by_day, told.today, width, rows)
            below = [*below, *(gap if below else []), *drawn]
            left -= rows + 2 + len(gap)
        if size.height >= TALL and left >= len(told.seen.rows) + 2 + len(gap):
            below += [*gap, *self._whole_table(told, width)]
        notices = homepage.notices(
            known, told.seen, told.decks, told.today, width, all_of_it=False, with_limit=told.mode is Mode.WAYS
        )
        if notices.plain:
            below = [*notices.split(), *gap, *below]
        self._put_below(below, ["" for _ in gap])

    def _whole_table(self, told: Told, width: int) -> list[Content]:
        """Return the table of decks to look at: after a break with all that is due, whatever the daily limit."""
        from sciaquiz.tui.screens import hometable

        rows, whole = told.seen.rows, told.seen.all_decks
        if told.mode is Mode.BREAK:
            rows = tuple(replace(row, due=row.waiting, new=0) for row in rows)
            whole = replace(whole, due=whole.waiting, new=0)
        is_learning = told.seen.learning > 0
        shown = hometable.columns(width, hometable.longest(rows), is_learning=is_learning, cards=whole.cards)
        table = [hometable.head(shown, "Deck"), *(hometable.row(shown, row.deck.title, row) for row in rows)]
        return [*table, *([hometable.row(shown, "All decks", whole, MUTED)] if len(rows) > 1 else [])]
