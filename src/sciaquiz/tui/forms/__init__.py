"""How each kind of question is answered by keys and mouse; one module a way of answering, found by `form_for`."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sciaquiz.deck.kinds import (
    Cloze,
    Gaps,
    Hotspot,
    Matching,
    MultipleAnswer,
    Numeric,
    Ordering,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)
from sciaquiz.tui.forms.choosing import ChoosingForm, JudgingForm, SelectingForm

if TYPE_CHECKING:
    from sciaquiz.deck.model import Deck
    from sciaquiz.study.turns import Shown
    from sciaquiz.tui.forms.form import Form


def form_for(shown: Shown, deck: Deck | None) -> Form:
    """Return the form for the card on the screen. `deck` holds the figure that a hotspot needs."""
    match shown.card.question:
        case SingleBestAnswer() as question:
            return ChoosingForm(question, shown)
        case MultipleAnswer() as question:
            return SelectingForm(question, shown)
        case TrueFalse() as question:
            return JudgingForm(question, shown)
        case Recall() as question:
            from sciaquiz.tui.forms.recalling import RecallingForm

            return RecallingForm(question)
        case Cloze(gaps=Gaps.REVEALED) as question:
            from sciaquiz.tui.forms.recalling import RevealingForm

            return RevealingForm(question, shown)
        case (Typed() | Numeric() | Cloze()) as question:
            from sciaquiz.tui.forms.writing import WritingForm

            return WritingForm(question, shown)
        case Ordering() as question:
            from sciaquiz.tui.forms.arranging import OrderingForm

            return OrderingForm(question, shown)
        case Matching() as question:
            from sciaquiz.tui.forms.arranging import MatchingForm

            return MatchingForm(question, shown)
        case Hotspot() as question:
            from sciaquiz.tui.forms.pointing import pointing_form

            return pointing_form(question, shown, deck)
        case _ as never:
            assert_never(never)
