"""Whether two terms are the same words: spaced, abbreviated or ordered otherwise, or without the sort of thing."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from sciaquiz.marking.pairs import is_exact
from sciaquiz.marking.signs import GREEK_NAMES
from sciaquiz.marking.words import ABBREVIATIONS, ARTICLES, is_level, key, spelt, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

BRACKETED = re.compile(r"(.*?)(\S+) ?\(([^()]+)\)(.*)")
ROMAN = re.compile("[ivxlcdm]+")
STOP = re.compile(r"(?<=[^\W\d_])\.(?=\s|$)")

# Words that say in which order the others are meant.
ORDERING_WORDS = frozenset(
    {"to", "from", "over", "under", "before", "after", "above", "below", "between", "than", "then", "without", "with"}
    | {"no", "not", "but", "into", "by", "in", "on", "off", "or", "and", "via", "versus", "vs"}
)

# Words that say what sort of thing a name names, and that students leave out or add.
SORTS = frozenset(
    {"muscle", "nerve", "artery", "vein", "ligament", "bone", "joint", "tendon", "ganglion", "foramen", "root"}
    | {"test", "sign", "syndrome", "of"}
)


def ways_to_read(typed: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of what was typed: as they are, without an "a" that may be an article ("a beta blocker"), and
    with abbreviations as they stand, where "a" is no article ("a femoralis")."""
    said, as_they_stand = spelt(typed), STOP.sub("", typed)
    ways = [said, spelt(as_they_stand), spelt(as_they_stand, keeps_article=True)]
    if len(said) > 2 and said[0] in ARTICLES and said[1] in GREEK_NAMES:
        ways.insert(1, said[1:])
    return tuple(dict.fromkeys(ways))


def stems_for(said: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stems of what was said, each abbreviation written out as the word of the answer that it stands for."""
    return tuple(
        next((word for word in ABBREVIATIONS[part] if word in wanted), part) if part in ABBREVIATIONS else stem(part)
        for part in said
    )


def says_the_same(said: tuple[str, ...], answer: str) -> bool:
    """Say whether the words are the answer's, in any spelling, written out or not, in whatever spaces."""
    wanted, stems = spelt(answer), key(answer)
    if not said or not wanted:
        return False
    said_stems = stems_for(said, stems)
    if said == wanted or said_stems == stems or tuple(map(stem, said)) == stems:
        return True
    return is_spaced_otherwise(said, wanted) or is_spaced_otherwise(said_stems, stems)


def is_spaced_otherwise(said: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Say whether the words are the same but for spaces (or hyphens) that part nothing: "xray", "IL6"."""
    if "".join(said) != "".join(wanted):
        return False
    one, other = parted(said), parted(wanted)
    return all(means_nothing(*(one | other)[place]) for place in one.keys() ^ other.keys())


def parted(words: tuple[str, ...]) -> dict[int, tuple[str, str]]:
    """Return the words before and after each space, by the number of letters before it."""
    places = accumulate(map(len, words))
    return dict(zip(places, pairwise(words), strict=False))


def means_nothing(before: str, after: str) -> bool:
    """Say whether two words mean the same when they are joined: words, a letter before a word, letters and digits."""
    if before[-1].isdigit() or after[0].isdigit():
        return before[-1].isalpha() or after[0].isalpha()
    if not (before.isalnum() and after.isalnum()):
        return False
    if ROMAN.fullmatch(before) and ROMAN.fullmatch(after):
        return False
    if len(before) == 1:
        return len(after) > 1 and (before != "a" or after in GREEK_NAMES)
    return len(after) > 1


def with_synonym_in_brackets(typed: str, answers: Sequence[str]) -> str:
    """Return the answer that "common fibular (peroneal) nerve" says twice: both ways to read it must be accepted."""
    found = BRACKETED.fullmatch(typed)
    if found is None:
        return ""
    before, last, inside, after = found.groups()
    ways = (f"{before}{last}{after}", f"{before}{inside}{after}")
    meant = [next((answer for answer in answers if says_the_same(spelt(way), answer)), "") for way in ways]
    return meant[0] if all(meant) else ""


def is_joined_otherwise(said: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Say whether the two things that one "and" joins are named in the other order, or two words without the "and"."""
    if wanted.count("and") != 1 or (ORDERING_WORDS - {"and"} | {"of"}).intersection(wanted):
        return False
    place = wanted.index("and")
    one, other = wanted[:place], wanted[place + 1 :]
    if len(one) != len(other):
        return False  # a word may belong to both: "lateral and medial hamstring"
    ways = [(*other, "and", *one)]
    if len(one) == len(other) == 1:
        ways += [one + other, other + one]
    return bool(one and other) and said in ways


def is_reordered(said: tuple[str, ...], wanted: tuple[str, ...], *, only_sorts: bool = False) -> bool:
    """Say whether the words are the answer's in an order that changes nothing: a list of levels, or a short name.

    With two words of an exact class, one that says an order, or more than three, another order may say something else.
    `only_sorts`: what a name names must keep its order, as in "nerve root L5"; only the sort of thing may move.
    """
    if sorted(said) != sorted(wanted) or len(set(wanted)) < len(wanted):
        return False
    rest = [word for word in wanted if word != "and"]
    if all(is_level(word) for word in rest):
        return True
    if only_sorts and not name_in(said) == name_in(wanted) != ():
        return False
    return len(wanted) <= 3 and sum(map(is_exact, wanted)) <= 1 and not ORDERING_WORDS.intersection(wanted)


def name_in(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without those that say what sort of thing it names."""
    return tuple(word for word in words if word not in SORTS)


def lacks_its_sort(said: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Say whether only words such as "nerve" or "test" were left out."""
    return name_in(said) == name_in(wanted) != () and set(said) < set(wanted)


def has_a_sort_more(said: tuple[str, ...], wanted: tuple[str, ...], answers: Sequence[str]) -> bool:
    """Say whether only such words were added, and no accepted answer says that it is another sort of thing."""
    if not name_in(said) == name_in(wanted) != () or not set(wanted) < set(said):
        return False
    sorts = {word for answer in answers if name_in(key(answer)) == name_in(said) for word in key(answer)} & SORTS
    return not sorts or set(said) & SORTS <= sorts | {"of"}
