"""What a student can set. Each setting is declared once, in its row of `Settings`, and nowhere else.

The file is read and written by that row, the Settings screen shows it, and a test holds docs/settings.md to it. To
add a setting, add its row, and nothing else; the test prints the table for the docs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from sciaquiz.settings.dayvalues import Breaks, EasyDays
from sciaquiz.settings.values import Choice, Dates, Hour, Keys, PerDeck, Share, Steps, Switch, Table, Value, Whole

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
DECKS = "decks"
"""The table of the file with a table for each deck."""
THEMES = ("sciaquiz-dark", "sciaquiz-light", "terminal")
RETENTION = Share(0.70, 0.99)
DECK_RETENTION = PerDeck("desired_retention", RETENTION)
STEP = Steps(1, 1440, unit="minute")


class Spec(Struct, frozen=True, kw_only=True):
    """The row of one setting. `table` and `name` are where it stands in the file."""

    name: str
    value: Value[Any]
    table: str
    title: str
    hint: str
    default: Any

    @property
    def place(self) -> str:
        """Where the setting stands in the file."""
        return f"{self.table}.{self.name}"


class TableSpec(Struct, frozen=True, kw_only=True):
    """The row of a setting that is a whole table of the file."""

    name: str
    value: Table[Any]
    table: str
    title: str
    hint: str

    @property
    def place(self) -> str:
        """Where the setting stands in the file, for a key of the student's."""
        return f"{self.table}.{self.value.key}"


def _row(default: T, value: Value[T], table: str, title: str, hint: str) -> T:
    """Declare a setting, which stands under its name in a table of the file."""
    row = partial(Spec, value=value, table=table, title=title, hint=hint, default=default)
    return field(default_factory=lambda: default, metadata={"row": row})


def _table(value: Table[T], table: str, title: str, hint: str) -> Mapping[str, T]:
    """Declare a setting that is a whole table of the file; by default it is empty."""
    return field(
        default_factory=dict, metadata={"row": partial(TableSpec, value=value, table=table, title=title, hint=hint)}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting: what it is by default, what it can be, its table in the file, its title, and what it does."""

    # fmt: off
    desired_retention: float = _row(0.90, RETENTION, "memory", "Desired retention",
        "The share you want to remember on the day a card is due.")
    must_not_miss_retention: float = _row(0.95, RETENTION, "memory", "Retention for what must not be missed",
        "Red-flag questions never ask for less than this.")
    learning_steps: tuple[int, ...] = _row((1, 10), STEP, "memory", "Learning steps",
        "The waits of a new card within the day.")
    relearning_steps: tuple[int, ...] = _row((10,), STEP, "memory", "Relearning steps",
        "The waits after you forgot a card.")
    maximum_interval: int = _row(3650, Whole(1, 36500, unit="day"), "memory", "Longest interval",
        "No card stays away longer than this.")
    fuzz: bool = _row(True, Switch(), "memory", "Spread due dates",
        "Moves each interval a little, so that cards do not come in lumps.")
    leech_lapses: int = _row(8, Whole(2, 99, unit="lapse"), "memory", "Leech after",
        "A card forgotten this often is called a leech, and again every half as many lapses.")
    leech_action: str = _row("tell", Choice("tell", "suspend"), "memory", "What to do with a leech",
        "Tell you, or tell you and suspend the card.")
    fitting: str = _row("ask", Choice("ask", "never"), "memory", "Fitting the model of memory",
        "Offer it once your own answers can say more than everyone's, or never; the command fits whenever you ask.")
    new_per_day: int = _row(10, Whole(0, 9999, unit="card", zero="no new cards"), "day", "New cards a day",
        "Over all decks.")
    reviews_per_day: int = _row(200, Whole(0, 9999, unit="review", zero="only what is unsafe"), "day",
        "Reviews a day", "Over all decks; what is left waits for tomorrow.")
    minutes_per_day: int = _row(0, Whole(0, 1440, unit="minute", zero="no limit of time"), "day", "Minutes a day",
        "By your own pace, beside the numbers of cards: reviews come first, then what is new; the rest waits.")
    catch_up_per_day: int = _row(0, Whole(0, 9999, unit="review", zero="as on any day"), "day",
        "Reviews a day while catching up",
        "After a break: while more than this is due, so many are asked and nothing new.")
    rollover_hour: int = _row(4, Hour(), "day", "The day ends at",
        "Answers before this hour belong to the day before.")
    days_off: tuple[str, ...] = _row((), Dates(), "day", "Planned days off",
        "The streak survives them.")
    easy_days: tuple[str, ...] = _row((), EasyDays(), "day", "Easy days",
        "They take their share of new cards and minutes, and fewer cards fall due on them, as far as fuzz reaches.")
    breaks: tuple[str, ...] = _row((), Breaks(), "day", "Planned breaks",
        "What falls due in one is asked ahead, in spare minutes of the week before; after it new cards wait.")
    ask_certainty: bool = _row(True, Switch(), "answering", "Ask how sure you are",
        "With it off, choosing an option answers at once.")
    sitting_cards: int = _row(0, Whole(0, 9999, unit="card", zero="no limit"), "answering", "Cards in a sitting",
        "A sitting ends after so many; what is left waits for the next.")
    sitting_minutes: int = _row(0, Whole(0, 1440, unit="minute", zero="no limit"), "answering", "Time for a sitting",
        "A sitting ends after so long, once the question in front of you is answered.")
    all_reasons: bool = _row(False, Switch(), "answering", "Show every reason",
        "After the answer, also why the options are wrong that you did not choose.")
    ask_why_wrong: bool = _row(True, Switch(), "answering", "Offer to say why it was wrong",
        "After a wrong answer, y keeps one of five reasons with it; nothing waits for that.")
    mock_questions: int = _row(40, Whole(1, 200, unit="question"), "mock", "Questions in a mock exam",
        "Fewer where there are not so many.")
    mock_minutes: int = _row(60, Whole(0, 600, unit="minute", zero="no limit"), "mock", "Time for a mock exam",
        "When it is over, what you have answered is handed in.")
    mock_away: str = _row("stops", Choice("stops", "counts"), "mock", "The clock while you are away",
        "It stops in a pause and while the app is closed, or all of that time counts.")
    mock_pass: float = _row(0.60, Share(0.01, 1.0), "mock", "Pass mark of a mock exam",
        "The share of right answers that passes.")
    mock_certainty: bool = _row(True, Switch(), "mock", "Say how sure you are in a mock exam",
        "You may say it with 1, 2 or 3, and get a second mark that weighs it.")
    theme: str = _row("sciaquiz-dark", Choice(*THEMES), "look", "Theme",
        "Dark, light, or your terminal's own colours.")
    deck_retention: Mapping[str, float] = _table(DECK_RETENTION, DECKS,
        "Desired retention of a deck",
        "In place of what it asks for, and of yours. sciaquiz retention DECK tells what it costs, DECK 92% sets it.")
    keys: Mapping[str, str] = _table(Keys(), "keys", "Keys",
        "Other keys for an action: sciaquiz tells you at the start which of them cannot be used.")
    # fmt: on


ROWS: tuple[Spec | TableSpec, ...] = tuple(each.metadata["row"](name=each.name) for each in fields(Settings))
"""Every setting, in the order in which they are shown."""
SPECS = tuple(row for row in ROWS if isinstance(row, Spec))
"""The settings with one value each."""
TABLES = tuple(row for row in ROWS if isinstance(row, TableSpec))
"""The settings that are whole tables."""
