"""Between rows of `card_state` and what a card has come to."""

from __future__ import annotations

from typing import Any

from sciaquiz.ids import CardId
from sciaquiz.journal.entries import (
    CardState,
    Certainty,
    LastAnswer,
    Marks,
    Memory,
    Phase,
    Progress,
    Rating,
    Unsafe,
)
from sciaquiz.store.codec import MOST, DamagedRowError, as_day, as_text, as_truth, from_ms, to_ms


def state_row(state: CardState) -> dict[str, Any]:
    """Return the row of a card's state."""
    progress, marks = state.progress, state.marks
    columns: dict[str, Any] = dict.fromkeys(PROGRESS_COLUMNS)
    if progress is not None:
        columns = {
            "phase": progress.phase.value,
            "step": progress.step,
            "stability": progress.memory.stability,
            "difficulty": progress.memory.difficulty,
            "due_day": progress.due_day,
            "due_at_ms": None if progress.due_at is None else to_ms(progress.due_at),
            "interval_days": progress.interval_days,
            "first_day": progress.first_day,
            "last_day": progress.last_day,
            "last_at_ms": to_ms(progress.last_at),
            "last_rating": int(progress.last_rating),
            "reps": progress.reps,
            "lapses": progress.lapses,
        }
    unsafe, last = state.unsafe, state.last_answer
    return {
        "card_id": state.card_id,
        **columns,
        "suspended": marks.suspended,
        "buried_until": marks.buried_until,
        "flagged": marks.flagged,
        "note": marks.note,
        "unsafe_since": None if unsafe is None else unsafe.since,
        "unsafe_proved": None if unsafe is None else unsafe.proved_on,
        "last_answer_ms": None if last is None else to_ms(last.at),
        "last_answer_correct": None if last is None else last.correct,
        "last_answer_certainty": None if last is None or last.certainty is None else int(last.certainty),
        "fast_stability": None if progress is None else progress.memory.fast,
    }


PROGRESS_COLUMNS = (
    "phase", "step", "stability", "difficulty", "due_day", "due_at_ms", "interval_days",
    "first_day", "last_day", "last_at_ms", "last_rating", "reps", "lapses",
)  # fmt: skip
MARK_COLUMNS = ("suspended", "buried_until", "flagged", "note")
LAST_COLUMNS = ("last_answer_ms", "last_answer_correct", "last_answer_certainty")
STATE_COLUMNS = (
    "card_id",
    *PROGRESS_COLUMNS,
    *MARK_COLUMNS,
    "unsafe_since",
    "unsafe_proved",
    *LAST_COLUMNS,
    "fast_stability",
)
NO_MARKS = Marks()
PHASES = {phase.value: phase for phase in Phase}
CERTAINTIES = {certainty.value: certainty for certainty in Certainty}
RATINGS = {rating.value: rating for rating in Rating}
LONGEST_STABILITY = 1e9
"""In days; no model comes near it."""


def state_of(row: tuple[Any, ...]) -> CardState:
    """Return the state of a row whose columns stand in the order of STATE_COLUMNS. Raises DamagedRowError."""
    try:
        return _state_of(row)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise DamagedRowError("this is not what a card can have come to") from None


def _state_of(row: tuple[Any, ...]) -> CardState:
    (card_id, phase, step, stability, difficulty, due_day, due_at, interval,
     first_day, last_day, last_at, last_rating, reps, lapses,
     suspended, buried_until, flagged, note, unsafe_since, unsafe_proved,
     last_ms, last_correct, last_certainty, fast) = row  # fmt: skip
    progress = None
    if phase is not None:
        if not (0 < stability <= LONGEST_STABILITY and 1 <= difficulty <= 10):
            raise ValueError(row)
        if fast is not None and not 0 < fast <= LONGEST_STABILITY:
            raise ValueError(row)
        for count in (step, interval, reps, lapses):
            if type(count) is not int or not 0 <= count <= MOST:
                raise ValueError(row)
        progress = Progress(
            phase=PHASES[phase],
            step=step,
            memory=Memory(stability, difficulty, fast),
            due_day=as_day(due_day),
            due_at=None if due_at is None else from_ms(due_at),
            interval_days=interval,
            first_day=as_day(first_day),
            last_day=as_day(last_day),
            last_at=from_ms(last_at),
            last_rating=RATINGS[last_rating],
            reps=reps,
            lapses=lapses,
        )
    elif reps is not None or fast is not None:
        raise ValueError(row)
    marks = NO_MARKS
    if suspended or buried_until or flagged or note:
        marks = Marks(
            suspended=as_truth(suspended),
            buried_until=None if buried_until is None else as_day(buried_until),
            flagged=as_truth(flagged),
            note=as_text(note),
        )
    unsafe = None
    if unsafe_since is not None or unsafe_proved is not None:
        unsafe = Unsafe(as_day(unsafe_since), None if unsafe_proved is None else as_day(unsafe_proved))
    last = None
    if last_ms is not None or last_correct is not None or last_certainty is not None:
        last = LastAnswer(
            from_ms(last_ms), as_truth(last_correct), None if last_certainty is None else CERTAINTIES[last_certainty]
        )
    return CardState(card_id=CardId(as_text(card_id)), progress=progress, marks=marks, unsafe=unsafe, last_answer=last)
