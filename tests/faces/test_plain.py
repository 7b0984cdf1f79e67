"""Plain mode: the same sitting as lines, by the command line and with a real journal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz, sciaquiz_process

if TYPE_CHECKING:
    from pathlib import Path

DECK = """
id = "demo"
title = "Demo"
version = "1"
licence = "CC0"
[[source]]
id = "gray"
citation = "Gray's Anatomy"
[[question]]
id = "nerve-of-inversion"
kind = "single"
stem = "Inversion is weak.\\n\\nWhich nerve?"
explanation = "Tibialis posterior inverts."
sources = ["gray"]
shuffle = false
[[question.options]]
id = "tibial"
text = "Tibial nerve"
correct = true
why = "It supplies tibialis posterior."
[[question.options]]
id = "fibular"
text = "Common fibular nerve"
why = "It everts."
[[question.options]]
id = "femoral"
text = "Femoral nerve"
why = "It extends the knee."
[[question]]
id = "say-it"
kind = "recall"
stem = "Name the roots."
answer = "L4 to S3."
sources = ["gray"]
explanation = "All of them."
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "demo.toml"
    path.write_text(DECK, encoding="utf-8")
    return path


def test_one_question_from_a_pipe_is_answered_and_saved(deck: Path) -> None:
    done = sciaquiz_process("study", str(deck), "--record", "--plain", "--limit", "1", said="a\n2\n")
    assert done.returncode == 0, done.stderr
    assert "Demo, 1 of 1." in done.stdout
    assert "Right. You thought so." in done.stdout
    assert [line for line in done.stdout.splitlines() if line.startswith("Saved.")] == ["Saved. Back in 10 min."]
    assert "1 answer, 1 right." in done.stdout


