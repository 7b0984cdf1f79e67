"""Cards are found by parts of words in any script, and by what they have come to."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from cataloguing import catalogue_of, random_decks, random_states
from making import deck, recall, single
from remembering import STEADY, course, noon
from sciaquiz.catalogue.search import find_cards
from sciaquiz.ids import CardId
from sciaquiz.insight.search import Filter, folded, words_of
from sciaquiz.journal.entries import CardState, Marks, Phase
from sciaquiz.study.queue import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.deck.model import Deck

TODAY = date(2026, 11, 22)


def look(
    decks: Sequence[Deck],
    text: str,
    only: Filter = Filter.ALL,
    states: Iterable[CardState] = (),
    today: date = TODAY,
) -> list[str]:
    with closing(catalogue_of(decks)) as catalogue:
        catalogue.pool().put(states)
        matches = find_cards(catalogue, text, only, today, 8)
        assert matches.total == len(matches.found)
        return [found.card.id for found in matches.found]


def lets_through(only: Filter, state: CardState) -> bool:
    progress, marks = state.progress, state.marks
    return {
        Filter.ALL: True,
        Filter.NEW: progress is None,
        Filter.DUE: progress is not None and progress.due_day <= TODAY and not is_hidden(state, TODAY),
        Filter.LEARNING: progress is not None and progress.phase is not Phase.REVIEW,
        Filter.FLAGGED: marks.flagged,
        Filter.SUSPENDED: marks.suspended,
        Filter.PUT_OFF: marks.buried_until is not None and marks.buried_until > TODAY,
        Filter.LEECHES: progress is not None and progress.lapses >= 8,
        Filter.NOTED: bool(marks.note),
    }[only]


@pytest.mark.parametrize("seed", range(20))
def test_filters_and_words_are_what_looking_at_each_card_gives(seed: int) -> None:
    random = Random(seed)
    decks = random_decks(random)
    cards = [card for deck in decks for card in deck.cards()]
    states = random_states(random, cards, TODAY)
    for only in Filter:
        for word in ("", "word1", "q2 d1", "zzz"):
            found = look(decks, word, only, states.values())
            wanted = [
                card.id
                for card in cards
                if lets_through(only, states.get(card.id) or CardState(card_id=card.id))
                and all(part in folded(words_of(card.question)) for part in folded(word).split())
            ]
            assert sorted(found) == sorted(wanted)
            assert word or found == wanted


def test_search_needs_every_word_and_takes_parts_of_words() -> None:
    def found(text: str, only: Filter = Filter.ALL) -> list[str]:
        return look([deck(single("tibial-nerve"), recall("say-roots"))], text, only)

    assert found("") == ["tibial-nerve", "say-roots"]
    assert found("tib") == ["tibial-nerve"]
    assert found("roots say") == ["say-roots"]
    assert found("tibial roots") == []
    assert found('"; DROP TABLE cards; --') == []
    assert found("", Filter.NEW) == ["tibial-nerve", "say-roots"]
    assert found("", Filter.DUE) == []


@pytest.mark.parametrize(
    ("stem", "typed"),
    [
        ("座骨神経は何から出るか。", "神経"),
        ("เส้นประสาทไซอาติก", "ประสาท"),
        ("The common fibular nerve", "fibul"),
        ("The common fibular nerve", "ibular"),
        ("The common fibular nerve", "NERVE common"),
        ("Lasègue’s sign", "lasegue"),
        ("Lasegue’s sign", "Lasègue"),
        ("Le nerf fémoral", "femoral"),
        ("Straße und Bærum", "STRASSE baer"),
        ("Ο ΛΟΓΟΣ", "λόγος"),
        ("A foot-drop at L4/L5", "foot drop l5"),
        ("Седалищный нерв", "НЕРВ"),
    ],
)
def test_search_finds_parts_of_words_in_any_script_whatever_their_case_and_accents(stem: str, typed: str) -> None:
    assert look([deck(replace(single("sought"), stem=stem), single("other"))], typed) == ["sought"]


def test_whole_words_are_found_before_beginnings_and_parts() -> None:
    stems = {"part": "The subneural space", "begins": "The neuralgia", "whole": "A neural tissue"}
    assert look([deck(*(replace(single(name), stem=stem) for name, stem in stems.items()))], "neural") == [
        "whole",
        "begins",
        "part",
    ]


def test_three_thousand_cards_are_searched_while_one_types() -> None:
    text = "A principle that is explained in many words. " * 20
    questions = [replace(single(f"q{number}"), explanation=text) for number in range(3_000)]
    with closing(catalogue_of([deck(*questions)])) as catalogue:
        begun = perf_counter()
        assert find_cards(catalogue, "principle explain words", Filter.ALL, TODAY, 8).total == 3_000
    assert perf_counter() - begun < 0.5  # a tenth of that on a machine with nothing else to do


def test_a_card_that_is_put_off_is_not_due_and_has_a_filter_of_its_own() -> None:
    progress = course([(noon(0), 4)], STEADY)
    due = progress.due_day

    def found(only: Filter, until: date | None) -> int:
        state = CardState(card_id=CardId("a"), progress=progress, marks=Marks(buried_until=until))
        return len(look([deck(single("a"))], "", only, [state], due))

    assert found(Filter.DUE, None) == found(Filter.DUE, due) == 1
    assert found(Filter.DUE, due + timedelta(days=1)) == 0
    assert found(Filter.PUT_OFF, due + timedelta(days=1)) == 1
    assert found(Filter.PUT_OFF, due) == found(Filter.PUT_OFF, None) == 0


def test_filters_follow_the_marks() -> None:
    state = CardState(card_id=CardId("a"), marks=Marks(flagged=True, suspended=True, note="x"))
    for only in (Filter.FLAGGED, Filter.SUSPENDED, Filter.NOTED):
        assert look([deck(single("a"), single("b"))], "", only, [state]) == ["a"]
