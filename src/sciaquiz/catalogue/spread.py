"""How the cards that a query means are spread: over the days to come, by stability, by difficulty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.catalogue.matching import Matching
    from sciaquiz.study.query import Query

AHEAD = """
SELECT max(:today, due, buried) AS day, count(*) FROM card
WHERE phase IS NOT NULL AND due < :today + :days AND NOT suspended AND {} GROUP BY day
"""
COUNTED = (
    "SELECT {bucket} AS bucket, count(*) FROM card INDEXED BY card_due WHERE phase = 2 AND {where} GROUP BY bucket"
)
MIDDLE = """
SELECT avg(value) FROM (
    SELECT {column} AS value FROM card INDEXED BY card_due WHERE phase = 2 AND {where}
    ORDER BY value LIMIT 2 - :cards % 2 OFFSET (:cards - 1) / 2
)
"""


class Spread(NamedTuple):
    """Cards past learning by their value: how many from each edge to the next, and the median; None of none."""

    counts: tuple[int, ...]
    median: float | None


def ahead(matching: Matching, query: Query, days: int) -> tuple[int, ...]:
    """Return how many of the cards will be asked on each of so many days from today on; what is overdue, today."""
    where, given = matching.condition(query)
    asked = dict(matching.catalogue.rows(AHEAD.format(where), {**given, "days": days}))
    return tuple(asked.get(given["today"] + day, 0) for day in range(days))


def spread(matching: Matching, query: Query, column: str, edges: Sequence[float]) -> Spread:
    """Return how "stability" or "difficulty" is spread over the cards; `edges` are the lower ends, in order."""
    where, given = matching.condition(query)
    cases = " ".join(f"WHEN {column} < {edge} THEN {place}" for place, edge in enumerate(edges[1:]))
    bucket = f"CASE {cases} ELSE {len(edges) - 1} END"
    found = dict(matching.catalogue.rows(COUNTED.format(bucket=bucket, where=where), given))
    counts = tuple(found.get(place, 0) for place in range(len(edges)))
    if not sum(counts):
        return Spread(counts, None)
    middle = MIDDLE.format(column=column, where=where)
    return Spread(counts, matching.catalogue.rows(middle, {**given, "cards": sum(counts)})[0][0])
