"""What keeps a file from being TOML: said as a person would, at its place, and nothing around it is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rows import each_row
from sciaquiz.deck.reading import Reading, read_deck_text

DECK = """\
id = "d"
title = "D"
licence = "CC0-1.0"

[[source]]
id = "gray"
citation = "Gray's Anatomy"

[[question]]
id = "before"
kind = "recall"
stem = "Which roots?"
answer = "L4 to S3."
sources = ["gray"]

[[question]]
id = "broken"
kind = "single"
stem = "Which nerve?"
explanation = "Because."
reviewed_on = 2026-11-23
options = [
  { id = "a", text = "Tibial", correct = true, why = "Yes." },
  { id = "b", text = "Femoral", why = "No." },
  { id = "c", text = "Sural", why = "No." },
]
sources = ["gray"]

[[question]]
id = "after"
kind = "recall"
stem = "Which?"
answer = "That."

[[question]]
id = "misspelt"
kind = "recall"
stem = "Which?"
anser = "That."
"""
MISSPELT = "question “misspelt”: unknown key “anser”; did you mean “answer”?"


def read(text: str) -> Reading:
    return read_deck_text(text.encode(), Path("d.toml"))


def changed(old: str, new: str) -> str:
    assert old in DECK
    return DECK.replace(old, new, 1)


@each_row(
    ("old", "new", "place", "words"),
    [
        ('"Which nerve?"', '"Which nerve?', "19:8", 'no closing " in its line; a text of several lines stands between \'\'\''),
        ('"Which nerve?"', 'Which nerve?"', "19:8", "a text stands between quotes; here it begins without one: Which"),
        ('"single"', 'single"', "18:8", 'the opening " is missing before single"'),
        ('"Because."', '"Because\nof that."', "20:15", "a text of several lines"),
        ('"Because."', "'''Because.", "20:15", "never closed: put ''' after it"),
        ('"Because."', '"""Because.', "20:15", 'never closed: put """ after it'),
        ('"Because."', '"Because of "this"."', "20:27", 'within a text write \\"'),
        ('"Because."', "'It's so.'", "20:18", "put a text that holds a ' between double quotes"),
        ('"Because."', '"What is \\alpha?"', "20:24", "“\\a” is no escape: write \\\\a, or put the text between single"),
        ('"Because."', '"C:\\\\x \\u12"', "20:22", "“\\u” is no escape"),
        ('"Because."', '"""\nSo \\(L5).\n"""', "21:4", "“\\(” is no escape"),
        ('"Which nerve?"', "“Which nerve?”", "19:8", "“ is a typographic quote: text stands between straight ones"),
        ('"Which nerve?"', '"Which nerve?”', "19:8", '” closes no text: the straight "'),
        ('"Which nerve?"', "„Welcher?“", "19:8", "„ is a typographic quote"),
        ('sources = ["gray"]\n\n[[question]]\nid = "after"', 'sources = [«gray»]\n\n[[question]]\nid = "after"', "27:12", "typographic"),
        ('[[question]]\nid = "broken"', '[question]\nid = "broken"', "16:1", "write [[question]], with two brackets"),
        ('[[question]]\nid = "broken"', '[[question]\nid = "broken"', "16:1", "write [[question]], with two brackets"),
        ('[[question]]\nid = "broken"', '[question]] # x\nid = "broken"', "16:1", "write [[question]], with two brackets"),
        ('why = "Yes." },', 'why = "Yes." }', "23:61", "a comma is missing here, before { id = \"b\""),
        ('"Femoral", why', '"Femoral" why', "24:30", "a comma is missing here, before why ="),
        ('"Tibial", correct', '"Tibial"\n    correct', "23:29", "a comma is missing here"),
        ("},\n]\nsources", "},\n\nsources", "25:44", "“]” is missing: the list that begins in line 22 is not closed"),
        ('sources = ["gray"]\n\n[[question]]\nid = "after"', 'sources = ["gray"\n\n[[question]]\nid = "after"', "27:17", "“]” is missing"),
        ('why = "Yes." },', 'why = "Yes.",', "23:60", "“}” is missing: the table that begins in line 23"),
        ('why = "Yes." },', 'why = "Yes." },,', "23:63", "no entry before this comma"),
        ('why = "Yes." },', 'why = "Yes." ],', "23:59", "“}” is missing"),
        ("why = \"No.\" },\n]", "why = \"No.\" },\n}", "26:1", "the list that begins in line 22 is closed by ], not by }"),
        ('"Because."\n', '"Because."\nexplanation = "Twice."\n', "21:1", "“explanation” stands twice here, first in line 20"),
        ('"b", text', '"b", id = "x", text', "24:15", "“id” stands twice here, first in line 24"),
        ('"Because."', '"Because.",', "20:25", "no comma stands between the lines"),
        ('"Because."', '"Because." ]', "20:26", "“]” closes nothing"),
        ('"Because."', '"Because." topics = ["x"]', "20:26", "stands behind the value, in a line of its own it belongs"),
        ('"Because."', "", "20:1", "“explanation” has no value"),
        ("explanation =", "explanation:", "20:12", "write “=” for “:”, as in explanation = …"),
        ("explanation =", "explanation", "20:1", "“=” is missing after “explanation”"),
        ("explanation =", "my explanation =", "20:1", "“=” is missing after “my”"),
        ("explanation =", "=", "20:1", "the key before “=” is missing"),
        ("explanation =", "explanation\u00a0=", "20:12", "an invisible sign stands here (U+00A0, no-break space)"),
        ('[[question]]\nid = "broken"', '\ufeff[[question]]\nid = "broken"', "16:1", "(U+FEFF, byte order mark)"),
        ('"Because."\n', '"Because."\r', "20:25", "a carriage return alone"),
        ("explanation =", "\x0bexplanation =", "20:1", "the sign U+000B cannot stand in a text"),
        ("2026-11-23", "23.11.2026", "21:15", "a date is written as 2026-11-23, year first; this is 23.11.2026"),
        ("2026-11-23", '"2026-11-23"', "21:1", "“reviewed_on” must be a date such as 2026-11-23, without quotes"),
        ("2026-11-23\n", "2026-11-23\ndesired_retention = 0,9\n", "22:22", "a number takes a point, not a comma"),
        ("2026-11-23\n", "2026-11-23\ndesired_retention = 0.9x\n", "22:21", "0.9x is no number"),
        ("correct = true", "correct = True", "23:42", "write true, in small letters"),
        ("correct = true", "correct = yes", "23:42", "write true, in small letters"),
        ("correct = true", 'correct = "true"', "23:32", "“correct” must be true or false, without quotes"),
        ("correct = true", "correct = ", "23:42", "here a value is missing"),
        ('"Because."', "[question]", "20:16", "a text stands between quotes"),
        ("reviewed_on", "[question.meta]\na = 1\n[question.meta]\nb = 2\nreviewed_on", "23:1", "[question.meta] stands twice, first in line 21"),
        ("reviewed_on", "[[question meta]]\nreviewed_on", "21:1", "this is no name of a table"),
        ("reviewed_on", "[[question.x]\nreviewed_on", "21:1", "write [[question.x]], with two brackets"),
        ("reviewed_on", "It is so!\nreviewed_on", "21:1", "“=” is missing after “It”; if this belongs to a text of several lines"),
        ("reviewed_on", "- one\nreviewed_on", "21:1", "“=” is missing after “-”"),
        ("reviewed_on", "}\nreviewed_on", "21:1", "“}” closes nothing"),
        ("reviewed_on", "* one\nreviewed_on", "21:1", "neither “key = value” nor a table nor a # comment: * one"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_slip_is_told_at_its_place_and_the_questions_around_it_are_read(
    old: str, new: str, place: str, words: str, ends: str
) -> None:
    text = changed(old, new).replace("\n", ends)
    reading = read(text)
    one, other = sorted(reading.problems)
    assert f"{one.line}:{one.column}" == place, one
    assert words in one.message
    assert one.message.startswith("question “broken”: ")
    assert one.question_id == "broken"
    assert other.message == MISSPELT
    assert text.split(ends)[other.line - 1].startswith("anser")
    assert reading.deck is not None
    assert [question.id for question in reading.deck.questions] == ["before", "after"]


def test_of_several_slips_each_is_told_at_its_line_in_one_question_and_over_the_file() -> None:
    text = (
        changed('"Which roots?"', "'Which").replace("Which nerve?", "“Which nerve?”").replace('"Which nerve?"', "“x”")
    )
    text = text.replace('stem = "“Which nerve?”"', "stem = “Which nerve?”").replace('"Because."', '"Because.')
    reading = read(text)
    assert [(problem.line, problem.question_id) for problem in reading.problems] == [
        (12, "before"), (19, "broken"), (20, "broken"), (39, "misspelt"),
    ]  # fmt: skip
    assert reading.deck is not None
    assert [question.id for question in reading.deck.questions] == ["after"]


def test_a_slip_in_a_source_or_a_concept_costs_no_question() -> None:
    reading = read(changed('"Gray\'s Anatomy"', "Gray's Anatomy"))
    assert [(problem.line, problem.column) for problem in reading.problems] == [(7, 12), (39, 1)]
    assert reading.problems[0].message.startswith("source “gray”: a text stands between quotes")
    assert reading.deck is not None
    assert [question.id for question in reading.deck.questions] == ["before", "broken", "after"]
    assert [source.citation for source in reading.deck.sources] == ["gray"]


def test_a_slip_in_the_head_costs_only_its_key() -> None:
    reading = read(changed('licence = "CC0-1.0"', "licence = CC0-1.0"))
    assert [(problem.line, problem.column) for problem in reading.problems] == [(3, 11), (39, 1)]
    assert reading.deck is not None
    assert reading.deck.title == "D"
    assert len(reading.deck.questions) == 3
    without_title = read(changed('title = "D"', 'title = "D'))
    assert without_title.deck is None
    assert [(problem.line, problem.column) for problem in without_title.problems] == [(2, 9), (39, 1)]


def test_what_is_valid_is_never_gone_through_for_slips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sciaquiz.deck.slips.first_slip", None)
    assert [problem.message for problem in read(DECK).problems] == [MISSPELT]


def test_an_id_of_a_broken_table_is_known_to_those_that_name_it() -> None:
    case = '[[case]]\nid = "ward"\ntitle = "Ward\nstages = ["She trips."]\n\n'
    text = DECK.replace("[[question]]", f"{case}[[question]]", 1).replace(
        'answer = "That."\n', 'answer = "That."\ncase = "ward"\n'
    )
    one, two, three = read(text).problems
    assert (one.line, one.message[:13]) == (11, "case “ward”: ")
    assert two.message == "question “after”: the case “ward” has errors of its own: mend it in line 9 first"
    assert three.message == MISSPELT


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + '"a",' * 20_000 + "\n",
        "x = [" + "[1," * 40 + "\n",
        "[[question]]\nid = 'a'\nstem = \"\n" * 5_000,
        "[[question]]\nstem = '''\n" * 5_000,
        "[question]\n" * 20_000,
        "[[x\n" * 20_000,
        "a = 1 2\n" * 20_000,
        "a = [\n" + "  1,\n" * 20_000,
        'a = "' + "\\q" * 40_000 + '"\n',
        "\ufeff" * 30_000,
        "a" * 190 + "\n" + "é" * 40_000,
    ],
)
def test_slips_are_found_in_time_that_grows_with_the_file(text: str) -> None:
    started = time.process_time()
    problems = read(text).problems
    assert time.process_time() - started < 1.5
    assert 0 < len(problems) <= 2_002
    lines = text.split("\n")
    assert all(1 <= problem.line <= len(lines) for problem in problems)
