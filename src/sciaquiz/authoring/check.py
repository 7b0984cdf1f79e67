"""Checking decks: what reading found, the rules for well-written questions, and what shows only over a whole deck."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint import CODES, RULES_FOR
from sciaquiz.deck.finding import find_decks, is_there
from sciaquiz.deck.kinds import Cloze, SingleBestAnswer
from sciaquiz.deck.library import read_all
from sciaquiz.deck.limits import LONGEST_MESSAGE
from sciaquiz.deck.problem import Problem, Severity
from sciaquiz.deck.reading import without_collection
from sciaquiz.figure.seeing import unseen
from sciaquiz.text import shortened
from sciaquiz.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.deck.reading import Reading

FEWEST_FOR_A_SHARE = 20
EXCESS = 0.15
"""How much more often than chance the key of a deck may be the longest option."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How many decks and questions were checked, and what is wrong with them."""

    decks: int
    questions: int
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


@without_collection()
def check(paths: Sequence[Path]) -> Checked:
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
    stems: dict[str, str] = {}
    for reading in readings:
        if reading.deck is not None and reading.path in readable:
            problems += _deck_problems(reading, reading.deck)
            for question in reading.deck.questions:
                problems += _question_problems(reading, question)
                problems += _same_stem(reading, question, stems)
    questions = sum(len(deck.questions) for deck in library.decks)
    return Checked(len(library.decks), questions, tuple(sorted(problems)))


def _question_problems(reading: Reading, question: Question) -> Iterable[Problem]:
    fired = [(rule, told) for rule in RULES_FOR[question.kind] if (told := rule.check(question)) is not None]
    accepted = reading.accepted.get(question.id, ())
    for rule, told in fired:
        if rule.code not in accepted:
            yield _problem(reading, question, rule.code, f"{told} [{rule.code}]", rule.severity)
    for code in sorted({*accepted}.difference(rule.code for rule, _ in fired)) if accepted else ():
        if code in CODES:
            yield _problem(reading, question, "accepts", f"“accepts” names {code}, which is not found here")
        else:
            message = f"“accepts” names {shortened(code)}, which is no code of a warning"
            yield _problem(reading, question, "accepts", message, Severity.ERROR)


def _problem(
    reading: Reading, question: Question, code: str, message: str, severity: Severity = Severity.WARNING
) -> Problem:
    line, column = reading.place(question.id)
    return Problem(
        path=reading.path,
        line=line,
        column=column,
        message=shortened(f"question “{question.id}”: {message}", LONGEST_MESSAGE),
        code=code,
        severity=severity,
        question_id=question.id,
    )


def _same_stem(reading: Reading, question: Question, stems: dict[str, str]) -> Iterable[Problem]:
    text = "".join(part for part in question.parts if isinstance(part, str)) if isinstance(question, Cloze) else ""
    stem = " ".join(f"{question.case or ''} {question.stem} {text}".casefold().split())
    if stems.get(stem, question.id) != question.id:
        yield _problem(reading, question, "same-stem", f"asks the same as “{stems[stem]}”")
    stems.setdefault(stem, question.id)


def _deck_problems(reading: Reading, deck: Deck) -> Iterable[Problem]:
    def warn(code: str, message: str) -> Problem:
        return Problem(path=reading.path, line=1, column=1, message=message, code=code, severity=Severity.WARNING)

    if not deck.licence:
        yield warn("DOC-licence", "“licence” is missing: others need to know what they may do with the deck")
    if deck.version == "0":
        yield warn("DOC-version", "“version” is missing")
    for figure in deck.figures:
        for where, what in unseen(figure):
            line, column = reading.places.of(("figure", reading.figure_order[figure.id], *where))
            message = f"figure “{figure.id}”: {what}"
            yield Problem(path=reading.path, line=line, column=column, message=message, code="unseen")
    used = {source for question in deck.questions for source in question.sources}
    used |= {source for contrast in deck.contrasts for source in contrast.sources}
    used |= {source for figure in deck.figures for source in figure.sources}
    used |= {source for case in deck.cases for source in case.sources}
    used |= reading.named_with_errors(source.id for source in deck.sources if source.id not in used)
    for source in deck.sources:
        if source.id not in used:
            line, column = reading.places.of(("source", reading.source_order[source.id]))
            message = f"source “{source.id}”: nothing cites it"
            yield replace(warn("unused-source", message), line=line, column=column)
    singles = [question for question in deck.questions if isinstance(question, SingleBestAnswer)]
    if len(singles) >= FEWEST_FOR_A_SHARE:
        longest = sum(len(q.key.text) > max([len(o.text) for o in q.options if not o.correct]) for q in singles)
        chance = sum(1 / len(q.options) for q in singles) / len(singles)
        share = longest / len(singles)
        if share > chance + EXCESS:
            yield warn(
                "TW1-deck",
                f"the key is the longest option in {percent(share)} of the questions ({percent(chance)} by chance)",
            )
