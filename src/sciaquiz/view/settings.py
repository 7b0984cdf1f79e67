"""What is said about a setting, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.settings import Spec
from sciaquiz.settings.values import PerDeck, SettingError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sciaquiz.settings import Settings, TableSpec

BY_HAND = "Set by hand, in the file."


def about(row: Spec | TableSpec) -> list[str]:
    """Return what a setting does, and its default and what it can be."""
    if isinstance(row, Spec):
        return [row.hint, f"Default: {row.value.words(row.default)}. Can be: {row.value.allowed}."]
    how = "In the app: nerve-roots=92, red-flags=95." if isinstance(row.value, PerDeck) else BY_HAND
    return [row.hint, f"Can be: {row.value.allowed}. {how}"]


def value_words(row: Spec | TableSpec, settings: Settings) -> str:
    """Return the value in force, with its unit; of a whole table only how many of it are set,
    unless it holds a value for each deck."""
    value = getattr(settings, row.name)
    if isinstance(row, Spec):
        words: str = row.value.words(value)
        return words
    if isinstance(row.value, PerDeck):
        return row.value.words(value)
    return f"{len(value)} set" if value else "none"


def default_words(row: Spec | TableSpec) -> str | None:
    """Return the default with its unit; None for a whole table, which is empty by default."""
    return row.value.words(row.default) if isinstance(row, Spec) else None


def known_decks(wanted: Mapping[str, float], known: Collection[str]) -> Mapping[str, float]:
    """Return what is wanted of some decks, if there are such. Raises SettingError, which names the nearest."""
    from difflib import get_close_matches

    for deck in wanted:
        if deck not in known:
            near = get_close_matches(deck, known, 1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known))}"
            raise SettingError(f"There is no deck “{deck}”. {hint}")
    return wanted
