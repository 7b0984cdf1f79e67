"""The cache behind the statistics: exact whatever model of memory is in force, broken off, damaged or shared."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from answering import NOW, START, act, answer, keep
from remembering import OTHER_SEVEN, SEVEN
from sciaquiz.clock import FixedClock, moment_at
from sciaquiz.ids import CardId, EntryId
from sciaquiz.insight.plainly import of_report
from sciaquiz.insight.report import Row, Streak
from sciaquiz.insight.scope import EVERYTHING, Period
from sciaquiz.insight.statistics import report_of, streaks
from sciaquiz.journal.entries import Act, EventKind, Phase, Rating
from sciaquiz.memory.forecast import retrievability_at
from sciaquiz.memory.fsrs7 import FSRS7_PARAMETERS
from sciaquiz.memory.history import history_of
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.plain.statistics import lines as plain_lines
from sciaquiz.store import connect as connecting
from sciaquiz.store.journal import Journal
from sciaquiz.study.query import query_of, text_of
from sciaquiz.tally import feeding
from sciaquiz.tally.tally import Tally
from sciaquiz.tui.screens.statslists import mistakes
from sciaquiz.view.statistics import missed_words
from sciaquiz.webpage.page import page_of
from tallied import CARDS, POLICIES, Step, decks, dumped, live, workspace_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sciaquiz.workspace import Workspace

DAY = timedelta(days=1)


@pytest.fixture(autouse=True, scope="module")
def fast() -> Iterator[None]:
    """Wait for no disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))
        yield


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal.open(tmp_path / "journal.db", NOW)) as opened:
        yield opened


def steps(seed: int, number: int, *more: str) -> list[Step]:
    """A life at random, of answers and more."""
    random = Random(seed)
    doing = ["answer"] * 8 + list(more)
    hours = (0.01, 1.0, 20.0, 60.0, 200.0)
    return [
        (
            random.choice(doing), random.choice(CARDS), random.choice((1, 3, 3, 3, 4)), random.randint(0, 3),
            random.choice(hours), random.randint(0, 30),
        )
        for _ in range(number)
    ]  # fmt: skip


def known_on_home(workspace: Workspace) -> float:
    """What Home says is known, in cards."""
    workspace.snapshot()
    counts = workspace.pool(workspace.library.decks).counts(workspace.clock.now().study_day, workspace.fits)
    return sum(count.recalled for count in counts.values())


def assert_same(tally: Tally, anew: Tally) -> None:
    """One that was kept up holds what one made anew does; it may know of the course on more days."""
    (*kept, course), (*made, course_anew) = dumped(tally), dumped(anew)
    assert kept == made
    days = {row[1] for row in course_anew}
    assert [row for row in course if row[1] in days] == course_anew


def fit(name: str, model: str, parameters: tuple[float, ...], at: datetime) -> Act:
    payload = {
        "model": model, "parameters": list(parameters), "recipe": "map@1", "reviews": 600, "days": 90, "kept": True,
        "study_day": "2026-11-22",
    }  # fmt: skip
    return Act(id=EntryId(name), kind=EventKind.FIT, moment=moment_at(at), payload=payload)


@pytest.mark.parametrize("seed", [0, 2])
def test_two_models_fits_and_corrected_keys_are_followed(seed: int, journal: Journal, tmp_path: Path) -> None:
    made, policies = decks(), (*POLICIES, SEVEN, OTHER_SEVEN)
    at = live(journal, steps(seed, 40, "corrected", "void", "overrule"), policies)
    with closing(workspace_of(tmp_path, made, at)) as workspace:
        report_of(workspace)
        for number, parameters in enumerate((tuple(w * 1.1 for w in FSRS6_PARAMETERS), FSRS6_PARAMETERS)):
            at += DAY
            journal.record(fit(f"fit-{number}", "fsrs-6", parameters, at))
            journal.record(fit(f"fit-7-{number}", "fsrs-7", FSRS7_PARAMETERS, at))
            at = live(journal, steps(seed + 7, 12, "corrected"), policies, at)
            workspace.clock = FixedClock(at)
            found = report_of(workspace, EVERYTHING, Period.ALL)
            assert found.knowledge.known == pytest.approx(known_on_home(workspace), abs=1e-5)
            with closing(Tally(None, tmp_path / "journal.db", workspace.catalogue)) as anew:
                anew.bring_up(workspace.clock.now().study_day)
                assert_same(workspace.tally, anew)
            expected, policies_in_it = [], journal.policies()
            for card in journal.states():
                for each in history_of(card, *journal.history(card), policies_in_it):
                    before = each.before.progress
                    if each.is_first_of_day and before is not None and before.phase is Phase.REVIEW:
                        policy = policies_in_it[each.review.policy]
                        day = each.review.moment
                        expected.append(retrievability_at(before, day, policy))
            assert found.remembered.all.kept.n == len(expected) > 5
            assert found.remembered.all.expected == pytest.approx(sum(expected) / len(expected), abs=1e-8)


