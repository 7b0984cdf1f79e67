"""Pictures of a deck: only what lies beside it, and only what its header says is small enough."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from pictured import png
from sciaquiz.deck.picture import LARGEST_PICTURE, picture_fault
from sciaquiz.deck.reading import read_deck

if TYPE_CHECKING:
    from pathlib import Path


def jpeg(width: int, height: int) -> bytes:
    """The beginning of a JPEG: as much as says its size."""
    return b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x11\x00"


def test_a_picture_beside_the_deck_is_found(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(png(8, 8))
    (tmp_path / "map.jpg").write_bytes(jpeg(640, 480))
    assert picture_fault(tmp_path, "map.png") == ""
    assert picture_fault(tmp_path, "map.jpg") == ""


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("map.gif", b"GIF89a", "must be a .png"),
        ("none.png", None, "there is no file"),
        ("text.png", b"not a picture", "not really"),
        ("cut.png", png(8, 8)[:20], "not really"),
        ("cut.jpg", jpeg(8, 8)[:12], "not really"),
        ("bomb.png", png(2, 2, claimed=(100_000, 100_000)), "claims 100000 x 100000"),
        ("bomb.jpg", jpeg(60_000, 60_000), "claims 60000 x 60000"),
        ("empty.png", png(2, 2, claimed=(0, 9)), "claims 0 x 9"),
        ("large.png", png(2, 2) + bytes(LARGEST_PICTURE), "larger than 5 MB"),
    ],
)
def test_what_is_no_fit_picture_is_refused(tmp_path: Path, name: str, data: bytes | None, told: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert told in picture_fault(tmp_path, name)


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deck"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(png(2, 2))
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "own.png").write_bytes(png(2, 2))
    outside = ("../secret.png", str(tmp_path / "secret.png"), "link.png")
    roundabout = ("../deck/own.png", str(folder / "own.png"))
    for name in (*outside, *roundabout):
        assert picture_fault(folder, name) == f"the picture “{name}” must lie in the folder of the deck"


def test_a_link_to_itself_is_a_problem_of_the_deck_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    assert picture_fault(tmp_path, "loop.png") != ""


def test_padding_before_a_marker_of_a_jpeg_is_skipped(tmp_path: Path) -> None:
    whole = jpeg(640, 480)
    (tmp_path / "map.jpg").write_bytes(whole[:8] + b"\xff\xff" + whole[8:])
    assert picture_fault(tmp_path, "map.jpg") == ""


DECK = """
id = "d"
title = "D"
[[question]]
id = "q"
kind = "recall"
stem = "What does it show?"
answer = "A map."
picture = { file = "map.png", alt = "A red square." }
"""


def test_a_deck_names_its_picture_and_a_wrong_one_disables_the_question(tmp_path: Path) -> None:
    deck = tmp_path / "deck.toml"
    deck.write_text(DECK, encoding="utf-8")
    reading = read_deck(deck)
    assert reading.deck is not None
    assert reading.deck.questions == ()
    [problem] = reading.problems
    assert (problem.code, problem.line) == ("picture", 9)
    assert problem.message == "question “q”: there is no file “map.png” beside the deck"
    (tmp_path / "map.png").write_bytes(png(4, 4))
    reading = read_deck(deck)
    assert reading.deck is not None
    [question] = reading.deck.questions
    assert question.picture is not None
    assert (question.picture.path, question.picture.alt) == (tmp_path / "map.png", "A red square.")
