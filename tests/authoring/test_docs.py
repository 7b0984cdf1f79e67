"""The way in for authors works to the letter: its commands are run, its deck passes `check`."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from commanding import sciaquiz

if TYPE_CHECKING:
    import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    sciaquiz (.+)$", PAGE, re.MULTILINE)
DECK, META = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)


def test_the_way_in_works_to_the_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in COMMANDS:
        arguments = shlex.split(line)
        more = ["--plain"] if arguments[0] == "study" else []
        done = sciaquiz(*arguments, *more, said="b3\n\n")
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        if arguments[0] == "new":
            file = tmp_path / "ankle-nerves" / "deck.toml"
            file.write_text(DECK, encoding="utf-8")
            assert sciaquiz("check", "ankle-nerves", "--format", "json").stdout == "[]\n"
            file.write_text(f"{DECK}\n{META}", encoding="utf-8")
            assert sciaquiz("check", "ankle-nerves", "--format", "json").stdout == "[]\n"
    assert sciaquiz("fmt", "--check", ".").returncode == 0
