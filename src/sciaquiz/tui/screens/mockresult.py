"""What a mock exam came to; from here one goes through what was wrong, or through all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.widgets import Static

from sciaquiz.study.round import Round
from sciaquiz.study.summary import opening
from sciaquiz.tui.screens import mockresultpage as drawing
from sciaquiz.tui.screens.homebody import pane_width
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.screens.toldlater import told
from sciaquiz.tui.text import ACCENT, MUTED, line, say
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.mock.holding import Paper
    from sciaquiz.mock.result import Marked, Result
    from sciaquiz.study.choice import Choice

SPACIOUS = 40
"""Rows of the terminal from which there is an empty one between topics, if they are few."""
MANY = 10


class MockResultScreen(PageScreen):
    """The results of one mock exam."""

    PLACE = "exam"
    CSS_PATH = "mockresult.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "wrong", "the wrong ones", id="mockresult.wrong", tooltip="Go through the wrong ones"),
        Binding("o", "all", "all of them", id="mockresult.all", tooltip="Go through all questions"),
        Binding("s", "again", "practise these", id="mockresult.again", tooltip="Practise what was wrong"),
        Binding("c", "app.custom", "custom sitting", id="mockresult.custom", tooltip="Choose what to study"),
        Binding("escape,q", "leave", "back", id="mockresult.back", tooltip="Back"),
    ]

    def __init__(self, result: Result, paper: Paper, others: Sequence[Result]) -> None:
        super().__init__()
        self._result = result
        self._paper = paper
        self._others = others

    def parts(self) -> ComposeResult:
        """Lay out the page."""
        with Container(id="beside"):
            with Vertical(id="left"):
                yield Drawn(partial(drawing.score, self._result), id="score")
                yield Drawn(id="topics")
                yield Drawn(id="below")
                yield Drawn(id="sure")
            yield Drawn(id="pane", classes="pane")

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the room there is."""
        width = pane_width(event.size)
        has_pane = bool(width)
        self.set_class(has_pane, "-beside")
        gaps = event.size.height >= SPACIOUS and len(self._result.topics) <= MANY
        self.query_one("#topics", Drawn).show(partial(drawing.topics, self._result, gaps=gaps))
        self.query_one("#below", Drawn).show(partial(drawing.below, self._result, is_alone=not has_pane))
        sure = self.query_one("#sure", Drawn)
        has_sure = has_pane and bool(drawing.certainty(self._result, 60).plain)
        sure.show(partial(drawing.certainty, self._result) if has_sure else None)
        pane = self.query_one("#pane", Drawn)
        pane.show(partial(drawing.pane, self._result, self._others, self._begins) if has_pane else None)
        pane.styles.width = width or None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go through what there is."""
        if action in ("wrong", "again"):
            return bool(self._result.wrong)
        return bool(self._result.counted) if action == "all" else True

    def choice_from_here(self) -> Choice | None:
        """Return what a custom sitting begins with: nothing in particular."""
        return None

    def _begins(self, marked: Marked, most: int) -> str:
        """Return how a question begins, behind its case; its name where nobody has its text."""
        card, deck = self._paper.card_of(marked.item), self._paper.decks.get(marked.item.deck_id)
        if card is None:
            return marked.item.card_id
        return opening(card.question, most, deck.case_of(card.question) if deck else None)

    def action_wrong(self) -> None:
        """Go through what was wrong, the surest errors first."""
        self.show(MockAnswersScreen(self._result, self._paper, self._result.wrong, "The wrong ones"))

    def action_all(self) -> None:
        """Go through all questions in their order."""
        self.show(MockAnswersScreen(self._result, self._paper, self._result.counted, "All questions"))

    @work(exclusive=True, group="again")
    async def action_again(self) -> None:
        """Practise what was wrong; the schedule stays as it is."""
        from sciaquiz.study.choice import Choice, Schedule
        from sciaquiz.tui.choosing import begin

        known = self.app.workspace.catalogue.card
        cards = tuple(each.item.card_id for each in self._result.wrong if known(each.item.card_id) is not None)
        if cards:
            await begin(self.app, Choice(cards=cards, schedule=Schedule.STAYS))
        else:
            self.app.notify("Their decks are no longer installed.", markup=False)


class MockAnswersScreen(PageScreen):
    """Questions of an exam, each with what was answered, what is right, and why."""

    PLACE = "exam"
    CSS_PATH = "mockresult.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,q", "leave", "back", id="mockanswers.back", tooltip="Back to the results"),
    ]

    def __init__(self, result: Result, paper: Paper, marked: Sequence[Marked], title: str) -> None:
        super().__init__()
        self._result, self._paper, self._marked, self._title = result, paper, marked, title

    def parts(self) -> ComposeResult:
        """Yield a block for each question."""
        yield Static(line(say(self._title, f"bold {ACCENT}"), say(f"   {count(len(self._marked), 'question')}", MUTED)))
        round_ = Round(self._paper.sitting, self.app.workspace.clock, self._paper.decks)
        for each in self._marked:
            yield Static(self._block(each, round_), classes="answer")

    def _block(self, marked: Marked, round_: Round) -> Content:
        said = self._result.attempt.said.get(marked.place)
        outcome = self._paper.outcome(marked.item, said) if said is not None and said.is_whole else None
        if outcome is not None and not isinstance(outcome, str):
            return told(marked.place + 1, outcome, round_)
        card, deck = self._paper.card_of(marked.item), self._paper.decks.get(marked.item.deck_id)
        return drawing.no_answer(marked.place + 1, card, marked.item.card_id, deck)
