"""What an author starts from: a new deck, and a well-formed question of each kind whose texts are to be filled in."""

from __future__ import annotations

import json

TODO = "TODO"
"""What stands wherever an author has to write something; `check` names what is left of it."""

TOMBI = """\
# For the editor Tombi: questions, cases and figures may stand in any order.
[lint.rules]
tables-out-of-order = "off"
"""

HEAD = """\
#:schema ./deck.schema.json
id = {id}
title = {title}
version = "1"
licence = {licence}
authors = {authors}
description = ""

[[source]]
id = "book"
citation = "TODO: author, title, edition, page"
"""

FIGURE = """\
[[figure]]
id = {figure}
title = "TODO: title of the figure"
caption = "Schematic."
alt = "TODO: what the figure shows, in words"

[[figure.views]]
id = "front"
title = "Front"
aspect = 1.0
outline = [[0, 0], [1, 0], [1, 1], [0, 1]]
regions = [
  {{ key = "upper", name = "TODO: first region", describe = "upper half", {upper} }},
  {{ key = "lower", name = "TODO: second region", describe = "lower half", {lower} }},
]
"""

UPPER = "label = [0.5, 0.25], polygons = [[[0, 0], [1, 0], [1, 0.5], [0, 0.5]]]"
LOWER = "label = [0.5, 0.75], polygons = [[[0, 0.5], [1, 0.5], [1, 1], [0, 1]]]"

OPTIONS = """\
options = [
  {{ id = "a", text = "TODO: the right one", correct = true, why = "TODO: why it is right" }},
  {{ id = "b", text = "TODO: a likely mistake", why = "TODO: why a student chooses it, and why it is wrong" }},
  {{ id = "c", text = "TODO: another mistake", why = "TODO: why a student chooses it, and why it is wrong" }},
]
"""

BODIES = {
    "single": 'stem = "TODO: one question with one best answer?"\n' + OPTIONS,
    "multiple": 'stem = "TODO: which of these apply? Choose all that apply."\n'
    + OPTIONS.replace('a likely mistake", why', 'another right one", correct = true, why'),
    "true-false": """\
stem = "TODO: each statement about this is true or false."
statements = [
  {{ id = "a", text = "TODO: a true statement", answer = true, why = "TODO: why it is true" }},
  {{ id = "b", text = "TODO: a false statement", answer = false, why = "TODO: what is true instead" }},
]
""",
    "recall": 'stem = "TODO: what is to be said in one\'s head?"\nanswer = "TODO: the answer"\n',
    "typed": """\
stem = "TODO: which term is meant?"
answers = ["TODO the term", "TODO its synonym"]
wrong = [{{ text = "TODO a likely mistake", why = "TODO: why it is wrong" }}]
""",
    "numeric": 'stem = "TODO: how many mm?"\nvalue = 15\ntolerance = 1\nunit = "mm"\n',
    "cloze": 'text = "TODO: a sentence with a {{{{c1::gap|its synonym::a hint}}}} in it."\ngaps = "typed"\n',
    "ordering": """\
stem = "TODO: put the steps in order, from the first to the last."
items = [
  {{ id = "a", text = "TODO: the first step", why = "TODO: why it stands here" }},
  {{ id = "b", text = "TODO: the second step" }},
  {{ id = "c", text = "TODO: the third step" }},
]
""",
    "matching": """\
stem = "TODO: match each of these with one of those."
options = [
  {{ id = "a", text = "TODO: a match" }},
  {{ id = "b", text = "TODO: another match" }},
  {{ id = "c", text = "TODO: a match for none" }},
]
stems = [
  {{ id = "one", text = "TODO: an entry for a", answer = "a", why = "TODO: why" }},
  {{ id = "two", text = "TODO: an entry for b", answer = "b", why = "TODO: why" }},
]
""",
    "hotspot": 'stem = "TODO: point at what?"\nfigure = {figure}\nregion = "upper"\n',
}
"""What each kind has besides the keys of every question."""

QUESTION = """\
[[question]]
id = {id}
kind = {kind}
{body}explanation = "TODO: the principle, in two or three sentences"
sources = {sources}
"""


def new_deck(deck_id: str, *, title: str = "", licence: str = "", authors: tuple[str, ...] = ()) -> str:
    """Return the text of a deck with one question, in the one layout."""
    head = HEAD.format(
        id=_toml(deck_id),
        title=_toml(title or deck_id.replace("-", " ").capitalize()),
        licence=_toml(licence or "CC-BY-4.0"),
        authors=_toml(list(authors)),
    )
    return f"{head}\n{new_question('single', frozenset(), ('book',))}"


def new_question(kind: str, taken: frozenset[str], sources: tuple[str, ...]) -> str:
    """Return a question of a kind, with an id that is free and the first of the deck's sources. Raises KeyError."""
    number, made = 1, f"new-{kind}"
    while made in taken:
        number += 1
        made = f"new-{kind}-{number}"
    figure = _toml(f"{made}-figure")
    body = BODIES[kind].format(figure=figure)
    text = QUESTION.format(id=_toml(made), kind=_toml(kind), body=body, sources=_toml(list(sources[:1])))
    return f"{FIGURE.format(figure=figure, upper=UPPER, lower=LOWER)}\n{text}" if kind == "hotspot" else text


def _toml(value: str | list[str]) -> str:
    """Return text, or a list of texts, as TOML: for these JSON writes the same, but for a character that it leaves."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
