"""What is right of a question, as it is told outside of a sitting."""

from __future__ import annotations

from asking import DECK
from making import card, true_false
from sciaquiz.deck.solution import key, solution


def test_a_statement_that_is_false_belongs_to_the_key() -> None:
    told = [line.text.split(".")[0] for line in key(card(true_false("tff")), None)]
    assert told == ["True", "False", "False"]


def test_the_key_of_a_figure_names_zones_and_says_where_they_lie() -> None:
    [asked] = [each for each in DECK.cards() if each.question.id == "k-hotspot"]
    [named] = key(asked, DECK)
    [region] = solution(asked.question)
    assert " – " in named.text
    assert named.text != region.text


def test_every_card_has_a_key() -> None:
    for each in DECK.cards():
        assert all(line.text for line in key(each, DECK))
        assert key(each, DECK)
