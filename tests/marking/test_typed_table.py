"""Typed terms: every variant that means the answer is accepted, and nothing that means something else."""

from __future__ import annotations

import string
import tomllib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from making import cloze, deck, single
from making import typed as typed_question
from rows import each_row
from sciaquiz.deck.figure import Course, Figure, Panel
from sciaquiz.deck.kinds import WrongAnswer
from sciaquiz.deck.model import Concept, Option
from sciaquiz.ids import ConceptId, FigureId, OptionId
from sciaquiz.marking.lexicon import Judged, Lexicon, TermVerdict, judge
from sciaquiz.marking.pairs import EXACT_PAIRS, OTHER_PAIRS, PAIRS, is_exact
from sciaquiz.marking.words import key, normal, singular

TABLES = tomllib.loads((Path(__file__).parent / "data" / "typed.toml").read_text(encoding="utf-8"))
APART = [tuple(row) for row in TABLES["apart"]]
ACCEPTED_VARIANTS = [tuple(row) for row in TABLES["accepted"]]

BARE = Lexicon()
FULL = Lexicon(tuple(answer for _, answer in (*APART, *ACCEPTED_VARIANTS)))
LEXICONS = {"shipped pairs": BARE, "with the terms of decks": FULL}

ACCEPTED = (TermVerdict.RIGHT, TermVerdict.TYPO)
ANSWERS = sorted({answer for _, answer in (*APART, *ACCEPTED_VARIANTS)})
EXACT_TERMS = sorted({word for pair in EXACT_PAIRS for word in pair} | {"200 mL", "bilateral", "intermuscular"})


def test_the_tables_are_long_enough() -> None:
    assert len(set(APART)) >= 60
    assert len(set(ACCEPTED_VARIANTS)) >= 60
    assert len({frozenset(pair) for pair in PAIRS}) >= 60


def test_what_means_something_else_is_never_accepted() -> None:
    accepted = [
        (typed, answer, kind)
        for (typed, answer), (kind, lexicon) in product(APART, LEXICONS.items())
        if judge(typed, [answer], lexicon).verdict in ACCEPTED
    ]
    assert accepted == []


def test_a_variant_of_the_answer_is_accepted() -> None:
    refused = [
        (typed, kind, judged)
        for (typed, answer), (kind, lexicon) in product(ACCEPTED_VARIANTS, LEXICONS.items())
        for judged in [judge(typed, [answer], lexicon)]
        if judged.verdict not in ACCEPTED or judged.answer != answer or judged.reminder != ""
    ]
    assert refused == []


def test_neither_word_of_a_pair_is_taken_for_the_other() -> None:
    taken = [
        (one, other)
        for one, other in PAIRS
        if not judge(one, [other], BARE) == judge(other, [one], BARE) == Judged(TermVerdict.WRONG)
    ]
    assert taken == []


def test_exact_pairs_are_of_an_exact_class() -> None:
    assert [term for pair in EXACT_PAIRS for term in pair if not all(map(is_exact, key(term)))] == []


def test_the_words_of_other_pairs_stay_different_when_normalised() -> None:
    assert [(one, other) for one, other in OTHER_PAIRS if key(one) == key(other)] == []


@st.composite
def one_edit_of(draw: st.DrawFn, terms: list[str]) -> tuple[str, str]:
    """A term, and the term with one letter put in, left out, changed or swapped with the next."""
    term = draw(st.sampled_from(terms))
    place = draw(st.integers(0, len(term) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase + string.digits))
    before, here, after = term[:place], term[place], term[place + 1 :]
    edited = (
        before + letter + here + after,
        before + after,
        before + letter + after,
        before + after[:1] + here + after[1:],
    )
    return term, draw(st.sampled_from(edited))


@settings(max_examples=400, deadline=None)
@given(one_edit_of(EXACT_TERMS))
def test_one_edit_in_a_word_of_an_exact_class_is_never_accepted(case: tuple[str, str]) -> None:
    term, edited = case
    assume(key(edited) != key(term) and normal(edited).replace(" ", "") != normal(term).replace(" ", ""))
    assert judge(edited, [term], BARE).verdict not in ACCEPTED


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ANSWERS), st.data())
def test_an_accepted_answer_is_right_in_any_case_spacing_and_accent(answer: str, data: st.DataObject) -> None:
    cases = data.draw(st.lists(st.booleans(), min_size=len(answer), max_size=len(answer)))
    accents = data.draw(
        st.lists(st.sampled_from(["", "", "", "\u0301", "\u0308"]), min_size=len(answer), max_size=len(answer))
    )
    shouted = "".join(
        (letter.upper() if upper and letter.isascii() else letter)
        + (accent if letter.isascii() and letter.isalpha() else "")
        for letter, upper, accent in zip(answer, cases, accents, strict=True)
    )
    space = data.draw(st.sampled_from([" ", "  ", "\t", "\n", "\u00a0"]))
    assert judge(f" {shouted.replace(' ', space)} ", [answer], FULL).verdict is TermVerdict.RIGHT


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.booleans())
def test_an_answer_typed_as_it_is_written_is_right(answer: str, exact: bool) -> None:
    assume(answer.strip())
    assert judge(answer, [answer], BARE, exact=exact) == Judged(TermVerdict.RIGHT, answer)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.lists(st.text(max_size=30), max_size=3), st.booleans())
