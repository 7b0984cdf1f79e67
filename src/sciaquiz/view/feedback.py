"""What is said about an answer, line by line, each with its role: the faces only lay it out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

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
from sciaquiz.marking.confusion import named_among
from sciaquiz.marking.credit import credit_words
from sciaquiz.marking.rating import Reason
from sciaquiz.marking.response import SelfGrade, Written
from sciaquiz.study.danger import is_dangerous, proof_day
from sciaquiz.view.updating import correction_words
from sciaquiz.view.words import CERTAINTY, RATING, citations
from sciaquiz.words import times, weekday_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.corrections import Corrected
    from sciaquiz.study.mixing import Mistake
    from sciaquiz.study.turns import Outcome

MOST_OTHERS = 3
"""Other accepted answers that are named."""


class Role(StrEnum):
    """What a line is about, which decides how a face lays it out."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "wrong"
    OWN_GRADE = "own grade"
    UNSAFE = "unsafe"
    RATING = "rating"
    ANSWER = "answer"
    ALSO = "also"
    SPELLING = "spelling"
    WHY = "why"
    CORRECTED = "corrected"
    MIXED_UP = "mixed up"
    DISCRIMINATOR = "discriminator"
    NOTE = "note"
    EXPLANATION = "explanation"
    SOURCE = "source"


class Line(Struct, frozen=True):
    """A line of feedback; `head` is what it begins with, to be set apart. Neither ends in a full stop of our own."""

    role: Role
    text: str
    head: str = ""


def verdict(outcome: Outcome) -> Line:
    """Return right or wrong, what there is credit for, and how sure the student was; or the student's own grade."""
    marked, response, certainty = outcome.marked, outcome.response, outcome.answer.certainty
    if isinstance(response, SelfGrade):
        return Line(Role.OWN_GRADE, f"You graded it “{RATING[response.rating]}”.")
    sure = CERTAINTY[certainty] if certainty is not None else ""
    role, head = (
        (Role.RIGHT, "Right")
        if marked.correct
        else (Role.PARTLY, "Partly right")
        if marked.score
        else (Role.WRONG, "Wrong")
    )
    return Line(role, ", ".join(words for words in (credit(outcome), sure) if words), head)


def credit(outcome: Outcome) -> str:
    """Return what of an answer is right that is not right as a whole; nothing where no part is."""
    marked = outcome.marked
    if marked.correct or not any(part.right for part in marked.parts):
        return ""
    return credit_words(outcome.shown.card.question, outcome.response, marked)


def feedback(
    outcome: Outcome, deck: Deck | None, mistakes: Iterable[Mistake], note: str, corrected: Corrected | None = None
) -> list[Line]:
    """Return the verdict and all that follows it, but for the parts of the question and what was typed."""
    question = outcome.shown.card.question
    found = [verdict(outcome)]
    if corrected is not None:
        found.append(Line(Role.CORRECTED, correction_words(corrected)))
    if is_dangerous(outcome):
        until = f"you are right and certain on or after {weekday_words(proof_day(outcome))}, and once more"
        found.append(Line(Role.UNSAFE, f"Unsafe until {until}."))
    if says_more(outcome.verdict.reason) and not outcome.is_practice:
        found.append(Line(Role.RATING, outcome.verdict.reason, f"Rated “{RATING[outcome.verdict.rating]}”"))
    for mistake in mistakes:
        found.append(Line(Role.MIXED_UP, mistake.sentence))
        if mistake.discriminator:
            found.append(Line(Role.DISCRIMINATOR, mistake.discriminator))
    if note:
        found.append(Line(Role.NOTE, note, "Your note"))
    if question.explanation:
        found.append(Line(Role.EXPLANATION, question.explanation))
    if source := citations(question, deck):
        found.append(Line(Role.SOURCE, source, "Source"))
    return found


