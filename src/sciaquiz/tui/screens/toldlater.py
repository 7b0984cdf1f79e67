"""The answers of a sitting that are told at its end: each with its verdict, what was right, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Static

from sciaquiz.deck.solution import key
from sciaquiz.study.summary import opening
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.screens.summary import SummaryScreen
from sciaquiz.tui.status import VERDICTS
from sciaquiz.tui.text import ACCENT, MUTED, RIGHT, WRONG, line, lines, say
from sciaquiz.view.answered import Mark, parts
from sciaquiz.view.feedback import Role, feedback, typed_feedback, verdict
from sciaquiz.words import count

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Outcome, Over

SIGNS = {Mark.RIGHT: ("✓ ", RIGHT), Mark.MISSED: ("✓ ", RIGHT), Mark.WRONG: ("✗ ", WRONG)}
LONGEST = 400
"""Characters of a question that is told again."""


class ToldLaterScreen(PageScreen):
    """Every answer, in the order in which they were given; then the summary."""

    CSS_PATH = "toldlater.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,escape", "go_on", "summary", id="told.on", tooltip="What the sitting came to"),
    ]

    def __init__(self, round_: Round, over: Over | None) -> None:
        super().__init__()
        self._round = round_
        self._over = over

    def parts(self) -> ComposeResult:
        """Yield a block for each answer."""
        outcomes = self._round.sitting.outcomes
        right = sum(outcome.marked.correct for outcome in outcomes)
        head = line(say("Your answers", f"bold {ACCENT}"), say(f"   {right} of {count(len(outcomes), 'answer')} right"))
        yield Static(head)
        for place, outcome in enumerate(outcomes, 1):
            yield Static(told(place, outcome, self._round), classes="answer")

    def action_go_on(self) -> None:
        """Go on to the summary."""
        self.give_way(SummaryScreen(self._round, self._over))


def told(place: int, outcome: Outcome, round_: Round) -> Content:
    """Return a question with what was answered, and why."""
    question, deck = outcome.shown.card.question, round_.deck(outcome.shown)
    found = verdict(outcome)
    sign, style = VERDICTS[found.role]
    head = f"{sign} {found.head}".strip()
    said = line(
        say(head, f"bold {style}" if head else ""),
        say(f", {found.text}" if head and found.text else found.text, MUTED),
    )
    rows: list[Content | str] = [
        line(say(f"{place}  ", MUTED), say(opening(question, LONGEST, round_.case(outcome.shown)), "bold")),
        said,
    ]
    if found.role is Role.OWN_GRADE:
        rows += [line(say("✓ ", RIGHT), say(each.text)) for each in key(outcome.shown.card, deck)]
    for part in parts(outcome, deck):
        if part.mark in SIGNS and part.matters:
            mark, colour = SIGNS[part.mark]
            told_of = ", ".join(each for each in (part.answer, part.said) if each)
            rows.append(line(say(mark, colour), say(part.text), say(f"  {told_of}" if told_of else "", MUTED)))
            rows += [say(part.why, MUTED)] if part.why else []
    rows += [
        line(say(f"{each.head}: " if each.head else "", MUTED), say(each.text)) for each in typed_feedback(outcome)
    ]
    more = feedback(outcome, deck, round_.mistakes(outcome), "", round_.corrected(outcome))[1:]
    rows += [
        say(each.text) for each in more if each.role in (Role.UNSAFE, Role.CORRECTED, Role.MIXED_UP, Role.DISCRIMINATOR)
    ]
    rows += [say(each.text, MUTED) for each in more if each.role is Role.EXPLANATION]
    return lines(rows)
