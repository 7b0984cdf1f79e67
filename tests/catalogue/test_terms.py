"""The lexicon of the catalogue is the one that the decks give."""

from __future__ import annotations

from contextlib import closing
from random import Random

from cataloguing import catalogue_of
from sciaquiz.catalogue.terms import CatalogueLexicon
from sciaquiz.marking.lexicon import Lexicon
from shipped import DECKS


def test_it_knows_the_terms_and_words_of_all_decks_and_no_others() -> None:
    plain = Lexicon.from_decks(DECKS)
    random = Random(1)
    with closing(catalogue_of(DECKS)) as catalogue:
        asked = CatalogueLexicon(catalogue)
        for term in plain.terms:
            assert asked.has_term(term)
            changed = tuple(random.choice(("", "x", "nerve ")) + word for word in term)
            assert asked.has_term(changed) == plain.has_term(changed)
        for word in plain.words:
            assert asked.has_word(word)
            assert asked.has_word(word + "x") == plain.has_word(word + "x")
        for length in range(30):
            assert set(asked.of_length(length)) == set(plain.of_length(length))
        for word in ("sciatik", "fibularis", "piriforms", "l5"):
            assert asked.near(word, 2) == plain.near(word, 2)
