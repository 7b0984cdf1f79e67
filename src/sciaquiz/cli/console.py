"""What the commands read and write: the standard streams, with foreign text tamed, and the exit statuses."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

from sciaquiz.text import json_text, tame

if TYPE_CHECKING:
    from typing import TextIO

EXIT_TROUBLE = 1
EXIT_USAGE = 2


def say(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(tame(text) + "\n")


def say_json(value: object) -> None:
    """Write a value to standard output as JSON."""
    sys.stdout.write(json_text(value) + "\n")


def warn(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(tame(text) + "\n")


def standard_input() -> TextIO:
    """Return standard input; nothing can be read where it was closed."""
    return sys.stdin or StringIO()
