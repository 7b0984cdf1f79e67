"""What each review that is due is worth, in SQL: the arithmetic of `memory.value`, in the same order of operations.

Asking Python for each of 100,000 rows takes three times as long as all the rest of the queue.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sciaquiz.catalogue.recall import SHORT, by_model, chance, teach
from sciaquiz.memory.fsrs6 import HIGHEST_STABILITY, LOWEST_STABILITY, weights_of
from sciaquiz.memory.value import worth_of

if TYPE_CHECKING:
    import sqlite3

    from sciaquiz.study.queue import Ranking

LAPSE = ":w11 * pow(d, :w12) * (pow(s + 1, :w13) - 1)"
PASSED = "s * (1 + :growth * (11 - d) * pow(s, :w9) * (exp((1 - r) * :w10) - 1))"
FAILED = "max(min(lapse * exp((1 - r) * :w14), s / :divisor), :lowest)"
RELEARNED = f"{FAILED} * max(1.0, :same_day * pow({FAILED}, :fading))"
WORTH = f"""(
    r * pow(1 + :ahead / min(max({PASSED}, :lowest), :highest), :decay)
    + (1 - r) * pow(1 + :ahead / min({RELEARNED}, :highest), :decay)
    - pow(1 + :factor * (t + :horizon) / s, :decay)
) / (1.0 + (1.0 - r) * :more)"""
ONCE = "LIMIT -1"
"""Keeps SQLite from putting what a column says in place of its name, which would work it out again each time."""


def by_value(
    connection: sqlite3.Connection, due: str, ranking: Ranking, *, with_chances: bool = False
) -> tuple[str, dict[str, object]]:
    """Return a SELECT of the cards that are worth most for the time they take, and what it is run with.

    It gives `id, question, deck, siblings`, and `with_chances` also the chance of recall and whether the card must not
    be missed. `due` is a condition on the columns of `card`, in which the day is
    `:today`; `:most` is how many are wanted.
    """
    seconds = "CASE kind"
    taught = teach(connection, ranking.fits, worth_of(ranking.fits, ranking.horizon, ranking.more_when_wrong))
    given: dict[str, object] = {**taught, **_weights(ranking), "usual": ranking.usual}
    for number, (kind, each) in enumerate(ranking.seconds.items()):
        seconds += f" WHEN :kind{number} THEN :seconds{number}"
        given |= {f"kind{number}": kind, f"seconds{number}": each}
    seconds = f"{seconds} ELSE :usual END" if ranking.seconds else ":usual"
    recall, worth = chance(connection, SHORT), by_model(connection, WORTH)
    chances, danger = (", r, danger", ", danger") if with_chances else ("", "")
    statement = f"""
    SELECT id, question, deck, siblings{chances} FROM (
        SELECT id, question, deck, siblings, place, kind, t, s, d, f, {recall} AS r, {LAPSE} AS lapse{danger} FROM (
            SELECT id, question, deck, siblings, place, kind{danger},
            max(:today - last, 0) AS t, stability AS s, difficulty AS d, fast AS f
            FROM card INDEXED BY card_due WHERE {due}
        ) {ONCE}
    ) ORDER BY -({worth}) / {seconds}, place LIMIT :most
    """
    return statement, given


def _weights(ranking: Ranking) -> dict[str, object]:
    weights = weights_of(ranking.fits.six)
    w = weights.w
    return {
        "growth": weights.growth, "divisor": weights.lapse_divisor,
        "w9": -w[9], "w10": w[10], "w11": w[11], "w12": -w[12], "w13": w[13], "w14": w[14],
        "same_day": math.exp(w[17] * w[18]), "fading": -w[19], "horizon": ranking.horizon,
        "ahead": weights.factor * ranking.horizon, "more": ranking.more_when_wrong,
        "lowest": LOWEST_STABILITY, "highest": HIGHEST_STABILITY,
    }  # fmt: skip