def test_wrong_names_the_right_option_and_both_reasons(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", "--limit", "1", said="b3\n")
    assert "Wrong. You were certain.\nThe answer is a, Tibial nerve." in done.stdout
    assert "b: It everts." in done.stdout
    assert "a: It supplies tibialis posterior." in done.stdout
    assert "Source: Gray's Anatomy" in done.stdout
    assert "Look again: Demo: Inversion is weak. Which nerve? (nerve-of-inversion)" in done.stdout


def test_end_of_input_ends_the_sitting_cleanly(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", said="")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No answers in this sitting." in done.stdout


def test_end_of_input_before_certainty_keeps_nothing(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", said="a\n")
    assert done.returncode == 0
    assert "Saved." not in done.stdout


def test_recall_is_shown_then_graded(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", "--limit", "2", said="a3\n\n4\n")
    assert "L4 to S3." in done.stdout
    assert done.stdout.count("Saved.") == 2
    assert "2 answers, 2 right." in done.stdout


def test_undo_takes_back_the_last_answer_and_asks_it_again(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", said="b3\n:undo\na3\n")
    assert "Undone" in done.stdout
    assert done.stdout.count("Which nerve?") == 2
    assert "1 answer, 1 right." in done.stdout
    verified = sciaquiz("journal", "verify")
    assert verified.returncode == 0, verified.stdout


@pytest.mark.parametrize("word", ["back", "undo", "u", "/undo", ":back"])
def test_an_answer_just_typed_is_taken_back_at_how_sure(deck: Path, word: str) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", "--limit", "1", said=f"b\n{word}\na\n3\n")
    assert "Taken back: nothing was kept." in done.stdout
    assert done.stdout.count("  b. Common fibular nerve") == 2
    assert "Right. You were certain." in done.stdout
    assert done.stdout.count("Saved.") == 1
    assert "1 answer, 1 right." in done.stdout


def test_commands_at_the_grade_are_done_and_a_grade_is_never_an_overruling(deck: Path) -> None:
    said = "a3\n:flag\n\nwhy\n/help\n/nonsense\nnote of Mine\nhint\n/good\n"
    done = sciaquiz("study", str(deck), "--record", "--plain", "--limit", "2", said=said)
    for told in ("After the answer", "There is no such command.", "Note kept.", "A hint comes before the answer."):
        assert told in done.stdout
    exported = [json.loads(line) for line in sciaquiz("journal", "export").stdout.splitlines()]
    assert [entry["rating"] for entry in exported if "rating" in entry] == [3, 3]
    assert [entry["kind"] for entry in exported if entry.get("kind") in ("note", "flag", "overrule")] == [
        "flag",
        "note",
    ]
    assert "of Mine" in json.dumps(exported)


def test_a_grade_at_how_sure_does_not_overrule_the_answer_before(deck: Path) -> None:
    typed = DECK.replace('kind = "recall"', 'kind = "typed"').replace('answer = "L4 to S3."', 'answers = ["L4 to S3"]')
    deck.write_text(typed, encoding="utf-8")
    done = sciaquiz("study", str(deck), "--record", "--plain", said="a3\nL4 to S3\nhard\nskip\n")
    assert "Please type 1, 2 or 3, or back." in done.stdout
    assert "Rated" not in done.stdout
    assert "1 answer, 1 right." in done.stdout


def test_words_that_are_not_answers_are_explained_and_cost_nothing(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", "--limit", "1", said="?\nz\nskip it\na\n9\n2\n")
    assert "After the answer" in done.stdout
    assert "Please type one of the letters a to c" in done.stdout
    assert "Please type 1, 2 or 3, or back." in done.stdout
    assert done.stdout.count("Saved.") == 1


def test_overruling_is_kept_beside_the_answer(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", said="a3\n/easy\n")
    assert "Rated “Easy” instead." in done.stdout
    exported = [json.loads(line) for line in sciaquiz("journal", "export").stdout.splitlines()]
    ratings = [entry["rating"] for entry in exported if "rating" in entry]
    assert ratings == [3]


def test_skipped_suspended_and_buried_cards_leave_the_sitting(deck: Path) -> None:
    told = {
        "skip": "Put off: it comes later in this sitting.",
        "suspend": "Suspended",
        "bury": "Put off until tomorrow.",
    }
    for word, said in told.items():
        done = sciaquiz(
            "study", str(deck), "--record", "--plain", said=f"{word}\n", SCIAQUIZ_HOME=str(deck.parent / word)
        )
        assert "Name the roots." in done.stdout, word
        assert said in done.stdout


def test_certainty_can_be_switched_off(deck: Path, home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("[answering]\nask_certainty = false\n", encoding="utf-8")
    done = sciaquiz("study", str(deck), "--record", "--plain", "--limit", "1", said="a\n")
    assert "How sure" not in done.stdout
    assert "Saved." in done.stdout


def test_the_journal_knows_what_the_deck_said_at_the_time(deck: Path) -> None:
    sciaquiz("study", str(deck), "--record", "--plain", "--limit", "1", said="a3\n")
    deck.write_text(DECK.replace("Which nerve?", "Which nerve supplies it?"), encoding="utf-8")
    sciaquiz(
        "study", str(deck), "--record", "--plain", "--limit", "1", said="a3\n", SCIAQUIZ_NOW="2026-11-23T09:00:00+01:00"
    )
    exported = sciaquiz("journal", "export").stdout
    versions = {entry["question_version"] for line in exported.splitlines() if "rating" in (entry := json.loads(line))}
    assert len(versions) == 2
    assert "Which nerve?" in exported
    assert "Which nerve supplies it?" in exported


def test_a_bad_question_is_named_and_the_others_are_asked(deck: Path) -> None:
    deck.write_text(DECK.replace("correct = true\n", ""), encoding="utf-8")
    done = sciaquiz("study", str(deck), "--record", "--plain", said="")
    assert f"{deck}:" in done.stderr
    assert "nerve-of-inversion" in done.stderr
    assert "Name the roots." in done.stdout


def test_a_deck_of_which_nothing_can_be_asked_is_a_failure_and_names_its_first_error(deck: Path) -> None:
    broken = DECK.replace("correct = true\n", "").replace('answer = "L4 to S3."\n', "")
    deck.write_text(broken, encoding="utf-8")
    done = sciaquiz("study", str(deck), "--record", "--plain", said="a3\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"sciaquiz: {deck}:")
    assert "no option is marked correct" in done.stderr
    assert "No question can be asked. It is the first of 2 errors" in done.stderr
    deck.write_text("this is no deck", encoding="utf-8")
    done = sciaquiz("study", str(deck), "--record", "--plain", said="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"sciaquiz: {deck}:1:")
    assert "No question can be asked." in done.stderr


def test_what_is_sound_beside_a_broken_question_is_studied(deck: Path) -> None:
    deck.write_text(DECK.replace("correct = true\n", ""), encoding="utf-8")
    done = sciaquiz("study", str(deck), "--record", "--plain", said="\n3\n")
    assert done.returncode == 0
    assert "1 answer, 1 right." in done.stdout


def test_without_a_terminal_the_app_says_what_to_do_instead() -> None:
    done = sciaquiz(said="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sciaquiz: this is not a terminal. Use: sciaquiz study --plain\n"


def test_an_unknown_deck_is_answered_with_the_nearest() -> None:
    done = sciaquiz("study", "nerve-root", "--plain", said="")
    assert done.returncode == 1
    assert "Did you mean nerve-roots?" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_reasons_of_the_last_card_are_read_and_it_can_be_suspended(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", said="reasons\na3\n:reasons\n:suspend last\n:skip\n")
    assert "There is no answer yet whose reasons could be read." in done.stdout
    assert "Right: Tibial nerve. It supplies tibialis posterior." in done.stdout
    assert "Wrong: Common fibular nerve. It everts." in done.stdout
    assert "Wrong: Femoral nerve. It extends the knee." in done.stdout
    exported = [json.loads(line) for line in sciaquiz("journal", "export").stdout.splitlines()]
    [suspended] = [entry["card_id"] for entry in exported if entry.get("kind") == "suspend"]
    assert suspended == "nerve-of-inversion"


def test_reasons_never_answer_the_question_that_is_asked_again(deck: Path) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", said="a1\n:skip\n:skip\nreasons\n")
    assert done.stdout.count("Which nerve?") >= 2
    assert "This question is the last one again: answer it first." in done.stdout
    assert "Right: Tibial nerve." not in done.stdout


def test_an_ascii_terminal_does_not_stop_it(deck: Path) -> None:
    done = sciaquiz_process(
        "study", str(deck), "--record", "--plain", "--limit", "1", said="a3\n",
        LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0",
    )  # fmt: skip
    assert done.returncode == 0
    assert "Saved." in done.stdout


def test_a_grade_in_practice_promises_no_day(deck: Path) -> None:
    said = sciaquiz("study", str(deck), "--record", "--plain", "--practice", "--kind", "recall", said="\n3\n\n").stdout
    assert "How did it go (1 again, 2 hard, 3 good, 4 easy): 3" in said
    assert "Saved. Practice: the schedule stays as it is." in said
