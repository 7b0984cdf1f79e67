"""A query is a line that is typed: it says what it means, and what in it means nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from sciaquiz.deck.folding import folded
from sciaquiz.deck.model import Kind
from sciaquiz.ids import CardId, DeckId
from sciaquiz.study.query import Field, Is, Order, Query, Term, query_of, slug, text_of
from sciaquiz.study.querying import Fault, Vocabulary, completions, parse

VOCABULARY = Vocabulary(
    {DeckId("nerve-roots"): "Nerve roots", DeckId("flags"): "Red flags", DeckId("is"): "Is: a deck, “quoted”"},
    {"foot-drop": "foot drop", "discs": "Discs", "座骨神経": "座骨神経", "l4-5": "L4/5"},
    ("recall", "apply"),
)


def terms_of(text: str) -> list[str]:
    parsed = parse(text, VOCABULARY)
    assert not parsed.faults
    return [str(term) for term in parsed.query.terms]


@each_row(
    ("typed", "meant"),
    [
        ("", []),
        ("is:wrong,guessed topic:foot-drop", ["is:wrong,guessed", "topic:foot-drop"]),
        ("IS:Wrong deck:Flags", ["is:wrong", "deck:flags"]),
        ('deck:"Red flags",nerve-roots', ["deck:flags,nerve-roots"]),
        ('topic:"Foot Drop"', ["topic:foot-drop"]),
        ('topic:"L4/5"', ["topic:l4-5"]),
        ("topic:L4/5", ["topic:l4-5"]),
        ("topic:座骨神経", ["topic:座骨神経"]),
        ("kind:true-false,single", ["kind:true-false,single"]),
        ("level:recall", ["level:recall"]),
        ("-is:known -topic:discs", ["-is:known", "-topic:discs"]),
        ("is:due is:flagged", ["is:due", "is:flagged"]),
        ("is:new is:note", ["is:unseen", "is:noted"]),
        ("is:wrong,wrong,", ["is:wrong"]),
        ("flag:", ["is:flagged"]),
        ("-flag:", ["-is:flagged"]),
        ("due:<3 due:3 due:<=3 due:today due:tomorrow", ["due:<3", "due:<4", "due:<4", "due:<1", "due:<2"]),
        ("id:roots#gap", ["id:roots#gap"]),
        ("ankle JERK -disc", ["ankle", "JERK", "-disc"]),
        ('"ankle jerk" -"foot drop" "is:wrong"', ['"ankle jerk"', '-"foot drop"', '"is:wrong"']),
        ("L4/5 S1: 10:30", ["L4/5", '"S1:"', '"10:30"']),
        ("Lasègue 神経", ["Lasègue", "神経"]),
    ],
)
def test_a_line_means_what_it_says(typed: str, meant: list[str]) -> None:
    assert terms_of(typed) == meant


@each_row("typed", ["is:", "topic:", "deck:,", "-", "+ ? – ,", '"', "due:", "due:<", "order:", "n:", "id:"])
def test_what_is_half_typed_means_nothing_yet_and_is_no_fault(typed: str) -> None:
    parsed = parse(f"ankle {typed}", VOCABULARY)
    assert parsed.query == Query((Term(Field.WORDS, ("ankle",)),))
    assert parsed.faults == ()


@each_row(
    ("typed", "fault", "left"),
    [
        ("is:wrnog", Fault(3, 8, "There is no state “wrnog”. Did you mean wrong?", "wrong"), ""),
        ("a is:due,wrnog", Fault(9, 14, "There is no state “wrnog”. Did you mean wrong?", "wrong"), "a is:due"),
        ("-topic:foot", Fault(7, 11, "There is no topic “foot”. Did you mean foot-drop?", "foot-drop"), ""),
        ("deck:zzz", Fault(5, 8, "There is no deck “zzz”."), ""),
        ("kind:singel b", Fault(5, 11, "There is no kind “singel”. Did you mean single?", "single"), "b"),
        ("topik:discs", Fault(0, 5, "There is no “topik:”. Did you mean topic?", "topic"), ""),
        ("due:soon", Fault(4, 8, "due: takes one number of days, as in due:<3.", "<3"), ""),
        ("order:weekest", Fault(6, 13, "There is no order “weekest”. Did you mean weakest?", "weakest"), ""),
        ("n:0", Fault(2, 3, "n: takes a number from 1 to 9999, as in n:20.", "20"), ""),
        ("-order:deck", Fault(0, 6, "order: cannot be excluded.", "order"), ""),
        ("flag:red", Fault(0, 4, "flag: takes nothing after it.", "flag"), ""),
    ],
)
def test_what_means_nothing_is_named_with_its_place_and_the_rest_stays(typed: str, fault: Fault, left: str) -> None:
    parsed = parse(typed, VOCABULARY)
    assert parsed.faults == (fault,)
    assert text_of(parsed.query) == left


def test_order_and_number_are_no_terms() -> None:
    assert parse("order:weakest n:20", VOCABULARY).query == Query(order=Order.WEAKEST, most=20)


def test_a_line_of_thousands_of_words_is_cut_with_a_word_about_it() -> None:
    parsed = parse("a " * 5_000, VOCABULARY)
    assert len(parsed.query.terms) == 100
    assert parsed.faults[0] == Fault(200, 201, "A query has at most 100 words.")


WORDS = st.text(max_size=12).filter(lambda text: '"' not in text and folded(text).strip())
TERMS = st.one_of(
    st.builds(Term, st.just(Field.WORDS), st.tuples(WORDS), st.booleans()),
    st.builds(Term, st.just(Field.DUE), st.integers(0, 9_999).map(lambda days: (str(days),)), st.booleans()),
    st.builds(
        Term,
        st.just(Field.ID),
        st.lists(st.text(min_size=1, max_size=8).filter(lambda text: '"' not in text), min_size=1, unique=True).map(
            tuple
        ),
        st.booleans(),
    ),
    *(
        st.builds(
            Term,
            st.just(name),
            st.lists(st.sampled_from(VOCABULARY.of(name)), min_size=1, unique=True).map(tuple),
            st.booleans(),
        )
        for name in (Field.DECK, Field.TOPIC, Field.KIND, Field.LEVEL, Field.IS)
    ),
)
QUERIES = st.builds(
    Query, st.lists(TERMS, max_size=6).map(tuple), st.sampled_from(Order), st.none() | st.integers(1, 9_999)
)


@given(query=QUERIES)
def test_the_line_that_says_a_query_is_read_as_that_query(query: Query) -> None:
    parsed = parse(text_of(query), VOCABULARY)
    assert (parsed.query, parsed.faults) == (query, ())


@given(text=st.text(st.sampled_from('ab :-,"<>15isdecktopcwrng\n神'), max_size=40), cursor=st.integers(0, 40))
def test_whatever_is_typed_is_read(text: str, cursor: int) -> None:
    parsed = parse(text, VOCABULARY)
    assert parse(text_of(parsed.query), VOCABULARY).query == parsed.query
    for fault in parsed.faults:
        assert 0 <= fault.start < fault.end <= len(text)
    offered = completions(text, min(cursor, len(text)), VOCABULARY)
    assert 0 <= offered.start <= offered.end <= len(text)


@each_row(
    ("typed", "offered", "replaced"),
    [
        ("is:|", list(Is), ""),
        ("topic:foot-drop is:wr|", ["wrong"], "wr"),
        ("is:wrong,|", [state for state in Is if state is not Is.WRONG], ""),
        ("topic:dr|", ["foot-drop"], "dr"),
        ("topic:d|", ["discs", "foot-drop"], "d"),
        ('topic:"foot d|', ["foot-drop"], '"foot d'),
        ("-is:sus|", ["suspended"], "sus"),
        ("de|", ["deck:"], "de"),
        ("is:wr|ong due", ["wrong"], "wrong"),
        ("order:w|", ["weakest"], "w"),
        ("deck:|", ["nerve-roots", "flags", "is"], ""),
        ("zzz:|", [], ""),
        ("is:wrong|", [], "wrong"),
        ("is:wrong,due|", [], "due"),
    ],
)
def test_what_could_come_next(typed: str, offered: list[str], replaced: str) -> None:
    cursor = typed.index("|")
    text = typed.replace("|", "")
    found = completions(text, cursor, VOCABULARY)
    assert list(found.words) == offered
    assert text[found.start : found.end] == replaced


def test_ticks_are_what_a_term_holds_and_take_nothing_from_the_others() -> None:
    query = parse("is:flagged -is:known ankle", VOCABULARY).query
    assert query.ticked(Field.IS) == ("flagged",)
    assert text_of(query.toggled(Field.IS, Is.DUE)) == "is:flagged,due -is:known ankle"
    assert text_of(query.toggled(Field.IS, Is.FLAGGED)) == "-is:known ankle"
    assert text_of(query.toggled(Field.TOPIC, "discs")) == "is:flagged -is:known ankle topic:discs"
    assert text_of(query.beside(Field.IS)) == "-is:known ankle"
    assert query.beside(Field.DECK) == query
    assert text_of(query.without(query.terms[2])) == "is:flagged -is:known"


def test_a_query_is_made_of_what_was_ticked() -> None:
    made = query_of(
        decks=[DeckId("flags")], topics=["Foot drop"], kinds=[Kind.SINGLE], states=[Is.WRONG, Is.GUESSED],
        ids=[CardId("a")], order=Order.WEAKEST, most=20,
    )  # fmt: skip
    assert text_of(made) == "deck:flags topic:foot-drop kind:single is:wrong,guessed id:a order:weakest n:20"
    assert query_of() == Query()


def test_a_topic_is_the_same_whatever_its_case_and_hyphens() -> None:
    assert slug("Foot drop") == slug("foot-drop") == "foot-drop"
    assert slug("Lasègue’s sign") == "lasegue-s-sign"
    assert slug("?!") == ""
