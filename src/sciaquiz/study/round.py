"""A sitting as every face holds it: asked, shown, answered, kept; acts on the cards; and taking the last act back."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.errors import SciaquizError
from sciaquiz.journal.acts import Bury, Done, Flag, Refused, Resume, Suspend, Unbury, Unflag, entry_of, void
from sciaquiz.journal.entries import EventKind, MissReason, Mode
from sciaquiz.study.mixing import MixedUp
from sciaquiz.study.queue import is_hidden
from sciaquiz.study.turns import Over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sciaquiz.clock import Clock
    from sciaquiz.deck.model import Case, Deck
    from sciaquiz.ids import CardId, DeckId
    from sciaquiz.journal.acts import CardAct
    from sciaquiz.journal.corrections import Corrected
    from sciaquiz.journal.entries import Act, CardState, Certainty
    from sciaquiz.journal.port import JournalPort
    from sciaquiz.marking.response import Response
    from sciaquiz.study.mixing import Mistake
    from sciaquiz.study.sitting import Sitting
    from sciaquiz.study.turns import Outcome, Shown

T = TypeVar("T")


class Request(Struct, Generic[T], frozen=True):
    """Entries that the journal has to keep together, and what to make of the state it returns.

    The face asks the journal, wherever that lives, and hands the state to `take` where the round lives.
    """

    entries: tuple[Act, ...]
    take: Callable[[CardState], T]

    def ask(self, journal: JournalPort) -> CardState:
        """Let the journal keep the entries. Raises SciaquizError."""
        return journal.act(*self.entries)

    def carry_out(self, journal: JournalPort) -> T | Refused:
        """Ask a journal that is at hand, and take what it returns."""
        try:
            state = self.ask(journal)
        except SciaquizError as error:
            return Refused(str(error))
        return self.take(state)


class Step(StrEnum):
    """What can be taken back besides an act on a card."""

    ANSWER = "answer"
    SKIP = "skip"


class Cannot(StrEnum):
    """Why nothing can be taken back, for the student."""

    NOTHING = "There is nothing to undo in this sitting."
    UNSAVED = "First this answer has to be saved."


class Undone(Struct, frozen=True):
    """What was taken back, and the card to ask again, if it is one."""

    what: Step | EventKind
    again: Shown | None


class _Answered(Struct, frozen=True):
    outcome: Outcome


class _Acted(Struct, frozen=True):
    """An act; `left` is the card that was asked and had to go for it."""

    entry: Act
    left: Shown | None


class _Skipped(Struct, frozen=True):
    shown: Shown


class Round:
    """One sitting: which card is in front, what was answered, and what was done, in order.

    `shown` is the card in front; `outcome` what it was answered with, and `state` what the journal made of that, None
    until the journal has it.
    """

    def __init__(
        self,
        sitting: Sitting,
        clock: Clock,
        decks: Mapping[DeckId, Deck],
        mixed_up: MixedUp | None = None,
        corrections: Mapping[CardId, Corrected] | None = None,
    ) -> None:
        self.sitting = sitting
        self.clock = clock
        self.decks = decks
        self.mixed_up = mixed_up or MixedUp()
        self._corrections = {} if corrections is None else corrections
        self.shown: Shown | None = None
        self.outcome: Outcome | None = None
        self.state: CardState | None = None
        self._deeds: list[_Answered | _Acted | _Skipped] = []

    @property
    def is_practice(self) -> bool:
        """Whether the schedule stays as it is."""
        return self.sitting.chosen is not None and self.sitting.chosen.mode is Mode.PRACTICE

    @property
    def is_trial(self) -> bool:
        """Whether nothing of it is recorded: a deck is only tried."""
        return self.sitting.is_trial

    @property
    def tells_at_the_end(self) -> bool:
        """Whether nothing is said of an answer before the last is given."""
        return self.sitting.chosen is not None and self.sitting.chosen.at_the_end

    def deck(self, shown: Shown) -> Deck | None:
        """Return the deck of a card."""
        return self.decks.get(shown.card.question.deck_id)

    def case(self, shown: Shown) -> Case | None:
        """Return the vignette that a card needs."""
        deck = self.deck(shown)
        return deck.case_of(shown.card.question) if deck else None

    # Asking and answering

    def next(self) -> Shown | Over:
        """Put the next card in front, or say why there is none."""
        turn = self.sitting.next(self.clock.now())
        self._show(None if isinstance(turn, Over) else turn)
        return turn

    def answer(
        self, response: Response, *, certainty: Certainty | None = None, latency_ms: int | None = None
    ) -> Outcome:
        """Mark and rate a response to the card in front; the journal has nothing of it before `kept`."""
        assert self.shown is not None  # noqa: S101 -- nothing can be answered before it is asked
        now = self.clock.now()
        self.outcome = self.sitting.answer(self.shown, response, now, certainty=certainty, latency_ms=latency_ms)
        return self.outcome

    def kept(self, outcome: Outcome, state: CardState) -> None:
        """Take in what the journal returned for the answer."""
        self.sitting.settle(outcome, state, self.clock.now())
        self._deeds.append(_Answered(outcome))
        if outcome is self.outcome:
            self.state = state

    @property
    def is_unsaved(self) -> bool:
        """Whether the answer in front is not in the journal, or not yet."""
        return self.outcome is not None and self.state is None

    def skip(self) -> bool:
        """Put the card in front off in this sitting, and return whether it comes again. Nothing is written."""
        if self.shown is None or self.outcome is not None:
            return False
        comes_again = self.sitting.skip(self.shown)
        self._deeds.append(_Skipped(self.shown))
        self._show(None)
        return comes_again

    def mistakes(self, outcome: Outcome) -> list[Mistake]:
        """Return what an answer took for what."""
        return self.mixed_up.mistakes(outcome, self.deck(outcome.shown))

    def corrected(self, outcome: Outcome) -> Corrected | None:
        """Return what is to be told of a card whose key was corrected since it was answered last."""
        return self._corrections.get(outcome.shown.card.id)

    # Acts

    def do(self, act: CardAct, card_id: CardId) -> Request[Done]:
        """Return what to ask of the journal for an act on a card, the one in front or another."""
        now = self.clock.now()
        entry = entry_of(act, card_id, now)

        def take(state: CardState) -> Done:
            self.sitting.take(state, now)
            is_front = self.shown is not None and self.shown.card.id == card_id
            left = None
            if is_front and self.outcome is not None:
                self.state = state if self.state is not None else None
            elif is_front and is_hidden(state, now.study_day):
                left = self.shown
                self._show(None)
            self._deeds.append(_Acted(entry, left))
            return Done(state)

        return Request((entry,), take)

    def suspend_or_resume(self, card_id: CardId) -> CardAct:
        """Return the act that changes whether a card is asked at all."""
        return Resume() if self.sitting.state(card_id).marks.suspended else Suspend()

    def bury_or_unbury(self, card_id: CardId) -> CardAct:
        """Return the act that changes whether a card is put off until tomorrow."""
        today = self.clock.now().study_day
        until = self.sitting.state(card_id).marks.buried_until
        return Unbury() if until is not None and until > today else Bury(today + timedelta(days=1))

    def flag_or_unflag(self, card_id: CardId) -> CardAct:
        """Return the act that changes whether a card is marked."""
        return Unflag() if self.sitting.state(card_id).marks.flagged else Flag()

    def why_wrong(self, outcome: Outcome) -> MissReason | None:
        """Return why an answer was wrong, as the student said in this sitting; None if nothing was said."""
        acts = [deed.entry for deed in self._deeds if isinstance(deed, _Acted)]
        said = [act for act in acts if act.kind is EventKind.MISS and act.target == outcome.answer.id]
        return MissReason(str(said[-1].payload["reason"])) if said else None

    # Taking back

    def undo(self) -> Undone | Request[Undone] | Refused:
        """Take back the last act, whatever it was, with what followed from it."""
        if self.is_unsaved:
            return Refused(Cannot.UNSAVED)
        if not self._deeds:
            return Refused(Cannot.NOTHING)
        match self._deeds[-1]:
            case _Skipped(shown) as deed:
                self._deeds.remove(deed)
                self.sitting.unskip(shown)
                return Undone(Step.SKIP, self._ask_again(shown))
            case _Answered() as deed:
                return self._undo_answer(deed)
            case _Acted() as deed:
                return self._undo_act(deed)

    def _undo_answer(self, deed: _Answered) -> Request[Undone]:
        outcome, now = deed.outcome, self.clock.now()
        card_id = outcome.shown.card.id
        gone = (outcome.answer.id, *(entry.id for entry in outcome.followed))

        def take(state: CardState) -> Undone:
            self._deeds.remove(deed)
            self._put_back()
            self.mixed_up.forget(outcome)
            again = self.sitting.undone(state, now)
            self._show(again)
            return Undone(Step.ANSWER, again)

        return Request(tuple(void(entry, card_id, now) for entry in gone), take)

    def _undo_act(self, deed: _Acted) -> Request[Undone]:
        entry, now = deed.entry, self.clock.now()
        assert entry.card_id is not None  # noqa: S101 -- acts of a sitting are on cards

        def take(state: CardState) -> Undone:
            self._deeds.remove(deed)
            self.sitting.take(state, now)
            if deed.left is not None:
                return Undone(entry.kind, self._ask_again(deed.left))
            if self.state is not None and self.state.card_id == state.card_id:
                self.state = state
            return Undone(entry.kind, None)

        return Request((void(entry.id, entry.card_id, now),), take)

    def _ask_again(self, shown: Shown) -> Shown:
        """Put a card in front again that went without an answer; the one in front waits."""
        self._put_back()
        again = replace(self.sitting.show(shown.card.id, self.clock.now()), order=shown.order)
        self._show(again)
        return again

    def _put_back(self) -> None:
        if self.shown is not None and self.outcome is None:
            self.sitting.put_back(self.shown)

    def _show(self, shown: Shown | None) -> None:
        self.shown, self.outcome, self.state = shown, None, None
