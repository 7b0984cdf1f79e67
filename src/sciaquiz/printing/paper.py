"""Drawing an exam for paper: the questions by a blueprint, and versions in which they and their options stand apart."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.deck.kinds import Asks, Hotspot
from sciaquiz.deck.model import Deck
from sciaquiz.ids import EntryId
from sciaquiz.mock.drawing import Candidate, draw
from sciaquiz.study.query import slug
from sciaquiz.study.shown import figure_shown, shuffled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sciaquiz.clock import Moment
    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.model import Card, Kind
    from sciaquiz.ids import CardId, OptionId
    from sciaquiz.mock.form import Form
    from sciaquiz.mock.holding import Paper as Held


class Asked(Struct, frozen=True, kw_only=True):
    """One question of one version: its number from 1, and the order in which its options stand.

    `figure` is as it is shown in this version: panels stand in an order of their own.
    """

    number: int
    card: Card
    deck: Deck
    order: tuple[OptionId, ...] = ()
    figure: Figure | None = None


class Version(Struct, frozen=True):
    """A version of an exam: the same questions as in all others."""

    name: str
    asked: tuple[Asked, ...]


class Paper(Struct, frozen=True, kw_only=True):
    """An exam for paper. `short` has the groups with fewer questions than were wanted, and how many are missing."""

    title: str
    versions: tuple[Version, ...]
    seed: int
    date: str = ""
    language: str = "en"
    short: Mapping[str, int] = field(default_factory=dict)


class Wanted(Struct, frozen=True, kw_only=True):
    """What an exam is to be: how many questions, of which kinds and levels (empty: all), in which shares.

    A share is of a topic, a deck, `kind:matching`, `level:recall`, or of what is in several of them, joined by `+`.
    """

    title: str
    number: int
    seed: int
    shares: Mapping[str, float] = field(default_factory=dict)
    kinds: Collection[Kind] = ()
    levels: Collection[str] = ()
    versions: Sequence[str] = ("A",)
    date: str = ""


class UnknownGroupError(ValueError):
    """No question is in a group that the blueprint names; the message is its name."""


def draw_paper(decks: Sequence[Deck], wanted: Wanted) -> Paper:
    """Draw an exam: the same from the same decks, wishes and seed. Raises UnknownGroupError."""
    where = {card.id: (card, deck) for deck in decks for card in deck.cards() if _is_wanted(card, wanted)}
    shares = {_group(name): share for name, share in wanted.shares.items() if share > 0}
    candidates = _with_joint_groups(_candidates(where.values()), shares)
    known = {group for each in candidates for group in each.groups}
    if unknown := sorted(set(shares) - known):
        raise UnknownGroupError(next(name for name in wanted.shares if _group(name) == unknown[0]))
    drawn = draw(candidates, shares, wanted.number, wanted.seed)
    cards = [where[card_id] for card_id, _ in drawn.cards]
    return _paper(_in_order(cards, f"{wanted.seed} 0"), wanted, drawn.short)


def paper_of_form(form: Form, held: Held, now: Moment, wanted: Wanted) -> Paper:
    """Return a mock exam for paper, its first version as it is on the screen; of `wanted`, what it draws is not used.

    A question that cannot be asked any more is left out.
    """
    asked: list[Asked] = []
    for item in form.items:
        shown = held.shown(item, now)
        if shown is not None:
            question, number = shown.card.question, len(asked) + 1
            deck = held.decks.get(item.deck_id) or Deck(id=question.deck_id, title=question.deck_id, version="")
            figure = _figure(shown.card, shown.answer_id, deck)
            asked.append(Asked(number=number, card=shown.card, deck=deck, order=shown.order, figure=figure))
    return _paper(tuple(asked), wanted, {})


def _paper(first: tuple[Asked, ...], wanted: Wanted, short: Mapping[str, int]) -> Paper:
    """Return an exam by its first version."""
    name, *others = wanted.versions
    shuffled_apart = [
        Version(other, _apart(first, f"{wanted.seed} {place}")) for place, other in enumerate(others, start=1)
    ]
    return Paper(
        title=wanted.title,
        versions=(Version(name, first), *shuffled_apart),
        seed=wanted.seed,
        date=wanted.date,
        language=first[0].deck.language if first else "en",
        short=short,
    )


def _is_wanted(card: Card, wanted: Wanted) -> bool:
    question = card.question
    return (not wanted.kinds or question.kind in wanted.kinds) and (
        not wanted.levels or (question.level or "") in wanted.levels
    )


def _group(name: str) -> str:
    """Return the name of a group as candidates bear it: topics as slugs."""
    parts = name.split("+")
    return "+".join(part if part.startswith(("kind:", "level:")) else slug(part) for part in parts)


def _candidates(cards: Iterable[tuple[Card, Deck]]) -> list[Candidate]:
    questions: dict[str, int] = {}
    found = []
    for card, deck in cards:
        question = card.question
        groups = {slug(deck.id), f"kind:{question.kind.value}", *map(slug, question.topics)}
        groups |= {f"level:{question.level}"} if question.level else set()
        found.append(
            Candidate(
                card.id,
                questions.setdefault(question.history_id, len(questions)),
                frozenset(groups),
                f"{deck.id} {question.case}" if question.case else "",
                question.stage,
            )
        )
    return found


def _with_joint_groups(candidates: Iterable[Candidate], names: Iterable[str]) -> list[Candidate]:
    """Return candidates that also bear the groups, joined by +, of which they are in every part."""
    joint = {name: frozenset(name.split("+")) for name in names if "+" in name}
    return [
        replace(each, groups=each.groups | {name for name, parts in joint.items() if parts <= each.groups})
        for each in candidates
    ]


def _apart(first: Sequence[Asked], name: str) -> tuple[Asked, ...]:
    """Return the same questions in another order, those of a case together as they were."""
    blocks: dict[object, list[tuple[Card, Deck]]] = {}
    for asked in first:
        case = asked.card.question.case
        block = (asked.deck.id, case) if case else asked.card.id
        blocks.setdefault(block, []).append((asked.card, asked.deck))
    in_turn = list(blocks.values())
    Random(name).shuffle(in_turn)  # noqa: S311 -- versions keep neighbours from copying, they are no secret
    return _in_order([each for block in in_turn for each in block], name)


def _in_order(cards: Iterable[tuple[Card, Deck]], name: str) -> tuple[Asked, ...]:
    """Return questions in this order, their options in one that comes from the name."""
    return tuple(
        Asked(
            number=number,
            card=card,
            deck=deck,
            order=shuffled(card, Random(f"{name} {card.id}")),  # noqa: S311 -- as above
            figure=_figure(card, EntryId(f"{name} {card.id}"), deck),
        )
        for number, (card, deck) in enumerate(cards, start=1)
    )


def _figure(card: Card, answer_id: EntryId, deck: Deck) -> Figure | None:
    return figure_shown(card.question, answer_id, deck) if isinstance(card.question, Hotspot) else None


def lit_place(asked: Asked) -> int | None:
    """Return the place of the zone that is to be named, None where nothing is."""
    question = asked.card.question
    if not isinstance(question, Hotspot) or question.asks is not Asks.NAME or asked.figure is None:
        return None
    places = (place for place, zone in enumerate(asked.figure.zones()) if zone.key == question.regions[0])
    return next(places, None)


def card_ids(version: Version) -> tuple[CardId, ...]:
    """Return which cards a version asks, in turn."""
    return tuple(asked.card.id for asked in version.asked)
