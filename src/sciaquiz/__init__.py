"""Quiz and spaced repetition for sciatic pain, in the terminal."""

__version__ = "0.1.0"
