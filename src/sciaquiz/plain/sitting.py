"""The same sitting as lines of text: for screen readers, pipes and terminals that cannot draw."""

from __future__ import annotations

import shutil
import signal
import textwrap
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TextIO, assert_never

from sciaquiz.errors import SciaquizError
from sciaquiz.ids import new_entry_id
from sciaquiz.marking.credit import credit_words
from sciaquiz.marking.response import SelfGrade, Written
from sciaquiz.memory.words import interval_words
from sciaquiz.plain.asking import CERTAINTIES, asked
from sciaquiz.plain.commands import GRADES, HELP, WORDS, command_in
from sciaquiz.plain.lines import read_line
from sciaquiz.plain.telling import leech_words, named, reasons, solution, told
from sciaquiz.record import Act, Certainty, EventKind, Rating
from sciaquiz.study.danger import UNSAFE_NOW, is_dangerous
from sciaquiz.study.mixing import MixedUp
from sciaquiz.study.safekeeping import NotKeptError, SafeKeeping, words_on_leaving
from sciaquiz.study.shown import hint_for
from sciaquiz.study.sitting import End, Over, Sitting
from sciaquiz.study.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from sciaquiz.clock import Clock
    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import DeckId
    from sciaquiz.marking.response import Response
    from sciaquiz.plain.commands import Command
    from sciaquiz.record import CardState
    from sciaquiz.study.keeper import Keeper
    from sciaquiz.study.sitting import Outcome, Shown

CERTAINTY_WORDS = {
    Certainty.GUESS: "You guessed.",
    Certainty.THINK_SO: "You thought so.",
    Certainty.CERTAIN: "You were certain.",
}
SURENESS_WORDS = (WORDS - GRADES.keys()) | {"back"}
"""The bare words at “How sure”: a grade there would be given to the answer before."""


class InputEndedError(Exception):
    """There are no more lines to read, or the student asked to stop."""


