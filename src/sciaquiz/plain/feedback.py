"""How the lines of feedback are laid out in plain mode: as sentences, the parts of a question by letter or number."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sciaquiz.deck.kinds import (
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
from sciaquiz.marking.response import Pointed
from sciaquiz.plain.asking import cloze_line
from sciaquiz.plain.lines import sentence
from sciaquiz.study.shown import figure_shown
from sciaquiz.text import LETTERS
from sciaquiz.view.answered import Mark, Part, parts
from sciaquiz.view.feedback import Line, Offer, Role, typed_feedback
from sciaquiz.view.feedback import feedback as feedback_lines
from sciaquiz.view.feedback import leech as leech_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.corrections import Corrected
    from sciaquiz.study.mixing import Mistake
    from sciaquiz.study.turns import Outcome

MARKS = {Mark.RIGHT: " – right", Mark.WRONG: " – wrong"}
OFFERED_BY = {
    Offer.DRILL: "sciaquiz drill",
    Offer.REASONS: "type :reasons",
    Offer.NOTE: "type :note last: and the text",
    Offer.SUSPEND: "type :suspend last",
    Offer.RESUME: "type :resume last",
}
"""How to do each thing that can be done about a leech."""


def feedback(
    outcome: Outcome,
    deck: Deck | None,
    mistakes: Iterable[Mistake],
    note: str,
    corrected: Corrected | None = None,
    *,
    all_whys: bool = False,
) -> list[str]:
    """Return the lines that follow an answer, before it is kept; with `all_whys` also the reasons that matter less."""
    verdict, *rest = feedback_lines(outcome, deck, mistakes, note, corrected)
    typed = [text for said in typed_feedback(outcome) for text in laid_out(said)]
    more = [text for said in rest for text in laid_out(said)]
    return [*laid_out(verdict), *answered(outcome, deck, all_whys=all_whys), *typed, *more]


def laid_out(said: Line) -> list[str]:
    """Return a line of feedback as it is printed, a paragraph a line."""
    match said.role:
        case Role.RIGHT | Role.PARTLY | Role.WRONG:
            return [f"{said.head}. {sentence(said.text.capitalize())}".strip() if said.text else f"{said.head}."]
        case Role.OWN_GRADE | Role.UNSAFE | Role.CORRECTED | Role.MIXED_UP | Role.DISCRIMINATOR | Role.WHY:
            return [said.text]
        case Role.RATING | Role.ALSO | Role.SPELLING:
            return [sentence(f"{said.head}: {said.text}")]
        case Role.ANSWER:
            return [sentence(f"{said.head} {said.text}")]
        case Role.NOTE | Role.SOURCE:
            return [f"{said.head}: {said.text}"]
        case Role.EXPLANATION:
            return said.text.split("\n\n")
        case _ as never:
            assert_never(never)


def answered(outcome: Outcome, deck: Deck | None, *, all_whys: bool = False) -> list[str]:
    """Return the parts of the question of which there is something to say, as far as the student has not said it."""
    question, found = outcome.shown.card.question, parts(outcome, deck)
    is_right = outcome.marked.correct
    match question:
        case SingleBestAnswer() | MultipleAnswer():
            return [*([] if is_right else [_key(question, found)]), *_options(found, all_whys=all_whys)]
        case TrueFalse():
            return [
                _with_why(f"{place}. {part.told}: {sentence(part.text)}", part, all_whys=all_whys)
                for place, part in enumerate(found, start=1)
                if part.said or all_whys
            ]
        case Ordering():
            steps = [
                _with_why(
                    sentence(f"  {place}. {part.text.rstrip('.')}{MARKS.get(part.mark, '')}{_said(part)}"),
                    part,
                    all_whys=all_whys,
                )
                for place, part in enumerate(found, start=1)
            ]
            return [] if is_right and not all_whys else ["The right order:", *steps]
        case Matching():
            return [
                _with_why(sentence(f"  {part.text} → {part.answer.rstrip('.')}{_said(part)}"), part, all_whys=all_whys)
                for part in found
                if part.mark is Mark.WRONG or (all_whys and part.why)
            ]
        case Hotspot():
            return _zones(question, outcome, deck, found)
        case Cloze(gaps=Gaps.TYPED):
            gaps = [sentence(f"  {part.text}{_said(part)}") for part in found if part.said]
            return [] if is_right else [cloze_line(question, outcome.shown.card.part, filled=True), *gaps]
        case Cloze() | Recall() | Typed() | Numeric():
            return []
        case _ as never:
            assert_never(never)


def leech(lapses: int, taken_for: list[str], *, suspended: bool) -> str:
    """Return what a card that is forgotten again and again is mixed up with, and what can be done."""
    found = leech_of(lapses, taken_for, suspended=suspended)
    *others, last = [f"{offer} ({OFFERED_BY[offer]})" for offer in found.offers]
    return f"{found.text} You can {', '.join(others)} or {last}."


def _key(question: SingleBestAnswer | MultipleAnswer, options: Sequence[Part]) -> str:
    """Which letters are right; the text too where it is one."""
    right = [
        (letter, part.text)
        for letter, part in zip(LETTERS, options, strict=False)
        if part.mark in (Mark.RIGHT, Mark.MISSED)
    ]
    if isinstance(question, MultipleAnswer):
        return f"Right are {', '.join(letter for letter, _ in right)}."
    [(letter, text)] = right
    return sentence(f"The answer is {letter}, {text}")


def _options(options: Sequence[Part], *, all_whys: bool) -> list[str]:
    """The reasons of what was chosen and of what is right, or all, by letter."""
    return [
        f"{letter}{_said(part)}: {part.why}" if part.why else sentence(f"{letter}{_said(part)}")
        for letter, part in zip(LETTERS, options, strict=False)
        if part.said or part.shown_why(all_whys=all_whys)
    ]


def _zones(question: Hotspot, outcome: Outcome, deck: Deck | None, found: Sequence[Part]) -> list[str]:
    """The right zones that were not chosen, the one that was, and the caption of the figure."""
    figure = figure_shown(question, outcome.shown.answer_id, deck)
    if figure is None:
        return []
    place = outcome.response.place if isinstance(outcome.response, Pointed) else None
    others = [part.text for at, part in enumerate(found) if part.mark is Mark.RIGHT and at != place]
    chosen = [
        f"Wrong: {part.text} ({part.said})" if part.said else f"Wrong: {part.text}"
        for part in found
        if part.mark is Mark.WRONG
    ]
    head = "Also right:" if outcome.marked.correct else "The answer is"
    key = [sentence(f"{head} {'; '.join(others)}")] if others else []
    return [*key, *(sentence(text) for text in chosen), figure.caption]


def _said(part: Part) -> str:
    return f", {part.said}" if part.said else ""


def _with_why(text: str, part: Part, *, all_whys: bool) -> str:
    return f"{text} {part.shown_why(all_whys=all_whys)}".rstrip()
