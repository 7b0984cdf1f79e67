"""What is said about a setting, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.settings import Spec

if TYPE_CHECKING:
    from sciaquiz.settings import Settings, TableSpec

BY_HAND = "Set by hand, in the file."


def about(row: Spec | TableSpec) -> list[str]:
    """Return what a setting does, and its default and what it can be."""
    if isinstance(row, Spec):
        return [row.hint, f"Default: {row.value.words(row.default)}. Can be: {row.value.allowed}."]
    return [row.hint, f"Can be: {row.value.allowed}. {BY_HAND}"]


def value_words(row: Spec | TableSpec, settings: Settings) -> str:
    """Return the value in force, with its unit; of a whole table only how many of it are set."""
    value = getattr(settings, row.name)
    if isinstance(row, Spec):
        words: str = row.value.words(value)
        return words
    return f"{len(value)} set" if value else "none"


def default_words(row: Spec | TableSpec) -> str | None:
    """Return the default with its unit; None for a whole table, which is empty by default."""
    return row.value.words(row.default) if isinstance(row, Spec) else None
