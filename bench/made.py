"""Students who are made: their memory is exactly that of a model, so that it is known what a fit should find."""

from __future__ import annotations

from math import exp, sqrt
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Rating
from sciaquiz.memory.comparing import foretold
from sciaquiz.memory.evaluating import trials
from sciaquiz.memory.fitting.recipe import SLOPES, fit
from sciaquiz.memory.fitting.seen import Seen
from sciaquiz.memory.model import model_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sciaquiz.memory.fitting.seen import Log

GUESSES = {True: 0.05, False: 0.65}
"""How often students say that they guess, of what they know and of what they do not."""
KNOWN_BEFORE = 0.4
"""The share of new cards that they know already."""


def drawn_parameters(random: Random, model: str) -> tuple[float, ...]:
    """Return the parameters of some student: as far from the default as the fit expects."""
    slopes = SLOPES[model]
    free = [at + random.gauss(0, 1) * far for at, far in zip(slopes.start, slopes.deviations, strict=True)]
    held = [min(max(value, low), high) for value, low, high in zip(free, slopes.low, slopes.high, strict=True)]
    return (*map(exp, held[:4]), *held[4:])


def made_student(
    random: Random, model: str, parameters: Sequence[float], *, cards: int, days: int, options: int = 0
) -> Log:
    """Return the reviews of a student whose memory is this model's, and who chooses among `options` if there are any.

    They call some of it a guess, by GUESSES; `luck` has what that says of a right answer. The gaps are drawn between a
    third and three times the interval for a recall of 0.85, at least a day.
    """
    remembering, log = model_named(model), []
    for _ in range(cards):
        day = random.randrange(days // 2)
        at, card, memory, floor = day + random.random() / 2, list[Seen](), None, 1 / options if options else 0.0
        while day < days:
            gap, recall = 0.0, KNOWN_BEFORE
            if memory is not None:
                gap = float(day - card[-1].day) if remembering.counts_study_days else at - card[-1].at
                recall = remembering.retrievability(parameters, memory, gap)
            knew = random.random() < recall
            right = knew or (options > 0 and random.random() < floor)
            grade = Rating(random.choice((2, 3, 3, 3, 4)) if right else 1)
            memory = (
                remembering.first(parameters, grade)
                if memory is None
                else remembering.after(parameters, memory, gap, grade)
            )
            luck = None
            if right and options:
                share = _share_said(knew=knew, at=random.random())
                luck = share[False] / (options * share[True])
            card.append(Seen(at, day, grade, right, floor, luck))
            wait = remembering.interval(parameters, memory, 0.85) * 3 ** random.uniform(-1, 1)
            day += max(1, round(wait))
            at = day + random.random() / 2
        log.append(card)
    return log


def _share_said(*, knew: bool, at: float) -> dict[bool, float]:
    """Of what is known, and is not, how often they say what they say this time."""
    is_guess = at < GUESSES[knew]
    return {each: share if is_guess else 1 - share for each, share in GUESSES.items()}


def missed_recall(seed: int, options: int = 2) -> tuple[float, float, float]:
    """Return how far the recall by a fit is from the real one (root mean square), of a student who chooses.

    By a fit that knows nothing of guessing, by one with the floor, and by one with what certainty says.
    """
    random = Random(seed)
    truth = drawn_parameters(random, "fsrs-6")
    log = made_student(random, "fsrs-6", truth, cards=300, days=200, options=options)
    tried = [trial._replace(floor=0.0) for trial in trials(log)]
    real = foretold(log, tried, "fsrs-6", truth)

    def missed(told: Callable[[Seen], Seen]) -> float:
        found = fit([[told(seen) for seen in card] for card in log], "fsrs-6").parameters
        ours = foretold(log, tried, "fsrs-6", found)
        return sqrt(fmean((one - other) ** 2 for one, other in zip(ours, real, strict=True)))

    return (
        missed(lambda seen: seen._replace(floor=0.0, luck=None)),
        missed(lambda seen: seen._replace(luck=None)),
        missed(lambda seen: seen),
    )
