"""Confusions: what was taken for what, as a matrix, a drill for each that is open, and what is unsafe now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.widgets import OptionList, Static

from sciaquiz.deck.concepts import name_of, short_name
from sciaquiz.text import cut
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, RIGHT, line, lines, say
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.words import times, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import CardId, ConceptId
    from sciaquiz.study.confusions import Confusion, Ledger
    from sciaquiz.study.danger import Danger
    from sciaquiz.study.drill import Drill

MOST_IN_MATRIX = 9
NAME_WIDTH = 30
LETTER_WIDTH = 4
MOST_UNSAFE = 4
UNSAFE_WIDTH = 46


class ConfusionsScreen(PageScreen):
    """The ledger of confusions."""

    PLACE = "home"
    CSS_PATH = "confusions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,d", "drill", "drill", id="confusions.drill", tooltip="Hold the contrast drill under the cursor"),
        Binding("q,escape", "leave", "back", id="confusions.back", tooltip="Back to Home"),
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
        if self._unsafe:
            yield Static(self._unsafe_now(), id="unsafe")
        yield Static(say("Confusions", f"bold {ACCENT}"), id="head")
        yield VimList(id="drills", compact=True)
        yield Static(id="matrix")

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
        listed = self.query_one(VimList)
        listed.show_rows([_drill_line(drill) for drill in self._drills])
        if self._drills:
            listed.focus()
        self.query_one("#matrix", Static).update(self._matrix(ledger))

    def _unsafe_now(self) -> Content:
        """Return the cards that are unsafe, each with the day of its next proof."""
        from sciaquiz.study.summary import opening

        cases = sorted(self._unsafe.values(), key=lambda case: case.due)
        parts: list[Content | str] = [
            say("Unsafe now: wrong and certain about what must not be missed", f"bold {AMBER}")
        ]
        today = self.app.workspace.clock.now().study_day
        for case in cases[:MOST_UNSAFE]:
            day = weekday_words(case.due) if case.due > today else "now"
            proof = f"{'second' if case.proved_on else 'first'} proof {day}"
            card = self.app.workspace.catalogue.card(case.card_id)
            begins = opening(card.question, UNSAFE_WIDTH) if card else ""
            parts.append(line(say(f"  {proof:<24}", MUTED), say(begins)))
        if len(cases) > MOST_UNSAFE:
            parts.append(say(f"  and {len(cases) - MOST_UNSAFE} more", MUTED))
        return lines([*parts, say("  a proof: right and certain, on that day or later", MUTED)])

    def _matrix(self, ledger: Ledger) -> Content:
        if not ledger.confusions:
            return say("Nothing was taken for anything else so far.", MUTED)
        parts: list[Content | str] = []
        if not self._drills:
            parts += [line(say("✓ ", RIGHT), say("Every confusion is over.", MUTED)), ""]
        shown = _concepts(ledger.confusions)
        parts.append(say("What it was (rows), what it was taken for (columns)", MUTED))
        letters = [chr(ord("A") + place) for place in range(len(shown))]
        head = "".join(f"{letter:>{LETTER_WIDTH}}" for letter in letters)
        width = min(NAME_WIDTH, max(12, self.size.width - 8 - len(head)))
        parts.append(say(" " * (width + 4) + head, MUTED))
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


def _drill_line(drill: Drill) -> Content:
    one, other = drill.sides
    often = times(drill.confusion.count)
    waits = "" if drill.is_ready else "  still being learned"
    return line(
        f"{short_name(one.name)} ⇄ {short_name(other.name)}",
        say(f"  {often}", AMBER),
        say(waits, MUTED),
    )


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
