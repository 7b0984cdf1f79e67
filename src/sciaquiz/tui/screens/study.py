"""Study: one question, its answer, and what it means; updated in place so that the eye stays."""

from __future__ import annotations

import time
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.containers import Container
from textual.widgets import Input

from sciaquiz.errors import SciaquizError
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import SelfGrade
from sciaquiz.study.turns import Over
from sciaquiz.tui import page, status
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.forms.drafts import Drafts
from sciaquiz.tui.forms.form import Form, Surface, keys_prompt
from sciaquiz.tui.screens.frontcard import FrontCardScreen
from sciaquiz.tui.screens.studykeys import BINDINGS, HELP
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.line import Line
from sciaquiz.tui.widgets.sharppicture import SharpPicture
from sciaquiz.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.worker import Worker

    from sciaquiz.marking.response import Response
    from sciaquiz.study.round import Round
    from sciaquiz.study.safekeeping import Aside
    from sciaquiz.study.turns import Outcome, Shown
    from sciaquiz.tui.widgets.sheet import Block


CONTRAST_KEY = "c"
"""Chooses an option while a question is asked, and shows the contrast once it was answered."""

OVERRULE_DELAY = 0.8
"""Seconds after an answer in which a number does nothing: a key pressed twice must not overrule by accident."""

NEXT_DELAY = 0.25
"""Seconds after an answer was given or shown in which Enter does nothing: pressed twice, it must skip no feedback.

What is typed behind such an Enter without a pause of this length is meant for the next question and does nothing.
"""

FOOTER_DELAY = 0.1
"""Seconds until the footer follows an answer: drawing it anew takes longer than the feedback itself."""


LOOK_ELSEWHERE = 3.0
"""Seconds between looks at what another window has answered."""


LEDGER_DELAY = 0.5
"""Seconds until what was mixed up before is read: the first question does not wait for it."""

LONGEST_TYPED = 200
"""Characters of a typed answer."""


class Stage(Enum):
    """Where a question stands."""

    ASKED = auto()
    ANSWER_SHOWN = auto()  # a recall card whose answer is seen and not yet graded
    ANSWERED = auto()


