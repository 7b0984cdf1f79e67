"""What a student can set: one table of settings, which the file, the screen and the docs all follow."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

THEMES = ("sciaquiz-dark", "sciaquiz-light", "terminal")


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
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), (f"{path}: cannot be read ({error}); the defaults are used.",)
    return settings_from(text, str(path))


def settings_from(text: str, name: str) -> tuple[Settings, tuple[str, ...]]:
    """Read settings from TOML text; `name` is what notices call it."""
    import tomllib
    from difflib import get_close_matches

    if len(text) > 100_000:
        return Settings(), (f"{name}: too large to be a settings file; the defaults are used.",)
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Settings(), (f"{name}: {error}; the defaults are used.",)
    notices: list[str] = []
    found: dict[str, Any] = {}
    spec_of = {(spec.table, spec.name): spec for spec in SPECS}
    for table, values in document.items():
        if not isinstance(values, dict):
            notices.append(f"{name}: “{table}” stands outside every table; it is ignored.")
        elif table == "keys":
            found["keys"] = {str(action): str(keys) for action, keys in values.items()}
        elif table == "decks":
            found["deck_retention"] = _deck_retention(values, name, notices)
        else:
            for key, value in values.items():
                spec = spec_of.get((table, key))
                if spec is None:
                    near = get_close_matches(key, [known for _, known in spec_of], 1)
                    hint = f"; did you mean “{near[0]}”?" if near else ""
                    notices.append(f"{name}: unknown setting “{table}.{key}”{hint}")
                    continue
                try:
                    found[key] = parse(spec, value)
                except SettingError as error:
                    notices.append(f"{name}: {table}.{key} {error}; the default is used.")
    return replace(Settings(), **found), tuple(notices)


def _deck_retention(decks: Mapping[str, object], name: str, notices: list[str]) -> dict[str, float]:
    retention = next(spec for spec in SPECS if spec.name == "desired_retention")
    wanted = {}
    for deck, values in decks.items():
        if not isinstance(values, dict) or "desired_retention" not in values:
            notices.append(f"{name}: decks.{deck} should hold desired_retention; it is ignored.")
            continue
        try:
            wanted[deck] = parse(retention, values["desired_retention"])
        except SettingError as error:
            notices.append(f"{name}: decks.{deck}.desired_retention {error}; it is ignored.")
    return wanted


def write_setting(path: Path, spec: Spec, value: object) -> Settings:
    """Write one setting into the file, leaving everything else in it as it was. Raises SettingError and OSError."""
    import tomlkit
    from tomlkit.items import Table

    parsed = parse(spec, value)
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        document = tomlkit.document()
        document.add(tomlkit.comment("sciaquiz settings. Edit freely; what cannot be used is ignored with a notice."))
    except ValueError as error:  # tomlkit's ParseError, or bytes that are no text
        raise SettingError(f"cannot be saved: {path} is not valid TOML ({error})") from None
    table = document.get(spec.table)
    if not isinstance(table, Table):
        table = tomlkit.table()
        document[spec.table] = table
    table[spec.name] = list(parsed) if isinstance(parsed, tuple) else parsed
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".toml.part")
    partial.write_text(tomlkit.dumps(document), encoding="utf-8")
    partial.replace(path)
    return settings_from(tomlkit.dumps(document), str(path))[0]
