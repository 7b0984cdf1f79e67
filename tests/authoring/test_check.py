"""Checking decks: one test a rule, and what the reports look like."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import tomli
from msgspec.structs import replace

from making import cloze, matching, multiple, numeric, ordering, single, typed
from rows import each_row
from sciaquiz.authoring.check import check
from sciaquiz.authoring.lint import flaws
from sciaquiz.authoring.lint.look import Look
from sciaquiz.authoring.report import run_check
from sciaquiz.authoring.schema import deck_schema
from sciaquiz.deck.kinds import Typed, WrongAnswer
from sciaquiz.deck.model import Safety, Urgency
from sciaquiz.ids import ConceptId
from sciaquiz.paths import shipped_decks

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Ordering, SingleBestAnswer
    from sciaquiz.deck.model import Question

DOCS = Path(__file__).parents[2] / "docs"


def found(question: Question) -> dict[str, str]:
    """What the rules on single questions say of this one, by their codes."""
    return {rule.code: told for rule, told in flaws(Look(question))}


def asked(*texts: str, stem: str = "Inversion is weak.\n\nWhich nerve?", **changes: Any) -> SingleBestAnswer:
    """A question with these options, the first of them right."""
    plain = single("q", options=len(texts))
    options = tuple(replace(option, text=text) for option, text in zip(plain.options, texts, strict=True))
    return replace(plain, stem=stem, options=options, **changes)


def confusing(about: str | None, taken_for: str) -> SingleBestAnswer:
    """A question about one concept whose last option stands for another."""
    plain = single("q")
    last = replace(plain.options[-1], confuses=ConceptId(taken_for))
    return replace(plain, options=(*plain.options[:-1], last), concept=None if about is None else ConceptId(about))


def acting(*urgencies: str | None, safety: Safety | None = Safety.MUST_NOT_MISS) -> SingleBestAnswer:
    """A question whose options act so fast, the last of them with harm."""
    plain = single("q", safety=safety)
    marks = [None if name is None else Urgency(name) for name in urgencies or (None, None, None)]
    options = tuple(
        replace(option, urgency=mark, harm=place == 2)
        for place, (option, mark) in enumerate(zip(plain.options, marks, strict=False))
    )
    return replace(plain, options=options)


def told_wrong(text: str) -> Typed:
    """A term to type with one wrong answer."""
    return replace(typed("common fibular nerve", "L4/5"), wrong=(WrongAnswer(text=text),))


def steps(*texts: str) -> Ordering:
    """Steps with these texts."""
    plain = ordering(len(texts))
    return replace(plain, items=tuple(replace(item, text=text) for item, text in zip(plain.items, texts, strict=True)))


@each_row(
    ("code", "good", "bad"),
    [
        ("DOC-explanation", asked("A", "B", "C"), asked("A", "B", "C", explanation="")),
        ("DOC-sources", asked("A", "B", "C", sources=("gray",)), asked("A", "B", "C")),
        ("TW1", asked("Tibial", "Femoral", "Sural"), asked("Tibial nerve in the popliteal fossa", "Femoral", "Sural")),
        ("TW3", asked("A", "B", "C"), asked("A", "B", "C", stem="This is an")),
        ("TW5", asked("Never", "Always", "C"), asked("At rest", "Always at rest", "Walking")),
        ("TW6", asked("Tibial", "Femoral", "Sural"), asked("Tibialis posterior", "B", "C", stem="Tibialis is weak?")),
        (
            "TW7",
            asked("Tibial nerve, high", "Tibial nerve, low", "Sural nerve, high", "Femoral branch"),
            asked("Tibial nerve, high fibres", "Tibial root, deep", "Sural nerve, low", "Fibres lying high"),
        ),
        ("TW8", asked("A", "B", "C"), asked("A", "B", "All of the above")),
        ("TW9", asked("A", "B", "C"), asked("A", "B", "None of the above")),
        ("TW13", asked("A", "B", "C"), asked("A", "B", " b. ")),
        ("ID1", asked("A", "B", "C", stem="Which does NOT?"), asked("A", "B", "C", stem="Not now.\n\nWhich is not?")),
        ("TW13", steps("A", "B", "C"), steps("Sacral plexus", "B", "sacral plexus.")),
        ("TW13", multiple("ab", "c"), multiple("ab", "cB")),
        ("ID2", asked("It is not A", "B", "C"), asked("It is not A", "B", "C", stem="Which is NOT so?")),
        ("ID2", asked("A", "B", "C", stem="Which is NOT so?"), asked("Without A", "B", "C", stem="All EXCEPT which?")),
        ("ID3", asked("A", "B", "C"), asked("A", "Often B", "C")),
        ("ID4", asked("A", "B", "C"), asked("A", "B", "C", stem="A foot drops.")),
        ("ID5", asked("A", "B", "C", stem="so " * 119 + "what?"), asked("A", "B", "C", stem="so " * 120 + "what?")),
        ("ID6", asked("A", "B", "x " * 15), asked("A", "B", "x " * 16)),
        ("ID7", asked("the L4 root", "the L5 root", "x"), asked("it is the L4", "it is the L5", "it is the S1")),
        ("ID8", asked("2 mm", "10 mm", "30 mm", shuffle=False), asked("10 mm", "2 mm", "30 mm", shuffle=False)),
        ("ID8", asked("10 %", "2 %", "30 %"), asked("30 %", "10 %", "2 %", shuffle=False)),
        ("ID8", asked("90.5", "1,000", "2,000", shuffle=False), asked("1,000", "90.5", "2,000", shuffle=False)),
        ("ID8", asked("2 mm", "3 mm", "30 mm"), asked("3 mm", "2 cm", "30 mm")),
        ("ID8", asked("S1", "L4", "L5", shuffle=False), asked("1", "−1", "0", shuffle=False)),
        (
            "ID8",
            asked("1 in 50", "1 in 5", "1 in 2", shuffle=False),
            asked("1 hour", "6 hours", "3 hours", shuffle=False),
        ),
        ("CL1", cloze("Knee: ", ("c1", "L4"), ", ankle: ", ("c2", "S1")), cloze(("c1", "L4"), " and ", ("c2", "L4"))),
        ("CF1", confusing(about="l5", taken_for="s1"), confusing(about=None, taken_for="s1")),
        ("CF2", confusing(about="l5", taken_for="s1"), confusing(about="l5", taken_for="l5")),
        ("AC1", acting("now", "none", "urgent"), acting("now", None, "urgent")),
        ("AC1", acting(None, None, None), acting(None, None, "none")),
        ("AC2", acting(safety=Safety.MUST_NOT_MISS), acting(safety=None)),
        ("EM1", matching("aabb", "ab"), matching("ab", "ab", reuse=False)),
        ("TY1", told_wrong("deep fibular nerve"), told_wrong("The Common-fibular nerves")),
        ("TY1", told_wrong("L5"), told_wrong("l4/5")),
        ("TY2", told_wrong("deep peroneal nerve"), told_wrong("common peroneal nerve")),
        ("NU1", numeric(10, 20, "mL"), numeric(10, 20, "furlongs")),
        ("NU1", numeric(10, 20, "10^9/L"), numeric(10, 20, "2 points")),
        ("NU2", numeric(0, 20), numeric(-1, 20)),
        ("NU2", numeric(-20, 20), numeric(-20, 1)),
    ],
)
def test_each_rule_fires_on_its_flaw_and_not_without(code: str, good: Question, bad: Question) -> None:
    assert code not in found(good)
    assert code in found(bad)


def test_a_unit_that_is_only_a_word_is_told_and_one_that_is_read_is_not() -> None:
    told = {unit: found(numeric(1, 2, unit)).get("NU1", "") for unit in ("furlongs", "beats/min", "10^9/L", "2nds")}
    assert "only this very word" in told["furlongs"]
    assert "begins with a digit" in told["2nds"]
    assert told["beats/min"] == told["10^9/L"] == ""


def test_a_wrong_answer_that_is_accepted_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    wrong = 'answers = ["Femoral nerve"]\nwrong = [{ text = "femoral nerve" }]'
    path.write_text(DECK.replace("recall", "typed").replace('answer = "That."', wrong), encoding="utf-8")
    status, text = report(path, "text")
    assert status == 1
    assert f"{path}:9:1: question “q”: “femoral nerve” is in “wrong” and is read as the answer “Femoral nerve”" in text


def test_options_that_say_nothing_of_their_urgency_are_named() -> None:
    told = found(acting("now", None, None))["AC1"]
    assert told == "“urgency” is missing for o1, o2: mark every option, or none"


def test_missing_rationales_are_named() -> None:
    plain = single("q")
    bare = replace(plain, options=(*plain.options[:3], replace(plain.options[3], why="")))
    assert "DOC-why" not in found(plain)
    assert found(bare)["DOC-why"] == "“why” is missing for o3"


DECK = """
id = "d"
title = "D"
[[question]]
id = "q"
kind = "recall"
stem = "Which?"
answer = "That."
"""


def report(path: Path, style: str) -> tuple[int, str]:
    out = StringIO()
    return run_check([path], style, out), out.getvalue()


def test_warnings_do_not_fail_and_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    status, text = report(path, "text")
    assert status == 0
    assert f"{path}:4:1: warning: question “q”: “sources” is missing" in text
    assert text.endswith("1 deck, 1 question: no errors, 4 warnings\n")


def test_errors_fail_in_every_format(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK.replace("answer", "anser"), encoding="utf-8")
    status, text = report(path, "json")
    assert status == 1
    unknown = next(problem for problem in json.loads(text) if problem["code"] == "unknown-key")
    assert (unknown["line"], unknown["column"], unknown["severity"], unknown["question"]) == (8, 1, "error", "q")
    status, text = report(path, "github")
    assert status == 1
    assert f"::error file={path},line=8,col=1::question “q”: unknown key “anser”; did you mean “answer”?" in text


def test_a_path_without_a_deck_is_an_error(tmp_path: Path) -> None:
    status, text = report(tmp_path, "text")
    assert status == 1
    assert "there is no deck here" in text


def test_a_warning_can_be_accepted_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK + 'accepts = ["DOC-sources", "TW1"]\naccepts_why = "A demo."\n', encoding="utf-8")
    _, text = report(path, "text")
    assert "“sources” is missing" not in text
    assert "TW1 is allowed here, and finds nothing: leave that out" in text


FIGURE = """
[[source]]
id = "atlas"
citation = "An atlas, 2020"
[[figure]]
id = "square"
title = "Square"
caption = "Schematic."
alt = "A square."
sources = ["atlas"]
[[figure.views]]
id = "all"
title = "All"
aspect = 1.0
outline = [[0, 0], [1, 0], [1, 1], [0, 1]]
regions = [{ key = "a", name = "a", describe = "all", label = [0.5, 0.5], ellipse = { cx = 0.5, cy = 0.5, rx = 0.5, ry = 0.5 } }]
[[figure.views.lines]]
points = [[0.4, 0.4], [0.6, 0.6]]
[[figure.views.lines]]
points = [[0.4, 0.4], [0.6, 0.6]]
"""


def test_a_source_of_a_figure_or_a_case_is_used_and_what_nobody_sees_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    faulty = '[[figure]]\nid = "empty"\ntitle = "E"\ncaption = "E"\nalt = "E"\n'
    case = '[[source]]\nid = "ward"\ncitation = "A ward, 2021"\n[[case]]\nid = "c"\ntitle = "C"\nstages = ["One."]\nsources = ["ward"]\n'
    text = DECK + faulty + FIGURE + case
    path.write_text(text, encoding="utf-8")
    status, told = report(path, "text")
    assert status == 1
    assert "is not used" not in told
    line = text.splitlines().index("[[figure.views.lines]]") + 1
    assert f"{path}:{line}:1: figure “square”: nothing of this line is seen in a terminal of 60×20" in told


@pytest.mark.parametrize(
    "broken", ['anser = "B."', 'answer = "B.', 'answer = "B."\ncase = "none"', 'answer = "B."\nretired = true']
)
def test_a_source_or_a_concept_is_unused_only_where_nothing_that_is_not_asked_names_it_and_told_at_its_line(
    tmp_path: Path, broken: str
) -> None:
    path = tmp_path / "d.toml"
    sources = '[[source]]\nid = "gray"\ncitation = "Gray"\n[[source]]\nid = "idle"\ncitation = "Idle"\n'
    concepts = '[[concept]]\nid = "nerve"\nname = "Nerve"\n[[concept]]\nid = "vein"\nname = "Vein"\n'
    question = (
        f'[[question]]\nid = "p"\nkind = "recall"\nstem = "Who?"\n{broken}\nsources = ["gray"]\nconcept = "nerve"\n'
    )
    path.write_text(DECK + sources + concepts + question, encoding="utf-8")
    unused = [problem for problem in check([path]).problems if problem.code in ("unused-source", "CO2")]
    assert [(problem.code, problem.line) for problem in unused] == [("unused-source", 12), ("CO2", 18)]
    assert "“idle”" in unused[0].message
    assert "“vein”" in unused[1].message


def test_no_question_asks_the_same_as_itself(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(DECK.replace('"d"', f'"{name}"'), encoding="utf-8")
    assert all("asks the same" not in problem.message for problem in check([tmp_path]).problems)


def test_the_shipped_decks_have_no_problem() -> None:
    status, text = report(shipped_decks(), "text")
    assert status == 0
    assert "no errors, no warnings" in text


# The schema


def test_the_schema_in_the_docs_is_current() -> None:
    assert json.loads((DOCS / "deck.schema.json").read_text(encoding="utf-8")) == deck_schema()


def test_the_schema_accepts_the_shipped_decks_and_refuses_mistakes() -> None:
    validator = jsonschema.Draft7Validator(deck_schema())
    for path in shipped_decks().glob("*/deck.toml"):
        document = tomli.loads(path.read_text(encoding="utf-8"))
        for question in document["question"]:
            if "reviewed_on" in question:
                question["reviewed_on"] = question["reviewed_on"].isoformat()
        assert list(validator.iter_errors(document)) == []
    bad = tomli.loads(DECK)
    bad["question"][0]["options"] = []
    assert list(validator.iter_errors(bad))
    del bad["question"][0]["options"], bad["question"][0]["answer"]
    assert list(validator.iter_errors(bad))
    assert "oneOf" not in json.dumps(deck_schema())


def test_the_examples_in_the_docs_are_read_without_errors(tmp_path: Path) -> None:
    import re

    text = (DOCS / "deck-format.md").read_text(encoding="utf-8")
    examples = [example for example in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "title" in example]
    assert examples
    for place, example in enumerate(examples):
        path = tmp_path / f"{place}.toml"
        path.write_text(example, encoding="utf-8")
        assert report(path, "text")[0] == 0, example
