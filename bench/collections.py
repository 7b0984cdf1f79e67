"""Homes with as many cards as wanted: decks of the student's own, and a journal with ten reviews of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.filling import fill

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sciaquiz.memory.policy import Policy

QUESTIONS_A_DECK = 2_500
WORDS = ("root", "nerve", "muscle", "ankle", "hip", "reflex", "motor", "sensory", "deep", "lateral", "plexus", "tendon")

HEAD = """id = "{deck}"
title = "Collection {deck}"
version = "1"
[[source]]
id = "book"
citation = "A book."
"""
QUESTION = """[[question]]
id = "{name}"
kind = "single"
topics = ["{topic}"]
stem = "Which {word} is meant by number {number} of the {other}, if the {topic} is spared?"
sources = ["book"]
options = [
  {{ id = "a", text = "The {word} of {number}", correct = true, why = "It is the one that is named {number}." }},
  {{ id = "b", text = "The {other} of {number}", why = "That one lies deeper." }},
  {{ id = "c", text = "The {topic} of {number}", why = "That one is spared." }},
  {{ id = "d", text = "None of {number}", why = "There is one." }},
]
"""


def write_decks(folder: Path, questions: int) -> None:
    """Write decks with so many questions in all, named as `fill` names the cards that are not shipped."""
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, questions, QUESTIONS_A_DECK):
        deck = f"collection-{first // QUESTIONS_A_DECK}"
        parts = [HEAD.format(deck=deck)]
        for number in range(first, min(questions, first + QUESTIONS_A_DECK)):
            word, other, topic = (WORDS[(number * step) % len(WORDS)] for step in (1, 5, 7))
            parts.append(QUESTION.format(name=f"made-{number}", number=number, word=word, other=other, topic=topic))
        (folder / f"{deck}.toml").write_text("".join(parts), encoding="utf-8")


def make_home(
    home: Path, cards: int, now: datetime, *, reviews_each: int = 10, shipped: int = 600, policy: Policy | None = None
) -> None:
    """Make a home with so many cards, those of the shipped decks among them, each reviewed so often."""
    write_decks(home / "decks", max(0, cards - shipped))
    if reviews_each:
        fill(home / "journal.db", cards=cards, reviews=cards * reviews_each, now=now, policy=policy)
