"""The cache of decks read before: believed only while nothing changed, and never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from pictured import png
from sciaquiz.deck import cache as module
from sciaquiz.deck.cache import has_pictures, library_from
from sciaquiz.deck.library import read_library

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DECK = 'id = "d"\ntitle = "One"\n[[question]]\nid = "q"\nkind = "recall"\nstem = "Which?"\nanswer = "That."\n'


def test_what_comes_from_the_shelf_is_what_reading_gives(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    cache = tmp_path / "cache" / "decks.pickle"
    fresh = library_from(cache, [path])
    assert cache.exists()
    assert fresh == library_from(cache, [path]) == read_library([path])


def test_it_knows_of_pictures_without_taking_the_decks_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, pictured = tmp_path / "plain.toml", tmp_path / "pictured.toml"
    plain.write_text(DECK, encoding="utf-8")
    cache = tmp_path / "decks.pickle"
    assert not has_pictures(cache, [plain])
    (tmp_path / "a.png").write_bytes(png(2, 2))
    pictured.write_text(DECK + 'picture = { file = "a.png", alt = "A leg." }\n', encoding="utf-8")
    assert has_pictures(cache, [pictured])
    monkeypatch.setattr(module, "library_from", None)
    assert has_pictures(cache, [pictured])


def test_an_edit_another_version_and_another_place_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    cache = tmp_path / "decks.pickle"
    library_from(cache, [path])
    path.write_text(DECK.replace("One", "Two"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert library_from(cache, [path]).decks[0].title == "Two"
    assert library_from(cache, [tmp_path / "none"]).decks == ()
    monkeypatch.setattr(module, "__version__", "99")
    before = cache.read_bytes()
    library_from(cache, [path])
    assert cache.read_bytes() != before


def test_a_broken_shelf_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    cache = tmp_path / "decks.pickle"
    for content in (b"", b"garbage", b"\x80\x05N."):
        cache.write_bytes(content)
        assert library_from(cache, [path]).decks[0].title == "One"


def test_from_the_shelf_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    cache = tmp_path / "decks.pickle"
    library_from(cache, [path])
    code = (
        "import sys; from pathlib import Path; from sciaquiz.deck.cache import has_pictures, library_from;"
        f"print(library_from(Path({str(cache)!r}), [Path({str(path)!r})]).decks[0].title, 'pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "One False\n"
