"""Answering in a mock exam: what keys do with the question in front, each step kept as it is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import Input

from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import SelfGrade
from sciaquiz.study.round import Round
from sciaquiz.tui.screens.beside import Beside
from sciaquiz.tui.screens.mockkeys import FIRST_OPEN, OVERVIEW
from sciaquiz.tui.screens.studypage import Stage

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.timer import Timer

    from sciaquiz.mock.holding import Held

TYPING = 1.0
"""Seconds without a key after which what stands in the line is kept."""
NO_GRADE = "First the answer has to be seen: ⏎ shows it."
NO_ANSWER = "There is no answer yet to be sure of."


class ExamLine(Input):
    """The line that is typed into; where nothing is in it, the arrows go to another question."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrows to the exam while the line is empty."""
        return bool(self.value) if action in ("cursor_left", "cursor_right") else True


class MockAnswering(Beside):
    """A screen with an exam that is open and one of its questions in front."""

    def __init__(self, held: Held) -> None:
        super().__init__(Round(held.paper.sitting, held.clock, held.paper.decks))
        self._held = held
        self._grade: int | None = None
        self._typing: Timer | None = None
        self._trouble = ""
        self._is_moving = False

    def _ask(self) -> None:
        """Put the question in front on the screen."""
        raise NotImplementedError

    def _go(self, place: int) -> object:
        """Go to a question once what was said to this one is kept."""
        raise NotImplementedError

    def _keep(self) -> object:
        """Let the journal have what was done."""
        raise NotImplementedError

    def action_stop(self) -> object:
        """Ask whether to pause or to hand in."""
        raise NotImplementedError

    def _draw_all(self) -> None:
        """Draw everything that an answer changes."""
        raise NotImplementedError

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
