"""Dangerous beliefs: opened by a confident error, closed only by two certain, right answers with time between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from making import card, multiple, recall, single
from remembering import STEADY, noon
from rows import each_row
from sciaquiz.deck.model import Safety
from sciaquiz.ids import CardId, DeviceId, OptionId
from sciaquiz.journal.entries import Answer, CardState, Certainty, Rating, Review, Unsafe
from sciaquiz.marking.response import Choice, Choices, SelfGrade
from sciaquiz.memory.belief import HARM, PROOF_AFTER, belief_after
from sciaquiz.memory.replay import replay
from sciaquiz.study.danger import dangers, harm_in, is_dangerous
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Outcome, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer
    from sciaquiz.deck.model import Question
    from sciaquiz.marking.response import Response

DAY = date(2026, 11, 2)
WATCHED = card(single("flag", safety=Safety.MUST_NOT_MISS))
FLAG = WATCHED.id


def several(harmful: str) -> MultipleAnswer:
    """Options a (right), b and c, of which some harm."""
    plain = multiple("a", "bc")
    return replace(plain, options=tuple(replace(option, harm=option.id in harmful) for option in plain.options))


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


@each_row(
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


MARKED = single("flag", safety=Safety.MUST_NOT_MISS)
MARKED = replace(MARKED, options=tuple(replace(option, harm=option.id == "o1") for option in MARKED.options))
SURE = Certainty.CERTAIN


@pytest.mark.parametrize(
    ("question", "chosen", "certainty", "opens"),
    [
        (MARKED, "o1", SURE, True),
        (MARKED, "o1", Certainty.THINK_SO, False),
        (MARKED, "o2", SURE, False),
        (MARKED, "o0", SURE, False),
        (single("flag", safety=Safety.MUST_NOT_MISS), "o2", SURE, True),
    ],
)
def test_where_harm_is_marked_only_a_confident_choice_of_it_opens_a_case(
    question: SingleBestAnswer, chosen: str, certainty: Certainty, opens: bool
) -> None:
    outcome, case = answered(question, chosen, certainty)
    assert is_dangerous(outcome) is opens
    assert (case is not None) is opens


def answered(question: SingleBestAnswer, chosen: str, certainty: Certainty) -> tuple[Outcome, Unsafe | None]:
    """What an answer comes to in a sitting, and the case that a replay of the journal makes of it."""
    now = noon(0)
    pool = CardPool([card(question)], {})
    sitting = Sitting(pool, policy_for=lambda _: STEADY, limits=Limits(9, 9), now=now)
    turn = sitting.next(now)
    assert isinstance(turn, Shown)
    outcome = sitting.answer(turn, Choice(OptionId(chosen), turn.order), now, certainty=certainty)
    known = {name: getattr(outcome.answer, name) for name in Answer.__struct_fields__}
    return outcome, replay(FLAG, [Review(**known, device_id=DeviceId("desk"), seq=1)], [], {}).unsafe


def test_marks_added_later_change_nothing_of_what_was_answered() -> None:
    """The journal tells of harm what the question said then; a replay does not see the deck."""
    asked_then, _ = answered(single("flag", safety=Safety.MUST_NOT_MISS), "o2", SURE)
    assert HARM not in asked_then.answer.response
    assert is_dangerous(replace(asked_then, shown=replace(asked_then.shown, card=card(MARKED))))


@pytest.mark.parametrize(
    ("question", "response", "kept"),
    [
        (MARKED, Choice(OptionId("o1"), ()), {HARM: True}),
        (MARKED, Choice(OptionId("o0"), ()), {HARM: False}),
        (single("plain"), Choice(OptionId("o1"), ()), {}),
        (several("c"), Choices((OptionId("a"), OptionId("c")), ()), {HARM: True}),
        (several("c"), Choices((OptionId("a"), OptionId("b")), ()), {HARM: False}),
        (several(""), Choices((OptionId("c"),), ()), {}),
        (recall("say"), SelfGrade(Rating.AGAIN), {}),
    ],
)
def test_an_answer_keeps_whether_it_would_harm(question: Question, response: Response, kept: object) -> None:
    assert harm_in(question, response) == kept


def test_a_careful_error_opens_no_case_but_proves_an_open_one_anew() -> None:
    case = belief_after(None, day(0), is_correct=False, is_certain=True, is_harmful=False)
    assert case is None
    case = belief_after(Unsafe(day(0)), day(3), is_correct=False, is_certain=True, is_harmful=False)
    assert case == Unsafe(day(3))


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=20))
def test_no_case_closes_within_eight_days_of_an_error(answers: list[tuple[int, bool]]) -> None:
    answers.sort(key=lambda answer: answer[0])
    errors = [number for number, right in answers if not right]
    found = dangers(CardPool([WATCHED], states(FLAG, sure(answers))))
    if errors and answers[-1][0] <= errors[-1] + PROOF_AFTER.days:
        assert FLAG in found
    if not errors:
        assert not found
