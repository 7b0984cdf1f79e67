"""The reasons for a due date, in lines that a student can follow."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Phase
from sciaquiz.marking.evidence import circumstances_in_words
from sciaquiz.text import cut
from sciaquiz.view.fitting import in_force_words, model_words
from sciaquiz.view.words import interval_words
from sciaquiz.words import count, percent, times

if TYPE_CHECKING:
    from sciaquiz.clock import Moment
    from sciaquiz.journal.entries import Progress
    from sciaquiz.memory.explain import Link, Reasons

COLUMNS = 76
INDENT = " " * 14
RECALL_AT_STABILITY = 0.9
"""The chance of recall after as many days as the stability is: what FSRS-6 means by it."""

MOST_ANSWERS = 3
"""With these, a card that has every reason there is still fits on a screen of 25 lines."""


ONLY_PRACTISED = "You have answered this card in practice only."
CROWDED = "More is due than today holds: what gains most for its time comes first."
FULL = "Today's {} min are full: what gains most for its time comes first."


def lines(reasons: Reasons, *, crowded: bool = False, minutes: int = 0) -> tuple[str, ...]:
    """Report the reasons in at most 28 plain lines of at most 76 columns.

    `crowded` says that more is due than the day holds, which changes the order in which cards come; `minutes` are
    those of the day, where they are why.
    """
    texts = [*_answers(reasons), *_memory(reasons), *_interval(reasons), *_marks(reasons)]
    if crowded and reasons.state.progress is not None:
        texts.append(FULL.format(minutes) if minutes else CROWDED)
    texts += ["", "If you answer it now:"]
    before = reasons.state.progress if reasons.reading.model == reasons.policy.model else None
    for rating, progress in reasons.previews.items():
        stability = _days(progress.memory.stability)
        memory = f"stability {stability}" if before is None else f"stability {_change(before, progress)}"
        texts.append(f"  {rating.name.capitalize():<6} {interval_words(progress, reasons.now):<26} {memory}")
    return tuple(_fit(line) for line in texts)


def _answers(reasons: Reasons) -> list[str]:
    if not reasons.links:
        return [ONLY_PRACTISED if reasons.practised else "You have not answered this card yet."]
    number = len(reasons.links)
    texts = [f"You answered {times(number)}." + (f" The last {MOST_ANSWERS}:" if number > MOST_ANSWERS else "")]
    for link in reasons.links[-MOST_ANSWERS:]:
        texts += _answer(link)
    return texts


def _answer(link: Link) -> list[str]:
    review = link.review
    over = review.rating.name.capitalize()
    by = f" (your word over {over})" if link.overruled else ""
    if not link.overruled and link.rating is not review.rating:
        by = f" (rated anew; {over} when you answered)"
    known = (
        f"{review.moment.study_day}  {', '.join(circumstances_in_words(review))}: {link.rating.name.capitalize()}{by}"
    )
    first = wrap(known, COLUMNS, initial_indent="  ", subsequent_indent=INDENT)
    if link.before is None or link.recall is None:
        return [*first, f"{INDENT}first met; stability {_days(link.after.memory.stability)}"]
    return [*first, f"{INDENT}recall was {percent(link.recall)}; stability {_change(link.before, link.after)}"]


def _memory(reasons: Reasons) -> list[str]:
    progress = reasons.state.progress
    if progress is None or reasons.recall is None:
        return []
    memory = progress.memory
    recall, target = percent(reasons.recall), percent(reasons.policy.desired_retention)
    lasts = f"Stability {_days(memory.stability)} (until recall is {percent(RECALL_AT_STABILITY)})"
    if memory.fast is not None:
        lasts = f"Stability {_days(memory.stability)}, the fast one {_days(memory.fast)}"
    return [
        f"{lasts}, difficulty {memory.difficulty:.1f} of 10.",
        f"Recall now {recall}, target {target}: due {_when(progress, reasons.now)}.",
        f"Model of memory: {_model(reasons)}.",
    ]


def _model(reasons: Reasons) -> str:
    """Name the model by which the card is remembered, and whose parameters it has."""
    now = in_force_words(reasons.own, reasons.now.study_day)
    if reasons.reading.model == reasons.policy.model:
        return now
    return f"{model_words(reasons.reading.model)} until the next answer, then {model_words(reasons.policy.model)}"


def _interval(reasons: Reasons) -> list[str]:
    progress, found = reasons.state.progress, reasons.spacing
    if progress is None:
        return []
    if reasons.corrected is not None:
        return [f"The key was corrected on {reasons.corrected}: it is learned anew, and due at once."]
    if progress.phase is not Phase.REVIEW:
        steps = reasons.policy.learning_steps if progress.phase is Phase.LEARNING else reasons.policy.relearning_steps
        of = f" of {len(steps)}" if progress.step < len(steps) else ""
        return [f"It is on {progress.phase.value} step {progress.step + 1}{of}, before intervals in days begin."]
    if found is None:
        return [f"Its interval of {count(progress.interval_days, 'day')} was set under earlier settings."]
    texts = [f"Recall falls to the target {_days(found.raw)} after the last answer."]
    if found.shortest < found.longest:
        range_days = f"{found.shortest} to {found.longest} days"
        chosen = f"{range_days}, {progress.interval_days} chosen"
        if found.is_chosen:
            texts.append(f"Fuzz, to level the days: {chosen}, when little was due.")
        else:
            texts.append(f"Fuzz, so that cards do not come in lumps: {chosen}.")
    else:
        texts.append(f"In whole days: {progress.interval_days}.")
    texts += [f"{cap.value.capitalize()}." for cap in reasons.caps]
    return [*texts, f"Due on {progress.due_day}."]


def _marks(reasons: Reasons) -> list[str]:
    progress, marks = reasons.state.progress, reasons.state.marks
    texts = [f"Practised {times(reasons.practised)}: the schedule stayed as it was."] if reasons.practised else []
    if progress is not None and progress.lapses:
        texts.append(f"Forgotten {times(progress.lapses)} since it was learnt.")
    if marks.suspended:
        texts.append("You suspended it: it is not asked.")
    if marks.buried_until is not None and marks.buried_until > reasons.now.study_day:
        texts.append(f"You put it off until {marks.buried_until}.")
    if marks.note:
        texts.append(f"Your note: {marks.note}")
    return texts


def _when(progress: Progress, now: Moment) -> str:
    overdue = (now.study_day - progress.due_day).days
    return f"{count(overdue, 'day')} ago" if overdue > 0 else interval_words(progress, now)


def _change(before: Progress, after: Progress) -> str:
    return f"{_number(before.memory.stability)} to {_days(after.memory.stability)}"


def _days(days: float) -> str:
    number = _number(days)
    return f"{number} day" if number == "1" else f"{number} days"


def _number(days: float) -> str:
    """Return days with as many digits as mean something."""
    return f"{days:.0f}" if days >= 20 else f"{days:.2f}".rstrip("0").rstrip(".") if days < 1 else f"{days:.1f}"


def _fit(line: str) -> str:
    return cut(" ".join(line.splitlines()), COLUMNS)
