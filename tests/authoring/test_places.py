"""Each flaw is told once, at the line on which it stands; here that line names its rules in a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.authoring.check import check
from sciaquiz.authoring.starting import BODIES, new_deck, new_question

if TYPE_CHECKING:
    from pathlib import Path

BEHIND = """explanation = "Tibialis posterior inverts the foot."
sources = ["book"]
"""
DECK = """\
id = "flawed"
title = "Flawed"
version = "1"
licence = "CC-BY-4.0"
description = "Nerves and `muscles`." # DOC-markup

[[source]]
id = "book"
citation = "TODO: author, title, edition, page" # DOC-todo

[[source]] # unused-source
id = "another"
citation = "Another book, 2026"

[[question]]
# The last TODO of this one is still to be written, and **this** is a comment.
id = "sound"
kind = "recall"
stem = "Which nerve lies behind the medial malleolus?"
answer = "The tibial nerve."
BEHIND
[[question]]
id = "marked-up"
kind = "recall"
# What was **vein** before is something else.
stem = '''
Both kidneys have one.

Which **vein** drains the left one?''' # DOC-markup
answer = "TODO" # DOC-todo
BEHIND
[[question]]
id = "statements"
kind = "true-false"
stem = "Each statement about the thyroid gland is true or false."
statements = [ # TW5
  { id = "a", text = "Its isthmus lies before the trachea.", answer = true, why = "Rings 2 to 4." },
  { id = "b", text = "A pyramidal lobe is always present.", answer = false, why = "In half of them." },
]
BEHIND
[[question]]
id = "grammar"
kind = "recall"
stem = '''
The neck of the pancreas lies on it.

Which artery lies at the the back?''' # ID20
answer = "The superior mesenteric artery."
BEHIND
[[question]]
id = "blank"
kind = "recall"
stem = "The ____ is the largest salivary gland of all. Which one is meant?" # ID15
answer = "The parotid."
BEHIND
[[question]]
id = "hinted"
kind = "typed"
stem = "Which bone of the wrist breaks most often in a fall?"
answers = ["scaphoid"]
according_to = "a textbook of 2026"
hint = "The scaphoid bridges both rows." # TW17
BEHIND
[[question]]
id = "by-convention"
kind = "typed"
according_to = "the chapter on the hamate" # TW17
stem = "Which bone of the wrist has a hook?"
answers = ["hamate"]
hint = "It lies on the side of the little finger."
BEHIND
[[question]]
id = "steps"
kind = "ordering"
stem = "Put the parts of the small bowel in order."
items = [ # TW13
  { id = "a", text = "Duodenum", why = "Behind the pylorus." },
  { id = "b", text = "Jejunum", why = "Behind the flexure." },
  { id = "c", text = "Duodenum.", why = "Again." },
]
BEHIND
[[question]]
id = "again"
kind = "recall"
topics = ["ankle"]
stem = "Which nerve lies behind the medial malleolus?" # same-stem
answer = "The tibial nerve."
BEHIND
""".replace("BEHIND\n", BEHIND + "\n")


def test_each_flaw_is_told_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "flawed.toml"
    file.write_text(DECK, encoding="utf-8")
    expected = []
    for number, line in enumerate(DECK.splitlines(), start=1):
        if said := re.search(r"(?<=[\"'\]\[]) # ([A-Za-z\d-]+)$", line):
            expected.append((number, said[1]))
    assert sorted((problem.line, problem.code) for problem in check([file]).problems) == expected


def test_what_is_still_to_be_written_is_all_that_is_wrong_with_a_new_deck(tmp_path: Path) -> None:
    file = tmp_path / "deck.toml"
    kinds = [new_question(kind, frozenset(), ("book",)) for kind in BODIES if kind != "single"]
    file.write_text("\n".join([new_deck("ankle", authors=("A. Author",)), *kinds]), encoding="utf-8")
    assert {problem.code for problem in check([file]).problems} == {"DOC-todo"}
