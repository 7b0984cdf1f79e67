"""Following a deck in plain lines: each question in turn, answered as a student would, with nothing recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from sciaquiz.editing import EditingError, editing_at, run_editor
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import SelfGrade, Written
from sciaquiz.paths import user_paths
from sciaquiz.plain.answers import solution
from sciaquiz.plain.asking import asked, leading_up
from sciaquiz.plain.commands import SIGNS
from sciaquiz.plain.feedback import feedback
from sciaquiz.plain.talking import InputEndedError, Talking
from sciaquiz.previewing import Seen
from sciaquiz.sittings import open_trial
from sciaquiz.study.mixing import MixedUp
from sciaquiz.view.preview import (
    HANDED_BACK,
    NO_CARDS,
    NO_PROBLEMS,
    NOTHING_RECORDED,
    about,
    count_words,
    entry_words,
    followed_words,
    place_words,
    problem_words,
    rated_words,
    state_words,
    unknown_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.plain.asking import Asked
    from sciaquiz.previewing import Entry, Following
    from sciaquiz.study.sitting import Sitting
    from sciaquiz.study.turns import Shown
    from sciaquiz.workspace import Workspace

HELP = """\
Enter    the next question, or this one again if the deck was saved meanwhile
back     the question before
go ID    the question with this id; a part of it is enough where it is the only one
list     all questions with their lines
wrong    all that is wrong with the deck
about    topics, level, sources, licence and authors of the question in front
edit     open your editor at its line
quit     end
Any other line answers the question, and you are told how it would be marked.
Where a text is to be typed, these words begin with a colon: :back."""
WORDS = frozenset({"back", "go", "list", "wrong", "about", "edit", "help", "quit"})
SHORT = {"?": "help", "q": "quit", "n": "", "next": ""}
PROMPT = "Answer it, Enter for the next, or help: "
AGAIN = "Enter reads the deck again; edit, wrong, help or quit: "


@dataclass
class PlainPreview:
    """Shows the decks that are followed, one line at a time. `run` returns the exit status."""

    workspace: Workspace
    following: Following
    lines: TextIO
    out: TextIO
    environment: Mapping[str, str]
    _seen: Seen = field(default_factory=Seen)
    _place: int = 0
    _talk: Talking = field(init=False)

    def __post_init__(self) -> None:
        self._talk = Talking(self.lines, self.out)

    def run(self) -> int:
        """Show each question, from that with an id on, until the author ends it. 1 if there are errors in the end."""
        self._look()
        self._talk.say(f"{count_words(self._seen)}. Nothing is recorded. Type help for the words.")
        if self.following.begin and not self._go(self.following.begin):
            return 1
        try:
            while True:
                self._ask()
        except InputEndedError:
            self._talk.say(NOTHING_RECORDED)
        return 1 if self._seen.errors else 0

    @property
    def _entry(self) -> Entry | None:
        return self._seen.entries[self._place] if self._seen.entries else None

    def _look(self) -> bool:
        """Read the decks again if they were written; returns whether they were."""
        if not self.following.changed():
            return False
        before, self._seen = self._seen, self.following.check(self.following.read())
        place, self._place = self._place, self._seen.place_after(before, self._place)
        if before.entries or before.problems:
            self._talk.say(followed_words(before, place, self._seen))
        return True

    def _ask(self) -> None:
        """Show the question in front and do what is typed."""
        entry = self._entry
        say = self._talk.say
        say("")
        if entry is None:
            say(NO_CARDS)
        else:
            say(f"{place_words(self._seen, self._place)}: {entry_words(entry)}")
        for problem in self._seen.told_with(self._place):
            say(problem_words(problem))
        if entry is not None and (state := state_words(entry)):
            say(state)
        if entry is None or entry.card is None:
            self._take(self._talk.read(AGAIN).strip(), None, None)
            return
        sitting = open_trial(self.workspace, [entry.card], self._seen.decks, lambda: self._seen.lexicon)
        shown = sitting.show(entry.card.id, self.workspace.clock.now())
        form = asked(shown, entry.deck)
        for text in (*leading_up(entry.card.question, entry.deck), *form.lines):
            say(text)
        while not self._take(self._talk.read(PROMPT).strip(), form, (sitting, shown)):
            pass

    def _take(self, said: str, form: Asked | None, turn: tuple[Sitting, Shown] | None) -> bool:
        """Do what a line asks for; returns whether another question is to be shown, or this one again."""
        entry = self._entry
        if self._look() and (entry is None or self._entry != entry or not said):
            return True  # what was typed answers a question that reads otherwise now
        word, rest = _word_in(said, takes_text=form is not None and form.takes_text)
        if word is None and form is not None and turn is not None:
            return self._answer(said, form, *turn)
        return self._do(word if word is not None else "help", rest)

    def _do(self, word: str, rest: str) -> bool:
        say, entry = self._talk.say, self._entry
        match word:
            case "":
                self._place = (self._place + 1) % max(1, len(self._seen.entries))
                return True
            case "back":
                self._place = (self._place - 1) % max(1, len(self._seen.entries))
                return True
            case "go":
                return self._go(rest)
            case "list":
                for place, each in enumerate(self._seen.entries):
                    say(f"  {place + 1}. {entry_words(each)}")
            case "wrong":
                for problem in self._seen.problems:
                    say(problem_words(problem))
                say("" if self._seen.problems else NO_PROBLEMS)
            case "about":
                for label, value in about(entry) if entry else ():
                    say(f"{label}: {value}")
            case "edit":
                self._edit()
                return self._look()
            case "quit":
                raise InputEndedError
            case _:
                say(HELP)
        return False

    def _go(self, wanted: str) -> bool:
        place = self._seen.place_of(wanted)
        near = self._seen.near(wanted) if wanted else []
        if place is None and len(near) == 1:
            place = self._seen.place_of(near[0])
        if place is None:
            self._talk.say(unknown_words(self._seen, wanted))
            return False
        self._place = place
        return True

    def _edit(self) -> None:
        """Open the author's editor at the question, and wait for it."""
        entry, problems = self._entry, self._seen.problems
        at = (entry.file, entry.line) if entry else (problems[0].path, problems[0].line) if problems else None
        try:
            started = editing_at(*at, self.environment, user_paths().decks) if at else None
        except EditingError as error:
            self._talk.say(str(error))
            return
        if started is not None and (trouble := run_editor(started)):
            self._talk.say(trouble)

    def _answer(self, said: str, form: Asked, sitting: Sitting, shown: Shown) -> bool:
        """Say how an answer would be marked, and why."""
        response, certainty = form.answer_in(said)
        say, entry = self._talk.say, self._entry
        if form.self_graded:
            for paragraph in solution(shown):
                say(paragraph)
            response = SelfGrade(Rating.GOOD)
        if response is None or entry is None:
            say(f"Please type {form.expected}, or help.")
            return False
        if isinstance(response, Written) and (reminder := sitting.reminder(shown, response)):
            say(HANDED_BACK.format(reminder))
            response = replace(response, reminded=True)
        is_sure = self.workspace.settings.ask_certainty and not form.self_graded
        sure = certainty or (Certainty.THINK_SO if is_sure else None)
        outcome = sitting.answer(shown, response, self.workspace.clock.now(), certainty=sure)
        for text in feedback(outcome, entry.deck, MixedUp().mistakes(outcome, entry.deck), "", all_whys=True):
            say(text)
        if not form.self_graded:
            say(rated_words(outcome))
        return False


def _word_in(said: str, *, takes_text: bool) -> tuple[str | None, str]:
    """Return the word that a line is, in full, and what stands behind it; None where it answers."""
    if not said:
        return "", ""
    is_signed = said.startswith(SIGNS)
    word, _, rest = (said[1:] if is_signed else said).strip().partition(" ")
    word = SHORT.get(word.lower(), word.lower())
    if takes_text and not is_signed and said != "?":
        return None, ""
    known = word in WORDS or word == ""
    return (word, rest.strip()) if known and (word == "go" or not rest) else ("help", "") if is_signed else (None, "")
