"""`sciaquiz doctor`: versions, places, the state of the journal, and what the terminal can do."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from sciaquiz import __version__
from sciaquiz.paths import shipped_decks
from sciaquiz.study.safekeeping import words_on_return
from sciaquiz.text import path_words
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.workspace import Workspace

PACKAGES = ("textual", "sqlmodel", "sqlalchemy", "pydantic", "tomli")


def examine(workspace: Workspace, say: Callable[[str], None]) -> int:
    """Tell what a person needs to find a fault; the exit status is 1 if the journal or a deck is not sound."""
    say(f"sciaquiz    {__version__}")
    say(f"Python      {platform.python_version()} on {platform.system()} {platform.release()}")
    say(f"SQLite      {sqlite3.sqlite_version}")
    say("Packages    " + ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    say(f"Journal     {workspace.paths.journal}")
    say(f"Backups     {workspace.paths.backups}{_newest(workspace)}")
    say(
        f"Settings    {workspace.paths.settings}"
        f"{'' if workspace.paths.settings.exists() else ' (none yet: the defaults hold)'}"
    )
    say(f"Decks       {shipped_decks()}, {workspace.paths.decks}")
    say(f"Log         {workspace.paths.log}")
    now = workspace.clock.now()
    say(f"Clock       {now.local:%Y-%m-%d %H:%M %z}, study day {now.study_day}")
    say(f"Terminal    {terminal()}")
    sound = _journal(workspace, say)
    errors = [problem for problem in workspace.library.problems if problem.severity == "error"]
    questions = sum(len(deck.questions) for deck in workspace.library.decks)
    decks = count(len(workspace.library.decks), "deck")
    say(f"Decks hold  {count(questions, 'question')} in {decks}, {count(len(errors), 'error')}")
    for problem in errors[:5]:
        say(f"            {problem}")
    return 0 if sound and not errors else 1


def terminal() -> str:
    """Describe the terminal in one line."""
    size = shutil.get_terminal_size()
    parts = [
        f"TERM={os.environ.get('TERM', '')}",
        f"COLORTERM={os.environ.get('COLORTERM', '')}",
        f"{size.columns}x{size.lines}",
        f"output {sys.stdout.encoding}",
        "NO_COLOR" if os.environ.get("NO_COLOR") else "colour",
        "a terminal" if sys.stdout.isatty() else "not a terminal: use --plain",
    ]
    return ", ".join(parts)


def _newest(workspace: Workspace) -> str:
    from sciaquiz.store.beside import day_of, list_backups

    backups = list_backups(workspace.paths.backups)
    return f", {len(backups)}, the newest of {day_of(backups[0])}" if backups else " (none yet)"


def _journal(workspace: Workspace, say: Callable[[str], None]) -> bool:
    from sciaquiz.store.beside import list_strays, refuse_if_lost
    from sciaquiz.store.errors import StoreError

    try:
        refuse_if_lost(workspace.paths.journal)
        if not workspace.paths.journal.exists():
            say("Check       no journal yet: it is made with your first answer")
            return True
        verification = workspace.journal.verify()
    except StoreError as error:
        say(f"Check       {error}")
        return False
    if workspace.journal.refusal:
        say(f"            {workspace.journal.refusal}")
    for line in words_on_return(workspace.still_aside(workspace.journal)):
        say(f"            {line}")
    for place, line in enumerate(verification.lines()):
        say(("Check       " if place == 0 else "            ") + line)
    for stray in list_strays(workspace.paths.journal):
        say(f"            {path_words(stray)} may be another copy of the journal, made by a sync folder. To take in")
        say("            what only that one holds: sciaquiz journal merge FILE; then move it away")
    if workspace.journal.backup_trouble:
        say(f"            No backup could be made today: {workspace.journal.backup_trouble}")
    return verification.sound
