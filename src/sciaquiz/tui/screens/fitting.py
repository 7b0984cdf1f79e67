"""A fit of the model of memory: what it would do, how far it is, what it came to, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding

from sciaquiz.errors import SciaquizError
from sciaquiz.tui import fitting
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.fitting import Stage
from sciaquiz.tui.screens.message import MessageScreen
from sciaquiz.tui.text import ACCENT, GHOST, MUTED, line, lines, say
from sciaquiz.words import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.content import Content

    from sciaquiz.tui.app import SciaquizApp
    from sciaquiz.tui.fitting import Fitting

OFFER_KEYS = (("⏎", "fit now"), ("n", "never offer it"))
RUNNING_KEYS = (("x", "stop"), ("esc", "close, it goes on"))
BACK_KEYS = (("b", "go back to what was before"),)


def body(told: Fitting | None, offer: Sequence[str], width: int, *, has_own: bool = False) -> Content:
    """Return what there is to tell, and the keys that do something about it; `has_own` says that a fit is in force."""
    if told is None or told.stage is Stage.OFFERED:
        return _paragraphs(offer, (*OFFER_KEYS, *(BACK_KEYS if has_own else ())), width)
    if told.stage is Stage.RUNNING:
        cells = max(4, width - 8)
        full = round(told.share * cells)
        drawn = line(say("━" * full, ACCENT), say("━" * (cells - full), GHOST), f"  {percent(told.share):>4}")
        head = say("Fitting to your answers; you can study meanwhile.")
        return lines([*head.wrap(width), "", drawn, "", *_keys(RUNNING_KEYS, width)])
    return _paragraphs(told.lines, BACK_KEYS if told.is_kept else (), width)


def _paragraphs(texts: Sequence[str], keys: Sequence[tuple[str, str]], width: int) -> Content:
    parts: list[Content | str] = []
    for text in texts:
        if parts:
            parts.append("")
        parts += say(text).wrap(width)
    if keys:
        parts += ["", *_keys(keys, width)]
    return lines(parts)


def _keys(keys: Sequence[tuple[str, str]], width: int) -> list[Content]:
    """Return the keys in one line, or one below the other where there is no room."""
    each = [line(say(key, f"bold {ACCENT}"), say(f" {does}", MUTED)) for key, does in keys]
    beside = say("    ").join(each)
    return [beside] if beside.cell_length <= width else each


class FitScreen(MessageScreen):
    """Fits when it is told to; closed, what it began goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "fit", "fit", show=False),
        Binding("x", "stop", "stop", show=False),
        Binding("b", "back", "go back", show=False),
        Binding("n", "never", "never", show=False),
        Binding("escape,q,f", "dismiss(None)", "back", show=False),
    ]

    def __init__(self, offer: Sequence[str], *, has_own: bool) -> None:
        super().__init__("Your memory")
        self._offer = offer
        self._has_own = has_own

    def on_mount(self) -> None:
        """Tell what changes while it is open."""
        super().on_mount()
        self.watch(self.app, "fitting", self.on_resize, init=False)

    def on_unmount(self) -> None:
        """What was told is told."""
        if self._stage is Stage.OVER:
            self.app.fitting = None

    @property
    def _stage(self) -> Stage:
        return self.app.fitting.stage if self.app.fitting is not None else Stage.OFFERED

    def text(self, width: int) -> Content:
        """Return what there is to tell now."""
        return body(self.app.fitting, self._offer, width, has_own=self._has_own)

    def action_fit(self) -> None:
        """Begin; once it is over, close."""
        if self._stage is Stage.OFFERED:
            self.app.run_worker(fitting.fit(self.app), group="fit")
        elif self._stage is Stage.OVER:
            self.dismiss(None)

    def action_stop(self) -> None:
        """End what runs."""
        if self._stage is Stage.RUNNING:
            fitting.stop(self.app)

    @work(exclusive=True, group="back")
    @tells_errors
    async def action_back(self) -> None:
        """Take back the fit that is in force."""
        told = self.app.fitting
        if self._has_own if self._stage is Stage.OFFERED else told is not None and told.is_kept:
            await fitting.take_back(self.app)

    def action_never(self) -> None:
        """Offer it no more."""
        if self._stage is Stage.OFFERED:
            from sciaquiz.settings import SPECS

            self.app.keep_setting(next(spec for spec in SPECS if spec.name == "fitting"), "never")
            self.app.fitting = None
            self.app.notify("It is not offered again; the settings change that.", markup=False)
            self.dismiss(None)


async def show(app: SciaquizApp) -> None:
    """Show what a fit would do, how far it is, or what it came to; not over a sitting."""
    from sciaquiz.view.fitting import offer_lines

    if not app.is_free_to_go:
        return
    try:
        fits = await app.journal.call(lambda journal: journal.fits())
    except SciaquizError as error:
        app.notify(str(error), severity="error", markup=False)
        return
    offer = offer_lines(fits, app.workspace.clock.now().study_day)
    app.push_screen(FitScreen(offer, has_own=fits.own is not None))
