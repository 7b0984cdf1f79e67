"""Pictures beside a deck: found only in its own folder, and known to be what they say before anything decodes them."""

from __future__ import annotations

import re
import struct
from pathlib import Path, PurePath

from msgspec import Struct

from sciaquiz.deck.files import NotAFileError, read_file

LARGEST_PICTURE = 5_000_000
LONGEST_HEADER = 1_000_000
MOST_PIXELS = 40_000_000
ENDINGS = (".png", ".jpg", ".jpeg")
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG that begin a frame and give its size."""

MARKER = re.compile(rb"\xff++(?P<code>.)", re.DOTALL)
MOST_SEGMENTS = 1_000
"""Segments of a JPEG that are passed over on the way to its frame."""


class Picture(Struct, frozen=True):
    """A picture of a question, and what it shows in words: those are always told."""

    path: Path
    alt: str


def picture_fault(folder: Path, name: str) -> str:
    """Say, as a clause of its own, why a picture is not a PNG or JPEG in the deck's own folder; nothing if it is.

    The size is read from the header alone, so that no decoder ever sees a picture that claims to be huge.
    """
    path = folder / name
    if not name.lower().endswith(ENDINGS):
        return f"the picture “{name}” must be a .png, .jpg or .jpeg file"
    if PurePath(name).is_absolute() or ".." in PurePath(name).parts:
        return f"the picture “{name}” must lie in the folder of the deck"
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return f"the picture “{name}” must lie in the folder of the deck"
        data = read_file(path, LONGEST_HEADER)
        is_large = path.stat().st_size > LARGEST_PICTURE
    except (FileNotFoundError, NotAFileError):
        return f"there is no file “{name}” beside the deck"
    except (OSError, ValueError, RuntimeError):  # Python 3.11 tells a loop of links so
        return f"the picture “{name}” cannot be read"
    if is_large:
        return f"the picture “{name}” is larger than {LARGEST_PICTURE // 1_000_000} MB"
    size = _size(data)
    if size is None:
        return f"the picture “{name}” is not really a PNG or JPEG"
    if size[0] * size[1] > MOST_PIXELS or 0 in size:
        claimed = f"{size[0]} x {size[1]} pixels"
        return f"the picture “{name}” claims {claimed}; at most {MOST_PIXELS // 1_000_000} million are shown"
    return ""


def _size(data: bytes) -> tuple[int, int] | None:
    """Return width and height from the header of a PNG or JPEG."""
    if data.startswith(PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if not data.startswith(JPEG):
        return None
    at = 2
    for _ in range(MOST_SEGMENTS):
        found = MARKER.match(data, at)
        if found is None or found.end() + 7 > len(data):
            break
        if found["code"][0] in FRAMES:
            height, width = struct.unpack_from(">HH", data, found.end() + 3)
            return width, height
        at = found.end() + struct.unpack_from(">H", data, found.end())[0]
    return None
