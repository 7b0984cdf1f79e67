"""The pane of Statistics: a topic, kind or deck, how well it is known and what went wrong in it.

Widths are in cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.tui.screens.homepane import key, pane, title
from sciaquiz.tui.screens.hometable import bar as known_bar
from sciaquiz.tui.screens.statsblocks import Room, shares
from sciaquiz.tui.screens.statslists import card_entry
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, MUTED, line, say, spread
from sciaquiz.tui.widgets.columns import below, columns
from sciaquiz.tui.widgets.forest import Scale
from sciaquiz.view import statistics
from sciaquiz.view.statistics import Section
from sciaquiz.words import MONTHS, count, percent

if TYPE_CHECKING:
    from textual.content import Content

    from sciaquiz.insight.report import Report, Row
    from sciaquiz.tui.screens.homepane import Block

MOST_WEEKS = 12
MOST_PAIRS, MOST_QUESTIONS = 3, 6
TALL = 26
"""Rows of the pane from which a picture has more rows."""


def topic_pane(row: Row, report: Report | None, long: Report | None, width: int, rows: int) -> Content:
    """Return what is known of a topic, kind or deck in so many rows.

    Its report, and the one over a period that is long enough for weeks, come a moment later.
    """
    blocks: list[Block] = [_known(row, report, width)]
    if report is not None:
        weeks = [] if long is None else _weeks(row, long, width, 4 if rows >= TALL else 2)
        blocks += [weeks, _mixed_up(report, width)]
        left = rows - sum(len(block) + 1 for block in blocks if block)
        blocks.append(_weakest(report, width, min(MOST_QUESTIONS, left - 1)))
    return pane(blocks, rows)


def _known(row: Row, report: Report | None, width: int) -> Block:
    number = count(row.cards, "question")
    decks = f"{number} in {count(len(report.decks), 'deck')}" if report is not None and report.decks else number
    name = say(f"{row.name[:1].upper()}{row.name[1:]}", f"bold {ACCENT}")
    fits = name.cell_length + len(decks) + 2 <= width
    told: Block = [spread(name, say(decks, MUTED), width) if fits else name.truncate(width, ellipsis=True)]
    if row.cards:
        share, met = row.known / row.cards, 1 - row.unseen / row.cards
        words = line(say(f"{percent(share)} known"), say(f", {row.unseen} unseen" if row.unseen else "", MUTED))
        bar = width - words.cell_length - 3
        told.append(line(known_bar(share, met, bar), "   ", words) if bar > 0 else words)
    return [*told, *shares(statistics.of_topic(row), Scale(), Room(width, 0), ())]


def _weeks(row: Row, report: Report, width: int, rows: int) -> Block:
    weeks = statistics.weeks(report.days, min(MOST_WEEKS, width // 3))
    if row.right.is_few or all(share.is_few for _, share in weeks):
        return []
    step = 4 if width >= 4 * MOST_WEEKS else 3
    values = [None if share.is_few else share.value for _, share in weeks]
    head = title("Right, week by week", say(f"{percent(row.right.value or 0)} of {row.right.n}", MUTED), width)
    dates = [(place, f"{day.day} {MONTHS[day.month - 1]}") for place, (day, _) in enumerate(weeks) if place % 3 == 0]
    return [
        head,
        *columns(values, rows, ACCENT_DIM, wide=step - 1, gap=1, top=1.0),
        *([below(dates, step, width)] if rows > 2 else []),
    ]


def _mixed_up(report: Report, width: int) -> Block:
    if not report.mixed_up:
        return []
    told: Block = [title(Section.MIXED_UP, key("d"), width)]
    for pair in report.mixed_up[:MOST_PAIRS]:
        often = say(f"{pair.times}×", MUTED)
        names = say(statistics.mixed_up_words(pair)).truncate(width - often.cell_length - 2, ellipsis=True)
        told.append(spread(names, often, width))
    return told


def _weakest(report: Report, width: int, most: int) -> Block:
    cards = report.hardest.rows[: max(0, most)]
    if not cards:
        return []
    return [say(Section.WEAKEST, "bold"), *(card_entry(card, width).shown for card in cards)]
