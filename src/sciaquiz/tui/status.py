"""The line beneath the study page: what can be done now, each key a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Rating
from sciaquiz.tui.forms.form import as_button, keys_prompt
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, RIGHT, line, lines, say, spread
from sciaquiz.view.words import RATING, back_words, short_interval_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from sciaquiz.clock import Moment
    from sciaquiz.journal.entries import CardState, Progress
    from sciaquiz.study.safekeeping import Aside

WIDE = 70
"""Cells from which the grades of a recall card say when the card would come back."""


def with_more(status: Content, width: int) -> Content:
    """Return the line with the key that shows what is below the page."""
    return spread(status, keys_prompt("PgDn", "more"), width)


def reminded(reminder: str, prompt: Content) -> Content:
    """Return what the keys do, after a hint or a question about a near miss."""
    return lines([say(reminder, f"bold {AMBER}"), prompt]) if reminder else prompt


def how_sure() -> Content:
    """Return the question that follows each answer."""
    return line(
        say("How sure?  ", "bold"),
        keys_prompt("1", "guess", "2", "think so", "3", "certain", "⏎", "think so", gap=2),
    )


def grades(previews: Mapping[Rating, Progress], now: Moment, width: int) -> Content:
    """Return the four grades of a recall card, each with when the card would come back."""
    texts: list[str] = []
    for rating, progress in previews.items():
        words = short_interval_words(progress, now).removeprefix("in ") if width >= WIDE else ""
        key = "3 ⏎" if rating is Rating.GOOD else str(int(rating))
        texts += [key, f"{RATING[rating]} {words}".rstrip()]
    return line(say("How was it?  ", "bold"), keys_prompt(*texts, gap=2))


def saving() -> Content:
    """Return what is shown until the journal has the answer."""
    return say("saving …", MUTED)


def unsaved(reason: str, aside: Aside) -> Content:
    """Return why the journal refused the answer, what can be done, and where it is meanwhile.

    The keys come before the place, whose name may be longer than there is room.
    """
    where = f"Until then it is in {aside.file}"
    if aside.file is None:
        where = "No file could be written either. On leaving, the answer is shown as a line to copy."
    return lines(
        [
            say(f"! {reason}", f"bold {AMBER}"),
            keys_prompt("⏎", "try again", "q", "leave all the same"),
            say(where, MUTED),
        ]
    )


def saved(state: CardState, progress: Progress, now: Moment, width: int, *, goes_on: bool) -> Content:
    """Return that the answer is in the journal, when the card comes back, and what can be done.

    The ratings have their names where there is room for them.
    """
    texts = line(say("saved", RIGHT), say(f" · {back_words(state, progress, now)}", MUTED))
    on = keys_prompt("⏎", "next", *(["PgDn", "more"] if goes_on else []))
    named = keys_prompt(*(word for rating in Rating for word in (str(int(rating)), RATING[rating])), gap=2)
    digits = say(" ").join([as_button(say(str(int(rating)), ACCENT), str(int(rating))) for rating in Rating])
    ways = [line(on, "   ", ratings) for ratings in (named, line(digits, say(" change rating", MUTED)))]
    fitting = (way for way in ways if texts.cell_length + way.cell_length + 2 <= width)
    return spread(texts, next(fitting, ways[-1]), width)
