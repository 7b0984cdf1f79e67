"""`sciaquiz fit --log`: a table or JSON of a good log, and the place of what is wrong with a bad one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from fitted import JOSH, josh
from rows import each_row
from sciaquiz.memory.fitting import reading
from sciaquiz.memory.fitting.reading import read_log
from sciaquiz.memory.fitting.seen import Seen

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "card_id,review_time_ms,day,rating,duration_ms,kind"
GOOD = f"{HEAD}\n1,1000,0,1,25060,-1\n2,2000,0,3,,\n"
MODELS = ["MOVING-AVG", "FSRS-6 default", "FSRS-6 fitted", "FSRS-7 default", "FSRS-7 fitted"]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def test_a_good_log_gives_a_table_and_the_same_as_json(log: Path) -> None:
    log.write_text("".join(JOSH.read_text(encoding="utf-8").splitlines(keepends=True)[:300]), encoding="utf-8")
    told, as_json = sciaquiz("fit", "--log", str(log)), sciaquiz("fit", "--log", str(log), "--json")
    assert (told.returncode, told.stderr, as_json.returncode, as_json.stderr) == (0, "", 0, "")
    models = json.loads(as_json.stdout)["models"]
    assert [each["model"] for each in models] == MODELS
    assert all(set(each) == {"model", "log_loss", "rmse_bins", "auc"} for each in models)
    assert all(0 < each["log_loss"] < 1 and 0 < each["rmse_bins"] < 1 and 0 < each["auc"] < 1 for each in models)
    lines = told.stdout.splitlines()
    for each, line in zip(models, lines[2:], strict=False):
        assert line.split() == [
            *each["model"].split(), f"{each['log_loss']:.4f}", f"{each['rmse_bins']:.4f}", f"{each['auc']:.3f}"
        ]  # fmt: skip


def test_a_log_may_have_more_columns_in_any_order_and_a_mark_of_its_encoding(log: Path) -> None:
    log.write_bytes(
        b'\xef\xbb\xbfrating,extra,day,card_id,review_time_ms\r\n3,"a, b",0,x,0\r\n\r\n1,,2,x,172800000\r\n'
    )
    assert read_log(log) == [[Seen(0.0, 0, 3, True), Seen(2.0, 2, 1, False)]]


def test_cards_may_be_told_in_turn(log: Path) -> None:
    log.write_text(f"{HEAD}\n1,0,0,3,,\n2,5,0,3,,\n1,9,0,1,,\n2,9,0,1,,\n", encoding="utf-8")
    assert [len(card) for card in read_log(log)] == [2, 2]


def test_the_real_log_is_read_whole() -> None:
    assert len(josh()) == 1205
    assert sum(map(len, josh())) == 12580


@each_row(
    ("written", "said"),
    [
        (b"", "is empty. The first line must name the columns: card_id, review_time_ms, day, rating."),
        (b"\n", "is empty"),
        (f"{HEAD}\n".encode(), "no reviews in it"),
        (b"card_id,day,rating\n1,0,3\n", ", line 1: there is no column review_time_ms"),
        (b"1,2,3\n", ", line 1: there is no column card_id and no column review_time_ms and no column day"),
        (b"card_id;review_time_ms;day;rating\n1;0;0;3\n", ", line 1: there is no column card_id"),
        (f"{GOOD}1,abc,0,1,,\n".encode(), ", line 4: review_time_ms must be a whole number"),
        (
            f"{GOOD}1,3000,0.5,1,,\n".encode(),
            ", line 4: day must be a whole number from -1000000 to 1000000, not '0.5'",
        ),
        (f"{GOOD}1,3000,0,nan,,\n".encode(), ", line 4: rating must be a whole number from 1 to 4, not 'nan'"),
        (f"{GOOD}1,3000,0,5,,\n".encode(), ", line 4: rating must be a whole number from 1 to 4, not '5'"),
        (f"{GOOD}1,3000,0,,,\n".encode(), ", line 4: rating must be"),
        (f"{GOOD}1,3000,0,\u0663,,\n".encode(), ", line 4: rating must be"),
        (f"{GOOD}1,{'9' * 5000},0,1,,\n".encode(), ", line 4: review_time_ms must be"),
        (f"{GOOD}1,3000,--1,1,,\n".encode(), ", line 4: day must be"),
        (f"{GOOD},3000,0,1,,\n".encode(), ", line 4: card_id is empty"),
        (f"{GOOD}1,3000,0\n".encode(), ", line 4: there are 3 values for 6 columns"),
        (f"{GOOD}1,3000,0,1,,,,\n".encode(), ", line 4: there are 8 values for 6 columns"),
        (f"{GOOD}1,999,0,1,,\n".encode(), ", line 4: review_time_ms is earlier than in the last review of card 1"),
        (f"{GOOD}2,3000,-1,1,,\n".encode(), ", line 4: day is earlier than in the last review of card 2"),
        (GOOD.encode() + b"1,\xff\xfe,0,1,,\n", ", line 4: this is not text in UTF-8"),
        (GOOD.encode() + b"1,\0,0,1,,\n", ", line 4: this is not a line of a CSV file (it holds a NUL byte)"),
        (GOOD.encode() + b'1,"3000,0,1,,\n', ", line 4: this is not a line of a CSV file"),
        (GOOD.encode() + b"1" * 20_000, ", line 4: this is not a line of a CSV file (it is longer than 10,000 bytes)"),
        (b"\x7fELF\x02\x01\x01\0\0\0" * 10, ", line 1: this is not a line of a CSV file (it holds a NUL byte)"),
        ("\ufeff" + GOOD, ""),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, written: bytes | str, said: str) -> None:
    log = tmp_path / "log.csv"
    log.write_bytes(written.encode() if isinstance(written, str) else written)
    done = sciaquiz("fit", "--log", str(log))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"sciaquiz: {log}")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_log_that_is_too_short_to_compare_is_told(log: Path) -> None:
    log.write_text(GOOD, encoding="utf-8")
    done = sciaquiz("fit", "--log", str(log), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"sciaquiz: {log}: there are 0 next-day reviews; at least 6 are needed to compare models.\n"


def test_a_log_that_cannot_be_opened_or_is_too_long_is_told(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place, said in ((log, "No such file"), (log.parent, "it is a folder")):
        done = sciaquiz("fit", "--log", str(place))
        assert (done.returncode, done.stdout) == (1, "")
        assert f"{place}: cannot be read ({said}" in done.stderr
    log.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(reading, "MOST_REVIEWS", 1)
    assert "line 3: there are more than 1 reviews" in sciaquiz("fit", "--log", str(log)).stderr


def test_a_fit_of_reviews_that_were_all_right_has_no_auc(log: Path) -> None:
    rows = [f"{card},{day * 86_400_000},{day},3,," for card in range(3) for day in range(0, 12, 2)]
    log.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    models = json.loads(sciaquiz("fit", "--log", str(log), "--json").stdout)["models"]
    assert [each["auc"] for each in models] == [None] * len(MODELS)
    assert " –" in sciaquiz("fit", "--log", str(log)).stdout
