"""What the screen of a mock exam shows: its first rows, the strip of its questions, and the pane beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.tui.blocks import Block
from sciaquiz.tui.forms.form import as_button, keys_prompt
from sciaquiz.tui.page import filled
from sciaquiz.tui.status import hairline
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, AMBER, CHIP, FAINT, LINE, MUTED, line, lines, say, spread
from sciaquiz.view.mock import AWAY, LAST_MS, answered_words, clock_words, span_words
from sciaquiz.view.words import SURE
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.journal.entries import Certainty
    from sciaquiz.mock.attempt import Attempt
    from sciaquiz.tui.forms.form import Form
    from sciaquiz.tui.telling import Telling

ANSWERED, OPEN, ANSWERED_FLAGGED, OPEN_FLAGGED, HERE = "■", "□", "◆", "◇", "▣"
GROUP = 5
"""Questions that stand together in the strip."""
ROW = 10
"""Questions in a row of the pane, and of the overview where there is room."""
WITH_A_QUESTION = 64
"""Cells from which it is asked how sure one is; with less room the keys alone say it."""
LABEL, CELL = 4, 3
"""Cells of the number before a row, and of each question in it."""


def top(attempt: Attempt, left_ms: int | None, width: int, *, hides_clock: bool) -> Content:
    """Return what is held, which question is in front and how much time is left, over a line that fills with time."""
    title, name = say("Mock exam", f"bold {ACCENT}"), attempt.form.terms.title
    number, of = str(attempt.here + 1), len(attempt.form)
    is_late = left_ms is not None and left_ms <= LAST_MS
    place = line(say(number, "bold"), say(f" of {of}", MUTED))
    if attempt.here in attempt.flagged:
        place = line(say(f"{ANSWERED_FLAGGED} "), place)
    clock = line()
    if left_ms is not None and (is_late or not hides_clock):
        time, left = clock_words(left_ms).split(" ")
        clock = line(say(time, f"bold {AMBER}" if is_late else "bold"), say(f" {left}", AMBER if is_late else MUTED))
    right = line(place, " " * 5, clock) if clock.plain else place
    about = say(f"   {name}" if name != "Mock exam" else "", MUTED)
    limit = attempt.form.limit_ms
    share = len(attempt.answers) / of if limit is None or left_ms is None else 1 - left_ms / limit
    rule = filled(share, width)
    if is_late:
        done = rule.plain.rstrip("─")
        rule = line(say(done, AMBER), say("─" * (width - len(done)), LINE))
    for head in (line(title, about), title):
        if head.cell_length + 2 + right.cell_length <= width:
            return lines([spread(head, right, width), rule])
    return lines([right.truncate(max(0, width)), rule])


def sign_of(attempt: Attempt, place: int) -> Content:
    """Return how a question stands."""
    if place == attempt.here:
        return say(HERE, f"bold {ACCENT}")
    is_answered, is_flagged = attempt.answered(place), place in attempt.flagged
    if is_flagged:
        return say(ANSWERED_FLAGGED if is_answered else OPEN_FLAGGED, "bold")
    return say(ANSWERED, ACCENT_DIM) if is_answered else say(OPEN, FAINT)


def strip(attempt: Attempt, width: int) -> Content:
    """Return all questions in a row, in groups of five, and how many are answered and flagged.

    Where not all have room those around the one in front are shown.
    """
    told = _told(attempt, width)
    room = width - (told.cell_length + 2 if told.plain else 0)
    groups = -(-len(attempt.form) // GROUP)
    fitting = max(1, (room + 1) // (GROUP + 1))
    here = attempt.here // GROUP
    if groups > fitting:
        fitting = max(1, (room - 3) // (GROUP + 1))
    first = min(max(0, here - fitting // 2), max(0, groups - fitting))
    parts = []
    for group in range(first, min(groups, first + fitting)):
        begin = group * GROUP
        parts.append(line(*(sign_of(attempt, at) for at in range(begin, min(begin + GROUP, len(attempt.form))))))
    row = say(" ").join(parts)
    row = line(say("… ", FAINT), row) if first else row
    row = line(row, say(" …", FAINT)) if first + fitting < groups else row
    return spread(row, told, width) if told.plain and row.cell_length + 2 + told.cell_length <= width else row


def pace(attempt: Attempt, used_ms: int, left_ms: int | None, width: int) -> Content:
    """Return how long a question took so far and what is left for each, where the strip is in the pane."""
    told, number = _told(attempt, width), len(attempt.answers)
    left = line()
    if number:
        left = line(say(span_words(used_ms / number), "bold"), say(" a question so far", MUTED))
        open_ = len(attempt.form) - number
        if left_ms is not None and open_:
            left = line(left, say(", ", MUTED), say(span_words(left_ms / open_), "bold"), say(" left for each", MUTED))
    return spread(left, told, width)


def _told(attempt: Attempt, width: int) -> Content:
    answered, flagged = answered_words(attempt)
    told = line()
    for words in (answered, flagged):
        number, _, what = words.partition(" ")
        if words:
            told = line(told, "  " if told.plain else "", say(number, "bold"), say(f" {what}", MUTED))
    return told if told.cell_length + GROUP + 2 <= width // 2 or width >= 50 else line()


def rule(width: int, left: Content, said: Sequence[Telling], below: int) -> Content:
    """Return a hairline with what can be done, or what is to be said instead, and how many lines are below."""
    if said:
        return hairline(width, said[-1:], below=below)
    more = line()
    if below:
        more = line(say(f" {count(below, 'more line')}  ", MUTED), as_button(say("space", f"bold {ACCENT}"), "space"))
    if left.plain:
        left = line(left, " ")
    room = width - left.cell_length - more.cell_length
    if room < 0:
        return lines([left.truncate(width), say("─" * (width - more.cell_length), LINE) + more])
    return line(left, say("─" * room, LINE), more)


def prompt(
    form: Form, width: int, *, is_shown: bool, grade: int | None, certainty: Certainty | None, asks: bool
) -> Content:
    """Return what can be done with the question in front: how to answer it, or how sure one is of the answer."""
    how = "How was it?  " if is_shown else "How sure?  "
    asked = say(how if width >= WITH_A_QUESTION else "", "bold")
    if is_shown:
        chosen = {str(number): name for number, name in enumerate(("Again", "Hard", "Good", "Easy"), start=1)}
        keys = [_key(number, name, is_given=number == str(grade)) for number, name in chosen.items()]
        return line(asked, say("  ").join(keys))
    if form.wants_text:
        return keys_prompt("⏎", "type on") if form.is_left else keys_prompt("⏎", "answer", "esc", "other keys")
    if form.response is None:
        return form.prompt()
    if not asks:
        return line()
    keys = [_key(str(int(each)), SURE[each], is_given=each is certainty) for each in SURE]
    return line(asked, say("  ").join(keys))


def _key(key: str, words: str, *, is_given: bool) -> Content:
    if is_given:
        return say(f" {key} {words} ", f"bold {CHIP}")
    return as_button(line(say(key, f"bold {ACCENT}"), say(f" {words}", MUTED)), key)


def grid(attempt: Attempt, width: int) -> list[Content]:
    """Return every question in rows of ten, or of five where there is less room, each with the number of its first."""
    row = ROW if width >= LABEL + ROW * CELL else GROUP
    found = []
    for begin in range(0, len(attempt.form), row):
        places = range(begin, min(begin + row, len(attempt.form)))
        signs = (line("  ", sign_of(attempt, place)) for place in places)
        found.append(line(say(f"{begin + 1:>{LABEL - 1}}", MUTED), *signs))
    return found


def legend() -> Content:
    """Return what the signs mean."""
    return line(
        say(ANSWERED, ACCENT_DIM), say(" answered  ", MUTED), say(OPEN, FAINT), say(" open  ", MUTED),
        say(f"{ANSWERED_FLAGGED}{OPEN_FLAGGED}", "bold"), say(" flagged", MUTED),
    )  # fmt: skip


def pane(attempt: Attempt, width: int, *, is_tall: bool) -> list[Block]:
    """Return the pane: every question, what the signs mean, and what becomes of it if one leaves."""
    of = say(f"{len(attempt.answers)} of {len(attempt.form)} answered", MUTED)
    drawn = grid(attempt, width)
    texts: list[Content | str] = []
    has_gaps = is_tall and len(drawn) <= ROW
    for row in drawn:
        texts += [row, ""] if has_gaps else [row]
    texts = [spread(say("Questions", "bold"), of, width), "", *texts, *([] if has_gaps else [""]), legend(), ""]
    ends = [("feedback", "at the end"), ("if you leave", AWAY[attempt.form.terms.away])]
    texts += [spread(say(what, MUTED), say(words), width) for what, words in ends]
    return [Block(text=lines(texts), wraps=False)]
