"""Opening what a command works with, and closing it when the command is over."""

from __future__ import annotations

import dataclasses
import os
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.cli.console import warn
from sciaquiz.errors import SciaquizError
from sciaquiz.text import cut, path_words, tame

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from sciaquiz.clock import Clock
    from sciaquiz.paths import Paths
    from sciaquiz.settings import Settings
    from sciaquiz.workspace import Workspace

LONGEST_TOLD = 60


@contextmanager
def open_workspace(places: Sequence[Path] = (), *, only_tries: bool = False) -> Generator[Workspace]:
    """Open the student's workspace, on these deck files or folders if any are named.

    One that `only_tries` asks everything and keeps what is answered in a place of its own that is removed at the end.
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
    with ExitStack() as stack:
        if only_tries:
            aside = stack.enter_context(_aside())
            paths, settings = replace(aside, config=paths.config), _without_limits(settings)
        clock = _clock(settings.rollover_hour)
        workspace = Workspace(paths=paths, settings=settings, clock=clock, places=tuple(places), only_tries=only_tries)
        stack.callback(workspace.close)
        yield workspace


def _without_limits(settings: Settings) -> Settings:
    """Return settings by which no day and no sitting has a limit."""
    return dataclasses.replace(
        settings,
        new_per_day=9999, reviews_per_day=9999, minutes_per_day=0, catch_up_per_day=0, easy_days=(), breaks=(),
        sitting_cards=0, sitting_minutes=0,
    )  # fmt: skip


@contextmanager
def _aside() -> Generator[Paths]:
    """Make places for a moment, apart from the student's."""
    from tempfile import TemporaryDirectory

    from sciaquiz.paths import paths_below

    with TemporaryDirectory(prefix="sciaquiz-", ignore_cleanup_errors=True) as folder:
        yield paths_below(Path(folder))


def _clock(rollover_hour: int) -> Clock:
    """Build the one clock: the machine's, or the instant in SCIAQUIZ_NOW. Raises SciaquizError."""
    from sciaquiz.clock import FixedClock, SystemClock, can_be_kept

    fixed = os.environ.get("SCIAQUIZ_NOW", "")
    said = tame(cut(fixed, LONGEST_TOLD))
    try:
        local = datetime.fromisoformat(fixed) if fixed else datetime.now(UTC)
    except ValueError:
        raise SciaquizError(f"SCIAQUIZ_NOW is not an ISO instant such as 2026-11-22T09:00:00+01:00: {said}") from None
    try:
        local = local if local.tzinfo else local.astimezone()
        is_kept = can_be_kept(local)
    except (ValueError, OverflowError):  # it lies beyond the first or the last year that there is
        is_kept = False
    if not is_kept:
        name = f"SCIAQUIZ_NOW is {said}" if fixed else f"the clock of this machine says {local.isoformat()}"
        raise SciaquizError(f"{name}: answers can be kept from 1970 to 4999. Set it right.")
    return FixedClock(local, rollover_hour) if fixed else SystemClock(rollover_hour)
