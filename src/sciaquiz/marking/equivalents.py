"""The table of equivalents: other names, abbreviations and spellings of one structure, and when a term means it."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.marking.sameness import ORDERING_WORDS, SORTS, both_ways, bracketed, with_synonyms
from sciaquiz.marking.words import LEVELS, ORDINALS, is_level, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PARTS = {"part": "division", "component": "division", "portion": "division"}
SORT_WORDS = SORTS - {"of"} | {"division"}
BOUND = ORDERING_WORDS | {"of", "head", "branch", "short", "long"}
"""Words that belong to the next one or say an order: a name that has one keeps its order."""

MOST_IN_ANY_ORDER = 4

LEFT_OUT = frozenset({"nerve", "muscle", "artery", "vein", "ligament"})
"""What a name may do without: a syndrome, a joint or a foramen is not what it is called after."""

SIDES = ("left", "right")
AROUND = ((("on",), ("side",)), ((), ("side",)), ((), ("sided",)), (("on",), ()), ((), ()))
SIDED = [(*before, side, *after) for side in SIDES for before, after in AROUND]
SIDE_NAMED = re.compile(
    r"(?<!\bis )(?<!\bwas )(?<!\bhas )(?<!\bhad )\b(left|right)(?:-sided)?\b"
    r"(?![ -](?:away|angles?|answer|after|for|with|the|a|an|his|her|it|him|in|over|handed|hander|footed)\b)"
)
CROSSED = re.compile(
    r"\b(pelvis|trendelenburg|contralateral|opposite|other|cross\w*|both|bilateral|brain|cortex|hemispher\w*|capsule|"
    r"brainstem|cord|hemisection|gaze|tilt\w*)\b"
)
"""Where the text has one of these, a sign on one side may come from the other."""

REGIONS = {"cervical": "c", "thoracic": "t", "lumbar": "l", "sacral": "s", "c": "c", "t": "t", "l": "l", "s": "s"}
NUMBERS = {ordinal: number[:-2] for number, ordinal in ORDINALS.items()}
NAMED_AFTER = (("test",), ("sign",), ("maneuver",))
OF_LEVELS = frozenset({"root", "nerve", "spinal", "level"})


class Meaning(Struct, frozen=True):
    """What a term stands for: the name of an entry, or its words as they are compared; and the side it says."""

    name: tuple[str, ...]
    side: str = ""


class Equivalents:
    """A table of equivalents. Raises ValueError where one name stands in two entries."""

    def __init__(self, read: Mapping[str, Any]) -> None:
        self._phrases = dict(self._pairs(read["words"]))
        self._named: dict[tuple[tuple[str, ...], frozenset[str]], str] = {}
        self._bare: dict[tuple[str, ...], set[str]] = {}
        self._called: dict[tuple[str, ...], set[str]] = {}
        self._short: dict[tuple[str, ...], str] = {}
        self._sort: dict[str, str] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        groups = {sort: group for sort, group in read.items() if isinstance(group, dict)}
        for sort, group in groups.items():
            for names in group["names"]:
                self._add(sort, names)
        for group in groups.values():
            for short, name in group.get("short", {}).items():
                said = apart(key(short))[0]
                if name not in self._forms or said in self._short:
                    raise ValueError(f"{short}: an abbreviation of no entry, or of two")
                self._short[said] = name

    @staticmethod
    def _pairs(groups: Iterable[Sequence[str]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        for first, *others in groups:
            yield from ((key(other), key(first)) for other in others)

    def _add(self, sort: str, names: Sequence[str]) -> None:
        entry = names[0]
        self._sort[entry] = sort
        self._forms[entry] = tuple(names)
        for name in names:
            bare, sorts = apart(self._rewritten(key(name)))
            self._called.setdefault(bare, set()).add(entry)
            for said in {sorts, sorts or frozenset({sort})}:
                if self._named.setdefault((bare, said), entry) != entry:
                    raise ValueError(f"{name}: in the entries {entry} and {self._named[bare, said]}")
            if sorts == {sort} and key(name)[-1] == sort in LEFT_OUT:
                self._bare.setdefault(bare, set()).add(entry)

    @lru_cache(maxsize=8192)  # noqa: B019 -- there is one table
    def meaning(self, text: str, sorts_asked: frozenset[str] = frozenset(), *, loose: bool = True) -> Meaning:
        """Return what a term stands for, in a question that asks for these sorts of things.

        `loose`: an abbreviation, and a name without its sort, are read as the only entry that they may stand for.
        """
        side, stems = without_side(key(text))
        stems = self._rewritten(stems)
        return Meaning(self._entry(stems, sorts_asked, loose=loose) or without_sort(stems, sorts_asked), side)

    def entry(self, text: str) -> str:
        """Return the entry that a term names, or nothing."""
        found = self._entry(self._rewritten(without_side(key(text))[1]), frozenset(), loose=True)
        return found[0] if found else ""

    def sort_of(self, entry: str) -> str:
        """Return what sort of thing an entry is."""
        return self._sort.get(entry, "")

    def forms(self, meaning: Meaning) -> Iterator[str]:
        """Yield the names of the entry that is meant, in each of the words that stand for each other."""
        for form in self._forms.get(" ".join(meaning.name), ()):
            yield form
            for first, other in self._single:
                if re.search(rf"\b{first}\b", form):
                    yield re.sub(rf"\b{first}\b", other, form)

    @cached_property
    def _single(self) -> tuple[tuple[str, str], ...]:
        pairs = self._phrases.items()
        return tuple((first[0], other[0]) for other, first in pairs if len(other) == len(first) == 1)

    @cached_property
    def entries(self) -> Mapping[str, tuple[str, ...]]:
        """The names of each entry and its abbreviations."""
        return {
            entry: (*names, *(" ".join(short) for short, of in self._short.items() if of == entry))
            for entry, names in self._forms.items()
        }

    def _rewritten(self, stems: tuple[str, ...]) -> tuple[str, ...]:
        written: list[str] = []
        place = 0
        while place < len(stems):
            for length in range(min(self._longest, len(stems) - place), 0, -1):
                phrase = stems[place : place + length]
                if (one := self._phrases.get(phrase) or level_of(phrase)) is not None:
                    written += one
                    place += length
                    break
            else:
                written.append(stems[place])
                place += 1
        return tuple(word for at, word in enumerate(written) if word != "and" or not joins_levels(written, at))

    @cached_property
    def _longest(self) -> int:
        return max([2, *map(len, self._phrases)])

    def _entry(self, stems: tuple[str, ...], sorts_asked: frozenset[str], *, loose: bool) -> tuple[str, ...]:
        bare, sorts = apart(stems)
        if loose and (name := self._short.get(bare)):
            return (name,) if sorts <= {self._sort[name]} else ()
        if name := self._named.get((bare, sorts)):
            return (name,)
        if sorts or not bare:
            return ()
        wanted = {frozenset({PARTS.get(sort, sort)}) for sort in sorts_asked}
        if len(asked := {name for sort in wanted if (name := self._named.get((bare, sort)))}) == 1:
            return tuple(asked)
        alone = self._bare.get(bare, set()) if loose else set()
        return tuple(alone) if len(alone) == 1 and alone == self._called[bare] else ()


@lru_cache(maxsize=1)
def shipped() -> Equivalents:
    """Return the table that ships with the app, read once."""
    return Equivalents(tomllib.loads((files("sciaquiz.marking") / "equivalents.toml").read_text(encoding="utf-8")))


def apart(stems: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words of a name, sorted where their order means nothing, and the sorts of things that it says."""
    words = tuple(PARTS.get(word, word) for word in stems)
    bare = tuple(word for word in words if word not in SORT_WORDS)
    is_free = len(bare) <= MOST_IN_ANY_ORDER and BOUND.isdisjoint(bare)
    return (tuple(sorted(bare)) if is_free else bare), frozenset(words) & SORT_WORDS


