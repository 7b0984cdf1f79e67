"""The commands, as a person gives them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from answering import answer
from commanding import sciaquiz, sciaquiz_process
from making import single
from remembering import NO_STEPS, noon
from sciaquiz import __version__
from sciaquiz.paths import user_paths
from sciaquiz.settings import ROWS
from sciaquiz.store.journal import Journal

pytestmark = pytest.mark.usefixtures("started_before")


def study(answers: int, **environment: str) -> None:
    sciaquiz("study", "--plain", "--limit", str(answers), said="a3\n3\n" * answers * 4, **environment)


def test_decks_lists_each_deck_with_its_counts(tmp_path: Path) -> None:
    study(1)
    listed = json.loads(sciaquiz("decks", "--json").stdout)
    assert [deck["id"] for deck in listed] == [
        "deep-gluteal-syndrome", "nerve-roots", "piriformis-variants", "red-flags",
    ]  # fmt: skip
    for deck in listed:
        assert {"id", "title", "version", "questions", "due", "new", "learning"} <= set(deck)
        assert deck["questions"] >= 20
    assert sum(deck["learning"] for deck in listed) == 1
    before = json.loads(sciaquiz("decks", "--json", SCIAQUIZ_HOME=str(tmp_path / "fresh")).stdout)
    assert sum(deck["new"] for deck in before) - sum(deck["new"] for deck in listed) == 1
    assert "Nerve roots" in sciaquiz("decks").stdout


def test_stats_count_what_was_done() -> None:
    assert sciaquiz("stats").stdout == "No answers yet. Begin with: sciaquiz study\n"
    study(3)
    figures = json.loads(sciaquiz("stats", "--json").stdout)
    assert (figures["answers"], figures["answered_today"], figures["streak_days"]) == (3, 3, 1)
    assert figures["true_retention"]["last_30_days"] == {"share": None, "answers": 0}
    assert sciaquiz("stats").stdout.startswith("3 answers on 1 day, ")


def test_stats_count_right_answers_one_by_one(tmp_path: Path) -> None:
    deck = tmp_path / "four.toml"
    question = (
        '[[question]]\nid = "q{0}"\nkind = "single"\nstem = "Which, {0}?"\nshuffle = false\noptions = ['
        '{{ id = "o1", text = "One", correct = true }}, {{ id = "o2", text = "Two" }}, {{ id = "o3", text = "Six" }}]\n'
    )
    questions = "".join(question.format(place) for place in range(4))
    deck.write_text('id = "four"\ntitle = "Four"\nversion = "1"\n' + questions, encoding="utf-8")
    sciaquiz("study", str(deck), "--record", "--plain", "--limit", "4", said="a3\na3\nb3\na3\n")
    figures = json.loads(sciaquiz("stats", "--json").stdout)
    assert (figures["answers"], figures["right"]) == (4, 3)
    assert sciaquiz("stats").stdout.startswith("4 answers on 1 day, 75% right\n")


def test_why_explains_a_card_and_names_the_nearest() -> None:
    told = sciaquiz("why", "l5-vs-fibular-inversion").stdout
    assert "Where is the lesion most likely?" in told
    wrong = sciaquiz("why", "l5-vs-fibular-inversio")
    assert wrong.returncode == 1
    assert "Did you mean l5-vs-fibular-inversion" in wrong.stderr


def test_why_explains_a_card_of_a_deck_that_is_not_installed(tmp_path: Path) -> None:
    deck = tmp_path / "confusing.toml"
    deck.write_text(CONFUSING, encoding="utf-8")
    sciaquiz("study", str(deck), "--plain", "--limit", "1", said="b3\n")
    assert sciaquiz("why", "root-or-nerve").returncode == 1
    told = sciaquiz("why", "root-or-nerve", "--deck", str(deck))
    assert (told.returncode, told.stdout.startswith("Inversion is weak. Where is the lesion?\n")) == (0, True)
    showcase = Path(__file__).parents[1] / "decks" / "showcase"
    gap = sciaquiz("why", "h-cloze-typed#c1", "--deck", str(showcase)).stdout
    assert gap.startswith("Tibialis anterior is supplied by the [...] nerve.\n")
    missing = sciaquiz("why", "root-or-nerve", "--deck", str(tmp_path / "none.toml"))
    assert (missing.returncode, "there is no such file or folder" in missing.stderr) == (1, True)


def test_doctor_names_versions_places_and_the_state_of_the_journal(home: Path) -> None:
    assert sciaquiz("doctor").returncode == 0
    study(1)
    told = sciaquiz("doctor").stdout
    for word in (__version__, str(home / "journal.db"), "Every entry is as it was written.", "TERM="):
        assert word in told


def test_a_journal_goes_through_a_pipe_to_another_device(tmp_path: Path) -> None:
    study(3)
    exported = sciaquiz_process("journal", "export", "-").stdout
    entries = [json.loads(line) for line in exported.splitlines()]
    assert sum(entry.get("entry") == "review" for entry in entries) == 3
    assert all(isinstance(entry["rating"], int) for entry in entries if entry.get("entry") == "review")
    other = {"SCIAQUIZ_HOME": str(tmp_path / "other")}
    assert "added" in sciaquiz("journal", "import", "-", said=exported, **other).stdout
    assert sciaquiz("journal", "import", "-", said=exported, **other).stdout.startswith("0 answers and acts added")
    assert json.loads(sciaquiz("stats", "--json", **other).stdout)["answers"] == 3
    assert sciaquiz("journal", "verify", **other).returncode == 0
    assert sciaquiz("journal", "rebuild", **other).returncode == 0
    assert sciaquiz("journal", "export", **other).stdout == exported


def test_a_bad_line_of_an_import_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"sciaquiz": "journal", "format": 1}\n{"rating": 7}\n', encoding="utf-8")
    done = sciaquiz("journal", "import", str(path))
    assert done.returncode == 1
    assert f"{path}:2: " in done.stderr
    assert done.stdout == "0 answers and acts added, 0 known already, 1 line could not be taken.\n"


def test_backup_and_restore(tmp_path: Path) -> None:
    study(1)
    backup = tmp_path / "mine.db"
    assert sciaquiz("backup", str(backup)).returncode == 0
    study(1, SCIAQUIZ_NOW="2026-11-23T09:00:00+01:00")
    assert "kept in" in sciaquiz("restore", str(backup)).stdout
    assert json.loads(sciaquiz("stats", "--json").stdout)["answers"] == 1
    assert "journal-2026-11-23.db" in sciaquiz("restore").stdout
    missing = sciaquiz("restore", str(tmp_path / "none.db"))
    assert (missing.returncode, "no such backup" in missing.stderr) == (1, True)


def test_check_and_schema() -> None:
    assert sciaquiz("check").stdout.endswith("no errors, no warnings\n")
    assert sciaquiz("check", "nowhere").returncode == 1
    assert json.loads(sciaquiz("schema").stdout)["title"] == "A sciaquiz deck"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("study", "--limit", "0"), "must be a whole number from 1 to 9999"),
        (("banana",), "invalid choice"),
        (("journal",), "required"),
        (("study", "./nowhere.toml", "--plain"), "there is no such file or folder"),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments: tuple[str, ...], told: str) -> None:
    done = sciaquiz(*arguments)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_clock_setting_is_told() -> None:
    done = sciaquiz("decks", SCIAQUIZ_NOW="tomorrow")
    assert (done.returncode, "SCIAQUIZ_NOW is not an ISO instant" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "now",
    [
        "0001-01-01T00:00:00", "0001-01-01T05:00:00-12:00", "0001-01-01T05:00:00+14:00", "1969-12-31T23:59:59+00:00",
        "5000-01-01T00:00:00+00:00", "9999-12-31T23:59:59", "9999-12-31T23:59:59-12:00",
    ],
)  # fmt: skip
def test_an_instant_that_no_journal_holds_is_told_in_one_line(now: str) -> None:
    done = sciaquiz("study", "--plain", said="a3\n", SCIAQUIZ_NOW=now)
    told = f"sciaquiz: SCIAQUIZ_NOW is {now}: answers can be kept from 1970 to 4999. Set it right.\n"
    assert (done.returncode, done.stderr) == (1, told)


def test_a_demo_that_would_begin_before_there_are_journals_is_told(tmp_path: Path) -> None:
    made = tmp_path / "demo"
    done = sciaquiz("demo", "--days", "9999", "--home", str(made), SCIAQUIZ_NOW="1990-01-01T09:00:00+00:00")
    assert (done.returncode, "9999 days ago was before 1970." in done.stderr, [*made.glob("*")]) == (1, True, [])


@pytest.mark.parametrize("now", ["1970-01-01T00:00:00+00:00", "4999-12-31T23:59:59+00:00"])
def test_what_is_answered_at_the_first_and_at_the_last_instant_goes_to_another_device(tmp_path: Path, now: str) -> None:
    clock = {"SCIAQUIZ_NOW": now}
    study(1, **clock)
    exported = sciaquiz("journal", "export", **clock)
    taken = sciaquiz("journal", "import", said=exported.stdout, SCIAQUIZ_HOME=str(tmp_path / "other"), **clock)
    assert (exported.returncode, taken.returncode, taken.stderr) == (0, 0, "")
    assert sciaquiz("stats", **clock).stdout.startswith("1 answer on 1 day")


def test_a_journal_from_a_newer_version_is_left_alone(home: Path) -> None:
    import sqlite3

    study(1)
    connection = sqlite3.connect(home / "journal.db")
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    before = (home / "journal.db").read_bytes()
    for command in (("stats",), ("study", "--plain"), ("journal", "export"), ("backup",), ("doctor",)):
        done = sciaquiz(*command)
        assert done.returncode == 1, command
        assert "newer sciaquiz" in done.stderr + done.stdout, command
        assert "Traceback" not in done.stderr
    assert (home / "journal.db").read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    (tmp_path / "home" / "journal.db").mkdir(parents=True)
    for home, told in (
        (blocked, f"{blocked} is no folder"), (blocked / "deeper", f"{blocked} is no folder"),
        (loop, f"{loop} is no folder"), (tmp_path / "home", "it is a folder"),
    ):  # fmt: skip
        done = sciaquiz("stats", SCIAQUIZ_HOME=str(home))
        words = f"the journal cannot be written here ({told}). Move it away, or set SCIAQUIZ_HOME to another folder."
        assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"sciaquiz: {home / 'journal.db'}: {words}")


def test_a_bug_leaves_its_traceback_in_the_log_and_not_on_the_screen(home: Path) -> None:
    code = (
        "import sys; from sciaquiz.cli.main import run; import sciaquiz.doctor as doctor\n"
        "def broken(*_): raise RuntimeError('oops')\n"
        "doctor.examine = broken\n"
        "sys.exit(run(['doctor']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(home / "logs" / "sciaquiz.log") in done.stderr
    assert "RuntimeError: oops" in (home / "logs" / "sciaquiz.log").read_text(encoding="utf-8")


def test_another_rule_is_tried_without_changing_anything() -> None:
    study(3)
    before = sciaquiz("journal", "export", "-").stdout
    told = sciaquiz("journal", "rebuild", "--rule", "1", "--dry-run")
    assert told.stdout.startswith("0 of 3 ratings would differ")
    assert told.stdout.endswith("Nothing was changed: the journal keeps what was rated when you answered.\n")
    assert sciaquiz("journal", "export", "-").stdout == before
    assert sciaquiz("journal", "rebuild", "--rule", "1").stdout.endswith(
        "Nothing was changed: every answer has the rating that rule 1 gives.\n"
    )
    assert sciaquiz("journal", "export", "-").stdout == before
    for wrong in (["--rule", "9", "--dry-run"], ["--dry-run"], ["--undo"], ["--undo", "--rule", "1"]):
        refused = sciaquiz("journal", "rebuild", *wrong)
        assert refused.returncode == 1
        assert refused.stderr.startswith("sciaquiz: ")


CONFUSING = """
id = "confusing"
title = "Confusing"
concept = [{ id = "root", name = "L5 root" }, { id = "nerve", name = "common fibular nerve" }]
contrast = [{ between = ["root", "nerve"], discriminator = "Test inversion." }]
[[question]]
id = "root-or-nerve"
kind = "single"
stem = "Inversion is weak. Where is the lesion?"
concept = "root"
shuffle = false
options = [
  { id = "nerve", text = "Fibular neck", confuses = "nerve" },
  { id = "root", text = "L5 root", correct = true },
  { id = "cord", text = "Cord" },
]
"""


def test_what_was_mixed_up_is_listed_and_waits_for_learning(home: Path) -> None:
    assert sciaquiz("drill").stdout == "Nothing is mixed up now.\n"
    (home / "decks").mkdir(parents=True, exist_ok=True)
    (home / "decks" / "confusing.toml").write_text(CONFUSING, encoding="utf-8")
    asked = sciaquiz("study", "confusing", "--plain", "--limit", "1", said="a3\n").stdout
    assert "You took “L5 root” for “common fibular nerve”.\nTest inversion." in asked
    listed = "L5 root and common fibular nerve: once; still being learned\n"
    assert sciaquiz("drill", "--list").stdout == listed
    assert sciaquiz("drill").stdout == listed


def card_deck(tmp_path: Path) -> str:
    deck = tmp_path / "confusing.toml"
    deck.write_text(CONFUSING, encoding="utf-8")
    return str(deck)


def test_a_card_suspended_in_an_earlier_sitting_is_resumed_without_the_app(tmp_path: Path) -> None:
    deck = card_deck(tmp_path)
    assert sciaquiz("card").stdout == "No card is suspended, flagged or put off.\n"
    sciaquiz("study", deck, "--record", "--plain", said="suspend\n")
    assert "root-or-nerve – suspended" in sciaquiz("card").stdout
    assert "not asked until you resume it" in sciaquiz("card", "root-or-nerve", "--deck", deck).stdout
    assert "Which" not in sciaquiz("study", deck, "--record", "--plain", said="").stdout
    done = sciaquiz("card", "root-or-nerve", "resume")
    assert (done.returncode, done.stdout) == (0, "Resumed: it is asked again when it is due.\n")
    assert "Where is the lesion?" in sciaquiz("study", deck, "--record", "--plain", said="").stdout
    assert sciaquiz("journal", "verify").returncode == 0


@pytest.mark.parametrize(
    ("act", "told", "field", "value"),
    [
        (("suspend",), "Suspended", "suspended", True),
        (("bury",), "Put off until tomorrow.", "buried_until", "2026-11-23"),
        (("flag",), "Flagged.", "flagged", True),
        (("note", "L5", "not", "S1"), "Note kept.", "note", "L5 not S1"),
    ],
)
def test_each_act_on_a_card_is_done_shown_and_taken_back(
    tmp_path: Path, act: tuple[str, ...], told: str, field: str, value: object
) -> None:
    deck = card_deck(tmp_path)
    assert told in sciaquiz("card", "root-or-nerve", *act, "--deck", deck).stdout
    shown = json.loads(sciaquiz("card", "root-or-nerve", "--deck", deck, "--json").stdout)
    assert (shown["id"], shown["deck"], shown[field]) == ("root-or-nerve", "confusing", value)
    back = {"suspend": ["resume"], "bury": ["unbury"], "flag": ["unflag"], "note": ["note", ""]}[act[0]]
    again = json.loads(sciaquiz("card", "root-or-nerve", *back, "--deck", deck, "--json").stdout)
    assert not again[field]
    assert json.loads(sciaquiz("card", "--json").stdout) == []


def test_a_card_that_nobody_knows_is_told_with_the_nearest_and_an_unknown_act_in_one_line(tmp_path: Path) -> None:
    done = sciaquiz("card", "root-or-nerv", "--deck", card_deck(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "Did you mean root-or-nerve?" in done.stderr
    wrong = sciaquiz("card", "root-or-nerve", "forget")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_why_says_that_more_is_due_than_the_day_holds(home: Path) -> None:
    cards = ("l5-vs-fibular-inversion", "interrupts-stream-residual-350")
    with closing(Journal.open(user_paths().journal, noon(0))) as journal:
        for name in cards:
            journal.keep(answer(name, at=noon(0), policy=NO_STEPS), NO_STEPS, single(name))
    crowded = "More is due than today holds: what gains most for its time comes first."
    later = {"SCIAQUIZ_NOW": "2026-12-22T10:00:00+01:00"}
    assert crowded not in sciaquiz("why", cards[0], **later).stdout
    (home / "settings.toml").write_text("[day]\nreviews_per_day = 1\n", encoding="utf-8")
    assert crowded in sciaquiz("why", cards[0], **later).stdout


def test_browse_lists_what_a_query_means_a_page_at_a_time() -> None:
    study(2)
    listed = sciaquiz("browse", "deck:nerve-roots", "is:unseen", "--limit", "2").stdout.splitlines()
    assert re.fullmatch(r"\d+ questions, due first", listed[0])
    assert listed[1].startswith("1. ")
    assert listed[1].endswith("(Nerve roots, not seen yet, new)")
    assert re.fullmatch(r"\d+ more: --from 3", listed[3])
    following = sciaquiz("browse", "deck:nerve-roots is:unseen", "--limit", "1", "--from", "2", "--ids").stdout
    assert listed[2].removeprefix("2. ").split(" (")[0] in following
    [card] = json.loads(sciaquiz("browse", "deck:nerve-roots is:unseen n:1", "--json").stdout)["cards"]
    assert card["id"] in sciaquiz("browse", f"id:{card['id']}", "--ids").stdout
    assert (card["deck"], card["standing"], card["due_day"]) == ("nerve-roots", "unseen", None)
    answered = json.loads(sciaquiz("browse", "--json", "--", "-is:unseen").stdout)
    assert answered["total"] == len(answered["cards"]) == 2


def test_browse_says_why_there_is_nothing() -> None:
    assert sciaquiz("browse", "ankle", "is:flagged").stdout.startswith("Nothing matches. Without is:flagged there are")
    wrong = sciaquiz("browse", "is:wrnog")
    assert (wrong.returncode, wrong.stderr) == (1, "sciaquiz: There is no state “wrnog”. Did you mean wrong?\n")


def test_settings_are_listed_told_and_set(home: Path) -> None:
    listed = sciaquiz("settings").stdout
    for row in ROWS:
        assert row.place in listed
    assert "answering.sitting_cards         no limit" in listed
    assert str(home / "settings.toml") in listed
    told = sciaquiz("settings", "day.new_per_day").stdout
    assert told.splitlines() == [
        "New cards a day: 10 cards",
        "Over all decks.",
        "Default: 10 cards. Can be: 0 to 9999 cards; 0 means no new cards.",
        "In the file: day.new_per_day",
    ]
    assert sciaquiz("settings", "new_per_day", "12", "cards").stdout.startswith("New cards a day: 12 cards\n")
    assert sciaquiz("settings", "learning_steps", "1, 10, 60").returncode == 0
    text = (home / "settings.toml").read_text(encoding="utf-8")
    assert "new_per_day = 12" in text
    assert "learning_steps = [1, 10, 60]" in text
    assert sciaquiz("settings", "new_per_day", "default").stdout.startswith("New cards a day: 10 cards\n")
    for arguments, words in (
        (("new_per_dai",), "There is no setting “new_per_dai”. Did you mean new_per_day?"),
        (("zzz",), "There is no setting “zzz”. sciaquiz settings lists all."),
        (("theme", "blue"), "Theme must be one of: sciaquiz-dark, sciaquiz-light, terminal."),
        (("new_per_day", "many"), "New cards a day must be a number."),
        (("keys.ACTION", "x"), "keys.ACTION: Set by hand, in the file."),
    ):
        refused = sciaquiz("settings", *arguments)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr == f"sciaquiz: {words}\n"
