"""The same sitting as lines of text: for screen readers, pipes and terminals that cannot draw."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import SelfGrade, Written
from sciaquiz.plain.acting import Acting
from sciaquiz.plain.answers import LONGEST_RETOLD, key_line, named, solution
from sciaquiz.plain.asking import CERTAINTIES, asked, leading_up
from sciaquiz.plain.commands import GRADES, HELP, WORDS, Command, command_in
from sciaquiz.plain.feedback import feedback, leech
from sciaquiz.plain.talking import InputEndedError, Talking
from sciaquiz.study.choice import STAYS_WORDS
from sciaquiz.study.safekeeping import NotKeptError, SafeKeeping, words_on_leaving
from sciaquiz.study.shown import hint_for
from sciaquiz.study.summary import summarise
from sciaquiz.study.turns import LATE, Over, Shown
from sciaquiz.view.acts import skipped_words
from sciaquiz.view.choices import afterwards
from sciaquiz.view.words import (
    NO_HINT,
    back_today_words,
    back_words,
    over_words,
    place_words,
    short_interval_words,
)
from sciaquiz.words import as_sentence, count

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from sciaquiz.journal.port import JournalPort
    from sciaquiz.marking.response import Response
    from sciaquiz.plain.acting import Beyond
    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Outcome

SURENESS_WORDS = (WORDS - GRADES.keys()) | {"back"}
"""The bare words at “How sure”: a grade there would be given to the answer before."""


NOT_HERE = "Nothing can be chosen here."
HOW_TO_CHOOSE = """\
Type custom and what to ask: custom is:wrong,guessed deck:nerve-roots n:20
Words: deck: topic: kind: level: is: id: due:<3, and plain words; a - before a word excludes.
is: is wrong, guessed, unseen, due, learning, known, unsafe, flagged, noted, leech, suspended or put-off.
How: n:20 order:weakest minutes:30 seconds:60 answers:end schedule:stays new:10 ahead:3"""


@dataclass
class PlainSitting:
    """Asks, marks and keeps, one line at a time. `run` returns the exit status."""

    round: Round
    journal: JournalPort
    safe: SafeKeeping
    lines: TextIO
    out: TextIO
    beyond: Beyond
    ask_certainty: bool = True
    all_reasons: bool = False
    choose: Callable[[str], tuple[Round, str] | str] = lambda _: NOT_HERE
    _talk: Talking = field(init=False)
    _was_away: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._acting = Acting(self.round, self.journal, self.say, self.beyond)
        self._talk = Talking(self.lines, self.out)

    def run(self) -> int:
        """Hold the sitting to its end, or to the end of the input. 0 unless an answer or an act could not be kept."""
        shown: Shown | None = None
        with self._noticing_suspension():
            try:
                while True:
                    turn = shown or self.round.next()
                    if isinstance(turn, Over):
                        self._say_over(turn)
                        shown = self._ask_at_the_end()
                        if shown is None:
                            break
                    else:
                        shown = self._hold(turn)
            except InputEndedError:
                self.say("")
        self._say_summary()
        return 1 if self.safe.unkept or self._acting.was_refused else 0

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

    def _hold(self, shown: Shown) -> Shown | None:
        """Ask one card and keep its answer; returns a card to ask again if the student took one back."""
        question, sitting = shown.card.question, self.round.sitting
        deck = self.round.deck(shown)
        self.say(f"{deck.title if deck else question.deck_id}, {place_words(len(sitting.outcomes), sitting.left)}.")
        for line in leading_up(question, deck):
            self.say(line)
        self._was_away = False
        started = time.monotonic()
        asked = self._ask(shown)
        if not isinstance(asked, tuple):
            return asked.again
        response, certainty = asked
        is_fair = not (self._talk.echoes or self._was_away)
        latency = round((time.monotonic() - started) * 1000) if is_fair else None
        outcome = self.round.answer(response, certainty=certainty, latency_ms=latency)
        if outcome.is_late:
            self.say(LATE)
        if not self.round.tells_at_the_end:
            self._say_feedback(outcome)
        self._keep(outcome)
        return None

    def _say_feedback(self, outcome: Outcome) -> None:
        note = self.round.sitting.state(outcome.shown.card.id).marks.note
        deck, mistakes = self.round.deck(outcome.shown), self.round.mistakes(outcome)
        corrected = self.round.corrected(outcome)
        for text in feedback(outcome, deck, mistakes, note, corrected, all_whys=self.all_reasons):
            self.say(text)

    def _ask(self, shown: Shown) -> tuple[Response, Certainty | None] | _Instead:
        """Ask until there is an answer, or something else to do."""
        form = asked(shown, self.round.deck(shown))
        for text in form.lines:
            self.say(text)
        hinted = reminded = was_empty = False
        while True:
            said = form.told_apart(self._read(form.prompt).strip())
            was_empty, is_second = not said, was_empty and not said
            if isinstance(said, Command) and said.word == "hint":
                hint = hint_for(shown.card)
                hinted = hinted or bool(hint)
                self.say(hint or NO_HINT)
                continue
            if isinstance(said, Command):
                if instead := self._do_command(said, shown):
                    return instead
                continue
            if form.self_graded:
                return self._ask_grade(shown)
            if not said and form.takes_text:
                if is_second:
                    return Written(("",), reminded, hinted), Certainty.GUESS if self.ask_certainty else None
                self.say(f"Please type {form.expected}. Not known? Enter once more shows the answer.")
                continue
            response, certainty = form.answer_in(said)
            if response is None:
                self.say(f"Please type {form.expected}, or ? for help.")
                continue
            if isinstance(response, Written):
                response = replace(response, reminded=reminded, hinted=hinted)
                if reminder := self.round.sitting.reminder(shown, response):
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
        now = self.round.clock.now()
        words = {
            rating: "" if self.round.is_practice else f" {short_interval_words(progress, now)}"
            for rating, progress in shown.previews.items()
        }
        grades = ", ".join(f"{rating.value} {rating.name.lower()}{when}" for rating, when in words.items())
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
                self.say(skipped_words(comes_again=self.round.skip()))
            case "hint":
                self.say("A hint comes before the answer.")
            case "custom":
                self._begin_another(command.rest)
            case "back":
                self.say("There is nothing to take back here; undo takes back what was done last.")
            case _:
                self._acting.do(command)
        if self.round.shown is shown:
            return None
        return _Instead(self.round.shown)

    def _begin_another(self, line: str) -> bool:
        """End this sitting and begin one of what a line chooses; False, and said why, if there is none."""
        begun = self.choose(line) if line else HOW_TO_CHOOSE
        if isinstance(begun, str):
            self.say(begun)
            return False
        self._say_summary()
        self.round, words = begun
        self._acting = Acting(self.round, self.journal, self.say, self.beyond)
        self.say(f"\n{words}")
        return True

    def _keep(self, outcome: Outcome) -> None:
        """Keep the answer; on a fault say so and try again as often as the student wants."""
        was_told = False
        while True:
            try:
                state = self.safe.keep(lambda: self.journal, outcome)
            except NotKeptError as error:
                self.say(str(error))
                if not was_told:
                    self.say(error.aside.words())
                was_told = True
                self._ask_to_retry()
                continue
            break
        self.round.kept(outcome, state)
        progress = state.progress or outcome.predicted
        saved = "Not recorded." if self.round.is_trial else "Saved."
        if outcome.is_practice:
            self.say(f"{saved} {STAYS_WORDS}")
        elif self.round.tells_at_the_end:
            self.say(f"{saved} Whether it was right is said at the end.")
        else:
            self.say(f"{saved} {as_sentence(back_words(state, progress, self.round.clock.now()))}")
        if outcome.leech and not self.round.tells_at_the_end:
            taken = self.round.mixed_up.usually_taken_for(outcome, self.round.deck(outcome.shown))
            self.say(leech(progress.lapses, taken, suspended=bool(outcome.followed)))
        self.say("")

    def _ask_at_the_end(self) -> Shown | None:
        """Let the last answer be taken back, or something be done with its card; None ends the sitting."""
        while self.round.sitting.outcomes:
            said = self._read("Press Enter to end, or type undo: ").strip()
            command = command_in(said)
            if not said:
                return None
            if command is None:
                self.say("Please press Enter, or type a word such as undo, why or note last.")
            elif command.word == "quit":
                return None
            elif command.word == "help":
                self.say(HELP)
            elif command.word == "custom":
                if self._begin_another(command.rest) and isinstance(first := self.round.next(), Shown):
                    return first
            else:
                self._acting.do(command)
                if self.round.shown is not None and self.round.outcome is None:
                    return self.round.shown
        return None

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

    def _say_over(self, over: Over) -> None:
        self.say(over_words(over.reason))
        if over.next_step is not None:
            self.say(back_today_words(over.waiting, over.next_step, self.round.clock.now().instant))

    def _say_summary(self) -> None:
        for words in words_on_leaving(self.safe.unkept):
            self.say(words)
        summary = summarise(self.round.sitting.outcomes)
        for outcome in self.round.sitting.outcomes if self.round.tells_at_the_end else ():
            deck = self.round.deck(outcome.shown)
            self.say(f"\n{named(outcome.shown.card.question, deck, LONGEST_RETOLD)}")
            self._say_feedback(outcome)
            if isinstance(outcome.response, SelfGrade):
                self.say(key_line(outcome.shown.card, deck))
        if not summary.answered:
            self.say("No answers in this sitting.")
            return
        kept = " The others are kept." if self.safe.unkept else " Every answer is kept."
        right = f"{count(summary.answered, 'answer')}, {summary.right} right."
        self.say(right if self.round.is_trial else f"{right}{kept}")
        for words in afterwards(summary, is_practice=self.round.is_practice):
            self.say(words)
        for question in summary.look_again:
            self.say(f"Look again: {named(question, self.round.decks.get(question.deck_id))}")

    def say(self, text: str) -> None:
        """Write a line, or several."""
        self._talk.say(text)

    def _read(self, prompt: str) -> str:
        return self._talk.read(prompt)


class _Instead(Struct, frozen=True):
    """The student did something other than answer; `again` is the card to ask next, if one was taken back."""

    again: Shown | None
