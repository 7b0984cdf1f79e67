"""Catalogues for tests: of decks that are in memory, and of random ones."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from making import cloze, deck, recall, single
from sciaquiz.catalogue.catalogue import Catalogue
from sciaquiz.catalogue.files import add_deck, settle
from sciaquiz.catalogue.pool import deck_names
from sciaquiz.catalogue.schema import transaction
from sciaquiz.deck.model import Safety
from sciaquiz.ids import CardId, CaseId, ConceptId, DeckId, QuestionId
from sciaquiz.journal.entries import CardState, Certainty, LastAnswer, Marks, Memory, Phase, Progress, Rating, Unsafe

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from sciaquiz.deck.kinds import Question
    from sciaquiz.deck.model import Card, Deck


def catalogue_of(decks: Sequence[Deck]) -> Catalogue:
    """Return a catalogue in memory that holds these decks."""
    catalogue = Catalogue(None, [], Path("none.db"))

    def fill(connection: sqlite3.Connection) -> None:
        with transaction(connection):
            for rank, found in enumerate(decks):
                add_deck(connection, Path(f"{found.id}.toml"), rank, "", found, [])
            settle(connection)

    catalogue.change(fill)
    assert [str(name) for name in catalogue.ask(deck_names).values()] == [found.id for found in decks]
    return catalogue


def random_decks(random: Random) -> list[Deck]:
    """Return one to four decks with siblings, cases and questions that must not be missed."""
    return [random_deck(random, f"d{number}") for number in range(random.randint(1, 4))]


def random_deck(random: Random, name: str) -> Deck:
    questions: list[Question] = []
    for number in range(random.randint(0, 9)):
        own = QuestionId(f"{name}-q{number}")
        safety = Safety.MUST_NOT_MISS if random.random() < 0.3 else None
        made: Question
        match random.randint(0, 3):
            case 0:
                gaps = [(f"c{place}", f"word{place}") for place in range(random.randint(1, 3))]
                made = cloze("The ", *gaps)
            case 1:
                made = recall(own)
            case _:
                made = single(own)
        case_id = CaseId(random.choice("ab")) if random.random() < 0.4 else None
        made = replace(
            made, id=own, deck_id=DeckId(name), safety=safety, case=case_id, stage=random.randint(1, 3),
            stem="?" * random.randint(1, 600), concept=random.choice((None, ConceptId("one"))),
        )  # fmt: skip
        questions.append(made)
    return deck(*questions, name=name)


def random_states(random: Random, cards: Sequence[Card], today: date) -> dict[CardId, CardState]:
    """Return states of most of the cards, with ties, hidden cards and steps among them."""
    share, seven = random.random(), random.choice((0.0, 0.0, 0.5, 1.0))
    return {card.id: random_state(random, card.id, today, seven) for card in cards if random.random() < share}


def random_state(random: Random, card_id: CardId, today: date, seven: float = 0.0) -> CardState:
    """Return what a card may have come to; with a chance of `seven` under FSRS-7."""
    marks = Marks(
        suspended=random.random() < 0.1,
        buried_until=random.choice((None, None, None, today, today + timedelta(days=1), today - timedelta(days=3))),
        flagged=random.random() < 0.2,
        note=random.choice(("", "", "mind this")),
    )
    if random.random() < 0.1:
        return CardState(card_id=card_id, marks=marks, last_answer=random.choice((None, random_answer(random, today))))
    unsafe = Unsafe(today, random.choice((None, today))) if random.random() < 0.3 else None
    last = today - timedelta(days=random.choice((-1, 0, 0, 1, 5, 5, 40)))
    phase = random.choice((*Phase, Phase.REVIEW, Phase.REVIEW))
    on_step = phase is not Phase.REVIEW
    due = random.choice((last, today, today + timedelta(days=random.randint(-5, 5))))
    due_at = datetime.combine(due, time(random.randint(5, 20), 30), UTC) if on_step and random.random() < 0.7 else None
    stability = random.choice((1.0, 3.0, 10.0, random.uniform(0.1, 300)))
    fast = stability * random.choice((0.8, random.uniform(0.1, 2))) if random.random() < seven else None
    progress = Progress(
        phase=phase,
        step=0,
        memory=Memory(stability, random.uniform(1, 10), fast),
        due_day=due,
        due_at=due_at,
        interval_days=0 if on_step else max(1, (due - last).days),
        first_day=last - timedelta(days=20),
        last_day=last,
        last_at=datetime.combine(last, time(9), UTC),
        last_rating=random.choice(tuple(Rating)),
        reps=random.randint(1, 30),
        lapses=random.randint(0, 9),
    )
    answer = random_answer(random, last)
    return CardState(card_id=card_id, progress=progress, marks=marks, unsafe=unsafe, last_answer=answer)


def random_answer(random: Random, day: date) -> LastAnswer:
    """Return what may have been answered last, on a day."""
    at = datetime.combine(day, time(9), UTC)
    return LastAnswer(at, random.random() < 0.6, random.choice((None, *Certainty)))
