"""Flaws that let a student guess the key without knowing: by its length, its words, its grammar."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import SHORTEST_WORD, named, stands_in, telling, words_in
from sciaquiz.deck.kinds import Cloze, Matching, TrueFalse
from sciaquiz.deck.model import Kind

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.look import Look
    from sciaquiz.deck.kinds import Gap

LONGER = 1.4
"""A key is conspicuous when it is the longest and this many times the mean of the distractors."""

LONGER_THAN_NEXT = 1.2
"""A key that is not so many times as long as the longest distractor has its like."""

SHORTEST_LONG = 24
"""Characters of a key below which it is a name, whose length tells nothing."""

SHORTEST_SHARED = 4
"""Shorter words than this are shared by options of any sort."""

CLEAR_LEAD = 2
"""A key converges when it shares this many words more with the others than any other option does."""

FEWEST_PARTS = 3
"""Parts of an option from which it is a list, and the key may be put together from those of the others."""

DETAILED = 2
"""A key goes into detail alone when it has so many brackets, numbers and clauses, and no other option has any."""

ABSOLUTE = frozenset(("always", "never", "all", "none", "only", "every", "must", "completely", "invariably"))
OF_DUTY = frozenset(("must",))
"""What in a statement is a duty to be judged, and claims nothing of all cases."""

RELATIVE = re.compile(
    r"\b(?:of|at|after|above|over) all\b|\bnot (?:all|only|every|always)\b|\ball (?:over|around|along|the same|right)\b"
)
"""Where such a word claims nothing absolute."""

ABOVE = re.compile(
    r"\ball (?:of )?(?:the )?(?:above|these|them|others|(?:\w+ )?(?:options|answers|choices))\b"
    r"|^(?:any|each|every one) (?:one )?of (?:the )?(?:above|these|them|others|(?:\w+ )?(?:options|answers|choices))$"
    r"|\ball (?:are|of them are) (?:correct|right|true)\b"
    r"|\bboth (?:of )?(?:the )?(?:above|these|them)\b(?! \w+s\b)"
)
BY_LETTERS = re.compile(
    r"(?:both )?(?:(?:options|answers) )?[a-h](?:, [a-h])*,? (?:and|&) [a-h]"
    r"(?: (?:only|are (?:both )?(?:correct|right|true)))?$"
)
"""How an option speaks of others: anywhere in it, or by their letters alone."""

OF_ALL = ("all", "any", "each", "every", "both")
NONE = re.compile(
    r"\b(?:none|neither|not any) (?:of )?(?:the )?(?:above|these|them|others|(?:\w+ )?(?:options|answers|choices))\b"
    r"|\bnone of the (?:listed|given|named|following)$|\bnone (?:is|are) (?:correct|right|true)\b"
    r"|^no (?:option|answer|choice|one)s? (?:is|are|of these is) (?:correct|right|true)\b"
    r"|\bneither [a-h] nor [a-h]\b"
)
DETAIL = re.compile(r"[(;,]|(?<![\w/–-])\d+|\b(?:because|which|where|when|while|until|unless)\b")
ARTICLE = re.compile(r"\ban[ \n]*$", re.IGNORECASE)
ENTRIES: dict[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("options",),
    Kind.MULTIPLE: ("options",),
    Kind.TRUE_FALSE: ("statements",),
    Kind.ORDERING: ("items",),
    Kind.MATCHING: ("options", "stems"),
}
"""Where a kind has entries that a student tells apart by their texts."""


def longest_is_key(look: Look) -> str | None:
    """The key is conspicuously the longest option, or each of several keys longer than all others."""
    others = list(map(len, look.wrong))
    shortest = min(map(len, look.right))
    if shortest < SHORTEST_LONG or shortest <= LONGER_THAN_NEXT * max(others):
        return None
    if any(ABOVE.search(text.casefold().rstrip(" .")) for text in look.right):
        return None
    mean = sum(others) / len(others)
    if shortest > LONGER * mean:
        return (
            f"the key is the longest option ({shortest} characters; the others have {mean:.0f} on average): cut it, "
            "or say as much in the others"
        )
    return None


def richest_is_key(look: Look) -> str | None:
    """The key alone goes into detail, at about the length of the others; where it is shorter, they say as much."""
    told = len(DETAIL.findall(look.right[0]))
    if told < DETAILED or longest_is_key(look):
        return None
    if any(DETAIL.search(text) for text in look.wrong):
        return None
    if len(look.right[0].split()) * len(look.wrong) < sum(len(text.split()) for text in look.wrong):
        return None
    return "the key alone goes into detail (brackets, numbers, clauses): say as much in the others, or less in the key"


def article_gives_it_away(look: Look) -> str | None:
    """The stem ends in "a" or "an", and that fits only some options."""
    last = look.stem.rstrip(" ?:…_").rpartition(" ")[2]
    if last not in ("a", "an"):
        return None
    return f"the stem ends in “{last}”, which tells options that begin with a vowel from the others"


def article_before_a_gap(look: Look) -> str | None:
    """The word before a gap is "an", which tells that a vowel follows."""
    question = look.question
    if not isinstance(question, Cloze):
        return None
    before = [part for part, gap in pairwise(question.parts) if isinstance(part, str) and not isinstance(gap, str)]
    if not any(ARTICLE.search(part) for part in before):
        return None
    return "a gap follows “an”, which tells that a vowel comes: take the article into the gap, or leave it out"


def absolutes_in_distractors(look: Look) -> str | None:
    """Wrong options hold absolute words and the right ones do not."""
    words = ABSOLUTE - OF_DUTY if isinstance(look.question, TrueFalse) else ABSOLUTE
    if any(_is_absolute(text, words) for text in look.right):
        return None
    guilty = [entry.id for entry in look.entries if entry.text in look.wrong and _is_absolute(entry.text, words)]
    if not guilty:
        return None
    return f"absolute words (always, never, only …) stand only in what is wrong: {named(guilty)}; take them out"


def _is_absolute(text: str, words: frozenset[str]) -> bool:
    said = text.casefold()
    if words.isdisjoint(words_in(said)) or _is_of_others(said) or NONE.search(said):
        return False
    return not words.isdisjoint(words_in(RELATIVE.sub("", said)))


def word_in_stem_and_key(look: Look) -> str | None:
    """A telling word of the stem comes back in each key and in no distractor."""
    stem = look.folded_stem
    told = {word for word in words_in(look.right[0].casefold()) if len(word) >= SHORTEST_WORD and word in stem}
    if not told:
        return None
    told &= look.telling
    if not told:
        return None
    for text in look.right[1:]:
        told &= telling(text)
    others = set[str]().union(*(telling(text) for text in look.wrong)) if told else set()
    shared = {word for word in told if others.isdisjoint((word, f"{word}s", word.removesuffix("s")))}
    if not shared:
        return None
    return f"a word of the stem comes back only in the key: {named(sorted(shared))}; use another word in one of the two"


def word_in_stem_and_match(look: Look) -> str | None:
    """A telling word of an entry comes back in its match and in no other option."""
    question = look.question
    if not isinstance(question, Matching):
        return None
    said = {option.id: telling(option.text) for option in question.options}
    for stem in question.stems:
        shared = telling(stem.text) & said[stem.answer]
        for other in question.stems if shared else ():
            if other is not stem:
                shared = shared - telling(other.text)
        for name, words in said.items():
            if name != stem.answer:
                shared = shared - words
        if shared:
            return f"“{stem.id}” and its match alone share a word: {named(sorted(shared))}; use another word in one"
    return None


def key_converges(look: Look) -> str | None:
    """The key shares clearly more words with the other options than any of them does: it is made of their parts."""
    if "," in look.right[0] and (told := _made_of_parts(look)):
        return told
    said = [word for word in words_in("\n".join(look.folded)) if len(word) >= SHORTEST_SHARED]
    if len(said) - len(set(said)) < CLEAR_LEAD:  # so few come back in any option
        return None
    others = [{word for word in words if len(word) >= SHORTEST_SHARED} for words in look.said]
    key = others.pop(look.place_of_key)
    most = sum([len(key & other) for other in others])
    if most < CLEAR_LEAD:
        return None
    next_most = max(len(key & own) + sum(len(own & other) for other in others if other is not own) for own in others)
    if most < next_most + CLEAR_LEAD:
        return None
    return f"the key shares most words with the other options ({most}; the next shares {next_most}): vary the words"


def _made_of_parts(look: Look) -> str | None:
    """Options are lists of parts, and the key alone has none of its own: each stands in another option as well."""
    if not all("," in text for text in look.folded):
        return None
    parts = [[part.strip() for part in text.split(",")] for text in look.folded]
    if min(map(len, parts)) < FEWEST_PARTS:
        return None
    counted = Counter(part for listed in parts for part in set(listed))
    shared = [all(counted[part] > 1 for part in listed) for listed in parts]
    if sum(shared) != 1 or not shared[look.place_of_key]:
        return None
    return "each part of the key stands in another option, and no other option is so: vary the parts"


def all_of_the_above(look: Look) -> str | None:
    """An option speaks of the others."""
    guilty = [entry.id for entry in look.entries if _is_of_others(entry.text.casefold().rstrip(" ."))]
    if not guilty:
        return None
    return f'options that speak of other options cannot be shuffled: {named(guilty)}; make it kind = "multiple"'


def _is_of_others(said: str) -> bool:
    return BY_LETTERS.match(said) is not None or (
        any(word in said for word in OF_ALL) and ABOVE.search(said) is not None
    )


def none_of_the_above(look: Look) -> str | None:
    """An option denies the others."""
    guilty = [entry.id for entry in look.entries if NONE.search(entry.text.casefold())]
    if not guilty:
        return None
    return f"“none of the above” does not say what is right: {named(guilty)}; leave it out, or say what is right"


def same_option_twice(look: Look) -> str | None:
    """Two options, statements, steps or stems are the same text but for capitals and a full stop."""
    for name in ENTRIES[look.question.kind]:
        entries = getattr(look.question, name)
        texts = [entry.text.casefold().rstrip(" .").lstrip(" ") for entry in entries]
        if len(set(texts)) == len(texts):
            continue
        (one, first), (other, _) = next(
            ((a, text), (b, again)) for (a, text), (b, again) in combinations(zip(entries, texts, strict=True), 2)
            if text == again
        )  # fmt: skip
        return f"two {name} say the same (“{first}”): {one.id} and {other.id}; make them differ, or leave one out"
    return None


def gap_filled_in_sight(look: Look) -> str | None:
    """What is missing on a card stands elsewhere in its text, where another group's gap is filled."""
    question = look.question
    if not isinstance(question, Cloze):
        return None
    parts = [("", part) if isinstance(part, str) else (part.group, part.answers[0]) for part in question.parts]
    told = [(group, text.casefold()) for group, text in parts]
    guilty = []
    for group in question.groups:
        shown = " … ".join(text for other, text in told if other != group)
        guilty += [f"{gap.answers[0]} ({group})" for gap in question.gaps_of(group) if _is_told(gap, shown)]
    return f"what is missing stands elsewhere in the text: {named(guilty)}" if guilty else None


def _is_told(gap: Gap, shown: str) -> bool:
    return stands_in(gap.answers[0], shown)


def last_match_is_free(look: Look) -> str | None:
    """Each option serves once and there are no more options than stems asked together: the last needs no knowledge."""
    question = look.question
    if not isinstance(question, Matching) or question.reuse or question.one_card_per_stem:
        return None
    if len(question.options) > len(question.stems):
        return None
    return "as many options as stems, each used once: the last match is free; add an option, or let them be reused"


def all_alike(look: Look) -> str | None:
    """Every statement is true, or every one is false."""
    question = look.question
    if not isinstance(question, TrueFalse) or len(question.statements) < len(("several", "of", "them")):
        return None
    if look.right and look.wrong:
        return None
    return f"every statement is {'true' if look.right else 'false'}: have both, or say what is so in one"
