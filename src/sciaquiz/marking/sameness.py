"""Whether two terms are the same words: spaced, abbreviated or ordered otherwise, or without the sort of thing."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from sciaquiz.marking.pairs import PAIRS, is_exact
from sciaquiz.marking.signs import GREEK_NAMES
from sciaquiz.marking.words import ABBREVIATIONS, ARTICLES, is_level, key, spelt, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

BRACKETED = re.compile(r"(.*?)(\S+) ?\(([^()]+)\)(.*)")
SLASHED = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,}) ?/ ?([^\W\d_]{3,})")
ADJECTIVE = re.compile(r"\w{3,}(?:[aei]al|al|ar|ic|ac|ous|ine|oid)")
SYNONYMS = tuple(
    frozenset(words.split())
    for words in (
        "fibular peroneal", "fibularis peroneus", "calcaneal achille achilles", "external lateral", "internal medial",
        "anterior ventral", "posterior dorsal", "superior cranial upper", "inferior caudal lower", "long great greater",
        "short small lesser", "sciatic ischiadic ischiatic",
    )
)  # fmt: skip
PLACES = frozenset(
    {"medial", "lateral", "proximal", "distal", "dorsal", "ventral", "cranial", "caudal", "external", "internal"}
    | {
        "superficial",
        "central",
        "bilateral",
        "unilateral",
        "ipsilateral",
        "contralateral",
        "plantar",
        "palmar",
        "axial",
    }
)
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


@cache
def words_apart() -> frozenset[frozenset[tuple[str, ...]]]:
    """Return the stems of the pairs of words that never stand for one another; made where they are first asked for."""
    return frozenset(frozenset(key(word) for word in pair) for pair in PAIRS)


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
    if before in GREEK_NAMES or after in GREEK_NAMES:
        return True
    if len(before) == 1:
        return len(after) > 1 and before != "a"
    return len(after) > 1


def with_synonym_in_brackets(typed: str, answers: Sequence[str]) -> str:
    """Return the answer that "common fibular (peroneal) nerve" says twice: both ways to read it must be accepted."""
    found = bracketed(typed)
    if found is None:
        return ""
    meant = [next((answer for answer in answers if says_the_same(spelt(way), answer)), "") for way in both_ways(found)]
    return meant[0] if all(meant) else ""


def bracketed(text: str) -> re.Match[str] | None:
    """Find a word and what stands behind it in brackets; "fibular/peroneal" is read as "fibular (peroneal)"."""
    written = SLASHED.sub(r"\1 (\2)", text)
    return BRACKETED.fullmatch(written) if "(" in written else None


def both_ways(found: re.Match[str]) -> tuple[str, str]:
    """Return a term with a word and the one in brackets behind it: without what is in brackets, and with it instead."""
    before, last, inside, after = found.groups()
    return f"{before}{last}{after}", f"{before}{inside}{after}"


def with_synonyms(answer: str) -> tuple[str, ...]:
    """Return the ways to say an answer that names a synonym or an abbreviation: "deep fibular (peroneal)", "MRI scan
    (MRI)". What is in brackets and adds to the term, as in "L5 (right)" or "quadriceps (femoris)", is none.
    """
    found = bracketed(answer)
    if found is None:
        return (answer,)
    before, last, inside, after = found.groups()
    if are_synonyms(last, inside):
        rest = with_synonyms(after)
        return (answer, *(f"{before}{word}{end}" for word in (last, inside) for end in rest))
    if not after.strip() and is_another_name(f"{before}{last}", inside):
        return (answer, f"{before}{last}", inside)
    return (answer,)


def are_synonyms(one: str, other: str) -> bool:
    """Say whether an author who puts one adjective behind the other in brackets means the same by both."""
    words = key(one), key(other)
    if any(len(word) != 1 for word in words):
        return False
    stems = frozenset({words[0][0], words[1][0]})
    if any(stems <= same for same in SYNONYMS):
        return True
    return frozenset(words) not in words_apart() and stems.isdisjoint(PLACES) and all(map(ADJECTIVE.fullmatch, stems))


def is_another_name(term: str, inside: str) -> bool:
    """Say whether what stands in brackets is the term's initials, or a name for the same sort of thing."""
    words, others = key(term), key(inside)
    initials = "".join(word[0] for word in re.findall(r"\w+", term)).casefold()
    if inside.isupper() and len(inside) > 1:
        return inside.casefold() in (initials, "".join(word[0] for word in words))
    sorts = SORTS - {"of"}
    return len(others) > 1 and bool(sorts.intersection(words)) and sorts & set(words) == sorts & set(others)


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
