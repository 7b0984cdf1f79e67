"""A mock exam in the hands of a face: what is in front, what was said, the clock, and what still has to be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.kinds import Cloze, Gaps, Hotspot, Numeric, Typed
from sciaquiz.journal.port import ToKeep
from sciaquiz.marking.response import Written, from_json, to_json
from sciaquiz.mock import attempt as doing
from sciaquiz.mock.attempt import By, What, after
from sciaquiz.study.shown import shuffled_ids
from sciaquiz.study.turns import Shown
from sciaquiz.text import tame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sciaquiz.clock import Clock, Moment
    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.ids import DeckId, EntryId
    from sciaquiz.journal.entries import Act, Certainty
    from sciaquiz.marking.response import Response
    from sciaquiz.mock.attempt import Attempt, Said
    from sciaquiz.mock.form import Item
    from sciaquiz.mock.meter import Meter
    from sciaquiz.study.sitting import Sitting
    from sciaquiz.study.turns import Outcome

NOT_KEPT = "the question is no longer installed, and its text is not kept"
NO_DECK = "its deck is no longer installed, and without it the question cannot be asked"
STRANGE = "its answer does not fit the question"


class Paper(Struct, frozen=True):
    """The questions of a form as they are asked: as they read when the exam began, whatever became of their decks.

    `card_of` returns a card with the text of that version, None where nobody has it.
    """

    sitting: Sitting
    decks: Mapping[DeckId, Deck]
    card_of: Callable[[Item], Card | None]

    def why_gone(self, item: Item) -> str:
        """Return why a question cannot be asked; nothing if it can."""
        card = self.card_of(item)
        if card is None:
            return NOT_KEPT
        question, deck = card.question, self.decks.get(item.deck_id)
        if question.case is not None and (deck is None or deck.case_of(question) is None):
            return NO_DECK
        if isinstance(question, Hotspot) and (
            deck is None or all(figure.id != question.figure for figure in deck.figures)
        ):
            return NO_DECK
        return ""

    def shown(self, item: Item, now: Moment) -> Shown | None:
        """Return a question as it is put on the screen, None if it cannot be asked."""
        card = self.card_of(item)
        if card is None or self.why_gone(item):
            return None
        ids = shuffled_ids(card)
        return Shown(
            card=card,
            answer_id=item.answer_id,
            moment=now,
            order=item.order if sorted(item.order) == sorted(ids) else ids,
            before=self.sitting.state(item.card_id),
            policy=self.sitting.policy(card),
        )

    def outcome(self, item: Item, said: Said) -> Outcome | str:
        """Return what an answer comes to, or why it cannot be marked."""
        shown, response = self.shown(item, said.moment), from_json(said.response)
        if shown is None:
            return self.why_gone(item)
        if response is None:
            return STRANGE
        try:
            return self.sitting.answer(
                shown, response, said.moment, certainty=said.certainty, latency_ms=said.thought_ms
            )
        except ValueError:
            return STRANGE

    def handed_in(self, attempt: Attempt, now: Moment, used_ms: int, by: By) -> tuple[Act, list[ToKeep]]:
        """Return the end of an exam and its answers, as the journal has to keep them, all or none.

        A question that cannot be asked any more is left out of the mark, answered or not.
        """
        left_out: dict[int, str] = {}
        answers: list[ToKeep] = []
        for place, item in enumerate(attempt.form.items):
            said = attempt.answers.get(place)
            if said is None:
                if why := self.why_gone(item):
                    left_out[place] = why
                continue
            outcome = self.outcome(item, said)
            if isinstance(outcome, str):
                left_out[place] = outcome
            else:
                shown = outcome.shown
                answers.append(ToKeep(outcome.answer, shown.policy, shown.card.question, outcome.followed))
        return doing.hand_in(attempt.form, now, used_ms, by, left_out), answers


@dataclass
class Held:
    """An exam that is open. Each thing that is done becomes an entry in `pending`, and is said to be `kept` once the
    journal has it: a face moves on only then."""

    attempt: Attempt
    paper: Paper
    meter: Meter
    clock: Clock
    times_answers: bool = True
    pending: list[Act] = field(default_factory=list)
    _thought: dict[int, float] = field(default_factory=dict)
    _since_ms: int = 0

    def __post_init__(self) -> None:
        self._since_ms = self.meter.look()

    # What stands

    @property
    def here(self) -> int:
        """The place in front."""
        return self.attempt.here

    def shown(self, place: int | None = None) -> Shown | None:
        """Return the question at a place, or in front; None if it cannot be asked any more."""
        at = self.here if place is None else place
        return self.paper.shown(self.attempt.form.items[at], self.clock.now())

    def said(self, place: int | None = None) -> tuple[Response | None, Certainty | None]:
        """Return what was said to the question at a place, or in front, also a part of an answer."""
        said = self.attempt.said.get(self.here if place is None else place)
        return (None, None) if said is None else (from_json(said.response), said.certainty)

    @property
    def left_ms(self) -> int | None:
        """What is left on the clock, None where there is no limit."""
        return self.attempt.left_ms(self.meter.look())

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self.left_ms == 0

    # What is done

    def resume(self) -> None:
        """Go on: the first entry of each opening but the one that began it."""
        self._do(What.RESUME)

    def pause(self) -> None:
        """Leave it for a while."""
        self._do(What.PAUSE)

    def go(self, place: int) -> None:
        """Put another question in front."""
        place %= len(self.attempt.form)
        if place != self.here:
            self._think()
            self._do(What.SEEN, place)

    def next(self) -> None:
        """Put the next question in front; from the last one nothing follows."""
        self.go(min(self.here + 1, len(self.attempt.form) - 1))

    def go_to_first_open(self) -> bool:
        """Put the next question without an answer in front; False if there is none."""
        place = self.attempt.first_open(self.here)
        if place is not None:
            self.go(place)
        return place is not None

    def say(self, response: Response, certainty: Certainty | None = None, *, is_whole: bool = True) -> None:
        """Answer the question in front, or a part of it, instead of what was said before."""
        before = self.attempt.said.get(self.here)
        kept = to_json(response)
        if before is not None and (dict(before.response), before.is_whole, before.certainty) == (
            dict(kept), is_whole, certainty,
        ):  # fmt: skip
            return
        self._think()
        thought = round(self._thought[self.here]) if self.times_answers else None
        self._add(
            doing.answer(
                self.attempt.form.id, self.here, kept, self.clock.now(), self.meter.look(),
                is_whole=is_whole, certainty=certainty, thought_ms=thought,
            )
        )  # fmt: skip

    def type(self, text: str) -> None:
        """Keep what stands in the line of the question in front, not sent yet."""
        if text != self.attempt.typed.get(self.here, ""):
            self._add(
                doing.entry(self.attempt.form.id, What.TYPED, self.clock.now(), self.meter.look(), self.here, text=text)
            )

    def send_what_is_typed(self) -> None:
        """Take texts that stand in a line for answers, where one text is a whole one."""
        for place, text in self.attempt.typed.items():
            shown = self.shown(place)
            if shown is not None and text.strip() and not self.attempt.answered(place) and _is_one_text(shown):
                kept = to_json(Written((tame(text).strip(),)))
                self._add(doing.answer(self.attempt.form.id, place, kept, self.clock.now(), self.meter.look()))

    def clear(self) -> bool:
        """Take the answer in front away; False if there is none."""
        if self.here not in self.attempt.said:
            return False
        self._do(What.CLEAR, self.here)
        return True

    def flag(self) -> bool:
        """Mark the question in front, or mark it no longer; returns whether it is marked now."""
        is_flagged = self.here in self.attempt.flagged
        self._do(What.UNFLAG if is_flagged else What.FLAG, self.here)
        return not is_flagged

    def kept(self, acts: Sequence[Act]) -> None:
        """Take note that the journal has these entries."""
        gone = {act.id for act in acts}
        self.pending = [act for act in self.pending if act.id not in gone]

    def _do(self, what: What, place: int | None = None) -> None:
        self._add(doing.entry(self.attempt.form.id, what, self.clock.now(), self.meter.look(), place))

    def _add(self, act: Act) -> None:
        self.attempt = after(self.attempt, act)
        self.pending.append(act)

    def _think(self) -> None:
        """Add the time that the question in front was there to what was thought about it."""
        now = self.meter.look()
        self._thought[self.here] = self._thought.get(self.here, self._before(self.here)) + now - self._since_ms
        self._since_ms = now

    def _before(self, place: int) -> float:
        said = self.attempt.said.get(place)
        return 0 if said is None or said.thought_ms is None else said.thought_ms


def _is_one_text(shown: Shown) -> bool:
    question = shown.card.question
    if isinstance(question, Cloze):
        return question.gaps is Gaps.TYPED and len(question.gaps_of(shown.card.part)) == 1
    return isinstance(question, Typed | Numeric)


def read_attempt(acts: Sequence[Act], mock: EntryId) -> Attempt | None:
    """Return one exam of those that these entries tell of."""
    return next((each for each in doing.attempts(acts) if each.form.id == mock), None)
