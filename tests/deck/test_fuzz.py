"""Five hundred of the decks that `make fuzz` makes, and that it would see what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from bench import fuzz
from bench.faults.mutating import TABLE, sound_decks
from bench.fuzz import tried
from sciaquiz.authoring.check import check
from sciaquiz.deck import recovery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sciaquiz.authoring.check import Checked


@pytest.fixture(scope="module")
def decks() -> list[str]:
    """The questions that draw nothing: figures have tests of their own."""
    return [
        "".join(part for part in TABLE.split(deck) if not part.startswith("[[figure]]") and "hotspot" not in part)
        for deck in sound_decks()[:4]
    ]


@pytest.mark.parametrize("first", range(0, 500, 100))
def test_decks_with_slips_are_checked_and_every_problem_has_its_place(decks: list[str], first: int) -> None:
    trials = tried(range(first, first + 100), 2026, decks)
    assert trials.examples == []
    assert trials.count == 100
    assert trials.seen["problems"] > 200
    assert trials.seen["not TOML"] > 50
    assert trials.seen["not TOML and yet with questions to study"] > trials.seen["not TOML"] / 2


def raising(*_: object) -> None:
    raise KeyError("broken")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"line": 0}, "no place"),
        ({"line": 10_000}, "no place"),
        ({"column": 90_000}, "no place"),
        ({"question_id": "another"}, "another question"),
        ({"message": "a\nb", "column": 1}, "badly told"),
    ],
)
def test_a_problem_without_its_place_is_seen(
    decks: list[str], change: dict[str, Any], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = check

    def spoiled(paths: Sequence[Path]) -> Checked:
        checked = sound(paths)
        return replace(checked, problems=tuple(replace(problem, **change) for problem in checked.problems))

    monkeypatch.setattr(fuzz, "check", spoiled)
    assert tried(range(24), 1, decks).failures[kind]


def test_a_traceback_and_a_slow_deck_are_seen(decks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "SECONDS", 0.0)
    assert tried(range(2), 1, decks).failures["slow"] == 2
    monkeypatch.setattr(recovery, "first_slip", raising)
    assert tried(range(10), 1, decks).failures["tracebacks"]
