"""The form in which an author writes each kind of question; one module a kind, found in KINDS.

These models are strict: they say what may stand in the file, and the JSON Schema is made from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.authored.cloze import ClozeAuthored
from sciaquiz.deck.authored.hotspot import HotspotAuthored
from sciaquiz.deck.authored.matching import MatchingAuthored
from sciaquiz.deck.authored.multiple import MultipleAuthored
from sciaquiz.deck.authored.numeric import NumericAuthored
from sciaquiz.deck.authored.ordering import OrderingAuthored
from sciaquiz.deck.authored.recall import RecallAuthored
from sciaquiz.deck.authored.single import SingleAuthored
from sciaquiz.deck.authored.truefalse import TrueFalseAuthored
from sciaquiz.deck.authored.typed import TypedAuthored

if TYPE_CHECKING:
    from sciaquiz.deck.authored.common import QuestionAuthored

KINDS: dict[str, type[QuestionAuthored]] = {
    "single": SingleAuthored,
    "multiple": MultipleAuthored,
    "true-false": TrueFalseAuthored,
    "recall": RecallAuthored,
    "typed": TypedAuthored,
    "numeric": NumericAuthored,
    "cloze": ClozeAuthored,
    "ordering": OrderingAuthored,
    "matching": MatchingAuthored,
    "hotspot": HotspotAuthored,
}
