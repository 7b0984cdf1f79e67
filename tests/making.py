"""Small decks for tests, made by plain calls: as the app has them, and as an author writes them."""

from __future__ import annotations

from typing import Any

from sciaquiz.deck.kinds import (
    Cloze,
    Credit,
    Gap,
    Gaps,
    Hotspot,
    Item,
    Matching,
    MatchingStem,
    MultipleAnswer,
    Numeric,
    Ordering,
    Question,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)
from sciaquiz.deck.model import Card, Deck, Option, Safety
from sciaquiz.ids import DeckId, FigureId, OptionId, QuestionId, digest_of


def single(name: str, *, deck: str = "demo", safety: Safety | None = None, options: int = 4) -> SingleBestAnswer:
    """A question whose first option is right."""
    return SingleBestAnswer(
        id=QuestionId(name),
        deck_id=DeckId(deck),
        version=digest_of(name),
        stem=f"A stem for {name}.\n\nWhich one is right?",
        explanation=f"The principle behind {name}.",
        safety=safety,
        options=tuple(
            Option(id=OptionId(f"o{place}"), text=f"Option {place}", correct=place == 0, why=f"Why {place}.")
            for place in range(options)
        ),
    )


def recall(name: str, *, deck: str = "demo") -> Recall:
    """A question that the student grades."""
    return Recall(
        id=QuestionId(name), deck_id=DeckId(deck), version=digest_of(name), stem="Say it.", answer=f"It is {name}."
    )


def multiple(right: str, wrong: str, credit: Credit = Credit.RIGHT_MINUS_WRONG) -> MultipleAnswer:
    """A question whose options are named by letters."""
    options = tuple(
        Option(id=OptionId(letter), text=letter, correct=letter in right, why="") for letter in right + wrong
    )
    return MultipleAnswer(**common("multiple"), options=options, credit=credit)


def true_false(answers: str) -> TrueFalse:
    """Statements s0, s1, … that are true or false as the letters t and f say."""
    return TrueFalse(
        **common("true-false"),
        statements=tuple(
            Option(id=OptionId(f"s{place}"), text=f"Statement {place}", correct=answer == "t", why="")
            for place, answer in enumerate(answers)
        ),
    )


def typed(*answers: str, exact: bool = False) -> Typed:
    """A term to type."""
    return Typed(**common("typed"), answers=answers, exact=exact)


def numeric(low: float, high: float, unit: str = "mm") -> Numeric:
    """A number to type."""
    return Numeric(**common("numeric"), value=(low + high) / 2, low=low, high=high, unit=unit)


def cloze(*parts: str | tuple[str, str], gaps: Gaps = Gaps.TYPED) -> Cloze:
    """A text; a pair is a gap of a group with one answer."""
    made = tuple(part if isinstance(part, str) else Gap(group=part[0], answers=(part[1],)) for part in parts)
    return Cloze(**common("cloze"), parts=made, gaps=gaps)


def ordering(count: int) -> Ordering:
    """Steps i0, i1, … in their order."""
    items = tuple(Item(id=OptionId(f"i{place}"), text=f"Step {place}") for place in range(count))
    return Ordering(**common("ordering"), items=items)


def matching(pairs: str, options: str = "abc", **more: Any) -> Matching:
    """Stems m0, m1, … that belong to the options named by the letters of `pairs`."""
    return Matching(
        **common("matching"),
        options=tuple(Item(id=OptionId(letter), text=f"Option {letter}") for letter in options),
        stems=tuple(
            MatchingStem(id=OptionId(f"m{place}"), text=f"Stem {place}", answer=OptionId(letter))
            for place, letter in enumerate(pairs)
        ),
        **more,
    )


def hotspot(*regions: str, choices: int = 8) -> Hotspot:
    """A region to point at."""
    return Hotspot(
        **common("hotspot"), figure=FigureId("map"), regions=regions, choices=choices, right_choices=len(regions)
    )


def common(name: str) -> dict[str, Any]:
    """What every question has."""
    return {"id": QuestionId(name), "deck_id": DeckId("demo"), "version": digest_of(name), "stem": f"A {name}?"}


def card(question: Question, part: str = "") -> Card:
    """The first card of a question, or the one of a part."""
    return next(made for made in question.cards() if part in ("", made.part))


def deck(*questions: Question, name: str = "demo") -> Deck:
    """A deck of these questions."""
    return Deck(id=DeckId(name), title=name.capitalize(), version="1", questions=questions)


HEAD = """
id = "demo"
title = "Demo"
version = "1"
licence = "CC0-1.0"
[[source]]
id = "gray"
citation = "Gray's Anatomy"
"""
SINGLE = """
[[question]]
id = "{name}"
kind = "single"
{more}
stem = "{name}: inversion is weak. Which nerve?"
explanation = "Tibialis posterior inverts."
sources = ["gray"]
shuffle = false
options = [
  {{ id = "tibial", text = "Tibial nerve", correct = true, why = "It supplies tibialis posterior." }},
  {{ id = "fibular", text = "Common fibular nerve", why = "It everts." }},
  {{ id = "femoral", text = "Femoral nerve", why = "It extends the knee." }},
]
"""


def written(*names: str, more: str = "") -> str:
    """The text of a deck of questions whose first option is right; `more` are further lines of each question."""
    return HEAD + "".join(SINGLE.format(name=name, more=more) for name in names)
