"""The exam as PDF: tagged, PDF/UA-1, the same for the same seed; no text of a deck is ever read as typst."""

from __future__ import annotations

import re
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from commanding import sciaquiz
from pictured import png
from printing.test_webpage import HOSTILE, foreign
from sciaquiz.deck.picture import Picture
from sciaquiz.printing.entries import Entry, Field
from sciaquiz.printing.parts import Part, Sheets
from sciaquiz.printing.pdf import pdf_of

if TYPE_CHECKING:
    import pytest

    from sciaquiz.printing.parts import Printed

SHOWCASE = Path(__file__).parents[1] / "decks" / "showcase"
UA_1 = b"<pdfuaid:part>1</pdfuaid:part>"


def inside(pdf: bytes) -> bytes:
    """A PDF with its compressed streams opened."""
    opened = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            opened.append(stream)
    return b"\n".join(opened)


def tags(printed: Printed) -> Counter[bytes]:
    """How often each tag stands in the structure of the PDF."""
    return Counter(re.findall(rb"/S\s*/([A-Z][A-Za-z0-9]*)", inside(pdf_of(printed).content)))


def pages(printed: Printed) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", inside(pdf_of(printed).content)))


def few(text: str) -> Printed:
    """An exam whose every text is this one, without its figure: that has one way only into the PDF."""
    whole = foreign(text)
    [entry] = whole.versions[0].entries
    return replace(whole, versions=(Sheets(name="A", entries=(entry,)),))


@settings(max_examples=4, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40) | st.just(HOSTILE))
def test_no_text_of_a_deck_is_read_as_typst(text: str) -> None:
    assert tags(few(text)) == tags(few("x"))


def test_it_is_tagged_says_that_it_is_pdf_ua_1_and_has_what_that_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "exam.pdf"
    arguments = (
        "print",
        str(SHOWCASE),
        "--seed",
        "3",
        "--versions",
        "A,B",
        "--with",
        "key,answers",
        "--pdf",
        str(file),
    )
    done = sciaquiz(*arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    content = file.read_bytes()
    assert UA_1 in content
    opened = inside(content)
    assert b"/MarkInfo" in opened
    assert b"/StructTreeRoot" in opened
    assert b"/Lang" in opened
    assert b"CreationDate" not in opened
    found = Counter(re.findall(rb"/S\s*/([A-Z][A-Za-z0-9]*)", opened))
    assert found[b"H1"] == 6  # two papers, two sheets, the key and the answers
    assert found[b"Figure"] >= 4
    assert found[b"Table"] >= 2
    assert found[b"L"] >= 20  # options, statements and reasons are lists
    assert found[b"LI"] == found[b"Lbl"] == found[b"LBody"] > found[b"L"]
    bookmarks = re.findall(rb"/Title\s*(\([^)]*\)|<[^>]*>)", opened)
    assert len(set(bookmarks)) >= 6  # each part has a name of its own
    assert sciaquiz(*arguments).returncode == 0
    assert file.read_bytes() == content


def test_letter_and_a4_are_told_apart() -> None:
    boxes = [
        re.search(rb"/MediaBox\s*\[([^]]*)\]", inside(pdf_of(few("x"), size).content)) for size in ("a4", "us-letter")
    ]
    assert [box and [round(float(side)) for side in box[1].split()[2:]] for box in boxes] == [[595, 842], [612, 792]]


def test_a_sign_in_no_font_and_a_broken_picture_cost_neither_the_exam_nor_its_words(tmp_path: Path) -> None:
    good, broken = tmp_path / "a.png", tmp_path / "b.png"
    good.write_bytes(png(4, 4))
    broken.write_bytes(png(4, 4)[:60])
    entries = tuple(
        Entry(number=n, name="q", stem=("Seen?",), picture=Picture(path, "Told."), fields=(Field(marks="AB"),))
        for n, path in enumerate((good, broken), start=1)
    )
    exam = replace(few("x"), versions=(Sheets(name="A", entries=entries),), parts=frozenset([Part.PAPER]))
    pdf = pdf_of(exam)
    assert pdf.is_accessible
    assert inside(pdf.content).count(b"/Subtype /Image") + inside(pdf.content).count(b"/Subtype/Image") == 1
    odd = pdf_of(replace(exam, title="\U000f1234"))
    assert odd.content.startswith(b"%PDF")
    assert not odd.is_accessible
    assert UA_1 not in odd.content


def test_without_typst_it_says_how_to_get_it_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    file = tmp_path / "exam.pdf"
    done = sciaquiz("print", str(SHOWCASE), "--pdf", str(file))
    assert done.returncode == 1
    assert "pip install 'sciaquiz[print]'" in done.stderr
    assert "--html" in done.stderr
    assert not file.exists()
    assert sciaquiz("print", str(SHOWCASE), "--html", str(tmp_path / "exam.html")).returncode == 0


def test_what_is_longer_than_a_page_or_a_line_is_divided_and_nothing_is_lost(tmp_path: Path) -> None:
    long = Entry(
        number=1,
        name="q",
        vignette=("A sentence of a case. " * 600,),
        stem=("y" * 900, "A sentence. " * 900),
        fields=tuple(Field(name=str(n), marks="ABCDEFGHIJKLMNOP") for n in range(1, 17)),
    )
    exam = replace(few("x"), versions=(Sheets(name="A", entries=(long,)),), parts=frozenset([Part.PAPER, Part.SHEET]))
    assert pdf_of(exam).is_accessible
    assert 5 <= pages(exam) <= 9  # three of the case, three of the question, the sheet
    wide = Entry(number=1, name="q", stem=(" ".join(["W" * 29] * 110),))
    assert pages(replace(exam, versions=(Sheets(name="A", entries=(wide,)),), parts=frozenset([Part.PAPER]))) == 3
