"""A journal in which some days were studied, for tests of what is offered afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sciaquiz.clock import moment_at
from sciaquiz.deck.kinds import SingleBestAnswer
from sciaquiz.deck.library import read_library
from sciaquiz.journal.entries import Certainty
from sciaquiz.marking.response import Choice
from sciaquiz.memory.policy import Policy
from sciaquiz.store.journal import Journal
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
STEPLESS = Policy(learning_steps=(), relearning_steps=())


def answered(journal: Path, deck: Path, numbers: range, days_ago: int, option: str = "tibial") -> None:
    """Keep answers to some questions of a deck, certain and all on one day."""
    now = moment_at(TODAY - timedelta(days=days_ago))
    opened = Journal.open(journal, now)
    cards = [card for found in read_library([deck]).decks for card in found.cards()]
    for number in numbers:
        sitting = Sitting(
            CardPool([cards[number]], opened.states()), policy_for=lambda _: STEPLESS, limits=Limits(9, 9), now=now
        )
        shown = sitting.show(cards[number].id, now)
        question = shown.card.question
        assert isinstance(question, SingleBestAnswer)
        chosen = next(each.id for each in question.options if each.id == option)
        outcome = sitting.answer(shown, Choice(chosen, shown.order), now, certainty=Certainty.CERTAIN)
        opened.keep(outcome.answer, STEPLESS, question)
    opened.close()


def gone_for_forty_days(journal: Path, deck: Path) -> None:
    """Study fourteen questions in a week, the last of them forty days ago."""
    for day in range(7):
        answered(journal, deck, range(2 * day, 2 * day + 2), 46 - day)
