"""What a setting can be: each kind of value reads itself from a file or a typed text, and puts itself in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from sciaquiz.errors import SciaquizError
from sciaquiz.text import cut, tame
from sciaquiz.words import count, exact_percent, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
MOST_STEPS = 10
LONGEST_KEY = 60


class SettingError(SciaquizError):
    """A value that a setting cannot take, or a file that cannot hold it. The message says what it can be."""


class Value(ABC, Generic[T]):
    """One value. `unit` is in the singular, empty where a value has none; `zero` is what 0 means, where it can be 0."""

    unit: str = ""
    zero: str = ""

    @property
    @abstractmethod
    def allowed(self) -> str:
        """What the value can be, in words."""

    @abstractmethod
    def parse(self, value: object) -> T:
        """Return a value of a file as one fit for the setting. Raises SettingError."""

    @abstractmethod
    def words(self, value: T) -> str:
        """Return a value as a person reads it, with its unit."""

    def text(self, value: T) -> str:
        """Return a value as a person types it."""
        return self.words(value)

    def typed(self, text: str) -> T:
        """Return what a person typed as a value fit for the setting. Raises SettingError."""
        return self.parse(text.strip())

    def _bare(self, text: str) -> str:
        """Return a typed text without the unit."""
        bare = text.strip().lower()
        return bare.removesuffix("s").removesuffix(self.unit).strip() if self.unit else bare


class Switch(Value[bool]):
    """On or off."""

    @property
    def allowed(self) -> str:
        """On or off."""
        return "on or off"

    def parse(self, value: object) -> bool:
        """Take true or false."""
        if not isinstance(value, bool):
            raise SettingError("must be true or false")
        return value

    def words(self, value: bool) -> str:
        """Return on or off."""
        return "on" if value else "off"

    def typed(self, text: str) -> bool:
        """Take on or off."""
        return self.parse({"on": True, "off": False}.get(text.strip().lower()))


class Choice(Value[str]):
    """One of several words."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    @property
    def allowed(self) -> str:
        """The words."""
        return f"{', '.join(self.choices[:-1])} or {self.choices[-1]}"

    def parse(self, value: object) -> str:
        """Take one of the words."""
        if not isinstance(value, str) or value not in self.choices:
            raise SettingError("must be one of: " + ", ".join(self.choices))
        return value

    def words(self, value: str) -> str:
        """Return the word."""
        return value


class Whole(Value[int]):
    """A whole number of something."""

    def __init__(self, least: int, most: int, *, unit: str, zero: str = "") -> None:
        self.least, self.most, self.unit, self.zero = least, most, unit, zero

    @property
    def allowed(self) -> str:
        """The range, and what 0 means."""
        return f"{self.least} to {count(self.most, self.unit)}{self._of_zero}"

    @property
    def _of_zero(self) -> str:
        return f"; 0 means {self.zero}" if self.zero else ""

    def parse(self, value: object) -> int:
        """Take a whole number of the range."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            raise SettingError(f"must be a whole number from {self.least} to {self.most}")
        return value

    def words(self, value: int) -> str:
        """Return the number with its unit, or what 0 means."""
        return self.zero if value == 0 and self.zero else count(value, self.unit)

    def text(self, value: int) -> str:
        """Return the number alone."""
        return str(value)

    def typed(self, text: str) -> int:
        """Take a number, with its unit or without, or the words for 0."""
        if self.zero and text.strip().lower() == self.zero:
            return self.parse(0)
        return self.parse(_number(self._bare(text)))


class Hour(Whole):
    """A full hour of the day."""

    def __init__(self) -> None:
        super().__init__(0, 23, unit="hour", zero="midnight")

    @property
    def allowed(self) -> str:
        """The first and the last hour of a day."""
        return f"{self.words(self.least)} to {self.words(self.most)}{self._of_zero}"

    def words(self, value: int) -> str:
        """Return the time of day."""
        return f"{value:02}:00"

    def typed(self, text: str) -> int:
        """Take an hour, or a time of day that is a full hour."""
        return super().typed(text.strip().removesuffix(":00"))


class Share(Value[float]):
    """A part of the whole: a number from 0 to 1 in a file, a percentage for people."""

    unit = "%"

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most

    @property
    def allowed(self) -> str:
        """The range in percent."""
        return f"{percent(self.least)} to {percent(self.most)}"

    def parse(self, value: object) -> float:
        """Take a number of the range."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.least <= value <= self.most:
            raise SettingError(f"must be a number from {self.least:g} to {self.most:g} ({self.allowed})")
        return float(value)

    def words(self, value: float) -> str:
        """Return the percentage, with as many digits as it has."""
        return exact_percent(value)

    def typed(self, text: str) -> float:
        """Take a percentage, or a number from 0 to 1."""
        bare = text.strip().removesuffix("%").strip().replace(",", ".")
        try:
            number = float(bare)
        except ValueError:
            raise SettingError("must be a number") from None
        return self.parse(number / 100 if "%" in text or number > 1 else number)