class StudyScreen(FrontCardScreen):
    """One sitting."""

    CSS_PATH = "study.tcss"
    AUTO_FOCUS = ""
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(self, round_: Round) -> None:
        super().__init__(round_)
        self._stage = Stage.ASKED
        self._form = Form()
        self._drafts = Drafts(self._form)
        self._refused = ""
        self._reminder = ""
        self._unsaved: tuple[str, Aside] | None = None
        self._trouble = ""
        self._keeping: Worker[Any] | None = None
        self._all_whys = False
        self._number = ""
        self._told: list[Block] = []
        self._asked_at = 0.0
        self._answered_at = 0.0
        self._pressed_at = self._answer_pressed_at = self._overlooked_at = 0.0
        self._overlooks_text = False
        self._was_away = False
        self._is_behind = False
        self._opened = time.monotonic()

    def compose(self) -> ComposeResult:
        """Mount the widgets once."""
        yield SharpPicture(id="picture")
        with Container(classes="centred"):
            yield Sheet(id="sheet")
        with Container(classes="centred line", id="line"):
            yield Input(id="typed", compact=True, max_length=LONGEST_TYPED)
        with Container(classes="centred status"):
            yield Line(id="status", classes="page")
        yield KeysLine()

    def on_mount(self) -> None:
        """Ask the first question."""
        self._advance()
        self.set_interval(LOOK_ELSEWHERE, self.look_elsewhere)
        self.set_timer(LEDGER_DELAY, self._read_ledger)
        self.watch(self.app, "app_focus", self._note_time_away, init=False)
        self.app.app_resume_signal.subscribe(self, self._note_time_away)

    @on(Sheet.Resized)
    def draw_for_the_new_size(self) -> None:
        """Draw what depends on the width of the sheet: figures, and lines with two ends."""
        self._draw()
        self._draw_status()

    def on_screen_suspend(self) -> None:
        """Time under a dialogue is not time to think."""
        self._note_time_away()

    def _note_time_away(self, _: object = None) -> None:
        """The time of an answer is not fair once the terminal lost the focus, or the app or its process was stopped."""
        self._was_away = True

    # Asking

    def _advance(self) -> None:
        if not self.is_there:
            return
        turn = self._round.next()
        if isinstance(turn, Over):
            self._finish(turn)
        else:
            self._ask(turn)

    def _ask(self, shown: Shown) -> None:
        if not self.is_there:
            return
        self._stage = Stage.ASKED
        self._form = form_for(shown, self._round.deck(shown))
        self._drafts = Drafts(self._form)
        self._reminder = self._refused = ""
        if self.app.draws_sharply:
            self.query_one(SharpPicture).show(shown.card.question.picture)
        self._unsaved = None
        self._all_whys = False
        self._was_away = not (self.app.app_focus and self.is_active)
        self._told = []
        left = self._round.sitting.left
        self._number = f"{left} more" if left else "the last one"
        self.query_one("#typed", Input).value = ""
        self._ask_to_type()
        self._draw(from_top=True)
        self._draw_status()
        self.set_timer(FOOTER_DELAY, self.refresh_bindings)
        self._asked_at = time.monotonic()

    def on_key(self, event: events.Key) -> None:
        """Take nothing for a command that was typed, unseen, behind an Enter that came too early."""
        self._pressed_at = event.time
        if self._refused:
            self._refuse("")
        if event.time - self._overlooked_at > NEXT_DELAY or self._stage is Stage.ASKED:
            self._overlooks_text = False
        elif event.is_printable or (event.key == "enter" and self._overlooks_text):
            self._overlooked_at, self._overlooks_text = event.time, True
            event.stop()

    def action_choose(self, letter: str, certain: bool) -> None:
        """Take a letter; the capital letter says that the student is certain as well."""
        if self._stage is Stage.ANSWERED and letter == CONTRAST_KEY:
            self.action_contrast()
        elif self._stage is Stage.ASKED:
            if self._drafts.step(lambda: self._form.letter(letter)):
                self._changed(Certainty.CERTAIN if certain and self._form.commits_at_once else None)
            else:
                self._refuse(f"{letter} means nothing here.")

    def on_sheet_clicked(self, event: Sheet.Clicked) -> None:
        """A click chooses; a click on what is chosen commits it."""
        if self._stage is Stage.ASKED:
            if self._drafts.step(lambda: self._form.click(event.target)):
                self.action_go_on()
            else:
                self._changed()

    def action_press(self, key: str) -> None:
        """Take a click on a key that is named as that key."""
        self.app.simulate_key(key)

    def on_sheet_pointed(self, event: Sheet.Pointed) -> None:
        """Show what the mouse is over."""
        if self._stage is Stage.ASKED and self._form.point(event.target):
            self._draw()

    def _changed(self, certainty: Certainty | None = None) -> None:
        """Show the draft as it stands now, or commit it where nothing more is asked."""
        asks = self.app.workspace.settings.ask_certainty
        at_once = certainty is not None or (not asks and self._form.commits_at_once)
        if self._form.response is not None and at_once:
            self._commit(certainty if asks else None)
        else:
            self._changed_look()

    def action_move(self, by: int) -> None:
        """Move the cursor among what can be chosen, or scroll the page."""
        if self._stage is Stage.ASKED and self._drafts.step(lambda: self._form.move(by)):
            self._changed_look()
        else:
            self.query_one(Sheet).scroll_relative(y=by * 2, animate=False)

    def action_page(self, by: int) -> None:
        """Go down or up the page, almost a whole one."""
        sheet = self.query_one(Sheet)
        sheet.scroll_relative(y=by * max(1, sheet.size.height - 2), animate=False)

    @on(Sheet.Scrolled)
    def tell_whether_more_is_below(self) -> None:
        """Say in the status line whether the page goes on."""
        self._draw_status()

    def action_aside(self, by: int) -> None:
        """Move the cursor sideways."""
        if self._stage is Stage.ASKED and self._drafts.step(lambda: self._form.aside(by)):
            self._changed_look()

    def action_cycle(self, by: int) -> None:
        """Go to the next of what can be chosen."""
        if self._stage is Stage.ASKED and self._drafts.step(lambda: self._form.cycle(by)):
            self._changed_look()

    def action_carry(self, by: int) -> None:
        """Carry the step under the cursor."""
        if self._stage is Stage.ASKED and self._drafts.step(lambda: self._form.carry(by)):
            self._changed_look()

    def _refuse(self, why: str) -> None:
        """Say why a key did nothing, until the next one."""
        self._refused = why
        self._draw_status()

    def _changed_look(self) -> None:
        self._refused = ""
        self._draw(follows_cursor=True)
        self._draw_status()

    # Typing

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take a typed line; a near miss is handed back once, with a question and without counting."""
        event.stop()
        if self._shown is None or self._stage is not Stage.ASKED:
            return
        if not event.value.strip():
            self._give_up()
            return
        self._form.line = event.value
        self._drafts.step(lambda: self._form.submit(event.value))
        response = self._form.response
        self._reminder = "" if response is None else self._round.sitting.reminder(self._shown, response)
        if self._reminder:
            self.app.typeahead.overlook()  # Enter would commit what is asked about, and a number be typed into it
            event.input.value = self._form.remind()
            self._drafts = Drafts(self._form)
            self._changed_look()
            event.input.action_end()
            return
        event.input.value = ""
        self._ask_to_type()
        if response is not None and not self.app.workspace.settings.ask_certainty:
            self._commit(None)
        else:
            self._changed_look()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say again what is typed, once the line that was left is clicked."""
        if event.widget.id == "typed" and self._form.is_left:
            self._form.is_left = False
            self._draw_status()

    def _give_up(self) -> None:
        """Take an empty line: say what another one means, then count it as not known."""
        if self._form.give_up():
            self._commit(Certainty.GUESS if self.app.workspace.settings.ask_certainty else None)
        else:
            self._reminder = "Not known? ⏎ once more shows the answer."
            self._draw_status()

    def _ask_to_type(self) -> None:
        """Show the line to type into where a text is wanted, and leave the keys to the screen where none is."""
        wanted = self._stage is Stage.ASKED and self._form.wants_text
        self._form.is_left = False
        self.query_one("#line").display = wanted
        typed = self.query_one("#typed", Input)
        if wanted:
            typed.focus(scroll_visible=False)
        elif typed.has_focus:
            self.set_focus(None)

    def action_retype(self) -> None:
        """Take back the last step of the answer, as long as it was not committed."""
        if self._stage is Stage.ASKED and not self._take_back_a_step():
            self._refuse("There is nothing to take back.")

    def _take_back_a_step(self) -> bool:
        """Take back the last step towards the answer; False if none was made."""
        typed = self.query_one("#typed", Input)
        if self._stage is Stage.ANSWER_SHOWN:
            self._stage = Stage.ASKED
            self.set_timer(FOOTER_DELAY, self.refresh_bindings)
        elif self._stage is Stage.ANSWERED:
            return False
        elif typed.value:
            typed.value = ""
        elif self._drafts.back():
            typed.value = self._form.line
            typed.action_end()
            self._ask_to_type()
        else:
            return False
        self._changed_look()
        return True

    def action_hint(self) -> None:
        """Show a hint."""
        if self._stage is Stage.ASKED and (hint := self._form.hint()):
            self._reminder = hint
            self._draw_status()
        elif self._stage is Stage.ASKED:
            self._refuse("This question has no hint.")

    def action_number(self, number: int) -> None:
        """Say how sure, grade a recall card, or overrule the rating: what a number means at each stage."""
        match self._stage:
            case Stage.ASKED if self._form.response is not None and number <= 3:
                self._commit(Certainty(number) if self.app.workspace.settings.ask_certainty else None)
            case Stage.ASKED:
                self._refuse(self._form.missing() if self._form.response is None else f"{number} means nothing here.")
            case Stage.ANSWER_SHOWN:
                self._answer(SelfGrade(Rating(number)), None)
            case Stage.ANSWERED if time.monotonic() - self._answered_at > OVERRULE_DELAY:
                self._overrule(Rating(number))
            case _:
                pass

    def action_go_on(self) -> None:
        """Enter always means: go on."""
        match self._stage:
            case Stage.ASKED if self._form.self_graded:
                self._show_answer()
            case Stage.ASKED if self._form.response is not None:
                self._commit(Certainty.THINK_SO if self.app.workspace.settings.ask_certainty else None)
            case Stage.ASKED if self._form.wants_text:
                self._ask_to_type()
                self._draw_status()
            case Stage.ASKED if self._form.commits_at_once and self._drafts.step(self._form.pick):
                self._changed()
            case Stage.ASKED:
                self._refuse(self._form.missing())
            case Stage.ANSWER_SHOWN | Stage.ANSWERED if self._is_too_early:
                self._overlooked_at = self._pressed_at
            case Stage.ANSWER_SHOWN:
                self._answer(SelfGrade(Rating.GOOD), None)
            case Stage.ANSWERED:
                if self._unsaved and self._outcome:
                    self._keeping = self._keep(self._outcome)
                elif self._round.state is not None:
                    self._advance()
                else:
                    self._overlooked_at = self._pressed_at

    def action_pick(self) -> None:
        """Space picks what is under the cursor, or reads on; it commits nothing."""
        match self._stage:
            case Stage.ASKED if not self._form.self_graded:
                if self._drafts.step(self._form.pick):
                    self._changed_look()
                else:
                    self._refuse(self._form.nothing_to_pick)
            case _ if self.query_one(Sheet).goes_on:
                self.action_page(1)
            case Stage.ANSWER_SHOWN:
                self._refuse("How was it? 1 to 4 say so, and ⏎ means 3.")
            case _:
                self.action_go_on()

    @property
    def _is_too_early(self) -> bool:
        """Whether Enter came so soon after an answer that nobody saw the feedback, however late it is heard."""
        pressed_after = self._pressed_at - self._answer_pressed_at
        return min(pressed_after, time.monotonic() - self._answered_at) < NEXT_DELAY

    def _show_answer(self) -> None:
        self._stage = Stage.ANSWER_SHOWN
        self._answered_at, self._answer_pressed_at = time.monotonic(), self._pressed_at
        self._changed_look()
        self.refresh_bindings()

    # Answering

    def _commit(self, certainty: Certainty | None) -> None:
        if self._form.response is not None:
            self._answer(self._form.response, certainty)

    def _answer(self, response: Response, certainty: Certainty | None) -> None:
        if self._shown is None:
            return
        latency = None if self._was_away else round((time.monotonic() - self._asked_at) * 1000)
        outcome = self._round.answer(response, certainty=certainty, latency_ms=latency)
        self._stage = Stage.ANSWERED
        self._answered_at, self._answer_pressed_at = time.monotonic(), self._pressed_at
        if outcome.leech:
            self._note_leech(outcome)
        self._ask_to_type()
        self._draw()
        self._keeping = self._keep(outcome)
        self.set_timer(FOOTER_DELAY, self.refresh_bindings)

    @work(group="keep")
    async def _keep(self, outcome: Outcome) -> None:
        """Make the answer durable in the journal's thread, and only then say that it is saved."""
        from sciaquiz.study.safekeeping import NotKeptError

        self._unsaved = None
        self._draw_status()
        try:
            state = await self.app.journal.keep(outcome)
        except NotKeptError as error:
            self._unsaved = (str(error), error.aside)
            self._draw_status()
            return
        self._round.kept(outcome, state)
        self._draw_status()

    async def _kept(self) -> bool:
        """Wait until the answer shown is saved, or could not be; True unless it could not be."""
        if self._keeping is not None:
            await self._keeping.wait()
        return self._unsaved is None

    def _note_leech(self, outcome: Outcome) -> None:
        """Put beside the feedback what a card is taken for that is forgotten again and again."""
        self._round.mistakes(outcome)  # this one counts too
        taken = self._round.mixed_up.usually_taken_for(outcome, self._round.deck(outcome.shown))
        self._told = [page.leech(outcome.predicted.lapses, taken, suspended=bool(outcome.followed))]

    @work(group="elsewhere")  # never cancelled: what was seen to have changed must be taken in
    async def look_elsewhere(self) -> None:
        """Take in what another window has answered; a card that was answered there is not asked again here."""
        now = self.app.workspace.clock.now()
        try:
            if await self.app.journal.call(lambda journal: journal.changed_elsewhere()):
                self._is_behind = True
            self._tell_trouble("")
            if not self._is_behind or self._stage is not Stage.ASKED or self.app.screen is not self:
                return  # what another window did is taken in at a later look, and not under a dialogue
            seen = await self.app.journal.call(lambda journal: journal.snapshot(now.study_day))
        except SciaquizError as error:
            self._tell_trouble(str(error))
            return
        if self._stage is not Stage.ASKED or self._shown is None or self.app.screen is not self:
            return
        self._is_behind = False
        sitting = self._round.sitting
        sitting.refresh(seen, now)
        if sitting.state(self._shown.card.id).progress != self._shown.before.progress:
            self._advance()
            self.app.notify("That card was answered in another window.", markup=False)

    def _tell_trouble(self, words: str) -> None:
        """Say in the status line that the journal could not be read; the sitting goes on, and it is tried again."""
        if words != self._trouble:
            self._trouble = words
            self._draw_status()

    # Other acts

    def action_all_whys(self) -> None:
        """Show the reason of every option, or only those that matter."""
        self._all_whys = not self._all_whys
        if self._stage is Stage.ANSWERED:
            self._draw()

    def action_skip(self) -> None:
        """Leave the card out of this sitting."""
        if self._shown is not None and self._stage is not Stage.ANSWERED:
            self._round.skip()
            self._advance()

    @work(exclusive=True, group="undo")
    async def action_undo(self) -> None:
        """Take back the last step of the answer at hand, or else what was done last, whatever it was.

        An answer that is not saved has to be saved first.
        """
        if self._take_back_a_step():
            return
        await self._kept()
        undone = await self.app.take_back(self._round)
        if undone is None:
            return
        if undone.again is not None:
            self._ask(undone.again)
        else:
            self._draw_anew()

    def action_stop(self) -> None:
        """End the sitting; from the line, leave only the line."""
        typed = self.query_one("#typed", Input)
        if typed.has_focus:
            self.set_focus(None)
            self._form.is_left = True
            self._draw_status()
        else:
            self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        """Leave once the answer is saved; one that could not be is told first, and left by asking again."""
        was_told = self._unsaved is not None
        if await self._kept() or was_told:
            self._finish(None)

    def _finish(self, over: Over | None) -> None:
        from sciaquiz.tui.screens.summary import SummaryScreen

        if not self._round.sitting.outcomes and over is None and not self.app.journal.unkept:
            self.leave()
            return
        self.give_way(SummaryScreen(self._round, over))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer in the footer only what can be done now."""
        match action:
            case "skip":
                return self._stage is not Stage.ANSWERED
            case "all_whys" | "flag":
                return self._stage is Stage.ANSWERED
            case _:
                return True

    # Drawing

    def _draw_anew(self) -> None:
        """Draw what an act on the card may have changed, and scroll nothing."""
        self._draw(stays=True)
        self._draw_status()

    def _draw(self, *, from_top: bool = False, follows_cursor: bool = False, stays: bool = False) -> None:
        """Draw the question as it stands: asked, its answer shown, or answered."""
        if self._shown is None or not self.is_there:
            return
        sheet = self.query_one(Sheet)
        self._form.surface = surface = self._surface(sheet)
        question = self._shown.card.question
        deck = self._round.deck(self._shown)
        sharp = self.app.draws_sharply or self.app.no_color
        blocks = [
            page.head(question, deck, self._place(), surface.width),
            *page.asked(question, deck, None if sharp else surface),
        ]
        into_view = 0 if from_top else None
        if self._outcome is not None:
            mistakes = self._round.mistakes(self._outcome)
            note = self._round.sitting.state(self._shown.card.id).marks.note
            verdict, *rest = page.feedback(self._outcome, deck, mistakes, self._told, note)
            revealed = self._form.revealed(self._outcome, all_whys=self._all_whys)
            if self._form.verdict_first:
                into_view = 0
                blocks += [verdict, *revealed, *rest]
            else:
                into_view = len(blocks) + len(revealed)
                blocks += [*revealed, verdict, *rest]
        elif self._stage is Stage.ANSWER_SHOWN:
            blocks += self._form.answer_blocks()
        else:
            blocks += self._form.blocks()
        figure = next((place for place, block in enumerate(blocks) if block.cell_targets), None)
        if stays:
            sheet.show(blocks)
        else:
            sheet.show(blocks, into_view=into_view, whole=figure, follows_cursor=follows_cursor)

    def _place(self) -> str:
        minutes = round((time.monotonic() - self._opened) / 60)
        return f"{self._number} · {minutes} min so far" if minutes else self._number

    def _surface(self, sheet: Sheet) -> Surface:
        app = self.app
        if app.no_color or app.console.color_system is None:
            colours = 0
        else:
            colours = 16 if app.native_ansi_color or app.console.color_system == "standard" else 2**24
        return Surface(sheet.room, sheet.size.height, app.current_theme.dark, colours)

    @work(exclusive=True, group="ledger")
    async def _read_ledger(self) -> None:
        """Read what was mixed up before this sitting."""
        try:
            self._round.mixed_up.ledger = await self.app.ledger(tuple(self._round.decks.values()))
        except SciaquizError as error:
            self._tell_trouble(str(error))
            self.set_timer(LOOK_ELSEWHERE, self._read_ledger)

    def _draw_status(self) -> None:
        if not self.is_there:
            return
        sheet, told = self.query_one(Sheet), self._status()
        if self._trouble and self._stage is Stage.ASKED:
            told = status.reminded(f"! {self._trouble}", told)
        if self._refused:
            told = status.reminded(self._refused, told)
        if sheet.goes_on and not self._is_saved:
            told = status.with_more(told, sheet.room)
        self.query_one("#status", Line).update(told)

    @property
    def _is_saved(self) -> bool:
        return self._stage is Stage.ANSWERED and not self._unsaved and self._round.state is not None

    def _status(self) -> Content:
        sheet, now = self.query_one(Sheet), self.app.workspace.clock.now()
        match self._stage:
            case Stage.ASKED if self._form.response is None:
                return status.reminded(self._reminder, self._form.prompt())
            case Stage.ASKED if not self.app.workspace.settings.ask_certainty:
                return keys_prompt("⏎", "answer")
            case Stage.ASKED:
                return status.how_sure()
            case Stage.ANSWER_SHOWN:
                return status.grades(self._shown.previews if self._shown else {}, now, sheet.room)
            case Stage.ANSWERED if self._unsaved:
                return status.unsaved(*self._unsaved)
            case Stage.ANSWERED if self._round.state is None or self._outcome is None:
                return status.saving()
            case Stage.ANSWERED:
                state = self._round.state
                progress = state.progress or self._outcome.predicted
                return status.saved(state, progress, now, sheet.room, goes_on=sheet.goes_on)
