"""`sciaquiz decks`: the decks and what waits in each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace

if TYPE_CHECKING:
    import argparse

    from sciaquiz.insight.overview import DeckRow


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the decks, as lines or as JSON."""
    from sciaquiz.insight.overview import overview_of
    from sciaquiz.words import count

    with open_workspace() as workspace:
        seen = workspace.snapshot()
        summary = overview_of(workspace, workspace.library.decks, seen)
        errors = sum(problem.severity == "error" for problem in workspace.library.problems)
    if options.json:
        say_json([_as_json(row) for row in summary.rows])
        return 0
    width = max([len(row.deck.title) for row in summary.rows], default=0)
    for row in summary.rows:
        say(_line(row, width))
    for words in summary.limit_words:
        say(words)
    if not summary.rows:
        say("No decks are installed.")
    if errors:
        sys.stderr.write(f"sciaquiz: {count(errors, 'problem')} in these decks. Run: sciaquiz check\n")
    return 0


def _line(row: DeckRow, width: int) -> str:
    questions = f"{len(row.deck.questions):4} {'question' if len(row.deck.questions) == 1 else 'questions':<9}"
    counts = f"{row.due:4} due {row.learning:4} learning {row.unseen:4} new"
    return f"{row.deck.title:<{width}}  {questions} {counts}   {row.deck.id}"


def _as_json(row: DeckRow) -> dict[str, object]:
    return {
        "id": row.deck.id,
        "title": row.deck.title,
        "version": row.deck.version,
        "questions": len(row.deck.questions),
        "cards": row.cards,
        "due": row.due,
        "new": row.unseen,
        "new_today": row.new,
        "learning": row.learning,
        "known": round(row.known, 4),
        "path": str(row.deck.path) if row.deck.path else None,
    }
