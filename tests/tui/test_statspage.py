"""The pages of Statistics, by plain calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from reports import NOTHING, report
from sciaquiz.insight.report import Recalled, Remembered
from sciaquiz.insight.scope import Period
from sciaquiz.insight.shares import Share
from sciaquiz.plain.statistics import lines as plain_lines
from sciaquiz.text import cells
from sciaquiz.tui.screens.statsblocks import Room, remembered
from sciaquiz.tui.screens.statslists import Entry, by_right, mistakes
from sciaquiz.tui.screens.statspage import Tab, memory, overview, tabs_line
from sciaquiz.tui.screens.statspane import topic_pane
from sciaquiz.tui.text import CHIP
from sciaquiz.tui.widgets.barrows import FULL
from sciaquiz.view import statistics
from sciaquiz.view.statistics import FIRST, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syrupy.assertion import SnapshotAssertion
    from textual.content import Content

REPORT = report()
PAGES = ((36, 9), (56, 14), (68, 16), (76, 18), (116, 34), (116, 60), (156, 44))


def text(rows: Sequence[Content | Entry]) -> str:
    drawn = (each.shown if isinstance(each, Entry) else each for each in rows)
    return "\n".join(row.plain.rstrip() for row in drawn)


def test_the_pages_look_as_they_did(snapshot: SnapshotAssertion) -> None:
    told = [text(overview(REPORT, 76, 18, None)), text(memory(REPORT, 76, 18)), text(mistakes(REPORT, 74))]
    told += [topic_pane(REPORT.topics[2], REPORT, REPORT, 41, 18).plain, text(overview(NOTHING, 56, 14, None))]
    assert "\n\n".join(told) == snapshot


@pytest.mark.parametrize(("width", "height"), PAGES)
def test_nothing_is_wider_than_the_page(width: int, height: int) -> None:
    for told in (REPORT, NOTHING):
        pages = [overview(told, width, height, 3), memory(told, width, height)]
        listed = [*by_right(told, width), *mistakes(told, width)]
        pages.append([each.shown if isinstance(each, Entry) else each for each in listed])
        for row in told.topics[:3]:
            pages.append(topic_pane(row, told, told, width, height).split())
            pages.append(topic_pane(row, None, None, width, height).split())
        assert [row.plain for page in pages for row in page if row.cell_length > width] == []
        assert [row.plain for page in pages for row in page if "\n" in row.plain] == []


@pytest.mark.parametrize(("width", "height"), [page for page in PAGES if page[0] >= 76])
def test_the_overview_fits_where_the_terminal_is_not_small(width: int, height: int) -> None:
    assert len(overview(REPORT, width, height, None)) <= height
    whole = text(overview(REPORT, width, height, None))
    wide = (Section.KINDS, Section.HOURS, Section.FIRM)
    assert all((name in whole) is (width > 116 or (height > 44 and name is not Section.FIRM)) for name in wide)


def test_the_first_day_says_what_will_stand_there() -> None:
    said = " ".join(text(overview(NOTHING, 36, 9, None)).split())
    for name in (Section.REMEMBERED, Section.SURE, Section.CALENDAR, Section.COMING, Section.TOPICS, Section.TIME):
        assert name in said
        assert FIRST[name] in said
    assert list(plain_lines(NOTHING)) == ["No answers yet. Begin with: sciaquiz study"]


def test_fewer_than_ten_answers_are_few_and_have_no_bar() -> None:
    kept = Remembered(Recalled(Share(9, 9), 0.9), Recalled(Share(9, 9), 0.9), Recalled())
    rows = [row.plain for row in remembered(replace(REPORT, remembered=kept), Room(36, 5))]
    assert all("●" not in row and "◇" not in row and "━" not in row for row in rows[1:])
    assert [row.split()[-1] for row in rows[1:4]] == ["few", "few", "·"]
    [last] = [row.plain for row in overview(REPORT, 76, 50, None) if row.plain.startswith("a topic")]
    assert FULL not in last[:36]
    assert "  few   9" in last


def test_the_topic_under_the_cursor_is_always_in_sight() -> None:
    for cursor in range(8):
        drawn = overview(REPORT, 76, 18, cursor)
        [under] = [row for row in drawn if any(span.style == CHIP for span in row.spans)]
        assert under.plain.startswith(REPORT.topics[cursor].name[:12])


@pytest.mark.parametrize(
    ("width", "scope", "told"),
    [
        (76, "", " 1 Overview  2 Topics  3 Memory  4 Mistakes             [ the last 30 days ]"),
        (76, "Nerve roots", " 1 Overview  2 Topics  3 Memory  4 Mistakes     Nerve roots  [ 30 days ]"),
        (56, "", " 1  2 Topics  3  4                           [ 30 days ]"),
        (36, "Nerve roots", " 2 Topics   Nerve roots  [ 30 days ]"),
    ],
)
def test_the_row_of_tabs_says_what_is_counted(width: int, scope: str, told: str) -> None:
    drawn = tabs_line(Tab.TOPICS, Period.MONTH, scope, width).plain
    assert " ".join(drawn.split()) == " ".join(told.split())
    assert cells(drawn) <= width


def test_both_faces_say_the_same_numbers() -> None:
    plain = "\n".join(plain_lines(REPORT))
    screen = text(overview(REPORT, 156, 44, None)) + text(memory(REPORT, 156, 44)) + text(mistakes(REPORT, 120))
    shares = [*statistics.remembered(REPORT), *statistics.sureness(REPORT), *statistics.calibration(REPORT)]
    for told in (*shares, *statistics.places(REPORT)):
        assert told.name in plain
        assert told.name in screen
        assert told.share.is_few or (told.words in plain and told.words in screen)
    for tell in (
        statistics.remembered_words, statistics.sure_words, statistics.streak_words, statistics.coming_words,
        statistics.time_words, statistics.hours_words, statistics.certain_and_wrong_words,
    ):  # fmt: skip
        assert tell(REPORT)
        assert tell(REPORT) in plain
        assert tell(REPORT) in screen
    for row in (*REPORT.topics, *REPORT.kinds):
        assert row.name in plain
    for name in Section:
        assert name in plain
