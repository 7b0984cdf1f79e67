"""Why an answer was wrong: said once, in plain lines, kept with the answer, and never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from making import written
from sciaquiz.journal.entries import MissReason
from sciaquiz.view.acts import REASON_WORDS
from sciaquiz.view.misses import CHOICES, choices_words, reason_meant

if TYPE_CHECKING:
    from pathlib import Path

ALL = (
    "Why was it wrong? 1 did not know, 2 misread the question, 3 confused two things, 4 a slip, "
    "5 wavered between two. To say one: :why-wrong and its number.\n"
)

pytestmark = pytest.mark.usefixtures("started_before")


@pytest.fixture
def deck(home: Path) -> None:
    """A deck of the student's own with two questions."""
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "demo.toml").write_text(written("q1", "q2"), encoding="utf-8")


def study(said: str) -> str:
    return sciaquiz("study", "demo", "--plain", said=said).stdout


@pytest.mark.parametrize(("said", "reason"), CHOICES.items())
def test_a_reason_is_meant_by_its_number_its_name_and_its_words(said: str, reason: MissReason) -> None:
    for words in (said, f" {said} ", reason.value, reason.value.upper(), REASON_WORDS[reason]):
        assert reason_meant(words) is reason
    assert f"{said} {REASON_WORDS[reason]}" in choices_words()


@pytest.mark.parametrize("said", ["", "0", "6", "two", "nothing", "1 2"])
def test_what_means_no_reason_or_several_means_none(said: str) -> None:
    assert reason_meant(said) is None


def test_the_five_reasons_are_all_there_are() -> None:
    assert set(CHOICES.values()) == set(MissReason)


@pytest.mark.usefixtures("deck")
def test_a_reason_is_kept_with_the_answer_once_and_can_be_taken_back() -> None:
    told = study("b3\n:why-wrong\n:why-wrong 2\n:why-wrong 4\n:undo\n:why-wrong slip\nquit\n")
    assert ALL in told
    assert "Kept as the reason: misread the question.\n" in told
    assert "You said why: misread the question. Undo takes that back.\n" in told
    assert "Undone: the reason is as it was.\n" in told
    assert told.index("Undone") < told.index("Kept as the reason: a slip.\n")
    history = sciaquiz("card", "q1").stdout
    assert "wrong, Common fibular nerve, a slip, certain, Again" in history
    assert "misread" not in history


@pytest.mark.usefixtures("deck")
def test_what_was_right_or_not_answered_has_no_reason() -> None:
    told = study(":why-wrong 1\na3\n:why-wrong 1\nquit\n")
    assert "There is no answer in this sitting yet.\n" in told
    assert "There is no wrong answer to explain.\n" in told
    assert "Kept as the reason" not in told


@pytest.mark.usefixtures("deck")
def test_a_fault_is_reported_from_the_sitting_of_this_card_or_of_the_one_before(home: Path) -> None:
    told = study("b3\n:report this one is vague\n:report last: that one is wrong\n:report\nquit\n")
    file = home / "reports" / "demo.md"
    assert told.count(f"Written to {file}. Nothing was sent: ") == 2
    assert "Nothing was written: a report needs a few words.\n" in told
    this, last = file.read_text(encoding="utf-8").split("\n## ")[1:]
    assert this.startswith("22 Nov 2026 09:00: q2\n\n> this one is vague\n")
    assert "last answer: none yet" in this
    assert last.startswith("22 Nov 2026 09:00: q1\n\n> that one is wrong\n")
    assert "last answer: 22 Nov: wrong, Common fibular nerve, certain" in last


@pytest.mark.usefixtures("deck")
def test_the_history_of_a_card_is_told_in_the_sitting_but_not_of_the_question_being_asked() -> None:
    told = study(":history\nb3\n:history\n:history this\n:history q2\nquit\n")
    asked = "This question is being asked: its history would give the answer away.\n"
    assert told.count(asked) == 3
    assert (
        "Demo: q1: inversion is weak. Which nerve? (q1)\n1 answer, the latest first:\n  22 Nov: wrong, Common f" in told
    )
