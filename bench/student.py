"""An invented student, for screenshots and measurements: answers the decks for some months, the same way each time."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from sciaquiz.clock import FixedClock
from sciaquiz.deck.kinds import Recall, SingleBestAnswer
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import Choice, SelfGrade
from sciaquiz.memory.forecast import retrievability_now
from sciaquiz.store.journal import Journal
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Over

if TYPE_CHECKING:
    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Shown
    from sciaquiz.workspace import Workspace


def live(workspace: Workspace, *, days: int, new_per_day: int = 4, seed: int = 1) -> int:
    """Study on most of the last `days` days, up to yesterday; returns the count of answers."""
    random = Random(seed)
    end = workspace.clock.now().local
    answers = 0
    journal = Journal.open(workspace.paths.journal, workspace.clock.now())
    kinds = (SingleBestAnswer, Recall)
    cards = [card for deck in workspace.library.decks for card in deck.cards() if isinstance(card.question, kinds)]
    random.shuffle(cards)
    for ago in range(days, 0, -1):
        if ago > 24 and random.random() < 0.25:
            continue
        local = end - timedelta(days=ago, minutes=random.randrange(90))
        now = FixedClock(local).now()
        sitting = Sitting(
            CardPool(cards, journal.states()),
            policy_for=workspace.policy_for,
            limits=Limits(new_per_day, 60),
            now=now,
            random=random,
        )
        while True:
            local += timedelta(seconds=random.randrange(9, 45))
            now = FixedClock(local).now()
            turn = sitting.next(now)
            if isinstance(turn, Over):
                break
            response, certainty = respond(turn, random, now.study_day)
            outcome = sitting.answer(
                turn, response, now, certainty=certainty, latency_ms=random.randrange(4_000, 20_000)
            )
            sitting.settle(outcome, journal.keep(outcome.answer, turn.policy, turn.card.question), now)
            answers += 1
    journal.close()
    return answers


def respond(shown: Shown, random: Random, today: object) -> tuple[Response, Certainty | None]:
    """Answer as memory has it: right with the predicted recall, else by chance."""
    progress = shown.before.progress
    recall = 0.55 if progress is None else retrievability_now(progress, today, shown.policy)  # type: ignore[arg-type]
    knows = random.random() < recall
    question = shown.card.question
    if not isinstance(question, SingleBestAnswer):
        return SelfGrade(Rating.GOOD if knows else Rating.AGAIN), None
    option = question.key.id if knows else random.choice(shown.order)
    sure = random.choices(list(Certainty), weights=(1, 4, 5) if knows else (4, 4, 2))[0]
    return Choice(option, shown.order), sure
