"""Marking what was typed: terms, numbers and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sciaquiz.deck.kinds import (
    Cloze,
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
from sciaquiz.marking.gaps import places
from sciaquiz.marking.lexicon import Judged, Lexicon, TermVerdict, judge
from sciaquiz.marking.marked import Marked, Part, all_or_nothing, share
from sciaquiz.marking.number import NumberVerdict, judge_number
from sciaquiz.marking.sameness import with_synonyms

if TYPE_CHECKING:
    from sciaquiz.deck.model import Card, Question
    from sciaquiz.marking.response import Written

ACCEPTED = (TermVerdict.RIGHT, TermVerdict.TYPO)


def mark_written(card: Card, written: Written, lexicon: Lexicon | None) -> Marked:
    """Mark a typed answer; a typing error that can mean nothing else is accepted and noted."""
    lexicon = lexicon or Lexicon()
    match card.question:
        case Numeric() as question:
            right = judge_number("".join(written.texts[:1]), question).verdict is NumberVerdict.RIGHT
            return all_or_nothing(right, Part("number", right))
        case Typed() as question:
            judged = judge_term(question, written, lexicon)
            right = judged.verdict in ACCEPTED
            return all_or_nothing(
                right, Part("text", right, judged.answer if judged.verdict is TermVerdict.TYPO else "")
            )
        case Cloze() as question:
            gaps = places(question, card.part)
            texts = (*written.texts, *[""] * len(gaps))
            names = concepts_of(question, lexicon)
            found = [gap.judge(text, lexicon, names) for text, gap in zip(texts, gaps, strict=False)]
            return share(tuple(Part(f"gap-{place}", entry.verdict in ACCEPTED) for place, entry in enumerate(found)))
        case (
            SingleBestAnswer() | MultipleAnswer() | TrueFalse() | Recall() | Ordering() | Matching() | Hotspot()
        ) as question:
            raise ValueError(f"{question.id}: a {question.kind} question is not answered by typing")
        case _ as never:
            assert_never(never)


def reminder(card: Card, written: Written, lexicon: Lexicon | None) -> str:
    """Return what to ask before a typed answer counts, or nothing: a near miss and an unreadable number go back once.

    The words never say whether the answer would be right, and never hold a term that was not typed.
    """
    if written.reminded:
        return ""
    lexicon = lexicon or Lexicon()
    match card.question:
        case Numeric() as question:
            judged = judge_number("".join(written.texts[:1]), question)
            asks_again = judged.verdict in (NumberVerdict.UNREADABLE, NumberVerdict.OTHER_UNIT)
            return judged.words if asks_again else ""
        case Typed() as question:
            return judge_term(question, written, lexicon).reminder
        case Cloze() as question:
            names = concepts_of(question, lexicon)
            gaps = zip(written.texts, places(question, card.part), strict=False)
            judged_gaps = (gap.judge(text, lexicon, names) for text, gap in gaps)
            return next((entry.reminder for entry in judged_gaps if entry.reminder), "")
        case SingleBestAnswer() | MultipleAnswer() | TrueFalse() | Recall() | Ordering() | Matching() | Hotspot():
            return ""
        case _ as never:
            assert_never(never)


def judge_term(question: Typed, written: Written, lexicon: Lexicon) -> Judged:
    """Judge the term that was typed, with what the question, its vignette and its deck say about it."""
    deck = lexicon.deck(question.deck_id)
    case = deck.case_of(question) if deck else None
    told = case.stages[: question.stage] if case else ()
    return judge(
        "".join(written.texts[:1]),
        question.answers,
        lexicon,
        exact=question.exact,
        asked="\n\n".join((*told, question.stem)),
        wrong=tuple(entry.text for entry in question.wrong),
        concepts=concepts_of(question, lexicon),
    )


def concepts_of(question: Question, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Return the names of each concept of the question's deck, with each of two synonyms in one of them."""
    deck = lexicon.deck(question.deck_id)
    named = [(concept.name, *concept.aliases) for concept in deck.concepts] if deck else []
    return tuple(tuple(form for name in names for form in with_synonyms(name)) for names in named)
