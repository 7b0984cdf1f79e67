"""The shipped decks: complete, contrasted, safe, and of no help to who knows nothing but how tests are written."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rows import each_row
from sciaquiz.authoring.check import check
from sciaquiz.deck.concepts import Pair, concept_of, stands_for
from sciaquiz.deck.kinds import Matching, MultipleAnswer, SingleBestAnswer
from sciaquiz.deck.model import Kind, Safety, Urgency
from sciaquiz.ids import ConceptId
from shipped import DECKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.deck.model import Deck, Option, Question

ROOT = Path(__file__).parents[2]
QUESTIONS = {question.id: question for deck in DECKS for question in deck.questions}
SINGLES = [question for question in QUESTIONS.values() if isinstance(question, SingleBestAnswer)]
COVERAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
CLAIMS = 12
LEAD = 0.05
"""How much better than chance a strategy of a testwise student may be."""

PAIRS = """
l5-root common-fibular-nerve
s1-root tibial-nerve
l4-root femoral-nerve
sciatic-nerve l5-root
sciatic-fibular-part common-fibular-nerve
deep-gluteal-syndrome lumbosacral-radiculopathy
piriformis-syndrome deep-gluteal-syndrome
piriformis-syndrome ischiofemoral-impingement
ischiofemoral-impingement proximal-hamstring-syndrome
cauda-equina-syndrome bilateral-radiculopathy
ces-incomplete ces-retention
cauda-equina-syndrome conus-lesion
cauda-equina-syndrome cord-compression
conus-lesion cord-compression
straight-leg-raise crossed-straight-leg-raise
straight-leg-raise femoral-stretch
traversing-root exiting-root
superficial-fibular-nerve deep-fibular-nerve
above-piriformis below-piriformis
greater-sciatic-foramen lesser-sciatic-foramen
ba-type-b ba-type-c
ba-type-d ba-type-e
ba-type-a ba-type-f
freiberg-test pace-test
freiberg-test beatty-test
freiberg-test fair-test
pace-test beatty-test
pace-test fair-test
beatty-test fair-test
superior-gluteal-nerve inferior-gluteal-nerve
dermatome nerve-field
radicular-pain radiculopathy
radicular-pain referred-pain
pvr-above-200 pvr-below-200
""".strip().splitlines()


def table(heading: str) -> list[list[str]]:
    part = COVERAGE.split(f"## {heading}")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def ids_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_decks_hold_what_they_promise() -> None:
    assert len(DECKS) == 4
    assert all(len(deck.questions) >= 100 for deck in DECKS)
    assert len(QUESTIONS) >= 420
    assert {question.kind for question in QUESTIONS.values()} == set(Kind)
    assert sum(question.case is not None for question in QUESTIONS.values()) >= 24


def test_nothing_is_wrong_with_them_and_nothing_is_left_unexplained() -> None:
    assert check([ROOT / "decks"]).problems == ()


def test_every_question_has_a_source_and_an_explanation_and_was_reviewed() -> None:
    for question in QUESTIONS.values():
        assert question.sources, question.id
        assert question.explanation, question.id
        assert question.reviewed_on is not None, question.id
    for single in SINGLES:
        assert all(option.why for option in single.options), single.id


def test_every_claim_of_the_article_has_questions() -> None:
    rows = table("The claims")
    assert [int(row[0]) for row in rows] == list(range(1, CLAIMS + 1))
    for row in rows:
        assert len(ids_in(row[2])) >= 2, row[1]
        assert set(ids_in(row[2])) <= set(QUESTIONS), row[1]


def test_every_topic_has_questions_and_every_question_a_topic() -> None:
    rows = table("Topics")
    assert len(rows) >= 30
    assert all(ids_in(row[2]) for row in rows)
    named = set(chain.from_iterable(ids_in(row[2]) for row in rows))
    assert named == set(QUESTIONS)


@each_row("pair", PAIRS)
def test_every_confusion_pair_is_a_contrast_with_two_questions_on_each_side(pair: str) -> None:
    one, other = (ConceptId(name) for name in pair.split())
    contrasts = [contrast for deck in DECKS for contrast in deck.contrasts if Pair(contrast.between) == {one, other}]
    assert contrasts
    assert all(contrast.discriminator for contrast in contrasts)
    for side, taken_for in ((one, other), (other, one)):
        asked = [
            question.id
            for question in QUESTIONS.values()
            if concept_of(question) == side and taken_for in stands_for(question)
        ]
        assert len(asked) >= 2, f"{side}, with a wrong answer that stands for {taken_for}: {asked}"


def test_the_questions_of_the_screenshots_exist() -> None:
    shown = re.findall(r'": \("([a-z0-9-]+)[#"]', (ROOT / "bench" / "kinds.py").read_text(encoding="utf-8"))
    assert len(shown) >= len(Kind)
    assert set(shown) <= {str(name) for name in QUESTIONS}


def test_no_concept_is_named_that_no_deck_declares() -> None:
    for deck in DECKS:
        known = {concept.id for concept in deck.concepts}
        for question in deck.questions:
            assert stands_for(question) | ({question.concept} - {None}) <= known, question.id


def asks_and_answers(question: Question) -> str:
    """The stem with what is right about it."""
    entries = [
        entry.text
        for name in ("options", "statements", "items")
        for entry in getattr(question, name, ())
        if getattr(entry, "correct", True)
    ]
    return " ".join([question.stem, str(getattr(question, "answer", "")), *getattr(question, "answers", ()), *entries])


def test_what_has_to_be_done_now_must_not_be_missed() -> None:
    loose = [q.id for q in SINGLES if q.key.urgency is Urgency.NOW and q.safety is None]
    assert loose == []


def test_what_must_not_be_missed_says_which_of_its_actions_harm() -> None:
    silent = [
        question.id
        for question in QUESTIONS.values()
        if question.safety is Safety.MUST_NOT_MISS
        and isinstance(question, SingleBestAnswer | MultipleAnswer)
        and any(option.urgency for option in question.options)
        and not any(option.harm for option in question.options)
    ]
    assert silent == []


def test_harm_is_no_other_name_for_wrong() -> None:
    """In some questions a wrong answer is only too careful."""
    marked = [q for q in SINGLES if any(option.harm for option in q.options)]
    careful = [q.id for q in marked if any(not option.correct and not option.harm for option in q.options)]
    assert len(careful) >= len(marked) / 5


STUDY = re.compile(r"et al\.|\b(pooled|sensitivity|specificity|cohort of|series of|study)\b|stud(y|ies) (found|of)")


def test_a_red_flag_is_what_harms_a_patient_today_and_no_figure_of_a_study() -> None:
    [red] = [deck for deck in DECKS if deck.id == "red-flags"]
    watched = [question for question in red.questions if question.safety is Safety.MUST_NOT_MISS]
    assert 55 <= len(watched) <= 0.45 * len(red.questions)
    assert [question.id for question in watched if STUDY.search(question.stem)] == []


DANGERS = {
    "the cauda equina": r"saddle|wiping|flow",
    "the cord": r"plantar|cord compression|unsteady|brisk",
    "cancer": r"cancer",
    "infection": r"abscess|discitis|fever|temperature|CRP",
    "the aorta": r"aneurysm|aort|tearing",
    "a leg without blood": r"pale|cold",
    "a fracture": r"fracture|ankylosing|lifted",
    "a bleed": r"haematoma|anticoagulant|warfarin|spinal anaesthe",
    "a compartment": r"tense|hard.{0,20}painful|plaster",
    "a breathing failure": r"all tendon jerks",
    "a pregnancy": r"pregnan|caesarean",
    "a child": r"of 13|toddler|child",
    "a child who is not safe": r"safeguarding",
}


@each_row("danger", DANGERS)
def test_each_danger_must_not_be_missed(danger: str) -> None:
    watched = [q for q in QUESTIONS.values() if q.safety is Safety.MUST_NOT_MISS]
    found = [q.id for q in watched if re.search(DANGERS[danger], asks_and_answers(q), re.IGNORECASE)]
    assert found


EARLY = {
    "hesitancy": r"hesitan|time to start|waits? for the (stream|flow)",
    "altered flow": r"(feels?|unsure|aware|sensation).{0,40}(urine|flow|stream)|altered.flow",
    "a small patch": r"(small|coin|one-sided|one side|patch).{0,60}(numb|saddle|anus|paper)|numb patch|on (one side|the (left|right))\\b.{0,40}(paper|wip)|(paper|wip).{0,60}one side",
    "rectal fullness": r"rectal (fullness|sensation)|rectum (is|was|feels) full|full rectum",
    "sexual change": r"sexual|erection|genital|arousal",
}


@pytest.mark.parametrize("change", EARLY)
def test_early_change_is_taught_and_not_only_incontinence(change: str) -> None:
    asked = [
        question.id
        for question in QUESTIONS.values()
        if question.safety is Safety.MUST_NOT_MISS and re.search(EARLY[change], asks_and_answers(question), re.I)
    ]
    assert len(asked) >= 2, asked


WAITING = re.compile(
    r"routine (out-?patient|clinic|referral|MRI)|in (six|6|four|4|eight|8) weeks|next month", re.IGNORECASE
)


def test_no_key_sends_a_danger_to_a_routine_clinic() -> None:
    for question in SINGLES:
        if question.safety is Safety.MUST_NOT_MISS:
            assert not WAITING.search(question.key.text), question.id


NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight"]
PEOPLE = re.compile(rf"^({'|'.join(NUMBERS)}) (people|patients)\b", re.IGNORECASE)


def test_a_matching_question_counts_its_people() -> None:
    counted = [
        (question.id, NUMBERS.index(found[1].lower()) + 2, len(question.stems))
        for question in QUESTIONS.values()
        if isinstance(question, Matching)
        and (found := PEOPLE.match(question.stem))
        and "more are added" not in question.stem
    ]
    assert len(counted) >= 5
    assert [name for name, said, shown in counted if said != shown] == []


# What a testwise student would do


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.casefold()))


def longest(question: Question, option: Option) -> float:
    return len(option.text)


def shortest(question: Question, option: Option) -> float:
    return -len(option.text)


def most_specific(question: Question, option: Option) -> float:
    return len(re.findall(r"[0-9(),;:–-]", option.text)) * 10 + len(option.text.split())


def repeats_the_stem(question: Question, option: Option) -> float:
    return len(words(option.text) & words(question.stem))


def middle_length(question: SingleBestAnswer, option: Option) -> float:
    lengths = sorted(len(other.text) for other in question.options)
    return -abs(len(option.text) - lengths[len(lengths) // 2])


def middle_in_order(question: SingleBestAnswer, option: Option) -> float:
    """Only where the author fixed the order; all others are shuffled."""
    if question.shuffle:
        return 0.0
    return -abs(question.options.index(option) - (len(question.options) - 1) / 2)


def converges(question: SingleBestAnswer, option: Option) -> float:
    """Shares most words with the other options."""
    return sum(len(words(option.text) & words(other.text)) for other in question.options if other is not option)


ARGUES = re.compile(r"\b(since|because)\b|, as (?!(before|ordered|planned|usual)\b)")


def argues_least(question: Question, option: Option) -> float:
    """Gives no reason for itself: whoever invents a wrong step likes to excuse it."""
    return -len(ARGUES.findall(option.text))


STRATEGIES = [
    longest,
    shortest,
    most_specific,
    repeats_the_stem,
    middle_length,
    middle_in_order,
    converges,
    argues_least,
]


def rate(strategy: Callable[[SingleBestAnswer, Option], float]) -> float:
    """The share of questions that a student is expected to get right by one rule alone; ties are tossed for."""
    won = 0.0
    for question in SINGLES:
        scores = {option.id: strategy(question, option) for option in question.options}
        best = [option for option, score in scores.items() if score == max(scores.values())]
        won += (question.key.id in best) / len(best)
    return won / len(SINGLES)


MOST_URGENT_RIGHT = 0.45
"""In at most this share of what asks for action may the most urgent option be right."""


def urgent_order(option: Option) -> int:
    assert option.urgency is not None
    return list(Urgency).index(option.urgency)


def test_the_most_urgent_answer_is_not_right_by_habit() -> None:
    """It counts as found where the key is among the most urgent options, if there are others."""
    asked = [q for q in SINGLES if len({option.urgency for option in q.options}) > 1]
    assert len(asked) >= 150
    fastest = [q.id for q in asked if urgent_order(q.key) == min(map(urgent_order, q.options))]
    assert len(fastest) <= MOST_URGENT_RIGHT * len(asked)


CAUTIOUS = re.compile(
    r"\b(may|might|can|could|perhaps|possibl[ey]|likely|suggests?|supports?|fits?|open|undecided|unsure|weak|little"
    r"|before|until|unless|if|first|again|review|repeat|watch|discuss|explain|safety-net|card|warning|as well|not)\b",
    re.IGNORECASE,
)
MOST_CAUTIOUS_RIGHT = 0.40


def caution(option: Option) -> int:
    return len(CAUTIOUS.findall(option.text))


def test_the_most_cautious_wording_is_not_right_by_habit() -> None:
    """It counts as found where the key hedges or holds back as much as any option, and some hold back less."""
    worded = [q for q in SINGLES if len({caution(option) for option in q.options}) > 1]
    assert len(worded) >= 200
    held_back = [q.id for q in worded if caution(q.key) == max(map(caution, q.options))]
    assert len(held_back) <= MOST_CAUTIOUS_RIGHT * len(worded)


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.__name__)
def test_no_trick_beats_chance(strategy: Callable[[SingleBestAnswer, Option], float]) -> None:
    chance = sum(1 / len(question.options) for question in SINGLES) / len(SINGLES)
    assert rate(strategy) <= chance + LEAD


@pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.id)
def test_a_wrong_step_is_not_known_by_its_excuse(deck: Deck) -> None:
    """In few questions does a wrong option argue for itself (“as …”, “since …”), as right ones seldom do."""
    singles = [question for question in deck.questions if isinstance(question, SingleBestAnswer)]
    excused = [q for q in singles if any(ARGUES.search(o.text) for o in q.options if not o.correct)]
    assert len(excused) <= 0.2 * len(singles)


def test_a_giveaway_would_be_noticed() -> None:
    assert rate(lambda question, option: float(option.correct)) == 1.0
