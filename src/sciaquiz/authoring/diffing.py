"""What a new edition of decks changes for students who learned the old one: a line for each question that differs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.authoring.changing import change_between, is_respelt, right_words, words_since
from sciaquiz.deck.folding import folded
from sciaquiz.deck.model import Change
from sciaquiz.deck.solution import solution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.deck.problem import Problem
    from sciaquiz.deck.reading import Reading
    from sciaquiz.ids import DeckId, QuestionId


class Difference(StrEnum):
    """What became of a question, the weightiest first."""

    KEY = "key changed"
    RETIRED = "retired"
    GONE = "gone"
    MERGED = "merged"
    RENAMED = "renamed"
    NEW = "new"
    DISTRACTOR = "distractor"
    CLARIFICATION = "clarification"
    TYPO = "typo"


OF_CHANGE = {
    Change.KEY: Difference.KEY,
    Change.DISTRACTOR: Difference.DISTRACTOR,
    Change.CLARIFICATION: Difference.CLARIFICATION,
    Change.TYPO: Difference.TYPO,
}
MEANS = {
    Difference.KEY: "who learned it before learns it anew, and is told what was right before",
    Difference.RETIRED: "is asked no more; its history is kept",
    Difference.GONE: "is asked no more; its history is kept",
    Difference.MERGED: "goes on with the history of the first; that of the others is kept, and ends",
    Difference.RENAMED: "goes on with its history",
    Difference.NEW: "begins as new",
    Difference.DISTRACTOR: "the schedule stays",
    Difference.CLARIFICATION: "the schedule stays",
    Difference.TYPO: "the schedule stays",
}
"""What each comes to for a student."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question that differs, and how: `what` is the weightiest, `also` is what else.

    `by_author` says that `change` decided, not the rules. `then` and `now` are what is right, where that differs;
    `before` are the ids that it had. `advice` is what the author had better do.
    """

    deck: DeckId
    question: QuestionId
    what: Difference
    also: tuple[Difference, ...] = ()
    by_author: bool = False
    then: str = ""
    now: str = ""
    before: tuple[QuestionId, ...] = ()
    advice: tuple[str, ...] = ()
    path: Path | None = field(default=None, compare=False)
    line: int = 1


class Diff(Struct, frozen=True):
    """All that differs, in the order of the new decks, what is no longer there last; `problems` are errors of either.

    `same` is how many questions a student sees no difference in.
    """

    entries: tuple[Entry, ...]
    same: int
    problems: tuple[Problem, ...] = ()


def diff(old: Iterable[Reading], new: Iterable[Reading]) -> Diff:
    """Compare two editions of decks. A deck is the same by its id; a question with an error is a problem, not gone."""
    olds, news = list(old), list(new)
    problems = tuple(
        problem for reading in (*olds, *news) for problem in reading.problems if problem.severity == "error"
    )
    before = {question.id: question for reading in olds for question in _questions(reading)}
    broken = {problem.question_id for reading in news for problem in reading.problems if problem.severity == "error"}
    found = _Found(before, {question.id for reading in news for question in _questions(reading)})
    entries = [entry for reading in news for entry in found.entries_of(reading)]
    entries += found.lost(olds, news, broken)
    return Diff(tuple(entries), found.same, problems)


def _questions(reading: Reading) -> Sequence[Question]:
    return reading.deck.questions if reading.deck else ()


class _Found:
    """What was found so far: which old questions are accounted for."""

    def __init__(self, before: Mapping[QuestionId, Question], still: set[QuestionId]) -> None:
        self.before = before
        self.still = still
        self.used: set[QuestionId] = set()
        self.same = 0
        self.by_history = {question.history_id: question for question in before.values()}
        gone = [question for question in before.values() if question.id not in still]
        self.by_text = {_text(question): question for question in reversed(gone)}

    def entries_of(self, reading: Reading) -> Iterator[Entry]:
        """Yield what became of each question of a new deck that differs."""
        if reading.deck is None:
            return
        for question in reading.deck.questions:
            entry = self._entry(reading, reading.deck, question)
            if entry is None:
                self.same += 1
            else:
                yield entry

    def _entry(self, reading: Reading, deck: Deck, now: Question) -> Entry | None:
        line = reading.place(now.id)[0]
        then = self._origin(now)
        if then is None:
            return Entry(deck=deck.id, question=now.id, what=Difference.NEW, path=reading.path, line=line)
        change = change_between(then, now)
        differences = [*_moved(then, now), *([] if change is None else [OF_CHANGE[change]])]
        if not differences:
            return None
        what, *also = sorted(differences, key=list(Difference).index)
        by_author = change is not None and bool(words_since(then, now))
        old, new = right_words(then), right_words(now)
        return Entry(
            deck=deck.id,
            question=now.id,
            what=what,
            also=tuple(also),
            by_author=by_author,
            then=old if old != new else "",
            now=new if old != new else "",
            before=tuple(dict.fromkeys(name for name in (*now.replaces, then.id) if name != now.id)),
            advice=(*_advice_on_history(then, now), *_advice_on_change(then, now, None if by_author else change)),
            path=reading.path,
            line=line,
        )

    def _origin(self, now: Question) -> Question | None:
        """Return what the question was: by its id, by those that it replaces, or by its very text."""
        named = [self.before[name] for name in now.replaces if name in self.before and name not in self.still]
        then = self.before.get(now.id) or self.by_history.get(now.history_id) or next(iter(named), None)
        if then is None and (like := self.by_text.get(_text(now))) is not None and like.id not in self.used:
            then = like
        self.used.update(now.replaces, [then.id] if then else [])
        return then

    def lost(self, olds: Iterable[Reading], news: Sequence[Reading], broken: set[str]) -> Iterator[Entry]:
        """Yield the questions that are no longer asked: what is retired where it is so, what is gone where it was."""
        retired = {name for reading in news if reading.deck for name in reading.deck.retired}
        for reading in olds:
            for question in _questions(reading):
                if question.id in self.used or question.id in self.still or question.id in broken:
                    continue
                is_retired = question.history_id in retired
                there = next((new for new in news if is_retired and question.id in new.order), reading)
                yield Entry(
                    deck=question.deck_id,
                    question=question.id,
                    what=Difference.RETIRED if is_retired else Difference.GONE,
                    advice=() if is_retired else ("to tell students that it is retired, keep it with retired = true",),
                    path=there.path,
                    line=there.place(question.id)[0],
                )


def _text(question: Question) -> tuple[str, ...]:
    """Return what a question says, by which one that was only renamed is known."""
    return (question.kind, folded(question.stem), *sorted(folded(line.text) for line in solution(question)))


def _moved(then: Question, now: Question) -> list[Difference]:
    """Return whether a question goes by another name now, or takes in others than before."""
    if set(now.replaces[1:]) - {then.id, *then.replaces}:
        return [Difference.MERGED]
    return [Difference.RENAMED] if now.id != then.id or now.history_id != then.history_id else []


def _advice_on_history(then: Question, now: Question) -> Iterator[str]:
    if then.history_id != now.history_id:
        first = f"“replaces” has to begin with “{then.history_id}”, under which they answered it"
        told = first if now.replaces else f'say replaces = ["{then.history_id}"]'
        yield f"students lose their history: {told}"


def _advice_on_change(then: Question, now: Question, by_rules: Change | None) -> Iterator[str]:
    if now.change[: len(then.change)] != then.change:
        yield "“change” no longer begins with what it said before: keep that, and add the new word behind it"
    if by_rules is Change.KEY:
        yield 'if it is the same answer, put better, say change = "clarification"'
    elif by_rules is not None and not is_respelt(right_words(then), right_words(now)):
        yield 'what is right reads differently: if it is something else now, say change = "key"'
