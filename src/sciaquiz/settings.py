"""What a student can set: one table of settings, which the file, the screen and the docs all follow."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from errno import EACCES
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sciaquiz.text import cut, tame

if TYPE_CHECKING:
    from collections.abc import Mapping

THEMES = ("sciaquiz-dark", "sciaquiz-light", "terminal")
LARGEST_FILE = 100_000
MOST_NOTICES = 10
LONGEST_KEY = 60
LONGEST_TOLD = 200
BOM = "\ufeff"
MOST_PARTS = 16
PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.){0,200}+"|'[^'\n]{0,200}+')"""
DOTTED = re.compile(rf"(?<![A-Za-z0-9_-])(?:{PART}[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}")
"""A key of more parts than any setting has: reading it takes time that grows with their square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default. Steps are in minutes, retentions are shares, 0 as a limit means none."""

    desired_retention: float = 0.90
    must_not_miss_retention: float = 0.95
    learning_steps: tuple[int, ...] = (1, 10)
    relearning_steps: tuple[int, ...] = (10,)
    maximum_interval: int = 3650
    fuzz: bool = True
    leech_lapses: int = 8
    leech_action: str = "tell"
    new_per_day: int = 10
    reviews_per_day: int = 200
    rollover_hour: int = 4
    days_off: tuple[str, ...] = ()
    ask_certainty: bool = True
    sitting_cards: int = 0
    sitting_minutes: int = 0
    theme: str = "sciaquiz-dark"
    deck_retention: Mapping[str, float] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One setting as a person meets it: its table in the file, its words, and what it may be."""

    name: str
    table: str
    title: str
    hint: str
    least: float = 0
    most: float = 0
    choices: tuple[str, ...] = ()


SPECS = (
    Spec(name="desired_retention", table="memory", title="Desired retention", least=0.70, most=0.99,
         hint="The share you want to remember on the day a card is due."),
    Spec(name="must_not_miss_retention", table="memory", title="Retention for what must not be missed",
         least=0.70, most=0.99, hint="Red-flag questions never ask for less than this."),
    Spec(name="learning_steps", table="memory", title="Learning steps (minutes)", least=1, most=1440,
         hint="The waits of a new card within the day."),
    Spec(name="relearning_steps", table="memory", title="Relearning steps (minutes)", least=1, most=1440,
         hint="The waits after you forgot a card."),
    Spec(name="maximum_interval", table="memory", title="Longest interval (days)", least=1, most=36500,
         hint="No card stays away longer than this."),
    Spec(name="fuzz", table="memory", title="Spread due dates",
         hint="Moves each interval a little, so that cards do not come in lumps."),
    Spec(name="leech_lapses", table="memory", title="Leech after (lapses)", least=2, most=99,
         hint="A card forgotten this often is called a leech, and again every half as many lapses."),
    Spec(name="leech_action", table="memory", title="What to do with a leech", choices=("tell", "suspend"),
         hint="Tell you, or tell you and suspend the card."),
    Spec(name="new_per_day", table="day", title="New cards a day", least=0, most=9999,
         hint="Over all decks."),
    Spec(name="reviews_per_day", table="day", title="Reviews a day", least=0, most=9999,
         hint="Over all decks; what is left waits for tomorrow."),
    Spec(name="rollover_hour", table="day", title="The day ends at (hour)", least=0, most=23,
         hint="Answers before this hour belong to the day before."),
    Spec(name="days_off", table="day", title="Planned days off (dates)",
         hint="The streak survives them. Dates such as 2026-12-24."),
    Spec(name="ask_certainty", table="answering", title="Ask how sure you are",
         hint="With it off, choosing an option answers at once."),
    Spec(name="sitting_cards", table="answering", title="End a sitting after (cards)", least=0, most=9999,
         hint="0 means no limit."),
    Spec(name="sitting_minutes", table="answering", title="End a sitting after (minutes)", least=0, most=1440,
         hint="0 means no limit."),
    Spec(name="theme", table="look", title="Theme", choices=THEMES,
         hint="Dark, light, or your terminal's own colours."),
)  # fmt: skip
TABLES = ("memory", "day", "answering", "look")


class SettingError(ValueError):
    """A value that a setting cannot take. The message says what it can be."""


def parse(spec: Spec, value: object) -> Any:
    """Return a value fit for this setting. Raises SettingError, whose message is for the student."""
    default = getattr(Settings(), spec.name)
    match default:
        case bool():
            if not isinstance(value, bool):
                raise SettingError("must be true or false")
        case int():
            if isinstance(value, bool) or not isinstance(value, int) or not spec.least <= value <= spec.most:
                raise SettingError(f"must be a whole number from {spec.least:g} to {spec.most:g}")
        case float():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise SettingError(f"must be a number from {spec.least:g} to {spec.most:g}")
            if not spec.least <= value <= spec.most:
                raise SettingError(f"must be a number from {spec.least:g} to {spec.most:g}")
            return float(value)
        case str():
            if value not in spec.choices:
                raise SettingError("must be one of: " + ", ".join(spec.choices))
        case tuple():
            return _list(spec, value)
    return value


def _list(spec: Spec, value: object) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise SettingError("must be a list in square brackets")
    if spec.name == "days_off":
        from datetime import date

        try:
            return tuple(sorted(date.fromisoformat(str(day)).isoformat() for day in value))
        except ValueError:
            raise SettingError("must be dates such as 2026-12-24") from None
    if len(value) > 10 or any(
        isinstance(step, bool) or not isinstance(step, int) or not spec.least <= step <= spec.most for step in value
    ):
        raise SettingError(f"must be up to 10 whole minutes from {spec.least:g} to {spec.most:g}")
    return tuple(value)


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Read the file. What cannot be used keeps its default and is told in a notice; nothing here ever raises."""
    try:
        text = _text_of(path)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (tame(f"{path}: cannot be read ({error.strerror}); the defaults are used."),)
    except SettingError as error:
        return Settings(), (tame(f"{path}: {error}; the defaults are used."),)
    return settings_from(text.removeprefix(BOM), str(path))


