"""A plan for an exam: a thousand cards over sixty days, and today's part of it."""

from __future__ import annotations

from random import Random
from time import process_time

from bench.timing import middle, ms, table
from sciaquiz.exam.expecting import expecting
from sciaquiz.exam.plan import Candidate, plan
from sciaquiz.exam.prediction import Recalibration, score_of
from sciaquiz.ids import CardId
from sciaquiz.journal.costs import Costs
from sciaquiz.journal.entries import Memory
from sciaquiz.memory.policy import FSRS6_PARAMETERS

CARDS, DAYS, RUNS = 1000, 60, 7
MINUTES = (20, 40)


def run() -> str:
    """Measure the processor's time: other programs on the machine do not count."""
    cards, model = _cards(), expecting(FSRS6_PARAMETERS)
    costs = Costs(new=30, right=13, wrong=28)

    def seconds(minutes: int, days: int | None) -> float:
        found = []
        for _ in range(RUNS):
            began = process_time()
            made = plan(cards, [DAYS], [minutes] * DAYS, costs, model, days)
            if days is None:
                score_of(cards, made.recall[0], 0, Recalibration())
            found.append(process_time() - began)
        return middle(found)

    rows = [
        (f"plan and prediction, {DAYS} days of {minutes} min", ms(seconds(minutes, None)), "≤ 300")
        for minutes in MINUTES
    ]
    rows.append((f"today's part, {MINUTES[0]} min", ms(seconds(MINUTES[0], 1)), ""))
    return f"## Planning an exam ({CARDS:,} cards, {RUNS} runs, processor time)\n\n" + table(
        ["what", "median ms", "goal"], rows
    )


def _cards() -> list[Candidate]:
    random = Random(1)
    return [
        Candidate(
            card_id=CardId(f"card-{place}"),
            question=place,
            guess=random.choice((0.2, 0.25, 0.0)),
            must_not_miss=random.random() < 0.08,
            memory=Memory(random.expovariate(0.1) + 0.3, random.uniform(1, 10)) if random.random() < 0.5 else None,
            last=random.randrange(1, 30),
            right=0.4 + 0.05 * (place % 6),
            known=0.2 + 0.05 * (place % 6),
            weights=(1 / CARDS,),
        )
        for place in range(CARDS)
    ]
