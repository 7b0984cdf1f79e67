"""Changing an exam: minutes a day, the ways that are offered, what can be set, and removing it. Each change is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.widgets import OptionList

from sciaquiz.errors import SciaquizError
from sciaquiz.exam.exam import Exam, ExamError, check
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.examfield import FieldScreen
from sciaquiz.tui.screens.examplan import Field, Setting, turned, with_minutes
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.screens.pages import ScrollingScreen
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.exam import REMOVED, ways

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.binding import BindingType

    from sciaquiz.exam.after import After
    from sciaquiz.exam.outlook import Outlook, Variants
    from sciaquiz.ids import DeckId
    from sciaquiz.tui.screens.examreading import Exams


class PlanList(VimList):
    """What can be set of an exam."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "type it", tooltip="Type the value of the row under the cursor"),
        Binding("right", "screen.turn(1)", "change", tooltip="Change the row under the cursor"),
        Binding("left", "screen.turn(-1)", show=False, tooltip="Change it the other way"),
        Binding("tab,escape", "screen.plan", "done", tooltip="Back to the plan"),
    ]


class ChangingScreen(ScrollingScreen[None], PlacedScreen[None]):
    """A screen with an exam in front that can be changed."""

    _exams: Exams
    _decks: Sequence[DeckId]

    def __init__(self) -> None:
        super().__init__()
        self._exam: Exam | None = None
        self._seen: Outlook | None = None
        self._told: Variants | None = None
        self._over: After | None = None
        self._rows: list[Setting] = []
        self._is_setting = self._is_asking = False
        self._to_remove: Exam | None = None

    @property
    def today(self) -> date:
        """The study day."""
        return self.app.workspace.clock.now().study_day

    def draw(self) -> None:
        """Draw everything."""
        raise NotImplementedError

    def read(self) -> object:
        """Read everything anew."""
        raise NotImplementedError

    def ask(self) -> None:
        """Ask for what a new exam begins with."""
        raise NotImplementedError

    def work_out(self, *, is_changed: bool = False) -> None:
        """Work out what is shown of the exam."""
        raise NotImplementedError

    def _change(self, exam: Exam, told: str = "") -> None:
        """Go on with an exam as it is set now, and keep it, with what is told then; or say why there can be none."""
        if exam == self._exam or self._seen is None:
            return
        try:
            check(exam, self.today)
        except ExamError as error:
            self.app.notify(str(error), severity="warning", markup=False)
            return
        self._exam = exam
        self._exams.take(exam)
        self.work_out(is_changed=True)
        self._keep(exam, told=told)

    @work(group="keep")
    async def _keep(self, exam: Exam, *, is_new: bool = False, told: str = "") -> None:
        if refusal := self.app.workspace.refusal:
            self.app.notify(refusal, severity="error", markup=False)
            return
        try:
            kept = await self._exams.keep(exam)
        except SciaquizError as error:
            self.app.notify(str(error), severity="error", markup=False)
            if not is_new:
                self.read()
            return
        if told:
            self.app.notify(told, markup=False)
        if is_new and self.is_there:
            self._is_asking, self._exam, self._seen, self._told = False, kept, None, None
            self.set_focus(None)
            self.read()

    def action_minutes(self, by: int) -> None:
        """Study more minutes a day, or fewer."""
        if self._exam is not None:
            self._change(with_minutes(self._exam, by))

    def action_take(self, number: int) -> None:
        """Take one of the ways to go on where there is not enough time."""
        seen = self._seen
        if seen is None or seen.reaches:
            return
        found = ways(seen, self._told)
        if number <= len(found):
            self._change(found[number - 1].exam, found[number - 1].taken)

    def action_plan(self) -> None:
        """Go to what can be set, or back to the plan."""
        if self._seen is None:
            return
        self._is_setting = not self._is_setting
        self.draw()
        plan = self.query_one(PlanList)
        if self._is_setting:
            plan.highlighted = plan.highlighted or 0
            plan.focus()
        else:
            self.set_focus(None)
        self.refresh_bindings()

    def _row(self) -> Setting | None:
        place = self.query_one(PlanList).highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    def action_turn(self, by: int) -> None:
        """Change the row under the cursor by one step."""
        row, exam, seen = self._row(), self._exam, self._seen
        if row is None or exam is None or seen is None:
            return
        if row.field is Field.NAME:
            self._type(row.field)
            return
        shares = exam.blueprint or {part.name: part.share for part in seen.parts}
        self._change(turned(row, exam, by, shares, self._decks))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        row = self._row()
        if row is not None and row.field is not None:
            self._type(row.field)
        elif row is not None:
            self.app.notify("← and → change a share.", markup=False)

    @work(exclusive=True, group="dialogue")
    async def _type(self, field: Field) -> None:
        exam = self._exam
        if exam is not None:
            found = await self.app.push_screen_wait(FieldScreen(field, exam, self.today))
            if found is not None:
                self._change(found)

    def action_other(self, by: int) -> None:
        """Look at another exam."""
        told = list(self._exams.told)
        if self._exam in told and len(told) > 1:
            self._exam = told[(told.index(self._exam) + by) % len(told)]
            self._seen = self._over = None
            self.work_out(is_changed=True)

    def action_another(self) -> None:
        """Plan for another exam."""
        self.ask()

    @work(exclusive=True, group="remove")
    @tells_errors
    async def action_remove(self) -> None:
        """Remove the exam, once it is asked for twice."""
        exam = self._exam
        if exam is None:
            return
        if self._to_remove != exam:
            self._to_remove = exam
            self.app.notify(f"x once more removes {exam.name}. Your cards and answers stay.", markup=False)
            return
        await self._exams.remove(exam)
        self._exam = self._seen = self._told = self._over = None
        self.app.notify(REMOVED, markup=False)
        self.read()
