"""What has been done in a mock exam: a pure function of its entries in the journal, whatever device made them.

Each thing is one entry: `begin` with the form; `answer`, `clear`, `typed`, `flag`, `unflag` and `seen` at a place;
`pause` and `resume`; `hand-in`, or `drop` for one that is not offered any more. What is not understood is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.ids import EntryId, new_entry_id
from sciaquiz.journal.entries import Act, Certainty, EventKind
from sciaquiz.mock.form import Form, form_from_json, form_to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.clock import Moment


T = TypeVar("T")
LONGEST_TYPED = 200
"""Characters of a text in a line."""


class What(StrEnum):
    """What an entry says was done."""

    BEGIN = "begin"
    ANSWER = "answer"
    CLEAR = "clear"
    TYPED = "typed"
    FLAG = "flag"
    UNFLAG = "unflag"
    SEEN = "seen"
    PAUSE = "pause"
    RESUME = "resume"
    HAND_IN = "hand-in"
    DROP = "drop"


class By(StrEnum):
    """Who handed it in."""

    STUDENT = "student"
    TIME = "time"


class Said(Struct, frozen=True, kw_only=True):
    """What was answered last to one question.

    `response` is in the form of the journal; with `is_whole` it is an answer, else part of one. `thought_ms` is the
    time that the question was in front until then, None where that is not known fairly. `changes` counts how often one
    whole answer took the place of another.
    """

    response: Mapping[str, Any]
    is_whole: bool
    certainty: Certainty | None
    thought_ms: int | None
    moment: Moment
    changes: int = 0


class Ended(Struct, frozen=True):
    """That it was handed in: when, by whom, and which places could not be marked, with the reason."""

    moment: Moment
    by: By
    left_out: Mapping[int, str] = field(default_factory=dict)


class Attempt(Struct, frozen=True, kw_only=True):
    """Where a mock exam stands. Places count from 0; `last` is when its last entry was made.

    `typed` are texts that stand in a line and were not sent.
    """

    form: Form
    last: Moment
    said: Mapping[int, Said] = field(default_factory=dict)
    typed: Mapping[int, str] = field(default_factory=dict)
    flagged: frozenset[int] = frozenset()
    here: int = 0
    used_ms: int = 0
    is_paused: bool = False
    ended: Ended | None = None
    is_dropped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can be gone on with."""
        return self.ended is None and not self.is_dropped

    def answered(self, place: int) -> bool:
        """Whether a question has an answer that can be marked."""
        return place in self.said and self.said[place].is_whole

    @property
    def answers(self) -> Mapping[int, Said]:
        """The answers that can be marked."""
        return {place: said for place, said in self.said.items() if said.is_whole}

    def first_open(self, after: int = -1) -> int | None:
        """Return the first question without an answer, behind a place if there is one there."""
        left = [place for place in range(len(self.form)) if not self.answered(place)]
        return next((place for place in left if place > after), left[0] if left else None)

    def left_ms(self, used_ms: int) -> int | None:
        """Return what is left on the clock, never less than nothing; None where there is no limit."""
        limit = self.form.limit_ms
        return None if limit is None else max(0, limit - used_ms)


# Making entries


def begin(form: Form) -> Act:
    """Return the entry that begins an exam; it has the id of the form."""
    payload = {"mock": form.id, "what": What.BEGIN.value, "form": form_to_json(form)}
    return Act(id=form.id, kind=EventKind.MOCK, moment=form.began, payload=payload)


def entry(mock: EntryId, what: What, now: Moment, used_ms: int, place: int | None = None, **more: object) -> Act:
    """Return the entry of one thing that was done at a place, with what the clock showed."""
    at = {} if place is None else {"place": place}
    payload = {"mock": mock, "what": what.value, "used": used_ms, **at, **more}
    return Act(id=new_entry_id(), kind=EventKind.MOCK, moment=now, payload=payload)


def answer(
    mock: EntryId,
    place: int,
    response: Mapping[str, object],
    now: Moment,
    used_ms: int,
    *,
    is_whole: bool = True,
    certainty: Certainty | None = None,
    thought_ms: int | None = None,
) -> Act:
    """Return the entry of an answer, or of a part of one."""
    sure = None if certainty is None else int(certainty)
    more = {"response": dict(response), "whole": is_whole, "certainty": sure, "thought": thought_ms}
    return entry(mock, What.ANSWER, now, used_ms, place, **more)


