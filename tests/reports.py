"""Invented statistics as values, for tests of what is drawn and said of them."""

from __future__ import annotations

from datetime import date, timedelta

from sciaquiz.ids import CardId, ConceptId
from sciaquiz.insight.report import (
    Bin,
    Calibration,
    CardRow,
    Cards,
    Certainties,
    Count,
    Day,
    Knowledge,
    Known,
    Missed,
    MissLog,
    MixedUp,
    Position,
    Recalled,
    Remembered,
    Report,
    Row,
    Spread,
    Streak,
    Sureness,
)
from sciaquiz.insight.scope import EVERYTHING, Period, Scope
from sciaquiz.insight.shares import Share
from sciaquiz.journal.entries import Certainty, MissReason
from sciaquiz.study.query import Field, Query
from sciaquiz.view.standing import Standing

TODAY = date(2026, 11, 22)
NOTHING = Report(scope=EVERYTHING, name="", period=Period.MONTH, today=TODAY)
TOPICS = ("bladder", "electrophysiology", "foot drop", "imaging", "variants", "timing", "skin", "a topic hardly asked")
STEM = "A runner cannot dorsiflex or evert the foot. Inversion, tested with the ankle held, is weak as well."


def sure(certain: Share, think_so: Share, guess: Share) -> Certainties:
    """What the words of certainty were worth, at four options."""
    return Certainties(
        Sureness(Certainty.CERTAIN, certain, 0.25),
        Sureness(Certainty.THINK_SO, think_so, 0.25),
        Sureness(Certainty.GUESS, guess, 0.25),
    )


def row(name: str, place: int, field: Field = Field.TOPIC) -> Row:
    """A topic, the next one a little better than the one before; the last with few answers."""
    answers = 9 if place == len(TOPICS) - 1 else 40 + place
    share = Share(round(answers * (0.5 + 0.05 * place)), answers)
    certainty = sure(Share(12, 31) if place < 2 else Share(29, 31), Share(22, 30), Share(19 if place == 3 else 6, 19))
    return Row(
        name=name, scope=Scope(field, name.replace(" ", "-")), cards=50, unseen=7, known=24.0, moved=place - 2.0,
        right=share, remembered=Recalled(Share(41, 52), 0.87), certainty=certainty,
    )  # fmt: skip


def card(number: int, *, was_right: bool = False) -> CardRow:
    """A question that was right three times of six."""
    return CardRow(
        CardId(f"nerve-roots/q{number}"),
        "Nerve roots",
        STEM,
        Share(3, 6),
        2,
        was_right,
        Standing.KNOWN if was_right else Standing.WRONG,
        Query(),
    )


def report() -> Report:
    """Two hundred days of a student who studies on most of them."""
    bins = ((0.5, 0.6, 4), (0.6, 0.7, 30), (0.7, 0.8, 80), (0.8, 0.9, 240), (0.9, 1.0, 358))
    day = timedelta(days=1)
    return Report(
        scope=EVERYTHING, name="", period=Period.MONTH, today=TODAY, first_day=TODAY - 200 * day,
        answers=Share(840, 1080), seconds=6.2 * 3600,
        remembered=Remembered(
            Recalled(Share(648, 712), 0.89), Recalled(Share(284, 330), 0.87), Recalled(Share(364, 382), 0.935)
        ),
        recall=Calibration(
            (Bin(0.0, 0.5, Recalled()), *(
                Bin(low, high, Recalled(Share(round(n * (low + 0.06)), n), low + 0.05)) for low, high, n in bins
            )), 0.021, 0.3,
        ),
        certainty=sure(Share(515, 548), Share(260, 366), Share(65, 166)),
        days=tuple(
            Day(TODAY - ago * day, Share(20, 30), 600.0 + 20 * ago) if ago % 7 != 1 else Day(TODAY - ago * day)
            for ago in range(29, -1, -1)
        ),
        calendar={TODAY - ago * day: ago * 7 % 23 for ago in range(200)},
        streak=Streak(23, 41), due=12, forecast=tuple(max(0, 22 - place // 2 * (1 + place % 2)) for place in range(60)),
        hours=tuple(Share(answers * 3 // 4, answers) for answers in [0] * 7 + [12, 60, 0, 4] + [0] * 8 + [90, 110, 3, 0, 0]),
        positions=(Position(1, 10, Share(80, 100)), Position(11, 20, Share(60, 90)), Position(21, None, Share(4, 8))),
        knowledge=Knowledge(
            563, 180, 12, 312.0, tuple(Known(TODAY - ago * day, 312 - 1.5 * ago) for ago in (200, 150, 90, 35, 10, 7, 3, 0))
        ),
        topics=tuple(row(name, place) for place, name in enumerate(TOPICS)),
        kinds=(row("one best answer", 0, Field.KIND), row("typed", 1, Field.KIND)),
        decks=(row("Nerve roots", 2, Field.DECK),),
        stability=Spread((Count(0, 1, 21), Count(1, 7, 64), Count(7, 90, 120), Count(90, None, 36)), 16.0),
        difficulty=Spread(tuple(Count(low, low + 1, low * 7) for low in range(1, 10)), 5.2),
        unsafe=Cards((card(1), card(2)), 2, Query()),
        hardest=Cards(tuple(card(number, was_right=number > 4) for number in range(3, 7)), 20, Query()),
        mixed_up=(
            MixedUp((ConceptId("l5"), ConceptId("cfn")), ("L5 root", "common fibular nerve (peroneal)"), (2, 1), Query()),
        ),
        misses=MissLog((Missed(MissReason.UNKNOWN, 12, Query()), Missed(MissReason.SLIP, 3, Query())), 40),
    )  # fmt: skip
