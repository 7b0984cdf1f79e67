"""What a query finds is what looking at each card in plain Python gives, on random decks, states and queries."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from math import inf
from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cataloguing import catalogue_of, random_decks, random_states
from making import HEAD, SINGLE, deck, recall, single
from rows import each_row
from sciaquiz.catalogue.matching import Matching
from sciaquiz.clock import Moment
from sciaquiz.deck.folding import folded, words_of
from sciaquiz.deck.library import read_library
from sciaquiz.deck.model import Case, Kind, Safety
from sciaquiz.ids import CardId, CaseId
from sciaquiz.journal.entries import CardState, Certainty, Phase
from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.memory.value import faded
from sciaquiz.study.query import Field, Is, Order, Query, Term, slug
from sciaquiz.study.querying import parse
from sciaquiz.study.queue import is_hidden
from sciaquiz.study.summary import opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sciaquiz.deck.model import Card, Deck

TODAY = date(2026, 11, 22)
NOW = Moment(instant=datetime(2026, 11, 22, 12, tzinfo=UTC), offset_minutes=0, study_day=TODAY)
LEECH = 8
TOPICS = ("Foot drop", "foot-drop", "discs", "L4/5", "?")
TEXTS = ("The ankle jerk at L4/5.", "A disc.", "Lasègue’s sign and the ankle.", "座骨神経は何から出るか。", "")


def is_unsafe(card: Card, state: CardState) -> bool:
    return card.question.safety is Safety.MUST_NOT_MISS and state.unsafe is not None


def rank_of(state: CardState) -> int:
    """0 for a card that was answered wrongly last, 1 for a right guess, 2 for another right answer, 3 for none."""
    last = state.last_answer
    if last is None:
        return 3
    return (1 if last.certainty is Certainty.GUESS else 2) if last.correct else 0


def is_wrong(state: CardState) -> bool:
    return rank_of(state) == 0


def comes_back(state: CardState) -> date | None:
    """The day on which a card is asked again; None if it is suspended or was never asked."""
    if state.progress is None or state.marks.suspended:
        return None
    return max(state.progress.due_day, state.marks.buried_until or date.min)


def waits(state: CardState) -> bool:
    back = comes_back(state)
    if back is None or back > TODAY or state.progress is None:
        return False
    return state.progress.due_at is None or state.progress.due_at <= NOW.instant


def is_so(card: Card, state: CardState, wanted: Is) -> bool:
    progress, marks = state.progress, state.marks
    return {
        Is.WRONG: is_wrong(state),
        Is.GUESSED: rank_of(state) == 1,
        Is.UNSEEN: progress is None and state.last_answer is None,
        Is.DUE: progress is not None and progress.due_day <= TODAY and not is_hidden(state, TODAY),
        Is.LEARNING: progress is not None and progress.phase is not Phase.REVIEW,
        Is.KNOWN: progress is not None
        and progress.phase is Phase.REVIEW
        and rank_of(state) == 2
        and not is_unsafe(card, state),
        Is.UNSAFE: is_unsafe(card, state),
        Is.FLAGGED: marks.flagged,
        Is.SUSPENDED: marks.suspended,
        Is.PUT_OFF: marks.buried_until is not None and marks.buried_until > TODAY,
        Is.NOTED: bool(marks.note),
        Is.LEECH: progress is not None and progress.lapses >= LEECH,
    }[wanted]


def applies(term: Term, card: Card, state: CardState) -> bool:
    question = card.question
    match term.field:
        case Field.DECK:
            found = question.deck_id in term.values
        case Field.TOPIC:
            found = any(slug(topic) in term.values for topic in question.topics)
        case Field.KIND:
            found = question.kind in term.values
        case Field.LEVEL:
            found = question.level in term.values
        case Field.IS:
            found = any(is_so(card, state, Is(value)) for value in term.values)
        case Field.ID:
            found = card.id.startswith(term.values)
        case Field.DUE:
            back = comes_back(state)
            found = back is not None and (back - TODAY).days < int(term.values[0])
        case _:
            found = folded(term.values[0]).strip() in folded(words_of(question))
    return found != term.excluded


def place_in(order: Order, card: Card, state: CardState) -> tuple[float, ...]:
    progress = state.progress
    answered = progress is not None
    unsafe, wrong = is_unsafe(card, state), is_wrong(state)
    if order is Order.WEAKEST:
        elapsed = faded(DEFAULT_FITS, progress.memory, max((TODAY - progress.last_day).days, 0)) if progress else 0
        return (not answered, not unsafe, rank_of(state), -elapsed)
    if order is Order.OLDEST:
        return (not answered, progress.last_day.toordinal() if progress else 0)
    if order is not Order.DUE:
        return ()
    back = comes_back(state)
    if state.marks.suspended:
        return (3,)
    if back is None or progress is None:
        return (2,)
    if waits(state):
        return (0, 0 if unsafe else 1 if wrong else 2, progress.due_day.toordinal())
    return (1, back.toordinal(), progress.due_at.timestamp() if progress.due_at else -inf)


def random_term(random: Random, decks: Sequence[Deck]) -> Term:
    name = random.choice(list(Field))
    excluded = random.random() < 0.25

    def some(values: Iterable[str]) -> tuple[str, ...]:
        known = list(values)
        return tuple(random.sample(known, min(len(known), random.randint(1, 3))))

    match name:
        case Field.DECK:
            values = some([*(deck.id for deck in decks), "another"])
        case Field.TOPIC:
            values = some(slug(topic) for topic in TOPICS[1:4])
        case Field.LEVEL:
            values = some(["recall", "apply", "analyse"])
        case Field.KIND:
            values = some(Kind)
        case Field.IS:
            values = some(Is)
        case Field.ID:
            values = some(["d0-q1", "d1", "d2-q3", "d0-q0#c1", "%", "_"])
        case Field.DUE:
            values = (str(random.choice((0, 1, 2, 4, 99))),)
        case _:
            values = (random.choice(("ankle", "L4/5", "jerk at", "LASEGUE", "神経", "word1", "%", "q2")),)
    return Term(name, values, excluded)


def random_library(random: Random) -> list[Deck]:
    def dressed(made: Deck) -> Deck:
        questions = (
            replace(
                question,
                level=random.choice((None, "recall", "apply")),
                topics=tuple(random.sample(TOPICS, random.randint(0, 3))),
                explanation=random.choice(TEXTS),
            )
            for question in made.questions
        )
        return replace(made, questions=tuple(questions))

    return [dressed(made) for made in random_decks(random)]


@each_row("seed", range(12))
def test_it_is_what_looking_at_each_card_gives(seed: int) -> None:
    """Each seed is one library with some states, asked a hundred random queries."""
    random = Random(seed)
    decks = random_library(random)
    cards = [card for deck in decks for card in deck.cards()]
    states = random_states(random, cards, TODAY)
    with closing(catalogue_of(decks)) as catalogue:
        catalogue.pool().put(states.values())
        asked = Matching(catalogue, NOW, LEECH)
        vocabulary = asked.vocabulary()
        for _ in range(100):
            terms = tuple(random_term(random, decks) for _ in range(random.randint(0, 3)))
            query = Query(terms, random.choice([order for order in Order if order is not Order.MIXED]))

            def found(terms: Iterable[Term], order: Order) -> list[Card]:
                held = [(card, states.get(card.id) or CardState(card_id=card.id)) for card in cards]
                held = [(card, state) for card, state in held if all(applies(term, card, state) for term in terms)]
                return [card for card, _ in sorted(held, key=lambda pair: place_in(order, *pair))]

            wanted = found(query.terms, query.order)
            assert asked.total(query) == len(wanted)
            assert list(asked.ids(query)) == [card.id for card in wanted]
            assert list(asked.ids(replace(query, most=2))) == [card.id for card in wanted[:2]]
            offset, limit = random.randint(0, 9), random.randint(0, 9)
            page = asked.page(query, offset, limit)
            assert [row.card_id for row in page] == [card.id for card in wanted[offset : offset + limit]]
            for row, card in zip(page, wanted[offset:], strict=False):
                assert row.state == states.get(card.id, CardState(card_id=card.id))
                assert (row.deck_id, row.part) == (card.question.deck_id, card.part)
                assert row.must_not_miss == (card.question.safety is Safety.MUST_NOT_MISS)
                assert row.opening == opening(card.question, 160)
            name = random.choice((Field.DECK, Field.TOPIC, Field.KIND, Field.LEVEL, Field.IS))
            counted = dict(asked.counts(query, name))
            for value in vocabulary.of(name):
                ticked = [*query.beside(name).terms, Term(name, (value,))]
                assert counted.pop(value, 0) == len(found(ticked, Order.DECK))
            assert not counted


def test_mixed_is_another_order_each_day_and_the_same_within_it() -> None:
    with closing(catalogue_of([deck(*(single(f"q{number}") for number in range(50)))])) as catalogue:
        query = Query(order=Order.MIXED)
        today = Matching(catalogue, NOW, LEECH).ids(query)
        tomorrow = Matching(catalogue, replace(NOW, study_day=TODAY + timedelta(days=1)), LEECH).ids(query)
        in_deck_order = Matching(catalogue, NOW, LEECH).ids(Query(order=Order.DECK))
        assert today == Matching(catalogue, replace(NOW, instant=NOW.instant + timedelta(hours=1)), LEECH).ids(query)
        assert in_deck_order == tuple(f"q{number}" for number in range(50))
        assert sorted(today) == sorted(tomorrow) == sorted(in_deck_order)
        assert len({today, tomorrow, in_deck_order}) == 3


def test_what_can_be_named_are_decks_by_title_and_the_topics_of_all() -> None:
    first = replace(single("a"), topics=("foot-drop", "L4/5", "?"), level="apply")
    decks = [deck(first, name="zeta"), deck(replace(recall("b", deck="alpha"), topics=("Foot drop",)), name="alpha")]
    with closing(catalogue_of(decks)) as catalogue:
        vocabulary = Matching(catalogue, NOW, LEECH).vocabulary()
    assert list(vocabulary.decks.items()) == [("alpha", "Alpha"), ("zeta", "Zeta")]
    assert vocabulary.levels == ("apply",)
    assert dict(vocabulary.topics) == {"foot-drop": "foot drop", "l4-5": "L4/5"}


@each_row(
    ("stem", "typed"),
    [
        ("座骨神経は何から出るか。", "神経"),
        ("เส้นประสาทไซอาติก", "ประสาท"),
        ("The common fibular nerve", "ibular"),
        ("The common fibular nerve", "NERVE common"),
        ("Lasègue’s sign", "lasegue"),
        ("Lasegue’s sign", "Lasègue"),
        ("Straße und Bærum", "STRASSE baer"),
        ("Ο ΛΟΓΟΣ", "λόγος"),
        ("A disc at L4/5", "L4/5"),
        ("A disc at L4–5", "l4-5"),
        ("A foot-drop at L4/L5", "foot drop l5"),
        ("A foot-drop", '"foot drop"'),
        ("Седалищный нерв", "НЕРВ"),
        ("100 % of them", "100 -zzz"),
    ],
)
def test_parts_of_words_are_found_in_any_script_whatever_their_case_and_accents(stem: str, typed: str) -> None:
    with closing(catalogue_of([deck(replace(single("sought"), stem=stem), single("other"))])) as catalogue:
        asked = Matching(catalogue, NOW, LEECH)
        assert asked.ids(parse(typed, asked.vocabulary()).query) == (CardId("sought"),)


def test_a_phrase_is_not_its_words_apart() -> None:
    with closing(catalogue_of([deck(replace(single("a"), stem="Drop the foot at L5 and L4."))])) as catalogue:
        asked = Matching(catalogue, NOW, LEECH)
        for typed, found in (("foot drop", 1), ('"foot drop"', 0), ("L4/5", 0), ("L4 L5", 1), ("-foot", 0)):
            assert asked.total(parse(typed, asked.vocabulary()).query) == found


def test_the_level_that_an_author_gives_is_found_and_counted(tmp_path: Path) -> None:
    deck_file = tmp_path / "demo.toml"
    deck_file.write_text(HEAD + SINGLE.format(name="a", more='level = "apply"') + SINGLE.format(name="b", more=""))
    with closing(catalogue_of(read_library([deck_file]).decks)) as catalogue:
        asked = Matching(catalogue, NOW, LEECH)
        query = parse("level:apply", asked.vocabulary()).query
        assert asked.ids(query) == ("a",)
        assert asked.counts(Query(), Field.LEVEL) == {"apply": 1}


def test_a_question_of_a_case_is_listed_behind_the_title_of_the_case() -> None:
    case = Case(id=CaseId("leg"), title="A plumber's leg", stages=("He has pain.",))
    assert opening(replace(single("q"), stem="What now?"), 40, case) == "A plumber's leg: What now?"
