"""The pane beside Home: what is unsafe, what was mixed up, the coming days and the last seven; by plain calls."""

from __future__ import annotations

from datetime import timedelta
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.style import Style

from sciaquiz.text import cells, cut
from sciaquiz.tui.screens.homepage import names_of, pair
from sciaquiz.tui.screens.hometable import BARE, FULL
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, AMBER, FAINT, LINE, MUTED, WRONG, line, lines, say, spread
from sciaquiz.words import WEEKDAYS, count, duration_words, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from textual.content import Content

    from sciaquiz.deck.model import Deck
    from sciaquiz.insight.beside import Break, Case
    from sciaquiz.insight.overview import Overview
    from sciaquiz.insight.recent import Recent
    from sciaquiz.study.confusions import Confusion

    Block = list[Content | str]

MOST_UNSAFE, MOST_PAIRS, DAYS = 2, 3, 7
STEM_ROWS = 2
MOST_AGAIN = 4
COUNTED = (
    "What you still know after so long gets a longer interval than if you had come on time. What you forgot is learned "
    "again in one short step; nothing else is reset."
)


def pane(blocks: Iterable[Block], rows: int) -> Content:
    """Return the blocks that fit into so many rows, in their order, a blank row between."""
    told: Block = []
    for block in blocks:
        gap: Block = [""] if told else []
        if block and len(told) + len(gap) + len(block) <= rows:
            told += [*gap, *block]
    return lines(told)


def title(words: str, right: Content, width: int, style: str = "bold") -> Content:
    """Return the title of a block, with its key or its number at the right."""
    return spread(say(words, style), right, width)


def key(name: str) -> Content:
    """Return a key as it stands beside a title."""
    return say(name, f"bold {ACCENT}").stylize(Style.from_meta({"@click": f"app.simulate_key({name!r})"}))


def unsafe(cases: Sequence[Case], today: date, width: int) -> Block:
    """Return the questions that are unsafe, each with how it begins and the day of its next proof."""
    if not cases:
        return []
    told: Block = [title("! Unsafe now", key("d"), width, f"bold {AMBER}")]
    for place, case in enumerate(cases[:MOST_UNSAFE]):
        told += [""] if place else []
        told += begin(case.begins, width)
        day = weekday_words(case.due) if case.due > today else "now"
        told.append(say(f"{'second' if case.is_second else 'first'} proof {day}", MUTED))
    if len(cases) > MOST_UNSAFE:
        told.append(say(f"and {len(cases) - MOST_UNSAFE} more", MUTED))
    return told


def begin(stem: str, width: int) -> list[Content | str]:
    """Return how a question begins, in two lines at most."""
    rows = wrap(stem, width, max_lines=STEM_ROWS, placeholder=" …")
    return [say(row) for row in rows]


def mixed_up(confusions: Sequence[Confusion], decks: Sequence[Deck], width: int) -> Block:
    """Return the most frequent open confusions."""
    if not confusions:
        return []
    told: Block = [title("Mixed up lately", key("d"), width)]
    for confusion in confusions[:MOST_PAIRS]:
        often = say(f"{confusion.count}×", MUTED)
        both = pair(confusion, decks, width - often.cell_length - 2)
        if "…" in both.plain:  # one below the other
            one, other = names_of(confusion, decks)
            told.append(spread(line(say(cut(one, width - often.cell_length - 4)), say(" ⇄", FAINT)), often, width))
            both, often = say(cut(other, width)), say("")
        told.append(spread(both, often, width))
    if len(confusions) > MOST_PAIRS:
        told.append(say(f"and {len(confusions) - MOST_PAIRS} more", MUTED))
    return told


