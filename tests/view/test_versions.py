"""What an answer was, in the words that stood there then, and what of a question reads differently now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from making import (
    cloze,
    deck,
    hotspot,
    matching,
    multiple,
    numeric,
    ordering,
    recall,
    single,
    true_false,
    typed,
)
from remembering import STEADY, act, noon, review
from rows import each_row
from sciaquiz.authoring.changing import has_other_key
from sciaquiz.catalogue.codec import question_of
from sciaquiz.ids import Digest, OptionId
from sciaquiz.journal.entries import Certainty, EventKind, Mode
from sciaquiz.memory.explain import explain
from sciaquiz.memory.replay import in_force, replay
from sciaquiz.store.versions import content_of
from sciaquiz.view.history import Answered, Changed, Did, History, Sign, Told, history, row_words
from sciaquiz.view.said import said_words
from sciaquiz.view.versions import changes

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Question, SingleBestAnswer
    from sciaquiz.journal.entries import Event, Review

NOW = single("q")
TODAY = noon(9).study_day


def reworded(question: SingleBestAnswer, **texts: str) -> SingleBestAnswer:
    """The question with other texts for some options."""
    options = tuple(replace(option, text=texts.get(option.id, option.text)) for option in question.options)
    return replace(question, options=options, version=Digest("reworded"))


def keyed(question: SingleBestAnswer, right: str) -> SingleBestAnswer:
    """The question with another option right."""
    options = tuple(replace(option, correct=option.id == right) for option in question.options)
    return replace(question, options=options, version=Digest("keyed"))


@each_row(
    "question",
    [
        single("q"), recall("q"), multiple("ab", "c"), true_false("tf"), typed("sciatic"), numeric(1, 2),
        cloze("The ", ("c1", "sciatic"), "."), ordering(3), matching("ab"), hotspot("L5"),
    ],
)  # fmt: skip
def test_a_question_of_every_kind_is_read_back_as_the_journal_keeps_it(question: Question) -> None:
    assert question_of(content_of(question)) == question


@pytest.mark.parametrize("content", [{}, {"kind": "riddle"}, {"kind": "single"}, {"kind": 7, "id": []}])
def test_what_is_no_question_is_none(content: dict[str, Any]) -> None:
    assert question_of(content) is None


@each_row(
    ("kept", "question", "words"),
    [
        ({"chosen": "o1"}, single("q"), "Option 1"),
        ({"chosen": "o1"}, None, "o1"),
        ({"chosen": "gone"}, single("q"), "gone"),
        ({"chosen_all": ["a", "c"]}, multiple("ab", "c"), "a; c"),
        ({"chosen_all": []}, multiple("ab", "c"), "nothing"),
        ({"judged": [["s1", True], ["s0", False]]}, true_false("tf"), "true: Statement 1; false: Statement 0"),
        ({"typed": ["sciatic", ""]}, typed("sciatic"), "“sciatic”; nothing"),
        ({"order": ["i1", "i0"]}, ordering(2), "Step 1 → Step 0"),
        ({"pairs": [["m0", "b"]]}, matching("ab"), "Stem 0 → Option b"),
        ({"region": "L5", "place": 1}, hotspot("L5"), "L5"),
        ({"self_grade": 2}, recall("q"), "your own grade: Hard"),
        ({"banana": 1}, single("q"), "an answer that this version cannot read"),
    ],
)  # fmt: skip
def test_an_answer_is_told_in_the_words_that_stood_there(kept: Any, question: Question | None, words: str) -> None:
    assert said_words(kept, question) == words


@pytest.mark.parametrize(
    ("then", "told", "other_key"),
    [
        (keyed(NOW, "o1"), ("the right answer was “Option 1”",), True),
        (replace(NOW, stem="Else?"), ("the question read differently",), False),
        (reworded(NOW, o1="Another"), ("its answers read differently",), False),
        (reworded(NOW, o0="Option 0, only put better"), ("its answers read differently",), False),
        (keyed(reworded(NOW, o1="New"), "o1"), ("the right answer was “New”", "its answers read differently"), True),
        (replace(NOW, explanation="Because."), ("its reasons read differently",), False),
        (replace(NOW, topics=("new",)), ("something beside its text changed",), False),
        (recall("q"), ("it was asked in another way",), True),
    ],
)
def test_what_reads_differently_is_named_the_key_first(then: Question, told: tuple[str, ...], other_key: bool) -> None:
    assert changes(then, NOW) == told
    assert has_other_key(then, NOW) is other_key


def test_an_option_that_is_only_called_differently_is_no_other_key() -> None:
    renamed = replace(NOW, options=tuple(replace(option, id=OptionId(f"x{option.id}")) for option in NOW.options))
    assert not has_other_key(renamed, NOW)


@pytest.mark.parametrize(
    ("then", "now"),
    [(typed("a", "b"), typed("a")), (ordering(3), ordering(3)), (numeric(1, 2), numeric(1, 2))],
    ids=["one synonym less", "ordering", "number"],
)
def test_the_same_key_is_none_other(then: Question, now: Question) -> None:
    assert not has_other_key(then, now)


def test_another_order_and_another_number_are_other_keys() -> None:
    steps = ordering(3)
    assert has_other_key(replace(steps, items=steps.items[::-1]), steps)
    assert has_other_key(numeric(1, 3), numeric(1, 2))
    assert has_other_key(matching("ab"), matching("ba"))
    assert has_other_key(true_false("tt"), true_false("tf"))


def given_to(question: Question, seq: int, day: float, rating: int = 3, **more: Any) -> Review:
    return replace(review(seq, noon(0, 24 * 60 * day), rating, **more), question_version=question.version)


def told(reviews: list[Review], events: list[Event], texts: dict[Digest, Question], now: Question = NOW) -> History:
    counted = in_force(reviews, events)
    state = replay(reviews[0].card_id, reviews, events, {STEADY.digest: STEADY})
    reasons = explain(state, counted, noon(9), STEADY)
    known = {**texts, now.version: now}
    return history(counted, Told(question=now, deck=deck(now), texts=known, links=reasons.links))


def test_the_history_is_a_row_for_each_answer_and_act_the_latest_first() -> None:
    wrong = given_to(NOW, 1, 0, 1, certainty=Certainty.CERTAIN, latency_ms=14_200, response={"chosen": "o1"})
    right = given_to(NOW, 3, 1, 3, certainty=Certainty.GUESS, response={"chosen": "o0"})
    found = told(
        [wrong, right], [act(2, EventKind.FLAG, noon(0, 5)), act(4, EventKind.NOTE, noon(2), {"text": "L5"})], {}
    )
    note, second, flag, first = found.rows
    assert isinstance(first, Answered)
    assert isinstance(second, Answered)
    assert (first.sign, first.answer, first.sure, first.took) == (Sign.WRONG, "Option 1", "certain", "14 s")
    assert (first.rating, first.interval) == ("Again", "1 min")
    assert (second.sign, second.answer, second.sure, second.took) == (Sign.RIGHT, "Option 0", "guess", "")
    assert (note, flag) == (Did(noon(2).study_day, "note: L5"), Did(noon(0).study_day, "flagged"))
    assert (found.answers, found.versions) == (2, ())
    assert row_words(first, TODAY) == "2 Mar: wrong, Option 1, certain, 14 s, Again, back in 1 min"


def test_a_rating_of_ones_own_counts_and_what_was_taken_back_is_not_told() -> None:
    reviews = [given_to(NOW, 1, 0, 3), given_to(NOW, 2, 1, 3)]
    events = [
        act(3, EventKind.OVERRULE, noon(1, 1), {"rating": 1}, target="laptop-2"),
        act(4, EventKind.VOID, noon(1, 2), target="laptop-1"),
    ]
    [row] = told(reviews, events, {}).rows
    assert isinstance(row, Answered)
    assert row.rating == "Again"


def test_practice_has_no_rating_and_why_an_answer_was_wrong_stands_with_it() -> None:
    practised = replace(given_to(NOW, 1, 0, 1, response={"chosen": "o1"}), mode=Mode.PRACTICE)
    missed = given_to(NOW, 2, 1, 1, response={"chosen": "o1"})
    said = [act(3, EventKind.MISS, noon(1, 1), {"reason": "slip"}, target="laptop-2")]
    later, first = told([practised, missed], said, {}).rows
    assert isinstance(first, Answered)
    assert isinstance(later, Answered)
    assert (first.circumstances, first.rating, first.interval) == (("practice",), "", "")
    assert (later.circumstances, later.rating) == (("a slip",), "Again")


def test_answers_to_an_older_text_are_told_apart_from_those_to_todays() -> None:
    old = keyed(replace(NOW, stem="How it read."), "o1")
    reviews = [
        given_to(old, 1, 0, 1, response={"chosen": "o0"}),
        given_to(old, 2, 1, response={"chosen": "o1"}),
        given_to(NOW, 3, 3, response={"chosen": "o0"}),
    ]
    found = told(reviews, [], {old.version: old})
    third, changed, second, first = found.rows
    assert isinstance(changed, Changed)
    assert changed.words == "Before this, the right answer was “Option 1” and the question read differently"
    assert [type(row) for row in (first, second, third)] == [Answered] * 3
    [version] = found.versions
    assert (version.question, version.answers, version.other_key) == (old, 2, True)
    assert version.head(TODAY) == "As it read from 2 Mar to 3 Mar, 2 answers"


def test_a_text_that_came_back_is_told_apart_too() -> None:
    old = replace(NOW, stem="How it read.", version=Digest("old"))
    reviews = [given_to(NOW, 1, 0), given_to(old, 2, 1), given_to(NOW, 3, 2)]
    rows = [row.words for row in told(reviews, [], {old.version: old}).rows if isinstance(row, Changed)]
    assert rows == ["Before this, the question read differently", "Before this, it read as it does today"]


def test_a_text_that_is_not_kept_is_said_to_be_gone() -> None:
    gone = replace(NOW, version=Digest("gone"))
    rows = told([given_to(gone, 1, 0, response={"chosen": "o1"})], [], {}).rows
    assert isinstance(rows[0], Changed)
    assert rows[0].words == "Before this, the text as it was then is not kept"
    assert isinstance(rows[1], Answered)
    assert rows[1].answer == "o1"


def test_a_card_whose_deck_is_not_installed_has_a_history() -> None:
    found = history(in_force([given_to(NOW, 1, 0, response={"chosen": "o1"})], []), Told())
    assert [type(row) for row in found.rows] == [Answered]
