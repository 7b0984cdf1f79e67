"""What is shown of past sittings, drawn for a width: a row for each, and what one of them came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.study.summary import opening
from sciaquiz.text import cells, cut
from sciaquiz.tui.text import AMBER, FAINT, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.view.history import Sign, sure_words
from sciaquiz.view.past import certain_words, lasted_words, result_words, what_words, when_words
from sciaquiz.words import percent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from textual.content import Content

    from sciaquiz.deck.model import Card, Case
    from sciaquiz.ids import DeckId
    from sciaquiz.journal.entries import Review
    from sciaquiz.journal.past import PastSitting

WHEN, LASTED, RESULT, CERTAIN = 19, 13, 18, 5
"""Cells of the columns, each with what parts it from the next."""
WITH_TIME, WITH_DECKS = 50, 66
"""Cells of a row from which it says how long a sitting lasted, and what was asked in it."""
STYLES = {Sign.RIGHT: RIGHT, Sign.PARTLY: AMBER, Sign.WRONG: WRONG}


def heads(width: int) -> Content:
    """Return the heads of the columns."""
    told = f"{'began':<{WHEN}}"
    told += f"{'lasted':<{LASTED}}" if width >= WITH_TIME else ""
    told += f"{'right':<{RESULT + CERTAIN}}"
    told += "decks" if width >= WITH_DECKS else ""
    return say(cut(told, width), FAINT)


def row(sitting: PastSitting, titles: Mapping[DeckId, str], today: date, width: int) -> Content:
    """Return a sitting in a row: when, how long, what it came to, and which decks."""
    answers, wrong = len(sitting.answers), sitting.certain_and_wrong
    share = percent(sitting.right / answers)
    parts = [say(f"{when_words(sitting, today):<{WHEN}}")]
    if width >= WITH_TIME:
        parts.append(say(f"{lasted_words(sitting.lasted):<{LASTED}}", MUTED))
    parts.append(say(f"{f'{sitting.right} of {answers}':<11}{share:>5}  "))
    parts.append(say(f"{f'! {wrong}' if wrong else '':<{CERTAIN}}", AMBER))
    told = line(*parts)
    room = width - told.cell_length
    return line(told, say(cut(what_words(sitting, titles), room), MUTED)) if width >= WITH_DECKS else told


def head(sitting: PastSitting, titles: Mapping[DeckId, str], today: date, width: int) -> Content:
    """Return what a sitting came to."""
    parts = [
        spread(say(when_words(sitting, today), "bold"), say(lasted_words(sitting.lasted), MUTED), width),
        say(result_words(sitting)),
        say(cut(what_words(sitting, titles), width), MUTED),
    ]
    certain = certain_words(sitting)
    return lines([*parts, *([say(cut(f"! {certain}", width), AMBER)] if certain else [])])


def answer_row(answer: Review, card: Card | None, width: int, case: Case | None = None) -> Content:
    """Return an answer in a row: whether it was right, the question, and how sure the student was."""
    sign = Sign.of(answer)
    sure = sure_words(answer.certainty)
    room = width - 3 - (cells(sure) + 2 if sure else 0)
    told = opening(card.question, room, case) if card else cut(f"{answer.card_id}, which is not installed", room)
    row = line(say(sign, STYLES[sign]), "  ", say(told))
    return spread(row, say(sure, MUTED), width) if sure else row
