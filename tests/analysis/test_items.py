"""Item analysis: formulas held to a worked example and to R's psych, gates, and what cannot be read."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from answering import act, answer, keep
from commanding import sciaquiz
from sciaquiz.analysis.indices import ENOUGH, indices, reliabilities, reliability
from sciaquiz.analysis.logs import PIECE, Line, LogError, Logs, read_logs
from sciaquiz.analysis.report import as_csv, as_html, plain, report_of
from sciaquiz.deck.reading import read_deck
from sciaquiz.journal.entries import EventKind
from sciaquiz.paths import user_paths
from sciaquiz.store.journal import Journal
from sciaquiz.text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DATA = Path(__file__).parent / "data"
HEAD = '{"sciaquiz": "answers", "format": 1}\n'
DECK = """
id = "d"
title = "D <script>"
[[question]]
id = "q0"
kind = "single"
stem = "=Which <b>?"
options = [{ id = "a", text = "A", correct = true }, { id = "b", text = "B" }, { id = "c", text = "C" }]
"""


def line(learner: int, card: str, score: float, **more: Any) -> Line:
    given: dict[str, Any] = {"version": "v", "kind": "single", "number": 1, "correct": score == 1} | more
    return Line(learner=f"l{learner}", deck="d", card=card, score=score, **given)


def logs_of(scores: Sequence[Sequence[float]]) -> Logs:
    """Logs of a class in which everybody answered everything."""
    logs = Logs()
    for learner, row in enumerate(scores):
        for place, score in enumerate(row):
            logs.add(line(learner, f"q{place}", score, exam=1))
    return logs


def test_the_worked_example_gives_its_point_biserial() -> None:
    """p = 0.5, M1 = 7.6, M0 = 4.4 and s = 2.049 give r = 0.781, and the corrected form follows from it."""
    totals, right = np.array([9, 8, 8, 7, 6, 7, 5, 4, 3, 3.0]), np.array([1.0] * 5 + [0.0] * 5)
    r = float(np.corrcoef(totals, right)[0, 1])
    assert r == pytest.approx(0.781, abs=5e-4)
    s_x, s_i = totals.std(), right.std()
    closed = (r * s_x - s_i) / np.sqrt(s_x**2 + s_i**2 - 2 * r * s_x * s_i)
    assert closed == pytest.approx(np.corrcoef(totals - right, right)[0, 1])


def psych_says() -> list[list[str]]:
    """What R says, if it is there; else what it said of the same file (psych 2.2.9)."""
    r = shutil.which("Rscript")
    if r is not None:
        done = subprocess.run(
            [r, str(DATA / "psych.R"), str(DATA / "scores.csv")], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return [row.split() for row in done.stdout.splitlines()]
    return [row.split() for row in (DATA / "psych.txt").read_text(encoding="utf-8").splitlines()]


def test_psych_gives_the_same() -> None:
    with (DATA / "scores.csv").open(encoding="utf-8") as file:
        scores = [[float(value) for value in row] for row in list(csv.reader(file))[1:]]
    (_, alpha), *rows = psych_says()
    [form] = reliabilities(logs_of(scores))
    assert form.alpha == pytest.approx(float(alpha), abs=1e-9)
    assert (form.n, form.k) == (200, 12)
    found = {index.card: index for index in indices(logs_of(scores))}
    for name, mean, item_rest in rows:
        assert found[name].facility == pytest.approx(float(mean), abs=1e-9)
        assert found[name].item_rest == pytest.approx(float(item_rest), abs=1e-6)


def test_upper_and_lower_group_do_not_depend_on_the_order_of_learners_who_are_alike() -> None:
    scores = [[float(learner % 3 == place % 3), *([float(learner % 2)] * 6)] for learner in range(60) for place in (0,)]
    forth, back = indices(logs_of(scores)), indices(logs_of(scores[::-1]))
    assert [each.discrimination for each in forth] == pytest.approx([each.discrimination for each in back])


def test_reliability_of_scores_that_are_all_alike_cannot_be_said() -> None:
    found = reliability([[1, 0], [0, 1], [1, 0]])
    assert (found.alpha, found.error, found.mean) == (None, None, 1.0)


def test_nothing_is_said_of_few_and_only_first_answers_count() -> None:
    few = logs_of([[1, 0, 1, 1, 0, 1]] * (ENOUGH - 1))
    assert all(index.item_rest is None and index.options == () for index in indices(few))
    assert reliabilities(few) == []
    few.add(line(0, "q0", 0, number=2))
    assert (few.later, indices(few)[0].n) == (1, ENOUGH - 1)


def test_texts_of_one_card_are_told_apart() -> None:
    logs = Logs()
    for learner in range(40):
        logs.add(line(learner, "q0", float(learner % 2), version="old" if learner < 25 else "new"))
    assert [(index.version, index.n) for index in indices(logs)] == [("old", 25), ("new", 15)]


def written(path: Path, lines: Iterable[dict[str, Any]]) -> Path:
    path.write_text(HEAD + "".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    return path


def test_a_planted_wrong_key_stands_first_and_nothing_in_the_report_is_taken_for_code(tmp_path: Path) -> None:
    deck = tmp_path / "d.toml"
    deck.write_text(DECK, encoding="utf-8")
    reading = read_deck(deck)
    assert reading.deck is not None
    version = reading.deck.questions[0].version
    logs = Logs()
    for learner in range(80):
        able = learner % 2
        for place in range(1, 7):
            logs.add(line(learner, f"q{place}", float(able)))
        logs.add(line(learner, "q0", 1.0 - able, version=version, chosen=["b" if able else "a"]))
    report = report_of(reading, reading.deck, logs)
    first = report.rows[0]
    assert (first.index.card, [each.code for each in first.advice]) == (
        "q0",
        ["negative", "ambiguous", "unused-option"],
    )
    assert first.place == f"{deck}:4"
    assert "<script>" not in as_html(report)
    assert "<b>?" not in as_html(report)
    rows = list(csv.reader(io.StringIO(as_csv(report))))
    assert rows[1][0] == "q0"
    [told, *_] = json.loads(json_text(plain(report)))["questions"]
    assert {each["option"]: each["chosen"] for each in told["options"]} == {"a": 40, "b": 40}
    deck_file = written(tmp_path / "log.jsonl", [])
    told = sciaquiz("items", str(deck), str(deck_file)).stdout
    assert told.endswith("\n\nThere is no first answer to a question of “d” here.\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "this is no log of answers"),
        ("{}", "this is no log of answers"),
        ('{"sciaquiz": "journal", "format": 1}', "journal export --anonymous"),
        ('{"sciaquiz": "answers", "format": 2}', "please update"),
        (HEAD + "nonsense", ":2: "),
        (HEAD + "\n{}", ":3: "),
        (HEAD + json.dumps({"learner": "l", "deck": "d", "card": "q", "version": "v", "kind": "k", "number": 1,
                            "correct": True, "score": 7}), r":2: Expected `float` <= 1.0 - at `\$.score`"),
        (HEAD + '"' + "x" * 30_000 + '"', ":2: the line is too long"),
    ],
)  # fmt: skip
def test_what_is_no_log_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "log"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LogError, match=told):
        read_logs([path], "d")


def test_a_line_far_into_a_log_has_its_own_number(tmp_path: Path) -> None:
    entry = {"learner": "a", "deck": "d", "card": "q", "version": "v", "kind": "typed", "number": 1, "score": 1.0}
    log = written(tmp_path / "log.jsonl", [entry | {"correct": True}] * 2_000)
    assert log.stat().st_size > 2 * PIECE
    assert read_logs([log], "d").lines == 2_000
    with log.open("a", encoding="utf-8") as file:
        file.write("\n{}\n")
    with pytest.raises(LogError, match=":2003: "):
        read_logs([log], "d")


def test_a_log_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    entry = {"learner": "a", "deck": "d", "card": "q", "version": "v", "kind": "typed", "number": 1}
    log = written(tmp_path / "log.jsonl", [entry | {"correct": True, "score": 1.0}])
    (tmp_path / "link.jsonl").symlink_to(log)
    assert read_logs([log, tmp_path / "link.jsonl", tmp_path / "." / "log.jsonl"], "d").lines == 1


def test_an_anonymous_export_says_nothing_of_the_student(home: Path) -> None:
    home.mkdir()
    journal = Journal.open(user_paths().journal, answer().moment)
    for name in ("q1", "q2", "q1"):
        keep(journal, answer(name))
    voided = answer("q2")
    keep(journal, voided)
    journal.act(act(EventKind.VOID, "q2", target=voided.id))
    journal.act(act(EventKind.NOTE, payload={"text": "my secret"}))
    device = journal._writer.device
    journal.close()
    out = sciaquiz("journal", "export", "--anonymous", SCIAQUIZ_HOME=str(home)).stdout
    header, *rows = [json.loads(each) for each in out.splitlines()]
    assert header == json.loads(HEAD)
    assert [(row["card"], row["number"], row["chosen"]) for row in rows] == [
        ("q1", 1, ["o0"]), ("q2", 1, ["o0"]), ("q1", 2, ["o0"]),
    ]  # fmt: skip
    assert all(secret not in out for secret in ("my secret", device, "2026", "at_ms", "typed"))
    again = sciaquiz("journal", "export", "--anonymous", SCIAQUIZ_HOME=str(home)).stdout
    assert json.loads(again.splitlines()[1])["learner"] != rows[0]["learner"]
