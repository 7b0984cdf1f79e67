"""The rows beneath the study page: a hairline with what is to be said, and what can be done now or what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Rating
from sciaquiz.tui.forms.form import as_button, keys_prompt
from sciaquiz.tui.text import ACCENT, AMBER, CHIP, FAINT, LINE, MUTED, RIGHT, WRONG, line, lines, say
from sciaquiz.view.feedback import Role, verdict
from sciaquiz.view.words import CERTAINTY, RATING, SURE, short_interval_words
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.content import Content

    from sciaquiz.clock import Moment
    from sciaquiz.journal.entries import Certainty, Progress
    from sciaquiz.study.safekeeping import Aside
    from sciaquiz.study.turns import Outcome
    from sciaquiz.tui.telling import Telling

WIDE = 96
"""Cells from which each rating says when the card would come back."""

GRADED = 64
"""The same for the four grades of a recall card, below which nothing else stands."""

VERDICTS = {Role.RIGHT: ("✓", RIGHT), Role.PARTLY: ("◐", AMBER), Role.WRONG: ("✗", WRONG), Role.OWN_GRADE: ("", "")}


def hairline(width: int, said: Sequence[Telling] = (), *, below: int = 0, key: str = "space") -> Content:
    """Return a hairline with what is to be said, and how many lines are below what is in sight; `key` shows them.

    What has no room in the hairline stands below it.
    """
    more = line()
    if below:
        button = as_button(say(key, f"bold {ACCENT}"), key)
        more = line(say(f" {count(below, 'more line')}  ", MUTED), button, " ", say("──", LINE))
    *others, last = [_told(telling) for telling in said] or [line()]
    if last.cell_length + 4 + more.cell_length > width:
        others, last = [*others, last], line()
    left = line(last, " ") if last.plain else last
    rule = line(left, say("─" * max(0, width - left.cell_length - more.cell_length), LINE), more)
    return lines([rule, *others])


def _told(telling: Telling) -> Content:
    return say(f"! {telling.words}", f"bold {AMBER}") if telling.is_trouble else say(telling.words, "bold")


def how_sure() -> Content:
    """Return the question that follows each answer."""
    return line(say("How sure?   ", "bold"), keys_prompt("1", "guess", "2 ⏎", "think so", "3", "certain"))


def grades(previews: Mapping[Rating, Progress], now: Moment, width: int) -> Content:
    """Return the four grades of a recall card, each with when the card would come back."""
    texts: list[str] = []
    for rating, progress in previews.items():
        words = _when(progress, now) if width >= GRADED else ""
        texts += ["3 ⏎" if rating is Rating.GOOD else str(int(rating)), f"{RATING[rating]} {words}".rstrip()]
    return line(say("How was it?  ", "bold"), keys_prompt(*texts, gap=2))


def _when(progress: Progress, now: Moment) -> str:
    return short_interval_words(progress, now).removeprefix("in ")


def unsaved(reason: str, aside: Aside) -> Content:
    """Return why the journal refused the answer, what can be done, and where it is meanwhile.

    The keys come before the place, whose name may be longer than there is room.
    """
    where = f"Until then it is in {aside.file}"
    if aside.file is None:
        where = "No file could be written either. On leaving, the answer is shown as a line to copy."
    return lines(
        [
            say(f"! {reason}", f"bold {AMBER}"),
            keys_prompt("⏎", "try again", "q", "leave all the same"),
            say(where, MUTED),
        ]
    )


def kept(*, is_saved: bool, is_trial: bool = False) -> Content:
    """Return whether the journal has an answer; nothing of a trial is to stay in it."""
    return say("not recorded" if is_trial else "saved" if is_saved else "saving …", MUTED)


def practised(outcome: Outcome, width: int, end: Content) -> Content:
    """Return the verdict of an answer in practice, what follows from it, and at its end whether it is saved."""
    for sure in (CERTAINTY, SURE, {}):
        said = _verdict(outcome, sure)
        told = line(said, "   ", say("practice: the schedule stays as it is", MUTED))
        if told.cell_length + 2 + end.cell_length <= width:
            return line(told, " " * (width - told.cell_length - end.cell_length), end)
    return lines([told, end])


def tried(outcome: Outcome, width: int) -> Content:
    """Return the verdict of an answer that is not kept, and how it would be rated."""
    from sciaquiz.view.preview import rated_words

    for sure in (CERTAINTY, SURE, {}):
        told = line(_verdict(outcome, sure), "   ", say(rated_words(outcome), MUTED))
        if told.cell_length <= width:
            return told
    return lines([_verdict(outcome, {}), say(rated_words(outcome), MUTED)])


def strip(
    outcome: Outcome, rating: Rating, back: str, width: int, *, saved: Content, previews: Mapping[Rating, str]
) -> Content:
    """Return the verdict, the rating among all four, when the card comes back, and whether the answer is saved.

    What has no room is left out: first the names of the other ratings, then how sure the student was.
    """
    returns = _returns(back)
    shorter = _returns(back.removeprefix("back "))
    wide = width >= WIDE
    named = [
        (_verdict(outcome, CERTAINTY if wide else SURE), _ratings(rating, RATING, previews if wide else {}), returns),
        (_verdict(outcome, SURE), _ratings(rating, RATING, {}), returns),
        (_verdict(outcome, {}), _ratings(rating, RATING, {}), shorter),
        (_verdict(outcome, {}), _ratings(rating, {}, {}), shorter),
        (_verdict(outcome, {}), _chip(rating), shorter),
    ]
    for said, ratings, comes in named:
        end = line(comes, "  ", saved)
        room = width - said.cell_length - ratings.cell_length - end.cell_length
        if room >= 3:
            gap = min(3, room - 2)
            return line(said, " " * gap, ratings, " " * (room - gap), end)
    said, ratings, comes = named[-1]
    return lines([line(said, "  ", ratings), line(comes, "  ", saved)])


def _verdict(outcome: Outcome, sure: Mapping[Certainty, str]) -> Content:
    told = verdict(outcome)
    if told.role is Role.OWN_GRADE:
        return say("You graded it", MUTED)
    sign, style = VERDICTS[told.role]
    certainty = sure.get(outcome.answer.certainty, "") if outcome.answer.certainty is not None else ""
    return line(say(f"{sign} {told.head}", f"bold {style}"), say(f", {certainty}" if certainty else "", MUTED))


def _returns(words: str) -> Content:
    """Return when a card comes back, the time itself standing out."""
    for begin in ("back in ", "in ", "back "):
        if words.startswith(begin):
            return line(say(begin, MUTED), say(words.removeprefix(begin), "bold"))
    return say(words, "bold")


def _ratings(given: Rating, names: Mapping[Rating, str], previews: Mapping[Rating, str]) -> Content:
    parts: Sequence[Content] = [
        _chip(rating) if rating is given else _other(rating, names.get(rating, ""), previews.get(rating, ""))
        for rating in Rating
    ]
    return say("  ").join(parts)


def _chip(rating: Rating) -> Content:
    return say(f"▸{int(rating)} {RATING[rating]} ", f"bold {CHIP}")


def _other(rating: Rating, name: str, when: str) -> Content:
    key = str(int(rating))
    words = line(
        say(key, f"bold {ACCENT}"), say(f" {name}" if name else "", MUTED), say(f" {when}" if when else "", FAINT)
    )
    return as_button(words, key)