def _text_of(path: Path) -> str:
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
        document = _document(text)
    except SettingError as error:
        return Settings(), (tame(f"{name}: {error}; the defaults are used."),)
    notices: list[str] = []
    found: dict[str, Any] = {}
    spec_of = {(spec.table, spec.name): spec for spec in SPECS}
    for table, values in document.items():
        if not isinstance(values, dict):
            notices.append(f"“{_short(table)}” stands outside every table; it is ignored.")
        elif table == "keys":
            found["keys"] = {tame(str(action)): tame(str(keys)) for action, keys in values.items()}
        elif table == "decks":
            found["deck_retention"] = _deck_retention(values, notices)
        else:
            for key, value in values.items():
                spec = spec_of.get((table, key))
                if spec is None:
                    notices.append(_unknown(table, key) if len(notices) < MOST_NOTICES else "")
                    continue
                try:
                    found[key] = parse(spec, value)
                except SettingError as error:
                    notices.append(f"{table}.{key} {error}; the default is used.")
    told = [tame(f"{name}: {notice}") for notice in notices[:MOST_NOTICES]]
    if more := len(notices) - len(told):
        told.append(tame(f"{name}: and {more} more."))
    return replace(Settings(), **found), tuple(told)


def _document(text: str) -> dict[str, Any]:
    """Parse TOML text of a size and depth that is read at once. Raises SettingError."""
    import tomllib

    if len(text) > LARGEST_FILE:
        raise SettingError("too large to be a settings file")
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


def _deck_retention(decks: Mapping[str, object], notices: list[str]) -> dict[str, float]:
    retention = next(spec for spec in SPECS if spec.name == "desired_retention")
    wanted = {}
    for deck, values in decks.items():
        if not isinstance(values, dict) or "desired_retention" not in values:
            notices.append(f"decks.{_short(deck)} should hold desired_retention; it is ignored.")
            continue
        try:
            wanted[deck] = parse(retention, values["desired_retention"])
        except SettingError as error:
            notices.append(f"decks.{_short(deck)}.desired_retention {error}; it is ignored.")
    return wanted


def write_setting(path: Path, spec: Spec, value: object) -> Settings:
    """Write one setting into the file, leaving everything else in it as it was. Raises SettingError.

    The new file is durable before it takes the place of the old one; a link is followed to the file it means.
    """
    from sciaquiz.toml_edit import TomlEditError, set_value

    parsed = parse(spec, value)
    literal = json.dumps(list(parsed) if isinstance(parsed, tuple) else parsed)
    target = Path(os.path.realpath(path))
    try:
        text = _text_of(target)
    except FileNotFoundError:
        text = "# sciaquiz settings. Edit freely; what cannot be used is ignored with a notice.\n"
    except OSError as error:
        raise SettingError(tame(f"cannot be saved: {path} cannot be read ({error.strerror})")) from None
    except SettingError as error:
        raise SettingError(tame(f"cannot be saved in {path}: {error}")) from None
    bom, text = (BOM, text.removeprefix(BOM)) if text.startswith(BOM) else ("", text)
    try:
        _document(text)
        edited = set_value(text, spec.table, spec.name, literal)
        _document(edited)
    except (SettingError, TomlEditError) as error:
        raise SettingError(tame(f"cannot be saved: {path}: {error}. Mend it there first.")) from None
    try:
        _replace(target, bom + edited)
    except OSError as error:
        raise SettingError(tame(f"cannot be saved: {path} cannot be written ({error.strerror})")) from None
    return settings_from(edited, str(path))[0]


def _replace(path: Path, text: str) -> None:
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
