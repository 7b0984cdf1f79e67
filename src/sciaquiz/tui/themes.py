"""Two themes made with care, and the terminal's own colours as a third.

Each has the same roles, as variables of the stylesheets: `tui/text.py` names those that are used in text.
"""

from __future__ import annotations

from textual.theme import Theme


def _theme(name: str, *, dark: bool, roles: dict[str, str]) -> Theme:
    """Return a theme with a colour for each role; what Textual calls otherwise follows from the roles."""
    page, pane, cursor = roles["background"], roles["surface"], roles["panel"]
    text, muted, line = roles["text"], roles["muted"], roles["line"]
    own = {role: roles[role] for role in OWN_ROLES}
    return Theme(
        name=name, dark=dark, background=page, surface=pane, panel=cursor, foreground=text,
        primary=roles["accent"], secondary=muted, accent=roles["accent"],
        success=roles["right"], error=roles["wrong"], warning=roles["amber"],
        variables=own | {
            "text-muted": muted, "text-accent": roles["accent"],
            "text-success": roles["right"], "text-error": roles["wrong"], "text-warning": roles["amber"],
            "chip": f"on {cursor}", "chip-key": f"{roles['on-accent']} on {roles['accent']}",
            "border": line, "border-blurred": line,
            "block-cursor-foreground": text, "block-cursor-background": cursor, "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": text, "block-cursor-blurred-background": cursor,
            "block-cursor-blurred-text-style": "none", "block-hover-background": pane,
            "input-cursor-foreground": roles["on-accent"], "input-cursor-background": roles["accent"],
            "input-selection-foreground": text, "input-selection-background": line,
            "screen-selection-foreground": text, "screen-selection-background": line,
            "link-color": roles["accent"], "link-color-hover": text, "link-background-hover": cursor,
            "scrollbar": roles["ghost"], "scrollbar-hover": muted, "scrollbar-active": muted,
            "scrollbar-background": page, "scrollbar-background-hover": page, "scrollbar-background-active": page,
            "scrollbar-corner-color": page,
        },
    )  # fmt: skip


OWN_ROLES = (
    "line", "faint", "on-accent", "accent-dim", "ghost", "amber-dim", "heat-0", "heat-1", "heat-2", "heat-3", "heat-4",
)  # fmt: skip
"""The roles that Textual has no name for."""

DARK = _theme(
    "sciaquiz-dark",
    dark=True,
    roles={
        "background": "#14171a", "surface": "#1d2226", "panel": "#2a3036",
        "line": "#343a41", "faint": "#828d98", "muted": "#99a4af", "text": "#dbe0e5",
        "accent": "#7ccbda", "on-accent": "#101316", "accent-dim": "#468797", "ghost": "#717a84",
        "right": "#9ac785", "wrong": "#f09385", "amber": "#e8b964", "amber-dim": "#947a48",
        "heat-0": "#21262b", "heat-1": "#3d7482", "heat-2": "#4a91a2", "heat-3": "#66b3c4", "heat-4": "#9fe3ef",
    },
)  # fmt: skip
LIGHT = _theme(
    "sciaquiz-light",
    dark=False,
    roles={
        "background": "#fbfaf6", "surface": "#f2f1ee", "panel": "#e4e2dd",
        "line": "#cfccc5", "faint": "#716d64", "muted": "#59626a", "text": "#1f262c",
        "accent": "#0b6377", "on-accent": "#ffffff", "accent-dim": "#4a8794", "ghost": "#837f76",
        "right": "#2a692d", "wrong": "#a32020", "amber": "#815500", "amber-dim": "#957432",
        "heat-0": "#e6e4df", "heat-1": "#5a939e", "heat-2": "#3d7f8d", "heat-3": "#166678", "heat-4": "#063f4d",
    },
)  # fmt: skip
TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_default",
    accent="ansi_cyan",
    success="ansi_green",
    error="ansi_red",
    warning="ansi_yellow",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "line": "ansi_default", "faint": "ansi_default", "on-accent": "ansi_default", "accent-dim": "ansi_cyan",
        "ghost": "ansi_default", "amber-dim": "ansi_yellow",
        "heat-0": "ansi_default", "heat-1": "ansi_cyan", "heat-2": "ansi_cyan", "heat-3": "ansi_cyan",
        "heat-4": "ansi_cyan",
        "chip": "reverse", "chip-key": "ansi_cyan reverse",
        "ansi-background": "ansi_default",
        "text-muted": "ansi_default", "text-accent": "ansi_cyan",
        "text-success": "ansi_green", "text-error": "ansi_red", "text-warning": "ansi_yellow",
        "border": "ansi_default", "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default", "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-foreground": "ansi_default", "block-cursor-blurred-background": "ansi_default",
        "block-cursor-blurred-text-style": "reverse", "block-hover-background": "ansi_default",
        "input-selection-foreground": "ansi_black", "input-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black", "screen-selection-background": "ansi_cyan",
        "link-color": "ansi_cyan", "link-color-hover": "ansi_default", "link-background-hover": "ansi_default",
        "scrollbar": "ansi_cyan", "scrollbar-hover": "ansi_cyan", "scrollbar-active": "ansi_cyan",
        "scrollbar-background": "ansi_default", "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default", "scrollbar-corner-color": "ansi_default",
    },
)  # fmt: skip
ALL = (DARK, LIGHT, TERMINAL)
NAMES = tuple(theme.name for theme in ALL)


def fitting(wanted: str, color_system: str | None, *, no_color: bool) -> str:
    """Return the theme that can be read here: the one wanted, unless the terminal's colours cannot show it.

    Our own colours become greys where there are only sixteen, and the terminal's own vanish where there are none.
    """
    if no_color:
        return DARK.name if wanted == TERMINAL.name else wanted
    return TERMINAL.name if color_system == "standard" else wanted
