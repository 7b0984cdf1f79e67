"""The chance of recall of a card, in SQL: by the model that its state is of, each with its own parameters.

SQLite works it out itself: FSRS-6 is a power, FSRS-7 the mean of two, see `memory.fsrs7`. What a review of FSRS-7 is
worth is asked in Python, and only where there are states of it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Memory
from sciaquiz.memory.fsrs6 import weights_of
from sciaquiz.memory.value import faded, worth_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sciaquiz.memory.fits import Fits

    Worth = Callable[[Memory, float], float]

ANY_SEVEN = "SELECT 1 FROM card INDEXED BY card_seven WHERE fast IS NOT NULL LIMIT 1"
SIX = "pow(1 + :factor * {t} / {s}, :decay)"
SLOW_7 = "pow(1 + :slow_factor_7 * exp(({d} - 5) * :harder_7) / {s} * {t}, :slow_decay_7)"
DECAY_7 = "-min(max(:decay_7 * pow({f}, :by_fast_7), 0.01), 0.95)"
FAST_7 = f"pow(1 + (exp(min(:kept_7 / ({DECAY_7}), 60.0)) - 1) / {{f}} * {{t}}, {DECAY_7})"
OF_FAST_7 = ":fast_share_7 * pow({f}, :fast_power_7)"
OF_SLOW_7 = ":slow_share_7 * pow({s}, :slow_power_7) * exp(({d} - 5) * :slow_harder_7)"
SEVEN = f"(({OF_FAST_7} * {FAST_7} + {OF_SLOW_7} * {SLOW_7}) / ({OF_FAST_7} + {OF_SLOW_7}) * (1 - 2e-5) + 1e-5)"
RATIO = "{t} / {s}"
CASE = "CASE WHEN {f} IS NULL THEN {six} ELSE {seven} END"
OF_CARD = {"t": "max(:today - last, 0)", "s": "stability", "d": "difficulty", "f": "fast"}
"""The columns of `card` that stand for the days since the last answer, both stabilities, and the difficulty."""
SHORT = {name: name for name in OF_CARD}


def has_seven(connection: sqlite3.Connection) -> bool:
    """Say whether the state of any card is of FSRS-7."""
    return connection.execute(ANY_SEVEN).fetchone() is not None


def teach(connection: sqlite3.Connection, fits: Fits, worth: Worth | None = None) -> dict[str, object]:
    """Let a connection work out what follows, and return what the expressions are run with.

    It learns FSRS-7 where there are states of it: `worth` is what a review of these is worth, by default as
    `memory.value` has it.
    """
    weights_of_seven: dict[str, object] = {}
    if has_seven(connection):
        weights_of_seven = _weights_of_seven(fits)
        value = worth or worth_of(fits)

        def faded_7(days: float, stability: float, difficulty: float, fast: float) -> float:
            return faded(fits, Memory(stability, difficulty, fast), days)

        def worth_7(days: float, stability: float, difficulty: float, fast: float) -> float:
            return value(Memory(stability, difficulty, fast), days)

        for function in (faded_7, worth_7):
            connection.create_function(function.__name__, 4, function, deterministic=True)
    weights = weights_of(fits.six)
    return {"factor": weights.factor, "decay": weights.decay, **weights_of_seven}


def _weights_of_seven(fits: Fits) -> dict[str, object]:
    """Return what `SEVEN` is run with."""
    from sciaquiz.memory import fsrs7, model

    weights = fsrs7.weights_of(fits.of(model.SEVEN))
    w = weights.w
    return {
        "slow_decay_7": weights.slow_decay, "slow_factor_7": weights.slow_factor, "harder_7": w[32] - 0.3,
        "decay_7": w[23], "by_fast_7": w[33] - 0.3, "kept_7": math.log(w[25]),
        "fast_share_7": w[27], "fast_power_7": -w[29],
        "slow_share_7": w[28], "slow_power_7": w[30], "slow_harder_7": w[31] - 0.5,
    }  # fmt: skip


def chance(connection: sqlite3.Connection, columns: dict[str, str] = OF_CARD) -> str:
    """Return the chance of recall, 0..1, as an expression of the columns of a card."""
    return _by_model(connection, SIX, SEVEN, columns)


def fading(connection: sqlite3.Connection) -> str:
    """Return an expression that rises as the chance of recall falls; see `memory.value.faded`."""
    return _by_model(connection, RATIO, "faded_7({t}, {s}, {d}, {f})", OF_CARD)


def by_model(connection: sqlite3.Connection, six: str) -> str:
    """Return what a review is worth by the model of its card, of columns t, s, d and f; `six` is that of FSRS-6."""
    return _by_model(connection, six, "worth_7(t, s, d, f)", SHORT)


def _by_model(connection: sqlite3.Connection, six: str, seven: str, columns: dict[str, str]) -> str:
    return (CASE.format(six=six, seven=seven, f="{f}") if has_seven(connection) else six).format(**columns)
