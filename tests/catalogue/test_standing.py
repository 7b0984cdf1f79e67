"""How topics stand and what can be reviewed ahead, by query, is what looking at each card gives."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cataloguing import catalogue_of, random_decks, random_states
from sciaquiz.catalogue.mirror import orders_apart, put
from sciaquiz.catalogue.standing import due_by_day, due_tomorrow, topics
from sciaquiz.deck.model import Deck, Safety
from sciaquiz.journal.entries import CardState, Phase
from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.memory.schedule import elapsed_days
from sciaquiz.study.queue import is_hidden

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from sciaquiz.ids import CardId

TODAY = date(2026, 11, 22)
NAMES = ("Foot drop", "bladder", "timing")


def with_topics(random: Random, decks: list[Deck]) -> list[Deck]:
    return [
        replace(
            deck,
            questions=tuple(
                replace(question, topics=tuple(random.sample(NAMES, random.randint(0, 2))))
                for question in deck.questions
            ),
        )
        for deck in decks
    ]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_it_is_what_looking_at_each_card_gives(seed: int) -> None:
    random = Random(seed)
    decks = with_topics(random, random_decks(random))
    cards = [card for deck in decks for card in deck.cards()]
    states = random_states(random, cards, TODAY)
    catalogue = catalogue_of(decks)
    with closing(catalogue):
        catalogue.pool().put(states.values())
        today = [card.id for card in cards if random.random() < 0.3]
        deck = random.choice([None, *(deck.id for deck in decks)])
        found = topics(catalogue, TODAY, DEFAULT_FITS, today, deck)
        assert len({topic.slug for topic in found}) == len(found)
        for topic in found:
            mine = [
                card for card in cards if topic.name in card.question.topics and deck in (None, card.question.deck_id)
            ]
            progress = {card.id: states.get(card.id, CardState(card_id=card.id)).progress for card in mine}
            learnt = [own for own in progress.values() if own is not None and own.phase is Phase.REVIEW]
            assert topic.cards == len(mine) > 0
            assert topic.unseen == sum(own is None for own in progress.values())
            assert topic.learnt == len(learnt)
            assert topic.learning == topic.cards - topic.unseen - topic.learnt
            assert topic.recalled == pytest.approx(
                sum(DEFAULT_FITS.recall(own.memory, elapsed_days(own, TODAY)) for own in learnt)
            )
            of_today = [progress[card.id] for card in mine if card.id in today]
            assert topic.new == sum(own is None for own in of_today)
            assert topic.due == sum(own is not None and own.phase is Phase.REVIEW for own in of_today)
            assert topic.learning_today == len(of_today) - topic.new - topic.due
            assert topic.unsafe == sum(
                card.question.safety is Safety.MUST_NOT_MISS and states[card.id].unsafe is not None
                for card in mine
                if card.id in states
            )
        expected = []
        for card in cards:
            state = states.get(card.id)
            own = state.progress if state is not None else None
            if state is None or own is None or own.phase is not Phase.REVIEW or is_hidden(state, TODAY):
                continue
            if own.due_day == TODAY + timedelta(days=1) and own.last_day < TODAY:
                expected.append((card.id, elapsed_days(own, TODAY), own.memory))
        assert [tuple(ahead) for ahead in due_tomorrow(catalogue, TODAY)] == expected


def put_apart(connection: sqlite3.Connection, states: Iterable[CardState]) -> None:
    with orders_apart(connection):
        put(connection, states)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_days_to_come_hold_what_looking_at_each_card_gives(seed: int) -> None:
    random = Random(seed)
    decks = random_decks(random)
    gone, *stay = decks
    states: dict[CardId, CardState] = {}

    def found_as_expected(installed: list[Deck]) -> bool:
        own = (states.get(card.id) for deck in installed for card in deck.cards())
        wanted = Counter(
            state.progress.due_day
            for state in own
            if state and state.progress and state.progress.phase is Phase.REVIEW and not state.marks.suspended
        )
        expected = {day: cards for day, cards in wanted.items() if 0 < (day - TODAY).days <= 9}
        return due_by_day(catalogue, TODAY, 9) == expected

    with closing(catalogue_of(decks)) as catalogue:
        for many in (False, True, False):
            states |= random_states(random, [card for deck in decks for card in deck.cards()], TODAY)
            catalogue.change(partial(put_apart if many else put, states=tuple(states.values())))
            assert found_as_expected(decks)
        catalogue.change(
            lambda connection: connection.execute(
                "DELETE FROM card WHERE deck = (SELECT num FROM deck WHERE id = ?)", (gone.id,)
            )
        )
        assert found_as_expected(stay)
        catalogue.forget_states()
        assert due_by_day(catalogue, TODAY, 9) == {}
