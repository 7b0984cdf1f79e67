"""Exam: what a plan brings by the day of an exam, what can be changed of it, and today's part."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList

from sciaquiz import mocks
from sciaquiz.errors import SciaquizError
from sciaquiz.exam.exam import Exam, ExamError, check
from sciaquiz.exams import free_id, todays_part
from sciaquiz.ids import DeckId
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import exampage, examside
from sciaquiz.tui.screens.examfield import ExamForm, FieldScreen
from sciaquiz.tui.screens.exampage import Shown
from sciaquiz.tui.screens.examplan import Field, Setting, setting_row, settings_of, turned, with_minutes
from sciaquiz.tui.screens.examreading import Exams
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.screens.pages import ScrollingScreen
from sciaquiz.tui.text import MUTED, lines, say
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.keysline import SPACIOUS, KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.exam import NONE_LEFT, REMOVED, ways

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Deck
    from sciaquiz.exam.outlook import Outlook, Variants

WIDE = 100
"""Columns of the terminal from which the plan stands beside the page."""
AROUND = 3
"""Rows that are not the page: the places with a blank row, and the keys."""
REST = 0.3
"""Seconds that nothing is changed before it is worked out what would change the score."""
USUAL_TARGET = 80
NOTHING_YET = (
    "Say when an exam is, and how many minutes a day you have. You see which score that brings, "
    "whether it is enough, and what to study each day."
)


class PlanList(VimList):
    """What can be set of an exam."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "type it", tooltip="Type the value of the row under the cursor"),
        Binding("right", "screen.turn(1)", "change", tooltip="Change the row under the cursor"),
        Binding("left", "screen.turn(-1)", show=False, tooltip="Change it the other way"),
        Binding("tab,escape", "screen.plan", "done", tooltip="Back to the plan"),
    ]


