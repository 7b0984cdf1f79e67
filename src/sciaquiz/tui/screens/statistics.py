"""Statistics: where the student stands, as pictures and numbers; each row opens its questions or is studied."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList

from sciaquiz.insight.scope import EVERYTHING, Period, Scope
from sciaquiz.study.choice import Choice
from sciaquiz.study.query import Field, Order, Query, text_of
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import statslists, statspage
from sciaquiz.tui.screens.front import WIDEST, PlacedScreen
from sciaquiz.tui.screens.homechoosing import ChoosingScreen
from sciaquiz.tui.screens.pages import ScrollingScreen
from sciaquiz.tui.screens.statslists import Entry, EntryList, row_at
from sciaquiz.tui.screens.statspage import Tab
from sciaquiz.tui.screens.statspane import topic_pane
from sciaquiz.tui.screens.statsreading import Reports, for_weeks
from sciaquiz.tui.text import MUTED, lines, say
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.keysline import SPACIOUS, KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.view.statistics import NONE_INSTALLED, with_answers
from sciaquiz.words import as_sentence

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import CardId
    from sciaquiz.insight.report import Report, Row
    from sciaquiz.tui.screens.statslists import Listed

AROUND = 5
"""Rows that are not the page: places, tabs, a blank row below each, and the keys."""
FEWEST_ROWS = 4
MOST_STUDIED = 20
MARGIN, GAP, SCROLL_BAR = 2, 3, 2
PANES = ((150, 76), (100, 62), (72, 36))
"""From how many columns on there is a pane beside the topics, and how wide it is."""
REST = 0.15
"""Seconds that the cursor rests on a topic before its answers are read."""
READING = "Reading your answers …"


class StatisticsScreen(ScrollingScreen[None], PlacedScreen[None]):
    """What answers came to, on four pages."""

    PLACE = "statistics"
    CSS_PATH = "statistics.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{number}", f"tab({tab.name!r})", tab.value, id=f"statistics.{tab.value.lower()}", show=False,
                    tooltip=f"{tab.value}: {what}")
            for number, (tab, what) in enumerate(
                (
                    (Tab.OVERVIEW, "what was remembered, how sure, the days"),
                    (Tab.TOPICS, "topics, kinds and decks, weakest first"),
                    (Tab.MEMORY, "what is known, and for how long"),
                    (Tab.MISTAKES, "what goes wrong, and why"),
                ),
                1,
            )
        ),
        Binding("enter", "open", "questions", id="statistics.open", tooltip="Look at the questions of the topic"),
        Binding("s", "study", "study these", id="statistics.study", tooltip="Study what is under the cursor"),
        Binding("c", "app.custom", "custom sitting", id="statistics.custom",
                tooltip="Choose how to study what is under the cursor"),
        Binding("right_square_bracket", "period(1)", "period", id="statistics.longer", tooltip="A longer period"),
        Binding("left_square_bracket", "period(-1)", id="statistics.shorter", show=False, tooltip="A shorter period"),
        Binding("right", "deck(1)", "deck", id="statistics.deck", tooltip="Only the next deck, or all"),
        Binding("left", "deck(-1)", id="statistics.deck-before", show=False, tooltip="Only the deck before, or all"),
        Binding("o", "only", "only this", id="statistics.only", tooltip="Only what is under the cursor"),
        Binding("d", "drill", "drill", id="statistics.drill", show=False, tooltip="What was mixed up"),
        Binding("u", "undo", "undo", id="statistics.undo", show=False, tooltip="Take back the last answer"),
        Binding("escape,q", "leave", "home", id="statistics.back", tooltip="Back to all decks, and then Home"),
    ]  # fmt: skip
    HELP = """\
