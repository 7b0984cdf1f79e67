"""Settings as people write them, and as nobody should: one is set and nothing else is lost; what is no file is told."""

from __future__ import annotations

import errno
import json
import os
import tomllib
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rows import each_row
from sciaquiz.settings import SPECS, Settings
from sciaquiz.settings.file import read_settings, settings_from, write_deck_retention, write_setting
from sciaquiz.settings.values import SettingError
from sciaquiz.text import wild_in
from sciaquiz.toml_edit import TomlEditError, set_value

SPEC = {spec.name: spec for spec in SPECS}
VALUES: dict[str, Any] = {
    "desired_retention": 0.85, "must_not_miss_retention": 0.97, "learning_steps": [2, 30], "relearning_steps": [7],
    "maximum_interval": 400, "fuzz": False, "leech_lapses": 5, "leech_action": "suspend", "new_per_day": 3,
    "reviews_per_day": 77, "catch_up_per_day": 25, "rollover_hour": 2, "days_off": ["2026-12-24"], "ask_certainty": False, "sitting_cards": 9,
    "sitting_minutes": 25, "theme": "terminal",
}  # fmt: skip


BY_HAND = [
    "memory.fuzz = false\nmemory.leech_lapses = 5 # mine\n",
    "memory = { fuzz = false, leech_lapses = 5 } # mine\n",
    "memory = {} # mine\n[day]\nnew_per_day = 3\n",
    "[decks.nerve-roots]\ndesired_retention = 0.8\n[memory]\nfuzz = false # mine\n[keys]\nquit = 'x'\n",
    "[memory.sub]\nx = 1 # mine\n[day]\nnew_per_day = 3\n",
    "[memory.sub]\nx = 1 # mine\n[memory]\nfuzz = false\n",
    "[memory] # mine\nsub.x = 1\n[[more]]\nfuzz = true\n[[more]]\n[more.memory]\nfuzz = true\n",
    "[memory]\r\nfuzz = false # mine\r\n\r\n[look]\r\ntheme = 'terminal'",
    '# mine\n[\'memory\']\n"fuzz" = false\n"leech_\\u006capses" = 5',
    "[memory]\n  learning_steps = [ # mine\n    1, # one\n    20,\n  ] # all\n[day]\nnew_per_day = 3",
    "day.new_per_day = 3\n[memory]\ntext = '''\n[memory]\nfuzz = false # no comment\n'''\nfuzz = false # mine\n",
    'memory . "fuzz" = false # mine\nmemory.text = """a "quoted" \\" ""\\"" # no comment"""\n[day]\n',
    "[memory]\ndate = 2026-01-01 10:00:00 # mine\nodd = [nan, inf, -inf, {a = ']', b = [1,]}, \"#\"]",
    "\ufeff[memory]\nfuzz = false # mine\n",
    "# mine",
    "",
]


@each_row(
    ("text", "name"),
    product(BY_HAND, ["fuzz", "learning_steps", "leech_lapses", "theme", "desired_retention", "days_off"]),
)
def test_setting_one_loses_nothing_else(tmp_path: Path, text: str, name: str) -> None:
    folder = Path(mkdtemp(dir=tmp_path))
    stays_but_for(folder / "settings.toml", text, name, comments=["# mine", "# one", "# all"])


DECKS_BY_HAND = [
    "",
    "# mine",
    "[decks.nerve-roots] # mine\n# one\ndesired_retention = 0.8 # all\n",
    "[decks.red-flags]\ndesired_retention = 0.95 # mine\n",
    "[decks]\nnerve-roots = { desired_retention = 0.8 } # mine\n[day]\nnew_per_day = 3\n",
    "[decks]\nred-flags = { desired_retention = 0.95 }\n",
    "[decks] # mine\nnerve-roots.desired_retention = 0.8\nred-flags.desired_retention = 0.95\n",
    "decks.red-flags.desired_retention = 0.95 # mine\n[day]\nnew_per_day = 3\n",
    "decks = { red-flags = { desired_retention = 0.95 } } # mine\n",
    "decks = {} # mine\n",
    "decks = { a = { desired_retention = 0.8 }, nerve-roots = { desired_retention = 0.9 }, b.desired_retention = 0.7 }\n",
    "[decks]\n[decks.\"nerve-roots\"]\r\n'desired_retention' = 0.8\r\n[keys]\r\nquit = 'x'",
]


