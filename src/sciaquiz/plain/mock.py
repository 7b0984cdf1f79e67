"""A mock exam as lines of text: each line answers, goes somewhere, or marks; what it came to follows at the end."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz import mocks
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.journal.port import KeepError
from sciaquiz.marking.response import SelfGrade
from sciaquiz.mock.attempt import By
from sciaquiz.plain.answers import solution
from sciaquiz.plain.asking import CERTAINTIES, asked
from sciaquiz.plain.commands import SIGNS, Command, command_or_text
from sciaquiz.plain.mockresult import tell_result
from sciaquiz.plain.talking import InputEndedError, Talking
from sciaquiz.study.safekeeping import NotKeptError
from sciaquiz.view.mock import (
    ENDED_ELSEWHERE,
    GONE,
    LAST_MS,
    answered_words,
    clock_words,
    handing_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from sciaquiz.marking.response import Response
    from sciaquiz.mock.holding import Held
    from sciaquiz.plain.asking import Asked
    from sciaquiz.store.journal import Journal
    from sciaquiz.study.safekeeping import SafeKeeping

WORDS = frozenset(
    {"next", "back", "go", "first", "flag", "clear", "overview", "clock", "pause", "hand", "show", "sure", "help"}
)
SHORT = {"n": "next", "b": "back", "*": "flag", "q": "pause", "quit": "pause", "?": "help", "hand-in": "hand"}
SHOW = "Type show to see the answer, or press Enter to go on: "
OFFER_OF_A_HINT = ", :hint for a hint"
"""What a prompt says outside of an exam: in one there are no hints."""
HELP = """\
A letter or a text answers, instead of what was said before; a digit after a letter (b3) says how sure you are.
  Enter, next   the next question; back: the one before; go 17: that one; first: the first that is open
  flag          mark it to come back to; again: no longer
  clear         take the answer away
  sure 1, 2, 3  guess, think so, certain: it weighs in a second mark
  overview      every question: answered, open or flagged
  clock         hide the clock, or show it
  pause         leave; it can be gone on with: sciaquiz mock --resume
  hand in       end it; what has no answer counts as wrong
  show          see the answer of a question that you grade yourself
