"""The one layout of a deck: nothing that is said changes, comments stay, and twice is once."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from sciaquiz.authoring.layout import LayoutError, laid_out

DECKS = Path(__file__).parents[2] / "decks"

WILD = """\
# a deck

id='wild'
title =  "A # b"   # behind


version="1"
[[source]]
id="book"
citation=\"\"\"
two  lines
kept   \"\"\"
# belongs to the question
[[question]]
kind="single"
stem="Which nerve, please?  "
options=[{text="Tibial nerve",correct=true},{id="b",text="Fibular nerve"} , # why
  # before the third
  {text="Tibial nerve", why='because'}]
sources=["book"   ,'book']
[question.meta]
bloom = { level=2,of=[1,2 ,
3] }
[[question]]
id = "two"
kind = "recall"
stem = "Which?"
answer = "x"



[[question.options]]
text = "odd"
"""


def test_a_wild_deck_is_laid_out() -> None:
    assert (
        laid_out(WILD)
        == """\
# a deck

id = 'wild'
title = "A # b"  # behind

version = "1"

[[source]]
id = "book"
citation = \"\"\"
two  lines
kept   \"\"\"

# belongs to the question
[[question]]
id = "which-nerve-please"
kind = "single"
stem = "Which nerve, please?  "
options = [
  { id = "tibial-nerve", text = "Tibial nerve", correct = true },
  { id = "b", text = "Fibular nerve" },  # why
  # before the third
  { id = "tibial-nerve-2", text = "Tibial nerve", why = 'because' },
]
sources = ["book", 'book']

[question.meta]
bloom = { level = 2, of = [1, 2, 3] }

[[question]]
id = "two"
kind = "recall"
stem = "Which?"
answer = "x"

[[question.options]]
id = "odd"
text = "odd"
"""
    )


@pytest.mark.parametrize("path", [DECKS / "red-flags" / "deck.toml"], ids=lambda path: path.parent.name)
def test_a_shipped_deck_says_the_same_after_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    done = laid_out(text)
    assert tomli.loads(done) == tomli.loads(text)
    assert laid_out(done) == done
    assert sum(line.lstrip().startswith("#") for line in done.splitlines()) == text.count("\n#") + text.startswith("#")


SPACE = st.sampled_from(["", " ", "  ", "\t"])
BEHIND = st.sampled_from(["", "", "# behind", "#"])
VALUES = st.recursive(
    st.sampled_from(["1", "-2.5", "true", '"a # b"', "'x'", '"""a\n\n  b"""', "2026-11-28", '"é"']),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda found: "[" + " ,\n ".join(found) + "]"),
        st.lists(inner, max_size=3).map(lambda found: "[ # c\n" + "".join(f"{each}, # d\n" for each in found) + "]"),
        st.lists(inner.filter(lambda text: "\n" not in text), max_size=3).map(
            lambda found: "{" + ",".join(f" k{place}={text}" for place, text in enumerate(found)) + "}"
        ),
    ),
    max_leaves=6,
)


@st.composite
def decks(draw: st.DrawFn) -> str:
    lines = []
    for place in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["pair", "pair", "header", "comment", "blank"]))
        if kind == "pair":
            lines.append(f"{draw(SPACE)}key{place}{draw(SPACE)}={draw(SPACE)}{draw(VALUES)}{draw(SPACE)}{draw(BEHIND)}")
        elif kind == "header":
            lines.append(draw(SPACE) + draw(st.sampled_from(["[[question]]", "[[source]]", "[[ other ]]"])))
        elif kind == "comment":
            lines.append(f"{draw(SPACE)}# {draw(st.sampled_from(['x', '[[question]]', 'a = 1']))}{draw(SPACE)}")
        else:
            lines.append("\n" * draw(st.integers(0, 3)))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@settings(max_examples=80, deadline=None)
@given(decks())
def test_whatever_is_written_says_the_same_and_twice_is_once(text: str) -> None:
    done = laid_out(text)
    before, after = tomli.loads(text), tomli.loads(done)
    for old, new in zip(before.get("question", []), after.get("question", []), strict=True):
        assert new == {"id": new["id"], **old}
    assert {**after, "question": 0} == {**before, "question": 0}
    assert laid_out(done) == done
    assert done.count("#") == text.count("#")


@pytest.mark.parametrize(("text", "line"), [("id = \n", 1), ('a = 1\nb = "x\n', 2), ("a = { b = 1,\n c = 2 }\n", 1)])
def test_what_cannot_be_laid_out_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(LayoutError) as refused:
        laid_out(text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('[["question"]]\nstem = "How many toes?"\n', ["how-many-toes"]),
        ("[['question']]\n\"stem\" = 'Toes?'\n[[ \"question\" ]]\nstem = 'Toes?'\n", ["toes", "toes-2"]),
        ('"question" = [{ stem = "Toes?" }]\n', ["toes"]),
        ('[[question]]\nstem = "Toes?"\nx = [nan, -inf, 1.50]\n', ["toes"]),
    ],
)
def test_ids_are_added_however_keys_and_numbers_are_written(text: str, ids: list[str]) -> None:
    assert [question["id"] for question in tomli.loads(laid_out(text))["question"]] == ids


def test_an_id_is_added_to_options_below_quoted_keys() -> None:
    [question] = tomli.loads(laid_out("[['question']]\nid = 'q'\n\"options\" = [{ text = 'A' }]\n"))["question"]
    assert question["options"] == [{"id": "a", "text": "A"}]


def test_brackets_as_deep_as_a_deck_may_have_are_laid_out_at_once() -> None:
    text = f"x = {'[' * 49}1, 2{']' * 49}\n"
    assert tomli.loads(laid_out(text)) == tomli.loads(text)


@pytest.mark.parametrize("text", [f"x = {'[' * 60}{']' * 60}\n", f"x = [{'1,' * 100_001}]"])
def test_what_no_deck_may_hold_is_not_laid_out(text: str) -> None:
    with pytest.raises(LayoutError, match=r"nested more than|longer than"):
        laid_out(text)


def test_a_deck_that_would_grow_beyond_what_a_deck_may_be_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sciaquiz.authoring.layout.LARGEST_FILE", 20)
    with pytest.raises(LayoutError, match="larger than"):
        laid_out("a=1\nb=2\nc=3\nd=4\n")
