"""The line in which a query is typed: with what could come next behind it, and what means nothing underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from sciaquiz.study.querying import FIELD, WORD, Completions, Parsed, Vocabulary, completions, parse
from sciaquiz.text import cells
from sciaquiz.tui.text import ACCENT, FAINT, line, say

if TYPE_CHECKING:
    from rich.text import Text
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

LONGEST = 1_000
GAP = 2


class QueryInput(Input):
    """Where the words go; the arrows and Enter lead back to the list."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"query--field", "query--fault"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "screen.to_list", "to the list", tooltip="Go to what was found"),
        Binding("tab", "screen.complete", "complete", tooltip="Take the first of the words offered"),
        Binding("escape", "screen.to_list", "back", tooltip="Back to the list"),
    ]


class QueryLine(Horizontal):
    """A query: the sign of the key that leads here, what is typed, and what is offered."""

    DEFAULT_CSS = """
    QueryLine {
        height: 1;
        background: $surface;
        padding: 0 1;
    }
    QueryLine:focus-within {
        background: $panel;
    }
    QueryLine > Static {
        width: auto;
    }
    QueryLine > #offered {
        width: 1fr;
        text-wrap: nowrap;
    }
    QueryLine > QueryInput, QueryLine > QueryInput:focus {
        border: none;
        height: 1;
        padding: 0;
        background: transparent;
        background-tint: $background 0%;
    }
    QueryInput > .query--field {
        color: $text-muted;
    }
    QueryInput > .query--fault {
        color: $text-warning;
        text-style: underline;
    }
    """

    class Changed(Message):
        """Another query stands in the line."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._begins = text
        self.vocabulary = Vocabulary()

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static(say("/ ", f"bold {ACCENT}"))
        yield QueryInput(
            self._begins, max_length=LONGEST, select_on_focus=False, highlighter=_Marking(self), valid_empty=True
        )
        yield Static(id="offered")

    @property
    def text(self) -> str:
        """What is typed."""
        return self.input.value

    @property
    def input(self) -> QueryInput:
        """The field."""
        return self.query_one(QueryInput)

    def parsed(self) -> Parsed:
        """Return what the line means."""
        return parse(self.text, self.vocabulary)

    def put(self, text: str) -> None:
        """Let another text stand in the line."""
        self.input.value = text
        self.input.cursor_position = len(text)
        self.draw()

    def complete(self) -> None:
        """Take the first of the words that are offered."""
        offered = self._offered()
        if offered.words:
            text, word = self.text, offered.words[0]
            rest = text[offered.end :]
            ends = "" if word.endswith(":") or rest[:1] == " " else " "
            self.input.value = f"{text[: offered.start]}{word}{ends}{rest}"
            self.input.cursor_position = offered.start + len(word) + len(ends)

    def faults_to_show(self) -> list[tuple[int, int]]:
        """Return where the line means nothing; a word that may still become one that is offered is not there yet."""
        offered = self._offered() if self.input.has_focus else Completions(0, 0, ())
        return [
            (fault.start, fault.end)
            for fault in self.parsed().faults
            if not (offered.words and fault.start < offered.end and offered.start < fault.end)
        ]

    def draw(self) -> None:
        """Draw what is offered, and give the field as much room as it needs."""
        field = self.input
        field.styles.width = max(1, min(cells(field.value) + 1, self.size.width - 4))
        room = self.size.width - 4 - cells(field.value)
        told = _offer(self._offered().words, room) if field.has_focus else line()
        if not field.value and not field.has_focus:
            told = say("words, or deck: topic: kind: is: due:", FAINT)
        self.query_one("#offered", Static).update(told)

    def _offered(self) -> Completions:
        return completions(self.text, self.input.cursor_position, self.vocabulary)

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.draw()

    def on_descendant_focus(self) -> None:
        """Offer words."""
        self.draw()

    def on_descendant_blur(self) -> None:
        """Offer none."""
        self.draw()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.draw()
        self.post_message(self.Changed())


class _Marking(Highlighter):
    """The colours of a query."""

    def __init__(self, query: QueryLine) -> None:
        self._query = query

    def highlight(self, text: Text) -> None:
        """Mute the names of fields, and underline what means nothing; nothing before the line is laid out."""
        if not self._query.query(QueryInput):
            return
        field, fault = (self._query.input.get_component_rich_style(f"query--{name}") for name in ("field", "fault"))
        for word in WORD.finditer(text.plain):
            begins = word.start() + word[0].startswith("-")
            if named := FIELD.match(text.plain, begins):
                text.stylize(field, begins, named.end())
        for start, end in self._query.faults_to_show():
            text.stylize(fault, start, end)


def _offer(words: tuple[str, ...], room: int) -> Content:
    """Return as many of the words as have room."""
    told: list[str] = []
    for word in words:
        room -= len(word) + GAP
        if room < 0:
            break
        told.append(word)
    return say((" " * GAP).join(told), FAINT)
