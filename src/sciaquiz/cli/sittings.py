"""`sciaquiz sittings`: past sittings, and what was answered in one."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json, whole_number
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.journal.past import PastSitting, SittingKey
    from sciaquiz.store.journal import Journal

AT_ONCE = 20
FURTHEST_OFF = timedelta(hours=15)
"""No wall clock is further from UTC."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument(
        "when",
        nargs="?",
        type=_when,
        metavar="WHEN",
        help="show those that began then: a day, or 2026-11-22T09:05",
    )
    parser.add_argument("--before", type=_when, metavar="WHEN", help="list those that began before this")
    parser.add_argument("--limit", type=whole_number, default=AT_ONCE, metavar="N", help="list so many")
    add_json(parser)
    parser.set_defaults(run=run)


def _when(text: str) -> datetime:
    """Return a day, or a day and a time, as ISO writes it. Raises argparse.ArgumentTypeError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a day such as 2026-11-22, or with a time: 2026-11-22T09:05") from None
    if found.tzinfo is None and not 1900 <= found.year <= 9000:
        raise argparse.ArgumentTypeError("must be a year from 1900 to 9000")
    return found


def run(options: argparse.Namespace) -> int:
    """List past sittings, the newest first, or show some in full."""
    from sciaquiz.plain.past import as_json, listed, sitting_lines

    with open_workspace() as workspace:
        journal, today = workspace.journal, workspace.clock.now().study_day
        if options.when is None:
            found = list(islice(_before(journal, options.before), options.limit))
        else:
            found = list(_began(journal, options.when))
            if not found:
                raise SciaquizError("no sitting began then. To see which there are: sciaquiz sittings")
        if options.json:
            say_json([as_json(sitting) for sitting in found])
            return 0
        titles = {deck.id: deck.title for deck in workspace.library.decks}
        if options.when is None:
            for line in listed(found, titles):
                say(line)
            if len(found) == options.limit:
                say(f"Older ones: sciaquiz sittings --before {found[-1].began.local.isoformat()}")
            return 0
        for sitting in found:
            for line in sitting_lines(sitting, workspace.catalogue.card, titles, today):
                say(line)
    return 0


def _on_the_wall(sitting: PastSitting) -> datetime:
    return sitting.began.local.replace(second=0, microsecond=0, tzinfo=None)


def _key_at(when: datetime) -> SittingKey:
    """Return the place in the list of what begins at an instant; one without a zone counts as late as it can."""
    instant = when if when.tzinfo else when.replace(tzinfo=UTC) + FURTHEST_OFF
    return round(instant.timestamp() * 1000), ""


def _older(journal: Journal, before: SittingKey | None) -> Iterator[PastSitting]:
    while True:
        found, before = journal.sittings(before, AT_ONCE)
        yield from found
        if before is None:
            return


def _before(journal: Journal, before: datetime | None) -> Iterator[PastSitting]:
    """Yield the sittings that began before an instant, or before a time by the clock on the wall where they began."""
    if before is None:
        return _older(journal, None)
    found = _older(journal, _key_at(before))
    return found if before.tzinfo else (sitting for sitting in found if _on_the_wall(sitting) < before)


def _began(journal: Journal, when: datetime) -> Iterator[PastSitting]:
    """Yield the sittings that began on a day, or in a minute other than midnight, by the clock on the wall there."""
    when = when.replace(tzinfo=None)
    is_day = when == when.replace(hour=0, minute=0)
    for sitting in _older(journal, _key_at(when + timedelta(days=1))):
        began = _on_the_wall(sitting)
        if (began.date() == when.date()) if is_day else (began == when):
            yield sitting
        elif sitting.began.instant < when.replace(tzinfo=UTC) - FURTHEST_OFF:
            return
