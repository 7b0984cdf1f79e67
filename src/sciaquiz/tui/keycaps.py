"""What stands on the keys, as they are told of."""

from __future__ import annotations

from textual.keys import format_key

KEY_WORDS = {
    "enter": "⏎", "escape": "esc", "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn",
    "pageup": "PgUp", "backspace": "⌫", "f2": "F2", "minus": "−",
    "shift+tab": "⇧tab", "shift+down": "⇧↓", "shift+up": "⇧↑",
}  # fmt: skip


def key_word(key: str) -> str:
    """Return what Textual calls a key as it stands on the key, or is told: `?`, `⏎`, `ctrl+p`."""
    return KEY_WORDS.get(key) or (key if "+" in key else format_key(key))
