"""Rules for well-written questions, each a small pure function, all in one table.

The codes are those of the item-writing literature (Haladyna, Downing and Rodriguez 2002; Case and Swanson 2001): TW for
flaws that help a guesser, ID for flaws that hurt one who knows, DOC for what is missing or left over. Thresholds are
our own, and so are the other codes. Each rule has a page in docs/rules.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import TRAITS, Look
from sciaquiz.authoring.lint.table import RULES
from sciaquiz.deck.model import Kind

__all__ = ["CODES", "RULE", "RULES", "flaws"]

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.authoring.lint.rule import Check, Rule

RULE = {rule.code: rule for rule in RULES}
CODES = tuple(RULE)


def _spellings(word: str) -> set[str]:
    return {word, word.capitalize(), word.upper(), word.title()}


Held = tuple["Rule", "Check"]
ALWAYS: dict[Kind, tuple[Held, ...]] = {}
BY_TRAIT: dict[Kind, tuple[tuple[Callable[[Look], bool], tuple[Held, ...]], ...]] = {}
BY_WORD: dict[Kind, dict[str, tuple[Held, ...]]] = {}
TRIGGERS: dict[Kind, frozenset[str]] = {}
"""The rules of each kind that are asked of every question, and those that only traits or words call for."""

for _kind in Kind:
    _held = [(rule, rule.check) for rule in RULES if rule.check is not None and _kind in (rule.kinds or Kind)]
    ALWAYS[_kind] = tuple((rule, check) for rule, check in _held if not rule.needs and not rule.when)
    BY_TRAIT[_kind] = tuple(
        (attrgetter(trait), _asked)
        for trait in TRAITS
        if (_asked := tuple((rule, check) for rule, check in _held if rule.when == trait))
    )
    _words: dict[str, tuple[Held, ...]] = {}
    for _rule, _check in _held:
        for _word in {form for need in _rule.needs for form in _spellings(need)}:
            _words[_word] = (*_words.get(_word, ()), (_rule, _check))
    BY_WORD[_kind], TRIGGERS[_kind] = _words, frozenset(_words)


def flaws(look: Look) -> list[tuple[Rule, str]]:
    """Return each rule that finds a flaw in a question, with its words."""
    kind = look.question.kind
    found = [(rule, told) for rule, check in ALWAYS[kind] if (told := check(look)) is not None]
    for has, rules in BY_TRAIT[kind]:
        if has(look):
            found += [(rule, told) for rule, check in rules if (told := check(look)) is not None]
    called = look.words & TRIGGERS[kind]
    if called:
        by_word = BY_WORD[kind]
        for rule, check in {held for word in called for held in by_word[word]}:
            if (told := check(look)) is not None:
                found.append((rule, told))
    return found
