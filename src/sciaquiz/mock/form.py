"""The form of a mock exam: what is fixed when it begins, and how the journal keeps that."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.ids import CardId, DeckId, Digest, EntryId, OptionId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.clock import Moment

MOST_QUESTIONS = 200
MOST_MINUTES = 600


class Away(StrEnum):
    """What the clock does while the student is away: after a pause, or with the app or the computer closed."""

    STOPS = "stops"
    COUNTS = "counts"


class Item(Struct, frozen=True, kw_only=True):
    """One question: the card, the text that is asked, and the order in which its options stand.

    `answer_id` is the identity of its answer in the journal, so that handing in twice counts once. `topic` is what it
    counts for in the results. `is_first` says that the card was never answered before, `chance` (0..1) how likely a
    right answer was held to be when the exam began, None where nothing was said of it.
    """

    card_id: CardId
    deck_id: DeckId
    version: Digest
    answer_id: EntryId
    order: tuple[OptionId, ...] = ()
    topic: str = ""
    is_first: bool = False
    chance: float | None = None


class Terms(Struct, frozen=True, kw_only=True):
    """How a mock exam is held. `minutes` 0 is no limit, `pass_mark` is in per cent, 0 for none."""

    title: str
    minutes: int = 60
    away: Away = Away.STOPS
    pass_mark: int = 60
    asks_certainty: bool = True
    seed: int = 0


class Form(Struct, frozen=True, kw_only=True):
    """A mock exam as it was begun. `id` names it, `end_id` is the identity of the entry that hands it in.

    `error` is how far off predictions for this student were until then, in points of 100.
    """

    id: EntryId
    end_id: EntryId
    terms: Terms
    items: tuple[Item, ...]
    began: Moment
    error: float = 0.0

    @property
    def limit_ms(self) -> int | None:
        """What the clock allows, None where there is no limit."""
        return self.terms.minutes * 60_000 or None

    def __len__(self) -> int:
        """How many questions there are."""
        return len(self.items)


def form_to_json(form: Form) -> dict[str, Any]:
    """Return a form as the journal keeps it, beside the moment of its entry."""
    terms = form.terms
    return {
        "title": terms.title,
        "minutes": terms.minutes,
        "away": terms.away.value,
        "pass": terms.pass_mark,
        "certainty": terms.asks_certainty,
        "seed": terms.seed,
        "error": form.error,
        "end": form.end_id,
        "items": [_item_to_json(item) for item in form.items],
    }


def _item_to_json(item: Item) -> dict[str, Any]:
    return {
        "card": item.card_id,
        "deck": item.deck_id,
        "version": item.version,
        "answer": item.answer_id,
        "order": list(item.order),
        "topic": item.topic,
        "first": item.is_first,
        "chance": item.chance,
    }


def form_from_json(mock_id: EntryId, kept: Mapping[str, Any], began: Moment) -> Form | None:
    """Return a form from what the journal has of it; None where that is none: it may come from another program."""
    try:
        items = tuple(_item_from_json(item) for item in kept["items"])
        terms = Terms(
            title=_text(kept["title"]),
            minutes=_whole(kept["minutes"], MOST_MINUTES),
            away=Away(kept["away"]),
            pass_mark=_whole(kept["pass"], 100),
            asks_certainty=bool(kept["certainty"]),
            seed=_whole(kept["seed"], 2**53),
        )
        error = min(100.0, max(0.0, float(kept.get("error", 0.0))))
        end_id = EntryId(_text(kept["end"]))
        form = Form(id=mock_id, end_id=end_id, terms=terms, items=items, began=began, error=error)
    except (KeyError, TypeError, ValueError):
        return None
    names = [item.answer_id for item in items]
    return form if items and len(set(names)) == len(names) else None


def _item_from_json(kept: Mapping[str, Any]) -> Item:
    chance = kept.get("chance")
    return Item(
        card_id=CardId(_text(kept["card"])),
        deck_id=DeckId(_text(kept["deck"])),
        version=Digest(_text(kept["version"])),
        answer_id=EntryId(_text(kept["answer"])),
        order=tuple(OptionId(_text(option)) for option in kept.get("order", ())),
        topic=_text(kept.get("topic", "")),
        is_first=bool(kept.get("first")),
        chance=min(1.0, max(0.0, float(chance))) if isinstance(chance, int | float) else None,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _whole(value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(value)
    return value
