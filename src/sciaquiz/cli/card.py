"""`sciaquiz card`: the history of a card, what is set on it, and acts that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json, add_places
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.text import tame

if TYPE_CHECKING:
    import argparse

    from sciaquiz.journal.entries import CardState
    from sciaquiz.workspace import Workspace


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    from sciaquiz.plain.commands import CARD_ACTS

    parser.add_argument("card", nargs="?", metavar="CARD", help="a card's id")
    parser.add_argument("act", nargs="?", choices=tuple(CARD_ACTS), metavar="ACT", help=", ".join(CARD_ACTS))
    parser.add_argument("text", nargs="*", metavar="TEXT", help="the note; note without it reads the note")
    add_json(parser)
    add_places(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show what is set on a card, or on all, or act on one."""
    with open_workspace(options.places) as workspace:
        return _all(workspace, as_json=options.json) if options.card is None else _one(workspace, options)


def _all(workspace: Workspace, *, as_json: bool) -> int:
    from sciaquiz.cli.finding import cards_of
    from sciaquiz.plain.card import KnownCard

    today, cards = workspace.clock.now().study_day, cards_of(workspace)
    found = [KnownCard(state, cards.get(state.card_id)) for state in workspace.journal.marked(today)]
    if as_json:
        say_json([known.as_json() for known in found])
        return 0
    for known in found:
        say(known.line(today))
    if not found:
        say("No card is suspended, flagged or put off.")
    return 0


def _one(workspace: Workspace, options: argparse.Namespace) -> int:
    from sciaquiz.cardhistory import read_record
    from sciaquiz.cli.finding import card_id_of, cards_of, refuse_card
    from sciaquiz.journal.entries import CardState
    from sciaquiz.plain.card import KnownCard, history_as_json, history_lines

    journal, cards = workspace.journal, cards_of(workspace)
    card_id = card_id_of(workspace, options.card)
    known_state = journal.state(card_id)
    if card_id not in cards and known_state is None:
        refuse_card(workspace, options.card)
    state = known_state or CardState(card_id=card_id)
    said = ""
    if options.act == "note" and not options.text:
        said = f"Your note: {state.marks.note}" if state.marks.note else "There is no note."
    elif options.act is not None:
        state, said = _act(workspace, state, options)
    known = KnownCard(state, cards.get(state.card_id), workspace.gone_words(state.card_id))
    if said and not options.json:
        say(said)
        return 0
    record = read_record(workspace, journal, state.card_id, known.card)
    if options.json:
        say_json({**known.as_json(), **history_as_json(record.history, record.reviews)})
        return 0
    now = workspace.clock.now()
    for line in (*known.lines(now), *history_lines(record.history, now.study_day)):
        say(line)
    return 0


def _act(workspace: Workspace, state: CardState, options: argparse.Namespace) -> tuple[CardState, str]:
    """Do the act; return what the card has come to, and the words for it."""
    from sciaquiz.journal.acts import entry_of
    from sciaquiz.plain.commands import act_named
    from sciaquiz.view.acts import done_words

    now = workspace.clock.now()
    act = act_named(options.act, tame(" ".join(options.text)).strip(), now.study_day)
    return workspace.journal.act(entry_of(act, state.card_id, now)), done_words(act)
