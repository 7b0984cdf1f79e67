"""Marking: a right answer is always right, scores stay in bounds, and nothing that can be answered raises."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import card, cloze, hotspot, matching, multiple, numeric, ordering, recall, single, true_false, typed
from sciaquiz.deck.kinds import Credit, Gaps
from sciaquiz.ids import OptionId
from sciaquiz.journal.entries import Rating
from sciaquiz.marking.chance import guess_probability
from sciaquiz.marking.credit import credit_words
from sciaquiz.marking.mark import mark
from sciaquiz.marking.response import (
    Choice,
    Choices,
    Judgements,
    Pairs,
    Pointed,
    Response,
    SelfGrade,
    Sequence,
    Written,
    from_json,
    to_json,
)

if TYPE_CHECKING:
    from sciaquiz.deck.model import Question

ORDERS = st.permutations([OptionId(f"o{place}") for place in range(4)]).map(tuple)
LETTERS = st.sets(st.sampled_from("abcdefgh"))


def ids(letters: str | set[str]) -> tuple[OptionId, ...]:
    return tuple(OptionId(letter) for letter in sorted(letters))


@given(ORDERS, st.sampled_from([OptionId(f"o{place}") for place in range(4)]))
def test_only_the_key_is_right_in_every_order(order: tuple[OptionId, ...], chosen: OptionId) -> None:
    marked = mark(card(single("q")), Choice(chosen, order))
    assert (marked.score, marked.correct) == ((1.0, True) if chosen == "o0" else (0.0, False))


@pytest.mark.parametrize("rating", Rating)
def test_a_recall_card_is_right_unless_it_was_forgotten(rating: Rating) -> None:
    marked = mark(card(recall("r")), SelfGrade(rating))
    assert marked.correct == (rating is not Rating.AGAIN)
    assert 0.0 <= marked.score <= 1.0


def test_a_response_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="single question cannot be answered"):
        mark(card(single("q")), SelfGrade(Rating.GOOD))


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no option"):
        mark(card(single("q")), Choice(OptionId("o9"), ()))
    with pytest.raises(ValueError, match="no option"):
        mark(card(multiple("ab", "c")), Choices(ids("z"), ()))
    with pytest.raises(ValueError, match="no statement"):
        mark(card(true_false("tf")), Judgements(((OptionId("s9"), True),)))
    with pytest.raises(ValueError, match="not its items"):
        mark(card(ordering(3)), Sequence(ids("ab")))


@pytest.mark.parametrize(
    ("chosen", "score"),
    [("ab", 1.0), ("a", 0.5), ("abc", 0.5), ("ac", 0.0), ("c", 0.0), ("cd", 0.0), ("abcd", 0.0)],
)
def test_right_minus_wrong_never_falls_below_zero(chosen: str, score: float) -> None:
    marked = mark(card(multiple("ab", "cd")), Choices(ids(chosen), ids("abcd")))
    assert marked.score == score
    assert marked.correct == (chosen == "ab")


@given(LETTERS)
def test_all_or_nothing_is_all_or_nothing(chosen: set[str]) -> None:
    marked = mark(card(multiple("bdf", "aceg" + "h", Credit.ALL_OR_NOTHING)), Choices(ids(chosen), ()))
    assert marked.score == float(chosen == {"b", "d", "f"})
    assert sum(part.right for part in marked.parts) == 8 - len(chosen ^ {"b", "d", "f"})


@given(st.text("tf", min_size=1, max_size=8), st.data())
def test_each_statement_counts_alike(truth: str, data: st.DataObject) -> None:
    said = data.draw(st.text("tf", min_size=len(truth), max_size=len(truth)))
    answers = tuple((OptionId(f"s{place}"), letter == "t") for place, letter in enumerate(said))
    marked = mark(card(true_false(truth)), Judgements(answers))
    right = sum(one == other for one, other in zip(truth, said, strict=True))
    assert marked.score == right / len(truth)
    assert marked.correct == (truth == said)


@given(st.integers(3, 8).flatmap(lambda count: st.permutations([f"i{place}" for place in range(count)])))
def test_an_order_is_worth_the_neighbours_it_keeps(items: list[str]) -> None:
    marked = mark(card(ordering(len(items))), Sequence(tuple(OptionId(item) for item in items)))
    numbers = [int(item[1:]) for item in items]
    assert marked.score == sum(after == before + 1 for before, after in pairwise(numbers)) / (len(items) - 1)
    assert marked.correct == (numbers == sorted(numbers)) == (marked.score == 1)
    assert marked.score == sum(part.right for part in marked.parts) / len(marked.parts)


@given(st.text("abc", min_size=1, max_size=6), st.data())
def test_each_pairing_is_scored_and_one_not_made_is_wrong(pairs: str, data: st.DataObject) -> None:
    given_ = data.draw(st.text("abc", max_size=len(pairs)))
    response = Pairs(tuple((OptionId(f"m{place}"), OptionId(letter)) for place, letter in enumerate(given_)))
    marked = mark(card(matching(pairs)), response)
    right = sum(one == other for one, other in zip(pairs, given_, strict=False))
    assert marked.score == right / len(pairs)


@pytest.mark.parametrize(
    ("question", "response", "words"),
    [
        (multiple("ab", "cd"), Choices(ids("ac"), ids("abcd")), "1 right, 1 wrong, 1 missed"),
        (multiple("ab", "cd"), Choices(ids("a"), ids("abcd")), "1 right, 1 missed"),
        (ordering(3), Sequence(tuple(map(OptionId, ("i2", "i0", "i1")))), "1 of 2 steps follow the right one"),
        (true_false("ttf"), Judgements(((OptionId("s0"), True),)), "1 of 3"),
    ],
)
def test_what_was_given_credit_for_is_said_in_the_terms_of_the_kind(
    question: Question, response: Response, words: str
) -> None:
    assert credit_words(question, response, mark(card(question), response)) == words


def test_a_stem_that_is_a_card_is_marked_by_itself() -> None:
    question = matching("abc", one_card_per_stem=True)
    assert [made.id for made in question.cards()] == ["matching#m0", "matching#m1", "matching#m2"]
    assert mark(card(question, "m1"), Pairs(((OptionId("m1"), OptionId("b")),))).correct


def test_a_region_is_right_by_any_of_its_keys() -> None:
    question = hotspot("L5", "S1")
    assert mark(card(question), Pointed("S1", 4)).correct
    assert not mark(card(question), Pointed("L4", 2)).correct


def test_each_gap_of_a_group_counts_alike() -> None:
    question = cloze("The ", ("c1", "sciatic"), " nerve leaves below ", ("c2", "piriformis"), " as ", ("c1", "one"))
    assert [made.part for made in question.cards()] == ["c1", "c2"]
    assert mark(card(question, "c1"), Written(("sciatic", "one"))).correct
    assert mark(card(question, "c1"), Written(("sciatic", "two"))).score == 0.5
    assert mark(card(question, "c2"), Written(("Piriformis",))).correct
    assert mark(card(cloze("A ", ("c1", "gap"), gaps=Gaps.REVEALED)), SelfGrade(Rating.GOOD)).correct


@given(st.lists(st.text(max_size=40), max_size=3))
def test_nothing_that_is_typed_raises(texts: list[str]) -> None:
    for question in (typed("sural nerve", "n. suralis"), numeric(10, 15), cloze("A ", ("c1", "gap"))):
        marked = mark(card(question), Written(tuple(texts)))
        assert 0 <= marked.score <= 1
        assert marked.correct == (marked.score == 1)


RESPONSES: list[Response] = [
    Choice(OptionId("b"), ids("ba")),
    SelfGrade(Rating.HARD),
    Choices(ids("ab"), ids("abc")),
    Judgements(((OptionId("s0"), True), (OptionId("s1"), False))),
    Written(("one", "two"), reminded=True, hinted=True),
    Sequence(ids("ba"), ids("ab")),
    Pairs(((OptionId("m0"), OptionId("a")),), ids("m")),
    Pointed("L5", 3),
]


@pytest.mark.parametrize("response", RESPONSES, ids=lambda response: type(response).__name__)
def test_the_journal_gives_back_what_was_answered(response: Response) -> None:
    assert from_json(json.loads(json.dumps({**to_json(response), "usual_ms": 3}))) == response


def test_no_response_is_left_out_of_the_journal() -> None:
    assert {type(response) for response in RESPONSES} == set(get_args(Response))


@pytest.mark.parametrize("kept", [{}, {"chosen": 3}, {"self_grade": 9}, {"pairs": [1]}, {"judged": [[1]]}])
def test_a_form_that_is_not_known_is_none(kept: dict[str, object]) -> None:
    assert from_json(kept) is None


def test_how_often_a_blind_guess_is_right() -> None:
    chances: dict[Question, float] = {
        single("q"): 1 / 4,
        multiple("ab", "c"): 1 / 8,
        true_false("ttf"): 1 / 8,
        ordering(3): 1 / 6,
        matching("abc"): 1 / 27,
        matching("abc", reuse=False): 1 / 6,
        matching("ab", one_card_per_stem=True): 1 / 3,
        hotspot("L5"): 1 / 8,
        typed("sural nerve"): 0,
        recall("r"): 0,
    }
    for question, chance in chances.items():
        assert guess_probability(card(question)) == pytest.approx(chance), question.kind
