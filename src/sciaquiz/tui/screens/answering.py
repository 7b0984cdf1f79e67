"""Drafting an answer: the keys, clicks and lines of text that change it, until it is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.widgets import Input

from sciaquiz.journal.entries import Certainty
from sciaquiz.tui.blocks import SIGN, TIGHT, TIGHT_SIGN
from sciaquiz.tui.forms.drafts import Drafts
from sciaquiz.tui.forms.form import Form
from sciaquiz.tui.screens.frontcard import FrontCardScreen
from sciaquiz.tui.screens.studypage import Stage
from sciaquiz.tui.widgets.sheet import Sheet
from sciaquiz.view.words import NO_HINT

if TYPE_CHECKING:
    from sciaquiz.study.round import Round

SAID_FOR = 3.0
"""Seconds that it stands why a key did nothing."""

FOOTER_DELAY = 0.1
"""Seconds until the footer follows an answer: drawing it anew takes longer than the feedback itself."""


class AnsweringScreen(FrontCardScreen):
    """A screen with a sheet to choose from and a line to type into, and the draft of an answer.

    A step that changes the draft is remembered, so that it can be taken back; a key that does nothing says why.
    """

    def __init__(self, round_: Round) -> None:
        super().__init__(round_)
        self._stage = Stage.ASKED
        self._form = Form()
        self._drafts = Drafts(self._form)
        self._refused = ""
        self._reminder = ""

    def _commit(self, certainty: Certainty | None) -> None:
        """Answer with the draft as it stands."""
        raise NotImplementedError

    def _draw(self, *, from_top: bool = False, follows_cursor: bool = False) -> None:
        """Draw the question as it stands."""
        raise NotImplementedError

    def _draw_status(self) -> None:
        """Draw what can be done now."""
        raise NotImplementedError

    def action_go_on(self) -> None:
        """Do what Enter means."""
        raise NotImplementedError

    def _begin_draft(self, form: Form) -> None:
        """Begin the answer to another question."""
        self._stage = Stage.ASKED
        self._form = form
        self._drafts = Drafts(form)
        self._reminder = self._refused = ""
        self.query_one("#typed", Input).value = ""
        self._ask_to_type()

    @property
    def _asks_certainty(self) -> bool:
        return self.app.workspace.settings.ask_certainty

    def _changed(self, certainty: Certainty | None = None) -> None:
        """Show the draft as it stands now, or commit it where nothing more is asked."""
        at_once = certainty is not None or (not self._asks_certainty and self._form.commits_at_once)
        if self._form.response is not None and at_once:
            self._commit(certainty if self._asks_certainty else None)
        else:
            self._changed_look()

    def _changed_look(self) -> None:
        self._refused = ""
        self._draw(follows_cursor=True)
        self._draw_status()

    def _refuse(self, why: str) -> None:
        """Say why a key did nothing, until the next one or for a moment."""
        self._refused = why
        self._draw_status()
        if why:
            self.set_timer(SAID_FOR, lambda: self._refuse("") if self._refused == why else None)

    def _let_footer_follow(self) -> None:
        self.set_timer(FOOTER_DELAY, self.refresh_bindings)

    # Choosing

    def action_choose(self, letter: str, certain: bool) -> None:
        """Take a letter; the capital letter says that the student is certain as well."""
        if self._stage is Stage.ASKED:
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

    def on_sheet_pointed(self, event: Sheet.Pointed) -> None:
        """Show what the mouse is over."""
        if self._stage is Stage.ASKED and self._form.point(event.target):
            self._draw()

    def action_press(self, key: str) -> None:
        """Take a click on a key that is named as that key."""
        self.app.simulate_key(key)

    def action_move(self, by: int) -> None:
        """Move the cursor among what can be chosen, or scroll the page."""
        if self._stage is Stage.ASKED and self._drafts.step(lambda: self._form.move(by)):
            self._changed_look()
        else:
            self._sheet.scroll_relative(y=by * 2, animate=False)

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

    def action_pick(self) -> None:
        """Space picks what is under the cursor, or reads on; it commits nothing."""
        match self._stage:
            case Stage.ASKED if self._drafts.step(self._form.pick):
                self._changed_look()
            case _ if self._sheet.below:
                self.action_page(1)
            case Stage.ASKED if not self._form.self_graded:
                self._refuse(self._form.nothing_to_pick)
            case Stage.ANSWER_SHOWN:
                self._refuse("How was it? 1 to 4 say so, and ⏎ means 3.")
            case _:
                self.action_go_on()

    def action_hint(self) -> None:
        """Show a hint."""
        if self._stage is Stage.ASKED and (hint := self._form.hint()):
            self._reminder = hint
            self._draw_status()
        elif self._stage is Stage.ASKED:
            self._refuse(NO_HINT)

    # Reading

    @property
    def _sheet(self) -> Sheet:
        return self.query_one("#sheet", Sheet)

    def action_page(self, by: int) -> None:
        """Go down or up the page, almost a whole one."""
        self._sheet.page(by)

    @on(Sheet.Scrolled, "#sheet")
    def tell_whether_more_is_below(self) -> None:
        """Say in the hairline whether the page goes on."""
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
        if response is not None and not self._asks_certainty:
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
            self._commit(Certainty.GUESS if self._asks_certainty else None)
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

    def _leave_the_line(self) -> bool:
        """Leave the line that is typed into; False if the student is not in it."""
        if not self.query_one("#typed", Input).has_focus:
            return False
        self.set_focus(None)
        self._form.is_left = True
        self._draw_status()
        return True

    def _make_room_for_the_line(self, rows: int) -> None:
        """Let the line to type into stand right below the question."""
        sheet = self._sheet
        typed = self.query_one("#typed", Input)
        if self._stage is Stage.ASKED and self._form.wants_text and rows:
            sheet.styles.height = max(1, min(sheet.rows, rows - 2))
            typed.styles.padding = (0, 0, 0, TIGHT_SIGN if sheet.room < TIGHT else SIGN)
        else:
            sheet.styles.height = "1fr"

    # Taking back

    def action_retype(self) -> None:
        """Take back the last step of the answer, as long as it was not committed."""
        if self._stage is Stage.ASKED and not self._take_back_a_step():
            self._refuse("There is nothing to take back.")

    def _take_back_a_step(self) -> bool:
        """Take back the last step towards the answer; False if none was made."""
        typed = self.query_one("#typed", Input)
        if self._stage is Stage.ANSWER_SHOWN:
            self._stage = Stage.ASKED
            self._let_footer_follow()
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
