"""All rules, as data."""

from __future__ import annotations

from sciaquiz.authoring.lint import (
    acting,
    asking,
    choices,
    completeness,
    confusing,
    difficulty,
    giving,
    testwise,
    wording,
    written,
)
from sciaquiz.authoring.lint.difficulty import DENIAL, VAGUE
from sciaquiz.authoring.lint.look import words_of
from sciaquiz.authoring.lint.rule import Rule, error, warning
from sciaquiz.deck.model import Kind

SINGLE, MULTIPLE, TRUE_FALSE = Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE
RECALL, TYPED, NUMERIC, CLOZE = Kind.RECALL, Kind.TYPED, Kind.NUMERIC, Kind.CLOZE
ORDERING, MATCHING, HOTSPOT = Kind.ORDERING, Kind.MATCHING, Kind.HOTSPOT
CHOSEN = (SINGLE, MULTIPLE)
LISTED = (SINGLE, MULTIPLE, TRUE_FALSE, ORDERING, MATCHING)
ASKED = (SINGLE, MULTIPLE, RECALL, TYPED, NUMERIC, ORDERING, HOTSPOT)

RULES: tuple[Rule, ...] = (
    # What is missing, or left over
    warning("DOC-explanation", "no explanation", completeness.explanation, when="unexplained"),
    warning("DOC-sources", "no source", completeness.sources, when="unsourced"),
    warning(
        "DOC-why",
        "options without a reason",
        completeness.rationales,
        (SINGLE, MULTIPLE, TRUE_FALSE, MATCHING),
        when="bare",
    ),
    warning("DOC-licence", "a deck without a licence"),
    warning("DOC-version", "a deck without a version"),
    warning("DOC-todo", "a text that is still to be written"),
    warning("DOC-markup", "markup that is shown as it is written"),
    warning("DOC-escape", "a backslash that became a tab or another sign"),
    warning("unused-source", "a source that nothing cites"),
    # What helps a guesser
    warning(
        "TW1",
        "the key is much longer than the other options",
        testwise.longest_is_key,
        CHOSEN,
        when="outlong",
        at="options",
    ),
    warning("TW1-deck", "the key is too often the longest option"),
    warning("TW2", "the key alone goes into detail", testwise.richest_is_key, (SINGLE,), when="long", at="options"),
    error("TW3", "an article gives the answer away", testwise.article_gives_it_away, CHOSEN, ("a", "an"), at="stem"),
    warning("TW3-gap", "an article gives a gap away", testwise.article_before_a_gap, (CLOZE,), ("an",), at="text"),
    warning("TW4", "two opposites, one of which is right", choices.opposites, (SINGLE,), choices.OPPOSED, at="options"),
    warning(
        "TW5",
        "absolute words only in what is wrong",
        testwise.absolutes_in_distractors,
        (SINGLE, MULTIPLE, TRUE_FALSE),
        testwise.ABSOLUTE,
        at="options",
    ),
    warning(
        "TW6", "a word of the stem comes back only in the key", testwise.word_in_stem_and_key, CHOSEN, at="options"
    ),
    warning(
        "TW6-match",
        "a word of an entry comes back only in its match",
        testwise.word_in_stem_and_match,
        (MATCHING,),
        at="stems",
    ),
    warning("TW7", "the key is made of parts of the other options", testwise.key_converges, (SINGLE,), at="options"),
    error(
        "TW8",
        "an option that speaks of the others",
        testwise.all_of_the_above,
        CHOSEN,
        words_of("above any each every both these them others correct right true options answers choices b c d e f"),
        at="options",
    ),
    error(
        "TW9", "none of the above", testwise.none_of_the_above, CHOSEN, words_of("none neither any no"), at="options"
    ),
    warning(
        "TW10",
        "an option that nobody takes",
        wording.option_that_is_none,
        CHOSEN,
        wording.NO_ANSWER_WORDS,
        at="options",
    ),
    warning(
        "TW11",
        "options of another sort than the question asks for",
        choices.mixed_sorts,
        CHOSEN,
        choices.SORTS,
        at="options",
    ),
    warning("TW12", "the key stands too often at one place"),
    error("TW13", "two entries say the same", testwise.same_option_twice, LISTED, when="alike", at="options"),
    warning(
        "TW13-name",
        "two options are names of one thing",
        choices.one_by_two_names,
        CHOSEN,
        choices.SYNONYM_WORDS,
        at="options",
    ),
    warning(
        "TW13-range",
        "options are ranges that overlap",
        difficulty.overlapping_ranges,
        CHOSEN,
        when="numeric",
        at="options",
    ),
    warning("TW14", "a stem says the answer of another question"),
    warning("TW15", "the cautious option is right too often"),
    warning("TW16", "the answer is said before it is asked", giving.answer_in_stem, at="stem"),
    warning(
        "TW17",
        "what stands beside the question says the answer",
        giving.answer_beside,
        when="beside",
        at=giving.where_beside,
    ),
    warning("TF1", "all statements are true, or all false", testwise.all_alike, (TRUE_FALSE,), at="statements"),
    warning("CL1", "what is missing stands elsewhere in the text", testwise.gap_filled_in_sight, (CLOZE,), at="text"),
    warning("CL2", "more gaps than text", asking.gaps_everywhere, (CLOZE,), at="text"),
    warning("EM1", "the last match is free", testwise.last_match_is_free, (MATCHING,), at="stems"),
    warning("OR1", "the words of the steps say their order", asking.order_in_the_words, (ORDERING,), at="items"),
    # What hurts one who knows
    warning(
        "ID1",
        "the question turns on a negative in small letters",
        difficulty.unmarked_negative,
        ASKED,
        ("not", "except", "least", "false", "incorrect", "untrue", "inappropriate", "unlikely", "t"),
        at="stem",
    ),
    warning(
        "ID2", "a double negative", difficulty.double_negative, (SINGLE, MULTIPLE, TRUE_FALSE), DENIAL, at="options"
    ),
    warning("ID3", "vague words of frequency", difficulty.vague_options, (*CHOSEN, TRUE_FALSE), VAGUE, at="options"),
    warning("ID4", "the stem asks nothing", asking.no_question, ASKED, asking.AIMLESS_WORDS, when="unasked", at="stem"),
    warning("ID5", "a long stem", difficulty.long_stem, when="long", at="stem"),
    warning("ID6", "long options", difficulty.long_options, (SINGLE, MULTIPLE, MATCHING), when="long", at="options"),
    warning(
        "ID7",
        "all options begin with the same words",
        difficulty.repeated_beginning,
        (SINGLE, MULTIPLE, TRUE_FALSE),
        when="begun",
        at="options",
    ),
    warning(
        "ID8",
        "numbers of different units or out of order",
        difficulty.numbers_out_of_order,
        CHOSEN,
        when="numeric",
        at="options",
    ),
    warning("ID9", "a fixed order that is none", difficulty.ranks_out_of_order, CHOSEN, when="fixed", at="options"),
    warning("ID10", "a share that only a look-up tells", asking.look_up, (SINGLE, NUMERIC), when="numeric", at="stem"),
    warning("ID11", "an abbreviation that is explained nowhere"),
    warning("ID12", "a question that needs the answer of another", asking.hinged, (), asking.HINGED_WORDS, at="stem"),
    warning("ID15", "a blank in the stem"),
    warning(
        "ID16",
        "a superlative without a ground",
        wording.superlative_of_nothing,
        (*CHOSEN, RECALL, TYPED),
        ("most", "least", "best", "worst"),
        at="stem",
    ),
    warning("ID17", "who somebody is, where it does not matter", asking.identity, (), asking.IDENTITY, at="stem"),
    warning(
        "ID19",
        "an emergency, and a key that waits",
        asking.slow_in_an_emergency,
        (SINGLE,),
        ("saddle", "perianal", "retention", "pulsatile", "equina"),
        at="options",
    ),
    warning("ID20", "a slip of spelling or grammar"),
    warning("ID20-name", "one thing under two names", wording.under_two_names, (), wording.NAME_WORDS),
    warning("ID20-old", "a name that is out of use", wording.out_of_use, (), wording.OLD_WORDS),
    warning(
        "KD1",
        "one answer is taken, and several are asked",
        asking.several_for_one,
        (SINGLE,),
        asking.SEVERAL_WORDS | asking.NUMBER_WORDS,
        at="stem",
    ),
    warning(
        "KD2",
        "another number is asked than is right",
        asking.another_number,
        (MULTIPLE,),
        asking.NUMBER_WORDS,
        at="stem",
    ),
    # What counts
    warning("CF1", "a confusion that counts for nothing", confusing.counts_for_nothing, when="confusing"),
    warning("CF2", "a wrong answer that stands for the right thing", confusing.taken_for_itself, when="confusing"),
    warning("CO1", "a contrast with too few questions on a side"),
    warning("CO2", "a concept that nothing names"),
    warning("AC1", "urgency on some options only", acting.urgency_in_part, CHOSEN, when="marked", at="options"),
    warning("AC2", "harm that counts for nothing", acting.harm_without_danger, CHOSEN, when="marked", at="options"),
    warning("AC3", "the fastest or slowest option is right too often"),
    error("TY1", "a wrong answer that is accepted", written.wrong_and_accepted, (TYPED,), at="wrong"),
    warning(
        "TY2",
        "a wrong answer that is another name of the right one",
        written.wrong_by_another_name,
        (TYPED,),
        at="wrong",
    ),
    warning("NU1", "a unit that is not known", written.unknown_unit, (NUMERIC,), at="unit"),
    warning("NU2", "a tolerance larger than the value", written.tolerance_beyond_value, (NUMERIC,), at="tolerance"),
    warning("NU3", "another unit in the stem than in the key", written.unit_of_another_sort, (NUMERIC,), at="unit"),
    # Questions side by side
    warning("same-stem", "two questions ask the same"),
    warning("near-stem", "two questions ask nearly the same"),
    warning("TO1", "one topic or level in two spellings"),
    warning("TO2", "a level on some questions only"),
    warning("TO3", "topics of one question"),
)
"""A rule without a function is one over whole decks."""
