"""What a sitting came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.kinds import Cloze
from sciaquiz.journal.entries import Certainty
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.model import Case, Question
    from sciaquiz.study.turns import Outcome


class Summary(Struct, frozen=True):
    """`errors` are the answers that were wrong or guessed, of each question one, the surest errors first.

    `late` counts answers that took longer than the student wanted. `seconds` is the time that all took, by those whose
    time was measured fairly, None where none was.
    """

    answered: int
    right: int
    certain_and_wrong: int
    errors: tuple[Outcome, ...]
    new: int
    late: int = 0
    seconds: float | None = None

    @property
    def look_again(self) -> tuple[Question, ...]:
        """The questions of the errors."""
        return tuple(outcome.shown.card.question for outcome in self.errors)


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Sum up the answers that stand. Right counts every right answer, guesses too."""
    errors = [
        outcome for outcome in outcomes if not outcome.marked.correct or outcome.answer.certainty is Certainty.GUESS
    ]
    errors.sort(key=_weight)
    worst: dict[str, Outcome] = {}
    for outcome in errors:
        worst.setdefault(outcome.shown.card.question.id, outcome)
    times = [outcome.answer.latency_ms for outcome in outcomes if outcome.answer.latency_ms is not None]
    return Summary(
        answered=len(outcomes),
        right=sum(outcome.marked.correct for outcome in outcomes),
        certain_and_wrong=sum(
            not outcome.marked.correct and outcome.answer.certainty is Certainty.CERTAIN for outcome in outcomes
        ),
        errors=tuple(worst.values()),
        new=sum(outcome.shown.before.progress is None and not outcome.is_practice for outcome in outcomes),
        late=sum(outcome.is_late for outcome in outcomes),
        seconds=sum(times) / len(times) * len(outcomes) / 1000 if times else None,
    )


def opening(question: Question, most: int, case: Case | None = None) -> str:
    """Return how a question begins, behind the title of its case, in at most so many cells: enough to know it again."""
    if isinstance(question, Cloze):
        begins = "".join(part if isinstance(part, str) else "[…]" for part in question.parts)
    else:
        begins = question.stem
    return shortened(f"{case.title}: {begins}" if case else begins, most)


def _weight(outcome: Outcome) -> int:
    if not outcome.marked.correct:
        return 0 if outcome.answer.certainty is Certainty.CERTAIN else 1
    return 2
