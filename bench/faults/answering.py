"""How each face is answered, and how it says that an answer is durable."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.faults.faces import Face
    from bench.faults.homes import Ground

BEFORE_NEXT = 0.3
"""Seconds after an answer in which the app takes no Enter."""


@dataclass(frozen=True)
class Way:
    """One face: the text that a question shows, the keys of an answer, the text that says it is saved, the next key."""

    name: str
    is_plain: bool
    question: bytes
    stroke: bytes
    saved: bytes
    on: bytes = b""

    def arguments(self, ground: Ground) -> Sequence[str]:
        """Return the arguments of a sitting over the deck."""
        return ["study", str(ground.deck), *(["--plain"] if self.is_plain else [])]


PLAIN = Way("plain lines", True, b"Answer (a-d", b"a3\n", b"Saved.")
APP = Way("the app", False, b"choose", b"A", "saved ·".encode(), b"\r")


REFUSED = (b"cannot be opened", b"cannot be written")
"""What the app says where it cannot begin."""


@dataclass
class Said:
    """What a face has said of the answers so far: how many it took and called saved, and where the last one began."""

    given: int = 0
    saved: int = 0
    since: int = 0

    def at_the_end(self, face: Face, way: Way) -> int:
        """Return how many were said to be saved, once the face has ended."""
        return self.saved + (way.saved in face.text[self.since :])


def answer(face: Face, way: Way, count: int) -> Said:
    """Give `count` answers, and wait for all but the last to be saved; ends early if the face does or refuses."""
    said = Said()
    for number in range(count):
        if not face.wait_for(way.question, *REFUSED, since=said.since) or way.question not in face.text[said.since :]:
            return said
        said.since = len(face.text)
        face.send(way.stroke)
        said.given += 1
        if number == count - 1 or not face.wait_for(way.saved, since=said.since):
            return said
        said.saved += 1
        if way.on:
            time.sleep(BEFORE_NEXT)
        said.since = face.text.rindex(way.saved) + len(way.saved)
        face.send(way.on)
    return said
