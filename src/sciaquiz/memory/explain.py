"""Why a card comes back when it does: the whole chain, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.memory.balance import balanced
from sciaquiz.memory.forecast import retrievability_now
from sciaquiz.memory.fuzz import fuzz_range, round_half_up, spreads_in
from sciaquiz.memory.replay import in_force
from sciaquiz.memory.schedule import Cap, Graded, advance, elapsed_days, preview, spacing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId, Digest, EntryId
    from sciaquiz.journal.entries import CardState, Event, Progress, Rating, Review
    from sciaquiz.memory.balance import Load
    from sciaquiz.memory.policy import Policy
    from sciaquiz.memory.schedule import Spacing


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One answer in the chain: what it was, the rating that counted, and what the card came to by it.

    `recall` is the chance of recall, 0..1, when it was asked, None for the first answer; `elapsed_days` likewise.
    """

    review: Review
    rating: Rating
    overruled: bool
    elapsed_days: int | None
    recall: float | None
    before: Progress | None
    after: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The chain from the answers to the due date, and what each rating now would lead to.

    `recall` is the chance of recall now, None for a card never answered. `spacing` tells how the interval came about,
    None for a card on a step or where it was set by rules that are not known here; `caps` what else moved it.
    `practised` counts the answers that moved nothing.
    """

    card_id: CardId
    now: Moment
    policy: Policy
    state: CardState
    links: tuple[Link, ...]
    recall: float | None
    spacing: Spacing | None
    caps: tuple[Cap, ...]
    previews: Mapping[Rating, Progress]
    practised: int = 0


def explain(
    state: CardState,
    history: Sequence[Review],
    now: Moment,
    policy: Policy,
    card_id: CardId,
    *,
    overrules: Mapping[EntryId, Rating] | None = None,
    policies: Mapping[Digest, Policy] | None = None,
    load: Load | None = None,
) -> Reasons:
    """Explain one card by the reviews that count, in order.

    `load` is what waits on the days to come, by which an answer now would be spread.

    `overrules` are the ratings that the student gave instead, by review. Each answer is told by the policy it was
    given under where `policies` has it, else by `policy`, the one in force now.
    """
    overrules, policies = overrules or {}, policies or {}
    links: list[Link] = []
    progress: Progress | None = None
    found: Spacing | None = None
    for review in history:
        if not review.schedules:
            continue
        then = policies.get(review.policy, policy)
        rating = overrules.get(review.id, review.rating)
        graded = Graded(card_id, review.moment, rating, spreads_in(review.response))
        after = advance(progress, graded, then)
        found = spacing(progress, graded, then)
        links.append(_link(review, graded, progress, after, then, overruled=review.id in overrules))
        progress = after
    if state.progress is None or found is None or found.days != state.progress.interval_days:
        found = None
    spreads = balanced(state.progress, card_id, now, policy, load) if load else ()
    settled = policies.get(links[-1].review.policy, policy) if links else policy
    return Reasons(
        card_id=card_id,
        now=now,
        policy=policy,
        state=state,
        links=tuple(links),
        recall=retrievability_now(state.progress, now.study_day, policy) if state.progress else None,
        spacing=found,
        caps=_caps(found, settled) if found else (),
        previews=preview(state.progress, card_id, now, policy, spreads),
        practised=sum(not review.schedules for review in history),
    )


def explain_card(
    state: CardState,
    reviews: Sequence[Review],
    events: Sequence[Event],
    now: Moment,
    policy: Policy,
    policies: Mapping[Digest, Policy] | None = None,
    load: Load | None = None,
) -> Reasons:
    """Explain one card by all entries about it, in whatever order they come."""
    counted = in_force(reviews, events)
    return explain(
        state, counted.reviews, now, policy, state.card_id,
        overrules=counted.overrules, policies=policies, load=load,
    )  # fmt: skip


def _link(
    review: Review, graded: Graded, before: Progress | None, after: Progress, policy: Policy, *, overruled: bool
) -> Link:
    day = graded.moment.study_day
    return Link(
        review=review,
        rating=graded.rating,
        overruled=overruled,
        elapsed_days=elapsed_days(before, day) if before else None,
        recall=retrievability_now(before, day, policy) if before else None,
        before=before,
        after=after,
    )


def _caps(found: Spacing, policy: Policy) -> tuple[Cap, ...]:
    rounded = round_half_up(found.raw)
    free = fuzz_range(found.raw, policy.maximum_interval)[0] if policy.fuzz else rounded
    lifted = max(found.after_last, found.apart) > free
    moved = {
        Cap.ONE_DAY: rounded < 1 and found.days == 1,
        Cap.GROWING: lifted and found.after_last >= found.apart,
        Cap.APART: lifted and found.apart > max(found.after_last, 1),
        Cap.MAXIMUM: rounded > policy.maximum_interval or max(found.after_last, found.apart) > policy.maximum_interval,
    }
    return tuple(cap for cap, holds in moved.items() if holds)


__all__ = ["Link", "Reasons", "explain", "explain_card"]
