"""Importing a deck from plain data: no file and no lines, and whatever is wrong leads into the data by a path."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from msgspec.structs import replace

from pictured import png
from sciaquiz.deck.findings import Finding
from sciaquiz.deck.importing import Imported, import_deck
from sciaquiz.deck.reading import read_deck, read_deck_text
from sciaquiz.ids import QuestionId

FOLDER = Path("no-such-folder")
SHOWCASE = Path(__file__).parents[1] / "decks" / "showcase" / "deck.toml"
SHOWN = tomllib.loads(SHOWCASE.read_text(encoding="utf-8"))
"""Every kind of question and every array."""


def imported(data: Any) -> Imported:
    return import_deck(data, FOLDER)


def demo() -> dict[str, Any]:
    """A sound deck as another program may make it, without any file."""
    recall = {"kind": "recall", "stem": "Which roots?", "answer": "L4 to S3.", "sources": ["gray"]}
    return {
        "id": "demo",
        "title": "Demo",
        "source": [{"id": "gray", "citation": "Gray's Anatomy"}],
        "question": [{"id": "first", **recall}, {"id": "second", **recall}],
    }


def test_plain_data_becomes_a_deck_that_stands_in_no_file() -> None:
    found = imported(demo())
    assert found.findings == ()
    assert found.deck is not None
    assert found.deck.path is None
    assert [question.id for question in found.deck.questions] == ["first", "second"]
    assert found.order == {"first": 0, "second": 1}


def test_the_same_data_from_json_and_from_toml_is_the_same_deck() -> None:
    found = imported(json.loads(json.dumps(SHOWN)))
    assert found.findings == ()
    read = read_deck(SHOWCASE).deck
    assert read is not None
    assert found.deck == replace(read, path=None)


def test_a_picture_lies_in_the_folder_that_is_given(tmp_path: Path) -> None:
    data = demo()
    data["question"][1]["picture"] = {"file": "leg.png", "alt": "A leg."}
    [finding] = import_deck(data, tmp_path).findings
    assert finding.path == ("question", 1, "picture", "file")
    assert finding.message == "there is no file “leg.png” beside the deck"
    (tmp_path / "leg.png").write_bytes(png(2, 2))
    found = import_deck(data, tmp_path)
    assert found.deck is not None
    picture = found.deck.questions[1].picture
    assert picture is not None
    assert picture.path == tmp_path / "leg.png"


def test_a_question_with_an_error_is_left_out_and_found_by_its_path() -> None:
    data = demo()
    data["question"][0]["answer"] = 5
    data["question"][1]["accepts"] = ["TW1"]
    data["question"][1]["accepts_why"] = "It is so."
    found = imported(data)
    assert found.findings == (
        Finding(path=("question", 0, "answer"), code="string-type", message="“answer” must be text, between quotes"),
    )
    assert found.accepted == {"second": ("TW1",)}
    assert found.order == {QuestionId("second"): 1}


def test_what_is_missing_is_found_where_it_should_stand() -> None:
    data = demo()
    del data["question"][1]["answer"]
    [finding] = imported(data).findings
    assert finding.path == ("question", 1)
    assert finding.message == "“answer” is missing"


def test_an_id_that_is_used_twice_leads_to_the_first() -> None:
    data = demo()
    data["question"][1]["id"] = "first"
    data["source"].append(data["source"][0])
    source, question = imported(data).findings
    assert (source.path, source.other) == (("source", 1, "id"), ("source", 0))
    assert (question.path, question.other) == (("question", 1, "id"), ("question", 0))
    assert question.message == "the id is already used"
    assert question.naming("in note 5") == "the id is already used in note 5"


def test_a_name_with_errors_of_its_own_leads_to_them() -> None:
    data = demo()
    del data["question"][1]
    data["case"] = [{"id": "ward", "title": "Ward", "stages": []}]
    data["question"][0]["case"] = "ward"
    _, finding = imported(data).findings
    assert (finding.path, finding.other) == (("question", 0, "case"), ("case", 0))
    assert finding.message == "the case “ward” has errors of its own: mend it first"
    assert finding.naming("in line 4") == "the case “ward” has errors of its own: mend it in line 4 first"


@pytest.mark.parametrize(
    "wrong", [{}, {"citation": 5}, {"citation": "Gray", "doi": 5}, {"citation": "Gray", "year": 2}]
)
def test_a_source_with_an_error_is_told_once_and_costs_no_question(wrong: dict[str, Any]) -> None:
    data = demo()
    data["source"][0] = {"id": "gray", **wrong}
    found = imported(data)
    [finding] = found.findings
    assert finding.path[:2] == ("source", 0)
    assert found.deck is not None
    assert len(found.deck.questions) == len(data["question"])
    [source] = found.deck.sources
    assert source.citation == (wrong["citation"] if wrong.get("citation") == "Gray" else "gray")


def test_an_array_that_is_none_is_told_once() -> None:
    data = demo()
    data["source"] = "gray"
    assert [finding.code for finding in imported(data).findings] == ["wrong-type", "unknown-source", "unknown-source"]
    [problem, *_] = read_deck_text(b"id = 'a'\ntitle = 'b'\nconcept = 'c'", FOLDER).problems
    assert problem.line == 3


@pytest.mark.parametrize("data", [None, [], [demo()], "id", 5, {}, {5: "id"}, {"id": {5: 6}}])
def test_what_is_no_deck_is_none_and_said(data: Any) -> None:
    found = imported(data)
    assert found.deck is None
    assert found.findings


@pytest.mark.parametrize(("place", "key"), [(8, "value"), (0, "stage"), (0, "desired_retention"), (0, "kind")])
def test_a_number_of_any_length_is_told_in_words(place: int, key: str) -> None:
    data = deepcopy(SHOWN)
    data["question"][place][key] = 10**5_000
    findings = imported(data).findings
    assert ("question", place, key) in [finding.path for finding in findings]


def test_a_key_that_is_no_text_is_told_at_its_table() -> None:
    data: dict[str, Any] = demo()
    data["question"][0][5] = "five"
    [finding] = imported(data).findings
    assert (finding.path, finding.message) == (("question", 0), "a key must be text")


# Whatever the data is

TEXTS = st.sampled_from(["", "gray", "fig", "L5", "ward", "single", "hotspot", "{{c1::a}}", "a\u200b", "x" * 11_000])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([date(2026, 11, 23), datetime(2026, 11, 23, 9), time(9)])  # noqa: DTZ001 -- as TOML gives it
    | st.text(max_size=5)
    | TEXTS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | TEXTS, inner, max_size=3),
    max_leaves=6,
)


def paths_in(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value below the top."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, part in parts for found in ((*path, key), *paths_in(part, (*path, key)))]


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


@st.composite
def changed_decks(draw: st.DrawFn) -> dict[str, Any]:
    """A deck of which a few values were taken out, doubled, renamed or put in place of others."""
    data = deepcopy(SHOWN)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(paths_in(data)))
        parent, key = at(data, path[:-1]), path[-1]
        match draw(st.sampled_from(["drop", "double", "rename", "put"])), parent:
            case "drop", _:
                del parent[key]
            case "double", list():
                parent.insert(draw(st.integers(0, len(parent))), deepcopy(at(parent, (key,))))
            case "rename", dict():
                ending = draw(st.sampled_from(["s", "\u200b", "x" * 90]))
                parent[f"{key}{ending}"] = parent.pop(key)
            case _:
                parent[key] = draw(VALUES)
    return data


@profile(max_examples=150)
@given(changed_decks())
def test_no_change_of_the_data_ever_raises_and_every_path_is_in_the_data(data: dict[str, Any]) -> None:
    before = deepcopy(data)
    found = imported(data)
    assert data == before
    for finding in found.findings:
        assert finding.message
        for path in (finding.path, finding.other or ()):
            at(data, path)  # raises where nothing stands
    assert found.deck is not None or any(finding.path[:1] in ((), ("id",), ("title",)) for finding in found.findings)
