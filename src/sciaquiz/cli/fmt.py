"""`sciaquiz fmt`: decks in the one layout, with the ids that are missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.cli.console import EXIT_TROUBLE, say, warn
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("path", nargs="+", type=Path, metavar="PATH", help="deck files or folders")
    parser.add_argument("--check", action="store_true", help="change nothing; the exit status is 1 if something would")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Lay out every deck at these paths; one that cannot be laid out is told and stays as it is."""
    from sciaquiz.authoring.layout import LayoutError, laid_out
    from sciaquiz.deck.files import NotAFileError, read_file, write_whole
    from sciaquiz.deck.limits import LARGEST_FILE
    from sciaquiz.text import path_words
    from sciaquiz.words import count

    changed = failed = unchanged = 0
    for path in _decks(options.path):
        try:
            before = read_file(path, LARGEST_FILE)
            after = laid_out(before.decode()).encode()
            if before == after:
                unchanged += 1
                continue
            if not options.check:
                write_whole(path, after)
            changed += 1
            say(f"{'Would lay out' if options.check else 'Laid out'}: {path_words(path)}")
        except NotAFileError:
            warn(f"{path_words(path)}: this is not a file.")
            failed += 1
        except LayoutError as error:
            warn(f"{path_words(path)}:{error.line}: {error}. It stays as it is.")
            failed += 1
        except UnicodeDecodeError:
            warn(f"{path_words(path)}: this is not UTF-8 text. It stays as it is.")
            failed += 1
        except OSError as error:
            warn(f"{path_words(path)}: {error.strerror}. It stays as it is.")
            failed += 1
    if unchanged and not changed:
        say(f"Nothing to lay out in {count(unchanged, 'deck')}.")
    return EXIT_TROUBLE if failed or (options.check and changed) else 0


def _decks(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the deck files at these paths. Raises SciaquizError where there is none."""
    from sciaquiz.cli.finding import NO_DECK_AT
    from sciaquiz.deck.finding import find_decks
    from sciaquiz.text import path_words

    for path in paths:
        found = find_decks([path]).paths
        if not found:
            raise SciaquizError(NO_DECK_AT.format(path_words(path)))
        yield from found