@each_row(("text",), [(text,) for text in DECKS_BY_HAND])
def test_the_retention_of_a_deck_is_set_and_taken_back_and_nothing_else_is_lost(tmp_path: Path, text: str) -> None:
    path = Path(mkdtemp(dir=tmp_path)) / "settings.toml"
    path.write_bytes(text.encode())
    before, notices = read_settings(path)
    assert notices == ()
    decks = dict(before.deck_retention)
    for deck, share in (("nerve-roots", 0.9), ("nerve-roots", 0.91), ("foot. drop", 0.8), ("nerve-roots", None)):
        decks = {each: held for each, held in {**decks, deck: share}.items() if held is not None}
        written = write_deck_retention(path, {deck: share})
        assert written == read_settings(path)[0] == replace(before, deck_retention=decks)
        assert read_settings(path)[1] == ()
    kept = path.read_text("utf-8")
    assert all(comment in kept for comment in ("# mine", "# one", "# all") if comment in text)
    assert write_deck_retention(path, {"nerve-roots": None}) == written
    with pytest.raises(SettingError, match="must be a number from"):
        write_deck_retention(path, {"nerve-roots": 0.5})
    assert path.read_text("utf-8") == kept


def stays_but_for(path: Path, text: str, name: str, comments: list[str]) -> None:
    """Set one setting; all that could be read before is read again, and every comment is still there."""
    path.write_bytes(text.encode())
    before, _ = read_settings(path)
    spec, value = SPEC[name], VALUES[name]
    written = write_setting(path, spec, value)
    after = path.read_bytes().decode()
    assert written == read_settings(path)[0] == replace(before, **{name: written.__getattribute__(name)})
    assert json.dumps(getattr(written, name)) == json.dumps(value)
    document = tomllib.loads(text.removeprefix("\ufeff"), parse_float=str)
    document.setdefault(spec.table, {})[name] = tomllib.loads(f"v = {json.dumps(value)}", parse_float=str)["v"]
    assert tomllib.loads(after.removeprefix("\ufeff"), parse_float=str) == document
    assert [after.count(comment) for comment in comments] == [text.count(comment) for comment in comments]
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    if "\r\n" in text:
        assert after.count("\n") == after.count("\r\n")


COMMENTS = st.sampled_from(["", "  # one [memory]", " # two 'fuzz = 1", ' # three """'])
BETWEEN = st.sampled_from(["", "\n", "# four = 4\n", "\n  # five ]}\n\n"])
BLANKS = st.sampled_from(["", " ", "\t"])


@st.composite
def literals(draw: st.DrawFn, name: str, *, is_inline: bool) -> str:
    value = VALUES[name]
    match value:
        case list():
            parts = [json.dumps(part) for part in value]
            ends = ["[{}]", "[ {} ]", "[{},]"] + (
                [] if is_inline else ["[ # six\n  {}, # seven\n]", "[\n{}\n# eight ]\n]"]
            )
            return draw(st.sampled_from(ends)).format(draw(st.sampled_from([",", " , "])).join(parts))
        case str():
            return draw(
                st.sampled_from(
                    [f'"{value}"', f"'{value}'", f'"""{value}"""', f"'''\n{value}'''"][: 3 if is_inline else 4]
                )
            )
        case _:
            return json.dumps(value)


