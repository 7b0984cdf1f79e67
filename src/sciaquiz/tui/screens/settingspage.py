"""What the Settings screen shows: a row a setting, and all there is to know of one; by plain calls. Widths in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sciaquiz.settings import ROWS, Spec, TableSpec
from sciaquiz.text import cells, cut
from sciaquiz.tui.text import FAINT, MUTED, line, lines, say
from sciaquiz.view.settings import about, default_words, value_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.settings import Settings

GROUP = 11
"""Cells of the names of the groups, where there is room for them."""
WITH_GROUPS = 64
LABEL = 12


def setting_lines(settings: Settings, width: int) -> list[Content]:
    """Return the rows of all settings; the first of a group has its name."""
    before: Sequence[str] = ("", *(row.table for row in ROWS))
    groups = ["" if row.table == table else row.table.capitalize() for row, table in zip(ROWS, before, strict=False)]
    return [setting_line(row, settings, width, group) for row, group in zip(ROWS, groups, strict=True)]


def setting_line(row: Spec | TableSpec, settings: Settings, width: int, group: str = "") -> Content:
    """Return a setting with its value, and with its default where that is another."""
    value, default = value_words(row, settings), default_words(row)
    is_changed = default is not None and default != value
    right = say(cut(value, width // 2), "bold" if is_changed else "")
    head = say(f"{group:<{GROUP}}" if width >= WITH_GROUPS else "", FAINT)
    title = cut(row.title, width - head.cell_length - right.cell_length - 2)
    told = say(f"default {default}   " if is_changed else "", MUTED)
    room = width - head.cell_length - cells(title) - right.cell_length
    if told.cell_length + 2 > room:
        told = line()
    return line(head, title, " " * (room - told.cell_length), told, right)


def setting_below(row: Spec | TableSpec, file: str, costs: str = "") -> Content:
    """Return what a setting means, for below the list, and what other values of it cost."""
    told = [*(say(words) for words in about(row)), say(f"{row.place} in {file}", MUTED)]
    return lines([*told, say(costs)] if costs else told)


def setting_beside(row: Spec | TableSpec, settings: Settings, width: int, costs: Sequence[str] = ()) -> Content:
    """Return what a setting means, for a pane beside the list, and what other values of it cost."""
    parts: list[Any] = [say(row.title, "bold"), line(), *say(row.hint).wrap(width), line()]
    default = default_words(row)
    zero = getattr(row.value, "zero", "")
    for label, words in (
        ("now", value_words(row, settings)),
        ("default", default or ""),
        ("can be", row.value.allowed.partition("; 0 means")[0]),
        ("0 means", zero),
        ("in the file", row.place),
    ):
        if words:
            first, *more = say(words).wrap(width - LABEL)
            parts.append(line(say(f"{label:<{LABEL}}", MUTED), first))
            parts += [line(" " * LABEL, part) for part in more]
    return lines([*parts, line(), *map(say, costs)] if costs else parts)
