"""What Browse draws of its list: a row, and the line above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.text import cells, cut
from sciaquiz.tui.signs import sign_of
from sciaquiz.tui.text import ACCENT, AMBER, FAINT, MUTED, line, say, spread
from sciaquiz.view.finding import ORDER
from sciaquiz.view.standing import DUE, NEW, back_in_words, standing_of

if TYPE_CHECKING:
    from textual.content import Content

    from sciaquiz.catalogue.matching import Row
    from sciaquiz.clock import Moment
    from sciaquiz.study.query import Query
    from sciaquiz.tui.screens.listed import Listed

BACK_IN = "back in"


def row_line(row: Row, now: Moment, width: int, *, is_marked: bool | None) -> Content:
    """Return a card in one line; `is_marked` is None as long as none is."""
    sign = sign_of(standing_of(row.state, must_not_miss=row.must_not_miss))
    flag = say("*", AMBER) if row.state.marks.flagged else " "
    mark = "" if is_marked is None else say("■ " if is_marked else "  ", ACCENT)
    back = back_in_words(row.state, now)
    right = say(back, "bold" if back == DUE else FAINT if back == NEW else MUTED)
    part = f"  {row.part}" if row.part else ""
    left = line(sign, flag, " ", mark)
    room = max(4, width - left.cell_length - cells(part) - max(len(BACK_IN), len(back)) - 3)
    left = line(left, cut(row.opening, room), say(part, MUTED)).truncate(width - right.cell_length - 2, ellipsis=True)
    return spread(left, right, width)


def head_line(listed: Listed, every: int, query: Query, fault: str, width: int) -> Content:
    """Return how many cards were found of every one there is, or what is wrong with the query."""
    number = len(listed.nums)
    if fault:
        return say(cut(fault, width), AMBER)
    if listed.is_whole and not number:
        return say(cut(listed.hint, width), MUTED)
    of = f"{number} of {every}" if number < every else f"{number}"
    told = say(f"{of} {'question' if max(number, every) == 1 else 'questions'}" if listed.is_whole else "…", FAINT)
    marked = say(f"  {len(listed.marked)} marked", f"bold {ACCENT}") if listed.marked else line()
    ordered = say(f", {ORDER[query.order]}", FAINT)
    right = say(BACK_IN, FAINT)
    ways = (line(told, ordered, marked), line(told, marked), told)
    left = next((way for way in ways if way.cell_length + right.cell_length + 2 <= width), None)
    return told.truncate(width, ellipsis=True) if left is None else spread(left, right, width)
