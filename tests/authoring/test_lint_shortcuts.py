"""Rules are asked only where words or traits call for them; nothing may be missed by that."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from making import multiple, single, true_false
from sciaquiz.authoring.lint import RULES, flaws
from sciaquiz.authoring.lint.look import TRAITS, Look
from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer, TrueFalse
from sciaquiz.deck.model import Kind

WORDS = ["always", "NEVER", "small", "another", "both", "a", "and", "all of the above", "none of the above",
         "nerve", "nerves", "Nerve", "ΝΕΥΡΟΣ'", "νευρος", "root", "roots of the nerve", "straße", "STRASSE", "EXCEPT",
         "not", "notable", "except", "least likely", "is", "?", "  ", "\n\n", "12", "an",
         "10–20 mm", "15–30 mm", "L5", "Type B", "Which", "weak", "strong", "choose all that apply", "two", "often",
         "A and C", "peroneal", "fibular", "Which statement is true?", "in the previous question", "homeless"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@example("is", ["always", "never", "\n\n always"], "single", False)
@given(
    TEXTS, st.lists(TEXTS, min_size=3, max_size=5), st.sampled_from(["single", "multiple", "true-false"]), st.booleans()
)
def test_a_rule_says_what_it_says_without_a_look_before(stem: str, texts: list[str], kind: str, shuffle: bool) -> None:
    made: SingleBestAnswer | MultipleAnswer | TrueFalse = single("q", options=len(texts))
    if kind == "multiple":
        made = multiple("ab", "cdefgh"[: len(texts) - 2])
    elif kind == "true-false":
        made = true_false("tftft"[: len(texts)])
    old = made.statements if isinstance(made, TrueFalse) else made.options
    entries = tuple(replace(entry, text=text) for entry, text in zip(old, texts, strict=True))
    if isinstance(made, TrueFalse):
        look = Look(replace(made, stem=stem, shuffle=shuffle, statements=entries))
    else:
        look = Look(replace(made, stem=stem, shuffle=shuffle, options=entries))
    quick = {rule.code for rule, _ in flaws(look)}
    slow = {
        rule.code
        for rule in RULES
        if rule.check is not None and (not rule.kinds or made.kind in rule.kinds) and rule.check(look) is not None
    }
    assert quick == slow


def test_a_rule_is_data_that_names_what_there_is() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    for rule in RULES:
        assert rule.kinds <= set(Kind)
        assert rule.when in ("", *TRAITS)
        assert rule.title == rule.title.strip().rstrip(".")
