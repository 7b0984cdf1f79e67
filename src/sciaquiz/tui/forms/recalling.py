"""Answering in the head: the answer is revealed, then graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sciaquiz.deck.kinds import Cloze, Gap, Recall
from sciaquiz.tui.blocks import Block
from sciaquiz.tui.forms.form import Form, keys_prompt
from sciaquiz.tui.text import ACCENT, RIGHT, line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.study.turns import Shown


NOT_SHOWN = "The answer is not shown yet."


class RecallingForm(Form):
    """A question whose answer is shown on demand."""

    self_graded: ClassVar[bool] = True

    def __init__(self, question: Recall) -> None:
        self._question = question

    def missing(self) -> str:
        """Say that there is nothing to grade yet."""
        return NOT_SHOWN

    def answer_blocks(self) -> Sequence[Block]:
        """Return the answer."""
        return [Block(text=say(self._question.answer), above=1)]

    def prompt(self) -> Content:
        """Say how to see it."""
        return keys_prompt("⏎", "show the answer")


class RevealingForm(Form):
    """A text with gaps that are shown on demand."""

    self_graded: ClassVar[bool] = True

    def __init__(self, question: Cloze, shown: Shown) -> None:
        self._question = question
        self._group = shown.card.part

    def blocks(self) -> Sequence[Block]:
        """Return the text with its gaps open."""
        return [Block(text=cloze_text(self._question, self._group, None), above=1)]

    def missing(self) -> str:
        """Say that there is nothing to grade yet."""
        return NOT_SHOWN

    def uncovered(self) -> Sequence[Block]:
        """Return the text with its gaps filled."""
        answers = [gap.answers[0] for gap in self._question.gaps_of(self._group)]
        return [Block(text=cloze_text(self._question, self._group, answers), above=1)]

    def prompt(self) -> Content:
        """Say how to see it."""
        return keys_prompt("⏎", "show what is missing")


def cloze_text(question: Cloze, group: str, filled: Sequence[str] | None, style: str = f"bold {RIGHT}") -> Content:
    """Return the text of a cloze: the gaps of a group open or filled in turn, all others as they read."""
    answers = iter(filled or ())
    parts: list[Content | str] = []
    for part in question.parts:
        if not isinstance(part, Gap):
            parts.append(part)
        elif part.group != group:
            parts.append(part.answers[0])
        elif filled is None:
            parts.append(say(f"[{part.hint or '…'}]", f"bold {ACCENT}"))
        else:
            answer = next(answers, "")
            parts.append(say(answer, style) if answer else say(f"[{part.hint or '…'}]", f"bold {ACCENT}"))
    return line(*parts)
