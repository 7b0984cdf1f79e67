"""What can be done with cards in plain lines: to the card asked, to the one before, or to one named by its id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.errors import SciaquizError
from sciaquiz.ids import CardId
from sciaquiz.journal.acts import Miss, Note, Overrule, Refused
from sciaquiz.plain.answers import named, reasons
from sciaquiz.plain.commands import GRADES, ON_CARDS, act_named
from sciaquiz.study.round import Request
from sciaquiz.text import tame
from sciaquiz.view.acts import REASON_WORDS, done_words, undone_words
from sciaquiz.view.misses import NOT_WRONG, SAID_BEFORE, WHY_WRONG, choices_words, reason_meant
from sciaquiz.view.words import back_words
from sciaquiz.words import as_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.deck.model import Card, Question
    from sciaquiz.journal.acts import CardAct
    from sciaquiz.journal.entries import CardState, Rating
    from sciaquiz.journal.port import JournalPort
    from sciaquiz.plain.commands import Command
    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Outcome

LAST = "last"
THIS = "this"
TELLING = frozenset({"why", "reasons", "why-wrong", "history"})
"""Words after which it is said whether an answer was right."""
TOLD_AT_THE_END = "In this sitting that is told at the end."
ANSWER_FIRST = "This question is being asked: its history would give the answer away."
NO_ANSWER = "There is no answer in this sitting yet."


class Beyond(Struct, frozen=True):
    """What a sitting knows nothing of. All raise SciaquizError.

    `report` writes what is wrong with a card to a file and returns what to say of it; `history` returns all that was
    answered and done with a card, in lines, and `statistics` what the answers came to that a text means.
    """

    report: Callable[[Card, str], str]
    history: Callable[[Card], list[str]]
    statistics: Callable[[str], list[str]]


@dataclass
class Acting:
    """Does what a line asks for and says what came of it. `was_refused` once the journal did not take an act.

    `beyond` is what is asked of more than the sitting.
    """

    round: Round
    journal: JournalPort
    say: Callable[[str], None]
    beyond: Beyond
    was_refused: bool = field(init=False, default=False)

    def do(self, command: Command) -> None:
        """Do one command; where another card comes in front of it, the round shows that one."""
        match command.word:
            case word if self.round.tells_at_the_end and (word in GRADES or word in TELLING):
                self.say(TOLD_AT_THE_END)
            case "undo":
                self._undo()
            case "why":
                self._why(command.rest)
            case "reasons":
                self._say_reasons()
            case "note":
                self._note(command.rest)
            case "unsafe":
                self._say_unsafe()
            case "why-wrong":
                self._why_wrong(command.rest)
            case "report":
                self._report(command.rest)
            case "history":
                self._history(command.rest)
            case "stats":
                self._say_statistics(command.rest)
            case grade if grade in GRADES:
                self._overrule(GRADES[grade])
            case word if word in ON_CARDS:
                self._act(act_named(word, "", self.round.clock.now().study_day), command.rest)
            case _:
                self.say(
                    "There is no such command. Type :help for the words; an answer that begins with : or / is typed "
                    "with that sign twice."
                )

    @property
    def _last(self) -> Outcome | None:
        outcomes = self.round.sitting.outcomes
        return outcomes[-1] if outcomes else None

    def _meant(self, rest: str) -> CardId | None:
        """Return the card that a command is about; None, and said why, if there is none."""
        if rest.lower() == LAST or (not rest and self.round.shown is None):
            if self._last is None:
                self.say("There is no card before this one in this sitting.")
                return None
            return self._last.shown.card.id
        if not rest or (rest.lower() == THIS and self.round.shown is not None):
            assert self.round.shown is not None  # noqa: S101 -- looked at above
            return self.round.shown.card.id
        if not self.round.sitting.has(CardId(rest)):
            self.say(f"There is no card “{tame(rest)}” in this sitting.")
            return None
        return CardId(rest)

    def _act(self, act: CardAct, rest: str = "") -> None:
        card_id = self._meant(rest)
        if card_id is not None:
            self._ask_for(act, card_id)

    def _ask_for(self, act: CardAct, card_id: CardId) -> CardState | None:
        done = self.round.do(act, card_id).carry_out(self.journal)
        if isinstance(done, Refused):
            self._refuse(done)
            return None
        self.say(done_words(act))
        return done.state

    def _refuse(self, refused: Refused) -> None:
        self.was_refused = True
        self.say(refused.why)

    def _overrule(self, rating: Rating) -> None:
        if self._last is None:
            self.say(NO_ANSWER)
            return
        state = self._ask_for(Overrule(self._last.answer.id, rating), self._last.shown.card.id)
        if state is not None and state.progress is not None:
            self.say(as_sentence(back_words(state, state.progress, self.round.clock.now())))

    def _undo(self) -> None:
        undone = self.round.undo()
        if isinstance(undone, Refused):
            self.say(undone.why)
            return
        if isinstance(undone, Request):
            undone = undone.carry_out(self.journal)
        if isinstance(undone, Refused):
            self._refuse(undone)
            return
        self.say(undone_words(undone.what) + (" Here it is again." if undone.again else ""))

    def _why(self, rest: str) -> None:
        """Explain when a card comes back: the one answered last unless another is meant, always by its name."""
        from sciaquiz.memory.explain import explain_card
        from sciaquiz.view.reasons import lines

        sitting = self.round.sitting
        card_id = self._meant(rest or (LAST if self._last is not None else ""))
        if card_id is None:
            return
        try:
            reviews, events = self.journal.history(card_id)
            policies = self.journal.policies()
        except SciaquizError as error:
            self.say(str(error))
            return
        now, policy = self.round.clock.now(), sitting.policy(sitting.card(card_id))
        self.say(self._why_which(card_id))
        state = sitting.state(card_id)
        if self._is_asked(sitting.card(card_id).question):  # a note may say what is right
            state = replace(state, marks=replace(state.marks, note=""))
        reasons = explain_card(state, reviews, events, now, policy, policies, sitting.load, sitting.fits)
        for line in lines(reasons, crowded=sitting.is_crowded, minutes=sitting.minutes_of_day):
            self.say(line)

    def _why_which(self, card_id: CardId) -> str:
        """Say which card is explained; not by its name while it is asked, since an id may say what is right."""
        question = self.round.sitting.card(card_id).question
        if self._is_asked(question):
            return "Why this card:"
        return f"Why: {named(question, self.round.decks.get(question.deck_id))}"

    def _note(self, rest: str) -> None:
        """Keep the text behind the word as the note of a card, or show the note that it has."""
        if rest.lower() in ("", LAST):
            self._say_note(rest)
        elif rest.lower().startswith(f"{LAST}:"):
            self._act(Note(tame(rest[len(LAST) + 1 :]).strip()), LAST)
        else:
            self._act(Note(tame(rest)))

    def _say_note(self, rest: str) -> None:
        card_id = self._meant(rest)
        if card_id is not None:
            note = self.round.sitting.state(card_id).marks.note
            self.say(f"Your note: {note}" if note else "There is no note. To keep one: :note and the text behind it.")

    def _why_wrong(self, rest: str) -> None:
        """Keep why the last answer was wrong, once; or say which reasons there are."""
        last = self._last
        if last is None or last.marked.correct:
            self.say(NO_ANSWER if last is None else NOT_WRONG)
        elif said := self.round.why_wrong(last):
            self.say(SAID_BEFORE.format(REASON_WORDS[said]))
        elif reason := reason_meant(rest):
            self._ask_for(Miss(last.answer.id, reason), last.shown.card.id)
        else:
            self.say(f"{WHY_WRONG} {choices_words()}. To say one: :why-wrong and its number.")

    def _report(self, rest: str) -> None:
        """Write down what is wrong with the question in front, or with the one before."""
        is_last = rest.lower().startswith(f"{LAST}:")
        words = rest[len(LAST) + 1 :] if is_last else rest
        card_id = self._meant(LAST if is_last else "")
        if card_id is None:
            return
        try:
            self.say(self.beyond.report(self.round.sitting.card(card_id), words))
        except SciaquizError as error:
            self.say(str(error))

    def _history(self, rest: str) -> None:
        """Tell all that was answered and done with a card, the last one unless another is meant."""
        card_id = self._meant(rest or (LAST if self._last is not None else ""))
        if card_id is None:
            return
        card = self.round.sitting.card(card_id)
        if self._is_asked(card.question):
            self.say(ANSWER_FIRST)
            return
        try:
            texts = self.beyond.history(card)
        except SciaquizError as error:
            texts = [str(error)]
        for text in (named(card.question, self.round.decks.get(card.question.deck_id)), *texts):
            self.say(text)

    def _say_statistics(self, text: str) -> None:
        """Tell what the answers came to that a text means."""
        try:
            texts = self.beyond.statistics(text)
        except SciaquizError as error:
            texts = [str(error)]
        for line in texts:
            self.say(line)

    def _is_asked(self, question: Question) -> bool:
        """Say whether a question is in front and not answered yet."""
        shown = self.round.shown
        return shown is not None and self.round.outcome is None and shown.card.question.id == question.id

    def _say_unsafe(self) -> None:
        """List the cards that were wrong with certainty and must not be missed."""
        sitting = self.round.sitting
        cases = sorted((case for case in sitting.unsafe.items() if sitting.has(case[0])), key=lambda case: case[1])
        if not cases:
            self.say("Nothing is unsafe now.")
        for card_id, due in cases:
            question = sitting.card(card_id).question
            self.say(f"Unsafe, next proof {due.isoformat()}: {named(question, self.round.decks.get(question.deck_id))}")

    def _say_reasons(self) -> None:
        """Read every reason of the last question answered, unless that would answer the one being asked."""
        if self._last is None:
            self.say("There is no answer yet whose reasons could be read.")
            return
        question = self._last.shown.card.question
        if self._is_asked(question):
            self.say("This question is the last one again: answer it first.")
            return
        deck = self.round.deck(self._last.shown)
        self.say(named(question, deck))
        for text in (*reasons(self._last, deck), *(question.explanation.split("\n\n") if question.explanation else ())):
            self.say(text)
