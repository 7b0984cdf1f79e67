"""Help: the keys of the screen in front, read from its own bindings."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from sciaquiz.text import cells
from sciaquiz.tui.keycaps import key_word
from sciaquiz.tui.screens.message import MessageScreen
from sciaquiz.tui.text import ACCENT, MUTED, line, lines, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.screen import Screen

    Rows = list[tuple[str, str]]
    """Keys, and what they do."""

HERE, CARD, MOVING, EVERYWHERE = "On this screen", "This card", "Moving about", "Everywhere"
GROUPS = (HERE, CARD, MOVING, EVERYWHERE)
OF_A_CARD = ("flag", "note", "bury", "suspend", "why", "all_whys", "skip")
THAT_MOVE = ("cursor", "first", "last", "page", "scroll", "end", "move", "aside", "cycle", "carry", "to_list")
TWO_COLUMNS = 64
GAP = 4


class HelpScreen(MessageScreen):
    """What each key does here."""

    def __init__(self, about: Screen[object]) -> None:
        super().__init__("Keys")
        self._about = about

    def text(self, width: int) -> Content:
        """Return the keys by group, in two columns where there is room, and what else there is to know."""
        groups = [(title, rows) for title, rows in self._groups().items() if rows]
        if width < TWO_COLUMNS:
            told = list(column(groups, width))
        else:
            half = (width - GAP) // 2
            left, right = (list(column(part, half)) for part in halves(groups))
            rows = max(len(left), len(right))
            pairs = zip(left + [line()] * (rows - len(left)), right + [line()] * (rows - len(right)), strict=True)
            told = [line(one, " " * (half + GAP - one.cell_length), other) for one, other in pairs]
        intro = getattr(self._about, "HELP", "")
        if intro:
            told += [line(), *(say(part) for part in wrap(" ".join(intro.split()), width))]
        return lines(told)

    def _groups(self) -> dict[str, Rows]:
        """Return what can be done now, each act once with all its keys."""
        keys_of: dict[tuple[str, str, str], list[str]] = {}
        for key, (node, binding, _, tooltip) in self._about.active_bindings.items():
            if tooltip:
                group = EVERYWHERE if node is self.app else group_of(binding.action)
                keys_of.setdefault((group, binding.action, tooltip), []).append(key_word(key))
        found: dict[str, Rows] = {title: [] for title in GROUPS}
        for (group, _, words), keys in keys_of.items():
            found[group].append((" ".join(keys), words))
        return found


def group_of(action: str) -> str:
    """Return under which title an act of a screen stands."""
    name = action.partition("(")[0].rpartition(".")[2]
    return CARD if name in OF_A_CARD else MOVING if name.startswith(THAT_MOVE) else HERE


def column(groups: Iterable[tuple[str, Rows]], width: int) -> Iterable[Content]:
    """Yield the lines of some groups, the keys in one column and what they do in another."""
    groups = list(groups)
    left = 2 + max((cells(keys) for _, rows in groups for keys, _ in rows), default=0)
    for place, (title, rows) in enumerate(groups):
        if place:
            yield line()
        yield say(title, MUTED)
        for keys, words in rows:
            first, *more = wrap(words, max(10, width - left))
            yield line(say(keys, f"bold {ACCENT}"), " " * (left - cells(keys)), first)
            yield from (say(" " * left + part) for part in more)


def halves(groups: Sequence[tuple[str, Rows]]) -> tuple[Sequence[tuple[str, Rows]], Sequence[tuple[str, Rows]]]:
    """Part groups in two, in their order, so that both columns are about as long."""

    def longest(at: int) -> int:
        return max(sum(len(rows) + 2 for _, rows in part) for part in (groups[:at], groups[at:]))

    at = min(range(1, max(2, len(groups))), key=longest)
    return groups[:at], groups[at:]
