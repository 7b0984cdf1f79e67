"""The first screen where a sitting is asked for at once: it opens the sitting, and gives way to Home afterwards.

Nothing of Home has to be imported, laid out or counted before the first question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.events import ScreenResume
from textual.widgets import Static

from sciaquiz.errors import SciaquizError
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.text import AMBER, MUTED, say
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.workspace import UnknownDeckError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from sciaquiz.store.journal import Journal
    from sciaquiz.study.choice import Choice

LOOK_AGAIN = 3.0
"""Seconds between looks at what another window has answered, and until a journal in use is tried again."""
OPENING_DELAY = 0.25
"""Seconds until the journal is opened for writing: importing what it needs must not hold up the first question."""
MANY_FILES = 6
"""From so many decks on that have to be read, it is shown how far that is."""


def reading_words(done: int = 0, files: int = 0) -> str:
    """Return what stands on the page while the decks are read, with how far that is where there are many to read."""
    return f"Reading the decks … {done} of {files}" if files >= MANY_FILES else "Reading the decks …"


class FirstScreen(PlacedScreen[None]):
    """A screen that the app may open on: without a journal there is none other."""

    @work(exclusive=True, group="dialogue")
    async def leave_over(self, error: Exception) -> None:
        """Say why the journal cannot be used, and leave."""
        from sciaquiz.tui.screens.message import MessageScreen

        await self.app.push_screen_wait(MessageScreen("The journal cannot be opened", str(error)))
        self.app.exit(return_code=1)


class BeginScreen(FirstScreen):
    """Opens a sitting over the decks of these names (all, if there are none), or of a choice."""

    PLACE = "home"

    def __init__(self, names: Sequence[str], choice: Choice | None) -> None:
        super().__init__()
        self._names, self._choice = names, choice
        self._has_begun = False

    def compose(self) -> ComposeResult:
        """Say what is waited for."""
        yield PlacesLine(self.PLACE)
        words = Static(say(reading_words(), MUTED), id="words")
        words.styles.padding = (1, 2)
        yield words

    def on_mount(self) -> None:
        """Begin once something is on the screen."""
        self.call_after_refresh(self._begin)

    @work(exclusive=True, group="begin")
    async def _begin(self) -> None:
        """Read decks and journal in threads and open the sitting; Home, where there is nothing to ask."""
        from sciaquiz.tui.choosing import begin, begin_what_waits

        decks = await self.app.decks(self._reading)
        try:
            snapshot = await self.app.snapshot()
            wanted = self.app.workspace.decks(self._names)
        except UnknownDeckError as error:
            self.app.exit(return_code=1, message=f"sciaquiz: {error}")
            return
        except SciaquizError as error:
            self._cannot_read(error)
            return
        if self._choice is not None:
            self._has_begun = await begin(self.app, self._choice, is_own=True)
        else:
            self._has_begun = bool(decks) and begin_what_waits(self.app, wanted, snapshot)
        if self._has_begun:
            if self.app.workspace.only_tries:
                from sciaquiz.view.choices import TRYING

                self.app.notify(TRYING, markup=False)
            self.set_timer(OPENING_DELAY, self._open_journal)
        else:
            self._go_home()

    def _reading(self, done: int, files: int) -> None:
        if self.is_there and files >= MANY_FILES:
            self.query_one("#words", Static).update(say(reading_words(done, files), MUTED))

    @work(exclusive=True, group="opening")
    async def _open_journal(self) -> None:
        """Open the journal once the question is on the screen; if that fails nothing can be kept, so say it at once."""
        try:
            await self.app.journal.call(lambda journal: journal.refusal)
            corrected = await self.app.journal.call(self._correct)
        except SciaquizError as error:
            self._cannot_read(error)
            return
        if corrected:
            from sciaquiz.view.updating import corrected_words

            self.app.notify(corrected_words(corrected), markup=False)

    def _correct(self, journal: Journal) -> int:
        """Let what a new edition of the decks changes be learned anew: the next sitting asks it."""
        from sciaquiz.updating import bring_up

        return bring_up(self.app.workspace, journal)

    def _cannot_read(self, error: SciaquizError) -> None:
        """Try again soon if another program is using the journal; if it cannot be used at all, say so and leave."""
        from sciaquiz.store.errors import BusyError

        if not isinstance(error, BusyError):
            self.leave_over(error)
        elif self._has_begun:
            self.set_timer(LOOK_AGAIN, self._open_journal)
        else:
            self.query_one("#words", Static).update(say(f"! {error}", AMBER))
            self.set_timer(LOOK_AGAIN, self._begin)

    @on(ScreenResume)
    def _resumed(self) -> None:
        """Home, once the sitting is over."""
        if self._has_begun:
            self._go_home()

    def _go_home(self) -> None:
        """Give way to Home, in a stack of its own: the first screen of one cannot be exchanged."""
        self._when_in_front(self.app.go_home)
