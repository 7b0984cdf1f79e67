"""What stands on paper for each kind of question: the entry in the exam, its field on the answer sheet, its key."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from sciaquiz.deck.kinds import (
    Asks,
    Cloze,
    Gap,
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
from sciaquiz.figure.svg import LIT
from sciaquiz.figure.vector import vector
from sciaquiz.printing.paper import lit_place
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.deck.model import Option
    from sciaquiz.deck.picture import Picture
    from sciaquiz.ids import OptionId
    from sciaquiz.printing.paper import Asked, Version

BLANK = "________"
TRUE_FALSE = "TF"
LINES_FOR_RECALL = 4
LONGEST_IN_KEY = 240
MOST_IN_KEY = 4
"""Accepted answers that a key lists; the answers have them all."""


class Field(Struct, frozen=True, kw_only=True):
    """One row of an answer sheet: circles to fill in, boxes for letters, or lines to write on.

    `name` tells rows of one question apart, `unit` stands behind a line.
    """

    name: str = ""
    marks: str = ""
    boxes: int = 0
    lines: int = 0
    unit: str = ""


class Drawn(Struct, frozen=True, kw_only=True):
    """A figure as SVG, with its words."""

    svg: str
    alt: str
    caption: str


class Entry(Struct, frozen=True, kw_only=True):
    """A question as it is printed.

    `vignette` are paragraphs that stand before it for the first time. `choices` are letters with texts, `rows` numbers
    with texts that are each to be answered. `key` is what is right, in letters or words; `whys` are the author's
    reasons, each with its letter, or nothing, before it.
    """

    number: int
    name: str
    vignette_title: str = ""
    vignette: tuple[str, ...] = ()
    stem: tuple[str, ...] = ()
    told: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    figure: Drawn | None = None
    picture: Picture | None = None
    fields: tuple[Field, ...] = ()
    key: str = ""
    words: tuple[str, ...] = ()
    whys: tuple[tuple[str, str], ...] = ()
    explanation: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether its answer is written on lines."""
        return any(field.lines for field in self.fields)

    @property
    def right(self) -> str:
        """What is right, in letters and in words."""
        return f"{self.key} ({'; '.join(self.words)})" if self.words else self.key

    @property
    def without_picture(self) -> str:
        """What stands in place of a picture that cannot be drawn."""
        return f"[The picture cannot be drawn. It shows: {self.picture.alt}]" if self.picture else ""


class _Form(Struct, frozen=True, kw_only=True):
    """What depends on the kind: as in `Entry`."""

    told: str = ""
    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    fields: tuple[Field, ...] = ()
    key: str = ""
    words: tuple[str, ...] = ()
    whys: tuple[tuple[str, str], ...] = ()


def entries(version: Version) -> tuple[Entry, ...]:
    """Return the questions of a version as they are printed."""
    found = []
    told: dict[tuple[str, str], int] = {}
    for asked in version.asked:
        question, deck = asked.card.question, asked.deck
        case = deck.case_of(question)
        seen = told.get((deck.id, str(question.case)), 0)
        stages: tuple[str, ...] = ()
        if case is not None:
            stages = case.stages[seen : question.stage]
            told[deck.id, str(question.case)] = max(seen, question.stage)
        form = _form(asked)
        stem = [*_parted(question.stem), *([form.text] if form.text else [])]
        if question.according_to:
            stem.append(f"According to: {question.according_to}")
        cited = {source.id: source.citation for source in deck.sources}
        found.append(
            Entry(
                number=asked.number,
                name=asked.card.id,
                vignette_title=case.title if case is not None and not seen else "",
                vignette=tuple(paragraph for stage in stages for paragraph in _parted(stage)),
                stem=tuple(stem),
                told=form.told,
                choices=form.choices,
                rows=form.rows,
                figure=_figure(asked, version.name),
                picture=question.picture,
                fields=form.fields,
                key=form.key,
                words=form.words,
                whys=form.whys,
                explanation=_parted(question.explanation),
                sources=tuple(cited[source] for source in question.sources if source in cited),
            )
        )
    return tuple(found)


def _parted(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("\n\n")))


def _form(asked: Asked) -> _Form:
    match asked.card.question:
        case SingleBestAnswer(options=options):
            return _chosen(options, asked.order, "")
        case MultipleAnswer(options=options):
            return _chosen(options, asked.order, "Mark all that apply.")
        case TrueFalse(statements=statements):
            return _judged(statements, asked.order)
        case Recall(answer=answer):
            return _Form(
                fields=(Field(lines=LINES_FOR_RECALL),),
                key=shortened(answer, LONGEST_IN_KEY),
                told="Answer in your own words.",
                words=_whole(answer),
            )
        case Typed(answers=answers):
            return _Form(
                fields=(Field(lines=1),), key=_accepted(answers), told="Write the term.", words=answers[MOST_IN_KEY:]
            )
        case Numeric(unit=unit) as question:
            told = f"Write a number in {unit}." if unit else "Write a number."
            return _Form(fields=(Field(lines=1, unit=unit),), key=question.words(), told=told)
        case Cloze() as question:
            return _gapped(question, asked.card.part)
        case Ordering(items=items):
            texts = {item.id: item.text for item in items}
            letters = _letters(asked.order)
            return _Form(
                told="Write the letters in the right order.",
                choices=tuple((letters[each], texts[each]) for each in asked.order),
                fields=(Field(boxes=len(items)),),
                key=" ".join(letters[item.id] for item in items),
                whys=tuple((letters[item.id], item.why) for item in items if item.why),
            )
        case Matching() as question:
            return _matched(question, asked.order)
        case Hotspot() as question:
            return _pointed(question, asked)
        case _ as never:
            assert_never(never)


