"""The pane beside a question: before the answer this sitting, after it when the question comes back and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.memory.forecast import forgetting_curve, retrievability_at
from sciaquiz.tui.blocks import Block
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, AMBER, FAINT, MUTED, RIGHT, WRONG, line, say
from sciaquiz.tui.widgets.bars import area
from sciaquiz.view.words import KIND, RATING, SURE, short_interval_words
from sciaquiz.words import count, day_words, percent, times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.content import Content

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.entries import Progress
    from sciaquiz.memory.explain import Link, Reasons
    from sciaquiz.memory.policy import Policy
    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Outcome, Shown

CURVE_ROWS = 4
MOST_ANSWERS = 6
MOST_SIGNS = 66
LABEL = 7
"""Cells for the labels of the curve."""


def before(round_: Round, width: int) -> list[Block]:
    """Return this sitting, answer by answer, and what may be known of the question before it is answered.

    Topics, note and history are left out: they would give the answer away.
    """
    shown, sitting = round_.shown, round_.sitting
    if shown is None:
        return []
    right = sum(outcome.marked.correct for outcome in sitting.outcomes)
    told = f"{right} of {len(sitting.outcomes)} right" if sitting.outcomes else ""
    if round_.tells_at_the_end:
        found = [_title("This sitting", f"{len(sitting.outcomes)} answered, told at the end", width)]
    else:
        found = [_title("This sitting", told, width), Block(text=_signs(sitting.outcomes, sitting.left))]
    rows = [
        ("your pace", f"{sitting.seconds_per_answer():.0f} s a question"),
        ("left", f"about {sitting.minutes_left(round_.clock.now())} min"),
    ]
    if again := len(sitting.steps_today()):
        rows.append(("come back today", f"{again}"))
    found += [_row(name, value, width, first=not place) for place, (name, value) in enumerate(rows)]
    return [*found, _title("This question", "", width), *_question(shown, round_.clock.now(), width)]


def _question(shown: Shown, now: Moment, width: int) -> list[Block]:
    progress = shown.before.progress
    rows = [("kind", KIND[shown.card.question.kind])]
    if progress is None:
        rows.append(("answered before", "never"))
    else:
        rows += [("answered before", times(progress.reps)), ("due", _due(progress, now))]
    return [_row(name, value, width) for name, value in rows]


def _due(progress: Progress, now: Moment) -> str:
    days = (now.study_day - progress.due_day).days
    if days > 0:
        return "since yesterday" if days == 1 else f"since {day_words(progress.due_day, now.study_day)}"
    return "today" if days == 0 else short_interval_words(progress, now)


def after(
    round_: Round, outcome: Outcome, reasons: Reasons | None, width: int
) -> tuple[list[Block], dict[str, int]]:  # fmt: skip
    """Return when the question comes back, its history, what it was mixed up with, and its sources in full.

    With the blocks comes the place of the section that each key leads to. `reasons` is None until they are known.
    """
    now, deck = round_.clock.now(), round_.deck(outcome.shown)
    state = round_.state
    foreseen = outcome.shown.before.progress if outcome.is_practice else outcome.predicted
    progress = (state.progress if state else None) or foreseen
    found = [_title("When it comes back", "practice" if outcome.is_practice else "", width, key="w")]
    if progress is None:
        found.append(_row("schedule", "not begun: as a new question", width))
    else:
        found += _returns(outcome, progress, now, width)
    places = {"w": 0}
    if reasons is not None:
        found += _history(reasons, now.study_day, width)
    if mixed := _mixed_up(round_, outcome, width):
        places["d"] = len(found)
        found += mixed
    if cited := sources(outcome, deck, width):
        places["r"] = len(found)
        found += cited
    return found, places


def _returns(outcome: Outcome, progress: Progress, now: Moment, width: int) -> list[Block]:
    """Return the curve of recall from now on, recall when it was asked, and how stable the memory is."""
    policy, earlier = outcome.shown.policy, outcome.shown.before.progress
    found = _curve(progress, policy, width)
    if earlier is not None:
        recall = percent(retrievability_at(earlier, outcome.answer.moment, policy))
        found.append(_row("recall when asked", recall, width))
    stability = _days(progress.memory.stability)
    changed = stability if earlier is None else f"{_number(earlier.memory.stability)} → {stability}"
    found.append(_row("stability", changed, width))
    if progress.lapses:
        found.append(_row("forgotten", f"{times(progress.lapses)} since learnt", width))
    return found


def _curve(progress: Progress, policy: Policy, width: int) -> list[Block]:
    days = max(3, round(progress.memory.stability * 3))
    values = forgetting_curve(progress, policy, days)
    lowest = min(0.9, int(min(values) * 10) / 10)
    cells = max(8, width - LABEL)
    rows = area(values, cells, CURVE_ROWS, lowest)
    labels = [percent(1), *[""] * (CURVE_ROWS - 2), percent(lowest)]
    drawn = [
        line(say(row, ACCENT_DIM), say(label.rjust(LABEL), FAINT)) for row, label in zip(rows, labels, strict=True)
    ]
    end = f"{days} days"
    axis = say("now".ljust(cells - len(end)) + end, FAINT)
    return [Block(text=text, wraps=False, close=True) for text in (*drawn, axis)]


def _history(reasons: Reasons, today: date, width: int) -> list[Block]:
    links = reasons.links
    if len(links) < 2:
        title = _title("History", "", width)
        return [title, Block(text=say("No answers before.", MUTED), close=True)]
    found = [_title("History", count(len(links), "answer"), width)]
    found += [
        Block(text=_answer(link, today, width), wraps=False, close=True) for link in links[: -MOST_ANSWERS - 1 : -1]
    ]
    return found


def _answer(link: Link, today: date, width: int) -> Content:
    review = link.review
    sign, style = ("✓", RIGHT) if review.correct else ("◐", AMBER) if review.score else ("✗", WRONG)
    day = day_words(review.moment.study_day, today).rjust(6)
    sure = (SURE[review.certainty] if review.certainty is not None else "").ljust(8)
    seconds = f"{review.latency_ms / 1000:.0f} s" if review.latency_ms is not None else ""
    left = line(say(f"{day}  ", MUTED), say(sign, style), f" {sure}", say(f" {seconds.rjust(5)}", MUTED))
    name = RATING[link.rating]
    return line(left, " " * max(1, width - left.cell_length - len(name)), say(name))


def _mixed_up(round_: Round, outcome: Outcome, width: int) -> list[Block]:
    found = []
    for mistake in round_.mistakes(outcome):
        words = mistake.sentence
        found.append(Block(text=say(words), close=True))
    return [_title("Mixed up", "", width, key="d"), *found] if found else []


def sources(outcome: Outcome, deck: Deck | None, width: int) -> list[Block]:
    """Return the sources of the question, each in full, below their title; nothing where there is none."""
    wanted = outcome.shown.card.question.sources
    cited = [source.citation for source in deck.sources if source.id in wanted] if deck else []
    if not cited:
        return []
    return [_title("Sources", "", width, key="r"), *(Block(text=say(text, MUTED), close=True) for text in cited)]


def _signs(outcomes: Sequence[Outcome], left: int) -> Content:
    """Return a sign for each answer, the question in front, and those that wait."""
    signs = [
        say("✓ ", RIGHT) if each.marked.correct else say("◐ ", AMBER) if each.marked.score else say("✗ ", WRONG)
        for each in outcomes
    ]
    shown = signs[-MOST_SIGNS // 2 :]
    waiting = min(left, MOST_SIGNS - len(shown))
    return line(*shown, say("● ", ACCENT), say("· " * waiting, MUTED))


def _title(words: str, told: str, width: int, *, key: str = "") -> Block:
    left, right = say(words, "bold"), say(key, f"bold {ACCENT}") if key else say(told, MUTED)
    gap = max(1, width - left.cell_length - right.cell_length)
    return Block(text=line(left, " " * gap, right), wraps=False, above=1)


def _row(name: str, value: str, width: int, *, first: bool = False) -> Block:
    gap = max(1, width - len(name) - len(value))
    text = line(say(name, MUTED), " " * gap, say(value))
    return Block(text=text, wraps=False, close=not first, above=int(first))


def _days(days: float) -> str:
    number = _number(days)
    return f"{number} day" if number == "1" else f"{number} days"


def _number(days: float) -> str:
    return f"{days:.0f}" if days >= 20 else f"{days:.1f}".removesuffix(".0") if days >= 1 else f"{days:.2f}"
