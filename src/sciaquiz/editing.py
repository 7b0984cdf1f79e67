"""Opening a deck of one's own in the student's editor, at the line of a question."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.problem import Problem, Severity
from sciaquiz.deck.reading import read_deck
from sciaquiz.errors import SciaquizError
from sciaquiz.paths import shipped_decks
from sciaquiz.text import path_words
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import QuestionId

USUAL = ("nano", "vi", "notepad")
"""What is looked for where neither VISUAL nor EDITOR says."""
PLUS = frozenset(
    ("vi", "vim", "nvim", "view", "gvim", "mvim", "nano", "pico", "emacs", "emacsclient", "mg", "joe", "hx", "helix",
     "micro", "kak", "gedit")
)  # fmt: skip
"""Editors that go to a line by +LINE before the file."""
GOTO = frozenset(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"))
"""Editors that go to a line by --goto FILE:LINE."""
COLON = frozenset(("subl", "sublime_text", "zed", "zeditor", "atom"))
"""Editors that go to a line by FILE:LINE."""


class EditingError(SciaquizError):
    """A deck cannot be opened in an editor. The message is for the student."""


class Editing(Struct, frozen=True):
    """An editor to be started on a file: its program and its arguments, none of which a shell ever sees."""

    command: tuple[str, ...]
    file: Path
    line: int = 1

    @property
    def name(self) -> str:
        """Return what the editor is called."""
        return Path(self.command[0]).name


def editing(deck: Deck, question: QuestionId, environment: Mapping[str, str], own_decks: Path) -> Editing:
    """Return how a deck is opened at a question. Raises EditingError where it is not to be edited, or cannot be."""
    file = deck.path
    if file is None:
        raise EditingError(f"“{deck.title}” has no file.")
    return editing_at(file, line_of(file, question), environment, own_decks, deck.title)


def editing_at(file: Path, line: int, environment: Mapping[str, str], own_decks: Path, title: str = "") -> Editing:
    """Return how the file of a deck is opened at a line. Raises EditingError as `editing` does."""
    file = file.absolute()
    if is_shipped(file):
        raise EditingError(
            f"“{title or file.name}” came with sciaquiz and is not edited: an update would undo it. "
            f"Report the fault instead, or write a deck of your own in {path_words(own_decks)}."
        )
    if not os.access(file, os.W_OK):
        raise EditingError(f"{path_words(file)} cannot be written.")
    return Editing(at_line(editor(environment), file, line), file, line)


def is_shipped(file: Path) -> bool:
    """Say whether a file is one of the decks that came with the app."""
    return file.resolve().is_relative_to(shipped_decks().resolve())


def line_of(file: Path, question: QuestionId) -> int:
    """Return the line, from 1, on which a question begins in a file as it is now.

    Where the question cannot be read, that is the line of the first thing that is wrong with the file.
    """
    reading = read_deck(file)
    if question in reading.order:
        return reading.place(question)[0]
    return reading.problems[0].line if reading.problems else 1


def editor(environment: Mapping[str, str]) -> list[str]:
    """Return the student's editor with its arguments: VISUAL, else EDITOR, else one that is usual here.

    Raises EditingError where there is none, or what is set cannot be found.
    """
    for name in ("VISUAL", "EDITOR"):
        said = environment.get(name, "").strip()
        if said:
            return _found(name, said, environment)
    for usual in USUAL:
        if shutil.which(usual, path=environment.get("PATH")):
            return [usual]
    raise EditingError("There is no editor: set VISUAL or EDITOR to one, such as EDITOR=nano.")


def _found(name: str, said: str, environment: Mapping[str, str]) -> list[str]:
    try:
        command = _words(said)
    except ValueError:
        raise EditingError(f"{name} cannot be read, a quote is open: {path_words(said)}") from None
    command[:1] = [os.path.expanduser(word) for word in command[:1]]  # noqa: PTH111 -- it need not be a path
    if not command or not shutil.which(command[0], path=environment.get("PATH")):
        raise EditingError(f"The editor in {name} is not there: {path_words(said)}")
    return command


def _words(said: str) -> list[str]:
    """Split a command into words; the path of a program may have spaces that nobody quoted."""
    if Path(said).is_file():
        return [said]
    if os.name == "nt":
        return [word.strip('"') for word in shlex.split(said, posix=False)]
    return shlex.split(said)


def at_line(command: list[str], file: Path, line: int) -> tuple[str, ...]:
    """Return the command that opens a file at a line, as far as the editor is known to go to one."""
    name = Path(command[0]).name.lower().removesuffix(".exe").removesuffix(".cmd")
    if name in PLUS:
        return (*command, f"+{line}", str(file))
    if name in GOTO:
        return (*command, "--goto", f"{file}:{line}")
    if name in COLON:
        return (*command, f"{file}:{line}")
    return (*command, str(file))


def stamp(file: Path) -> tuple[int, int]:
    """Return what changes whenever a file is written; nothing of one that is not there."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def edited_words(file: Path, problems: Sequence[Problem]) -> str:
    """Return what became of a deck that was changed: that it is read again, or the first thing that is wrong."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    found = errors or problems
    if not found:
        return f"{path_words(file.name)} is read again: nothing is wrong with it."
    more = f" (the first of {count(len(found), 'problem')})" if len(found) > 1 else ""
    return f"{found[0]}{more}"


def run_editor(started: Editing) -> str:
    """Run an editor in this terminal and wait for it; return what went wrong, nothing if nothing did."""
    try:
        status = subprocess.run(started.command, check=False).returncode  # noqa: S603 -- the student's own editor
    except OSError as error:
        return f"{path_words(started.name)} could not be started: {error.strerror}."
    return f"{path_words(started.name)} ended with status {status}." if status else ""
