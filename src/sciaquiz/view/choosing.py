"""The lists from which a sitting is chosen, as values: what can be ticked, what can be changed, what is on the cursor.

Every face shows the same lists in the same words; a step of the student gives another board.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.deck.model import Kind
from sciaquiz.study.choice import Answers, Choice, Found, Schedule
from sciaquiz.study.query import Field, Is, Order
from sciaquiz.view.kinds import KIND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.study.query import Query
    from sciaquiz.study.querying import Vocabulary

T = TypeVar("T")
STATES = {
    Is.WRONG: "wrong last time",
    Is.GUESSED: "guessed right",
    Is.UNSAFE: "unsafe",
    Is.FLAGGED: "flagged",
    Is.UNSEEN: "unseen",
    Is.DUE: "due now",
    Is.LEARNING: "learning",
    Is.KNOWN: "known",
    Is.LEECH: "leech",
    Is.NOTED: "with a note",
    Is.SUSPENDED: "suspended",
    Is.PUT_OFF: "put off",
}
ALWAYS = tuple(STATES)[:8]
"""The states that are listed whether or not they are ticked."""
ORDERS = {
    Order.WEAKEST: "weakest first",
    Order.MIXED: "mixed",
    Order.DECK: "as in the deck",
    Order.OLDEST: "oldest first",
    Order.DUE: "due first",
}
NUMBERS: tuple[int | None, ...] = (1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300, 500, None)
TIMES = ((0, 0), (0, 30), (0, 60), (0, 90), (5, 0), (10, 0), (15, 0), (20, 0), (30, 0), (45, 0), (60, 0))
"""Minutes for the sitting and seconds for an answer."""
ANSWERS = {Answers.EACH: "after each", Answers.END: "at the end"}
SCHEDULE = {Schedule.COUNTS: "counts", Schedule.STAYS: "stays"}
PRESETS = {
    "wrong or guessed": (Is.WRONG, Is.GUESSED),
    "unseen": (Is.UNSEEN,),
    "unsafe": (Is.UNSAFE,),
    "flagged": (Is.FLAGGED,),
}
LAST = "as last time"
MOST_PRESETS = 9


class Part(Enum):
    """The lists, in the order in which they are gone through."""

    DECKS = "Decks"
    TOPICS = "Topics"
    STATES = "State"
    KINDS = "Kinds"
    SITTING = "Sitting"


FIELDS = {Part.DECKS: Field.DECK, Part.TOPICS: Field.TOPIC, Part.STATES: Field.IS, Part.KINDS: Field.KIND}
ALL = {Part.TOPICS: "all topics", Part.KINDS: "all kinds"}
"""What the first row of a list says that means any of its values."""


class Value(Enum):
    """What of a sitting can be changed."""

    NUMBER = "Questions"
    TIME = "Time"
    ANSWERS = "Answers"
    ORDER = "Order"
    SCHEDULE = "Schedule"


class Row(Struct, frozen=True):
    """A row of a list: its words, what stands at its right, and whether it is ticked, None where nothing can be.

    `value` is what it stands for; empty for the row that means any.
    """

    words: str
    right: str
    is_ticked: bool | None
    value: str


class Preset(Struct, frozen=True):
    """A choice with a name."""

    name: str
    choice: Choice


class Board(Struct, frozen=True):
    """All that is shown: what can be named, what is chosen, what it comes to, and where the cursor is.

    `topics` are listed in that order, whatever is ticked. `presets` come after those that are always there.
    """

    vocabulary: Vocabulary
    topics: tuple[str, ...]
    choice: Choice
    found: Found = field(default_factory=Found)
    presets: tuple[Preset, ...] = ()
    part: Part = Part.STATES
    places: Mapping[Part, int] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """How many questions would be asked."""
        most = self.choice.query.most
        return self.found.total if most is None else min(most, self.found.total)

    @property
    def place(self) -> int:
        """The place of the cursor in its list."""
        return self.place_in(self.part)

    def place_in(self, part: Part) -> int:
        """Return where the cursor is or was in a list."""
        return min(self.places.get(part, 0), len(self.rows(part)) - 1)

    def rows(self, part: Part) -> tuple[Row, ...]:
        """Return the rows of a list."""
        match part:
            case Part.SITTING:
                return tuple(Row(value.value, self._said(value), None, value.name) for value in Value)
            case Part.DECKS:
                return tuple(self._row(part, name, title) for name, title in self.vocabulary.decks.items())
            case Part.TOPICS:
                names = self.vocabulary.topics
                return (self._any(part, len(names)), *(self._row(part, slug, names[slug]) for slug in self.topics))
            case Part.STATES:
                ticked = self.choice.query.ticked(Field.IS)
                listed = [state for state in STATES if state in ALWAYS or state in ticked]
                return tuple(self._row(part, state, STATES[state]) for state in listed)
            case Part.KINDS:
                return (self._any(part, len(Kind)), *(self._row(part, kind, KIND[kind]) for kind in Kind))

    def _row(self, part: Part, value: str, words: str) -> Row:
        number = self.found.counts.get(FIELDS[part], {}).get(value, 0)
        return Row(words, str(number) if number else "·", value in self.choice.query.ticked(FIELDS[part]), value)

    def _any(self, part: Part, number: int) -> Row:
        return Row(ALL[part], str(number), not self.choice.query.ticked(FIELDS[part]), "")

    def _said(self, value: Value) -> str:
        choice = self.choice
        match value:
            case Value.NUMBER:
                return f"{self.asked} of {self.found.total}" if self.asked < self.found.total else f"all {self.asked}"
            case Value.TIME:
                return time_words(choice)
            case Value.ANSWERS:
                return ANSWERS[choice.answers]
            case Value.ORDER:
                return ORDERS[choice.query.order]
            case Value.SCHEDULE:
                return SCHEDULE[choice.schedule]

    # Steps

    def moved(self, by: int) -> Board:
        """Return the board with the cursor so many rows further in its list, or at its end."""
        place = max(0, min(self.place + by, len(self.rows(self.part)) - 1))
        return replace(self, places={**self.places, self.part: place})

    def at(self, part: Part, place: int) -> Board:
        """Return the board with the cursor in a list, on a row."""
        return replace(self, part=part, places={**self.places, part: place})

    def turned(self, by: int) -> Board:
        """Return the board with the cursor in the next list, or the one before."""
        parts = list(Part)
        return replace(self, part=parts[(parts.index(self.part) + by) % len(parts)])

    def ticked(self) -> Board:
        """Return the board with the row under the cursor ticked, or not; a value is changed by one step."""
        row = self.rows(self.part)[self.place]
        if self.part is Part.SITTING:
            return self.changed(1)
        name, query = FIELDS[self.part], self.choice.query
        return self.choosing(query.toggled(name, row.value) if row.value else query.beside(name))

    def changed(self, by: int) -> Board:
        """Return the board with the value under the cursor changed by a step."""
        if self.part is not Part.SITTING:
            return self
        choice = self.choice
        match list(Value)[self.place]:
            case Value.NUMBER:
                return self.more(by)
            case Value.TIME:
                minutes, seconds = _step(TIMES, (choice.minutes, choice.seconds), by)
                return replace(self, choice=replace(choice, minutes=minutes, seconds=seconds))
            case Value.ANSWERS:
                return replace(self, choice=replace(choice, answers=_step(tuple(ANSWERS), choice.answers, by)))
            case Value.ORDER:
                return self.choosing(replace(choice.query, order=_step(tuple(ORDERS), choice.query.order, by)))
            case Value.SCHEDULE:
                return replace(self, choice=replace(choice, schedule=_step(tuple(SCHEDULE), choice.schedule, by)))

    def more(self, by: int) -> Board:
        """Return the board with a step more questions, or less; beyond the highest number all are asked."""
        most = self.choice.query.most
        if by > 0:
            number = next((each for each in NUMBERS if each is None or (most is not None and each > most)), None)
        else:
            below = [
                each for each in NUMBERS if each is not None and each < (self.found.total if most is None else most)
            ]
            number = max(below, default=1)
        return self.choosing(replace(self.choice.query, most=number))

    def choosing(self, query: Query) -> Board:
        """Return the board with another query."""
        return replace(self, choice=replace(self.choice, query=query))

    # Presets

    def all_presets(self) -> tuple[Preset, ...]:
        """Return what the digits stand for: the usual ones on what is chosen otherwise, then those with a name."""
        base = self.choice.query.beside(Field.IS)
        usual = [
            Preset(name, replace(self.choice, query=base.having(Field.IS, states), ahead=0, new=0))
            for name, states in PRESETS.items()
        ]
        return (*usual, *self.presets)[:MOST_PRESETS]

    def preset(self) -> int | None:
        """Return the place of the preset that is chosen, if one is."""
        return next((place for place, each in enumerate(self.all_presets()) if each.choice.means(self.choice)), None)

    def taking(self, place: int) -> Board:
        """Return the board with a preset chosen."""
        presets = self.all_presets()
        return replace(self, choice=presets[place].choice) if place < len(presets) else self


def time_words(choice: Choice) -> str:
    """Return how much time there is for a sitting and for an answer."""
    said = [f"{choice.minutes} min"] if choice.minutes else []
    said += [f"{choice.seconds} s each"] if choice.seconds else []
    return ", ".join(said) or "none"


def _step(values: Sequence[T], now: T, by: int) -> T:
    place = values.index(now) + by if now in values else 0
    return values[place % len(values)]
