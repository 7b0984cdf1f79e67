"""Browse: search and filter cards, act on them, and look at one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from sciaquiz.catalogue.search import MOST_FOUND, Matches, find_cards
from sciaquiz.insight.search import Filter
from sciaquiz.study.queue import is_hidden
from sciaquiz.study.summary import opening
from sciaquiz.text import cells
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.acting import ActingScreen, act_bindings
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, line, lines, say, spread
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.words import interval_words
from sciaquiz.words import count, day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.catalogue.search import Found
    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.entries import CardState


class SearchInput(Input):
    """Where the words go; Escape and the arrows lead back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,down,enter", "screen.to_list", "to the list", show=False),
    ]


class CardList(VimList):
    """The cards that were found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "card", tooltip="Look at the card under the cursor"),
    ]


class BrowseScreen(ActingScreen):
    """All cards, or those that match."""

    CSS_PATH = "browse.tcss"
    AUTO_FOCUS = "VimList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "find", id="browse.search", tooltip="Type words to look for"),
        Binding("f", "filter(1)", "show", id="browse.filter", tooltip="Show the next kind: due, new, flagged …"),
        Binding("F", "filter(-1)", "filter back", show=False, id="browse.filter-back", tooltip="The kind before"),
        *act_bindings("browse"),
        Binding("escape,q", "leave", "back", id="browse.back", tooltip="Back"),
    ]

    def __init__(self, decks: Sequence[Deck]) -> None:
        super().__init__()
        self._decks = {deck.id: deck for deck in decks}
        self._matches: Matches | None = None
        self._only = Filter.ALL

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine(self.PLACE)
        with Vertical(classes="page"):
            yield Static(id="head")
            yield SearchInput(placeholder="/ to search: words or parts of words")
            yield CardList(id="cards")
            yield Static(id="stem")
        yield KeysLine()

    def on_mount(self) -> None:
        """Look for all cards, in a thread."""
        self._draw_head()
        self._fetch()

    def on_screen_resume(self) -> None:
        """Look again after a card was looked at."""
        self.look_again()

    def look_again(self) -> None:
        """Read and show what has become of the cards."""
        if self._matches is not None:
            self._fetch()

    def card_in_front(self) -> CardState | None:
        """Return what is known of the card under the cursor."""
        found = self._current()
        return found.state if found else None

    @work(exclusive=True, group="look")
    @tells_errors
    async def _fetch(self) -> None:
        """Read what the journal has of the cards now, then find those that match."""
        await self.app.snapshot()
        await self._find()

    @work(exclusive=True, group="look")
    @tells_errors
    async def _look(self) -> None:
        """Find the cards that match."""
        await self._find()

    async def _find(self) -> None:
        workspace = self.app.workspace
        found = await asyncio.to_thread(
            find_cards,
            workspace.catalogue,
            self.query_one(SearchInput).value,
            self._only,
            workspace.clock.now().study_day,
            workspace.settings.leech_lapses,
        )
        if self.is_there:
            self._matches = found
            self._draw()

    def _draw(self) -> None:
        if self._matches is not None:
            self.query_one(VimList).show_rows([self._row(found) for found in self._matches.found])
            self._draw_head()
            self._draw_stem()

    @property
    def _width(self) -> int:
        return max(30, min(77, self.size.width - 7))

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._draw()

    def _draw_head(self) -> None:
        number = "" if self._matches is None else count(self._matches.total, "card")
        if self._matches is not None and self._matches.total > MOST_FOUND:
            number = f"{MOST_FOUND} of {number}"
        left = say(self._only.value, "bold")
        self.query_one("#head", Static).update(spread(left, say(number, MUTED), self._width + 3))

    def _row(self, found: Found) -> Content:
        right = say(self._when(found), MUTED)
        marks = found.state.marks
        signs = ("* " if marks.flagged else "") + ("– " if marks.suspended else "") + ("n " if marks.note else "")
        room = self._width - right.cell_length - len(signs) - 2
        part = f"  {found.card.part}" if found.card.part else ""
        begins = opening(found.card.question, room - cells(part))
        return spread(line(say(signs, AMBER), say(begins), say(part, MUTED)), right, self._width)

    def _when(self, found: Found) -> str:
        marks, progress, now = found.state.marks, found.state.progress, self.app.workspace.clock.now()
        if marks.suspended:
            return "suspended"
        if marks.buried_until is not None and is_hidden(found.state, now.study_day):
            return f"put off until {day_words(marks.buried_until, now.study_day)}"
        if progress is None:
            return "new"
        return "due" if progress.due_day <= now.study_day else interval_words(progress, now)

    def _draw_stem(self) -> None:
        found = self._current()
        if found is None:
            self.query_one("#stem", Static).update(line())
            return
        question = found.card.question
        deck = say(self._decks[question.deck_id].title, ACCENT)
        self.query_one("#stem", Static).update(lines([deck, say(question.stem, MUTED)]))

    def _current(self) -> Found | None:
        place = self.query_one(VimList).highlighted
        found = self._matches.found if self._matches else ()
        return found[place] if place is not None and place < len(found) else None

    @on(Input.Changed)
    def _typed(self) -> None:
        self._look()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._draw_stem()

    @on(OptionList.OptionSelected)
    def _opened(self) -> None:
        found = self._current()
        if found:
            from sciaquiz.tui.screens.card import CardScreen

            self.show(CardScreen(found.card, self._decks[found.card.question.deck_id]))

    def action_search(self) -> None:
        """Type words to look for."""
        self.query_one(SearchInput).focus()

    def action_to_list(self) -> None:
        """Back to the cards."""
        self.query_one(VimList).focus()

    def action_filter(self, by: int) -> None:
        """Show the next kind of card."""
        kinds = list(Filter)
        self._only = kinds[(kinds.index(self._only) + by) % len(kinds)]
        self._look()
