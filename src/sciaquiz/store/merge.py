"""Taking in another journal as it lies: a copy that a sync folder made, a backup, what a restore put aside."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sciaquiz.store.backup import copy_verified
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import place_error
from sciaquiz.store.jsonl import export_to
from sciaquiz.store.migrations import migrate
from sciaquiz.store.restore import check_source

if TYPE_CHECKING:
    from sciaquiz.clock import Moment
    from sciaquiz.store.journal import Journal
    from sciaquiz.store.jsonl import ImportReport
    from sciaquiz.store.reading import Damage


def merge(other: Path, journal: Journal, now: Moment) -> tuple[ImportReport, tuple[Damage, ...]]:
    """Take in what only another journal holds: a union, as importing its export is. It is left as it is.

    Returns the report, and the rows of the other that are damaged. Raises StoreError or KeepError.
    """
    check_source(other, journal.path)
    try:
        with TemporaryDirectory(prefix="sciaquiz-") as folder:
            copy = Path(folder) / "journal.db"
            copy_verified(other, copy)
            migrate(copy)
            with (
                closing(connect(copy)) as connection,
                (Path(folder) / "entries.jsonl").open("w+", encoding="utf-8") as lines,
            ):
                exported = export_to(connection.execute, lines)
                lines.seek(0)
                return journal.import_from(lines, now), exported.left_out
    except OSError as error:
        raise place_error(other, error) from None
