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

    from sciaquiz.desk import Desk

PACKAGES = ("textual", "sqlmodel", "sqlalchemy", "pydantic", "tomli")


def examine(desk: Desk, say: Callable[[str], None]) -> int:
    """Tell what a person needs to find a fault; the exit status is 1 if the journal or a deck is not sound."""
    say(f"sciaquiz    {__version__}")
    say(f"Python      {platform.python_version()} on {platform.system()} {platform.release()}")
    say(f"SQLite      {sqlite3.sqlite_version}")
    say("Packages    " + ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    say(f"Journal     {desk.paths.journal}")
    say(f"Backups     {desk.paths.backups}{_newest(desk)}")
    say(f"Settings    {desk.paths.settings}{'' if desk.paths.settings.exists() else ' (none yet: the defaults hold)'}")
    say(f"Decks       {shipped_decks()}, {desk.paths.decks}")
    say(f"Log         {desk.paths.log}")
    now = desk.clock.now()
    say(f"Clock       {now.local:%Y-%m-%d %H:%M %z}, study day {now.study_day}")
    say(f"Terminal    {terminal()}")
    sound = _journal(desk, say)
    errors = [problem for problem in desk.library.problems if problem.severity == "error"]
    questions = sum(len(deck.questions) for deck in desk.library.decks)
    decks = count(len(desk.library.decks), "deck")
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


def _newest(desk: Desk) -> str:
    from sciaquiz.store.beside import day_of, list_backups

    backups = list_backups(desk.paths.backups)
    return f", {len(backups)}, the newest of {day_of(backups[0])}" if backups else " (none yet)"


def _journal(desk: Desk, say: Callable[[str], None]) -> bool:
    from sciaquiz.store.beside import list_strays, refuse_if_lost
    from sciaquiz.store.errors import StoreError

    try:
        refuse_if_lost(desk.paths.journal)
        if not desk.paths.journal.exists():
            say("Check       no journal yet: it is made with your first answer")
            return True
        verification = desk.journal.verify()
    except StoreError as error:
        say(f"Check       {error}")
        return False
    if desk.journal.refusal:
        say(f"            {desk.journal.refusal}")
    for line in words_on_return(desk.still_aside(desk.journal)):
        say(f"            {line}")
    for place, line in enumerate(verification.lines()):
        say(("Check       " if place == 0 else "            ") + line)
    for stray in list_strays(desk.paths.journal):
        say(f"            {path_words(stray)} may be another copy of the journal, made by a sync folder. To take in")
        say("            what only that one holds: sciaquiz journal merge FILE; then move it away")
    if desk.journal.backup_trouble:
        say(f"            No backup could be made today: {desk.journal.backup_trouble}")
    return verification.sound
