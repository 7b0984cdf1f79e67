"""Sittings that the student has saved under a name, and the one held last: a file of lines beside the settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.errors import SciaquizError
from sciaquiz.settings.file import document_of, replace_file, text_of_file
from sciaquiz.settings.values import SettingError
from sciaquiz.text import tame

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LONGEST_NAME = 40
MOST = 100
HEAD = "# Sittings that sciaquiz asks when you name them. Each is a line as you would type it at “/”.\n"


class ChoicesError(SciaquizError):
    """The file cannot be read or written, or a name cannot be used. The message is for the student."""


class SavedChoices(Struct, frozen=True):
    """Lines by name, and the line of the sitting held last, empty if there was none."""

    by_name: Mapping[str, str] = field(default_factory=dict)
    last: str = ""


def read_choices(path: Path) -> SavedChoices:
    """Read the file; nothing is saved where there is none. Raises ChoicesError."""
    try:
        document = document_of(text_of_file(path))
    except FileNotFoundError:
        return SavedChoices()
    except OSError as error:
        raise ChoicesError(tame(f"{path}: cannot be read ({error.strerror}).")) from None
    except SettingError as error:
        raise ChoicesError(tame(f"{path}: {error}. Mend it there, or remove it.")) from None
    saved, last = document.get("saved", {}), document.get("last", "")
    lines = saved.items() if isinstance(saved, dict) else ()
    return SavedChoices(
        {tame(name): tame(line) for name, line in lines if isinstance(line, str)},
        tame(last) if isinstance(last, str) else "",
    )


def save_choice(path: Path, name: str, line: str) -> SavedChoices:
    """Keep a line under a name, in place of one that had it. Raises ChoicesError."""
    known, wanted = read_choices(path), " ".join(tame(name).split())
    if not wanted or len(wanted) > LONGEST_NAME:
        raise ChoicesError(f"A name has 1 to {LONGEST_NAME} characters.")
    if len(known.by_name) >= MOST and wanted not in known.by_name:
        raise ChoicesError(f"{MOST} sittings are saved already. Remove one first.")
    return _write(path, replace(known, by_name={**known.by_name, wanted: line}))


def remove_choice(path: Path, name: str) -> SavedChoices:
    """Keep the line of a name no longer. Raises ChoicesError."""
    known = read_choices(path)
    if name not in known.by_name:
        raise ChoicesError(no_such_choice(name, known))
    return _write(path, replace(known, by_name={each: line for each, line in known.by_name.items() if each != name}))


def remember_choice(path: Path, line: str) -> SavedChoices:
    """Keep the line of the sitting that is held now. Raises ChoicesError."""
    known = read_choices(path)
    return known if known.last == line else _write(path, replace(known, last=line))


def no_such_choice(name: str, known: SavedChoices) -> str:
    """Say that nothing is saved under a name, and what may be meant."""
    from difflib import get_close_matches

    near = get_close_matches(name, known.by_name, 1)
    others = f" Saved: {', '.join(known.by_name)}." if known.by_name else " Nothing is saved yet."
    return f"No sitting is saved as “{tame(name)}”." + (f" Did you mean “{near[0]}”?" if near else others)


def _write(path: Path, choices: SavedChoices) -> SavedChoices:
    lines = [HEAD, f"last = {_quoted(choices.last)}\n", "[saved]\n"]
    lines += [f"{_quoted(name)} = {_quoted(line)}\n" for name, line in choices.by_name.items()]
    try:
        replace_file(path, "".join(lines))
    except OSError as error:
        raise ChoicesError(tame(f"{path}: cannot be written ({error.strerror}).")) from None
    return choices


def _quoted(text: str) -> str:
    """Return a basic string of TOML, which is one of JSON too: what was tamed has no control characters."""
    return json.dumps(text, ensure_ascii=False)
