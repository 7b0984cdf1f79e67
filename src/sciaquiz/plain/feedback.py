"""What is said once a question was answered: the verdict, what was mixed up, the explanation and its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Certainty
from sciaquiz.marking.credit import credit_words
from sciaquiz.marking.response import SelfGrade
from sciaquiz.plain.telling import told
from sciaquiz.study.danger import UNSAFE_NOW, is_dangerous

if TYPE_CHECKING:
    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Outcome

CERTAINTY_WORDS = {
    Certainty.GUESS: "You guessed.",
    Certainty.THINK_SO: "You thought so.",
    Certainty.CERTAIN: "You were certain.",
}
PLAIN_REASONS = ("right", "wrong", "your own grade")
"""Reasons of a rating that the verdict has said already."""


def feedback(round_: Round, outcome: Outcome) -> list[str]:
    """Return the lines that follow an answer, before it is kept."""
    question, deck = outcome.shown.card.question, round_.deck(outcome.shown)
    found = [] if isinstance(outcome.response, SelfGrade) else _marked(round_, outcome)
    if note := round_.sitting.state(outcome.shown.card.id).marks.note:
        found.append(f"Your note: {note}")
    if question.explanation:
        found += question.explanation.split("\n\n")
    citations = [source.citation for source in deck.sources if source.id in question.sources] if deck else []
    if citations:
        found.append("Source: " + "; ".join(citations))
    if outcome.verdict.reason not in PLAIN_REASONS:
        found.append(f"Rated “{outcome.verdict.rating.name.lower()}”: {outcome.verdict.reason}.")
    return found


def _marked(round_: Round, outcome: Outcome) -> list[str]:
    marked, certainty = outcome.marked, outcome.answer.certainty
    words = ["Right." if marked.correct else "Partly right." if marked.score else "Wrong."]
    if not marked.correct and any(part.right for part in marked.parts):
        words.append(f"{credit_words(outcome.shown.card.question, outcome.response, marked).capitalize()}.")
    if certainty is not None:
        words.append(CERTAINTY_WORDS[certainty])
    whys = told(outcome, round_.deck(outcome.shown))
    if whys and whys[0].startswith("The answer is") and not marked.correct:
        words.append(whys.pop(0))
    mistakes = [f"{mistake.sentence} {mistake.discriminator}".strip() for mistake in round_.mistakes(outcome)]
    return [" ".join(words), *([UNSAFE_NOW] if is_dangerous(outcome) else []), *whys, *mistakes]
