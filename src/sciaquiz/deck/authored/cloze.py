"""`kind = "cloze"`: a text with gaps."""

import re
from typing import ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Fault, QuestionAuthored, Text
from sciaquiz.deck.kinds import Cloze, Gap, Gaps
from sciaquiz.ids import DeckId

GAP = re.compile(r"\{\{(c[1-9][0-9]?)::([^{}]{1,400})\}\}")
ASK = "Fill the gap."


class ClozeAuthored(QuestionAuthored):
    """A text in which `{{c1::answer|synonym::hint}}` is a gap; each group c1, c2, … is a card."""

    seen: ClassVar[tuple[str, ...]] = ("text",)

    kind: Literal["cloze"]
    stem: str = Field(ASK, description="What to do; may be left out.")
    text: Text = Field(description="The text; {{c1::answer|synonym::hint}} marks a gap.")
    gaps: Literal["typed", "revealed"] = Field(
        "revealed", description="Whether the student types what is missing, or reveals and grades it."
    )

    def problems(self) -> list[Fault]:
        """There is a gap, and no brace is left over."""
        found = super().problems()
        if not GAP.search(self.text):
            found.append((("text",), "no-gap", "there is no gap; write one as {{c1::answer}}"))
        elif "{{" in (rest := GAP.sub("", self.text)) or "}}" in rest:
            found.append((("text",), "bad-gap", "a gap is not closed, or has no group; write it as {{c1::answer}}"))
        if any(not answers for _, answers, _ in self._gaps()):
            found.append((("text",), "bad-gap", "a gap has no answer"))
        return found

    def _gaps(self) -> list[tuple[str, tuple[str, ...], str]]:
        found = []
        for group, inside in GAP.findall(self.text):
            answers, _, hint = inside.partition("::")
            found.append((group, tuple(part.strip() for part in answers.split("|") if part.strip()), hint.strip()))
        return found

    def question(self, deck_id: DeckId) -> Cloze:
        """Return the question for the rest of the app."""
        texts = GAP.split(self.text)[::3]
        parts: list[str | Gap] = []
        for text, gap in zip(texts, [*self._gaps(), None], strict=True):
            if text:
                parts.append(text)
            if gap is not None:
                parts.append(Gap(group=gap[0], answers=gap[1], hint=gap[2]))
        return Cloze(**self.common(deck_id), parts=tuple(parts), gaps=Gaps(self.gaps))
