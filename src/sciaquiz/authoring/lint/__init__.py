"""Rules for well-written questions, each a small pure function, all in one table.

The codes are those of the item-writing literature (Haladyna, Downing and Rodriguez 2002; Case and Swanson 2001): TW for
flaws that help a guesser, ID for flaws that hurt one who knows, DOC for what is missing or left over. Thresholds are
our own, and so are the other codes. Each rule has a page in docs/rules.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import TRAITS, Look
from sciaquiz.authoring.lint.table import RULES
from sciaquiz.deck.model import Kind

__all__ = ["CODES", "RULE", "RULES", "flaws"]

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.rule import Check, Rule

RULE = {rule.code: rule for rule in RULES}
CODES = tuple(RULE)


def _spellings(word: str) -> set[str]:
    return {word, word.capitalize(), word.upper(), word.title()}


Held = tuple["Rule", "Check"]
HELD: dict[Kind, tuple[Held, ...]] = {
    kind: tuple((rule, rule.check) for rule in RULES if rule.check is not None and kind in (rule.kinds or Kind))
    for kind in Kind
}
BY_WORD: dict[Kind, dict[str, list[Held]]] = {}
for _kind, _rules in HELD.items():
    _words = BY_WORD[_kind] = {}
    for _rule, _check in _rules:
        for _form in {form for need in _rule.needs for form in _spellings(need)}:
            _words.setdefault(_form, []).append((_rule, _check))
TRIGGERS = {kind: frozenset(words) for kind, words in BY_WORD.items()}
"""The rules of each kind; those that a word calls for; and all the words that do."""


@cache
def _called_by(kind: Kind, traits: int) -> tuple[Held, ...]:
    """Return the rules that are asked of every question of a kind, and of one with these traits."""
    return tuple(
        (rule, check) for rule, check in HELD[kind] if (TRAITS[rule.when] & traits if rule.when else not rule.needs)
    )


def flaws(look: Look) -> list[tuple[Rule, str]]:
    """Return each rule that finds a flaw in a question, with its words."""
    kind = look.question.kind
    asked = _called_by(kind, look.traits)
    if words := look.words & TRIGGERS[kind]:
        by_word = BY_WORD[kind]
        asked = (*asked, *{held for word in words for held in by_word[word]}.difference(asked))
    return [(rule, told) for rule, check in asked if (told := check(look)) is not None]
