"""Pictures of a deck: only what lies beside it, and only what its header says is small enough."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from sciaquiz.deck.picture import LARGEST_PICTURE, picture_fault
from sciaquiz.deck.reading import read_deck
from sciaquiz.tui.widgets import picture as drawing
from sciaquiz.tui.widgets.picture import half_blocks

if TYPE_CHECKING:
    from pathlib import Path


def png(width: int, height: int, *, claimed: tuple[int, int] | None = None) -> bytes:
    """A PNG of one red colour, written by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", *(claimed or (width, height)), 8, 2, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\xff\x00\x00" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


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
    for name in ("../secret.png", str(tmp_path / "secret.png"), "link.png"):
        assert picture_fault(folder, name) == "must lie in the folder of the deck"


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
    (tmp_path / "map.png").write_bytes(png(4, 4))
    reading = read_deck(deck)
    assert reading.deck is not None
    [question] = reading.deck.questions
    assert question.picture is not None
    assert (question.picture.path, question.picture.alt) == (tmp_path / "map.png", "A red square.")


def test_half_blocks_fit_and_keep_their_shape(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(png(40, 20))
    drawn = half_blocks(path, 20, 20)
    assert drawn is not None
    rows = drawn.plain.splitlines()
    assert (len(rows), {len(row) for row in rows}) == (5, {20})
    assert set(drawn.plain) <= {"▀", "\n"}
    assert {str(span.style) for span in drawn.spans} == {"#ff0000 on #ff0000"}


def test_without_a_decoder_or_with_a_broken_file_there_are_only_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(png(8, 8)[:45])
    assert half_blocks(path, 10, 10) is None
    assert half_blocks(tmp_path / "none.png", 10, 10) is None
    path.write_bytes(png(8, 8))
    drawing._drawn.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "PIL", None)
    assert half_blocks(path, 10, 10) is None
