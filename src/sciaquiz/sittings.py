"""Opening a sitting over some decks, with the settings of a workspace and a snapshot of its journal."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Mode
from sciaquiz.journal.snapshot import Habits
from sciaquiz.memory.policies import policies
from sciaquiz.store.errors import StoreError
from sciaquiz.study.danger import dangers
from sciaquiz.study.guesses import Guesses
from sciaquiz.study.pace import Pace
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import USUAL_SECONDS
from sciaquiz.study.remembering import Remembering
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.today import ranking_of
from sciaquiz.study.turns import Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sciaquiz.catalogue.choosing import Choosing
    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.journal.snapshot import Avowal, Snapshot
    from sciaquiz.marking.lexicon import Lexicon
    from sciaquiz.study.choice import Choice
    from sciaquiz.study.drill import Drill
    from sciaquiz.workspace import Workspace


def open_sitting(
    workspace: Workspace, decks: Iterable[Deck], snapshot: Snapshot, *, card_limit: int = 0, minute_limit: int = 0
) -> Sitting:
    """Return a sitting over the cards of these decks; a limit of 0 means the one in the settings.

    Of a deck that is only tried every card is asked, in the author's order: several of one question too.
    """
    now = workspace.clock.now()
    pool = workspace.pool(decks)
    every = tuple(card.id for deck in decks for card in deck.cards()) if workspace.only_tries else ()
    habits = partial(_habits_in, snapshot)
    limits = workspace.limits_on(replace(snapshot, habits=habits))
    policy_for = workspace.policy_for  # the decks may have to be read for it
    with pool.at_once():
        return Sitting(
            pool,
            is_trial=workspace.only_tries,
            policy_for=policy_for,
            limits=limits,
            now=now,
            tally=snapshot.tally(now.study_day),
            pace=cache(lambda: Pace.of(habits().right_answers, pool)),
            usual_seconds=lambda: habits().seconds_per_answer or USUAL_SECONDS,
            lexicon=lambda: workspace.lexicon,
            guesses=Guesses(partial(_avowals_in, snapshot)),
            unsafe={card_id: case.due for card_id, case in dangers(pool).items()},
            ranking=partial(ranking_of, habits, workspace.fits),
            remembering=_remembering(workspace),
            load=workspace.load,
            chosen=Chosen(every, Mode.STUDY, comes_back=True) if every else None,
            card_limit=card_limit or workspace.settings.sitting_cards,
            minute_limit=minute_limit or workspace.settings.sitting_minutes,
            leech_lapses=workspace.settings.leech_lapses,
            suspends_leeches=workspace.settings.leech_action == "suspend",
        )


def open_drill(workspace: Workspace, drill: Drill, snapshot: Snapshot) -> Sitting:
    """Return a sitting over the cards of a contrast drill: one of each side in turn, whenever they are due."""
    now = workspace.clock.now()
    return Sitting(
        CardPool(drill.cards, snapshot.states),
        is_trial=workspace.only_tries,
        policy_for=workspace.policy_for,
        limits=workspace.limits,
        now=now,
        tally=snapshot.tally(now.study_day),
        lexicon=lambda: workspace.lexicon,
        guesses=Guesses(partial(_avowals_in, snapshot)),
        leech_lapses=workspace.settings.leech_lapses,
        suspends_leeches=workspace.settings.leech_action == "suspend",
        remembering=_remembering(workspace),
        load=workspace.load,
        chosen=Chosen(tuple(card.id for card in drill.cards), Mode.DRILL),
    )


def open_trial(
    workspace: Workspace,
    cards: Iterable[Card],
    decks: Iterable[Deck] | None = None,
    lexicon: Callable[[], Lexicon] | None = None,
) -> Sitting:
    """Return a sitting over cards that nobody has answered: to see how an answer would be marked. It chooses none.

    The decks are those of the workspace, or others with their lexicon.
    """
    return Sitting(
        CardPool(cards, {}),
        policy_for=workspace.policy_for if decks is None else policies(decks, workspace.settings),
        limits=workspace.limits,
        now=workspace.clock.now(),
        lexicon=lexicon or (lambda: workspace.lexicon),
        chosen=Chosen((), Mode.PRACTICE),
    )


def choosing(workspace: Workspace) -> Choosing:
    """Return what looks for the cards of a choice, as of now."""
    from sciaquiz.catalogue.choosing import Choosing
    from sciaquiz.catalogue.matching import Matching

    matching = Matching(workspace.catalogue, workspace.clock.now(), workspace.settings.leech_lapses, workspace.fits)
    return Choosing(matching)


def open_choice(workspace: Workspace, choice: Choice, snapshot: Snapshot) -> Sitting:
    """Return a sitting over the cards that the student has chosen, whenever they are due.

    Where its answers count, one before its day is an early review like any other. In practice, and where all is told at
    the end, each card is asked once.
    """
    now = workspace.clock.now()
    pool = workspace.pool(workspace.library.decks)
    return Sitting(
        pool,
        is_trial=workspace.only_tries,
        policy_for=workspace.policy_for,
        limits=workspace.limits,
        now=now,
        tally=snapshot.tally(now.study_day),
        pace=cache(lambda: Pace.of(_habits_in(snapshot).right_answers, pool)),
        usual_seconds=lambda: _habits_in(snapshot).seconds_per_answer or USUAL_SECONDS,
        lexicon=lambda: workspace.lexicon,
        guesses=Guesses(partial(_avowals_in, snapshot)),
        unsafe={card_id: case.due for card_id, case in dangers(pool).items()},
        remembering=_remembering(workspace),
        load=workspace.load if not choice.is_practice else lambda: None,
        minute_limit=choice.minutes,
        leech_lapses=workspace.settings.leech_lapses,
        suspends_leeches=workspace.settings.leech_action == "suspend",
        chosen=Chosen(
            choosing(workspace).cards(choice),
            Mode.PRACTICE if choice.is_practice else Mode.STUDY,
            comes_back=not (choice.tells_at_the_end or choice.is_practice),
            at_the_end=choice.tells_at_the_end,
            seconds=choice.seconds,
        ),
    )


def open_exam(workspace: Workspace) -> Sitting:
    """Return the sitting that asks and marks the questions of a mock exam; it chooses none itself."""
    pool = workspace.pool(workspace.library.decks)
    snapshot = workspace.snapshot()
    return Sitting(
        pool,
        is_trial=workspace.only_tries,
        policy_for=workspace.policy_for,
        limits=workspace.limits,
        now=workspace.clock.now(),
        pace=cache(lambda: Pace.of(_habits_in(snapshot).right_answers, pool)),
        lexicon=lambda: workspace.lexicon,
        guesses=Guesses(partial(_avowals_in, snapshot)),
        leech_lapses=workspace.settings.leech_lapses,
        suspends_leeches=workspace.settings.leech_action == "suspend",
        remembering=_remembering(workspace),
        load=workspace.load,
        chosen=Chosen((), Mode.EXAM, at_the_end=True),
    )


def remember(workspace: Workspace, choice: Choice) -> None:
    """Keep what was chosen as what is offered the next time; nothing where it cannot be kept, or has no line."""
    from sciaquiz.settings.choices import ChoicesError, remember_choice

    if not choice.cards and not workspace.only_tries:
        with suppress(ChoicesError):
            remember_choice(workspace.paths.choices, str(choice))


def _remembering(workspace: Workspace) -> Remembering:
    """Return how memories are read now. The journal is read on a connection of its own: an answer may be on its way."""
    from sciaquiz.store.fits import read_state_under

    return Remembering(workspace.fits, partial(read_state_under, workspace.paths.journal))


def _habits_in(snapshot: Snapshot) -> Habits:
    """Return how the student has studied; nothing where the journal cannot be read, since an answer may wait for it."""
    try:
        return snapshot.habits()
    except StoreError:
        return Habits()


def _avowals_in(snapshot: Snapshot) -> tuple[Avowal, ...]:
    """Return the latest answers by the certainty said; none where the journal cannot be read, as for the habits."""
    try:
        return snapshot.avowals()
    except StoreError:
        return ()
