"""The value of a setting as a person reads and types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.settings import SettingError, Settings, parse
from sciaquiz.words import percent

if TYPE_CHECKING:
    from sciaquiz.settings import Spec

PERCENTAGES = ("desired_retention", "must_not_miss_retention")


def words(spec: Spec, value: object) -> str:
    """Return a value as a person writes it."""
    match value:
        case bool():
            return "on" if value else "off"
        case float() if spec.name in PERCENTAGES:
            return percent(value)
        case tuple():
            return ", ".join(str(part) for part in value) or "none"
        case _:
            return str(value)


def typed_value(spec: Spec, text: str) -> object:
    """Return what a person typed as a value for this setting. Raises SettingError."""
    text = text.strip()
    default = getattr(Settings(), spec.name)
    try:
        match default:
            case float():
                number = float(text.removesuffix("%").strip().replace(",", "."))
                return parse(spec, number / 100 if text.endswith("%") or number > 1 else number)
            case int():
                return parse(spec, int(text))
            case tuple():
                parts = [part.strip() for part in text.split(",") if part.strip() and part.strip() != "none"]
                return parse(spec, parts if spec.name == "days_off" else [int(part) for part in parts])
            case _:
                return parse(spec, text)
    except SettingError:
        raise
    except ValueError:
        raise SettingError("must be a number") from None