@dataclass
class PlainSitting:
    """Asks, marks and keeps, one line at a time. `run` returns the exit status."""

    sitting: Sitting
    keeper: Keeper
    safe: SafeKeeping
    clock: Clock
    decks: Mapping[DeckId, Deck]
    lines: TextIO
    out: TextIO
    ask_certainty: bool = True
    leech_action: str = "tell"
    mixed_up: MixedUp = field(default_factory=MixedUp)
    _echo: bool = field(init=False)
    _was_refused: bool = field(init=False, default=False)
    _was_away: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._echo = not self.lines.isatty()

    def run(self) -> int:
        """Hold the sitting to its end, or to the end of the input. 0 unless an answer or an act could not be kept."""
        shown: Shown | None = None
        with self._noticing_suspension():
            try:
                while True:
                    turn = shown or self.sitting.next(self.clock.now())
                    if isinstance(turn, Over):
                        self._say_over(turn)
                        break
                    shown = self._round(turn)
            except InputEndedError:
                self.say("")
        self._say_summary()
        return 1 if self.safe.unkept or self._was_refused else 0

    @contextmanager
    def _noticing_suspension(self) -> Generator[None]:
        """Notice that the process was stopped and went on: the time of that answer is not fair."""
        if not hasattr(signal, "SIGCONT") or threading.current_thread() is not threading.main_thread():
            yield
            return

        def went_on(number: int, frame: object) -> None:
            self._was_away = True

        before = signal.signal(signal.SIGCONT, went_on)
        try:
            yield
        finally:
            signal.signal(signal.SIGCONT, before)

    def _round(self, shown: Shown) -> Shown | None:
        """Ask one card and keep its answer; returns a card to ask again if the student took one back."""
        question = shown.card.question
        deck = self.decks.get(question.deck_id)
        number = len(self.sitting.outcomes) + 1
        self.say(f"{deck.title if deck else question.deck_id}, question {number} of {number + self.sitting.left}.")
        case = deck.case_of(question) if deck else None
        texts = [case.title, *case.stages[: question.stage]] if case else []
        for text in (*texts, question.stem):
            for paragraph in text.split("\n\n"):
                self.say(paragraph)
        if question.picture is not None:
            self.say(f"Picture: {question.picture.alt}")
        if question.according_to:
            self.say(f"According to: {question.according_to}")
        self._was_away = False
        started = time.monotonic()
        asked = self._ask(shown)
        if not isinstance(asked, tuple):
            return asked.again
        response, certainty = asked
        is_fair = not (self._echo or self._was_away)
        latency = round((time.monotonic() - started) * 1000) if is_fair else None
        outcome = self.sitting.answer(shown, response, self.clock.now(), certainty=certainty, latency_ms=latency)
        self._say_feedback(outcome)
        self._keep(outcome)
        return None

    def _ask(self, shown: Shown) -> tuple[Response, Certainty | None] | _Instead:
        """Ask until there is an answer, or something else to do."""
        form = asked(shown, self.decks.get(shown.card.question.deck_id))
        for text in form.lines:
            self.say(text)
        hinted = reminded = was_empty = False
        while True:
            said = self._read(form.prompt).strip()
            if not said and form.is_typed:
                if was_empty:
                    return Written(("",), reminded, hinted), Certainty.GUESS if self.ask_certainty else None
                was_empty = True
                self.say(f"Please type {form.expected}, or ? for help. Not known? Enter once more shows the answer.")
                continue
            was_empty = False
            command = command_in(said, form.could_answer)
            if command and command.word == "hint":
                hint = hint_for(shown.card)
                hinted = hinted or bool(hint)
                self.say(hint or "There is no hint.")
                continue
            if command:
                if instead := self._do_command(command, shown):
                    return instead
                continue
            if form.self_graded:
                return self._ask_grade(shown)
            response, certainty = form.answer_in(said)
            if response is None:
                self.say(f"Please type {form.expected}, or ? for help.")
                continue
            if isinstance(response, Written):
                response = replace(response, reminded=reminded, hinted=hinted)
                if reminder := self.sitting.reminder(shown, response):
                    reminded = True
                    self.say(f"{reminder} The next answer counts. Once more:")
                    continue
            if certainty is None and self.ask_certainty:
                sure = self._ask_certainty(shown)
                if isinstance(sure, _Instead):
                    return sure
                if sure is None:
                    self.say("Taken back: nothing was kept. Here it is again.")
                    for text in form.lines:
                        self.say(text)
                    continue
                certainty = sure
            return response, certainty

    def _ask_certainty(self, shown: Shown) -> Certainty | _Instead | None:
        """Ask how sure the student is; None takes back the answer just typed."""
        while True:
            said = self._read("How sure (1 guess, 2 think so, 3 certain) [2]: ").strip() or "2"
            if said in CERTAINTIES:
                return CERTAINTIES[said]
            command = command_in(said, words=SURENESS_WORDS)
            if command is None:
                self.say("Please type 1, 2 or 3, or back.")
            elif command.word in ("back", "undo"):
                return None
            elif instead := self._do_command(command, shown):
                return instead

    def _ask_grade(self, shown: Shown) -> tuple[Response, Certainty | None] | _Instead:
        for paragraph in solution(shown):
            self.say(paragraph)
        now = self.clock.now()
        grades = ", ".join(
            f"{rating.value} {rating.name.lower()} {interval_words(progress, now)}"
            for rating, progress in shown.previews.items()
        )
        while True:
            said = self._read(f"How did it go ({grades}): ").strip()
            if said in ("1", "2", "3", "4"):
                return SelfGrade(Rating(int(said))), None
            command = command_in(said)
            if command is None:
                self.say("Please type 1, 2, 3 or 4.")
            elif command.word in GRADES:
                return SelfGrade(GRADES[command.word]), None
            elif instead := self._do_command(command, shown):
                return instead

    def _do_command(self, command: Command, shown: Shown) -> _Instead | None:
        """Do what a command asks for; returns what to show instead of the card, if anything."""
        match command.word:
            case "help":
                self.say(HELP)
            case "quit":
                raise InputEndedError
            case "skip":
                self.sitting.skip(shown)
                return _Instead(None)
            case "undo":
                return self._undo(shown)
            case "why":
                self._why(shown)
            case "reasons":
                self._say_reasons(shown)
            case "bury":
                tomorrow = self.clock.now().study_day + timedelta(days=1)
                if self._act_on(shown, EventKind.BURY, {"until": tomorrow.isoformat()}, "Put off until tomorrow."):
                    return _Instead(None)
            case "suspend":
                return self._suspend(shown, last=command.rest.lower() == "last")
            case "note" if command.rest:
                self._act_on(shown, EventKind.NOTE, {"text": command.rest}, "Note kept.")
            case "note":
                self.say("Please type the note behind the word: note ...")
            case "flag":
                self._act_on(shown, EventKind.FLAG, {}, "Flagged.")
            case "hint":
                self.say("A hint comes before the answer.")
            case "back":
                self.say("There is nothing to take back here; undo takes back the last answer.")
            case grade if grade in GRADES:
                self._overrule(GRADES[grade])
            case _:
                self.say("There is no such command. Type ? for help.")
        return None

    def _suspend(self, shown: Shown, *, last: bool) -> _Instead | None:
        """Suspend the card shown, or the one answered before it."""
        if last and not self.sitting.outcomes:
            self.say("There is no card before this one in this sitting.")
            return None
        meant = self.sitting.outcomes[-1].shown if last else shown
        done = self._act_on(meant, EventKind.SUSPEND, {}, "Suspended: it is not asked again until you resume it.")
        return _Instead(None) if done and meant.card.id == shown.card.id else None

    def _say_reasons(self, shown: Shown) -> None:
        """Read every reason of the last question answered, unless that would answer the one being asked."""
        if not self.sitting.outcomes:
            self.say("There is no answer yet whose reasons could be read.")
            return
        last = self.sitting.outcomes[-1]
        question = last.shown.card.question
        if question.id == shown.card.question.id:
            self.say("This question is the last one again: answer it first.")
            return
        deck = self.decks.get(question.deck_id)
        self.say(named(question, deck))
        for text in (*reasons(last, deck), *(question.explanation.split("\n\n") if question.explanation else ())):
            self.say(text)

    def _undo(self, shown: Shown) -> _Instead | None:
        act = self.sitting.undo_act(self.clock.now())
        if act is None:
            self.say("There is nothing to undo in this sitting.")
            return None
        state = self._do(act)
        if state is None:
            return None
        self.sitting.put_back(shown)
        self.mixed_up.forget(self.sitting.outcomes[-1])
        self.say("Undone: the last answer no longer counts. Here it is again.")
        return _Instead(self.sitting.undone(state, self.clock.now()))

    def _overrule(self, rating: Rating) -> None:
        if not self.sitting.outcomes:
            self.say("There is no answer to overrule yet.")
            return
        now = self.clock.now()
        last = self.sitting.outcomes[-1]
        state = self._do(
            Act(
                id=new_entry_id(),
                kind=EventKind.OVERRULE,
                moment=now,
                card_id=last.shown.card.id,
                target=last.answer.id,
                payload={"rating": int(rating)},
            )
        )
        if state and state.progress:
            self.sitting.take(state, now)
            self.say(f"Rated “{rating.name.lower()}” instead. Back {interval_words(state.progress, now)}.")

    def _why(self, shown: Shown) -> None:
        from sciaquiz.memory.explain import explain_card
        from sciaquiz.memory.reasons import lines

        card = self.sitting.outcomes[-1].shown.card if self.sitting.outcomes else shown.card
        try:
            reviews, events = self.keeper.history(card.id)
            policies = self.keeper.policies()
        except SciaquizError as error:
            self.say(str(error))
            return
        now, policy = self.clock.now(), self.sitting.policy(card)
        reasons = explain_card(self.sitting.state(card.id), reviews, events, now, policy, policies)
        for line in lines(reasons):
            self.say(line)

    def _act_on(self, shown: Shown, kind: EventKind, payload: Mapping[str, object], done: str = "") -> bool:
        """Do one act on a card; what is `done` is said once the journal has it. False if it was refused."""
        now = self.clock.now()
        state = self._do(Act(id=new_entry_id(), kind=kind, moment=now, card_id=shown.card.id, payload=payload))
        if state is None:
            return False
        self.sitting.take(state, now)
        if done:
            self.say(done)
        return True

    def _do(self, act: Act) -> CardState | None:
        try:
            return self.keeper.act(act)
        except SciaquizError as error:
            self._was_refused = True
            self.say(str(error))
            return None

    def _keep(self, outcome: Outcome) -> None:
        """Keep the answer; on a fault say so and try again as often as the student wants."""
        was_told = False
        while True:
            try:
                state = self.safe.keep(lambda: self.keeper, outcome)
            except NotKeptError as error:
                self.say(str(error))
                if not was_told:
                    self.say(error.aside.words())
                was_told = True
                self._ask_to_retry()
                continue
            break
        now = self.clock.now()
        self.sitting.settle(outcome, state, now)
        progress = state.progress or outcome.predicted
        self.say(f"Saved. Again {interval_words(progress, now)}.")
        if outcome.leech:
            taken = self.mixed_up.usually_taken_for(outcome, self.decks.get(outcome.shown.card.question.deck_id))
            suspends = self.leech_action == "suspend"
            suspended = suspends and self._act_on(outcome.shown, EventKind.SUSPEND, {})
            self.say(leech_words(progress.lapses, taken, suspended=suspended))
        self.say("")

    def _ask_to_retry(self) -> None:
        """Wait until an answer that could not be kept is to be tried again."""
        while True:
            command = command_in(self._read("Press Enter to try again, or type quit: ").strip())
            match command.word if command else "":
                case "":
                    return
                case "quit":
                    raise InputEndedError
                case "help":
                    self.say(HELP)
                case _:
                    self.say("First the answer has to be kept.")

    def _say_feedback(self, outcome: Outcome) -> None:
        question = outcome.shown.card.question
        certainty = outcome.answer.certainty
        if not isinstance(outcome.response, SelfGrade):
            words = ["Right." if outcome.marked.correct else "Partly right." if outcome.marked.score else "Wrong."]
            if not outcome.marked.correct and any(part.right for part in outcome.marked.parts):
                words.append(f"{credit_words(question, outcome.response, outcome.marked).capitalize()}.")
            if certainty is not None:
                words.append(CERTAINTY_WORDS[certainty])
            words_told = told(outcome, self.decks.get(question.deck_id))
            if words_told and words_told[0].startswith("The answer is") and not outcome.marked.correct:
                words.append(words_told.pop(0))
            self.say(" ".join(words))
            if is_dangerous(outcome):
                self.say(UNSAFE_NOW)
            for text in words_told:
                self.say(text)
            for mistake in self.mixed_up.mistakes(outcome, self.decks.get(question.deck_id)):
                self.say(f"{mistake.sentence} {mistake.discriminator}".strip())
        if question.explanation:
            for paragraph in question.explanation.split("\n\n"):
                self.say(paragraph)
        deck = self.decks.get(question.deck_id)
        citations = [source.citation for source in deck.sources if source.id in question.sources] if deck else []
        if citations:
            self.say("Source: " + "; ".join(citations))
        if outcome.verdict.reason not in ("right", "wrong", "your own grade"):
            self.say(f"Rated “{outcome.verdict.rating.name.lower()}”: {outcome.verdict.reason}.")

    def _say_over(self, over: Over) -> None:
        match over.reason:
            case End.NOTHING_LEFT:
                self.say("Nothing is left for now.")
            case End.CARDS | End.MINUTES:
                self.say(f"End of the sitting: {over.reason}.")
            case _ as never:
                assert_never(never)
        if over.next_step is not None:
            minutes = max(1, round((over.next_step - self.clock.now().instant).total_seconds() / 60))
            cards = "1 card comes" if over.waiting == 1 else f"{over.waiting} cards come"
            self.say(f"{cards} back today, the first in {minutes} min.")

    def _say_summary(self) -> None:
        for words in words_on_leaving(self.safe.unkept):
            self.say(words)
        summary = summarise(self.sitting.outcomes)
        if not summary.answered:
            self.say("No answers in this sitting.")
            return
        answers = "1 answer" if summary.answered == 1 else f"{summary.answered} answers"
        kept = "The others are kept." if self.safe.unkept else "Every answer is kept."
        self.say(f"{answers}, {summary.right} right. {kept}")
        for question in summary.look_again:
            self.say(f"Look again: {named(question, self.decks.get(question.deck_id))}")

    def say(self, text: str) -> None:
        """Write one line, folded to the terminal's width where there is one."""
        width = min(76, shutil.get_terminal_size((76, 24)).columns)
        if self.out.isatty() and len(text) > width and "\n" not in text:
            indent = " " * (len(text) - len(text.lstrip()) + (3 if text.startswith("  ") else 0))
            text = textwrap.fill(text, width, subsequent_indent=indent, replace_whitespace=False)
        self.out.write(text + "\n")
        self.out.flush()

    def _read(self, prompt: str) -> str:
        """Return the next line that can be read; one that cannot is told and asked for again."""
        while True:
            self.out.write(prompt)
            self.out.flush()
            line = read_line(self.lines)
            if self._echo:
                self.out.write(f"{line.text}\n")
            if line.fault:
                self.say(line.fault)
            if line.is_last:
                raise InputEndedError
            if not line.fault:
                return line.text


@dataclass(frozen=True, slots=True)
class _Instead:
    """The student did something other than answer; `again` is the card to ask next, if one was taken back."""

    again: Shown | None
