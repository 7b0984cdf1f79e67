"""What shows only over a whole deck: shares of keys, words, topics, sources, concepts and contrasts."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import OUTLONG, words_of
from sciaquiz.authoring.lint.rule import DECK
from sciaquiz.authoring.lint.spelling import misspelt
from sciaquiz.authoring.lint.vocabulary import KNOWN
from sciaquiz.deck.concepts import concept_of, stands_for
from sciaquiz.deck.kinds import SingleBestAnswer
from sciaquiz.deck.model import Urgency
from sciaquiz.words import count, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.authoring.lint.look import Look
    from sciaquiz.authoring.lint.rule import Found
    from sciaquiz.deck.model import Deck
    from sciaquiz.deck.reading import Reading
    from sciaquiz.ids import ConceptId

FEWEST_FOR_A_SHARE = 20
EXCESS = 0.15
"""How much more often than chance something may be the key over a deck."""

BY_CHANCE = 2
"""Standard errors beyond which a share is none that comes by chance."""

FEWEST_FOR_PLACES = 40
MOST_AT_ONE_PLACE = 1.5
"""Times as often as by chance a place may hold the key where the order is kept."""

FEWEST_A_SIDE = 2
MOST_LISTED = 6
CAUTIOUS = re.compile(
    r"\b(?:may|might|cannot|not|unlikely|possible|possibly|suggests?|uncertain|depends|neither|too|alone|no)\b"
)
GUARDED = words_of(
    "may might cannot not unlikely possible possibly suggest suggests uncertain depends neither too alone no "
    "May Might Cannot Not Unlikely Possible Possibly Suggests Uncertain Depends Neither Too Alone No"
)
SAID = r"{0}(?<!\w{0}) (?:is (?:the|an?) \w|stands for|means|trial\b|study\b|model\b)"
ASKED_FOR = r"{0}\b(?<=\b[Dd]oes {0})[^?\n]* (?:mean|stand for)\b"
"""An abbreviation that is put into words or asked for, or the name of a trial or a model.

