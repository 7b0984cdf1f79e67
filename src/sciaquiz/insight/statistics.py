"""`sciaquiz stats`: what was done, and how well it is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sciaquiz.insight.overview import overview_of
from sciaquiz.words import count, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sciaquiz.journal.snapshot import DayFigures
    from sciaquiz.workspace import Workspace

RETENTION_DAYS = (30, 365)


def statistics(workspace: Workspace) -> dict[str, Any]:
    """Return the figures as plain values, fit for JSON.

    True retention is the share of first answers of a day, of cards past learning, that were not Again; each comes
    with the number of answers it rests on, and is null where there is none.
    """
    journal = workspace.journal
    now = workspace.clock.now()
    summary = overview_of(workspace, workspace.library.decks, workspace.snapshot())
    totals = journal.totals()
    by_day = journal.days()
    retention = {}
    for days in RETENTION_DAYS:
        kept = retention_since(by_day, now.study_day - timedelta(days=days - 1))
        share = round(kept.passed / kept.reviews, 4) if kept.reviews else None
        retention[f"last_{days}_days"] = {"share": share, "answers": kept.reviews}
    return {
        "answers": totals.answers,
        "right": totals.right,
        "cards_begun": totals.cards,
        "days_studied": totals.days,
        "streak_days": summary.streak,
        "answered_today": summary.done_today,
        "due": summary.due,
        "new_today": summary.new,
        "limit": summary.limit_words,
        "true_retention": retention,
        "desired_retention": workspace.settings.desired_retention,
        "decks": [
            {
                "id": row.deck.id,
                "title": row.deck.title,
                "cards": row.cards,
                "begun": row.cards - row.unseen,
                "known": round(row.known, 4),
            }
            for row in summary.rows
        ],
    }


@dataclass(frozen=True, slots=True)
class Retention:
    """How many of some reviews were remembered."""

    passed: int
    reviews: int


def retention_since(days: Iterable[DayFigures], since: date) -> Retention:
    """Sum up, from this study day on, the first reviews of a day of cards past learning, and those not rated Again.

    This is Anki's definition of true retention.
    """
    some = [day for day in days if day.study_day >= since]
    return Retention(
        passed=sum(day.young_kept + day.mature_kept for day in some),
        reviews=sum(day.young + day.mature for day in some),
    )


def as_lines(figures: Mapping[str, Any]) -> Sequence[str]:
    """Return the figures in words."""
    answers, right = figures["answers"], figures["right"]
    if not answers:
        return ("No answers yet. Begin with: sciaquiz study",)
    told = [
        f"{count(answers, 'answer')} on {count(figures['days_studied'], 'day')}, {percent(right / answers)} right",
        f"{count(figures['streak_days'], 'day')} in a row, {count(figures['answered_today'], 'answer')} today",
        f"{figures['due']} due and {figures['new_today']} new today",
        *figures["limit"],
    ]
    for name, days in (("last_30_days", 30), ("last_365_days", 365)):
        share, reviews = figures["true_retention"][name]["share"], figures["true_retention"][name]["answers"]
        if share is None:
            told.append(f"True retention, {days} days: no reviews yet")
        else:
            wanted = figures["desired_retention"]
            told.append(f"True retention, {days} days: {percent(share)} of {reviews} (you asked for {percent(wanted)})")
    told += [
        f"{deck['title']}: {deck['begun']} of {count(deck['cards'], 'question')} seen, {percent(deck['known'])} known"
        for deck in figures["decks"]
    ]
    return told
