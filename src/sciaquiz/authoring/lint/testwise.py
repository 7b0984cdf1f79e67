"""Flaws that let a student guess the key without knowing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sciaquiz.deck.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.kinds import Cloze, Gap, Matching, SingleBestAnswer
    from sciaquiz.deck.model import Option, Question

LONGER = 1.4
"""A key is conspicuous when it is the longest and this many times the mean of the distractors."""

SHORTEST_WORD = 6
"""Shorter words than this are too common to give a key away."""

SHORTEST_SHARED = 4
"""Shorter words than this are shared by options of any sort."""

CLEAR_LEAD = 2
"""A key converges when it shares this many words more with the others than any other option does."""

ABSOLUTE = re.compile(r"\b(always|never|all|none|only|every|must|completely|invariably)\b", re.IGNORECASE)
ALL = re.compile(r"\ball (of )?(the )?above\b|\bboth [a-h] and [a-h]\b", re.IGNORECASE)
NONE = re.compile(r"\bnone (of )?(the )?above\b", re.IGNORECASE)
ABSOLUTE_ROOTS = ("always", "never", "all", "none", "only", "every", "must", "completely", "nvar")
"""One of them is in every text that holds an absolute word. None has an i, which is matched in more than one form."""

WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_SHARED},}}")
ENTRIES: dict[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("options",),
    Kind.MULTIPLE: ("options",),
    Kind.TRUE_FALSE: ("statements",),
    Kind.ORDERING: ("items",),
    Kind.MATCHING: ("options", "stems"),
}
"""Where a kind has entries that a student tells apart by their texts."""


def longest_is_key(question: SingleBestAnswer) -> str | None:
    """The key is conspicuously the longest option."""
    length = len(key_text(question))
    if length < max([len(option.text) for option in question.options]):
        return None
    others = [len(option.text) for option in question.options if not option.correct]
    mean = sum(others) / len(others)
    if length > max(others) and length > LONGER * mean:
        return f"the key is the longest option ({length} characters; the others have {mean:.0f} on average)"
    return None


def article_gives_it_away(question: SingleBestAnswer) -> str | None:
    """The stem ends in "a" or "an", and that fits only some options."""
    last = question.stem.rstrip(" ?:…_").split()[-1:]
    if last and last[0] in ("a", "an"):
        return f"the stem ends in “{last[0]}”, which tells options that begin with a vowel from the others"
    return None


def absolutes_in_distractors(question: SingleBestAnswer) -> str | None:
    """Distractors hold absolute words and the key does not."""
    if not holds_any(option_texts(question), ABSOLUTE_ROOTS) or ABSOLUTE.search(key_text(question)):
        return None
    guilty = [option.id for option in question.options if ABSOLUTE.search(option.text)]
    return (
        f"absolute words (always, never, only …) stand only in wrong options: {', '.join(guilty)}" if guilty else None
    )


def word_in_stem_and_key(question: SingleBestAnswer) -> str | None:
    """A telling word of the stem comes back in the key and in no distractor."""
    told = words(key_text(question))
    if not told or not holds_any(question.stem.casefold(), [word.casefold() for word in told]):
        return None
    others = set().union(*(words(option.text) for option in question.options if not option.correct))
    shared = sorted((words(question.stem) & told) - others)
    return f"a word of the stem comes back only in the key: {', '.join(shared)}" if shared else None


def words(text: str) -> set[str]:
    """Return the words long enough to give something away, in lower case."""
    return {word for word in said_in(text) if len(word) >= SHORTEST_WORD}


def key_converges(question: SingleBestAnswer) -> str | None:
    """The key shares clearly more words with the other options than any of them does: it is made of their parts."""
    if _shared_at_most(question) < CLEAR_LEAD:
        return None
    said = {option.id: said_in(option.text) for option in question.options}
    shared = {
        name: sum(len(own & other) for other_name, other in said.items() if other_name != name)
        for name, own in said.items()
    }
    most = shared.pop(question.key.id)
    next_most = max(shared.values())
    if most < next_most + CLEAR_LEAD:
        return None
    return f"the key shares most words with the other options ({most}; the next shares {next_most}): vary the words"


def _shared_at_most(question: SingleBestAnswer) -> int:
    """Return a number that the words which the key shares with the other options do not exceed."""
    in_key = said_in(key_text(question))
    texts = option_texts(question)
    return sum([texts.count(word.casefold()) - 1 for word in in_key])  # once each in the key itself


@lru_cache(64)
def said_in(text: str) -> frozenset[str]:
    """Return the words long enough to be more than links between others, in lower case."""
    return frozenset([word.lower() for word in WORD.findall(text)])


def option_texts(question: SingleBestAnswer) -> str:
    """Return the texts of the options, a line each, such that what differs by capitals alone is the same."""
    return _seen(question)[1]


def key_text(question: SingleBestAnswer) -> str:
    """Return the text of the right option."""
    return _seen(question)[2]


def _seen(question: SingleBestAnswer) -> Seen:
    global _newest
    seen = _newest
    if seen[0] is not question.options:
        texts = "\n".join([option.text for option in question.options]).casefold()
        seen = _newest = question.options, texts, question.key.text
    return seen


Seen = tuple[tuple["Option", ...], str, str]
_newest: Seen = ((), "", "")
"""The options of the question that is being looked at, and what several rules ask of them."""


def holds_any(text: str, parts: Iterable[str]) -> bool:
    """Say whether one of the parts stands in a text: a cheap question before a dear one."""
    for part in parts:  # noqa: SIM110 -- a generator takes twice the time, and most answers are no
        if part in text:
            return True
    return False


def all_of_the_above(question: SingleBestAnswer) -> str | None:
    """An option speaks of the others."""
    if not holds_any(option_texts(question), ("above", "both")):
        return None
    guilty = [option.id for option in question.options if ALL.search(option.text)]
    return f"options that speak of other options cannot be shuffled: {', '.join(guilty)}" if guilty else None


def none_of_the_above(question: SingleBestAnswer) -> str | None:
    """An option denies the others."""
    if not holds_any(option_texts(question), ("above",)):
        return None
    guilty = [option.id for option in question.options if NONE.search(option.text)]
    return f"“none of the above” does not say what is right: {', '.join(guilty)}" if guilty else None


def same_option_twice(question: Question) -> str | None:
    """Two options, statements, steps or stems are the same text but for capitals and a full stop."""
    for name in ENTRIES.get(question.kind, ()):
        seen: dict[str, str] = {}
        for entry in getattr(question, name):
            text = " ".join(entry.text.casefold().split()).rstrip(".")
            if text in seen:
                return f"two {name} say the same: {seen[text]} and {entry.id}"
            seen[text] = entry.id
    return None


def gap_filled_in_sight(question: Cloze) -> str | None:
    """What is missing on a card stands elsewhere in its text, where another group's gap is filled."""
    guilty = []
    for group in question.groups:
        hidden = question.gaps_of(group)
        shown = " … ".join(
            part if isinstance(part, str) else part.answers[0]
            for part in question.parts
            if isinstance(part, str) or part not in hidden
        ).casefold()
        guilty += [f"{gap.answers[0]} ({group})" for gap in hidden if _stands_in(gap, shown)]
    return f"what is missing stands elsewhere in the text: {', '.join(guilty)}" if guilty else None


def _stands_in(gap: Gap, text: str) -> bool:
    answer = gap.answers[0].casefold()
    return answer in text and re.search(rf"\b{re.escape(answer)}\b", text) is not None


def last_match_is_free(question: Matching) -> str | None:
    """Each option serves once and there are no more options than stems asked together: the last needs no knowledge."""
    if question.reuse or question.one_card_per_stem or len(question.options) > len(question.stems):
        return None
    return "as many options as stems, each used once: the last match is free; add an option, or let them be reused"
