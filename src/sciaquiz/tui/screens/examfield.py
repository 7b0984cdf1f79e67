"""Typing one value of an exam, and the three that a new one needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from sciaquiz.exam.exam import LONGEST_NAME, Exam, ExamError, check
from sciaquiz.tui.screens.examplan import ASKED, Field, typed, typed_at_first, typed_checked
from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, line, lines, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

LONGEST_TYPED = 200


def keys_words(*keys: str) -> Content:
    """Return keys and what each does, in pairs."""
    pairs = zip(keys[::2], keys[1::2], strict=True)
    return line(*(part for key, does in pairs for part in (say(key, f"bold {ACCENT}"), say(f" {does}  ", MUTED))))


class FieldScreen(Dialogue[Exam]):
    """One line; gives back the exam with what was typed, or None."""

    CSS_PATH = "examfield.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, field: Field, exam: Exam, today: date) -> None:
        super().__init__()
        self._field, self._exam, self._today = field, exam, today

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(id="box", classes="pane"):
            yield Static(say(ASKED[self._field], "bold"))
            yield Input(typed_at_first(self._field, self._exam), max_length=LONGEST_TYPED)
            yield Static(keys_words("⏎", "keep", "esc", "back"), id="foot")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the exam back, or say what can be typed."""
        try:
            self.dismiss(typed_checked(self._field, self._exam, event.value, self._today))
        except ExamError as error:
            self.query_one("#foot", Static).update(say(f"! {error}", AMBER))


class ExamForm(Vertical):
    """What, when and how many minutes a day: with these, Enter makes a plan from all decks."""

    FIELDS = (Field.NAME, Field.DAY, Field.MINUTES)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "make the plan", tooltip="Make a plan from all decks"),
        Binding("tab,down", "app.focus_next", "next", tooltip="Next field"),
        Binding("shift+tab,up", "app.focus_previous", show=False, tooltip="The field before"),
        Binding("escape", "screen.leave", "back", tooltip="Back"),
    ]

    class Made(Message):
        """A new exam was typed."""

        def __init__(self, exam: Exam) -> None:
            super().__init__()
            self.exam = exam

    def __init__(self, *, id: str) -> None:  # noqa: A002 -- as Textual calls it
        super().__init__(id=id, classes="page")
        self._first: Exam | None = None
        self._today: date | None = None

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        yield Static(id="formhead")
        for field in self.FIELDS:
            yield Static(say(field.value if field is not Field.NAME else "what", MUTED))
            yield Input(id=f"type-{field.name.lower()}", max_length=LONGEST_NAME)
        yield Static(id="formfoot")

    def ask(self, first: Exam, today: date, told: Sequence[Content]) -> None:
        """Begin with the values of an exam; what is `told` stands above."""
        self._first, self._today = first, today
        self.query_one("#formhead", Static).update(lines(told))
        self._say("")
        for field in self.FIELDS:
            each = self.query_one(f"#type-{field.name.lower()}", Input)
            each.value = "" if field is Field.DAY else typed_at_first(field, first)
            each.placeholder = "2027-02-18, 18 Feb, or 30 for in 30 days" if field is Field.DAY else ""
        self.query_one("#type-name", Input).focus()

    def _say(self, trouble: str) -> None:
        told = say(f"! {trouble}", AMBER) if trouble else keys_words("⏎", "makes the plan from all decks")
        self.query_one("#formfoot", Static).update(told)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Make the exam, or say what is missing and go there."""
        event.stop()
        exam, today = self._first, self._today
        if exam is None or today is None:
            return
        for field in self.FIELDS:
            each = self.query_one(f"#type-{field.name.lower()}", Input)
            try:
                exam = typed(field, exam, each.value, today)
                if field is self.FIELDS[-1]:
                    check(exam, today)
            except ExamError as error:
                self._say("When is it?" if field is Field.DAY and not each.value.strip() else str(error))
                each.focus()
                return
        self.post_message(self.Made(exam))
