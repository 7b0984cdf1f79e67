"""`sciaquiz add`: a question of a kind at the end of a deck, to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.authoring.starting import BODIES
from sciaquiz.cli.console import say
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("kind", choices=tuple(BODIES), metavar="KIND", help=", ".join(BODIES))
    parser.add_argument("deck", type=Path, nargs="?", default=Path(), metavar="DECK", help="by default the one here")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Add a question below all others; what was written before stays as it is, to the byte."""
    import tomli

    from sciaquiz.authoring.starting import new_question
    from sciaquiz.cli.finding import the_deck_at
    from sciaquiz.deck.bounds import too_much
    from sciaquiz.deck.files import NotAFileError, read_file, write_whole
    from sciaquiz.deck.limits import LARGEST_FILE
    from sciaquiz.text import path_words

    path = the_deck_at(options.deck)
    try:
        before = read_file(path, LARGEST_FILE)
        if len(before) > LARGEST_FILE or too_much(before):
            raise SciaquizError(f"{path_words(path)} is larger than a deck may be. Nothing was added.")
        document = tomli.loads(before.decode("utf-8-sig"))
    except NotAFileError:
        raise SciaquizError(f"{path_words(path)}: this is not a file.") from None
    except UnicodeDecodeError:
        raise SciaquizError(f"{path_words(path)}: this is not UTF-8 text. Nothing was added.") from None
    except OSError as error:
        raise SciaquizError(f"{path_words(path)}: {error.strerror}. Nothing was added.") from None
    except (ValueError, RecursionError) as error:
        told = f"{path_words(path)}:{getattr(error, 'lineno', 1)}: not valid TOML; sciaquiz check says what to mend"
        raise SciaquizError(f"{told}. Nothing was added.") from None
    taken = (*_names(document, "question"), *(name.removesuffix("-figure") for name in _names(document, "figure")))
    sources = _names(document, "source")
    text = new_question(options.kind, frozenset(taken), sources)
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before.strip() else end if before.endswith(b"\n") else end * 2
    added = text.encode().replace(b"\n", end)
    try:
        tomli.loads((before + gap + added).decode("utf-8-sig"))
    except tomli.TOMLDecodeError:
        told = "questions and figures have to be written as [[question]] and [[figure]] for another one to follow"
        raise SciaquizError(f"{path_words(path)}: {told}. Nothing was added.") from None
    try:
        write_whole(path, before + gap + added)
    except OSError as error:
        raise SciaquizError(f"{path_words(path)}: {error.strerror}. Nothing was added.") from None
    line = (before + gap).count(b"\n") + 1 + text[: text.index("[[question]]")].count("\n")
    say(f"{path_words(path)}:{line}: a question of the kind {options.kind} was added. Write what says TODO.")
    return 0


def _names(document: dict[str, object], array: str) -> tuple[str, ...]:
    """Return the ids in an array of tables, as far as they can be read."""
    entries = document.get(array)
    tables = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return tuple(str(entry["id"]) for entry in tables if "id" in entry)
