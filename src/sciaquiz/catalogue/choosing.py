"""The cards that a choice means: how many, and which in their order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.ids import CardId
from sciaquiz.study.choice import Found, askable, in_order
from sciaquiz.study.query import Field, Query

if TYPE_CHECKING:
    from sciaquiz.catalogue.matching import Matching
    from sciaquiz.study.choice import Choice

FACETS = (Field.DECK, Field.TOPIC, Field.IS, Field.KIND)
OPENINGS = """
SELECT card.id, question.opening FROM card JOIN question ON question.num = card.question
WHERE card.id IN (SELECT value FROM json_each(:ids))
"""
LINKED = """
SELECT id, question, CASE WHEN "case" = '' THEN NULL ELSE deck || ' ' || "case" END, stage FROM card
WHERE id IN (SELECT value FROM json_each(:ids)) AND (siblings > 1 OR "case" <> '')
"""


class Choosing(Struct, frozen=True):
    """Looks for the cards of choices."""

    matching: Matching

    def total(self, choice: Choice) -> int:
        """Return how many cards match, whatever the number that is asked."""
        if choice.cards:
            return len(choice.cards)
        totals = [(self.matching.total(query), query.most) for query in choice.parts()]
        return sum(total if most is None else min(total, most) for total, most in totals)

    def found(self, choice: Choice, firsts: int) -> Found:
        """Return what a choice comes to, with so many of the questions that would be asked first."""
        query = choice.query
        counts = {name: self.matching.counts(askable(query), name) for name in FACETS}
        shown = (
            self.cards(replace(choice, query=replace(query, most=min(firsts, query.most or firsts)))) if firsts else ()
        )
        openings = dict(self.matching.catalogue.rows(OPENINGS, {"ids": json.dumps(shown)})) if shown else {}
        return Found(self.total(choice), counts, tuple(openings[name] for name in shown if name in openings))

    def topics(self) -> tuple[str, ...]:
        """Return all topics, those with the most questions first."""
        counts = self.matching.counts(Query(), Field.TOPIC)
        return tuple(sorted(counts, key=lambda slug: (-counts[slug], slug)))

    def cards(self, choice: Choice) -> tuple[CardId, ...]:
        """Return the cards to ask, the first by the order of the choice, then so that none gives another away."""
        found = choice.cards or tuple(
            card_id for query in choice.parts() for card_id in self.matching.ids(_at_most(query, choice.query.most))
        )
        chosen = found[: choice.query.most]
        rows = self.matching.catalogue.rows(LINKED, {"ids": json.dumps(chosen)})
        return in_order(chosen, {CardId(name): (question, case, stage) for name, question, case, stage in rows})


def _at_most(query: Query, most: int | None) -> Query:
    bounds = [bound for bound in (query.most, most) if bound is not None]
    return replace(query, most=min(bounds, default=None))
