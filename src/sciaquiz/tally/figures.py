"""The figures that are added up for each scope and study day, and what a fact adds to each."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Certainty, MissReason
from sciaquiz.tally.facts import NANO, POSITIONS, REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.tally.facts import Fact

BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.96)
"""The lower ends of the bins of predicted recall; most predictions lie high, where the bins are narrow."""
EDGES = tuple(round(low * NANO) for low in BINS)

WORDS = tuple(certainty.name.lower() for certainty in Certainty)
CORE = (
    "answers", "correct", "spent_ms", "introduced",
    *(f"{word}{ending}" for word in WORDS for ending in ("", "_correct", "_chance")),
    *(f"{age}{ending}" for age in ("young", "mature") for ending in ("", "_kept", "_expected")),
)  # fmt: skip
"""What lists of scopes need as well. Chances and what is expected are sums in billionths."""

COLUMNS = (
    *CORE,
    "log_loss",
    *(f"reason_{reason.value}" for reason in MissReason),
    *(f"position_{group}{ending}" for group in range(len(POSITIONS)) for ending in ("", "_correct")),
    *(f"bin_{number}{ending}" for number in range(len(BINS)) for ending in ("", "_kept", "_expected")),
    *(f"hour_{hour}{ending}" for hour in range(24) for ending in ("", "_correct")),
)
PLACE = {name: place for place, name in enumerate(COLUMNS)}
_CERTAINTY = tuple(PLACE.get(f"{word}", 0) for word in WORDS)
_YOUNG, _MATURE = PLACE["young"], PLACE["mature"]
_LOG_LOSS, _REASON, _POSITION = PLACE["log_loss"], PLACE[f"reason_{next(iter(MissReason)).value}"], PLACE["position_0"]
_BIN, _HOUR = PLACE["bin_0"], PLACE["hour_0"]


def figures_of(fact: Fact, chance: int) -> Iterator[tuple[int, int]]:
    """Yield the places in COLUMNS that a fact adds to, each with the number it adds; none is 0.

    `chance` is that of a blind guess at its question, in billionths.
    """
    if not fact.is_answer:
        return
    right = fact.right
    yield 0, 1
    if fact.spent_ms:
        yield 2, fact.spent_ms
    if fact.introduced:
        yield 3, 1
    hour, position = _HOUR + 2 * fact.hour, _POSITION + 2 * fact.position
    yield hour, 1
    yield position, 1
    if right:
        yield 1, 1
        yield hour + 1, 1
        yield position + 1, 1
    if fact.certainty:
        place = _CERTAINTY[fact.certainty - 1]
        yield place, 1
        if right:
            yield place + 1, 1
        if chance:
            yield place + 2, chance
    if fact.is_young or fact.is_mature:
        first = _YOUNG if fact.is_young else _MATURE
        bin_ = _BIN + 3 * (bisect_right(EDGES, fact.expected) - 1)
        for place in (first, bin_):
            yield place, 1
            if fact.kept:
                yield place + 1, 1
            yield place + 2, fact.expected
        yield _LOG_LOSS, fact.log_loss
    reason = fact.reason
    if reason is not None:
        yield _REASON + REASONS.index(reason) - 1, 1
