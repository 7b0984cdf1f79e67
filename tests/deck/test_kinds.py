"""Every kind of question is known wherever kinds are listed."""

from __future__ import annotations

from typing import get_args

from sciaquiz.deck.authored import KINDS
from sciaquiz.deck.kinds import Question
from sciaquiz.deck.model import Kind


def test_each_kind_is_a_question_and_can_be_written() -> None:
    assert sorted(question.kind for question in get_args(Question)) == sorted(Kind)
    assert set(KINDS) == set(Kind)
