"""What a list says of a card: a sign that needs no colour, and in how long it comes back."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from cataloguing import catalogue_of
from making import deck, single
from remembering import STEADY, course, noon
from sciaquiz.catalogue.matching import Matching
from sciaquiz.deck.model import Kind, Safety
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import CardState, Certainty, LastAnswer, Marks, Phase, Unsafe
from sciaquiz.study.query import Is, query_of
from sciaquiz.view.kinds import KIND
from sciaquiz.view.standing import STANDING, STATE, Standing, back_in_words, standing_of

NOW = noon(0)
LEARNED = course([(noon(0), 3), (noon(0, 10), 3)], STEADY)
IN_STEPS = course([(noon(0), 1)], STEADY)
WRONG = LastAnswer(NOW.instant, False, Certainty.CERTAIN)
GUESSED = LastAnswer(NOW.instant, True, Certainty.GUESS)
RIGHT = LastAnswer(NOW.instant, True, Certainty.CERTAIN)
UNSAFE = Unsafe(NOW.study_day)


def state(**more: object) -> CardState:
    return replace(CardState(card_id=CardId("a")), **more)


@pytest.mark.parametrize(
    ("held", "sign", "matches"),
    [
        (state(), "·", Is.UNSEEN),
        (state(progress=LEARNED, last_answer=WRONG), "✗", Is.WRONG),
        (state(last_answer=WRONG), "✗", Is.WRONG),
        (state(progress=LEARNED, last_answer=GUESSED), "?", Is.GUESSED),
        (state(progress=IN_STEPS, last_answer=RIGHT), "◐", Is.LEARNING),
        (state(progress=LEARNED, last_answer=RIGHT), "✓", Is.KNOWN),
        (state(progress=LEARNED, last_answer=RIGHT, unsafe=UNSAFE), "!", Is.UNSAFE),
    ],
)
def test_the_sign_is_what_the_query_finds(held: CardState, sign: str, matches: Is) -> None:
    assert LEARNED.phase is Phase.REVIEW
    assert standing_of(held, must_not_miss=True).value == sign
    with closing(catalogue_of([deck(single("a", safety=Safety.MUST_NOT_MISS))])) as catalogue:
        catalogue.pool().put([held])
        [row] = Matching(catalogue, NOW, 8).page(query_of(states=[matches]), 0, 9)
        assert standing_of(row.state, must_not_miss=row.must_not_miss).value == sign


def test_unsafe_is_said_only_of_what_must_not_be_missed() -> None:
    assert standing_of(state(progress=LEARNED, last_answer=RIGHT, unsafe=UNSAFE), must_not_miss=False).value == "✓"


def test_every_sign_state_and_kind_has_its_words() -> None:
    assert set(STANDING) == set(Standing)
    assert set(STATE) == set(Is)
    assert set(KIND) == set(Kind)


@pytest.mark.parametrize(
    ("days", "told"), [(-5, "due"), (0, "due"), (1, "1 day"), (59, "59 days"), (90, "3 months"), (1000, "2.7 years")]
)
def test_when_a_card_comes_back(days: int, told: str) -> None:
    progress = replace(LEARNED, due_day=NOW.study_day + timedelta(days=days))
    assert back_in_words(state(progress=progress), NOW) == told
    assert back_in_words(state(progress=progress, marks=Marks(suspended=True)), NOW) == "suspended"


@pytest.mark.parametrize(
    ("minutes", "told"), [(-1, "due"), (0, "due"), (0.5, "1 min"), (59, "59 min"), (60, "1 h"), (190, "3 h")]
)
def test_when_a_card_on_a_step_comes_back(minutes: float, told: str) -> None:
    progress = replace(IN_STEPS, due_at=NOW.instant + timedelta(minutes=minutes), due_day=NOW.study_day)
    assert back_in_words(state(progress=progress), NOW) == told


def test_what_is_put_off_comes_back_when_it_is_no_longer() -> None:
    def told(until: date, due: date | None = None) -> str:
        progress = None if due is None else replace(LEARNED, due_day=due)
        return back_in_words(state(progress=progress, marks=Marks(buried_until=until)), NOW)

    today = NOW.study_day
    assert told(today + timedelta(days=1)) == "1 day"
    assert told(today) == "new"
    assert told(today + timedelta(days=1), today) == "1 day"
    assert told(today + timedelta(days=1), today + timedelta(days=4)) == "4 days"
