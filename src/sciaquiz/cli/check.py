"""`sciaquiz check`: problems in decks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

FORMATS = ("text", "json", "github", "sarif")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("path", nargs="*", type=Path, metavar="PATH", help="deck files or folders")
    parser.add_argument("--format", choices=FORMATS, default="text", help="for people, programs or code hosts")
    parser.add_argument("--errors-only", action="store_true", help="tell errors; count warnings, but do not tell them")
    parser.add_argument("--strict", action="store_true", help="make the exit status 1 for warnings as well")
    parser.add_argument("--all", action="store_true", dest="each", help="tell each of many problems of one sort")
    parser.add_argument("--select", action="append", default=[], metavar="RULES", help="only these: TW1,ID or DOC-why")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULES", help="all but these")
    parser.add_argument("--explain", metavar="RULE", default="", help="say what a rule is about, and why")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the decks that are named, or those that are installed."""
    from sciaquiz.authoring.choosing import chosen
    from sciaquiz.authoring.explaining import explained
    from sciaquiz.authoring.report import run_check
    from sciaquiz.deck.finding import is_there
    from sciaquiz.paths import shipped_decks, user_paths

    if options.explain:
        sys.stdout.write(f"{explained(options.explain)}\n")
        return 0
    paths = options.path or [place for place in (shipped_decks(), user_paths().decks) if is_there(place)]
    return run_check(
        paths,
        options.format,
        sys.stdout,
        errors_only=options.errors_only,
        strict=options.strict,
        each=options.each,
        chosen=chosen(options.select, options.ignore),
    )
