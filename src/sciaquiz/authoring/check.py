"""Checking decks: what reading found, the rules for well-written questions, and what shows only over a whole deck."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.authoring.choosing import ALL, Chosen
from sciaquiz.authoring.lint import CODES, RULE, flaws
from sciaquiz.authoring.lint.look import Look
from sciaquiz.authoring.lint.raw import left_over
from sciaquiz.authoring.lint.rule import DECK
from sciaquiz.authoring.lint.twins import GivenAway, Twins
from sciaquiz.authoring.lint.wide import over_a_deck, questions_about
from sciaquiz.deck.finding import find_decks, is_there
from sciaquiz.deck.library import read_all
from sciaquiz.deck.limits import LONGEST_MESSAGE
from sciaquiz.deck.problem import Problem, Severity
from sciaquiz.deck.reading import without_collection
from sciaquiz.figure.seeing import unseen
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.deck.reading import Reading
    from sciaquiz.ids import ConceptId, QuestionId


class Checked(Struct, frozen=True):
    """How many decks and questions were checked, and what is wrong with them."""

    decks: int
    questions: int
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


@without_collection()
def check(paths: Sequence[Path], chosen: Chosen = ALL) -> Checked:
    """Check every deck at these paths. A path at which there is no deck is an error."""
    problems: list[Problem] = []
    for path in paths:
        found = find_decks([path])
        if not found.paths and not found.problems:
            message = "there is no deck here" if is_there(path) else "there is no such file or folder"
            problems.append(Problem(path=path, line=1, column=1, message=message, code="no-deck"))
    library, readings = read_all(paths)
    problems += library.problems
    readable = {deck.path for deck in library.decks}
    shared = _Shared(Twins({}, {}), questions_about(library.decks))
    for reading in readings:
        if reading.deck is not None and reading.path in readable:
            problems += _Checking(reading, reading.deck, shared, chosen).problems()
    questions = sum(len(deck.questions) for deck in library.decks)
    return Checked(len(library.decks), questions, tuple(sorted(problems)))


class _Shared(Struct, frozen=True):
    """What the decks that are checked together have in common: their stems, and the questions on each concept."""

    twins: Twins
    about: Counter[ConceptId]


class _Checking:
    """One deck on its way through the rules."""

    def __init__(self, reading: Reading, deck: Deck, shared: _Shared, chosen: Chosen) -> None:
        self._reading = reading
        self._deck = deck
        self._shared = shared
        self._chosen = chosen
        self._met: dict[str, set[str]] = {}
        """Which of the rules that are allowed somewhere found something there, by question; the deck is "". """

    def problems(self) -> Iterable[Problem]:
        """Yield what the rules find, and what is allowed for nothing."""
        looks = [Look(question, self._deck) for question in self._deck.questions]
        for look in looks:
            question_id = look.question.id
            for rule, told in flaws(look):
                yield from self._told(rule.code, told, question_id, rule.place(look))
            for code, told in self._shared.twins.of(look):
                yield from self._told(code, told, question_id, ("stem",))
        for look, told in GivenAway(looks).found():
            yield from self._told("TW14", told, look.question.id, ("stem",))
        for code, place, question_id, told in over_a_deck(self._deck, looks, self._shared.about, self._reading):
            yield from self._told(code, told, question_id, place)
        for code, place, question_id, told in left_over(self._deck, self._reading.places.text, self._question_at):
            yield from self._told(code, told, question_id, place)
        yield from self._unseen()
        yield from self._allowed_for_nothing()

    def _told(
        self, code: str, told: str, question_id: QuestionId = DECK, place: tuple[str | int, ...] = ()
    ) -> Iterable[Problem]:
        """Yield what a rule found, unless it is allowed there or not asked."""
        if code in self._reading.accepted.get(question_id, ()):
            self._met.setdefault(question_id, set()).add(code)
        elif self._chosen.holds(code):
            yield self._problem(code, f"{told} [{code}]", RULE[code].severity, question_id, place)

    def _problem(
        self,
        code: str,
        message: str,
        severity: Severity,
        question_id: QuestionId = DECK,
        place: tuple[str | int, ...] = (),
    ) -> Problem:
        if question_id:
            is_byte = place[:1] == ("byte",)
            line, column = self._place(place) if is_byte else self._reading.place(question_id, *place)
            message = f"question “{question_id}”: {message}"
        else:
            line, column = self._place(place)
        return Problem(
            path=self._reading.path,
            line=line,
            column=column,
            message=shortened(message, LONGEST_MESSAGE),
            code=code,
            severity=severity,
            question_id=question_id,
        )

    def _question_at(self, byte: int) -> Question | None:
        place = self._reading.places.table_at("question", byte)
        return None if place is None else self._question_of.get(place)

    @cached_property
    def _question_of(self) -> Mapping[int, Question]:
        return {self._reading.order[question.id]: question for question in self._deck.questions}

    def _place(self, place: tuple[str | int, ...]) -> tuple[int, int]:
        match place:
            case ("byte", int(at)):
                return self._reading.places.at(at)
            case (str(array), str(name), *inside):
                return self._reading.places.of((array, self._order[array].get(name, 0), *inside))
            case ():
                return 1, 1
            case _:
                return self._reading.places.of(place)

    @cached_property
    def _order(self) -> Mapping[str, Mapping[str, int]]:
        """The places of what has an id, in its array, as far as all of it was read."""
        listed: dict[str, list[str]] = {
            "concept": [concept.id for concept in self._deck.concepts],
            "case": [case.id for case in self._deck.cases],
        }
        found: dict[str, dict[str, int]] = {
            array: {name: place for place, name in enumerate(names)} for array, names in listed.items()
        }
        found["source"] = {str(name): place for name, place in self._reading.source_order.items()}
        found["figure"] = {str(name): place for name, place in self._reading.figure_order.items()}
        return found

    def _unseen(self) -> Iterable[Problem]:
        for figure in self._deck.figures:
            for where, what in unseen(figure):
                place = ("figure", self._reading.figure_order[figure.id], *where)
                yield self._problem("unseen", f"figure “{figure.id}”: {what}", Severity.ERROR, DECK, place)

    def _allowed_for_nothing(self) -> Iterable[Problem]:
        asked = {DECK, *(question.id for question in self._deck.questions)}
        for question_id, codes in self._reading.accepted.items():
            for code in sorted({*codes}.difference(self._met.get(question_id, ()))) if question_id in asked else ():
                if code not in CODES:
                    message = f"{shortened(code)} is allowed here, and there is no such rule"
                    yield self._problem("accepts", message, Severity.ERROR, question_id)
                elif self._chosen.holds(code):
                    message = f"{code} is allowed here, and finds nothing: leave that out"
                    yield self._problem("accepts", message, Severity.WARNING, question_id)
