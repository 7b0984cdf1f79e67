"""Browse: find cards by a query, look at one, act on one or on several."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from sciaquiz.catalogue.matching import Matching
from sciaquiz.study.query import Query, text_of
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import browsing
from sciaquiz.tui.screens.acting import ActingScreen, act_bindings
from sciaquiz.tui.screens.cardlist import CardList
from sciaquiz.tui.screens.facets import LISTED, Facets
from sciaquiz.tui.screens.listed import PAGE, Listed
from sciaquiz.tui.screens.preview import Preview, PreviewPane, preview_of
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.queryline import QueryInput, QueryLine
from sciaquiz.tui.widgets.rowlist import RowList
from sciaquiz.view.finding import none_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.timer import Timer

    from sciaquiz.catalogue.matching import Row
    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.entries import CardState
    from sciaquiz.study.choice import Choice

MANY = 5_000
PAUSE = 0.15
"""Of so many cards those that match are looked for once the typing pauses for so many seconds."""


class BrowseScreen(ActingScreen):
    """All cards, or those that a query means."""

    CSS_PATH = "browse.tcss"
    AUTO_FOCUS = "CardList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "answer", "answer", id="browse.answer", tooltip="Show the answer, or hide it"),
        Binding("s", "study", "study these", id="browse.study", tooltip="Study what is listed, or what is marked"),
        Binding("c", "app.custom", "custom sitting", id="browse.custom", tooltip="Choose how to study what is listed"),
        Binding("slash", "query", "query", id="browse.search", tooltip="Say which cards: words, or deck: topic: is:"),
        *act_bindings("browse"),
        Binding("p", "pane", "pane", show=False, id="browse.pane", tooltip="Hide the question beside the list"),
        Binding("escape,q", "leave", "home", id="browse.back", tooltip="Back"),
    ]

    def __init__(self, decks: Sequence[Deck], text: str = "") -> None:
        super().__init__()
        self._decks = {deck.id: deck for deck in decks}
        self._text = text
        self._asks = False
        self._matching: Matching | None = None
        self._query = Query()
        self._listed = Listed()
        self._all = 0
        self._preview: Preview | None = None
        self._shows_answer = False
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine(self.PLACE)
        with Vertical(classes="page"):
            yield QueryLine(self._text)
            with Horizontal(id="body"):
                yield Facets(id="facets")
                with Vertical(id="found"):
                    yield Drawn(self._draw_head, id="head")
                    yield CardList(self._row, id="cards")
                yield PreviewPane(id="preview")
        yield KeysLine()

    @property
    def query_line(self) -> QueryLine:
        """The line with the query."""
        return self.query_one(QueryLine)

    @property
    def cards(self) -> CardList:
        """The list of cards."""
        return self.query_one(CardList)

    def ask(self) -> None:
        """Put the cursor into the query, at once or when it is there."""
        if self.is_mounted:
            self.action_query()
        else:
            self._asks = True

    # Finding

    def on_mount(self) -> None:
        """Read what the journal has of the cards now, and find those that are asked for."""
        if self._asks:
            self.action_query()
        self._begin()

    @work(exclusive=True, group="begin")
    @tells_errors
    async def _begin(self) -> None:
        matching = await self._read_states()
        if not self._text:
            await self._find()
        self.query_line.vocabulary = await asyncio.to_thread(matching.vocabulary)
        self._all = await asyncio.to_thread(matching.total, Query())
        if not self.is_there:
            return
        self.query_line.draw()
        if self._text:
            self._query = self.query_line.parsed().query
            await self._find()
        self._look()

    async def _read_states(self) -> Matching:
        await self.app.snapshot()
        workspace = self.app.workspace
        matching = Matching(workspace.catalogue, workspace.clock.now(), workspace.settings.leech_lapses, workspace.fits)
        self._matching = matching
        return matching

    @on(QueryLine.Changed)
    def _typed(self) -> None:
        """Find what is typed: at once, or where that takes longer than a key may when the typing pauses."""
        if self._pause is not None:
            self._pause.stop()
        if self._all < MANY:
            self._look()
        else:
            self._pause = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        """Find what the line means; while something in it means nothing, the list stays."""
        parsed = self.query_line.parsed()
        self._show_head()
        if not parsed.faults and parsed.query != self._query:
            self._query = parsed.query
            self._shows_answer = False
            self._search()

    @work(exclusive=True, group="look")
    @tells_errors
    async def _search(self) -> None:
        await self._find()

    async def _find(self) -> None:
        """Find what matches and show it; of all cards the first page, the rest by a worker for which no key waits."""
        matching, query = self._matching, self._query
        if matching is None:
            return
        most = PAGE if query == Query() else -1
        nums = await asyncio.to_thread(matching.nums, query, 0, most)
        rows = await asyncio.to_thread(matching.rows, nums[:PAGE])
        hint = "" if nums else none_words(await asyncio.to_thread(matching.ways_out, query))
        if not self.is_there or query != self._query:
            return
        self._listed = Listed(nums, len(nums) != most, hint, rows)
        self.cards.show(len(nums), 0)
        self._show_head()
        self._peek()
        self._read_rest()

    def _read_rest(self) -> None:
        """Read what has to look at all cards."""
        if self._matching is not None:
            self.cards.do_by_the_way(partial(self._find_rest, self._matching, self._query))

    @tells_errors
    async def _find_rest(self, matching: Matching, query: Query) -> None:
        if not self._listed.is_whole:
            nums = await asyncio.to_thread(matching.nums, query)
            if not self.is_there or query != self._query:
                return
            self._listed.nums, self._listed.is_whole = nums, True
            self.cards.show(len(nums))
            self._show_head()
        if self.has_class("-huge"):
            counts = {name: await asyncio.to_thread(matching.counts, query, name) for name in LISTED}
            if self.is_there and query == self._query:
                self.query_one(Facets).show(query, counts, self.query_line.vocabulary)

    # Rows

    @on(RowList.Scrolled)
    def _scrolled(self) -> None:
        """Read the rows that came into sight."""
        if any(self._listed.row(place) is None for place in self.cards.in_sight):
            self._read_rows()

    @work(exclusive=True, group="rows")
    @tells_errors
    async def _read_rows(self) -> None:
        if self.is_there:
            await self._fill()

    async def _fill(self) -> None:
        """Read the rows in sight and those around them that are not known; forget those far away."""
        sight = self.cards.in_sight
        missing = self._listed.missing(sight)
        if self._matching is not None and missing:
            rows = await asyncio.to_thread(self._matching.rows, missing)
            if not self.is_there:
                return
            if len(rows) < len(missing):  # decks were read anew meanwhile
                self._search()
                return
            self._listed.take(rows, sight)
        self.cards.refresh()
        self._peek()

    def look_again(self) -> None:
        """Read and show what has become of the cards; the list stays as it is until something else is looked for."""
        if self._matching is not None:
            self._reread()

    def on_screen_resume(self) -> None:
        """Look again after something else was in front."""
        self.look_again()

    @work(exclusive=True, group="rows")
    @tells_errors
    async def _reread(self) -> None:
        await self._read_states()
        if self.is_there:
            self._listed.rows = {}
            await self._fill()

    def _row(self, place: int, width: int) -> Content | None:
        """Draw a row of the list, if it is known by now."""
        row = self._listed.row(place)
        if row is None or self._matching is None:
            return None
        return browsing.row_line(row, self._matching.now, width, is_marked=self._listed.is_marked(place))

    @property
    def _current(self) -> Row | None:
        return self._listed.row(self.cards.cursor)

    # What is beside the list

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._shows_answer = False
        self._scrolled()
        self._peek()

    @work(exclusive=True, group="peek")
    @tells_errors
    async def _peek(self) -> None:
        """Read the question under the cursor and what was answered to it, and show both."""
        row = self._current
        if row is None or self._matching is None:
            self._preview = None
        elif not self.has_class("-narrow"):
            card = await asyncio.to_thread(self.app.workspace.catalogue.card, row.card_id)
            if card is None:
                return
            from sciaquiz.cardhistory import answers_and_texts

            entries, texts = await self.app.journal.call(partial(answers_and_texts, card=card))
            if row is not self._current or not self.is_there:
                return
            fits, case = self.app.workspace.fits, self.app.workspace.case_of(card.question)
            deck = self._decks.get(card.question.deck_id)
            self._preview = preview_of(row, card, entries, texts, self._matching.now, fits, case, deck)
        if self.is_there:
            self._show_preview()

    def _show_preview(self) -> None:
        if self._matching is not None:
            pane = self.query_one(PreviewPane)
            pane.show(self._preview, self._matching.now, shows_answer=self._shows_answer)

    def _draw_head(self, width: int) -> Content:
        faults = self.query_line.parsed().faults
        return browsing.head_line(self._listed, self._all, self._query, faults[0].message if faults else "", width)

    def _show_head(self) -> None:
        self.query_one("#head").refresh()

    @on(Facets.Ticked)
    def _ticked(self, event: Facets.Ticked) -> None:
        self.query_line.put(text_of(self._query.toggled(event.field, event.value)))

    def on_resize(self) -> None:
        """Read what the new size has room for."""
        if self._matching is not None:
            self.call_after_refresh(self._peek)
            self._read_rest()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no key that is typed into the query."""
        if action == "query" and isinstance(self.focused, QueryInput):
            return False
        return super().check_action(action, parameters)

    # Keys

    def action_query(self) -> None:
        """Say which cards."""
        self.query_line.input.focus()

    def action_complete(self) -> None:
        """Take the first of the words offered."""
        self.query_line.complete()

    def action_facets(self) -> None:
        """Go to what can be ticked, where it is shown; else to the query."""
        (self.query_one(Facets) if self.has_class("-huge") else self.query_line.input).focus()

    def action_to_list(self) -> None:
        """Back to the cards, with what was typed last."""
        if self._pause is not None:
            self._pause.stop()
        self._look()
        self.cards.focus()

    def action_answer(self) -> None:
        """Show the answer, or hide it; where there is no room for it, on the page of the card."""
        if not self.query_one(PreviewPane).display:
            self._open()
        self._shows_answer = not self._shows_answer
        self._show_preview()

    def action_pane(self) -> None:
        """Hide the question beside the list, or show it."""
        self.toggle_class("-bare")

    def action_open(self) -> None:
        """Look at the card under the cursor."""
        self._open()

    @on(RowList.Chosen)
    @work(exclusive=True, group="open")
    @tells_errors
    async def _open(self) -> None:
        row = self._current
        card = await asyncio.to_thread(self.app.workspace.catalogue.card, row.card_id) if row else None
        if card is not None and card.question.deck_id in self._decks:
            from sciaquiz.tui.screens.card import CardScreen

            self.show(CardScreen(card, self._decks[card.question.deck_id]))

    @work(exclusive=True, group="study")
    @tells_errors
    async def action_study(self) -> None:
        """Study what is listed, whenever it is due, or what is marked."""
        from sciaquiz.study.choice import Choice
        from sciaquiz.tui.choosing import begin

        if self._listed.marked:
            states = await self.cards_to_act_on()
            await begin(self.app, Choice(cards=tuple(state.card_id for state in states)))
        elif self._listed.nums:
            await begin(self.app, Choice(query=self._query))

    def choice_from_here(self) -> Choice | None:
        """Return what is listed."""
        from sciaquiz.study.choice import Choice

        return Choice(self._query)

    def action_mark(self) -> None:
        """Mark the card under the cursor or take the mark away, and go on to the next."""
        self._listed.mark(self.cards.cursor)
        self._marks_changed()
        self.cards.action_move(1)

    def action_mark_range(self) -> None:
        """Mark all cards from the one marked last to the one under the cursor."""
        self._listed.mark_up_to(self.cards.cursor)
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.cards.refresh()
        self._show_head()

    def action_leave(self) -> None:
        """Take the marks away, if there are any; else go back."""
        if self._listed.marked:
            self._listed.marked.clear()
            self._marks_changed()
        else:
            super().action_leave()

    def card_in_front(self) -> CardState | None:
        """Return what is known of the card under the cursor."""
        return self._current.state if self._current else None

    async def cards_to_act_on(self) -> Sequence[CardState]:
        """Return what is known of the cards that are marked, or of the one under the cursor."""
        if not self._listed.marked or self._matching is None:
            return await super().cards_to_act_on()
        rows = await asyncio.to_thread(self._matching.rows, list(self._listed.marked))
        return [row.state for row in rows.values()]
