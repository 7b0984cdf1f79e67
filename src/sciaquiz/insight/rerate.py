"""What another version of the rating rule makes of the answers in the journal, and the acts that put it in force."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.ids import new_entry_id
from sciaquiz.journal.acts import void
from sciaquiz.journal.entries import Act, Certainty, EventKind, Review
from sciaquiz.marking.evidence import evidence_of
from sciaquiz.marking.rating import FIRST_TO_JUDGE_GUESSES, RULES, rule_name
from sciaquiz.marking.response import from_json
from sciaquiz.memory.guessing import DEFAULT_RATES, assume, floor_of, recall_before
from sciaquiz.memory.replay import first_state, in_force, policy_named_by, replay, state_under, steps
from sciaquiz.words import count, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId, Digest, EntryId
    from sciaquiz.journal.entries import CardState, Event, Progress, Rating
    from sciaquiz.marking.rating import Evidence
    from sciaquiz.memory.guessing import Rates
    from sciaquiz.memory.policy import Policy
    from sciaquiz.memory.replay import InForce

    History = Callable[[CardId], tuple[Sequence[Review], Sequence[Event]]]

MOST_TOLD = 20


class Moved(Struct, frozen=True):
    """A card that would be due on another day."""

    card_id: CardId
    due: date
    would_be: date


class Rerated(Struct, frozen=True, kw_only=True):
    """How many ratings would differ, from what to what, and which cards would be due on another day.

    `ratings` are those that the rule gives otherwise, by card and answer, also where the student's own word is in
    force; `changed` and `moved` are without these. `rates` are what was assumed of `guesses` of that many answers.
    """

    rule: int
    answers: int
    changed: Mapping[tuple[Rating, Rating], int]
    moved: tuple[Moved, ...]
    ratings: Mapping[CardId, Mapping[EntryId, Rating]] = field(default_factory=dict)
    guesses: int = 0
    rates: Rates = DEFAULT_RATES

    def lines(self) -> list[str]:
        """Tell it in lines."""
        differ = f"{sum(self.changed.values())} of {count(self.answers, 'rating')} would differ"
        told = [f"{differ}; {count(len(self.moved), 'card')} would be due on another day."]
        told += [
            f"  {old.name.capitalize()} -> {new.name.capitalize()}: {times}"
            for (old, new), times in sorted(self.changed.items())
        ]
        told += [f"  {entry.card_id}: due {entry.due}, would be {entry.would_be}" for entry in self.moved[:MOST_TOLD]]
        if len(self.moved) > MOST_TOLD:
            told.append(f"  and {len(self.moved) - MOST_TOLD} more")
        if self.guesses:
            says, own = percent(self.rates.of_known(Certainty.GUESS)), self.rates.answers
            whose = f"by {count(own, 'answer')} of yours" if own else "as is assumed until you have answered more"
            judged = count(self.guesses, "right guess was", "right guesses were")
            told.append(f"{judged} judged as of one who says guess of {says} of what is known, {whose}.")
        return told

    def acts(self, now: Moment) -> list[Act]:
        """Return the acts that put it in force, one a card, all of one moment."""
        rates = {"known": list(self.rates.known), "unknown": list(self.rates.unknown), "answers": self.rates.answers}
        assumed = {"rates": rates} if self.guesses else {}
        return [
            Act(
                id=new_entry_id(),
                kind=EventKind.RERATE,
                moment=now,
                card_id=card_id,
                payload={
                    "rule": rule_name(self.rule),
                    "ratings": {answer: int(rating) for answer, rating in ratings.items()},
                    **assumed,
                },
            )
            for card_id, ratings in self.ratings.items()
        ]


def rerate(
    card_ids: Iterable[CardId],
    history: History,
    policies: Mapping[Digest, Policy],
    rule: int,
    rates: Rates = DEFAULT_RATES,
) -> Rerated:
    """Rate every answer that stands anew and replay each card under both ratings; what the student overruled stays so.

    A guess of which an older version assumed nothing is judged by `rates`, and by the recall that the new ratings of
    the answers before it lead to. Raises KeyError for a rule that is not known.
    """
    rate_anew = _Anew(rule, rates, policies)
    answers = 0
    changed: Counter[tuple[Rating, Rating]] = Counter()
    moved = []
    found: dict[CardId, Mapping[EntryId, Rating]] = {}
    for card_id in card_ids:
        reviews, events = history(card_id)
        standing = in_force(reviews, events)
        ratings, then = rate_anew(card_id, standing)
        by_rule = {entry.id: standing.rerated.get(entry.id, entry.rating) for entry in standing.reviews}
        answers += sum(entry.schedules for entry in standing.reviews)
        differing = {answer: rating for answer, rating in ratings.items() if rating != by_rule[answer]}
        if not differing:
            continue
        found[card_id] = differing
        changed.update(
            (by_rule[answer], rating) for answer, rating in differing.items() if answer not in standing.overrules
        )
        now = replay(card_id, reviews, events, policies).progress
        if now is not None and then is not None and now.due_day != then.due_day:
            moved.append(Moved(card_id, now.due_day, then.due_day))
    return Rerated(
        rule=rule, answers=answers, changed=changed, moved=tuple(moved),
        ratings=found, guesses=rate_anew.guesses, rates=rates,
    )  # fmt: skip


class _Anew:
    """Rates the answers to one card after another by a rule, each as the answers before it have come to be rated.

    `guesses` counts those that were judged by the rates.
    """

    def __init__(self, rule: int, rates: Rates, policies: Mapping[Digest, Policy]) -> None:
        self._rate = RULES[rule]
        self._judges_guesses = rule >= FIRST_TO_JUDGE_GUESSES
        self._rates = rates
        self._policies = policies
        self.guesses = 0

    def __call__(self, card_id: CardId, standing: InForce) -> tuple[Mapping[EntryId, Rating], Progress | None]:
        """Return the ratings of the answers that can be rated, and what the card comes to by them."""
        ratings: dict[EntryId, Rating] = {}
        anew = replace(standing, rerated=ratings)
        state = first_state(card_id, anew)
        course = steps(card_id, anew, self._policies)
        for place, entry in enumerate(anew.moving):
            if isinstance(entry, Review):
                ratings[entry.id] = standing.rerated.get(entry.id, entry.rating)
                if entry.schedules and from_json(entry.response) is not None:
                    so_far = replace(anew, moving=anew.moving[:place])
                    ratings[entry.id] = self._rate(self._evidence(entry, state, so_far)).rating
            state = next(course).after
        return ratings, state.progress

    def _evidence(self, review: Review, state: CardState, so_far: InForce) -> Evidence:
        """Return the evidence of an answer, with what is to be assumed of a guess of which nothing was kept."""
        evidence = evidence_of(review)
        is_right_guess = review.correct and review.certainty is Certainty.GUESS
        if evidence.assumed is not None or not (is_right_guess and self._judges_guesses):
            return evidence
        policy = policy_named_by(review, self._policies)
        before = state_under(policy, state, so_far).progress
        recall = recall_before(before, review.moment.study_day, policy)
        self.guesses += 1
        return replace(evidence, assumed=assume(recall, floor_of(review), self._rates))


class Undoing(Struct, frozen=True):
    """The acts that take back the latest time that answers were rated anew, and when that was; None if never."""

    acts: tuple[Act, ...] = ()
    rated: Moment | None = None


def undoing(card_ids: Iterable[CardId], history: History, now: Moment) -> Undoing:
    """Return what takes back the latest rating anew that stands."""
    standing = [
        (event, card_id)
        for card_id in card_ids
        for event in in_force(*history(card_id)).events
        if event.kind is EventKind.RERATE
    ]
    if not standing:
        return Undoing()
    latest = max((event for event, _ in standing), key=lambda event: event.moment.instant)
    together = (latest.device_id, latest.moment.instant)
    voids = [
        void(event.id, card, now) for event, card in standing if (event.device_id, event.moment.instant) == together
    ]
    return Undoing(tuple(voids), latest.moment)
