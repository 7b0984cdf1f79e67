"""The last resort for an answer that the journal cannot take: a file of its own, in the form that an import reads."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sciaquiz.ids import DeviceId, new_entry_id
from sciaquiz.journal.entries import Act, Answer, Event, EventKind, Review
from sciaquiz.store.codec import event_row, payload_of, review_row
from sciaquiz.store.jsonl import HEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Question
    from sciaquiz.memory.policy import Policy
    from sciaquiz.store.journal import Journal

    Folder = Callable[[], Path]
    """A folder that may not even be known: asking for it may fail like writing to it."""

PREFIX, ENDING = "sciaquiz-answer-", ".jsonl"


def entry_lines(answer: Answer, policy: Policy, question: Question) -> tuple[str, str]:
    """Return the policy in force and the answer, each as one line of JSON.

    The answer keeps its own id, so that importing it counts once even if the journal took it after all.
    """
    device = DeviceId(f"aside-{answer.id}")
    act = Act(id=new_entry_id(), kind=EventKind.POLICY, moment=answer.moment, payload=payload_of(policy))
    event = event_row(Event(**_columns(act), device_id=device, seq=1))
    review = review_row(Review(**_columns(answer), device_id=device, seq=2), question.kind.value)
    return _line("event", event), _line("review", review)


def act_lines(acts: Sequence[Act]) -> tuple[str, ...]:
    """Return acts that are about no card, each as one line of JSON, under their own ids."""
    device = DeviceId(f"aside-{acts[0].id}")
    events = (Event(**_columns(act), device_id=device, seq=seq) for seq, act in enumerate(acts, start=1))
    return tuple(_line("event", event_row(event)) for event in events)


def _columns(entry: Answer | Act) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in type(entry).__struct_fields__}


def _line(name: str, row: dict[str, Any]) -> str:
    return json.dumps({"entry": name, **row, "study_day": row["study_day"].isoformat()}, ensure_ascii=False)


def set_aside(name: str, lines: Iterable[str], folders: Iterable[Folder]) -> Path | None:
    """Write entries durably to the first folder that takes them and return the file, or None. Never raises."""
    text = "\n".join((json.dumps(HEADER), *lines, ""))
    for folder in folders:
        path = None
        try:
            path = folder() / f"{PREFIX}{name}{ENDING}"
            with path.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except (OSError, RuntimeError):  # RuntimeError: there is no home folder
            with suppress(OSError):
                if path is not None:
                    path.unlink(missing_ok=True)
            continue
        return path
    return None


def set_aside_before(folders: Iterable[Folder]) -> tuple[Path, ...]:
    """Return the files that earlier runs wrote into these folders and that are this user's. Never raises."""
    found: dict[Path, None] = {}
    for folder in folders:
        try:
            for path in sorted(folder().glob(f"{PREFIX}*{ENDING}")):
                if path.is_file() and (os.name == "nt" or path.stat().st_uid == os.getuid()):
                    found[path] = None
        except (OSError, RuntimeError):
            continue
    return tuple(found)


def take_in(journal: Journal, *, file: Path, now: Moment) -> str:
    """Take a file's answer into the journal and say what came of it. Raises SciaquizError."""
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            report = journal.import_from(lines, now)
    except OSError as error:
        return f"{file}: cannot be read ({error.strerror})."
    return report.words() if still_aside(journal, [file]) else "The answer is in the journal now."


def still_aside(journal: Journal, files: Iterable[Path]) -> tuple[Path, ...]:
    """Return those files whose answer the journal does not have; the others go. Raises StoreError."""
    left = []
    for file in files:
        if file.name.startswith(PREFIX) and journal.has(file.name[len(PREFIX) : -len(ENDING)]):
            with suppress(OSError):
                file.unlink(missing_ok=True)
        else:
            left.append(file)
    return tuple(left)
