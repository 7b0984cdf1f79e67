"""What the author's pages show can be copied: every example is read without an error."""

from __future__ import annotations

import re
from pathlib import Path

from rows import each_row
from sciaquiz.authoring.lint import flaws
from sciaquiz.authoring.lint.look import Look
from sciaquiz.deck import limits
from sciaquiz.deck.authored import KINDS
from sciaquiz.deck.concepts import concept_of
from sciaquiz.deck.problem import Severity
from sciaquiz.deck.reading import read_deck_text

DOCS = Path(__file__).parents[2] / "docs"
HEAD = """
id = "example"
title = "Example"
concept = [
  { id = "tibial-nerve", name = "Tibial nerve" },
  { id = "common-fibular", name = "Common fibular (peroneal) nerve" },
  { id = "superficial-fibular", name = "Superficial fibular (peroneal) nerve" },
  { id = "deep-fibular", name = "Deep fibular (peroneal) nerve" },
]
"""


def examples(page: str) -> list[str]:
    return re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


@each_row("example", examples("kinds.md"))
def test_each_example_is_read(example: str) -> None:
    reading = read_deck_text((HEAD + example).encode(), Path("example.toml"))
    assert [problem for problem in reading.problems if problem.severity is Severity.ERROR] == []
    assert reading.deck is not None
    assert len(reading.deck.questions) == example.count("[[question]]") > 0
    told = [rule.code for made in reading.deck.questions for rule, _ in flaws(Look(made, reading.deck))]
    assert [code for code in told if code[:2] == "CF"] == []


def test_a_whole_deck_is_read() -> None:
    [whole, *_] = examples("deck-format.md")
    reading = read_deck_text(whole.encode(), Path("example.toml"))
    assert reading.problems == ()
    assert reading.deck is not None
    assert concept_of(reading.deck.questions[0]) == "l5-root"


def test_every_kind_has_its_page() -> None:
    shown = set(re.findall(r'kind = "([a-z-]+)"', "".join(examples("kinds.md"))))
    assert shown == set(KINDS)


def test_every_limit_has_its_number() -> None:
    told = (DOCS / "deck-format.md").read_text(encoding="utf-8").split("## Limits")[1]
    numbers = {
        f"{number:,}" for name, number in vars(limits).items() if name.startswith(("MOST", "LONGEST", "DEEPEST"))
    }
    untold = {f"{limits.DEEPEST:,}"}  # no table of a deck is nested so deep that its author meets it
    assert numbers - untold <= set(re.findall(r"[\d,]*\d", told))
