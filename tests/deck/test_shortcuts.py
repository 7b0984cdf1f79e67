"""Reading looks before it works; what a look finds must be what the work would have found."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from random import Random
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from bench.faults.mutating import mutant, sound_decks
from rows import each_row
from sciaquiz.deck import bounds, locate
from sciaquiz.deck.findings import Findings
from sciaquiz.deck.importing import taming
from sciaquiz.deck.locate import Places, tables_in
from sciaquiz.text import MANY_MARKS, MOST_MARKS, WILD, is_folded, paragraphs

SHOWCASE = Path(__file__).parents[1] / "decks" / "showcase" / "deck.toml"

# Bounds


@pytest.fixture(scope="module")
def decks() -> list[str]:
    return sound_decks()


@each_row("seed", range(40))
def test_a_file_that_looks_modest_is_beyond_no_limit(
    seed: int, decks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    for name, most in (("MOST_VALUES", 40), ("MOST_FILE_LINES", 60), ("LONGEST_FILE_LINE", 150)):
        monkeypatch.setattr(bounds, name, random.choice((most, most * 1_000)))
    monkeypatch.setattr(bounds, "DEEPEST_BRACKETS", random.choice((2, 4, 50)))
    for _ in range(10):
        text = mutant(decks, random)
        assert not (bounds._is_modest(text) and list(bounds._beyond(text))), text


@given(st.lists(st.sampled_from([*"[]{}.=,\"'#\\a \n", "a.b.", '"""', "'''", '"a".', "x" * 120])).map("".join))
def test_any_text_that_looks_modest_is_beyond_no_limit(text: str) -> None:
    assert not (bounds._is_modest(text.encode()) and list(bounds._beyond(text.encode())))
    assert bounds._bare(text.encode()) == bounds.TEXTS.sub(b'"', text.encode())


def test_the_longest_line_is_found_wherever_it_is() -> None:
    for text in (b"", b"\n", b"aaa", b"aaa\n", b"a\naaaa\n", b"aaaa", b"\n\naaa\n\naaaa", b"aa\naa\naaa"):
        assert bounds._has_longer_line(text, 3) == (max(map(len, text.split(b"\n"))) > 3)


# Taming

PIECES = ["a", "é", "e\u0301", "–", " ", "  ", "\n", "\n\n", " \n \t\n", "\t", "\x1b[31m", "\x7f", "\u200b", "\u00a0", "\\",
          '"', "\u2126", "\u0301" * 31, "\ud800", "x" * 9_990, "\n" * 201, "神経", "\r\n"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
KEYS = st.one_of(st.sampled_from(["id", "text", "k" * 81, " k", "a\u200b"]), TEXTS)
LEAVES = st.one_of(TEXTS, st.sampled_from(["id", "L5"]), st.integers(), st.just(10**400), st.floats(), st.booleans())
VALUES = st.recursive(LEAVES, lambda part: st.lists(part, max_size=3) | st.dictionaries(KEYS, part, max_size=3))


def deeper(value: Any, levels: int) -> Any:
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.sampled_from([0, 0, 0, 6, 7, 8, 9, 10, 11, 12, 13]))
def test_a_table_tamed_as_a_whole_is_what_it_is_value_by_value(table: dict[str, Any], levels: int) -> None:
    document = {"question": [{**table, "deep": deeper("text", levels)}]}
    slow = Findings(document)
    taming_ = taming._Taming(slow, is_toml=True)
    expected = taming_.reported(document["question"][0], ("question", 0))
    for is_toml in (True, False):
        found = Findings(document)
        assert repr(taming.tamed(document, found, is_toml=is_toml)) == repr({"question": [expected]})
        assert found.all() == slow.all()


@pytest.mark.parametrize("table", [{f"k{n}": 1 for n in range(201)}, {"list": [0] * 5_001}, {"a": "b" * 10_001}])
def test_a_table_beyond_a_limit_does_not_look_tame(table: dict[str, Any]) -> None:
    assert not taming.is_tame(table)


@given(TEXTS)
def test_a_line_that_is_folded_stays_as_it_is(text: str) -> None:
    if text.isprintable() and is_folded(text):
        assert paragraphs(text) == text


def test_combining_marks_look_like_marks_and_wild_signs_are_not_printable() -> None:
    signs = list(map(chr, range(sys.maxunicode + 1)))
    marks = [sign for sign in signs if unicodedata.category(sign)[0] == "M"]
    assert all(MANY_MARKS.search(sign * (MOST_MARKS + 1)) for sign in marks)
    assert not any(sign.isprintable() for sign in signs if WILD.match(sign) and sign != "\n")


# Places


def noted(text: bytes) -> dict[locate.Path, locate.Place]:
    """Every place of a file, found by going through all of it."""
    whole = Places(text, {})
    return {path: whole.of(path) for path in locate._Noting(text).noted}


TRICKY = '''id = "d" # [[question]]
title = """
[[question]]
"""
authors = [
  "[[question]]", 'it is',
]
  [[ question ]]
id = "a"
stem = """x "" [[question]] \\""" y"""
[question.picture]
file = "a.png"
[[source]]
id = "é"
[[question.options]]
id = 'b'
[[question]] # [[question]]
  id = "ü"
options = [
  { id = "a", text = "[[question]]" }, { id = "b", text = ["x", "y"] },
]
[[source]]
citation.short = "c"
[unknown.table]
key = 1
[[question]]
# stem = "no"
note = ["stem = 1", """
stem = 2""", # ]
  "[", 'it', ]
meta = {
  stem = 4 }
level = [["x"],
]
stem = "five"
"topics" = []
accepts = 6
"dotted.key" = 7
[question.concept]
stem = 8
'''


@pytest.mark.parametrize("text", [TRICKY, SHOWCASE.read_text("utf-8"), sound_decks()[2]], ids=["tricky", "all", "one"])
def test_a_place_found_in_its_table_is_the_one_found_in_the_file(text: str) -> None:
    written = text.encode()
    places = Places(written, tables_in(tomli.loads(text)))
    assert set(places._headers) >= {"question", "source"}
    for path, place in noted(written).items():
        assert places.of(path) == place, path


@pytest.mark.parametrize("header", ['[["question"]]', "[['question']]", '[["quest\\u0069on"]]'])
def test_where_headers_do_not_account_for_the_tables_the_whole_file_is_gone_through(header: str) -> None:
    text = f'[[question]]\nid = "a"\n{header}\nid = "b"\n[[question]]\nid = "c"\n'
    places = Places(text.encode(), {"question": 3})
    assert places._headers == {}
    if "\\" not in header:
        assert [places.of(("question", place, "id")) for place in range(3)] == [(2, 1), (4, 1), (6, 1)]
