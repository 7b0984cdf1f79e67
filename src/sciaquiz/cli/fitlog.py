"""`sciaquiz fit --log`: every model of memory on a log of reviews from anywhere; the student's journal is not read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sciaquiz.cli.console import say, say_json, warn
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sciaquiz.memory.evaluating import Score
    from sciaquiz.memory.fitting.seen import Log


def compare_log(path: Path, *, as_json: bool) -> int:
    """Say how well each model foretells the log, by default and fitted, on five folds. Raises SciaquizError."""
    from sciaquiz.memory.fitting.reading import read_log

    return compare_cards(read_log(path), path_words(path), as_json=as_json)


def compare_cards(log: Log, name: str, *, as_json: bool) -> int:
    """Say the same of a log that was read, and is called by this name. Raises SciaquizError."""
    from sciaquiz.memory.comparing import compare, folds
    from sciaquiz.view.scoring import score_lines

    try:
        splits = folds(log)
    except ValueError as error:
        raise SciaquizError(f"{name}: {error} to compare models.") from None
    scores = compare(log, splits, hears=_tell_of)
    if as_json:
        say_json({"models": as_values(scores)})
        return 0
    say(f"{count(scores[0].reviews, 'review')}, each foretold from those before it: five folds in the order of time")
    for line in score_lines(scores):
        say(line)
    return 0


def as_values(scores: Sequence[Score]) -> list[dict[str, object]]:
    """Return scores as values for a program; the AUC is null where all reviews were right, or none."""
    return [
        {"model": each.model, "log_loss": each.log_loss, "rmse_bins": each.rmse_bins, "auc": each.auc}
        for each in scores
    ]


def _tell_of(what: str) -> None:
    """Say what is done while someone waits at a terminal."""
    if sys.stderr.isatty():
        warn(f"{what} …")
