"""What a review is worth: the recall it is expected to add some weeks ahead, for the time it takes.

Where more is due than a day holds, cards are asked in this order. In simulations of a student who comes back after 40
days it kept more of what was known over the following month than any other order; the highest chance of recall first,
which reads like thrift, kept least.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Rating
from sciaquiz.memory.fsrs6 import HIGHEST_STABILITY, LOWEST_STABILITY, weights_of
from sciaquiz.memory.model import SEVEN, SIX, model_named, name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.journal.entries import Memory
    from sciaquiz.memory.fits import Fits

HORIZON_DAYS = 30


@lru_cache(maxsize=16)
def worth(
    parameters: tuple[float, ...], horizon: int = HORIZON_DAYS, more_when_wrong: float = 1.0
) -> Callable[[float, float, float], float]:
    """Return the function of elapsed days, stability (days) and difficulty (1..10) that says what a review is worth.

    It is the expected gain in recall `horizon` days from now, (r R(H, S1) + (1-r) R(H, S0) - R(t + H, S)), for the time
    it takes, in right answers, 1 + (1-r) `more_when_wrong`: S1 after Good; S0 after Again and Good on the relearning
    step.
    One pass of arithmetic, as it is asked for every card that is due; `tests/memory/test_value.py` holds it against
    the model. Raises ValueError for parameters that FSRS-6 cannot have.
    """
    weights = weights_of(parameters)
    w, decay, factor, growth, divisor = weights.w, weights.decay, weights.factor, weights.growth, weights.lapse_divisor
    w9, w10, w11, w12, w13, w14 = w[9], w[10], w[11], -w[12], w[13], w[14]
    same_day, fading = exp(w[17] * w[18]), -w[19]
    ahead = factor * horizon

    def of(elapsed: float, stability: float, difficulty: float) -> float:
        recall = (1 + factor * elapsed / stability) ** decay
        passed = stability * (1 + growth * (11 - difficulty) * stability**-w9 * (exp((1 - recall) * w10) - 1))
        failed = min(
            w11 * difficulty**w12 * ((stability + 1) ** w13 - 1) * exp((1 - recall) * w14), stability / divisor
        )
        failed = max(failed, LOWEST_STABILITY)
        failed *= max(1.0, same_day * failed**fading)
        gain: float = (
            recall * (1 + ahead / min(max(passed, LOWEST_STABILITY), HIGHEST_STABILITY)) ** decay
            + (1 - recall) * (1 + ahead / min(failed, HIGHEST_STABILITY)) ** decay
            - (1 + factor * (elapsed + horizon) / stability) ** decay
        )
        return gain / (1.0 + (1.0 - float(recall)) * more_when_wrong)

    return of


def worth_of(fits: Fits, horizon: int = HORIZON_DAYS, more_when_wrong: float = 1.0) -> Callable[[Memory, float], float]:
    """Return what says the same of a memory of any model after so many days, by the parameters of that model."""
    six = worth(fits.six, horizon, more_when_wrong)

    def of_seven(memory: Memory, days: float) -> float:
        model, seven = model_named(SEVEN), fits.of(SEVEN)
        recall = model.retrievability(seven, memory, days)
        passed = model.after(seven, memory, days, Rating.GOOD)
        failed = model.after(seven, model.after(seven, memory, days, Rating.AGAIN), 0, Rating.GOOD)
        gain = (
            recall * model.retrievability(seven, passed, horizon)
            + (1 - recall) * model.retrievability(seven, failed, horizon)
            - model.retrievability(seven, memory, days + horizon)
        )
        return gain / (1.0 + (1.0 - recall) * more_when_wrong)

    def of(memory: Memory, days: float) -> float:
        return six(days, memory.stability, memory.difficulty) if memory.fast is None else of_seven(memory, days)

    return of


def faded(fits: Fits, memory: Memory, days: float) -> float:
    """Return a number that rises as the chance of recall falls: days over stability, as a memory of FSRS-6 has it.

    For one of FSRS-7 it is the number at which FSRS-6 would recall as well.
    """
    if name_of(memory) == SIX:
        return days / memory.stability
    weights = weights_of(fits.six)
    recall: float = fits.recall(memory, days) ** (1 / weights.decay)
    return (recall - 1) / weights.factor
