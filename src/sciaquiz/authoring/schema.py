"""The JSON Schema of a deck, for editors: made from the authored models, so that it cannot drift from them.

One flat table of all keys, and a chain of `if kind = … then … else …` for what each kind needs: editors flood the
author with errors on `oneOf`, name the fault on `if/then`, and complete nothing that stands in an `allOf`.
"""

from __future__ import annotations

from typing import Any

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

DRAFT = "http://json-schema.org/draft-07/schema#"


def deck_schema() -> dict[str, Any]:
    """Return the schema as plain values."""
    head = table_of(DeckAuthored)
    head["properties"] |= {
        "source": _array(table_of(SourceAuthored), "Where keys come from."),
        "concept": _array(table_of(ConceptAuthored), "What can be taken for something else."),
        "contrast": _array(table_of(ContrastAuthored), "Two concepts that are mixed up, and what tells them apart."),
        "figure": _array(table_of(FigureAuthored), "Figures that hotspot questions point at."),
        "case": _array(table_of(CaseAuthored), "Vignettes, revealed in stages to the questions that name them."),
        "question": _array(_question(), "The questions."),
    }
    return {"$schema": DRAFT, "title": "A sciaquiz deck", **head}


def _question() -> dict[str, Any]:
    """Return the schema of a question: all keys of all kinds in one table, and a chain of what each kind may have.

    Editors complete what stands in the table itself, and look into no `allOf`.
    """
    tables = {kind: table_of(model) for kind, model in KINDS.items()}
    forms: dict[str, list[dict[str, Any]]] = {}
    for table in tables.values():
        for key, schema in table["properties"].items():
            if schema not in forms.setdefault(key, []):
                forms[key].append(schema)
    properties = {key: _any_of_these(found) for key, found in forms.items()}
    properties["kind"] = {"enum": list(KINDS), "description": "What kind of question this is."}
    shared = set.intersection(*(set(table["required"]) for table in tables.values()))
    chain: dict[str, Any] = {}
    for kind, table in reversed(tables.items()):
        own = {key: schema for key, schema in table["properties"].items() if schema != properties[key]}
        foreign = dict.fromkeys((key for key in properties if key not in table["properties"]), False)
        then = {"required": sorted(set(table["required"]) - shared), "properties": {**own, **foreign}}
        chain = {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"], "additionalProperties": True},
            "then": {**then, **KINDS[kind].rules, "additionalProperties": True},  # else Tombi takes it for all keys
            "else": chain,
        }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(shared),
        "properties": properties,
        "dependencies": {"stage": ["case"], "accepts": ["accepts_why"]},
        **chain,
    }


def _any_of_these(forms: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what all forms of a key have in common; of lists of tables all keys, so that an editor can offer them."""
    if len(forms) == 1:
        return forms[0]
    if not all(form.get("type") == "array" and "properties" in form.get("items", {}) for form in forms):
        return {key: value for key, value in forms[0].items() if all(form.get(key) == value for form in forms)}
    keys: dict[str, Any] = {}
    for form in forms:
        for key, schema in form["items"]["properties"].items():
            keys[key] = schema if keys.get(key, schema) == schema else {}
    return {"type": "array", "items": {"type": "object", "properties": keys}}


def _array(table: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": table}


def table_of(model: type[Authored]) -> dict[str, Any]:
    """Return a model's schema with references put in place and pydantic's titles taken out."""
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})
    plain: dict[str, Any] = _plain(schema, definitions)
    plain.setdefault("required", [])
    plain.pop("description", None)
    return plain


def _plain(value: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_plain(part, definitions) for part in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return _plain(definitions[value["$ref"].rsplit("/", 1)[-1]], definitions)
    if "anyOf" in value:  # "x or null": TOML has no null
        sound = [part for part in value["anyOf"] if part.get("type") != "null"]
        about = {key: part for key, part in value.items() if key not in ("anyOf", "default")}
        forms = _plain(sound, definitions)
        return {**(forms[0] if len(forms) == 1 else {"anyOf": forms}), **_plain(about, definitions)}
    return {
        key: {name: _plain(part, definitions) for name, part in inner.items()}
        if key == "properties"
        else _plain(inner, definitions)
        for key, inner in value.items()
        if key != "title" or not isinstance(inner, str)
    }
