"""Answering by typing: a term, a number, or what is missing in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from sciaquiz.deck.kinds import Cloze, Numeric, Typed
from sciaquiz.marking.response import Written
from sciaquiz.study.shown import hint_for
from sciaquiz.text import tame
from sciaquiz.tui.blocks import Block
from sciaquiz.tui.forms.form import Form, keys_prompt, left
from sciaquiz.tui.forms.recalling import cloze_text
from sciaquiz.tui.page import laid_out
from sciaquiz.tui.text import ACCENT, MUTED, RIGHT, WRONG, line, say
from sciaquiz.view.answered import NOTHING, parts
from sciaquiz.view.feedback import typed_feedback

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Outcome, Shown


class WritingForm(Form):
    """One line for a term or a number, or one after another for the gaps of a text."""

    commits_at_once: ClassVar[bool] = False
    draft: ClassVar[tuple[str, ...]] = ("_texts",)
    around: ClassVar[tuple[str, ...]] = ("line",)
    nothing_to_pick: ClassVar[str] = "Here the answer is typed: ⏎ leads back to the line."

    def __init__(self, question: Typed | Numeric | Cloze, shown: Shown) -> None:
        self._question = question
        self._card = shown.card
        self._group = shown.card.part
        self._wanted = len(question.gaps_of(self._group)) if isinstance(question, Cloze) else 1
        self._texts: list[str] = []
        self.is_left = self._was_empty = False
        self._reminded = self._hinted = False

    @property
    def wants_text(self) -> bool:
        """Whether something is still to be typed."""
        return len(self._texts) < self._wanted

    @property
    def response(self) -> Response | None:
        """What was typed, once all of it was."""
        return None if self.wants_text else self.partial

    @property
    def partial(self) -> Response | None:
        """What was typed so far."""
        return Written(tuple(self._texts), self._reminded, self._hinted) if self._texts else None

    def restore(self, response: Response) -> None:
        """Take up what was typed."""
        if isinstance(response, Written):
            self._texts = list(response.texts[: self._wanted])
            self._reminded, self._hinted = response.reminded, response.hinted

    def submit(self, text: str) -> None:
        """Take a line, tamed, since it may be pasted; an empty one is none."""
        said = tame(text).strip()
        if said and self.wants_text:
            self._texts.append(said)
            self._was_empty = False

    def give_up(self) -> bool:
        """Leave what is still to be typed empty, if it is the second empty line in turn."""
        if self._was_empty:
            self._texts += [""] * (self._wanted - len(self._texts))
        self._was_empty = True
        return not self.wants_text

    def missing(self) -> str:
        """Say how much is not typed yet."""
        return left(self._wanted - len(self._texts)) if self._texts else "Nothing is typed yet."

    def remind(self) -> str:
        """Ask for it all once more, beginning with the first text."""
        first, self._texts = self._texts[0], []
        self._reminded = True
        return first

    def letter(self, letter: str) -> bool:
        """Letters mean nothing here: they are typed."""
        return False

    def hint(self) -> str:
        """Return a hint; an answer after it counts as helped."""
        hint = hint_for(self._card)
        self._hinted = self._hinted or bool(hint)
        return hint

    def blocks(self) -> Sequence[Block]:
        """Return what was typed so far."""
        found = []
        if isinstance(self._question, Cloze):
            text = cloze_text(self._question, self._group, self._texts or None, f"bold {ACCENT}")
            found.append(Block(text=text, above=1))
        elif self._texts:
            found.append(typed_block(self._texts[0], ACCENT))
        return found

    def revealed(self, outcome: Outcome) -> Sequence[Block]:
        """Show what was typed, or the text with its gaps filled rightly."""
        question = self._question
        if isinstance(question, Cloze):
            answers = [gap.answers[0] for gap in question.gaps_of(self._group)]
            return [Block(text=cloze_text(question, self._group, answers), above=1)]
        typed = "".join(outcome.response.texts) if isinstance(outcome.response, Written) else ""
        sign, style = ("✓", RIGHT) if outcome.marked.correct else ("✗", WRONG)
        return [typed_block(typed or NOTHING, style, sign)]

    def reasons(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return what is right, as far as it was not typed, what else would be, and why."""
        wrong = [
            Block(
                mark=say("✗", f"bold {WRONG}"), text=line(say(part.text, f"bold {RIGHT}"), say(f"  {part.said}", MUTED))
            )
            for part in parts(outcome, None)
            if part.said
        ]
        below = [block for said in typed_feedback(outcome) for block in laid_out(said)]
        return [replace(block, above=int(place == 0)) for place, block in enumerate([*wrong, *below])]

    def prompt(self) -> Content:
        """Say that typing is asked for."""
        if self.is_left:
            return keys_prompt("⏎", "type on", "l", "later", "z", "tomorrow", "q", "end sitting")
        if isinstance(self._question, Numeric):
            unit = f"a number in {self._question.unit}" if self._question.unit else "a number"
            return keys_prompt("type", unit, "⏎", "answer")
        return keys_prompt("type", "your answer", "⏎", "answer", *(["F2", "hint"] if hint_for(self._card) else []))


def typed_block(text: str, style: str, sign: str = " ") -> Block:
    """Return what was typed, in the row in which it was."""
    return Block(
        mark=say(sign, f"bold {style}"), key=say("→", f"bold {style}"), text=say(text, f"bold {style}"), above=1
    )