class ExamScreen(ScrollingScreen[None], PlacedScreen[None]):
    """The plan of an exam, or the three fields that one begins with."""

    PLACE = "exam"
    CSS_PATH = "exam.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "today", "today's part", id="exam.today", tooltip="Study today's part of the plan"),
        Binding("plus,equals_sign", "minutes(1)", "more minutes", id="exam.more", tooltip="More minutes a day"),
        Binding("minus", "minutes(-1)", "fewer", id="exam.fewer", tooltip="Fewer minutes a day"),
        Binding("1", "take(1)", "take a way", id="exam.take", tooltip="Take the way with this number"),
        Binding("2", "take(2)", show=False, tooltip="Take the way with this number"),
        Binding("3", "take(3)", show=False, tooltip="Take the way with this number"),
        Binding("m", "mock", "mock exam", id="exam.mock", tooltip="Hold a mock exam with this blueprint"),
        Binding("tab", "plan", "change the plan", id="exam.plan", tooltip="Change date, minutes, goal and blueprint"),
        Binding("right", "other(1)", "next exam", id="exam.next", tooltip="Look at the next exam"),
        Binding("left", "other(-1)", id="exam.before", show=False, tooltip="Look at the exam before"),
        Binding("a", "another", "another exam", id="exam.another", tooltip="Plan for another exam"),
        Binding("x", "remove", "remove", id="exam.remove", show=False, tooltip="Remove this exam"),
        Binding("escape,q", "leave", "home", id="exam.back", tooltip="Back"),
    ]  # fmt: skip
    HELP = """\
A bar is meant to hold the score nine times in ten. The plan is worked out anew from
your answers each time; nothing of it is stored but what you set here. Without the
exam, and after it, your cards come back as they would have anyway.
"""

    def __init__(self, decks: Sequence[Deck]) -> None:
        super().__init__()
        self._titles: Mapping[str, str] = {deck.id: deck.title for deck in decks}
        self._decks = [DeckId(deck.id) for deck in decks]
        self._exam: Exam | None = None
        self._seen: Outlook | None = None
        self._told: Variants | None = None
        self._trouble = ""
        self._rows: list[Setting] = []
        self._is_setting = self._is_asking = False
        self._to_remove: Exam | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page; the figures come a moment later."""
        self._exams = Exams(self.app)
        yield PlacesLine(self.PLACE)
        with Horizontal(id="body"):
            with VerticalScroll(id="sections", can_focus=False):
                yield Drawn(id="drawn")
            with Vertical(id="side"):
                yield Drawn(id="sidehead")
                yield PlanList(id="plan")
                yield Drawn(id="beside")
        yield ExamForm(id="form")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show nothing until it is known which exams there are."""
        for part in self.query(Drawn):
            part.auto_links = False
        self.query_one(ExamForm).display = False
        self.query_one("#side").display = False

    def on_screen_resume(self) -> None:
        """Read everything anew, at first and after something else was in front: answers may have come or gone."""
        self._read()

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self.draw()

    @property
    def today(self) -> date:
        """The study day."""
        return self.app.workspace.clock.now().study_day

    # What is read and worked out

    @work(exclusive=True, group="read")
    @tells_errors
    async def _read(self) -> None:
        await self._exams.read()
        if not self.is_there:
            return
        ahead = self._exams.ahead
        same = next((exam for exam in ahead if self._exam is not None and exam.id == self._exam.id), None)
        self._exam = same or next(iter(ahead), None)
        if self._exam is None or self._is_asking:
            self._ask()
        else:
            self._work_out()

    def _work_out(self, *, is_changed: bool = False) -> None:
        """Work out what is shown of the exam; no key waits for it."""
        if is_changed:
            self._told = None
        self._trouble = ""
        self.query_one("#drawn").run_worker(self._look(), exclusive=True, group="look")

    @tells_errors
    async def _look(self) -> None:
        exam = self._exam
        if exam is None:
            return
        self.draw()
        try:
            seen = await self._exams.outlook(exam)
            if not self._shows(exam):
                return
            self._seen = seen
            self.draw()
            await asyncio.sleep(REST)
            told = await self._exams.variants(exam)
        except SciaquizError as error:
            self._trouble, self._seen = str(error), None
            self.draw()
            return
        if self._shows(exam):
            self._told = told
            self.draw()

    def _shows(self, exam: Exam) -> bool:
        return self.is_there and self._exam == exam

    # What is drawn

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= WIDE

    @property
    def shown(self) -> Shown | None:
        """What is drawn."""
        exam = self._exam
        if exam is None:
            return None
        ahead = self._exams.ahead
        place = next((number for number, each in enumerate(ahead, 1) if each.id == exam.id), 1)
        return Shown(
            exam=exam, today=self.today, seen=self._seen, told=self._told, place=place, of=len(ahead),
            titles=self._titles, trouble=self._trouble,
        )  # fmt: skip

    def draw(self) -> None:
        """Draw the plan for the room there is."""
        shown = self.shown
        if not self.is_mounted or shown is None or self._is_asking:
            return
        form, body, side = self.query_one(ExamForm), self.query_one("#body"), self.query_one("#side")
        form.display, body.display = False, True
        self.query_one("#sections").display = self._is_wide or not self._is_setting
        side.display = self._seen is not None and (self._is_wide or self._is_setting)
        rows = self.app.size.height - AROUND - (self.app.size.height >= SPACIOUS)
        is_wide = self._is_wide

        def drawn(width: int) -> Content:
            beside = [] if is_wide else [examside.more(shown, width)]
            return exampage.page(shown, width, rows, [*beside, examside.other_time(shown, width)])

        self.query_one("#drawn", Drawn).show(drawn)
        self._draw_side(shown)
        self.refresh_bindings()

    def _draw_side(self, shown: Shown) -> None:
        seen = shown.seen
        if seen is None:
            return
        is_wide = self._is_wide
        self.query_one("#sidehead", Drawn).show(lambda width: examside.head(shown, width, has_page=is_wide))
        self._rows = settings_of(seen.parts)
        width = self._side_width - 1
        shares = {part.name: part.share for part in seen.parts}
        self.query_one(PlanList).show_rows(
            [setting_row(row, shown.exam, shares, shown.today, self._titles, width) for row in self._rows]
        )
        beside = self.query_one("#beside", Drawn)
        beside.show((lambda width: lines(["", *examside.more(shown, width)])) if is_wide else None)

    @property
    def _side_width(self) -> int:
        if not self._is_wide:
            return self.app.size.width - 4
        return (62 if self.app.size.width >= 150 else 44) - 4

    # A new exam

    def _ask(self) -> None:
        """Ask for the three things that a plan begins with."""
        self._is_asking, self._is_setting = True, False
        self.query_one("#body").display = False
        form = self.query_one(ExamForm)
        form.display = True
        settings = self.app.workspace.settings
        first = Exam(
            id="", name="Exam", day=self.today, target=USUAL_TARGET,
            pass_mark=round(100 * settings.mock_pass), questions=settings.mock_questions,
        )  # fmt: skip
        width = min(76, max(20, self.app.size.width - 4))
        form.ask(first, self.today, [say("No exam is planned", "bold"), *say(NOTHING_YET, MUTED).wrap(width)])
        self.refresh_bindings()

    @on(ExamForm.Made)
    def _made(self, event: ExamForm.Made) -> None:
        exam = replace(event.exam, id=free_id(self._exams.all, event.exam.name))
        self._keep(exam, is_new=True)

    # What changes the plan

    def _change(self, exam: Exam) -> None:
        """Go on with an exam as it is set now, and keep it; or say why there can be none such."""
        if exam == self._exam or self._seen is None:
            return
        try:
            check(exam, self.today)
        except ExamError as error:
            self.app.notify(str(error), severity="warning", markup=False)
            return
        self._exam = exam
        self._exams.take(exam)
        self._work_out(is_changed=True)
        self._keep(exam)

    @work(group="keep")
    async def _keep(self, exam: Exam, *, is_new: bool = False) -> None:
        if refusal := self.app.workspace.refusal:
            self.app.notify(refusal, severity="error", markup=False)
            return
        try:
            kept = await self._exams.keep(exam)
        except SciaquizError as error:
            self.app.notify(str(error), severity="error", markup=False)
            if not is_new:
                self._read()
            return
        if is_new and self.is_there:
            self._is_asking, self._exam, self._seen, self._told = False, kept, None, None
            self.set_focus(None)
            self._read()

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
            self._change(found[number - 1].exam)
            self.app.notify(found[number - 1].taken, markup=False)

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
        ahead = list(self._exams.ahead)
        if self._exam in ahead and len(ahead) > 1:
            self._exam = ahead[(ahead.index(self._exam) + by) % len(ahead)]
            self._seen = None
            self._work_out(is_changed=True)

    def action_another(self) -> None:
        """Plan for another exam."""
        self._ask()

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
        self._exam = self._seen = self._told = None
        self.app.notify(REMOVED, markup=False)
        self._read()

    # Other keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with what is shown."""
        seen = self._seen
        match action:
            case "today" | "minutes" | "mock" | "plan" | "remove" | "turn":
                return seen is not None and not self._is_asking
            case "another":
                return self._exam is not None and not self._is_asking
            case "other":
                return len(self._exams.ahead) > 1 and not self._is_asking
            case "take":
                found = ways(seen, self._told) if seen is not None and not seen.reaches else []
                return not self._is_asking and bool(found) and parameters[0] in range(1, len(found) + 1)
            case _:
                return super().check_action(action, parameters)

    @work(exclusive=True, group="begin")
    @tells_errors
    async def action_today(self) -> None:
        """Study today's part of the plan."""
        from sciaquiz.tui.choosing import begin

        choice = todays_part(await self._exams.prepared())
        if choice is None:
            self.app.notify(NONE_LEFT, markup=False)
        elif self.is_active:
            await begin(self.app, choice)

    def action_mock(self) -> None:
        """Hold a mock exam with the blueprint of this one."""
        if self._exam is not None:
            self.app.offer_mock(mocks.for_exam(mocks.usual(self.app.workspace.settings), self._exam))

    @property
    def scrolling(self) -> VerticalScroll:
        """The part that scrolls."""
        return self.query_one("#sections", VerticalScroll)

    def action_leave(self) -> None:
        """Go back: from a new exam to those that there are, and then home."""
        if self._is_asking and self._exam is not None:
            self._is_asking = False
            self.set_focus(None)
            self._work_out()
        else:
            self.leave()
