"""Which keys came before the feedback could be seen, and which times are fair: by plain calls, in seconds."""

from __future__ import annotations

import pytest

from sciaquiz.tui.screens import timing
from sciaquiz.tui.screens.timing import Haste, Thinking

LATER = 5.0


@pytest.fixture(autouse=True)
def delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "NEXT_DELAY", 0.25)
    monkeypatch.setattr(timing, "OVERRULE_DELAY", 0.8)


def answered_at(now: float) -> Haste:
    haste = Haste()
    haste.press(now)
    haste.show(now)
    return haste


def test_the_time_of_an_answer_counts_from_the_question() -> None:
    assert Thinking(10.0, is_in_front=True).latency_ms(12.3456) == 2346


@pytest.mark.parametrize("is_in_front", [True, False])
def test_a_time_is_not_fair_once_the_question_was_out_of_sight(is_in_front: bool) -> None:
    thinking = Thinking(10.0, is_in_front=is_in_front)
    if is_in_front:
        thinking.interrupt()
    assert thinking.latency_ms(12.0) is None


@pytest.mark.parametrize(("after", "is_too_early"), [(0.0, True), (0.24, True), (0.26, False)])
def test_enter_right_after_an_answer_is_too_early(after: float, is_too_early: bool) -> None:
    haste = answered_at(10.0)
    haste.press(10.0 + after)
    assert haste.is_too_early(10.0 + after) is is_too_early


def test_enter_pressed_early_is_too_early_however_late_it_is_handled() -> None:
    haste = answered_at(10.0)
    haste.press(10.1)
    assert haste.is_too_early(10.0 + LATER)


def test_enter_pressed_late_is_too_early_while_the_feedback_has_just_been_drawn() -> None:
    haste = Haste()
    haste.press(10.0)
    haste.show(10.0 + LATER)  # the app was slow
    haste.press(10.0 + LATER)
    assert haste.is_too_early(10.1 + LATER)


@pytest.mark.parametrize(("after", "may"), [(0.5, False), (0.9, True)])
def test_a_number_overrules_only_after_a_while(after: float, may: bool) -> None:
    assert answered_at(10.0).may_overrule(10.0 + after) is may


def pressed(haste: Haste, at: float, *, is_text: bool = True, is_enter: bool = False, is_asked: bool = False) -> bool:
    haste.press(at)
    return haste.overlooks(is_text=is_text, is_enter=is_enter, is_asked=is_asked)


def test_text_behind_an_overlooked_enter_does_nothing_as_long_as_it_comes_without_a_pause() -> None:
    haste = answered_at(10.0)
    haste.press(10.1)
    haste.overlook()
    assert [pressed(haste, 10.1 + 0.2 * step) for step in range(1, 6)] == [True] * 5
    assert pressed(haste, 11.3, is_text=False, is_enter=True)  # the end of that line
    assert not pressed(haste, 11.6)


def test_enter_again_behind_an_overlooked_enter_is_not_overlooked_for_it() -> None:
    haste = answered_at(10.0)
    haste.press(10.1)
    haste.overlook()
    assert not pressed(haste, 10.2, is_text=False, is_enter=True)


def test_what_is_typed_while_a_question_is_asked_is_never_overlooked() -> None:
    haste = answered_at(10.0)
    haste.press(10.1)
    haste.overlook()
    assert not pressed(haste, 10.2, is_asked=True)