def hand_in(form: Form, now: Moment, used_ms: int, by: By, left_out: Mapping[int, str]) -> Act:
    """Return the entry that hands an exam in. It has the same id each time, so that it counts once."""
    payload = {
        "mock": form.id,
        "what": What.HAND_IN.value,
        "used": used_ms,
        "by": by.value,
        "left_out": {str(place): why for place, why in left_out.items()},
    }
    return Act(id=form.end_id, kind=EventKind.MOCK, moment=now, payload=payload)


# Reading them


def attempts(acts: Iterable[Act]) -> list[Attempt]:
    """Return every exam that these entries tell of, in the order in which they began.

    The entries come in the order that counts. Nothing that was done after an exam was handed in changes it.
    """
    found: dict[EntryId, Attempt] = {}
    waiting: dict[EntryId, list[Act]] = {}
    for act in acts:
        name = _text(act.payload.get("mock"))
        if name is None or act.kind is not EventKind.MOCK:
            continue
        mock = EntryId(name)
        if act.payload.get("what") == What.BEGIN:
            begun = _begun(mock, act)
            if begun is not None and mock not in found:
                found[mock] = begun
                for early in waiting.pop(mock, ()):  # made on a device whose clock is behind
                    found[mock] = after(found[mock], early)
        elif mock in found:
            found[mock] = after(found[mock], act)
        else:
            waiting.setdefault(mock, []).append(act)
    return sorted(found.values(), key=lambda attempt: (attempt.form.began.instant, attempt.form.id))


def _begun(mock: EntryId, act: Act) -> Attempt | None:
    kept = act.payload.get("form")
    form = form_from_json(mock, kept, act.moment) if isinstance(kept, Mapping) else None
    return None if form is None else Attempt(form=form, last=act.moment)


def after(attempt: Attempt, act: Act) -> Attempt:
    """Return where an exam stands after one more entry."""
    if attempt.ended is not None:
        return attempt
    payload = act.payload
    place = payload.get("place")
    at = place if isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(attempt.form) else None
    last = act.moment if act.moment.instant > attempt.last.instant else attempt.last
    used = max(attempt.used_ms, _ms(payload.get("used")) or 0)
    moved = replace(attempt, last=last, used_ms=min(used, attempt.form.limit_ms or used))
    match payload.get("what"):
        case What.ANSWER if at is not None:
            said = _said(payload, act.moment, attempt.said.get(at))
            typed = _without(moved.typed, at)
            return moved if said is None else replace(moved, said={**moved.said, at: said}, typed=typed, here=at)
        case What.CLEAR if at is not None:
            return replace(moved, said=_without(moved.said, at), typed=_without(moved.typed, at), here=at)
        case What.TYPED if at is not None:
            text = payload.get("text")
            rest = _without(moved.typed, at)
            return replace(moved, typed={**rest, at: text[:LONGEST_TYPED]} if isinstance(text, str) and text else rest)
        case What.FLAG if at is not None:
            return replace(moved, flagged=moved.flagged | {at})
        case What.UNFLAG if at is not None:
            return replace(moved, flagged=moved.flagged - {at})
        case What.SEEN if at is not None:
            return replace(moved, here=at)
        case What.PAUSE | What.RESUME as what:
            return replace(moved, is_paused=what == What.PAUSE)
        case What.HAND_IN:
            return replace(moved, ended=Ended(act.moment, _by(payload.get("by")), _left_out(payload.get("left_out"))))
        case What.DROP:
            return replace(moved, is_dropped=True)
        case _:
            return moved


def _without(values: Mapping[int, T], place: int) -> Mapping[int, T]:
    return {each: value for each, value in values.items() if each != place}


def _said(payload: Mapping[str, Any], moment: Moment, before: Said | None) -> Said | None:
    response, sure = payload.get("response"), payload.get("certainty")
    if not isinstance(response, Mapping):
        return None
    is_whole = bool(payload.get("whole"))
    changed = before is not None and before.is_whole and is_whole and before.response != response
    return Said(
        response=response,
        is_whole=is_whole,
        certainty=Certainty(sure) if isinstance(sure, int) and sure in tuple(Certainty) else None,
        thought_ms=_ms(payload.get("thought")),
        moment=moment,
        changes=(before.changes if before else 0) + changed,
    )


def _left_out(kept: object) -> Mapping[int, str]:
    if not isinstance(kept, Mapping):
        return {}
    return {int(place): str(why) for place, why in kept.items() if str(place).isdecimal()}


def _by(kept: object) -> By:
    return By.TIME if kept == By.TIME else By.STUDENT


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _ms(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
