"""Reading anonymous logs: the first answer of each learner to each question, and the mock exams that were sat."""

from __future__ import annotations

import os
from array import array
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field

from sciaquiz.deck.files import open_named
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LONGEST_LINE = 20_000
MOST_CERTAIN = 3


class LogError(SciaquizError):
    """A log cannot be read. The message names the file and the line."""


class Line(msgspec.Struct):
    """An answer, as `store.anonymous` writes it."""

    learner: str
    deck: str
    card: str
    version: str
    kind: str
    number: int
    correct: bool
    score: float
    mode: str = "study"
    exam: int | None = None
    day: int = 0
    chosen: list[str] | None = None
    certainty: int | None = None
    seconds: int | None = None


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
        place = len(item.learners)
        item.learners.append(learner)
        item.scores.append(line.score)
        item.right.append(line.correct)
        item.sure.append(line.certainty or 0)
        for option in line.chosen or ():
            item.picked.setdefault(option, array("i")).append(place)


def read_logs(paths: Iterable[Path], deck: str) -> Logs:
    """Read what logs hold of a deck, line by line. Raises LogError; a learner in two logs is told apart by the log.

    A log that is named twice, or by a link as well, counts once.
    """
    logs = Logs()
    for path in {os.path.realpath(path): path for path in paths}.values():
        _read(path, deck, logs)
    return logs


def _read(path: Path, deck: str, logs: Logs) -> None:
    decode = msgspec.json.Decoder(Line).decode
    seen: dict[str, str] = {}
    try:
        with open_named(path) as file:
            _check_header(path, file.readline(LONGEST_LINE))
            for number, text in enumerate(file, 2):
                if not text.strip():
                    continue
                line = _line(path, number, text, decode)
                if line.deck != deck:
                    continue
                learner = seen.get(line.learner)
                if learner is None:
                    learner = seen[line.learner] = f"{path}\0{line.learner}"
                line.learner = learner
                logs.add(line)
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


def _line(path: Path, number: int, text: bytes, decode: Any) -> Line:
    if len(text) > LONGEST_LINE:
        raise LogError(f"{path_words(path)}:{number}: the line is too long.")
    try:
        line: Line = decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LogError(f"{path_words(path)}:{number}: {error}.") from None
    if not (0 <= line.score <= 1 and (line.certainty is None or 1 <= line.certainty <= MOST_CERTAIN)):
        raise LogError(f"{path_words(path)}:{number}: a score must be from 0 to 1, a certainty from 1 to 3.")
    return line
