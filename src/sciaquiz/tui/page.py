"""The blocks of the study page, from what is known of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sciaquiz.tui.forms.form import keys_prompt
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.tui.widgets.sheet import Block
from sciaquiz.view.feedback import Line, Offer, Role
from sciaquiz.view.feedback import feedback as feedback_lines
from sciaquiz.view.feedback import leech as leech_of

if TYPE_CHECKING:
    from collections.abc import Iterable

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

    The picture is drawn in half-blocks on a surface; only its words are shown where there is none.
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


OFFERED_BY = {Offer.DRILL: "c", Offer.REASONS: "o", Offer.NOTE: "n", Offer.SUSPEND: "x", Offer.RESUME: "x"}
"""The key of each thing that can be done about a leech."""


def feedback(
    outcome: Outcome, deck: Deck | None, mistakes: Iterable[Mistake], leech_blocks: Iterable[Block], note: str
) -> list[Block]:
    """Return the verdict, what was mixed up, that the card is a leech, the student's own note, and the reasons."""
    found: list[Block] = []
    leeches = list(leech_blocks)
    for said in feedback_lines(outcome, deck, mistakes, note):
        if said.role in (Role.NOTE, Role.EXPLANATION, Role.SOURCE):
            found += leeches
            leeches = []
        found += laid_out(said)
    return found + leeches


def laid_out(said: Line) -> list[Block]:
    """Return a line of feedback as it looks here."""
    match said.role:
        case Role.RIGHT:
            return [_verdict(f"✓ {said.head}", RIGHT, said.text)]
        case Role.PARTLY:
            return [_verdict(f"◐ {said.head}", AMBER, said.text)]
        case Role.WRONG:
            return [_verdict(f"✗ {said.head}", WRONG, said.text)]
        case Role.OWN_GRADE:
            return [Block(text=say(said.text, MUTED), above=1)]
        case Role.UNSAFE | Role.MIXED_UP:
            return [Block(text=say(said.text, AMBER))]
        case Role.DISCRIMINATOR:
            both = line(say("c", ACCENT), say(" both sides next to each other", MUTED))
            return [Block(text=say(said.text, "bold")), Block(text=both)]
        case Role.RATING | Role.ALSO | Role.SPELLING:
            return [Block(text=say(f"{said.head}: {said.text}", MUTED))]
        case Role.ANSWER:
            return [Block(text=line(f"{said.head} ", say(said.text, f"bold {RIGHT}")))]
        case Role.WHY:
            return [Block(text=say(said.text))]
        case Role.NOTE:
            return [Block(text=lines([say(said.head, MUTED), say(said.text)]), bar=True, above=1)]
        case Role.EXPLANATION:
            return [Block(text=say(said.text), above=1)]
        case Role.SOURCE:
            return [Block(text=say(f"{said.head}: {said.text}", f"italic {MUTED}"))]
        case _ as never:
            assert_never(never)


def _verdict(words: str, style: str, details: str) -> Block:
    return Block(text=line(say(words, f"bold {style}"), say(f"  {details}" if details else "", MUTED)), above=1)


def leech(lapses: int, taken_for: Iterable[str], *, suspended: bool) -> Block:
    """Return that a card was forgotten again and again, what it is taken for, and the keys for what can be done."""
    found = leech_of(lapses, taken_for, suspended=suspended)
    keys = [word for offer in found.offers for word in (OFFERED_BY[offer], offer)]
    return Block(text=lines([say(f"! {found.text}", f"bold {AMBER}"), keys_prompt(*keys)]), above=1)
