"""How each kind of question is answered by keys and mouse; one module a kind, found by `form_for`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.model import SingleBestAnswer
from sciaquiz.tui.forms.choosing import ChoosingForm
from sciaquiz.tui.forms.form import Form

if TYPE_CHECKING:
    from sciaquiz.study.sitting import Shown


def form_for(shown: Shown) -> Form:
    """Return the form for the card on the screen; a plain one where the student only grades the answer."""
    match shown.card.question:
        case SingleBestAnswer() as question:
            return ChoosingForm(question, shown)
        case _:
            return Form()
