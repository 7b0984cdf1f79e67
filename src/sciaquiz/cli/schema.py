"""`sciaquiz schema`: the JSON Schema of a deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.console import say, say_json

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("--markdown", action="store_true", help="as tables for reading: every key, default and limit")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    if options.markdown:
        from sciaquiz.authoring.reference import reference

        say(reference().rstrip("\n"))
        return 0
    from sciaquiz.authoring.schema import deck_schema

    say_json(deck_schema())
    return 0
