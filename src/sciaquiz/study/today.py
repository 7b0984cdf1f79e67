"""What waits today, counted once: Home, the commands and the queue of a sitting all ask here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.study.danger import dangers
from sciaquiz.study.queue import workload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from sciaquiz.deck.model import Card, Question
    from sciaquiz.ids import CardId
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.memory.policy import Policy
    from sciaquiz.study.danger import Danger
    from sciaquiz.study.queue import Limits, Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The work of a study day, and the unsafe cards among all, which may come whatever the daily limit."""

    work: Workload
    unsafe: Mapping[CardId, Danger]


def today(
    cards: Collection[Card],
    snapshot: Snapshot,
    study_day: date,
    *,
    limits: Limits,
    policy_for: Callable[[Question], Policy],
) -> Today:
    """Return what waits on a study day. The daily limits count what was done on it in all decks."""
    unsafe = dangers(cards, snapshot.convictions)
    due = {card_id: case.due for card_id, case in unsafe.items()}
    work = workload(cards, snapshot.states, study_day, limits.left(snapshot.tally(study_day)), policy_for, due)
    return Today(work=work, unsafe=unsafe)
