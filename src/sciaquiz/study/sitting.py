"""One sitting: which card comes next, what an answer does, and when it ends. Every face studies through this."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.deck.kinds import Numeric
from sciaquiz.ids import new_entry_id
from sciaquiz.journal.acts import Suspend, entry_of
from sciaquiz.journal.entries import Answer, CardState, Certainty, DayTally, Mode, Phase, Rating
from sciaquiz.marking.chance import guess_probability
from sciaquiz.marking.evidence import circumstances, evidence_for
from sciaquiz.marking.mark import mark
from sciaquiz.marking.rating import RULE, rate
from sciaquiz.marking.response import Written, to_json
from sciaquiz.memory.balance import balanced
from sciaquiz.memory.fuzz import said_of
from sciaquiz.memory.replay import leech_now
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.study.budget import day_work, full_minutes
from sciaquiz.study.danger import harm_in
from sciaquiz.study.guesses import Guesses
from sciaquiz.study.pace import Pace
from sciaquiz.study.queue import USUAL_SECONDS, Limits, Ranking, in_steps, is_hidden, plain_ranking
from sciaquiz.study.remembering import AS_IT_IS, Remembering
from sciaquiz.study.shown import shuffled
from sciaquiz.study.steps import Steps
from sciaquiz.study.turns import End, Outcome, Over, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Card, Question
    from sciaquiz.ids import CardId, EntryId
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.marking.lexicon import Lexicon
    from sciaquiz.marking.response import Response
    from sciaquiz.memory.balance import Load
    from sciaquiz.memory.fits import Fits
    from sciaquiz.memory.policy import Policy
    from sciaquiz.study.pool import Pool
    from sciaquiz.study.turns import Chosen

LEARN_AHEAD = timedelta(minutes=20)
"""A card on a learning step is shown this much early when nothing else is left."""

LISTED = 64
"""Reviews that are laid out at a time; the next ones follow once these are done."""

LONGEST_LATENCY_MS = 120_000
"""A longer time says that the student was elsewhere: it is dropped."""


class Sitting:
    """The state of one sitting. It decides; whoever holds it keeps the answers and tells it once they are kept.

    The round is: `next` -> (show) -> `answer` -> (keep `outcome.answer`) -> `settle` with the state the journal
    returned. Nothing here waits, prints or writes.
    """

    def __init__(
        self,
        pool: Pool,
        *,
        policy_for: Callable[[Question], Policy],
        limits: Limits,
        now: Moment,
        tally: DayTally | None = None,
        pace: Callable[[], Pace] = Pace,
        usual_seconds: Callable[[], float] = lambda: USUAL_SECONDS,
        lexicon: Callable[[], Lexicon | None] = lambda: None,
        guesses: Guesses | None = None,
        card_limit: int = 0,
        minute_limit: int = 0,
        leech_lapses: int = 8,
        suspends_leeches: bool = False,
        unsafe: Mapping[CardId, date] | None = None,
        ranking: Callable[[], Ranking] = plain_ranking,
        load: Callable[[], Load | None] = lambda: None,
        remembering: Remembering = AS_IT_IS,
        chosen: Chosen | None = None,
        is_trial: bool = False,
        random: Random | None = None,
        make_id: Callable[[], EntryId] = new_entry_id,
    ) -> None:
        self._pool = pool
        self._states: dict[CardId, CardState] = {}
        self._met: dict[CardId, Card] = {}
        self._policy_for = policy_for
        self._limits = limits
        self._pace = pace
        self._usual_seconds = usual_seconds
        self._lexicon = lexicon
        self._guesses = guesses or Guesses()
        self._card_limit = card_limit
        self._minute_limit = minute_limit
        self._leech_lapses = leech_lapses
        self._suspends_leeches = suspends_leeches
        self._unsafe = dict(unsafe or {})
        self._ranking = ranking
        self._remembering = remembering
        self._load_now = load
        self._load = load()
        self.chosen = chosen
        self.is_trial = is_trial
        self._random = random or Random()  # noqa: S311 -- the order of options is no secret
        self._make_id = make_id
        self._started = now.instant
        self._last: CardId | None = None
        self._stood: CardState | None = None
        self._is_open = False
        self._is_crowded = False
        self._minutes_of_day = 0
        self._outcomes: list[Outcome] = []
        self._later: dict[CardId, None] = {}
        self._put_off: set[CardId] = set()
        self._skipped: set[CardId] = set()
        self._steps = Steps({})
        self._main: deque[CardId] = deque()
        self._unlisted = 0
        self._tally = tally or DayTally()
        self.plan(now)

    def plan(self, now: Moment) -> None:
        """Lay out today's work anew: at the start, and when a day ends or another window has answered."""
        self._day = now.study_day
        if self.chosen is not None:
            gone = {outcome.shown.card.id for outcome in self._outcomes} | self._skipped | self._later.keys()
            self._main = deque(card_id for card_id in self.chosen.cards if card_id not in gone)
            return
        self._bring_up_the_pool()
        work = day_work(
            self._pool,
            now.study_day,
            self._limits,
            self._tally,
            unsafe=self._unsafe,
            without=self._skipped | self._later.keys(),
            ranking=self._ranking,
            most=LISTED,
            fits=self.fits,
        )
        self._steps = Steps({waiting.card_id: waiting.due_at or now.instant for waiting in work.learning})
        self._is_crowded = work.beyond > 0
        self._minutes_of_day = full_minutes(work, self._limits)
        self._main = deque(waiting.card_id for waiting in work.woven())
        self._unlisted = work.total - len(work.learning) - len(self._main)

    @property
    def is_crowded(self) -> bool:
        """Whether more was due at the last look than the day holds: what gains most for its time comes first."""
        return self._is_crowded

    @property
    def minutes_of_day(self) -> int:
        """The minutes of the day, where they were what held no more at the last look; 0 where they were not."""
        return self._minutes_of_day

    @property
    def load(self) -> Load | None:
        """What is due on the days to come, as far as this sitting knows; None where nothing is spread by it."""
        return self._load

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """The answers of this sitting that stand, oldest first."""
        return self._outcomes

    @property
    def left(self) -> int:
        """How many cards of the sitting still wait after the one shown, as far as can be known."""
        waiting = len(self._main) + self._unlisted + len(self._steps) + len(self._later)
        if self._card_limit:
            return min(waiting, max(0, self._card_limit - len(self._outcomes) - self._is_open))
        return waiting

    def seconds_per_answer(self) -> float:
        """Return how long this student usually takes for an answer; the first time, it may have to be read."""
        return self._usual_seconds()

    def minutes_left(self, now: Moment) -> int:
        """Return how many minutes the card shown and those that wait take, no more than those that were set."""
        minutes = (self.left + 1) * self.seconds_per_answer() / 60
        if self._minute_limit:
            minutes = min(minutes, self._minute_limit - (now.instant - self._started) / timedelta(minutes=1))
        return max(1, round(minutes))

    def steps_today(self) -> Sequence[datetime]:
        """Return when each card of this sitting that is on a step comes back today."""
        return self._steps.instants()

    def due_tomorrow(self, today: date) -> int:
        """Return how many cards of the pool will be asked on the day after, with what this sitting has changed."""
        self._bring_up_the_pool()
        return self._pool.forecast(today, 2)[1]

    def _bring_up_the_pool(self) -> None:
        self._pool.put(self._states.values())
        self._states, self._stood = {}, None

    def state(self, card_id: CardId) -> CardState:
        """Return the card's state as this sitting knows it."""
        return self._states.get(card_id) or self._pool.state(card_id)

    @property
    def unsafe(self) -> Mapping[CardId, date]:
        """The cards that were missed with certainty and must not be, each with the day of its next proof."""
        return self._unsafe

    def has(self, card_id: CardId) -> bool:
        """Say whether a card belongs to this sitting."""
        return card_id in self._pool

    def card(self, card_id: CardId) -> Card:
        """Return a card of this sitting, also one that was shown and is installed no more. Raises KeyError."""
        try:
            return self._pool.card(card_id)
        except KeyError:
            return self._met[card_id]

    def policy(self, card: Card) -> Policy:
        """Return the scheduling policy in force for a card."""
        return self._policy_for(card.question)

    @property
    def fits(self) -> Fits:
        """The parameters of memory that were in force when the sitting began."""
        return self._remembering.fits

    def refresh(self, snapshot: Snapshot, now: Moment) -> None:
        """Go on from a later snapshot of the journal: another window has answered meanwhile."""
        self._pool = self._pool.as_of(snapshot)
        self._states, self._stood = {}, None
        self._load = self._load_now()
        self._tally = snapshot.tally(now.study_day)
        self.plan(now)
        if self._is_open and self._last is not None:
            self._take_out(self._last)

    def next(self, now: Moment) -> Shown | Over:
        """Choose the next card, or say why there is none."""
        if self._card_limit and len(self._outcomes) >= self._card_limit:
            return self._over(End.CARDS)
        if self._minute_limit and now.instant - self._started >= timedelta(minutes=self._minute_limit):
            return self._over(End.MINUTES)
        if now.study_day > self._day:
            self._tally = DayTally()
            self.plan(now)
        while True:
            if not self._main and self._unlisted:
                self.plan(now)
            card_id = self._choose(now)
            if card_id is None:
                return self._over(End.NOTHING_LEFT)
            try:
                return self.show(card_id, now)
            except KeyError:  # it was taken out of its deck meanwhile
                self._skipped.add(card_id)

    def show(self, card_id: CardId, now: Moment) -> Shown:
        """Put one card on the screen, whatever its turn. Raises KeyError."""
        with self._pool.at_once():
            card, state = self.card(card_id), self.state(card_id)
        self._met[card_id], self._stood = card, state
        before, policy = self._remembering.under(state, self._policy_for(card.question))
        self._last = card_id
        self._is_open = True
        return Shown(
            card=card,
            answer_id=self._make_id(),
            moment=now,
            order=shuffled(card, self._random),
            before=before,
            policy=policy,
            spreads=balanced(before.progress, card_id, now, policy, self._load) if self._load else (),
        )

    def answer(
        self,
        shown: Shown,
        response: Response,
        now: Moment,
        *,
        certainty: Certainty | None = None,
        latency_ms: int | None = None,
    ) -> Outcome:
        """Mark and rate a response. Nothing of it is in the journal yet, and the sitting waits for `settle`."""
        question = shown.card.question
        marked = mark(shown.card, response, self._lexicon() if isinstance(response, Written) else None)
        fair_ms = latency_ms if latency_ms is not None and 0 <= latency_ms <= LONGEST_LATENCY_MS else None
        evidence = evidence_for(
            response,
            marked,
            certainty=certainty,
            latency_ms=fair_ms,
            usual_ms=self._pace().usual(question),
            guess_probability=guess_probability(shown.card),
            hands_back_near_misses=not isinstance(question, Numeric),
            assumed=self._guesses.assumed(shown, now) if marked.correct and certainty is Certainty.GUESS else None,
        )
        verdict = rate(evidence)
        answer = Answer(
            id=shown.answer_id,
            card_id=shown.card.id,
            deck_id=question.deck_id,
            question_version=question.version,
            moment=now,
            response={
                **to_json(response),
                **circumstances(evidence),
                **harm_in(question, response),
                **said_of(shown.spreads),
            },
            correct=marked.correct,
            score=marked.score,
            certainty=certainty,
            latency_ms=fair_ms,
            rating=verdict.rating,
            rule=RULE,
            policy=shown.policy.digest,
            mode=Mode.STUDY if self.chosen is None else self.chosen.mode,
        )
        before = shown.before.progress
        predicted = advance(before, Graded(shown.card.id, now, verdict.rating, shown.spreads), shown.policy)
        leech = answer.schedules and leech_now(before, predicted, self._leech_lapses)
        suspends = leech and self._suspends_leeches
        return Outcome(
            shown=shown,
            response=response,
            answer=answer,
            marked=marked,
            verdict=verdict,
            predicted=predicted,
            leech=leech,
            followed=(entry_of(Suspend(answer.id), answer.card_id, now),) if suspends else (),
            is_late=self.chosen is not None and 0 < self.chosen.seconds * 1000 < (latency_ms or 0),
        )

    def reminder(self, shown: Shown, response: Response) -> str:
        """Return what to ask once before a typed answer counts, or nothing."""
        if not isinstance(response, Written):
            return ""
        from sciaquiz.marking.writing import reminder

        return reminder(shown.card, response, self._lexicon())

    def settle(self, outcome: Outcome, state: CardState, now: Moment) -> None:
        """Take in the state that the journal returned for an answer, and go on from there."""
        card_id = outcome.shown.card.id
        self._count(outcome, 1)
        self._outcomes.append(outcome)
        self._is_open = False
        self._take_out(card_id)
        self.take(state, now)

    def _count(self, outcome: Outcome, number: int) -> None:
        """Count an answer among those of the day, or no longer."""
        progress, tally = outcome.shown.before.progress, self._tally
        if outcome.is_practice:
            return
        if progress is None:
            self._tally = replace(tally, introduced=max(0, tally.introduced + number))
        elif progress.phase is Phase.REVIEW:
            failed = number if outcome.verdict.rating is Rating.AGAIN else 0
            self._tally = replace(tally, reviewed=max(0, tally.reviewed + number), failed=max(0, tally.failed + failed))

    def take(self, state: CardState, now: Moment) -> None:
        """Take in a card's new state after an act: overruled, suspended, buried, flagged."""
        self._know(state)
        if is_hidden(state, now.study_day):
            self._take_out(state.card_id)
            return
        comes_back = self.chosen is None or self.chosen.comes_back
        instant = self._step_of(state, now) if comes_back else None
        if instant is None:
            self._steps.take_out(state.card_id)
        else:
            self._steps.put(state.card_id, instant)

    def _know(self, state: CardState) -> None:
        if self._load is not None:
            known = self._states.get(state.card_id) or self._stood
            before = known if known and known.card_id == state.card_id else self._pool.state(state.card_id)
            self._load.move(before.progress, state.progress)
        self._states[state.card_id] = state

    def undone(self, state: CardState, now: Moment) -> Shown:
        """Take in that the last answer was voided, and show its card again, as it stood."""
        outcome = self._outcomes.pop()
        self._count(outcome, -1)
        card_id = outcome.shown.card.id
        self._take_out(card_id)
        self._know(state)
        return replace(self.show(card_id, now), order=outcome.shown.order)

    def put_back(self, shown: Shown) -> None:
        """Return a card that was shown but not answered to the front of what waits."""
        card_id = shown.card.id
        self._take_out(card_id)
        self._main.appendleft(card_id)
        self._last = None
        self._is_open = False

    def lift_limits(self) -> None:
        """Go on past the cards and minutes that were set."""
        self._card_limit = self._minute_limit = 0

    def skip(self, shown: Shown) -> bool:
        """Let a card come last in this sitting; put off once more, it is left out. Nothing is written: it stays due.

        Returns whether it comes again.
        """
        card_id = shown.card.id
        self._is_open = False
        self._take_out(card_id)
        if card_id in self._put_off:
            self._skipped.add(card_id)
            return False
        self._put_off.add(card_id)
        self._later[card_id] = None
        return True

    def unskip(self, shown: Shown) -> None:
        """Let a card that was put off take part as if it had not been."""
        card_id = shown.card.id
        self._later.pop(card_id, None)
        self._put_off.discard(card_id)
        self._skipped.discard(card_id)

    def _choose(self, now: Moment) -> CardId | None:
        """The rest of a case, learning cards that are due, the woven queue, what was put off, what is nearly due."""
        if self._main and self._goes_on(self._main[0]):
            return self._main.popleft()
        due = self._steps.first(now.instant, rather_not=self._last)
        is_alone = due is not None and not (self._main or self._later or self._steps.has_other(due[1]))
        if due is not None and (due[1] != self._last or is_alone):
            return self._pop_step(due[1])
        while self._main:
            card_id = self._main[0]
            if card_id == self._last and len(self._main) > 1:
                self._main.rotate(-1)
                continue
            self._main.popleft()
            return card_id
        if self._later:
            card_id = next(iter(self._later))
            del self._later[card_id]
            return card_id
        early = due or self._steps.first(now.instant + LEARN_AHEAD, rather_not=self._last)
        return None if early is None else self._pop_step(early[1])

    def _goes_on(self, card_id: CardId) -> bool:
        """Say whether a card was never asked and belongs to the case of the one before it."""
        if self._last is None or self._met[self._last].question.case is None or not self.has(card_id):
            return False
        question, last = self.card(card_id).question, self._met[self._last].question
        return (question.deck_id, question.case) == (last.deck_id, last.case) and (self.state(card_id).progress is None)

    def _pop_step(self, card_id: CardId) -> CardId:
        self._steps.take_out(card_id)
        return card_id

    def _step_of(self, state: CardState, now: Moment) -> datetime | None:
        """Return when a card comes back within this day and sitting, if it does."""
        progress = state.progress
        if progress is None or not in_steps(progress) or progress.due_day > now.study_day:
            return None
        if state.card_id not in self._pool or state.card_id in self._skipped:
            return None
        return progress.due_at or now.instant

    def _take_out(self, card_id: CardId) -> None:
        self._steps.take_out(card_id)
        self._later.pop(card_id, None)
        with suppress(ValueError):
            self._main.remove(card_id)

    def _over(self, reason: End) -> Over:
        first = self._steps.first()
        return Over(reason, first[0] if first else None, len(self._steps))
