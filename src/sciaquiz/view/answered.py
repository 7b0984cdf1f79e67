"""What could be answered, part by part, once it was: which part is right, what the student said of it, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

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
from sciaquiz.marking.response import Choice, Choices, Judgements, Pairs, Pointed, Sequence, Written
from sciaquiz.study.shown import figure_shown
from sciaquiz.text import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.model import Deck, Option
    from sciaquiz.ids import OptionId
    from sciaquiz.marking.marked import Marked
    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Outcome

NOTHING = "nothing"


class Mark(StrEnum):
    """What a part is once it was answered; MISSED is right and was not chosen, OPEN is neither right nor chosen."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"
    OPEN = "open"


class Part(Struct, frozen=True, kw_only=True):
    """An option, a statement, a step, a stem, a gap or a zone.

    `answer` is what a statement is, or the option that a stem belongs to. `said` is what the student answered, where
    that has to be said. `why` is shown without being asked for if the part `matters`.
    """

    text: str
    mark: Mark
    answer: str = ""
    said: str = ""
    why: str = ""
    matters: bool = True

    @property
    def told(self) -> str:
        """What the part is and what the student answered, as far as there is something to say."""
        return ", ".join(words for words in (self.answer, self.said) if words)

    def shown_why(self, *, all_whys: bool = False) -> str:
        """Return the reason if it is to be shown."""
        return self.why if self.matters or all_whys else ""


def parts(outcome: Outcome, deck: Deck | None) -> tuple[Part, ...]:
    """Return the parts of a question in the order shown, those of an ordering in the right order.

    What is typed or recalled as one text has none.
    """
    shown, response, marked = outcome.shown, outcome.response, outcome.marked
    match shown.card.question:
        case SingleBestAnswer(options=options):
            return _options(options, shown.order, {response.option} if isinstance(response, Choice) else set())
        case MultipleAnswer(options=options):
            chosen = set(response.options) if isinstance(response, Choices) else set[str]()
            return _options(options, shown.order, chosen, missed="right, not chosen")
        case TrueFalse() as question:
            return _statements(question, shown.order, response)
        case Ordering() as question:
            return _steps(question, response, marked)
        case Matching() as question:
            return _stems(question, shown.order, response)
        case Hotspot() as question:
            figure = figure_shown(question, shown.answer_id, deck)
            return zones(question, figure, response) if figure else ()
        case Cloze(gaps=Gaps.TYPED) as question:
            return _gaps(question, shown.card.part, response, marked)
        case Cloze() | Recall() | Typed() | Numeric():
            return ()
        case _ as never:
            assert_never(never)


def _options(
    options: Iterable[Option], order: Iterable[OptionId], chosen: Set[str], missed: str = ""
) -> tuple[Part, ...]:
    """`missed` is said of right options that were not chosen; where one is right, choosing another says it."""
    by_id = {option.id: option for option in options}
    found = []
    for option in (by_id[option_id] for option_id in order):
        is_chosen, is_missed = option.id in chosen, option.correct and bool(missed) and option.id not in chosen
        mark = Mark.MISSED if is_missed else Mark.RIGHT if option.correct else Mark.WRONG if is_chosen else Mark.OPEN
        said = missed if is_missed else ""
        found.append(Part(text=option.text, mark=mark, said=said, why=option.why, matters=option.correct or is_chosen))
    return tuple(found)


def _statements(question: TrueFalse, order: Iterable[OptionId], response: Response) -> tuple[Part, ...]:
    by_id = {statement.id: statement for statement in question.statements}
    given = dict(response.answers) if isinstance(response, Judgements) else {}
    found = []
    for statement in (by_id[statement_id] for statement_id in order):
        right = given.get(statement.id) == statement.correct
        answer, other = ("True", "false") if statement.correct else ("False", "true")
        found.append(
            Part(
                text=statement.text,
                mark=Mark.RIGHT if right else Mark.WRONG,
                answer=answer,
                said="" if right else f"you said {other}",
                why=statement.why,
                matters=not right,
            )
        )
    return tuple(found)


def _steps(question: Ordering, response: Response, marked: Marked) -> tuple[Part, ...]:
    """A step is right that was put behind the right one. The first follows none: it is marked where all is right."""
    given = response.items if isinstance(response, Sequence) else ()
    follows = {part.id: part.right for part in marked.parts}
    found = []
    for place, item in enumerate(question.items):
        put = given.index(item.id) if item.id in given else place
        right = marked.correct or follows.get(item.id)
        mark = Mark.OPEN if right is None else Mark.RIGHT if right else Mark.WRONG
        said = "" if put == place else f"you said {put + 1}"
        found.append(Part(text=item.text, mark=mark, said=said, why=item.why, matters=not right))
    return tuple(found)


def _stems(question: Matching, order: Iterable[OptionId], response: Response) -> tuple[Part, ...]:
    by_id = {stem.id: stem for stem in question.stems}
    text_of = {option.id: option.text for option in question.options}
    given = dict(response.pairs) if isinstance(response, Pairs) else {}
    found = []
    for stem in (by_id[stem_id] for stem_id in order):
        right = given.get(stem.id) == stem.answer
        said = f"you said {text_of.get(given[stem.id], '')}" if stem.id in given and not right else ""
        mark = Mark.RIGHT if right else Mark.WRONG
        found.append(
            Part(text=stem.text, mark=mark, answer=text_of[stem.answer], said=said, why=stem.why, matters=not right)
        )
    return tuple(found)


def zones(question: Hotspot, figure: Figure, response: Response) -> tuple[Part, ...]:
    """Return the zones of a figure: what each is called and where it lies, and the letter by which it was chosen."""
    chosen = response.place if isinstance(response, Pointed) else None
    found = []
    for place, zone in enumerate(figure.zones()):
        is_key, is_chosen = zone.key in question.regions, place == chosen
        mark = Mark.RIGHT if is_key else Mark.WRONG if is_chosen else Mark.OPEN
        said = f"your {LETTERS[place]}" if is_chosen and question.asks is Asks.POINT else ""
        text = f"{zone.name} – {figure.where(zone)}"
        found.append(Part(text=text, mark=mark, said=said, matters=is_key or is_chosen))
    return tuple(found)


def area_meant(question: Hotspot, figure: Figure) -> str:
    """Return words for the area that a student has to name, where no figure can be seen."""
    lit = next((figure.where(zone) for zone in figure.zones() if zone.key == question.regions[0]), "")
    return f"The area meant: {lit}."


def _gaps(question: Cloze, group: str, response: Response, marked: Marked) -> tuple[Part, ...]:
    gaps = question.gaps_of(group)
    texts = (*(response.texts if isinstance(response, Written) else ()), *[""] * len(gaps))
    rights = [part.right for part in marked.parts]
    return tuple(
        Part(
            text=gap.answers[0],
            mark=Mark.RIGHT if right else Mark.WRONG,
            said="" if right else f"you typed {text or NOTHING}",
            matters=not right,
        )
        for gap, text, right in zip(gaps, texts, rights, strict=False)
    )
