"""Each rule has its page, whose examples are what the page says: the first is told by this rule alone, the second by none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from commanding import sciaquiz
from rows import each_row
from sciaquiz.authoring.check import check
from sciaquiz.authoring.explaining import explained, listed
from sciaquiz.authoring.lint import RULES

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.rule import Rule

PAGES = Path(__file__).parents[2] / "docs" / "rules"
HEAD = """id = "example"
title = "Example"
version = "1"
licence = "CC-BY-4.0"
source = [{ id = "book", citation = "A book, 2026" }]

"""
EXAMPLE = re.compile(r"```toml(?: repeat=(\d+))?\n(.*?)```", re.DOTALL)
SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne")


def examples(code: str) -> list[str]:
    """The decks of a page: a question that is to be repeated has another number and another word each time."""
    made = []
    for times, text in EXAMPLE.findall((PAGES / f"{code}.md").read_text(encoding="utf-8")):
        turns = range(int(times)) if times else ()
        words = [f"{SYLLABLES[turn // 7]}{SYLLABLES[turn % 7]}" for turn in turns]
        again = [text.replace("{n}", str(turn)).replace("{word}", words[turn].title()) for turn in turns]
        deck = "\n".join(again) if times else text
        made.append(deck if "title = " in deck else HEAD + deck)
    return made


def told(text: str, path: Path) -> dict[str, list[int]]:
    """The codes of all that is told of a deck, with the lines."""
    path.write_text(text, encoding="utf-8")
    found: dict[str, list[int]] = {}
    for problem in check([path]).problems:
        found.setdefault(problem.code, []).append(problem.line)
    return found


@each_row("code", [rule.code for rule in RULES])
def test_the_examples_of_a_rule_are_what_its_page_says(code: str, tmp_path: Path) -> None:
    bad, good = examples(code)
    assert {*told(bad, tmp_path / "bad.toml")} == {code}
    assert told(good, tmp_path / "good.toml") == {}


@each_row("rule", RULES)
def test_a_page_begins_with_its_rule(rule: Rule) -> None:
    text = (PAGES / f"{rule.code}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {rule.code}: {rule.title}\n\n{rule.severity.value.capitalize()}; ")
    gist = explained(rule.code)
    assert "```" not in gist
    assert gist.count("\n\n") == 3


def test_the_list_of_rules_is_the_one_in_force() -> None:
    assert (PAGES / "README.md").read_text(encoding="utf-8") == listed()
    assert {page.stem for page in PAGES.glob("*.md")} == {rule.code for rule in RULES} | {"README", "precision"}


def test_one_deck_with_one_instance_of_each_flaw_of_a_question_is_told_each_once_at_its_line(tmp_path: Path) -> None:
    parts, lines = [HEAD], {}
    row = HEAD.count("\n") + 1
    for rule in RULES:
        [bad, _] = EXAMPLE.findall((PAGES / f"{rule.code}.md").read_text(encoding="utf-8"))
        if rule.check is None or bad[0] or "title = " in bad[1]:
            continue
        text = re.sub(r'(?m)^id = ".*"$', f'id = "{rule.code.lower()}"', bad[1], count=1)
        parts.append(text)
        lines[rule.code] = (row, row + text.count("\n"))
        row += text.count("\n")
    found = told("".join(parts), tmp_path / "all.toml")
    once = {
        code: len([line for line in found.get(code, ()) if first <= line < end]) for code, (first, end) in lines.items()
    }
    assert once == dict.fromkeys(lines, 1)


def test_explain_prints_the_gist_and_a_wrong_name_is_answered_with_the_right_one() -> None:
    told = sciaquiz("check", "--explain", "tw1")
    assert (told.returncode, told.stdout.splitlines()[0]) == (0, "TW1: the key is much longer than the other options")
    assert "did you mean “TW3”" in sciaquiz("check", "--explain", "TW33").stderr