def says_more(reason: Reason) -> bool:
    """Say whether the reason of a rating adds something to the verdict and the certainty beside it."""
    match reason:
        case Reason.OWN_GRADE | Reason.RIGHT | Reason.WRONG | Reason.WRONG_AND_CERTAIN:
            return False
        case (
            Reason.PARTLY_WRONG_AND_CERTAIN
            | Reason.PARTLY_RIGHT_AND_GUESSED
            | Reason.PARTLY_RIGHT
            | Reason.MOSTLY_RIGHT
            | Reason.RIGHT_BUT_GUESSED
            | Reason.RIGHT_AND_LIKELY_KNOWN
            | Reason.RIGHT_WITH_A_HINT
            | Reason.RIGHT_AT_THE_SECOND_TRY
            | Reason.RIGHT_BUT_SLOW
            | Reason.RIGHT_CERTAIN_AND_FAST
        ):
            return True
        case _ as never:
            assert_never(never)


def typed_feedback(outcome: Outcome) -> list[Line]:
    """Return what is right where something was typed, as far as the student has not said it; nothing elsewhere."""
    question, response, is_right = outcome.shown.card.question, outcome.response, outcome.marked.correct
    if not isinstance(response, Written):
        return []
    typed = "".join(response.texts[:1])
    match question:
        case Numeric():
            says_new = not is_right or question.low != question.high
            return [Line(Role.ANSWER, question.words(), "The answer is")] if says_new else []
        case Typed(answers=answers, wrong=wrong):
            spelling = next((part.note for part in outcome.marked.parts if part.note), "")
            known = (typed, spelling) if is_right else (answers[0],)
            found = [] if is_right else [Line(Role.ANSWER, answers[0], "The answer is")]
            found += _also("Also", answers, known)
            if spelling:
                found.append(Line(Role.SPELLING, spelling, "Written so"))
            named = () if is_right else named_among(wrong, typed)
            return found + [Line(Role.WHY, entry.why) for entry in named if entry.why]
        case Cloze(gaps=Gaps.TYPED):
            gaps = question.gaps_of(outcome.shown.card.part)
            rights = [part.right for part in outcome.marked.parts]
            found = []
            for gap, text, right in zip(gaps, (*response.texts, *[""] * len(gaps)), rights, strict=False):
                is_named = len(gaps) > 1 or not right
                head = "Also" if len(gaps) == 1 else f"Also for “{gap.answers[0]}”"
                found += _also(head, gap.answers, (text, gap.answers[0]) if is_named else (text,))
            return found
        case (
            Recall()
            | Cloze()
            | SingleBestAnswer()
            | MultipleAnswer()
            | TrueFalse()
            | Ordering()
            | Matching()
            | Hotspot()
        ):
            return []
        case _ as never:
            assert_never(never)


def _also(head: str, answers: Iterable[str], known: Iterable[str]) -> list[Line]:
    others = [answer for answer in answers if not any(_is_same(answer, text) for text in known)][:MOST_OTHERS]
    return [Line(Role.ALSO, ", ".join(others), head)] if others else []


def _is_same(one: str, other: str) -> bool:
    """Say whether two texts are the same but for case and spaces."""
    from sciaquiz.marking.words import normal

    return normal(one) == normal(other)


class Offer(StrEnum):
    """What can be done about a card that is forgotten again and again."""

    DRILL = "drill both"
    REASONS = "read all reasons"
    NOTE = "keep a note"
    SUSPEND = "suspend it"
    RESUME = "resume it"


class Leech(Struct, frozen=True):
    """What is said of a card that is forgotten again and again, and what can be done about it."""

    text: str
    offers: tuple[Offer, ...]


def leech(lapses: int, taken_for: Iterable[str], *, suspended: bool) -> Leech:
    """Return how often a card was forgotten, what it is taken for, and what can be done."""
    taken = [f"“{name}”" for name in taken_for]
    sentences = [f"You have forgotten this card {times(lapses)}."]
    if taken:
        sentences.append(f"It is mostly taken for {' or '.join(taken)}.")
    if suspended:
        sentences.append("It is suspended until you resume it.")
    drill = (Offer.DRILL,) if taken else ()
    last = Offer.RESUME if suspended else Offer.SUSPEND
    return Leech(" ".join(sentences), (*drill, Offer.REASONS, Offer.NOTE, last))
