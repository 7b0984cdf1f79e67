"""Flaws that make a question hard for reasons that have nothing to do with knowing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.testwise import holds_any, option_texts
from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer

if TYPE_CHECKING:
    from sciaquiz.deck.model import Option, Question

NEGATIVE = re.compile(r"\b(not|except|least likely)\b")
NEGATIVES = ("not", "except", "least likely")
VAGUE = re.compile(r"\b(rarely|sometimes|often|usually|frequently|occasionally|commonly)\b", re.IGNORECASE)
VAGUE_ROOTS = ("rarely", "somet", "often", "usually", "frequently", "occas", "commonly")
"""One of them is in every text that holds a vague word. None has an i, which is matched in more than one form."""

MARKED_NEGATIVE = re.compile(r"\b(NOT|EXCEPT|LEAST)\b")
MARKED_NEGATIVES = ("NOT", "EXCEPT", "LEAST")
DENIAL = re.compile(r"\b(not|no|never|without)\b", re.IGNORECASE)
BARE_NUMBER = re.compile(r"(?P<number>[-+−]?\d+(?:[.,]\d+)*)(?P<unit>\s?[^\W\d_]*(?:/[^\W\d_]+)?[%°]?)\.?")
THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
LONGEST_STEM = 120
LONGEST_OPTION = 15
"""In words, beyond which reading takes more than thinking."""

LONGEST_SHARED = 3
"""Options may begin with up to two words in common."""


def lead_in(question: Question) -> str:
    """Return the last paragraph of the stem, which asks."""
    return question.stem.rpartition("\n\n")[2]


def unmarked_negative(question: Question) -> str | None:
    """The question asks for what is not so, and does not shout it."""
    asked = lead_in(question)
    found = NEGATIVE.search(asked) if holds_any(asked, NEGATIVES) else None
    return f"the question turns on “{found[0]}”: ask for what is so, or write {found[0].upper()}" if found else None


def vague_options(question: SingleBestAnswer) -> str | None:
    """Options hold words of frequency that everybody reads differently."""
    if not holds_any(option_texts(question), VAGUE_ROOTS):
        return None
    guilty = [option.id for option in question.options if VAGUE.search(option.text)]
    return f"vague words (often, usually …) in options: {', '.join(guilty)}" if guilty else None


def no_question(question: SingleBestAnswer) -> str | None:
    """The stem asks nothing."""
    return None if "?" in question.stem else "the stem does not ask a question"


def repeated_beginning(question: SingleBestAnswer) -> str | None:
    """All options begin with the same words."""
    first, *others = [option.text.lstrip()[:1].casefold()[:1] for option in question.options]
    if any(other != first for other in others):
        return None
    split = [option.text.casefold().split() for option in question.options]
    shared = 0
    while all(len(words) > shared for words in split) and len({words[shared] for words in split}) == 1:
        shared += 1
    if shared >= LONGEST_SHARED:
        return f"all options begin with “{' '.join(split[0][:shared])}”: move it into the stem"
    return None


def _options(question: Question) -> tuple[Option, ...]:
    return question.options if isinstance(question, SingleBestAnswer | MultipleAnswer) else ()


def double_negative(question: Question) -> str | None:
    """The question asks for what is not so, and an option denies as well."""
    asked = lead_in(question)
    asks = MARKED_NEGATIVE.search(asked) if holds_any(asked, MARKED_NEGATIVES) else None
    guilty = [option.id for option in _options(question) if DENIAL.search(option.text)] if asks else []
    if not asks or not guilty:
        return None
    return f"a double negative: the question asks with {asks[0]}, and options deny: {', '.join(guilty)}"


def long_stem(question: Question) -> str | None:
    """The stem takes long to read."""
    if len(question.stem) < 2 * LONGEST_STEM or (words := len(question.stem.split())) <= LONGEST_STEM:
        return None
    return f"the stem has {words} words; leave out what nobody needs to answer it (at most {LONGEST_STEM})"


def long_options(question: Question) -> str | None:
    """Options take long to read."""
    guilty = [
        option.id
        for option in _options(question)
        if len(option.text) > 2 * LONGEST_OPTION and len(option.text.split()) > LONGEST_OPTION
    ]
    return f"options of more than {LONGEST_OPTION} words: {', '.join(guilty)}" if guilty else None


def numbers_out_of_order(question: Question) -> str | None:
    """Options that are bare numbers of one unit and keep their order do not ascend."""
    if not isinstance(question, SingleBestAnswer | MultipleAnswer) or question.shuffle:
        return None
    found = [BARE_NUMBER.fullmatch(option.text.strip()) for option in question.options]
    read = [
        (_value(number["number"]), number["unit"].strip().removesuffix("s")) for number in found if number is not None
    ]
    values = [value for value, _ in read]
    if len(read) < len(found) or len({unit for _, unit in read}) > 1 or None in values:
        return None
    ordered = sorted(value for value in values if value is not None)
    return None if values == ordered else "the numbers in the options do not ascend: write them in their order"


def _value(number: str) -> float | None:
    try:
        return float(THOUSANDS.sub("", number).replace(",", ".").replace("−", "-"))
    except ValueError:  # 1.2.3 is no number
        return None
