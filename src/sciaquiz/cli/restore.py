"""`sciaquiz restore`: the backups there are, and putting one in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.cli.console import say
from sciaquiz.cli.opening import open_workspace
from sciaquiz.text import path_words

if TYPE_CHECKING:
    import argparse

    from sciaquiz.paths import Paths


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Put a backup in place of the journal, or list the backups."""
    from sciaquiz.store.restore import restore

    with open_workspace() as workspace:
        if options.file is None:
            return _list(workspace.paths)
        aside = restore(options.file, workspace.paths.journal, workspace.clock.now())
    say(f"Restored from {path_words(options.file)}.")
    if aside:
        say(f"What was there before is kept in {path_words(aside)}")
    return 0


def _list(paths: Paths) -> int:
    from sciaquiz.store.beside import list_asides, list_backups

    found = (*list_backups(paths.backups), *list_asides(paths.journal))
    if not found:
        say("There are no backups yet.")
    for backup in found:
        say(path_words(backup))
    if found:
        say("To restore one: sciaquiz restore FILE")
    return 0
