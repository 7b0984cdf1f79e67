"""Home: what waits, in which deck, how long it takes, and the days behind and ahead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from sciaquiz.errors import SciaquizError
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import homepage
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.text import AMBER, MUTED, say
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.workspace import UnknownDeckError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Deck
    from sciaquiz.insight.overview import Overview
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.study.confusions import Ledger

LOOK_AGAIN = 3.0
"""Seconds between looks at what another window has answered, and until a journal in use is tried again."""
OPENING_DELAY = 0.25
"""Seconds until the journal is opened for writing: importing what it needs must not hold up the first question."""


class DeckList(VimList):
    """The decks; Enter studies all of them, wherever the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.study_all", "study", tooltip="Study what waits in all decks")
    ]


MANY_FILES = 6
"""From so many decks on that have to be read, it is shown how far that is."""


class HomeScreen(PlacedScreen[None]):
    """What waits today."""

    PLACE = "home"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "study_deck", "deck", id="home.deck", tooltip="Study the deck under the cursor"),
        Binding("d", "drill", "drill", id="home.drill", tooltip="What was mixed up lately, and a drill against it"),
        Binding("i", "take_in", "take in", id="home.take-in", tooltip="Take in an answer that could not be saved"),
        Binding("u", "undo", "undo", id="home.undo", show=False, tooltip="Take back the last answer"),
        Binding("q", "app.quit", "quit", id="home.quit", tooltip="Leave sciaquiz"),
    ]

    def __init__(self, *, study: Sequence[str] | None = None) -> None:
        super().__init__()
        self._study_at_once = study
        self._decks: tuple[Deck, ...] = ()
        self._snapshot: Snapshot | None = None
        self._overview: Overview | None = None
        self._ledger: Ledger | None = None
        self._aside: tuple[Path, ...] = ()
        self._trouble = ""
        self._suspect: datetime | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page; the counts come a moment later."""
        yield PlacesLine(self.PLACE)
        with Vertical(classes="page"):
            yield Static(id="today")
            yield DeckList(id="decks")
            yield Static(id="notice")
            yield Static(id="calendar")

    def on_mount(self) -> None:
        """Draw what is known at once, then fetch the rest; the footer can wait for the first frame."""
        self.query_one("#today", Static).update(say("Reading the decks …", MUTED))
        self.call_after_refresh(self._begin)
        self.set_interval(LOOK_AGAIN, self._look_elsewhere)

    async def _begin(self) -> None:
        if self._study_at_once is None:
            await self._mount_footer()
        self.fetch()

    async def _mount_footer(self) -> None:
        if not self.query(KeysLine):
            await self.mount(KeysLine())
            self.refresh_bindings()

    async def on_screen_resume(self) -> None:
        """Count anew after a sitting."""
        if self._snapshot is not None:
            await self._mount_footer()
            self.fetch()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out for the new width."""
        self.draw()

    def _reading(self, done: int, files: int) -> None:
        """Show how far the decks are read, where there are many to read."""
        if self._snapshot is None and files >= MANY_FILES and self.is_there:
            self.query_one("#today", Static).update(say(f"Reading the decks … {done} of {files}", MUTED))

    @work(exclusive=True, group="fetch")
    async def fetch(self) -> None:
        """Read decks and journal in threads, show the counts, then open the journal for writing."""
        self._decks = await self.app.decks(self._reading)
        try:
            self._snapshot = await self.app.snapshot()
        except SciaquizError as error:
            self._cannot_read(error)
            return
        self._trouble = ""
        self.set_timer(OPENING_DELAY, self._open_journal)
        if self.app.choice is not None:
            from sciaquiz.tui.choosing import begin

            choice, self.app.choice = self.app.choice, None
            self._study_at_once = None
            if await begin(self.app, choice):
                return  # Home is drawn when the sitting is over
            await self._mount_footer()
        if self._study_at_once is not None:
            names, self._study_at_once = self._study_at_once, None
            try:
                wanted = self.app.workspace.decks(names)
            except UnknownDeckError as error:
                self.app.exit(return_code=1, message=f"sciaquiz: {error}")
                return
            if self._open_sitting(wanted):
                return  # Home is drawn when the sitting is over
            await self._mount_footer()
        from sciaquiz.insight.overview import overview_of

        try:
            self._overview = overview_of(self.app.workspace, self._decks, self._snapshot)
        except SciaquizError as error:
            self._cannot_read(error)
            return
        self.draw()

    @work(exclusive=True, group="opening")
    async def _open_journal(self) -> None:
        """Open the journal once something is on the screen; if that fails nothing can be kept, so say it at once.

        What was mixed up is read with it: it needs every answer, and the counts do not wait for that.
        """
        workspace = self.app.workspace
        try:
            self._ledger = await self.app.ledger(self._decks)
            self._aside = await self.app.journal.call(workspace.still_aside)
            refusal = await self.app.journal.call(lambda journal: journal.refusal)
            self._suspect = await self.app.journal.call(lambda journal: journal.clock_suspect(workspace.clock.now()))
        except SciaquizError as error:
            self._cannot_read(error)
            return
        self._trouble = refusal and f"{refusal} You can look, but not study."
        self.draw()
        self.refresh_bindings()

    def _cannot_read(self, error: SciaquizError) -> None:
        """Try again soon if another program is using the journal; if it cannot be used at all, say so and leave."""
        from sciaquiz.store.errors import BusyError

        if not isinstance(error, BusyError):
            self._leave_over(error)
            return
        self._trouble = str(error)
        self.draw()
        self.set_timer(LOOK_AGAIN, self.fetch)

    @work(exclusive=True, group="dialogue")
    async def _leave_over(self, error: Exception) -> None:
        """Say why the journal cannot be used, and leave."""
        from sciaquiz.tui.screens.message import MessageScreen

        await self.app.push_screen_wait(MessageScreen("The journal cannot be opened", str(error)))
        self.app.exit(return_code=1)

    @work(exclusive=True, group="elsewhere")
    async def _look_elsewhere(self) -> None:
        """Notice answers given in another window, and a new study day."""
        if self._snapshot is None or self.app.screen is not self:
            return
        try:
            changed = await self.app.journal.call(lambda journal: journal.changed_elsewhere())
        except SciaquizError as error:
            self._cannot_read(error)
            return
        if changed or self._snapshot.today != self._today:
            self.fetch()

    def draw(self) -> None:
        """Draw all lines for the width there is."""
        if not self.is_there:
            return
        if self._overview is None or self._snapshot is None:
            if self._trouble:
                self.query_one("#today", Static).update(say(f"! {self._trouble}", AMBER))
            return
        self.query_one("#today", Static).update(homepage.today_line(self._overview, self._today, self._width))
        self.query_one(DeckList).show_rows([homepage.deck_line(row, self._width) for row in self._overview.rows])
        notice = self._notices(self._overview)
        self.query_one("#notice", Static).update(notice)
        self.query_one("#notice", Static).display = bool(notice.plain)
        calendar = homepage.calendar(self._overview, self._snapshot.habits().answers_by_day, self._today, self.size)
        self.query_one("#calendar", Static).update(calendar)

    @property
    def _width(self) -> int:
        return homepage.width_in(self.size)

    @property
    def _today(self) -> date:
        return self.app.workspace.clock.now().study_day

    def _notices(self, seen: Overview) -> Content:
        known = homepage.Known(
            trouble=self._trouble, suspect=self._suspect, notices=self.app.notices, aside=self._aside,
            mixed_up=self._ledger.open if self._ledger else (), problems=self.app.workspace.library.problems,
        )  # fmt: skip
        return homepage.notices(known, seen, self._decks, self._width)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter studies everything; a click studies the deck that was clicked."""
        self.action_study_deck()

    def action_study_all(self) -> None:
        """Study what waits in all decks."""
        self._open_sitting(self._decks)

    def action_study_deck(self) -> None:
        """Study the deck under the cursor."""
        place = self.query_one("#decks", DeckList).highlighted
        if place is not None and self._decks:
            self._open_sitting(self._decks[place : place + 1])

    def _open_sitting(self, decks: Sequence[Deck]) -> bool:
        """Begin a sitting over these decks; False if nothing waits in them."""
        if self._snapshot is None or not decks:
            return False
        if refusal := self.app.workspace.refusal:
            self.app.notify(refusal, severity="error", markup=False)
            return False
        from sciaquiz.sittings import open_sitting
        from sciaquiz.study.turns import Over

        sitting = open_sitting(
            self.app.workspace, decks, self._snapshot,
            card_limit=self.app.card_limit, minute_limit=self.app.minute_limit,
        )  # fmt: skip
        first = sitting.next(self.app.workspace.clock.now())
        if isinstance(first, Over):
            self.app.notify("Nothing is due here now.", markup=False)
            return False
        sitting.put_back(first)
        self.app.start_sitting(sitting, decks)
        return True

    def action_drill(self) -> None:
        """Look at what was mixed up, and drill it."""
        from sciaquiz.tui.screens.confusions import ConfusionsScreen

        if self._snapshot is not None:
            self.show(ConfusionsScreen(self._decks, self._overview.unsafe if self._overview else {}))

    @work(exclusive=True, group="take-in")
    @tells_errors
    async def action_take_in(self) -> None:
        """Take in the answers that could not be saved earlier."""
        from sciaquiz.store.rescue import take_in

        now = self.app.workspace.clock.now()
        reports = [await self.app.journal.call(partial(take_in, file=file, now=now)) for file in self._aside]
        for words in reports:
            self.app.notify(words, markup=False)
        self.fetch()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to take answers in only where some wait."""
        return bool(self._aside) if action == "take_in" else True

    @work(exclusive=True, group="undo")
    @tells_errors
    async def action_undo(self) -> None:
        """Take back what was done last, on whichever day that was."""
        if await self.app.undo_last():
            self.fetch()
