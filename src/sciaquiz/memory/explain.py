"""Why a card comes back when it does: the whole chain, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.entries import Review
from sciaquiz.memory.balance import balanced
from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.memory.forecast import retrievability_at, retrievability_now
from sciaquiz.memory.fuzz import fuzz_range, round_half_up, spreads_in
from sciaquiz.memory.replay import in_force, state_under, steps
from sciaquiz.memory.schedule import Cap, Graded, elapsed_days, preview, spacing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId, Digest
    from sciaquiz.journal.entries import CardState, Event, Progress, Rating
    from sciaquiz.memory.balance import Load
    from sciaquiz.memory.fits import Fit, Fits
    from sciaquiz.memory.policy import Policy
    from sciaquiz.memory.replay import InForce
    from sciaquiz.memory.schedule import Spacing


class Link(Struct, frozen=True, kw_only=True):
    """One answer in the chain: what it was, the rating that counted, and what the card came to by it.

    `recall` is the chance of recall, 0..1, when it was asked, None for the first answer; `elapsed_days` likewise. Where
    `review.rating` is another than `rating` and was not `overruled`, another rule has rated the answer since.
    """

    review: Review
    rating: Rating
    overruled: bool
    elapsed_days: int | None
    recall: float | None
    before: Progress | None
    after: Progress


class Reasons(Struct, frozen=True, kw_only=True):
    """The chain from the answers to the due date, and what each rating now would lead to.

    `recall` is the chance of recall now, None for a card never answered. `spacing` tells how the interval came about,
    None for a card on a step or where it was set by rules that are not known here; `caps` what else moved it.
    `corrected` is the day on which the key was corrected, where no answer was given since: the memory is that of a
    first answer Again, and the card is due. `practised` counts the answers that moved nothing. `policy` is the one in
    force, `reading` the one by which the memory is read as it stands; `own` is the fit in force, None for everyone's
    parameters.
    """

    card_id: CardId
    now: Moment
    policy: Policy
    reading: Policy
    state: CardState
    links: tuple[Link, ...]
    recall: float | None
    spacing: Spacing | None
    caps: tuple[Cap, ...]
    previews: Mapping[Rating, Progress]
    practised: int = 0
    corrected: date | None = None
    own: Fit | None = None


def explain(
    state: CardState,
    counted: InForce,
    now: Moment,
    policy: Policy,
    *,
    policies: Mapping[Digest, Policy] | None = None,
    load: Load | None = None,
    fits: Fits = DEFAULT_FITS,
) -> Reasons:
    """Explain one card by what counts of its entries.

    Each answer is told by the policy it was given under where `policies` has it, else by `policy`, the one in force
    now. A card that was not answered since the model in force changed is still remembered by the one before, with the
    parameters that `fits` have for it. `load` is what waits on the days to come, by which an answer now would be
    spread.
    """
    known = {review.policy: policy for review in counted.reviews} | dict(policies or {})
    links: list[Link] = []
    found: Spacing | None = None
    corrected: date | None = None
    for step in steps(state.card_id, counted, known):
        review, before, after = step.entry, step.before.progress, step.after.progress
        if not isinstance(review, Review):
            corrected, found = review.moment.study_day, None
        if not isinstance(review, Review) or not review.schedules or step.rating is None or after is None:
            continue
        graded = Graded(state.card_id, review.moment, step.rating, spreads_in(review.response))
        then, corrected = known[review.policy], None
        found = spacing(before, graded, then)
        links.append(_link(review, graded, before, after, then, overruled=review.id in counted.overrules))
    if state.progress is None or found is None or found.days != state.progress.interval_days:
        found = None
    settled = known[links[-1].review.policy] if links else policy
    reading = fits.reading(policy, state.progress.memory) if state.progress else policy
    coming = state_under(policy, state, counted).progress
    spreads = balanced(coming, state.card_id, now, policy, load) if load else ()
    return Reasons(
        card_id=state.card_id,
        now=now,
        policy=policy,
        reading=reading,
        own=fits.own,
        state=state,
        links=tuple(links),
        recall=retrievability_now(state.progress, now.study_day, reading) if state.progress else None,
        spacing=found,
        caps=_caps(found, settled) if found else (),
        previews=preview(coming, state.card_id, now, policy, spreads),
        practised=sum(not review.schedules for review in counted.reviews),
        corrected=corrected,
    )


def explain_card(
    state: CardState,
    reviews: Sequence[Review],
    events: Sequence[Event],
    now: Moment,
    policy: Policy,
    policies: Mapping[Digest, Policy] | None = None,
    load: Load | None = None,
    fits: Fits = DEFAULT_FITS,
) -> Reasons:
    """Explain one card by all entries about it, in whatever order they come."""
    counted = in_force(reviews, events)
    return explain(state, counted, now, policy, policies=policies, load=load, fits=fits)


def _link(
    review: Review, graded: Graded, before: Progress | None, after: Progress, policy: Policy, *, overruled: bool
) -> Link:
    now = graded.moment
    return Link(
        review=review,
        rating=graded.rating,
        overruled=overruled,
        elapsed_days=elapsed_days(before, now.study_day) if before else None,
        recall=retrievability_at(before, now, policy) if before else None,
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
