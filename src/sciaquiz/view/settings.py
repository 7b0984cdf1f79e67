"""What is said about a setting, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sciaquiz.settings import Spec


def about(spec: Spec) -> list[str]:
    """Return what a setting does, and its default and what it can be."""
    return [spec.hint, f"Default: {spec.value.words(spec.default)}. Can be: {spec.value.allowed}."]
