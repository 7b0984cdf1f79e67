"""Summary: what was right, what to look at again, and tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.widgets import Static

from sciaquiz.study.safekeeping import words_on_leaving
from sciaquiz.study.summary import opening, summarise
from sciaquiz.study.turns import End, Over
from sciaquiz.text import cells
from sciaquiz.tui.screens.homebody import page_width
from sciaquiz.tui.screens.pages import PageScreen
from sciaquiz.tui.text import ACCENT, AMBER, FAINT, LINE, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.choices import afterwards
from sciaquiz.view.words import back_today_words, over_words
from sciaquiz.words import count, duration_words, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.widgets import OptionList

    from sciaquiz.deck.model import Case
    from sciaquiz.ids import DeckId
    from sciaquiz.study.round import Round
    from sciaquiz.study.summary import Summary
    from sciaquiz.study.turns import Outcome

FEWEST_FOR_A_SHARE = 5
AROUND = 12
"""Rows of the terminal that are not the list: places, head, what follows, keys."""
FEWEST_ROWS = 3
LEAST_STEM = 36
"""Cells of a question below which its deck is left out."""
HEAVY, THIN = "━", "─"


class ErrorList(VimList):
    """What to look at again; Enter goes on, as everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.home", "home", tooltip="Back to Home")]


