"""What pydantic found wrong with a table, in words that an author uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from sciaquiz.deck.authored.common import Authored
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LISTED = 12


def listed(names: Iterable[str]) -> str:
    """Return the first names, each once, and how many more there are."""
    once = list(dict.fromkeys(names))
    more = f" and {len(once) - MOST_LISTED} more" if len(once) > MOST_LISTED else ""
    return ", ".join(once[:MOST_LISTED]) + more


def keys_at(model: type[Authored], loc: tuple[str | int, ...]) -> Iterable[str]:
    """Return the keys known at the table that holds the last part of a place."""
    for part in loc[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _table_in(model.model_fields[part].annotation) or model
    return model.model_fields


def form_of(model: type[Authored], loc: tuple[str | int, ...]) -> str:
    """Return how the table is written at a place in a list, with the keys that it cannot be without."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = _table_in(model.model_fields[part].annotation) or model
    return "{ " + ", ".join(f"{key} = …" for key, field in model.model_fields.items() if field.is_required()) + " }"


def _table_in(annotation: Any) -> type[Authored] | None:
    """Return the model of a table inside a list or an option, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, Authored):
        return annotation
    return next((found for part in get_args(annotation) if (found := _table_in(part))), None)


def words(fault: Any) -> str:
    """Say what pydantic found in words that an author uses."""
    context = fault.get("ctx", {})
    bare = ", without quotes" if isinstance(fault["input"], str) else ""
    match fault["type"]:
        case "missing":
            return "is missing"
        case "string_type" if isinstance(fault["input"], (list, dict)):
            return f"must be text, not a {'list' if isinstance(fault['input'], list) else 'table'}"
        case "string_type":
            return "must be text, between quotes"
        case "string_too_short":
            return "must not be empty"
        case "string_too_long":
            return f"is too long; at most {context['max_length']} characters"
        case "string_pattern_mismatch" if "a-z0-9]+" in context["pattern"]:
            return f"must be lower-case letters, digits and single hyphens, not “{shortened(fault['input'])}”"
        case "string_pattern_mismatch":
            return f"must be a language code such as en or pt-BR, not “{shortened(fault['input'])}”"
        case "list_type":
            return "must be a list in square brackets"
        case "too_short":
            there = context["actual_length"] or "none"
            return f"needs at least {context['min_length']}, there {'is' if there == 1 else 'are'} {there}"
        case "too_long":
            return f"may have at most {context['max_length']}, there are {context['actual_length']}"
        case "bool_type":
            return f"must be true or false{bare}"
        case "literal_error" | "enum":
            return f"must be {context['expected']}"
        case "int_type" | "int_from_float" | "int_parsing_size":
            return f"must be a whole number{bare}"
        case "float_type" | "finite_number":
            return f"must be a number{bare}"
        case "greater_than_equal":
            return f"must be at least {context['ge']}"
        case "less_than_equal":
            return f"must be at most {context['le']}"
        case "date_type":
            return "must be a date such as 2026-11-23, without quotes"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "must be a table"
        case _:
            return str(fault["msg"])
