"""The form in which an author writes each kind of question; one module a kind, found in KINDS.

These models are strict: they say what may stand in the file, and the JSON Schema is made from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.authored.recall import RecallAuthored
from sciaquiz.deck.authored.single import SingleAuthored

if TYPE_CHECKING:
    from sciaquiz.deck.authored.common import QuestionAuthored

KINDS: dict[str, type[QuestionAuthored]] = {"single": SingleAuthored, "recall": RecallAuthored}
