"""What another version of the rating rule would have made of the journal. Nothing is changed by asking."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sciaquiz.marking.evidence import evidence_of
from sciaquiz.marking.rating import RULES
from sciaquiz.memory.replay import in_force, replay
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from sciaquiz.ids import CardId, Digest
    from sciaquiz.journal.entries import Event, Rating, Review
    from sciaquiz.memory.policy import Policy


@dataclass(frozen=True, slots=True)
class Moved:
    """A card that would be due on another day."""

    card_id: CardId
    due: date
    would_be: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerated:
    """How many ratings would differ, from what to what, and which cards would be due on another day."""

    answers: int
    changed: Mapping[tuple[Rating, Rating], int]
    moved: tuple[Moved, ...]

    def lines(self) -> list[str]:
        """Tell it in lines."""
        differ = f"{sum(self.changed.values())} of {count(self.answers, 'rating')} would differ"
        told = [f"{differ}; {count(len(self.moved), 'card')} would be due on another day."]
        told += [
            f"  {old.name.capitalize()} -> {new.name.capitalize()}: {times}"
            for (old, new), times in sorted(self.changed.items())
        ]
        told += [f"  {entry.card_id}: due {entry.due}, would be {entry.would_be}" for entry in self.moved[:20]]
        if len(self.moved) > 20:
            told.append(f"  and {len(self.moved) - 20} more")
        return [*told, "Nothing was changed: the journal keeps what was rated when you answered."]


def rerate(
    card_ids: Iterable[CardId],
    history: Callable[[CardId], tuple[Sequence[Review], Sequence[Event]]],
    policies: Mapping[Digest, Policy],
    rule: int,
) -> Rerated:
    """Rate every answer that stands anew and replay each card under both ratings; what the student overruled stays so.

    Raises KeyError for a rule that is not known.
    """
    rate = RULES[rule]
    answers = 0
    changed: Counter[tuple[Rating, Rating]] = Counter()
    moved = []
    for card_id in card_ids:
        reviews, events = history(card_id)
        standing = in_force(reviews, events)
        rated = [review for review in standing.reviews if review.schedules]
        answers += len(rated)
        anew = [replace(review, rating=rate(evidence_of(review)).rating) for review in rated]
        differing = [
            (old.rating, new.rating)
            for old, new in zip(rated, anew, strict=True)
            if old.rating != new.rating and old.id not in standing.overrules
        ]
        if not differing:
            continue
        changed.update(differing)
        now = replay(card_id, list(reviews), list(events), policies).progress
        then = replay(card_id, anew, list(events), policies).progress
        if now is not None and then is not None and now.due_day != then.due_day:
            moved.append(Moved(card_id, now.due_day, then.due_day))
    return Rerated(answers=answers, changed=changed, moved=tuple(moved))
