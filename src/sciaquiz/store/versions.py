"""The text of a question version as it is kept: plain JSON values, sealed by a checksum among them."""

from __future__ import annotations

import json
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.store.codec import checksum

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.deck.model import Question

SEAL = "checksum"
NAMED = {"version": "question_version", "id": "question_id", "deck_id": "deck_id"}
"""What stands in the content, and again in a column of its own."""


def content_of(question: Question) -> dict[str, Any]:
    """Return a question as plain JSON values, with the checksum over them."""

    def plain(value: Any) -> Any:
        match value:
            case Enum():
                return value.value
            case date():
                return value.isoformat()
            case Path():
                return value.name
            case tuple() | list():
                return [plain(part) for part in value]
            case Struct():
                return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
            case _:
                return value

    content = json.loads(json.dumps({"kind": question.kind.value, **plain(question)}))
    return {**content, SEAL: checksum(content)}


def fault_in(row: Mapping[str, Any]) -> str:
    """Return what is wrong with a row of `deck_snapshot` that was read; nothing if it is as it was written.

    The digest that names a version is over what the author wrote, not over what is kept of it: it cannot be worked out
    again. A content that was kept before there were seals is held to what must be so: its names, its kind, its keys.
    """
    content = row["content"]
    for name, column in NAMED.items():
        if content.get(name) != row[column]:
            return f"its content does not belong to {column} {row[column]!a}"
    if SEAL in content:
        return "" if checksum(content) == content[SEAL] else "its checksum does not fit"
    keys = _keys_of(content.get("kind"))
    if not keys:
        return "its kind is not known"
    unknown = set(content) - keys
    return f"its key {min(unknown)!a} is not known" if unknown else ""


def _keys_of(kind: object) -> set[str]:
    """Return the keys of the content of a question of this kind; none if there is no such kind."""
    from sciaquiz.deck import kinds

    forms = [form for form in vars(kinds).values() if isinstance(form, type) and issubclass(form, Struct)]
    forms = [form for form in forms if getattr(form, "kind", None) == kind]
    return {"kind", *(name for form in forms for name in form.__struct_fields__)} if forms else set()
