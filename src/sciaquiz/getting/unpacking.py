"""Taking files out of an archive: only sound names, no links, and never more than a deck can need."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sciaquiz.deck.limits import LARGEST_FILE
from sciaquiz.deck.picture import LARGEST_PICTURE
from sciaquiz.errors import SciaquizError
from sciaquiz.text import shortened, tame

if TYPE_CHECKING:
    from typing import IO

MOST_FILES = 5_000
LARGEST_ARCHIVE = 200_000_000
"""Bytes, packed or unpacked, of all files together."""
LARGEST_MEMBER = max(LARGEST_FILE, LARGEST_PICTURE)
LONGEST_NAME = 200
PIECE = 1 << 20
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENDINGS = frozenset({".toml", ".png", ".jpg", ".jpeg"})
"""What a deck is made of; a licence and a README come along."""
BESIDE = ("license", "licence", "copying", "readme", "notice")


class UnsafeError(SciaquizError):
    """What was to be taken in is not what a deck can be. The message says which part of it, and why."""


def unpack(archive: Path | IO[bytes], target: Path) -> tuple[str, ...]:
    """Take the files of decks out of a ZIP archive into an empty folder, and return the links that were left out.

    Raises UnsafeError for a name that leads out of the folder, a pipe or device, and for more than the limits: nothing
    that was written before is to be used then. Sizes are counted as they come, whatever the archive says of them.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            return _unpack(opened, target)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeError) as error:
        reason = "it is encrypted" if "password" in str(error) else "it is damaged, or no ZIP archive"
        raise UnsafeError(f"the archive cannot be read: {reason}.") from None


def _unpack(opened: zipfile.ZipFile, target: Path) -> tuple[str, ...]:
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise UnsafeError(f"the archive holds more than {MOST_FILES} files.")
    taken: set[str] = set()
    links: list[str] = []
    left = LARGEST_ARCHIVE
    for entry in entries:
        parts = sound_parts(entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not is_wanted(PurePosixPath(*parts)):
            continue
        if kind == stat.S_IFLNK:
            links.append(entry.filename)
            continue
        if kind not in (0, stat.S_IFREG):
            raise UnsafeError(f"“{_told(entry.filename)}” in the archive is no plain file.")
        if entry.compress_type not in USUAL:
            raise UnsafeError(f"“{_told(entry.filename)}” in the archive is packed in an unusual way; pack it anew.")
        folded = "/".join(parts).casefold()
        if folded in taken:
            raise UnsafeError(f"“{_told(entry.filename)}” stands in the archive twice.")
        taken.add(folded)
        path = target.joinpath(*parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            left -= _copy(opened, entry, path, left)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            raise UnsafeError(f"“{_told(entry.filename)}” in the archive is a file and a folder at once.") from None
    return tuple(links)


def _copy(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Write one file, and return how large it is."""
    size = 0
    with opened.open(entry) as source, path.open("xb") as file:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > min(LARGEST_MEMBER, left):
                is_one = size > LARGEST_MEMBER
                which = f"“{_told(entry.filename)}” in the archive" if is_one else "the archive"
                most = LARGEST_MEMBER if is_one else LARGEST_ARCHIVE
                raise UnsafeError(f"{which} is larger than {most // 1_000_000} MB.")
            file.write(piece)
    return size


def sound_parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name in an archive, in NFC. Raises UnsafeError where it would lead elsewhere."""
    parts = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).parts
    is_sound = parts and not name.startswith(("/", "\\")) and len(name) <= LONGEST_NAME
    for part in parts:
        has_wild_signs = any(ord(sign) < 32 or sign in ':*?"<>|' for sign in part)
        is_sound = is_sound and part not in ("..", ".") and not has_wild_signs and part == tame(part)
    if not is_sound:
        raise UnsafeError(
            f"“{_told(name)}” in the archive is no sound name: it leads elsewhere, or no system takes it."
        )
    return parts


def is_wanted(name: PurePosixPath) -> bool:
    """Say whether a deck may need a file: hidden ones, programs and whatever else are left where they are."""
    if any(part.startswith(".") for part in name.parts):
        return False
    return name.suffix.lower() in ENDINGS or name.name.lower().startswith(BESIDE)


def _told(name: str) -> str:
    return shortened(tame(name).replace("\n", " "), 60)
