"""What a mock exam came to: the plain mark, the mark by certainty, by topic, and what was said before.

The mark by certainty is that of A. R. Gardner-Medwin (Confidence assessment in the teaching of basic science, ALT-J
1995;3(1):80-85): a right answer brings 1, 2 or 3 for guess, think so and certain, a wrong one 0, -2 or -6, none 0.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.exam.prediction import prediction
from sciaquiz.insight.shares import wilson
from sciaquiz.journal.entries import Certainty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sciaquiz.ids import EntryId
    from sciaquiz.journal.entries import Answer
    from sciaquiz.mock.attempt import Attempt
    from sciaquiz.mock.form import Item

WHEN_RIGHT = {Certainty.GUESS: 1, Certainty.THINK_SO: 2, Certainty.CERTAIN: 3}
WHEN_WRONG = {Certainty.GUESS: 0, Certainty.THINK_SO: -2, Certainty.CERTAIN: -6}
MOST_MARKS = 3
FEWEST, OTHERS = 3, "other topics"
"""Topics with fewer questions than this are counted together, where there are several of them."""
TAKEN_BACK = "its answer was taken back"


class Marked(Struct, frozen=True):
    """One question as it was marked. `answer` is None where there was none, which counts as wrong.

    `left_out` says why it does not count at all; empty where it does.
    """

    place: int
    item: Item
    answer: Answer | None
    left_out: str = ""

    @property
    def correct(self) -> bool:
        """Whether it was right."""
        return self.answer is not None and self.answer.correct

    @property
    def is_certain_and_wrong(self) -> bool:
        """Whether it was wrong and certain."""
        return self.answer is not None and not self.answer.correct and self.answer.certainty is Certainty.CERTAIN


class Share(Struct, frozen=True):
    """How many of some questions were right, with the interval, and what share was predicted, if any was."""

    label: str
    right: int
    of: int
    predicted: float | None = None

    @property
    def share(self) -> float:
        """The share, 0..1."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval at 95%; all there is where there is nothing."""
        return wilson(self.right, self.of) if self.of else (0.0, 1.0)


class ByCertainty(Struct, frozen=True):
    """The mark by certainty: `marks` of at most three for each of `of` questions; `without` had no certainty said."""

    marks: int
    of: int
    without: int

    @property
    def share(self) -> float:
        """The marks as a share of the most that there are; below 0 where certain errors outweigh."""
        return self.marks / (MOST_MARKS * self.of) if self.of else 0.0


class Result(Struct, frozen=True):
    """What an exam came to: each of its questions, marked, in their order."""

    attempt: Attempt
    marked: tuple[Marked, ...]

    @property
    def counted(self) -> tuple[Marked, ...]:
        """The questions that count."""
        return tuple(each for each in self.marked if not each.left_out)

    @property
    def all(self) -> Share:
        """The plain mark."""
        return _share("all", self.counted)

    @property
    def topics(self) -> tuple[Share, ...]:
        """By topic, the weakest first, then those with more questions; last the others, which have very few."""
        found = grouped(self.counted, lambda each: each.item.topic)
        small = [topic for topic, marked in found.items() if len(marked) < FEWEST]
        is_worth_it = 1 < len(small) < len(found)
        others = [each for topic in small for each in found.pop(topic)] if is_worth_it else []
        shares = [_share(label, marked) for label, marked in found.items()]
        shares.sort(key=lambda share: (share.share, -share.of, share.label))
        return (*shares, _share(OTHERS, others)) if others else tuple(shares)

    @property
    def passed(self) -> bool | None:
        """Whether the pass mark was reached, None where there is none."""
        mark = self.attempt.form.terms.pass_mark
        return 100 * self.all.right >= mark * self.all.of if mark and self.all.of else None

    @property
    def unanswered(self) -> int:
        """How many questions that count had no answer."""
        return sum(each.answer is None for each in self.counted)

    @property
    def by_certainty(self) -> ByCertainty | None:
        """The mark by certainty; None where nobody said how sure they were."""
        given = [each.answer for each in self.counted if each.answer is not None]
        sure = [answer for answer in given if answer.certainty is not None]
        if not sure:
            return None
        marks = sum(
            (WHEN_RIGHT if answer.correct else WHEN_WRONG)[answer.certainty] for answer in sure if answer.certainty
        )
        without = len(given) - len(sure)
        return ByCertainty(marks, len(self.counted) - without, without)

    def sure(self, certainty: Certainty) -> Share:
        """How many of the answers given with a certainty were right."""
        found = [each for each in self.counted if each.answer is not None and each.answer.certainty is certainty]
        return Share(certainty.name.lower().replace("_", " "), sum(each.correct for each in found), len(found))

    @property
    def wrong(self) -> tuple[Marked, ...]:
        """What to look at again: certain and wrong first, then wrong, then what had no answer; each by its place."""

        def weight(each: Marked) -> int:
            return 2 if each.answer is None else 0 if each.is_certain_and_wrong else 1

        return tuple(sorted((each for each in self.counted if not each.correct), key=weight))

    @property
    def certain_and_wrong(self) -> tuple[Marked, ...]:
        """The wrong answers that were certain."""
        return tuple(each for each in self.wrong if each.is_certain_and_wrong)

    @property
    def first(self) -> Share:
        """The questions that were never answered before: the only ones that say something about the questions."""
        found = [each for each in self.counted if each.item.is_first]
        return Share("first time", sum(each.correct for each in found), len(found))

    def predicted_interval(self) -> tuple[float, float] | None:
        """Return between which shares nine of ten such exams were to end; None where nothing was predicted."""
        predicted = self.all.predicted
        if predicted is None:
            return None
        found = prediction(100 * predicted, 0, self.attempt.form.error, self.all.of)
        return found.low / 100, found.high / 100

    def seconds(self, *, correct: bool) -> float | None:
        """Return the median seconds before the right answers, or the wrong ones; None where none is known."""
        times = [
            said.thought_ms / 1000
            for each in self.counted
            if each.answer is not None and each.correct is correct
            and (said := self.attempt.said.get(each.place)) is not None and said.thought_ms is not None
        ]  # fmt: skip
        return median(times) if times else None

    @property
    def changes(self) -> int:
        """How often one answer took the place of another."""
        return sum(said.changes for said in self.attempt.said.values())


def result_of(attempt: Attempt, answers: Mapping[EntryId, Answer], taken_back: Iterable[EntryId] = ()) -> Result:
    """Return what an exam that was handed in came to, by the answers that the journal has of it.

    Those that were `taken_back` are left out, and so is what could not be marked when it was handed in.
    """
    gone = set(taken_back)
    left_out = attempt.ended.left_out if attempt.ended else {}
    marked = []
    for place, item in enumerate(attempt.form.items):
        why = left_out.get(place, "") or (TAKEN_BACK if item.answer_id in gone else "")
        marked.append(Marked(place, item, None if why else answers.get(item.answer_id), why))
    return Result(attempt, tuple(marked))


def grouped(marked: Iterable[Marked], by: Callable[[Marked], str]) -> dict[str, list[Marked]]:
    """Return questions by what they have in common."""
    found: dict[str, list[Marked]] = {}
    for each in marked:
        found.setdefault(by(each), []).append(each)
    return found


def _share(label: str, marked: Sequence[Marked]) -> Share:
    chances = [each.item.chance for each in marked if each.item.chance is not None]
    predicted = sum(chances) / len(chances) if chances and len(chances) == len(marked) else None
    return Share(label, sum(each.correct for each in marked), len(marked), predicted)
