"""Reading anonymous logs: the first answer of each learner to each question, and the mock exams that were sat."""

from __future__ import annotations

import os
from array import array
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Struct, field

from sciaquiz.deck.files import open_named
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

LONGEST_LINE = 20_000
PIECE = 1 << 16
"""Bytes of a log that are decoded at once; what comes of more no longer fits the cache of a processor."""
MOST_CERTAIN = 3


class LogError(SciaquizError):
    """A log cannot be read. The message names the file and the line."""


class Line(Struct, gc=False):
    """An answer, as `store.anonymous` writes it."""

    learner: str
    deck: str
    card: str
    version: str
    kind: str
    number: int
    correct: bool
    score: Annotated[float, msgspec.Meta(ge=0, le=1)]
    mode: str = "study"
    exam: int | None = None
    day: int = 0
    chosen: list[str] | None = None
    certainty: Annotated[int, msgspec.Meta(ge=1, le=MOST_CERTAIN)] | None = None
    seconds: int | None = None


DECODER = msgspec.json.Decoder(Line)


class Item(Struct):
    """The first answers to a card while it had one text: by learner, their score, certainty and what was chosen.

    `learners`, `scores` and `sure` run beside each other; `picked` has, for each option, the places in them of those
    who chose it.
    """

    card: str
    version: str
    kind: str
    learners: array[int] = field(default_factory=lambda: array("i"))
    scores: array[float] = field(default_factory=lambda: array("f"))
    right: array[int] = field(default_factory=lambda: array("b"))
    sure: array[int] = field(default_factory=lambda: array("b"))
    picked: dict[str, array[int]] = field(default_factory=dict)


class Logs(Struct):
    """What all logs hold of one deck. `exams` has, for each mock exam that was sat, the score of each card in it."""

    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    learners: dict[str, int] = field(default_factory=dict)
    exams: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    lines: int = 0
    later: int = 0

    def add(self, line: Line) -> None:
        """Take in an answer: the first of a learner to a card counts, and every one of a mock exam for that exam."""
        self.lines += 1
        if line.exam is not None:
            self.exams.setdefault((line.learner, line.exam), {})[line.card] = line.score
        if line.number != 1:
            self.later += 1
            return
        learner = self.learners.setdefault(line.learner, len(self.learners))
        key = (line.card, line.version)
        item = self.items.get(key)
        if item is None:
            item = self.items[key] = Item(line.card, line.version, line.kind)
        for option in line.chosen or ():
            picked = item.picked.get(option)
            if picked is None:
                picked = item.picked[option] = array("i")
            picked.append(len(item.learners))
        item.learners.append(learner)
        item.scores.append(line.score)
        item.right.append(line.correct)
        item.sure.append(line.certainty or 0)


def read_logs(paths: Iterable[Path], deck: str) -> Logs:
    """Read what logs hold of a deck, line by line. Raises LogError; a learner in two logs is told apart by the log.

    A log that is named twice, or by a link as well, counts once.
    """
    logs = Logs()
    for path in {os.path.realpath(path): path for path in paths}.values():
        _read(path, deck, logs)
    return logs


def _read(path: Path, deck: str, logs: Logs) -> None:
    seen: dict[str, str] = {}
    number = 2
    try:
        with open_named(path) as file:
            _check_header(path, file.readline(LONGEST_LINE))
            while texts := file.readlines(PIECE):
                for line in _lines(path, number, texts):
                    if line.deck != deck:
                        continue
                    learner = seen.get(line.learner)
                    if learner is None:
                        learner = seen[line.learner] = f"{path}\0{line.learner}"
                    line.learner = learner
                    logs.add(line)
                number += len(texts)
    except OSError as error:
        raise LogError(f"{path_words(path)}: cannot be read ({error.strerror or error}).") from None


def _check_header(path: Path, text: bytes) -> None:
    try:
        header: Mapping[str, Any] = msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        header = {}
    if header.get("sciaquiz") == "journal":
        raise LogError(
            f"{path_words(path)}: this is a whole journal. Make one with: sciaquiz journal export --anonymous"
        )
    if header.get("sciaquiz") != "answers":
        raise LogError(f"{path_words(path)}:1: this is no log of answers.")
    if header.get("format") != 1:
        raise LogError(f"{path_words(path)}:1: this log is of a newer sciaquiz; please update.")


def _lines(path: Path, first: int, texts: Sequence[bytes]) -> list[Line]:
    """Return the answers in lines of a log; `first` is the number of the first. Raises LogError where one is none."""
    if max(map(len, texts)) <= LONGEST_LINE:
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            return DECODER.decode_lines(b"".join(texts))
    return [_line(path, number, text) for number, text in enumerate(texts, first) if text.strip()]


def _line(path: Path, number: int, text: bytes) -> Line:
    if len(text) > LONGEST_LINE:
        raise LogError(f"{path_words(path)}:{number}: the line is too long.")
    try:
        return DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LogError(f"{path_words(path)}:{number}: {error}.") from None
