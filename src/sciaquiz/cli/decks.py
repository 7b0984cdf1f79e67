"""`sciaquiz decks`: the decks and what waits in each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.text import cells
from sciaquiz.words import percent

if TYPE_CHECKING:
    import argparse

    from sciaquiz.insight.overview import DeckRow, Overview, Standing
    from sciaquiz.workspace import Workspace


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the decks, as lines or as JSON."""
    from sciaquiz.cli.offering import offered
    from sciaquiz.insight.meaning import KNOWN_NOW
    from sciaquiz.insight.overview import overview_of
    from sciaquiz.mocks import open_attempts, stand_words
    from sciaquiz.view.mock import waiting_lines
    from sciaquiz.words import count

    with open_workspace() as workspace:
        decks, snapshot = workspace.library.decks, workspace.snapshot()
        seen = overview_of(workspace, decks, snapshot)
        errors = sum(problem.severity == "error" for problem in workspace.library.problems)
        told: list[str] = []
        if not options.json:
            told += offered(workspace, decks, seen, snapshot)[0]
            told += waiting_lines(stand_words(open_attempts(workspace.journal), workspace.clock.now()))
        if options.json:
            say_json([_as_json(row) for row in seen.rows])  # questions are counted in the catalogue, which is open here
            return 0
        told += _next_exam(workspace)
    for line in _table(seen):
        say(line)
    for words in (*seen.limit_words, *told, *([KNOWN_NOW] if seen.rows else ["No decks are installed."])):
        say(words)
    if errors:
        sys.stderr.write(f"sciaquiz: {count(errors, 'problem')} in these decks. Run: sciaquiz check\n")
    return 0


def _next_exam(workspace: Workspace) -> list[str]:
    """Return the exam that Home tells of, where the journal has one."""
    from sciaquiz.journal.entries import EventKind

    if not workspace.journal.events(EventKind.EXAM):
        return []
    from sciaquiz.exams import exams_in, told_exams
    from sciaquiz.view.exam import next_words

    today = workspace.clock.now().study_day
    return [next_words(exam, today) for exam in told_exams(exams_in(workspace.journal), today)[:1]]


def _table(seen: Overview) -> list[str]:
    """Return the decks in lines, under the names that Home has for the columns."""
    if not seen.rows:
        return []
    rows: list[tuple[str, Standing, str]] = [(row.deck.title, row, row.deck.id) for row in seen.rows]
    if len(rows) > 1:
        rows.append(("All decks", seen.all_decks, ""))
    width = max(cells(title) for title, _, _ in rows)
    heads = (" due", "learning", " new", "unseen", "known now", "   of")
    told = ["  ".join([f"{'Deck':<{width}}", *heads, "id"])]
    for title, standing, name in rows:
        numbers = (
            standing.due, standing.learning, standing.new, standing.unseen, percent(standing.known), standing.cards
        )  # fmt: skip
        columns = [f"{number:>{len(head)}}" for number, head in zip(numbers, heads, strict=True)]
        told.append("  ".join([title + " " * (width - cells(title)), *columns, name]).rstrip())
    return told


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
