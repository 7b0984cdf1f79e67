"""Rules for well-written questions, each a small pure function, all in one table.

The codes are those of the item-writing literature (Haladyna, Downing and Rodriguez 2002; Case and Swanson 2001): TW for
flaws that help a guesser, ID for flaws that hurt one who knows, DOC for what is missing. Thresholds are our own, and so
are six codes: CL for cloze, EM for matching, TY for typed terms, NU for numbers, CF for what a wrong answer is taken
for, AC for how options act.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from sciaquiz.authoring.lint import acting, completeness, confusing, difficulty, testwise, written
from sciaquiz.deck.kinds import Cloze, Matching, Numeric, Question, SingleBestAnswer, Typed
from sciaquiz.deck.model import Kind
from sciaquiz.deck.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[Question], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `check` returns what is wrong in words, or None. It is about one kind of question, or about all."""

    code: str
    severity: Severity
    check: Check
    kind: Kind | None = None


Q = TypeVar("Q", bound=Question)


def _of(kind: type[Q], code: str, severity: Severity, check: Callable[[Q], str | None]) -> Rule:
    return Rule(code, severity, cast("Check", check), kind.kind)


W, E = Severity.WARNING, Severity.ERROR
RULES = (
    Rule("DOC-explanation", W, completeness.explanation),
    Rule("DOC-sources", W, completeness.sources),
    _of(SingleBestAnswer, "DOC-why", W, completeness.rationales),
    _of(SingleBestAnswer, "TW1", W, testwise.longest_is_key),
    _of(SingleBestAnswer, "TW3", E, testwise.article_gives_it_away),
    _of(SingleBestAnswer, "TW5", W, testwise.absolutes_in_distractors),
    _of(SingleBestAnswer, "TW6", W, testwise.word_in_stem_and_key),
    _of(SingleBestAnswer, "TW7", W, testwise.key_converges),
    _of(SingleBestAnswer, "TW8", E, testwise.all_of_the_above),
    _of(SingleBestAnswer, "TW9", E, testwise.none_of_the_above),
    Rule("TW13", E, testwise.same_option_twice),
    Rule("ID1", W, difficulty.unmarked_negative),
    Rule("ID2", W, difficulty.double_negative),
    _of(SingleBestAnswer, "ID3", W, difficulty.vague_options),
    _of(SingleBestAnswer, "ID4", W, difficulty.no_question),
    Rule("ID5", W, difficulty.long_stem),
    Rule("ID6", W, difficulty.long_options),
    _of(SingleBestAnswer, "ID7", W, difficulty.repeated_beginning),
    Rule("ID8", W, difficulty.numbers_out_of_order),
    _of(Cloze, "CL1", W, testwise.gap_filled_in_sight),
    Rule("CF1", W, confusing.counts_for_nothing),
    Rule("CF2", W, confusing.taken_for_itself),
    Rule("AC1", W, acting.urgency_in_part),
    Rule("AC2", W, acting.harm_without_danger),
    _of(Matching, "EM1", W, testwise.last_match_is_free),
    _of(Typed, "TY1", E, written.wrong_and_accepted),
    _of(Typed, "TY2", W, written.wrong_by_another_name),
    _of(Numeric, "NU1", W, written.unknown_unit),
    _of(Numeric, "NU2", W, written.tolerance_beyond_value),
)
CODES = tuple(rule.code for rule in RULES)
RULES_FOR = {kind: tuple(rule for rule in RULES if rule.kind in (None, kind)) for kind in Kind}
