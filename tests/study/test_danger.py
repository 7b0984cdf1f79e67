"""Dangerous beliefs: opened by a confident error, closed only by two certain, right answers with time between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import card, single
from sciaquiz.deck.model import Safety
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import CardState, Unsafe
from sciaquiz.memory.belief import PROOF_AFTER, belief_after
from sciaquiz.study.danger import dangers
from sciaquiz.study.pool import CardPool

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = date(2026, 11, 2)
WATCHED = card(single("flag", safety=Safety.MUST_NOT_MISS))
FLAG = WATCHED.id


def states(name: str, answers: Iterable[tuple[int, bool, bool]]) -> dict[CardId, CardState]:
    """What a card comes to by answers: day, right, certain."""
    case: Unsafe | None = None
    for number, right, certain in answers:
        case = belief_after(case, day(number), is_correct=right, is_certain=certain)
    return {CardId(name): CardState(card_id=CardId(name), unsafe=case)}


def sure(answers: Iterable[tuple[int, bool]]) -> list[tuple[int, bool, bool]]:
    return [(number, right, True) for number, right in answers]


def day(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ([], None),
        ([(0, True)], None),
        ([(0, False)], 7),
        ([(0, False), (1, True), (6, True)], 7),
        ([(0, False), (7, True)], 14),
        ([(0, False), (7, True), (7, True)], 14),
        ([(0, False), (7, True), (8, True)], None),
        ([(0, False), (9, True), (20, True)], None),
        ([(0, False), (7, True), (8, False)], 15),
        ([(0, False), (7, True), (14, True), (15, False), (16, True)], 22),
    ],
)
def test_a_case_closes_after_a_week_and_once_more(answers: list[tuple[int, bool]], due: int | None) -> None:
    found = dangers(CardPool([WATCHED], states(FLAG, sure(answers))))
    assert (found[FLAG].due if found else None) == (None if due is None else day(due))


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ([(0, False, False)], None),
        ([(0, False, True), (7, True, False)], 7),
        ([(0, False, True), (7, True, True), (8, False, False), (9, True, True)], 15),
        ([(0, False, True), (7, False, False), (7, True, True), (8, True, True)], 14),
    ],
)
def test_an_unsure_error_opens_no_case_but_proves_an_open_one_anew(
    answers: list[tuple[int, bool, bool]], due: int | None
) -> None:
    found = dangers(CardPool([WATCHED], states(FLAG, answers)))
    assert (found[FLAG].due if found else None) == (None if due is None else day(due))


def test_only_what_must_not_be_missed_is_watched() -> None:
    assert dangers(CardPool([card(single("plain"))], states("plain", [(0, False, True)]))) == {}
    assert dangers(CardPool([], states(FLAG, [(0, False, True)]))) == {}


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=20))
def test_no_case_closes_within_eight_days_of_an_error(answers: list[tuple[int, bool]]) -> None:
    answers.sort(key=lambda answer: answer[0])
    errors = [number for number, right in answers if not right]
    found = dangers(CardPool([WATCHED], states(FLAG, sure(answers))))
    if errors and answers[-1][0] <= errors[-1] + PROOF_AFTER.days:
        assert FLAG in found
    if not errors:
        assert not found
