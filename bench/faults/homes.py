"""Folders of an invented student to do harm to, and what must still be true of them afterwards."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.durable import question
from bench.faults.faces import run_face
from sciaquiz.clock import Moment, SystemClock, moment_at
from sciaquiz.ids import CardId, DeckId, new_entry_id
from sciaquiz.journal.entries import Answer, Certainty, Rating
from sciaquiz.marking.rating import RULE
from sciaquiz.memory.policy import Policy
from sciaquiz.store.errors import StoreError
from sciaquiz.store.journal import Journal
from sciaquiz.store.queries import read_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

QUESTIONS = 60
KEPT = 12
DECK_ID = "made"
LOST, LOCKED, UNSOUND = "acknowledged lost", "locked out", "unsound"
AFTER = (LOST, LOCKED, UNSOUND)
"""What is looked for after each harm."""


@dataclass(frozen=True)
class Ground:
    """Where one lane of the campaign works: a deck, a home that was studied in before, and room for copies of it."""

    folder: Path

    @property
    def deck(self) -> Path:
        """A deck of single-best-answer questions, each answered by one letter."""
        return self.folder / "made.toml"

    @property
    def template(self) -> Path:
        """A home with some answers of yesterday and a backup of today."""
        return self.folder / "template"

    def fresh(self, name: str = "home") -> Path:
        """Return a copy of the template; what was there under the name is deleted."""
        return copy_of(self.template, self.folder / name)


def prepare(folder: Path) -> Ground:
    """Make the deck and the template; the decks that ship are read once, so that later starts are fast."""
    ground = Ground(folder)
    folder.mkdir(parents=True, exist_ok=True)
    ground.deck.write_text(deck_text(), encoding="utf-8")
    cache = folder / "cache"
    cache.mkdir()
    ground.template.mkdir()
    (ground.template / "cache").symlink_to(cache)
    (ground.template / "settings.toml").write_text("[day]\nnew_per_day = 9999\nreviews_per_day = 9999\n")
    yesterday = moment_at(datetime.now(UTC) - timedelta(days=1))
    journal = Journal.open(ground.template / "journal.db", yesterday)
    for number in range(KEPT):
        keep(journal, number, yesterday)
    journal.close()
    Journal.open(ground.template / "journal.db", SystemClock().now()).close()  # the day's backup
    for arguments in (["decks"], ["study", str(ground.deck), "--record", "--plain"]):
        done = run_face(arguments, ground.template)
        assert done.status == 0, done.errors
    return ground


def deck_text() -> str:
    """Return a deck whose every question has one letter for an answer."""
    options = ", ".join(
        f'{{ id = "{letter}", text = "Option {letter.upper()}"{", correct = true" if letter == "a" else ""} }}'
        for letter in "abcd"
    )
    questions = "\n".join(
        f'[[question]]\nid = "made-{number}"\nkind = "single"\nstem = "Which is right in {number}?"\n'
        f"options = [{options}]\n"
        for number in range(QUESTIONS)
    )
    return f'id = "{DECK_ID}"\ntitle = "Made"\nversion = "1"\nlanguage = "en"\nlicence = "MIT"\n{questions}'


def answer(number: int, now: Moment) -> Answer:
    """Return a right answer to a question of the deck."""
    asked = question(CardId(f"made-{number}"))
    return Answer(
        id=new_entry_id(),
        card_id=CardId(f"made-{number}"),
        deck_id=DeckId(DECK_ID),
        question_version=asked.version,
        moment=now,
        response={"chosen": "a", "shown": ["a", "b", "c", "d"]},
        correct=True,
        score=1.0,
        certainty=Certainty.CERTAIN,
        latency_ms=5000,
        rating=Rating.GOOD,
        rule=RULE,
        policy=Policy().digest,
    )


def keep(journal: Journal, number: int, now: Moment) -> str:
    """Make an answer durable and return its id."""
    given = answer(number, now)
    journal.keep(given, Policy(), question(given.card_id))
    return given.id


def copy_of(home: Path, to: Path) -> Path:
    """Return a copy of a home in place of whatever was there."""
    if to.exists():
        shutil.rmtree(to)
    return Path(shutil.copytree(home, to, symlinks=True))


def entries(journal: Path) -> set[str]:
    """Return the ids of all entries, read by SQLite alone."""
    with closing(sqlite3.connect(journal)) as connection:
        return {
            str(entry)
            for table in ("review", "event")
            for (entry,) in connection.execute(f"SELECT id FROM {table}")  # noqa: S608 -- our own names
        }


def answers(journal: Path) -> set[str]:
    """Return the ids of all answers, read by SQLite alone."""
    with closing(sqlite3.connect(journal)) as connection:
        return {str(entry) for (entry,) in connection.execute("SELECT id FROM review")}


def aftermath(home: Path, acknowledged: Iterable[str]) -> list[str]:
    """Open the journal as the app does, the quick look at Home first, and return what is wrong, as in AFTER."""
    path, now = home / "journal.db", SystemClock().now()
    try:
        seen = read_snapshot(path, now.study_day)
        journal = Journal.open(path, now)
    except StoreError:
        return [LOCKED]
    try:
        wrong = [] if journal.verify().sound else [UNSOUND]
        seen = seen or read_snapshot(path, now.study_day)
    except StoreError:
        return [UNSOUND]
    finally:
        journal.close()
    if seen is None:
        wrong.append(LOCKED)
    if not set(acknowledged) <= entries(path):
        wrong.append(LOST)
    return wrong


def starts(home: Path, ground: Ground, turn: int) -> list[str]:
    """Start a real face over a copy of a harmed home, another at each turn; returns LOCKED if it refuses."""
    ways = (["decks"], ["study", str(ground.deck), "--record", "--plain"], ["journal", "verify"])
    done = run_face(ways[turn % len(ways)], copy_of(home, home.with_name(f"{home.name}-start")))
    is_fine = done.status == 0 and b"sciaquiz:" not in done.errors and b"Traceback" not in done.errors
    return [] if is_fine else [LOCKED]


def has_rollback_file(home: Path) -> bool:
    """Say whether a transaction was broken off in the middle: its rollback file is still there."""
    path = home / "journal.db-journal"
    return path.exists() and path.stat().st_size > 0