@st.composite
def keys(draw: st.DrawFn, *parts: str) -> str:
    dot = f"{draw(BLANKS)}.{draw(BLANKS)}"
    return dot.join(draw(st.sampled_from([part, f'"{part}"', f"'{part}'"])) for part in parts)


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A settings file as someone might write it."""
    root, sections = [], []
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=8))
    for table in draw(st.permutations(["memory", "day", "answering", "look"])):
        inside = [name for name in names if SPEC[name].table == table]
        style = draw(st.sampled_from(["table", "dotted", "inline", "none"]))
        if style == "dotted" and inside:
            root += [
                f"{draw(keys(table, name))} ={draw(BLANKS)}{draw(literals(name, is_inline=False))}{draw(COMMENTS)}\n"
                for name in inside
            ]
            if draw(st.booleans()):
                root.append(f"{table}.sub.x = 1{draw(COMMENTS)}\n")
        elif style == "inline":
            pairs = [f"{draw(keys(name))} = {draw(literals(name, is_inline=True))}" for name in inside]
            pairs += draw(st.sampled_from([[], ["sub = { x = [1, {}] }"], ["sub.x = 1"]]))
            root.append(f"{table} = {{{draw(BLANKS)}{', '.join(pairs)}{draw(BLANKS)}}}{draw(COMMENTS)}\n")
        elif style == "table":
            body = [
                f"{draw(BLANKS)}{draw(keys(name))}{draw(BLANKS)}={draw(BLANKS)}{draw(literals(name, is_inline=False))}{draw(COMMENTS)}\n{draw(BETWEEN)}"
                for name in inside
            ]
            sections.append(
                f"[{draw(BLANKS)}{draw(keys(table))}{draw(BLANKS)}]{draw(COMMENTS)}\n{draw(BETWEEN)}{''.join(body)}"
            )
            if draw(st.booleans()):
                sections.append(f"[{draw(keys(table, 'sub'))}]{draw(COMMENTS)}\nfuzz = 'deeper'\n")
        elif draw(st.booleans()):
            sections.append(f"[{table}.sub]\n{draw(BETWEEN)}")
    sections += draw(
        st.lists(
            st.sampled_from(
                [
                    "[decks.nerve-roots]\ndesired_retention = 0.8\n",
                    "[keys]\nquit = 'x' # nine\n",
                    "[other]\n[other.memory]\nfuzz = 1\n",
                ]
            ),
            unique=True,
        )
    )
    array = draw(
        st.sampled_from(["", "[[more]]\nfuzz = 1\n[more.memory]\nfuzz = 2 # ten\n[[more]]\n[[more.memory]]\n"])
    )
    text = draw(BETWEEN) + "".join(root) + draw(BETWEEN) + "".join(draw(st.permutations([*sections, array])))
    text = text if draw(st.booleans()) else text.rstrip("\n")
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


EVERY_COMMENT = [
    "# one [memory]",
    "# two 'fuzz = 1",
    '# three """',
    "# four = 4",
    "# five ]}",
    "# six",
    "# seven",
    "# eight ]",
    "# nine",
    "# ten",
]


@settings(max_examples=60)
@given(layouts(), st.sampled_from(sorted(VALUES)))
def test_setting_one_loses_nothing_else_however_it_is_laid_out(text: str, name: str) -> None:
    with TemporaryDirectory() as folder:
        stays_but_for(Path(folder) / "settings.toml", text, name, EVERY_COMMENT)


@pytest.mark.parametrize(
    "text",
    [
        "memory = 3\n",
        "memory = [{ fuzz = true }]\n",
        "[[memory]]\nfuzz = true\n",
        "[memory.fuzz]\nx = 1\n",
        "memory.fuzz.x = 1\n",
        "[memory]\nfuzz.x = 1\n",
        "[memory\n",
        "x = " + "[" * 2000 + "]" * 2000,
        "a." * 40_000 + "a = 1\n",
        "x = '" + "x" * 100_000 + "'",
        "[memory]\nfuzz = true\n" + "#" * 99_979,
    ],
)
def test_what_cannot_be_set_safely_is_refused_and_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match="cannot be saved"):
        write_setting(path, SPEC["fuzz"], False)
    assert path.read_text(encoding="utf-8") == text
    assert [entry.name for entry in tmp_path.iterdir() if entry.name != "home"] == ["settings.toml"]


@given(st.text(st.sampled_from(list("[]{}=.,#\"'\\\n\r\t abm1-memoryfuzz")), max_size=60))
def test_any_text_is_edited_or_refused(text: str) -> None:
    try:
        before = tomllib.loads(text, parse_float=str)
    except ValueError:
        before = None
    try:
        edited = set_value(text, ("memory",), "fuzz", "false")
    except TomlEditError:
        return
    assert before is not None
    assert tomllib.loads(edited, parse_float=str) == before | {"memory": before.get("memory", {}) | {"fuzz": False}}


