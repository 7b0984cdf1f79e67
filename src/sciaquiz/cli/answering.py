"""Reading an answer as an author names it: by ids, texts and letters, with words such as true and false."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sciaquiz.deck.kinds import (
    Asks,
    Cloze,
    Gaps,
    Hotspot,
    Matching,
    MultipleAnswer,
    Numeric,
    Ordering,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)
from sciaquiz.journal.entries import Rating
from sciaquiz.marking.response import Choice, Choices, Judgements, Pairs, Pointed, SelfGrade, Sequence
from sciaquiz.plain.asking import CERTAINTIES, area_targets, asked
from sciaquiz.study.shown import figure_shown
from sciaquiz.text import LETTERS, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Sequence as Sequenced

    from sciaquiz.deck.figure import Zone
    from sciaquiz.deck.kinds import Item, MatchingStem
    from sciaquiz.deck.model import Deck, Option
    from sciaquiz.journal.entries import Certainty
    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Shown

    Names = Mapping[str, Any]
    """What each name stands for, in the form that `_plain` gives it."""

    Entries = Sequenced[Option | Item | MatchingStem]

BETWEEN = re.compile(r"(and|then|is|are)\b|[^\w]")
"""What may stand between two names."""
NAME_ENDS = r"(?![\w-]*\w)"

TRUTH = dict.fromkeys(("true", "t", "yes"), True) | dict.fromkeys(("false", "f", "no"), False)
GRADES = {name: rating for rating in Rating for name in (rating.name.lower(), str(int(rating)))}
NUMBERS = tuple(str(number) for number in range(1, 100))
TEXT_WIDTH = 50


def answer_said(words: list[str], shown: Shown, deck: Deck) -> tuple[Response | None, Certainty | None]:
    """Return the answer that these words are, or None, and how sure they are, where the answer says so itself."""
    said = " ".join(words)
    question = shown.card.question
    if (named := _named(said, shown, deck)) is not None:
        return named, None
    if isinstance(question, Hotspot):  # whose letters would be of panels in the order of this showing
        return _named(said[:-1], shown, deck), CERTAINTIES.get(said[-1:])
    if isinstance(question, Cloze) and len(words) == len(question.gaps_of(shown.card.part)) and ";" not in said:
        said = ";".join(words)
    return asked(shown, deck).answer_in(said)


def expected_words(shown: Shown, deck: Deck) -> str:
    """Return what an answer to a card may be, with all that it can name a line each."""
    match shown.card.question:
        case SingleBestAnswer(options=options):
            return f"one of these{_rows(LETTERS, options)}"
        case MultipleAnswer(options=options):
            return f"those that apply of these{_rows(LETTERS, options)}"
        case TrueFalse(statements=statements):
            by_name = f"{statements[0].id}=true"
            return f"true or false for each of these in turn, or by name ({by_name}){_rows(NUMBERS, statements)}"
        case Ordering(items=items):
            return f"all of these in the right order{_rows(LETTERS, items)}"
        case Matching(options=options, reuse=reuse) as question:
            stems = question.stems_of(shown.card.part)
            by_name = f"{stems[0].id}={options[0].id}"
            given = f"an option{'' if reuse else ', each once,'} for each of these in turn, or by name ({by_name})"
            return f"{given}{_rows(NUMBERS, stems)}\nand the options are{_rows(LETTERS, options)}"
        case Hotspot() as question:
            rows = (
                f"\n  {sign} or {zone.key} ({shortened(zone.name, TEXT_WIDTH)})"
                for sign, zone in zip(LETTERS, _areas(question, deck), strict=False)
            )
            return f"one of these areas:{''.join(rows)}"
        case Recall() | Cloze(gaps=Gaps.REVEALED):
            return "the grade that a student gives it: 1 again, 2 hard, 3 good or 4 easy."
        case Typed() | Numeric() | Cloze():
            return f"{asked(shown, deck).expected}."


def _named(said: str, shown: Shown, deck: Deck) -> Response | None:
    """Return the answer that names make, or None where they do not."""
    order = shown.order
    match shown.card.question:
        case SingleBestAnswer(options=options):
            one = _meant(said, [_names(LETTERS, options)])
            return Choice(one[0], order) if one else None
        case MultipleAnswer(options=options):
            names, most = _names(LETTERS, options), len(options)
            some = next((found for count in range(most) if (found := _meant(said, [names] * (count + 1)))), [])
            is_each_once = len(set(some)) == len(some) > 0
            return Choices(tuple(each for each in order if each in some), order) if is_each_once else None
        case TrueFalse(statements=statements):
            answers = _each(said, _names(NUMBERS, statements), TRUTH, order)
            return Judgements(tuple((entry, answers[entry]) for entry in order)) if answers else None
        case Ordering(items=items):
            steps = _meant(said, [_names(LETTERS, items)] * len(items))
            return Sequence(tuple(steps), order) if len(set(steps)) == len(items) else None
        case Matching(options=options, reuse=reuse) as question:
            stems = _names(NUMBERS, question.stems_of(shown.card.part))
            given = _each(said, stems, _names(LETTERS, options), order)
            is_allowed = reuse or len(set(given.values())) == len(given)
            return Pairs(tuple((stem, given[stem]) for stem in order), order) if given and is_allowed else None
        case Hotspot() as question:
            areas = _meant(said, [_area_names(question, shown, deck)])
            return Pointed(*areas[0]) if areas else None
        case Recall() | Cloze(gaps=Gaps.REVEALED):
            grade = GRADES.get(_plain(said))
            return SelfGrade(grade) if grade else None
        case Typed() | Numeric() | Cloze():
            return None


def _names(signs: Iterable[str], entries: Entries) -> Names:
    """Return what options, steps, statements or stems may be called: an id goes before a text, a text before a sign."""
    names: dict[str, Any] = {sign: entry.id for sign, entry in zip(signs, entries, strict=False)}
    names |= {_plain(entry.text): entry.id for entry in entries}
    return names | {_plain(entry.id): entry.id for entry in entries}


def _area_names(question: Hotspot, shown: Shown, deck: Deck) -> Names:
    """Return what the areas of a figure may be called, and for each its key and its place as it is shown."""
    places = _places(question, shown, deck)
    names: dict[str, Any] = dict(zip(LETTERS, _areas(question, deck), strict=False))
    if question.asks is Asks.POINT:
        names = {_plain(zone.describe): zone for zone in places} | names
    names |= {_plain(zone.name): zone for zone in places}
    names |= {_plain(zone.key): zone for zone in places}
    return {name: (zone.key, places[zone]) for name, zone in names.items()}


def _places(question: Hotspot, shown: Shown, deck: Deck) -> dict[Zone, int]:
    """Return the place of each area as it is shown; of two that count alike the first is the last in turn."""
    figure = figure_shown(question, shown.answer_id, deck)
    zones = list(enumerate(figure.zones() if figure else ()))
    return {zone: place for place, zone in reversed(zones)}


def _areas(question: Hotspot, deck: Deck) -> list[Zone]:
    """Return the areas that have letters, in the author's order."""
    figure = next((figure for figure in deck.figures if figure.id == question.figure), None)
    zones = figure.zones() if figure else ()
    return [zones[place] for _, place in area_targets(question, figure)]


