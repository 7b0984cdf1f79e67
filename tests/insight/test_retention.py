"""What a wish for retention costs: for all decks or one, with the floor of what must not be missed."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from cataloguing import catalogue_of
from commanding import sciaquiz
from making import deck, single
from remembering import NO_STEPS, course
from sciaquiz.clock import moment_at
from sciaquiz.deck.model import Safety
from sciaquiz.ids import DeckId
from sciaquiz.insight import retention
from sciaquiz.insight.retention import LEVELS, wanted_now, wishes, with_wish
from sciaquiz.journal.entries import CardState
from sciaquiz.journal.snapshot import Snapshot
from sciaquiz.memory import simulation
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.view.retention import NONE, as_json, brief_lines, deck_lines, in_short, whole_lines

if TYPE_CHECKING:
    from sciaquiz.deck.model import Deck

pytestmark = pytest.mark.usefixtures("started_before")


@pytest.fixture(autouse=True)
def few_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play each card out a few times only; its luck is the same each time."""
    monkeypatch.setattr(simulation, "LIVES", 200)


def test_wishes_of_settings_decks_and_questions_win_as_they_do_in_the_policy() -> None:
    plain = deck(single("q"), name="a")
    own = replace(deck(single("r"), name="b"), desired_retention=0.85)
    settings = Settings()
    assert [wanted_now(settings, each, "desired_retention") for each in (None, plain, own)] == [0.9, 0.9, 0.85]
    assert wanted_now(Settings(deck_retention={"b": 0.8}), own, "desired_retention") == 0.8
    assert with_wish(settings, own, "desired_retention", 0.97).deck_retention == {"b": 0.97}
    assert with_wish(settings, None, "must_not_miss_retention", 0.97).must_not_miss_retention == 0.97


def test_the_command_tells_minutes_a_day_and_what_is_remembered() -> None:
    sciaquiz("study", "--plain", "--limit", "3", said="a3\n3\n" * 12)
    everything = json.loads(sciaquiz("retention", "--json").stdout)
    assert [wish["retention"] for wish in everything["wishes"]] == list(LEVELS)
    minutes = [wish["minutes_a_day"] for wish in everything["wishes"]]
    remembered = [wish["remembered"] for wish in everything["wishes"]]
    assert minutes[0] < minutes[2] < minutes[-1]
    assert remembered[0] < remembered[-1]
    assert everything["now"] == 0.9
    told = sciaquiz("retention", "red-flags").stdout
    assert "  now\n" in told
    assert "What must not be missed is asked for 95% at least" in told
    red = json.loads(sciaquiz("retention", "red-flags", "--json").stdout)
    assert red["cards"] < everything["cards"]
    assert red["wishes"][-1]["minutes_a_day"] < minutes[-1]
    assert sciaquiz("retention", "red-flag").returncode != 0


def test_the_retention_of_a_deck_is_set_and_taken_back_by_the_command() -> None:
    file = user_paths().settings
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[decks.nerve-roots] # mine\ndesired_retention = 0.85 # low\n", "utf-8")
    for share, told in (("92%", "Nerve roots: 92% is"), ("default", "Nerve roots: none of its own; 90% is")):
        done = sciaquiz("retention", "nerve-roots", share)
        assert done.stdout == f"{told} wanted from now on. A card's due day moves when you answer it next.\n"
    assert file.read_text("utf-8") == "[decks.nerve-roots] # mine\n# desired_retention = 0.92 # low\n"
    done = sciaquiz("retention", "nerve-roots", "0.97", "--json")
    assert json.loads(done.stdout) == {"deck": "nerve-roots", "now": 0.97, "own": True}
    assert "decks.DECK.desired_retention    nerve-roots 97%\n" in sciaquiz("settings").stdout
    for arguments, told in (
        (("retention", "nerve-roots", "50"), "the retention of a deck must be a number from 0.7 to 0.99 (70% to 99%)"),
        (("settings", "deck_retention", "92"), "is set of one deck: sciaquiz retention DECK 92%"),
    ):
        done = sciaquiz(*arguments)
        assert (done.returncode, told in done.stderr) == (1, True)


NOW = moment_at(datetime(2026, 11, 22, 9, tzinfo=UTC))


