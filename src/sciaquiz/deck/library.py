"""Reading decks together: their ids must be unique over everything that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.deck.finding import Library, find_decks
from sciaquiz.deck.problem import Problem
from sciaquiz.deck.reading import Reading, read_deck
from sciaquiz.text import path_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.ids import DeckId, QuestionId


def read_library(places: Iterable[Path]) -> Library:
    """Read every deck at these places. Never raises for what they hold."""
    return read_all(places)[0]


def read_all(places: Iterable[Path]) -> tuple[Library, tuple[Reading, ...]]:
    """Read every deck at these places, and give the readings with it.

    A question id that two decks share is an error that names both; the question read later is left out.
    """
    found = find_decks(places)
    readings = tuple(read_deck(path) for path in found.paths)
    decks, shared = _together(readings)
    problems = [*found.problems, *shared, *(problem for reading in readings for problem in reading.problems)]
    return Library(tuple(decks), tuple(sorted(problems))), readings


def shared_ids(paths: Iterable[Path]) -> list[Problem]:
    """Return a problem for each id that several of these decks, in reading order, share."""
    return _together([read_deck(path) for path in paths])[1]


def _together(readings: Iterable[Reading]) -> tuple[list[Deck], list[Problem]]:
    """Return the decks without what another has already, and the problems of that."""
    decks: list[Deck] = []
    problems: list[Problem] = []
    deck_at: dict[DeckId, Path] = {}
    question_in: dict[QuestionId, Reading] = {}
    named: dict[QuestionId, QuestionId] = {}
    for reading in readings:
        deck = reading.deck
        if deck is None:
            continue
        if deck.id in deck_at:
            other = path_words(deck_at[deck.id])
            message = f"the deck id “{deck.id}” is already used by {other}; this deck is left out. "
            message += "If it is a copy, perhaps made by a sync folder, keep one of the two; else give it another id"
            problems.append(Problem(path=reading.path, line=1, column=1, message=message, code="duplicate-deck"))
            continue
        deck_at[deck.id] = reading.path
        kept = []
        for question in deck.questions:
            if question.history_id in question_in:
                line, column = reading.place(question.id, "id")
                first = question_in[question.history_id]
                other = f"{path_words(first.path)}, line {first.place(named[question.history_id])[0]}"
                message = f"question “{question.id}”: the id{_first(question)} is already used in {other}"
                problems.append(
                    Problem(
                        path=reading.path, line=line, column=column, message=message, code="duplicate-id",
                        question_id=question.id,
                    )
                )  # fmt: skip
            else:
                kept.append(question)
        shared = len(kept) < len(deck.questions)
        decks.append(replace(deck, questions=tuple(kept)) if shared else deck)
        for question in kept:
            question_in[question.history_id] = reading
            named[question.history_id] = question.id
    return decks, problems


def _first(question: Question) -> str:
    """Return the id that a question replaces, for a message about the id that students answer it under."""
    return f" “{question.history_id}” that it replaces" if question.replaces else ""
