"""What Home and plain mode tell beside the counts: what is unsafe, the last days, ways to study and to come back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.catalogue.standing import due_tomorrow, sound, topics
from sciaquiz.insight.recent import Recent, recent
from sciaquiz.insight.ways import Facts, Offer, comeback_offers, offers
from sciaquiz.study.comeback import Comeback, is_break, plans
from sciaquiz.study.days import break_on
from sciaquiz.study.summary import opening
from sciaquiz.study.today import ranking_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.catalogue.standing import TopicStanding
    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import CardId, DeckId
    from sciaquiz.insight.overview import Overview
    from sciaquiz.journal.snapshot import DayFigures, Snapshot
    from sciaquiz.store.journal import Journal
    from sciaquiz.workspace import Workspace

WEEK = timedelta(days=6)
"""From today back to the first of the last seven days."""
MOST_TOLD = 4
STEM = 160
"""Cells of a question that is told."""
MOST_FADED, FEWEST_OF_TOPIC = 6, 5


class Doings(Struct, frozen=True):
    """What the journal tells of the last seven days: wrong answers with their last day, and figures by day and deck."""

    wrong: Mapping[CardId, date]
    days: Sequence[DayFigures]


def doings_in(journal: Journal, today: date) -> Doings:
    """Read what the last seven days came to. Raises StoreError."""
    return Doings(journal.wrong_since(today - WEEK), journal.days_since(today - WEEK))


class Case(Struct, frozen=True):
    """An unsafe question: how it begins, the day of its next proof, and whether that is the second."""

    begins: str
    due: date
    is_second: bool


class Faded(Struct, frozen=True):
    """A topic: how much of what was learnt was known at the last answer, and is known now, 0..1."""

    name: str
    then: float
    now: float


class Break(Struct, frozen=True, kw_only=True):
    """The return after a break of so many days: the ways to come back, how many due cards are less likely known than
    not, and which topics faded most."""

    days: int
    offers: tuple[Offer, ...]
    slipped: int
    faded: tuple[Faded, ...]


def cases(workspace: Workspace, seen: Overview) -> tuple[Case, ...]:
    """Return the unsafe questions, the next proof first; those beyond the first few without how they begin."""
    found: list[Case] = []
    for danger in sorted(seen.unsafe.values(), key=lambda danger: danger.due):
        card = workspace.catalogue.card(danger.card_id) if len(found) < MOST_TOLD else None
        begins = opening(card.question, STEM, workspace.case_of(card.question)) if card else ""
        found.append(Case(begins, danger.due, danger.proved_on is not None))
    return tuple(found)


def ways(workspace: Workspace, seen: Overview, doings: Doings | None = None, drills: int = 0) -> tuple[Offer, ...]:
    """Return what can be done beside the work of the day; without `doings`, but for what went wrong."""
    today, catalogue = workspace.clock.now().study_day, workspace.catalogue
    wrong = sound(catalogue, today, doings.wrong if doings else ())
    facts = Facts(
        new_per_day=workspace.settings.new_per_day,
        retention=workspace.settings.desired_retention,
        ahead=due_tomorrow(catalogue, today),
        wrong_today=[card for card in wrong if doings and doings.wrong[card] == today],
        wrong_week=wrong,
        topics=topics(catalogue, today, workspace.fits),
        fits=workspace.fits,
        drills=drills,
    )
    return offers(seen, facts, today)


def comeback(workspace: Workspace, decks: Sequence[Deck], seen: Overview, snapshot: Snapshot) -> Break | None:
    """Return how to come back after a break; None if there was none, it left little, or the way back is chosen."""
    today = workspace.clock.now().study_day
    if workspace.settings.catch_up_per_day or break_on(workspace.settings, today):
        return None  # how to go on is said already
    if not is_break(seen.last_day, today, seen.waiting, seen.usual):
        return None
    urgent = {card_id for card_id, danger in seen.unsafe.items() if danger.due <= today}
    due = workspace.pool(decks).overdue(today, ranking_of(snapshot.habits, snapshot.fits))
    due = sorted(due, key=lambda card: card.card_id not in urgent)  # what is unsafe is never put off
    found = plans(due, seen.forecast, seen.seconds, workspace.settings.reviews_per_day)
    if not any(plan.way is Comeback.LITTLE for plan in found):
        return None  # all of it fits into one short sitting
    assert seen.last_day is not None  # noqa: S101 -- there is no break without it
    return Break(
        days=(today - seen.last_day).days,
        offers=comeback_offers(found, today),
        slipped=sum(card.recall < 0.5 for card in due),
        faded=_faded(workspace, seen.last_day, today),
    )


def topics_of(workspace: Workspace, deck: DeckId, cards_of_today: Sequence[CardId]) -> tuple[TopicStanding, ...]:
    """Return how the topics of a deck stand."""
    return tuple(topics(workspace.catalogue, workspace.clock.now().study_day, workspace.fits, cards_of_today, deck))


def last_seven(doings: Doings, today: date) -> tuple[Recent, Recent]:
    """Return what today came to, and the last seven days."""
    return recent(doings.days, today), recent(doings.days, today - WEEK)


def again(workspace: Workspace, doings: Doings, today: date) -> tuple[str, ...]:
    """Return how the questions begin that were answered wrong today, the latest first."""
    wrong = [card for card, day in doings.wrong.items() if day == today][: -MOST_TOLD - 1 : -1]
    found = [workspace.catalogue.card(card_id) for card_id in wrong]
    return tuple(opening(card.question, STEM, workspace.case_of(card.question)) for card in found if card is not None)


def _faded(workspace: Workspace, then: date, now: date) -> tuple[Faded, ...]:
    before = {topic.slug: topic for topic in topics(workspace.catalogue, then, workspace.fits)}
    found = [
        Faded(topic.name, before[topic.slug].recalled / topic.learnt, topic.recalled / topic.learnt)
        for topic in topics(workspace.catalogue, now, workspace.fits)
        if topic.learnt >= FEWEST_OF_TOPIC and topic.slug in before
    ]
    return tuple(sorted(found, key=lambda topic: (topic.now - topic.then, topic.name))[:MOST_FADED])
