"""A disk that loses power: what was asked of it is recorded, and played back up to a moment at which all goes dark.

The disk is honest: what a sync had confirmed is there. Everything later is at its mercy. Each write since the last sync
of its file is there, is not, or is there in part, a sector of 512 bytes at a time; a file that had grown may hold
anything where a write is missing. Each name that was made, renamed or removed since the last sync of the folder is a
coin toss of its own.
"""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from random import Random

SECTOR = 512
TRACED = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename,link,close"


@dataclass(frozen=True)
class Call:
    """One thing asked of the disk, or one thing said (`kind` "said") once it was done.

    `name` is relative to the folder; the folder itself is ".". `to` is the new name of a rename, or the second one of a
    link. `at` is an offset of a write or the size of a truncation, `data` what is written or said.
    """

    kind: str
    name: str = ""
    to: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class _File:
    """Its content as synced, and what was written since."""

    synced: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        for call in self.pending:
            _apply(self.synced, call)
        self.pending.clear()

    def as_asked(self) -> bytes:
        """Return its content with every write in it."""
        content = bytearray(self.synced)
        for call in self.pending:
            _apply(content, call)
        return bytes(content)

    def after_the_cut(self, random: Random) -> bytes:
        """Return its content once the power is back."""
        content = bytearray(self.synced)
        leftovers = random.random() < 0.5
        for call in self.pending:
            fate = random.choice(("kept", "lost", "torn"))
            if call.kind == "truncate" or fate == "kept":
                if call.kind != "truncate" or fate == "kept":
                    _apply(content, call)
            elif fate == "torn" or random.random() < 0.5:  # it may have grown before its data came
                _grow(content, call.at + len(call.data), random if leftovers else None)
                for start in range(0, len(call.data), SECTOR):
                    if fate == "torn" and random.random() < 0.5:
                        part = call.data[start : start + SECTOR]
                        content[call.at + start : call.at + start + len(part)] = part
        return bytes(content)


def _apply(content: bytearray, call: Call) -> None:
    if call.kind == "truncate":
        del content[call.at :]
        _grow(content, call.at)
    else:
        _grow(content, call.at)
        content[call.at : call.at + len(call.data)] = call.data


def _grow(content: bytearray, size: int, random: Random | None = None) -> None:
    missing = size - len(content)
    if missing > 0:
        content += bytes(missing) if random is None else random.randbytes(missing)


class Disk:
    """Takes calls one after another; `cut` says what would be found if the power failed now."""

    def __init__(self) -> None:
        self._names: dict[str, _File] = {}
        self._synced_names: dict[str, _File] = {}
        self._pending: list[tuple[str, str, _File]] = []  # made or removed, the name, the file

    def take(self, call: Call) -> None:
        """Do what a call asks."""
        match call.kind:
            case "make" if call.name not in self._names:
                self._name(call.name, _File())
            case "write" | "truncate":
                self._names[call.name].pending.append(call)
            case "sync" if call.name in self._names:
                self._names[call.name].sync()
            case "sync folder":
                for kind, name, file in self._pending:
                    if _folder(name) == call.name:
                        _rename(self._synced_names, kind, name, file)
                self._pending = [pending for pending in self._pending if _folder(pending[1]) != call.name]
            case "unlink":
                self._pending.append(("removed", call.name, self._names.pop(call.name)))
            case "link":
                self._name(call.to, self._names[call.name])
            case "rename":
                file = self._names.pop(call.name)
                self._pending.append(("removed", call.name, file))
                self._name(call.to, file)
            case _:
                pass

    def _name(self, name: str, file: _File) -> None:
        self._names[name] = file
        self._pending.append(("made", name, file))

    def cut(self, random: Random) -> dict[str, bytes]:
        """Return the files that are found once the power is back, by name."""
        names = dict(self._synced_names)
        in_order = random.random() < 0.5  # as a file system with a journal keeps them
        until = random.randint(0, len(self._pending))
        for place, (kind, name, file) in enumerate(self._pending):
            if place < until if in_order else random.random() < 0.5:
                _rename(names, kind, name, file)
        return {name: file.after_the_cut(random) for name, file in names.items()}

    def as_asked(self) -> dict[str, bytes]:
        """Return the files as whoever asked sees them, by name."""
        return {name: file.as_asked() for name, file in self._names.items()}


