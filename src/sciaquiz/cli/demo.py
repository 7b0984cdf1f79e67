"""`sciaquiz demo`: a throw-away home with an invented student's year in it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import whole_number
from sciaquiz.cli.console import EXIT_USAGE, say, standard_input
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words
from sciaquiz.words import count

if TYPE_CHECKING:
    import argparse

    from sciaquiz.demo.year import Lived
    from sciaquiz.workspace import Workspace

YEAR = 365
NEW_PER_DAY = 4
"""So that some cards are still new after a year."""
SETTINGS = """\
# The settings of an invented student, made by: sciaquiz demo
[day]
new_per_day = {new}
days_off = [{off}]
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("--home", type=Path, metavar="DIR", help="where: a new or empty folder; else a temporary one")
    parser.add_argument("--days", type=whole_number, default=YEAR, metavar="N", help="how long ago it began")
    parser.add_argument("--seed", type=whole_number, default=1, metavar="N", help="another number, another student")
    parser.add_argument("--study", action="store_true", help="open the app there at once")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the home, say where it is, and open it if that was asked for."""
    if options.study and not (standard_input().isatty() and sys.stdout.isatty()):
        sys.stderr.write("sciaquiz: --study needs a terminal. Without it, the home is made all the same.\n")
        return EXIT_USAGE
    with open_workspace() as own:
        root = _new_home(options.home, own)
        try:
            lived = _live(root, own, options.days, options.seed)
        except OSError as error:
            _empty(root)
            raise SciaquizError(f"{path_words(root)}: cannot be written ({error.strerror}).") from None
        except BaseException:
            _empty(root)
            raise
    where = path_words(root)
    days = f"from {lived.first} to {lived.last}" if lived.first else f"in {count(options.days, 'day')}"
    say(f"{where} holds an invented student: {count(lived.answers, 'answer')} to {count(lived.cards, 'card')} {days}.")
    say(f"Open it:   SCIAQUIZ_HOME={quote(str(root))} sciaquiz")
    say("Delete the folder when you have seen enough; your own answers are not in it, and were not touched.")
    return _open(root) if options.study else 0


def _new_home(wanted: Path | None, own: Workspace) -> Path:
    """Return an empty folder for it. Raises SciaquizError for one that holds anything, or is the student's own."""
    if wanted is None:
        return Path(tempfile.mkdtemp(prefix="sciaquiz-demo-"))
    root = wanted.expanduser().absolute()
    real, mine = root.resolve(), (own.paths.data.resolve(), own.paths.config.resolve())
    if any(real == place or place in real.parents for place in mine):
        raise SciaquizError(f"{path_words(root)} is where your own answers belong. Choose another folder.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        if any(root.iterdir()):
            raise SciaquizError(f"{path_words(root)} holds something already. Choose a new or empty folder.")
    except OSError as error:
        raise SciaquizError(f"{path_words(root)}: cannot be used ({error.strerror}). Choose another folder.") from None
    return root


def _live(root: Path, own: Workspace, days: int, seed: int) -> Lived:
    """Write the settings and the journal of the invented student, with the clock that is in force here."""
    from sciaquiz.clock import can_be_kept
    from sciaquiz.deck.library import read_library
    from sciaquiz.demo.year import holidays, live
    from sciaquiz.paths import paths_below, shipped_decks
    from sciaquiz.settings.file import settings_from

    now, paths = own.clock.ending_days_at(4).now(), paths_below(root)
    if not can_be_kept(now.local - timedelta(days=days)):
        raise SciaquizError(f"{count(days, 'day')} ago was before 1970. Give fewer with --days.")
    off = ", ".join(f'"{day}"' for day in holidays(now.study_day, days))
    text = SETTINGS.format(new=NEW_PER_DAY, off=off)
    paths.settings.write_text(text, encoding="utf-8")
    settings, _ = settings_from(text, str(paths.settings))
    return live(paths.journal, read_library([shipped_decks()]).decks, settings, now, days=days, seed=seed)


def _empty(root: Path) -> None:
    """Delete what was begun."""
    for path in root.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _open(root: Path) -> int:
    from sciaquiz.tui.start import run_app

    os.environ["SCIAQUIZ_HOME"] = str(root)
    with open_workspace() as workspace:
        return run_app(workspace, None)
