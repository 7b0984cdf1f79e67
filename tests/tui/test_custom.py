"""The custom sitting: its lists as values, what is drawn of them, and one walk through the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from drawn import text_of
from sciaquiz.deck.model import Kind
from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import Mode
from sciaquiz.settings.choices import read_choices
from sciaquiz.study.choice import Answers, Choice, Found, Schedule, words_at
from sciaquiz.study.query import Field, Is, Order, Query, query_of
from sciaquiz.study.querying import Vocabulary
from sciaquiz.tui.screens import custom, customboard
from sciaquiz.tui.screens.custom import BEGIN, ChoiceInput, CustomScreen, begins_with
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.view.choosing import LAST, STATES, Board, Part, Preset, Value, time_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

TITLES = {DeckId(f"d{number}"): f"Deck of the number {number}" for number in range(4)}
TOPICS = {f"t{number}": f"topic {number}" for number in range(60)}
WORDS = Vocabulary(TITLES, TOPICS)
COUNTS = {
    Field.DECK: {"d0": 30, "d1": 19},
    Field.TOPIC: {name: 60 - place for place, name in enumerate(TOPICS)},
    Field.IS: {Is.WRONG.value: 31, Is.GUESSED.value: 18, Is.UNSAFE.value: 2},
    Field.KIND: {Kind.SINGLE.value: 49},
}
FOUND = Found(49, COUNTS, ("Which nerve?", "A man of 40 has a foot drop since a hip replacement. Which nerve?", "Why?"))
WRONG_OR_GUESSED = query_of(states=[Is.WRONG, Is.GUESSED], order=Order.WEAKEST, most=20)


def board(choice: Choice | None = None, found: Found = FOUND, part: Part = Part.STATES) -> Board:
    return Board(WORDS, tuple(TOPICS), choice or Choice(WRONG_OR_GUESSED), found, part=part)


def drawn(shown: Board, width: int = 76, height: int = 16, hint: str = "") -> list[str]:
    return customboard.body(shown, width, height, hint).content.plain.split("\n")


def front(app: SciaquizApp) -> Screen[Any]:
    return app.screen


# Steps


def test_a_tick_is_set_and_taken_away() -> None:
    ticked = board().at(Part.DECKS, 1).ticked()
    assert ticked.choice.query.ticked(Field.DECK) == ("d1",)
    assert ticked.ticked().choice == board().choice
    any_topic = board(Choice(query_of(topics=["t1", "t2"]))).at(Part.TOPICS, 0).ticked()
    assert any_topic.choice.query == Query()


def test_the_cursor_stays_in_its_list_and_each_list_keeps_its_place() -> None:
    shown = board().moved(-1)
    assert shown.place == 0
    shown = shown.moved(3).turned(1).moved(2)
    assert (shown.part, shown.place) == (Part.KINDS, 2)
    assert shown.moved(999).place == len(Kind)
    assert (shown.turned(-1).part, shown.turned(-1).place) == (Part.STATES, 3)
    assert shown.turned(len(Part)).part is shown.part


def test_values_go_round_both_ways() -> None:
    choice = board().choice
    for place, value in enumerate(Value):
        shown = board().at(Part.SITTING, place)
        if value is not Value.NUMBER:
            assert shown.changed(1).choice != choice
            assert shown.changed(1).changed(-1).choice == choice
    shown = board().at(Part.SITTING, list(Value).index(Value.SCHEDULE))
    assert shown.ticked().choice.schedule is Schedule.STAYS
    assert board().at(Part.DECKS, 0).changed(1) == board().at(Part.DECKS, 0)


def test_more_and_fewer_questions_have_an_end() -> None:
    numbers = []
    shown = board()
    for _ in range(20):
        shown = shown.more(1)
        numbers.append(shown.choice.query.most)
    assert numbers[:3] == [25, 30, 40]
    assert numbers[-1] is None
    assert shown.asked == 49
    assert shown.more(-1).choice.query.most == 40
    for _ in range(20):
        shown = shown.more(-1)
    assert shown.choice.query.most == 1


def test_presets_keep_the_decks_and_say_which_is_chosen() -> None:
    saved = Preset("mine", Choice(query_of(decks=[DeckId("d3")], most=5), answers=Answers.END))
    shown = replace(board(), presets=(Preset(LAST, BEGIN), saved))
    assert [preset.name for preset in shown.all_presets()] == [
        "wrong or guessed", "unseen", "unsafe", "flagged", LAST, "mine",
    ]  # fmt: skip
    assert shown.preset() == 0
    on_a_deck = shown.at(Part.DECKS, 2).ticked()
    assert on_a_deck.preset() == 0
    unseen = on_a_deck.taking(1)
    assert (unseen.preset(), unseen.choice.query.ticked(Field.DECK)) == (1, ("d2",))
    assert (unseen.taking(5).choice, unseen.taking(5).preset()) == (saved.choice, 5)
    assert unseen.taking(8) == unseen
    other_way_round = board(Choice(query_of(states=[Is.GUESSED, Is.WRONG], order=Order.WEAKEST, most=20)))
    assert other_way_round.preset() == 0


def test_it_begins_as_last_time_on_what_the_student_looks_at() -> None:
    last = Choice(WRONG_OR_GUESSED, answers=Answers.END)
    assert begins_with(None, last) == begins_with(Choice(), last) == last
    on_deck = begins_with(Choice(query_of(decks=[DeckId("d1")])), last)
    assert (on_deck.query.ticked(Field.DECK), on_deck.answers) == (("d1",), Answers.END)
    assert on_deck.query.ticked(Field.IS) == ("wrong", "guessed")
    looked_for = begins_with(Choice(query_of(decks=[DeckId("d1")], states=[Is.DUE])), last)
    assert (looked_for.query.most, looked_for.query.ticked(Field.IS)) == (20, ("due",))


def test_time_is_told_whatever_was_typed() -> None:
    assert [time_words(Choice(minutes=minutes, seconds=seconds)) for minutes, seconds in ((0, 0), (7, 0), (7, 45))] == [
        "none", "7 min", "7 min, 45 s each",
    ]  # fmt: skip
    odd = board(Choice(minutes=7, seconds=45)).at(Part.SITTING, list(Value).index(Value.TIME))
    assert (odd.changed(1).choice.minutes, odd.changed(1).choice.seconds) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("ans", "answers:"), ("answers:e", "each"), ("schedule:", "counts"), ("is:w", "wrong"), ("x deck:d", "d0")],
)
def test_words_are_offered_for_what_is_typed(typed: str, first: str) -> None:
    assert words_at(typed, len(typed), WORDS).words[0] == first


# Drawing


@settings(max_examples=60, deadline=None)
@given(
    st.integers(20, 200), st.integers(6, 60), st.sampled_from(Part), st.integers(0, 70),
    st.sets(st.sampled_from(Is)), st.sampled_from([FOUND, Found()]),
)  # fmt: skip
def test_no_line_is_longer_than_the_room_and_the_cursor_is_in_sight(
    width: int, height: int, part: Part, place: int, states: set[Is], found: Found
) -> None:
    shown = board(Choice(query_of(states=states)), found, part).moved(place)
    body = customboard.body(shown, width, height, "Nothing matches. Without is:unsafe there are 49.")
    rows = body.content.split("\n", allow_blank=True)
    if width >= 24:
        assert max(row.cell_length for row in rows) <= width
        assert customboard.head(shown, 12, width).split("\n")[0].cell_length <= max(width, 30)
        assert customboard.presets(shown, width).cell_length <= width
    words = shown.rows(part)[shown.place].words[:4]
    if width >= customboard.NARROW:
        assert len(rows) <= height
        if height >= 14:
            assert any(words in row.plain for row in rows)
    else:
        assert words in rows[body.cursor].plain


def test_the_lists_stand_side_by_side_with_what_is_not_in_sight_counted() -> None:
    rows = drawn(board())
    assert rows[0].split() == ["Decks", "State", "Sitting"]
    assert rows[1].split("   ")[0].startswith("· Deck of the")
    assert "✓ wrong last time    31" in rows[1]
    assert rows[1].endswith("Questions       20 of 49")
    assert any(" more" in row for row in rows)
    assert "49 match: 31 wrong last" in "\n".join(rows)
    assert "Answers count as" in "\n".join(rows)
    practice = drawn(board(Choice(WRONG_OR_GUESSED, schedule=Schedule.STAYS)))
    assert "Practice: the schedule" in "\n".join(practice)


def test_where_there_is_room_the_decks_and_the_first_questions_are_shown() -> None:
    text = "\n".join(drawn(board(), 116, 32))
    assert "49 questions match" in text
    assert "━" in text
    assert "You would be asked first" in text
    assert "· Which nerve?" in text
    assert "You would be asked first" not in "\n".join(drawn(board(), 116, 16))


def test_where_nothing_matches_the_chip_is_off_and_the_way_out_is_told() -> None:
    nothing = board(found=Found(0, COUNTS))
    assert (
        "\n".join(drawn(nothing, hint="Nothing matches. Without is:wrong there are 3.")).count("Nothing matches") == 1
    )
    assert "about" not in customboard.head(nothing, 0, 76).plain
    assert any("chip-key" in str(span.style) for span in customboard.head(board(), 7, 76).spans)
    assert not any("chip-key" in str(span.style) for span in customboard.head(nothing, 0, 76).spans)


def test_every_state_has_its_words() -> None:
    assert set(STATES) == set(Is)
    listed = board(Choice(query_of(states=[Is.PUT_OFF]))).rows(Part.STATES)
    assert "put off" in [row.words for row in listed]
    assert "put off" not in [row.words for row in board().rows(Part.STATES)]


# The screen


async def test_two_keys_choose_and_the_line_says_the_same(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custom, "PAUSE", 0.001)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "b", "c")
        assert isinstance(app.screen, CustomScreen)
        await press(pilot, "2")
        assert "/ is:unseen order:weakest n:20" in text_of(app)
        await press(pilot, "tab", "tab", "down", "down", "down", "down", "right", "minus")
        assert "n:15 schedule:stays" in text_of(app)
        assert "Practice: the schedule" in text_of(app)
        await press(pilot, "slash", *"xyz")
        assert "Nothing matches. Without" in text_of(app)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, CustomScreen)
        await press(pilot, "slash", *"wrng", "colon", "x")
        assert "There is no “wrng:”" in text_of(app)
        app.screen.query_one(ChoiceInput).value = "is:unseen order:weakest n:15 schedule:stays"
        await press(pilot, "escape", "ctrl+s", *"mine", "enter")
        assert read_choices(app.workspace.paths.choices).by_name == {
            "mine": "is:unseen order:weakest n:15 schedule:stays"
        }
        await press(pilot, "1", "5", "enter")
        study = front(app)
        assert isinstance(study, StudyScreen)
        shown = study._round.shown
        assert shown is not None
        await press(pilot, "A")
        reviews, _ = app.workspace.journal.history(CardId(shown.card.id))
        assert [review.mode for review in reviews] == [Mode.PRACTICE]
        assert "the schedule stays" in text_of(app)
