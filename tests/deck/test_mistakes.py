"""What authors get wrong inside a question, a figure or a case: told once, with its place, and nothing false beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rows import each_row
from sciaquiz.deck.kinds import Cloze
from sciaquiz.deck.reading import Reading, read_deck_text

HEAD = """\
id = "d"
title = "D"

[[case]]
id = "ward"
title = "Ward"
stages = ["She trips."]

[[question]]
id = "q"
stem = "Which?"
"""
OPTIONS = """\
options = [
  { id = "a", text = "Soleus", correct = true },
  { id = "b", text = "Popliteus" },
  { id = "c", text = "Soleus" },
]
"""
FIGURE = """\
id = "d"
title = "D"

[[source]]
id = "gray"
citation = "Gray's Anatomy"

[[figure]]
id = "fig"
title = "A square"
caption = "Schematic."
alt = "A square."
sources = ["gray"]

[[figure.views]]
id = "front"
title = "Front"
aspect = 1.0
outline = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]
regions = [
  { key = "L4", name = "L4", describe = "upper", label = [0.5, 0.25], ellipse = { cx = 0.5, cy = 0.25, rx = 0.2, ry = 0.2 } },
  { key = "L5", name = "L5", describe = "lower", label = [0.5, 0.75], ellipse = { cx = 0.5, cy = 0.75, rx = 0.2, ry = 0.2 } },
]