# Files that are none, or too much


def test_what_is_no_regular_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for make in (
        os.mkfifo,
        os.mkdir,
        lambda place: place.symlink_to(place),
        lambda place: place.symlink_to("/dev/zero"),
    ):
        make(path)
        found, [notice] = read_settings(path)
        assert found == Settings()
        assert notice.endswith("the defaults are used.")
        with pytest.raises(SettingError, match="cannot be saved"):
            write_setting(path, SPEC["fuzz"], False)
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[memory]\nfuzz = '\xe9'\n", "not UTF-8"),
        (b"#" * 50_000_000, "too large"),
        (b"a." * 40_000 + b"a = 1", "too many parts"),
        (b'"a" . ' * 5_000 + b"a = 1", "too many parts"),
        (b"x = " + b"[" * 90_000, "nested too deeply"),
        (b"x = " + b"{a=" * 20_000, "nested too deeply"),
        (b"[" * 90_000, "not valid TOML"),
        (b'"' + b'\\"' * 45_000, "not valid TOML"),
        (b"x = " + b"1" * 90_000, "not valid TOML"),
        (b"\x00" * 1000, "it holds NUL bytes from line 1 on"),
        (
            b"[day]\nnew_per_day = 5\n\x00\x00",
            "it holds NUL bytes from line 3 on, as a file does that was not written to",
        ),
    ],
)
def test_what_is_too_much_is_told_at_once(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    before = process_time()
    found, [notice] = read_settings(path)
    assert process_time() - before < 2
    assert found == Settings()
    assert told in notice
    assert len(notice) < 500
    with pytest.raises(SettingError, match="cannot be saved"):
        write_setting(path, SPEC["fuzz"], False)
    assert path.read_bytes() == content


def test_many_mistakes_are_told_in_a_few_tame_lines() -> None:
    unknown = "".join(f'"\\u001b[31m{number}{"x" * 500}" = 1\n' for number in range(150))
    found, notices = settings_from(f"[memory]\nfuzz = false\n{unknown}", "settings.toml")
    assert found.fuzz is False
    assert len(notices) == 11
    assert notices[-1] == "settings.toml: and 140 more."
    assert wild_in("".join(notices)) == ()
    assert max(map(len, notices)) < 200


# Writing it for good


def test_a_link_is_followed_to_the_file_it_means(tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere" / "mine.toml"
    kept.parent.mkdir()
    kept.write_text("# mine\n", encoding="utf-8")
    kept.chmod(0o600)
    path = tmp_path / "settings.toml"
    path.symlink_to(kept)
    write_setting(path, SPEC["fuzz"], False)
    assert path.is_symlink()
    assert "# mine" in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert read_settings(path)[0].fuzz is False
    assert [entry.name for entry in kept.parent.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize("at", ["open", "fsync", "replace", "mkdir"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES])
def test_a_disk_that_refuses_is_told_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, number: int
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[memory]\nfuzz = true\n", encoding="utf-8")
    opens = Path.open

    def refuse(*arguments: Any, **named: Any) -> Any:
        if at == "open" and "wb" not in arguments:
            return opens(*arguments, **named)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os if at == "fsync" else Path, at, refuse)
    with pytest.raises(SettingError, match=f"cannot be written .*{os.strerror(number)}"):
        write_setting(path, SPEC["fuzz"], False)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "[memory]\nfuzz = true\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.toml"]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    with pytest.raises(SettingError, match="cannot be saved"):
        write_setting(tmp_path / "home" / "settings.toml", SPEC["fuzz"], False)


def test_a_new_file_is_made_with_a_word_about_itself(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    write_setting(path, SPEC["fuzz"], False)
    assert path.read_text(encoding="utf-8").startswith("# sciaquiz settings. ")
    write_setting(path, SPEC["learning_steps"], [5])
    assert path.read_text(encoding="utf-8").endswith("\n\n[memory]\nfuzz = false\nlearning_steps = [5]\n")
