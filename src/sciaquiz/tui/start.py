"""Start the app in a terminal and leave the terminal as it was, however it ends."""

from __future__ import annotations

import gc
import logging
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.mocks import Wanted
    from sciaquiz.previewing import Following
    from sciaquiz.study.choice import Choice
    from sciaquiz.workspace import Workspace


def run_app(
    workspace: Workspace,
    names: Sequence[str] | None,
    *,
    choice: Choice | None = None,
    mock: Wanted | None = None,
    waiting: int = 0,
    preview: Following | None = None,
    card_limit: int = 0,
    minute_limit: int = 0,
) -> int:
    """Run the app; with `names` it opens on a sitting over those decks (an empty list: over all), or of a `choice`.

    With `mock` it offers such a mock exam, with the cursor on one of those that wait, by its number from 1 on.
    With `preview` it shows decks to their author and nothing else.

    Returns the exit status: 128 plus the signal's number where a signal ended it. Raises what a bug raised.
    """
    gc.disable()  # what is loaded now stays: looking for garbage in it is a twentieth of the start
    from sciaquiz.study.safekeeping import words_on_leaving
    from sciaquiz.tui.app import SciaquizApp

    if preview is not None:
        from sciaquiz.tui.screens.deckpreview import DeckPreviewScreen  # noqa: F401
    elif names is None:
        from sciaquiz.tui.screens.home import HomeScreen  # noqa: F401
    else:
        from sciaquiz.tui.screens.begin import BeginScreen  # noqa: F401
    from sciaquiz.tui.terminal import read_forgivingly, write_on_when_closed

    app = SciaquizApp(
        workspace, study=names, choice=choice, mock=mock, waiting=waiting, preview=preview, card_limit=card_limit,
        minute_limit=minute_limit,
        draws_sharply=draws_sharply(workspace),
    )  # fmt: skip
    gc.freeze()
    gc.enable()
    read_forgivingly()
    write_on_when_closed()
    app.run()
    lost = words_on_leaving(app.journal.unkept)
    for words in lost:
        sys.stderr.write(f"{words}\n")
    if app.failure is not None:
        raise app.failure
    return app.return_code or (1 if lost else 0)


def draws_sharply(workspace: Workspace) -> bool:
    """Say whether pictures can be shown in the terminal's own graphics: textual-image is installed and found them.

    It asks the terminal when it is imported, which has to be before the app runs; only decks with pictures need it.
    """
    if find_spec("textual_image") is None or not workspace.has_pictures:
        return False
    logging.getLogger("textual_image").addHandler(logging.NullHandler())  # a terminal that does not answer is no news
    try:
        from textual_image import renderable, widget
    except Exception:  # no Pillow, or an answer of the terminal that it cannot read: half-blocks need neither
        return False
    sharp = (renderable.sixel.Image, renderable.tgp.Image)
    return renderable.Image in sharp and hasattr(widget, "Image")
