"""Two themes made with care, and the terminal's own colours as a third."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="sciaquiz-dark",
    dark=True,
    primary="#7db7c4",
    secondary="#a9b8c2",
    accent="#86c5d3",
    success="#9ac287",
    error="#e59084",
    warning="#e3b765",
    foreground="#d9dde2",
    background="#15191e",
    surface="#1b2026",
    panel="#232a32",
    variables={
        "text-muted": "#949fab",
        "text-success": "#9ac287",
        "text-error": "#e59084",
        "text-warning": "#e3b765",
        "footer-background": "#15191e",
        "footer-foreground": "#949fab",
        "footer-key-foreground": "#86c5d3",
        "footer-description-foreground": "#949fab",
        "footer-item-background": "#15191e",
        "footer-key-background": "#15191e",
        "footer-description-background": "#15191e",
        "block-cursor-text-style": "none",
    },
)
LIGHT = Theme(
    name="sciaquiz-light",
    dark=False,
    primary="#14606f",
    secondary="#4a5a66",
    accent="#0f6274",
    success="#2d6a2f",
    error="#a83226",
    warning="#855900",
    foreground="#22282e",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    variables={
        "text-muted": "#5d6771",
        "text-success": "#2d6a2f",
        "text-error": "#a83226",
        "text-warning": "#855900",
        "footer-background": "#fbfaf7",
        "footer-foreground": "#5d6771",
        "footer-key-foreground": "#0f6274",
        "footer-description-foreground": "#5d6771",
        "footer-item-background": "#fbfaf7",
        "footer-key-background": "#fbfaf7",
        "footer-description-background": "#fbfaf7",
        "block-cursor-text-style": "none",
    },
)
TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
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
        "ansi-background": "ansi_default",
        "text-muted": "ansi_default",
        "text-success": "ansi_green",
        "text-error": "ansi_red",
        "text-warning": "ansi_yellow",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "footer-background": "ansi_default",
        "footer-key-foreground": "ansi_cyan",
    },
)
ALL = (DARK, LIGHT, TERMINAL)
NAMES = tuple(theme.name for theme in ALL)


def fitting(wanted: str, color_system: str | None, *, no_color: bool) -> str:
    """Return the theme that can be read here: the one wanted, unless the terminal's colours cannot show it.

    Our own colours become greys where there are only sixteen, and the terminal's own vanish where there are none.
    """
    if no_color:
        return DARK.name if wanted == TERMINAL.name else wanted
    return TERMINAL.name if color_system == "standard" else wanted
