"""How likely a right answer was known: from what a blind guess is worth, and from what the student calls a guess.

Whoever knows a card is right and says a certainty by the shares `known`; whoever does not is right only by a blind
guess, of chance `b`, and says one by the shares `unknown`. That right answers have a floor is the guessing parameter of
item response theory (Birnbaum in Lord & Novick, 1968) and of knowledge tracing (Corbett & Anderson, 1995); by Bayes,
with R the chance of recall and rho = b * unknown / known for the certainty that was said,

    P(knew | right) = R / (R + (1 - R) rho)

No certainty tells nothing beyond the floor: rho = b.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.assumed import Assumed
from sciaquiz.journal.entries import Certainty
from sciaquiz.memory.forecast import retrievability_now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sciaquiz.journal.entries import Answer, Progress
    from sciaquiz.journal.snapshot import Avowal
    from sciaquiz.memory.policy import Policy

    Shares = tuple[float, float, float]
    """Of guess, think so and certain, in this order; they sum to 1."""

FEWEST_ANSWERS = 400
"""From so many answers with a certainty on, the student's own rates are used: with fewer, a student who calls 1% of
what is known a guess can hardly be told from one who calls 5% so."""
FEWEST_WRONG = 30
"""So many of them have to be wrong: they are all that is known of what is said where nothing is known."""

LEAST_CHANCE = 0.05
"""A guess is right at least so often, also where it is typed: one of the few answers that come to mind. Chosen."""

FIRST = 0.35
"""The chance that a card is known that was never answered before."""
SAME_DAY = 0.9
"""The chance that a card is known that was answered on the same day: the model of memory says nothing about that."""


class Rates(Struct, frozen=True):
    """How often a student says each certainty: of what is `known` and of what is not. `answers` were counted for it,
    0 where these are not the student's own."""

    known: Shares
    unknown: Shares
    answers: int = 0

    def of_known(self, certainty: Certainty) -> float:
        """Return the share, 0..1, of what is known that this certainty is said of."""
        return self.known[certainty - 1]

    def of_unknown(self, certainty: Certainty) -> float:
        """Return the share, 0..1, of what is not known that this certainty is said of."""
        return self.unknown[certainty - 1]


DEFAULT_RATES = Rates(known=(0.03, 0.37, 0.60), unknown=(0.65, 0.29, 0.06))
"""What is assumed until there are enough answers of the student."""


def rates_from(avowals: Iterable[Avowal]) -> Rates:
    """Return a student's own rates from counts of answers, or the default ones where these are too few."""
    counts = tuple(avowals)
    own = counted_from(counts)
    wrong = sum(avowal.answers for avowal in counts if 0 < avowal.chance < 1 and not avowal.is_right)
    return own if own.answers >= FEWEST_ANSWERS and wrong >= FEWEST_WRONG else DEFAULT_RATES


def counted_from(avowals: Iterable[Avowal]) -> Rates:
    """Return rates from counts of answers, however few.

    Of a certainty, the wrong answers are what was not known; each stands for b / (1 - b) lucky ones more, and the right
    answers less these are what was known. Counts begin at one, so that nothing is ever impossible.
    """
    known, unknown, answers = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 0
    for avowal in avowals:
        if not 0 < avowal.chance < 1:
            continue
        place, answers = avowal.certainty - 1, answers + avowal.answers
        if avowal.is_right:
            known[place] += avowal.answers
        else:
            unknown[place] += avowal.answers
            known[place] -= avowal.answers * avowal.chance / (1 - avowal.chance)
    return Rates(_shares(known), _shares(unknown), answers)


def _shares(counts: list[float]) -> Shares:
    guess, think, certain = (max(0.0, count) + 1 for count in counts)
    total = guess + think + certain
    return guess / total, think / total, certain / total


def luck(certainty: Certainty | None, chance: float, rates: Rates) -> float:
    """Return rho, how much likelier such a right answer is where the card is not known than where it is.

    `chance` is that of a blind guess, 0..1.
    """
    if certainty is None:
        return chance
    if certainty is Certainty.GUESS:
        chance = max(chance, LEAST_CHANCE)
    return chance * rates.of_unknown(certainty) / rates.of_known(certainty)


def knew(recall: float, rho: float) -> float:
    """Return the chance, 0..1, that a right answer was known; `recall` is the chance before it was given."""
    unknown = (1 - recall) * rho
    return recall / (recall + unknown) if recall + unknown > 0 else 1.0


def recall_before(progress: Progress | None, study_day: date, policy: Policy) -> float:
    """Return the chance, 0..1, that a card is known on a study day, also where the model of memory says nothing."""
    if progress is None:
        return FIRST
    if study_day <= progress.last_day:
        return SAME_DAY
    return retrievability_now(progress, study_day, policy)


def assume(recall: float, chance: float, rates: Rates) -> Assumed:
    """Return what is to be assumed of a right answer that is called a guess; `chance` is that of a blind guess."""
    return Assumed(
        known=knew(recall, luck(Certainty.GUESS, chance, rates)),
        recall=recall,
        of_known=rates.of_known(Certainty.GUESS),
        of_unknown=rates.of_unknown(Certainty.GUESS),
        is_own=rates.answers > 0,
    )


def floor_of(review: Answer) -> float:
    """Return how often a blind guess at this answer is right, 0..1, as the journal kept it: 0 where it says nothing."""
    kept = review.response.get("guess_probability")
    return float(kept) if isinstance(kept, int | float) and not isinstance(kept, bool) and 0 <= kept <= 1 else 0.0


def luck_of(review: Answer, rates: Rates) -> float:
    """Return rho of an answer in the journal: what stands in for the floor in the loss of a fit."""
    return luck(review.certainty, floor_of(review), rates)


def knew_of(review: Answer, rates: Rates, recall: float = FIRST) -> float:
    """Return the chance, 0..1, that the student knew: by Bayes for a right answer, 0 for a wrong one.

    `recall` is the chance of recall when it was asked, that of a first answer where there is none.
    """
    return knew(recall, luck_of(review, rates)) if review.correct else 0.0
