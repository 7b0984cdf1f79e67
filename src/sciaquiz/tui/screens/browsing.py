"""What Browse draws: a row of the list, the line above it, and what can be ticked beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.widgets.option_list import Option

from sciaquiz.deck.model import Kind
from sciaquiz.study.query import Field
from sciaquiz.text import cells, cut
from sciaquiz.tui.screens.preview import SIGN
from sciaquiz.tui.text import ACCENT, AMBER, FAINT, MUTED, line, say, spread
from sciaquiz.view.finding import ORDER
from sciaquiz.view.kinds import KIND
from sciaquiz.view.standing import DUE, NEW, STATE, back_in_words, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.content import Content

    from sciaquiz.catalogue.matching import Row
    from sciaquiz.clock import Moment
    from sciaquiz.study.query import Query
    from sciaquiz.study.querying import Vocabulary

BACK_IN = "back in"
MOST_TOPICS = 12
LISTED = {Field.DECK: "Deck", Field.TOPIC: "Topic", Field.IS: "State", Field.KIND: "Kind"}


class Found(NamedTuple):
    """How many cards were found of how many, whether that is all of them, how many are marked, and what is said of
    none."""

    found: int
    of: int
    is_whole: bool
    marked: int
    hint: str


class Facet(NamedTuple):
    """A line beside the list: a value of a field that can be ticked, or the name of the field above its values."""

    field: Field
    value: str
    option: Option


def row_line(row: Row, now: Moment, width: int, *, is_marked: bool | None) -> Content:
    """Return a card in one line; `is_marked` is None as long as none is."""
    standing = standing_of(row.state, must_not_miss=row.must_not_miss)
    sign = say(standing.value, SIGN[standing])
    flag = say("*", AMBER) if row.state.marks.flagged else " "
    mark = "" if is_marked is None else say("■ " if is_marked else "  ", ACCENT)
    back = back_in_words(row.state, now)
    right = say(back, "bold" if back == DUE else FAINT if back == NEW else MUTED)
    part = f"  {row.part}" if row.part else ""
    left = line(sign, flag, " ", mark)
    room = max(4, width - left.cell_length - cells(part) - max(len(BACK_IN), len(back)) - 3)
    left = line(left, cut(row.opening, room), say(part, MUTED)).truncate(width - right.cell_length - 2, ellipsis=True)
    return spread(left, right, width)


def head_line(found: Found, query: Query, fault: str, width: int) -> Content:
    """Return how many cards there are, or what is wrong with the query."""
    if fault:
        return say(cut(fault, width), AMBER)
    if found.is_whole and not found.found:
        return say(cut(found.hint, width), MUTED)
    number = f"{found.found} of {found.of}" if found.found < found.of else f"{found.of}"
    told = say(f"{number} {'question' if found.of == 1 else 'questions'}" if found.is_whole else "…", FAINT)
    marked = say(f"  {found.marked} marked", f"bold {ACCENT}") if found.marked else line()
    ordered = say(f", {ORDER[query.order]}", FAINT)
    right = say(BACK_IN, FAINT)
    ways = (line(told, ordered, marked), line(told, marked), told)
    left = next((way for way in ways if way.cell_length + right.cell_length + 2 <= width), None)
    return told.truncate(width, ellipsis=True) if left is None else spread(left, right, width)


def facets(query: Query, counts: Mapping[Field, Mapping[str, int]], vocabulary: Vocabulary, width: int) -> list[Facet]:
    """Return what can be ticked, each with how many cards would match, below the name of its field."""
    found: list[Facet] = []
    for name, title in LISTED.items():
        if found:
            found.append(Facet(name, "", Option("", disabled=True)))
        found.append(Facet(name, "", Option(say(title, FAINT), disabled=True)))
        ticked = query.ticked(name)
        for value, words in _values(name, counts.get(name, {}), vocabulary, ticked):
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
        case Field.KIND:
            yield from ((value, KIND[Kind(value)]) for value in by_number)
        case _:
            yield from ((state.value, words) for state, words in STATE.items() if counts.get(state) or state in ticked)
