"""What to look at first: the flaws that the indices of a question show, the gravest first.

A correlation of n answers has a standard error of about 1/√(n-3): what a small class shows by chance is not told.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.analysis.indices import ENOUGH, NOBODY
from sciaquiz.insight.shares import wilson
from sciaquiz.words import percent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sciaquiz.analysis.indices import ItemIndex

FAIR = 0.20
"""Below this an item-rest correlation is called for review (by convention)."""
HARD = 0.30
EASY = 0.95
OVERCONFIDENT = 0.30
CLEARLY = 1.645
"""So many standard errors above 0 a correlation is that a wrong option should not have."""


class Advice(Struct, frozen=True, order=True):
    """One thing to look at. `weight` orders them, the gravest with the lowest."""

    weight: int
    code: str
    text: str


def advice(index: ItemIndex, right: Collection[str], written: Collection[str]) -> list[Advice]:
    """Return what to look at; nothing below `ENOUGH` answers. `written` are all options of the question."""
    return sorted(_found(index, right, written)) if index.n >= ENOUGH else []


def _found(index: ItemIndex, right: Collection[str], written: Collection[str]) -> Iterable[Advice]:
    rest, error = index.item_rest, 1 / sqrt(index.n - 3)
    if rest is not None and rest < -error:
        told = f"those who know more are right less often ({rest:.2f}): check the key and the text"
        yield Advice(0, "negative", told)
    for option in index.options:
        if option.option not in right and (option.correlation or 0.0) >= CLEARLY * error:
            yield Advice(1, "ambiguous", f"“{option.option}” draws those who know more: is it right too?")
    if index.certain_and_wrong is not None and index.certain_and_wrong >= OVERCONFIDENT:
        share = percent(index.certain_and_wrong)
        yield Advice(2, "certain-and-wrong", f"{share} of the certain answers are wrong: a common error, or a trap")
    if rest is not None and -error <= rest < FAIR - error and index.facility <= EASY:
        yield Advice(3, "weak", f"it hardly tells those who know more from others ({rest:.2f})")
    if index.interval[1] < HARD:
        yield Advice(4, "hard", f"only {percent(index.facility)} are right")
    if unused := _unused(index, right, written):
        named = ", ".join(f"“{name}”" for name in unused)
        yield Advice(5, "unused-option", f"hardly anybody takes {named}: a distractor that does not work")
    if index.interval[0] > EASY:
        yield Advice(6, "easy", f"{percent(index.facility)} are right at once")


def _unused(index: ItemIndex, right: Collection[str], written: Collection[str]) -> list[str]:
    """Return the wrong options that hardly anybody takes, where enough learners were wrong to tell."""
    if not index.options or index.facility > EASY:
        return []
    chosen = {option.option: option.chosen for option in index.options}
    counts = {name: chosen.get(name, 0) for name in written if name not in right}
    return [name for name, n in counts.items() if n < NOBODY * index.n and wilson(n, index.n)[1] < 2 * NOBODY]