Where a text or a number is typed, the words begin with a colon: :next, :flag.
Nothing is said of right or wrong before the end."""


@dataclass
class PlainMock:
    """Holds an exam that is open, one line at a time; `run` returns the exit status."""

    held: Held
    journal: Journal
    talk: Talking
    safe: SafeKeeping
    all_reasons: bool = False
    _hides_clock: bool = field(init=False, default=False)
    _was_warned: bool = field(init=False, default=False)

    def run(self) -> int:
        """Hold the exam to its end, to a pause, or to the end of the input."""
        with self._noticing_suspension():
            try:
                while self.held.attempt.is_open:
                    if self.held.is_over:
                        self._end(By.TIME)
                    else:
                        self._ask()
            except InputEndedError:
                self._pause()
                return 0
            except NotKeptError:
                return 1
            except KeepError as error:
                self.talk.say(f"{error} It can be gone on with: sciaquiz mock --plain --resume")
                return 1
        if self.held.attempt.ended is not None:
            tell_result(mocks.result_in(self.journal, self.held.attempt), self.held, self.talk, self.all_reasons)
        return 0

    @contextmanager
    def _noticing_suspension(self) -> Generator[None]:
        """Notice that the process was stopped and went on: that was time away."""
        if not hasattr(signal, "SIGCONT") or threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGCONT, lambda *_: self.held.meter.went_on())
        try:
            yield
        finally:
            signal.signal(signal.SIGCONT, before)

    # One question

    def _ask(self) -> None:
        """Show the question in front, and take lines until another one is."""
        held, place = self.held, self.held.here
        flagged = ", flagged" if place in held.attempt.flagged else ""
        parts = [f"Question {place + 1} of {len(held.attempt.form)}{flagged}.", *self._clock()]
        self.talk.say(" ".join(parts))
        shown = held.shown()
        if shown is None:
            self.talk.say(GONE.format(held.paper.why_gone(held.attempt.form.items[place])))
            self._take(self.talk.read("Enter for the next: "), None)
            return
        deck, question = held.paper.decks.get(shown.card.question.deck_id), shown.card.question
        case = deck.case_of(question) if deck else None
        for text in (*([case.title, *case.stages[: question.stage]] if case else []), question.stem):
            for paragraph in text.split("\n\n"):
                self.talk.say(paragraph)
        if question.picture is not None:
            self.talk.say(f"Picture: {question.picture.alt}")
        if question.according_to:
            self.talk.say(f"According to: {question.according_to}")
        form = asked(shown, deck)
        for text in form.lines:
            self.talk.say(text)
        if held.attempt.answered(place):
            self.talk.say("You have answered this; another answer takes its place.")
        while held.attempt.is_open and held.here == place:
            prompt = SHOW if form.self_graded else form.prompt.replace(OFFER_OF_A_HINT, "")
            if self._take(self.talk.read(prompt), form):
                return

    def _clock(self) -> list[str]:
        left = self.held.left_ms
        if left is not None and left <= LAST_MS and not self._was_warned:
            self._was_warned = True
            return [f"{clock_words(left)}!"]
        return [] if left is None or self._hides_clock else [f"{clock_words(left)}."]

    def _take(self, line: str, form: Asked | None) -> bool:
        """Do what a line says; whether to look anew at what is in front."""
        if self.held.is_over:
            if line.strip():
                self.talk.say("That came too late and does not count.")
            return True
        said = told_apart(line.strip(), form)
        if isinstance(said, Command):
            return self._do(said, form)
        if not said:
            return self._next()
        if form is None or form.self_graded:
            self.talk.say("Please press Enter to go on, or type a word such as show, flag or help.")
            return False
        response, certainty = form.answer_in(said)
        if response is None:
            self.talk.say(f"Please type {form.expected}, or ? for help.")
            return False
        return self._answer(response, certainty)

    @property
    def _saved(self) -> str:
        return "Not recorded." if self.held.paper.sitting.is_trial else "Saved."

    def _answer(self, response: Response, certainty: Certainty | None) -> bool:
        """Keep an answer, then let the student say how sure they are: what was answered does not wait for that."""
        self.held.say(response, certainty)
        self._keep()
        self.talk.say(f"{self._saved} {', '.join(part for part in answered_words(self.held.attempt) if part)}.")
        is_asked = self.held.attempt.form.terms.asks_certainty and not isinstance(response, SelfGrade)
        return self._next() if certainty is not None or not is_asked else self._how_sure()

    def _how_sure(self) -> bool:
        while True:
            said = self.talk.read("How sure (1 guess, 2 think so, 3 certain; Enter for nothing said): ").strip()
            if self.held.is_over:
                return True
            if said in CERTAINTIES:
                self._sure(CERTAINTIES[said])
            if not said or said in CERTAINTIES:
                return self._next()
            command = told_apart(said, None)
            if isinstance(command, Command):
                return self._do(command, None)
            self.talk.say("Please type 1, 2 or 3, or press Enter.")

    def _next(self) -> bool:
        held = self.held
        if held.here == len(held.attempt.form) - 1:
            self.talk.say(
                f"That was the last question. {handing_in_words(held.attempt)} "
                "Type hand in to end, first for the first open one, or go and a number."
            )
            return False
        held.next()
        self._keep()
        return True

    def _do(self, command: Command, form: Asked | None) -> bool:
        held = self.held
        match command.word, command.rest:
            case "next", "":
                return self._next()
            case "back", "":
                self._go(held.here - 1)
            case "go", number if number.isdecimal() and 1 <= int(number) <= len(held.attempt.form):
                self._go(int(number) - 1)
            case "go", _:
                self.talk.say(f"Please type go and a number from 1 to {len(held.attempt.form)}.")
            case "first", "":
                self._first()
            case "flag", "":
                self.talk.say("Flagged." if held.flag() else "No longer flagged.")
                self._keep()
            case "clear", "":
                self.talk.say("The answer was taken away." if held.clear() else "There is no answer to take away.")
                self._keep()
            case "overview", "":
                for text in overview(held):
                    self.talk.say(text)
            case "clock", "":
                self._hides_clock = not self._hides_clock
                told = clock_words(held.left_ms) or "There is no time limit."
                self.talk.say("The clock is hidden." if self._hides_clock else f"{told}.")
            case "sure", digit if digit in CERTAINTIES:
                self._sure(CERTAINTIES[digit])
            case "show", "" if form is not None and form.self_graded:
                return self._show()
            case "pause", "":
                raise InputEndedError
            case "hand", "" | "in":
                return self._hand_in()
            case _:
                self.talk.say(HELP)
        return False

    def _go(self, place: int) -> None:
        self.held.go(place)
        self._keep()

    def _first(self) -> None:
        if self.held.go_to_first_open():
            self._keep()
        else:
            self.talk.say("Every question has an answer.")

    def _sure(self, certainty: Certainty) -> None:
        response, _ = self.held.said()
        if response is None or not self.held.attempt.answered(self.held.here):
            self.talk.say("There is no answer yet to be sure of.")
            return
        self.held.say(response, certainty)
        self._keep()
        self.talk.say(self._saved)

    def _show(self) -> bool:
        shown = self.held.shown()
        for paragraph in solution(shown) if shown is not None else ():
            self.talk.say(paragraph)
        while True:
            said = self.talk.read("How did it go (1 again, 2 hard, 3 good, 4 easy): ").strip()
            if self.held.is_over:
                return True
            if said in ("1", "2", "3", "4"):
                return self._answer(SelfGrade(Rating(int(said))), None)
            self.talk.say("Please type 1, 2, 3 or 4.")

    # Ending

    def _hand_in(self) -> bool:
        said = self.talk.read(f"{handing_in_words(self.held.attempt)} Hand in? (y, or Enter to go on): ")
        if said.strip().lower() in ("y", "yes"):
            self._end(By.STUDENT)
            return True
        return False

    def _end(self, by: By) -> None:
        mocks.hand_in(self.journal, self.held, by)

    def _pause(self) -> None:
        held = self.held
        held.pause()
        self._keep()
        told = ", ".join(part for part in (*answered_words(held.attempt), clock_words(held.left_ms)) if part)
        self.talk.say(f"\nPaused: {told}. To go on: sciaquiz mock --plain --resume")

    def _keep(self) -> None:
        """Keep what was done before anything else is; on a fault say so, and try again as often as is wanted."""
        while True:
            try:
                if acts := list(self.held.pending):
                    self.safe.record(lambda: self.journal, acts)
                    self.held.kept(acts)
                    if self.journal.has(self.held.attempt.form.end_id):
                        self.talk.say(ENDED_ELSEWHERE)
                        mocks.hand_in(self.journal, self.held, By.STUDENT)
            except NotKeptError as error:
                self.talk.say(f"{error}\n{error.aside.words()}")
                if self.talk.read("Press Enter to try again, or type quit: ").strip().lower() in ("q", "quit"):
                    raise
                continue
            return


def told_apart(said: str, form: Asked | None) -> Command | str:
    """Return the command that a line is, or the line as it is to be read for an answer."""
    if form is not None and form.takes_text and not form.self_graded:
        found = command_or_text(said)
        return _in_full(found) if isinstance(found, Command) else found
    if said.startswith(SIGNS):
        found = command_or_text(said)
        return _in_full(found) if isinstance(found, Command) else found
    word, _, rest = said.partition(" ")
    command = _in_full(Command(word.lower(), rest.strip()))
    is_answer = form is not None and form.answer_in(said)[0] is not None
    return command if command.word in WORDS and not is_answer else said


def _in_full(command: Command) -> Command:
    return replace(command, word=SHORT.get(command.word, command.word))


def overview(held: Held) -> list[str]:
    """Return every question in a line of its own kind: which are answered, open and flagged."""
    attempt = held.attempt
    places = range(len(attempt.form))
    groups = {
        "Answered": [place for place in places if attempt.answered(place)],
        "Open": [place for place in places if not attempt.answered(place)],
        "Flagged": sorted(attempt.flagged),
    }
    return [f"{name}: {_numbers(found)}." for name, found in groups.items() if found]


def _numbers(places: Sequence[int]) -> str:
    """Return "1–4, 7": places that follow each other, as people count them."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(f"{run[0] + 1}" if len(run) == 1 else f"{run[0] + 1}–{run[-1] + 1}" for run in runs)
