"""What the numbers of a deck mean, in words that every face uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.words import count, percent

if TYPE_CHECKING:
    from sciaquiz.insight.overview import Standing

KNOWN_NOW = (
    "Known now is the chance that you would recall a question today, as a mean over all questions of the deck. What "
    "you never saw, and what you are still learning, counts as 0."
)
MEANINGS = (
    ("due", "reviews whose day has come"),
    ("learning", "questions on a short step, which come back today"),
    ("new", "questions that you meet today for the first time"),
    ("unseen", "questions that you have never answered"),
    ("of", "all questions of the deck; one with several parts counts once for each"),
)
BAR = "In the bar, bright is what is known now, dim what you met and would not recall now, thin what you never saw."


def known_now(name: str, standing: Standing) -> str:
    """Return what is known of some cards and how that is counted, in paragraphs."""
    met = standing.cards - standing.unseen
    told = [
        f"{name}: {percent(standing.known)} known now of {count(standing.cards, 'question')}.",
        f"You met {met} of them; {standing.unseen} are unseen.",
    ]
    terms = "\n".join(f"{term:<10}{meaning}" for term, meaning in MEANINGS)
    return "\n\n".join([" ".join(told), KNOWN_NOW, BAR, terms])