[[question]]
id = "q"
kind = "hotspot"
stem = "Point at L5."
figure = "fig"
region = "L5"
"""


def read(text: str) -> Reading:
    return read_deck_text(text.encode(), Path("d.toml"))


def told(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (
            'kind = "multiple"\n' + OPTIONS,
            "16:15: question “q”: two options have the same text “Soleus”: make them differ, or leave one out",
        ),
        (
            'kind = "ordering"\n' + OPTIONS.replace("options", "items").replace(", correct = true", ""),
            "16:15: question “q”: two items have the same text “Soleus”",
        ),
        (
            'kind = "true-false"\n'
            + OPTIONS.replace("options", "statements").replace(", correct = true", "").replace(" }", ", answer = true }"),
            "16:15: question “q”: two statements have the same text “Soleus”",
        ),
        (
            'kind = "matching"\nstems = [{ id = "s", text = "S", answer = "a" }]\n' + OPTIONS.replace(", correct = true", ""),
            "17:15: question “q”: two options have the same text “Soleus”",
        ),
        (
            'kind = "matching"\noptions = [{ id = "a", text = "A" }, { id = "b", text = "B" }]\n'
            'stems = [{ id = "s", text = "S", answer = "a" }, { id = "t", text = "S", answer = "b" }]\n',
            "14:62: question “q”: two stems have the same text “S”",
        ),
        (
            'kind = "recall"\nanswer = "That."\nstage = 1\n',
            "14:1: question “q”: “stage” needs “case”: say whose stages are meant, or leave it out",
        ),
        (
            'kind = "recall"\nanswer = "That."\ncase = "ward"\nstage = 2\n',
            "15:1: question “q”: “stage” is 2, and the case “ward” has 1 stage",
        ),
    ],
)  # fmt: skip
def test_each_mistake_is_told_once_with_its_place(question: str, problem: str) -> None:
    [only] = told(HEAD + question)
    assert only.startswith(f"d.toml:{problem}")
    assert only.endswith(("leave one out", "leave it out", "1 stage"))


@pytest.mark.parametrize(
    ("mark", "problem"),
    [
        (
            'urgency = "today"',
            "14:48: question “q”: “urgency” must be 'now', 'same-day', 'urgent', 'routine' or 'none'",
        ),
        ("urgency = true", "14:48: question “q”: “urgency”"),
        ('harm = "yes"', "14:48: question “q”: “harm”"),
        ("harm = true", "14:48: question “q”: the option is right and marked “harm”"),
    ],
)
@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_a_mark_that_an_option_cannot_have_is_told_with_its_place(kind: str, mark: str, problem: str) -> None:
    options = OPTIONS.replace('"c", text = "Soleus"', '"c", text = "Plantaris"')
    options = options.replace("correct = true", f"correct = true, {mark}")
    [only] = told(HEAD + f'kind = "{kind}"\n' + options)
    assert problem in only


PLAIN = OPTIONS.replace('"c", text = "Soleus"', '"c", text = "Plantaris"')
VERSIONS = {"single": "5ede5cf7a9468914f14f2dc44549467e", "multiple": "2b9bc49e6c05d1fc97d82f646ad6d599"}
"""The versions of these questions before there were marks: what students saw has not changed since."""


@pytest.mark.parametrize("kind", VERSIONS)
def test_marks_make_no_new_version_of_a_question(kind: str) -> None:
    marked = PLAIN.replace("correct = true", 'correct = true, urgency = "now"').replace(
        'text = "Popliteus"', 'text = "Popliteus", urgency = "none", harm = true'
    )
    versions = []
    for options in (PLAIN, marked):
        deck = read(HEAD + f'kind = "{kind}"\n' + options).deck
        assert deck is not None
        versions += [question.version for question in deck.questions]
    assert versions == [VERSIONS[kind]] * 2


def test_texts_that_differ_in_a_capital_are_left_to_the_author() -> None:
    assert told(HEAD + 'kind = "multiple"\n' + OPTIONS.replace('"c", text = "Soleus"', '"c", text = "soleus"')) == []


@each_row(
    ("text", "pieces"),
    [
        ("The {{c1::tibial}} nerve and the {c2::sural} nerve.", ["{c2::sural}"]),
        ("The {c1::tibial} nerve.", ["{c1::tibial}"]),
        ("The {{c1::tibial} nerve.", ["{{c1::tibial}"]),
        ("The {c1::tibial}} nerve.", ["{c1::tibial}}"]),
        ("The {{{c1::tibial}}} nerve.", ["{…}"]),
        ("The {{tibial}} nerve.", ["{{tibial}}"]),
        ("The {{c1:tibial}} nerve.", ["{{c1:tibial}}"]),
        ("The {{c0::tibial}} and {c1 :: sural} nerves.", ["{{c0::tibial}}", "{c1 :: sural}"]),
        ("The {{c1::tibial}} and c2::sural}} nerves.", ["c2::sural}}"]),
        ("The {{c1::tibial}} and sural}} nerves.", ["sural}}"]),
    ],
)
def test_what_was_meant_as_a_gap_is_quoted_with_how_one_is_written(text: str, pieces: list[str]) -> None:
    [only] = told(HEAD + f'kind = "cloze"\ntext = "{text}"\n')
    quoted = ", ".join(f"“{piece}”" for piece in pieces)
    assert only.startswith(
        f"d.toml:13:1: question “q”: not a gap: {quoted}; write a gap as {{{{c1::answer}}}}, with two"
    )


def test_a_cloze_without_any_gap_says_how_one_is_written() -> None:
    [only] = told(HEAD + 'kind = "cloze"\ntext = "The tibial nerve."\n')
    assert "there is no gap; write a gap as {{c1::answer}}" in only


@pytest.mark.parametrize(
    "text", ["{{c1::A}} of {a, b}", "{{c1::A|B::a hint}}, then { {{c2::C}} }", "{{c1::ratio 1:2}}: {x}"]
)
def test_braces_that_are_only_text_stay(text: str) -> None:
    assert told(HEAD + f'kind = "cloze"\ntext = "{text}"\n') == []


@each_row(
    ("text", "parts"),
    [
        (r"A {{c1::std\:\:vector::which container?}} grows.", ["A ", ("std::vector", "which container?"), " grows."]),
        (r"The norm is {{c1::\|x\||the norm}}.", ["The norm is ", ("|x|", "the norm", ""), "."]),
        (r"Write {{c1::\{a, \{b\}\}}}", ["Write ", ("{a, {b}}", "")]),
        (r"\{\{ name \}\} is {{c1::a \\ b}}", ["{{ name }} is ", (r"a \ b", "")]),
        (r"\\{{c1::x::\{\:\:\|}}\{{{c2::y}}\}", ["\\", ("x", "{::|"), "{", ("y", ""), "}"]),
        (r"\{{c1::x}} and {{c2::y}}", None),
        (r"{{c1::\alpha|C\D::\n}}", [(r"\alpha", r"C\D", r"\n")]),
    ],
)
def test_a_backslash_makes_a_sign_of_a_gap_an_ordinary_one(
    text: str, parts: list[str | tuple[str, ...]] | None
) -> None:
    imported = read(HEAD + f"kind = \"cloze\"\ntext = '{text}'\n")
    if parts is None:
        assert [problem.code for problem in imported.problems] == ["bad-gap"]
        return
    assert imported.problems == ()
    assert imported.deck is not None
    [question] = imported.deck.questions
    assert isinstance(question, Cloze)
    found = [part if isinstance(part, str) else (*part.answers, part.hint) for part in question.parts]
    assert found == parts


@pytest.mark.parametrize(
    "gap",
    ["{{c1::std::vector::which container?}}", "{{c1::|x|}}", "{{c1::a || b}}", "{{c1::a, {b}}}", r"{{c1::a\}}"],
)
def test_a_gap_that_could_be_read_in_two_ways_says_how_to_write_it(gap: str) -> None:
    only, *others = told(HEAD + f"kind = \"cloze\"\ntext = 'Here {gap} stands.'\n")
    assert not others
    assert r"has a backslash before it: \: \| \{ \}" in only


def test_a_long_gap_of_backslashes_that_is_not_closed_is_read_at_once() -> None:
    assert told(HEAD + 'kind = "cloze"\ntext = \'{{c1::' + r"\:\\" * 190 + "}'\n")


# What a question names


def test_a_figure_without_a_fault_is_no_problem() -> None:
    assert told(FIGURE) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("label = [0.5, 0.75]", "label = [0.5, 1.75]", "22:"),
        ("label = [0.5, 0.75]", "label = [0.1, 0.1]", "22:"),
        ("label = [0.5, 0.75]", "lable = [0.5, 0.75]", "22:"),
        ('caption = "Schematic."\n', "", "8:1: figure “fig”: “caption” is missing"),
        (
            'sources = ["gray"]',
            'sources = ["grey"]',
            "13:12: figure “fig”: there is no source “grey”; did you mean “gray”?",
        ),
    ],
)
def test_a_faulty_figure_is_named_and_not_said_to_be_missing(old: str, new: str, fault: str) -> None:
    assert old in FIGURE
    *own, at_the_question = told(FIGURE.replace(old, new))
    line = 28 if old.endswith("\n") else 29
    assert (
        at_the_question
        == f"d.toml:{line}:1: question “q”: the figure “fig” has errors of its own: mend it in line 8 first"
    )
    assert own
    assert own[0].startswith(f"d.toml:{fault}")
    assert all(": figure “fig”: " in problem for problem in own)


def test_a_faulty_source_or_case_is_named_and_not_said_to_be_missing() -> None:
    assert told(FIGURE.replace("citation =", "citations =")) == [
        "d.toml:6:1: source “gray”: unknown key “citations”; did you mean “citation”?",
    ]
    question = 'kind = "recall"\nanswer = "That."\ncase = "ward"\n'
    assert told((HEAD + question).replace('stages = ["She trips."]', "stages = []")) == [
        "d.toml:7:1: case “ward”: “stages” needs at least 1, there are none",
        "d.toml:14:1: question “q”: the case “ward” has errors of its own: mend it in line 4 first",
    ]


def test_an_id_that_is_declared_twice_is_told_at_the_second() -> None:
    second = '\n[[source]]\nid = "gray"\ncitation = "Again."\n'
    assert told(FIGURE + second) == ["d.toml:33:1: source “gray”: the id is already used in line 4"]


def test_an_unknown_region_is_told_with_those_that_there_are() -> None:
    assert told(FIGURE.replace('region = "L5"', 'region = "S9"')) == [
        "d.toml:30:1: question “q”: there is no region “S9”; there are: L4, L5"
    ]


def test_the_list_of_regions_has_an_end() -> None:
    ellipse = "ellipse = { cx = 0.5, cy = 0.5, rx = 0.2, ry = 0.2 }"
    more = "".join(
        f'  {{ key = "R{place}", name = "R", describe = "r", label = [0.5, 0.5], {ellipse} }},\n' for place in range(13)
    )
    [only] = told(FIGURE.replace("regions = [\n", f"regions = [\n{more}").replace('region = "L5"', 'region = "none"'))
    assert only.count(", ") == 11
    assert only.endswith(" and 3 more")


def test_signs_in_an_id_are_tamed_before_it_is_told() -> None:
    reading = read(FIGURE.replace('id = "gray"', 'id = "gray\\u001b[2J"'))
    assert all("\x1b" not in problem.message for problem in reading.problems)
    assert any("source “gray[2J”" in problem.message for problem in reading.problems)


def test_a_region_that_is_nearly_right_is_told_with_the_others() -> None:
    [only] = told(FIGURE.replace('region = "L5"', 'region = "L55"'))
    assert only.endswith("there is no region “L55”; did you mean “L5”? There are: L4, L5")


# Keys that stand in the wrong place, or that no deck knows

SINGLE = """\
kind = "single"

