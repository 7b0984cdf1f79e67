"""The app where the journal is gone: it is no first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drawn import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.tui.app import SciaquizApp


@pytest.mark.parametrize("is_empty", [True, False])
async def test_home_offers_the_backup_and_begins_no_journal(
    make_app: Callable[..., SciaquizApp], *, is_empty: bool
) -> None:
    app = make_app()
    backups = app.workspace.paths.backups
    backups.mkdir(parents=True)
    (backups / "journal-2026-11-20.db").write_bytes(b"a backup")
    if is_empty:
        app.workspace.paths.journal.touch()
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(100):
            if "sciaquiz restore" in " ".join(text_of(app).split()):
                break
            await pilot.pause(0.05)
        else:
            pytest.fail(text_of(app))
        await pilot.press("enter")
        await pilot.pause()
    assert app.workspace.paths.journal.exists() is is_empty
    assert not is_empty or app.workspace.paths.journal.stat().st_size == 0
