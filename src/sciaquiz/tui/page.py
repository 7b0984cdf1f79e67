"""The blocks of the study page, from what is known of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sciaquiz.tui.blocks import Block, Yields
from sciaquiz.tui.forms.form import keys_prompt
from sciaquiz.tui.text import ACCENT, AMBER, LINE, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.view.feedback import Line, Offer, Role, credit
from sciaquiz.view.feedback import feedback as feedback_lines
from sciaquiz.view.feedback import leech as leech_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.deck.picture import Picture
    from sciaquiz.journal.corrections import Corrected
    from sciaquiz.study.mixing import Mistake
    from sciaquiz.study.turns import Outcome
    from sciaquiz.tui.forms.form import Surface

DANGER = ("   ! must not be missed", "  !", "")
"""How it is said of a question that must not be missed, by the room there is."""


def head(question: Question, deck: Deck | None, place: str, minutes: str, width: int, *, answered: bool) -> Content:
    """Return the first row: the deck, its topics once it was answered, and which question of the sitting this is.

    Before the answer the topics would give it away. What has no room is left out: first the topics, then the minutes.
    """
    title = say(deck.title if deck else question.deck_id, f"bold {ACCENT}")
    topics = [topic.replace("-", " ") for topic in question.topics] if answered else []
    named = [f"  {', '.join(topics[:number])}" for number in range(len(topics), 0, -1)]
    dangers = DANGER if question.safety is not None else ("",)
    for danger, about, told in (
        *((dangers[0], about, minutes) for about in (*named, "")),
        (dangers[0], "", ""), (dangers[-2:][0], "", ""), (dangers[-1], "", ""),
    ):  # fmt: skip
        left = line(title, say(about, MUTED), say(danger, AMBER))
        right = say(" · ".join(words for words in (place, told) if words), MUTED)
        if left.cell_length + 2 + right.cell_length <= width:
            return spread(left, right, width)
    return title.truncate(max(0, width), ellipsis=True)


def filled(share: float, width: int) -> Content:
    """Return a hairline of so many cells, the share of the sitting that was answered drawn heavily."""
    halves = round(2 * width * min(1.0, max(0.0, share)))
    done = "━" * (halves // 2) + "╸" * (halves % 2)
    return line(say(done, ACCENT), say("─" * (width - len(done)), LINE))


def asked(question: Question, deck: Deck | None, surface: Surface | None) -> list[Block]:
    """Return the vignette as far as it is known, the stem, its picture, and the convention that the key rests on.

    What is asked, the last paragraph, stands out. The picture is drawn in half-blocks on a surface; only its words are
    shown where there is none.
    """
    found = []
    case = deck.case_of(question) if deck else None
    if case is not None:
        found.append(Block(text=say(case.title, f"bold {MUTED}"), above=1, yields=Yields.LAST))
        stages = case.stages[: question.stage]
        found += [Block(text=say(text), above=1, yields=Yields.LAST) for text in stages]
    *vignette, what = question.stem.split("\n\n")
    found += [Block(text=say(text), above=1, yields=Yields.LAST) for text in vignette]
    if question.picture is not None:
        found += _pictured(question.picture, surface)
    found.append(Block(text=say(what, "bold"), above=1))
    if question.according_to:
        told = say(f"According to: {question.according_to}", MUTED)
        found.append(Block(text=told, close=True, yields=Yields.LAST))
    return found


def _pictured(picture: Picture, surface: Surface | None) -> list[Block]:
    from sciaquiz.tui.widgets.picture import half_blocks

    words = Block(text=say(picture.alt, f"italic {MUTED}"), close=True, yields=Yields.LAST)
    drawn = half_blocks(picture.path, surface.width, max(6, surface.height // 2)) if surface else None
    return [words] if drawn is None else [Block(text=drawn, wraps=False, above=1, yields=Yields.LAST), words]


OFFERED_BY = {Offer.DRILL: "d", Offer.REASONS: "o", Offer.NOTE: "n", Offer.SUSPEND: "x", Offer.RESUME: "x"}
"""The key of each thing that can be done about a leech."""


def feedback(
    outcome: Outcome,
    deck: Deck | None,
    reasons: Sequence[Block],
    mistakes: Iterable[Mistake],
    leech_blocks: Iterable[Block],
    note: str,
    corrected: Corrected | None = None,
) -> list[Block]:
    """Return what is read once it was answered: the reasons, what follows from the answer, and the explanation.

    The verdict stands in the strip, and the sources have a key.
    """
    found: list[Block] = []
    if partly := credit(outcome):
        found.append(Block(mark=say("◐", f"bold {AMBER}"), text=say(partly, AMBER), above=1))
    found += reasons
    leeches = list(leech_blocks)
    for said in feedback_lines(outcome, deck, mistakes, note, corrected)[1:]:
        if said.role in (Role.NOTE, Role.EXPLANATION, Role.SOURCE):
            found += leeches
            leeches = []
        found += laid_out(said)
    return found + leeches


def laid_out(said: Line) -> list[Block]:
    """Return a line of feedback as it looks here."""
    match said.role:
        case Role.RIGHT | Role.PARTLY | Role.WRONG | Role.OWN_GRADE | Role.SOURCE:
            return []
        case Role.UNSAFE | Role.CORRECTED:
            return [Block(mark=say("!", f"bold {AMBER}"), text=say(said.text, AMBER))]
        case Role.MIXED_UP:
            return [Block(mark=say("⇄", f"bold {MUTED}"), text=say(said.text))]
        case Role.DISCRIMINATOR:
            return [Block(mark=say(" "), text=say(said.text, "bold"), close=True)]
        case Role.RATING:
            return [Block(mark=say("▸", MUTED), text=say(f"{said.head}: {said.text}", MUTED))]
        case Role.ALSO | Role.SPELLING:
            return [Block(mark=say(" "), text=say(f"{said.head}: {said.text}", MUTED))]
        case Role.ANSWER:
            right = line(f"{said.head} ", say(said.text, f"bold {RIGHT}"))
            return [Block(mark=say("✓", f"bold {RIGHT}"), text=right)]
        case Role.WHY:
            return [Block(mark=say("✗", f"bold {WRONG}"), text=say(said.text))]
        case Role.NOTE:
            return [Block(text=say(said.text, "italic"), bar=True)]
        case Role.EXPLANATION:
            return [Block(text=say(said.text), above=1)]
        case _ as never:
            assert_never(never)


def leech(lapses: int, taken_for: Iterable[str], *, suspended: bool) -> Block:
    """Return that a card was forgotten again and again, what it is taken for, and the keys for what can be done."""
    found = leech_of(lapses, taken_for, suspended=suspended)
    keys = [word for offer in found.offers for word in (OFFERED_BY[offer], offer)]
    told = lines([say(found.text, f"bold {AMBER}"), keys_prompt(*keys)])
    return Block(mark=say("!", f"bold {AMBER}"), text=told)
