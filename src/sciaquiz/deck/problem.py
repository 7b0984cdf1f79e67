"""What is wrong with a deck, said so that its author can mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.text import path_words

if TYPE_CHECKING:
    from pathlib import Path


class Severity(StrEnum):
    """An error disables the question (or the deck); a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True, kw_only=True, order=True):
    """One thing that is wrong, with its place: `line` and `column` count from 1.

    `code` is short and stable (`unknown-key`, `duplicate-id`, ...); `question_id` is empty where no question is at
    fault.
    """

    path: Path
    line: int
    column: int
    message: str
    code: str
    severity: Severity = Severity.ERROR
    question_id: str = ""

    def __str__(self) -> str:
        return f"{path_words(self.path)}:{self.line}:{self.column}: {self.message}"
