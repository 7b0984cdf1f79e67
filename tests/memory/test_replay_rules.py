"""What holds for a replay of any journal: several devices, broken clocks, voids, and events that make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from remembering import CARD, NO_STEPS, STEADY, act, graded, noon, review
from sciaquiz.journal.entries import Event, EventKind, Phase, Rating, Review
from sciaquiz.memory.replay import DEFAULT_POLICY, in_force, in_order, is_leech, replay, standing_reviews
from sciaquiz.memory.schedule import advance

if TYPE_CHECKING:
    from sciaquiz.journal.entries import CardState, Progress

POLICIES = {policy.digest: policy for policy in (STEADY, NO_STEPS)}
Entries = list[Review | Event]

payloads: st.SearchStrategy[Any] = st.one_of(
    st.builds(lambda rating: {"rating": rating}, st.integers(0, 5) | st.booleans() | st.none() | st.text(max_size=2)),
    st.builds(lambda text: {"text": text}, st.text(max_size=5) | st.integers() | st.none()),
    st.builds(lambda until: {"until": until}, st.dates().map(str) | st.text(max_size=10) | st.integers()),
    st.none() | st.just([]) | st.text(max_size=3) | st.just({}),
)


@st.composite
def journals(draw: st.DrawFn) -> Entries:
    """Entries of one card from up to three devices, in no order, whose clocks jump."""
    entries: Entries = []
    for device in draw(st.lists(st.sampled_from(("desk", "laptop", "phone")), unique=True, min_size=1)):
        for seq in range(1, draw(st.integers(1, 7))):
            moment = noon(draw(st.integers(-3, 40)), draw(st.integers(0, 300)))
            if draw(st.booleans()):
                policy = draw(st.sampled_from([STEADY.digest, NO_STEPS.digest, DEFAULT_POLICY.digest]))
                entries.append(review(seq, moment, draw(st.integers(1, 4)), device=device, policy=policy))
            else:
                target = draw(st.none() | st.sampled_from([entry.id for entry in entries])) if entries else None
                event = act(seq, draw(st.sampled_from(EventKind)), moment, target=target, device=device)
                entries.append(replace(event, payload=draw(payloads)))
    return draw(st.permutations(entries))


def apart(entries: Entries) -> tuple[list[Review], list[Event]]:
    reviews = [entry for entry in entries if isinstance(entry, Review)]
    return reviews, [entry for entry in entries if isinstance(entry, Event)]


def state_of(entries: Entries) -> CardState:
    return replay(CARD, *apart(entries), POLICIES)


@settings(max_examples=150)
@given(journals())
def test_a_replay_never_fails_and_knows_the_reviews_that_count(entries: Entries) -> None:
    progress = state_of(entries).progress
    counted = in_force(*apart(entries)).reviews
    assert (progress is None) == (not counted)
    if progress is not None:
        assert progress.reps == len(counted)
        assert progress.last_at == counted[-1].moment.instant


@given(journals(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(entries: Entries, random: Any) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert state_of(shuffled) == state_of(entries)


@given(journals())
def test_a_replay_is_answering_one_after_another(entries: Entries) -> None:
    reviews, events = apart(entries)
    progress: Progress | None = None
    for answer in standing_reviews(reviews, events):
        policy = POLICIES.get(answer.policy, DEFAULT_POLICY)
        progress = advance(progress, graded(answer.moment, answer.rating), policy)
    assert replay(CARD, reviews, events, POLICIES).progress == progress


@given(journals(), st.data())
def test_what_was_voided_had_never_been(entries: Entries, data: st.DataObject) -> None:
    voidable = [entry for entry in entries if not (isinstance(entry, Event) and entry.kind is EventKind.VOID)]
    if not voidable:
        return
    gone = data.draw(st.sampled_from(voidable))
    moment = noon(data.draw(st.integers(-100, 100)))
    undo = act(99, EventKind.VOID, moment, target=gone.id, device=data.draw(st.sampled_from(("desk", "tablet"))))
    assert state_of([*entries, undo]) == state_of([entry for entry in entries if entry.id != gone.id])


@given(journals(), st.integers(0, 60), st.integers(1, 4))
def test_voiding_the_last_answer_is_never_having_given_it(entries: Entries, day: int, rating: int) -> None:
    last = review(50, noon(day), rating, device="desk")
    undo = act(51, EventKind.VOID, noon(day, 1), target=last.id, device="desk")
    assert state_of([*entries, last, undo]) == state_of(entries)


@given(journals())
def test_entries_go_by_their_device_and_devices_by_the_time_they_had_reached(entries: Entries) -> None:
    reached = {
        entry.id: max(
            other.moment.instant for other in entries if other.device_id == entry.device_id and other.seq <= entry.seq
        )
        for entry in entries
    }
    expected = sorted(entries, key=lambda entry: (reached[entry.id], entry.device_id, entry.seq))
    assert in_order(entries) == expected


@given(journals())
def test_reviews_and_events_have_one_common_order(entries: Entries) -> None:
    counted = in_force(*apart(entries))
    standing: Entries = [*counted.reviews, *counted.events]
    together = in_order(standing)
    assert [entry for entry in together if isinstance(entry, Review)] == list(counted.reviews)
    assert [entry for entry in together if isinstance(entry, Event)] == list(counted.events)
    assert not any(event.kind is EventKind.VOID for event in counted.events)


def test_the_later_of_two_overrules_is_found_among_all_that_its_device_did() -> None:
    """The laptop's clock had run ahead before it came back, so what it said next still counts as later."""
    answer = review(1, noon(0), 1, device="desk")
    entries: Entries = [
        answer,
        act(1, EventKind.FLAG, noon(100), device="laptop"),
        act(2, EventKind.OVERRULE, noon(5), {"rating": 4}, target=answer.id, device="laptop"),
        act(1, EventKind.OVERRULE, noon(7), {"rating": 2}, target=answer.id, device="phone"),
    ]
    assert standing_reviews(*apart(entries))[0].rating is Rating.EASY


def test_a_rating_of_true_is_no_overrule() -> None:
    answer = review(1, noon(0), 3)
    entries: Entries = [answer, act(2, EventKind.OVERRULE, noon(1), {"rating": True}, target=answer.id)]
    assert standing_reviews(*apart(entries)) == [answer]


def test_only_forgetting_in_review_is_a_lapse() -> None:
    moments = [(0, 4), (8, 1), (8, 1), (9, 3), (20, 1)]
    reviews = [review(seq, noon(day, seq), rating) for seq, (day, rating) in enumerate(moments, 1)]
    progress = replay(CARD, reviews, [], POLICIES).progress
    assert progress is not None
    assert (progress.lapses, progress.phase) == (2, Phase.RELEARNING)


def test_every_count_of_lapses_that_makes_a_leech() -> None:
    assert [lapses for lapses in range(25) if is_leech(lapses)] == [8, 12, 16, 20, 24]
    assert [lapses for lapses in range(12) if is_leech(lapses, 5)] == [5, 8, 11]
    assert not any(is_leech(lapses, 0) for lapses in range(12))
