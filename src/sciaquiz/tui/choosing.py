"""Beginning a sitting over questions that the student has chosen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.study.choice import Choice
    from sciaquiz.tui.app import SciaquizApp
    from sciaquiz.tui.screens.front import StudentScreen


async def begin(
    app: SciaquizApp, choice: Choice, in_place_of: StudentScreen[None] | None = None, *, is_own: bool = False
) -> bool:
    """Begin a sitting, over the screen in front or in place of one; False, and said why, where there can be none.

    A choice of the student's own is offered the next time; what a page proposed is not.
    """
    from sciaquiz.sittings import choosing, open_choice, remember
    from sciaquiz.study.round import Round
    from sciaquiz.view.choices import beginning_words, none_match

    workspace = app.workspace
    if refusal := workspace.refusal:
        app.notify(refusal, severity="error", markup=False)
        return False
    try:
        snapshot = await app.snapshot()
        sitting = await asyncio.to_thread(open_choice, workspace, choice, snapshot)
        if not sitting.left:
            app.notify(await asyncio.to_thread(none_match, choice, choosing(workspace).total), markup=False)
            return False
    except SciaquizError as error:
        app.notify(str(error), severity="error", markup=False)
        return False
    if is_own:
        await asyncio.to_thread(remember, workspace, choice)
    decks = {deck.id: deck for deck in await app.decks()}
    screen = app.study_screen(Round(sitting, workspace.clock, decks, corrections=workspace.corrections))
    if in_place_of is None:
        app.push_screen(screen)
    else:
        in_place_of.give_way(screen)
    app.notify(beginning_words(choice, sitting.left), markup=False)
    return True


def begin_what_waits(app: SciaquizApp, decks: Sequence[Deck], snapshot: Snapshot) -> bool:
    """Begin a sitting over what waits in decks; False, and said why, where nothing does or nothing can be kept."""
    from sciaquiz.sittings import open_sitting
    from sciaquiz.study.turns import Over

    workspace = app.workspace
    if refusal := workspace.refusal:
        app.notify(refusal, severity="error", markup=False)
        return False
    sitting = open_sitting(workspace, decks, snapshot, card_limit=app.card_limit, minute_limit=app.minute_limit)
    first = sitting.next(workspace.clock.now())
    if isinstance(first, Over):
        app.notify("Nothing is due here now.", markup=False)
        return False
    sitting.put_back(first)
    app.start_sitting(sitting, decks)
    return True
