"""The page of statistics: whole in itself, without scripts, readable without pictures, and safe with foreign text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from commanding import sciaquiz
from reports import NOTHING, TODAY
from reports import report as lived
from sciaquiz.clock import moment_at
from sciaquiz.insight.shares import Share
from sciaquiz.webpage.page import MARK, page_of

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.insight.report import Report

NOW = moment_at(datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC))
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reading(HTMLParser):
    """Reads a page, and holds every element to be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
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


def page(report: Report) -> str:
    return page_of(report, NOW)


def test_it_holds_all_that_it_needs_and_runs_nothing() -> None:
    found = Reading(page(lived()))
    names = {tag for tag, _ in found.tags}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "base"})
    for _, attributes in found.tags:
        assert not any(name.startswith("on") or name in ("href", "src", "srcset") for name in attributes)
    assert "url(" not in page(lived())
    assert "http" not in page(lived())
    assert "prefers-color-scheme: dark" in page(lived())
    assert "@media print" in page(lived())


def test_each_picture_says_what_it_shows_and_each_table_what_its_rows_are() -> None:
    text = page(lived())
    pictures = [piece.split("</svg>")[0] for piece in text.split("<svg ")[1:]]
    assert len(pictures) >= 10
    for piece in pictures:
        drawn = ElementTree.fromstring(f"<svg {piece}</svg>")  # noqa: S314 -- our own page
        assert drawn.attrib["role"] == "img"
        title, description = drawn.findtext("title"), drawn.findtext("desc")
        assert title
        assert description
        assert drawn.attrib["aria-label"].startswith(title)
    found = Reading(text)
    assert sum(tag == "table" for tag, _ in found.tags) == sum(tag == "caption" for tag, _ in found.tags) >= 8
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in found.tags if tag == "th")


def test_few_answers_draw_no_point_and_no_answers_no_picture() -> None:
    report = lived()
    certain = replace(report.certainty.certain, right=Share(9, 9))
    few = page(replace(report, certainty=replace(report.certainty, certain=certain)))
    assert "few (9)" in few
    assert few.count("<circle") == page(report).count("<circle") - 1
    assert "<svg" not in page(NOTHING)
    assert "No answers yet" in page(NOTHING)


@pytest.mark.parametrize("wild", ["<script>alert(1)</script>", '"><b>', "&amp; ' \" <", "</svg></table>"])
def test_foreign_text_is_only_text(wild: str) -> None:
    report = lived()
    row = replace(report.topics[0], name=wild)
    card = replace(report.hardest.rows[0], begins=wild, deck=wild)
    made = replace(report, name=wild, topics=(row, *report.topics[1:]), hardest=replace(report.hardest, rows=(card,)))
    plain, odd = Reading(page(report)), Reading(page(made))
    assert [tag for tag, _ in odd.tags if tag in ("script", "b")] == [
        tag for tag, _ in plain.tags if tag in ("script", "b")
    ]
    assert any(wild in piece for piece in odd.text)


@pytest.mark.usefixtures("started_before")
def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "report.html"
    done = sciaquiz("stats", "--html", str(place))
    assert (done.returncode, done.stderr) == (0, "")
    assert MARK in place.read_text(encoding="utf-8")
    assert sciaquiz("stats", "--html", str(place), "--period", "7").returncode == 0  # one of ours is replaced
    place.write_text("My own notes.", encoding="utf-8")
    refused = sciaquiz("stats", "--html", str(place))
    assert refused.returncode == 1
    assert "another file stands there" in refused.stderr
    assert place.read_text(encoding="utf-8") == "My own notes."
    assert sciaquiz("stats", "--html", str(place), "--force").returncode == 0
    assert MARK in place.read_text(encoding="utf-8")
    nowhere = sciaquiz("stats", "--html", str(tmp_path / "nowhere" / "report.html"))
    assert "cannot be written" in nowhere.stderr
    assert sciaquiz("stats", "--html", str(tmp_path)).returncode == 1
    assert sorted(file.name for file in tmp_path.glob("report*")) == ["report.html"]
    assert sciaquiz("stats", "--html", "-").stdout.startswith("<!doctype html>")


@pytest.mark.usefixtures("started_before")
def test_what_is_asked_for_is_counted_and_what_is_not_known_is_named() -> None:
    found = json.loads(sciaquiz("stats", "--json", "--deck", "nerve-roots", "--period", "all").stdout)
    assert found["scope"] == {"field": "deck", "value": "nerve-roots", "name": "Nerve roots"}
    assert found["period"] == {"days": None, "since": None, "until": found["period"]["until"]}
    assert found["knowledge"]["cards"] == found["knowledge"]["unseen"] > 100
    assert json.loads(sciaquiz("stats", "--json", "--topic", "Foot drop").stdout)["scope"]["value"] == "foot-drop"
    assert "Did you mean" in sciaquiz("stats", "--deck", "nerve-root").stderr
    assert sciaquiz("stats", "--kind", "essay").returncode == 1
    assert sciaquiz("stats", "--deck", "nerve-roots", "--kind", "single").returncode == 2
