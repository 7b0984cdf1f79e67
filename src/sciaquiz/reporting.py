"""Keeping reports of questions: one file for each deck, which only ever grows."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sciaquiz import __version__
from sciaquiz.cardhistory import deck_of, read_record
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words
from sciaquiz.view.history import Answered
from sciaquiz.view.report import NOTHING_WRITTEN, Report, kept_words

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.deck.model import Card
    from sciaquiz.store.journal import Journal
    from sciaquiz.workspace import Workspace


class ReportError(SciaquizError):
    """A report was not written. The message is for the student."""


def report(workspace: Workspace, journal: Journal, card: Card, words: str) -> str:
    """Write a report about a card and say where it is. Raises SciaquizError if it was not written."""
    if not words.strip():
        raise ReportError(NOTHING_WRITTEN)
    record, deck = read_record(workspace, journal, card.id, card), deck_of(workspace, card)
    answered = next((row for row in record.history.rows if isinstance(row, Answered)), None)
    written = Report(
        card=card, deck=deck, words=words, now=workspace.clock.now(), app=__version__, answered=answered
    )  # fmt: skip
    file = workspace.paths.reports / f"{card.question.deck_id}.md"
    append(file, written.text(), heading=written.heading)
    return kept_words(file, deck.authors if deck else ())


def append(file: Path, text: str, heading: str = "") -> None:
    """Add text to the end of a file durably, all of it or nothing; a new file begins with a heading.

    Raises ReportError.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab", buffering=0) as out:
            before = os.fstat(out.fileno()).st_size
            entry = (text if before else heading + text).encode("utf-8", "backslashreplace")
            try:
                if out.write(entry) != len(entry):
                    raise OSError(None, "there is no room")
                os.fsync(out.fileno())
            except OSError:
                with suppress(OSError):
                    out.truncate(before)
                raise
    except OSError as error:
        raise ReportError(f"The report was not written: {path_words(file)}: {error.strerror}.") from None


def reports_in(folder: Path) -> tuple[Path, ...]:
    """Return the files with reports, by name; none where there is no such folder."""
    try:
        return tuple(sorted(path for path in folder.glob("*.md") if path.is_file()))
    except OSError:
        return ()