def coming(seen: Overview, today: date, width: int) -> Block:
    """Return how many are due on each of the next seven days, and how long that takes."""
    due = list(seen.days_ahead[:DAYS])
    if not any(due):
        return []
    told: Block = [say("Coming days", "bold")]
    room, top = width - 7 - 5 - 11, max(due)
    for place, number in enumerate(due):
        day = today + timedelta(days=place + 1)
        name = f"{WEEKDAYS[day.weekday()][:3]} {day.day:<2} "
        minutes = duration_words(max(1, round(number * seen.seconds / 60))) if number else ""
        told.append(
            line(
                say(name, MUTED),
                stroke(number / top, room, ACCENT_DIM),
                say(f"{number or '·':>5}", "bold" if number else MUTED),
                say(f"{minutes:>11}", MUTED),
            )
        )
    return told


def recent(done: Recent, name: str, width: int) -> Block:
    """Return what the answers of some days came to; each share is one of their number."""
    if not done.answers:
        return []
    rows = [("right", done.right, ACCENT), ("right and certain", done.certain_right, ACCENT)]
    rows += [("certain and wrong", done.certain_wrong, AMBER)]
    told: Block = [title(name, say(count(done.answers, "answer"), MUTED), width)]
    room = width - 19 - 6
    for words, number, style in rows:
        share = number / done.answers
        told.append(line(say(f"{words:<19}", MUTED), stroke(share, room, style), say(percent(share).rjust(6))))
    return told


def figures(rows: Iterable[tuple[str, str]], name: str, width: int) -> Block:
    """Return a title and numbers, each with its name."""
    return [say(name, "bold"), *(spread(say(words, MUTED), say(number), width) for words, number in rows)]


def done_blocks(done: Recent, again: Sequence[str], width: int) -> list[Block]:
    """Return what was done today, and what of it to look at again."""
    if not done.answers:
        return []
    rows = [
        ("answered", str(done.answers)),
        ("right", f"{done.right}, {percent(done.right / done.answers)}"),
        ("right and certain", str(done.certain_right)),
        ("certain and wrong", str(done.certain_wrong)),
        ("met for the first time", str(done.introduced)),
        *([("time", duration_words(done.minutes))] if done.minutes else []),
    ]
    look: Block = [say("Look at again", "bold")] if again else []
    for stem in again[:MOST_AGAIN]:
        first, *more = begin(stem, width - 2)
        look += [line(say("✗ ", WRONG), first), *(line("  ", row) for row in more)]
    return [figures(rows, "Today", width), look]


def break_blocks(seen: Overview, back: Break, width: int) -> list[Block]:
    """Return what a break did: what is still known, which topics faded most, and how it is counted."""
    known = round(seen.waiting - seen.fading)
    rows = [("still known, predicted", f"{known} of {seen.waiting}"), ("slipped below half", str(back.slipped))]
    first = figures(rows, f"What {count(back.days, 'day')} did", width)
    if seen.unsafe:
        first.append(spread(say("! unsafe before the break", AMBER), say(str(len(seen.unsafe)), AMBER), width))
    faded: Block = [title("Faded most", say("known then → now", MUTED), width)] if back.faded else []
    name_width = min(max((cells(topic.name) for topic in back.faded), default=0) + 1, width - 8 - 13)
    for topic in back.faded:
        room = width - name_width - 13
        full = round(topic.now * room)
        dim = max(full, round(topic.then * room)) - full
        share = f"{percent(topic.then):>5} → "
        faded.append(
            line(
                say(f"{cut(topic.name, name_width - 1):<{name_width}}", MUTED),
                say(FULL * full, ACCENT), say(FULL * dim, ACCENT_DIM), say(BARE * (room - full - dim), LINE),
                say(share, MUTED), say(percent(topic.now).rjust(5)),
            )
        )  # fmt: skip
    counted: Block = [say("How it is counted", "bold"), *(say(row, MUTED) for row in wrap(COUNTED, width))]
    return [first, faded, counted]


def stroke(share: float, width: int, style: str) -> Content:
    """Return a bar of so many cells for a share of 0..1; a share above 0 is always seen."""
    full = max(share > 0, round(share * width))
    return line(say(FULL * full, style), say(BARE * (width - full), LINE))
