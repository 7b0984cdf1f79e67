"""A policy that cannot schedule is never made, wherever it came from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from making import deck, single
from rows import each_row
from sciaquiz.ids import EntryId
from sciaquiz.memory.fits import Fit, Fits
from sciaquiz.memory.fsrs7 import FSRS7_PARAMETERS
from sciaquiz.memory.policies import policies
from sciaquiz.memory.policy import FSRS6_PARAMETERS, Policy
from sciaquiz.settings import SPECS, Settings
from sciaquiz.settings.values import Share, Steps, Whole


def policy_with(name: str, value: Any) -> Policy:
    changed: dict[str, Any] = {name: value}
    return replace(Policy(), **changed)


@each_row(
    ("name", "value", "said"),
    [
        ("model", "fsrs-9", "no model of memory named"),
        ("model", ["fsrs-6"], "no model of memory named"),
        ("parameters", FSRS6_PARAMETERS[:17], "21 finite"),
        ("parameters", (*FSRS6_PARAMETERS[:20], float("nan")), "21 finite"),
        ("desired_retention", 0.0, "retention"),
        ("desired_retention", 1.0, "retention"),
        ("desired_retention", 1.5, "retention"),
        ("desired_retention", float("nan"), "retention"),
        ("desired_retention", "0.9", "retention"),
        ("maximum_interval", 0, "longest interval"),
        ("maximum_interval", -5, "longest interval"),
        ("maximum_interval", 36501, "longest interval"),
        ("maximum_interval", 30.5, "longest interval"),
        ("maximum_interval", True, "longest interval"),
        ("learning_steps", (0,), "step"),
        ("learning_steps", (1, -10), "step"),
        ("learning_steps", (10**12,), "step"),
        ("relearning_steps", ("10",), "step"),
        ("relearning_steps", (float("inf"),), "step"),
        ("fuzz", "yes", "fuzz"),
        ("rollover_hour", 24, "hour"),
        ("rollover_hour", -1, "hour"),
        ("rollover_hour", 4.5, "hour"),
    ],
)
def test_what_cannot_schedule_is_refused(name: str, value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        policy_with(name, value)


@pytest.mark.parametrize("name", ["desired_retention", "maximum_interval", "rollover_hour"])
def test_whatever_can_be_set_can_schedule(name: str) -> None:
    bounds = next(spec.value for spec in SPECS if spec.name == name)
    assert isinstance(bounds, Whole | Share)
    for wanted in (bounds.least, bounds.most):
        assert getattr(policy_with(name, wanted), name) == wanted


def test_every_step_that_can_be_set_can_schedule() -> None:
    for name in ("learning_steps", "relearning_steps"):
        bounds = next(spec.value for spec in SPECS if spec.name == name)
        assert isinstance(bounds, Steps)
        steps = (bounds.least, bounds.most)
        assert getattr(policy_with(name, steps), name) == steps
        assert getattr(policy_with(name, ()), name) == ()


def test_a_digest_names_the_policy_and_nothing_else() -> None:
    assert Policy().digest == Policy().digest
    others = {
        replace(Policy(), desired_retention=0.95).digest,
        replace(Policy(), learning_steps=(1,)).digest,
        replace(Policy(), fuzz=False).digest,
        replace(Policy(), rollover_hour=0).digest,
    }
    assert len(others | {Policy().digest}) == 5


def test_what_is_fitted_is_what_the_next_answer_is_scheduled_by() -> None:
    own = Fit(
        id=EntryId("fit"), model="fsrs-7", parameters=FSRS7_PARAMETERS, recipe="map@1", reviews=600, days=40,
        study_day=date(2026, 11, 22), kept=True, told={},
    )  # fmt: skip
    question = single("q1")
    asked = policies([deck(question)], Settings(), Fits(seven=own.parameters, own=own))(question)
    assert (asked.model, asked.parameters) == ("fsrs-7", own.parameters)
    as_ever = policies([deck(question)], Settings())(question)
    assert as_ever == replace(asked, model="fsrs-6", parameters=FSRS6_PARAMETERS)
    assert as_ever.digest == Policy(maximum_interval=as_ever.maximum_interval).digest
