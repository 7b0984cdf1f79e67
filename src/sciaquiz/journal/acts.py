"""What a student can do to a card besides answering it, and what comes of asking the journal for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from msgspec import Struct

from sciaquiz.ids import new_entry_id
from sciaquiz.journal.entries import Act, EventKind, Mode, schedules

if TYPE_CHECKING:
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId, EntryId
    from sciaquiz.journal.entries import CardState, MissReason, Rating


class Overrule(Struct, frozen=True):
    """Give an answer another rating than the rule did."""

    answer: EntryId
    rating: Rating


class Suspend(Struct, frozen=True):
    """Do not ask the card again. `answer` is the one that made it a leech, where it is suspended for that."""

    answer: EntryId | None = None


class Resume(Struct, frozen=True):
    """Ask a suspended card again."""


class Bury(Struct, frozen=True):
    """Put the card off until a study day."""

    until: date


class Unbury(Struct, frozen=True):
    """Put the card off no longer."""


class Flag(Struct, frozen=True):
    """Mark the card."""


class Unflag(Struct, frozen=True):
    """Take the mark away."""


class Note(Struct, frozen=True):
    """Keep a note with the card; an empty one removes it."""

    text: str


class Miss(Struct, frozen=True):
    """Say why an answer was wrong."""

    answer: EntryId
    reason: MissReason


UNDOABLE = (
    EventKind.OVERRULE,
    EventKind.SUSPEND,
    EventKind.RESUME,
    EventKind.BURY,
    EventKind.UNBURY,
    EventKind.FLAG,
    EventKind.UNFLAG,
    EventKind.NOTE,
    EventKind.MISS,
)
"""The kinds of entries that a student's acts become; each can be taken back."""

CardAct = Overrule | Suspend | Resume | Bury | Unbury | Flag | Unflag | Note | Miss


class Done(Struct, frozen=True):
    """The journal has the act; `state` is what its card has come to."""

    state: CardState


class Refused(Struct, frozen=True):
    """The journal does not have the act. `why` is for the student."""

    why: str


PRACTISED = "That was practice: it has no rating, the schedule stayed as it was."
RIGHT_IN_EXAM = "That was right in a mock exam: it has no rating, the schedule stayed as it was."
WAS_RIGHT = "That answer was right: there is no mistake to explain."


def refusal_of(kind: EventKind, *, mode: Mode, correct: bool) -> str:
    """Return why an act on an answer makes no sense, for the student; nothing if it does."""
    if kind is EventKind.OVERRULE and not schedules(mode, correct=correct):
        return RIGHT_IN_EXAM if mode is Mode.EXAM else PRACTISED
    return WAS_RIGHT if kind is EventKind.MISS and correct else ""


def entry_of(act: CardAct, card_id: CardId, now: Moment) -> Act:
    """Return the act as an entry that the journal keeps."""
    kind, target, payload = _columns(act)
    return Act(id=new_entry_id(), kind=kind, moment=now, card_id=card_id, target=target, payload=payload)


def _columns(act: CardAct) -> tuple[EventKind, EntryId | None, dict[str, Any]]:
    match act:
        case Overrule(answer, rating):
            return EventKind.OVERRULE, answer, {"rating": int(rating)}
        case Suspend(answer):
            return EventKind.SUSPEND, answer, {}
        case Resume():
            return EventKind.RESUME, None, {}
        case Bury(until):
            return EventKind.BURY, None, {"until": until.isoformat()}
        case Unbury():
            return EventKind.UNBURY, None, {}
        case Flag():
            return EventKind.FLAG, None, {}
        case Unflag():
            return EventKind.UNFLAG, None, {}
        case Note(text):
            return EventKind.NOTE, None, {"text": text}
        case Miss(answer, reason):
            return EventKind.MISS, answer, {"reason": reason.value}
        case _ as never:
            assert_never(never)


def void(entry: EntryId, card_id: CardId, now: Moment) -> Act:
    """Return the entry that takes another one back."""
    return Act(id=new_entry_id(), kind=EventKind.VOID, moment=now, card_id=card_id, target=entry)
