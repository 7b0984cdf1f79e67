"""A mock exam: one question after the other, in any order, and nothing of right or wrong before the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.widgets import Input

from sciaquiz import mocks
from sciaquiz.errors import SciaquizError
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import SelfGrade
from sciaquiz.mock.attempt import LONGEST_TYPED, By
from sciaquiz.study.round import Round
from sciaquiz.text import LETTERS
from sciaquiz.tui import page
from sciaquiz.tui.blocks import Block
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.forms.form import Form
from sciaquiz.tui.screens import mockpage
from sciaquiz.tui.screens.beside import SHORT, TALL, Beside, Body
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
    from textual.binding import ActiveBinding, BindingType
    from textual.timer import Timer

    from sciaquiz.memory.explain import Reasons
    from sciaquiz.mock.holding import Held

LOOK = 1.0
"""Seconds between looks at the clock."""
TYPING = 1.0
"""Seconds without a key after which what stands in the line is kept."""
NOT_SAVED = "This is NOT saved: {} ⏎ tries again."
NO_GRADE = "First the answer has to be seen: ⏎ shows it."
NO_ANSWER = "There is no answer yet to be sure of."
FIRST_OPEN, OVERVIEW = "g", "o"
"""Letters that choose where a question has so many options, and else do something of their own."""


class ExamLine(Input):
    """The line that is typed into; where nothing is in it, the arrows go to another question."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrows to the exam while the line is empty."""
        return bool(self.value) if action in ("cursor_left", "cursor_right") else True


