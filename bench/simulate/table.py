"""The tables of a campaign, as Markdown."""

from __future__ import annotations

from math import sqrt
from statistics import mean, median, stdev
from typing import TYPE_CHECKING, Any

from bench.simulate.campaign import ASKED_BEFORE, QUESTIONS, TRUTHS
from bench.simulate.policies import CRAMMED, POLICIES
from sciaquiz.view.exam import LARGE_ERROR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

CLOSE = 5
PLAN = next(iter(POLICIES))
Result = dict[str, Any]


def tables(results: Sequence[Result]) -> str:
    """Return the tables of predictions and of policies."""
    predicted = [result for result in results if result["kind"] == "prediction"]
    compared = [result for result in results if result["kind"] == "policies"]
    return f"{_predictions(predicted)}\n{_policies(compared)}"


def _of(results: Sequence[Result], truth: str) -> list[Result]:
    return [result for result in results if result["truth"] == truth]


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |\n"


def _share(found: Sequence[bool]) -> str:
    return f"{100 * mean(found):.0f} %" if found else "–"


def _predictions(results: Sequence[Result]) -> str:
    text = _row("days before", TRUTHS) + "|---|" + "---|" * len(TRUTHS) + "\n"
    text += _row("students", (str(len(_of(results, truth))) for truth in TRUTHS))
    for days in ASKED_BEFORE:

        def told(truth: str, days: int = days) -> list[tuple[dict[str, float], Result]]:
            return [(result["told"][str(days)], result) for result in _of(results, truth)]

        def off(truth: str, told: Callable[..., Any] = told) -> list[float]:
            return [said["score"] - result["score"] for said, result in told(truth)]

        text += _row(
            f"**within {CLOSE} points of the expected score**, {days}",
            (_share([abs(each) <= CLOSE for each in off(truth)]) for truth in TRUTHS),
        )
        text += _row(
            f"… mean error, and nine in ten below, {days}",
            (f"{mean(off(truth)):+.1f}, {_nine_in_ten(off(truth)):.1f}" for truth in TRUTHS),
        )
        text += _row(
            f"… interval: mean half width, coverage, {days}",
            (
                f"{mean((said['high'] - said['low']) / 2 for said, _ in told(truth)):.1f}, "
                + _share([said["low"] <= result["score"] <= said["high"] for said, result in told(truth)])
                for truth in TRUTHS
            ),
        )
        text += _row(
            f"… warned that the student's memory does not follow the model, {days}",
            (_share([said["error"] > LARGE_ERROR for said, _ in told(truth)]) for truth in TRUTHS),
        )
        text += _row(
            f"… a paper of {QUESTIONS} questions: within {CLOSE}, its interval covers, {days}",
            (
                _share([abs(said["score"] - result["paper"]) <= CLOSE for said, result in told(truth)])
                + ", "
                + _share([said["paper low"] <= result["paper"] <= said["paper high"] for said, result in told(truth)])
                for truth in TRUTHS
            ),
        )
    return text


def _nine_in_ten(errors: Sequence[float]) -> float:
    return sorted(map(abs, errors))[min(len(errors) - 1, round(0.9 * len(errors)))]


def _policies(results: Sequence[Result]) -> str:
    text = _row("plan or rival", TRUTHS) + "|---|" + "---|" * len(TRUTHS) + "\n"
    text += _row("students", (str(len(_of(results, truth))) for truth in TRUTHS))
    for key, name in (("score", "score"), ("later", "recall 30 days after")):
        text += _row(f"**{PLAN}**: {name}", (f"{mean(_outcomes(results, truth, PLAN, key)):.1f}" for truth in TRUTHS))
        for rival in POLICIES:
            if rival != PLAN:
                text += _row(
                    f"{rival}: {name}, against the plan",
                    (_against(results, truth, rival, key) for truth in TRUTHS),
                )
    minutes = {name: [mean(_outcomes(results, truth, name, "minutes")) for truth in TRUTHS] for name in POLICIES}
    for name, found in minutes.items():
        if name != "nothing":
            text += _row(f"{name}: minutes in all", (f"{each:.0f}" for each in found))
    text += _row(
        f"{CRAMMED}: longest day, minutes, median",
        (f"{median(_outcomes(results, truth, CRAMMED, 'longest')):.0f}" for truth in TRUTHS),
    )
    return text + _row(
        "must not be missed and never asked, the plan, cards of all students",
        (f"{sum(_outcomes(results, truth, PLAN, 'unmet')):.0f}" for truth in TRUTHS),
    )


def _outcomes(results: Sequence[Result], truth: str, policy: str, key: str) -> list[float]:
    return [result["outcomes"][policy][key] for result in _of(results, truth)]


def _against(results: Sequence[Result], truth: str, rival: str, key: str) -> str:
    pairs = zip(_outcomes(results, truth, rival, key), _outcomes(results, truth, PLAN, key), strict=True)
    apart = [theirs - ours for theirs, ours in pairs]
    error = stdev(apart) / sqrt(len(apart)) if len(apart) > 1 else 0.0
    return f"{mean(apart):+.1f} ± {error:.1f}"
