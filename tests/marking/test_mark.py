"""Marking: a right answer is always right, whatever the order it was shown in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import recall, single
from sciaquiz.ids import OptionId
from sciaquiz.marking.mark import Marked, mark
from sciaquiz.marking.response import Choice, SelfGrade, to_json
from sciaquiz.record import Rating

ORDERS = st.permutations([OptionId(f"o{place}") for place in range(4)]).map(tuple)


@given(ORDERS, st.sampled_from([OptionId(f"o{place}") for place in range(4)]))
def test_only_the_key_is_right_in_every_order(order: tuple[OptionId, ...], chosen: OptionId) -> None:
    marked = mark(single("q"), Choice(chosen, order))
    assert marked == (Marked(1.0, True) if chosen == "o0" else Marked(0.0, False))


@pytest.mark.parametrize("rating", Rating)
def test_a_recall_card_is_right_unless_it_was_forgotten(rating: Rating) -> None:
    marked = mark(recall("r"), SelfGrade(rating))
    assert marked.correct == (rating is not Rating.AGAIN)
    assert 0.0 <= marked.score <= 1.0


def test_a_response_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="single question cannot be answered"):
        mark(single("q"), SelfGrade(Rating.GOOD))


def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no option"):
        mark(single("q"), Choice(OptionId("o9"), ()))


def test_the_journal_keeps_what_was_chosen_and_the_order_shown() -> None:
    order = (OptionId("o2"), OptionId("o0"))
    assert to_json(Choice(OptionId("o0"), order)) == {"chosen": "o0", "shown": ["o2", "o0"]}
    assert to_json(SelfGrade(Rating.HARD)) == {"self_grade": 2}