def test_judging_never_raises(typed: str, answers: list[str], exact: bool) -> None:
    judged = judge(typed, answers, FULL, exact=exact)
    assert (judged.answer in answers) == (judged.verdict in ACCEPTED) or judged.answer == ""
    assert (judged.reminder != "") == (judged.verdict is TermVerdict.NEAR)


@each_row("piece", ["x", "piriformis ", "é", "\x00", "\x1b[31m", "l5,", "1,", "'", "-", "\ud800", "ﷺ", "🦴"])
def test_ten_thousand_characters_are_judged_like_any_others(piece: str) -> None:
    typed = (piece * 10_000)[:10_000]
    assert judge(typed, ["piriformis", "L5"], FULL).verdict is TermVerdict.WRONG


def test_control_characters_do_not_hide_a_right_answer() -> None:
    assert judge("piri\x00for\u200bmis\x07", ["piriformis"], BARE).verdict is TermVerdict.RIGHT


@pytest.mark.parametrize(
    ("typed", "answer", "reminder"),
    [
        ("ilieum", "ilium", "Check the spelling of “ilieum”."),
        ("superor gluteal nerve", "superior gluteal nerve", "Check the spelling of “superor”."),
        ("deep perneal nerve", "deep peroneal nerve", "Check the spelling of “perneal”."),
        ("Superor glutel nerve", "superior gluteal nerve", "Check the spelling of “superor” and “glutel”."),
        ("femoral", "femoral nerve", "Write the whole term: say what sort of thing it is."),
        ("FAIR test", "FAIR", "Check what sort of thing it is."),
    ],
)
def test_a_near_miss_is_asked_again_in_words_that_were_typed(typed: str, answer: str, reminder: str) -> None:
    assert judge(typed, [answer], BARE) == Judged(TermVerdict.NEAR, "", reminder)


def test_an_exact_question_accepts_spelling_but_no_typing_error() -> None:
    assert judge("Piriformis", ["piriformis"], BARE, exact=True).verdict is TermVerdict.RIGHT
    assert judge("pirifomis", ["piriformis"], BARE, exact=True) == Judged(
        TermVerdict.NEAR, "", "Check the spelling of “pirifomis”."
    )


def test_a_term_of_a_deck_makes_the_same_typing_error_ambiguous() -> None:
    assert judge("sartorios", ["sartorius"], BARE).verdict is TermVerdict.TYPO
    judged = judge("sartorios", ["sartorius"], Lexicon(("sartoriosa",)))
    assert judged == Judged(TermVerdict.NEAR, "", "Check the spelling of “sartorios”.")


def test_a_typing_error_that_is_another_term_of_a_deck_is_wrong() -> None:
    assert judge("sartorios", ["sartorius"], Lexicon(("Sartorios",))) == Judged(TermVerdict.WRONG)
    assert judge("root nerve", ["nerve root"], Lexicon(("root nerve",))) == Judged(TermVerdict.WRONG)
    assert judge("deep fibular", ["fibular nerve"], Lexicon(("deep fibular",))) == Judged(TermVerdict.WRONG)


def test_a_name_without_its_sort_is_asked_again_even_if_another_answer_is_that_short() -> None:
    assert judge("femoral", ["femoral nerve"], Lexicon(("Femoral",))).verdict is TermVerdict.NEAR
    assert judge("nerve root L5", ["L5 nerve root"], Lexicon(("Nerve root L5",))).verdict is TermVerdict.RIGHT


def test_another_sort_of_thing_is_wrong_and_gives_nothing_away() -> None:
    answers = ["superior gluteal nerve", "superior gluteal"]
    assert judge("superior gluteal artery", answers, BARE) == Judged(TermVerdict.WRONG)
    assert judge("saphenous vein", ["saphenous", "saphenous nerve"], BARE) == Judged(TermVerdict.WRONG)
    assert judge("FAIR test", ["FAIR"], BARE).verdict is TermVerdict.NEAR


