"""What stands on the study page: the blocks of its sheet, from what is known of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.marking.credit import credit_words
from sciaquiz.marking.response import SelfGrade
from sciaquiz.study.danger import UNSAFE_NOW, is_dangerous
from sciaquiz.tui.forms.form import keys_prompt
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.tui.widgets.sheet import Block
from sciaquiz.tui.widgets.words import CERTAINTY, RATING, citations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.deck.picture import Picture
    from sciaquiz.study.mixing import Mistake
    from sciaquiz.study.turns import Outcome
    from sciaquiz.tui.forms.form import Surface


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


def feedback(
    outcome: Outcome, deck: Deck | None, mistakes: Iterable[Mistake], told: Iterable[Block], note: str
) -> list[Block]:
    """Return the verdict, what was mixed up, what is `told` of the card, the student's own note, and the reasons."""
    question = outcome.shown.card.question
    found = [Block(text=_verdict(outcome), above=1)]
    if is_dangerous(outcome):
        found.append(Block(text=say(UNSAFE_NOW, AMBER)))
    for mistake in mistakes:
        found.append(Block(text=say(mistake.sentence, AMBER)))
        if mistake.discriminator:
            found.append(Block(text=say(mistake.discriminator, "bold")))
            found.append(Block(text=line(say("c", ACCENT), say(" both sides next to each other", MUTED))))
    found += told
    if note:
        found.append(Block(text=lines([say("Your note", MUTED), say(note)]), bar=True, above=1))
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