def _folder(name: str) -> str:
    return name.rpartition("/")[0] or "."


def _rename(names: dict[str, _File], kind: str, name: str, file: _File) -> None:
    if kind == "made":
        names[name] = file
    elif names.get(name) is file:
        del names[name]


def cut_at(calls: Sequence[Call], place: int, random: Random, folder: Path) -> list[str]:
    """Write into `folder` what is found after a cut before the call at `place`; returns what was said by then."""
    disk, said = _played(calls[:place])
    _write(disk.cut(random), folder)
    return said


def killed_at(calls: Sequence[Call], place: int, folder: Path) -> list[str]:
    """Write into `folder` what is found if the process is killed there while the power stays; returns what was said."""
    disk, said = _played(calls[:place])
    _write(disk.as_asked(), folder)
    return said


def _played(calls: Sequence[Call]) -> tuple[Disk, list[str]]:
    disk = Disk()
    for call in calls:
        disk.take(call)
    return disk, [call.data.decode() for call in calls if call.kind == "said"]


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


# Recording

LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def read_trace(lines: Iterable[str], folder: Path, saying: int) -> list[Call]:
    """Return what a trace by `strace -xx` of one thread asks of a folder; writes to descriptor `saying` are said."""
    names: dict[int, str] = {}
    offsets: dict[int, int] = {}
    calls: list[Call] = []

    def within(path: str) -> str | None:
        if path == str(folder):
            return "."
        return path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else None

    for line in lines:
        matched = LINE.match(line)
        if matched is None or matched[3].startswith("-"):
            continue
        call, arguments, result = matched[1], matched[2], int(matched[3])
        strings = [bytes.fromhex(text.replace("\\x", "")) for text in STRING.findall(arguments)]
        number = int(arguments.split(",")[0]) if arguments[:1].isdigit() else -1
        match call:
            case "openat":
                name = within(strings[0].decode())
                if name is not None:
                    names[result], offsets[result] = name, 0
                    if "O_CREAT" in arguments:
                        calls.append(Call("make", name))
                    if "O_TRUNC" in arguments:
                        calls.append(Call("truncate", name))
            case "close":
                names.pop(number, None)
            case "pwrite64" if number in names:
                calls.append(Call("write", names[number], at=int(arguments.rsplit(",", 1)[1]), data=strings[0]))
            case "write" if number in names:
                calls.append(Call("write", names[number], at=offsets[number], data=strings[0]))
                offsets[number] += result
            case "write" if number == saying:
                calls.append(Call("said", data=strings[0].strip()))
            case "fsync" | "fdatasync" if number in names:
                is_folder = names[number] == "." or (folder / names[number]).is_dir()
                calls.append(Call("sync folder" if is_folder else "sync", names[number]))
            case "ftruncate" if number in names:
                calls.append(Call("truncate", names[number], at=int(arguments.rsplit(",", 1)[1])))
            case "unlink" if (name := within(strings[0].decode())) is not None:
                calls.append(Call("unlink", name))
            case "rename" | "link" if (name := within(strings[0].decode())) is not None:
                calls.append(Call(call, name, to=within(strings[1].decode()) or ""))
            case _:
                pass
    return calls


def save(calls: Iterable[Call], path: Path) -> None:
    """Write a recording to a file."""
    lines = [[call.kind, call.name, call.to, call.at, b64encode(call.data).decode()] for call in calls]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode(), mtime=0))


def load(path: Path) -> list[Call]:
    """Read a recording from a file."""
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    return [
        Call(kind, name, to, at, b64decode(data)) for kind, name, to, at, data in (json.loads(line) for line in lines)
    ]
