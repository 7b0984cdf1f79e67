"""What the place Exam tells beside the plan: today's part, how sure it is, what time buys; by plain calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.tui.screens.exampage import answer, part_title
from sciaquiz.tui.screens.exampage import head as page_head
from sciaquiz.tui.text import ACCENT, FAINT, MUTED, line, lines, say, spread
from sciaquiz.tui.widgets.barrows import BarRow, bar_columns
from sciaquiz.view.exam import LIKE_THESE, sure_lines, today_lines, variant_lines
from sciaquiz.words import count

if TYPE_CHECKING:
    from textual.content import Content

    from sciaquiz.tui.screens.exampage import Shown

MOST_BOUGHT = 8
"""Topics of which it is told what an hour brings."""


def head(shown: Shown, width: int, *, has_page: bool) -> Content:
    """Return what stands above what can be set; with the prediction where the page is not beside it."""
    title = line(say("Plan", "bold"))
    key = line(say("tab", f"bold {ACCENT}"), say(" change" if has_page else " done", MUTED))
    above: list[Content] = []
    if not has_page and shown.seen is not None:
        above = [*page_head(shown, width), *answer(shown, shown.seen, width)[:1], line()]
    return lines([*above, *spread(title, key, width).split()])


def more(shown: Shown, width: int) -> list[Content]:
    """Return today's part, how sure the prediction is, and what time buys, a blank row between them."""
    seen = shown.seen
    if seen is None:
        return []
    day, drawn = seen.days[0], [say("Today's part", "bold")]
    if day.cards:
        drawn += [
            spread(say(count(day.reviews, "review")), say(f"{day.new} new", MUTED), width),
            spread(say(count(day.reviews + day.new, "question")), say(f"{round(day.seconds / 60)} min", "bold"), width),
        ]
    else:
        drawn += say(today_lines(seen, shown.told)[0], MUTED).wrap(width)
    drawn += [line(), say("How sure is this?", "bold")]
    for words in (*sure_lines(seen), LIKE_THESE):
        drawn += say(words, MUTED).wrap(width)
    bought = [part for part in seen.parts if part.per_hour][:MOST_BOUGHT]
    if bought:
        most = max(part.per_hour for part in bought)
        rows = [
            BarRow(part_title(part, shown.titles), part.per_hour / most, f"{part.per_hour:.1f}")
            for part in sorted(bought, key=lambda part: -part.per_hour)
        ]
        columns = bar_columns(rows, width)
        drawn += [line(), columns.head("What time buys", "bold", "points an hour", "", width)]
        drawn += [columns.row(row) for row in rows]
    return drawn


def other_time(shown: Shown, width: int) -> list[Content]:
    """Return what more or less time would bring, once that is worked out."""
    if shown.seen is None or shown.told is None:
        return []
    drawn = [say("With other time", FAINT)]
    for words in variant_lines(shown.seen, shown.told):
        drawn += say(words, MUTED).wrap(width)
    return drawn
