"""Where an answer stands among all answers of its device: its place in the sitting, and the time it took.

A sitting is where the answers of a device lie close together, as in `journal.past`. Answers that were taken back later
were given all the same, and count here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.journal.past import GAP_MINUTES
from sciaquiz.tally.facts import POSITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.journal.entries import Review
    from sciaquiz.store.reading import Run

GAP_MS = GAP_MINUTES * 60_000
LONGEST_MS = 180_000
"""No answer counts for more time than this: what is longer is a break."""
MOST_BEFORE = POSITIONS[-1]
"""Of the answers before one, no more have to be looked at."""
PAGE = 20_000

BEFORE = """
SELECT at_ms FROM review WHERE device_id = ? AND seq <= ?
AND typeof(seq) = 'integer' AND typeof(at_ms) = 'integer' ORDER BY seq DESC LIMIT ?
"""
DEVICES = """
WITH RECURSIVE known(device) AS (
    SELECT min(device_id) FROM review
    UNION ALL SELECT (SELECT min(device_id) FROM review WHERE device_id > device) FROM known WHERE device IS NOT NULL
)
SELECT device FROM known WHERE device IS NOT NULL
"""
OF_DEVICE = """
SELECT seq, at_ms FROM review WHERE device_id = ? AND seq > ?
AND typeof(seq) = 'integer' AND typeof(at_ms) = 'integer' ORDER BY seq LIMIT ?
"""


class Place(NamedTuple):
    """Which of POSITIONS an answer belongs to, and the milliseconds that it took."""

    group: int
    spent_ms: int


def place_by(before: Sequence[int], review: Review) -> Place:
    """Return the place of an answer by the instants (ms) of the answers of its device up to it, latest first.

    It took the time since the answer before it in the sitting, with what was read in between, if that is three minutes
    or less; else as much as was measured, three minutes at most.
    """
    position = 1
    for later, earlier in pairwise(before):
        if abs(later - earlier) > GAP_MS:
            break
        position += 1
    gap = before[0] - before[1] if len(before) > 1 else -1
    spent = gap if 0 <= gap <= LONGEST_MS else min(review.latency_ms or 0, LONGEST_MS)
    return Place(bisect_right(POSITIONS, position) - 1, spent)


class EachPlace:
    """Looks each answer up in the journal: for a few of them."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __call__(self, review: Review) -> Place:
        """Return the place of an answer."""
        rows = self._run(BEFORE, (review.device_id, review.seq, MOST_BEFORE))
        return place_by([at_ms for (at_ms,) in rows], review)


class AllPlaces:
    """Holds the instants of all answers, 16 bytes each: for very many of them.

    They are read in pieces, so that no answer has to wait until all are; `page` runs the statement of one.
    """

    def __init__(self, page: Run) -> None:
        self._devices: dict[str, tuple[array[int], array[int]]] = {}
        for (device,) in page(DEVICES):
            if isinstance(device, str):
                self._devices[device] = _instants_of(page, device)

    def __call__(self, review: Review) -> Place:
        """Return the place of an answer; of one that came since they were read, as if it were by itself."""
        seqs, instants = self._devices.get(review.device_id, (array("q"), array("q")))
        at = bisect_left(seqs, review.seq)
        if at == len(seqs) or seqs[at] != review.seq:
            return place_by((), review)
        return place_by(instants[max(0, at + 1 - MOST_BEFORE) : at + 1][::-1], review)


def _instants_of(page: Run, device: str) -> tuple[array[int], array[int]]:
    seqs, instants = array("q"), array("q")
    while rows := list(page(OF_DEVICE, (device, seqs[-1] if seqs else -1, PAGE))):
        seqs.extend(seq for seq, _ in rows)
        instants.extend(at_ms for _, at_ms in rows)
    return seqs, instants
