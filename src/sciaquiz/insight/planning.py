"""What the student's own days do to the work of today, in words for every face: minutes a day and planned breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.study.days import Stage, break_on, easy_share, new_on
from sciaquiz.words import count, day_words, duration_words, percent

if TYPE_CHECKING:
    from datetime import date

    from sciaquiz.insight.overview import Overview
    from sciaquiz.settings import Settings
    from sciaquiz.study.budget import Budget


def plan_words(settings: Settings, budget: Budget | None, seen: Overview, today: date) -> tuple[str, ...]:
    """Say what the minutes of the day and a planned break do today; nothing where they do nothing."""
    told = []
    share, new = easy_share(settings, today), new_on(settings, today)
    if share < 1 and new < settings.new_per_day and seen.all_decks.unseen and not (seen.catch_up or seen.is_full):
        told.append(f"An easy day, {percent(share)}: {new or 'no'} new cards instead of {settings.new_per_day}.")
    planned, stage = break_on(settings, today) or (None, None)
    if budget is not None and seen.is_full:
        time = duration_words(round(budget.seconds / 60))
        more = count(seen.beyond, "review") + " and " if seen.beyond else ""
        if seen.beyond and not settings.minutes_per_day:
            told.append(f"After your break, {time} a day: {more}all new cards wait.")
        elif seen.beyond or seen.all_decks.unseen > seen.new:
            is_easy = " of an easy day" if share < 1 else ""
            told.append(f"Today's {time}{is_easy} are full: {more}{'all' if not seen.new else 'other'} new cards wait.")
    if planned is not None and stage is Stage.DURING:
        told.append(f"Planned break until {day_words(planned.last, today)}: what is due may wait.")
    elif planned is not None and stage is Stage.BEFORE:
        span = f"{day_words(planned.first, today)} to {day_words(planned.last, today)}"
        cards = count(seen.early, "card of then comes", "cards of then come") if seen.early else "nothing comes"
        told.append(f"Break {span}: {cards} ahead of it today.")
    return tuple(told)
