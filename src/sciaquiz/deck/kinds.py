"""The kinds of question: what each one holds beside what all have."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from sciaquiz.deck.model import Card, Kind, Option, QuestionBase
from sciaquiz.ids import CardId, ConceptId, FigureId, OptionId

LONGEST_FIGURES = 20


class SingleBestAnswer(QuestionBase, frozen=True, kw_only=True):
    """One best answer among a few options, shuffled unless the author fixed their order."""

    kind = Kind.SINGLE

    options: tuple[Option, ...]
    shuffle: bool = True

    @property
    def key(self) -> Option:
        """The right option."""
        return next(option for option in self.options if option.correct)


class Recall(QuestionBase, frozen=True, kw_only=True):
    """A question that the student answers in the head and grades."""

    kind = Kind.RECALL

    answer: str


class Credit(StrEnum):
    """How much a partly right choice is worth."""

    ALL_OR_NOTHING = "all-or-nothing"
    RIGHT_MINUS_WRONG = "right-minus-wrong"


class MultipleAnswer(QuestionBase, frozen=True, kw_only=True):
    """Several right options among a few."""

    kind = Kind.MULTIPLE

    options: tuple[Option, ...]
    credit: Credit = Credit.RIGHT_MINUS_WRONG
    shuffle: bool = True


class TrueFalse(QuestionBase, frozen=True, kw_only=True):
    """Statements under one stem, each true or false; an option's `correct` says which."""

    kind = Kind.TRUE_FALSE

    statements: tuple[Option, ...]
    shuffle: bool = True


class WrongAnswer(Struct, frozen=True, kw_only=True):
    """A wrong answer that students type, and why it is wrong."""

    text: str
    why: str = ""
    confuses: ConceptId | None = None


class Typed(QuestionBase, frozen=True, kw_only=True):
    """A term that the student types. The first of `answers` is the one shown; `exact` allows no typing error."""

    kind = Kind.TYPED

    answers: tuple[str, ...]
    wrong: tuple[WrongAnswer, ...] = ()
    hint: str = ""
    exact: bool = False


class Numeric(QuestionBase, frozen=True, kw_only=True):
    """A number from `low` to `high`, in `unit` (empty for a bare number). `value` is the one meant, if there is one."""

    kind = Kind.NUMERIC

    low: float
    high: float
    value: float | None = None
    unit: str = ""

    def words(self) -> str:
        """Return the number that is right with its unit, and how far from it still counts."""
        unit = self.unit if self.unit in ("", "°") else f" {self.unit}"
        if self.value is None:
            return f"{figures(self.low)} to {figures(self.high)}{unit}"
        if self.low == self.high:
            return f"{figures(self.value)}{unit}"
        return f"{figures(self.value)}{unit} ({figures(self.low)} to {figures(self.high)} counts)"


def figures(number: float) -> str:
    """Return a number as an author writes it: all its digits, and a power of ten only where it is minute."""
    text = f"{number:.15g}"
    if "e" not in text:
        return text
    digits = f"{Decimal(text):f}"
    return digits if len(digits) <= LONGEST_FIGURES else re.sub(r"e([-+])0*", r"e\1", text)


class Gaps(StrEnum):
    """How a gap is filled."""

    TYPED = "typed"
    REVEALED = "revealed"


class Gap(Struct, frozen=True, kw_only=True):
    """One gap of a cloze: the first of `answers` stands in the text."""

    group: str
    answers: tuple[str, ...]
    hint: str = ""


class Cloze(QuestionBase, frozen=True, kw_only=True):
    """A text with gaps: strings and gaps in turn. Each group of gaps is a card."""

    kind = Kind.CLOZE

    parts: tuple[str | Gap, ...]
    gaps: Gaps = Gaps.REVEALED

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups, in the order of the text."""
        return tuple(dict.fromkeys(part.group for part in self.parts if isinstance(part, Gap)))

    def gaps_of(self, group: str) -> tuple[Gap, ...]:
        """Return the gaps of a group."""
        return tuple(part for part in self.parts if isinstance(part, Gap) and part.group == group)

    def cards(self) -> tuple[Card, ...]:
        """One card a group."""
        return tuple(Card(CardId(f"{self.history_id}#{group}"), self, group) for group in self.groups)


class Item(Struct, frozen=True, kw_only=True):
    """A step of an ordering, or an entry of a matching list."""

    id: OptionId
    text: str
    why: str = ""


class Ordering(QuestionBase, frozen=True, kw_only=True):
    """Steps, in the right order."""

    kind = Kind.ORDERING

    items: tuple[Item, ...]


class MatchingStem(Struct, frozen=True, kw_only=True):
    """One stem of a matching question and the id of the option it belongs to."""

    id: OptionId
    text: str
    answer: OptionId
    why: str = ""


class Matching(QuestionBase, frozen=True, kw_only=True):
    """One list of options for many stems (extended matching). With `reuse` an option may serve twice."""

    kind = Kind.MATCHING

    options: tuple[Item, ...]
    stems: tuple[MatchingStem, ...]
    reuse: bool = True
    one_card_per_stem: bool = False

    def cards(self) -> tuple[Card, ...]:
        """One card for all stems, or one a stem where the author says so."""
        if not self.one_card_per_stem:
            return (Card(CardId(self.history_id), self),)
        return tuple(Card(CardId(f"{self.history_id}#{stem.id}"), self, stem.id) for stem in self.stems)

    def stems_of(self, part: str) -> tuple[MatchingStem, ...]:
        """Return the stems that a card asks."""
        return tuple(stem for stem in self.stems if part in ("", stem.id))


class Asks(StrEnum):
    """Which way a hotspot goes."""

    POINT = "point"
    NAME = "name"


class Hotspot(QuestionBase, frozen=True, kw_only=True):
    """A region of a figure: the student points at what the stem names, or names what is lit.

    `regions` are the keys that are right; `asks` NAME lights the first of them. `choices` is how many zones, or names,
    there are to choose from, and `right_choices` how many of them are right.
    """

    kind = Kind.HOTSPOT

    figure: FigureId
    regions: tuple[str, ...]
    asks: Asks = Asks.POINT
    choices: int = 0
    right_choices: int = 1


Question = (
    SingleBestAnswer | MultipleAnswer | TrueFalse | Recall | Typed | Numeric | Cloze | Ordering | Matching | Hotspot
)
"""One of the kinds. A `match` over them ends in `assert_never`: the type check finds where a kind is forgotten."""
