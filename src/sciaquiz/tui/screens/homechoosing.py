"""What the cursor of Home does: ways to study are chosen, and what belongs to a row is shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import work

from sciaquiz.tui.screens.begin import FirstScreen
from sciaquiz.tui.screens.homebody import DeckList, HomeBody, Mode, WayList, pane_width

if TYPE_CHECKING:
    from datetime import date

    from textual.widgets import OptionList

    from sciaquiz.deck.model import Deck
    from sciaquiz.insight.ways import Offer
    from sciaquiz.study.choice import Choice
    from sciaquiz.tui.screens.homebody import Told


class ChoosingScreen(FirstScreen):
    """Home as far as it is moved about in; `told` is what it shows, `decks` are those of the list."""

    told: Told | None = None
    decks: tuple[Deck, ...] = ()
    _asked_on: date | None = None

    @property
    def today(self) -> date:
        """The study day."""
        return self.app.workspace.clock.now().study_day

    def draw(self) -> None:
        """Draw what is told."""
        raise NotImplementedError

    def take(self, offer: Offer) -> None:
        """Begin what was chosen."""
        raise NotImplementedError

    def action_study_deck(self) -> None:
        """Study the row under the cursor."""
        raise NotImplementedError

    def look_beside(self, *, is_asked: bool = False) -> object:
        """Read the ways to study."""
        raise NotImplementedError

    @property
    def asks_how_to_come_back(self) -> bool:
        """Whether it was not asked today yet."""
        return self._asked_on != self.today

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the way that was chosen; a click on a deck or a topic studies it."""
        if isinstance(event.option_list, WayList):
            self.action_way((event.option_list.way or 0) + 1)
        else:
            self.action_study_deck()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what belongs to the row under the cursor: the topics of a deck, or the days with a way."""
        if self.told is None:
            return
        if isinstance(event.option_list, WayList):
            self.query_one(HomeBody).draw_below_ways()
        elif isinstance(event.option_list, DeckList):
            self.look_at_topics()

    @work(exclusive=True, group="topics")
    async def look_at_topics(self) -> None:
        """Read how the topics of the deck under the cursor stand, where they are shown."""
        told, deck = self.told, self.deck_under_cursor
        if told is None or deck is None or not pane_width(self.size) or told.seen.last_day is None:
            return
        from sciaquiz.insight.beside import topics_of

        found = await asyncio.to_thread(topics_of, self.app.workspace, deck.id, told.seen.today)
        if self.told is not None and self.deck_under_cursor is deck:
            self.told = replace(self.told, topics=found, topics_of=deck.title)
            self.draw()

    def choice_from_here(self) -> Choice | None:
        """Return what a custom sitting begins with: the deck under the cursor."""
        from sciaquiz.study.choice import Choice
        from sciaquiz.study.query import query_of

        return None if self.deck_under_cursor is None else Choice(query_of(decks=[self.deck_under_cursor.id]))

    @property
    def deck_under_cursor(self) -> Deck | None:
        """The deck under the cursor."""
        place = self.query_one(DeckList).highlighted
        return None if place is None or place >= len(self.decks) else self.decks[place]

    def action_ways(self) -> None:
        """Show other ways to study."""
        if self.told is not None and self.told.comeback:
            self._turn_to(Mode.BREAK)
        else:
            self.look_beside(is_asked=True)

    def action_day(self) -> None:
        """Go back to the decks, and do not ask again today how to come back."""
        if self.told is not None:
            self._asked_on = self.today if self.told.mode is Mode.BREAK else self._asked_on
            self._turn_to(Mode.DAY)

    def _turn_to(self, mode: Mode) -> None:
        if self.told is not None:
            self.told = replace(self.told, mode=mode)
            self.draw()

    def action_pane(self) -> None:
        """Hide the pane at the right, or show it."""
        if self.told is not None:
            self.told = replace(self.told, has_pane=not self.told.has_pane)
            self.draw()

    def action_known(self) -> None:
        """Say what the numbers mean."""
        from sciaquiz.insight.meaning import known_now
        from sciaquiz.tui.screens.message import MessageScreen

        if self.told is not None:
            place = self.query_one(DeckList).highlighted or 0
            row = self.told.seen.rows[place] if self.told.mode is Mode.DAY and self.told.seen.rows else None
            name, standing = (row.deck.title, row) if row else ("All decks", self.told.seen.all_decks)
            self.show(MessageScreen("What the numbers mean", known_now(name, standing)))

    def action_way(self, number: int) -> None:
        """Take one of the ways."""
        offers = self.told.offers if self.told is not None else ()
        if number <= len(offers):
            self.take(offers[number - 1])