Patterns begin by it: text that is fixed is found fast.
"""

CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,6}(?![\w-])")


def questions_about(decks: Iterable[Deck]) -> Counter[ConceptId]:
    """Count the questions about each concept, over decks that are studied together."""
    return Counter(
        concept
        for deck in decks
        if deck.concepts
        for question in deck.questions
        if (concept := concept_of(question)) is not None
    )


def over_a_deck(deck: Deck, looks: Sequence[Look], about: Counter[ConceptId], reading: Reading) -> Iterable[Found]:
    """Yield what is wrong with a deck as a whole; `about` says how many questions there are on each concept."""
    yield from _completeness(deck)
    yield from _shares([look for look in looks if isinstance(look.question, SingleBestAnswer)])
    yield from _sources(deck, reading)
    yield from _contrasts(deck, about, reading)
    yield from _topics(deck)
    yield from _words(deck, looks)


def _completeness(deck: Deck) -> Iterable[Found]:
    if not deck.licence:
        yield "DOC-licence", (), DECK, "“licence” is missing: others need to know what they may do with the deck"
    if deck.version == "0":
        yield "DOC-version", (), DECK, "“version” is missing"


def _shares(singles: Sequence[Look]) -> Iterable[Found]:
    if len(singles) < FEWEST_FOR_A_SHARE:
        return
    chance = sum([1 / len(look.entries) for look in singles]) / len(singles)
    longest = sum([look.traits & OUTLONG != 0 for look in singles]) / len(singles)
    if longest > chance + EXCESS:
        told = f"the key is the longest option in {percent(longest)} of the questions ({percent(chance)} by chance)"
        yield "TW1-deck", (), DECK, f"{told}: cut keys, or say as much in the others"
    yield from _places(singles)
    yield from _urgencies(singles)
    yield from _caution(singles)


def _places(singles: Sequence[Look]) -> Iterable[Found]:
    kept = [look for look in singles if isinstance(look.question, SingleBestAnswer) and not look.question.shuffle]
    if len(kept) < FEWEST_FOR_PLACES:
        return
    at = Counter(look.place_of_key for look in kept)
    for place in range(max(len(look.entries) for look in kept)):
        expected = sum(1 / len(look.entries) for look in kept if len(look.entries) > place)
        surplus = at[place] - expected
        if at[place] > MOST_AT_ONE_PLACE * expected and surplus * surplus > 4 * expected:
            of = count(len(kept), "question")
            told = f"of {of} that keep their order, {at[place]} have the key at place {place + 1}"
            yield (
                "TW12",
                (),
                DECK,
                f"{told} ({expected:.0f} by chance): change what stands around it, or let them be shuffled",
            )


def _urgencies(singles: Sequence[Look]) -> Iterable[Found]:
    marked = [
        look.question
        for look in singles
        if isinstance(look.question, SingleBestAnswer) and all(option.urgency for option in look.question.options)
    ]
    telling = [question for question in marked if len({option.urgency for option in question.options}) > 1]
    if len(telling) < FEWEST_FOR_A_SHARE:
        return
    order = list(Urgency)
    for end, word in ((min, "fastest"), (max, "slowest")):
        chance = hits = 0.0
        for question in telling:
            extreme = end(order.index(option.urgency) for option in question.options if option.urgency)
            at = [option for option in question.options if option.urgency is order[extreme]]
            chance += len(at) / len(question.options) / len(telling)
            hits += (question.key in at) / len(telling)
        spread = sqrt(chance * (1 - chance) / len(telling))
        if hits > chance + max(EXCESS, BY_CHANCE * spread):
            told = f"the {word} option is right in {percent(hits)} of {count(len(telling), 'question')}"
            yield "AC3", (), DECK, f"{told} ({percent(chance)} by chance): add pictures in which it is wrong"


def _caution(singles: Sequence[Look]) -> Iterable[Found]:
    """Of the questions where some options are cautious and others are not, the key is too often a cautious one."""
    hits = chance = 0.0
    number = 0
    for look in singles:
        if look.words.isdisjoint(GUARDED):
            continue
        guarded = [
            not GUARDED.isdisjoint(said) and CAUTIOUS.search(entry.text.casefold()) is not None
            for entry, said in zip(look.entries, look.said, strict=True)
        ]
        if any(guarded) and not all(guarded):
            number += 1
            hits += guarded[look.place_of_key]
            chance += sum(guarded) / len(guarded)
    if number >= FEWEST_FOR_A_SHARE and hits / number > chance / number + EXCESS:
        told = f"where options differ in caution (may, cannot …), a cautious one is right in {percent(hits / number)}"
        yield (
            "TW15",
            (),
            DECK,
            f"{told} of {count(number, 'question')} ({percent(chance / number)} by chance): word others as cautiously",
        )


def _sources(deck: Deck, reading: Reading) -> Iterable[Found]:
    used = {source for question in deck.questions for source in question.sources}
    used |= {source for contrast in deck.contrasts for source in contrast.sources}
    used |= {source for figure in deck.figures for source in figure.sources}
    used |= {source for case in deck.cases for source in case.sources}
    used |= reading.named_unread(source.id for source in deck.sources if source.id not in used)
    for source in deck.sources:
        if source.id not in used:
            yield "unused-source", ("source", str(source.id)), DECK, f"source “{source.id}”: nothing cites it"


def _contrasts(deck: Deck, about: Counter[ConceptId], reading: Reading) -> Iterable[Found]:
    if not deck.concepts:
        return
    named = set(about).union(*(stands_for(question) for question in deck.questions))
    for place, contrast in enumerate(deck.contrasts):
        poor = [side for side in contrast.between if about[side] < FEWEST_A_SIDE]
        if poor:
            told = " and ".join(f"{about[side] or 'none'} about “{side}”" for side in poor)
            yield "CO1", ("contrast", place), DECK, f"a drill needs two questions on each side, and there is {told}"
        named |= set(contrast.between)
    named |= reading.named_unread(concept.id for concept in deck.concepts if concept.id not in named)
    for concept in deck.concepts:
        if concept.id not in named:
            yield (
                "CO2",
                ("concept", str(concept.id)),
                DECK,
                f"no question or contrast names the concept “{concept.id}”: use it, or leave it out",
            )


def _topics(deck: Deck) -> Iterable[Found]:
    topics = Counter(topic for question in deck.questions for topic in question.topics)
    levels = Counter(question.level for question in deck.questions if question.level is not None)
    for what, names in (("topics", topics), ("levels", levels)):
        plain: dict[str, str] = {}
        for name in sorted(names, key=lambda name: (-names[name], name)):
            first = plain.setdefault(re.sub(r"[\W_]+", "", name.casefold()).rstrip("s"), name)
            if first != name:
                yield "TO1", (), DECK, f"the {what} “{first}” and “{name}” look like one: write them alike"
    if levels and (without := sum(question.level is None for question in deck.questions)):
        yield (
            "TO2",
            (),
            DECK,
            f"“level” is missing in {without} of {count(len(deck.questions), 'question')}: give it to all, or to none",
        )
    if len(deck.questions) >= FEWEST_FOR_PLACES:
        thin = sorted(name for name, number in topics.items() if number == 1)
        if thin:
            listed = ", ".join(thin[:MOST_LISTED]) + (
                f" and {len(thin) - MOST_LISTED} more" if len(thin) > MOST_LISTED else ""
            )
            yield "TO3", (), DECK, f"topics of one question: {listed}; write more of them, or file it under another"


def _words(deck: Deck, looks: Sequence[Look]) -> Iterable[Found]:
    counted = Counter(chain.from_iterable([look.words for look in looks]))
    vocabulary = counted.keys()
    for look, word, meant in misspelt(looks, counted):
        yield "ID20", (), look.question.id, f"“{word}” is misspelt: write “{meant}”"
    capitals = {word for word in vocabulary if 3 <= len(word) <= 6 and word.isascii() and word.isupper()} - KNOWN
    if not capitals:
        return
    capitals = {word for word in capitals if vocabulary.isdisjoint((word.lower(), word.capitalize()))}
    explained = _explained(deck, looks, capitals) if capitals else set()
    for word in sorted(capitals - explained):
        found = next(
            (
                look
                for look in looks
                if word in look.words and any(word == each[0] for each in CAPITALS.finditer(look.shown))
            ),
            None,
        )
        if found is not None:
            yield (
                "ID11",
                (),
                found.question.id,
                f"“{word}” is explained nowhere in the deck: write it out once, as in “… ({word})”",
            )


def _explained(deck: Deck, looks: Sequence[Look], capitals: set[str]) -> set[str]:
    """Return the abbreviations that the deck writes out somewhere, or names as another name of a concept."""
    said = "\n".join(
        [
            deck.title, deck.description, *(source.citation for source in deck.sources),
            *(name for concept in deck.concepts for name in (concept.name, *concept.aliases)),
            *(contrast.discriminator for contrast in deck.contrasts),
            *(stage for case in deck.cases for stage in case.stages),
            *(text for look in looks for text in (look.shown, look.question.explanation, look.question.according_to)),
        ]
    )  # fmt: skip
    aliases = {name for concept in deck.concepts for name in concept.aliases}
    return {
        word
        for word in capitals
        if f"({word})" in said
        or f"{word} (" in said
        or f"({word}," in said
        or word in aliases
        or re.search(SAID.format(word), said)
        or re.search(ASKED_FOR.format(word), said)
        or re.search(rf"{(lower := word.lower())}\b(?<!\w{lower})", said)
    }
