"""Reading the history of a card: its entries, the texts that it had, and what each answer led to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.catalogue.codec import question_of
from sciaquiz.journal.entries import CardState
from sciaquiz.memory.explain import explain
from sciaquiz.memory.replay import in_force
from sciaquiz.view.history import Told, history

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sciaquiz.deck.model import Card, Deck, Question
    from sciaquiz.ids import CardId, Digest
    from sciaquiz.journal.entries import Event, Review
    from sciaquiz.memory.explain import Reasons
    from sciaquiz.store.journal import Journal
    from sciaquiz.view.history import History
    from sciaquiz.workspace import Workspace


class CardRecord(Struct, frozen=True):
    """All that the journal knows of a card. `reasons` are None where its deck is not installed."""

    state: CardState
    history: History
    reviews: tuple[Review, ...]
    reasons: Reasons | None


def read_record(workspace: Workspace, journal: Journal, card_id: CardId, card: Card | None) -> CardRecord:
    """Read what the journal knows of a card, and no other. Raises StoreError."""
    state = journal.state(card_id) or CardState(card_id=card_id)
    counted = in_force(*journal.history(card_id))
    reasons, deck = None, None
    if card is not None:
        policy = workspace.policy_for(card.question)
        now, policies = workspace.clock.now(), journal.policies()
        reasons = explain(state, counted, now, policy, policies=policies, load=workspace.load(), fits=workspace.fits)
        deck = deck_of(workspace, card)
    question = card.question if card else None
    told = Told(
        question=question,
        deck=deck,
        texts=texts_of(journal, {review.question_version for review in counted.reviews}, question),
        links=reasons.links if reasons else (),
        part=card.part if card else "",
    )
    return CardRecord(state, history(counted, told), counted.reviews, reasons)


def answers_and_texts(
    journal: Journal, card: Card
) -> tuple[tuple[Sequence[Review], Sequence[Event]], Mapping[Digest, Question]]:
    """Read what was answered to a card and done with it, and the texts that were answered. Raises StoreError."""
    entries = journal.history(card.id)
    return entries, texts_of(journal, {review.question_version for review in entries[0]}, card.question)


def texts_of(journal: Journal, versions: Iterable[Digest], now: Question | None) -> Mapping[Digest, Question]:
    """Return the texts of these versions as the journal keeps them; the one of `now` need not be read."""
    found: dict[Digest, Question] = {now.version: now} if now else {}
    for version in versions:
        content = None if version in found else journal.question_text(version)
        question = None if content is None else question_of(content)
        if question is not None:
            found[version] = question
    return found


def deck_of(workspace: Workspace, card: Card) -> Deck | None:
    """Return the deck of a card."""
    return next((deck for deck in workspace.library.decks if deck.id == card.question.deck_id), None)
