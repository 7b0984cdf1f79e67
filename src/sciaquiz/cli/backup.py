"""`sciaquiz backup`: a backup, written now and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.cli.console import say
from sciaquiz.cli.opening import open_workspace
from sciaquiz.text import path_words

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where; else in the folder of backups")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Back the journal up."""
    from sciaquiz.store.backup import back_up

    with open_workspace() as workspace:
        journal = workspace.journal
        made = back_up(journal.path, workspace.paths.backups, workspace.clock.now().study_day, to=options.file)
    say(f"Backup written and checked: {path_words(made)}")
    return 0
