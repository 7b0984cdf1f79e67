"""Confusions: what was taken for what, as a matrix, a drill for each that is open, and what is unsafe now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding

from sciaquiz.deck.concepts import name_of, short_name
from sciaquiz.text import cut
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.text import ACCENT, AMBER, FAINT, MUTED, RIGHT, line, lines, say, spread
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.words import count, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.widgets import OptionList

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import CardId, ConceptId
    from sciaquiz.study.confusions import Confusion, Ledger
    from sciaquiz.study.danger import Danger
    from sciaquiz.study.drill import Drill

MOST_IN_MATRIX = 9
NAME_WIDTH = 30
LETTER_WIDTH = 4
WIDEST = 84
"""Cells of a row of the list."""
TIMES = 6
"""Cells for how often two things were mixed up, behind what they are."""
WITH_WAITS = 60
"""Cells of a row from which it says why its drill has to wait."""
MOST_UNSAFE = 4
PROOF = 24
"""Cells for the day of a proof."""


class ConfusionsScreen(PageScreen):
    """The ledger of confusions."""

    PLACE = "home"
    CSS_PATH = "confusions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,d", "drill", "open", id="confusions.drill", tooltip="Open the pair under the cursor, and drill it"
        ),
        Binding("escape,q", "leave", "back", id="confusions.back", tooltip="Back to Home"),
    ]
    HELP = """\
A confusion opens when a wrong answer about one thing stands for another. It
closes once both sides were answered rightly on three days after the day of the
last mistake. The drill puts both next to each other; it waits until both are past
learning, because what is still being learned is better kept apart.
"""

    def __init__(self, decks: Sequence[Deck], unsafe: Mapping[CardId, Danger] | None = None) -> None:
        super().__init__()
        self._decks = decks
        self._unsafe = unsafe or {}
        self._drills: tuple[Drill, ...] = ()

    def parts(self) -> ComposeResult:
        """Lay out the page; the ledger comes a moment later."""
        yield Drawn(self._unsafe_now if self._unsafe else None, id="unsafe")
        yield Drawn(self._head, id="head")
        yield VimList(id="drills", compact=True)
        yield Drawn(id="matrix")

    def on_mount(self) -> None:
        """Read the ledger."""
        self.fetch()

    def on_screen_resume(self) -> None:
        """Read it anew after a drill."""
        self.fetch()

    @work(exclusive=True, group="fetch")
    @tells_errors
    async def fetch(self) -> None:
        """Work the ledger out from the journal."""
        from sciaquiz.study.drill import drills

        ledger = await self.app.ledger(self._decks)
        states = (await self.app.snapshot()).states
        if not self.is_there:
            return
        self._drills = drills(self._decks, ledger, states)
        self._draw_list()
        if self._drills:
            self.query_one(VimList).focus()
        self.query_one("#head", Drawn).show(self._head)
        self.query_one("#matrix", Drawn).show(partial(self._matrix, ledger))

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._draw_list()

    def _draw_list(self) -> None:
        listed = self.query_one(VimList)
        room = max(20, listed.size.width - 1)
        listed.show_rows([drill_row(drill, room) for drill in self._drills])

    def _head(self, width: int) -> Content:
        number = len(self._drills)
        told = say("Mixed up", "bold")
        return line(told, say(f"   {count(number, 'pair')}", MUTED)) if number and width >= WIDEST // 2 else told

    def _unsafe_now(self, width: int) -> Content:
        """Return the cards that are unsafe, each with the day of its next proof."""
        from sciaquiz.study.summary import opening

        cases = sorted(self._unsafe.values(), key=lambda case: case.due)
        parts = [say(cut("! Unsafe now: wrong and certain about what must not be missed", width), AMBER)]
        today = self.app.workspace.clock.now().study_day
        for case in cases[:MOST_UNSAFE]:
            day = weekday_words(case.due) if case.due > today else "now"
            proof = f"{'second' if case.proved_on else 'first'} proof {day}"
            card = self.app.workspace.catalogue.card(case.card_id)
            about = self.app.workspace.case_of(card.question) if card else None
            begins = opening(card.question, max(10, width - PROOF), about) if card else ""
            parts.append(line(say(f"{proof:<{PROOF}}", MUTED), say(begins)))
        if len(cases) > MOST_UNSAFE:
            parts.append(say(f"and {len(cases) - MOST_UNSAFE} more", MUTED))
        return lines([*parts, say(cut("a proof: right and certain, on that day or later", width), MUTED)])

    def _matrix(self, ledger: Ledger, room: int) -> Content:
        if not ledger.confusions:
            return say(cut("Nothing was taken for anything else so far.", room), MUTED)
        parts: list[Content | str] = []
        if not self._drills:
            parts += [line(say("✓ ", RIGHT), say("Every confusion is over.", MUTED)), ""]
        shown = _concepts(ledger.confusions)
        parts.append(say(cut("What it was (rows), what it was taken for (columns)", room), FAINT))
        letters = [chr(ord("A") + place) for place in range(len(shown))]
        head = "".join(f"{letter:>{LETTER_WIDTH}}" for letter in letters)
        width = min(NAME_WIDTH, max(4, room - 4 - len(head)))
        parts.append(say(" " * (width + 4) + head, FAINT))
        for letter, was in zip(letters, shown, strict=True):
            row = [_cell(ledger, was, other) for other in shown]
            name = say(cut(short_name(name_of(self._decks, was)), width))
            parts.append(line(say(f"{letter}  ", ACCENT), name, " " * (width + 1 - name.cell_length), *row))
        return lines(parts)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter and a click hold the drill."""
        event.stop()
        self.action_drill()

    def action_drill(self) -> None:
        """Hold the drill under the cursor."""
        from sciaquiz.tui.screens.contrast import ContrastScreen

        place = self.query_one(VimList).highlighted
        if place is not None and place < len(self._drills):
            self.show(ContrastScreen(self._decks, self._drills[place]))


def drill_row(drill: Drill, width: int) -> Content:
    """Return a confusion in a row: what was taken for what, how often, and whether its drill has to wait."""
    one, other = drill.sides
    waits = "still being learned" if width >= WITH_WAITS else "waits"
    room = max(10, min(WIDEST, width) - TIMES - len(waits) - 2)
    names = cut(f"{short_name(one.name)} ⇄ {short_name(other.name)}", room)
    times = say(f"{drill.confusion.count}×", AMBER)
    return line(spread(say(names), times, room + TIMES), say("" if drill.is_ready else f"  {waits}", MUTED))


def _concepts(confusions: Sequence[Confusion]) -> list[ConceptId]:
    """Return the concepts of the most frequent confusions, neighbours together."""
    found: list[ConceptId] = []
    for confusion in confusions:
        for concept in sorted(confusion.pair):
            if concept not in found:
                found.append(concept)
    return found[:MOST_IN_MATRIX]


def _cell(ledger: Ledger, was: ConceptId, taken_for: ConceptId) -> Content:
    if was == taken_for:
        return say(f"{'·':>{LETTER_WIDTH}}", MUTED)
    times = ledger.times(was, taken_for)
    return say(f"{times or '':>{LETTER_WIDTH}}", f"bold {AMBER}" if times else "")
