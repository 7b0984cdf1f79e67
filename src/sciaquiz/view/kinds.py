"""What each kind of question is called."""

from __future__ import annotations

from sciaquiz.deck.model import Kind

KIND = {
    Kind.SINGLE: "one best answer",
    Kind.RECALL: "recall",
    Kind.MULTIPLE: "several right",
    Kind.TRUE_FALSE: "true or false",
    Kind.TYPED: "typed",
    Kind.NUMERIC: "number",
    Kind.CLOZE: "gaps",
    Kind.ORDERING: "ordering",
    Kind.MATCHING: "matching",
    Kind.HOTSPOT: "figure",
}
