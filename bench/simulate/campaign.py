"""The runs of `make simulate`: each student by one process, results kept line by line so that a run can be resumed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from math import ceil
from random import Random
from typing import TYPE_CHECKING, Any

from bench.simulate.policies import CRAMMED, MODEL, POLICIES, candidates, live, minutes_ahead, past_so_far, the_plan
from bench.simulate.student import Setting, Student
from sciaquiz.exam.habits import missed_share
from sciaquiz.exam.plan import plan
from sciaquiz.exam.prediction import past_error, prediction, recalibration_of, score_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.exam.evidence import Past

TRUTHS = ("F6", "F7", "SBD", "TT")
ASKED_BEFORE = (30, 14, 7, 1)
QUESTIONS = 60
PREDICTION_SEEDS, POLICY_SEEDS = 30_000, 40_000


@dataclass(frozen=True)
class Run:
    """One student to be simulated: how well they are predicted, or how they do under each policy."""

    kind: str
    setting: Setting

    @property
    def name(self) -> str:
        """The name under which the result is kept."""
        return f"{self.kind} {self.setting.truth} {self.setting.seed}"


def runs(predicted: int, compared: int) -> Iterable[Run]:
    """Return the runs, so many students of each truth for predictions and for policies."""
    for number in range(max(predicted, compared)):
        for truth in TRUTHS:
            if number < predicted:
                random = Random(f"days {PREDICTION_SEEDS + number}")
                days, minutes = random.randint(31, 60), random.randint(6, 30)
                yield Run("prediction", Setting(PREDICTION_SEEDS + number, truth, days, minutes))
            if number < compared:
                random = Random(f"days {POLICY_SEEDS + number}")
                days, minutes = random.randint(14, 60), random.randint(6, 30)
                yield Run("policies", Setting(POLICY_SEEDS + number, truth, days, minutes))


def run(given: Run) -> dict[str, Any]:
    """Simulate one student, and return what came of it."""
    found = _predict(given.setting) if given.kind == "prediction" else _compare(given.setting)
    return {"name": given.name, "kind": given.kind, **asdict(given.setting), **found}


def line_of(result: dict[str, Any]) -> str:
    """Return a result as a line of the file in which results are kept."""
    return json.dumps(result) + "\n"


def _predict(setting: Setting) -> dict[str, Any]:
    student = Student(setting)
    told: dict[int, dict[str, float]] = {}
    for day in range(setting.days):
        if setting.days - day in ASKED_BEFORE:
            told[setting.days - day] = _forecast(student, day)
        if not student.is_off(day) and not student.stays_away(day):
            live(student, the_plan, day, student.budget(day))
    return {"told": told, "score": student.true_score(), "paper": student.paper(QUESTIONS)}


def _forecast(student: Student, day: int) -> dict[str, float]:
    past = past_so_far(student)
    cards = candidates(student, day, past)
    left = student.setting.days - day
    share = 1 - missed_share(student.met_days, day, lambda each: not student.is_off(each))
    found = plan(cards, [left], minutes_ahead(student, day, share), student.costs_known(), MODEL)
    error = past_error(past.asked, day)
    said = prediction(score_of(cards, found.recall[0], 0, recalibration_of(past.asked)), left, error)
    paper = prediction(said.score, left, error, QUESTIONS)
    return {
        "score": said.score, "low": said.low, "high": said.high, "paper low": paper.low, "paper high": paper.high,
        "error": error, "answers": len(past.asked),
    }  # fmt: skip


def _compare(setting: Setting) -> dict[str, Any]:
    outcomes = {}
    in_all = 0.0
    for name, policy in POLICIES.items():
        student = Student(setting)
        for day in range(setting.days):
            if name == CRAMMED:
                budget = in_all / 3 if setting.days - day <= 3 else 0.0
            elif student.is_off(day) or student.stays_away(day):
                continue
            else:
                budget = student.budget(day)
            live(student, policy, day, budget)
        if policy is the_plan:
            in_all = student.seconds
        unsafe = [place for place, item in enumerate(student.items) if item.must_not_miss]
        outcomes[name] = {
            "score": student.true_score(),
            "later": student.later_recall(),
            "minutes": student.seconds / 60,
            "longest": ceil(student.longest),
            "unmet": sum(place not in student.states for place in unsafe),
        }
    return {"outcomes": outcomes}


def check_replay(student: Student) -> bool:
    """Say whether the memories that a student keeps up are those that the product reads from the answers."""
    past: Past = past_so_far(student)
    kept = {student.items[place].card_id: known for place, known in student.memories.items()}
    return dict(past.memories) == kept
