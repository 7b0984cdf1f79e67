"""A form takes up an answer that was given before, and the part of one."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from answering import START
from asking import DECK
from responding import responses
from sciaquiz.clock import moment_at
from sciaquiz.ids import EntryId
from sciaquiz.journal.entries import CardState
from sciaquiz.marking.response import Judgements, Pairs, Sequence, Written
from sciaquiz.memory.policy import Policy
from sciaquiz.study.shown import shuffled
from sciaquiz.study.turns import Shown
from sciaquiz.tui.forms import form_for

if TYPE_CHECKING:
    from sciaquiz.marking.response import Response
    from sciaquiz.tui.forms.form import Form


def shown_of(place: int) -> Shown:
    card = DECK.cards()[place]
    state, moment = CardState(card_id=card.id), moment_at(START)
    return Shown(
        card=card, answer_id=EntryId("a"), moment=moment, order=shuffled(card, Random(3)), before=state, policy=Policy()
    )


@pytest.mark.parametrize("place", range(len(DECK.cards())), ids=[card.id for card in DECK.cards()])
def test_every_answer_of_every_kind_is_taken_up_again(place: int) -> None:
    shown = shown_of(place)
    right, wrong = responses(shown, DECK)
    for response in (right, *wrong):
        form = form_for(shown, DECK)
        if form.self_graded:
            continue
        assert said(form) == (None, None)
        form.restore(response)
        assert said(form) == (response, response)
        other = form_for(shown, DECK)
        other.restore(Written(("x", "y", "z", "w", "v", "u"))) if not isinstance(response, Written) else None
        assert said(other) == (None, None)
        part = part_of(response)
        if part is not None:
            other.restore(part)
            assert said(other) == (None, part)


def said(form: Form) -> tuple[Response | None, Response | None]:
    return form.response, form.partial


def part_of(response: Response) -> Response | None:
    match response:
        case Judgements(answers) if len(answers) > 1:
            return Judgements(answers[1:])
        case Pairs(pairs, order) if len(pairs) > 1:
            return Pairs(pairs[1:], order)
        case Sequence(items, order) if len(items) > 1:
            return Sequence(items[:1], order)
        case Written(texts, _, _) if len(texts) > 1:
            return Written(texts[:1])
        case _:
            return None
