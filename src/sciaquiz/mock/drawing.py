"""Drawing the questions of a mock exam: so many of each topic or deck as its share says, the same for the same seed."""

from __future__ import annotations

from math import floor
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sciaquiz.ids import CardId


class Candidate(Struct, frozen=True):
    """A card that can be asked. Of several cards of one `question` only one is; those of a `case` stay together, by
    stage. `groups` are the deck and the topics that it belongs to."""

    card_id: CardId
    question: int
    groups: frozenset[str]
    case: str = ""
    stage: int = 1


class Drawn(Struct, frozen=True):
    """The cards in the order in which they are asked, each with the group it was drawn for, and what fell short.

    `short` has the groups with fewer questions than their share asks for, and how many are missing.
    """

    cards: tuple[tuple[CardId, str], ...]
    short: Mapping[str, int]


def seats(shares: Mapping[str, float], number: int) -> dict[str, int]:
    """Return how many of so many seats each group gets: by its share, the largest remainders first.

    A share that is not positive gets none; with no positive share there are none.
    """
    wanted = {name: share for name, share in shares.items() if share > 0}
    total = sum(wanted.values())
    if not total:
        return dict.fromkeys(shares, 0)
    exact = {name: number * share / total for name, share in wanted.items()}
    given = {name: floor(part) for name, part in exact.items()}
    left = number - sum(given.values())
    for name in sorted(wanted, key=lambda name: (given[name] - exact[name], name))[:left]:
        given[name] += 1
    return {**dict.fromkeys(shares, 0), **given}


def draw(candidates: Iterable[Candidate], shares: Mapping[str, float], number: int, seed: int) -> Drawn:
    """Draw questions. Without shares every question is as likely; seats that a group cannot fill go to the others."""
    random = Random(seed)  # noqa: S311 -- the questions of an exam of one's own are no secret
    pool = sorted(candidates, key=lambda each: each.card_id)
    random.shuffle(pool)
    if not shares:
        taken = [(each, "") for each in _apart(pool)[:number]]
        return Drawn(_in_turn(taken, random), {})
    wanted = seats(shares, number)
    taken, questions = [], set[int]()
    short: dict[str, int] = {}
    names = sorted(wanted, key=lambda name: (sum(name in each.groups for each in pool), name))
    for name in names:  # the scarcest first: what is in two groups is left to the one that has no other
        found = [each for each in pool if name in each.groups]
        for each in _apart(found, questions)[: wanted[name]]:
            taken.append((each, name))
            questions.add(each.question)
        missing = wanted[name] - sum(group == name for _, group in taken)
        if missing:
            short[name] = missing
    for name in sorted(wanted, key=lambda name: (-shares[name], name)):
        left = number - len(taken)
        if shares[name] > 0 and left > 0:
            found = [each for each in pool if name in each.groups]
            more = _apart(found, questions)[:left]
            taken += [(each, name) for each in more]
            questions |= {each.question for each in more}
    return Drawn(_in_turn(taken, random), short)


def _apart(pool: Sequence[Candidate], taken: Iterable[int] = ()) -> list[Candidate]:
    """Return cards of which no two are of one question, and none of those taken."""
    seen = set(taken)
    found = []
    for each in pool:
        if each.question not in seen:
            seen.add(each.question)
            found.append(each)
    return found


def _in_turn(taken: Sequence[tuple[Candidate, str]], random: Random) -> tuple[tuple[CardId, str], ...]:
    """Return what was drawn in any order, the questions of a case together, by stage."""
    blocks: dict[str, list[tuple[Candidate, str]]] = {}
    for each, name in taken:
        blocks.setdefault(each.case or each.card_id, []).append((each, name))
    order = sorted(blocks)
    random.shuffle(order)
    together = (sorted(blocks[block], key=lambda pair: (pair[0].stage, pair[0].card_id)) for block in order)
    return tuple((each.card_id, name) for block in together for each, name in block)
