"""Judging a typed term: a typing error is forgiven only where it can mean nothing else."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.deck.kinds import (
    Cloze,
    Gap,
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
from sciaquiz.marking.pairs import DOERS, PAIRS, is_exact, twins, with_other_ending
from sciaquiz.marking.sameness import (
    SORTS,
    has_a_sort_more,
    is_joined_otherwise,
    is_reordered,
    lacks_its_sort,
    says_the_same,
    stems_for,
    ways_to_read,
    with_synonym_in_brackets,
    with_synonyms,
)
from sciaquiz.marking.words import key, normal, spelt, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sciaquiz.deck.model import Deck, DeckHead, Question
    from sciaquiz.ids import DeckId

LONGEST_TERM = 5
"""An option of more words is a sentence: its words would only forbid typing errors."""

ONE_EDIT = 5
TWO_EDITS = 9
"""The letters a word must have for one and for two edits to be a typing error."""

SHORTEST_NEAR = 3
"""A word of fewer letters is not handed back for a slip: it may be a letter or a sign that names something."""

SMALL_WORDS = frozenset({"of", "to", "in", "at", "on", "by", "or"})
"""Shorter words that name nothing: a slip in one of them is handed back."""

LONGEST_ACRONYM = 6

WORD = re.compile(r"\w+")
PAIRED = tuple(dict.fromkeys(term for pair in PAIRS for term in pair))

ASKED_FOR = sorted(SORTS - {"of"} | {"level", "division", "part"})
WHICH = re.compile(rf"\b(?:which|what|name the|identify the) (?:\w+ )?({'|'.join(ASKED_FOR)})s?\b")
"""What sort of thing a question asks for, such as "which nerve", "name the joint" or "which thigh muscle"."""


class TermVerdict(StrEnum):
    """What a typed term is worth: RIGHT and TYPO are accepted, NEAR is asked again once."""

    RIGHT = "right"
    TYPO = "typo"
    NEAR = "near"
    WRONG = "wrong"


class Judged(Struct, frozen=True):
    """The verdict on a typed term: the accepted `answer` it stands for, or for NEAR what to say without an answer."""

    verdict: TermVerdict
    answer: str = ""
    reminder: str = ""


WRONG = Judged(TermVerdict.WRONG)
SORT_LEFT_OUT = Judged(TermVerdict.NEAR, reminder="Write the whole term: say what sort of thing it is.")
SORT_TOO_MUCH = Judged(TermVerdict.NEAR, reminder="Check what sort of thing it is.")


class Lexicon:
    """The terms that a typing error must not be taken for: those given, and the pairs that are known to be mixed up."""

    def __init__(self, texts: tuple[str, ...] = (), decks: Iterable[DeckHead] = ()) -> None:
        self.texts = texts
        self._decks = {deck.id: deck for deck in decks}

    @classmethod
    def from_decks(cls, decks: Iterable[Deck]) -> Lexicon:
        """Collect every accepted and wrong answer, option, concept, alias and region of the decks."""
        all_decks = tuple(decks)
        return cls(tuple(dict.fromkeys(text for deck in all_decks for text in terms_of(deck) if text)), all_decks)

    def deck(self, deck_id: DeckId) -> DeckHead | None:
        """Return the concepts and vignettes of a deck, None if it is not known."""
        return self._decks.get(deck_id)

    @cached_property
    def terms(self) -> frozenset[tuple[str, ...]]:
        """The keys of all terms; the single words of the pairs are no terms by themselves."""
        return frozenset(key(text) for text in self.texts) | {term for term in map(key, PAIRED) if len(term) > 1}

    @cached_property
    def words(self) -> frozenset[str]:
        """Each word of the terms as it is compared."""
        return frozenset[str]().union(*(words_in(text) for text in (*self.texts, *PAIRED)))

    def has_term(self, term: tuple[str, ...]) -> bool:
        """Say whether this is the key of a term."""
        return term in self.terms

    def has_word(self, word: str) -> bool:
        """Say whether a word occurs in a term."""
        return word in self.words

    def of_length(self, length: int) -> Sequence[str]:
        """Return the words of so many letters."""
        return self._by_length.get(length, ())

    @cached_property
    def _by_length(self) -> Mapping[int, tuple[str, ...]]:
        lengths: dict[int, list[str]] = {}
        for word in self.words:
            lengths.setdefault(len(word), []).append(word)
        return {length: tuple(words) for length, words in lengths.items()}

    def near(self, word: str, edits: int) -> frozenset[str]:
        """Return the words that are at most this many edits away, the word itself too if it is known."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        return frozenset(
            found
            for length in range(len(word) - edits, len(word) + edits + 1)
            for found, _, _ in process.extract(
                word, self.of_length(length), scorer=OSA.distance, score_cutoff=edits, limit=None
            )
        )


def words_in(text: str) -> set[str]:
    """Return each word of a term as it is compared, alone and within the term."""
    single = {stems[0] for word in WORD.findall(text) if len(stems := key(word)) == 1}
    return single.union(key(text))


