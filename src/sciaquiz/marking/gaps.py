"""Judging what was typed into a gap: the words beside the gap may be typed with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.kinds import Gap
from sciaquiz.marking.lexicon import Judged, TermVerdict, judge
from sciaquiz.marking.words import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sciaquiz.deck.kinds import Cloze
    from sciaquiz.marking.lexicon import Lexicon

MOST_BESIDE = 4
"""The words on each side of a gap that may be typed with it."""

SENTENCE_END = re.compile(r"[.;:!?](?=\s|$)|\n")
WORD = re.compile(r"[^\W_][^\s()\"“”,]*")
BEST_FIRST = (TermVerdict.RIGHT, TermVerdict.TYPO, TermVerdict.NEAR, TermVerdict.WRONG)


class Place(Struct, frozen=True):
    """A gap, and the words of its sentence before and after it."""

    gap: Gap
    before: tuple[str, ...]
    after: tuple[str, ...]

    def judge(self, typed: str, lexicon: Lexicon, concepts: tuple[tuple[str, ...], ...] = ()) -> Judged:
        """Judge what was typed, by itself and without the words that stand beside the gap."""
        ways = (typed, *self.without_context(typed))
        judged = [judge(way, self.gap.answers, lexicon, concepts=concepts) for way in ways]
        return min(judged, key=lambda entry: BEST_FIRST.index(entry.verdict))

    def without_context(self, typed: str) -> Iterator[str]:
        """Yield what was typed without the words of the text that lead up to the gap or follow it."""
        words = typed.split()
        for left in range(min(MOST_BESIDE, len(self.before), len(words) - 1) + 1):
            for right in range(min(MOST_BESIDE, len(self.after), len(words) - left - 1) + 1):
                is_context = same(words[:left], self.before[len(self.before) - left :])
                if (left or right) and is_context and same(words[len(words) - right :], self.after[:right]):
                    yield " ".join(words[left : len(words) - right])


def same(typed: Sequence[str], text: Sequence[str]) -> bool:
    """Say whether the words typed are the words of the text."""
    return len(typed) == len(text) and all(
        one.casefold().strip(",") == other.casefold() or key(one) == key(other) != ()
        for one, other in zip(typed, text, strict=True)
    )


def places(question: Cloze, group: str) -> tuple[Place, ...]:
    """Return the gaps of a group, each with the words beside it."""
    parts = ("", *question.parts, "")
    return tuple(
        Place(
            gap=part,
            before=tuple(WORD.findall(SENTENCE_END.split(text_of(before))[-1])),
            after=tuple(WORD.findall(SENTENCE_END.split(text_of(after))[0])),
        )
        for before, part, after in zip(parts, parts[1:], parts[2:], strict=False)
        if isinstance(part, Gap) and part.group == group
    )


def text_of(part: str | Gap) -> str:
    """Return the text beside a gap; another gap is none."""
    return part if isinstance(part, str) else ""
