"""`sciaquiz schema`: the JSON Schema of a deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.console import say_json

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print the schema."""
    from sciaquiz.authoring.schema import deck_schema

    say_json(deck_schema())
    return 0
