"""Browse: find cards by a query, look at one, act on one or on several."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList

from sciaquiz.catalogue.matching import Matching
from sciaquiz.study.query import Field, Query, text_of
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import browsing
from sciaquiz.tui.screens.acting import ActingScreen, act_bindings
from sciaquiz.tui.screens.preview import Preview, below, beside, preview_of
from sciaquiz.tui.text import line, lines
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.queryline import QueryInput, QueryLine
from sciaquiz.tui.widgets.rowlist import RowList
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.finding import none_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.timer import Timer

    from sciaquiz.catalogue.matching import Row
    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.entries import CardState
    from sciaquiz.study.choice import Choice

NARROWEST = 20
PAGE = 120
"""Cards that are read at once: more than any terminal shows."""
MANY = 5_000
PAUSE = 0.15
"""Of so many cards those that match are looked for once the typing pauses for so many seconds."""
FACETS = (Field.DECK, Field.TOPIC, Field.IS, Field.KIND)


class CardList(RowList):
    """The cards that were found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.open", "open", tooltip="Look at the card under the cursor"),
        Binding("space", "screen.mark", "mark", show=False, tooltip="Mark the card, for what is done to several"),
        Binding("V", "screen.mark_range", "mark up to here", show=False, tooltip="Mark all from the last one marked"),
    ]


