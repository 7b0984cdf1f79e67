"""The words that do something else than answer, and how a line is told to be one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.record import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

GRADES: dict[str, Rating] = {rating.name.lower(): rating for rating in Rating}
WORDS = frozenset(
    {"help", "skip", "undo", "why", "reasons", "bury", "suspend", "note", "flag", "quit", "hint", *GRADES}
)
SHORT = {"?": "help", "q": "quit", "s": "skip", "u": "undo", "w": "why"}
HELP = """\
Type a letter and Enter to answer; a number after it (b3, ab3) says how sure you are as well.
Other words:  skip     leave this card out of the sitting
              undo     take back the last answer; at “How sure”, the one just typed (back does so too)
              why      when the last card comes back, and why
              reasons  read every reason of the last card
              again, hard, good, easy    overrule the rating of the last answer
              hint     show a hint for a typed answer
              flag     mark this card to look at later
              bury     put this card off until tomorrow
              suspend  do not ask this card again until you resume it; suspend last: the card before
              note ... keep a note with this card
              quit     end the sitting; every answer is already kept
A line that starts with / or : is always one of these words: /skip, :quit, /q.
Without it, what could be an answer is taken for the answer: where you type a term, q is an answer and /q ends."""


@dataclass(frozen=True, slots=True)
class Command:
    """One of the words, in full, and what stands behind it."""

    word: str
    rest: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing stands behind the word that does not belong there, and nothing is missing."""
        if self.word == "note":
            return bool(self.rest)
        return not self.rest or (self.word, self.rest.lower()) == ("suspend", "last")


def command_in(
    said: str, could_answer: Callable[[str], bool] = lambda _: False, words: frozenset[str] = WORDS
) -> Command | None:
    """Return the command that a line is, or None where it is to be read as an answer.

    What starts with a slash or a colon always is a command, known or not; a bare word is if it could not be an answer.
    """
    is_marked = said.startswith(("/", ":"))
    word, _, rest = (said[1:] if is_marked else said).strip().partition(" ")
    command = Command(SHORT.get(word.lower(), word.lower()), rest.strip())
    if is_marked:
        return command
    return command if command.word in words and command.is_whole and not could_answer(said) else None