class MockScreen(Beside):
    """A mock exam that is open. What is done is kept before another question is in front."""

    CSS_PATH = "mock.tcss"
    AUTO_FOCUS = ""
    HELP = """\
    A letter answers, instead of what was chosen before; ⌫ takes an answer away.
    How sure you are may be said with 1, 2 or 3 and counts in a second mark.
    Nothing is said of right or wrong before you hand in.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next", id="mock.on", tooltip="Next question"),
        Binding("left", "turn(-1)", "back", id="mock.back", tooltip="The question before, the next one"),
        Binding("right", "turn(1)", show=False, id="mock.forth", tooltip="The question before, the next one"),
        Binding("asterisk", "flag", "flag", id="mock.flag", tooltip="Flag, to come back to it"),
        Binding("q,escape", "stop", "pause or hand in", id="mock.stop", tooltip="Pause, or hand in"),
        Binding(FIRST_OPEN, "first_open", "first open one", id="mock.open", tooltip="The first that is open"),
        Binding(OVERVIEW, "overview", "all questions", id="mock.all", tooltip="All questions"),
        Binding("w", "clock", "clock", id="mock.clock", tooltip="Hide the clock, or show it"),
        *(
            Binding(letter, f"choose('{letter}', False)", show=False)
            for letter in LETTERS
            if letter not in (FIRST_OPEN, OVERVIEW)
        ),
        *(Binding(letter.upper(), f"choose('{letter}', True)", show=False) for letter in LETTERS),
        *(Binding(str(number), f"number({number})", show=False) for number in range(1, 5)),
        Binding("space", "pick", show=False, id="mock.pick", tooltip="Pick; read on"),
        Binding("down,j", "move(1)", show=False, tooltip="Move"),
        Binding("up,k", "move(-1)", show=False, tooltip="Move"),
        Binding("tab", "cycle(1)", show=False, tooltip="Next part, the one before"),
        Binding("shift+tab", "cycle(-1)", show=False, tooltip="Next part, the one before"),
        Binding("shift+down,J", "carry(1)", show=False, tooltip="Carry a step down, up"),
        Binding("shift+up,K", "carry(-1)", show=False, tooltip="Carry a step down, up"),
        Binding("pagedown", "page(1)", show=False, tooltip="Read on, read back"),
        Binding("pageup", "page(-1)", show=False, tooltip="Read on, read back"),
        Binding("backspace,u", "retype", show=False, id="mock.retype", tooltip="Take back a step, or the answer"),
        Binding("p", "pane", show=False, id="mock.pane", tooltip="The pane beside it"),
    ]

    def __init__(self, held: Held) -> None:
        super().__init__(Round(held.paper.sitting, held.clock, held.paper.decks))
        self._held = held
        self._grade: int | None = None
        self._typing: Timer | None = None
        self._trouble = ""
        self._hides_clock = self._is_moving = self._is_ending = False

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

    # What is done

    def action_go_on(self) -> None:
        """Show the answer of a question that is graded by oneself, pick what is under the cursor, or go on."""
        if self._trouble:
            self._keep()
        elif self._stage is Stage.ASKED and self._form.self_graded and self._shown is not None:
            self._stage = Stage.ANSWER_SHOWN
            self._changed_look()
        elif self._form.is_left and self._form.wants_text:
            self._ask_to_type()
            self._draw_status()
        elif self._form.response is None and self._form.commits_at_once and self._drafts.step(self._form.pick):
            self._changed()
        else:
            self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """Go to the question before, or to the next one; behind the last comes what is to be done now."""
        place = self._held.here + by
        if place == len(self._held.attempt.form):
            self.action_stop()
        elif place >= 0:
            self._go(place)

    def action_first_open(self) -> None:
        """Go to the first question without an answer, unless the letter is one of an option."""
        if self._takes(FIRST_OPEN):
            return
        place = self._held.attempt.first_open(self._held.here)
        if place is None:
            self._refuse("Every question has an answer.")
        elif place == self._held.here:
            self._refuse("This is the only one that is open.")
        else:
            self._go(place)

    @work(group="overview")
    async def action_overview(self) -> None:
        """Show all questions, unless the letter is one of an option."""
        if self._takes(OVERVIEW):
            return
        from sciaquiz.tui.screens.mockasking import OverviewScreen

        place = await self.app.push_screen_wait(OverviewScreen(self._held))
        if place is not None:
            self._go(place)

    def _takes(self, letter: str) -> bool:
        """Let the form take a letter that means something else where it does not."""
        if self._stage is Stage.ASKED and self._drafts.step(lambda: self._form.letter(letter)):
            self._changed()
            return True
        return False

    def action_choose(self, letter: str, certain: bool) -> None:
        """Take a letter; the capital letter says that the student is certain as well."""
        if self._is_moving:
            return
        super().action_choose(letter, certain)

    def action_number(self, number: int) -> None:
        """Grade what was answered in the head, or say how sure one is of the answer."""
        held = self._held
        response, _ = held.said()
        if self._stage is Stage.ANSWER_SHOWN:
            self._grade = number
            held.say(SelfGrade(Rating(number)))
            self._keep()
            self._draw_all()
        elif number > len(Certainty) or not held.attempt.form.terms.asks_certainty:
            self._refuse(f"{number} means nothing here.")
        elif self._form.self_graded:
            self._refuse(NO_GRADE)
        elif response is None or self._form.response is None:
            self._refuse(NO_ANSWER)
        else:
            held.say(response, Certainty(number))
            self._keep()
            self._draw_all()

    def action_flag(self) -> None:
        """Mark the question, or mark it no longer."""
        self._held.flag()
        self._keep()
        self._draw_all()

    def action_clock(self) -> None:
        """Hide the clock, or show it; the last minutes are always shown."""
        self._hides_clock = not self._hides_clock
        self._draw_top()

    def action_retype(self) -> None:
        """Take back the last step of the answer, or all of it."""
        typed = self.query_one("#typed", Input)
        if self._stage is Stage.ANSWER_SHOWN or not (typed.value or self._drafts.back()):
            if not self._held.clear():
                self._refuse("There is nothing to take back.")
                return
            self._keep()
            self._ask()
            return
        typed.value = ""
        self._ask_to_type()
        self._changed_look()

    def _changed(self, certainty: Certainty | None = None) -> None:
        """Keep what the draft says now, and show it."""
        self._take_down(certainty)
        super()._changed_look()
        self._draw_all()

    def _changed_look(self) -> None:
        self._take_down(None)
        super()._changed_look()

    def _take_down(self, certainty: Certainty | None) -> None:
        """Let the journal have what the form says, if that is something else than before."""
        if self._form.self_graded or self._shown is None:
            return
        part, (before, sure) = self._form.partial, self._held.said()
        if part is None:
            if not self._held.clear():
                return
        elif part != before or certainty is not None:
            asked = certainty if self._held.attempt.form.terms.asks_certainty else None
            self._held.say(part, asked, is_whole=self._form.response is not None)
        else:
            self._held.say(part, sure, is_whole=self._form.response is not None)
        self._keep()

    # Typing

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take a typed line as it is: what is nearly right is not handed back. An empty one goes on."""
        event.stop()
        if event.value.strip():
            self._take_line(event.value)
            if self._form.response is not None:
                self._changed()
        else:
            self.action_turn(1)

    @on(Input.Changed, "#typed")
    def keep_what_is_typed_in_a_moment(self) -> None:
        """Let the journal have what stands in the line once nobody types for a moment."""
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING, self._keep_what_is_typed)

    def _keep_what_is_typed(self) -> None:
        if self._form.wants_text and not self._is_moving:
            self._held.type(self.query_one("#typed", Input).value)
            self._keep()

    def _take_line(self, text: str) -> None:
        self._form.line = text
        self._drafts.step(lambda: self._form.submit(text))
        self.query_one("#typed", Input).value = ""
        self._ask_to_type()
        self._changed()

    def _take_what_is_typed(self) -> None:
        """Count what stands in the line as typed: nobody presses Enter once the time is over."""
        text = self.query_one("#typed", Input).value
        if text.strip() and self._form.wants_text:
            self._take_line(text)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys, as they are told: Escape only leaves the line while something is typed."""
        found = super().active_bindings
        if not isinstance(self.focused, Input):
            return found
        return {
            key: each._replace(binding=replace(each.binding, description="other keys"))
            if each.binding.action == "stop"
            else each
            for key, each in found.items()
        }

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
