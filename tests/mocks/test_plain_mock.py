"""A mock exam in plain lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from signal import SIGKILL
from typing import TYPE_CHECKING

import pytest

from asking import DECK, SHOWCASE
from commanding import NOW, sciaquiz
from sciaquiz import mocks
from sciaquiz.cli.opening import open_workspace
from sciaquiz.mock.attempt import By
from sciaquiz.plain.mock import PlainMock, told_apart
from sciaquiz.plain.talking import Talking
from sciaquiz.study.safekeeping import SafeKeeping
from sciaquiz.view.mock import ENDED_ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN = ("mock", "--plain", "--record", str(SHOWCASE))
SEED = ("--seed", "3", "--n", "12")

pytestmark = pytest.mark.usefixtures("started_before")


def held(*lines: str, more: Sequence[str] = SEED) -> str:
    done = sciaquiz(*PLAIN, *more, said="".join(f"{line}\n" for line in lines))
    assert done.returncode == 0, done.stderr
    return done.stdout


def result() -> dict[str, object]:
    found: dict[str, object] = json.loads(sciaquiz("mock", "--results", "--json").stdout)
    return found


def test_nothing_is_said_of_right_or_wrong_before_the_end() -> None:
    said = held(*["a", "b", "tf", ""] * 9, "pause")
    before = said[: said.index("Paused")].lower()
    assert "12 questions, 1 h. If you leave: it waits, the clock stops. Answers are told at the end." in said
    for question in DECK.questions:
        assert not question.explanation or question.explanation[:30].lower() not in before
    assert not any(told in before for told in ("– right", "– wrong", "right: ", "✓", "✗"))


def test_it_is_paused_when_the_input_ends_gone_on_with_and_handed_in() -> None:
    said = held(":flag", ":go 5", ":clock", ":overview", ":first")
    assert "Flagged." in said
    assert "Question 5 of 12." in said
    assert "The clock is hidden." in said
    assert "Open: 1–12." in said
    assert "Paused: 0 answered, 1 flagged, 60:00 left. To go on: sciaquiz mock --plain --resume" in said
    said = held(":hand in", "y", more=["--resume"])
    assert "Trial" not in said
    assert "12 questions have no answer and would count as wrong. Hand in?" in said
    assert "0 of 12, 0%, not passed, the mark is 60%." in said
    assert "12 questions had no answer and counted as wrong." in said
    assert result()["right"] == 0


def test_every_question_can_be_gone_through_with_its_key_and_reasons() -> None:
    held(":hand in", "y")
    said = held(":hand in", "y", "all", more=["--seed", "3"])
    assert said.count("No answer.") == len({card.question.id for card in DECK.cards()})
    assert "Right: " in said
    assert "; False. " in said
    assert " – " in said.split("k-hotspot)")[1].split("\n")[2]


def test_a_graded_question_is_gone_through_with_its_key() -> None:
    said = held("show", "3", ":hand in", "y", "all", more=["--seed", "3", "id:d-recall"])
    assert "You graded it “Good”.\nRight: " in said


def test_the_same_seed_asks_the_same_questions_and_the_list_has_what_waits_and_what_is_past() -> None:
    first, second = (held(":hand in", "y", "quit") for _ in range(2))
    assert first == second
    held(":pause")
    told = sciaquiz("mock", "--list").stdout
    assert "A mock exam waits: 0 of 12 answered, 60:00 left. To go on: sciaquiz mock --resume" in told
    assert "1. Sun 22 Nov  Mock exam: 0 of 12 (0%), not passed, the mark is 60%" in told
    assert "2. Sun 22 Nov" in told
    listed = json.loads(sciaquiz("mock", "--list", "--json").stdout)
    assert len(listed["handed_in"]) == 2
    assert [(each["answered"], each["of"], each["left_seconds"]) for each in listed["waiting"]] == [(0, 12, 3600)]
    assert "A mock exam waits: 0 of 12 answered, 60:00 left." in sciaquiz("decks").stdout


def test_of_several_that_wait_one_is_chosen_by_its_number() -> None:
    for title, answered in (("Roots", []), ("Discs", [":flag"])):
        held(*answered, more=[*SEED, "--title", title])
    roots, discs = "Roots, 0 of 12 answered, 60:00 left", "Discs, 0 of 12 answered, 60:00 left"
    waiting = [f"Mock exam {number} of those that wait: {told}. To go on: sciaquiz mock --resume {number}"
               for number, told in enumerate((discs, roots), start=1)]  # fmt: skip
    for listing in (sciaquiz("mock", "--list").stdout, sciaquiz("decks").stdout):
        assert [line for line in listing.splitlines() if "waits" in line or "wait:" in line] == waiting
    asked = held("3", "9" * 5000, "2", more=["--resume"])
    assert f"1. {discs}\n2. {roots}\n" in asked
    assert asked.count("Please type a number from 1 to 2, or q.") == 2
    assert f"\n{roots}.\n" in asked
    assert f"{discs}.\n" in held(more=["--resume", "1"])
    for arguments, told in (
        ([], "none was chosen; they all wait."),
        (["3"], "no mock exam that waits has the number 3"),
    ):
        done = sciaquiz(*PLAIN, "--resume", *arguments)
        assert (done.returncode, told in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--blueprint", "nothing=3"], "No question here has the topic or the deck 'nothing'. There are: anatomy, "),
        (["--blueprint", "anatomi=3"], "No question here has the topic or the deck 'anatomi'. Did you mean anatomy?"),
        (["--blueprint", "=3"], "must be a topic or a deck and its share above 0, as in imaging=20"),
        (["--blueprint", "anatomy=0"], "its share above 0, as in imaging=20"),
        (["--blueprint", "anatomy=1e308", "discs=1e308"], "its share above 0, as in imaging=20"),
        (["--pass", "101"], "must be a percentage from 0 to 100"),
        (["--minutes", "601"], "a mock exam takes up to 600 minutes."),
        (["--resume"], "no mock exam waits. To begin one: sciaquiz mock"),
        (["--results", "9"], "there is no such mock exam. To see which there are: sciaquiz mock --list"),
    ],
)
def test_what_cannot_be_says_why(arguments: list[str], told: str) -> None:
    done = sciaquiz(*PLAIN, *arguments)
    assert done.returncode
    assert told in done.stderr


def test_a_word_is_a_command_only_where_it_is_no_answer() -> None:
    assert told_apart(":flag", None) == told_apart("*", None)
    assert told_apart("b", None) == told_apart("back", None)
    assert told_apart("piriformis", None) == "piriformis"


def test_killed_at_any_moment_it_has_every_answer_that_was_saved() -> None:
    """Two processes are killed, each in the middle of answering; `make faults` does it two hundred times."""
    command = [sys.executable, "-m", "sciaquiz", *PLAIN, "--no-certainty"]
    environment = {**os.environ, "SCIAQUIZ_NOW": NOW}
    saved = 0
    for number in range(2):
        more = ["--resume"] if number else [*SEED]
        with subprocess.Popen(
            [*command, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("first\n" + "a\n\n" * 3)
            process.stdin.flush()
            for line in process.stdout:
                if "answered" in line and "Saved." in line:
                    saved = int(line.split("Saved. ")[1].split()[0])
                if "Question" in line and saved > number:
                    break
            process.send_signal(SIGKILL)
            process.stdin.close()
    told = sciaquiz("mock", "--list").stdout
    assert int(told.split("waits: ")[1].split()[0]) >= saved


def test_one_that_was_handed_in_in_another_window_ends_here_too() -> None:
    held(":pause")
    with open_workspace() as here, open_workspace() as there:
        both = []
        for space in (here, there):
            space.snapshot()
            [attempt] = mocks.open_attempts(space.journal)
            both.append(mocks.go_on(space, space.journal, attempt))
        mocks.hand_in(there.journal, both[1], By.STUDENT)
        out = StringIO()
        face = PlainMock(
            both[0], here.journal, Talking(StringIO(":flag\n:flag\nquit\n"), out), SafeKeeping(here.set_aside)
        )
        assert face.run() == 0
        assert out.getvalue().count(ENDED_ELSEWHERE) == 1
        assert "had no answer and counted as wrong." in out.getvalue()
