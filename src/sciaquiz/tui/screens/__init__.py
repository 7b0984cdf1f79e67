"""One module and one stylesheet for each screen; each is imported when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from sciaquiz.deck.model import Deck


def screen_at(place: str, decks: Sequence[Deck]) -> Screen[Any]:
    """Return the screen of a place other than Home, over some decks."""
    match place:
        case "browse":
            from sciaquiz.tui.screens.browse import BrowseScreen

            return BrowseScreen(decks)
        case "statistics":
            from sciaquiz.tui.screens.statistics import StatisticsScreen

            return StatisticsScreen(decks)
        case "exam":
            from sciaquiz.tui.screens.exam import ExamScreen

            return ExamScreen(decks)
    raise KeyError(place)


def every_screen() -> tuple[type[Screen[Any]], ...]:
    """Return all screens that have keys of their own."""
    from sciaquiz.tui.screens.browse import BrowseScreen
    from sciaquiz.tui.screens.card import CardScreen
    from sciaquiz.tui.screens.confusions import ConfusionsScreen
    from sciaquiz.tui.screens.contrast import ContrastScreen
    from sciaquiz.tui.screens.custom import CustomScreen
    from sciaquiz.tui.screens.deckpreview import DeckPreviewScreen
    from sciaquiz.tui.screens.exam import ExamScreen
    from sciaquiz.tui.screens.home import HomeScreen
    from sciaquiz.tui.screens.mock import MockScreen
    from sciaquiz.tui.screens.mockpast import MockPastScreen
    from sciaquiz.tui.screens.mockresult import MockAnswersScreen, MockResultScreen
    from sciaquiz.tui.screens.mockstart import MockStartScreen
    from sciaquiz.tui.screens.past import PastScreen, PastSittingScreen
    from sciaquiz.tui.screens.settings import SettingsScreen
    from sciaquiz.tui.screens.statistics import StatisticsScreen
    from sciaquiz.tui.screens.study import StudyScreen
    from sciaquiz.tui.screens.summary import SummaryScreen
    from sciaquiz.tui.screens.toldlater import ToldLaterScreen

    return (
        HomeScreen, StudyScreen, SummaryScreen, ConfusionsScreen, ContrastScreen, BrowseScreen, CardScreen,
        CustomScreen, PastScreen, PastSittingScreen, SettingsScreen, StatisticsScreen, ToldLaterScreen,
        ExamScreen, MockStartScreen, MockScreen, MockResultScreen, MockAnswersScreen, MockPastScreen,
        DeckPreviewScreen,
    )  # fmt: skip