@each_row(
    ("typed", "answer", "asked", "verdict"),
    [
        ("L5 root", "L5", "Which root is it?", TermVerdict.RIGHT),
        (
            "common fibular",
            "common fibular nerve",
            "It winds round the fibula.\n\nWhich nerve is it?",
            TermVerdict.RIGHT,
        ),
        ("L5 root", "L5", "Which level is it?", TermVerdict.NEAR),
        ("superior gluteal artery", "superior gluteal nerve", "Which nerve leaves with the artery?", TermVerdict.WRONG),
        ("superior gluteal artery", "superior gluteal", "Which nerve leaves with the artery?", TermVerdict.WRONG),
        ("L4 root", "L5", "Which root is it?", TermVerdict.WRONG),
        ("piriformis nerve", "piriformis", "What compresses the sciatic nerve?", TermVerdict.WRONG),
        ("inferior gluteal", "inferior gluteal nerve", "What runs with the sciatic nerve?", TermVerdict.NEAR),
        ("soleus", "soleus muscle", "Which calf muscle lies deep to it?", TermVerdict.RIGHT),
        ("sapheous", "saphenous nerve", "Which nerve is it?", TermVerdict.TYPO),
        ("common peronel", "common peroneal nerve", "Which nerve is it?", TermVerdict.NEAR),
        (
            "acromioclavicular",
            "acromioclavicular joint",
            "Which joint lies above the glenohumeral one?",
            TermVerdict.RIGHT,
        ),
        (
            "coracoclavicular",
            "coracoclavicular ligament",
            "Name the ligament that holds the clavicle down.",
            TermVerdict.RIGHT,
        ),
        ("acromioclavicular", "acromioclavicular joint", "What lies between acromion and clavicle?", TermVerdict.NEAR),
        ("coracoclavicular", "coracoclavicular ligament", "What holds the clavicle down?", TermVerdict.NEAR),
        ("acromioclavicular ligament", "acromioclavicular joint", "Which joint is it?", TermVerdict.WRONG),
    ],
)
def test_what_sort_of_thing_is_asked_for_may_be_said_or_left_out(
    typed: str, answer: str, asked: str, verdict: TermVerdict
) -> None:
    assert judge(typed, [answer], BARE, asked=asked).verdict is verdict


def test_a_muscle_is_not_its_nerve_though_the_question_asks_for_a_nerve() -> None:
    lexicon = Lexicon(("Quadratus femoris",))
    judged = judge("quadratus femoris", ["quadratus femoris nerve"], lexicon, asked="Which nerve supplies it?")
    assert judged.verdict not in ACCEPTED


def test_a_synonym_in_brackets_is_right_only_if_both_are() -> None:
    answers = ["common fibular nerve", "common peroneal nerve"]
    for typed in (
        "common fibular (peroneal) nerve",
        "Common peroneal (fibular) nerve",
        "common fibular(peroneal) nerve",
    ):
        assert judge(typed, answers, BARE).verdict is TermVerdict.RIGHT
    assert judge("common fibular (perineal) nerve", answers, BARE).verdict not in ACCEPTED
    assert judge("common fibular (tibial) nerve", ["common fibular nerve"], BARE).verdict not in ACCEPTED
    assert judge("common fibular/peroneal nerve", answers, BARE).verdict is TermVerdict.RIGHT


@each_row(
    ("typed", "answer"),
    [
        ("deep fibular", "deep fibular (peroneal)"), ("deep peroneal", "deep fibular (peroneal)"), ("deep peroneal nerve", "deep fibular (peroneal) nerve"),
        ("deep peroneal (fibular) nerve", "deep fibular (peroneal) nerve"), ("deep fibular/peroneal", "deep fibular (peroneal)"), ("deep peroneal", "deep fibular/peroneal"),
        ("peroneal", "fibular (peroneal)"), ("fibularis longus", "peroneus (fibularis) longus"), ("Achilles tendon", "calcaneal (Achilles) tendon"),
        ("lateral rotation", "external (lateral) rotation"), ("CES", "cauda equina syndrome (CES)"), ("cauda equina syndrome", "cauda equina syndrome (CES)"),
        ("posterior tibial nerve", "tibial nerve (posterior tibial nerve)"),
    ],
)  # fmt: skip
def test_an_answer_with_its_synonym_in_brackets_is_right_in_each_way(typed: str, answer: str) -> None:
    assert judge(typed, [answer], BARE).verdict in ACCEPTED


