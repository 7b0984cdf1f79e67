"""Cards of an exam for tests of plans, made by chance from a seed."""

from __future__ import annotations

from random import Random

from sciaquiz.exam.expecting import expecting
from sciaquiz.exam.plan import Candidate, Plan, plan
from sciaquiz.ids import CardId
from sciaquiz.journal.costs import Costs
from sciaquiz.journal.entries import Memory
from sciaquiz.memory.policy import FSRS6_PARAMETERS

MODEL = expecting(FSRS6_PARAMETERS)
COSTS = Costs(new=30, right=13, wrong=28)
TOPICS = 4


def cards_of(seed: int, number: int = 80, *, met: float = 0.5, must_not_miss: float = 0.08) -> list[Candidate]:
    """Cards in some topics; `met` and `must_not_miss` are shares of them."""
    random = Random(seed)
    return [
        Candidate(
            card_id=CardId(f"card-{place}"),
            question=place,
            guess=random.choice((0.2, 0.25, 0.0)),
            must_not_miss=random.random() < must_not_miss,
            memory=Memory(random.expovariate(1 / 10) + 0.3, random.uniform(1, 10)) if random.random() < met else None,
            last=random.randrange(1, 30),
            right=0.4 + 0.05 * (place % TOPICS),
            known=0.2 + 0.05 * (place % TOPICS),
            weights=(1 / number,),
        )
        for place in range(number)
    ]


def planned(cards: list[Candidate], days: int, minutes: float, *, only: int | None = None) -> Plan:
    """A plan with the same minutes each day, but for every seventh."""
    by_day = [0.0 if day % 7 == 6 else minutes for day in range(days)]
    return plan(cards, [days], by_day, COSTS, MODEL, days=only)
