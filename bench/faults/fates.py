"""What became of each answer and act that a face took: in the journal, set aside, printed, refused, or lost."""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import dataclass
from sqlite3 import connect
from typing import TYPE_CHECKING

from bench.faults.faces import run_face
from bench.timing import ESCAPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bench.faults.faces import Done

LOST_UNSAID = "lost unsaid"
NOT_DONE = "said to be done and not"
HIDDEN = "hidden by the exit status"
TRACEBACK = "tracebacks"
NOT_TAKEN = "set aside and not taken in"
HUNG = "hung"
FATES = (LOST_UNSAID, NOT_DONE, HIDDEN, TRACEBACK, NOT_TAKEN, HUNG)
"""What is looked for after each refusal."""

ACTS: Mapping[bytes, str] = {
    b"Note kept.": "note",
    b"Flagged": "flag",
    b"Put off until tomorrow.": "bury",
    b"Suspended:": "suspend",
    b"Undone:": "void",
}
"""What is said of an act that was done, and the kind of entry that must then be there."""

TAKEN = re.compile(rb"^(?:Right|Wrong)\. ", re.MULTILINE)


@dataclass(frozen=True)
class Places:
    """A home, and the other folders to which an answer may be set aside."""

    home: Path
    user: Path
    temporary: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that name the other folders."""
        return {"HOME": str(self.user), "TMPDIR": str(self.temporary)}

    @property
    def aside(self) -> list[Path]:
        """Return the files of answers that were set aside."""
        return [
            path
            for folder in (self.home, self.user, self.temporary)
            if folder.is_dir()
            for path in folder.glob("sciaquiz-answer-*.jsonl")
        ]


def ids(journal: Path) -> dict[str, str]:
    """Return the kind of each entry by its id; the kind of an answer is "review"."""
    if not journal.is_file() or not journal.stat().st_size:
        return {}
    with closing(connect(journal)) as connection:
        found = {str(entry): "review" for (entry,) in connection.execute("SELECT id FROM review")}
        found |= {str(entry): str(kind) for entry, kind in connection.execute("SELECT id, kind FROM event")}
    return found


def is_bug(done: Done, home: Path) -> bool:
    """Say whether a bug came to light, and print where it lies."""
    text = done.out + done.errors
    if b"Traceback" not in text and b"an error in the app" not in text:
        return False
    log = home / "logs" / "sciaquiz.log"
    told = log.read_bytes() if log.is_file() else text
    print("\n".join(f"    {line}" for line in told.decode(errors="replace").strip().splitlines()[-7:]), flush=True)
    return True


def given_in(done: Done) -> int:
    """Return how many answers plain lines took."""
    return len(TAKEN.findall(done.out))


def lines_in(text: bytes) -> list[str]:
    """Return the answers that were printed as lines for `journal import`."""
    return [line for line in text.decode(errors="replace").splitlines() if line.startswith('{"entry"')]


def fates(places: Places, before: Mapping[str, str], done: Done, *, given: int, saved: int) -> list[str]:
    """Return what is wrong with what was told, as in FATES; what was set aside is then taken in."""
    wrong = []
    text = done.out + done.errors
    if is_bug(done, places.home):
        wrong.append(TRACEBACK)
    journal = places.home / "journal.db"
    new = {entry: kind for entry, kind in ids(journal).items() if entry not in before}
    kept = {entry for entry, kind in new.items() if kind == "review"}
    files, printed = places.aside, lines_in(text)
    aside = {json.loads(line)["id"] for line in (*printed, *(line for file in files for line in review_lines(file)))}
    if len(kept | aside) < given:
        print(
            f"    {given} given, {len(kept)} kept, {len(aside)} set aside: {ESCAPES.sub(b'', text)[-1500:]!r}",
            flush=True,
        )
        wrong.append(LOST_UNSAID)
    if saved > len(kept):
        wrong.append(NOT_DONE)
    if given > len(kept) and done.status == 0:
        wrong.append(HIDDEN)
    for words, kind in ACTS.items():
        if done.out.count(words) > list(new.values()).count(kind):
            wrong.append(NOT_DONE)
    if not before.keys() <= ids(journal).keys():
        wrong.append(LOST_UNSAID)
    if printed:
        copied = places.home / "copied.jsonl"
        copied.write_text("\n".join(printed) + "\n", encoding="utf-8")
        files.append(copied)
    for file in files:
        wanted = {json.loads(line)["id"] for line in review_lines(file)}
        taken = run_face(["journal", "import", str(file)], places.home, environment=places.environment)
        if taken.status != 0 or not wanted <= ids(journal).keys():
            wrong.append(NOT_TAKEN)
    return wrong


def review_lines(file: Path) -> list[str]:
    """Return the answers in a file for `journal import`."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if json.loads(line).get("entry") == "review"]
