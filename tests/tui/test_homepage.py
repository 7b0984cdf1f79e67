"""What Home shows of what is known, by plain calls."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from making import deck, single
from sciaquiz.catalogue.standing import TopicStanding
from sciaquiz.deck.concepts import Pair
from sciaquiz.deck.problem import Problem
from sciaquiz.ids import CardId, ConceptId
from sciaquiz.insight.beside import Break, Case, Faded
from sciaquiz.insight.overview import DeckRow, Overview, Standing
from sciaquiz.insight.recent import Recent
from sciaquiz.insight.ways import Facts, comeback_offers, offers
from sciaquiz.study.comeback import Overdue, plans
from sciaquiz.study.confusions import Confusion
from sciaquiz.study.danger import Danger
from sciaquiz.tui.screens import homepane, hometable
from sciaquiz.tui.screens.homepage import Known, first_day, headline, in_room, mixed_up, next_due, notices, picture
from sciaquiz.tui.screens.homeways import break_head, done_head, other_head, way_row, ways_picture
from sciaquiz.tui.widgets.days import days_picture
from sciaquiz.words import percent

SUNDAY = date(2026, 11, 22)
WIDTHS = (36, 56, 70, 76, 92, 116)
ROW = DeckRow(deck=deck(single("q1")), due=3, new=2, learning=1, unseen=2, cards=9, known=0.5)
NOTHING = Overview(
    rows=(), beyond=0, above=0, unsafe={}, minutes=4, forecast=(0,) * 60, streak=0, done_today=0,
    last_day=SUNDAY - timedelta(days=1),
)  # fmt: skip


def row(**more: Any) -> DeckRow:
    return replace(ROW, **more)


def overview(*rows: DeckRow, **more: Any) -> Overview:
    return replace(NOTHING, rows=rows, **more)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (overview(row()), "3 to review   1 learning   2 new   about 4 min"),
        (overview(row(learning=0, due=38), minutes=74), "38 to review   2 new   about 1 h 14 min"),
        (overview(row(due=0, learning=0)), "2 new   about 4 min"),
        (overview(), "No decks are installed."),
        (overview(row(due=0, learning=0, new=0)), "Nothing is due now. Browse, or come back later."),
    ],
)
def test_what_waits_is_counted_with_what_is_being_learned_apart(seen: Overview, told: str) -> None:
    assert headline(seen, SUNDAY, 76).plain.split("  " * 4)[0].strip() == told


@pytest.mark.parametrize(
    ("width", "last_day", "told"),
    [
        (76, SUNDAY, "3 to review   1 learning   2 new   about 4 min                ⏎  study all "),
        (56, SUNDAY, "3 to review   1 learning   2 new   4 min  ⏎  study all "),
        (36, SUNDAY, "3 due   1 learning   2 new  ⏎  study "),
        (36, None, "3 due   1 learning   2 new  ⏎  begin "),
    ],
)
def test_enter_is_named_at_the_right_and_what_has_no_room_is_left_out(
    width: int, last_day: date | None, told: str
) -> None:
    drawn = headline(overview(row(), last_day=last_day), SUNDAY, width).plain
    assert " ".join(drawn.split()) == " ".join(told.split())
    assert len(drawn) <= width


@pytest.mark.parametrize(
    ("forecast", "told"),
    [
        ((2, 0), "2 cards tomorrow."),
        ((0, 1), "1 card on Tuesday."),
        ((0,) * 9 + (3,), "3 cards on Wed 2 Dec."),
        ((0, 0), "Browse, or come back later."),
    ],
)
def test_when_the_next_card_is_due_is_told(forecast: tuple[int, ...], told: str) -> None:
    assert next_due(forecast, SUNDAY) == told


STANDINGS = st.builds(
    Standing,
    due=st.integers(0, 999), new=st.integers(0, 99), learning=st.integers(0, 99), unseen=st.integers(0, 9999),
    cards=st.integers(1, 9999), known=st.floats(0, 1), unsafe=st.integers(0, 99),
)  # fmt: skip


@given(STANDINGS, st.integers(36, 156), st.integers(1, 60), st.booleans())
def test_a_row_of_the_table_is_as_wide_as_its_head_whatever_there_is_room_for(
    standing: Standing, width: int, name: int, is_learning: bool
) -> None:
    shown = hometable.columns(width, name, is_learning=is_learning)
    drawn, head = hometable.row(shown, "x" * name, standing).plain, hometable.head(shown, "Deck").plain
    assert len(drawn) == len(head) == width
    assert percent(standing.known) in drawn
    assert str(standing.due or "·") in drawn.split()
    assert shown.name >= 12


def test_the_table_has_what_there_is_room_for() -> None:
    heads = {width: hometable.head(hometable.columns(width, 22, is_learning=True), "Deck").plain for width in WIDTHS}
    assert heads[36].split() == ["Deck", "due", "new", "known"]
    assert heads[56].split() == ["Deck", "due", "new", "known", "of"]
    assert heads[70].split() == ["Deck", "due", "learning", "new", "known", "now", "of"]
    assert heads[92].split() == ["Deck", "due", "learning", "new", "unseen", "known", "now", "of"]
    assert "learning" not in hometable.head(hometable.columns(92, 22, is_learning=False), "Deck").plain
    many = Standing(due=200, new=0, unseen=0, cards=101_138, known=0.72)
    shown = hometable.columns(92, 22, is_learning=False, cards=many.cards)
    assert hometable.row(shown, "All decks", many).plain.split()[-2:] == ["72%", "101138"]
    assert hometable.row(shown, "All decks", many).cell_length == 92


def test_a_deck_says_what_is_unsafe_and_zero_is_a_dot() -> None:
    shown = hometable.columns(76, 22, is_learning=False)
    drawn = hometable.row(shown, "Red flags", Standing(due=0, new=2, unseen=41, cards=131, known=0.64, unsafe=2))
    assert drawn.plain.split() == ["Red", "flags", "!", "2", "·", "2", "41", drawn.plain.split()[7], "64%", "131"]


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 60))
def test_a_bar_is_as_wide_as_it_is_told(known: float, met: float, width: int) -> None:
    drawn = hometable.bar(known, met, width).plain
    assert len(drawn) == width
    assert drawn.count("━") == max(round(known * width), round(met * width))


def test_where_there_is_nothing_to_tell_nothing_is_told() -> None:
    assert notices(Known(), overview(), (), SUNDAY, 80).plain == ""
    told = notices(Known(waiting_mock="15 of 40 answered, 38:12 left"), overview(), (), SUNDAY, 76).plain
    assert told.startswith("  Mock exam    waits: 15 of 40 answered, 38:12 left  ")
    assert told.endswith(" m")


def confusion(*names: str, often: int = 3) -> Confusion:
    one, other = (ConceptId(name) for name in names)
    return Confusion(Pair((one, other)), took={(one, other): often})


def test_home_says_how_many_corrected_keys_are_asked_again() -> None:
    for number, told in ((1, "1 key corrected: asked again"), (12, "12 keys corrected: asked again")):
        for width in WIDTHS:
            said = notices(Known(corrected=number), overview(), (), SUNDAY, width)
            assert said.plain.endswith(told)
            assert said.cell_length <= width


def test_what_has_to_be_told_stands_a_line_each_the_gravest_first() -> None:
    problem = Problem(path=Path("my.toml"), line=1, column=1, message="It has no title.", code="missing")
    known = Known(
        trouble="It is held.",
        suspect=datetime(2027, 1, 1, tzinfo=UTC),
        notices=("A key is unknown.",),
        aside=(Path("/home/me/sciaquiz-answer-1.jsonl"),),
        mixed_up=(confusion("l5-root", "fibular"), confusion("a", "b")),
        problems=(problem,),
    )
    unsafe = {CardId(name): Danger(CardId(name), SUNDAY) for name in ("q1", "q2")}
    told = notices(known, overview(unsafe=unsafe, beyond=3), (), SUNDAY, 80).plain.splitlines()
    assert told[0] == "! It is held."
    assert told[1].startswith("! Your clock is behind your last answer (")
    assert told[2] == "! A key is unknown."
    assert told[3] == "! 1 answer could not be saved earlier  i take in, from /home/me"
    assert told[4] == f"{'! Unsafe now   2 questions   first proof Sun 29 Nov':<79}d"
    assert told[5] == f"{'  Mixed up     fibular ⇄ l5-root  3×   and 1 more':<79}d"
    assert told[6] == "3 more are due beyond today's limit."
    assert told[7] == "! 1 problem in your decks, first It has no title."
    assert told[8] == "  Run: sciaquiz check my.toml"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_name_is_cut_where_two_things_are_mixed_up(width: int) -> None:
    names = ("Suprapiriform foramen, above the piriformis", "Infrapiriform foramen, below the piriformis")
    drawn = mixed_up([confusion(*names)], (), width).plain
    assert "…" not in drawn
    assert len(drawn) == width
    assert ("1 pair" in drawn) == (width < 70)


def test_before_the_first_answer_home_says_all_that_is_needed() -> None:
    told = first_day().plain.splitlines()
    assert told[0] == "All you need"
    assert [line.split()[0] for line in told[6:]] == ["Before", "b", "c", "w"]
    assert max(map(len, told)) < 72


def test_days_in_a_row_and_minutes_a_day_are_told_only_where_they_are_known() -> None:
    days = {SUNDAY - timedelta(days=ago): 30 for ago in range(3)}
    told = picture(overview(row(), streak=3, usual=30, seconds=24, is_paced=True), days, SUNDAY, 76, 4).plain
    assert told.splitlines()[0].startswith("3 days in a row, 12 min a day")
    assert picture(overview(row(), usual=30), days, SUNDAY, 76, 4).plain.startswith("  ")


COUNTS = st.lists(st.integers(0, 400), min_size=60, max_size=60)


@given(COUNTS, COUNTS, COUNTS, st.integers(20, 120), st.integers(1, 8))
def test_the_days_are_drawn_in_their_room(
    behind: list[int], ahead: list[int], then: list[int], width: int, rows: int
) -> None:
    days = {SUNDAY - timedelta(days=ago): number for ago, number in enumerate(behind)}
    drawn = [line.plain for line in days_picture(days, SUNDAY, ahead, width, rows, then)]
    assert len(drawn) == rows + 1
    assert all(len(line) == width for line in drawn[:-1])
    assert all("│" in line for line in drawn[:-1])
    today = drawn[0].index("│")
    assert drawn[-1][today - 2 : today + 3] == "today"
    if behind[0] == 0:
        assert drawn[-2][today - 2] == "▁"
    elif behind[0] == max(*behind, *ahead, *then):  # of all days, also of those that have no room
        assert drawn[0][today - 2] == "█"


def test_what_would_be_added_stands_on_top_and_what_would_go_leaves_a_hollow() -> None:
    days = {SUNDAY: 8}
    more = days_picture(days, SUNDAY, [4, 0, *[0] * 20], 40, 1, [8, 0, *[0] * 20])[0]
    less = days_picture(days, SUNDAY, [8, 0, *[0] * 20], 40, 1, [4, 0, *[0] * 20])[0]
    assert more.plain == less.plain
    assert [str(span.style) for span in more.spans if span.start <= more.plain.index("│") + 2 < span.end] == [
        "$ghost on $accent"
    ]
    assert [str(span.style) for span in less.spans if span.start <= less.plain.index("│") + 2 < span.end] == [
        "$ghost on $line"
    ]


def ways() -> tuple[Overview, Any]:
    seen = overview(row(due=0, learning=0, new=0, unseen=217, cards=500), forecast=(22, *(9,) * 59), done_today=48)
    wrong = [CardId(f"q{place}") for place in range(7)]
    return seen, offers(seen, Facts(new_per_day=10, retention=0.9, wrong_today=wrong), SUNDAY)


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (76, "1  More new questions       10 of 217 unseen tomorrow 22 → 29"),
        (56, "1  More new questions tomorrow 22 → 29"),
        (36, "1  More new questions"),
        (40, "1  More new questions"),
    ],
)
def test_a_way_says_what_it_asks_and_what_follows_where_there_is_room(width: int, told: str) -> None:
    drawn = way_row(1, ways()[1][0], width, 21).plain
    assert " ".join(drawn.split()) == " ".join(told.split())
    assert len(drawn) <= width


def test_done_says_what_was_done() -> None:
    seen, _ = ways()
    today = Recent(answers=48, right=41, latency_ms=48 * 20_000, timed=48)
    assert done_head(replace(seen, streak=24), today, 76).plain.splitlines() == [
        f"{'Done for today   48 answered, 41 right, 16 min':<60}24 days in a row",
        "━" * 76,
    ]
    assert done_head(replace(seen, streak=24), today, 36).plain.splitlines()[0] == "Done for today   48 answered"
    assert other_head(overview(row()), 76).plain.splitlines()[0].endswith("6 cards wait")


def test_the_picture_follows_the_way_under_the_cursor() -> None:
    seen, found = ways()
    more, wrong = (ways_picture(offer, seen, {SUNDAY: 48}, SUNDAY, 76, 4) for offer in found[:2])
    assert str(more[0]).split() == ["With", "“More", "new", "questions”", *["■", "answered", "■", "due", "■", "more"]]
    assert str(wrong[0]).split() == ["■", "answered", "■", "due"]


def test_coming_back_blames_nobody_and_says_what_is_still_known() -> None:
    seen = overview(row(), waiting=312, fading=122.0, last_day=date(2026, 10, 13))
    assert break_head(seen, 40, 76).plain.splitlines() == [
        f"{'40 days away   312 are due':<54}last answer Tue 13 Oct",
        "━" * 46 + " " + "─" * 29,
        f"{'190 of them you probably still know':<73}61%",
        "",
        "How do you want to come back?",
    ]
    for width in WIDTHS:
        assert max(map(len, break_head(seen, 40, width).plain.splitlines())) <= width


def test_the_pane_holds_what_fits_and_nothing_in_part() -> None:
    cases = [Case("A man of 71 who smokes has his first renal colic. " * 3, date(2026, 11, 25), False)] * 3
    seen = overview(row(), forecast=(22, 31, 0, *(9,) * 57), seconds=21.0)
    week = Recent(answers=213, right=168, certain_right=124, certain_wrong=6)
    blocks = [
        homepane.unsafe(cases, SUNDAY, 40),
        homepane.mixed_up([confusion("l5-root", "fibular")], (), 40),
        homepane.coming(seen, SUNDAY, 40),
        homepane.recent(week, "Last seven days", 40),
    ]
    told = homepane.pane(blocks, 34).plain.splitlines()
    assert told[0] == f"{'! Unsafe now':<39}d"
    assert told[3] == "first proof Wed 25 Nov"
    assert "and 1 more" in told
    assert [line.split()[-3:] for line in told if line.startswith("Mon 23")] == [["22", "8", "min"]]
    assert told[-4:][0] == f"{'Last seven days':<29}213 answers"
    assert [line.split()[-1] for line in told[-3:]] == ["79%", "58%", "3%"]
    assert max(map(len, told)) <= 40
    short = homepane.pane(blocks, 12).plain
    assert "Mixed up lately" in short
    assert "Coming days" not in short


def test_the_pane_tells_what_a_break_did() -> None:
    due = [Overdue(CardId(f"q{place}"), 0.6, False) for place in range(312)]
    back = Break(
        days=40,
        offers=comeback_offers(plans(due, [3] * 60, 20.0, 200), SUNDAY),
        slipped=58,
        faded=(Faded("electrophysiology", 0.48, 0.19), Faded("timing", 0.66, 0.42)),
    )
    seen = overview(row(), waiting=312, fading=122.0)
    told = homepane.pane(homepane.break_blocks(seen, back, 40), 34).plain.splitlines()
    assert told[0] == "What 40 days did"
    assert told[1] == f"{'still known, predicted':<30}190 of 312"
    assert told[5].startswith("electrophysiology ")
    assert told[5].endswith("48% →   19%")
    assert "Nothing is reset" not in " ".join(told)
    assert max(map(len, told)) <= 40


def test_topics_come_weakest_first_and_those_never_met_last() -> None:
    def topic(name: str, cards: int, unseen: int, recalled: float) -> TopicStanding:
        return TopicStanding(name, name, cards, unseen, 0, cards - unseen, recalled, 0, 0, 0, 0)

    topics = [topic("new", 9, 9, 0), topic("firm", 10, 0, 9), topic("weak", 10, 2, 2), topic("more", 20, 4, 4)]
    assert [found.name for found in hometable.weakest_first(topics)] == ["more", "weak", "firm", "new"]


@pytest.mark.parametrize(
    ("one", "other", "room", "told"),
    [
        ("Piriformis syndrome", "Deep gluteal syndrome", 60, ("Piriformis syndrome", "Deep gluteal syndrome")),
        ("Piriformis syndrome", "Deep gluteal syndrome", 30, ("Piriformis…", "Deep gluteal…")),
        ("S1", "Superior gluteal nerve at the notch", 20, ("S1", "Superior gluteal…")),
        ("Superior gluteal nerve at the notch", "S1", 20, ("Superior gluteal…", "S1")),
    ],
)
def test_two_names_share_the_room_there_is(one: str, other: str, room: int, told: tuple[str, str]) -> None:
    assert in_room(one, other, room) == told
