"""Four ways in which an invented memory works: three like the models of the field, one deliberately unlike.

Time is in days. Each card has its own pace (`stretch`, a factor of all its stabilities) and difficulty. The parameters
of each student are drawn around the published defaults with 0.6 of the published spread; the four first stabilities,
whose published spread says nothing, with e^N(0, 0.4).
"""

from __future__ import annotations

from math import exp, log, log1p
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sciaquiz.memory.fsrs6 import HIGH, LOW
from sciaquiz.memory.policy import FSRS6_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

SPREAD = 0.6
FIRST_SPREAD = 0.4
STEP = 10 / 1440
"""Days between an answer and the step that follows it."""

State = tuple[float, ...]


class Card(NamedTuple):
    """How a card differs from others: its pace, how much harder it is (-1..1), and whether it was known before."""

    stretch: float
    harder: float
    known: bool


class Truth(Protocol):
    """A memory; the state is a tuple of numbers. Grades are 1 Again and 3 Good."""

    def first(self, grade: int, card: Card) -> State:
        """Return the state after a first answer."""
        ...

    def recall(self, state: State, days: float, card: Card) -> float:
        """Return the chance of recall after some days."""
        ...

    def after(self, state: State, days: float, grade: int, card: Card) -> State:
        """Return the state after another answer."""
        ...


def truth_named(name: str, random: Random) -> Truth:
    """Return the truth of this name for one student, whose parameters are drawn."""
    truths: dict[str, Callable[[Random], Truth]] = {"F6": F6, "F7": F7, "SBD": Sbd, "TT": TwoTraces}
    return truths[name](random)


FSRS6_SPREAD = (
    0, 0, 0, 0, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27,
)  # fmt: skip
"""Standard deviations of the prior of FSRS-6 (fsrs-rs, training.rs)."""


def _drawn(
    random: Random,
    defaults: tuple[float, ...],
    spread: tuple[float, ...],
    low: tuple[float, ...],
    high: tuple[float, ...],
) -> list[float]:
    shared = random.gauss(0, FIRST_SPREAD)
    drawn = [
        default * exp(0.7 * shared + 0.7 * random.gauss(0, FIRST_SPREAD))
        if number < 4
        else default + SPREAD * random.gauss(0, sd)
        for number, (default, sd) in enumerate(zip(defaults, spread, strict=True))
    ]
    found = [min(max(value, least), most) for value, least, most in zip(drawn, low, high, strict=True)]
    found[:4] = sorted(found[:4])
    return found


class F6:
    """FSRS-6, written down again from its formulas: it shares no code with the planner."""

    def __init__(self, random: Random) -> None:
        w = self.w = _drawn(random, FSRS6_PARAMETERS, FSRS6_SPREAD, LOW, HIGH)
        self.factor = 0.9 ** (-1 / w[20]) - 1

    def first(self, grade: int, card: Card) -> State:
        """Return stability and difficulty."""
        w = self.w
        return w[grade - 1], min(max(w[4] - exp(w[5] * (grade - 1)) + 1 + card.harder, 1), 10)

    def recall(self, state: State, days: float, card: Card) -> float:
        """A power law."""
        return float((1 + self.factor * days / card.stretch / state[0]) ** -self.w[20])

    def after(self, state: State, days: float, grade: int, card: Card) -> State:
        """The rules for the same day, for success and for failure."""
        w, (s, d) = self.w, state
        if days < 0.5:
            growth = exp(w[17] * (grade - 3 + w[18])) * s ** -w[19]
            s = s * (max(1.0, growth) if grade > 1 else growth)
        else:
            r = self.recall(state, days, card)
            if grade > 1:
                s *= 1 + exp(w[8]) * (11 - d) * s ** -w[9] * (exp((1 - r) * w[10]) - 1)
            else:
                lapsed = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * exp((1 - r) * w[14])
                s = min(lapsed, s / exp(w[17] * w[18]))
        easy = w[4] - exp(w[5] * 3) + 1
        d = w[7] * easy + (1 - w[7]) * (d - w[6] * (grade - 3) * (10 - d) / 9)
        return min(max(s, 0.001), 36500), min(max(d, 1), 10)


