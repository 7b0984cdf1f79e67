"""What stands on the study page: the blocks of its sheet and the line beneath, from what is known of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.marking.credit import credit_words
from sciaquiz.marking.response import SelfGrade
from sciaquiz.memory.words import interval_words, short_interval_words
from sciaquiz.record import Rating
from sciaquiz.study.danger import UNSAFE_NOW, is_dangerous
from sciaquiz.tui.forms.form import keys_prompt
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.tui.widgets.sheet import Block
from sciaquiz.tui.widgets.words import CERTAINTY, RATING, citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.content import Content

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.deck.picture import Picture
    from sciaquiz.record import CardState, Progress
    from sciaquiz.study.mixing import Mistake
    from sciaquiz.study.safekeeping import Aside
    from sciaquiz.study.sitting import Outcome
    from sciaquiz.tui.forms.form import Surface

WIDE = 70
"""Cells from which the grades of a recall card say when the card would come back."""


def head(question: Question, deck: Deck | None, place: str, width: int) -> Block:
    """Return the first line: the deck, and which question of the sitting this is."""
    left = say(deck.title if deck else question.deck_id, f"bold {ACCENT}")
    if question.safety is not None:
        left = line(left, say("  ! must not be missed", AMBER))
    return Block(text=spread(left, say(place, MUTED), width), flush=True, above=1)


def asked(question: Question, deck: Deck | None, surface: Surface | None) -> list[Block]:
    """Return the vignette as far as it is known, the stem, its picture, and the convention that the key rests on.

    The picture is drawn in half-blocks on a surface; its words alone stand where there is none.
    """
    found = []
    case = deck.case_of(question) if deck else None
    if case is not None:
        found.append(Block(text=say(case.title, f"bold {MUTED}"), above=1))
        found += [Block(text=say(text), bar=True, above=1) for text in case.stages[: question.stage]]
    found.append(Block(text=say(question.stem), above=1))
    if question.picture is not None:
        found += _pictured(question.picture, surface)
    if question.according_to:
        found.append(Block(text=say(f"According to: {question.according_to}", MUTED)))
    return found


def _pictured(picture: Picture, surface: Surface | None) -> list[Block]:
    from sciaquiz.tui.widgets.picture import half_blocks

    words = Block(text=say(picture.alt, f"italic {MUTED}"))
    drawn = half_blocks(picture.path, surface.width - 4, max(6, surface.height // 2)) if surface else None
    return [words] if drawn is None else [Block(text=drawn, wraps=False, above=1), words]


def feedback(outcome: Outcome, deck: Deck | None, mistakes: Iterable[Mistake], notes: Iterable[Block]) -> list[Block]:
    """Return the verdict first, then what was mixed up, notes on the card, the explanation and its sources."""
    question = outcome.shown.card.question
    found = [Block(text=_verdict(outcome), above=1)]
    if is_dangerous(outcome):
        found.append(Block(text=say(UNSAFE_NOW, AMBER)))
    for mistake in mistakes:
        found.append(Block(text=say(mistake.sentence, AMBER)))
        if mistake.discriminator:
            found.append(Block(text=say(mistake.discriminator, "bold")))
            found.append(Block(text=line(say("c", ACCENT), say(" both sides next to each other", MUTED))))
    found += notes
    if question.explanation:
        found.append(Block(text=say(question.explanation), above=1))
    source = citations(question, deck)
    if source:
        found.append(Block(text=say(source, f"italic {MUTED}")))
    return found


def _verdict(outcome: Outcome) -> Content:
    """Right or wrong by sign and word, and how sure the student was."""
    sure = f"  {CERTAINTY[outcome.answer.certainty]}" if outcome.answer.certainty else ""
    if isinstance(outcome.response, SelfGrade):
        return say(f"You graded it “{RATING[outcome.response.rating]}”.", MUTED)
    if outcome.marked.correct:
        reason = outcome.verdict.reason.removeprefix("right").removeprefix(",").removeprefix(" but").strip()
        return line(say("✓ Right", f"bold {RIGHT}"), say(f"  {reason}" if reason else sure, MUTED))
    credit = ""
    if any(part.right for part in outcome.marked.parts):
        credit = f"  {credit_words(outcome.shown.card.question, outcome.response, outcome.marked)}"
    if outcome.marked.score:
        return line(say("◐ Partly right", f"bold {AMBER}"), say(f"{credit}{sure}", MUTED))
    return line(say("✗ Wrong", f"bold {WRONG}"), say(f"{credit}{sure}", MUTED))


def leech(lapses: int, taken_for: Iterable[str], *, suspended: bool) -> Block:
    """Return that a card was forgotten again and again, what it is taken for, and what can be done about it."""
    taken = list(taken_for)
    mostly = f" Mostly taken for: {', '.join(taken)}." if taken else ""
    told = say(f"! Forgotten {lapses} times.{mostly}", f"bold {AMBER}")
    if suspended:
        return Block(text=lines([told, say("It is suspended now; browse resumes it.", MUTED)]), above=1)
    offers = ["o", "read all reasons", "n", "keep a note", "x", "suspend it"]
    return Block(text=lines([told, keys_prompt(*(["c", "drill both"] if taken else []), *offers)]), above=1)


# The line beneath


def reminded(reminder: str, prompt: Content) -> Content:
    """Return what the keys do, after a hint or a question about a near miss."""
    return lines([say(reminder, f"bold {AMBER}"), prompt]) if reminder else prompt


def how_sure() -> Content:
    """Return the question that follows each answer."""
    return line(
        say("How sure?  ", "bold"),
        keys_prompt("1", "guess", "2", "think so", "3", "certain", "⏎", "think so", gap=2),
    )


def grades(previews: Mapping[Rating, Progress], now: Moment, width: int) -> Content:
    """Return the four grades of a recall card, each with when the card would come back."""
    told: list[str] = []
    for rating, progress in previews.items():
        words = short_interval_words(progress, now).removeprefix("in ") if width >= WIDE else ""
        key = "3 ⏎" if rating is Rating.GOOD else str(int(rating))
        told += [key, f"{RATING[rating]} {words}".rstrip()]
    return line(say("How was it?  ", "bold"), keys_prompt(*told, gap=2))


def saving() -> Content:
    """Return what is told until the journal has the answer."""
    return say("saving …", MUTED)


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


def saved(state: CardState, progress: Progress, now: Moment, width: int) -> Content:
    """Return that the answer is in the journal, when the card comes back, and what can be done."""
    when = "suspended" if state.marks.suspended else f"again {interval_words(progress, now)}"
    return spread(
        line(say("saved", RIGHT), say(f" · {when}", MUTED)), keys_prompt("⏎", "next", "1–4", "change rating"), width
    )
