"""What is said about a near miss never holds an answer, and a gap may be filled with the words beside it."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from making import card, cloze
from rows import each_row
from sciaquiz.deck.kinds import Cloze, Gaps, Typed
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.mark import mark
from sciaquiz.marking.response import Written
from sciaquiz.marking.words import key
from sciaquiz.marking.writing import reminder
from shipped import DECKS

if TYPE_CHECKING:
    from sciaquiz.deck.model import Card

LEXICON = Lexicon.from_decks(DECKS)


def accepted(asked: Card) -> tuple[str, ...]:
    match asked.question:
        case Typed(answers=answers):
            return answers
        case Cloze() as question:
            return question.gaps_of(asked.part)[0].answers
        case _:
            return ()


CARDS = [
    (asked, answer)
    for deck in DECKS
    for question in deck.questions
    if isinstance(question, Typed | Cloze)
    for asked in (replace(question, gaps=Gaps.TYPED) if isinstance(question, Cloze) else question).cards()
    for answer in accepted(asked)
]
SAID_OF_ANY = frozenset(
    key("Check the spelling of one and another. Write the whole term: say what sort of thing it is.")
)
LETTERS = st.sampled_from(string.ascii_lowercase)
WORDS = st.sampled_from(["nerve", "muscle", "test", "root", "the", "left", "deep", "of", "tendon"])


@st.composite
def near_misses(draw: st.DrawFn) -> tuple[Card, str]:
    """A card, and one of its answers with a letter or two amiss, a word left out or one put in."""
    asked, typed = draw(st.sampled_from(CARDS))
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, max(len(typed) - 1, 0)))
        before, here, after = typed[:place], typed[place : place + 1], typed[place + 1 :]
        words = typed.split() or [typed]
        word = draw(st.integers(0, len(words) - 1))
        typed = draw(
            st.sampled_from(
                [
                    before + after,
                    before + draw(LETTERS) + after,
                    before + draw(LETTERS) + here + after,
                    before + after[:1] + here + after[1:],
                    " ".join([*words[:word], *words[word + 1 :]]),
                    " ".join([*words[:word], draw(WORDS), *words[word:]]),
                ]
            )
        )
    return asked, typed


def contains(text: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term.casefold())}(?!\w)", text.casefold()) is not None


@settings(max_examples=300, deadline=None)
@given(near_misses())
def test_a_reminder_holds_no_answer_that_was_not_typed(near_miss: tuple[Card, str]) -> None:
    asked, typed = near_miss
    told = reminder(asked, Written((typed,)), LEXICON)
    answers = accepted(asked)
    assert not [answer for answer in answers if contains(told, answer) and not contains(typed, answer)]
    wanted = {word for answer in answers for word in key(answer)} - set(key(typed)) - SAID_OF_ANY
    assert wanted.isdisjoint(key(told))


def test_near_misses_are_reminded_of() -> None:
    told = [reminder(asked, Written((f"{answer[:-2]}x{answer[-2:]}",)), LEXICON) for asked, answer in CARDS]
    assert sum(map(bool, told)) > 50


def gap_of(before: str, answer: str, after: str) -> Card:
    return card(cloze(before, ("c1", answer), after), "c1")


DEEP = ("Dorsiflexion is done by the ", "deep fibular (peroneal)", " nerve. It leaves at the neck.")


@each_row(
    ("text", "typed"),
    [
        (DEEP, "deep peroneal nerve"), (DEEP, "deep fibular nerve"), (DEEP, "the deep peroneal"), (DEEP, "the deep fibular (peroneal) nerve"), (DEEP, "by the deep peroneal nerve"),
        (DEEP, "deep peroneal"), (DEEP, "DEEP FIBULAR NERVES"),
        (("Below ", "piriformis", ", the sciatic nerve"), "below piriformis"), (("at the level of ", "L5", " root"), "L5 root"), (("through the (", "greater sciatic", ") foramen"), "greater sciatic foramen"),
        (("the nerve to ", "obturator internus", " and superior gemellus"), "nerve to obturator internus"),
    ],
)  # fmt: skip
def test_words_beside_a_gap_may_be_typed_with_it(text: tuple[str, str, str], typed: str) -> None:
    asked = gap_of(*text)
    assert reminder(asked, Written((typed,)), LEXICON) == ""
    assert mark(asked, Written((typed,)), LEXICON).correct


@each_row(
    ("text", "typed"),
    [
        (DEEP, "nerve"), (DEEP, "the nerve"), (DEEP, "deep perineal nerve"), (DEEP, "superficial peroneal nerve"), (DEEP, "deep peroneal artery"), (DEEP, "peroneal nerve"), (DEEP, "by the"),
        (DEEP, "deep peroneal it"), (("Below ", "piriformis", ", the nerve"), "above piriformis"), (("the ", "L5", " root"), "L4 root"), (("the ", "L5", " root"), "S1 L5 root"),
    ],
)  # fmt: skip
def test_other_words_beside_a_gap_change_what_it_means(text: tuple[str, str, str], typed: str) -> None:
    assert not mark(gap_of(*text), Written((typed,)), LEXICON).correct