FSRS7 = (
    0.1104, 2.2395, 3.9221, 11.7841, 6.1686, 0.6457, 3.6807, 1.9795, 0, 1.3826, 0.7024, 0.5999, 0.8146, 0.6398, 1,
    1.3207, 0.6707, 3.8668, 0.4416, 0.0934, 1.8631, 0.6162, 1.0869, 0.1567, 0.0801, 0.2421, 0.9464, 0.1433, 0.7145, 0,
    0.5667, 0.3734, 0.5333, 0.3048,
)  # fmt: skip
"""Default parameters of FSRS-7 (ts-fsrs, models/fsrs-7), with their bounds and the deviations of their prior."""
FSRS7_LOW = (
    1e-4, 1e-4, 1e-4, 1e-4, 1, 0.001, 0.1, 0, 0, 0.3, 0.01, 0.1, 0, 0, 1, 0, 0, 0.5, 0.001, 0.001, 0, 0, 1, 0.01, 0.01,
    0.2, 0.5, 0.01, 0.1, 0, 0.1, 0, 0, 0,
)  # fmt: skip
FSRS7_HIGH = (
    50, 100, 100, 100, 10, 4, 4, 4, 1.2, 3, 1.5, 1, 3.5, 1, 7, 4, 2, 6, 1.5, 1, 5, 1, 7, 0.25, 0.95, 0.85, 0.99, 1, 1,
    0.9, 1.1, 1, 0.6, 0.6,
)  # fmt: skip
FSRS7_SPREAD = (
    0, 0, 0, 0, 0.523, 0.2528, 0.4329, 0.2966, 0.2139, 0.2889, 0.1862, 0.175, 0.3812, 0.3013, 0.9104, 0.3234, 0.2448,
    0.3273, 0.1842, 0.1735, 0.4608, 0.311, 0.864, 0.0418, 0.2596, 0.0798, 0.0682, 0.1282, 0.1397, 0.1407, 0.1489, 0.2,
    0.15, 0.15,
)  # fmt: skip


class F7:
    """FSRS-7: a fast and a slow trace, fractional days. `tests/exam/test_truths.py` holds it against the app's."""

    def __init__(self, random: Random) -> None:
        self.w = _drawn(random, FSRS7, FSRS7_SPREAD, FSRS7_LOW, FSRS7_HIGH)
        self.w[26] = max(self.w[26], self.w[25])

    def first(self, grade: int, card: Card) -> State:
        """Return slow stability, fast stability and difficulty."""
        w = self.w
        return w[grade - 1], 0.8 * w[grade - 1], min(max(w[4] - exp(w[5] * (grade - 1)) + 1 + card.harder, 1), 10)

    def _recalls(self, state: State, days: float) -> tuple[float, float]:
        w, (slow, fast, d) = self.w, state
        decay = -min(max(w[23] * fast ** (w[33] - 0.3), 0.01), 0.95)
        of_fast = (1 + (exp(min(log(w[25]) / decay, 60)) - 1) * days / fast) ** decay
        decay = -min(max(w[24], 0.01), 0.95)
        of_slow = (1 + (w[26] ** (1 / decay) - 1) * exp((d - 5) * (w[32] - 0.3)) * days / slow) ** decay
        a, b = w[27] * fast ** -w[29], w[28] * slow ** w[30] * exp((d - 5) * (w[31] - 0.5))
        return (a * of_fast + b * of_slow) / (a + b) * (1 - 2e-5) + 1e-5, of_fast

    def recall(self, state: State, days: float, card: Card) -> float:
        """A mixture of two power laws."""
        return self._recalls(state, days / card.stretch)[0]

    def _trace(self, k: int, x: float, q: float, grade: int, d: float) -> float:
        w = self.w
        lapsed: float = min(x, w[k + 3] * ((x + 1) ** w[k + 4] - 1) * exp((1 - q) * w[k + 5]))
        if grade == 1:
            return lapsed
        grown: float = x * (1 + exp(w[k] - 1.5) * (11 - d) * x ** -w[k + 1] * (exp((1 - q) * w[k + 2]) - 1))
        return max(lapsed, grown)

    def after(self, state: State, days: float, grade: int, card: Card) -> State:
        """Both traces are moved by any answer."""
        w, (slow, fast, d) = self.w, state
        r, of_fast = self._recalls(state, days / card.stretch)
        slow = min(max(self._trace(7, slow, r, grade, d), 1e-4), 36500)
        fast = min(max(self._trace(15, fast, of_fast, grade, d), 1e-4), 36500)
        if grade == 1:
            fast = min(fast, 0.8 * slow)
        moved = d + (10 - d) / 9 * -w[6] * (grade - 3) * ((r + 0.1) if grade == 1 else 1)
        easy = w[4] - exp(w[5] * 3) + 1
        return slow, fast, min(max(0.01 * easy + 0.99 * moved, 1), 10)