def workspace_of(found: Deck, settings: Settings) -> Any:
    """A workspace over a deck whose cards were answered in the last days, as far as it is looked at."""
    catalogue = catalogue_of([found])
    states = []
    for place, card in enumerate(found.cards()):
        at = moment_at(NOW.instant - timedelta(days=place % 9))
        states.append(CardState(card_id=card.id, progress=course([(at, 4)], NO_STEPS)))
    catalogue.pool().put(states[:-4])
    return SimpleNamespace(
        settings=settings, catalogue=catalogue, library=SimpleNamespace(decks=[found]),
        clock=SimpleNamespace(now=lambda: NOW),
    )  # fmt: skip


def minutes_by_wish(found: Deck, settings: Settings, **more: Any) -> dict[float, float]:
    workspace = workspace_of(found, settings)
    with closing(workspace.catalogue):
        told = wishes(workspace, Snapshot(today=NOW.study_day), **more)
    return {wish.retention: wish.coming.minutes for wish in told.wishes}


def test_what_must_not_be_missed_is_never_asked_for_less_than_its_floor() -> None:
    danger = deck(*(single(f"q{n}", safety=Safety.MUST_NOT_MISS) for n in range(40)))
    found = minutes_by_wish(danger, Settings(desired_retention=0.93))
    assert 0.93 in found
    assert len({round(found[wish], 9) for wish in (0.80, 0.85, 0.90, 0.93, 0.95)}) == 1
    assert found[0.97] > found[0.96] > found[0.95]
    by_deck = minutes_by_wish(danger, Settings(), deck=danger)
    assert by_deck[0.80] == by_deck[0.95] < by_deck[0.97]
    floor = minutes_by_wish(danger, Settings(), name="must_not_miss_retention")
    assert floor[0.80] == floor[0.90] < floor[0.95]  # the general wish of 90% holds below it


def test_a_wish_of_the_question_stays_as_it_is_and_a_deck_keeps_its_own_but_for_a_wish_for_it() -> None:
    fixed = deck(*(replace(single(f"q{n}"), desired_retention=0.85) for n in range(40)))
    assert len(set(minutes_by_wish(fixed, Settings(), deck=fixed).values())) == 1
    own = replace(deck(*(single(f"q{n}") for n in range(40))), desired_retention=0.85)
    assert len(set(minutes_by_wish(own, Settings()).values())) == 1
    assert len(set(minutes_by_wish(own, Settings(), deck=own).values())) == len(LEVELS)


def test_of_many_cards_some_are_played_and_counted_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    many = deck(*(single(f"q{n}") for n in range(240)))
    whole = minutes_by_wish(many, Settings(new_per_day=0))
    monkeypatch.setattr(retention, "MOST_PLAYED", 120)
    part = minutes_by_wish(many, Settings(new_per_day=0))
    assert [part[wish] for wish in LEVELS] == pytest.approx([whole[wish] for wish in LEVELS], rel=0.15)


def test_every_face_tells_it_from_the_same_values() -> None:
    some = deck(*(single(f"q{n}") for n in range(12)))
    workspace = workspace_of(some, Settings(desired_retention=0.92))
    with closing(workspace.catalogue):
        found = wishes(workspace, Snapshot(today=NOW.study_day))
        empty = wishes(workspace, Snapshot(today=NOW.study_day), deck=replace(some, id=DeckId("other")))
    whole, brief, short, told = whole_lines(found), brief_lines(found), in_short(found), as_json(found)
    for wish, (row, line) in zip(found.wishes, zip(whole[1:], brief[1:], strict=False), strict=False):
        assert row.split()[:2] == line.split()[:2]
        assert row.endswith("now") == line.endswith("now") == (wish.retention == 0.92)
    assert short.startswith("Minutes a day over 90 days: ")
    assert [word for word in short.split() if "%" in word] == ["85%,", "90%,", "92%,", "95%."]
    assert told["cards"] == 12
    assert all(len(line) <= 40 for line in brief)
    by_deck = deck_lines([replace(found, deck=some)], 40)
    assert all(len(line) <= 41 for line in by_deck)
    assert by_deck[0].split() == ["now", "85%", "90%", "95%"]
    minutes = {row.split()[0]: row.split()[1] for row in brief[1:-1]}
    assert by_deck[1].split()[-4:] == ["92%", minutes["85%"], minutes["90%"], minutes["95%"]]
    assert deck_lines([], 40) == [NONE]
    assert whole_lines(empty) == brief_lines(empty) == [in_short(empty)] == [NONE]
