"""Start the app in a terminal and leave the terminal as it was, however it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.tui.app import SciaquizApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.desk import Desk


def run_app(desk: Desk, names: Sequence[str] | None, *, card_limit: int = 0, minute_limit: int = 0) -> int:
    """Run the app; with `names` it opens on a sitting over those decks (an empty list: over all).

    Returns the exit status: 128 plus the signal's number where a signal ended it.
    """
    app = SciaquizApp(desk, study=names, card_limit=card_limit, minute_limit=minute_limit)
    app.run()
    return app.return_code or 0
