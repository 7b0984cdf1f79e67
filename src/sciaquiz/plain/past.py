"""Past sittings in plain lines, and as values for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.study.summary import opening
from sciaquiz.view.history import Sign, sure_words
from sciaquiz.view.past import NO_SITTINGS, RULE, certain_words, lasted_words, result_words, what_words, when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId, DeckId
    from sciaquiz.journal.entries import Review
    from sciaquiz.journal.past import PastSitting

    Find = Callable[[CardId], Card | None]

LONGEST = 60
RIGHT = {Sign.RIGHT: "Right", Sign.PARTLY: "Partly right", Sign.WRONG: "Wrong"}


def listed(sittings: Sequence[PastSitting], titles: Mapping[DeckId, str]) -> list[str]:
    """Return a line for each sitting, which begins with what `sciaquiz sittings` takes to show it."""
    if not sittings:
        return [NO_SITTINGS]
    return [*(f"{sitting.began.local:%Y-%m-%dT%H:%M}  {_came_to(sitting, titles)}" for sitting in sittings), RULE]


def sitting_lines(sitting: PastSitting, find: Find, titles: Mapping[DeckId, str], today: date) -> list[str]:
    """Return what a sitting came to, every answer in it in order, and what to look at again."""
    texts = [f"{when_words(sitting, today)}: {_came_to(sitting, titles)}"]
    texts += [f"  {_answer_words(answer)}: {_named(answer.card_id, find)}" for answer in sitting.answers]
    texts += [f"Look again: {_named(card_id, find)}" for card_id in sitting.look_again]
    known = [card_id for card_id in sitting.look_again if find(card_id) is not None]
    if known:
        texts.append(f"To practise them: sciaquiz study --plain 'id:{','.join(known)} schedule:stays'")
    return texts


def as_json(sitting: PastSitting) -> dict[str, object]:
    """Return a sitting as values for a program."""
    return {
        "began": sitting.began.local.isoformat(),
        "seconds": round(sitting.lasted.total_seconds()),
        "device": sitting.device_id,
        "answers": len(sitting.answers),
        "right": sitting.right,
        "certain_and_wrong": sitting.certain_and_wrong,
        "decks": list(sitting.decks),
        "cards": [answer.card_id for answer in sitting.answers],
        "look_again": list(sitting.look_again),
    }


def _came_to(sitting: PastSitting, titles: Mapping[DeckId, str]) -> str:
    parts = [lasted_words(sitting.lasted), result_words(sitting), certain_words(sitting), what_words(sitting, titles)]
    return f"{'; '.join(part for part in parts if part)}."


def _answer_words(answer: Review) -> str:
    took = "" if answer.latency_ms is None else f"{answer.latency_ms / 1000:.0f} s"
    parts = (RIGHT[Sign.of(answer)], sure_words(answer.certainty), took)
    return ", ".join(part for part in parts if part)


def _named(card_id: CardId, find: Find) -> str:
    card = find(card_id)
    return f"{opening(card.question, LONGEST)} ({card_id})" if card else f"{card_id}, which is not installed"
