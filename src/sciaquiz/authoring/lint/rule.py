"""What a rule is: data about it, and a function from what is looked at to words, or to None where all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.model import Kind
from sciaquiz.deck.problem import Severity
from sciaquiz.ids import QuestionId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sciaquiz.authoring.lint.look import Look

    Check = Callable[[Look], str | None]
    Found = tuple[str, tuple[str | int, ...], QuestionId, str]
    """What a rule over decks finds: its code, the place in the file, the question or DECK, and words."""

DECK = QuestionId("")
"""Stands for a question where the deck by itself is at fault."""

OPTIONS_OF = {Kind.TRUE_FALSE: "statements", Kind.ORDERING: "items"}
"""The key of what stands in a list, where it is not `options`."""


class Rule(Struct, frozen=True, eq=False):
    """A rule on one question, or on whole decks where it has no `check`; equal to itself alone, so that sets are fast.

    `kinds` are those it is about, all if there are none. `needs` are words, in lower case, of which a student must see
    one for the rule to find anything, and `when` is a trait that the question must have; where a rule has both, either
    is enough. `at` is the key of the question at which the flaw stands, "" for the question itself; where rules look at
    options of any kind, "options" stands for its statements or steps too.
    """

    code: str
    severity: Severity
    title: str
    check: Check | None = None
    kinds: frozenset[Kind] = frozenset()
    needs: frozenset[str] = frozenset()
    when: str = ""
    at: str | Callable[[Look], str] = ""

    def place(self, look: Look) -> tuple[str, ...]:
        """Return where in a question the flaw stands that the rule found there."""
        at = self.at if isinstance(self.at, str) else self.at(look)
        return (OPTIONS_OF.get(look.question.kind, at) if at == "options" else at,) if at else ()


def warning(
    code: str,
    title: str,
    check: Check | None = None,
    kinds: Iterable[Kind] = (),
    needs: Iterable[str] = (),
    when: str = "",
    at: str | Callable[[Look], str] = "",
) -> Rule:
    """Return a rule whose findings leave the question as it is."""
    return Rule(code, Severity.WARNING, title, check, frozenset(kinds), frozenset(needs), when, at)


def error(
    code: str,
    title: str,
    check: Check | None = None,
    kinds: Iterable[Kind] = (),
    needs: Iterable[str] = (),
    when: str = "",
    at: str | Callable[[Look], str] = "",
) -> Rule:
    """Return a rule whose findings make `check` fail."""
    return Rule(code, Severity.ERROR, title, check, frozenset(kinds), frozenset(needs), when, at)
