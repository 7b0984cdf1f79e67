"""What `sciaquiz check` prints: the line with a mark, the worst first, counts, and the forms for programs."""

from __future__ import annotations

import json
import re
import time
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hostile import HEAD, many, question
from sciaquiz.authoring.excerpt import Excerpts
from sciaquiz.authoring.report import as_github, run_check
from sciaquiz.authoring.sarif import as_sarif
from sciaquiz.authoring.telling import MOST_ALIKE, Telling
from sciaquiz.deck.problem import Problem, Severity

BAD = HEAD + question(1, 'explanation = "Because."\nexplain = 1\n') + question(2, "topics = 1\n")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "d.toml"
    path.write_text(BAD, encoding="utf-8")
    return path


def reported(path: Path, style: str = "text", **how: Any) -> tuple[int, str]:
    out = StringIO()
    return run_check([path], style, out, **how), out.getvalue()


def placed(path: Path, line: int, column: int, severity: Severity = Severity.ERROR, **other: Any) -> Problem:
    return Problem(path=path, line=line, column=column, severity=severity, **{"message": "M", "code": "C", **other})


# The line and the mark


def test_a_problem_is_told_with_its_line_and_a_mark_below_the_place(deck: Path) -> None:
    _, text = reported(deck)
    assert (
        f"{deck}:11:1: question “q1”: unknown key “explain”; did you mean “explanation”?\n"
        "     11 │ explain = 1\n"
        "        │ ^^^^^^^\n"
    ) in text


@pytest.mark.parametrize(
    ("line", "column", "shown", "marked"),
    [
        ('\tkind = "x"', 2, '    kind = "x"', "kind"),
        ('x = { "神経" = 1, bad = 2 }\r', 17, 'x = { "神経" = 1, bad = 2 }', "bad"),
        ('a = "\x1b[31m"', 5, 'a = "\\x1b[31m"', '"\\x1b[31m"'),
        ("[[question]]", 1, "[[question]]", "[[question]]"),
        ("a = 1", 6, "a = 1", " "),
    ],
)
def test_the_mark_stands_below_what_is_meant_whatever_the_signs(
    tmp_path: Path, line: str, column: int, shown: str, marked: str
) -> None:
    path = tmp_path / "d.toml"
    path.write_bytes(f"# one\n{line}\n".encode())
    found = Excerpts(80).of(placed(path, 2, column))
    assert found is not None
    text, mark = (part.split(" │ ", 1)[1] for part in found)
    assert text == shown
    from sciaquiz.text import cells

    before = shown[: shown.index(marked)] if marked.strip() else shown
    assert mark == " " * cells(before) + "^" * cells(marked)


@pytest.mark.parametrize("column", [1, 50, 400, 790, 10_000])
def test_of_a_long_line_the_part_around_the_place_is_shown(tmp_path: Path, column: int) -> None:
    path = tmp_path / "d.toml"
    path.write_text("\n" + "word " * 160, encoding="utf-8")
    found = Excerpts(60).of(placed(path, 2, column))
    assert found is not None
    assert all(len(part) <= 60 for part in found)
    text, mark = found
    if column < 800:
        assert text[mark.index("^")] in "word "


def test_of_a_file_as_a_whole_no_line_is_shown(deck: Path) -> None:
    assert Excerpts(60).of(placed(deck, 1, 1)) is None
    assert Excerpts(60).of(placed(deck, 1, 1, code="syntax")) is not None


def test_where_a_file_has_no_such_line_only_the_message_is_told(tmp_path: Path) -> None:
    assert Excerpts(60).of(placed(tmp_path / "none.toml", 1, 1)) is None
    (tmp_path / "d.toml").write_text("\n\n", encoding="utf-8")
    assert Excerpts(60).of(placed(tmp_path / "d.toml", 2, 1)) is None


def test_a_terminal_gets_colours_and_lines_of_its_width_and_a_pipe_neither(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    long = placed(deck, 5, 1, message="a word and another " * 9)
    coloured = list(Telling(Terminal()).lines([long], each=False))
    assert any("\x1b[1;31m" in line for line in coloured)
    bare = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in coloured]
    assert max(map(len, bare[2:])) <= 40
    assert len(bare) > 5
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in "".join(Telling(Terminal()).lines([long], each=False))
    piped = list(Telling(StringIO()).lines([long], each=False))
    assert len(piped) == 3
    assert "\x1b" not in "".join(piped)


# Which and how many


def test_of_each_file_the_errors_come_first_and_then_the_lines_in_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    problems = [
        placed(two, 1, 1, message="M4"),
        placed(one, 1, 1, Severity.WARNING, message="M3"),
        placed(one, 9, 1, message="M2"),
        placed(one, 3, 1, message="M1"),
    ]
    lines = list(Telling(StringIO()).lines(problems, each=False))
    assert [line[-2:] for line in lines] == ["M1", "M2", "M3", "M4"]


