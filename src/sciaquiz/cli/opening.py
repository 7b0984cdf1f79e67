"""Opening what a command works with, and closing it when the command is over."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from sciaquiz.cli.console import warn
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from sciaquiz.clock import Clock
    from sciaquiz.workspace import Workspace


@contextmanager
def open_workspace(places: Sequence[Path] = ()) -> Generator[Workspace]:
    """Open the student's workspace, on these deck files or folders if any are named.

    Raises SciaquizError where a place does not exist; what is wrong with the settings is a warning.
    """
    from sciaquiz.deck.finding import is_there
    from sciaquiz.paths import user_paths
    from sciaquiz.settings.file import read_settings
    from sciaquiz.workspace import Workspace

    for place in places:
        if not is_there(place):
            raise SciaquizError(f"{path_words(place)}: there is no such file or folder.")
    paths = user_paths()
    settings, notices = read_settings(paths.settings)
    for notice in notices:
        warn(f"sciaquiz: {notice}")
    workspace = Workspace(paths=paths, settings=settings, clock=_clock(settings.rollover_hour), places=tuple(places))
    try:
        yield workspace
    finally:
        workspace.close()


def _clock(rollover_hour: int) -> Clock:
    """Build the one clock: the machine's, or the instant in SCIAQUIZ_NOW."""
    from sciaquiz.clock import FixedClock, SystemClock

    fixed = os.environ.get("SCIAQUIZ_NOW")
    if not fixed:
        return SystemClock(rollover_hour)
    try:
        local = datetime.fromisoformat(fixed)
    except ValueError:
        raise SciaquizError(f"SCIAQUIZ_NOW is not an ISO instant such as 2026-11-22T09:00:00+01:00: {fixed}") from None
    return FixedClock(local if local.tzinfo else local.astimezone(), rollover_hour)
