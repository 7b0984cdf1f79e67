"""Which answers statistics are about: a scope (all, a deck, a topic, a kind) and a period that ends today."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from msgspec import Struct

from sciaquiz.study.query import Field, Query


class Period(Enum):
    """How far back: the last 7, 30 or 90 study days, today among them, or all of them."""

    WEEK = 7
    MONTH = 30
    QUARTER = 90
    ALL = 0

    @property
    def days(self) -> int | None:
        """How many study days; None for all of them."""
        return self.value or None

    def since(self, today: date) -> date:
        """Return the first study day of the period that ends on one; the first of all days for all of them.

        Answers that a clock ahead of time has put after today count in every period.
        """
        return today - timedelta(days=self.value - 1) if self.value else date.min


class Scope(Struct, frozen=True):
    """Which answers are counted: all, or those to cards that now belong to a deck, a topic or a kind of question.

    `value` is a deck's id, a topic's word in queries, or a `Kind`. Decks and topics are those of today: where an author
    moves a question, its past goes with it. Cards of decks that are no longer installed count in all alone.
    """

    field: Field | None = None
    value: str = ""

    @property
    def query(self) -> Query:
        """The query that means the cards of this scope."""
        return Query() if self.field is None else Query().having(self.field, [self.value])


EVERYTHING = Scope()
