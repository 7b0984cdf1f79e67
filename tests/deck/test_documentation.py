"""What the author's pages show can be copied: every example passes `check` as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from rows import each_row
from sciaquiz.authoring.check import check
from sciaquiz.deck import limits
from sciaquiz.deck.authored import KINDS
from sciaquiz.deck.concepts import concept_of
from sciaquiz.deck.reading import read_deck_text
from sciaquiz.paths import shipped_decks

if TYPE_CHECKING:
    from sciaquiz.deck.problem import Problem

DOCS = Path(__file__).parents[2] / "docs"
HEAD = """
id = "example"
title = "Example"
version = "1"
licence = "CC-BY-4.0"
"""


def examples(page: str) -> list[str]:
    return re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


WHOLE, *OF_THE_FORMAT = examples("deck-format.md")


def problems_of(deck: str, folder: Path) -> tuple[Problem, ...]:
    file = folder / "example.toml"
    file.write_text(deck, encoding="utf-8")
    return check([file]).problems


@each_row("example", [*examples("kinds.md"), *OF_THE_FORMAT, "\n".join(examples("kinds.md"))])
def test_each_example_can_be_copied(example: str, tmp_path: Path) -> None:
    assert "[[question]]" in example
    assert {told.code for told in problems_of(HEAD + example, tmp_path)} == {"DOC-sources"}


def test_no_example_has_the_id_of_a_shipped_question() -> None:
    question = re.compile(r'^\[\[question\]\]\nid = "(.+)"', re.MULTILINE)
    shown = question.findall("\n".join([*examples("kinds.md"), WHOLE, *OF_THE_FORMAT]))
    shipped = {
        name for path in shipped_decks().rglob("*.toml") for name in question.findall(path.read_text(encoding="utf-8"))
    }
    assert len(shipped) > 900
    assert shipped.isdisjoint(shown)
    assert len(shown) == len(set(shown))


def test_a_whole_deck_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(WHOLE, tmp_path) == ()
    reading = read_deck_text(WHOLE.encode(), Path("example.toml"))
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
