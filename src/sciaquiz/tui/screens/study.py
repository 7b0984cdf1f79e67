"""Study: one question, its answer, and what it means; updated in place so that the eye stays."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.containers import Container, Vertical
from textual.widgets import Input

from sciaquiz.errors import SciaquizError
from sciaquiz.journal.acts import PRACTISED
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import SelfGrade
from sciaquiz.settings import SPECS
from sciaquiz.study.turns import LATE, Over
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.screens.beside import Beside, Body
from sciaquiz.tui.screens.keeping import InBackground, Keeping
from sciaquiz.tui.screens.studykeys import BINDINGS, HELP, is_offered, told_as, words_at
from sciaquiz.tui.screens.studypage import Stage, Told, status_rows, study_page, surface_of, told_of_a_leech
from sciaquiz.tui.screens.timing import Haste, Thinking
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.line import Line
from sciaquiz.tui.widgets.sharppicture import SharpPicture
from sciaquiz.tui.widgets.sheet import Sheet
from sciaquiz.view.acts import skipped_words

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from textual.app import ComposeResult
    from textual.binding import ActiveBinding, BindingType

    from sciaquiz.marking.response import Response
    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Shown
    from sciaquiz.tui.blocks import Block

LOOK_ELSEWHERE = 3.0
"""Seconds between looks at what another window has answered."""

LEDGER_DELAY = 0.5
"""Seconds until what was mixed up before is read: the first question does not wait for it."""

LONGEST_TYPED = 200
"""Characters of a typed answer."""


class StudyScreen(Beside):
    """One sitting."""

    CSS_PATH = "study.tcss"
    AUTO_FOCUS = ""
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(self, round_: Round) -> None:
        super().__init__(round_)
        self._haste = Haste()
        self._thinking = Thinking(0.0, is_in_front=False)
        self._keeping = Keeping(
            round_, lambda outcome: self.app.journal.keep(outcome), self._begin_keeping, self._see_how_it_is_kept
        )
        self._trouble = ""
        self._leech: list[Block] = []
        self._is_behind = False

    def compose(self) -> ComposeResult:
        """Mount the widgets once."""
        yield Line(id="top", classes="frame")
        yield SharpPicture(id="picture")
        with Body(id="body", classes="frame"):
            with Vertical(id="question"):
                yield Sheet(id="sheet")
                with Container(id="line"):
                    yield Input(id="typed", compact=True, max_length=LONGEST_TYPED)
            yield Sheet(id="side")
        yield Line(id="status", classes="frame")
        yield KeysLine(tells=False)

    def on_mount(self) -> None:
        """Ask the first question."""
        self._advance()
        self.set_interval(LOOK_ELSEWHERE, self.look_elsewhere)
        self.set_timer(LEDGER_DELAY, self._read_ledger)
        self.call_after_refresh(self._read_pace)
        self.watch(self.app, "app_focus", self._note_time_away, init=False)
        self.watch(self.app, "told", self._draw_status, init=False)
        self.app.app_resume_signal.subscribe(self, self._note_time_away)

    def on_screen_suspend(self) -> None:
        """Time under a dialogue is not time to think."""
        self._note_time_away()

    def _note_time_away(self, _: object = None) -> None:
        """The time of an answer is not fair once the terminal lost the focus, or the app or its process was stopped."""
        self._thinking.interrupt()

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
        if self.app.draws_sharply:
            self.query_one(SharpPicture).show(shown.card.question.picture)
        self._keeping.refusal = None
        self._leech = []
        sitting = self._round.sitting
        self._answered, self._left = len(sitting.outcomes), sitting.left
        self._tell_minutes()
        self._is_over = False
        self._place_side()
        self._begin_draft(form_for(shown, self._round.deck(shown)))
        self._draw(from_top=True)
        self._draw_status()
        self._draw_side()
        self._let_footer_follow()
        self._thinking = Thinking(time.monotonic(), is_in_front=self.app.app_focus and self.is_active)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Take nothing for a command that was typed, unseen, behind an Enter that came too early."""
        self._haste.press(event.time)
        if self._refused:
            self._refuse("")
        if self._haste.overlooks(
            is_text=event.is_printable, is_enter=event.key == "enter", is_asked=self._stage is Stage.ASKED
        ):
            event.stop()

    def action_go_on(self) -> None:
        """Enter always means: go on."""
        match self._stage:
            case Stage.ASKED if self._form.self_graded:
                self._show_answer()
            case Stage.ASKED if self._form.response is not None:
                self._commit(Certainty.THINK_SO if self._asks_certainty else None)
            case Stage.ASKED if self._form.wants_text:
                self._ask_to_type()
                self._draw_status()
            case Stage.ASKED if self._form.commits_at_once and self._drafts.step(self._form.pick):
                self._changed()
            case Stage.ASKED:
                self._refuse(self._form.missing())
            case Stage.ANSWER_SHOWN | Stage.ANSWERED if self._haste.is_too_early(time.monotonic()):
                self._haste.overlook()
            case Stage.ANSWER_SHOWN:
                self._answer(SelfGrade(Rating.GOOD), None)
            case Stage.ANSWERED:
                if self._keeping.refusal is not None and self._outcome is not None:
                    self._keeping.keep(self._outcome)
                elif self._round.state is not None:
                    self._advance()
                else:
                    self._haste.overlook()

    def action_number(self, number: int) -> None:
        """Say how sure, grade a recall card, or overrule the rating: what a number means at each stage."""
        match self._stage:
            case Stage.ASKED if self._form.response is not None and number <= 3:
                self._commit(Certainty(number) if self._asks_certainty else None)
            case Stage.ASKED:
                self._refuse(self._form.missing() if self._form.response is None else f"{number} means nothing here.")
            case Stage.ANSWER_SHOWN:
                self._answer(SelfGrade(Rating(number)), None)
            case Stage.ANSWERED if self._round.is_practice:
                self._refuse(PRACTISED)
            case Stage.ANSWERED if self._haste.may_overrule(time.monotonic()) and not self._round.tells_at_the_end:
                self._overrule(Rating(number))
            case _:
                pass

    # Answering

    def _show_answer(self) -> None:
        self._stage = Stage.ANSWER_SHOWN
        self._haste.show(time.monotonic())
        self._changed_look()
        self.refresh_bindings()

    def _commit(self, certainty: Certainty | None) -> None:
        if self._form.response is not None:
            self._answer(self._form.response, certainty)

    def _answer(self, response: Response, certainty: Certainty | None) -> None:
        if self._shown is None:
            return
        latency = self._thinking.latency_ms(time.monotonic())
        outcome = self._round.answer(response, certainty=certainty, latency_ms=latency)
        self._stage = Stage.ANSWERED
        self._haste.show(time.monotonic())
        self._leech = told_of_a_leech(self._round, outcome)
        self._ask_to_type()
        self._draw()
        self._draw_status()
        self._keeping.keep(outcome)
        self._let_footer_follow()
        if outcome.is_late:
            self.app.notify(LATE, markup=False)
        if not self._round.tells_at_the_end:
            self._draw_side_later()

    def _see_how_it_is_kept(self) -> None:
        """Show it; where nothing is said of an answer before the end, go on once it is saved."""
        self._draw_status()
        if self._round.tells_at_the_end and self._stage is Stage.ANSWERED and self._round.state is not None:
            self._advance()

    def _begin_keeping(self, kept: Coroutine[Any, Any, None]) -> InBackground:
        return InBackground(self.run_worker(kept, group="keep"))

    # Other windows, and days before

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
            seen = await self.app.snapshot()
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

    @work(exclusive=True, group="ledger")
    async def _read_ledger(self) -> None:
        """Read what was mixed up before this sitting."""
        try:
            self._round.mixed_up.ledger = await self.app.ledger(tuple(self._round.decks.values()))
        except SciaquizError as error:
            self._tell_trouble(str(error))
            self.set_timer(LOOK_ELSEWHERE, self._read_ledger)

    def _tell_trouble(self, words: str) -> None:
        """Say in the status line that the journal could not be read; the sitting goes on, and it is tried again."""
        if words != self._trouble:
            self._trouble = words
            self._draw_status()

    # Other acts

    def action_all_whys(self) -> None:
        """Show the reason of every option from now on, or again only those that matter."""
        spec = next(spec for spec in SPECS if spec.name == "all_reasons")
        self.app.keep_setting(spec, not self.app.workspace.settings.all_reasons)
        self._draw()
        self._draw_status()

    def action_skip(self) -> None:
        """Put the card off in this sitting."""
        if self._shown is not None and self._stage is not Stage.ANSWERED:
            self.app.notify(skipped_words(comes_again=self._round.skip()), markup=False)
            self._advance()

    @work(exclusive=True, group="undo")
    async def action_undo(self) -> None:
        """Take back the last step of the answer at hand, or else what was done last, whatever it was.

        An answer that is not saved has to be saved first.
        """
        if self._take_back_a_step():
            return
        await self._keeping.is_kept()
        undone = await self.app.take_back(self._round)
        if undone is None:
            return
        if undone.again is not None:
            self._ask(undone.again)
        else:
            self._draw_anew()

    def action_back(self) -> None:
        """Leave only the line, or the pane over the page; else end the sitting."""
        if not (self._leave_the_line() or self._close_side()):
            self._leave()

    def action_stop(self) -> None:
        """End the sitting."""
        self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        """Leave once the answer is saved; one that could not be is told first, and left by asking again."""
        was_told = self._keeping.refusal is not None
        if await self._keeping.is_kept() or was_told:
            self._finish(None)

    def _finish(self, over: Over | None) -> None:
        from sciaquiz.tui.screens.summary import SummaryScreen
        from sciaquiz.tui.screens.toldlater import ToldLaterScreen

        if not self._round.sitting.outcomes and over is None and not self.app.journal.unkept:
            self.leave()
            return
        if self._round.tells_at_the_end and self._round.sitting.outcomes:
            self.give_way(ToldLaterScreen(self._round, over))
            return
        self.give_way(SummaryScreen(self._round, over))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer in the last row only what can be done now."""
        offered = is_offered(action, self._stage, sources=self._sources, at_the_end=self._round.tells_at_the_end)
        return super().check_action(action, parameters) if offered is None else offered

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys of this stage, in the order of `BINDINGS`, with the words that they have in it."""
        words = words_at(
            self._stage,
            sources=self._sources,
            mixed_up=self._outcome is not None and bool(self._round.mistakes(self._outcome)),
            back="other keys" if isinstance(self.focused, Input) else "close" if self._is_over else "",
        )
        return told_as(super().active_bindings, words)

    async def _answer_is_kept(self) -> None:
        await self._keeping.is_kept()

    @property
    def _sources(self) -> int:
        return len(self._shown.card.question.sources) if self._shown is not None else 0

    # Drawing

    @on(Body.Resized)
    @on(Sheet.Resized, "#sheet")
    def draw_for_the_new_size(self) -> None:
        """Draw what depends on the room there is: figures, and lines with two ends."""
        self._draw()
        self._draw_status()

    def _draw_anew(self) -> None:
        """Draw what an act on the card may have changed, and scroll nothing."""
        self.refresh_bindings()
        self._draw()
        self._draw_status()
        self._draw_side_later()

    def _draw(self, *, from_top: bool = False, follows_cursor: bool = False) -> None:
        if self._shown is None or not self.is_there:
            return
        sheet, rows = self._sheet, self.query_one("#body").size.height
        self._form.surface = surface_of(sheet, rows)
        drawn = study_page(
            self._round, self._form, self._stage, self._leech,
            draws_sharply=self.app.draws_sharply or self.app.no_color,
            all_whys=self.app.workspace.settings.all_reasons,
        )  # fmt: skip
        whole = drawn.figure if self._stage is Stage.ASKED else None
        sheet.show(
            drawn.question, drawn.reading, rows=rows, from_top=from_top, whole=whole, follows_cursor=follows_cursor
        )
        self._make_room_for_the_line(rows)
        self._draw_top()

    def _draw_status(self) -> None:
        if not self.is_there:
            return
        told = Told(
            reminder=self._reminder, refused=self._refused, said=self.app.told[-1:], trouble=self._trouble,
            refusal=self._keeping.refusal,
        )  # fmt: skip
        words = status_rows(
            self._round, self._form, self._stage, told,
            asks_certainty=self._asks_certainty, room=self._frame_width, below=self._read_now.below,
        )  # fmt: skip
        self.query_one("#status", Line).show(words)
