"""Help: the keys of the screen in front, read from its own bindings, by what they are for."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from sciaquiz.text import cells
from sciaquiz.tui.keycaps import key_word
from sciaquiz.tui.screens.message import MessageScreen
from sciaquiz.tui.text import ACCENT, FAINT, line, lines, say
from sciaquiz.view.doing import AFTER, ANSWER, CARD, EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.binding import Binding
    from textual.content import Content
    from textual.screen import Screen

    Rows = Sequence[tuple[str, str]]
    """Keys, and what they do."""
    Group = tuple[str, Rows]

HERE, MOVING = "On this page", "Moving about"
GROUPS = (HERE, ANSWER, CARD, MOVING, AFTER, EVERYWHERE)
"""In the order in which they are read; two columns part them where both are about as long."""
MEANT_FOR: Mapping[str, str] = {
    **dict.fromkeys(("choose", "number", "go_on", "pick", "hint", "retype", "carry"), ANSWER),
    **dict.fromkeys(("flag", "note", "skip", "bury", "suspend", "report", "edit"), CARD),
    **dict.fromkeys(("cursor_down", "cursor_up", "first", "last", "page", "scroll", "end", "move", "aside"), MOVING),
    **dict.fromkeys(("cycle", "to_list", "pane"), MOVING),
    **dict.fromkeys(("all_whys", "contrast", "why", "why_wrong", "sources"), AFTER),
    **dict.fromkeys(("undo", "leave", "stop", "back", "home", "dismiss"), EVERYWHERE),
}
"""The group of each act that does not belong to one page alone."""
CERTAINTIES, RATINGS = (ANSWER, "guess, think so, certain"), (AFTER, "Again, Hard, Good, Easy")
LONG_RUN = 5
"""From so many letters or digits in turn on, only the first and the last are told."""
WIDEST = 9
"""Cells of the keys of one act, where there are shorter ones."""
TWO_COLUMNS = 60
"""Columns of the terminal from which the groups stand in two columns."""
FEWEST_FOR_WORDS = 12
"""Cells that what a key does needs beside it; where a column has fewer, the groups stand below each other."""
GAP = 2


class HelpScreen(MessageScreen):
    """What each key does here."""

    def __init__(self, about: Screen[object]) -> None:
        super().__init__("Keys")
        self._about = about

    def text(self, width: int) -> Content:
        """Return the keys by group, in two columns where there is room, and what else there is to know."""
        groups = keys_by_group(self._about)
        told = list(in_two_columns(groups, width) if self.size.width >= TWO_COLUMNS else column(groups, width))
        intro = getattr(self._about, "HELP", "")
        if intro:
            told += [line(), *(say(part) for part in wrap(" ".join(intro.split()), width))]
        return lines(told)


def keys_by_group(screen: Screen[object]) -> list[Group]:
    """Return what the keys of a screen do, each act once with all its keys.

    Where questions are asked that is also what a key does at the other stage, before the answer or after it.
    """
    now = {(key, active.binding.action) for key, active in screen.active_bindings.items()}
    chain = screen._modal_binding_chain  # what can be done at the other stage is not among the active bindings
    bound = [(node is screen.app, key, binding) for node, bindings in chain for key, binding in bindings]
    is_sitting = any(binding.action == "number(1)" for _, _, binding in bound)
    keys_of: dict[str, dict[str, list[str]]] = {group: {} for group in GROUPS}
    for is_of_the_app, key, binding in bound:
        for meant_for, words in meanings(binding, is_sitting=is_sitting):
            group = EVERYWHERE if is_of_the_app else meant_for
            keys = keys_of[group].setdefault(words, [])
            if key_word(key) not in keys and (group in (ANSWER, AFTER) or (key, binding.action) in now):
                keys.append(key_word(key))
    rows = {group: [(told(keys), words) for words, keys in acts.items() if keys] for group, acts in keys_of.items()}
    return [(group, rows[group]) for group in GROUPS if rows[group]]


def meanings(binding: Binding, *, is_sitting: bool) -> list[tuple[str, str]]:
    """Return what a key does, each with the group where it is told; nothing for one that is not told of."""
    name, _, parameters = binding.action.removeprefix("screen.").partition("(")
    if name == "choose":
        return [(ANSWER, "choose and certain" if "True" in parameters else "choose")]
    if name == "number":
        return [RATINGS] if parameters.startswith("4") else [CERTAINTIES, RATINGS]
    if not binding.tooltip:
        return []
    group = EVERYWHERE if name.startswith("app.") else MEANT_FOR.get(name, HERE)
    if group in (ANSWER, AFTER) and not is_sitting:
        group = HERE if name in ("go_on", "pick") else CARD
    return [(group, f"{binding.tooltip[:1].lower()}{binding.tooltip[1:]}")]


def told(keys: Sequence[str]) -> str:
    """Return keys in a row; of many in turn only the first and the last, and no names beside letters."""
    if cells(" ".join(keys)) > WIDEST and any(len(key) == 1 for key in keys):
        keys = [key for key in keys if len(key) == 1]
    run = next((at for at in range(1, len(keys)) if not follows(keys[at - 1], keys[at])), len(keys))
    if run < LONG_RUN:
        return " ".join(keys)
    return f"{keys[0]}–{keys[run - 1]}{' …' if run < len(keys) else ''}"


def follows(one: str, other: str) -> bool:
    """Whether one letter or digit comes right behind another."""
    return len(one) == len(other) == 1 and one.isalnum() and ord(other) == ord(one) + 1


def in_two_columns(groups: Sequence[Group], width: int) -> Iterable[Content]:
    """Yield the lines of groups in two columns that are about as long; in one where words find no room beside keys."""
    half = (width - GAP) // 2
    found = halves(groups, half)
    if any(half - room_for_keys(part) < FEWEST_FOR_WORDS for part in found):
        yield from column(groups, width)
        return
    parts = (list(column(part, half)) for part in found)
    for left, right in zip_longest(*parts, fillvalue=line()):
        yield line(left, " " * (half + GAP - left.cell_length), right)


def room_for_keys(groups: Sequence[Group]) -> int:
    """Return the cells that the keys of some groups take, with the gap behind them."""
    return GAP + max((cells(keys) for _, rows in groups for keys, _ in rows), default=0)


def column(groups: Sequence[Group], width: int) -> Iterable[Content]:
    """Yield the lines of some groups, the keys in one column and what they do in another."""
    left = room_for_keys(groups)
    for place, (title, rows) in enumerate(groups):
        if place:
            yield line()
        yield say(title, FAINT)
        for keys, words in rows:
            first, *more = wrap(words, max(10, width - left))
            yield line(say(keys, f"bold {ACCENT}"), " " * (left - cells(keys)), first)
            yield from (say(" " * left + part) for part in more)


def halves(groups: Sequence[Group], width: int) -> tuple[Sequence[Group], Sequence[Group]]:
    """Part groups in two, in their order, so that both columns are about as long in so many cells."""

    def longest(at: int) -> int:
        return max(len(list(column(part, width))) for part in (groups[:at], groups[at:]))

    at = min(range(1, max(2, len(groups))), key=longest)
    return groups[:at], groups[at:]
