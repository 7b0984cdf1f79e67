"""What is derived is kept in step with the entries: whatever comes, in whatever order, it is what a replay gives."""

from __future__ import annotations

import io
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from answering import NOW, START, STEADY, act, answer, keep
from making import single
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, EntryId
from sciaquiz.insight.recent import Retention, retention_since
from sciaquiz.journal.acts import Miss, entry_of
from sciaquiz.journal.entries import Answer, Certainty, EventKind, LastAnswer, MissReason, Mode, Phase, Rating, Unsafe
from sciaquiz.journal.port import KeepError
from sciaquiz.journal.snapshot import Habits, Snapshot, Totals
from sciaquiz.memory.belief import HARM
from sciaquiz.memory.history import Standing, history_of
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import in_force, misses_of, replay, standing_reviews
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.store import connect as connecting
from sciaquiz.store import opening, queries
from sciaquiz.store.deriving import Deriving, days_by_replay
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sciaquiz.ids import Digest
    from sciaquiz.journal.entries import CardState, Progress, Review

CARDS = ("q1", "q2", "q3")
FAR = moment_at(START + timedelta(days=400))
SCHEMA_1 = Path(__file__).parent / "schemas" / "v1.db"


@pytest.fixture(autouse=True, scope="module")
def fast() -> Iterator[None]:
    """Wait for no disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))
        yield


def seen_in(journal: Journal) -> tuple[Snapshot, Habits]:
    found = journal.snapshot(NOW.study_day)
    return found, found.habits()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal.open(tmp_path / "journal.db", NOW)) as opened:
        yield opened


Step = tuple[str, str, Rating, Certainty | None, int, int]
DOING = st.sampled_from(
    ["answer"] * 8
    + ["practice"] * 4
    + ["retry", "void", "overrule", "void ahead", "overrule ahead", "flag", "other device", "leech", "miss"]
    + ["rerate", "rerate ahead"]
)
HOURS = st.sampled_from([-30, -1, 0, 0, 1, 2, 20, 30, 100, 200, 900])
STEP = st.tuples(
    DOING,
    st.sampled_from(CARDS),
    st.sampled_from(Rating),
    st.sampled_from([None, *Certainty]),
    HOURS,
    st.integers(0, 30),
)
HISTORIES = st.lists(STEP, min_size=1, max_size=20)


def given_by(name: str, rating: Rating, certainty: Certainty | None, hours: int, entry: str = "") -> Answer:
    """An answer so many hours after the start; some took unknown time, and some say whether they would harm."""
    at = moment_at(START + timedelta(hours=hours))
    found = answer(name, rating, at, entry)
    harm = ({}, {HARM: True}, {HARM: False})[hours % 3]
    return replace(
        found,
        response={**found.response, **harm},
        certainty=certainty,
        latency_ms=None if certainty is None else 1000 + hours % 7,
    )


def live(journal: Journal, steps: list[Step]) -> Iterator[None]:
    """Do what the steps say, with a clock that jumps; yield after each entry."""
    hours = 0
    done: list[Answer] = []
    for number, (doing, name, rating, certainty, passed, pick) in enumerate(steps):
        hours += passed
        at = moment_at(START + timedelta(hours=hours))
        payload = {"rating": int(rating)}
        match doing:
            case "answer" | "practice":
                mode = Mode.PRACTICE if doing == "practice" else Mode.STUDY
                done.append(replace(given_by(name, rating, certainty, hours), mode=mode))
                keep(journal, done[-1])
            case "retry" if done:
                keep(journal, done[pick % len(done)])
            case "void" | "overrule" | "miss" if done:
                target = done[pick % len(done)]
                more = {"void": {}, "overrule": payload, "miss": {"reason": "slip"}}[doing]
                with suppress(KeepError):  # practice has no rating, and a right answer no reason
                    journal.act(act(EventKind(doing), target.card_id, at, target=target.id, payload=more))
            case "void ahead" | "overrule ahead":
                entry = f"ahead-{number}"
                kind = EventKind(doing.removesuffix(" ahead"))
                more = payload if kind is EventKind.OVERRULE else {}
                journal.act(act(kind, name, at, target=EntryId(entry), payload=more))
                yield
                done.append(given_by(name, rating, certainty, hours + 1, entry))
                keep(journal, done[-1])
            case "rerate" if done:
                target = done[pick % len(done)]
                journal.act(act(EventKind.RERATE, target.card_id, at, payload={"ratings": {target.id: int(rating)}}))
            case "rerate ahead":
                entry = f"ahead-{number}"
                journal.act(act(EventKind.RERATE, name, at, payload={"ratings": {entry: int(rating)}}))
                yield
                done.append(given_by(name, Rating.GOOD, certainty, hours + 1, entry))
                keep(journal, done[-1])
            case "leech":
                done.append(given_by(name, rating, certainty, hours))
                suspend = act(EventKind.SUSPEND, name, at, target=done[-1].id)
                journal.keep(done[-1], STEADY, single(name), [suspend])
            case "flag":
                journal.act(act(EventKind.FLAG, name, at))
            case "other device":
                journal.become_new_device(NOW)
            case _:
                pass
        yield


def assert_follows(journal: Journal) -> None:
    """All that is stored is what the entries give: by a replay of each card, and by one pass over all answers."""
    found = journal.verify()
    assert (found.differing, found.days) == ((), ())
    policies = journal.policies()
    states = journal.states()
    for name in states:
        assert states[name] == replay(name, *journal.history(name), policies)
        standing = standing_reviews(*journal.history(name))
        assert states[name].unsafe == unsafe_by(standing)
        assert states[name].last_answer == last_of(standing)
        assert states[name].progress == scheduled_by(standing, policies)


def scheduled_by(reviews: list[Review], policies: Mapping[Digest, Policy]) -> Progress | None:
    """What comes of the answers that were no practice."""
    progress: Progress | None = None
    for review in reviews:
        if review.mode is not Mode.PRACTICE:
            graded = Graded(review.card_id, review.moment, review.rating)
            progress = advance(progress, graded, policies.get(review.policy, Policy()))
    return progress


def last_of(reviews: list[Review]) -> LastAnswer | None:
    """The latest of them, whatever it was given for."""
    return LastAnswer(reviews[-1].moment.instant, reviews[-1].correct, reviews[-1].certainty) if reviews else None


def unsafe_by(reviews: list[Review]) -> Unsafe | None:
    """The rule by itself, over the wrong and the certain answers alone."""
    since: date | None = None
    proved: date | None = None
    for review in reviews:
        day, certain = review.moment.study_day, review.certainty is Certainty.CERTAIN
        careful = review.response.get(HARM) is False
        if not review.correct and ((certain and not careful) or since is not None):
            since, proved = day, None
        elif review.correct and certain and since is not None and review.mode is not Mode.PRACTICE:
            if proved is None:
                proved = day if (day - since).days >= 7 else None
            elif day > proved:
                since = proved = None
    return None if since is None else Unsafe(since, proved)


@settings(max_examples=30, deadline=None)
@given(HISTORIES)
def test_after_each_entry_all_that_is_derived_is_what_a_replay_gives(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder, closing(Journal.open(Path(folder) / "journal.db", NOW)) as journal:
        for _ in live(journal, steps):
            assert_follows(journal)


@settings(max_examples=15, deadline=None)
@given(HISTORIES, HISTORIES)
def test_two_journals_that_were_merged_give_what_a_rebuild_gives(mine: list[Step], yours: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        journals = [Journal.open(Path(folder) / name / "journal.db", NOW) for name in ("mine", "yours")]
        one, other = journals
        other.become_new_device(NOW)
        for _ in live(one, mine):
            pass
        for _ in live(other, yours):
            pass
        text = io.StringIO()
        other.export_to(text)
        one.import_from(io.StringIO(text.getvalue()), FAR)
        assert_follows(one)
        rows = rows_of(one.path)
        one.rebuild()
        assert rows_of(one.path) == rows
        for opened in journals:
            opened.close()


def rows_of(path: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608 -- our own names
            for table in ("card_state", "day_stat")
        ]


@settings(max_examples=20, deadline=None)
def was_past_learning(standing: Standing) -> bool:
    before = standing.before.progress
    return standing.is_first_of_day and before is not None and before.phase is Phase.REVIEW


@given(HISTORIES)
def test_the_figures_of_the_days_are_those_of_the_answers(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder, closing(Journal.open(Path(folder) / "journal.db", NOW)) as journal:
        for _ in live(journal, steps):
            pass
        days = {START.date() + timedelta(days=number) for number in range(-5, 60)}
        with journal._file.reading() as connection:
            for day in days:
                assert queries._days(connection, day) == queries._days_from_answers(connection, day)
            totals = connection.execute(queries.TOTALS).fetchone()
            assert queries.days_through(connection) == days_by_replay(connection)
        assert journal.totals() == Totals(*totals)
        passes = [
            history_of(card_id, *journal.history(card_id), journal.policies()) for card_id in sorted(journal.states())
        ]
        asked = [standing for standings in passes for standing in standings if was_past_learning(standing)]
        for day in sorted(days):
            ratings = [standing.rating for standing in asked if standing.review.moment.study_day >= day]
            kept = sum(rating is not Rating.AGAIN for rating in ratings)
            assert retention_since(journal.days(), day) == Retention(kept, len(ratings))


def test_ordinary_answers_replay_nothing(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CARDS:
        keep(journal, answer(name))

    def no_replay(*_: object) -> None:
        raise AssertionError("replayed")

    monkeypatch.setattr(Deriving, "replay", no_replay)
    for hours in range(1, 40, 7):
        for name in CARDS:
            keep(journal, answer(name, at=moment_at(START + timedelta(hours=hours))))
    assert_follows(journal)


def test_practice_replays_nothing_and_moves_nothing_but_what_was_last(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(journal, answer("q1"))
    keep(journal, replace(answer("q2"), mode=Mode.PRACTICE))
    before, day = state_in(journal, "q1"), journal.snapshot(NOW.study_day).done
    monkeypatch.setattr(Deriving, "replay", None)
    for hours in (1, 2, 30):
        at = moment_at(START + timedelta(hours=hours))
        keep(journal, replace(answer("q1", Rating.AGAIN, at), mode=Mode.PRACTICE, certainty=Certainty.GUESS))
        keep(journal, replace(answer("q2", Rating.GOOD, at), mode=Mode.PRACTICE))
        last = LastAnswer(at.instant, correct=False, certainty=Certainty.GUESS)
        assert state_in(journal, "q1") == replace(before, last_answer=last)
        assert state_in(journal, "q2").progress is None
    monkeypatch.undo()
    assert_follows(journal)
    assert journal.snapshot(NOW.study_day).done == day
    assert journal.totals().cards == 1
    journal.undo_last(FAR)
    journal.undo_last(FAR)
    last = LastAnswer(START + timedelta(hours=2), correct=False, certainty=Certainty.GUESS)
    assert state_in(journal, "q1") == replace(before, last_answer=last)
    assert_follows(journal)


def test_an_answer_after_practice_on_the_same_day_is_the_first_of_its_day(journal: Journal) -> None:
    for days in (0, 3, 20):
        at = moment_at(START + timedelta(days=days))
        keep(journal, replace(answer("q1", Rating.AGAIN, at), mode=Mode.PRACTICE))
        keep(journal, answer("q1", Rating.EASY, moment_at(at.instant + timedelta(hours=1))))
    assert retention_since(journal.days(), NOW.study_day) == Retention(2, 2)
    assert sum(day.again for day in journal.days()) == 0
    assert sum(day.answers for day in journal.days()) == 6
    assert_follows(journal)


def test_practice_opens_a_case_and_closes_none(journal: Journal) -> None:
    keep(journal, replace(answer("q1", Rating.AGAIN), mode=Mode.PRACTICE))
    opened = Unsafe(NOW.study_day)
    assert state_in(journal, "q1").unsafe == opened
    for days in (8, 16, 24):
        keep(journal, replace(answer("q1", at=moment_at(START + timedelta(days=days))), mode=Mode.PRACTICE))
        assert state_in(journal, "q1").unsafe == opened
    for days in (30, 31):
        keep(journal, answer("q1", at=moment_at(START + timedelta(days=days))))
    assert state_in(journal, "q1").unsafe is None
    assert_follows(journal)


def test_what_makes_no_sense_of_an_answer_is_refused_in_words(journal: Journal) -> None:
    practised, right, wrong = (
        replace(answer("q1", Rating.AGAIN), mode=Mode.PRACTICE),
        answer("q2"),
        answer("q3", Rating.AGAIN),
    )
    for one in (practised, right, wrong):
        keep(journal, one)
    with pytest.raises(KeepError, match="That was practice: it has no rating"):
        journal.act(act(EventKind.OVERRULE, target=practised.id, payload={"rating": 2}))
    with pytest.raises(KeepError, match="That answer was right"):
        journal.act(entry_of(Miss(right.id, MissReason.SLIP), right.card_id, NOW))
    for reason in MissReason:
        journal.act(entry_of(Miss(wrong.id, reason), wrong.card_id, NOW))
        assert misses(journal) == {wrong.id: reason}
    journal.undo_last(FAR)
    assert misses(journal) == {wrong.id: MissReason.SLIP}
    text = io.StringIO()
    journal.export_to(text)
    with closing(Journal.open(journal.path.parent / "other" / "journal.db", NOW)) as other:
        other.import_from(io.StringIO(text.getvalue()), FAR)
        assert misses(other) == {wrong.id: MissReason.SLIP}
        assert [review.mode for review in other.history(CardId("q1"))[0]] == [Mode.PRACTICE]
        assert other.states() == journal.states()
    assert_follows(journal)


def state_in(journal: Journal, name: str) -> CardState:
    found = journal.state(CardId(name))
    assert found is not None
    return found


def misses(journal: Journal) -> object:
    return misses_of(in_force(*journal.history(CardId("q3"))).events)


@pytest.mark.parametrize(
    "doing", ["retry", "clock back", "same instant", "earlier day", "act later", "voided ahead", "followed"]
)
def test_what_could_move_another_entry_is_replayed(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, doing: str
) -> None:
    keep(journal, answer("q1"))
    first = answer("q1", at=moment_at(START + timedelta(hours=5)))
    keep(journal, first)
    journal.act(act(EventKind.VOID, target=EntryId("ahead")))
    replayed = []
    by_replay = Deriving.replay

    def replaying(self: Deriving, card_id: CardId, added: Collection[EntryId]) -> CardState:
        replayed.append(card_id)
        return by_replay(self, card_id, added)

    monkeypatch.setattr(Deriving, "replay", replaying)
    later = moment_at(START + timedelta(hours=6))
    match doing:
        case "retry":
            keep(journal, first)
        case "clock back":
            keep(journal, answer("q1", at=moment_at(START + timedelta(hours=4))))
        case "same instant":
            keep(journal, answer("q1", at=first.moment))
        case "earlier day":
            yesterday = START.date() - timedelta(days=1)
            keep(journal, answer("q1", at=replace(later, study_day=yesterday)))
        case "act later":
            journal.act(act(EventKind.FLAG, at=FAR))
            replayed.clear()
            keep(journal, answer("q1", at=later))
        case "voided ahead":
            keep(journal, answer("q1", at=later, entry="ahead"))
        case _:
            followed = [act(EventKind.SUSPEND, at=later)]
            journal.keep(answer("q1", at=later), STEADY, single("q1"), followed)
    assert replayed
    assert_follows(journal)


# What changes states without an entry about them


def derived_in(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        [(value,)] = connection.execute("SELECT value FROM derived WHERE name = ?", (name,))
        return int(value)


def test_the_generation_goes_up_only_where_states_change_without_an_entry(journal: Journal) -> None:
    keep(journal, answer("q1"))
    journal.act(act(EventKind.FLAG))
    journal.undo_last(FAR)
    assert derived_in(journal.path, "generation") == 0
    journal.rebuild()
    assert derived_in(journal.path, "generation") == 1


def test_a_policy_that_comes_after_its_answers_is_a_new_generation(journal: Journal) -> None:
    text = io.StringIO()
    keep(journal, answer("q1"))
    journal.export_to(text)
    policy_later = [line for line in text.getvalue().splitlines() if '"policy", "card_id"' not in line]
    with closing(Journal.open(journal.path.parent / "other" / "journal.db", NOW)) as other:
        other.import_from(io.StringIO("\n".join(policy_later)), NOW)
        assert derived_in(other.path, "generation") == 0
        other.import_from(io.StringIO(text.getvalue()), NOW)
        assert derived_in(other.path, "generation") == 1
        assert other.states() == journal.states()
        assert_follows(other)


# A journal of an older format


def test_an_older_journal_says_the_same_before_and_after_it_is_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    shutil.copy(SCHEMA_1, path)
    monkeypatch.setattr("sciaquiz.store.journal.SETTLING_SECONDS", 0)
    with closing(Journal.open(path, NOW)) as journal:
        assert derived_in(path, "settled") == 0
        before, totals, days = seen_in(journal), journal.totals(), journal.days()
        assert sum(day.answers for day in days) == totals.answers
        assert journal.verify().sound
        assert totals.answers > 0
        assert any(state.unsafe for state in before[0].states.values())
        keep(journal, answer("q2", at=FAR))  # one card is settled by its answer
        assert journal.verify().sound
        mixed = journal.snapshot(FAR.study_day)
        journal.undo_last(FAR)
        assert seen_in(journal) == before
    monkeypatch.undo()
    monkeypatch.setattr(opening, "AT_ONCE", 1)
    with closing(Journal.open(path, NOW)) as journal:
        assert derived_in(path, "settled") == 1
        assert derived_in(path, "generation") > 0
        assert (seen_in(journal), journal.totals(), journal.days()) == (before, totals, days)
        assert_follows(journal)
        keep(journal, answer("q2", at=FAR, entry="again"))
        assert journal.snapshot(FAR.study_day).done == mixed.done


def test_a_careful_error_opens_no_case_in_a_journal_that_is_not_settled_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    shutil.copy(SCHEMA_1, path)
    monkeypatch.setattr("sciaquiz.store.journal.SETTLING_SECONDS", 0)
    with closing(Journal.open(path, NOW)) as journal:
        for name, harm in (("careful", False), ("harmful", True), ("plain", None)):
            said = {} if harm is None else {HARM: harm}
            keep(journal, replace(answer(name, Rating.AGAIN, FAR), response={"chosen": "o1", **said}))
        states = journal.snapshot(FAR.study_day).states
    assert [bool(states[CardId(name)].unsafe) for name in ("careful", "harmful", "plain")] == [False, True, True]


@settings(max_examples=25, deadline=None)
@given(HISTORIES)
def test_a_journal_of_schema_2_says_after_its_migration_what_was_answered_last(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with closing(Journal.open(path, NOW)) as journal:
            for _ in live(journal, [step for step in steps if step[0] not in ("practice", "miss")]):
                pass
            states = journal.states()
        with closing(sqlite3.connect(path)) as connection:
            for column in ("last_answer_ms", "last_answer_correct", "last_answer_certainty", "fast_stability"):
                connection.execute(f"ALTER TABLE card_state DROP COLUMN {column}")
            connection.execute("PRAGMA user_version = 2")
            connection.commit()
        with closing(Journal.open(path, NOW)) as journal:
            assert journal.states() == states
            assert_follows(journal)
        assert path.with_name("journal.pre-v3.db").exists()


def test_a_day_that_is_damaged_is_counted_from_the_answers(journal: Journal) -> None:
    for name in CARDS:
        keep(journal, answer(name))
    before, totals = seen_in(journal), journal.totals()
    for value in (None, "x", 0.5, -1):
        with closing(sqlite3.connect(journal.path)) as connection:
            connection.execute("UPDATE day_stat SET answers = ?", (value,))
            connection.commit()
        assert (seen_in(journal), journal.totals()) == (before, totals)
        assert journal.verify().days == ("2026-11-22 demo",)
        keep(journal, answer("q1", entry=f"again-{value}"))  # no figure keeps an answer from being kept
        journal.undo_last(NOW)
        if value != -1:
            assert (seen_in(journal), journal.totals()) == (before, totals)
        journal.rebuild()
        assert_follows(journal)
