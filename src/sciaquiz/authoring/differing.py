"""Telling what a new edition changes: for people, and for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sciaquiz.authoring.diffing import MEANS, Difference
from sciaquiz.text import path_words, shortened
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.authoring.diffing import Diff, Entry

LONGEST_ANSWER = 120
MORE = {Difference.CLARIFICATION: "clarifications", Difference.TYPO: "typos"}


def as_lines(found: Diff, *, places: bool = True) -> Iterator[str]:
    """Yield what differs in lines: each question with what it comes to, then the counts; for its author with `places`
    and advice, else for a student."""
    for entry in found.entries:
        yield from _entry_lines(entry, is_for_author=places)
    if found.entries:
        yield ""
    counts = Counter(entry.what for entry in found.entries)
    told = [f"{counts[what]} {_plural(what, counts[what])}" for what in Difference if counts[what]]
    same = f"{count(found.same, 'question')} as before"
    yield f"{', '.join(told)}; {same}." if told else f"No student sees a difference: {same}."
    if found.problems:
        errors = count(len(found.problems), "error")
        yield f"{errors} in these decks: questions with one are left out. Run: sciaquiz check"


def _plural(what: Difference, number: int) -> str:
    return MORE.get(what, what.value) if number > 1 else what.value


def _entry_lines(entry: Entry, *, is_for_author: bool) -> Iterator[str]:
    where = "" if entry.path is None or not is_for_author else f"{path_words(entry.path)}:{entry.line}: "
    also = "".join(f", {other.value}" for other in entry.also)
    word = " (the author's word)" if entry.by_author else ""
    yield f"{where}{entry.question}: {entry.what.value}{also}{word}: {MEANS[entry.what]}"
    if entry.before:
        yield f"    before: {', '.join(entry.before)}"
    if entry.then:
        yield f"    right was: {shortened(entry.then, LONGEST_ANSWER)}"
        yield f"    right is:  {shortened(entry.now, LONGEST_ANSWER)}"
    for advice in entry.advice if is_for_author else ():
        yield f"    advice: {advice}"


def as_values(found: Diff) -> dict[str, object]:
    """Return what differs as plain values."""
    return {
        "same": found.same,
        "changed": [
            {
                "deck": entry.deck,
                "question": entry.question,
                "class": entry.what.value,
                "also": [other.value for other in entry.also],
                "by": "author" if entry.by_author else "rules",
                "means": MEANS[entry.what],
                "before": list(entry.before),
                "right_was": entry.then or None,
                "right_is": entry.now or None,
                "advice": list(entry.advice),
                "path": None if entry.path is None else str(entry.path),
                "line": entry.line,
            }
            for entry in found.entries
        ],
        "errors": [str(problem) for problem in found.problems],
    }