def _each(said: str, entries: Names, answers: Names, order: tuple[Any, ...]) -> dict[Any, Any]:
    """Read an answer for each entry: in turn, or behind the name of the entry. Nothing where one is missing."""
    if in_turn := _meant(said, [answers] * len(order)):
        return dict(zip(order, in_turn, strict=True))
    by_name = _meant(said, [entries, answers] * len(order))
    given = dict(zip(by_name[::2], by_name[1::2], strict=True))
    return given if len(given) == len(order) else {}


def _meant(said: str, turns: list[Names]) -> list[Any]:
    """Return what a line of names means, one name of each turn; nothing where it says less, more or anything else."""
    rest, found = _plain(said), []
    for names in turns:
        while (name := _first(rest, names)) is None:
            between = BETWEEN.match(rest)
            if between is None:
                return []
            rest = rest[between.end() :]
        found.append(names[name])
        rest = rest[len(name) :]
    return [] if re.search(r"\w", rest) else found


def _first(line: str, names: Names) -> str | None:
    """Return the longest name that a line begins with."""
    return max((name for name in names if name and re.match(re.escape(name) + NAME_ENDS, line)), key=len, default=None)


def _rows(signs: Iterable[str], entries: Entries) -> str:
    rows = (
        f"\n  {sign} or {entry.id} ({shortened(entry.text, TEXT_WIDTH)})"
        for sign, entry in zip(signs, entries, strict=False)
    )
    return f":{''.join(rows)}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .;,")