A bar is where the share lies with 95% confidence; with fewer than ten answers there
is none. Remembered: of the first answers of a day to questions past learning, those
not rated Again. Young: an interval of less than 21 days. Predicted: the mean chance
of remembering just before.
"""

    def __init__(self, decks: Sequence[Deck]) -> None:
        super().__init__()
        self._decks = decks
        self._scope, self._period, self._tab = EVERYTHING, Period.MONTH, Tab.OVERVIEW
        self._reports = Reports()
        self._last: Report | None = None
        self._cursor: int | None = None
        self._listed: Listed = []
        self._read_so_far = READING

    def compose(self) -> ComposeResult:
        """Lay out the page; the numbers come a moment later."""
        yield PlacesLine(self.PLACE)
        yield Drawn(self._tabs, id="tabs")
        with VerticalScroll(classes="page", id="sections", can_focus=False):
            yield Drawn(self._sections, id="drawn")
        with Horizontal(classes="page", id="listed"):
            yield EntryList(id="entries")
            yield Drawn(id="pane", classes="pane")
        yield KeysLine()

    # What is read

    def on_screen_resume(self) -> None:
        """Read everything anew, at first and after something else was in front: answers may have come or gone."""
        self._reports.forget()
        self._read()

    def _read(self) -> None:
        self._by_the_way("read", self._read_now())

    def _by_the_way(self, group: str, work: Coroutine[object, object, None]) -> None:
        """Do something for which no key waits: they wait for the workers of the screen itself."""
        self.query_one("#drawn").run_worker(work, exclusive=True, group=group)

    @property
    def report(self) -> Report | None:
        """What is shown: what was read before as long as the numbers are not there."""
        return self._reports.get(self._scope, self._period) or self._last

    @tells_errors
    async def _read_now(self) -> None:
        self._last = await self._reports.fetch(self.app, self._scope, self._period, self._reading)
        if self.is_there:
            self.draw()
            self._look_beside()

    def _reading(self, done: int, of: int) -> None:
        """Show how far the first look at all answers has come."""
        if self.report is None and self.is_there:
            self._read_so_far = f"{READING} {done:,} of {of:,} questions"
            self.query_one("#drawn", Drawn).refresh()

    # What is drawn

    def on_mount(self) -> None:
        """Show the first page while nothing is read yet."""
        for part in self.query(Drawn):
            part.auto_links = False  # else keys would be underlined in a colour of their own
        self.query_one("#pane").display = False
        self._show_tab()

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self.draw()

    def draw(self) -> None:
        """Draw the page in front for the room there is."""
        self.query_one("#tabs", Drawn).show(self._tabs)
        report = self.report
        if self._tab in (Tab.OVERVIEW, Tab.MEMORY):
            self.query_one("#drawn", Drawn).show(self._sections)
        elif report is not None:
            entries = self.query_one(EntryList)
            width = max(20, self._list_width - SCROLL_BAR)
            if self._tab is Tab.TOPICS:
                self._listed = statslists.by_right(report, width)
            else:
                self._listed = statslists.mistakes(report, width)
            entries.show_entries(self._listed)
            self._draw_pane()
        self.refresh_bindings()

    def _tabs(self, width: int) -> Content:
        report = self._reports.get(self._scope, self._period)
        name = "" if self._scope == EVERYTHING else report.name if report is not None else "…"
        return statspage.tabs_line(self._tab, self._period, name, width)

    def _sections(self, width: int) -> Content:
        report = self.report
        if report is None:
            return say(self._read_so_far, MUTED)
        rows = max(FEWEST_ROWS, self.app.size.height - AROUND - (self.app.size.height >= SPACIOUS))
        if self._tab is Tab.MEMORY:
            return lines(statspage.memory(report, width, rows))
        return lines(statspage.overview(report, width, rows, self._cursor))

    def _show_tab(self) -> None:
        """Show what the page in front consists of."""
        is_list = self._tab in (Tab.TOPICS, Tab.MISTAKES)
        self.query_one("#sections").display, self.query_one("#listed").display = not is_list, is_list
        self.set_class(self._tab is Tab.TOPICS, "-topics")
        if is_list:
            self.query_one(EntryList).focus()
        else:
            self.set_focus(None)
            self.scrolling.scroll_home(animate=False)
        self.draw()

    @property
    def scrolling(self) -> VerticalScroll:
        """The part that scrolls."""
        return self.query_one("#sections", VerticalScroll)

    # The pane beside the topics

    @property
    def _list_width(self) -> int:
        """The cells of the list, beside the pane where there is one."""
        page = min(WIDEST, self.app.size.width) - 2 * MARGIN
        return page - self._pane_width - GAP if self._pane_width else page

    @property
    def _pane_width(self) -> int:
        """The cells of the pane, 0 where there is none."""
        if self._tab is not Tab.TOPICS:
            return 0
        return next((width for least, width in PANES if self.app.size.width >= least), 0)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._draw_pane()
        self._look_beside()
        self.refresh_bindings()

    def _draw_pane(self) -> None:
        pane, width, row = self.query_one("#pane", Drawn), self._pane_width, self._row
        report = None if row is None else self._reports.get(row.scope, self._period)
        weeks = None if row is None else self._reports.get(row.scope, for_weeks(self._period))
        if not width or row is None:
            pane.show(None)
            return
        pane.styles.width = width
        rows = self.app.size.height - AROUND - 1 - (0 if self.has_class("-normal") else 2)
        pane.show(lambda cells: topic_pane(row, report, weeks, cells, rows))

    def _look_beside(self) -> None:
        """Read what the pane shows of the row under the cursor, once the cursor rests."""
        if self._row is not None and self._pane_width:
            self._by_the_way("beside", self._look_at(self._row))

    @tells_errors
    async def _look_at(self, row: Row) -> None:
        await asyncio.sleep(REST)
        for period in {self._period, for_weeks(self._period)}:
            await self._reports.fetch(self.app, row.scope, period, self._reading)
        if self.is_there and self._row == row:
            self._draw_pane()

    # What is under the cursor

    @property
    def _row(self) -> Row | None:
        """The topic, kind or deck under the cursor."""
        if self._tab is Tab.OVERVIEW and self.report is not None and self._cursor is not None:
            rows = with_answers(self.report.topics)
            return rows[self._cursor] if self._cursor < len(rows) else None
        return self._entry.row if self._entry is not None else None

    @property
    def _entry(self) -> Entry | None:
        """The row of the list under the cursor."""
        is_list = self._tab in (Tab.TOPICS, Tab.MISTAKES)
        return row_at(self._listed, self.query_one(EntryList).place) if is_list else None

    @property
    def _query(self) -> Query | None:
        """What the row under the cursor means."""
        row = self._row
        return row.query if row is not None else self._entry.query if self._entry is not None else None

    def choice_from_here(self) -> Choice | None:
        """Return the questions of the row under the cursor; where there is no row, those of the scope."""
        is_on_row = self._row is not None or self._entry is not None
        query = self._query if is_on_row or self._scope == EVERYTHING else self._scope.query
        return None if query is None else Choice(replace(query, order=Order.WEAKEST, most=MOST_STUDIED))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with what is under the cursor."""
        match action:
            case "open" | "study":
                return self._query is not None
            case "only":
                return self._row is not None
            case _:
                return super().check_action(action, parameters)

    # Keys

    def action_tab(self, name: str) -> None:
        """Turn to a page."""
        self._tab = Tab[name]
        self._cursor = None
        self.query_one(EntryList).clear_options()
        self._show_tab()

    def action_period(self, by: int) -> None:
        """Look at a longer period, or a shorter one."""
        periods = list(Period)
        self._turn_to(self._scope, periods[max(0, min(periods.index(self._period) + by, len(periods) - 1))])

    def action_deck(self, by: int) -> None:
        """Look at the next deck only, the deck before, or at all; the first is the one under the cursor on Home."""
        home = self.app.screen_stack[0]
        first = home.deck_under_cursor if isinstance(home, ChoosingScreen) else None
        begins = self._decks.index(first) if first in self._decks else 0
        decks = [*self._decks[begins:], *self._decks[:begins]]
        scopes = [EVERYTHING, *(Scope(Field.DECK, deck.id) for deck in decks)]
        at = scopes.index(self._scope) if self._scope in scopes else 0
        self._turn_to(scopes[(at + by) % len(scopes)], self._period)

    def action_only(self) -> None:
        """Look at the topic, kind or deck under the cursor only."""
        row = self._row
        if row is not None:
            self._tab = Tab.OVERVIEW
            self._turn_to(row.scope, self._period)
            self._show_tab()

    def _turn_to(self, scope: Scope, period: Period) -> None:
        if (scope, period) != (self._scope, self._period):
            self._scope, self._period, self._cursor = scope, period, None
            self.draw()
            self._read()

    def action_scroll(self, by: int) -> None:
        """Move the cursor among the topics of the overview; scroll what does not fit."""
        rows = with_answers(self.report.topics) if self.report is not None and self._tab is Tab.OVERVIEW else []
        if self.scrolling.max_scroll_y or not rows:
            super().action_scroll(by)
        else:
            first = 0 if by > 0 else len(rows) - 1
            self._cursor = first if self._cursor is None else max(0, min(self._cursor + by, len(rows) - 1))
            self.draw()

    def action_leave(self) -> None:
        """Go back to all questions, where only some are looked at; else Home."""
        if self._scope == EVERYTHING:
            super().action_leave()
        else:
            self._turn_to(EVERYTHING, self._period)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Look at the card under the cursor, or at the questions of its row."""
        from sciaquiz.tui.screens.browse import BrowseScreen

        entry = self._entry
        if entry is not None and entry.card_id is not None:
            self._open_card(entry.card_id)
        elif self._query is not None:
            self.show(BrowseScreen(self._decks, text_of(self._query)))
        elif entry is not None:
            self.app.notify(NONE_INSTALLED, markup=False)

    @work(exclusive=True, group="open")
    @tells_errors
    async def _open_card(self, card_id: CardId) -> None:
        from sciaquiz.cardhistory import deck_of
        from sciaquiz.tui.screens.card import CardScreen

        card = await asyncio.to_thread(self.app.workspace.catalogue.card, card_id)
        deck = None if card is None else deck_of(self.app.workspace, card)
        if card is not None and deck is not None:
            self.show(CardScreen(card, deck))
        else:
            self.app.notify(as_sentence(self.app.workspace.gone_words(card_id)), markup=False)

    @work(exclusive=True, group="study")
    @tells_errors
    async def action_study(self) -> None:
        """Study the questions of the row under the cursor."""
        from sciaquiz.tui.choosing import begin

        choice = self.choice_from_here()
        if choice is not None:
            await begin(self.app, choice)

    def action_drill(self) -> None:
        """Look at what was mixed up, and drill it."""
        from sciaquiz.tui.screens.confusions import ConfusionsScreen

        self.show(ConfusionsScreen(self._decks))

    @work(exclusive=True, group="undo")
    @tells_errors
    async def action_undo(self) -> None:
        """Take back what was done last, on whichever day that was."""
        if await self.app.undo_last():
            self._reports.forget()
            self._read()
