"""The words that do something else than answer, and how a line is told to be one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.record import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

GRADES: dict[str, Rating] = {rating.name.lower(): rating for rating in Rating}
ON_CARDS = frozenset({"why", "bury", "unbury", "suspend", "resume", "flag", "unflag"})
"""Words behind which “last” or the id of a card may stand."""

WORDS = frozenset({"help", "skip", "undo", "reasons", "unsafe", "note", "quit", "hint", *ON_CARDS, *GRADES})
SHORT = {"?": "help", "q": "quit", "s": "skip", "u": "undo", "w": "why"}
HELP = """\
Type a letter and Enter to answer; a number after it (b3, ab3) says how sure you are as well.
Other words:  skip     leave this card out of the sitting
              undo     take back what was done last; at “How sure”, the answer just typed (back does so too)
              why      when the last card comes back, and why
              reasons  read every reason of the last card
              again, hard, good, easy    overrule the rating of the last answer
              hint     show a hint for a typed answer
              flag     mark this card to look at later; unflag takes the mark away
              bury     put this card off until tomorrow; unbury: no longer
              suspend  do not ask this card again until you resume it
              note ... keep a note with this card; note last: ... with the card before; note reads it
              unsafe   list what must not be missed and was missed with certainty
              quit     end the sitting; every answer is already kept
Behind flag, bury, suspend, resume and why may stand last (the card before) or the id of a card.
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
        return not self.rest or (self.word in ON_CARDS and self.rest.lower() == "last")


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
