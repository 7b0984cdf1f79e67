"""Before a mock exam: those that wait to be gone on with, and how a new one is held."""

from __future__ import annotations

from functools import partial
from random import SystemRandom
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList

from sciaquiz import mocks
from sciaquiz.errors import SciaquizError
from sciaquiz.exams import ahead_in
from sciaquiz.mock.attempt import By
from sciaquiz.mock.form import MOST_MINUTES, MOST_QUESTIONS, Away
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.text import ACCENT, FAINT, MUTED, chip, line, lines, say, spread
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.mock import AWAY, NOT_ASKED, short_words
from sciaquiz.words import duration_words, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.exam.exam import Exam
    from sciaquiz.mock.attempt import Attempt
    from sciaquiz.mock.holding import Held
    from sciaquiz.mock.result import Result
    from sciaquiz.mocks import Proposed, Wanted
    from sciaquiz.store.journal import Journal

SEEDS = 2**31
FROM, QUESTIONS, MINUTES, AWAY_ROW, MARK, CERTAINTY = (
    "From", "Questions", "Time", "If you leave", "Pass mark", "How sure",
)  # fmt: skip
ROWS = (FROM, QUESTIONS, MINUTES, AWAY_ROW, MARK, CERTAINTY)


class StartList(VimList):
    """What waits, and what can be set; ← and → change what is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", show=False, tooltip="Begin, or go on with it")]


class MockStartScreen(PlacedScreen[None]):
    """Where a mock exam begins, or is gone on with."""

    PLACE = "home"
    CSS_PATH = "mockstart.tcss"
    AUTO_FOCUS = "StartList"
    HELP = """\
    Enter begins, or goes on with the exam under the cursor. + and − change the row
    under the cursor. Questions are drawn at random, or by the shares of an exam.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", id="mockstart.begin", tooltip="Begin, or go on with it"),
        Binding("plus,right,equals_sign", "change(1)", "more", id="mockstart.more", tooltip="More, or the other way"),
        Binding("minus,left", "change(-1)", "less", id="mockstart.less", tooltip="Less, or the other way"),
        Binding("x", "drop", "offer it no more", id="mockstart.drop", tooltip="Offer the one under the cursor no more"),
        Binding("o", "past", "past ones", id="mockstart.past", tooltip="Mock exams of the past"),
        Binding("escape,q", "leave", "back", id="mockstart.back", tooltip="Back"),
    ]

    def __init__(self, wanted: Wanted | None = None, waiting: int = 0) -> None:
        """Show how an exam would be held, with the cursor on one of those that wait, by its number from 1 on."""
        super().__init__()
        self._waiting_first = waiting
        self._given = self._first = wanted
        self._waiting: Sequence[Attempt] = ()
        self._exams: Sequence[Exam] = ()
        self._exam: Exam | None = None
        self._is_beginning = False

    @property
    def _wanted(self) -> Wanted:
        if self._given is None:
            self._given = mocks.usual(self.app.workspace.settings)
        return self._given

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine(self.PLACE)
        with Vertical(classes="page"):
            yield Drawn(id="head")
            yield StartList(id="rows")
            yield Drawn(id="foot")
        yield KeysLine()

    def on_mount(self) -> None:
        """Draw what can be set, and read what waits."""
        self._draw()

    def on_screen_resume(self) -> None:
        """Read what waits, at first and after one was held."""
        self._read()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._draw()

    @work(exclusive=True, group="read")
    @tells_errors
    async def _read(self) -> None:
        today = self.app.workspace.clock.now().study_day
        self._waiting = await self.app.journal.call(mocks.open_attempts)
        self._exams = await self.app.journal.call(partial(ahead_in, day=today))
        if self.is_there:
            self._draw()
            if self._waiting_first:
                self.query_one(StartList).highlighted, self._waiting_first = self._waiting_first - 1, 0
            self.refresh_bindings()

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        width, terms = max(20, self.size.width - 2 * 2 - 1), self._wanted.terms
        self._draw_head()
        stands = mocks.stand_words(self._waiting, self.app.workspace.clock.now())
        rows = [waiting_row(words, width) for words in stands]
        told = {
            FROM: self._exam.name if self._exam else str(self._wanted.choice or "") or "all decks",
            QUESTIONS: str(self._wanted.number),
            MINUTES: duration_words(terms.minutes) if terms.minutes else "no limit",
            AWAY_ROW: AWAY[terms.away],
            MARK: percent(terms.pass_mark / 100) if terms.pass_mark else "none",
            CERTAINTY: "may be said" if terms.asks_certainty else "not said",
        }
        rows += [setting_row(name, value, width) for name, value in told.items()]
        self.query_one(StartList).show_rows(rows)
        self.query_one("#foot", Drawn).show(lambda width: lines(say(NOT_ASKED, MUTED).wrap(width)))

    def _draw_head(self) -> None:
        does = "go on" if self._place < len(self._waiting) else "begin"
        self.query_one("#head", Drawn).show(partial(head, self._wanted, does))

    @property
    def _place(self) -> int:
        return self.query_one(StartList).highlighted or 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the row under the cursor."""
        is_waiting = self.is_mounted and self._place < len(self._waiting)
        if action == "drop":
            return is_waiting
        return not is_waiting if action == "change" else True

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._draw_head()
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_begin()

    def action_change(self, by: int) -> None:
        """Change the row under the cursor."""
        name, wanted = ROWS[self._place - len(self._waiting)], self._wanted
        if name == FROM:
            self._turn_to_exam(by)
            return
        terms = wanted.terms
        if name == QUESTIONS:
            wanted = replace(wanted, number=_stepped(wanted.number, by, 5, 1, MOST_QUESTIONS))
        elif name == MINUTES:
            terms = replace(terms, minutes=_stepped(terms.minutes, by, 5, 0, MOST_MINUTES))
        elif name == AWAY_ROW:
            terms = replace(terms, away=Away.STOPS if terms.away is Away.COUNTS else Away.COUNTS)
        elif name == MARK:
            terms = replace(terms, pass_mark=_stepped(terms.pass_mark, by, 5, 0, 100))
        else:
            terms = replace(terms, asks_certainty=not terms.asks_certainty)
        self._given = replace(wanted, terms=terms)
        self._draw()

    def _turn_to_exam(self, by: int) -> None:
        """Take the questions as another exam has them, or as they were at first."""
        sources: list[Exam | None] = [None, *self._exams]
        if self._exam is None:
            self._first = self._wanted
        self._exam = sources[(sources.index(self._exam) + by) % len(sources)]
        first = self._first or self._wanted
        self._given = first if self._exam is None else mocks.for_exam(first, self._exam)
        self._draw()

    @work(exclusive=True, group="begin")
    async def action_begin(self) -> None:
        """Begin an exam, or go on with the one under the cursor."""
        if self._is_beginning:
            return
        self._is_beginning = True
        try:
            place = self._place
            await (self._go_on(self._waiting[place]) if place < len(self._waiting) else self._begin())
        except SciaquizError as error:
            self.app.notify(str(error), severity="error", markup=False)
        finally:
            self._is_beginning = False

    async def _begin(self) -> None:
        workspace, wanted = self.app.workspace, self._wanted
        if refusal := workspace.refusal:
            self.app.notify(refusal, severity="error", markup=False)
            return
        await self.app.snapshot()
        if not wanted.terms.seed:
            wanted = replace(wanted, terms=replace(wanted.terms, seed=SystemRandom().randrange(1, SEEDS)))
        proposed: Proposed = await self.app.journal.call(lambda _: mocks.propose(workspace, wanted))
        held: Held = await self.app.journal.call(lambda journal: mocks.begin(workspace, journal, proposed))
        self._open(held)
        if told := short_words(proposed.short):
            self.app.notify(told, markup=False)

    async def _go_on(self, attempt: Attempt) -> None:
        workspace = self.app.workspace

        def ask(journal: Journal) -> tuple[Held, Result | None]:
            held = mocks.go_on(workspace, journal, attempt)
            if not held.is_over:
                return held, None
            mocks.hand_in(journal, held, By.TIME)
            return held, mocks.result_in(journal, held.attempt)

        held, result = await self.app.journal.call(ask)
        if result is None:
            self._open(held)
            return
        from sciaquiz.tui.screens.mockresult import MockResultScreen

        others = await self.app.journal.call(mocks.results_in)
        self.give_way(MockResultScreen(result, held.paper, others))

    def _open(self, held: Held) -> None:
        from sciaquiz.tui.screens.mock import MockScreen

        self.give_way(MockScreen(held))

    @work(exclusive=True, group="drop")
    @tells_errors
    async def action_drop(self) -> None:
        """Offer the exam under the cursor no more; what was done in it stays in the journal."""
        workspace, place = self.app.workspace, self._place
        if place >= len(self._waiting):
            return
        attempt = self._waiting[place]
        await self.app.journal.call(lambda journal: mocks.drop(workspace, journal, attempt))
        self.app.notify(f"{attempt.form.terms.title} is not offered any more.", markup=False)
        self._read()

    @work(exclusive=True, group="past")
    @tells_errors
    async def action_past(self) -> None:
        """Look at the mock exams of the past."""
        from sciaquiz.tui.screens.mockpast import MockPastScreen

        self.show(MockPastScreen(await self.app.journal.call(mocks.results_in)))


def head(wanted: Wanted, does: str, width: int) -> Content:
    """Return what would begin, with what Enter does."""
    title, name = say("Mock exam", "bold"), wanted.terms.title
    about = say(f"   {name}" if name != "Mock exam" else "", MUTED)
    begin = chip("⏎", does)
    first = line(title, about)
    row = spread(first, begin, width) if first.cell_length + 2 + begin.cell_length <= width else title
    shares = ", ".join(f"{each.replace('-', ' ')} {share:g}" for each, share in wanted.shares.items())
    told = f"By shares: {shares}" if shares else "Questions drawn at random; answers are told at the end."
    return lines([row, say("─" * width, FAINT), *say(told, MUTED).wrap(width)])


def waiting_row(words: str, width: int) -> Content:
    """Return an exam that waits, by where it stands."""
    return say(f"Go on: {words}", ACCENT).truncate(width, ellipsis=True)


def setting_row(name: str, value: str, width: int) -> Content:
    """Return one thing that can be set."""
    return line(say(f"{name:<16}", MUTED), say(value)).truncate(width)


def _stepped(value: int, by: int, step: int, least: int, most: int) -> int:
    """Return the next multiple of a step above or below a value, within bounds."""
    at = value // step + 1 if by > 0 else -(-value // step) - 1
    return min(most, max(least, at * step))
