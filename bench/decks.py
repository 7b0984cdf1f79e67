"""Large decks to measure with: as many questions as are asked for, in files within the limits of a deck."""

from __future__ import annotations

import re
from itertools import cycle, islice
from typing import TYPE_CHECKING

from sciaquiz.deck.limits import LARGEST_FILE, MOST_QUESTIONS
from sciaquiz.paths import shipped_decks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HEAD = """id = "{name}"
title = "Made to measure with"
version = "1"
licence = "CC0-1.0"

[[source]]
id = "book"
citation = "A book, 2026."
"""
SINGLE = """[[question]]
id = "q-{number}"
kind = "single"
stem = "A runner drops foot {number}. Where is it?"
explanation = "Weak inversion puts it higher."
sources = ["book"]
[[question.options]]
id = "a"
text = "Fibular neck"
why = "Inversion stays."
[[question.options]]
id = "b"
text = "L5 root"
correct = true
why = "It takes both."
[[question.options]]
id = "c"
text = "Deep branch"
why = "Eversion stays."
"""
BARE = """
[[question]]
id = "q-{number}"
kind = "recall"
stem = "What is {number}?"
answer = "It is {number}."
"""
TABLE = re.compile(r"(?m)^(?=\[\[[a-z]+\]\]$)")
ID = re.compile(r'(?m)^id = "([^"]+)"$')
ROOM = 1_000
"""Bytes of a file left free."""


def singles(folder: Path, number: int) -> list[Path]:
    """Write single-best questions in which nothing is wrong."""
    return _write(folder, HEAD, (SINGLE.format(number=place) for place in range(number)))


def bare(folder: Path, number: int) -> list[Path]:
    """Write recall questions, each with two warnings: it has neither an explanation nor a source."""
    return _write(folder, HEAD, (BARE.format(number=place) for place in range(number)))


def shipped(folder: Path, number: int) -> list[Path]:
    """Write the questions of the shipped decks again and again; from the second time on each is a warning."""
    made: list[Path] = []
    paths = sorted(shipped_decks().glob("*/deck.toml"))
    for place, path in enumerate(paths):
        head, *tables = TABLE.split(path.read_text(encoding="utf-8"))
        around = [table for table in tables if not table.startswith("[[question]]")]
        questions = [table for table in tables if table.startswith("[[question]]")]
        again = (ID.sub(rf'id = "\1-{turn}"', text, count=1) for turn, text in enumerate(cycle(questions)))
        text = ID.sub('id = "{name}"', "".join([head, *around]).replace("{", "{{").replace("}", "}}"), count=1)
        share = number // len(paths) + (place < number % len(paths))
        made += _write(folder, text, islice(again, share), path.parent.name)
    return made


def _write(folder: Path, head: str, questions: Iterable[str], name: str = "made") -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for place, text in enumerate(_files(questions, LARGEST_FILE - len(head.encode()) - ROOM)):
        path = folder / f"{name}-{place:02}.toml"
        path.write_text(head.format(name=f"{name}-{place}") + text, encoding="utf-8")
        made.append(path)
    return made


def _files(questions: Iterable[str], room: int) -> Iterator[str]:
    """Yield the texts of as many questions at a time as a file may hold."""
    texts: list[str] = []
    size = 0
    for text in questions:
        if texts and (len(texts) == MOST_QUESTIONS or size + len(text.encode()) > room):
            yield "".join(texts)
            texts, size = [], 0
        texts.append(text)
        size += len(text.encode())
    if texts:
        yield "".join(texts)
