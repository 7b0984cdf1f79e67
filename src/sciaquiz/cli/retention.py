"""`sciaquiz retention`: what each wish for retention costs in minutes a day, and what it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse

    from sciaquiz.deck.model import Deck
    from sciaquiz.workspace import Workspace


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", nargs="?", metavar="DECK", help="a deck's id, for a wish for it alone; else all decks")
    parser.add_argument(
        "share", nargs="?", metavar="SHARE", help="what is wanted of the deck from now on, such as 92%%; or: default"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Play the days to come out, and tell what came of it."""
    from sciaquiz.insight.retention import wishes
    from sciaquiz.view.retention import as_json, whole_lines

    with open_workspace() as workspace:
        deck = workspace.decks([options.deck])[0] if options.deck else None
        if deck is not None and options.share is not None:
            return _keep(workspace, deck, options.share, as_json=options.json)
        found = wishes(workspace, workspace.snapshot(), deck)
    if options.json:
        say_json(as_json(found))
        return 0
    for line in whole_lines(found):
        say(line)
    if deck is None:
        say("Set it: sciaquiz settings desired_retention 92%")
    else:
        say(f"Set it: sciaquiz retention {deck.id} 92%")
    return 0


def _keep(workspace: Workspace, deck: Deck, said: str, *, as_json: bool) -> int:
    """Keep what is wanted of one deck, or that nothing of its own is. Raises SciaquizError."""
    from sciaquiz.cli.settings import DEFAULT
    from sciaquiz.insight.retention import wanted_now
    from sciaquiz.settings import DECK_RETENTION, RETENTION
    from sciaquiz.settings.file import write_deck_retention
    from sciaquiz.settings.values import SettingError
    from sciaquiz.view.retention import kept_words

    try:
        share = None if said.strip().lower() == DEFAULT else RETENTION.typed(said)
    except SettingError as error:
        raise SciaquizError(f"the retention of a deck {error}, or: default") from None
    workspace.apply(write_deck_retention(workspace.paths.settings, {deck.id: share}))
    now = wanted_now(workspace.settings, deck, DECK_RETENTION.name)
    if as_json:
        say_json({"deck": str(deck.id), "now": now, "own": share is not None})
    else:
        say(kept_words(deck.title, now, is_own=share is not None))
    return 0
