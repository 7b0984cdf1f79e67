"""The student's own keys: used where they are sound, told where they are not."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.binding import Binding
from textual.screen import Screen

from sciaquiz.tui import screens
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.keys import GONE, RENAMED, all_bindings, key_named, sound_keymap


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
    assert sound_keymap({"study.undo": "ctrl+y", "go.browse": "f9"}, SciaquizApp.BINDINGS) == (
        {"study.undo": "ctrl+y", "go.browse": "f9"},
        (),
    )


def test_an_action_that_had_another_name_keeps_the_key_that_a_student_gave_it() -> None:
    for old, new in RENAMED.items():
        assert old not in actions()
        assert sound_keymap({old: "f9"}, SciaquizApp.BINDINGS) == ({new: "f9"}, ())
        assert sound_keymap({new: "f8", old: "f9"}, SciaquizApp.BINDINGS) == ({new: "f8"}, ())
        sound, told = sound_keymap({old: "banana"}, SciaquizApp.BINDINGS)
        assert (sound, len(told)) == ({}, 1)


def actions() -> set[str]:
    return {name for found in all_bindings(SciaquizApp.BINDINGS).values() for name, _ in found}


def test_every_action_of_every_screen_can_have_other_keys() -> None:
    for module in iter_modules(screens.__path__):
        for found in vars(import_module(f"{screens.__name__}.{module.name}")).values():
            if isinstance(found, type) and issubclass(found, Screen):
                named = {bound.id for bound in found.BINDINGS if isinstance(bound, Binding) and bound.id}
                assert named <= actions(), found


def test_the_docs_list_every_action() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`([a-z]+\.[a-z-]+)`", docs.partition("`ACTION` is")[2]))
    assert listed == {name for name in actions() if not re.fullmatch(r"study\.choose-[b-z]", name)}


def test_an_action_that_is_no_more_is_told_with_what_does_now_what_it_did() -> None:
    assert set(GONE).isdisjoint(actions())
    assert set(GONE.values()) <= actions()
    sound, notices = sound_keymap({"browse.filter": "f9"}, SciaquizApp.BINDINGS)
    assert sound == {}
    assert notices == ("keys: “browse.filter” is no more; browse.search does now what it did.",)


FIRST_ACTIONS = [
    "app.help",
    "app.interrupt",
    "app.palette",
    "app.quit",
    "app.suspend",
    "browse.back",
    "browse.bury",
    "browse.filter",
    "browse.filter-back",
    "browse.flag",
    "browse.note",
    "browse.search",
    "browse.suspend",
    "browse.undo",
    "card.back",
    "card.bury",
    "card.flag",
    "card.note",
    "card.suspend",
    "card.undo",
    "confusions.back",
    "confusions.drill",
    "contrast.back",
    "contrast.begin",
    "home.browse",
    "home.deck",
    "home.drill",
    "home.quit",
    "home.settings",
    "home.take-in",
    "home.undo",
    "settings.back",
    "study.bury",
    "study.carry-down",
    "study.carry-up",
    "study.choose-a",
    "study.choose-l",
    "study.choose-m",
    "study.choose-p",
    "study.down",
    "study.flag",
    "study.hint",
    "study.left",
    "study.next",
    "study.note",
    "study.on",
    "study.page-down",
    "study.page-up",
    "study.pick",
    "study.previous",
    "study.reasons",
    "study.retype",
    "study.right",
    "study.skip",
    "study.stop",
    "study.suspend",
    "study.undo",
    "study.up",
    "study.why",
    "summary.home",
    "summary.more",
    "summary.undo",
]


def test_a_key_that_was_given_to_any_action_there_ever_was_still_works_or_is_told_of() -> None:
    assert set(FIRST_ACTIONS) <= actions() | set(RENAMED) | set(GONE)


@pytest.mark.parametrize(
    ("keymap", "told"),
    [
        ({"study.undoo": "z"}, "no action “study.undoo”; it is ignored. Did you mean study.undo?"),
        ({"q": "z"}, "no action “q”; it is ignored."),
        ({"confusions.drill": "q"}, "already used by confusions.back"),
        ({"study.undo": "banana"}, "names no key"),
        ({"study.undo": "enter"}, "cannot be remapped"),
        ({"study.undo": "l"}, "already used by study.skip"),
        ({"app.help": "b"}, "already used by"),
        ({"home.deck": "h"}, "already used by go.home"),
    ],
)
def test_a_keymap_never_takes_a_key_from_something_else(keymap: dict[str, str], told: str) -> None:
    sound, notices = sound_keymap(keymap, SciaquizApp.BINDINGS)
    assert sound == {}
    assert len(notices) == 1
    assert told in notices[0]


def test_two_actions_may_swap_their_keys() -> None:
    swapped = {"study.undo": "l", "study.skip": "u"}
    assert sound_keymap(swapped, SciaquizApp.BINDINGS) == (swapped, ())
