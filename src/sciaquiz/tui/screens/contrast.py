"""A contrast: both sides of a confusion next to each other, with what tells them apart; then the drill."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from sciaquiz.deck.solution import solution
from sciaquiz.study.confusions import SPACED_RIGHT_ANSWERS
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, RIGHT, line, lines, say
from sciaquiz.words import times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Deck
    from sciaquiz.study.drill import Drill, Side


class ContrastScreen(PageScreen):
    """Both sides of a confusion."""

    CSS_PATH = "contrast.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "answer both", id="contrast.begin", tooltip="Answer a question of each side"),
        Binding("space", "begin", "answer both", show=False, tooltip="Answer a question of each side"),
        Binding("escape,q", "leave", "back", id="contrast.back", tooltip="Go back"),
    ]

    def __init__(self, decks: Sequence[Deck], drill: Drill) -> None:
        super().__init__()
        self._decks = decks
        self._drill = drill

    def parts(self) -> ComposeResult:
        """Lay out the two sides below what tells them apart."""
        yield Static(self._head(), id="head")
        with Horizontal(id="sides"):
            for side in self._drill.sides:
                yield Static(self._side(side), classes="side")
        yield Static(self._foot(), id="foot")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to begin only once both sides are past learning."""
        return self._drill.is_ready if action == "begin" else True

    def _head(self) -> Content:
        one, other = self._drill.sides
        parts: list[Content | str] = [say(f"{one.name} ⇄ {other.name}", f"bold {ACCENT}")]
        if self._drill.discriminator:
            parts += ["", say(self._drill.discriminator, "bold")]
        return lines(parts)

    def _side(self, side: Side) -> Content:
        parts: list[Content | str] = [say(side.name, f"bold {ACCENT}")]
        took = [
            f"taken for the other {times(taken)}"
            for (was, _), taken in self._drill.confusion.took.items()
            if was == side.concept
        ]
        parts.append(say(took[0] if took else "never taken for the other", AMBER if took else MUTED))
        days = len(self._drill.confusion.right_days.get(side.concept, ()))
        right = min(days, SPACED_RIGHT_ANSWERS)
        parts.append(say(f"answered rightly on {right} of {SPACED_RIGHT_ANSWERS} days since", MUTED))
        examples: list[Content | str] = []
        for card in side.examples:
            key = next((answer.text for answer in solution(card.question) if answer.right), "")
            if card.question.case is None and card.question.stem and key:
                examples += ["", say(card.question.stem), line(say("✓ ", RIGHT), say(key, RIGHT))]
        if not side.cards:
            examples = ["", say("No question is about this side.", MUTED)]
        elif not side.ready:
            examples = ["", say("Its cards are still being learned.", MUTED)]
        elif not examples:
            are = "question is" if len(side.ready) == 1 else "questions are"
            examples = ["", say(f"Its {are} kept for the drill.", MUTED)]
        return lines([*parts, *examples])

    def _foot(self) -> Content:
        if self._drill.is_ready:
            return say("Enter asks other questions, of each side in turn.", MUTED)
        return say("The drill waits until both sides are past learning: learn each first, then mix.", MUTED)

    @work(exclusive=True, group="begin")
    @tells_errors
    async def action_begin(self) -> None:
        """Answer the questions of both sides in turn."""
        from sciaquiz.sittings import open_drill

        today = self.app.workspace.clock.now().study_day
        seen = await self.app.journal.call(lambda journal: journal.snapshot(today, self.app.workspace.catalogue.mirror))
        if self.is_active:
            self.leave()
            self.app.start_sitting(open_drill(self.app.workspace, self._drill, seen), self._decks)
