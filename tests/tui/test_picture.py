"""Pictures drawn in cells or in the terminal's own graphics: never a crash, and always the words."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from drawn import settled, text_of
from pictured import png, png_header
from sciaquiz.deck.picture import picture_fault
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.start import draws_sharply
from sciaquiz.tui.widgets import picture as drawing
from sciaquiz.tui.widgets.picture import half_blocks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.content import Content

    from sciaquiz.tui.app import SciaquizApp

GREY = 0
TRUE_COLOUR_WITH_ALPHA = 6
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


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    drawing._drawn.cache_clear()


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """One question with a picture."""
    (tmp_path / "map.png").write_bytes(png(40, 20))
    path = tmp_path / "deck.toml"
    path.write_text(DECK, encoding="utf-8")
    return path


def drawn(path: Path, content: bytes, width: int = 20, height: int = 20) -> Content:
    pytest.importorskip("PIL")
    path.write_bytes(content)
    found = half_blocks(path, width, height)
    assert found is not None
    return found


def colours(content: Content) -> set[str]:
    return {str(span.style) for span in content.spans}


def test_half_blocks_fit_and_keep_their_shape(tmp_path: Path) -> None:
    found = drawn(tmp_path / "map.png", png(40, 20))
    rows = found.plain.splitlines()
    assert (len(rows), {len(row) for row in rows}) == (5, {20})
    assert set(found.plain) <= {"▀", "\n"}
    assert colours(found) == {"#ff0000 on #ff0000"}


def test_equal_colours_beside_one_another_are_one_run(tmp_path: Path) -> None:
    assert len(drawn(tmp_path / "map.png", png(20, 4)).spans) == 2


@pytest.mark.parametrize(("width", "height", "rows"), [(20, 1, 1), (20, 5, 3), (1000, 20, 1)])
def test_an_odd_last_row_of_pixels_is_drawn(tmp_path: Path, width: int, height: int, rows: int) -> None:
    assert len(drawn(tmp_path / "map.png", png(width, height)).plain.splitlines()) == rows


def test_what_is_transparent_is_white_so_that_black_lines_are_seen(tmp_path: Path) -> None:
    found = drawn(tmp_path / "map.png", png(4, 4, pixel=b"\x00\x00\x00\x00", kind=TRUE_COLOUR_WITH_ALPHA))
    assert colours(found) == {"#ffffff on #ffffff"}


def test_deep_greys_keep_their_shade(tmp_path: Path) -> None:
    found = drawn(tmp_path / "map.png", png(4, 4, pixel=b"\x40\x00", bits=16, kind=GREY))
    assert colours(found) == {"#404040 on #404040"}


def test_a_photograph_taken_sideways_stands_upright(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    turned = image.Exif()
    turned[0x0112] = 6
    photograph = io.BytesIO()
    image.new("RGB", (8, 16), "red").save(photograph, "JPEG", exif=turned)
    rows = drawn(tmp_path / "map.jpg", photograph.getvalue()).plain.splitlines()
    assert (len(rows), len(rows[0])) == (4, 16)


@pytest.mark.parametrize(("most", "fits"), [(400, True), (399, False)])
def test_a_second_header_lets_no_huge_picture_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, fits: bool
) -> None:
    pytest.importorskip("PIL")
    path = tmp_path / "map.png"
    whole = png(20, 20)
    path.write_bytes(whole[:8] + png_header(8, 8) + whole[8:])
    assert picture_fault(tmp_path, "map.png") == ""
    monkeypatch.setattr(drawing, "MOST_PIXELS", most)
    assert (half_blocks(path, 20, 20) is not None) is fits


def test_a_picture_that_was_edited_is_drawn_anew(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    assert colours(drawn(path, png(4, 4))) == {"#ff0000 on #ff0000"}
    path.write_bytes(png(4, 4, pixel=b"\x00\x00\xff"))
    os.utime(path, ns=(1, 1))
    found = half_blocks(path, 20, 20)
    assert found is not None
    assert colours(found) == {"#0000ff on #0000ff"}


def test_a_broken_or_missing_file_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(png(8, 8)[:45])
    assert half_blocks(path, 10, 10) is None
    assert half_blocks(tmp_path / "none.png", 10, 10) is None


def test_without_pillow_nothing_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(png(8, 8))
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert half_blocks(path, 10, 10) is None


@pytest.mark.parametrize("kind", ["SixelImage", "TGPImage"])
@pytest.mark.parametrize("fate", ["whole", "cut", "gone"])
async def test_a_terminal_with_graphics_shows_the_picture_or_at_least_its_words(
    make_app: Callable[..., SciaquizApp], deck: Path, monkeypatch: pytest.MonkeyPatch, kind: str, fate: str
) -> None:
    widget = pytest.importorskip("textual_image.widget")
    monkeypatch.setattr(widget, "Image", getattr(widget, kind))
    monkeypatch.setattr(sys, "__stdout__", io.StringIO())
    app = make_app(study=["d"], draws_sharply=True)
    assert app.workspace.library.decks[0].questions[0].picture is not None
    path = deck.with_name("map.png")
    if fate == "cut":
        path.write_bytes(path.read_bytes()[:45])
    elif fate == "gone":
        path.unlink()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, StudyScreen)
        assert "A red square." in text_of(app)
        assert len(app.screen.query(widget.Image)) == (1 if fate == "whole" else 0)


def test_a_terminal_whose_answer_cannot_be_read_gets_half_blocks(
    make_app: Callable[..., SciaquizApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unreadable:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name.startswith("textual_image."):
                raise ZeroDivisionError("a terminal of no columns")

    pytest.importorskip("textual_image")
    for name in [name for name in sys.modules if name.startswith("textual_image.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("renderable", "widget"):
        monkeypatch.delattr(f"textual_image.{name}", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Unreadable(), *sys.meta_path])
    assert not draws_sharply(make_app().workspace)
