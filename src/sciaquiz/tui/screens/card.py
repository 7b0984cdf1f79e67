"""One card: its question, when it comes back, and all that was answered and done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Container

from sciaquiz.cardhistory import deck_of, read_record
from sciaquiz.text import cut
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import cardpage
from sciaquiz.tui.screens.acting import ActingScreen, act_bindings
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.text import MUTED, say
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.view.reasons import lines as reasons_in_words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sciaquiz.cardhistory import CardRecord
    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.journal.entries import CardState
    from sciaquiz.tui.widgets.drawn import Draw


class CardScreen(PageScreen, ActingScreen):
    """Everything known of one card."""

    CSS_PATH = "card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "why", "why", id="card.why", tooltip="When it comes back, and why"),
        *act_bindings("card"),
        Binding("p", "pane", show=False, id="card.pane", tooltip="Hide when it comes back, or show it"),
        Binding("tab", "part(1)", show=False, id="card.next", tooltip="Next part of the page"),
        Binding("shift+tab", "part(-1)", show=False, id="card.previous", tooltip="The part before"),
        Binding("escape,q", "leave", "back", id="card.back", tooltip="Back"),
    ]

    def __init__(self, card: Card, deck: Deck | None) -> None:
        super().__init__()
        self._card = card
        self._deck = deck
        self._record: CardRecord | None = None
        self._shows_pane = True

    def parts(self) -> ComposeResult:
        """Lay out the page; what the journal knows comes a moment later."""
        yield Drawn(id="head")
        with Container(id="top"):
            yield Drawn(id="text")
            yield Drawn(id="pane", classes="pane")
        yield Drawn(id="marks")
        yield Drawn(id="history")
        yield Drawn(id="older")
        yield Drawn(lambda width: say(cut(self._card.id, width), MUTED), id="id")

    def on_mount(self) -> None:
        """Show the question, and fetch the history in the journal's thread."""
        self._show_question()
        self._fetch()

    def _show_question(self) -> None:
        question, deck = self._card.question, self._deck
        self._put("head", partial(cardpage.head, question, deck))
        self._put("text", partial(cardpage.question_text, question, deck))

    @work(exclusive=True)
    @tells_errors
    async def _fetch(self) -> None:
        workspace, card = self.app.workspace, self._card
        record = await self.app.journal.call(lambda journal: read_record(workspace, journal, card.id, card))
        if not self.is_there:
            return
        self._record = record
        today, reasons = workspace.clock.now().study_day, record.reasons
        self._put("marks", partial(cardpage.marks_text, record.state, today))
        self._put("history", partial(cardpage.table, record.history, today))
        self._put("older", partial(cardpage.older_text, record.history.versions, today))
        if reasons is not None:
            self._put("pane", partial(cardpage.pane, reasons))
            self.query_one("#pane").display = self._shows_pane

    def _put(self, name: str, draw: Draw) -> None:
        """Show a part of the page, if there is anything to show in it."""
        self.query_one(f"#{name}", Drawn).show(draw if draw(cardpage.WIDEST).plain else None)

    def card_in_front(self) -> CardState | None:
        """Return what is known of the card; None until it is known what is set on it."""
        return self._record.state if self._record else None

    def look_again(self) -> None:
        """Read and show what has become of the card."""
        self._fetch()

    def question_in_front(self) -> Card:
        """Return the card."""
        return self._card

    def was_edited(self) -> None:
        """Show the question as it reads now, if it is still there."""
        self._card = self.app.workspace.catalogue.card(self._card.id) or self._card
        self._deck = deck_of(self.app.workspace, self._card)
        self._show_question()
        self._fetch()

    def action_pane(self) -> None:
        """Hide when the card comes back, or show it."""
        self._shows_pane = not self._shows_pane
        self.query_one("#pane").display = self._shows_pane

    def action_part(self, by: int) -> None:
        """Scroll to the next part of the page, or to the one before."""
        page = self.scrolling
        here, tops = page.scroll_offset.y, [0]
        for name in ("pane", "marks", "history", "older"):
            part = self.query_one(f"#{name}")
            tops += [min(page.max_scroll_y, part.region.y - page.region.y + here)] if part.display else []
        ahead = [top for top in sorted(tops) if (top > here if by > 0 else top < here)]
        if ahead:
            page.scroll_to(y=ahead[0 if by > 0 else -1], animate=False)

    def action_why(self) -> None:
        """Show when the card comes back, and why."""
        from sciaquiz.tui.screens.message import MessageScreen

        if self._record is not None and self._record.reasons is not None:
            self.show(MessageScreen("Why", "\n".join(reasons_in_words(self._record.reasons))))