def is_acronym(word: str) -> bool:
    """Say whether a word as it was written is an acronym: one letter may name another test."""
    return word.isupper() and len(word) <= LONGEST_ACRONYM


def terms_of(deck: Deck) -> Iterator[str]:
    """Yield the terms of a deck."""
    for concept in deck.concepts:
        yield from (concept.name, *concept.aliases)
    for figure in deck.figures:
        yield from (zone.name for zone in figure.zones())
    for question in deck.questions:
        yield from question_terms(question)


def question_terms(question: Question) -> Iterator[str]:
    """Yield the terms of a question: what is typed, and options short enough to be terms."""
    match question:
        case Typed(answers=answers, wrong=wrong):
            yield from (*answers, *(entry.text for entry in wrong))
        case Cloze(parts=parts):
            yield from (answer for part in parts if isinstance(part, Gap) for answer in part.answers)
        case SingleBestAnswer(options=options) | MultipleAnswer(options=options) | Matching(options=options):
            yield from (option.text for option in options if len(option.text.split()) <= LONGEST_TERM)
        case TrueFalse() | Recall() | Numeric() | Ordering() | Hotspot():
            pass
        case _ as never:
            assert_never(never)


def judge(
    typed: str,
    answers: Sequence[str],
    lexicon: Lexicon,
    *,
    exact: bool = False,
    asked: str = "",
    wrong: tuple[str, ...] = (),
    concepts: tuple[tuple[str, ...], ...] = (),
) -> Judged:
    """Judge a typed term against the accepted answers; with `exact` no typing error is accepted.

    `asked` is the question, behind its vignette: what sort of thing it asks for ("which nerve") may be said in the
    answer or left out, and so may the only side that it names. `wrong` are the terms that the author calls wrong,
    `concepts` the names of each concept of the deck. What the table of equivalents holds for the same as an answer is
    RIGHT; whatever else names another term is WRONG, however near it is. Never raises.
    """
    forms = forms_of(answers, asked, lexicon)
    judged = _judge(typed, tuple(forms), lexicon, exact=exact)
    if judged.verdict is not TermVerdict.RIGHT:
        from sciaquiz.marking.equivalents import Asked, meant_by, names_something_else, other_names

        question = Asked(text=asked, sorts=sorts_asked(asked), wrong=wrong, concepts=concepts)
        if answer := meant_by(typed, answers, question):
            return Judged(TermVerdict.RIGHT, answer)
        if names_something_else(typed, answers, question):
            return WRONG
        if judged.verdict is TermVerdict.WRONG and (others := other_names(answers, question)):
            forms = {**others, **forms}
            judged = _judge(typed, tuple(others), lexicon, exact=exact)
    return replace(judged, answer=forms[judged.answer]) if judged.answer else judged


def sorts_asked(asked: str) -> frozenset[str]:
    """Return the sorts of things that the last paragraph of a question asks for."""
    return frozenset(found[1] for found in WHICH.finditer(asked.split("\n\n")[-1].casefold()))


def forms_of(answers: Sequence[str], asked: str, lexicon: Lexicon) -> Mapping[str, str]:
    """Return each form of the answers, and the answer it stands for: with each of its synonyms, and with or without the
    sort of thing that is asked for.

    What is asked for stands right behind "which"; a sort that the question merely mentions is not understood. Nor is it
    where the other form is a term of its own: the quadratus femoris is not its nerve.
    """
    forms = {answer: answer for answer in answers}
    forms |= {form: answer for answer in answers for form in with_synonyms(answer) if form not in forms}
    sorts = sorts_asked(asked)
    if len(sorts) != 1:
        return forms
    for answer, meant in list(forms.items()):
        name = [word for word in answer.split() if not sorts.issuperset(key(word))]
        if name and len(name) < len(answer.split()):
            other = " ".join(name)
        elif SORTS.isdisjoint(key(answer)):
            other = f"{answer} {min(sorts)}"
        else:
            continue
        if not lexicon.has_term(key(other)):
            forms.setdefault(other, meant)
    return forms


def _judge(typed: str, answers: Sequence[str], lexicon: Lexicon, *, exact: bool) -> Judged:
    said, stems = spelt(typed), key(typed)
    ways = ways_to_read(typed)
    for answer in answers:
        if any(says_the_same(way, answer) for way in ways) or typed.strip() == answer.strip() != "":
            return Judged(TermVerdict.RIGHT, answer)
    if not said:
        return WRONG
    if answer := with_synonym_in_brackets(typed, answers):
        return Judged(TermVerdict.RIGHT, answer)
    is_other_term = lexicon.has_term(stems)
    for answer in answers:
        wanted = key(answer)
        if any(
            is_joined_otherwise(way, wanted) or is_reordered(way, wanted, only_sorts=is_other_term)
            for way in {stems, stems_for(ways[-1], wanted)}
        ):
            return Judged(TermVerdict.RIGHT, answer)
    if is_other_term:
        return SORT_LEFT_OUT if any(lacks_its_sort(stems, key(answer)) for answer in answers) else WRONG
    tries = sorted(
        (attempt for answer in answers if (attempt := Attempt.at(answer, said, answers, lexicon))),
        key=lambda attempt: (not attempt.forgiven, attempt.edits),
    )
    if tries and tries[0].forgiven and not exact:
        return Judged(TermVerdict.TYPO, tries[0].answer)
    if tries:
        return Judged(TermVerdict.NEAR, reminder=check_the_spelling(tries[0].slipped, typed))
    if any(lacks_its_sort(stems, key(answer)) for answer in answers):
        return SORT_LEFT_OUT
    return SORT_TOO_MUCH if any(has_a_sort_more(stems, key(answer), answers) for answer in answers) else WRONG


