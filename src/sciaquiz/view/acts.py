"""What is said when an act is done, and when it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sciaquiz.journal.acts import Bury, Flag, Miss, Note, Overrule, Resume, Suspend, Unbury, Unflag
from sciaquiz.journal.entries import EventKind, MissReason
from sciaquiz.study.round import Step
from sciaquiz.view.words import RATING

if TYPE_CHECKING:
    from sciaquiz.journal.acts import CardAct


REASON_WORDS = {
    MissReason.UNKNOWN: "did not know",
    MissReason.MISREAD: "misread the question",
    MissReason.CONFUSED: "confused two things",
    MissReason.SLIP: "a slip",
    MissReason.BETWEEN: "wavered between two",
}
"""What a student says of a mistake."""


def done_words(act: CardAct) -> str:
    """Return what is said once the journal has an act."""
    match act:
        case Overrule(_, rating):
            return f"Rated “{RATING[rating]}” instead."
        case Suspend():
            return "Suspended: it is not asked again until you resume it."
        case Resume():
            return "Resumed: it is asked again when it is due."
        case Bury():
            return "Put off until tomorrow."
        case Unbury():
            return "No longer put off."
        case Flag():
            return "Flagged."
        case Unflag():
            return "Flag removed."
        case Note(text):
            return "Note kept." if text else "Note removed."
        case Miss(_, reason):
            return f"Kept as the reason: {REASON_WORDS[reason]}."
        case _ as never:
            assert_never(never)


def all_done_words(act: CardAct, number: int) -> str:
    """Return what is said once the journal has an act on so many cards."""
    words = done_words(act)
    return words if number == 1 else f"{words.split(':')[0].rstrip('.')}: {number} questions."


def undone_words(what: Step | EventKind) -> str:
    """Return what is said once something was taken back."""
    match what:
        case Step.ANSWER:
            return "Undone: that answer no longer counts."
        case Step.SKIP:
            return "Undone: the skipped card is back."
        case EventKind.OVERRULE:
            return "Undone: the rating is as it was."
        case EventKind.SUSPEND:
            return "Undone: the card is no longer suspended."
        case EventKind.RESUME:
            return "Undone: the card is suspended again."
        case EventKind.BURY:
            return "Undone: the card is no longer put off."
        case EventKind.UNBURY:
            return "Undone: the card is put off again."
        case EventKind.FLAG:
            return "Undone: the card is no longer flagged."
        case EventKind.UNFLAG:
            return "Undone: the card is flagged again."
        case EventKind.NOTE:
            return "Undone: the note is as it was."
        case EventKind.MISS:
            return "Undone: the reason is as it was."
        case EventKind.RERATE:
            return "Undone: the ratings are as they were."
        case EventKind.CORRECTED:
            return "Undone: the card is where it was before the correction."
        case EventKind.VOID | EventKind.POLICY | EventKind.SETTING | EventKind.FIT | EventKind.EXAM | EventKind.MOCK:
            return "Undone."
        case _ as never:
            assert_never(never)


def skipped_words(*, comes_again: bool) -> str:
    """Return what came of putting a card off within a sitting."""
    return "Put off: it comes later in this sitting." if comes_again else "Left out of this sitting; it stays due."
