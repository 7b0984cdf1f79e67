"""`sciaquiz doctor`: versions, places, the state of the journal and of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.console import say
from sciaquiz.cli.opening import open_workspace

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Examine the workspace."""
    from sciaquiz.doctor import examine

    with open_workspace() as workspace:
        return examine(workspace, say)
