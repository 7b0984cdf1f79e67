"""Drawing the questions of a mock exam."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.ids import CardId
from sciaquiz.mock.drawing import Candidate, draw, seats

NAMES = ("anatomy", "imaging", "tests")


def of(*groups: str, number: int = 40, begin: int = 0) -> list[Candidate]:
    return [Candidate(CardId(f"{groups[0]}-{each}"), begin + each, frozenset(groups)) for each in range(number)]


def test_each_group_gets_what_its_share_says() -> None:
    pool = [*of("anatomy"), *of("imaging", begin=100), *of("tests", begin=200)]
    drawn = draw(pool, {"anatomy": 50, "imaging": 30, "tests": 20}, 40, seed=3)
    assert [sum(group == name for _, group in drawn.cards) for name in NAMES] == [20, 12, 8]
    assert not drawn.short


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 100, allow_nan=False), min_size=1), st.integers(1, 90))
def test_all_seats_are_given_and_none_is_a_seat_from_its_share(shares: dict[str, float], number: int) -> None:
    given_seats, total = seats(shares, number), sum(shares.values())
    assert sum(given_seats.values()) == (number if total else 0)
    assert all(abs(given_seats[name] - number * share / total) < 1 for name, share in shares.items() if total)


def test_the_same_seed_gives_the_same_exam_and_another_seed_another() -> None:
    pool = of("anatomy")
    assert draw(pool, {}, 20, seed=1) == draw(reversed(pool), {}, 20, seed=1)
    assert draw(pool, {}, 20, seed=1).cards != draw(pool, {}, 20, seed=2).cards


def test_a_group_with_too_few_questions_says_so_and_the_others_fill_its_seats() -> None:
    drawn = draw([*of("anatomy"), *of("imaging", number=3, begin=100)], {"anatomy": 1, "imaging": 1}, 20, seed=1)
    assert len(drawn.cards) == 20
    assert drawn.short == {"imaging": 7}


def test_a_question_that_two_groups_have_is_asked_once_and_left_to_the_scarcer() -> None:
    both = [Candidate(CardId(f"both-{each}"), 500 + each, frozenset({"anatomy", "imaging"})) for each in range(5)]
    drawn = draw([*of("anatomy"), *both], {"anatomy": 1, "imaging": 1}, 10, seed=1)
    assert len({card for card, _ in drawn.cards}) == 10
    assert not drawn.short


def test_of_several_cards_of_one_question_one_is_asked() -> None:
    pool = [Candidate(CardId(f"q{each // 4}#{each % 4}"), each // 4, frozenset({"x"})) for each in range(40)]
    drawn = draw(pool, {}, 40, seed=5)
    assert len(drawn.cards) == len({card.partition("#")[0] for card, _ in drawn.cards}) == 10


def test_the_questions_of_a_case_stand_together_by_stage() -> None:
    case = [Candidate(CardId(f"case-{stage}"), 900 - stage, frozenset({"x"}), "x case", stage) for stage in (1, 2, 3)]
    drawn = draw([*case, *of("x", number=10)], {}, 13, seed=7)
    cards = [card for card, _ in drawn.cards]
    begins = cards.index(CardId("case-1"))
    assert cards[begins : begins + 3] == ["case-1", "case-2", "case-3"]