def test_many_problems_of_one_sort_are_a_few_and_the_lines_of_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(HEAD + many(400, question), encoding="utf-8")
    _, text = reported(path)
    lines = text.splitlines()
    assert len(lines) == 2 * MOST_ALIKE * 3 + 2 + 1
    assert f"{path}: warning: 390 more of the sort DOC-sources, in lines 55, 60, 65" in text
    assert lines[-1] == "1 deck, 400 questions: no errors, 800 warnings"
    assert len(reported(path, each=True)[1].splitlines()) == 800 * 3 + 1


def test_thousands_of_problems_are_told_in_time_that_grows_with_them(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text("[[question]]\n" * 4_000, encoding="utf-8")
    problems = [placed(path, number + 1, 2) for number in range(4_000)]

    def seconds(count: int) -> float:
        started = time.process_time()
        assert len(list(Telling(StringIO()).lines(problems[:count], each=True))) == 3 * count
        return time.process_time() - started

    seconds(10)
    assert seconds(4_000) < 8 * seconds(1_000) + 0.05


@pytest.mark.parametrize(
    ("text", "how", "status"),
    [
        (BAD, {}, 1),
        (HEAD + question(1), {}, 0),
        (HEAD + question(1), {"strict": True}, 1),
        (HEAD + question(1), {"strict": True, "errors_only": True}, 1),
        (HEAD, {"strict": True}, 0),
    ],
)
@pytest.mark.parametrize("style", ["text", "json", "github", "sarif"])
def test_the_exit_status_tells_errors_and_if_asked_warnings(
    tmp_path: Path, text: str, how: dict[str, bool], status: int, style: str
) -> None:
    path = tmp_path / "d.toml"
    path.write_text(text, encoding="utf-8")
    assert reported(path, style, **how)[0] == status


def test_errors_only_counts_the_warnings_and_tells_none(deck: Path) -> None:
    _, text = reported(deck, errors_only=True)
    assert "warning:" not in text
    assert text.splitlines()[-1] == "1 deck, no questions: 2 errors, no warnings"
    assert {found["severity"] for found in json.loads(reported(deck, "json", errors_only=True)[1])} == {"error"}


# For programs

SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {"type": "object", "required": ["id"]},
                                    },
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"type": "object", "required": ["text"]},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {
                                            "logicalLocations": {"type": "array"},
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation", "region"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "type": "object",
                                                        "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                        },
                                                    },
                                                },
                                            },
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip
"""Of the SARIF 2.1.0 schema of OASIS, what a log of ours may hold."""


def test_sarif_is_valid_and_says_what_the_text_says(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(deck.parent)
    status, text = reported(deck, "sarif")
    log = json.loads(text)
    jsonschema.Draft7Validator(SARIF).validate(log)
    [run] = log["runs"]
    assert status == 1
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    found = next(result for result in run["results"] if result["ruleId"] == "unknown-key")
    assert found["level"] == "error"
    assert found["message"]["text"].startswith("question “q1”: unknown key “explain”")
    [location] = found["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "d.toml"},
        "region": {"startLine": 11, "startColumn": 1},
    }
    assert location["logicalLocations"][0]["name"] == "q1"


def test_a_rule_has_its_title_in_sarif(tmp_path: Path) -> None:
    problem = Problem(path=tmp_path / "d.toml", line=1, column=1, message="m", code="DOC-sources")
    [run] = json.loads(as_sarif([problem]))["runs"]
    [rule] = run["tool"]["driver"]["rules"]
    assert rule == {"id": "DOC-sources", "shortDescription": {"text": "no source"}}


@pytest.mark.parametrize(
    ("name", "uri"),
    [("my deck#1.toml", "my%20deck%231.toml"), ("/décks/d.toml", "file:///d%C3%A9cks/d.toml"), ("a\udcff.toml", "a%FF.toml")],
)  # fmt: skip
def test_a_name_of_a_file_is_a_uri_in_sarif(name: str, uri: str) -> None:
    log = json.loads(as_sarif([placed(Path(name), 1, 1)]))
    jsonschema.Draft7Validator(SARIF).validate(log)
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_nothing_in_a_deck_ends_or_forges_an_annotation() -> None:
    told = as_github(placed(Path("a,b:c%.toml"), 2, 3, message="50 %\n::error::forged, line=1"))
    assert told == "::error file=a%2Cb%3Ac%25.toml,line=2,col=3::50 %25%0A::error::forged, line=1"
