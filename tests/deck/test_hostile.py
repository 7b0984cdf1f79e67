"""Whatever a file under the largest size holds, it is read or refused in no time, and a refusal says what and where."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hostile import HEAD, READ, REFUSED, figure, many, question
from pictured import png
from sciaquiz.authoring.check import check
from sciaquiz.deck import locate
from sciaquiz.deck.limits import LARGEST_FILE, MOST_TOLD
from sciaquiz.deck.picture import LARGEST_PICTURE, picture_fault
from sciaquiz.deck.problem import Severity
from sciaquiz.deck.reading import Reading, read_deck_text

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 2
PATH = Path("d.toml")


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Two seconds of this process, which other programs do not lengthen."""
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of what was gone through for places, in turn: tables of files, and files."""
    sizes: list[int] = []
    noting = locate._Noting

    def counted(text: bytes) -> locate._Noting:
        sizes.append(len(text))
        return noting(text)

    monkeypatch.setattr(locate, "_Noting", counted)
    return sizes


def read(text: str) -> Reading:
    return read_deck_text(text.encode(), PATH)


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_too_much_is_refused_with_its_line(what: str, parses: list[int]) -> None:
    made, told = REFUSED[what]
    text = made()
    assert len(text.encode()) <= LARGEST_FILE
    problems = [str(problem).removeprefix("d.toml:") for problem in read(text).problems]
    assert any(told in problem for problem in problems), problems[:3]
    assert len(problems) <= 2 * MOST_TOLD + 2
    assert max(map(len, problems)) < 1_100
    assert sum(parses) <= 2 * len(text.encode())


@pytest.mark.parametrize("what", READ)
def test_what_is_strange_is_read_and_checked(what: str, tmp_path: Path) -> None:
    text = READ[what]()
    assert len(text.encode()) <= LARGEST_FILE
    path = tmp_path / "d.toml"
    path.write_text(text, encoding="utf-8")
    checked = check([path])
    errors = [problem.code for problem in checked.problems if problem.severity is Severity.ERROR]
    assert set(errors) == (
        {"unseen"} if what == "many points" else set()
    )  # regions on top of one another leave no room
    assert checked.decks == 1


def test_zones_of_all_views_have_a_letter_each() -> None:
    views = figure(regions=9).split("[[figure.views]]")
    second = views[1].split("[[question]]")[0].replace('id = "v"', 'id = "w"')
    [problem, *_] = read(f"{HEAD}{views[0]}[[figure.views]]{second}[[figure.views]]{views[1]}").problems
    assert "figure “f”: the views have 18 regions together; a figure may have at most 16: divide it" in problem.message
    assert read(HEAD + figure(regions=16)).problems == ()


def test_a_number_beyond_all_numbers_is_a_problem_of_its_key() -> None:
    numeric = '[[question]]\nid = "q"\nkind = "numeric"\nstem = "How long?"\nvalue = %s\n'
    for number in ("1e999999", "-1e999999", "nan", "inf", "9" * 190):
        [problem] = read(HEAD + numeric % number).problems
        assert problem.line == 9
        assert problem.message.startswith("question “q”: “value” must be")


def test_a_stage_is_a_whole_number() -> None:
    [problem] = read(HEAD + question(1, "stage = 1.5\n")).problems
    assert problem.message == "question “q1”: “stage” must be a whole number"


def test_what_check_tells_is_one_line_of_some_length(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    codes = f'accepts = ["{"x" * 9_000}", "a\\n\\n::error::forged"]\naccepts_why = "Why not."\n'
    path.write_text(HEAD + question(1, codes), encoding="utf-8")
    problems = check([path]).problems
    assert len(problems) == 4
    assert all(len(problem.message) < 1_100 and "\n" not in problem.message for problem in problems)


def test_prose_with_many_full_stops_is_no_key() -> None:
    stops = question(1, "explanation = '''\nA. b. c. d. e. f. g. h. i. j. k. l. m. n. o. p. q. r. s.\n'''\n")
    assert read(HEAD + stops).problems == ()


def test_brackets_and_commas_in_texts_and_comments_count_for_nothing() -> None:
    text = "explanation = '''" + "[" * 9_000 + "'''\n"
    comment = "# " + "[,=" * 30_000 + "\n"
    assert read(HEAD + comment * 3 + question(1, text)).problems == ()


def test_a_question_that_is_refused_takes_no_other_with_it() -> None:
    crowded = question(1) + many(300, lambda n: f"a{n} = 1\n")
    reading = read(HEAD + question(0) + crowded + question(2))
    [problem] = reading.problems
    assert problem.message == "question “q1”: a table may have at most 200 keys, there are 304"
    assert reading.deck is not None
    assert [found.id for found in reading.deck.questions] == ["q0", "q2"]


# Growth


def test_where_a_question_stands_is_found_without_going_through_the_file(tmp_path: Path, parses: list[int]) -> None:
    path = tmp_path / "d.toml"
    path.write_text(HEAD + many(50, question), encoding="utf-8")
    assert len(check([path]).problems) == 100
    assert parses == []


def test_for_places_inside_lists_their_questions_are_gone_through_once(tmp_path: Path, parses: list[int]) -> None:
    path = tmp_path / "d.toml"
    path.write_text(HEAD + many(50, lambda n: question(n, 'topics = [1, 2]\nsources = ["gray", 3]\n')), "utf-8")
    assert len(check([path]).problems) == 150
    assert len(parses) == 50
    assert sum(parses) < path.stat().st_size


def test_where_a_key_of_a_question_stands_is_found_without_going_through_it(tmp_path: Path, parses: list[int]) -> None:
    path = tmp_path / "d.toml"
    path.write_text(HEAD + many(50, lambda n: question(n, "topics = 1\nhint = 2\n")), encoding="utf-8")
    problems = check([path]).problems
    assert [problem.line for problem in problems[:4]] == [10, 11, 17, 18]
    assert len(problems) == 100
    assert parses == []


def test_a_clean_file_is_never_gone_through_for_places(tmp_path: Path, parses: list[int]) -> None:
    clean = 'explanation = "Because."\nsources = ["gray"]\n'
    source = '[[source]]\nid = "gray"\ncitation = "Gray"\n'
    path = tmp_path / "d.toml"
    path.write_text(HEAD + source + many(50, lambda n: question(n, clean)), encoding="utf-8")
    assert check([path]).problems == ()
    assert parses == []


def test_a_deck_that_was_copied_costs_no_more_than_one_look_at_each(tmp_path: Path, parses: list[int]) -> None:
    for name in ("a", "b", "c"):
        text = HEAD.replace('id = "d"', f'id = "{name}"') + many(200, question)
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    problems = [problem for problem in check([tmp_path]).problems if problem.code == "duplicate-id"]
    assert len(problems) == 400
    assert sum(parses) < 3 * len(text.encode())


def test_twice_the_warnings_take_about_twice_the_time(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"

    def seconds(count: int) -> float:
        path.write_text(HEAD + many(count, question), encoding="utf-8")
        started = time.process_time()
        assert len(check([path]).problems) == 2 * count
        return time.process_time() - started

    seconds(10)
    assert min(seconds(2_000) for _ in range(2)) < 3.5 * min(seconds(1_000) for _ in range(2))


# Pictures


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * LARGEST_PICTURE,
        b"\xff\xd8" + b"\xff\xe0\x00\x02" * 1_200_000,
        b"\xff\xd8" + b"\xff\xe0\x00\x00" * 1_200_000,
        b"\xff\xd8" + (b"\xff" * 65_000 + b"\xe0\x00\x02") * 70,
    ],
    ids=["padding", "empty segments", "segments of nothing", "padded segments"],
)
def test_a_picture_of_nothing_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    assert picture_fault(tmp_path, "a.jpg") == "the picture “a.jpg” is not really a PNG or JPEG"


def test_a_picture_of_many_questions_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(2, 2) + bytes(LARGEST_PICTURE - 1_000))
    picture = 'picture = { file = "a.png", alt = "A leg." }\n'
    text = HEAD + many(3_000, lambda n: question(n, picture))
    reading = read_deck_text(text.encode(), tmp_path / "d.toml")
    assert reading.problems == ()
    assert reading.deck is not None
    assert len(reading.deck.questions) == 3_000
