"""What was assumed of a right answer that the student called a guess, as it is kept with the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.words import percent

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT_AS = "assumed"


class Assumed(Struct, frozen=True, kw_only=True):
    """All are chances, 0..1: that it was `known`, by `recall` before it was given, and by how often a guess is said
    `of_known` and `of_unknown`. `is_own` is whether these two were counted from the student's own answers."""

    known: float
    recall: float
    of_known: float
    of_unknown: float
    is_own: bool

    def kept(self) -> Mapping[str, object]:
        """Return the form in which the journal keeps it."""
        shares = {
            "known": self.known, "recall": self.recall, "of_known": self.of_known, "of_unknown": self.of_unknown,
        }  # fmt: skip
        return {KEPT_AS: {**{name: round(share, 4) for name, share in shares.items()}, "own": self.is_own}}

    def words(self) -> str:
        """Say it to the student."""
        of_known, known = percent(self.of_known), percent(self.known)
        if self.is_own:
            return f"you say it of {of_known} of what you know, so {known} likely known"
        return f"if you say it of {of_known} of what you know, {known} likely known"


def assumed_in(response: Mapping[str, object]) -> Assumed | None:
    """Return what a response in the journal says was assumed; None if it says nothing that can be used."""
    said = response.get(KEPT_AS)
    if not isinstance(said, dict):
        return None
    shares = [said.get(name) for name in ("known", "recall", "of_known", "of_unknown")]
    found = [
        float(share)
        for share in shares
        if isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1
    ]
    if len(found) != len(shares):
        return None
    known, recall, of_known, of_unknown = found
    return Assumed(known=known, recall=recall, of_known=of_known, of_unknown=of_unknown, is_own=said.get("own") is True)
