"""`sciaquiz try`: how an answer would be marked, and why. Nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse

    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.study.turns import Outcome
    from sciaquiz.workspace import Workspace


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", metavar="DECK", help="a deck's id, file or folder")
    parser.add_argument("question", metavar="QUESTION", help="the id of a question, or of one of its cards")
    parser.add_argument(
        "answer",
        metavar="ANSWER",
        nargs="+",
        help="as in plain mode, letters in the author's order; or ids, names and texts of options, statements, steps, "
        "stems or areas, such as root=L5 or foramen=true",
    )
    parser.add_argument(
        "--sure", type=int, choices=(1, 2, 3), default=2, help="1: guess, 2: think so (as if not said), 3: certain"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Mark one answer to one question."""
    from sciaquiz.cli.answering import answer_said, expected_words
    from sciaquiz.journal.entries import Certainty
    from sciaquiz.sittings import open_trial
    from sciaquiz.study.shown import shuffled_ids
    from sciaquiz.workspace import split_names

    names, places = split_names([options.deck])
    with open_workspace(places, only_tries=not names) as workspace:
        deck, card = _find(workspace, names, options.question)
        sitting, now = open_trial(workspace, [card]), workspace.clock.now()
        shown = replace(sitting.show(card.id, now), order=shuffled_ids(card))
        response, sure = answer_said(options.answer, shown, deck)
        if response is None:
            raise SciaquizError(f"{card.id} cannot be answered so; it takes {expected_words(shown, deck)}")
        outcome = sitting.answer(shown, response, now, certainty=sure or Certainty(options.sure))
        handed_back = sitting.reminder(shown, response)
        if options.json:
            say_json(_plain(outcome, deck, handed_back))
        else:
            _tell(outcome, deck, handed_back)
    return 0


def _find(workspace: Workspace, names: tuple[str, ...], wanted: str) -> tuple[Deck, Card]:
    """Return the deck and the card meant. Raises SciaquizError, also where a question has several cards."""
    from difflib import get_close_matches

    decks = workspace.decks(names)
    found = [(deck, card) for deck in decks for card in deck.cards() if wanted in (card.id, card.question.id)]
    exact = [each for each in found if each[1].id == wanted] or found
    if not exact:
        broken = next((f" {problem}" for problem in workspace.library.problems if problem.severity == "error"), "")
        near = get_close_matches(wanted, [str(card.id) for deck in decks for card in deck.cards()], 3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise SciaquizError(f"there is no question {wanted!r} here.{hint}{broken}")
    if len(exact) > 1:
        raise SciaquizError(f"{wanted} has several cards: {', '.join(str(card.id) for _, card in exact)}. Name one.")
    return exact[0]


def _told(outcome: Outcome, deck: Deck) -> list[str]:
    from sciaquiz.plain.feedback import feedback
    from sciaquiz.study.mixing import MixedUp

    return feedback(outcome, deck, MixedUp().mistakes(outcome, deck), "", all_whys=True)


def _tell(outcome: Outcome, deck: Deck, handed_back: str) -> None:
    from sciaquiz.view.preview import HANDED_BACK, rated_words

    if handed_back:
        say(HANDED_BACK.format(handed_back))
        say("Given again:")
    for line in _told(outcome, deck):
        say(line)
    say(rated_words(outcome))


def _plain(outcome: Outcome, deck: Deck, handed_back: str) -> dict[str, object]:
    return {
        "deck": deck.id,
        "question": outcome.shown.card.question.id,
        "card": outcome.shown.card.id,
        "version": outcome.shown.card.question.version,
        "correct": outcome.marked.correct,
        "score": outcome.marked.score,
        "rating": outcome.verdict.rating.name.lower(),
        "reason": outcome.verdict.reason.value,
        "handed_back": handed_back,
        "told": _told(outcome, deck),
    }
