"""What can be ticked beside a list: decks, topics, states and kinds, each with how many cards would match."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sciaquiz.deck.model import Kind
from sciaquiz.study.query import Field
from sciaquiz.text import cut
from sciaquiz.tui.text import ACCENT, FAINT, MUTED, line, say, spread
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.kinds import KIND
from sciaquiz.view.standing import STATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.binding import BindingType

    from sciaquiz.study.query import Query
    from sciaquiz.study.querying import Vocabulary

    Counts = Mapping[Field, Mapping[str, int]]

MOST_TOPICS = 12
LISTED = {Field.DECK: "Deck", Field.TOPIC: "Topic", Field.IS: "State", Field.KIND: "Kind", Field.LEVEL: "Level"}


class Facet(NamedTuple):
    """A line beside the list: a value of a field that can be ticked, or the name of the field above its values."""

    field: Field
    value: str
    option: Option


class Facets(VimList):
    """The values that can be ticked, one a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "select", "tick", tooltip="Look for this as well, or no longer"),
        Binding("tab,escape", "screen.to_list", "to the list", tooltip="Back to the list"),
    ]

    class Ticked(Message):
        """A value is to be ticked, or no longer."""

        def __init__(self, field: Field, value: str) -> None:
            super().__init__()
            self.field = field
            self.value = value

    _facets: tuple[Facet, ...] = ()

    def show(self, query: Query, counts: Counts, vocabulary: Vocabulary) -> None:
        """Show what can be ticked, with the cursor on the value where it was."""
        here = self._facets[self.highlighted] if self.highlighted is not None else None
        self._facets = tuple(facets(query, counts, vocabulary, self.size.width))
        self.set_options(facet.option for facet in self._facets)
        if here is not None:
            same = (place for place, facet in enumerate(self._facets) if facet[:2] == here[:2])
            self.highlighted = next(same, None)

    @on(OptionList.OptionSelected)
    def _tick(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        facet = self._facets[event.option_index]
        self.post_message(self.Ticked(facet.field, facet.value))


def facets(query: Query, counts: Mapping[Field, Mapping[str, int]], vocabulary: Vocabulary, width: int) -> list[Facet]:
    """Return what can be ticked, each with how many cards would match, below the name of its field."""
    found: list[Facet] = []
    for name, title in LISTED.items():
        ticked = query.ticked(name)
        values = list(_values(name, counts.get(name, {}), vocabulary, ticked))
        if not values:
            continue
        if found:
            found.append(Facet(name, "", Option("", disabled=True)))
        found.append(Facet(name, "", Option(say(title, FAINT), disabled=True)))
        for value, words in values:
            number = counts.get(name, {}).get(value, 0)
            is_ticked = value in ticked
            sign = say("✓ " if is_ticked else "· ", ACCENT if is_ticked else FAINT)
            told = say(str(number) if number else "·", "" if is_ticked else MUTED)
            room = max(4, width - told.cell_length - 3)
            left = line(sign, say(cut(words, room - 2), "" if is_ticked else MUTED))
            found.append(Facet(name, value, Option(spread(left, told, width - 1))))
    return found


def _values(
    name: Field, counts: Mapping[str, int], vocabulary: Vocabulary, ticked: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield the values of a field with their words: decks by title, topics and kinds by what they give."""
    by_number = sorted(counts, key=lambda value: -counts[value])
    match name:
        case Field.DECK:
            yield from vocabulary.decks.items()
        case Field.TOPIC:
            shown = [*ticked, *(value for value in by_number if value not in ticked)][:MOST_TOPICS]
            yield from ((value, vocabulary.topics.get(value, value)) for value in shown)
        case Field.LEVEL:
            yield from ((value, value.replace("-", " ")) for value in vocabulary.levels)
        case Field.KIND:
            yield from ((value, KIND[Kind(value)]) for value in by_number)
        case _:
            yield from ((state.value, words) for state, words in STATE.items() if counts.get(state) or state in ticked)
