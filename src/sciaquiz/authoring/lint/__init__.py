"""Rules for well-written questions, each a small pure function, all in one table.

The codes are those of the item-writing literature (Haladyna, Downing and Rodriguez 2002; Case and Swanson 2001): TW for
flaws that help a guesser, ID for flaws that hurt one who knows, DOC for what is missing. Thresholds are our own, and so
are five codes: CL for cloze, EM for matching, TY for typed terms, NU for numbers, CF for what a wrong answer is taken
for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sciaquiz.authoring.lint import completeness, confusing, difficulty, testwise, written
from sciaquiz.deck.kinds import Cloze, Matching, Numeric, Question, SingleBestAnswer, Typed
from sciaquiz.deck.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[Question], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `check` returns what is wrong in words, or None."""

    code: str
    severity: Severity
    check: Check


Q = TypeVar("Q", bound=Question)


def _of(kind: type[Q], check: Callable[[Q], str | None]) -> Check:
    return lambda question: check(question) if isinstance(question, kind) else None


W, E = Severity.WARNING, Severity.ERROR
RULES = (
    Rule("DOC-explanation", W, completeness.explanation),
    Rule("DOC-sources", W, completeness.sources),
    Rule("DOC-why", W, _of(SingleBestAnswer, completeness.rationales)),
    Rule("TW1", W, _of(SingleBestAnswer, testwise.longest_is_key)),
    Rule("TW3", E, _of(SingleBestAnswer, testwise.article_gives_it_away)),
    Rule("TW5", W, _of(SingleBestAnswer, testwise.absolutes_in_distractors)),
    Rule("TW6", W, _of(SingleBestAnswer, testwise.word_in_stem_and_key)),
    Rule("TW7", W, _of(SingleBestAnswer, testwise.key_converges)),
    Rule("TW8", E, _of(SingleBestAnswer, testwise.all_of_the_above)),
    Rule("TW9", E, _of(SingleBestAnswer, testwise.none_of_the_above)),
    Rule("TW13", E, testwise.same_option_twice),
    Rule("ID1", W, difficulty.unmarked_negative),
    Rule("ID2", W, difficulty.double_negative),
    Rule("ID3", W, _of(SingleBestAnswer, difficulty.vague_options)),
    Rule("ID4", W, _of(SingleBestAnswer, difficulty.no_question)),
    Rule("ID5", W, difficulty.long_stem),
    Rule("ID6", W, difficulty.long_options),
    Rule("ID7", W, _of(SingleBestAnswer, difficulty.repeated_beginning)),
    Rule("ID8", W, difficulty.numbers_out_of_order),
    Rule("CL1", W, _of(Cloze, testwise.gap_filled_in_sight)),
    Rule("CF1", W, confusing.counts_for_nothing),
    Rule("CF2", W, confusing.taken_for_itself),
    Rule("EM1", W, _of(Matching, testwise.last_match_is_free)),
    Rule("TY1", E, _of(Typed, written.wrong_and_accepted)),
    Rule("NU1", W, _of(Numeric, written.unknown_unit)),
    Rule("NU2", W, _of(Numeric, written.tolerance_beyond_value)),
)
CODES = tuple(rule.code for rule in RULES)
