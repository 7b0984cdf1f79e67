"""A rule looks for parts of words before it looks for words; nothing may be missed by that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import single
from sciaquiz.authoring.lint import RULES, RULES_FOR, difficulty, testwise
from sciaquiz.deck.model import Kind

if TYPE_CHECKING:
    import re

FORMS = {"i": "iIİı", "s": "sSſ", "k": "kK\u212a"}
WORDS = ["always", "NEVER", "ſometimes", "small", "another", "both", "a", "and", "all of the above", "none of the above",
         "nerve", "nerves", "Nerve", "ΝΕΥΡΟΣ'", "νευρος", "root", "roots of the nerve", "straße", "STRASSE", "EXCEPT",
         "not", "notable", "except", "İnvariably", "ınvarıably", "least likely", "is", "?", "  ", "\n\n", "12", "an"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("pattern", "roots"),
    [(testwise.ABSOLUTE, testwise.ABSOLUTE_ROOTS), (difficulty.VAGUE, difficulty.VAGUE_ROOTS)],
    ids=["absolute", "vague"],
)
def test_each_word_holds_a_root_however_it_is_written(pattern: re.Pattern[str], roots: tuple[str, ...]) -> None:
    for word in pattern.pattern.removeprefix(r"\b(").removesuffix(r")\b").split("|"):
        forms = {word, word.upper(), word.title()}
        forms |= {word.replace(letter, form) for letter, others in FORMS.items() for form in others}
        for form in forms:
            assert not pattern.search(form) or testwise.holds_any(form.casefold(), roots), form


@given(TEXTS, st.lists(TEXTS, min_size=3, max_size=5))
def test_a_rule_says_what_it_says_without_a_look_before(stem: str, texts: list[str]) -> None:
    made = single("q", options=len(texts))
    options = tuple(replace(option, text=text) for option, text in zip(made.options, texts, strict=True))
    question = replace(made, stem=stem, options=options)
    quick = [rule.check(question) for rule in RULES_FOR[Kind.SINGLE]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testwise, "holds_any", lambda *_: True)
        patch.setattr(difficulty, "holds_any", lambda *_: True)
        patch.setattr(testwise, "_shared_at_most", lambda _: 99)
        assert quick == [rule.check(question) for rule in RULES_FOR[Kind.SINGLE]]


def test_a_rule_is_for_one_kind_or_for_all() -> None:
    for rule in RULES:
        assert [kind for kind in Kind if rule in RULES_FOR[kind]] == ([*Kind] if rule.kind is None else [rule.kind])
