"""The app: modes, theme, keys and the journal, and nothing else."""

from __future__ import annotations

import asyncio
import signal
import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.app import App
from textual.binding import Binding
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.worker import WorkerFailed

from sciaquiz.errors import SciaquizError
from sciaquiz.settings.file import write_setting
from sciaquiz.settings.values import SettingError
from sciaquiz.tui import terminal, themes
from sciaquiz.tui.journalthread import JournalThread
from sciaquiz.tui.keys import sound_keymap
from sciaquiz.tui.screens.front import Dialogue, PlacedScreen, StudentScreen
from sciaquiz.tui.telling import Telling
from sciaquiz.tui.typeahead import TypeAhead
from sciaquiz.tui.widgets.toldline import ToldLine

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType
    from textual import events
    from textual.binding import BindingType
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.acts import Refused
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.mocks import Wanted
    from sciaquiz.previewing import Following
    from sciaquiz.settings import Spec
    from sciaquiz.study.choice import Choice
    from sciaquiz.study.confusions import Ledger
    from sciaquiz.study.round import Request, Round, Undone
    from sciaquiz.study.sitting import Sitting
    from sciaquiz.tui.fitting import Fitting
    from sciaquiz.workspace import Workspace

    T = TypeVar("T")

LONGEST_NAMED = 40
"""Cells by which a question is known again."""

TWICE = 2.0
"""Seconds within which Ctrl+C has to be pressed again to quit."""

ENDING_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name))


