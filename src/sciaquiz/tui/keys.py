"""The student's own keys, checked before they are used: a keymap must never take a key away from something else."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType
    from textual.screen import Screen

RISKY = frozenset({"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+c", "escape", "enter", "tab"})
"""Keys that terminals confuse with others, or that must keep their meaning everywhere."""

RENAMED = {"home.browse": "go.browse", "home.settings": "go.settings"}
"""Actions that had another name: a key that a student gave them still works."""
GONE = {
    "browse.filter": "browse.search",
    "browse.filter-back": "browse.search",
    "study.choose-l": "study.choose-m",
    "study.choose-p": "study.choose-r",
}
"""Actions that are no more, and what does now what they did."""


def key_named(name: str) -> str | None:
    """Return Textual's name of a key that a person wrote (`?`, `ctrl+r`, `f5`), or None if there is no such key."""
    *modifiers, last = name.strip().lower().split("+") if name.strip() != "+" else ["+"]
    if not set(modifiers) <= {"ctrl", "shift", "alt"}:
        return None
    if len(last) == 1:
        if not last.isalnum():
            last = unicodedata.name(last, "").replace("-", "_").replace(" ", "_").lower()
        elif name.strip()[-1].isupper():
            last = name.strip()[-1]
    elif last not in {key.value for key in Keys}:
        return None
    return "+".join([*modifiers, last]) if last else None


def all_bindings(of_the_app: Iterable[BindingType]) -> dict[str, list[tuple[str, Binding]]]:
    """Return every binding that has an id, by the name of the screen it belongs to; the app's belong to all."""
    from sciaquiz.tui.screens import every_screen

    owners: Iterable[tuple[str, list[BindingType]]] = [
        ("", list(of_the_app)),
        *((screen.__name__, _inherited(screen)) for screen in every_screen()),
    ]
    return {
        owner: [(binding.id, binding) for binding in bindings if isinstance(binding, Binding) and binding.id]
        for owner, bindings in owners
    }


def _inherited(screen: type[Screen[Any]]) -> list[BindingType]:
    """Return the bindings of a screen and of what all screens of its kind have in common."""
    return [binding for kind in screen.__mro__ for binding in vars(kind).get("BINDINGS", ())]


def sound_keymap(
    wanted: Mapping[str, str], of_the_app: Iterable[BindingType]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the part of a keymap that is safe to use, and a notice for each part that is not."""
    if not wanted:
        return {}, ()
    from difflib import get_close_matches

    bindings = all_bindings(of_the_app)
    keymap: dict[str, str] = {}
    notices: list[str] = []
    known = {name for found in bindings.values() for name, _ in found}
    now_called = {action: keys for action, keys in wanted.items() if action not in RENAMED}
    now_called = {RENAMED[action]: keys for action, keys in wanted.items() if action in RENAMED} | now_called
    for action, keys in now_called.items():
        named = [key_named(key) for key in keys.split(",")]
        if action in GONE:
            notices.append(f"keys: “{action}” is no more; {GONE[action]} does now what it did.")
        elif action not in known:
            near = get_close_matches(action, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            notices.append(f"keys: there is no action “{action}”; it is ignored.{meant}")
        elif None in named or not named:
            notices.append(f"keys: “{keys}” names no key; {action} keeps its own.")
        elif RISKY & {key for key in named if key}:
            notices.append(f"keys: “{keys}” cannot be remapped; {action} keeps its own.")
        else:
            keymap[action] = ",".join(key for key in named if key)
    while clash := _clash(bindings, keymap):
        action, key, other = clash
        notices.append(f"keys: “{key}” for {action} is already used by {other}; {action} keeps its own.")
        del keymap[action]
    return keymap, tuple(notices)


def _clash(bindings: Mapping[str, list[tuple[str, Binding]]], keymap: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Find one remapped action whose key another action of the same screen, or of the app, already has."""
    everywhere = bindings.get("", [])
    for owner, found in bindings.items():
        in_sight = found if owner == "" else [*everywhere, *found]
        user: dict[str, str] = {}
        for action, binding in sorted(in_sight, key=lambda entry: entry[0] in keymap):
            for key in keymap.get(action, binding.key).split(","):
                if key in user and user[key] != action and action in keymap:
                    return action, key, user[key]
                user[key] = action
    if everywhere:
        taken = {key: action for action, binding in everywhere for key in keymap.get(action, binding.key).split(",")}
        for owner, found in bindings.items():
            if owner == "":
                continue
            for action, binding in found:
                for key in keymap.get(action, binding.key).split(","):
                    if key in taken and taken[key] in keymap:
                        return taken[key], key, action
    return None
