"""What is said while an author looks at a deck of their own: the same for every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.problem import Severity
from sciaquiz.text import path_words
from sciaquiz.view.kinds import KIND
from sciaquiz.view.words import RATING, citations
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.problem import Problem
    from sciaquiz.previewing import Entry, Seen
    from sciaquiz.study.turns import Outcome

BROKEN = "This question cannot be read, and no student would be asked it."
STALE = "This is how it read before the errors."
NO_CARDS = "There is no question to show yet."
NO_PROBLEMS = "Nothing is wrong with it."
NOTHING_RECORDED = "Nothing was recorded."
AGAIN = "Read again."
HANDED_BACK = "Handed back once: {}"


def place_words(seen: Seen, place: int) -> str:
    """Return which card is in front of how many."""
    return f"{place + 1} of {len(seen.entries)}"


def entry_words(entry: Entry) -> str:
    """Return what a card is called, where it stands, and what kind it is of."""
    kind = [KIND[entry.card.question.kind]] if entry.card is not None else []
    return " · ".join([entry.id, f"{path_words(entry.file.name)}, line {entry.line}", *kind])


def state_words(entry: Entry) -> str:
    """Return why what is shown is not what a student would see, if it is not."""
    return BROKEN if entry.card is None else STALE if entry.is_stale else ""


def problem_words(problem: Problem) -> str:
    """Return what is wrong, with its file, line and column."""
    return f"{path_words(problem.path.name)}:{problem.line}:{problem.column}: {problem.severity}: {problem.message}"


def count_words(seen: Seen) -> str:
    """Return how many cards there are, and how much is wrong with the decks."""
    warnings = len(seen.problems) - seen.errors
    found = [count(len(seen.entries), "card")]
    found += [count(seen.errors, "error")] if seen.errors else []
    found += [count(warnings, "warning")] if warnings else []
    return ", ".join(found) if len(found) > 1 else f"{found[0]}, nothing wrong"


def followed_words(before: Seen, place: int, seen: Seen) -> str:
    """Return what became of the decks when a file was written, and of the card that was in front."""
    is_gone = place < len(before.entries) and seen.place_of(before.entries[place].question_id) is None
    gone = f" “{before.entries[place].id}” is gone." if is_gone else ""
    return f"{AGAIN}{gone} {count_words(seen)}."


def unknown_words(seen: Seen, wanted: str) -> str:
    """Return that there is no question with an id, and which are like it."""
    near = seen.near(wanted)[:3]
    return f"There is no question “{wanted}” here." + (f" Did you mean {' or '.join(near)}?" if near else "")


def rated_words(outcome: Outcome) -> str:
    """Return how an answer would be rated, and why."""
    return f"Rated {RATING[outcome.verdict.rating]}: {outcome.verdict.reason}."


def about(entry: Entry) -> Sequence[tuple[str, str]]:
    """Return what a deck says of a question and of itself that no student is shown while answering: label and value."""
    if entry.card is None or entry.deck is None:
        return ()
    question, deck = entry.card.question, entry.deck
    reviewed = question.reviewed_on.isoformat() if question.reviewed_on else ""
    told = (
        ("topics", ", ".join(question.topics)),
        ("level", question.level or ""),
        ("safety", question.safety or ""),
        ("reviewed on", reviewed),
        ("sources", citations(question, deck)),
        ("deck", deck.title),
        ("version", deck.version),
        ("licence", deck.licence),
        ("authors", ", ".join(deck.authors)),
        ("about", deck.description),
    )
    return tuple((label, str(value)) for label, value in told if value)


def worst_of(problems: Sequence[Problem]) -> Severity | None:
    """Return how bad the worst of some problems is; None if there is none."""
    severities = {problem.severity for problem in problems}
    return next((each for each in (Severity.ERROR, Severity.WARNING) if each in severities), None)
