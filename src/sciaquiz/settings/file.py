"""The file of settings: read forgivingly, and one value of it written without touching anything else."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from errno import EACCES
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sciaquiz.settings import DECK_RETENTION, DECKS, RETENTION, SPECS, TABLES, Settings
from sciaquiz.settings.values import LONGEST_KEY, SettingError
from sciaquiz.text import cut, tame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sciaquiz.settings import Spec

LARGEST_FILE = 100_000
MOST_NOTICES = 10
LONGEST_TOLD = 200
BOM = "\ufeff"
MOST_PARTS = 16
PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.){0,200}+"|'[^'\n]{0,200}+')"""
DOTTED = re.compile(rf"(?<![A-Za-z0-9_-])(?:{PART}[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}")
"""A key of more parts than any setting has: reading it takes time that grows with their square."""


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Read the file. What cannot be used keeps its default and is told in a notice; nothing here ever raises."""
    try:
        text = text_of_file(path)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (tame(f"{path}: cannot be read ({error.strerror}); the defaults are used."),)
    except SettingError as error:
        return Settings(), (tame(f"{path}: {error}; the defaults are used."),)
    return settings_from(text.removeprefix(BOM), str(path))


def text_of_file(path: Path) -> str:
    """Return the whole text, as it is. Raises OSError and SettingError."""
    if path.exists() and not path.is_file():
        raise SettingError("this is not a file")
    with path.open("rb") as file:
        found = file.read(LARGEST_FILE + 1)
    if len(found) > LARGEST_FILE:
        raise SettingError("too large to be a settings file")
    try:
        return found.decode()
    except UnicodeDecodeError:
        raise SettingError("this is not UTF-8 text") from None


def settings_from(text: str, name: str) -> tuple[Settings, tuple[str, ...]]:
    """Read settings from TOML text; `name` is what notices call it."""
    try:
        document = document_of(text)
    except SettingError as error:
        return Settings(), (tame(f"{name}: {error}; the defaults are used."),)
    notices: list[str] = []
    found: dict[str, Any] = {}
    spec_of = {(spec.table, spec.name): spec for spec in SPECS}
    table_of = {spec.table: spec for spec in TABLES}
    for table, values in document.items():
        if not isinstance(values, dict):
            notices.append(f"“{_short(table)}” stands outside every table; it is ignored.")
        elif whole := table_of.get(table):
            found[whole.name], wrong = whole.value.sift(values)
            notices += (f"{table}.{complaint}; it is ignored." for complaint in wrong)
        else:
            for key, value in values.items():
                spec = spec_of.get((table, key))
                if spec is None:
                    notices.append(_unknown(table, key) if len(notices) < MOST_NOTICES else "")
                    continue
                try:
                    found[key] = spec.value.parse(value)
                except SettingError as error:
                    notices.append(f"{table}.{key} {error}; the default is used.")
    told = [tame(f"{name}: {notice}") for notice in notices[:MOST_NOTICES]]
    if more := len(notices) - len(told):
        told.append(tame(f"{name}: and {more} more."))
    return replace(Settings(), **found), tuple(told)


def document_of(text: str) -> dict[str, Any]:
    """Parse TOML text of a size and depth that is read at once. Raises SettingError."""
    import tomllib

    if len(text) > LARGEST_FILE:
        raise SettingError("too large to be a settings file")
    if "\0" in text:
        number = text.count("\n", 0, text.index("\0")) + 1
        raise SettingError(f"it holds NUL bytes from line {number} on, as a file does that was not written to its end")
    if deep := DOTTED.search(text):
        raise SettingError(f"a key in line {text.count(chr(10), 0, deep.start()) + 1} has too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise SettingError("nested too deeply") from None
    except ValueError as error:
        raise SettingError(f"not valid TOML ({str(error)[:LONGEST_TOLD]})") from None


def _unknown(table: str, key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(_short(key), [spec.name for spec in SPECS], 1)
    hint = f"; did you mean “{near[0]}”?" if near else ""
    return f"unknown setting “{_short(table)}.{_short(key)}”{hint}"


def _short(key: str) -> str:
    return cut(key, LONGEST_KEY)


def write_setting(path: Path, spec: Spec, value: object) -> Settings:
    """Write one setting into the file, leaving everything else in it as it was. Raises SettingError."""
    from sciaquiz.toml_edit import set_value

    literal = literal_of(spec.value.parse(value))
    return _write(path, lambda text: set_value(text, (spec.table,), spec.name, literal))


def write_deck_retention(path: Path, wanted: Mapping[str, float | None]) -> Settings:
    """Write for some decks, by their ids, the retention that is wanted of each, None for none of its own.

    Everything else in the file is left as it was; comments too. Raises SettingError.
    """
    from sciaquiz.toml_edit import set_value, without_value

    name = DECK_RETENTION.name
    values = {deck: None if share is None else RETENTION.parse(share) for deck, share in wanted.items()}

    def edit(text: str) -> str:
        for deck, share in values.items():
            if share is None:
                text = without_value(text, (DECKS, deck), name)
            else:
                text = set_value(text, (DECKS, deck), name, literal_of(share))
        return text

    return _write(path, edit)


def _write(path: Path, edit: Callable[[str], str]) -> Settings:
    """Write the file anew with what `edit` makes of it. Raises SettingError.

    The new file is durable before it takes the place of the old one; a link is followed to the file it means.
    """
    from sciaquiz.toml_edit import TomlEditError

    target = Path(os.path.realpath(path))
    try:
        text = text_of_file(target)
    except FileNotFoundError:
        text = "# sciaquiz settings. Edit freely; what cannot be used is ignored with a notice.\n"
    except OSError as error:
        raise SettingError(tame(f"cannot be saved: {path} cannot be read ({error.strerror})")) from None
    except SettingError as error:
        raise SettingError(tame(f"cannot be saved in {path}: {error}. Move it away first.")) from None
    bom, text = (BOM, text.removeprefix(BOM)) if text.startswith(BOM) else ("", text)
    try:
        document_of(text)
        edited = edit(text)
        document_of(edited)
    except (SettingError, TomlEditError) as error:
        raise SettingError(tame(f"cannot be saved: {path}: {error}. Mend it there first.")) from None
    try:
        replace_file(target, bom + edited)
    except OSError as error:
        raise SettingError(tame(f"cannot be saved: {path} cannot be written ({error.strerror})")) from None
    return settings_from(edited, str(path))[0]


def literal_of(value: object) -> str:
    """Return a value as it is written in the file."""
    return json.dumps(value)


def replace_file(path: Path, text: str) -> None:
    """Put a file in the place of another, or of none, once it is durable. Raises OSError; the old one is left then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(EACCES, "it is read-only")
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, partial)
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