class SummaryScreen(PageScreen):
    """The end of a sitting."""

    PLACE = "home"
    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "home", "home", id="summary.home", tooltip="Back to Home"),
        Binding("q,escape", "home", "home", id="summary.back", show=False, tooltip="Back to Home"),
        Binding("o", "open", "open", id="summary.open", tooltip="Look at the question under the cursor"),
        Binding("s", "practise", "ask these again", id="summary.again", tooltip="Practise what went wrong"),
        Binding("m", "more", "go on", id="summary.more", tooltip="Go on with what is left"),
        Binding("c", "app.custom", "custom sitting", id="summary.custom", tooltip="Choose what to study"),
        Binding("u", "undo", "undo", id="summary.undo", tooltip="Take back the last answer and ask it again"),
    ]

    def __init__(self, round_: Round, over: Over | None) -> None:
        super().__init__()
        self._round = round_
        self._sitting = round_.sitting
        self._decks = round_.decks
        self._over = over

    def parts(self) -> ComposeResult:
        """Lay out the page."""
        yield Static(id="head")
        yield ErrorList(id="errors")
        yield Static(id="ahead")

    def on_mount(self) -> None:
        """Let the cursor stand on the first question to look at again."""
        self._summary = summarise(self._sitting.outcomes)
        self._tell()
        self.query_one(ErrorList).focus(scroll_visible=False)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new width."""
        self._tell()

    def _tell(self) -> None:
        width = page_width(self.app.size, has_pane=False)
        unkept = words_on_leaving(self.app.journal.unkept)
        self.query_one("#head", Static).update(lines(head(self._summary, unkept, width, is_trial=self._round.is_trial)))
        listed, errors = self.query_one(ErrorList), self._summary.errors
        room = max(FEWEST_ROWS, self.app.size.height - AROUND)
        listed.display = bool(errors)
        listed.styles.max_height = room
        titles = {deck.id: deck.title for deck in self._decks.values()} if len(self._decks) > 1 else {}
        wide = width - (len(errors) > room)
        listed.show_rows([error_row(each, titles, wide, self._round.case(each.shown)) for each in errors])
        self.query_one("#ahead", Static).update(self._ahead())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go on only while something is left, and to look at what went wrong only where something did."""
        if action == "more":
            return self._sitting.left > 0 and (self._over is None or self._over.reason is not End.NOTHING_LEFT)
        if action in ("open", "practise"):
            return bool(summarise(self._sitting.outcomes).errors)
        return True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click opens the question."""
        self.action_open()

    def action_open(self) -> None:
        """Look at the question under the cursor, with its answer and its history."""
        from sciaquiz.tui.screens.card import CardScreen

        place = self.query_one(ErrorList).highlighted
        if place is not None and place < len(self._summary.errors):
            card = self._summary.errors[place].shown.card
            self.show(CardScreen(card, self._decks.get(card.question.deck_id)))

    @work(exclusive=True, group="again")
    async def action_practise(self) -> None:
        """Ask once more what went wrong; the schedule stays as it is."""
        from sciaquiz.study.choice import Choice, Schedule
        from sciaquiz.tui.choosing import begin

        cards = tuple(error.shown.card.id for error in self._summary.errors)
        await begin(self.app, Choice(cards=cards, schedule=Schedule.STAYS))

    def _ahead(self) -> Content:
        now = self.app.workspace.clock.now()
        tomorrow = self._sitting.due_tomorrow(now.study_day)
        parts = [f"Tomorrow {count(tomorrow, 'card is', 'cards are')} due in what you studied."]
        if self._over is not None and self._over.reason is not End.NOTHING_LEFT:
            parts.insert(0, over_words(self._over.reason))
        steps = self._sitting.steps_today()
        if steps:
            parts.insert(0, back_today_words(len(steps), min(steps), now.instant))
        parts = [*afterwards(self._summary, is_practice=self._round.is_practice), *parts]
        return lines([say(part, MUTED) for part in parts])

    def action_home(self) -> None:
        """Back to Home."""
        self.leave()

    def action_more(self) -> None:
        """Go on with what is left, without the limits of the sitting that ended."""
        self._sitting.lift_limits()
        self.give_way(self.app.study_screen(self._round))

    @work(exclusive=True, group="undo")
    async def action_undo(self) -> None:
        """Take back the last answer and ask it again."""
        undone = await self.app.take_back(self._round)
        if undone is not None and undone.again is not None:
            self._sitting.lift_limits()
            self._sitting.put_back(undone.again)
            self.give_way(self.app.study_screen(self._round))


def head(summary: Summary, unkept: Sequence[str], width: int, *, is_trial: bool = False) -> list[Content | str]:
    """Return how many answers were right, as a line that fills, whether all are saved, and what stands out."""
    if not summary.answered:
        nothing = [say(words, AMBER) for words in unkept] or [say("No answers this time.", MUTED)]
        return [say("Sitting over", "bold"), say(THIN * width, LINE), *nothing]
    share = summary.right / summary.answered
    more = [percent(share)] if summary.answered >= FEWEST_FOR_A_SHARE else []
    more += [f"{summary.new} new"] if summary.new else []
    more += [duration_words(max(1, round(summary.seconds / 60)))] if summary.seconds else []
    left = say("Sitting over", "bold")
    right = f"{summary.right} of {summary.answered} right"
    told = line(left, "   ", say(right, "bold"), say("".join(f"   {words}" for words in more), MUTED))
    kept = (
        say("nothing is recorded", MUTED) if is_trial else line(say("✓ ", RIGHT), say("every answer is saved", MUTED))
    )
    saved = line() if unkept else kept
    full = round(share * width)
    parts: list[Content | str] = [
        spread(told, saved, width),
        line(say(HEAVY * full, ACCENT), say(THIN * (width - full), LINE)),
        *(say(words, AMBER) for words in unkept),
    ]
    if summary.certain_and_wrong:
        parts.append(say(f"! {summary.certain_and_wrong} certain and wrong", AMBER))
    if summary.errors:
        parts += ["", say("Look at again", FAINT)]
    return parts


def error_row(error: Outcome, titles: Mapping[DeckId, str], width: int, case: Case | None = None) -> Content:
    """Return how a question begins that was answered wrong, or rightly by a guess, and of which deck it is."""
    question = error.shown.card.question
    sign = say("? ", MUTED) if error.marked.correct else say("✗ ", WRONG)
    deck = titles.get(question.deck_id, "")
    room = width - 2 - (cells(deck) + 2 if deck else 0)
    if room < LEAST_STEM:
        deck, room = "", width - 2
    begins = line(sign, opening(question, room, case))
    return spread(begins, say(deck, MUTED), width) if deck else begins