@each_row(
    ("typed", "answer"),
    [
        ("L5", "L5 (right)"), ("right", "L5 (right)"), ("femoris", "quadriceps (femoris)"), ("nerve block", "femoral (nerve) block"), ("short head", "biceps femoris (short head)"),
        ("inferior nerve", "gluteal (inferior) nerve"), ("tibial nerve", "common fibular (tibial) nerve"), ("superficial nerve", "fibular (superficial) nerve"), ("S1", "L5 (S1)"),
        ("MRI", "lumbar spine (MRI)"), ("perineal", "fibular (peroneal)"), ("4/5", "45"), ("medial", "tibial (medial)"),
    ],
)  # fmt: skip
def test_what_adds_to_an_answer_in_brackets_is_no_other_way_to_say_it(typed: str, answer: str) -> None:
    assert judge(typed, [answer], BARE).verdict not in ACCEPTED


@pytest.mark.parametrize(
    ("typed", "answer"), [("T10 root", "T12 root"), ("200 mL", "201 mL"), ("incontinent", "continent")]
)
def test_another_number_or_the_contrary_is_wrong_and_not_asked_again(typed: str, answer: str) -> None:
    assert judge(typed, [answer], BARE) == Judged(TermVerdict.WRONG)


def test_the_lexicon_of_decks_holds_every_term_and_no_sentence() -> None:
    concept = Concept(id=ConceptId("c"), name="Deep gluteal syndrome", aliases=("DGS",))
    asked = replace(typed_question("piriformis"), wrong=(WrongAnswer(text="pisiform"),))
    options = (Option(id=OptionId("a"), text="Obturator nerve", correct=True, why=""),)
    sentence = (Option(id=OptionId("b"), text="It leaves the pelvis above the muscle", correct=True, why=""),)
    questions = (
        asked,
        cloze("The ", ("1", "sural"), " nerve"),
        replace(single("q"), options=options),
        replace(single("p"), options=sentence),
    )
    lexicon = Lexicon.from_decks([replace(deck(*questions), concepts=(concept,))])
    assert set(lexicon.texts) == {"Deep gluteal syndrome", "DGS", "piriformis", "pisiform", "sural", "Obturator nerve"}
    assert key("dgs") in lexicon.terms


def test_regions_of_figures_are_terms() -> None:
    panel = Panel(key="a", name="Type A", describe="", split=False, tibial=Course.BELOW, fibular=Course.BELOW)
    figure = Figure(id=FigureId("f"), title="", caption="", alt="", panels=(panel,))
    assert Lexicon.from_decks([replace(deck(), figures=(figure,))]).texts == ("Type A",)


def test_synonyms_among_the_accepted_answers_do_not_block_each_other() -> None:
    answers = ["pyriformis", "piriformis"]
    assert judge("peeriformis", answers, BARE) == Judged(TermVerdict.TYPO, "pyriformis")
    assert judge("pirifomis", answers, BARE) == Judged(TermVerdict.TYPO, "piriformis")


@each_row(
    ("many", "one"),
    [
        ("nerves", "nerve"), ("arteries", "artery"), ("foramina", "foramen"), ("gemelli", "gemellus"), ("rami", "ramus"),
        ("vertebrae", "vertebra"), ("plexuses", "plexus"), ("branches", "branch"), ("reflexes", "reflex"),
        ("kidneys", "kidney"), ("causes", "cause"), ("diagnoses", "diagnosis"), ("ischia", "ischium"),
    ],
)  # fmt: skip
def test_plurals_have_one_singular(many: str, one: str) -> None:
    assert singular(many) == singular(one) == one


@each_row("word", ["psoas", "iliopsoas", "biceps", "pancreas", "pelvis", "plexus", "pons", "abscess", "l5", "asis"])
def test_a_word_in_s_that_is_no_plural_stays(word: str) -> None:
    assert singular(word) == word


@each_row(
    ("text", "expected"),
    [
        ("The  Sciatic-Nerve!", "sciatic nerve"), ("Lasègue’s sign", "lasegue sign"), ("flexion & adduction", "flexion and adduction"),
        ("L4–5", "l4 l5"), ("S2, 3, 4", "s2 s3 s4"), ("≥ 50 %", "≥ 50 %"), ("SLR+", "slr +"), ("-5", "-5"), ("1,5", "1.5"),
        ("1,000", "1000"), ("type A", "type a"), ("A-delta", "a delta"), ("4/5", "4/5"), ("the", ""),
    ],
)  # fmt: skip
def test_normal_text(text: str, expected: str) -> None:
    assert normal(text) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=string.ascii_letters + string.digits + " -/,.'+%°éß<"))
def test_normal_text_has_single_spaces_and_no_capitals(text: str) -> None:
    normalised = normal(text)
    assert normalised == " ".join(normalised.split()).casefold()
