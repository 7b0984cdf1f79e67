"""Old answers rated by another rule: an event for each card, which replays, travels, and can be taken back."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from answering import NOW, START, act, answer
from commanding import sciaquiz
from making import single
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId
from sciaquiz.insight.rerate import Rerated, rerate, undoing
from sciaquiz.journal.entries import Certainty, EventKind, Rating
from sciaquiz.memory.guessing import DEFAULT_RATES, Rates
from sciaquiz.memory.policy import Policy
from sciaquiz.paths import user_paths
from sciaquiz.store import connect as connecting
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sciaquiz.journal.entries import CardState

POLICY = Policy(fuzz=False, learning_steps=(), relearning_steps=())
CARD = CardId("q1")
LATER = moment_at(START + timedelta(days=90))
RARELY = Rates((0.002, 0.398, 0.6), (0.65, 0.29, 0.06), 1000)
"""Of a student who hardly ever calls a guess what is known."""
DAYS = {0: Rating.GOOD, 4: Rating.GOOD, 20: Rating.GOOD, 30: Rating.AGAIN, 60: Rating.AGAIN}
GUESSED = (30, 60)


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))


def filled(path: Path, names: tuple[str, ...] = ("q1", "q2")) -> Journal:
    """Right answers as the second rule rated them: the last two are called a guess."""
    journal = Journal.open(path, NOW)
    for name in names:
        for day, rating in DAYS.items():
            given = replace(
                answer(name, Rating.GOOD, moment_at(START + timedelta(days=day)), f"{name}-{day}", POLICY),
                rating=rating,
                certainty=Certainty.GUESS if day in GUESSED else Certainty.THINK_SO,
                rule="evidence@2",
                response={"chosen": "o0", "shown": ["o0"], "guess_probability": 0.25},
            )
            journal.keep(given, POLICY, single(name))
    return journal


def by_rule(journal: Journal, rule: int, rates: Rates = DEFAULT_RATES) -> Rerated:
    return rerate(journal.states(), journal.history, journal.policies(), rule, rates)


def checked(journal: Journal) -> Mapping[CardId, CardState]:
    """Return the states, which follow from the entries."""
    assert journal.verify().sound
    return journal.states()


def test_the_third_rule_lets_a_guess_pass_that_was_likely_known_and_the_event_says_so(tmp_path: Path) -> None:
    journal = filled(tmp_path / "journal.db")
    before, figures = checked(journal), journal.days()
    found = by_rule(journal, 3)
    assert found.changed == {(Rating.AGAIN, Rating.HARD): 4}
    assert (found.answers, found.guesses, len(found.moved)) == (10, 4, 2)
    journal.act_on_each(found.acts(LATER))
    after = checked(journal)
    for moved in found.moved:
        progress = after[moved.card_id].progress
        assert progress is not None
        assert progress.due_day == moved.would_be
    assert sum(day.hard for day in journal.days()) == sum(day.hard for day in figures) + 4
    [event] = [event for event in journal.history(CARD)[1] if event.kind is EventKind.RERATE]
    assert event.payload["rule"] == "evidence@3"
    assert event.payload["ratings"] == {"q1-30": 2, "q1-60": 2}
    assert by_rule(journal, 3).ratings == {}
    journal.rebuild()
    assert checked(journal) == after != before
    journal.close()


def test_it_can_be_taken_back_and_done_again_and_the_rule_before_does_the_same(tmp_path: Path) -> None:
    journal = filled(tmp_path / "journal.db")
    before, figures = checked(journal), journal.days()
    journal.act_on_each(by_rule(journal, 3).acts(LATER))
    after = checked(journal)
    back = undoing(journal.states(), journal.history, LATER)
    assert (len(back.acts), back.rated) == (2, LATER)
    journal.act_on_each(back.acts)
    assert (checked(journal), journal.days()) == (before, figures)
    assert undoing(journal.states(), journal.history, LATER).rated is None
    journal.act_on_each(by_rule(journal, 3).acts(LATER))
    assert checked(journal) == after
    journal.act_on_each(by_rule(journal, 2).acts(moment_at(START + timedelta(days=91))))
    assert (checked(journal), journal.days()) == (before, figures)
    journal.act_on_each(undoing(journal.states(), journal.history, LATER).acts)
    assert checked(journal) == after
    journal.close()


def test_the_students_own_word_wins_whenever_it_was_given(tmp_path: Path) -> None:
    journal = filled(tmp_path / "journal.db", ("q1",))
    first = act(EventKind.OVERRULE, at=LATER, target="q1-30", payload={"rating": 4})
    journal.act(first)
    by_hand = checked(journal)
    found = by_rule(journal, 3)
    assert sum(found.changed.values()) == 1
    assert set(found.ratings[CARD]) == {"q1-30", "q1-60"}
    journal.act_on_each(found.acts(LATER))
    journal.act(act(EventKind.OVERRULE, at=LATER, target="q1-60", payload={"rating": 1}))
    assert checked(journal)[CARD].progress == by_hand[CARD].progress
    journal.act(act(EventKind.VOID, at=LATER, target=first.id))
    assert checked(journal)[CARD].progress != by_hand[CARD].progress
    journal.close()


def test_it_goes_to_another_device_and_two_devices_agree_whoever_rated_last(tmp_path: Path) -> None:
    one = filled(tmp_path / "one" / "journal.db")
    other = Journal.open(tmp_path / "other" / "journal.db", NOW)

    def exchange() -> None:
        for giver, taker in ((one, other), (other, one), (one, other)):
            lines = io.StringIO()
            giver.export_to(lines)
            lines.seek(0)
            assert taker.import_from(lines, LATER).refused == 0

    exchange()
    one.act_on_each(by_rule(one, 3).acts(LATER))
    other.act_on_each(by_rule(other, 3, RARELY).acts(LATER))
    exchange()
    assert checked(one) == checked(other)
    other.act_on_each(by_rule(other, 2).acts(moment_at(START + timedelta(days=91))))
    exchange()
    assert checked(one) == checked(other)
    assert by_rule(one, 2).ratings == {}
    one.close()
    other.close()


def test_the_rates_decide_and_a_kept_assumption_stands(tmp_path: Path) -> None:
    journal = filled(tmp_path / "journal.db")
    assert by_rule(journal, 3, RARELY).ratings == {}
    assumed = {"known": 0.9, "recall": 0.9, "of_known": 0.05, "of_unknown": 0.65, "own": True}
    given = replace(
        answer("q3", Rating.GOOD, NOW, "q3-0", POLICY), rating=Rating.AGAIN, certainty=Certainty.GUESS,
        response={"chosen": "o0", "shown": ["o0"], "guess_probability": 0.25, "assumed": assumed},
    )  # fmt: skip
    journal.keep(given, POLICY, single("q3"))
    assert by_rule(journal, 3, RARELY).ratings == {"q3": {"q3-0": Rating.HARD}}
    journal.close()


def test_an_answer_of_a_form_that_is_not_known_here_keeps_its_rating(tmp_path: Path) -> None:
    journal = filled(tmp_path / "journal.db", ())
    journal.keep(
        replace(answer("q1", Rating.AGAIN, NOW, "new", POLICY), response={"drawn": 1}, rating=Rating.GOOD),
        POLICY, single("q1"),
    )  # fmt: skip
    assert [by_rule(journal, rule).ratings for rule in (1, 2, 3)] == [{}, {}, {}]
    journal.close()


def test_the_command_tells_what_changes_does_it_and_takes_it_back(home: Path) -> None:
    journal = filled(user_paths().journal)
    before = checked(journal)
    journal.close()
    told = sciaquiz("journal", "rebuild", "--rule", "3").stdout.splitlines()
    assert told[0] == "4 of 10 ratings would differ; 2 cards would be due on another day."
    assert told[-2:] == [
        "2 cards rated anew by rule 3; your own word over a rating stays.",
        "To take it back: sciaquiz journal rebuild --undo",
    ]
    assert (
        "4 right guesses were judged as of one who says guess of 3% of what is known, as is assumed until you have "
        "answered more."
    ) in told
    assert sciaquiz("journal", "verify").returncode == 0
    assert sciaquiz("journal", "rebuild", "--undo").stdout.startswith("The ratings of 2 cards are as they were before ")
    journal = Journal.open(home / "journal.db", LATER)
    assert checked(journal) == before
    journal.close()
    again = sciaquiz("journal", "rebuild", "--undo")
    assert (again.returncode, again.stderr) == (
        1, "sciaquiz: no answers were rated anew: there is nothing to take back\n",
    )  # fmt: skip
