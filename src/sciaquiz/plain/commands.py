"""The words that do something else than answer, and how a line is recognised as one of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.acts import Bury, Flag, Note, Resume, Suspend, Unbury, Unflag
from sciaquiz.journal.entries import Rating
from sciaquiz.view.doing import AFTER, ANSWER, CARD, EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sciaquiz.journal.acts import CardAct

GRADES: dict[str, Rating] = {rating.name.lower(): rating for rating in Rating}
CARD_ACTS: Mapping[str, Callable[[str, date], CardAct]] = {
    "resume": lambda _text, _today: Resume(),
    "suspend": lambda _text, _today: Suspend(),
    "unbury": lambda _text, _today: Unbury(),
    "bury": lambda _text, today: Bury(today + timedelta(days=1)),
    "unflag": lambda _text, _today: Unflag(),
    "flag": lambda _text, _today: Flag(),
    "note": lambda text, _today: Note(text),
}
"""The words for acts on a card, in a sitting and outside of one, and the act that each asks for."""

ON_CARDS = frozenset({"why", "history", *CARD_ACTS}) - {"note"}
"""Words that “last”, “this” or the id of a card may follow."""

WITH_TEXT = frozenset({"note", "report", "why-wrong", "custom", "stats"})
"""Words that any text may follow."""

WORDS = frozenset({"help", "skip", "undo", "reasons", "unsafe", "quit", "hint", *WITH_TEXT, *ON_CARDS, *GRADES})
SHORT = {"?": "help", "q": "quit", "l": "skip", "u": "undo", "w": "why"}
SIGNS = (":", "/")
"""What a command begins with where any other line is an answer; an answer that begins so is typed with two of them."""

HELP = f"""\
Where a text or a number is to be typed, each line is an answer, whatever it says. There, the words below begin with a \
colon or a slash: :skip, /q. An answer that itself begins with one of these is typed with two: ::x is the answer :x.
Elsewhere the sign may be left out. ? alone always shows this help.
{ANSWER}
  a letter  choose; a number after it (b3, ab3) says how sure you are as well
  1, 2, 3   guess, think so, certain, when you are asked how sure
  hint      show a hint for a typed answer
{CARD}
  flag      mark it to look at later; unflag takes the mark away
  note ...  keep a note with it; note last: ... with the card before; note reads it
  skip      later in this sitting; the second time: not in it
  bury      not before tomorrow; unbury: no longer
  suspend   never ask it again until you resume it; resume: ask it again
  report ...  write down a fault in it, for its author; report last: ... in the card before
{AFTER}
  again, hard, good, easy   overrule the rating of the last answer
  reasons   read every reason of the last card
  why       when the last card comes back, and why; why this: the card being asked
  history   all that was answered and done with the last card, in the words of its options as they were
  why-wrong ...  say why the last answer was wrong: its number, or alone to hear the five reasons
  unsafe    list what must not be missed and was missed with certainty
{EVERYWHERE}
  undo      take back what was done last; at “How sure”, the answer just typed (back does so too)
  custom ...  end this sitting and ask what you choose: custom is:wrong,guessed deck:nerve-roots n:20 schedule:stays
  stats ...   where you stand; behind it a period (7, 30, 90, all) and one deck:, topic: or kind:, as in stats 90 deck:x
  help      these words
  quit      end the sitting; every answer is already kept
  l, u, w, q  are short for skip, undo, why and quit, where no letter is an answer
Behind flag, bury, suspend, resume, why and history may stand last (the card before), this, or the id of a card.
Outside a sitting: sciaquiz card lists what is suspended, flagged or put off, and sciaquiz card ID resume lifts it; \
sciaquiz settings lists and sets what can be set."""


def act_named(word: str, text: str, today: date) -> CardAct:
    """Return the act that one of the words in CARD_ACTS asks for; `text` is the note."""
    return CARD_ACTS[word](text, today)


class Command(Struct, frozen=True):
    """One of the words, in full, and the text behind it."""

    word: str
    rest: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether no text follows the word that does not belong there."""
        return not self.rest or self.word in WITH_TEXT or self.word in ON_CARDS


def command_in(
    said: str, could_answer: Callable[[str], bool] = lambda _: False, words: frozenset[str] = WORDS
) -> Command | None:
    """Return the command that a line is where a letter or a number is asked, or None where it is to be read as that.

    What starts with a sign always is a command, known or not; a bare word is if it could not be an answer.
    """
    if said.startswith(SIGNS):
        return _command(said[1:])
    command = _command(said)
    return command if command.word in words and command.is_whole and not could_answer(said) else None


def command_or_text(said: str) -> Command | str:
    """Return the command that a line is where any text may be the answer, or that text.

    A bare word is never a command there; a question mark is, which is no answer to anything.
    """
    if said.startswith(tuple(2 * sign for sign in SIGNS)):
        return said[1:]
    if said.startswith(SIGNS):
        return _command(said[1:])
    return _command(said) if said == "?" else said


def _command(said: str) -> Command:
    word, _, rest = said.strip().partition(" ")
    return Command(SHORT.get(word.lower(), word.lower()), rest.strip())
