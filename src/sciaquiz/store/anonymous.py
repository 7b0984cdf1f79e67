"""An export that tells of the questions and not of the student: what item analysis needs, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sciaquiz.store.reading import sound_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TextIO

    from sciaquiz.store.reading import Run

HEADER = {"sciaquiz": "answers", "format": 1}
"""The first line of such a file."""
STANDS = "WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.target = review.id AND event.kind = 'void')"
IN_TURN = f"{STANDS} ORDER BY at_ms, device_id, seq"
LONGEST_SECONDS = 600


def export_anonymously(run: Run, out: TextIO, learner: str) -> int:
    """Write a line for each answer that counts, under a name that means nothing, and return how many there are.

    Days are counted from the first answer, seconds are whole; what was typed, notes, times and devices stay out.
    """
    out.write(json.dumps(HEADER) + "\n")
    number = 0
    for answer in _answers(run):
        out.write(json.dumps({"learner": learner, **answer}, ensure_ascii=False) + "\n")
        number += 1
    return number


def _answers(run: Run) -> Iterator[dict[str, Any]]:
    seen: dict[str, int] = {}
    exams: dict[int, int] = {}
    first = None
    for row in sound_rows(run, "review", IN_TURN):
        first = first or row["study_day"]
        card = row["card_id"]
        seen[card] = seen.get(card, 0) + 1
        is_exam = row["mode"] == "exam"
        yield {
            "deck": row["deck_id"],
            "card": card,
            "version": row["question_version"],
            "kind": row["kind"],
            "number": seen[card],
            "day": (row["study_day"] - first).days,
            "exam": exams.setdefault(row["at_ms"], len(exams) + 1) if is_exam else None,
            "mode": row["mode"],
            "correct": row["correct"],
            "score": row["score"],
            "chosen": _chosen(row["response"]),
            "certainty": row["certainty"],
            "seconds": None if row["latency_ms"] is None else min(LONGEST_SECONDS, round(row["latency_ms"] / 1000)),
        }


def _chosen(response: Mapping[str, Any]) -> list[str] | None:
    """Return the options that were chosen, by their ids; None where an answer was none of options."""
    match response:
        case {"chosen": str(option)}:
            return [option]
        case {"chosen_all": list(options)}:
            return [str(option) for option in options]
        case {"region": str(region)}:
            return [region]
        case _:
            return None
