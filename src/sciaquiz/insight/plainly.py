"""A report as plain values, fit for JSON: docs/statistics.md names every key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sciaquiz.insight.overview import overview_of
from sciaquiz.insight.recent import retention_since
from sciaquiz.study.query import text_of

if TYPE_CHECKING:
    from sciaquiz.insight.report import CardRow, Cards, Certainties, Recalled, Report, Row, Spread
    from sciaquiz.insight.shares import Share
    from sciaquiz.study.query import Query
    from sciaquiz.workspace import Workspace

DIGITS = 4
RETENTION_DAYS = (30, 365)


def statistics(workspace: Workspace, report: Report) -> dict[str, Any]:
    """Return a report, with how the day stands, as values that JSON has.

    Shares are 0..1 with their n and 95% interval, null of nothing; days are YYYY-MM-DD, times in seconds or minutes.
    """
    totals = workspace.journal.totals()
    seen = overview_of(workspace, workspace.library.decks, workspace.snapshot())
    return {
        "answers": totals.answers,
        "right": totals.right,
        "cards_begun": totals.cards,
        "days_studied": totals.days,
        "streak_days": seen.streak,
        "answered_today": seen.done_today,
        "due": seen.due,
        "new_today": seen.new,
        "limit": seen.limit_words,
        "true_retention": _true_retention(workspace),
        "desired_retention": workspace.settings.desired_retention,
        "scope": {"field": report.scope.field, "value": report.scope.value, "name": report.name},
        "period": {"days": report.period.days, "since": _first_day(report), "until": report.today.isoformat()},
        **of_report(report),
    }


def _true_retention(workspace: Workspace) -> dict[str, Any]:
    days, today, found = workspace.journal.days(), workspace.clock.now().study_day, {}
    for number in RETENTION_DAYS:
        kept = retention_since(days, today - timedelta(days=number - 1))
        value = round(kept.passed / kept.reviews, DIGITS) if kept.reviews else None
        found[f"last_{number}_days"] = {"share": value, "answers": kept.reviews}
    return found


def _first_day(report: Report) -> str | None:
    if report.period.days is None:
        return report.first_day.isoformat() if report.first_day else None
    return report.period.since(report.today).isoformat()


def of_report(report: Report) -> dict[str, Any]:
    """Return what a report says of its scope and period."""
    knowledge, recall = report.knowledge, report.recall
    return {
        "in_period": {
            **share(report.answers),
            "minutes": rounded(report.seconds / 60),
            "seconds_per_answer": rounded(report.seconds_per_answer),
            "minutes_a_day": rounded(report.minutes_a_day),
        },
        "remembered": {
            "all": recalled(report.remembered.all),
            "young": recalled(report.remembered.young),
            "mature": recalled(report.remembered.mature),
        },
        "recall_calibration": {
            "n": recall.n,
            "rmse_bins": rounded(recall.rmse),
            "log_loss": rounded(recall.log_loss),
            "bins": [{"from": each.low, "to": each.high, **recalled(each.recalled)} for each in recall.bins],
        },
        "certainty": certainties(report.certainty),
        "days": [
            {
                "day": day.day.isoformat(),
                "answers": day.right.n,
                "right": day.right.right,
                "minutes": rounded(day.minutes),
                "new": day.introduced,
                "recalled": day.kept.right,
                "of": day.kept.n,
            }
            for day in report.days
        ],
        "calendar": {day.isoformat(): answers for day, answers in sorted(report.calendar.items())},
        "streak": {"days": report.streak.days, "longest": report.streak.longest},
        "forecast": {"due_now": report.due, "from_tomorrow": list(report.forecast)},
        "hours": [share(hour) for hour in report.hours],
        "positions": [{"from": each.first, "to": each.last, **share(each.right)} for each in report.positions],
        "knowledge": {
            "cards": knowledge.cards,
            "unseen": knowledge.unseen,
            "learning": knowledge.learning,
            "known_cards": rounded(knowledge.known),
            "known": rounded(knowledge.share),
            "moved_in_7_days": rounded(knowledge.moved),
            "course": [
                {"day": point.day.isoformat(), "known_cards": rounded(point.cards)} for point in knowledge.course
            ],
        },
        "topics": [row(each) for each in report.topics],
        "kinds": [row(each) for each in report.kinds],
        "decks": [row(each) for each in report.decks],
        "stability_days": spread(report.stability),
        "difficulty": spread(report.difficulty),
        "unsafe": cards(report.unsafe),
        "leeches": cards(report.leeches),
        "hardest": cards(report.hardest),
        "mixed_up": [
            {"sides": each.sides, "names": each.names, "took": each.took, "query": text_of(each.query)}
            for each in report.mixed_up
        ],
        "misses": {
            "wrong": report.misses.wrong,
            "told": report.misses.told,
            "reasons": [
                {"reason": each.reason, "answers": each.answers, "not_installed": each.gone, "query": query(each.query)}
                for each in report.misses.reasons
            ],
        },
    }


def share(found: Share) -> dict[str, Any]:
    """Return a share with what it rests on."""
    interval = None if found.interval is None else [rounded(end) for end in found.interval]
    return {
        "n": found.n,
        "right": found.right,
        "share": rounded(found.value),
        "interval": interval,
        "few": found.is_few,
    }


def recalled(found: Recalled) -> dict[str, Any]:
    """Return what was remembered beside what was expected."""
    return {**share(found.kept), "expected": rounded(found.expected), "error": rounded(found.error)}


def certainties(found: Certainties) -> dict[str, Any]:
    """Return what each word of certainty was worth."""
    levels = {
        level.certainty.name.lower(): {**share(level.right), "chance": rounded(level.chance), "verdict": level.verdict}
        for level in found.levels
    }
    return {**levels, "certain_and_wrong": found.certain_and_wrong, "verdict": found.verdict}


def row(found: Row) -> dict[str, Any]:
    """Return a deck, topic or kind; `begun` are its cards that are not unseen."""
    return {
        "id": found.scope.value,
        "title": found.name,
        "cards": found.cards,
        "begun": found.cards - found.unseen,
        "known": rounded(found.known / found.cards) if found.cards else 0.0,
        "known_cards": rounded(found.known),
        "moved_in_7_days": rounded(found.moved),
        "right": share(found.right),
        "remembered": recalled(found.remembered),
        "certainty": certainties(found.certainty),
        "query": text_of(found.query),
    }


def spread(found: Spread) -> dict[str, Any]:
    """Return how a value is spread."""
    counts = [{"from": each.low, "to": each.high, "cards": each.cards} for each in found.counts]
    return {"cards": found.cards, "median": rounded(found.median), "counts": counts}


def cards(found: Cards) -> dict[str, Any]:
    """Return the first cards of a list, and how many there are."""
    return {"cards": found.total, "query": query(found.query), "first": [card(each) for each in found.rows]}


def query(found: Query | None) -> str | None:
    """Return the line that says a query, None where there is nothing to open."""
    return None if found is None else text_of(found)


def card(found: CardRow) -> dict[str, Any]:
    """Return one card of a list."""
    return {
        "id": found.card_id,
        "deck": found.deck,
        "begins": found.begins,
        "answers": found.right.n,
        "right": found.right.right,
        "lapses": found.lapses,
        "last_right": found.was_right,
        "standing": found.standing.name.lower(),
    }


def rounded(value: float | None) -> float | None:
    """Return a number with four digits after the point."""
    return None if value is None else round(value, DIGITS)