def _letters(order: Iterable[OptionId]) -> dict[OptionId, str]:
    return dict(zip(order, ascii_uppercase, strict=False))


def _chosen(options: Sequence[Option], order: Sequence[OptionId], told: str) -> _Form:
    by_id = {option.id: option for option in options}
    letters = _letters(order)
    right = [each for each in order if by_id[each].correct]
    return _Form(
        told=told,
        choices=tuple((letters[each], by_id[each].text) for each in order),
        fields=(Field(marks="".join(letters[each] for each in order)),),
        key=" ".join(letters[each] for each in right),
        words=tuple(by_id[each].text for each in right),
        whys=tuple((letters[each], by_id[each].why) for each in order if by_id[each].why),
    )


def _judged(statements: Sequence[Option], order: Sequence[OptionId]) -> _Form:
    by_id = {statement.id: statement for statement in statements}
    numbers = {each: str(place) for place, each in enumerate(order, start=1)}
    return _Form(
        told="Mark each statement as true (T) or false (F).",
        rows=tuple((numbers[each], by_id[each].text) for each in order),
        fields=tuple(Field(name=numbers[each], marks=TRUE_FALSE) for each in order),
        key=", ".join(f"{numbers[each]} {TRUE_FALSE[not by_id[each].correct]}" for each in order),
        whys=tuple((numbers[each], by_id[each].why) for each in order if by_id[each].why),
    )


def _gapped(question: Cloze, group: str) -> _Form:
    gaps = question.gaps_of(group)
    is_one = len(gaps) == 1
    parts, number = [], 0
    for part in question.parts:
        if isinstance(part, Gap) and part.group == group:
            number += 1
            hint = f" ({part.hint})" if part.hint else ""
            parts.append(f"{BLANK}{hint}" if is_one else f"({number}) {BLANK}{hint}")
        else:
            parts.append(part if isinstance(part, str) else part.answers[0])
    names = [""] if is_one else [str(place + 1) for place in range(len(gaps))]
    hidden = [answer for gap in gaps for answer in gap.answers[MOST_IN_KEY:]]
    keys = [_accepted(gap.answers) for gap in gaps]
    return _Form(
        text="".join(parts),
        told="Write what is missing.",
        fields=tuple(Field(name=name, lines=1) for name in names),
        key=keys[0] if is_one else ", ".join(f"{name} {key}" for name, key in zip(names, keys, strict=True)),
        words=tuple(hidden),
    )


def _whole(answer: str) -> tuple[str, ...]:
    """Return an answer that the key has only the beginning of."""
    return (answer,) if shortened(answer, LONGEST_IN_KEY) != " ".join(answer.split()) else ()


def _accepted(answers: Sequence[str]) -> str:
    """Return the first of the accepted answers, and how many more there are."""
    more = len(answers) - MOST_IN_KEY
    return "; or ".join(answers[:MOST_IN_KEY]) + (f"; or {more} more" if more > 0 else "")


def _matched(question: Matching, order: Sequence[OptionId]) -> _Form:
    letters = _letters(option.id for option in question.options)
    stems = {stem.id: stem for stem in question.stems}
    is_one = len(order) == 1
    names = {each: "" if is_one else str(place) for place, each in enumerate(order, start=1)}
    said = "each option once at most" if not question.reuse else "an option may be used more than once, or not at all"
    return _Form(
        told=f"Give each its letter; {said}.",
        choices=tuple((letters[option.id], option.text) for option in question.options),
        rows=tuple((names[each], stems[each].text) for each in order),
        fields=tuple(Field(name=names[each], marks="".join(letters.values())) for each in order),
        key=", ".join(f"{names[each]} {letters[stems[each].answer]}".strip() for each in order),
        whys=tuple((names[each], stems[each].why) for each in order if stems[each].why),
    )


def _pointed(question: Hotspot, asked: Asked) -> _Form:
    zones = asked.figure.zones() if asked.figure else ()
    if question.asks is Asks.NAME:
        names = sorted({zone.name for zone in zones})  # in the order of the zones they would say where each lies
        letters = dict(zip(names, ascii_uppercase, strict=False))
        right = next((zone.name for zone in zones if zone.key == question.regions[0]), "")
        return _Form(
            told=f"It is the area marked “{LIT}”.",
            choices=tuple((letters[name], name) for name in names),
            fields=(Field(marks="".join(letters.values())),),
            key=letters.get(right, ""),
            words=(right,),
        )
    marks = ascii_uppercase[: len(zones)]
    right_zones = [(letter, zone) for letter, zone in zip(marks, zones, strict=True) if zone.key in question.regions]
    return _Form(
        told="Mark the letter in the figure.",
        fields=(Field(marks=marks),),
        key=" or ".join(letter for letter, _ in right_zones),
        words=tuple(dict.fromkeys(zone.name for _, zone in right_zones)),
    )


def _figure(asked: Asked, version: str) -> Drawn | None:
    figure = asked.figure
    if figure is None:
        return None
    lit = lit_place(asked)
    svg = vector(figure, f"f{version}-{asked.number}", ascii_uppercase, lit)
    zones = [f"{letter}: {figure.where(zone)}" for letter, zone in zip(ascii_uppercase, figure.zones(), strict=False)]
    told = "; ".join(zones) if lit is None else f"Marked: {figure.where(figure.zones()[lit])}"
    return Drawn(svg=svg, alt=f"{figure.title}. {figure.alt} {told}.", caption=figure.caption)
