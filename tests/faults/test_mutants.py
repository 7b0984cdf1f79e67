"""A few hundred of the decks that the campaign changes at random, and that the campaign would see what goes wrong."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from bench.faults import mutants
from bench.faults.mutants import ESCAPES, HANGS, TRACEBACKS, tried
from sciaquiz.deck.importing import taming
from sciaquiz.tui import page

if TYPE_CHECKING:
    from collections.abc import Callable

SOON = 60.0


def few(numbers: range, seed: int = 2026) -> mutants.Trials:
    return tried(numbers, seed, time.monotonic() + SOON)


def test_decks_changed_at_random_are_read_checked_asked_and_shown() -> None:
    trials = few(range(100))
    assert trials.count == 100
    assert trials.examples == []


def test_many_of_them_can_still_be_studied(monkeypatch: pytest.MonkeyPatch) -> None:
    answered: list[str] = []
    answer = mutants._answered

    def counted(*args: Any) -> Any:
        outcome = answer(*args)
        answered.extend([] if outcome is None else [outcome.shown.card.question.kind])
        return outcome

    monkeypatch.setattr(mutants, "_answered", counted)
    few(range(200, 260))
    assert len(answered) > 30
    assert len(set(answered)) >= 6


def raising(*_: object) -> None:
    raise KeyError("broken")


def endless(*_: object) -> None:
    while True:
        pass


def untamed(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("module", "name", "broken", "kind"),
    [
        (mutants, "check", raising, TRACEBACKS),
        (page, "asked", raising, TRACEBACKS),
        (mutants, "check", endless, HANGS),
        (taming, "tame", untamed, ESCAPES),
    ],
)
def test_what_is_broken_is_seen(
    module: Any, name: str, broken: Callable[..., object], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutants, "SECONDS", 0.05 if kind == HANGS else 2.0)
    monkeypatch.setattr(module, name, broken)
    assert any(few(range(start, start + 5)).failures[kind] for start in range(0, 400, 5))
