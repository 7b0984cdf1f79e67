"""Past sittings: all of them, the newest first, and what was answered in one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList

from sciaquiz.cardhistory import deck_of
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import pastpage
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.text import MUTED, lines, say
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.past import NO_SITTINGS, RULE
from sciaquiz.words import as_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId, DeckId
    from sciaquiz.journal.entries import Review
    from sciaquiz.journal.past import PastSitting, SittingKey

AT_ONCE = 50
NOTHING_WRONG = "Nothing went wrong in this sitting that could be asked again."


class RowList(VimList):
    """Rows of which Enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "open", tooltip="Open what is under the cursor"),
    ]


class ListScreen(PlacedScreen[None]):
    """A page with a head and a list below it."""

    CSS_PATH = "past.tcss"
    PLACE = "home"
    AUTO_FOCUS = "RowList"

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine(self.PLACE)
        with Vertical(classes="page"):
            yield Drawn(id="head")
            yield RowList(id="rows")
        yield KeysLine()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self.draw()

    def draw(self) -> None:
        """Draw head and rows for the width there is."""
        raise NotImplementedError

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    @property
    def _room(self) -> int:
        return max(20, self.rows.size.width - 3)

    @property
    def _titles(self) -> Mapping[DeckId, str]:
        return {deck.id: deck.title for deck in self.app.workspace.library.decks}

    @work(exclusive=True, group="again")
    async def ask_again(self, sitting: PastSitting) -> None:
        """Ask once more what went wrong in a sitting; the schedule stays as it is."""
        from sciaquiz.study.choice import Choice, Schedule
        from sciaquiz.tui.choosing import begin

        known = self.app.workspace.catalogue.card
        cards = tuple(card_id for card_id in sitting.look_again if known(card_id) is not None)
        if cards:
            await begin(self.app, Choice(cards=cards, schedule=Schedule.STAYS))
        else:
            self.app.notify(NOTHING_WRONG, markup=False)


class PastScreen(ListScreen):
    """Past sittings, read page by page as the cursor comes to the end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "again", "those wrong again", id="past.again", tooltip="Practise what went wrong in it"),
        Binding("m", "mocks", "mock exams", id="past.mocks", tooltip="What mock exams came to"),
        Binding("escape,q", "leave", "back", id="past.back", tooltip="Back"),
    ]
    HELP = f"""\
{RULE} Sittings are worked
out from your answers each time: one that was taken back changes them.
"""

    def __init__(self) -> None:
        super().__init__()
        self._sittings: list[PastSitting] = []
        self._older: SittingKey | None = None
        self._is_read = False

    def on_screen_resume(self) -> None:
        """Read the newest sittings, at first and after one was held: as many as were read before."""
        self._read_anew(max(AT_ONCE, len(self._sittings)))

    @work(exclusive=True, group="read")
    @tells_errors
    async def _read_anew(self, most: int) -> None:
        self._take([], *await self.app.journal.call(lambda journal: journal.sittings(None, most)))

    @work(exclusive=True, group="read")
    @tells_errors
    async def _read_more(self) -> None:
        known, before = self._sittings, self._older
        self._take(known, *await self.app.journal.call(lambda journal: journal.sittings(before, AT_ONCE)))

    def _take(self, known: Sequence[PastSitting], found: Sequence[PastSitting], older: SittingKey | None) -> None:
        """Show what was read behind what is known, and remember from where to go on."""
        if self.is_there:
            self._sittings, self._older, self._is_read = [*known, *found], older, True
            self.draw()

    def draw(self) -> None:
        """Draw a row for each sitting that was read."""
        if not self._is_read:
            return
        today, titles, room = self.app.workspace.clock.now().study_day, self._titles, self._room
        self.query_one("#head", Drawn).show(self._head)
        self.rows.show_rows([pastpage.row(sitting, titles, today, room) for sitting in self._sittings])

    def _head(self, width: int) -> Content:
        if not self._sittings:
            return lines([say("Past sittings", "bold"), "", say(NO_SITTINGS, MUTED)])
        return lines([say("Past sittings", "bold"), "", pastpage.heads(width)])

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Read on when the cursor comes to the end."""
        if self._older is not None and self.rows.highlighted == len(self._sittings) - 1:
            self._read_more()

    @on(OptionList.OptionSelected)
    def _opened(self) -> None:
        if sitting := self._current():
            self.show(PastSittingScreen(sitting))

    def _current(self) -> PastSitting | None:
        place = self.rows.highlighted
        return self._sittings[place] if place is not None and place < len(self._sittings) else None

    @work(exclusive=True, group="mocks")
    @tells_errors
    async def action_mocks(self) -> None:
        """Look at the mock exams of the past."""
        from sciaquiz.mocks import results_in
        from sciaquiz.tui.screens.mockpast import MockPastScreen

        self.show(MockPastScreen(await self.app.journal.call(results_in)))

    def action_again(self) -> None:
        """Practise what went wrong in the sitting under the cursor."""
        if sitting := self._current():
            self.ask_again(sitting)


class PastSittingScreen(ListScreen):
    """What one sitting came to: what to look at again, or every answer in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "again", "these again", id="pastsitting.again", tooltip="Practise what went wrong in it"),
        Binding("o", "all", "all answers", id="pastsitting.all", tooltip="Show every answer, or what went wrong"),
        Binding("escape,q", "leave", "back", id="pastsitting.back", tooltip="Back"),
    ]

    def __init__(self, sitting: PastSitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._shows_all = not sitting.look_again

    @property
    def _answers(self) -> Sequence[Review]:
        return self._sitting.answers if self._shows_all else tuple(self._sitting.look_again.values())

    def _card(self, card_id: CardId) -> Card | None:
        return self.app.workspace.catalogue.card(card_id)

    def draw(self) -> None:
        """Draw what it came to, and a row for each answer."""
        today, titles = self.app.workspace.clock.now().study_day, self._titles
        told = "Every answer" if self._shows_all else "Look at again"
        head = partial(pastpage.head, self._sitting, titles, today)
        self.query_one("#head", Drawn).show(lambda width: lines([head(width), "", say(told, "bold")]))
        answers, room = self._answers, self._room
        cards = [self._card(answer.card_id) for answer in answers]
        self.rows.show_rows(
            [
                pastpage.answer_row(answer, card, room, self.app.workspace.case_of(card.question) if card else None)
                for answer, card in zip(answers, cards, strict=True)
            ]
        )

    @on(OptionList.OptionSelected)
    def _opened(self) -> None:
        place = self.rows.highlighted
        answer = self._answers[place] if place is not None and place < len(self._answers) else None
        card = None if answer is None else self._card(answer.card_id)
        if card is not None:
            from sciaquiz.tui.screens.card import CardScreen

            self.show(CardScreen(card, deck_of(self.app.workspace, card)))
        elif answer is not None:
            self.app.notify(as_sentence(self.app.workspace.gone_words(answer.card_id)), markup=False)

    def action_all(self) -> None:
        """Show every answer, or only what to look at again."""
        self._shows_all = not self._shows_all or not self._sitting.look_again
        self.draw()

    def action_again(self) -> None:
        """Practise what went wrong."""
        self.ask_again(self._sitting)
