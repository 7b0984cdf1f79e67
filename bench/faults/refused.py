"""What is done while the disk refuses: answers and acts in both faces, settings, and the commands that write."""

from __future__ import annotations

import io
import json
import os
import time
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from bench.faults.answering import APP, BEFORE_NEXT, PLAIN, answer
from bench.faults.faces import Done, Face, HungError, run_face
from bench.faults.fates import HIDDEN, HUNG, LOST_UNSAID, NOT_DONE, TRACEBACK, Places, fates, given_in, ids, is_bug
from bench.faults.homes import QUESTIONS, entries, keep
from sciaquiz.clock import SystemClock
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from bench.faults.homes import Ground


@dataclass(frozen=True)
class Try:
    """Something done over a home while the disk refuses, through strace with `tampering` or by itself.

    `afterwards` makes the disk a good one again; it is called once the app has ended, before anything is looked at.
    With `nowhere_else` the temporary folder is the only one: /tmp is no refuge.
    """

    ground: Ground
    places: Places
    tampering: Sequence[str] = ()
    afterwards: Callable[[], object] = lambda: None
    nowhere_else: bool = False

    @property
    def main(self) -> Callable[[], int] | None:
        """What runs instead of the command line."""
        return without_another_temporary_folder if self.nowhere_else else None

    def run(self, arguments: Sequence[str], said: bytes = b"", main: Callable[[], int] | None = None) -> Done:
        """Run a command, or `main`, over pipes."""
        done = run_face(
            arguments,
            self.places.home,
            said,
            tampering=self.tampering,
            environment=self.places.environment,
            main=main or self.main,
        )
        self.afterwards()
        return done


def attempt(name: str, tried: Try) -> list[str]:
    """Do the thing of this name; returns what is wrong with what was told, as in FATES."""
    try:
        return REFUSED[name](tried)
    except HungError as error:
        print(f"  {name}: {error}", flush=True)
        tried.afterwards()
        return [HUNG]


def without_another_temporary_folder() -> int:
    """Run the command line where no temporary folder exists but the one of the environment."""
    import tempfile

    from sciaquiz.__main__ import main

    vars(tempfile)["_candidate_tempdir_list"] = lambda: [os.environ["TMPDIR"]]
    return main()


# Answers and acts


def _plainly(lines: bytes) -> Callable[[Try], list[str]]:
    def do(tried: Try) -> list[str]:
        before = ids(tried.places.home / "journal.db")
        done = tried.run(PLAIN.arguments(tried.ground), lines)
        return fates(tried.places, before, done, given=given_in(done), saved=done.out.count(PLAIN.saved))

    return do


def _in_the_app(tried: Try) -> list[str]:
    """Answer once; try again once if that was refused; leave by Ctrl+Q."""
    before = ids(tried.places.home / "journal.db")
    face = Face(
        APP.arguments(tried.ground), tried.places.home, terminal=True,
        tampering=tried.tampering, environment=tried.places.environment, main=tried.main,
    )  # fmt: skip
    said = answer(face, APP, 1)
    told = (APP.saved, b"NOT saved", b"may not be saved")
    if said.given and face.wait_for(*told, since=said.since) and APP.saved not in face.text[said.since :]:
        time.sleep(BEFORE_NEXT)
        face.send(b"\r")
        face.read(0.5)
    face.send(b"\x11")  # Ctrl+Q
    done = face.finish()
    tried.afterwards()
    return fates(tried.places, before, done, given=said.given, saved=said.at_the_end(face, APP))


def _setting(tried: Try) -> list[str]:
    """Change a setting; it is the new one or, if that was told to have failed, the old one."""
    from sciaquiz.settings.file import read_settings

    path = tried.places.home / "settings.toml"
    done = tried.run([], main=partial(set_a_setting, path))
    settings, notices = read_settings(path)
    wrong = _told(done, tried.places.home)
    if notices or settings.reviews_per_day != 9999:
        wrong.append(LOST_UNSAID)
    if done.status == 0 and settings.ask_certainty:
        wrong.append(NOT_DONE)
    return wrong


def set_a_setting(path: Path) -> int:
    """Change a setting as the screen of settings does, and return what would be the exit status."""
    from sciaquiz.settings import SPECS
    from sciaquiz.settings.file import SettingError, write_setting

    try:
        write_setting(path, next(spec for spec in SPECS if spec.name == "ask_certainty"), False)
    except (SettingError, OSError) as error:  # what the screen tells
        print(error)
        return 1
    return 0


# Commands


def _told(done: Done, home: Path) -> list[str]:
    wrong = [TRACEBACK] if is_bug(done, home) else []
    if done.status not in (0, 1):
        wrong.append(HIDDEN)
    return wrong


def _commanding(arguments: Sequence[str], is_done: Callable[[Try], bool]) -> Callable[[Try], list[str]]:
    """Run a command; if it says that it was done it was, and in any case what was in the journal still is."""

    def do(tried: Try) -> list[str]:
        home = tried.places.home
        before = entries(home / "journal.db")
        done = tried.run([part.format(home=home) for part in arguments])
        wrong = _told(done, tried.places.home)
        if done.status == 0 and not is_done(tried):
            wrong.append(NOT_DONE)
        kept = [home / "journal.db", *home.glob("journal.before-restore-*.db")]
        if not before <= {entry for path in kept for entry in ids(path)}:
            wrong.append(LOST_UNSAID)
        return wrong

    return do


def _is_backed_up(tried: Try) -> bool:
    home = tried.places.home
    return any(entries(path) == entries(home / "journal.db") for path in (home / "backups").glob("*.db"))


def _is_restored(tried: Try) -> bool:
    return entries(tried.places.home / "journal.db") == entries(tried.places.home / "old.db")


def _is_exported(tried: Try) -> bool:
    lines = (tried.places.home / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return entries(tried.places.home / "journal.db") <= {json.loads(line).get("id") for line in lines}


def _is_imported(tried: Try) -> bool:
    lines = (tried.places.home / "other.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {line["id"] for line in map(json.loads, lines) if line.get("entry") == "review"}
    return wanted <= entries(tried.places.home / "journal.db")


def set_up(ground: Ground, home: Path) -> None:
    """Put beside the journal what the commands need: an old backup, and a file to import."""
    (home / "old.db").write_bytes(next((home / "backups").glob("*.db")).read_bytes())
    (home / "other.jsonl").write_text(another_journal(ground.folder), encoding="utf-8")


@cache
def another_journal(folder: Path) -> str:
    """Return the export of another journal."""
    path, now = folder / "another" / "journal.db", SystemClock().now()
    journal = Journal.open(path, now)
    for number in range(30):
        keep(journal, number % QUESTIONS, now)
    out = io.StringIO()
    journal.export_to(out)
    journal.close()
    return out.getvalue()


REFUSED: Mapping[str, Callable[[Try], list[str]]] = {
    "an answer in plain lines": _plainly(b"a3\n"),
    "an answer in plain lines, tried again": _plainly(b"a3\n\n\n"),
    "acts in plain lines": _plainly(b":note one\n:flag\n:bury\na3\n\n:undo\n:suspend\n"),
    "an answer in the app": _in_the_app,
    "a setting": _setting,
    "`backup`": _commanding(["backup"], _is_backed_up),
    "`restore`": _commanding(["restore", "{home}/old.db"], _is_restored),
    "`journal export`": _commanding(["journal", "export", "{home}/out.jsonl"], _is_exported),
    "`journal import`": _commanding(["journal", "import", "{home}/other.jsonl"], _is_imported),
}
