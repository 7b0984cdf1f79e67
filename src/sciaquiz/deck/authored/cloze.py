"""`kind = "cloze"`: a text with gaps."""

import re
from typing import ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Fault, QuestionAuthored, Text
from sciaquiz.deck.kinds import Cloze, Gap
from sciaquiz.deck.limits import MOST_GAPS
from sciaquiz.ids import DeckId

GAP = re.compile(r"\{\{(c[1-9][0-9]?)::([^{}]{1,400})\}\}")
STRAY = re.compile(
    r"(?:\{{2,}|\{\s*c\d|\{[^{}\0]{0,20}::|\bc\d+\s*::)[^{}\0]{0,40}\}*"
    r"|[^{}\0\s]{0,30}\}{2,}"
    r"|\{\0\}*|\0\}"
)
"""What was meant as a gap and is none, where \\0 stands for each sound gap. Other single braces are only text."""
HOW = "write a gap as {{c1::answer}}, with two braces on each side and its group (c1, c2, …) before the two colons"
MOST_TOLD = 5
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
        """There is a gap, and nothing that was meant as one is left over."""
        found = super().problems()
        rest = GAP.sub("\0", self.text)
        if strays := dict.fromkeys(stray[0].replace("\0", "…").strip() for stray in STRAY.finditer(rest)):
            pieces = ", ".join(f"“{piece}”" for piece in list(strays)[:MOST_TOLD])
            found.append((("text",), "bad-gap", f"not a gap: {pieces}; {HOW}"))
        elif "\0" not in rest:
            found.append((("text",), "no-gap", f"there is no gap; {HOW}"))
        gaps = self._gaps()
        if len(gaps) > MOST_GAPS:
            found.append((("text",), "too-many", f"there are {len(gaps)} gaps; a text may have at most {MOST_GAPS}"))
        if any(not answers for _, answers, _ in gaps):
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
        return self.made(Cloze, deck_id, parts=tuple(parts))
