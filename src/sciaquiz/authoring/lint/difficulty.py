"""Flaws that make a question hard for reasons that have nothing to do with knowing."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import named
from sciaquiz.deck.kinds import Matching, MultipleAnswer, SingleBestAnswer
from sciaquiz.marking.words import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.authoring.lint.look import Look

NEGATIVE = re.compile(r"\b(not|except|least likely|unlikely|false|incorrect|untrue|inappropriate)\b|n['’]t\b")
SUBORDINATE = re.compile(
    r"\b(?:if|when|while|where|who|whom|whose|that|because|since|although|though|after|before|until|unless|so|and|but|"
    r"does not exclude|is not enough|not only|not yet|whether)\b.*|\([^)]*\)|“[^”]*”|\"[^\"]*\"",
    re.DOTALL,
)
"""What stands below the clause that asks: nothing turns on a “not” in it."""
ASKS = re.compile(r"\b(?:which|what|who|whom|where|all|each)\b")
ASKS_AFTER = (
    re.compile(r".*[,:;–—] (?:which|what|who|whom|where)\b(?=[^?]*\?)", re.DOTALL),
    re.compile(r".*?\b(?:which|what|all|each)\b", re.DOTALL),
)
"""Up to where a sentence asks that does not begin by it: after a sign, or else anywhere; “a man who …” asks nothing."""
REASON = re.compile(r"\b(?:why|how|what (?:explains|does it mean|follows|speaks|argues|if))\b")
VAGUE = frozenset(("rarely", "sometimes", "often", "usually", "frequently", "occasionally", "commonly", "seldom"))
COMPARED = frozenset(("most", "least", "more", "less"))
MARKED_NEGATIVE = re.compile(r"\b(NOT|EXCEPT|LEAST|FALSE|INCORRECT)\b")
DENIAL = frozenset(("not", "no", "never", "without"))
BARE_NUMBER = re.compile(
    r"(?P<number>[-+−]?\d+(?:[.,]\d+)*)(?:st|nd|rd|th)?(?P<unit>\s?[^\W\d_]*(?:/[^\W\d_]+)?[%°]?)\.?"
)
RANGE = re.compile(
    r"(?P<low>\d+(?:[.,]\d+)?)\s?(?P<first>[^\W\d_]*[%°]?)\s?(?:–|-|to)\s?(?P<high>\d+(?:[.,]\d+)?)"
    r"(?P<unit>\s?[^\W\d_]*[%°]?)\.?"
)
THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
COUNTED = re.compile(r"(?:type|grade|stage|class|group|level|zone|step)\s+(?P<rank>[a-h]|[ivx]+|\d+)\.?")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
LONGEST_STEM = 120
LONGEST_OPTION = 15
"""In words, beyond which reading takes more than thinking."""

LONGEST_SHARED = 3
"""Options may begin with up to two words in common."""


def unmarked_negative(look: Look) -> str | None:
    """The question asks for what is not so, and does not shout it."""
    lead = look.lead
    said = lead.casefold()
    found = None
    if ASKS.search(said) and not REASON.search(said):
        found = NEGATIVE.search(_main_clause(lead))
    if not found:
        return None
    word = found[0]
    return f"the question turns on “{word}”: ask for what is so, or write {word.upper()}"


def _main_clause(lead: str) -> str:
    """Return the clause of a sentence that asks, without what is below it, as it is written but for its first word."""
    said = lead.casefold()
    begins = ASKS.match(said) or ASKS_AFTER[0].match(said) or ASKS_AFTER[1].match(said)
    if begins is None or len(said) != len(lead):
        return ""
    asking = lead[begins.end() :]
    return SUBORDINATE.sub("", asking)


def double_negative(look: Look) -> str | None:
    """The question asks for what is not so, and an option denies as well."""
    asks = MARKED_NEGATIVE.search(look.lead)
    if not asks:
        return None
    guilty = [entry.id for entry, said in zip(look.entries, look.said, strict=True) if not DENIAL.isdisjoint(said)]
    if not guilty:
        return None
    return f"a double negative: the question asks with {asks[0]}, and options deny: {named(guilty)}; ask for what is so"


def vague_options(look: Look) -> str | None:
    """Options or statements hold words of frequency that everybody reads differently."""
    guilty = [entry.id for entry, said in zip(look.entries, look.said, strict=True) if _is_vague(said)]
    if not guilty:
        return None
    return f"vague words (often, usually …) in {named(guilty)}: say how many, or leave them out"


def _is_vague(said: list[str]) -> bool:
    """Say whether a text says how often, and compares with nothing: “most often” is clear."""
    return any(word in VAGUE and before not in COMPARED for before, word in pairwise(("", *said)))


def repeated_beginning(look: Look) -> str | None:
    """All options begin with the same words."""
    first = look.entries[0].text.lstrip()[:1].casefold()
    for entry in look.entries:
        if entry.text.lstrip()[:1].casefold() != first:
            return None
    if len(look.entries) < len(("two", "or", "more")):
        return None
    split = [entry.text.casefold().split() for entry in look.entries]
    shared = 0
    while all(len(words) > shared + 1 for words in split) and len({words[shared] for words in split}) == 1:
        shared += 1
    if shared >= LONGEST_SHARED:
        return f"all of them begin with “{' '.join(split[0][:shared])}”: move it into the stem"
    return None


def long_stem(look: Look) -> str | None:
    """The stem takes long to read."""
    if len(look.stem) < 2 * LONGEST_STEM or (words := len(look.stem.split())) <= LONGEST_STEM:
        return None
    return f"the stem has {words} words; leave out what nobody needs to answer it (at most {LONGEST_STEM})"


def long_options(look: Look) -> str | None:
    """Options take long to read. What is matched with them may be a patient or a report, and is not looked at."""
    question = look.question
    guilty = [
        entry.id
        for entry in (question.options if isinstance(question, Matching) else look.entries)
        if len(entry.text) > 2 * LONGEST_OPTION and len(entry.text.split()) > LONGEST_OPTION
    ]
    if not guilty:
        return None
    return f"more than {LONGEST_OPTION} words in {named(guilty)}: one thought each, and the reason into “why”"


def numbers_out_of_order(look: Look) -> str | None:
    """Options that are bare numbers of one unit and keep their order do not ascend; or their units are mixed."""
    question = look.question
    if not isinstance(question, SingleBestAnswer | MultipleAnswer):
        return None
    found = [BARE_NUMBER.fullmatch(entry.text.strip()) for entry in look.entries]
    read = [
        (_value(number["number"]), number["unit"].strip().removesuffix("s")) for number in found if number is not None
    ]
    if len(read) < len(found):
        ranges = sum(RANGE.fullmatch(entry.text.strip()) is not None for entry in look.entries)
        return (
            "some options are numbers and some are ranges: write all of one sort"
            if _mixes(read, ranges, look)
            else None
        )
    values = [value for value, _ in read]
    units = {unit for _, unit in read}
    if len(units) > 1:
        return f"the numbers in the options have different units ({named(sorted(unit or 'none' for unit in units))})"
    if question.shuffle or None in values:
        return None
    ordered = sorted(value for value in values if value is not None)
    return None if values == ordered else "the numbers in the options do not ascend: write them in their order"


def _mixes(read: Sequence[object], ranges: int, look: Look) -> bool:
    return bool(read) and ranges > 0 and len(read) + ranges == len(look.entries)


def _value(number: str) -> float | None:
    try:
        return float(THOUSANDS.sub("", number).replace(",", ".").replace("−", "-"))
    except ValueError:  # 1.2.3 is no number
        return None


def ranks_out_of_order(look: Look) -> str | None:
    """Options that keep their order are levels, types or grades, and stand in no order of these."""
    question = look.question
    if not isinstance(question, SingleBestAnswer | MultipleAnswer) or question.shuffle:
        return None
    ranks = [_rank(entry.text.casefold().strip()) for entry in look.entries]
    placed = [rank for rank in ranks if rank is not None]
    if len(placed) < len(ranks) or len({sort for sort, _ in placed}) > 1:
        return None
    values = [value for _, value in placed]
    if values == sorted(values) or values == sorted(values, reverse=True):
        return None
    return "the order of the options is kept, and they do not stand in it: sort them, or leave “shuffle” out"


def _rank(text: str) -> tuple[str, float] | None:
    level = text.removesuffix(" nerve root").removesuffix(" root").removeprefix("the ")
    first = level.split("/")[0].split("–")[0]
    if first in LEVELS:
        return "level", LEVELS.index(first)
    counted = COUNTED.fullmatch(text)
    if counted is None:
        return None
    rank = counted["rank"]
    sort = text.split()[0]
    if rank in ROMAN:
        return sort, ROMAN[rank]
    return sort, float(rank) if rank.isdigit() else ord(rank)


def overlapping_ranges(look: Look) -> str | None:
    """Options are ranges of one unit, and two of them hold the same numbers."""
    if not isinstance(look.question, SingleBestAnswer | MultipleAnswer):
        return None
    read = [(entry.id, RANGE.fullmatch(entry.text.strip())) for entry in look.entries]
    spans = sorted((_value(found["low"]) or 0.0, _value(found["high"]) or 0.0, name) for name, found in read if found)
    for (_, high, one), (low, _, other) in pairwise(spans):
        if low < high:
            return f"the ranges of {one} and {other} overlap: an answer may lie in both; make them meet"
    return None
