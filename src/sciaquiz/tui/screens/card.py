"""One card: its text, its history, its forgetting curve, and why it comes back when it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.widgets import Static

from sciaquiz.deck.solution import solution
from sciaquiz.journal.entries import CardState
from sciaquiz.memory.explain import explain_card
from sciaquiz.memory.forecast import forgetting_curve
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.acting import ActingScreen, act_bindings
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, RIGHT, line, lines, say
from sciaquiz.tui.widgets.curve import curve
from sciaquiz.view.history import history
from sciaquiz.view.marks import marks_words
from sciaquiz.view.reasons import lines as reasons_in_words
from sciaquiz.view.words import citations
from sciaquiz.words import count, percent

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Card, Deck, Question

CURVE_HEIGHT = 6
CURVE_WIDTH = 50


class CardScreen(PageScreen, ActingScreen):
    """Everything known of one card."""

    CSS_PATH = "card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "back", id="card.back", tooltip="Back"),
        *act_bindings("card"),
    ]

    def __init__(self, card: Card, deck: Deck) -> None:
        super().__init__()
        self._card = card
        self._deck = deck
        self._state = CardState(card_id=card.id)

    def parts(self) -> ComposeResult:
        """Lay out the page; the history comes a moment later."""
        yield Static(line(say(self._card.id, f"bold {ACCENT}"), say(f"  {self._deck.title}", MUTED)), id="head")
        yield Static(text_of(self._card.question, self._deck), id="text")
        yield Static(id="marks")
        yield Static(id="curve")
        yield Static(id="why")
        yield Static(id="history")

    def on_mount(self) -> None:
        """Fetch the history in the journal's thread."""
        self._fetch()

    @work(exclusive=True)
    @tells_errors
    async def _fetch(self) -> None:
        workspace = self.app.workspace
        states = (await self.app.snapshot()).states
        state = self._state = states.get(self._card.id) or self._state
        reviews, events = await self.app.journal.call(lambda journal: journal.history(self._card.id))
        policies = await self.app.journal.call(lambda journal: journal.policies())
        if not self.is_there:
            return
        policy = workspace.policy_for(self._card.question)
        reasons = explain_card(state, reviews, events, workspace.clock.now(), policy, policies)
        today = workspace.clock.now().study_day
        self._put("marks", marks_of(state, today))
        self._put("history", lines([say(told, MUTED) for told in history(reviews, events, today)]))
        self._put("why", say("\n".join(reasons_in_words(reasons))))
        progress = state.progress
        if progress is not None:
            days = max(7, round(progress.memory.stability * 3))
            values = forgetting_curve(progress, policy, days)
            plotted = curve(values, CURVE_WIDTH, CURVE_HEIGHT)
            labels = [percent(1), *[""] * (CURVE_HEIGHT - 2), percent(0)]
            rows = [
                line(say(f"{label:>5} ", MUTED), say(row, ACCENT)) for label, row in zip(labels, plotted, strict=True)
            ]
            foot = say(" " * 6 + "last answer".ljust(CURVE_WIDTH - 10) + f"+{count(days, 'day')}".rjust(10), MUTED)
            self._put("curve", lines([say("Chance of recall", "bold"), *rows, foot]))

    def _put(self, name: str, text: Content) -> None:
        """Show a part of the page; one without text takes no room."""
        part = self.query_one(f"#{name}", Static)
        part.update(text)
        part.display = bool(text.plain)

    def card_in_front(self) -> CardState | None:
        """Return what is known of the card."""
        return self._state

    def look_again(self) -> None:
        """Read and show what has become of the card."""
        self._fetch()


def marks_of(state: CardState, today: date) -> Content:
    """Return what the student has set on a card: a note, a mark, and whether it is asked."""
    marks = state.marks
    parts: list[Content | str] = [line(say("▌ ", ACCENT), say(marks.note))] if marks.note else []
    parts += [say(f"– {words}", AMBER) for words in marks_words(marks, today)]
    return lines(parts)


def text_of(question: Question, deck: Deck) -> Content:
    """Return the whole question with its answer and sources, as an author sees it."""
    parts: list[Content | str] = [say(question.stem), ""]
    if question.according_to:
        parts += [say(f"According to: {question.according_to}", MUTED), ""]
    for answer in solution(question):
        sign = say("✓ ", RIGHT) if answer.right else say("  ")
        parts.append(line(sign, say(answer.text, "bold" if answer.right else "")))
        if answer.why:
            parts.append(say(answer.why, MUTED))
    if question.explanation:
        parts += ["", say(question.explanation)]
    source = citations(question, deck)
    if source:
        parts += ["", say(f"Source: {source}", f"italic {MUTED}")]
    if question.safety is not None:
        parts += ["", say("! must not be missed", AMBER)]
    return lines(parts)
