"""Random keys in real terminals: letters, escape sequences, pastes, the mouse, bytes that are no text, other sizes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import struct
import time
from fcntl import ioctl
from functools import partial
from pathlib import Path
from random import Random
from termios import TIOCSWINSZ
from typing import TYPE_CHECKING

from bench.faults.faces import Face, HungError
from bench.faults.homes import AFTER, LOST, aftermath, answers, entries
from bench.faults.lanes import Lane, Tally, spread
from bench.timing import ESCAPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.faults.rows import Row

SHOWCASE = Path(__file__).parents[2] / "tests" / "decks" / "showcase" / "deck.toml"
"""A deck with a question of every kind."""

RUNS, KEYS_OF_A_RUN = 60, 340
GOAL = 20_000
STATUS, TRACEBACK, HUNG = "exit status not 0", "traceback", "hung"
KINDS = (STATUS, TRACEBACK, HUNG, *AFTER)
WAYS: tuple[Sequence[str], ...] = (
    ["study", str(SHOWCASE), "--record"],
    [],
    ["study"],
    ["study", str(SHOWCASE), "--record", "--limit", "3"],
)
QUIET = 0.08
"""Seconds without output after which an app is taken to wait for a key."""

EDITOR = "true"
"""An editor that ends at once and changes nothing."""

LONGEST_WAIT = 3.0
QUIT = b"\x1b[201~\x11"
"""The end of a paste, if one was begun, and Ctrl+Q."""

NAMED = (
    [b"\r"] * 12 + [b" ", b"\t", b"\x7f", b"\x1b"] * 3
    + [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1b[Z"]
    + [b"\x1b[1;2A", b"\x1b[1;2B", b"\x1b[1;5C", b"\x1b[3~", b"\x1bOP", b"\x1bOQ", b"\x1b[15~", b"\x1b[24~"]
    + [b"\x10", b"\x10", b"\x01", b"\x05", b"\x15", b"\x17", b"\x0b", b"\x0c", b"\x18", b"\x16", b"\x1ba", b"\x1b\r"]
)  # fmt: skip
COMMANDS = b"aaaabbbccddeefgjjkkttuunnwwosxz**vyy123123123123ABCDJK?/,mq"
"""What the screens listen to; nothing that leaves the app is frequent."""

FOCUS = (b"\x1b[I", b"\x1b[O")
NOISE = (b"\xe9", b"\xff\xfe", b"\xc3", b"\x1b[", b"\x1b[<", b"\x1b]0;x\x07", b"\x00", b"\x1bP1$r\x1b\\", b"\x1b[?1;2c")
TEXTS = ("sciatic nerve", "L5", "15 mm", "坐骨神経", "e\u0301\u202e[/]", "a\nb\r\n", "\x1b[31mred", "x" * 3000)


def run(seconds: float, seed: int) -> list[Row]:
    """Press keys at random in as many apps at once as there are cores."""
    tasks = [("keys", partial(one_run, way=WAYS[number % len(WAYS)])) for number in range(RUNS)]
    tallies = spread(tasks, seconds, seed)
    what = "keys, pastes, mouse reports and sizes at random, in a terminal, in bursts"
    return [tallies.get("keys", Tally()).row(what, GOAL, KINDS)]


def one_run(lane: Lane, way: Sequence[str]) -> Tally:
    """Press the keys of one run in a home that was studied in before."""
    return press(lane.ground.fresh("keys"), way, lane.seed, KEYS_OF_A_RUN, lane.deadline)


def press(home: Path, arguments: Sequence[str], seed: int, count: int, deadline: float) -> Tally:
    """Press `count` keys in bursts, starting the app anew whenever they end it; `deadline` is in monotonic seconds."""
    random, tally, acknowledged = Random(seed), Tally(), set[str]()
    starts = 0
    while tally.count < count and time.monotonic() < deadline:
        starts += 1
        face = Face(arguments, home, terminal=True, environment={"COLUMNS": "", "LINES": "", "VISUAL": EDITOR})
        sent: list[bytes] = []
        wrong: list[str] = []
        try:
            if face.wait_for(b" keys"):
                while tally.count < count and time.monotonic() < deadline and settles(face):
                    burst = [a_key(random) for _ in range(random.choice((1, 1, 4, 10, 30)))]
                    if random.random() < 0.05:
                        resize(face, random.randint(1, 160), random.randint(1, 60))
                    face.send(b"".join(burst))
                    sent += burst
                    tally.count += len(burst)
                    if b"saved" in face.text:
                        acknowledged |= entries(home / "journal.db")
                        wrong += [] if answers(home / "journal.db") else [LOST]
                    face.seen = face.seen[-2000:]
            tally.seen["times asked again to quit, brought back from behind the shell"] += leave(face)
            done = face.finish()
            wrong += [STATUS] if done.status != 0 else []
            if b"Traceback" in (written := done.out + done.errors):
                wrong.append(TRACEBACK)
                sent.append(ESCAPES.sub(b"", written[written.index(b"Traceback") :])[:3000])
        except HungError as error:
            wrong.append(HUNG)
            sent.append(str(error).encode())
        logged = home / "logs" / "sciaquiz.log"
        if logged.exists():
            wrong.append(TRACEBACK)
            sent.append(logged.read_bytes()[-3000:])
            shutil.rmtree(logged.parent)
        if wrong:
            tally.fail(dict.fromkeys(wrong), f"seed {seed}, start {starts}, {' '.join(arguments)}: {sent[-40:]!r}")
    wrong = aftermath(home, acknowledged) if (home / "journal.db").exists() else []
    if wrong:
        tally.fail(wrong, f"seed {seed}")
    tally.seen["starts of the app"] += starts
    tally.seen["entries seen to be saved"] += len(acknowledged)
    return tally


def settles(face: Face) -> bool:
    """Read until nothing more is drawn; False if the app has ended."""
    limit = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < limit:
        go_on(face)
        before = len(face.seen)
        if not face.read(QUIET):
            return False
        if len(face.seen) == before:
            return True
    return True


def go_on(face: Face) -> None:
    """Bring an app back that a command of the palette has put behind the shell, as `fg` would."""
    with contextlib.suppress(OSError):
        if Path(f"/proc/{face.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "T":
            os.kill(face.pid, signal.SIGCONT)


def leave(face: Face) -> int:
    """Quit; what is typed while an app comes back from behind the shell is lost, so ask again. Returns how often."""
    for again in range(3):
        go_on(face)
        face.send(QUIT)
        limit = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < limit:
            if not face.read(QUIET):
                return again
    return again


def resize(face: Face, columns: int, rows: int) -> None:
    """Give the terminal another size."""
    with contextlib.suppress(OSError):
        ioctl(face.out, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def a_key(random: Random) -> bytes:
    """Return the bytes of one key, click, paste or piece of noise."""
    chance = random.random()
    if chance < 0.55:
        return bytes([random.choice(COMMANDS)])
    if chance < 0.85:
        return random.choice(NAMED)
    if chance < 0.92:
        button = random.choice((0, 0, 0, 1, 2, 35, 35, 64, 65))
        end = random.choice("Mm")
        return f"\x1b[<{button};{random.randint(0, 170)};{random.randint(0, 70)}{end}".encode()
    if chance < 0.95:
        return b"\x1b[200~" + random.choice(TEXTS).encode() + b"\x1b[201~"
    if chance < 0.97:
        return random.choice(FOCUS)
    if chance < 0.99:
        return random.choice(NOISE)
    return bytes([random.choice((*range(0x20, 0x7F), 0x03))])
