"""Every key of a deck in tables of Markdown, made from the authored models: its type, default, limits and meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sciaquiz.authoring.schema import table_of
from sciaquiz.deck import limits
from sciaquiz.deck.authored import KINDS
from sciaquiz.deck.authored.common import (
    Authored,
    CaseAuthored,
    ConceptAuthored,
    ContrastAuthored,
    DeckAuthored,
    SourceAuthored,
)
from sciaquiz.deck.authored.figure import FigureAuthored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TABLES: Mapping[str, type[Authored]] = {
    "The head of a deck": DeckAuthored,
    "[[source]]": SourceAuthored,
    "[[concept]]": ConceptAuthored,
    "[[contrast]]": ContrastAuthored,
    "[[case]]": CaseAuthored,
    "[[figure]]": FigureAuthored,
}
HEAD = "| key | type | default | limits | what it is |\n|---|---|---|---|---|"
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
BEGINNING = """# Every key of a deck

Made by `sciaquiz schema --markdown` from the forms that decks are read by; a test holds it to them.
[authoring.md](authoring.md) is the way in, [deck-format.md](deck-format.md) says what the keys are for, and
[kinds.md](kinds.md) has an example of each kind.

A key without a default is required. An *id* is small letters and digits with hyphens between. A key that is not listed
here is an error, or a warning where a question has it and it is like none of these; what else you want to keep beside a
question goes into its table `meta`."""
LIMITS = {
    "LARGEST_FILE": "bytes of a deck file",
    "MOST_QUESTIONS": "questions of a deck",
    "LONGEST_TEXT": "characters of a text",
    "MOST_LINES": "lines of a text",
    "LONGEST_LINE": "characters of a line",
    "LONGEST_ID": "characters of an id",
    "MOST_IN_A_LIST": "entries of a list, where nothing else is said",
    "MOST_ZONES": "regions of a figure: each is chosen by a letter",
}


def reference() -> str:
    """Return the page."""
    parts = [BEGINNING]
    for title, model in TABLES.items():
        parts += _section(title, table_of(model))
    kinds = {kind: table_of(model) for kind, model in KINDS.items()}
    first = next(iter(kinds.values()))
    shared = [
        key
        for key in first["properties"]
        if key != "kind" and all(kind["properties"].get(key) == first["properties"][key] for kind in kinds.values())
    ]
    parts += _section("[[question]], every kind", _only(first, shared))
    for kind, table in kinds.items():
        own = [key for key in table["properties"] if key not in shared and key != "kind"]
        parts += _section(f'[[question]], kind = "{kind}"', _only(table, own))
    listed = "\n".join(f"| {getattr(limits, name):,} | {words} |" for name, words in LIMITS.items())
    parts.append(f"## Limits of every deck\n\n| most | of what |\n|---|---|\n{listed}")
    return "\n\n".join(parts) + "\n"


def _only(table: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {"properties": {key: table["properties"][key] for key in keys}, "required": table["required"]}


def _section(title: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the heading and the table of a form, and those of the forms that stand inside it."""
    rows = [_row(key, schema, required=key in table["required"]) for key, schema in table["properties"].items()]
    yield f"## {title}"
    yield "\n".join([HEAD, *rows])
    for key, schema in table["properties"].items():
        inside = schema.get("items", schema)
        if "properties" in inside:
            name = f"{title.split(',')[0].strip('[]')}.{key}" if title.startswith("[[") else key
            yield from _section(f"Each of `{name}`", {"required": [], **inside})


def _row(key: str, schema: Mapping[str, Any], *, required: bool) -> str:
    default = "" if required else _default(schema)
    about = str(schema.get("description", "")).replace("|", "\\|")
    return f"| `{key}` | {_type(schema)} | {default} | {'; '.join(_limits(schema))} | {about} |"


def _default(schema: Mapping[str, Any]) -> str:
    found = schema.get("default")
    if found is None:
        return "none"
    if isinstance(found, bool):
        return f"`{str(found).lower()}`"
    return '`""`' if found == "" else f"`{found!r}`".replace("'", '"')


def _type(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return f'`"{schema["const"]}"`'
    if "anyOf" in schema:
        return ", or ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return " or ".join(f'`"{value}"`' for value in schema["enum"])
    if schema.get("pattern") == SLUG:
        return "id"
    match schema.get("type"):
        case "array":
            inside = schema.get("items", {})
            return "list of tables" if "properties" in inside else f"list of {_types(inside)}"
        case "object":
            return "table"
        case "string":
            return "date" if schema.get("format") == "date" else "text"
        case "number":
            return "number"
        case "integer":
            return "whole number"
        case "boolean":
            return "true or false"
        case _:
            return "see there"


def _types(schema: Mapping[str, Any]) -> str:
    return _type(schema) if "enum" in schema else f"{_type(schema)}s"


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    least, most = schema.get("minItems"), schema.get("maxItems")
    if least or most:
        yield f"entries: {least or 0} to {most}" if most else f"entries: {least} or more"
    if "maxLength" in schema:
        yield f"up to {schema['maxLength']} characters"
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        yield f"{least:g} to {most:g}"
    elif least is not None:
        yield f"at least {least:g}"
    if "pattern" in schema and schema["pattern"] != SLUG:
        yield f"like `{schema['pattern']}`".replace("|", "\\|")
