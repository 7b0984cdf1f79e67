"""Saying what an answer took for what, how often, and what tells the two apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, field

from sciaquiz.deck.concepts import Pair, concept_of, contrast_of, name_of
from sciaquiz.marking.confusion import had_in_mind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import ConceptId, EntryId
    from sciaquiz.study.confusions import Ledger
    from sciaquiz.study.turns import Outcome


class Mistake(Struct, frozen=True):
    """One concept taken for another, in a sentence, and the line that tells them apart (empty if no deck has one)."""

    was: ConceptId
    taken_for: ConceptId
    sentence: str
    discriminator: str

    @property
    def pair(self) -> Pair:
        """Both concepts."""
        return Pair((self.was, self.taken_for))


class MixedUp(Struct):
    """What was mixed up before a sitting (`ledger`) and in it, answer by answer."""

    ledger: Ledger | None = None
    _here: dict[EntryId, tuple[tuple[ConceptId, ConceptId], ...]] = field(default_factory=dict)

    def mistakes(self, outcome: Outcome, deck: Deck | None) -> list[Mistake]:
        """Return what an answer took for what; the answer is counted once, however often it is asked about."""
        found: list[Mistake] = []
        decks = [deck] if deck else []
        mixed = self._here[outcome.answer.id] = tuple(confusions_in(outcome, deck))
        counts = self._counts()
        for was, taken_for in mixed:
            times = counts[was, taken_for] + (self.ledger.times(was, taken_for) if self.ledger else 0)
            often = f" ({ordinal(times)} time)" if times > 1 else ""
            contrast = contrast_of(decks, Pair((was, taken_for)))
            found.append(
                Mistake(
                    was,
                    taken_for,
                    f"You took “{name_of(decks, was)}” for “{name_of(decks, taken_for)}”{often}.",
                    contrast.discriminator if contrast else "",
                )
            )
        return found

    def forget(self, outcome: Outcome) -> None:
        """Count an answer no longer that was taken back."""
        self._here.pop(outcome.answer.id, None)

    def usually_taken_for(self, outcome: Outcome, deck: Deck | None) -> list[str]:
        """Return the names of what a card's concept is taken for, most often first, two at most."""
        concept = concept_of(outcome.shown.card.question) if deck else None
        if deck is None or concept is None:
            return []
        times = Counter({other: count for (was, other), count in self._counts().items() if was == concept})
        for confusion in self.ledger.confusions if self.ledger else ():
            times.update({other: count for (was, other), count in confusion.took.items() if was == concept})
        return [name_of([deck], other) for other, _ in times.most_common(2)]

    def _counts(self) -> Counter[tuple[ConceptId, ConceptId]]:
        return Counter(mixed for mistakes in self._here.values() for mixed in mistakes)


def confusions_in(outcome: Outcome, deck: Deck | None) -> Iterable[tuple[ConceptId, ConceptId]]:
    """Return what an answer took for what: what it was, and what it was taken for."""
    concept = concept_of(outcome.shown.card.question) if deck else None
    if concept is None or outcome.marked.correct:
        return []
    return [(concept, other) for other in had_in_mind(outcome.shown.card, outcome.response) if other != concept]


def ordinal(number: int) -> str:
    """Return a number as a word or with its ending: second, third, 4th."""
    words = {1: "first", 2: "second", 3: "third"}
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0, "th")
    return words.get(number, f"{number}{ending}")
