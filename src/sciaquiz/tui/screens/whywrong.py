"""Why an answer was wrong: five reasons in the rows of the keys, of which a digit keeps one and Enter keeps none."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from sciaquiz.journal.entries import MissReason
from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, MUTED, line, lines, say
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.view.acts import REASON_WORDS
from sciaquiz.view.misses import CHOICES, WHY_WRONG

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content


GAP = 3


class WhyWrongScreen(Dialogue[MissReason | None]):
    """Gives the reason back, or None. `goes_on` says that Enter was pressed: it goes on, as it does without this."""

    CSS_PATH = "whywrong.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"say({key!r})", show=False) for key in CHOICES),
        Binding("enter", "go_on", show=False),
        Binding("escape,q,y", "dismiss(None)", "back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = False

    def compose(self) -> ComposeResult:
        """Lay out the strip."""
        yield Drawn(reasons_strip, id="strip")

    def action_say(self, key: str) -> None:
        """Keep this reason."""
        self.dismiss(CHOICES[key])

    def action_go_on(self) -> None:
        """Keep none, and go on."""
        self.goes_on = True
        self.dismiss(None)


def reasons_strip(width: int) -> Content:
    """Return the question and the reasons, each with its key, in as many rows as they need."""
    offers = [(key, REASON_WORDS[reason]) for key, reason in CHOICES.items()] + [("⏎", "go on")]
    rows = [say(WHY_WRONG, "bold")]
    for key, words in offers:
        offer = line(say(key, f"bold {ACCENT}"), " ", say(words, MUTED))
        if rows[-1].cell_length + GAP + offer.cell_length <= width:
            rows[-1] = line(rows[-1], " " * GAP, offer) if rows[-1].plain else offer
        else:
            rows.append(offer)
    return lines(rows)
