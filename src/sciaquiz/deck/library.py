"""Finding decks, and reading all of them together: their ids must be unique over everything that is installed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sciaquiz.deck.problem import Problem
from sciaquiz.deck.reading import Reading, read_deck

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import DeckId, QuestionId

MOST_DECKS = 500


@dataclass(frozen=True, slots=True)
class Library:
    """The decks that can be studied, and all that is wrong with those that were found."""

    decks: tuple[Deck, ...]
    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...]


def find_decks(places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the deck files at these places, in a stable order.

    A place is a file, or a folder in which `NAME.toml` and `NAME/deck.toml` are decks; a folder that holds a
    `deck.toml` itself is that deck. Hidden names are passed over, and so are links that lead out of the folder.
    """
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            own = place / "deck.toml"
            inside = [own] if own.is_file() else sorted([*place.glob("*.toml"), *place.glob("*/deck.toml")])
            for path in inside[:MOST_DECKS]:
                hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
                if not hidden and path.resolve().is_relative_to(place.resolve()):
                    found.setdefault(path)
        elif place.exists():
            found.setdefault(place)
    return tuple(found)


def read_library(places: Iterable[Path]) -> Library:
    """Read every deck at these places. Never raises for what they hold.

    A question id that two decks share is an error that names both; the question read later is left out.
    """
    readings = [read_deck(path) for path in find_decks(places)]
    decks: list[Deck] = []
    problems = [problem for reading in readings for problem in reading.problems]
    deck_at: dict[DeckId, Path] = {}
    question_in: dict[QuestionId, Reading] = {}
    for reading in readings:
        deck = reading.deck
        if deck is None:
            continue
        if deck.id in deck_at:
            message = f"the deck id “{deck.id}” is already used by {deck_at[deck.id]}; this deck is left out"
            problems.append(Problem(path=reading.path, line=1, column=1, message=message, code="duplicate-deck"))
            continue
        deck_at[deck.id] = reading.path
        kept = []
        for question in deck.questions:
            if question.id in question_in:
                line, column = reading.place(question.id, "id")
                first = question_in[question.id]
                other = f"{first.path}, line {first.place(question.id)[0]}"
                message = f"question “{question.id}”: the id is already used in {other}"
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
            question_in[question.id] = reading
    return Library(tuple(decks), tuple(sorted(problems)), tuple(readings))
