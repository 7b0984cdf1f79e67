"""Screenshots of every kind of question, asked and answered, from the shipped decks.

`python -m bench.kinds` writes PNG into docs/screenshots/kinds; names given as arguments narrow it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from random import Random

from bench.screenshots import FONT, NOW, settled
from sciaquiz.clock import FixedClock
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.workspace import Workspace

OUT = Path(__file__).parents[1] / "docs" / "screenshots" / "kinds"
SIZES = ((80, 24), (160, 50))
CARDS: dict[str, tuple[str, list[str]]] = {
    "single": ("l5-vs-fibular-inversion", ["b", "3"]),
    "multiple": ("multi-weak-in-l5", ["a", "b", "2"]),
    "true-false": ("statements-on-slr", ["t", "f", "f", "t", "2"]),
    "recall": ("sciatic-roots", ["enter", "3"]),
    "typed": ("type-inverter-of-tibial-nerve", [*"tibialis", "space", *"anterior", "enter", "3"]),
    "numeric": ("hours-from-request-to-mri", ["4", "enter", "2"]),
    "cloze": ("gaps-route-of-pudendal-nerve#c1", ["enter", "3"]),
    "ordering": ("order-path-of-sciatic", ["a", "c", "b", "e", "d", "2"]),
    "matching": ("match-vignette-to-lesion", ["b", "a", "c", "d", "e", "2"]),
    "hotspot-front": ("point-l5-front", ["tab", "tab", "enter", "2"]),
    "hotspot-back": ("point-s2-back", ["d", "3"]),
    "hotspot-sole": ("point-s1-sole", ["b", "2"]),
    "hotspot-panels": ("panel-fibular-through-tibial-below", ["b", "2"]),
    "hotspot-name": ("name-lit-area-front", ["b", "2"]),
    "case": ("case-baker-where-is-the-disc", ["b", "3"]),
}


async def shoot(name: str, size: tuple[int, int], theme: str = "sciaquiz-dark") -> list[Path]:
    """Ask one card and save it as it is asked and as it is answered."""
    card_id, keys = CARDS[name]
    made = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SCIAQUIZ_HOME": folder, "COLORTERM": "truecolor", "TERM": "xterm-256color"}
        workspace = Workspace(paths=user_paths(), settings=Settings(theme=theme), clock=FixedClock(NOW))
        [(card, deck)] = [
            (card, deck) for deck in workspace.library.decks for card in deck.cards() if card.id == card_id
        ]
        app = SciaquizApp(workspace)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            sitting = Sitting(
                CardPool([card], {}), policy_for=workspace.policy_for, limits=Limits(9, 9), now=workspace.clock.now(),
                lexicon=lambda: workspace.lexicon, random=Random(2),
            )  # fmt: skip
            app.start_sitting(sitting, [deck])
            await settled(pilot)
            for stage, pressed in (("asked", keys[:-1]), ("answered", keys[-1:])):
                for key in pressed:
                    await pilot.press(key)
                    await pilot.pause()
                await settled(pilot)
                suffix = "" if theme == "sciaquiz-dark" else f"-{theme.removeprefix('sciaquiz-')}"
                path = OUT / f"{name}-{stage}-{size[0]}x{size[1]}{suffix}.svg"
                path.write_text(app.export_screenshot(title="sciaquiz").replace("Fira Code", FONT), encoding="utf-8")
                made.append(path)
    return made


def main(names: list[str]) -> None:
    """Shoot the kinds named, or all."""
    from cairosvg import svg2png

    OUT.mkdir(parents=True, exist_ok=True)
    for name in names or CARDS:
        for size in SIZES:
            if size == SIZES[1] and not name.startswith("hotspot"):
                continue
            for svg in asyncio.run(shoot(name, size)):
                svg2png(url=str(svg), write_to=str(svg.with_suffix(".png")), output_width=1000)
                svg.unlink()
                print(svg.with_suffix(".png").relative_to(OUT.parents[2]))


if __name__ == "__main__":
    main(sys.argv[1:])
