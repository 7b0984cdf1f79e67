"""Holding a sitting in plain lines, for the commands that do."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from sciaquiz.cli.console import standard_input
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.store.journal import Journal
    from sciaquiz.study.round import Round
    from sciaquiz.study.sitting import Sitting
    from sciaquiz.workspace import Workspace


def hold_plainly(workspace: Workspace, decks: Sequence[Deck], sitting: Sitting) -> int:
    """Hold a sitting over standard input and output; return the exit status."""
    from sciaquiz.plain.acting import Beyond
    from sciaquiz.plain.sitting import PlainSitting
    from sciaquiz.reporting import report
    from sciaquiz.study.mixing import MixedUp
    from sciaquiz.study.round import Round
    from sciaquiz.study.safekeeping import SafeKeeping, words_on_return

    journal = workspace.journal
    if journal.refusal:
        raise SciaquizError(journal.refusal)
    for line in words_on_return(workspace.still_aside(journal)):
        sys.stderr.write(f"sciaquiz: {line}\n")
    face = PlainSitting(
        round=Round(
            sitting,
            workspace.clock,
            {deck.id: deck for deck in decks},
            MixedUp(workspace.ledger(decks, journal)),
            workspace.corrections,
        ),
        journal=journal,
        safe=SafeKeeping(workspace.set_aside),
        lines=standard_input(),
        out=sys.stdout,
        beyond=Beyond(
            partial(report, workspace, journal), partial(_history, workspace, journal), partial(_statistics, workspace)
        ),
        ask_certainty=workspace.settings.ask_certainty,
        all_reasons=workspace.settings.all_reasons,
        choose=partial(_chosen, workspace),
    )
    status = face.run()
    _offer_fit(workspace, journal)
    return status


def _offer_fit(workspace: Workspace, journal: Journal) -> None:
    """Say that the memory could be fitted, once that makes sense and is wanted."""
    from sciaquiz.cli.console import say
    from sciaquiz.view.fitting import offer_words

    if workspace.settings.fitting == "ask":
        with suppress(SciaquizError):  # the answers are kept; this can be said another time
            if reviews := journal.fit_due(workspace.clock.now().study_day):
                say(offer_words(reviews))


def _chosen(workspace: Workspace, line: str) -> tuple[Round, str] | str:
    """Return the round of what a line chooses, with what is said of it, or why there is none."""
    from sciaquiz.sittings import choosing, open_choice, remember
    from sciaquiz.study.choice import parse_choice
    from sciaquiz.study.mixing import MixedUp
    from sciaquiz.study.round import Round
    from sciaquiz.view.choices import beginning_words, none_match

    snapshot, found = workspace.snapshot(), choosing(workspace)
    parsed = parse_choice(line, found.matching.vocabulary())
    if parsed.faults:
        return "\n".join(fault.message for fault in parsed.faults)
    sitting = open_choice(workspace, parsed.choice, snapshot)
    if not sitting.left:
        return none_match(parsed.choice, found.total)
    remember(workspace, parsed.choice)
    decks = workspace.library.decks
    mixed_up = MixedUp(workspace.ledger(decks, workspace.journal))
    round_ = Round(sitting, workspace.clock, {deck.id: deck for deck in decks}, mixed_up, workspace.corrections)
    return round_, beginning_words(parsed.choice, sitting.left)


def _history(workspace: Workspace, journal: Journal, card: Card) -> list[str]:
    """Return all that was answered and done with a card, in lines. Raises StoreError."""
    from sciaquiz.cardhistory import read_record
    from sciaquiz.plain.card import history_lines

    record = read_record(workspace, journal, card.id, card)
    return history_lines(record.history, workspace.clock.now().study_day) or ["Never answered."]


def _statistics(workspace: Workspace, text: str) -> list[str]:
    """Return what the answers came to that a text means, in lines, or what is wrong with the text."""
    from sciaquiz.insight.statistics import report_of
    from sciaquiz.plain.statistics import asked_for, lines
    from sciaquiz.sittings import choosing

    meant = asked_for(text, choosing(workspace).matching.vocabulary())
    return [meant] if isinstance(meant, str) else list(lines(report_of(workspace, *meant)))
