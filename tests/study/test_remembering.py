"""A card met under a new model: from its answers where they can be read, else once more under the model before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remembering import OTHER_SEVEN, SEVEN, STEADY, by_hand, graded, noon
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import CardState
from sciaquiz.memory.fits import Fits
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.study.remembering import Remembering

if TYPE_CHECKING:
    from sciaquiz.memory.policy import Policy

ANSWERS = [graded(noon(0), 3), graded(noon(0, 10), 3), graded(noon(4), 3)]
OWN = Fits(six=(*FSRS6_PARAMETERS[:20], 0.3))


def state_by(policy: Policy) -> CardState:
    return CardState(card_id=CardId("a"), progress=by_hand([(each, policy) for each in ANSWERS]))


def test_a_memory_of_the_same_model_is_met_as_it_is() -> None:
    for policy, others in ((STEADY, STEADY), (SEVEN, OTHER_SEVEN)):
        state = state_by(policy)
        assert Remembering(OWN).under(state, others) == (state, others)
    new = CardState(card_id=CardId("a"))
    assert Remembering(OWN).under(new, SEVEN) == (new, SEVEN)


def test_one_of_another_model_is_made_anew_or_met_under_the_model_before() -> None:
    old, anew = state_by(STEADY), state_by(SEVEN)
    assert Remembering(OWN, lambda *_: anew).under(old, SEVEN) == (anew, SEVEN)
    state, policy = Remembering(OWN).under(old, SEVEN)
    assert state == old
    assert (policy.model, policy.parameters) == ("fsrs-6", OWN.six)
    assert policy.desired_retention == SEVEN.desired_retention
