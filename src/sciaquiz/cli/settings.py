"""`sciaquiz settings`: what can be set, what it means, and setting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.console import say, warn
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from sciaquiz.settings import Settings, Spec, TableSpec

DEFAULT = "default"


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="one setting, such as new_per_day; else all of them")
    parser.add_argument("value", nargs="*", metavar="VALUE", help="what to set it to, as it is shown; or: default")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the settings, tell one, or set it."""
    from sciaquiz.paths import user_paths
    from sciaquiz.settings.file import read_settings, write_setting
    from sciaquiz.view.settings import about, value_words

    path = user_paths().settings
    settings, notices = read_settings(path)
    for notice in notices:
        warn(f"sciaquiz: {notice}")
    if options.name is None:
        _list(settings, path)
        return 0
    row = row_named(options.name)
    if options.value:
        settings = write_setting(path, *_wanted(row, " ".join(options.value)))
    say(f"{row.title}: {value_words(row, settings)}")
    for words in (*about(row), f"In the file: {row.place}"):
        say(words)
    return 0


def _list(settings: Settings, path: Path) -> None:
    from sciaquiz.settings import ROWS
    from sciaquiz.view.settings import value_words

    width = max(len(row.place) for row in ROWS)
    for row in ROWS:
        say(f"{row.place:<{width}}  {value_words(row, settings)}")
    say(f"They are in {path_words(path)}. sciaquiz settings NAME says what one means, NAME VALUE sets it.")


def row_named(name: str) -> Spec | TableSpec:
    """Return the setting with a name, with its table or without it. Raises SciaquizError, which names the nearest."""
    from difflib import get_close_matches

    from sciaquiz.settings import ROWS

    known = {row.name: row for row in ROWS} | {row.place: row for row in ROWS}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 1)
    hint = f"Did you mean {near[0]}?" if near else "sciaquiz settings lists all."
    raise SciaquizError(f"There is no setting “{name}”. {hint}")


def _wanted(row: Spec | TableSpec, typed: str) -> tuple[Spec, object]:
    """Return the setting with the value that was typed. Raises SciaquizError."""
    from sciaquiz.settings import Spec
    from sciaquiz.settings.values import PerDeck, SettingError
    from sciaquiz.view.settings import BY_HAND

    if isinstance(row.value, PerDeck):
        raise SciaquizError(f"{row.place} is set of one deck: sciaquiz retention DECK 92%")
    if not isinstance(row, Spec):
        raise SciaquizError(f"{row.place}: {BY_HAND}")
    if typed.strip().lower() == DEFAULT:
        return row, row.default
    try:
        return row, row.value.typed(typed)
    except SettingError as error:
        raise SciaquizError(f"{row.title} {error}.") from None
