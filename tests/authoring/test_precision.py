"""What is told of sixty questions as other people write them: nine of ten warnings are right, read one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.sampled import RIGHT, SAMPLE, WRONG, deck
from sciaquiz.authoring.check import check

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_told_of_the_sample_is_what_a_person_has_read(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_text(deck(), encoding="utf-8")
    told = {(int(problem.question_id.removeprefix("q-")), problem.code) for problem in check([path]).problems}
    assert len(SAMPLE) == 60
    assert told == RIGHT | WRONG
    assert len(RIGHT) >= 0.9 * len(told)
