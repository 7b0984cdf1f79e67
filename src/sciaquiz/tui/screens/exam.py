"""Exam: what a plan brings by the day of an exam, what can be changed of it, and today's part."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll

from sciaquiz import mocks
from sciaquiz.errors import SciaquizError
from sciaquiz.exam.exam import Exam
from sciaquiz.exam.outlook import NotWantedError
from sciaquiz.exams import free_id, todays_part
from sciaquiz.ids import DeckId
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import exampage, examside
from sciaquiz.tui.screens.examchanging import ChangingScreen, PlanList
from sciaquiz.tui.screens.examfield import ExamForm
from sciaquiz.tui.screens.exampage import Shown
from sciaquiz.tui.screens.examplan import setting_row, settings_of
from sciaquiz.tui.screens.examreading import Exams
from sciaquiz.tui.text import MUTED, lines, say
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.keysline import SPACIOUS, KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.view.exam import NONE_LEFT, ways

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Deck
    from sciaquiz.exam.outlook import Variants

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


class ExamScreen(ChangingScreen):
    """The plan of an exam, or the three fields that one begins with."""

    PLACE = "exam"
    CSS_PATH = "exam.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "today", "today's part", id="exam.today", tooltip="Study today's part of the plan"),
        Binding("plus,equals_sign", "minutes(1)", "more minutes", id="exam.more", tooltip="More minutes a day"),
        Binding("minus", "minutes(-1)", "fewer", id="exam.fewer", show=False, tooltip="Fewer minutes a day"),
        Binding("1", "take(1)", "take a way", id="exam.take", tooltip="Take the way with this number"),
        Binding("2", "take(2)", show=False, tooltip="Take the way with this number"),
        Binding("3", "take(3)", show=False, tooltip="Take the way with this number"),
        Binding("m", "mock", "mock exam", id="exam.mock", tooltip="Hold a mock exam with this blueprint"),
        Binding("tab", "plan", id="exam.plan", show=False, tooltip="Change date, minutes, goal and blueprint"),
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
        self._work: Variants | None = None
        self._trouble = ""
        self._worked: Exam | None = None

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
        self.read()

    def on_screen_suspend(self) -> None:
        """Leave the processor to what is in front."""
        self._exams.give_up()

    def on_unmount(self) -> None:
        """Work out nothing for a page that has gone."""
        self._exams.give_up()

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self.draw()

    # What is read and worked out

    @work(exclusive=True, group="read")
    @tells_errors
    async def read(self) -> None:
        """Read which exams there are, and work out the one that was in front, or the next one."""
        await self._exams.read()
        if not self.is_there:
            return
        told = self._exams.told
        same = next((exam for exam in told if self._exam is not None and exam.id == self._exam.id), None)
        self._exam = same or next(iter(told), None)
        if self._exam is None or self._is_asking:
            self.ask()
        else:
            self.work_out()

    def work_out(self, *, is_changed: bool = False) -> None:
        """Work out what is shown of the exam; no key waits for it."""
        before, exam = self._worked, self._exam
        if is_changed:
            self._told = None
        if before is None or exam is None or replace(before, minutes=exam.minutes) != exam:
            self._work = None
        self._worked, self._trouble = exam, ""
        self.query_one("#drawn").run_worker(self._look(), exclusive=True, group="look")

    @tells_errors
    async def _look(self) -> None:
        exam = self._exam
        if exam is None:
            return
        self.draw()
        try:
            if not exam.is_ahead(self.today):
                over = await self._exams.after(exam)
                if self._shows(exam):
                    self._over, self._seen = over, None
                    self.draw()
                return
            seen = await self._exams.outlook(exam)
            if not self._shows(exam):
                return
            self._seen, self._over = seen, None
            self.draw()
            await asyncio.sleep(REST)
            told = await self._exams.variants(exam)
        except NotWantedError:
            return
        except SciaquizError as error:
            self._trouble, self._seen = str(error), None
            self.draw()
            return
        if self._shows(exam):
            self._told = self._work = told
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
        listed = self._exams.told
        place = next((number for number, each in enumerate(listed, 1) if each.id == exam.id), 1)
        return Shown(
            exam=exam, today=self.today, seen=self._seen, told=self._told, work=self._work, over=self._over,
            place=place, of=len(listed), titles=self._titles, trouble=self._trouble,
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

    def ask(self) -> None:
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
        head = "Another exam" if self._exams.ahead else "No exam is planned"
        form.ask(first, self.today, [say(head, "bold"), *say(NOTHING_YET, MUTED).wrap(width)])
        self.refresh_bindings()

    @on(ExamForm.Made)
    def _made(self, event: ExamForm.Made) -> None:
        exam = replace(event.exam, id=free_id(self._exams.all, event.exam.name))
        self._keep(exam, is_new=True)

    # Other keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with what is shown."""
        seen = self._seen
        match action:
            case "today" | "minutes" | "mock" | "plan" | "turn":
                return seen is not None and not self._is_asking
            case "another" | "remove":
                return self._exam is not None and not self._is_asking
            case "other":
                return len(self._exams.told) > 1 and not self._is_asking
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
            self.work_out()
        else:
            self.leave()
