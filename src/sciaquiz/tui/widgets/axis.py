"""Words below a picture, each where it belongs, none touching another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def axis(labels: Iterable[tuple[int, str]], width: int, between: int = 2) -> str:
    """Return a row of so many cells with words at their cells, at least `between` blank cells apart.

    What has no room beside those before it is left out: what matters most comes first.
    """
    row = [" "] * width
    for at, words in labels:
        end = at + len(words)
        if at >= 0 and end <= width and not "".join(row[max(0, at - between) : end + between]).strip():
            row[at:end] = words
    return "".join(row).rstrip()
