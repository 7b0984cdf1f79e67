"""`kind = "cloze"`: a text with gaps."""

import re
from typing import ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Fault, QuestionAuthored, Text
from sciaquiz.deck.kinds import Cloze, Gap
from sciaquiz.deck.limits import MOST_GAPS
from sciaquiz.ids import DeckId

SIGN = r"\\[\\:|{}]"
INSIDE = rf"(?:{SIGN}|[^{{}}\\]|\\(?![\\:|{{}}]))"
TOKEN = re.compile(rf"\{{\{{(?P<group>c[1-9][0-9]?)::(?P<inside>{INSIDE}{{1,400}})\}}\}}|{SIGN}")
"""A gap, or a sign that a backslash keeps from its meaning."""
ENDS = re.compile(rf"(?P<hint>::)|(?P<bar>\|)|(?:{SIGN}|[\s\S])")
"""The signs inside a gap, one by one."""
STRAY = re.compile(
    r"(?:\{{2,}|\{\s*c\d|\{[^{}\0]{0,20}::|\bc\d+\s*::)[^{}\0]{0,40}\}*"
    r"|[^{}\0\s]{0,30}\}{2,}"
    r"|\{\0\}*|\0\}"
)
"""What was meant as a gap and is none, where \\0 stands for each sound gap. Other single braces are only text."""
HOW = "write a gap as {{c1::answer}}, with two braces on each side and its group (c1, c2, …) before the two colons"
ESCAPE = r"a sign of the answer itself has a backslash before it: \: \| \{ \} (in '…', where TOML keeps a backslash)"
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
        rest = TOKEN.sub(lambda token: "\0" if token["group"] else " ", self.text)
        if strays := dict.fromkeys(stray[0].replace("\0", "…").strip() for stray in STRAY.finditer(rest)):
            pieces = ", ".join(f"“{piece}”" for piece in list(strays)[:MOST_TOLD])
            found.append((("text",), "bad-gap", f"not a gap: {pieces}; {HOW}; {ESCAPE}"))
        elif "\0" not in rest:
            found.append((("text",), "no-gap", f"there is no gap; {HOW}"))
        if (count := rest.count("\0")) > MOST_GAPS:  # and what is in each of thousands is not gone through
            return [*found, (("text",), "too-many", f"there are {count} gaps; a text may have at most {MOST_GAPS}")]
        if any(not part.answers for part in self._parts() if isinstance(part, Gap)):
            found.append((("text",), "bad-gap", "a gap has no answer"))
        found += [
            (("text",), "bad-gap", trouble) for token in TOKEN.finditer(self.text) if (trouble := ambiguity(token))
        ]
        return found

    def _parts(self) -> list[str | Gap]:
        """Return the text between the gaps, and the gaps."""
        parts: list[str | Gap] = []
        said, end = "", 0
        for token in TOKEN.finditer(self.text):
            said += self.text[end : token.start()]
            end = token.end()
            if not token["group"]:
                said += token[0][1]
                continue
            answers, hint = parts_of(token["inside"])
            parts += [said, Gap(group=token["group"], answers=tuple(filter(None, answers)), hint="::".join(hint))]
            said = ""
        return [part for part in (*parts, said + self.text[end:]) if part]

    def question(self, deck_id: DeckId) -> Cloze:
        """Return the question for the rest of the app."""
        return self.made(Cloze, deck_id, parts=tuple(self._parts()))


def parts_of(inside: str) -> tuple[list[str], list[str]]:
    """Return the answers of a gap, and what stands behind each "::", as they are meant: without the backslashes."""
    if "\\" not in inside:
        first, *hints = inside.split("::")
        return [answer.strip() for answer in first.split("|")], [hint.strip() for hint in hints]
    answers, hints = [""], []
    for sign in ENDS.finditer(inside):
        if sign["hint"]:
            hints.append("")
        elif sign["bar"] and not hints:
            answers.append("")
        else:
            written = sign[0][-1] if len(sign[0]) > 1 else sign[0]
            (hints or answers)[-1] += written
    return [answer.strip() for answer in answers], [hint.strip() for hint in hints]


def ambiguity(token: re.Match[str]) -> str:
    """Return what in a gap could be a part of its answer as well as a sign between its parts, or nothing."""
    answers, hints = parts_of(token["inside"]) if token["group"] else ([], [])
    if len(hints) > 1:
        return f"“{token[0]}” has “::” too often, so that its answer would be “{answers[0]}”; {ESCAPE}"
    if any(answers) and not all(answers):
        return f"“{token[0]}” has a “|” with nothing beside it; {ESCAPE}"
    return ""