class BrowseScreen(ActingScreen):
    """All cards, or those that a query means."""

    CSS_PATH = "browse.tcss"
    AUTO_FOCUS = "CardList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "answer", "answer", id="browse.answer", tooltip="Show the answer, or hide it"),
        Binding("s", "study", "study these", id="browse.study", tooltip="Study what is listed, or what is marked"),
        Binding("slash", "query", "query", id="browse.search", tooltip="Say which cards: words, or deck: topic: is:"),
        Binding("c", "app.custom", "custom sitting", id="browse.custom", tooltip="Choose how to study what is listed"),
        *act_bindings("browse"),
        Binding("p", "pane", "pane", show=False, id="browse.pane", tooltip="Hide the question beside the list"),
        Binding("escape,q", "leave", "home", id="browse.back", tooltip="Back"),
    ]

    def __init__(self, decks: Sequence[Deck], text: str = "") -> None:
        super().__init__()
        self._decks = {deck.id: deck for deck in decks}
        self._text = text
        self._matching: Matching | None = None
        self._query = Query()
        self._nums: list[int] = []
        self._all = 0
        self._is_whole = False
        self._hint = ""
        self._rows: dict[int, Row] = {}
        self._marked: dict[int, None] = {}
        self._counts: Mapping[Field, Mapping[str, int]] = {}
        self._preview: Preview | None = None
        self._shows_answer = False
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine(self.PLACE)
        with Vertical(classes="page"):
            yield QueryLine(self._text)
            with Horizontal(id="body"):
                yield VimList(id="facets")
                with Vertical(id="found"):
                    yield Drawn(self._draw_head, id="head")
                    yield CardList(self._row, id="cards")
                with VerticalScroll(id="preview", can_focus=False):
                    yield Drawn(self._draw_preview)
        yield KeysLine()

    @property
    def query_line(self) -> QueryLine:
        """The line with the query."""
        return self.query_one(QueryLine)

    @property
    def cards(self) -> CardList:
        """The list of cards."""
        return self.query_one(CardList)

    # Finding

    def on_mount(self) -> None:
        """Read what the journal has of the cards now, and find those that are asked for."""
        self._begin()

    @work(exclusive=True, group="look")
    @tells_errors
    async def _begin(self) -> None:
        await self._read_states()
        assert self._matching is not None  # noqa: S101 -- the line above made one
        self.query_line.vocabulary = await asyncio.to_thread(self._matching.vocabulary)
        self._all = await asyncio.to_thread(self._matching.total, Query())
        self._query = self.query_line.parsed().query
        self.query_line.draw()
        await self._find()

    async def _read_states(self) -> None:
        await self.app.snapshot()
        workspace = self.app.workspace
        self._matching = Matching(workspace.catalogue, workspace.clock.now(), workspace.settings.leech_lapses)

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
            self._marked.clear()
            self._search()

    @work(exclusive=True, group="look")
    @tells_errors
    async def _search(self) -> None:
        await self._find()

    async def _find(self) -> None:
        """Find the first page, show it, and leave the rest to a worker for which no key waits."""
        matching, query = self._matching, self._query
        if matching is None:
            return
        nums = await asyncio.to_thread(matching.nums, query, 0, PAGE)
        rows = await asyncio.to_thread(matching.rows, nums)
        hint = "" if nums else none_words(await asyncio.to_thread(matching.ways_out, query))
        if not self.is_there or query != self._query:
            return
        self._nums, self._hint, self._is_whole = nums, hint, len(nums) < PAGE
        self._rows = rows
        self.cards.show(len(nums), 0)
        self._show_head()
        self._peek()
        self.app.run_worker(self._find_rest(matching, query), group="browse rest", exclusive=True)

    @tells_errors
    async def _find_rest(self, matching: Matching, query: Query) -> None:
        if not self._is_whole:
            nums = await asyncio.to_thread(matching.nums, query)
            if not self.is_there or query != self._query:
                return
            self._nums, self._is_whole = nums, True
            self.cards.show(len(nums))
            self._show_head()
        if self.has_class("-huge"):
            counts = {name: await asyncio.to_thread(matching.counts, query, name) for name in FACETS}
            if self.is_there and query == self._query:
                self._counts = counts
                self._draw_facets()

    # Rows

    @on(RowList.Scrolled)
    def _scrolled(self) -> None:
        """Read the rows that came into sight."""
        if any(self._nums[place] not in self._rows for place in self.cards.in_sight):
            self._read_rows()

    @work(exclusive=True, group="rows")
    @tells_errors
    async def _read_rows(self) -> None:
        await self._fill()

    async def _fill(self) -> None:
        """Read the rows in sight and those around them that are not known; forget those far away."""
        sight = self.cards.in_sight
        around = self._nums[max(0, sight.start - PAGE // 2) : sight.stop + PAGE // 2]
        missing = [num for num in around if num not in self._rows]
        if self._matching is not None and missing:
            rows = await asyncio.to_thread(self._matching.rows, missing)
            known = {num: self._rows[num] for num in around if num in self._rows}
            self._rows = known | rows
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
            self._rows = {}
            await self._fill()

    def _row(self, place: int, width: int) -> Content | None:
        """Draw a row of the list, if it is known by now."""
        num = self._nums[place] if place < len(self._nums) else 0
        row = self._rows.get(num)
        if row is None or self._matching is None:
            return None
        is_marked = num in self._marked if self._marked else None
        return browsing.row_line(row, self._matching.now, width, is_marked=is_marked)

    @property
    def _current(self) -> Row | None:
        place = self.cards.cursor
        return self._rows.get(self._nums[place]) if 0 <= place < len(self._nums) else None

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
            entries = await self.app.journal.call(lambda journal: journal.history(row.card_id))
            if card is None or row is not self._current or not self.is_there:
                return
            policy = self.app.workspace.policy_for(card.question)
            self._preview = preview_of(row, card, entries, self._matching.now, policy)
        if self.is_there:
            self._show_preview()

    def _show_preview(self) -> None:
        pane = self.query_one("#preview", VerticalScroll)
        pane.query_one(Drawn).refresh(layout=True)
        pane.scroll_home(animate=False)

    def _draw_preview(self, width: int) -> Content:
        preview, matching = self._preview, self._matching
        if preview is None or matching is None or width < NARROWEST:
            return line()
        if self.has_class("-wide") or self.has_class("-huge"):
            return lines(beside(preview, matching.now, width, shows_answer=self._shows_answer))
        height = max(1, self.query_one("#preview").content_size.height)
        return lines(below(preview, width, height, shows_answer=self._shows_answer))

    def _draw_head(self, width: int) -> Content:
        faults = self.query_line.parsed().faults
        found = browsing.Found(len(self._nums), self._all, self._is_whole, len(self._marked), self._hint)
        return browsing.head_line(found, self._query, faults[0].message if faults else "", width)

    def _show_head(self) -> None:
        self.query_one("#head").refresh()

    def _draw_facets(self) -> None:
        facets = self.query_one("#facets", VimList)
        place = facets.highlighted
        self._facets = browsing.facets(self._query, self._counts, self.query_line.vocabulary, facets.size.width)
        facets.set_options(facet.option for facet in self._facets)
        facets.highlighted = place

    @on(OptionList.OptionSelected)
    def _ticked(self, event: OptionList.OptionSelected) -> None:
        facet = self._facets[event.option_index]
        self.query_line.put(text_of(self._query.toggled(facet.field, facet.value)))

    def on_resize(self) -> None:
        """Read what the new size has room for."""
        if self._matching is not None:
            self.call_after_refresh(self._peek)

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

    def action_to_list(self) -> None:
        """Back to the cards, with what was typed last."""
        if self._pause is not None:
            self._pause.stop()
        self._look()
        self.cards.focus()

    def action_answer(self) -> None:
        """Show the answer, or hide it."""
        self._shows_answer = not self._shows_answer
        self._show_preview()

    def action_pane(self) -> None:
        """Hide the question beside the list, or show it."""
        pane = self.query_one("#preview")
        pane.display = not pane.display

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

        if self._marked:
            states = await self.cards_to_act_on()
            await begin(self.app, Choice(cards=tuple(state.card_id for state in states)))
        elif self._nums:
            await begin(self.app, Choice(query=self._query))

    def choice_from_here(self) -> Choice | None:
        """Return what is listed."""
        from sciaquiz.study.choice import Choice

        return Choice(self._query)

    def action_mark(self) -> None:
        """Mark the card under the cursor or take the mark away, and go on to the next."""
        place = self.cards.cursor
        if not 0 <= place < len(self._nums):
            return
        num = self._nums[place]
        if num in self._marked:
            del self._marked[num]
        else:
            self._marked[num] = None
        self._marks_changed()
        self.cards.action_move(1)

    def action_mark_range(self) -> None:
        """Mark all cards from the one marked last to the one under the cursor."""
        here = self.cards.cursor
        begins = self._nums.index(next(reversed(self._marked))) if self._marked else here
        self._marked |= dict.fromkeys(self._nums[min(begins, here) : max(begins, here) + 1])
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.cards.refresh()
        self._show_head()

    def action_leave(self) -> None:
        """Take the marks away, if there are any; else go back."""
        if self._marked:
            self._marked.clear()
            self._marks_changed()
        else:
            super().action_leave()

    def card_in_front(self) -> CardState | None:
        """Return what is known of the card under the cursor."""
        return self._current.state if self._current else None

    async def cards_to_act_on(self) -> Sequence[CardState]:
        """Return what is known of the cards that are marked, or of the one under the cursor."""
        if not self._marked or self._matching is None:
            return await super().cards_to_act_on()
        rows = await asyncio.to_thread(self._matching.rows, list(self._marked))
        return [row.state for row in rows.values()]
