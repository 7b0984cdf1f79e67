"""What a mock exam asks in between: whether to pause or to hand in, and which of all questions to go to."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList

from sciaquiz.study.summary import opening
from sciaquiz.tui.screens import mockpage
from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, MUTED, line, lines, say, spread
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.mock import AWAY, handing_in_words
from sciaquiz.view.words import SURE

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.mock.attempt import Attempt
    from sciaquiz.mock.holding import Held


class Doing(StrEnum):
    """What is to become of an exam."""

    PAUSE = "pause"
    HAND_IN = "hand in"


class StopScreen(Dialogue[Doing | None]):
    """Pause, hand in, or go on: gives that back, None for going on."""

    CSS_PATH = "mockasking.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,p", "say('pause')", show=False, tooltip="Pause"),
        Binding("2,h", "say('hand in')", show=False, tooltip="Hand in"),
        Binding("enter,escape,q", "dismiss(None)", "go on", show=False, tooltip="Go on"),
    ]

    def __init__(self, attempt: Attempt) -> None:
        super().__init__()
        self._attempt = attempt

    def compose(self) -> ComposeResult:
        """Lay out the strip."""
        yield Drawn(lambda width: stop_strip(self._attempt, width), id="strip")

    def action_say(self, doing: str) -> None:
        """Give back what is to be done."""
        self.dismiss(Doing(doing))


def stop_strip(attempt: Attempt, width: int) -> Content:
    """Return what can be done, each with its key and what it means, a row each."""
    offers = [
        ("1", "pause", AWAY[attempt.form.terms.away]),
        ("2", "hand in", handing_in_words(attempt)),
        ("⏎", "go on", ""),
    ]
    rows = []
    for key, does, means in offers:
        told = line(say(f"{key:>2}", f"bold {ACCENT}"), "  ", say(f"{does:<9}", "bold"), say(means, MUTED))
        rows += told.wrap(width)[:2]
    return lines(rows)


class QuestionList(VimList):
    """All questions; Enter goes to one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "go", show=False, tooltip="Go to it")]


class OverviewScreen(Dialogue[int | None]):
    """All questions of an exam; gives back the place of one, or None."""

    CSS_PATH = "mockasking.tcss"
    AUTO_FOCUS = "QuestionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,o", "dismiss(None)", "back", show=False, tooltip="Back"),
        Binding("f", "flagged", show=False, tooltip="The next flagged one"),
    ]

    def __init__(self, held: Held) -> None:
        super().__init__()
        self._held = held

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with Vertical(id="all"):
            yield Drawn(id="head")
            yield QuestionList(id="rows")
            yield Drawn(keys_row, id="foot")

    def on_mount(self) -> None:
        """Stand on the question in front."""
        self._draw()
        self.query_one(QuestionList).highlighted = self._held.here

    def on_resize(self) -> None:
        """Lay the rows out for the width there is."""
        self._draw()

    def _draw(self) -> None:
        attempt = self._held.attempt
        told = f"{len(attempt.answers)} of {len(attempt.form)} answered"
        head = line(say("All questions", "bold"), "   ", say(told, MUTED), "   ", mockpage.legend())
        short = line(say("All questions", "bold"), "   ", say(told, MUTED))
        self.query_one("#head", Drawn).show(lambda width: head if head.cell_length <= width else short.truncate(width))
        width = max(20, self.size.width - 2 * 2 - 1)
        self.query_one(QuestionList).show_rows(
            [question_row(self._held, place, width) for place in range(len(attempt.form))]
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_flagged(self) -> None:
        """Go down to the next question that is flagged."""
        rows, flagged = self.query_one(QuestionList), sorted(self._held.attempt.flagged)
        here = rows.highlighted or 0
        if flagged:
            rows.highlighted = next((place for place in flagged if place > here), flagged[0])


def keys_row(width: int) -> Content:
    """Return what the keys do."""
    keys = [("⏎", "go to it"), ("f", "next flagged"), ("esc", "back")]
    return line(*(line(say(key, f"bold {ACCENT}"), say(f" {does}  ", MUTED)) for key, does in keys)).truncate(width)


def question_row(held: Held, place: int, width: int) -> Content:
    """Return a question in a row: how it stands, how it begins, and how sure the student is of the answer."""
    number = say(f"{place + 1:>3}  ", MUTED)
    shown, (_, certainty) = held.shown(place), held.said(place)
    sure = SURE[certainty] if certainty is not None else ""
    room = width - number.cell_length - 3 - (len(sure) + 2 if sure else 0)
    if shown is None:
        text = say("cannot be asked any more", MUTED)
    else:
        deck = held.paper.decks.get(shown.card.question.deck_id)
        text = say(opening(shown.card.question, room, deck.case_of(shown.card.question) if deck else None))
    row = line(number, mockpage.sign_of(held.attempt, place), "  ", text)
    return spread(row, say(sure, MUTED), width) if sure else row
