"""The last resort for an answer that the journal cannot take: a file of its own, in the form that an import reads."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from sciaquiz.ids import DeviceId
from sciaquiz.record import Answer, Review
from sciaquiz.store.exchange import HEADER
from sciaquiz.store.rows import review_row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sciaquiz.deck.model import Question


def set_aside(answer: Answer, question: Question, folders: Iterable[Path]) -> Path | None:
    """Write the answer to the first folder that takes it and return the file; None if none does.

    The entry keeps its own id, so that importing it counts once even if the journal took it after all.
    """
    columns = {name: getattr(answer, name) for name in Answer.__dataclass_fields__}
    review = Review(**columns, device_id=DeviceId(f"aside-{answer.id}"), seq=1)
    row = review_row(review, question.kind.value)
    row["study_day"] = answer.moment.study_day.isoformat()
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in (HEADER, {"entry": "review", **row})) + "\n"
    for folder in folders:
        path = folder / f"sciaquiz-answer-{answer.id}.jsonl"
        try:
            with path.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            continue
        return path
    return None
