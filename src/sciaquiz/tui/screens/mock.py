"""A mock exam: one question after the other, in any order, and nothing of right or wrong before the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Container, Vertical
from textual.widgets import Input

from sciaquiz import mocks
from sciaquiz.errors import SciaquizError
from sciaquiz.marking.response import SelfGrade
from sciaquiz.mock.attempt import LONGEST_TYPED, By
from sciaquiz.tui import page
from sciaquiz.tui.blocks import Block
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.forms.form import Form
from sciaquiz.tui.screens import mockpage
from sciaquiz.tui.screens.beside import SHORT, TALL, Body
from sciaquiz.tui.screens.mockanswering import ExamLine, MockAnswering
from sciaquiz.tui.screens.mockkeys import BINDINGS, HELP
from sciaquiz.tui.screens.studypage import Stage, surface_of
from sciaquiz.tui.telling import Telling
from sciaquiz.tui.text import MUTED, lines, say
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.line import Line
from sciaquiz.tui.widgets.sharppicture import SharpPicture
from sciaquiz.tui.widgets.sheet import Sheet
from sciaquiz.view.mock import ENDED_ELSEWHERE, GONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sciaquiz.memory.explain import Reasons
    from sciaquiz.mock.holding import Held

LOOK = 1.0
"""Seconds between looks at the clock."""
NOT_SAVED = "This is NOT saved: {} ⏎ tries again."


class MockScreen(MockAnswering):
    """A mock exam that is open. What is done is kept before another question is in front."""

    CSS_PATH = "mock.tcss"
    AUTO_FOCUS = ""
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        self._hides_clock = self._is_ending = False

    def compose(self) -> ComposeResult:
        """Mount the widgets once."""
        yield Line(id="top", classes="frame")
        yield SharpPicture(id="picture")
        with Body(id="body", classes="frame"):
            with Vertical(id="question"):
                yield Sheet(id="sheet")
                with Container(id="line"):
                    yield ExamLine(id="typed", compact=True, max_length=LONGEST_TYPED, select_on_focus=False)
            yield Sheet(id="side")
        yield Line(id="status", classes="frame")
        yield KeysLine(tells=False)

    def on_mount(self) -> None:
        """Show the question in front."""
        self._ask()
        self.set_interval(LOOK, self._look_at_the_clock)
        self.watch(self.app, "told", self._draw_status, init=False)
        self.app.app_resume_signal.subscribe(self, self._went_on)

    def _went_on(self, _: object = None) -> None:
        self._held.meter.went_on()

    def _note_time_away(self) -> None:
        """Time under the pane is time of the exam."""

    def on_screen_resume(self) -> None:
        """Look at the clock again."""
        self._look_at_the_clock()

    # Asking

    def _ask(self) -> None:
        """Put the question in front on the screen, with what was said to it."""
        held = self._held
        shown = held.shown()
        self._round.shown = shown
        if self.app.draws_sharply:
            self.query_one(SharpPicture).show(None if shown is None else shown.card.question.picture)
        self._is_over = False
        self._place_side()
        form = Form() if shown is None else form_for(shown, self._round.deck(shown))
        said, _ = held.said()
        self._grade = int(said.rating) if isinstance(said, SelfGrade) else None
        if said is not None:
            form.restore(said)
        self._begin_draft(form)
        if self._grade is not None:
            self._stage = Stage.ANSWER_SHOWN
        typed = self.query_one("#typed", Input)
        typed.value = held.attempt.typed.get(held.here, "") if form.wants_text else ""
        typed.action_end()
        self._draw(from_top=True)
        self._draw_status()
        self._draw_side()
        self.refresh_bindings()

    def _look_at_the_clock(self) -> None:
        """Draw how much time is left; hand in when none is."""
        if not self.is_there or self._is_ending:
            return
        if self._held.is_over:
            self._end(By.TIME)
        else:
            self._draw_top()

    def action_clock(self) -> None:
        """Hide the clock, or show it; the last minutes are always shown."""
        self._hides_clock = not self._hides_clock
        self._draw_top()

    # Keeping

    @work(group="keep")
    async def _keep(self) -> None:
        """Let the journal have what was done."""
        await self._is_kept()

    async def _is_kept(self) -> bool:
        """Wait until the journal has all that was done; False, and said why, if it has not."""
        held = self._held
        try:
            await self.app.journal.record(held)
            if not self._is_ending and await self.app.journal.call(
                lambda journal: journal.has(held.attempt.form.end_id)
            ):
                self.app.notify(ENDED_ELSEWHERE, severity="warning", markup=False)
                self._end(By.STUDENT)
                return False
        except SciaquizError as error:
            self._trouble = NOT_SAVED.format(str(error).removeprefix("This is NOT saved: "))
            self._draw_status()
            return False
        was_in_trouble, self._trouble = bool(self._trouble), ""
        if was_in_trouble:
            self._draw_status()
        return True

    @work(exclusive=True, group="go")
    async def _go(self, place: int) -> None:
        """Go to a question once what was said to this one is kept."""
        self._take_what_is_typed()
        self._is_moving = True
        try:
            if await self._is_kept() and self.is_there:
                self._held.go(place)
                self._ask()
                self._keep()
        finally:
            self._is_moving = False

    # Ending

    def action_back(self) -> None:
        """Leave the line, or the pane over the page, or ask how to go on."""
        if not (self._leave_the_line() or self._close_side()):
            self.action_stop()

    @work(exclusive=True, group="dialogue")
    async def action_stop(self) -> None:
        """Ask whether to pause or to hand in."""
        from sciaquiz.tui.screens.mockasking import Doing, StopScreen

        if self._leave_the_line() or self._close_side():
            return
        self._take_what_is_typed()
        doing = await self.app.push_screen_wait(StopScreen(self._held.attempt))
        if doing is Doing.PAUSE:
            self._held.pause()
            was_told = bool(self._trouble)
            if await self._is_kept() or was_told:
                self.leave()
        elif doing is Doing.HAND_IN:
            self._end(By.STUDENT)

    @work(exclusive=True, group="end")
    async def _end(self, by: By) -> None:
        """Hand in, and show what it came to."""
        from sciaquiz.tui.screens.mockresult import MockResultScreen

        self._take_what_is_typed()
        self._is_ending, held = True, self._held
        try:
            await self.app.journal.call(lambda journal: mocks.hand_in(journal, held, by))
            result = await self.app.journal.call(lambda journal: mocks.result_in(journal, held.attempt))
            others = await self.app.journal.call(mocks.results_in)
        except SciaquizError as error:
            self._trouble = NOT_SAVED.format(str(error).removeprefix("This is NOT saved: "))
            self._draw_status()
            self.set_timer(LOOK, self._may_end_again)
            return
        self.give_way(MockResultScreen(result, held.paper, others))

    def _may_end_again(self) -> None:
        self._is_ending = False

    # Drawing

    @on(Body.Resized)
    @on(Sheet.Resized, "#sheet")
    def draw_for_the_new_size(self) -> None:
        """Draw what depends on the room there is."""
        self._draw()
        self._draw_status()

    def on_resize(self, event: events.Resize) -> None:
        """Put the pane where there is room for it."""
        super().on_resize(event)
        self._draw_status()

    def _draw_all(self) -> None:
        self._draw()
        self._draw_status()
        self._draw_side()

    def _draw_anew(self) -> None:
        self._draw_all()

    def _draw(self, *, from_top: bool = False, follows_cursor: bool = False) -> None:
        if not self.is_there:
            return
        sheet, rows, shown = self._sheet, self.query_one("#body").size.height, self._shown
        self._form.surface = surface_of(sheet, rows)
        reading: Sequence[Block] = ()
        if shown is None:
            why = self._held.paper.why_gone(self._held.attempt.form.items[self._held.here])
            blocks = [Block(text=say(GONE.format(why), MUTED), above=1)]
        else:
            surface = None if self.app.draws_sharply or self.app.no_color else self._form.surface
            is_shown = self._stage is Stage.ANSWER_SHOWN
            parts = self._form.uncovered() if is_shown else self._form.blocks()
            blocks = [*page.asked(shown.card.question, self._round.deck(shown), surface), *parts]
            reading = self._form.answer_blocks() if is_shown else ()
        whole = next((place for place, block in enumerate(blocks) if block.cell_targets), None)
        sheet.show(blocks, reading, rows=rows, from_top=from_top, whole=whole, follows_cursor=follows_cursor)
        self._make_room_for_the_line(rows)
        self._draw_top()

    def _draw_top(self) -> None:
        if not self.is_there:
            return
        left = self._held.left_ms
        head = mockpage.top(self._held.attempt, left, self._frame_width, hides_clock=self._hides_clock)
        empty = [""] * (0 if self.size.height < SHORT else 1 if self.size.height < TALL else 2)
        self.query_one("#top", Line).show(lines([head, *empty]))

    def _draw_status(self) -> None:
        if not self.is_there:
            return
        held, width = self._held, self._frame_width
        _, certainty = held.said()
        can = mockpage.prompt(
            self._form, width, is_shown=self._stage is Stage.ANSWER_SHOWN, grade=self._grade, certainty=certainty,
            asks=held.attempt.form.terms.asks_certainty,
        )  # fmt: skip
        said = [*self.app.told[-1:], *([Telling(self._refused)] if self._refused else [])]
        said += [Telling(self._trouble, is_trouble=True)] if self._trouble else []
        rule = mockpage.rule(width, can, said, self._read_now.below)
        if self.query_one("#side").display and not self._is_over:
            row = mockpage.pace(held.attempt, held.meter.look(), held.left_ms, width)
        else:
            row = mockpage.strip(held.attempt, width)
        self.query_one("#status", Line).show(lines([rule, row]))

    def _draw_side(self, reasons: Reasons | None = None, section: str = "w") -> None:
        pane = self.query_one("#side", Sheet)
        if pane.display and self.is_there:
            pane.show(mockpage.pane(self._held.attempt, pane.room, is_tall=self.size.height >= TALL), from_top=True)
            pane.styles.height = "100%" if self._is_over else pane.rows + 2

    def _draw_side_later(self, section: str = "w") -> None:
        self.call_after_refresh(self._draw_side)

    def _advance(self) -> None:
        self.action_turn(1)
