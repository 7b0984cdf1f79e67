"""`sciaquiz exam`: planning for an exam, what is said of the plan, today's part of it, and normal life afterwards."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from commanding import NOW, sciaquiz
from making import written
from remembering import noon
from sciaquiz.clock import FixedClock
from sciaquiz.exam.outlook import outlook, today, variants
from sciaquiz.exams import ahead_in, exams_in, prepare, todays_part
from sciaquiz.journal.entries import Mode
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.store.journal import Journal
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("started_before")
NUMBER = 12
ADD = ("exam", "add", "Anatomy practical", "--date", "2026-12-18", "--decks", "demo")


@pytest.fixture(autouse=True)
def deck() -> None:
    """A deck of twelve questions in the student's own folder: half of them on roots, half on variants."""
    names = [f"q{number}" for number in range(NUMBER)]
    roots = written(*names[:6], more='topics = ["nerve roots"]')
    tail = written(*names[6:], more='topics = ["variants"]').partition("[[question]]")
    path = user_paths().decks / "demo.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(roots + tail[1] + tail[2], encoding="utf-8")


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    from datetime import datetime

    found = Workspace(paths=user_paths(), settings=Settings(), clock=FixedClock(datetime.fromisoformat(NOW)), places=())
    yield found
    found.close()


def said(*arguments: str, **given: str) -> str:
    done = sciaquiz(*arguments, **given)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_exam_is_added_shown_changed_and_removed_in_words_and_json() -> None:
    assert "There is no exam." in said("exam")
    told = said(
        *ADD,
        "--blueprint",
        "Nerve roots=60",
        "variants=40",
        "--minutes",
        "30",
        "--days-off",
        "sat,sun",
        "--target",
        "80",
        "--questions",
        "60",
    )
    assert told.startswith(
        "anatomy-practical: Anatomy practical, 18 Dec, in 26 days; 30 min a day, not on Saturday, Sunday, target 80%\n"
    )
    shown = said("exam", "show")
    assert "expected on 18 Dec if you do 30 minutes a day. On a paper of 60 questions chance adds to that:" in shown
    assert "Answer 20 questions first; until then this is a guess." in shown
    assert "nerve-roots, 60%" in shown
    assert "30 days after it you would still recall about" in shown
    assert "a mock exam is the only check." in shown
    assert "With 40 minutes a day:" in shown
    assert "Today: nothing is planned." in shown  # a Sunday
    figures = json.loads(said("exam", "show", "--json", "--without", "variants"))
    assert [part["name"] for part in figures["parts"]] == ["nerve-roots", "variants"]
    assert figures["expected"]["low"] <= figures["expected"]["score"] <= figures["expected"]["high"]
    assert figures["without"]["score"] <= figures["expected"]["score"]
    assert len(figures["days"]) == 26
    said("exam", "change", "anatomy-practical", "--minutes", "45", "--days-off", "none", "--name", "Anatomy")
    [exam] = json.loads(said("exam", "list", "--json"))
    assert (exam["id"], exam["name"], exam["minutes"], exam["days_off"]) == ("anatomy-practical", "Anatomy", 45, [])
    assert "stay as they are" in said("exam", "remove", "Anatomy")
    assert "There is no exam." in said("exam", "list")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--date", "2026-11-20"), "2026-11-20 is not ahead: today is 2026-11-22."),
        (("--minutes", "0"), "Minutes a day are from 5 to 600, not 0."),
        (("--blueprint", "nerve-rots=100"), "No question of these decks has the topic 'nerve-rots'. Did you mean nerve-roots?"),
        (("--blueprint", "variants=40", "nerve-roots=50"), "come to 90, not 100: 10 too few"),
        (("--blueprint", "variants=40", "variants=60"), "has 'variants' twice"),
        (("--blueprint", "demo=60", "variants=40"), "Name 'variants' first."),
        (("--decks", "dem"), "There is no deck 'dem'. Did you mean demo?"),
        (("--target", "150"), "The target is a percentage from 1 to 100, not 150."),
        (("--days-off", "mon", "tue", "wed", "thu", "fri", "sat", "sun"), "With every day off"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_refused_and_nothing_is_kept(more: tuple[str, ...], words: str) -> None:
    done = sciaquiz(*ADD, *more)
    assert done.returncode == 1
    assert words in done.stderr
    assert json.loads(said("exam", "list", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("exam", "add", "x", "--date", "soon"), "must be a day such as 2027-02-18"),
        (("exam", "add", "x", "--minutes", "99999"), "must be a whole number from 0 to 9999, not '99999'"),
        ((*ADD, "--blueprint", "roots"), "must be a topic or deck and its percent"),
        ((*ADD, "--minutes", "-5"), "must be a whole number"),
        ((*ADD, "--days-off", "holiday"), "must be days of the week"),
    ],
)
def test_what_means_nothing_is_a_usage_error(arguments: tuple[str, ...], words: str) -> None:
    done = sciaquiz(*arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_an_exam_that_is_over_or_unknown_is_named() -> None:
    assert "When is the exam?" in sciaquiz("exam", "add", "x").stderr
    assert "There is no exam ahead." in sciaquiz("exam", "show").stderr
    said(*ADD)
    assert "already" in sciaquiz(*ADD).stderr
    assert "Did you mean anatomy-practical?" in sciaquiz("exam", "show", "anatomy-practicl").stderr


def test_of_an_exam_that_is_over_it_is_told_what_came_of_it() -> None:
    said(*ADD)
    over = {"SCIAQUIZ_NOW": "2026-12-18T09:00:00+01:00"}
    told = said("exam", "show", "anatomy-practical", **over)
    assert told.startswith("Anatomy practical was on 18 Dec. It is over")
    assert "None of them was asked again since." in told
    tells = "sciaquiz exam show anatomy-practical"
    assert f"Exam: Anatomy practical today. For what came of it: {tells}\n" in said("decks", **over)
    assert f"Exam: Anatomy practical in 26 days. For what the plan brings: {tells}\n" in said("decks")
    figures = json.loads(said("exam", "show", "anatomy-practical", "--json", **over))
    assert (figures["exam"]["id"], figures["asked_since"], figures["right_since"]) == ("anatomy-practical", 0, 0)
    assert "nothing left to plan" in sciaquiz("exam", "show", "anatomy-practical", "--without", "roots", **over).stderr
    assert "There is no exam ahead." in sciaquiz("exam", "today", **over).stderr


def test_todays_part_is_an_ordinary_sitting_and_ends_when_the_minutes_are_over() -> None:
    said(*ADD, "--minutes", "5")
    listed = json.loads(said("exam", "today", "--json"))
    assert listed["minutes"] == 5
    assert len(listed["cards"]) >= 6
    held = said("exam", "today", "--plain", said="a3\na3\nquit\n")
    assert held.startswith("Today's part of your plan ends after 5 min.\n")
    assert "Answers count as reviews." in held
    with closing(Journal.open(user_paths().journal, noon(400))) as journal:
        reviews = [review for card in listed["cards"] for review in journal.history(card)[0]]
    assert [review.mode for review in reviews] == [Mode.STUDY, Mode.STUDY]
    again = json.loads(said("exam", "today", "--json"))
    assert not {review.card_id for review in reviews} & set(again["cards"])
    plain = sciaquiz("exam", "today")
    assert "sciaquiz exam today --plain" in plain.stderr


def test_the_queue_is_the_same_with_an_exam_without_it_and_after_it(workspace: Workspace) -> None:
    def queue() -> list[list[str]]:
        workspace.snapshot()
        pool = workspace.pool(workspace.library.decks)
        days = (date(2026, 11, 22), date(2026, 12, 17), date(2026, 12, 20))
        works = [pool.workload(day, workspace.limits, unsafe={}) for day in days]
        return [[waiting.card_id for waiting in work.woven()] for work in works]

    before = queue()
    said(*ADD)
    assert queue() == before
    said("exam", "remove", "anatomy-practical")
    assert queue() == before
    assert exams_in(workspace.journal) == ()
    with closing(Journal.open(user_paths().journal, noon(400))) as journal:
        assert journal.states() == {}


def test_what_an_exam_was_about_may_be_gone() -> None:
    path = user_paths().decks / "demo.toml"
    said(*ADD, "--blueprint", "variants=100")
    path.write_text(path.read_text(encoding="utf-8").replace('"variants"', '"other"'), encoding="utf-8")
    assert [part["name"] for part in json.loads(said("exam", "show", "--json"))["parts"]] == ["nerve-roots", "other"]
    path.unlink()
    assert "the decks of this exam are not installed" in sciaquiz("exam", "show").stderr
    said("exam", "add", "Other", "--date", "2027-01-10", "--decks", "red-flags")
    assert json.loads(said("exam", "today", "--json"))["cards"]
    assert "not installed" in sciaquiz("exam", "show", "anatomy-practical").stderr
    moved = sciaquiz("exam", "change", "other", "--date", "2027-02-01", SCIAQUIZ_NOW="2027-01-20T09:00:00+01:00")
    assert moved.returncode == 0


def test_the_same_journal_exam_and_day_give_the_same_plan_and_two_exams_share_the_day(workspace: Workspace) -> None:
    said(*ADD, "--minutes", "10")
    said("exam", "add", "Resit", "--date", "2027-01-10", "--decks", "demo", "--minutes", "20", "--target", "100")
    exams = ahead_in(workspace.journal, date(2026, 11, 22))
    preparation = prepare(workspace, exams)
    assert prepare(workspace, exams) == preparation
    assert outlook(preparation, 0) == outlook(preparation, 0)
    choice = todays_part(preparation)
    assert choice is not None
    assert choice.minutes == 20
    assert today(preparation, reserve=False).seconds <= 20 * 60 * 1.1
    told = variants(preparation, 1)
    assert told.best is not None
    assert told.needed is None
    assert told.more.score >= outlook(preparation, 1).then.score
    assert told.less is not None
    assert told.less.score <= told.more.score
