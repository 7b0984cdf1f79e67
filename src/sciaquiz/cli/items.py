"""`sciaquiz items`: what the answers of a class say of the questions of a deck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", type=Path, metavar="DECK", help="a deck file or folder")
    parser.add_argument(
        "log", type=Path, nargs="+", metavar="LOG", help="made with: sciaquiz journal export --anonymous"
    )
    add_json(parser)
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the rows as CSV")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page to read and print")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Work out the indices of every question, and tell what to look at first."""
    try:
        import numpy  # noqa: F401
    except ImportError:
        raise SciaquizError("item analysis needs numpy. Install it with: pip install 'sciaquiz[analysis]'") from None
    from sciaquiz.analysis.logs import read_logs
    from sciaquiz.analysis.report import as_csv, as_html, lines, plain, report_of
    from sciaquiz.cli.finding import the_deck_at
    from sciaquiz.deck.files import write_whole
    from sciaquiz.deck.reading import read_deck
    from sciaquiz.text import path_words

    reading = read_deck(the_deck_at(options.deck))
    if reading.deck is None:
        raise SciaquizError(f"{reading.problems[0]}")
    report = report_of(reading, reading.deck, read_logs(options.log, reading.deck.id))
    for path, made in ((options.csv, as_csv), (options.html, as_html)):
        if path is not None:
            try:
                write_whole(path, made(report).encode())
            except OSError as error:
                raise SciaquizError(f"{path_words(path)}: cannot be written ({error.strerror}).") from None
    if options.json:
        say_json(plain(report))
        return 0
    for line in lines(report):
        say(line)
    return 0
