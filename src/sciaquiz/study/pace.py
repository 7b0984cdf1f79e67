"""How long this student usually takes: the measure for fast and slow."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sciaquiz.deck.model import Question
    from sciaquiz.ids import CardId
    from sciaquiz.journal.snapshot import RightAnswer

FEWEST = 10
"""With fewer right answers than this there is no usual time."""


class Length(StrEnum):
    """How much there is to read before answering."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


def length_of(question: Question) -> Length:
    """Sort a question by the length of its stem: up to two lines, up to a short vignette, longer."""
    count = len(question.stem)
    if count <= 160:
        return Length.SHORT
    return Length.MEDIUM if count <= 400 else Length.LONG


@dataclass(frozen=True, slots=True)
class Pace:
    """Median milliseconds to a right answer: by kind and length, and by kind alone where a length has too few."""

    by_length: Mapping[tuple[str, Length], int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, answers: Iterable[RightAnswer], questions: Mapping[CardId, Question]) -> Pace:
        """Return the pace of these right answers."""
        kinds: dict[str, list[int]] = {}
        lengths: dict[tuple[str, Length], list[int]] = {}
        for answer in answers:
            kinds.setdefault(answer.kind, []).append(answer.latency_ms)
            if (question := questions.get(answer.card_id)) is not None:
                lengths.setdefault((answer.kind, length_of(question)), []).append(answer.latency_ms)
        return cls(
            {key: round(median(found)) for key, found in lengths.items() if len(found) >= FEWEST},
            {kind: round(median(found)) for kind, found in kinds.items() if len(found) >= FEWEST},
        )

    def usual(self, question: Question) -> int | None:
        """Return the usual time for a question, None until there are enough answers."""
        kind = question.kind.value
        return self.by_length.get((kind, length_of(question)), self.by_kind.get(kind))
