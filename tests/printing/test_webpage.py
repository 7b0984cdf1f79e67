"""The exam as one file for a browser: whole in itself, without scripts, and safe with hostile text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from commanding import sciaquiz
from figures import ALL, HALVES
from pictured import png
from sciaquiz.deck.figure import Figure, Note
from sciaquiz.deck.library import read_library
from sciaquiz.deck.picture import Picture
from sciaquiz.figure.vector import vector
from sciaquiz.printing.entries import Drawn, Entry, Field
from sciaquiz.printing.parts import Part, Printed, Sheets, Table
from sciaquiz.printing.webpage import page_of

SHOWCASE = Path(__file__).parents[1] / "decks" / "showcase"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
VOID = {"meta", "img"}
HOSTILE = "<script>alert(1)</script> \"' onload=x ]]> --> &lt; #set page() \\end {{x}} </style></svg>"


class Reading(HTMLParser):
    """Reads a page, and holds every element to be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def foreign(text: str) -> Printed:
    """An exam in which everything that an author writes is one text."""
    entry = Entry(
        number=1,
        name=text,
        vignette_title=text,
        vignette=(text,),
        stem=(text, text),
        told=text,
        choices=(("A", text),),
        rows=(("1", text),),
        figure=Drawn(svg=vector(_named(text), "f", LETTERS), alt=text, caption=text),
        fields=(Field(name="1", marks="AB"), Field(lines=2, unit=text)),
        key=text,
        words=(text,),
        whys=(("A", text),),
        explanation=(text,),
        sources=(text,),
    )
    table = Table("Key", ("No.", text), (("1", text),))
    return Printed(
        title=text, date=text, language="en", seed=1, parts=frozenset(Part),
        versions=(Sheets(name="A", entries=(entry,)), Sheets(name="B", entries=(entry,))), key=(table,),
    )  # fmt: skip


def _named(text: str) -> Figure:
    """A figure of two views whose every text is this one."""
    [view] = HALVES.views
    named = replace(view, title=text, texts=(Note(text=text, at=(0.5, 0.5)),))
    return replace(HALVES, views=(named, replace(named, id="other")))


def shape(page: str) -> list[tuple[str, list[str]]]:
    """The elements of a page and the names of their attributes."""
    return [(tag, sorted(attributes)) for tag, attributes in Reading(page).tags]


@settings(max_examples=12, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60) | st.just(HOSTILE)
)
def test_no_text_of_a_deck_becomes_an_element_or_an_attribute(text: str) -> None:
    assert shape(page_of(foreign(text))) == shape(page_of(foreign("x")))


def test_a_page_needs_nothing_else_and_runs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "exam.html"
    done = sciaquiz(
        "print", str(SHOWCASE), "--seed", "3", "--versions", "A,B", "--with", "key,answers", "--html", str(file)
    )
    assert done.returncode == 0, done.stderr
    assert "14 questions in 2 versions (paper, sheet, key, answers)" in done.stdout
    assert "--seed 3" in done.stdout
    page = file.read_text(encoding="utf-8")
    read = Reading(page)
    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in read.tags}
    assert not [value for _, attributes in read.tags for name, value in attributes.items() if name in ("src", "href")]
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    again = sciaquiz(
        "print", str(SHOWCASE), "--seed", "3", "--versions", "A,B", "--with", "key,answers", "--html", str(file)
    )
    assert again.returncode == 0
    assert file.read_text(encoding="utf-8") == page
    sciaquiz("print", str(SHOWCASE), "--seed", "3", "--html", str(file))
    told = "".join(Reading(file.read_text(encoding="utf-8")).text)
    assert "Not for students" not in told
    assert "--seed" not in told


def test_a_picture_is_in_the_page_and_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(png(2, 2))
    [deck] = read_library([SHOWCASE]).decks
    entry = Entry(number=1, name="q", picture=Picture(path, "A red square."))
    ready = replace(foreign("x"), language=deck.language, versions=(Sheets(name="A", entries=(entry,)),))
    [image] = [attributes for tag, attributes in Reading(page_of(ready)).tags if tag == "img"]
    assert str(image["src"]).startswith("data:image/png;base64,")
    assert image["alt"] == "A red square."
    path.unlink()
    assert "A red square." in "".join(Reading(page_of(ready)).text)


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
def test_a_figure_is_well_formed_with_every_zone_lettered_once_and_no_letter_over_another(figure: Figure) -> None:
    svg = ElementTree.fromstring(vector(figure, "f", LETTERS))  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    circles = [
        (float(c.attrib["cx"]), float(c.attrib["cy"])) for c in svg.iter(f"{space}circle") if c.attrib["r"] == "9"
    ]
    zones = figure.zones()
    assert len(circles) == len(zones)
    texts = [text.text for text in svg.iter(f"{space}text") if text.attrib["font-size"] == "12.5"]
    assert sorted(map(str, texts)) == list(LETTERS[: len(zones)])
    assert all(9 <= x <= width - 9 and 9 <= y <= height - 9 for x, y in circles)
    apart = [abs(x - u) + abs(y - v) for n, (x, y) in enumerate(circles) for u, v in circles[:n]]
    assert all(distance >= 18 for distance in apart)
    lit = ElementTree.fromstring(vector(figure, "f", "", lit=0))  # noqa: S314
    assert [text.text for text in lit.iter(f"{space}text") if text.attrib["font-size"] == "12.5"] == ["?"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.toml", "--html", "x.html"], "there is no such file"),
        (["nerve-rots", "--html", "x.html"], "Did you mean nerve-roots?"),
        ([str(SHOWCASE), "--html", "x.html", "--blueprint", "sorcery=3"], "no question here is in 'sorcery'"),
        ([str(SHOWCASE), "--html", "x.html", "--level", "sorcery"], "no question for such an exam"),
        ([str(SHOWCASE), "--html", "x.html", "--kind", "essay"], "'essay' is none of single"),
        ([str(SHOWCASE), "--html", "x.html", "--versions", "A,A"], "different names"),
        ([str(SHOWCASE), "--html", "no/such/x.html"], "cannot be written"),
        ([str(SHOWCASE), "--html", "x.html", "--n", "201"], "up to 200 questions"),
        ([str(SHOWCASE)], "--html FILE"),
        (["--html", "x.html"], "say which decks"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_told_in_a_line(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = sciaquiz("print", *arguments)
    assert done.returncode != 0
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_exam_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "thesis.html"
    file.write_text("mine", encoding="utf-8")
    done = sciaquiz("print", str(SHOWCASE), "--html", str(file))
    assert done.returncode == 1
    assert "another file stands there" in done.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert sciaquiz("print", str(SHOWCASE), "--html", str(file), "--force").returncode == 0
