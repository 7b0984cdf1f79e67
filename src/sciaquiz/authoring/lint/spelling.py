"""Words that are misspelt: in ways that are known, or a letter away from one that the deck writes again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import words_of
from sciaquiz.authoring.lint.vocabulary import MISSPELT

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence, Set

    from sciaquiz.authoring.lint.look import Look

SHORTEST = 7
"""Letters: one of a shorter word away is often another word, as tuning and turning."""

OFTEN = 3
"""Questions that have a word from which the deck is taken to mean it as it is written."""

SPELT = words_of(
    "piriformis obturator gluteus maximus sciatic tibialis semimembranosus semitendinosus gastrocnemius quadriceps "
    "hamstring trochanter tuberosity paraesthesia paresthesia anaesthesia anesthesia dorsiflexion plantarflexion "
    "innervation dermatome vertebra vertebrae intervertebral foramen stenosis spondylolisthesis spondylosis "
    "radiculopathy neuropathy haematoma hematoma abscess metastasis sacroiliac lumbosacral claudication ischaemia "
    "ischemia aneurysm haemorrhage hemorrhage diarrhoea diarrhea ophthalmic asymmetric symmetric ligament cartilage "
    "anterior posterior inferior superior lateral proximal superficial cutaneous sphincter incontinence retention "
    "contraction extension rotation adduction abduction inversion eversion diagnosis treatment syndrome necessary "
    "separate definitely accommodate existence independent immediately physiotherapy inflammation infection surgery "
    "muscle peripheral popliteal sartorius iliopsoas pudendal temperature medication antibiotic"
)
"""Words that are known without being written often."""

WORDS = words_of("through scaring staring striped martial marital casually causally planing interns")
"""Words for themselves that are one letter away from another."""


def misspelt(looks: Sequence[Look], counted: Counter[str]) -> Iterable[tuple[Look, str, str]]:
    """Yield where a word is misspelt: the first question that has it, the word, and the right one.

    `counted` says how many of the questions have each word.
    """
    for word in sorted(counted.keys() & MISSPELT.keys()):
        yield next(look for look in looks if word in look.words), word, MISSPELT[word]
    for word, meant in sorted(_near(counted).items()):
        yield next(look for look in looks if word in look.words), word, meant


def _near(counted: Counter[str]) -> dict[str, str]:
    """Return the words that one question has, in small letters, and of which each is a slip of one that is known."""
    long = {word: number for word, number in counted.items() if len(word) >= SHORTEST and word.islower()}
    known = SPELT | {word for word, number in long.items() if number >= OFTEN}
    once = {word for word, number in long.items() if number == 1}.difference(known, MISSPELT, WORDS)
    found: dict[str, str] = {}
    for word in known:
        for slip in _slips(word) & once:
            if _one_spelling(slip) != _one_spelling(word):
                found[slip] = word
    return found


def _slips(word: str) -> Set[str]:
    """Return a word with a letter left out, doubled, or changed for the next, from its second to the last but two."""
    made = set()
    for place in range(1, len(word) - 2):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        made |= {before + after, before + letter + letter + after, before + after[0] + letter + after[1:]}
    return made


def _one_spelling(word: str) -> str:
    """Return what British and American spelling have in common."""
    return word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("ll", "l").replace("y", "i")
