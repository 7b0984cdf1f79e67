"""What stands around a question: the line to type into below it, and the pane beside it or over its right half."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal
from textual.message import Message

from sciaquiz.deck.kinds import Hotspot
from sciaquiz.errors import SciaquizError
from sciaquiz.tui import page, side
from sciaquiz.tui.screens.answering import AnsweringScreen
from sciaquiz.tui.screens.studypage import Stage
from sciaquiz.tui.text import lines
from sciaquiz.tui.widgets.line import Line
from sciaquiz.tui.widgets.sheet import Sheet
from sciaquiz.view.choices import how_words
from sciaquiz.view.words import place_words

if TYPE_CHECKING:
    from textual import events

    from sciaquiz.memory.explain import Reasons
    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Outcome

SHORT, TALL = 20, 34
"""Rows of the terminal below which there is no empty one above the question, and from which there are two."""

WIDE, HUGE = 110, 150
"""Columns from which the pane stands beside the question, and from which it takes what the text does not need."""

PANE, TEXT = 44, 86
"""Columns of the pane in a wide terminal, and of the question in a huge one."""

MARGIN, WIDEST = 2, 160
"""Columns free at either side, and those of the frame in a terminal that is wider still."""


class Body(Horizontal):
    """The question with its pane."""

    class Resized(Message):
        """There is more room, or less."""

    def on_resize(self) -> None:
        """Tell that the room has changed, whatever part of it the question takes."""
        self.post_message(self.Resized())


class Beside(AnsweringScreen):
    """A screen with a question and a pane."""

    def __init__(self, round_: Round) -> None:
        super().__init__(round_)
        self._wants_side: bool | None = None
        self._is_over = False
        self._places: dict[str, int] = {}
        self._section = ""
        self._answered = self._left = 0
        self._knows_pace = False
        self._minutes = ""

    # Room

    @property
    def _frame_width(self) -> int:
        return max(1, min(self.size.width, WIDEST) - 2 * MARGIN)

    @property
    def _is_beside(self) -> bool:
        """Whether the pane stands beside the question; a figure takes all the width unless the pane is wanted."""
        if self.size.width < WIDE:
            return False
        has_figure = self._shown is not None and isinstance(self._shown.card.question, Hotspot)
        return not has_figure if self._wants_side is None else self._wants_side

    def on_resize(self, event: events.Resize) -> None:
        """Put the pane where there is room for it."""
        self._place_side()
        self._draw_side()

    def _place_side(self) -> None:
        """Show the pane beside the question, over it, or not at all."""
        pane, beside = self.query_one("#side", Sheet), self._is_beside
        self._is_over = self._is_over and not beside
        self.set_class(self._is_over, "-over")
        pane.display = beside or self._is_over
        is_huge = beside and self.size.width >= HUGE
        self.query_one("#question").styles.width = TEXT if is_huge else "1fr"
        if self._is_over:
            pane.styles.width = "50%" if self.size.width >= 2 * PANE - 8 else "100%"
        else:
            pane.styles.width = "1fr" if is_huge else PANE

    # Pane

    def action_pane(self) -> None:
        """Show or hide the pane."""
        if self.size.width >= WIDE:
            self._wants_side = not self._is_beside
            self._place_side()
            self._draw_side_later()
        elif not self._close_side():
            self._open_side("w")

    def action_why(self) -> None:
        """Show in the pane when the card comes back; if it stands there already, the whole chain of reasons."""
        if not self.query_one("#side").display:
            self._open_side("w")
        elif self._stage is Stage.ANSWERED:
            super().action_why()
        else:
            self._close_side()

    def action_sources(self) -> None:
        """Show the sources in full, in the pane."""
        if not self.query_one("#side").display:
            self._open_side("r")
        elif self._section == "r":
            self._close_side()
        else:
            self._show_section("r")

    def action_page(self, by: int) -> None:
        """Go down or up the page, or the pane where that is over it."""
        self._read_now.page(by)

    def action_pick(self) -> None:
        """Space reads the pane to its end where that is over the page, and then closes it."""
        if not self._is_over:
            super().action_pick()
        elif self._read_now.below:
            self.action_page(1)
        else:
            self._close_side()

    @property
    def _read_now(self) -> Sheet:
        """What is read with the keys of the page: the pane where that is over it."""
        return self.query_one("#side" if self._is_over else "#sheet", Sheet)

    @on(Sheet.Scrolled, "#side")
    def tell_whether_more_of_the_pane_is_below(self) -> None:
        """Say in the hairline whether the pane goes on."""
        if self._is_over:
            self._draw_status()

    def _open_side(self, section: str) -> None:
        """Show the pane over the right half, from a section on."""
        self._is_over = self.size.width < WIDE
        if self._is_over:
            self._note_time_away()
        self._wants_side = True if self.size.width >= WIDE else self._wants_side
        self._place_side()
        self.refresh_bindings()
        self._draw_side_later(section)

    def _close_side(self) -> bool:
        """Take the pane away where it is over the page; False if it is not."""
        was_over, self._is_over = self._is_over, False
        if was_over:
            self._place_side()
            self.refresh_bindings()
            self._draw_status()
        return was_over

    def _show_section(self, key: str) -> None:
        self._section = key
        self.query_one("#side", Sheet).show_from(self._places.get(key, 0))

    def _draw_side(self, reasons: Reasons | None = None, section: str = "w") -> None:
        """Draw the pane if it is to be seen: before the answer nothing that would give it away."""
        pane, outcome = self.query_one("#side", Sheet), self._outcome
        if not (pane.display and self.is_there and (outcome or self._knows_pace)):
            return
        width = pane.room
        if outcome is None:
            blocks, self._places = side.before(self._round, width), {}
        else:
            blocks, self._places = side.after(self._round, outcome, reasons, width)
        pane.show(blocks, from_top=True)
        self._section = "w"
        pane.styles.height = "100%" if outcome is not None or self._is_over else pane.rows + 2
        if self._is_over:
            self._draw_status()
        if section in self._places:
            self._show_section(section)

    def _draw_side_later(self, section: str = "w") -> None:
        """Draw the pane once the history is there: the feedback does not wait for it."""
        if self._outcome is None:
            self.call_after_refresh(self._draw_side, None, section)
        elif self.query_one("#side").display:
            self._read_history(self._outcome, section)

    @work(exclusive=True, group="side")
    async def _read_history(self, outcome: Outcome, section: str) -> None:
        """Read what was answered before, once the answer is in the journal, and draw the pane."""
        await self._answer_is_kept()
        card, sitting = outcome.shown.card, self._round.sitting
        try:
            reviews, events = await self.app.journal.call(lambda journal: journal.history(card.id))
            policies = await self.app.journal.call(lambda journal: journal.policies())
        except SciaquizError as error:  # the pane is drawn without the history
            self.app.notify(str(error), severity="error", markup=False)
            reasons = None
        else:
            from sciaquiz.memory.explain import explain_card

            now = self.app.workspace.clock.now()
            state, policy, fits = sitting.state(card.id), sitting.policy(card), sitting.fits
            reasons = explain_card(state, reviews, events, now, policy, policies, fits=fits)
        if outcome is self._outcome:
            self._draw_side(reasons, section)

    def _note_time_away(self) -> None:
        """Take note that the student did not have the question before them all the while."""
        raise NotImplementedError

    # Pace

    @work(exclusive=True, group="pace")
    async def _read_pace(self) -> None:
        """Read how long an answer takes this student, which has to be looked up in the journal."""
        await asyncio.to_thread(self._round.sitting.seconds_per_answer)
        self._knows_pace = True
        self._tell_minutes()
        self._draw_top()
        self._draw_side_later()

    def _draw_top(self) -> None:
        """Draw the first rows: where the sitting stands."""
        if self._shown is None:
            return
        question, width = self._shown.card.question, self._frame_width
        answered = self._stage is Stage.ANSWERED
        total = self._answered + 1 + self._left
        place = "   ".join([*how_words(self._round.sitting.chosen), place_words(self._answered, self._left)])
        head = page.head(question, self._round.deck(self._shown), place, self._minutes, width, answered=answered)
        empty = [""] * (0 if self.size.height < SHORT else 1 if self.size.height < TALL else 2)
        rule = page.filled((self._answered + answered) / total, width)
        self.query_one("#top", Line).show(lines([head, rule, *empty]))

    def _tell_minutes(self) -> None:
        """Say how long the question in front and those that wait take; nothing until the student's pace is known."""
        if self._knows_pace:
            self._minutes = f"{self._round.sitting.minutes_left(self._round.clock.now())} min left"