[[question.options]]
id = "a"
text = "A"
correct = true

[[question.options]]
id = "b"
text = "B"

[[question.options]]
id = "c"
text = "C"
"""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            HEAD + SINGLE + 'explanation = "Because."\n',
            "26:1: question “q”: “explanation” belongs to the question: move it above the first [[question.options]]",
        ),
        (
            HEAD.replace('stem = "Which?"\n', "") + SINGLE + 'stem = "Which?"\n',
            "25:1: question “q”: “stem” belongs to the question: move it above the first [[question.options]]",
        ),
        (
            HEAD + SINGLE + 'licence = "CC0-1.0"\n',
            "26:1: question “q”: “licence” belongs to the deck: move it to the top of the file, above the first [[question]]",
        ),
        (
            FIGURE.replace("[[figure]]", 'licence = "CC0-1.0"\n[[figure]]'),
            "8:1: source “gray”: “licence” belongs to the deck: move it to the top of the file, above the first [[source]]",
        ),
        (
            HEAD + SINGLE.replace("[[question.options]]", "[question.options]", 1).split("\n\n[[")[0],
            "14:1: question “q”: “options” must be a list: write [[question.options]] before each entry",
        ),
        (HEAD + 'kind = "recall"\nanswer = 5\n', "13:1: question “q”: “answer” must be text, between quotes"),
        (HEAD + 'kind = "recall"\nanswer = ["A"]\n', "13:1: question “q”: “answer” must be text, not a list"),
        (HEAD + 'kind = "recall"\nanswer = "A"\ncase = "ward"\nstage = "1"\n', "“stage” must be a whole number, without quotes"),
    ],
)  # fmt: skip
def test_a_key_in_the_wrong_place_or_form_is_told_once_with_what_to_do(text: str, problem: str) -> None:
    [only] = told(text)
    assert only.removeprefix("d.toml:").endswith(problem)


def test_a_key_of_a_figure_that_stands_in_a_view_is_told_as_such() -> None:
    inside = FIGURE.replace('alt = "A square."\n', "").replace("aspect = 1.0", 'aspect = 1.0\nalt = "A square."')
    misplaced, _ = told(inside)
    assert misplaced.endswith("figure “fig”: “alt” belongs to the figure: move it above the first [[figure.views]]")


def test_a_title_in_a_question_is_no_title_of_the_deck() -> None:
    [only] = told(HEAD + 'kind = "recall"\nanswer = "A"\ntitle = "Q"\n')
    assert "unknown key “title”" in only


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("points = 3\n", "unknown key “points” is not used; what is only for you belongs into [question.meta]"),
        ('bloom = "apply"\n', "unknown key “bloom” is not used"),
        ('accepts = ["TW1"]\n', "“accepts” needs “accepts_why”"),
    ],
)
def test_a_key_of_ones_own_or_an_unreasoned_acceptance_costs_no_question(extra: str, words: str) -> None:
    reading = read(HEAD + 'kind = "recall"\nanswer = "A"\n' + extra)
    [problem] = reading.problems
    assert (problem.severity, problem.line, problem.question_id) == ("warning", 14, "q")
    assert words in problem.message
    assert reading.deck is not None
    assert len(reading.deck.questions) == 1


def test_a_key_of_ones_own_is_warned_of_beside_an_error() -> None:
    warning, error = sorted(read(HEAD + 'kind = "recall"\nansver = "A"\npoints = 3\n').problems, reverse=True)
    assert (warning.severity, error.severity) == ("warning", "error")
    assert error.message.endswith("unknown key “ansver”; did you mean “answer”?")


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (
            'kind = "single"\noptions = ["Femoral", "Tibial", "Sural"]\n',
            "“options” holds tables: write each as { id = …, text = … }",
        ),
        (
            'kind = "true-false"\nstatements = ["It is long."]\n',
            "“statements” holds tables: write each as { id = …, text = …, answer = … }",
        ),
        (
            'kind = "typed"\nanswers = ["A"]\nwrong = ["B", "C"]\n',
            "“wrong” holds tables: write each as { text = … }",
        ),
    ],
)
def test_texts_where_tables_belong_are_told_once_with_how_to_write_them(entries: str, words: str) -> None:
    [only] = told(HEAD + entries)
    assert only.endswith(words)


def test_a_tolerance_beside_a_range_is_an_error() -> None:
    [only] = told(HEAD + 'kind = "numeric"\nlow = 1\nhigh = 2\ntolerance = 0.5\n')
    assert only.startswith("d.toml:15:1: question “q”: “tolerance” belongs to “value”")