class SciaquizApp(App[None]):
    """Quiz and spaced repetition in the terminal."""

    TITLE = "sciaquiz"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-normal"), (100, "-wide"), (150, "-huge")]  # noqa: RUF012 -- likewise
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-medium"), (34, "-tall")]  # noqa: RUF012 -- likewise
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "keys", id="app.help", tooltip="These keys"),
        Binding("ctrl+q", "quit", "quit", id="app.quit", show=False, priority=True, tooltip="Leave sciaquiz"),
        Binding("ctrl+p", "command_palette", "commands", id="app.palette", show=False, tooltip="Every command"),
        Binding(
            "ctrl+z",
            "suspend_process",
            "shell",
            id="app.suspend",
            priority=True,
            show=False,
            tooltip="Shell; fg leads back",
        ),
        Binding("ctrl+c", "interrupt", id="app.interrupt", priority=True, show=False, tooltip="Copy; twice: leave"),
    ]

    told: reactive[tuple[Telling, ...]] = reactive(())
    """What is told above the keys at this moment, the newest last."""
    fitting: reactive[Fitting | None] = reactive(None)
    """What there is to tell of a fit of the model of memory."""
    fit_process: Process | None = None

    def __init__(
        self,
        workspace: Workspace,
        *,
        study: Sequence[str] | None = None,
        choice: Choice | None = None,
        mock: Wanted | None = None,
        waiting: int = 0,
        preview: Following | None = None,
        card_limit: int = 0,
        minute_limit: int = 0,
        draws_sharply: bool = False,
    ) -> None:
        first = "home" if study is None else "study"  # its rules are read with the app's, and not in a second pass
        first = first if preview is None else "deckpreview"
        super().__init__(css_path=["app.tcss", f"screens/{first}.tcss"])
        self._preview = preview
        self.draws_sharply = draws_sharply
        self.workspace = workspace
        self.journal = JournalThread(workspace)
        self.typeahead = TypeAhead(self)
        self._study = study
        self._choice = choice
        self.mock, self.waiting = mock, waiting
        self._interrupted_at = -TWICE
        self.card_limit = card_limit
        self.minute_limit = minute_limit
        self.notices: tuple[str, ...] = ()
        self._decks: tuple[Deck, ...] = ()
        others = [name for name in self.available_themes if name not in themes.NAMES]
        for theme in themes.ALL:
            self.register_theme(theme)
        self._show_theme()
        for name in others:
            self.unregister_theme(name)

    async def on_event(self, event: events.Event) -> None:
        """Let keys and clicks in one at a time."""
        if not self.typeahead.holds(event):
            await super().on_event(event)

    def get_default_screen(self) -> Screen[None]:
        """Home, or the sitting or the preview that was asked for."""
        if self._preview is not None:
            from sciaquiz.tui.screens.deckpreview import DeckPreviewScreen

            return DeckPreviewScreen(self._preview, self.workspace)
        if self._study is not None:
            from sciaquiz.tui.screens.begin import BeginScreen

            return BeginScreen(self._study, self._choice)
        from sciaquiz.tui.screens.home import HomeScreen

        return HomeScreen()

    def go_home(self) -> None:
        """Go on with Home, where a sitting came before it."""
        from sciaquiz.tui.screens.home import HomeScreen

        self.add_mode("home", HomeScreen)
        self.switch_mode("home")

    def on_mount(self) -> None:
        """Take over the signals that end a program, and the student's keys."""
        loop = asyncio.get_running_loop()
        for number in ENDING_SIGNALS:
            try:
                loop.add_signal_handler(number, self._end_by, number)
            except (NotImplementedError, RuntimeError, ValueError):  # not a main thread, or not this platform
                break
        if not self.is_headless:
            terminal.when_closed(lambda: loop.call_soon_threadsafe(self._end_by, signal.SIGHUP))
            terminal.when_continued(lambda: loop.call_soon_threadsafe(self._go_on))
        keymap, self.notices = sound_keymap(self.workspace.settings.keys, self.BINDINGS)
        self.set_keymap(keymap)

    def _end_by(self, number: signal.Signals) -> None:
        self.exit(return_code=128 + number)

    def _go_on(self) -> None:
        self.app_resume_signal.publish(self)
        self.refresh(layout=True)

    @property
    def failure(self) -> Exception | None:
        """The bug that ended the app, if one did."""
        failed = self._exception
        return failed.error if isinstance(failed, WorkerFailed) and isinstance(failed.error, Exception) else failed

    def _fatal_error(self) -> None:
        """End after a bug and draw no traceback: whoever started the app writes it to the log."""
        self._close_messages_no_wait()

    def panic(self, *told: RenderableType) -> None:
        """End as if the terminal were closed when its keys can no longer be read."""
        from rich.traceback import Traceback

        if any(isinstance(part, Traceback) for part in told):
            self._end_by(signal.SIGHUP)
        else:
            super().panic(*told)

    async def snapshot(self) -> Snapshot:
        """Read where everything stands, without waiting for the journal unless only it can tell. Raises StoreError."""
        from sciaquiz.journal.snapshot import Snapshot
        from sciaquiz.store.queries import read_snapshot

        path, today = self.workspace.paths.journal, self.workspace.clock.now().study_day
        catalogue = self.workspace.catalogue
        seen = await asyncio.to_thread(read_snapshot, path, today, catalogue.mirror)
        if seen is None and path.exists():
            seen = await self.journal.call(lambda journal: journal.snapshot(today, catalogue.mirror))
        if seen is None:
            await asyncio.to_thread(catalogue.forget_states)
        seen = seen or Snapshot(today=today)
        self.workspace.note(seen)
        return seen

    async def ledger(self, decks: Sequence[Deck]) -> Ledger:
        """Work out from the journal what was taken for what. Raises StoreError."""
        from sciaquiz.study.confusions import ledger

        cards = await asyncio.to_thread(self.workspace.pool(decks).with_concepts)
        given = await self.journal.call(lambda journal: journal.given([card.id for card in cards]))
        return await asyncio.to_thread(ledger, cards, given)

    async def decks(self, progress: Callable[[int, int], None] | None = None) -> tuple[Deck, ...]:
        """Read the decks, in a thread the first time.

        `progress` is called with how many files of those that changed were read, and how many there are.
        """

        loop = asyncio.get_running_loop()

        def report(done: int, files: int) -> None:
            if not self.is_running:
                raise asyncio.CancelledError  # the app is leaving: the next start goes on with the other files
            if progress is not None:
                loop.call_soon_threadsafe(progress, done, files)  # nobody waits: the catalogue is locked meanwhile

        self._decks = tuple((await asyncio.to_thread(self.workspace.read_decks, report)).decks)
        return self._decks

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell something above the keys for as long as it takes to read it; text is never markup, and no title.

        What is told next takes its place, but a trouble stays for its time.
        """
        telling = Telling(message, is_trouble=severity != "information")
        self.told = (*(other for other in self.told if other.is_trouble and other != telling), telling)
        self.set_timer(timeout or telling.seconds, partial(self._forget, telling))
        if isinstance(self.screen, ModalScreen) and not self.screen.query(ToldLine):
            self.screen.mount(ToldLine())

    def _forget(self, telling: Telling) -> None:
        self.told = tuple(other for other in self.told if other is not telling)

    @property
    def is_free_to_go(self) -> bool:
        """Whether no sitting is open: from one nobody is led away."""
        return not any(
            isinstance(screen, StudentScreen) and not isinstance(screen, PlacedScreen | Dialogue)
            for screen in self.screen_stack
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the other places only where nothing is left behind."""
        leads_away = action in ("go", "find", "past", "custom", "mock")
        return self.is_free_to_go if leads_away else super().check_action(action, parameters)

    def action_go(self, name: str) -> None:
        """Go to a place; what was open above it, or beside it, closes."""
        from sciaquiz.tui.screens import screen_at

        if not (isinstance(self.screen, PlacedScreen) and self.is_free_to_go):
            return
        there = next((screen for screen in self.screen_stack if getattr(screen, "PLACE", "") == name), None)
        if there is not None:
            there.pop_until_active()
        elif self._decks:
            self.screen_stack[0].pop_until_active()
            self.push_screen(screen_at(name, self._decks))

    def action_find(self) -> None:
        """Say which questions to look for."""
        from sciaquiz.tui.screens.browse import BrowseScreen

        self.action_go("browse")
        if isinstance(self.screen, BrowseScreen):
            self.screen.ask()

    def action_past(self) -> None:
        """Look at past sittings."""
        from sciaquiz.tui.screens.past import PastScreen

        if self.is_free_to_go and not isinstance(self.screen, PastScreen):
            self.push_screen(PastScreen())

    def action_custom(self) -> None:
        """Choose what to study, from what is looked at."""
        from sciaquiz.tui.screens.custom import CustomScreen

        if isinstance(self.screen, PlacedScreen) and self.is_free_to_go:
            self.push_screen(CustomScreen(self.screen.choice_from_here()))

    def action_mock(self) -> None:
        """Begin a mock exam, or go on with one."""
        self.offer_mock(None)

    def offer_mock(self, wanted: Wanted | None, waiting: int = 0) -> None:
        """Show how a mock exam would be held, and those that wait, one of which may be under the cursor."""
        from sciaquiz.tui.screens.mockstart import MockStartScreen

        if self.is_free_to_go and not isinstance(self.screen, MockStartScreen):
            self.push_screen(MockStartScreen(wanted, waiting))

    def action_settings(self) -> None:
        """Change how the app works."""
        from sciaquiz.tui.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def start_sitting(self, sitting: Sitting, decks: Sequence[Deck]) -> None:
        """Open the study screen on a sitting."""
        from sciaquiz.study.round import Round

        workspace, by_id = self.workspace, {deck.id: deck for deck in decks}
        round_ = Round(sitting, workspace.clock, by_id, corrections=workspace.corrections)
        self.push_screen(self.study_screen(round_))

    def study_screen(self, round_: Round) -> Screen[None]:
        """Return the screen on which a sitting begins, or goes on."""
        from sciaquiz.tui.screens.study import StudyScreen

        return StudyScreen(round_)

    async def carry_out(self, request: Request[T]) -> T | Refused:
        """Ask the journal for what a round wants of it, and let the round take in what came of it."""
        from sciaquiz.journal.acts import Refused

        try:
            state = await self.journal.call(request.ask)
        except SciaquizError as error:
            return Refused(str(error))
        return request.take(state)

    async def take_back(self, round_: Round) -> Undone | None:
        """Take back what was done last in a sitting, and say so; None, and said why, if that failed."""
        from sciaquiz.journal.acts import Refused
        from sciaquiz.study.round import Request
        from sciaquiz.view.acts import undone_words

        undone = round_.undo()
        if isinstance(undone, Request):
            undone = await self.carry_out(undone)
        if isinstance(undone, Refused):
            self.notify(undone.why, severity="warning", markup=False)
            return None
        self.notify(undone_words(undone.what), markup=False)
        return undone

    async def undo_last(self) -> bool:
        """Take back what the student did last, whenever that was, and say so; False if there is nothing.

        Raises StoreError.
        """
        from sciaquiz.study.round import Step
        from sciaquiz.study.summary import opening
        from sciaquiz.view.acts import undone_words

        undone = await self.journal.call(lambda journal: journal.undo_last(self.workspace.clock.now()))
        if undone is None:
            self.notify("There is nothing to undo.", markup=False)
            return False
        card_id, kind = undone
        card = await asyncio.to_thread(self.workspace.catalogue.card, card_id)
        which = f" “{opening(card.question, LONGEST_NAMED)}”" if card else ""
        self.notify(f"{undone_words(kind or Step.ANSWER)}{which}", markup=False)
        return True

    def keep_setting(self, spec: Spec, value: object) -> None:
        """Write one setting and use it from now on, or say why it cannot be kept."""
        try:
            settings = write_setting(self.workspace.paths.settings, spec, value)
        except (SettingError, OSError) as error:
            self.notify(f"{spec.title} {error}", severity="error", markup=False)
            return
        self.workspace.apply(settings)
        self._show_theme()

    def _show_theme(self) -> None:
        self.theme = themes.fitting(self.workspace.settings.theme, self.console.color_system, no_color=self.no_color)

    def refresh_css(self, animate: bool = True) -> None:
        """Style all anew; before there is a screen, whose styles are parsed when it comes, that would be done twice."""
        if self.screen_stack:
            super().refresh_css(animate=animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    async def action_fit(self) -> None:
        """Show what a fit of the model of memory would do, how far it is, or what it came to."""
        from sciaquiz.tui.screens.fitting import show

        await show(self)

    def action_suspend_process(self) -> None:
        """Give the terminal back to the shell until it asks this program to go on."""
        if self._driver is not None and self._driver.can_suspend:
            super().action_suspend_process()
        else:
            self.notify("This terminal has no shell to go to. Ctrl+Q quits.", severity="warning", markup=False)

    async def action_interrupt(self) -> None:
        """Copy what is selected; else say how to quit, and quit when asked again at once."""
        focused = self.focused
        selected = focused.selected_text if isinstance(focused, Input) else self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
        elif time.monotonic() - self._interrupted_at < TWICE:
            await self.action_quit()
        else:
            self._interrupted_at = time.monotonic()
            self.notify("Ctrl+Q quits; Ctrl+C again quits too.", timeout=TWICE, markup=False)

    def action_help(self) -> None:
        """Show the keys of the screen in front."""
        from sciaquiz.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        """Show everything that can be done, and do what is chosen."""
        if not isinstance(self.screen, ModalScreen):
            self._do_by_name()

    @work(exclusive=True, group="dialogue")
    async def _do_by_name(self) -> None:
        from sciaquiz.tui.commands import run
        from sciaquiz.tui.screens.palette import PaletteScreen

        command = await self.push_screen_wait(PaletteScreen(self.screen))
        if command is not None:
            self.run_worker(run(self, command), group="command")

    async def on_unmount(self) -> None:
        """Leave only when every answer is durable; a fit that runs is ended, and has changed nothing."""
        if self.fit_process is not None:
            from sciaquiz.tui.fitting import end

            await end(self)
        self.journal.close()
        self.workspace.close_caches()
