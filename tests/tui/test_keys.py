"""The student's own keys: used where they are sound, told where they are not."""

from __future__ import annotations

import pytest

from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.keys import key_named, sound_keymap


@pytest.mark.parametrize(
    ("written", "named"),
    [("?", "question_mark"), ("ctrl+r", "ctrl+r"), ("f5", "f5"), ("x", "x"), ("X", "X"), ("*", "asterisk")],
)
def test_keys_are_named_as_a_person_writes_them(written: str, named: str) -> None:
    assert key_named(written) == named


@pytest.mark.parametrize("written", ["", "hyper+x", "banana", "ctrl+"])
def test_what_is_no_key_is_refused(written: str) -> None:
    assert key_named(written) is None


def test_a_sound_keymap_is_used() -> None:
    assert sound_keymap({"study.undo": "ctrl+y", "home.browse": "v"}, SciaquizApp.BINDINGS) == (
        {"study.undo": "ctrl+y", "home.browse": "v"},
        (),
    )


@pytest.mark.parametrize(
    ("keymap", "told"),
    [
        ({"study.undoo": "z"}, "no action"),
        ({"study.undo": "banana"}, "names no key"),
        ({"study.undo": "enter"}, "cannot be remapped"),
        ({"study.undo": "s"}, "already used by study.skip"),
        ({"app.help": "b"}, "already used by"),
    ],
)
def test_a_keymap_never_takes_a_key_from_something_else(keymap: dict[str, str], told: str) -> None:
    sound, notices = sound_keymap(keymap, SciaquizApp.BINDINGS)
    assert sound == {}
    assert len(notices) == 1
    assert told in notices[0]


def test_two_actions_may_swap_their_keys() -> None:
    swapped = {"study.undo": "s", "study.skip": "u"}
    assert sound_keymap(swapped, SciaquizApp.BINDINGS) == (swapped, ())
