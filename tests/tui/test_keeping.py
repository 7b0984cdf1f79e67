"""An answer on its way into the journal: saved, or refused and tried again, by plain calls."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from answering import NOW, STEADY
from making import deck, single
from sciaquiz.clock import FixedClock
from sciaquiz.ids import CardId, OptionId
from sciaquiz.journal.entries import CardState
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import Choice
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Round
from sciaquiz.study.safekeeping import Aside, NotKeptError
from sciaquiz.study.sitting import Sitting
from sciaquiz.tui.screens.keeping import Keeping

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sciaquiz.study.turns import Outcome

DECK = deck(single("q1"))
REFUSAL = NotKeptError("The disk is full.", Aside(None, "{}"))
STATE = CardState(card_id=CardId("q1"))


class Work:
    """A task, as the app's workers are."""

    def __init__(self, work: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.ensure_future(work)

    async def wait(self) -> None:
        await self._task


def answered() -> tuple[Round, Outcome]:
    sitting = Sitting(
        CardPool(list(DECK.cards()), {}), policy_for=lambda _: STEADY, limits=Limits(9, 9), now=NOW, lexicon=Lexicon
    )
    round_ = Round(sitting, FixedClock(NOW.instant), {DECK.id: DECK})
    round_.next()
    return round_, round_.answer(Choice(OptionId("o0"), ()))


async def test_an_answer_is_saved_only_once_the_journal_has_it() -> None:
    round_, outcome = answered()
    seen: list[CardState | None] = []

    async def keep(_: Outcome) -> CardState:
        return STATE

    keeping = Keeping(round_, keep, Work, lambda: seen.append(round_.state))
    keeping.keep(outcome)
    assert round_.is_unsaved
    assert await keeping.is_kept()
    assert seen == [None, STATE]


async def test_a_refusal_is_told_and_goes_with_the_next_try() -> None:
    round_, outcome = answered()
    seen: list[NotKeptError | None] = []
    results: list[CardState | NotKeptError] = [REFUSAL, STATE]

    async def keep(_: Outcome) -> CardState:
        result = results.pop(0)
        if isinstance(result, NotKeptError):
            raise result
        return result

    keeping = Keeping(round_, keep, Work, lambda: seen.append(keeping.refusal))
    keeping.keep(outcome)
    assert not await keeping.is_kept()
    assert round_.is_unsaved
    keeping.keep(outcome)
    assert await keeping.is_kept()
    assert seen == [None, REFUSAL, None, None]
    assert round_.state == STATE


async def test_nothing_to_keep_is_kept() -> None:
    round_, _ = answered()

    async def keep(_: Outcome) -> CardState:
        return STATE

    assert await Keeping(round_, keep, Work, lambda: None).is_kept()
