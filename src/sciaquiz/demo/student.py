"""One invented student: a memory, habits of guessing, and beliefs that are wrong in the same way each time.

The memory is FSRS-6 with stabilities that differ from card to card, told the truth: whether the student knew, not what
the rule made of the answer. So it can be compared with what the app concludes.
"""

from __future__ import annotations

from math import exp
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct, field

from sciaquiz.deck.kinds import Cloze, Gaps, MultipleAnswer, Recall, SingleBestAnswer
from sciaquiz.demo.answers import NOT_KNOWN, right_answer, wrong_answer
from sciaquiz.journal.entries import Certainty, Memory, MissReason, Rating
from sciaquiz.marking.chance import guess_probability
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.policy import FSRS6_PARAMETERS

if TYPE_CHECKING:
    from datetime import date

    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId, OptionId
    from sciaquiz.marking.response import Response

SOON = 0.93
"""How likely at most something is known that was seen on the same day."""
MIXING = 0.3
"""The share of pairs of concepts that the student mixes up."""
WAVERING = 0.6
"""How often a wrong answer is the belief that the student has about the card, not any wrong one."""


class Habits(Struct, frozen=True, kw_only=True):
    """How the student says how sure they are: shares of guess, think so and certain, where it is known and where not.

    `known_before` is the share of cards that are known before they are first met; `slips` of what is known goes wrong;
    `mixes` of the pairs of concepts are mixed up. With `firm` 0 no belief that is wrong is held for sure.
    """

    known: tuple[float, float, float] = (0.04, 0.36, 0.60)
    unknown: tuple[float, float, float] = (0.65, 0.29, 0.06)
    known_before: float = 0.3
    slips: float = 0.02
    mixes: float = MIXING
    firm: float = 1.0


class Said(Struct, frozen=True, kw_only=True):
    """An answer, and what nobody but the student can see: whether it was known, and why it was wrong."""

    response: Response
    certainty: Certainty | None
    seconds: float
    knew: bool
    why_wrong: MissReason | None = None


class _Mind(Struct):
    """What the student has of one card: `factor` on its stability, the wrong option that tempts, and how firmly."""

    factor: float
    prior: float
    belief: OptionId | None
    conviction: int
    memory: Memory | None = None
    last: date | None = None


class Student(Struct):
    """Answers cards as a person would; the same seed and the same cards give the same answers."""

    seed: int
    habits: Habits = field(default_factory=Habits)
    parameters: tuple[float, ...] = FSRS6_PARAMETERS
    _minds: dict[CardId, _Mind] = field(default_factory=dict)

    def recall(self, card: Card, day: date) -> float:
        """Return the true chance, 0..1, that the card is known on a study day."""
        mind = self._mind(card)
        if mind.memory is None or mind.last is None:
            return mind.prior
        elapsed = (day - mind.last).days
        return min(SOON if elapsed <= 0 else 1.0, FSRS6.recall(self.parameters, elapsed, mind.memory.stability))

    def answer(
        self, card: Card, order: tuple[OptionId, ...], day: date, random: Random, figure: Figure | None = None
    ) -> Said:
        """Answer a card on a study day, and learn from it."""
        mind = self._mind(card)
        knew = random.random() < self.recall(card, day)
        slipped = knew and random.random() < self.habits.slips
        lucky = not knew and mind.conviction == 0 and random.random() < guess_probability(card)
        is_right = (knew and not slipped) or lucky
        believes = mind.belief if mind.conviction or random.random() < WAVERING else None
        if is_right:
            response = right_answer(card, order, figure, random)
        else:
            response = wrong_answer(card, order, figure, random, None if slipped else believes)
        said = Said(
            response=response,
            certainty=self._certainty(card, mind, response, random, knew=knew),
            seconds=_seconds(card, random, knew=knew, is_sure=mind.memory is not None),
            knew=knew,
            why_wrong=None if is_right else _why(random, slipped=slipped, believed=believes is not None),
        )
        self._learn(mind, day, knew=knew)
        return said

    def _certainty(
        self, card: Card, mind: _Mind, response: Response, random: Random, *, knew: bool
    ) -> Certainty | None:
        if grades_itself(card):
            return None
        if response == NOT_KNOWN:
            return Certainty.GUESS
        if not knew and mind.conviction:
            return Certainty.CERTAIN
        shares = self.habits.known if knew else self.habits.unknown
        return random.choices(tuple(Certainty), weights=shares)[0]

    def _learn(self, mind: _Mind, day: date, *, knew: bool) -> None:
        """Take in the answer that was shown: the memory moves, and a wrong belief loses some of its hold."""
        rating = Rating.GOOD if knew else Rating.AGAIN
        if mind.memory is None or mind.last is None:
            first = FSRS6.first(self.parameters, rating)
            mind.memory = Memory(first.stability * mind.factor, first.difficulty)
        else:
            mind.memory = FSRS6.after(self.parameters, mind.memory, (day - mind.last).days, rating)
        mind.last = day
        if not knew:
            mind.conviction = max(0, mind.conviction - 1)

    def _mind(self, card: Card) -> _Mind:
        if card.id not in self._minds:
            self._minds[card.id] = self._first_mind(card)
        return self._minds[card.id]

    def _first_mind(self, card: Card) -> _Mind:
        random = Random(f"{self.seed} {card.id}")  # noqa: S311 -- an invented student
        question = card.question
        options = question.options if isinstance(question, SingleBestAnswer | MultipleAnswer) else ()
        wrong = [option for option in options if not option.correct]
        mixed = [option for option in wrong if option.confuses and self.mixes(str(question.concept), option.confuses)]
        harmful = [option for option in wrong if option.harm]
        is_firm = bool(wrong) and random.random() < self.habits.firm * (0.25 if harmful else 0.12 if mixed else 0.03)
        tempting = mixed or (harmful if is_firm else wrong)
        prior = self.habits.known_before * (0.5 if mixed else 1.05)
        return _Mind(
            factor=exp(random.gauss(0, 0.5)) * (0.6 if mixed else 1.0),
            prior=0.0 if is_firm else min(1.0, prior * random.uniform(0.4, 1.6)),
            belief=random.choice(tempting).id if tempting else None,
            conviction=random.randint(1, 2) if is_firm else 0,
        )

    def mixes(self, one: str, other: str) -> bool:
        """Say whether the student takes one concept for another: a trait, the same for every card about the two."""
        pair = " ".join(sorted((one, other)))
        return Random(f"{self.seed} {pair}").random() < self.habits.mixes  # noqa: S311 -- an invented student


def grades_itself(card: Card) -> bool:
    """Say whether the student grades the answer, and so is not asked for certainty."""
    return isinstance(card.question, Recall) or (
        isinstance(card.question, Cloze) and card.question.gaps is Gaps.REVEALED
    )


def _seconds(card: Card, random: Random, *, knew: bool, is_sure: bool) -> float:
    """Return how long an answer takes: reading, then thinking, which takes longer where it is not known."""
    reading = 3 + len(card.question.stem) / 45
    thinking = (4 if knew else 8) * (1.0 if is_sure else 1.5)
    return (reading + thinking) * exp(random.gauss(0, 0.4)) * (8 if random.random() < 0.01 else 1)


def _why(random: Random, *, slipped: bool, believed: bool) -> MissReason:
    if slipped:
        return random.choice((MissReason.SLIP, MissReason.MISREAD))
    if believed:
        return random.choices((MissReason.CONFUSED, MissReason.BETWEEN), weights=(7, 3))[0]
    return random.choices((MissReason.UNKNOWN, MissReason.BETWEEN), weights=(8, 2))[0]
