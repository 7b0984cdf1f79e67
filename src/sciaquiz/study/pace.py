"""How long this student usually takes: the measure for fast and slow."""

from __future__ import annotations

from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sciaquiz.deck.model import Question
    from sciaquiz.journal.snapshot import RightAnswer
    from sciaquiz.study.pool import Pool

FEWEST = 10
"""With fewer right answers than this there is no usual time."""


class Length(StrEnum):
    """How much there is to read before answering."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


def length_of(signs: int) -> Length:
    """Sort a question by the signs of its stem: up to two lines, up to a short vignette, longer."""
    if signs <= 160:
        return Length.SHORT
    return Length.MEDIUM if signs <= 400 else Length.LONG


class Pace(Struct, frozen=True):
    """Median milliseconds to a right answer: by kind and length, and by kind alone where a length has too few."""

    by_length: Mapping[tuple[str, Length], int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, answers: Collection[RightAnswer], pool: Pool | None = None) -> Pace:
        """Return the pace of these right answers; by the length of the questions for those that are in a pool."""
        stems = pool.stem_lengths({answer.card_id for answer in answers}) if pool else {}
        kinds: dict[str, list[int]] = {}
        lengths: dict[tuple[str, Length], list[int]] = {}
        for answer in answers:
            kinds.setdefault(answer.kind, []).append(answer.latency_ms)
            if (signs := stems.get(answer.card_id)) is not None:
                lengths.setdefault((answer.kind, length_of(signs)), []).append(answer.latency_ms)
        return cls(
            {key: round(median(found)) for key, found in lengths.items() if len(found) >= FEWEST},
            {kind: round(median(found)) for kind, found in kinds.items() if len(found) >= FEWEST},
        )

    def usual(self, question: Question) -> int | None:
        """Return the usual time for a question, None until there are enough answers."""
        kind = question.kind.value
        return self.by_length.get((kind, length_of(len(question.stem))), self.by_kind.get(kind))