class Steps(Value[tuple[int, ...]]):
    """A few waits, one after the other."""

    def __init__(self, least: int, most: int, *, unit: str) -> None:
        self.least, self.most, self.unit = least, most, unit

    @property
    def allowed(self) -> str:
        """How many steps, and the range of each."""
        return f"up to {MOST_STEPS} steps of {self.least} to {count(self.most, self.unit)}"

    def parse(self, value: object) -> tuple[int, ...]:
        """Take a list of whole numbers of the range."""
        wanted = as_list(value)
        steps = tuple(
            step
            for step in wanted
            if isinstance(step, int) and not isinstance(step, bool) and self.least <= step <= self.most
        )
        if len(steps) < len(wanted) or len(steps) > MOST_STEPS:
            raise SettingError(f"must be up to {MOST_STEPS} whole {self.unit}s from {self.least} to {self.most}")
        return steps

    def words(self, value: tuple[int, ...]) -> str:
        """Return the steps with their unit."""
        return ", ".join([*map(str, value[:-1]), *(count(step, self.unit) for step in value[-1:])]) or "none"

    def text(self, value: tuple[int, ...]) -> str:
        """Return the steps alone."""
        return ", ".join(map(str, value)) or "none"

    def typed(self, text: str) -> tuple[int, ...]:
        """Take numbers with commas between them, with the unit or without."""
        return self.parse([_number(part) for part in parts_of(self._bare(text))])


class Dates(Value[tuple[str, ...]]):
    """Days, as ISO dates in their order."""

    unit = "date"

    @property
    def allowed(self) -> str:
        """How a date is written."""
        return "dates such as 2026-12-24"

    def parse(self, value: object) -> tuple[str, ...]:
        """Take a list of dates."""
        from datetime import date

        try:
            return tuple(sorted(date.fromisoformat(str(day)).isoformat() for day in as_list(value)))
        except ValueError:
            raise SettingError(f"must be {self.allowed}") from None

    def words(self, value: tuple[str, ...]) -> str:
        """Return the dates."""
        return ", ".join(value) or "none"

    def typed(self, text: str) -> tuple[str, ...]:
        """Take dates with commas between them."""
        return self.parse(parts_of(text))


class Table(ABC, Generic[T]):
    """A whole table of the file, whose keys are not ours. `key` is how such a key is shown."""

    key: str
    unit: str = ""

    @property
    @abstractmethod
    def allowed(self) -> str:
        """What the values in the table can be, in words."""

    @abstractmethod
    def sift(self, table: Mapping[str, object]) -> tuple[Mapping[str, T], list[str]]:
        """Return what can be used, and for each other key what is wrong with it: “KEY must be …”."""


class PerDeck(Table[float]):
    """A table for each deck, which holds one share under the name of another setting."""

    unit = "%"

    def __init__(self, name: str, share: Share) -> None:
        self.name, self.share, self.key = name, share, f"DECK.{name}"

    @property
    def allowed(self) -> str:
        """The range of each share."""
        return self.share.allowed

    def sift(self, table: Mapping[str, object]) -> tuple[Mapping[str, float], list[str]]:
        """Return the share of each deck that has one."""
        found: dict[str, float] = {}
        wrong = []
        for deck, values in table.items():
            if values == {}:
                continue  # what stood in it was taken out
            if not isinstance(values, dict) or self.name not in values:
                wrong.append(f"{cut(deck, LONGEST_KEY)} should hold {self.name}")
                continue
            try:
                found[deck] = self.share.parse(values[self.name])
            except SettingError as error:
                wrong.append(f"{cut(deck, LONGEST_KEY)}.{self.name} {error}")
        return found, wrong

    def words(self, value: Mapping[str, float]) -> str:
        """Return each deck with its share."""
        return ", ".join(f"{deck} {self.share.words(share)}" for deck, share in value.items()) or "none"

    def text(self, value: Mapping[str, float]) -> str:
        """Return the decks and shares as they are typed."""
        return ", ".join(f"{deck}={self.share.text(share)}" for deck, share in value.items()) or "none"

    def typed(self, text: str) -> Mapping[str, float]:
        """Take decks with their shares and commas between: nerve-roots=92, red-flags=95. Raises SettingError."""
        found: dict[str, float] = {}
        for part in parts_of(text):
            deck, sign, share = part.rpartition("=")
            if not sign:
                raise SettingError("must be decks with a share each, such as nerve-roots=92, red-flags=95")
            found[deck.strip()] = self.share.typed(share)
        return found


class Keys(Table[str]):
    """Keys for actions; whether there are such is known to the screens alone."""

    key = "ACTION"

    @property
    def allowed(self) -> str:
        """How keys are written."""
        return 'keys such as "x", "ctrl+r" or "f5,x"'

    def sift(self, table: Mapping[str, object]) -> tuple[Mapping[str, str], list[str]]:
        """Return all of them as text."""
        return {tame(str(action)): tame(str(keys)) for action, keys in table.items()}, []


def as_list(value: object) -> tuple[object, ...]:
    """Return the values of a list. Raises SettingError."""
    if not isinstance(value, list | tuple):
        raise SettingError("must be a list in square brackets")
    return tuple(value)


def parts_of(text: str) -> list[str]:
    """Return what stands between the commas of a text."""
    return [part for part in (part.strip() for part in text.split(",")) if part and part.lower() != "none"]


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SettingError("must be a number") from None