def test_what_was_broken_off_is_gone_on_with(journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = live(journal, steps(5, 60))
    monkeypatch.setattr(feeding, "AT_ONCE", 1)
    monkeypatch.setattr(feeding, "SECONDS", 0.0)
    looked: list[tuple[int, int]] = []

    def stop_at_two(done: int, of: int) -> None:
        looked.append((done, of))
        if done == 2:
            raise KeyboardInterrupt

    with closing(workspace_of(tmp_path, decks(), at)) as workspace:
        with pytest.raises(KeyboardInterrupt):
            report_of(workspace, progress=stop_at_two)
        assert looked == [(0, 5), (1, 5), (2, 5)]
        journal.undo_last(moment_at(at))
        later: list[tuple[int, int]] = []
        report_of(workspace, progress=lambda done, of: later.append((done, of)))
        assert later[0] == (0, 3)  # two are kept
        with closing(Tally(None, tmp_path / "journal.db", workspace.catalogue)) as anew:
            anew.bring_up(workspace.clock.now().study_day)
            assert_same(workspace.tally, anew)


@pytest.mark.parametrize("damage", ["text", "other", "row", "truncated"])
def test_a_damaged_file_is_made_anew(damage: str, journal: Journal, tmp_path: Path) -> None:
    at = live(journal, steps(6, 30))
    place = tmp_path / "statistics.db"
    with closing(workspace_of(tmp_path, decks(), at)) as workspace:
        sound = report_of(workspace, EVERYTHING, Period.ALL)
    match damage:
        case "text":
            place.write_text("no database", encoding="utf-8")
        case "truncated":
            place.write_bytes(place.read_bytes()[:5000])
        case "other":
            with closing(sqlite3.connect(place)) as other, other:
                other.execute("UPDATE meta SET value = 'another' WHERE name = 'version'")
        case _:
            with closing(sqlite3.connect(place)) as other, other:
                other.execute("UPDATE card SET facts = x'00'")
                other.execute("DELETE FROM meta WHERE name LIKE 'mirror event%'")
    with closing(workspace_of(tmp_path, decks(), at)) as workspace:
        assert report_of(workspace, EVERYTHING, Period.ALL) == sound


def test_where_no_file_can_be_written_it_is_kept_in_memory(journal: Journal, tmp_path: Path) -> None:
    at = live(journal, steps(6, 30))
    (tmp_path / "statistics.db").mkdir()
    with closing(workspace_of(tmp_path, decks(), at)) as workspace:
        assert report_of(workspace, EVERYTHING, Period.ALL).answers.n > 5


def test_two_windows_share_the_file(journal: Journal, tmp_path: Path) -> None:
    at = live(journal, steps(8, 30))
    with (
        closing(workspace_of(tmp_path, decks(), at)) as one,
        closing(workspace_of(tmp_path, decks(), at)) as other,
    ):
        for seed in range(4):
            at = live(journal, steps(seed, 3, "void"), start=at)
            for workspace in (one, other) if seed % 2 else (other, one):
                workspace.clock = FixedClock(at)
                assert report_of(workspace, EVERYTHING, Period.ALL).answers.n == journal.totals().answers
        assert dumped(one.tally) == dumped(other.tally)


def test_a_clock_that_was_ahead_changes_nothing_of_what_is_known(journal: Journal, tmp_path: Path) -> None:
    at = live(journal, steps(9, 40))
    with closing(workspace_of(tmp_path, decks(), at + 40 * DAY)) as workspace:
        report_of(workspace)
        for days in (-30, 0, 3, 90):
            workspace.clock = FixedClock(at + days * DAY)
            found = report_of(workspace, EVERYTHING, Period.ALL)
            assert found.knowledge.course[-1].day == found.today
            assert days < 0 or found.knowledge.known == pytest.approx(known_on_home(workspace), abs=1e-5)


def test_rows_open_their_cards(journal: Journal, tmp_path: Path) -> None:
    at = live(journal, steps(3, 80, "miss", "miss"))
    with closing(workspace_of(tmp_path, decks(), at)) as workspace:
        found = report_of(workspace, EVERYTHING, Period.ALL)
        assert {text_of(row.query) for row in found.decks} == {"deck:a", "deck:b"}
        assert "topic:foot-drop" in {text_of(row.query) for row in found.topics}
        assert found.hardest.rows
        assert all(row.right.n >= 3 and row.right.right < row.right.n for row in found.hardest.rows)
        assert [row.name for row in found.kinds] == [row.name for row in sorted(found.kinds, key=weakness)]
        for missed in found.misses.reasons:
            assert missed.query is None or text_of(missed.query).startswith("id:")


def test_why_answers_were_wrong_says_what_is_not_installed_and_opens_nothing_else(
    journal: Journal, tmp_path: Path
) -> None:
    """Two questions were a slip, of which one is not installed; what was not known is all gone."""
    for name, reason in (("gone", "slip"), ("gone", "unknown"), ("a1", "slip")):
        given = answer(name, Rating.AGAIN)
        keep(journal, given)
        journal.act(act(EventKind.MISS, name, target=given.id, payload={"reason": reason}))
    with closing(workspace_of(tmp_path, decks(), START)) as workspace:
        found = report_of(workspace, EVERYTHING, Period.ALL)
    slip, unknown = sorted(found.misses.reasons, key=lambda missed: missed.reason)
    assert (slip.query, slip.gone) == (query_of(ids=[CardId("a1")]), 1)
    assert (unknown.query, unknown.gone) == (None, 1)
    told = [missed_words(each) for each in (slip, unknown)]
    assert all(words.endswith(" (1 question not installed)") for words in told)
    assert [each["query"] for each in of_report(found)["misses"]["reasons"]].count(None) == 1
    for words in told:
        for face in (plain_lines(found), [page_of(found, NOW)], map(str, mistakes(found, 90))):
            assert words in "\n".join(face)


def test_a_list_without_questions_means_none_of_them(journal: Journal, tmp_path: Path) -> None:
    with closing(workspace_of(tmp_path, decks(), START)) as workspace:
        assert report_of(workspace, EVERYTHING, Period.ALL).hardest.query is None


def weakness(row: Row) -> tuple[bool, float, int, str]:
    return row.right.is_few, row.right.value or 0.0, -row.right.n, row.name


def test_planned_days_off_break_no_row() -> None:
    today = START.date()
    days = {today - timedelta(days=ago): 1 for ago in (0, 1, 3, 4, 5, 9)}
    off = (today - timedelta(days=2)).isoformat()
    assert streaks(days, today) == Streak(2, 3)
    assert streaks(days, today, [off]) == Streak(5, 5)
    assert streaks({}, today) == Streak(0, 0)


def test_an_answer_that_comes_late_moves_those_after_it(tmp_path: Path) -> None:
    """A part of a device's journal is taken in first, and what lay between later: places and times follow."""
    with closing(Journal.open(tmp_path / "theirs" / "journal.db", NOW)) as theirs:
        live(theirs, [("answer", card, 3, 2, 0.04, 1) for card in ("a1", "a2", "b1", "a3")])
        told = io.StringIO()
        theirs.export_to(told)
    late = [line for line in told.getvalue().splitlines() if '"a2"' in line and '"latency_ms"' in line]
    early = "\n".join(line for line in told.getvalue().splitlines() if line not in late)
    assert len(late) == 1
    with closing(Journal.open(tmp_path / "journal.db", NOW)) as journal:
        journal.import_from(io.StringIO(early), NOW)
        with closing(workspace_of(tmp_path, decks(), START)) as workspace:
            before = report_of(workspace)
            journal.import_from(io.StringIO(late[0] + "\n"), NOW)
            after = report_of(workspace)
            assert (before.answers.n, after.answers.n) == (3, 4)
            assert before.seconds == pytest.approx(9 + 9 + 144)  # more than three minutes lie between two of them
            assert after.seconds == pytest.approx(9 + 3 * 144)
            assert [point.day for point in before.knowledge.course] == [point.day for point in after.knowledge.course]
            with closing(Tally(None, tmp_path / "journal.db", workspace.catalogue)) as anew:
                anew.bring_up(workspace.clock.now().study_day)
                assert_same(workspace.tally, anew)
