"""What a student can answer, by kind, and its form in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from msgspec import Struct

from sciaquiz.ids import OptionId
from sciaquiz.journal.entries import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping


class Choice(Struct, frozen=True):
    """One option chosen; `shown` is the order in which the options stood on the screen."""

    option: OptionId
    shown: tuple[OptionId, ...]


class SelfGrade(Struct, frozen=True):
    """The student's own verdict on what came to mind."""

    rating: Rating


class Choices(Struct, frozen=True):
    """Several options chosen, or none of them."""

    options: tuple[OptionId, ...]
    shown: tuple[OptionId, ...]


class Judgements(Struct, frozen=True):
    """What the student holds each statement for, in the order shown."""

    answers: tuple[tuple[OptionId, bool], ...]


class Written(Struct, frozen=True):
    """What the student typed, one text for each gap. `reminded` says that a near miss was handed back once, `hinted`
    that a hint was shown."""

    texts: tuple[str, ...]
    reminded: bool = False
    hinted: bool = False


class Sequence(Struct, frozen=True):
    """Items in the order in which the student put them; `shown` is how they stood at first."""

    items: tuple[OptionId, ...]
    shown: tuple[OptionId, ...] = ()


class Pairs(Struct, frozen=True):
    """The option that the student gave to each stem."""

    pairs: tuple[tuple[OptionId, OptionId], ...]
    shown: tuple[OptionId, ...] = ()


class Pointed(Struct, frozen=True):
    """The region of a figure that the student chose or named; `place` is its place among the figure's zones."""

    region: str
    place: int


Response = Choice | SelfGrade | Choices | Judgements | Written | Sequence | Pairs | Pointed


def to_json(response: Response) -> Mapping[str, object]:
    """Return the form in which the journal keeps a response."""
    match response:
        case Choice(option, shown):
            return {"chosen": option, "shown": list(shown)}
        case SelfGrade(rating):
            return {"self_grade": int(rating)}
        case Choices(options, shown):
            return {"chosen_all": list(options), "shown": list(shown)}
        case Judgements(answers):
            return {"judged": [[statement, answer] for statement, answer in answers]}
        case Written(texts, reminded, hinted):
            return {"typed": list(texts), "reminded": reminded, "hinted": hinted}
        case Sequence(items, shown):
            return {"order": list(items), "shown": list(shown)}
        case Pairs(pairs, shown):
            return {"pairs": [[stem, option] for stem, option in pairs], "shown": list(shown)}
        case Pointed(region, place):
            return {"region": region, "place": place}
        case _ as never:
            assert_never(never)


def from_json(kept: Mapping[str, Any]) -> Response | None:
    """Return the response that the journal kept, or None if it has a form that is not known here."""
    try:
        match kept:
            case {"chosen": str(option), **rest}:
                return Choice(OptionId(option), _ids(rest.get("shown", ())))
            case {"self_grade": int(rating)}:
                return SelfGrade(Rating(rating))
            case {"chosen_all": list(options), **rest}:
                return Choices(_ids(options), _ids(rest.get("shown", ())))
            case {"judged": list(answers)}:
                return Judgements(tuple((OptionId(str(statement)), bool(answer)) for statement, answer in answers))
            case {"typed": list(texts), **rest}:
                words = tuple(str(text) for text in texts)
                return Written(words, bool(rest.get("reminded")), bool(rest.get("hinted")))
            case {"order": list(items), **rest}:
                return Sequence(_ids(items), _ids(rest.get("shown", ())))
            case {"pairs": list(pairs), **rest}:
                found = tuple((OptionId(str(stem)), OptionId(str(option))) for stem, option in pairs)
                return Pairs(found, _ids(rest.get("shown", ())))
            case {"region": str(region), "place": int(place)}:
                return Pointed(region, place)
            case _:
                return None
    except (TypeError, ValueError):
        return None


def _ids(values: Any) -> tuple[OptionId, ...]:
    return tuple(OptionId(str(value)) for value in values)