SBD = (-2.803101, 1.386926, 1.739235, -1.819954, 0.529839, -0.886052, -1.393709)
SBD_SPREAD = (1.754, 1.2339, 0.5003, 0.546, 0.0989, 1.1685, 0.7778)
"""Defaults and deviations of SBD (doi 10.5281/zenodo.22727105)."""


class Sbd:
    """Stability, brittleness and difficulty: seven parameters, the stability a logarithm."""

    def __init__(self, random: Random) -> None:
        w = [value + SPREAD * random.gauss(0, sd) for value, sd in zip(SBD, SBD_SPREAD, strict=True)]
        self.low = min(max(w[0], log(0.001)), log(36500))
        self.step = (min(max(w[0], w[1], log(0.001)), log(36500)) - self.low) / 3
        self.k, self.c = min(max(w[2], 0.5), 20), max(w[4], 0)
        self.w3, self.w5, self.d = w[3], w[5], exp(w[6])

    def first(self, grade: int, card: Card) -> State:
        """Return the logarithm of stability, the last grade and the count of misses."""
        return self.low + self.step * (grade - 1), grade - 1, max(0, (3 - grade) / 2)

    def _curve(self, state: State, days: float, card: Card) -> tuple[float, float]:
        s, g, m = state
        one = log(max(days / card.stretch, 1e-9)) / self.k
        other = (2 * self.w5 / self.k - g * self.step + s) / 2
        a = max(one, other) + log1p(exp(-abs(one - other)))
        beta = exp(min(max(self.w3 + self.c * log(self.d + m) + 0.15 * card.harder, -30), 30))
        return min(max((1 + exp(min(a - s, 700))) ** -beta, 1e-6), 1 - 1e-6), beta

    def recall(self, state: State, days: float, card: Card) -> float:
        """Return the chance of recall."""
        return self._curve(state, days, card)[0]

    def after(self, state: State, days: float, grade: int, card: Card) -> State:
        """What was recalled adds, what was not takes away."""
        s, _, m = state
        r, beta = self._curve(state, days, card)
        s += -log(r) / beta if grade > 1 else self.c * log(1 - r)
        return min(max(s, log(0.001)), log(36500)), grade - 1, min(50, m + max(0, (3 - grade) / 2))


class TwoTraces:
    """A trace that is gone in a day or two, and a slow one that fades as 2^-(t/h)^b: no long tail, unlike FSRS."""

    def __init__(self, random: Random) -> None:
        self.fast = random.uniform(0.35, 0.7)
        self.bend = random.uniform(0.6, 0.9)
        self.known = 9 * exp(random.gauss(0, 0.4))
        self.learned = 3 * exp(random.gauss(0, 0.4))
        self.growth = random.uniform(2.0, 4.0)
        self.kept = random.uniform(0.25, 0.5)

    def first(self, grade: int, card: Card) -> State:
        """Return the half-life of the slow trace in days, and the strength of the fast one."""
        return (self.known if grade > 1 else self.learned) * exp(-0.15 * card.harder), 0.6

    def _slow(self, state: State, days: float, card: Card) -> float:
        return float(2 ** -((max(0.0, days) / card.stretch / state[0]) ** self.bend))

    def recall(self, state: State, days: float, card: Card) -> float:
        """Either trace will do."""
        fast = state[1] * exp(-max(0.0, days) / self.fast)
        return 1 - (1 - fast) * (1 - self._slow(state, days, card))

    def after(self, state: State, days: float, grade: int, card: Card) -> State:
        """A success adds the more, the more was forgotten; a failure leaves a part."""
        if days < 0.5:
            return state[0] * (1.05 if grade > 1 else 1.0), 0.9
        slow = self._slow(state, days, card)
        if grade > 1:
            return min(state[0] * (1 + self.growth * (1 - slow) ** 0.7 * exp(-0.1 * card.harder)), 3650), 0.9
        return max(self.learned / 2, self.kept * state[0]), 0.6
