"""Home: what waits, in which deck, how long it takes, and the days behind and ahead."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import work
from textual.binding import Binding

from sciaquiz.errors import SciaquizError
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.begin import LOOK_AGAIN, MANY_FILES, OPENING_DELAY, reading_words
from sciaquiz.tui.screens.homebody import HomeBody, Mode, Told
from sciaquiz.tui.screens.homechoosing import ChoosingScreen
from sciaquiz.tui.text import AMBER, MUTED, say
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sciaquiz.deck.model import Deck
    from sciaquiz.insight.beside import Break, Doings
    from sciaquiz.insight.overview import Overview
    from sciaquiz.insight.ways import Offer
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.store.journal import Journal
    from sciaquiz.study.choice import Choice
    from sciaquiz.study.confusions import Ledger
    from sciaquiz.study.drill import Drill


class HomeScreen(ChoosingScreen):
    """What waits today, and what else can be done."""

    CSS_PATH = "home.tcss"
    PLACE = "home"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "study_deck", "this deck", id="home.deck", tooltip="Study the deck or the topic under the cursor"),
        Binding("c", "app.custom", "custom sitting", id="home.custom", tooltip="Choose what to study, and how"),
        Binding("a", "ways", "other ways", id="home.ways", tooltip="Other ways to study, with what each would do"),
        Binding("m", "app.mock", "mock exam", id="home.mock", tooltip="Begin a mock exam, or go on with one"),
        Binding("w", "known", "known?", id="home.known", tooltip="What “known now” and the other numbers mean"),
        Binding("slash", "app.find", "find", id="home.find", tooltip="Find a question"),
        Binding("u", "undo", "undo", id="home.undo", tooltip="Take back the last answer"),
        Binding("i", "take_in", "take in", id="home.take-in", tooltip="Take in an answer that could not be saved"),
        Binding("q", "app.quit", "quit", id="home.quit", tooltip="Leave sciaquiz"),
        Binding("f", "app.fit", "fit", id="home.fit", show=False, tooltip="Fit the model of memory to your answers"),
        Binding("d", "drill", "drill", id="home.drill", show=False, tooltip="What is unsafe and what was mixed up"),
        Binding("p", "pane", "pane", id="home.pane", show=False, tooltip="Hide the pane at the right, or show it"),
        Binding("escape", "day", "decks", id="home.day", tooltip="Back to the decks"),
        *(
            Binding(f"{digit}", f"way({digit})", show=False, tooltip="Take the way with this number")
            for digit in range(1, 10)
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._snapshot: Snapshot | None = None
        self._ledger: Ledger | None = None
        self._aside: tuple[Path, ...] = ()
        self._trouble = self._waiting_mock = ""
        self._suspect: datetime | None = None
        self._doings: Doings | None = None
        self._exam = ("", "")

    def compose(self) -> ComposeResult:
        """Lay out the page; the counts come a moment later."""
        yield PlacesLine(self.PLACE)
        yield HomeBody()

    def on_mount(self) -> None:
        """Draw what is known at once, then fetch the rest; the keys can wait for the first frame."""
        self.query_one(HomeBody).say(say(reading_words(), MUTED))
        self.call_after_refresh(self._begin)
        self.set_interval(LOOK_AGAIN, self._look_elsewhere)
        self.watch(self.app, "fitting", self._draw_fitting, init=False)

    async def _begin(self) -> None:
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
            self.query_one(HomeBody).say(say(reading_words(done, files), MUTED))

    @work(exclusive=True, group="fetch")
    async def fetch(self) -> None:
        """Read decks and journal in threads, show the counts, then open the journal for writing."""
        self.decks = await self.app.decks(self._reading)
        try:
            self._snapshot = await self.app.snapshot()
        except SciaquizError as error:
            self._cannot_read(error)
            return
        self._trouble = ""
        self.set_timer(OPENING_DELAY, self._open_journal)
        if self.app.mock is not None:
            mock, self.app.mock = self.app.mock, None
            self.app.offer_mock(mock, self.app.waiting)
        try:
            seen, back, ways = await asyncio.to_thread(self._count, self._snapshot)
        except SciaquizError as error:
            self._cannot_read(error)
            return
        before = self.told
        asks = back is not None and self.asks_how_to_come_back
        self.told = Told(
            seen=seen, habits=self._snapshot.habits(), today=self.today, decks=self.decks, comeback=back, ways=ways,
            mode=Mode.BREAK if asks else Mode.WAYS if ways else Mode.DAY,
            topics_of=before.topics_of if before else "", topics=before.topics if before else (),
            mixed_up=self._ledger.open if self._ledger else (), has_pane=before is None or before.has_pane,
        )  # fmt: skip
        self.draw()
        self.look_beside()

    def _count(self, snapshot: Snapshot) -> tuple[Overview, Break | None, tuple[Offer, ...]]:
        """Sum up the day; after a break, say how to come back, and when all is done, what else there is."""
        from sciaquiz.insight.overview import overview_of
        from sciaquiz.study.comeback import is_away

        workspace = self.app.workspace
        seen = overview_of(workspace, self.decks, snapshot)
        is_back, is_done = is_away(seen.last_day, self.today), seen.last_day is not None and not (seen.due or seen.new)
        if not (is_back or is_done):
            return seen, None, ()
        from sciaquiz.insight import beside

        back = beside.comeback(workspace, self.decks, seen, snapshot) if is_back else None
        return seen, back, beside.ways(workspace, seen, self._doings) if is_done else ()

    @work(exclusive=True, group="beside")
    async def look_beside(self, *, is_asked: bool = False) -> None:
        """Read what is told beside the counts: unsafe questions, and other ways to study when they are wanted."""
        told = self.told
        if told is None or (told.seen.last_day is None and not is_asked):
            return
        from sciaquiz.insight import beside

        workspace, seen, doings = self.app.workspace, told.seen, self._doings
        try:
            cases = await asyncio.to_thread(beside.cases, workspace, seen)
            ways = told.ways
            if is_asked or ways:
                drills = sum(drill.is_ready for drill in self._drills())
                ways = await asyncio.to_thread(beside.ways, workspace, seen, doings, drills)
            again = await asyncio.to_thread(beside.again, workspace, doings, told.today) if doings else ()
        except SciaquizError as error:
            self._cannot_read(error)
            return
        if self.told is told:  # else it was counted anew meanwhile
            done, week = beside.last_seven(doings, told.today) if doings else (told.done, told.week)
            mode = Mode.WAYS if is_asked and ways else told.mode
            self.told = replace(told, cases=cases, ways=ways, again=again, done=done, week=week, mode=mode)
            self.draw()

    def _drills(self) -> Sequence[Drill]:
        from sciaquiz.study.drill import drills

        if self._ledger is None or self._snapshot is None:
            return ()
        return drills(self.decks, self._ledger, self._snapshot.states)

    @work(exclusive=True, group="opening")
    async def _open_journal(self) -> None:
        """Open the journal once something is on the screen; if that fails nothing can be kept, so say it at once.

        What was mixed up is read with it: it needs every answer, and the counts do not wait for that.
        """
        from sciaquiz.journal.entries import EventKind
        from sciaquiz.tui.fitting import look_for_offer

        workspace = self.app.workspace
        try:
            self._ledger = await self.app.ledger(self.decks)
            self._aside = await self.app.journal.call(workspace.still_aside)
            refusal = await self.app.journal.call(lambda journal: journal.refusal)
            self._suspect = await self.app.journal.call(lambda journal: journal.clock_suspect(workspace.clock.now()))
            self._doings = await self.app.journal.call(self._look_back)
            self._waiting_mock = await self.app.journal.call(self._look_for_a_mock)
            has_corrected = await self.app.journal.call(self._correct)
            await look_for_offer(self.app)
            has_exam = await self.app.journal.call(lambda journal: bool(journal.events(EventKind.EXAM)))
        except SciaquizError as error:
            self._cannot_read(error)
            return
        self._trouble = refusal and f"{refusal} You can look, but not study."
        if self.told is not None:
            self.told = replace(self.told, mixed_up=self._ledger.open)
        self.draw()
        self.look_beside()
        if has_corrected:
            self.fetch()
        self._look_at_exam(has_exam)

    def _correct(self, journal: Journal) -> bool:
        """Let what a new edition of the decks changes be learned anew, and say whether anything is."""
        from sciaquiz.updating import bring_up

        return bring_up(self.app.workspace, journal) > 0

    @work(exclusive=True, group="exam")
    @tells_errors
    async def _look_at_exam(self, is_any: bool) -> None:
        """Tell of the next exam; what is expected of it is worked out once nothing else waits."""
        if not is_any:
            self._exam = ("", "")
            return
        from sciaquiz.tui.screens.examreading import told_at_home

        async for told in told_at_home(self.app, self):
            self._exam = told
            self.draw()

    def _look_for_a_mock(self, journal: Journal) -> str:
        from sciaquiz.journal.entries import EventKind

        if not journal.events(EventKind.MOCK):
            return ""
        from sciaquiz.mocks import waiting_words_in

        return waiting_words_in(journal, self.app.workspace.clock.now())

    def _look_back(self, journal: Journal) -> Doings:
        from sciaquiz.insight.beside import doings_in

        return doings_in(journal, self.today)

    def _cannot_read(self, error: SciaquizError) -> None:
        """Try again soon if another program is using the journal; if it cannot be used at all, say so and leave."""
        from sciaquiz.store.errors import BusyError

        if not isinstance(error, BusyError):
            self.leave_over(error)
            return
        self._trouble = str(error)
        self.draw()
        self.set_timer(LOOK_AGAIN, self.fetch)

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
        if changed or self._snapshot.today != self.today:
            self.fetch()

    def draw(self) -> None:
        """Draw all lines for the width there is."""
        if not self.is_there:
            return
        body = self.query_one(HomeBody)
        if self.told is not None:
            from sciaquiz.tui.screens.homepage import Known

            known = Known(
                trouble=self._trouble, suspect=self._suspect, notices=self.app.notices, aside=self._aside,
                mixed_up=self.told.mixed_up, problems=self.app.workspace.library.problems,
                fitting=self.app.fitting, waiting_mock=self._waiting_mock, exam=self._exam,
                corrected=len(self.app.workspace.corrections),
            )  # fmt: skip
            body.show(self.told, known)
            self.refresh_bindings()
        elif self._trouble:
            body.say(say(f"! {self._trouble}", AMBER))

    def _draw_fitting(self) -> None:
        """Tell how far a fit is; what it changed is counted anew."""
        if self.app.fitting is not None and self.app.fitting.is_kept and self._snapshot is not None:
            self.fetch()
        else:
            self.draw()

    def action_study_all(self) -> None:
        """Study what waits in all decks."""
        self._open_sitting(self.decks)

    def action_study_deck(self) -> None:
        """Study the deck or the topic under the cursor."""
        topic = self.query_one(HomeBody).topic
        if topic is not None and self.deck_under_cursor is not None:
            from sciaquiz.insight.ways import of_topic

            self.begin(of_topic(self.deck_under_cursor.id, topic))
        elif self.deck_under_cursor is not None:
            self._open_sitting((self.deck_under_cursor,))

    def take(self, offer: Offer) -> None:
        """Begin what was chosen."""
        from sciaquiz.insight.ways import CATCH_UP, Way

        if offer.choice is None:
            elsewhere = {Way.OWN: self.app.action_custom, Way.MOCK: self.app.action_mock}
            elsewhere.get(offer.way, self.action_drill)()
            return
        if offer.plan is not None:
            self._asked_on = self.today
            if offer.plan.per_day is not None:
                self.app.keep_setting(CATCH_UP, offer.plan.per_day)
        self.begin(offer.choice)

    @work(exclusive=True, group="begin")
    async def begin(self, choice: Choice) -> None:
        """Begin a sitting of one's own choice."""
        from sciaquiz.tui.choosing import begin

        await begin(self.app, choice)

    def _open_sitting(self, decks: Sequence[Deck]) -> bool:
        """Begin a sitting over these decks; False if nothing waits in them."""
        if self._snapshot is None or not decks:
            return False
        from sciaquiz.tui.choosing import begin_what_waits

        return begin_what_waits(self.app, decks, self._snapshot)

    def action_drill(self) -> None:
        """Look at what was mixed up, and drill it."""
        from sciaquiz.tui.screens.confusions import ConfusionsScreen

        if self._snapshot is not None:
            self.show(ConfusionsScreen(self.decks, self.told.seen.unsafe if self.told else {}))

    @work(exclusive=True, group="take-in")
    @tells_errors
    async def action_take_in(self) -> None:
        """Take in the answers that could not be saved earlier."""
        from sciaquiz.store.rescue import take_in

        now = self.app.workspace.clock.now()
        reports = [await self.app.journal.call(partial(take_in, file=file, now=now)) for file in self._aside]
        self.app.notify(" ".join(reports), markup=False)
        self.fetch()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done where Home stands."""
        mode = self.told.mode if self.told is not None else Mode.DAY
        match action:
            case "take_in":
                return bool(self._aside)
            case "study_deck" | "ways":
                return mode is Mode.DAY
            case "way" | "day":
                return mode is not Mode.DAY
            case _:
                return True

    @work(exclusive=True, group="undo")
    @tells_errors
    async def action_undo(self) -> None:
        """Take back what was done last, on whichever day that was."""
        if await self.app.undo_last():
            self.fetch()
