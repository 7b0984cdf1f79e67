"""Summary: what was right, what to look at again, and tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.widgets import Static

from sciaquiz.study.safekeeping import words_on_leaving
from sciaquiz.study.summary import opening, summarise
from sciaquiz.study.turns import End, Over
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, RIGHT, line, lines, say
from sciaquiz.view.words import back_today_words, over_words
from sciaquiz.words import count, percent

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Question
    from sciaquiz.study.round import Round

MOST_TO_LOOK_AT = 12
ROW = 72
"""Characters of a question that is listed, with its deck."""


class SummaryScreen(PageScreen):
    """The end of a sitting."""

    PLACE = "home"
    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,escape", "home", "home", id="summary.home", tooltip="Back to Home"),
        Binding("m", "more", "go on", id="summary.more", tooltip="Go on with what is left"),
        Binding("c", "app.custom", "custom sitting", id="summary.custom", tooltip="Choose what to study"),
        Binding("u", "undo", "undo", id="summary.undo", tooltip="Take back the last answer and ask it again"),
    ]

    def __init__(self, round_: Round, over: Over | None) -> None:
        super().__init__()
        self._round = round_
        self._sitting = round_.sitting
        self._decks = round_.decks
        self._over = over

    def parts(self) -> ComposeResult:
        """Lay out the page."""
        yield Static(say("Sitting over", f"bold {ACCENT}"), id="head")
        yield Static(self._result(), id="result")
        yield Static(self._again(), id="again")
        yield Static(self._ahead(), id="ahead")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go on only while something is left."""
        if action == "more":
            return self._sitting.left > 0 and (self._over is None or self._over.reason is not End.NOTHING_LEFT)
        return True

    def _result(self) -> Content:
        summary = summarise(self._sitting.outcomes)
        unkept = words_on_leaving(self.app.journal.unkept)
        if not summary.answered:
            return lines([say(words, AMBER) for words in unkept] or [say("No answers this time.", MUTED)])
        share = summary.right / summary.answered
        parts: list[Content | str] = [
            line(
                say(f"{summary.right} of {summary.answered} right", "bold"),
                say(f"  {percent(share)}" if summary.answered >= 5 else "", MUTED),
                say(f"  ·  {summary.new} new" if summary.new else "", MUTED),
            ),
            *(say(words, AMBER) for words in unkept),
        ]
        if not unkept:
            parts.append(line(say("✓ ", RIGHT), say("every answer is saved", MUTED)))
        if summary.certain_and_wrong:
            wrong = count(summary.certain_and_wrong, "wrong answer")
            parts.append(say(f"! {wrong} you were certain of", AMBER))
        return lines(parts)

    def _again(self) -> Content:
        look_again = summarise(self._sitting.outcomes).look_again
        if not look_again:
            return line()
        parts: list[Content | str] = [say("Look at again", "bold")]
        parts += [self._row(question) for question in look_again[:MOST_TO_LOOK_AT]]
        if len(look_again) > MOST_TO_LOOK_AT:
            parts.append(say(f"  and {len(look_again) - MOST_TO_LOOK_AT} more", MUTED))
        return lines(parts)

    def _row(self, question: Question) -> Content:
        deck = self._decks.get(question.deck_id)
        title = f"{deck.title}: " if deck and len(self._decks) > 1 else ""
        return line(say("  • ", ACCENT), say(title, MUTED), say(opening(question, max(20, ROW - len(title)))))

    def _ahead(self) -> Content:
        now = self.app.workspace.clock.now()
        tomorrow = self._sitting.due_tomorrow(now.study_day)
        parts = [f"Tomorrow {count(tomorrow, 'card is', 'cards are')} due in what you studied."]
        if self._over is not None and self._over.reason is not End.NOTHING_LEFT:
            parts.insert(0, over_words(self._over.reason))
        steps = self._sitting.steps_today()
        if steps:
            parts.insert(0, back_today_words(len(steps), min(steps), now.instant))
        return lines([say(part, MUTED) for part in parts])

    def action_home(self) -> None:
        """Back to Home."""
        self.leave()

    def action_more(self) -> None:
        """Go on with what is left, without the limits of the sitting that ended."""
        self._sitting.lift_limits()
        self.give_way(self.app.study_screen(self._round))

    @work(exclusive=True, group="undo")
    async def action_undo(self) -> None:
        """Take back the last answer and ask it again."""
        undone = await self.app.take_back(self._round)
        if undone is not None and undone.again is not None:
            self._sitting.lift_limits()
            self._sitting.put_back(undone.again)
            self.give_way(self.app.study_screen(self._round))