def check_the_spelling(slipped: Sequence[str], typed: str) -> str:
    """Return what to say to slips: only words that were typed are named, never what they may stand for."""
    named = [f"“{word}”" for word in dict.fromkeys(slipped) if word in typed.casefold()]
    return f"Check the spelling of {' and '.join(named)}." if named else "Check the spelling."


def edits_between(one: str, other: str, most: int) -> int:
    """Return the optimal string alignment distance: letters put in, left out, changed or swapped with the next.

    Returns `most` + 1 for anything further.
    """
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=most)


class Slip(Struct, frozen=True):
    """A word that is not spelt as in the answer, and whether it can mean nothing else."""

    said: str
    edits: int
    forgiven: bool


class Attempt(Struct, frozen=True):
    """What was typed beside one answer, word by word: None stands for a word that is right."""

    answer: str
    slips: tuple[Slip | None, ...]

    @classmethod
    def at(cls, answer: str, said: tuple[str, ...], answers: Sequence[str], lexicon: Lexicon) -> Attempt | None:
        """Compare word by word; None if some word is too far from the answer's, or is another word."""
        wanted, stems = spelt(answer), key(answer)
        if len(said) != len(wanted):
            return None
        accepted = {key(other) for other in answers}
        acronyms = {stem(normal(word)) for word in WORD.findall(answer) if is_acronym(word)}
        slips: list[Slip | None] = []
        for place, (typed, word) in enumerate(zip(said, wanted, strict=True)):
            if stem(typed) == stems[place]:
                slips.append(None)
                continue
            allowed = frozenset(other[place] for other in accepted if differs_only_at(place, other, stems))
            slip = slip_between(typed, word, allowed, lexicon, exact=stems[place] in acronyms)
            if slip is None:
                return None
            slips.append(slip)
        return cls(answer, tuple(slips))

    @property
    def edits(self) -> int:
        """The edits in all words together."""
        return sum(slip.edits for slip in self.slips if slip)

    @property
    def forgiven(self) -> bool:
        """Whether every slip is a typing error that can mean nothing else."""
        return all(slip.forgiven for slip in self.slips if slip)

    @property
    def slipped(self) -> tuple[str, ...]:
        """The words that are not spelt as in the answer, as they were typed."""
        return tuple(slip.said for slip in self.slips if slip)


def differs_only_at(place: int, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two keys are the same but for one word."""
    return len(one) == len(other) and one[:place] == other[:place] and one[place + 1 :] == other[place + 1 :]


def slip_between(typed: str, word: str, allowed: frozenset[str], lexicon: Lexicon, *, exact: bool) -> Slip | None:
    """Compare a word with the answer's; None if it is too far from it, or another word.

    `allowed` are the words that would be right in its place.
    """
    said, wanted = stem(typed), stem(word)
    if any(sign.isdigit() for sign in said + wanted):
        return None
    if len(wanted) < SHORTEST_NEAR:
        is_slip = wanted in SMALL_WORDS and said not in SMALL_WORDS and edits_between(said, wanted, 1) == 1
        return Slip(typed, 1, forgiven=False) if is_slip else None
    reach = 2 if len(wanted) >= TWO_EDITS else 1 if len(wanted) >= ONE_EDIT else 0
    distances = ((typed, edits_between(typed, word, reach + 1)), (said, edits_between(said, wanted, reach + 1)))
    edits = min(distance for _, distance in distances)
    forms = {form for form, distance in distances if distance == edits}
    others = twins(wanted) - allowed
    is_known = lexicon.has_word(typed) or (lexicon.has_word(said) and typed != said + "s")
    if edits > reach + 1 or is_known or not (others | with_other_ending(wanted, DOERS)).isdisjoint(forms):
        return None
    near = frozenset[str]().union(*(lexicon.near(form, edits) for form in (*forms, typed))) - allowed - {wanted}
    has_rival = any(len(rival) >= SHORTEST_NEAR for rival in near)
    ambiguous = has_rival or any(edits_between(form, other, edits) <= edits for form in forms for other in others)
    strict = exact or is_exact(wanted) or typed[0] != word[0]
    return Slip(typed, edits, edits <= reach and not strict and not ambiguous)
