"""What an edit of a question changes: by the author's word, else by rules over the two texts.

The rules look at what is right first: only another key makes students learn a question anew. An answer that is put
better is none, and neither is an option that is only called differently; a term that takes the place of another is one.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sciaquiz.deck.folding import folded
from sciaquiz.deck.kinds import (
    Cloze,
    Hotspot,
    Matching,
    MultipleAnswer,
    Numeric,
    Ordering,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)
from sciaquiz.deck.model import Change
from sciaquiz.deck.solution import solution
from sciaquiz.marking.pairs import SIDES, UNITS, is_exact, twins
from sciaquiz.marking.sameness import PLACES, SYNONYMS, says_the_same, words_apart
from sciaquiz.marking.words import is_level, key, spelt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Option, Question

SHORT_TERM, SHORT_SWAP = 3, 4
"""Words up to which a term with any other words is another term, and up to which one is in which some were swapped."""
LIGHT = frozenset({"a", "an", "the", "and", "of", "to", "in", "at", "by", "for", "on", "with", "as", "is", "it"})
SAME_SPELLING = 0.8
"""How alike two words are, of 1, where one of them is a typing error: one letter in five or more."""
SHORTEST_MISSPELT = 4
NEGATIONS = frozenset({"not", "no", "never", "without", "non", "neither", "nor", "none", "except"})
WEIGHT = tuple(Change)


def change_between(then: Question, now: Question, part: str = "") -> Change | None:
    """Return what an edit changes for a card of the question; None where students see no difference.

    `part` names the card where the question gives several, all of them if it is empty.
    """
    if then.version == now.version:
        return None
    words = words_since(then, now)
    return max(words, key=WEIGHT.index) if words else change_by_rules(then, now, part)


def words_since(then: Question, now: Question) -> tuple[Change, ...]:
    """Return what the author says of the edits since a text: words that stood beside it already are of older edits."""
    said = len(then.change)
    return now.change[said:] if now.change[:said] == then.change else now.change


def change_by_rules(then: Question, now: Question, part: str = "") -> Change:
    """Return what an edit changes where the author does not say."""
    if has_other_key(then, now, part):
        return Change.KEY
    old, new = _read(then), _read(now)
    if len(old) == len(new) and all(map(is_respelt, old, new)):
        return Change.TYPO
    if _wrong(then) != _wrong(now) and not _only_respelt(_wrong(then), _wrong(now)):
        return Change.DISTRACTOR
    return Change.CLARIFICATION


def has_other_key(then: Question, now: Question, part: str = "") -> bool:
    """Say whether something else was right then; an answer that is put better, or only called differently, is none."""
    match then, now:
        case Numeric(), Numeric():
            return _number(then) != _number(now)
        case Typed(), Typed():
            return key(then.answers[0]) not in map(key, now.answers) and is_other_term(then.answers[0], now.answers[0])
        case Recall(), Recall():
            return is_other_term(then.answer, now.answer)
        case Cloze(), Cloze():
            return _other_gaps(then, now, part)
        case Hotspot(), Hotspot():
            return then.regions != now.regions
        case Ordering(), Ordering():
            return _other_ids([item.id for item in then.items], [item.id for item in now.items]) and (
                _right(then) != _right(now)
            )
        case Matching(), Matching():
            return _other_pairs(then, now, part)
        case (SingleBestAnswer(options=old), SingleBestAnswer(options=new)):
            return _other_options(old, new)
        case (MultipleAnswer(options=old), MultipleAnswer(options=new)):
            return _other_options(old, new)
        case TrueFalse(), TrueFalse():
            return _other_options(then.statements, now.statements)
        case _:
            return True


def right_words(question: Question, part: str = "") -> str:
    """Return what is right, of all cards of a question or of one."""
    if part and isinstance(question, Cloze):
        return "; ".join(gap.answers[0] for gap in question.gaps_of(part))
    if part and isinstance(question, Matching):
        text_of = {item.id: item.text for item in question.options}
        return "; ".join(text_of[stem.answer] for stem in question.stems_of(part))
    if isinstance(question, Typed):
        return question.answers[0]
    return "; ".join(line.text for line in solution(question) if line.right)


def is_other_term(then: str, now: str) -> bool:
    """Say whether one answer takes the place of another, and is not the same one put better.

    It is where a "not" is all that came or went, where words were swapped that are known to mean different things
    (sides, places, numbers, levels, units, rivals such as abduction and adduction), and, in short terms, where any
    words were swapped, or none is in common. A long answer in other words is the same, put better: authors do that far
    more often. A word that may be a typing error of the other is the same.
    """
    if says_the_same(spelt(then), now) or says_the_same(spelt(now), then):
        return False
    old, new = _weighty(then), _weighty(now)
    gone, come = [word for word in old if word not in new], [word for word in new if word not in old]
    for word in tuple(gone):
        same = next((other for other in come if _is_misspelt(word, other) or _are_synonyms(word, other)), None)
        if same is not None:
            gone.remove(word)
            come.remove(same)
    if not gone or not come:
        return bool(gone or come) and NEGATIONS.issuperset((*gone, *come))
    is_swap = len(gone) == len(come) <= max(1, len(old) // 2)
    longest = max(len(old), len(new))
    if is_swap and any(_are_apart(word, other) for word in gone for other in come):
        return True
    return longest <= SHORT_TERM or (is_swap and longest <= SHORT_SWAP)


def _weighty(text: str) -> list[str]:
    """Return the words of a text as they are compared, without those that carry nothing."""
    words = list(key(text))
    return [word for word in words if word not in LIGHT] or words


def _are_apart(word: str, other: str) -> bool:
    """Say whether two words are of one sort, in which another one is another thing."""
    if frozenset(((word,), (other,))) in words_apart() or other in twins(word):
        return True
    return any(word in sort and other in sort for sort in (SIDES, PLACES, UNITS)) or (
        _is_counted(word) and _is_counted(other)
    )


def _is_counted(word: str) -> bool:
    return is_level(word) or any(sign.isdigit() for sign in word)


def is_respelt(then: str, now: str) -> bool:
    """Say whether a text differs from another by spelling alone: its words are the same, one for one."""
    old, new = folded(then).split(), folded(now).split()
    if "".join(old) == "".join(new):
        return True
    return len(old) == len(new) and all(
        one == other or _is_misspelt(one, other) for one, other in zip(old, new, strict=True)
    )


def _is_misspelt(word: str, other: str) -> bool:
    if min(len(word), len(other)) < SHORTEST_MISSPELT or is_exact(word) or is_exact(other) or other in twins(word):
        return False
    if frozenset(((word,), (other,))) in words_apart():
        return False
    return SequenceMatcher(None, word, other).ratio() >= SAME_SPELLING


def _are_synonyms(word: str, other: str) -> bool:
    return any(word in words and other in words for words in SYNONYMS)


def _other_options(then: Iterable[Option], now: Iterable[Option]) -> bool:
    """Say whether other options are right, or what is right under the same id is another term."""
    old = {option.id: option.text for option in then if option.correct}
    new = {option.id: option.text for option in now if option.correct}
    if old.keys() == new.keys():
        return any(is_other_term(old[name], new[name]) for name in old)
    return {folded(text) for text in old.values()} != {folded(text) for text in new.values()}


def _other_ids(then: list[str], now: list[str]) -> bool:
    """Say whether two orders differ, beside what was put in or taken out."""
    return [name for name in then if name in now] != [name for name in now if name in then] or not {*then} & {*now}


def _other_pairs(then: Matching, now: Matching, part: str) -> bool:
    """Say whether a stem that stands in both belongs to another option."""
    named = [{item.id: item.text for item in question.options} for question in (then, now)]
    old = {stem.id: stem.answer for stem in then.stems_of(part)}
    new = {stem.id: stem.answer for stem in now.stems_of(part)}
    both = old.keys() & new.keys()
    if not both:
        return _right(then) != _right(now)
    return any(
        old[name] != new[name] and folded(named[0][old[name]]) != folded(named[1][new[name]])
        if old[name] != new[name]
        else is_other_term(named[0][old[name]], named[1][new[name]])
        for name in both
    )


def _other_gaps(then: Cloze, now: Cloze, part: str) -> bool:
    groups = [part] if part else [group for group in then.groups if group in now.groups]
    for group in groups:
        old, new = then.gaps_of(group), now.gaps_of(group)
        if len(old) != len(new):
            return True
        for one, other in zip(old, new, strict=True):
            accepted = [key(answer) for answer in other.answers]
            if key(one.answers[0]) not in accepted and is_other_term(one.answers[0], other.answers[0]):
                return True
    return not groups


def _number(question: Numeric) -> tuple[object, ...]:
    """Return the number that is right with its unit; how far from it still counts is no part of it."""
    if question.value is None:
        return question.low, question.high, question.unit
    return question.value, question.unit


def _right(question: Question) -> list[str]:
    return [folded(line.text) for line in solution(question) if line.right]


def _wrong(question: Question) -> list[str]:
    """Return the texts among which what is right has to be found."""
    match question:
        case Matching(options=options):
            return [option.text for option in options]
        case _:
            return [line.text for line in solution(question) if not line.right]


def _only_respelt(then: list[str], now: list[str]) -> bool:
    return len(then) == len(now) and all(map(is_respelt, then, now))


def _read(question: Question) -> list[str]:
    """Return every text of a question that a student reads."""
    gaps = [
        part if isinstance(part, str) else " ".join(part.answers)
        for part in (question.parts if isinstance(question, Cloze) else ())
    ]
    lines = [text for line in solution(question) for text in (line.text, line.why)]
    return [question.stem, question.according_to, question.explanation, *lines, *gaps, *_wrong(question)]