def level_of(phrase: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the level that two words say, as in "lumbar five" or "fifth lumbar"."""
    if len(phrase) != 2:
        return None
    one, other = phrase
    region, number = (REGIONS.get(one), other) if one in REGIONS else (REGIONS.get(other), NUMBERS.get(one, ""))
    level = f"{region}{number}"
    return (level,) if region and level in LEVELS else None


def joins_levels(words: Sequence[str], at: int) -> bool:
    """Say whether a word stands between two levels."""
    return 0 < at < len(words) - 1 and is_level(words[at - 1]) and is_level(words[at + 1])


def without_side(stems: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the side that a term says once, and its other words."""
    if len(stems) < 2 or len([word for word in stems if word in SIDES]) != 1:
        return "", stems
    for said in SIDED:
        for place in range(len(stems) - len(said) + 1):
            if stems[place : place + len(said)] == said:
                return next(word for word in said if word in SIDES), stems[:place] + stems[place + len(said) :]
    return "", stems


def without_sort(stems: tuple[str, ...], sorts_asked: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a term, of levels without what is asked for: "L5 root" is "L5" where a root is asked for.

    The nerve of a level is its root, and a "test of Freiberg" is a "Freiberg test".
    """
    if stems[:1] in NAMED_AFTER and stems[1:2] == ("of",) and len(stems) > 2:
        return (*stems[2:], stems[0])
    levels = tuple(word for word in stems if is_level(word))
    others = {word for word in stems if not is_level(word)}
    if not levels or not others or not others <= OF_LEVELS or len(levels) + len(others) < len(stems):
        return stems
    sort = {"root"} if "nerve" in others and "level" not in others else others
    return levels if sort <= sorts_asked else (*levels, *sorted(sort))


def side_given(asked: str, answers: Sequence[str]) -> str:
    """Return the side that may be said in an answer: the one the answers name, else the only one the question names.

    Nothing where the sign may come from the other side.
    """
    named = {side for answer in answers if (side := without_side(key(answer))[0])}
    if not named and not CROSSED.search(asked.casefold()):
        named = set(SIDE_NAMED.findall(asked.casefold()))
    return named.pop() if len(named) == 1 else ""


class Asked(Struct, frozen=True, kw_only=True):
    """What a question says about its answers, besides them: its text, what is wrong, and the names of each concept."""

    text: str = ""
    sorts: frozenset[str] = frozenset()
    wrong: tuple[str, ...] = ()
    concepts: tuple[tuple[str, ...], ...] = ()


def meant_by(typed: str, answers: Sequence[str], asked: Asked) -> str:
    """Return the answer that a typed term means by the table or by a concept's names, or nothing.

    Whatever the question lists as wrong stays so, and what two concepts of the deck are called is never the same.
    """
    table = shipped()
    meanings = {table.meaning(form, asked.sorts, loose=False): answer for answer, form in written(answers)}
    meanings |= {table.meaning(form, asked.sorts): answer for answer, form in written(answers) if is_asked(form, asked)}
    wrong = {table.meaning(text, asked.sorts) for text in asked.wrong}
    linked = {
        table.meaning(name, asked.sorts): meanings[found]
        for names in asked.concepts
        for found in [table.meaning(name, asked.sorts) for name in names]
        if found in meanings
        for name in names
        if not (table.entry(name) and table.entry(meanings[found])) or table.entry(name) == table.entry(meanings[found])
    }
    meanings = {meaning: answer for meaning, answer in (linked | meanings).items() if meaning not in wrong}
    found = {_found(table.meaning(way, asked.sorts), meanings, side_given(asked.text, answers)) for way in ways(typed)}
    if len(found) != 1 or any(key(typed) == key(text) for text in asked.wrong):
        return ""
    [answer] = found
    return "" if answer and are_two_concepts(typed, answers, asked.concepts) else answer


def names_something_else(typed: str, answers: Sequence[str], asked: Asked) -> bool:
    """Say whether a typed term names an entry of the table that no answer means."""
    table = shipped()
    entry = table.entry(typed)
    return bool(entry) and entry not in {table.entry(form) for _, form in written(answers)} | {
        name for answer in answers for name in table.meaning(answer, asked.sorts).name
    }


def other_names(answers: Sequence[str], asked: Asked) -> Mapping[str, str]:
    """Return the names in the table of what the answers mean, each with its answer, without those that are wrong."""
    table = shipped()
    wrong = {table.meaning(text, asked.sorts) for text in asked.wrong}
    return {
        form: answer
        for answer in reversed(answers)
        if (meaning := table.meaning(answer, asked.sorts, loose=False)) not in wrong
        for form in table.forms(meaning)
    }


def _found(meaning: Meaning, meanings: Mapping[Meaning, str], side: str) -> str:
    if meaning in meanings or meaning.side != side:
        return meanings.get(meaning, "")
    return meanings.get(replace(meaning, side=""), "")


def written(answers: Sequence[str]) -> list[tuple[str, str]]:
    """Return each answer and the ways it is written, the first of them last."""
    return [(answer, form) for answer in reversed(answers) for form in with_synonyms(answer)]


def is_asked(form: str, asked: Asked) -> bool:
    """Say whether an answer may be an abbreviation for the sort of thing that is asked for."""
    table = shipped()
    return table.sort_of(table.entry(form)) in asked.sorts


def ways(typed: str) -> tuple[str, ...]:
    """Return the ways to read what was typed with a name in brackets: all must mean the same."""
    found = bracketed(typed)
    if found is None or not set(SIDES).isdisjoint(key(found[3])):
        return (typed,)
    before, last, inside, after = found.groups()
    return (f"{before}{last}", inside) if not after.strip() and shipped().entry(inside) else both_ways(found)


def are_two_concepts(typed: str, answers: Sequence[str], concepts: Sequence[Sequence[str]]) -> bool:
    """Say whether a typed term is a name of one concept of the deck, and the answers are names of others alone."""
    keys = [frozenset(map(key, names)) for names in concepts]
    said = {place for place, names in enumerate(keys) if key(typed) in names}
    wanted = {place for place, names in enumerate(keys) if not names.isdisjoint(map(key, answers))}
    return bool(said and wanted) and said.isdisjoint(wanted)
