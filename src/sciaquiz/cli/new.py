"""`sciaquiz new`: a deck to begin with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.cli.console import say
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", type=Path, metavar="DECK", help="the folder to make; its name is the deck's id")
    parser.add_argument("--title", default="", help="what students see; by default made of the name")
    parser.add_argument("--licence", default="", help="by default CC-BY-4.0")
    parser.add_argument("--author", action="append", default=[], metavar="NAME", help="again for each author")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make a folder with a deck of one question, and what editors need to complete its keys."""
    from sciaquiz.authoring.schema import deck_schema
    from sciaquiz.authoring.starting import TOMBI, new_deck
    from sciaquiz.deck.files import write_whole
    from sciaquiz.deck.limits import LONGEST_ID
    from sciaquiz.text import json_text, path_words

    folder: Path = options.deck
    name = folder.name if folder.name not in ("", "..") else folder.resolve().name
    if not SLUG.fullmatch(name) or len(name) > LONGEST_ID:
        raise SciaquizError(
            f"{name!r} cannot be the id of a deck: it takes small letters and digits, with hyphens "
            f"between them, at most {LONGEST_ID} characters."
        )
    authors = tuple(author for author in options.author if author.strip())
    file = folder / "deck.toml"
    text = new_deck(name, title=options.title, licence=options.licence, authors=authors)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SciaquizError(f"{path_words(folder)} is there already and not empty. Nothing was written.")
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "deck.schema.json", (json_text(deck_schema()) + "\n").encode())
        write_whole(folder / "tombi.toml", TOMBI.encode())
        write_whole(file, text.encode())
    except OSError as error:
        raise SciaquizError(f"{path_words(folder)} cannot be made ({error.strerror}).") from None
    say(f"Made {path_words(file)} with one question. Write what says TODO, then:")
    say(f"  sciaquiz check {path_words(file)}")
    say(f"  sciaquiz study {path_words(folder)}/")
    say(f"  sciaquiz add KIND {path_words(file)}     another question")
    return 0
