"""Options as a set: opposites, sorts of things that do not go together, two names for one thing."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import words_in, words_of
from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer
from sciaquiz.marking.words import key

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.look import Look

OPPOSITES = {
    frozenset(pair.split("/"))
    for pair in words_of(
        "increased/decreased increased/reduced larger/smaller upwards/downwards ipsilateral/contralateral "
        "increase/decrease increases/decreases raised/lowered higher/lower high/low more/less "
        "above/below medially/laterally left/right flexion/extension flexes/extends adduction/abduction "
        "adducts/abducts "
        "inversion/eversion positive/negative present/absent weak/strong longer/shorter stronger/weaker before/after "
        "faster/slower rises/falls better/worse supination/pronation widens/narrows stretched/slack "
        "hypertonia/hypotonia "
        "hyperreflexia/hyporeflexia gain/loss hypertension/hypotension tachycardia/bradycardia"
    )
}
OPPOSED = {
    word: frozenset[str]().union(*(pair for pair in OPPOSITES if word in pair))
    for word in frozenset[str]().union(*OPPOSITES)
}
"""The words that have an opposite, and these together with themselves."""
OPPOSED_WORDS = frozenset(OPPOSED)

SORTS = {
    "nerve": "nerve", "nerves": "nerve", "root": "nerve", "roots": "nerve", "plexus": "nerve", "trunk": "nerve",
    "ramus": "nerve", "muscle": "muscle", "muscles": "muscle", "artery": "vessel", "arteries": "vessel",
    "vein": "vessel", "veins": "vessel", "ligament": "ligament", "ligaments": "ligament", "bone": "bone",
    "bones": "bone", "test": "test", "sign": "test", "manoeuvre": "test", "maneuver": "test",
}  # fmt: skip
"""What sort of thing a name is whose last word this is."""
SORT_WORDS = frozenset(SORTS)

ASKED_SORT = re.compile(
    r"\b(?:which|what|name the|name a) (?:[a-z]+ ){0,2}?(?P<sort>nerve|root|muscle|artery|vein|ligament|bone|test)s?\b"
    r"(?! (?:of|root|sheath|fibre|fiber|lesion|block|injury|test|stretch|group|power|strength|score|result))"
)
BRACKETS = re.compile(r"\([^)]*\)")
SYNONYM_WORDS = words_of(
    "peroneal peroneus peronei slr lasègue lasegue sciatica achilles patellar quadriceps saddle hallux ischiadic crural"
)
"""Words of names for which there is another; it is dear to look up every option. In brackets both names are given."""

FEWEST_FOR_A_PAIR = 4


def opposites(look: Look) -> str | None:
    """Two options are exact opposites, one of them is the key, and the others are of another sort."""
    entries = look.entries
    if len(entries) < FEWEST_FOR_A_PAIR:
        return None
    said = look.said
    if sum([not OPPOSED_WORDS.isdisjoint(words) for words in said]) < len(("one", "other")):
        return None
    pairs = [(a, b) for a, b in combinations(range(len(said)), 2) if _opposed(said[a], said[b])]
    if len(pairs) != 1:
        return None
    one, other = pairs[0]
    if not (entries[one].text in look.right or entries[other].text in look.right):
        return None
    frame = set(said[one]) & set(said[other])
    rest = [words for place, words in enumerate(said) if place not in (one, other)]
    if any(frame & set(words) or _same_dimension(words, said[one]) for words in rest):
        return None
    return (
        f"two options are opposites ({entries[one].id}, {entries[other].id}) and one of them is right: whoever sees "
        "that leaves the others out; give the others their opposites, or take one of the two out"
    )


def _opposed(one: list[str], other: list[str]) -> bool:
    if len(one) != len(other):
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) == 1 and differing[0][1] in OPPOSED.get(differing[0][0], ())


def _same_dimension(words: list[str], pair: list[str]) -> bool:
    """Say whether an option is built as the pair is: a word that has an opposite, and about as many words."""
    return any(word in OPPOSED for word in words) and abs(len(words) - len(pair)) <= 1


def mixed_sorts(look: Look) -> str | None:
    """The question asks for one sort of thing, and an option is plainly of another."""
    if len({SORTS[word] for word in look.words & SORT_WORDS}) < len(("asked", "another")):
        return None
    sorts = {entry.id: sort for entry in look.entries if (sort := _sort(entry.text)) is not None}
    if not sorts:
        return None
    found = ASKED_SORT.search(look.lead.casefold())
    if not found:
        return None
    wanted = SORTS[found["sort"]]
    guilty = [name for name, sort in sorts.items() if sort != wanted]
    if not guilty or len(guilty) == len(look.entries):
        return None
    return f"the stem asks for a {found['sort']}, and {', '.join(guilty)} is none: nobody will take it"


def _sort(text: str) -> str | None:
    sort = SORTS.get(text.rpartition(" ")[2].casefold())
    if sort is None and "(" not in text and "," not in text:
        return None
    words = words_in(text.casefold().split(" (")[0].split(",")[0])
    if not words or "of" in words or len(words) > len(("up", "to", "four", "words")):
        return None
    return SORTS.get(words[-1])


def one_by_two_names(look: Look) -> str | None:
    """Two options are names of one and the same thing."""
    if not isinstance(look.question, SingleBestAnswer | MultipleAnswer):
        return None
    bare = words_in(BRACKETS.sub("", "\n".join(look.folded)))
    if SYNONYM_WORDS.isdisjoint(bare):
        return None
    from sciaquiz.marking.equivalents import shipped

    counted = Counter(shipped().meaning(entry.text, loose=False) for entry in look.entries)
    if len(counted) == len(look.entries):
        return None
    meaning = next(meaning for meaning, count in counted.items() if count > 1)
    same = [entry for entry in look.entries if shipped().meaning(entry.text, loose=False) == meaning]
    if len({key(entry.text) for entry in same}) < len(same):
        return None
    return f"“{same[0].text}” and “{same[1].text}” are names of one thing: neither can be the one answer"
