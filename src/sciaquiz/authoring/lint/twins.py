"""Questions held against each other, in a time linear in their number: twins, and those that give another away."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.authoring.lint.look import stands_in, telling
from sciaquiz.deck.kinds import Cloze, Hotspot, Matching, MultipleAnswer, Recall, SingleBestAnswer, TrueFalse
from sciaquiz.deck.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.authoring.lint.look import Look
    from sciaquiz.deck.model import Question
    from sciaquiz.ids import QuestionId

ALIKE = 0.75
"""Share of the telling words of two stems that are the same, from which the stems are held against each other."""

SAME_WORDING = 80
"""Out of 100, as rapidfuzz counts it."""

FEWEST_TELLING = 5
"""Telling words of a stem below which it says too little to be like another."""

MOST_COMPARED = 8
"""Stems that share a telling word and are held against a new one: the latest."""

PLAIN = frozenset((Kind.SINGLE, Kind.MULTIPLE, Kind.TYPED, Kind.NUMERIC, Kind.RECALL, Kind.ORDERING))
"""Kinds whose stem says what is asked."""

LONGEST_COMPARED = 2_000
SHORTEST_KEY = 10
"""Characters of a key of several words that is looked for in other stems."""

FEWEST_ASKED = 3
MOST_ASKED = 0.75
"""Telling words of what a question asks, and the share of them that stand beside its key where that is given away."""


class Twins(Struct):
    """The stems seen so far, over all decks that are checked together."""

    same: dict[str | tuple[str, ...], QuestionId]
    by_word: dict[str, list[tuple[Look, frozenset[str]]]]

    def of(self, look: Look) -> Iterable[tuple[str, str]]:
        """Yield a code and words where an earlier question asks the same; remember this one."""
        question = look.question
        asked = _identity(question)
        first = self.same.setdefault(asked, question.id)
        if first != question.id:
            yield "same-stem", f"asks the same as “{first}”: keep one of the two, or ask for something else"
            return
        words = look.telling if len(look.stem) > FEWEST_TELLING * 12 else frozenset[str]()
        if len(words) < FEWEST_TELLING or isinstance(question, TrueFalse | Matching | Hotspot | Cloze):
            return
        twin = None
        prefix = sorted(words, key=_rarest)[: len(words) - ceil(ALIKE * len(words)) + 1]
        for word in prefix:
            for other, said in self.by_word.get(word, ()):
                if twin is None and len(words & said) >= ALIKE * len(words | said) and _same(look, other):
                    twin = other
            kept = self.by_word.setdefault(word, [])
            kept.append((look, words))
            del kept[:-MOST_COMPARED]
        if twin is not None:
            yield (
                "near-stem",
                f"asks nearly the same as “{twin.question.id}”, with the same answer: keep one of the two",
            )


def _rarest(word: str) -> tuple[int, str]:
    return -len(word), word


def _identity(question: Question) -> str | tuple[str, ...]:
    """Return all by which a question is told from others of its stem."""
    stem = question.stem.casefold()
    if question.kind in PLAIN and question.case is None and question.picture is None:
        return stem
    apart: list[str] = []
    if question.case is not None:
        apart = [question.case, str(question.stage)]
    if question.picture is not None:
        apart.append(str(question.picture.path))
    match question:
        case Cloze():
            apart += [part for part in question.parts if isinstance(part, str)]
        case TrueFalse():
            apart += sorted(statement.text.casefold() for statement in question.statements)
        case Matching():
            apart += sorted(stem.text.casefold() for stem in question.stems)
        case Hotspot():
            apart += [question.figure, question.asks, *question.regions]
        case _:
            pass
    return stem, *apart


def _same(look: Look, other: Look) -> bool:
    """Say whether two questions with many words in common are one: their wording and their answers are alike."""
    one, two = look.question, other.question
    if one.case != two.case or look.keys[:1] == [] or other.keys[:1] == []:
        return False
    from rapidfuzz import fuzz

    if fuzz.ratio(look.stem[:LONGEST_COMPARED], other.stem[:LONGEST_COMPARED]) < SAME_WORDING:
        return False
    mine, others = ({key.casefold().strip(" .") for key in each.keys} for each in (look, other))
    return bool(mine & others)


Key = tuple["Look", str, str, set[str]]
"""Whose key it is, the key as it is written and in one case, and the telling words of what is asked."""


class GivenAway:
    """Keys that stand in the stem of another question of the deck."""

    def __init__(self, looks: Iterable[Look]) -> None:
        self._looks = tuple(looks)

    def found(self) -> Iterable[tuple[Look, str]]:
        """Yield each question that says the whole key of another, and words for it."""
        keys: dict[str, list[Key]] = {}
        for look in self._looks:
            if not isinstance(look.question, SingleBestAnswer | MultipleAnswer | Recall):
                continue
            for key in look.keys:
                if len(key) < SHORTEST_KEY or " " not in key or not (words := telling(key)):
                    continue
                kept = keys.setdefault(min(words, key=_rarest), [])
                if len(kept) < MOST_COMPARED and len(asked := telling(look.lead) - words) >= FEWEST_ASKED:
                    kept.append((look, key, key.casefold().strip(" ."), asked))
        if not keys:
            return
        rarest = frozenset(keys)
        for look in self._looks:
            for word in look.telling & rarest:
                for other, key, folded, asked in keys[word]:
                    enough = len(asked & look.telling) >= MOST_ASKED * len(asked)
                    if enough and other is not look and folded in look.folded_stem and self._is_given(look, other, key):
                        yield (
                            look,
                            f"the stem says the answer of “{other.question.id}” (“{key}”): change one of the two",
                        )

    @staticmethod
    def _is_given(look: Look, other: Look, key: str) -> bool:
        """Say whether a stem that holds the key of another question speaks of the same, and not of a case of it."""
        if look.question.case is not None and look.question.case == other.question.case:
            return False
        stem = look.folded_stem
        return stands_in(key, stem) and not any(stands_in(text, stem) for text in other.wrong)
