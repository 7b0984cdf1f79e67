"""`sciaquiz browse`: the questions that a query means, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json, add_places, whole_number
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError
from sciaquiz.text import cut

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sciaquiz.catalogue.matching import Row
    from sciaquiz.clock import Moment

PAGE = 20
LONGEST = 80
"""Cells of how a question begins."""
FORM = """words and "phrases"; deck: topic: kind: is: id: with values between commas; due:<3; -word leaves out;
order:due, weakest, oldest, deck or mixed. A query that begins with - needs -- before it."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help=FORM)
    parser.add_argument("--from", dest="first", type=whole_number, default=1, metavar="N", help="begin with the Nth")
    parser.add_argument("--limit", type=whole_number, default=PAGE, metavar="N", help=f"so many at most, else {PAGE}")
    parser.add_argument("--ids", action="store_true", help="with the id of each, as sciaquiz card takes it")
    add_json(parser)
    add_places(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the questions, as lines or as JSON."""
    from sciaquiz.catalogue.matching import Matching
    from sciaquiz.study.querying import parse
    from sciaquiz.view.finding import found_words, none_words

    with open_workspace(options.places) as workspace:
        workspace.snapshot()
        now = workspace.clock.now()
        matching = Matching(workspace.catalogue, now, workspace.settings.leech_lapses, workspace.fits)
        parsed = parse(" ".join(options.query), matching.vocabulary())
        if parsed.faults:
            raise SciaquizError(parsed.faults[0].message)
        query = parsed.query
        total = matching.total(query) if query.most is None else min(query.most, matching.total(query))
        rows = matching.page(query, options.first - 1, min(options.limit, max(0, total - options.first + 1)))
        none = "" if total else none_words(matching.ways_out(query))
    if options.json:
        say_json({"total": total, "from": options.first, "cards": [as_json(row) for row in rows]})
        return 0
    say(none or found_words(query, total))
    for line in lines_of(rows, now, options.first, with_ids=options.ids):
        say(line)
    if rows and options.first + len(rows) <= total:
        say(f"{total - options.first - len(rows) + 1} more: --from {options.first + len(rows)}")
    return 0


def lines_of(rows: Sequence[Row], now: Moment, first: int, *, with_ids: bool) -> list[str]:
    """Return a line for each card: its number, how it begins, its deck, what it has come to, and when it comes back."""
    from sciaquiz.view.standing import STANDING, back_in_words, standing_of

    found = []
    for number, row in enumerate(rows, start=first):
        standing = standing_of(row.state, must_not_miss=row.must_not_miss)
        part = f" {row.part}" if row.part else ""
        told = [row.deck, STANDING[standing]]
        back = back_in_words(row.state, now)
        told += [back if not back[:1].isdigit() else f"back in {back}"]
        name = f"{row.card_id}: " if with_ids else ""
        found.append(f"{number}. {name}{cut(row.opening, LONGEST)}{part} ({', '.join(told)})")
    return found


def as_json(row: Row) -> dict[str, object]:
    """Return a card as values for a program; days are ISO dates."""
    from sciaquiz.view.standing import standing_of

    marks, progress = row.state.marks, row.state.progress
    return {
        "id": row.card_id,
        "deck": row.deck_id,
        "opening": row.opening,
        "part": row.part,
        "standing": standing_of(row.state, must_not_miss=row.must_not_miss).name.lower(),
        "due_day": progress.due_day.isoformat() if progress else None,
        "suspended": marks.suspended,
        "buried_until": marks.buried_until.isoformat() if marks.buried_until else None,
        "flagged": marks.flagged,
        "note": marks.note,
    }
