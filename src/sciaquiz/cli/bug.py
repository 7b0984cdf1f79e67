"""What becomes of a bug: its traceback goes to the log, and the student is shown where that is."""

from __future__ import annotations

from datetime import datetime

from sciaquiz import __version__


def log_bug(error: BaseException) -> str:
    """Write a bug's traceback to the log and return the message that says where it is."""
    import traceback

    from sciaquiz.paths import user_paths

    log = user_paths().log
    report = "".join(traceback.format_exception(error))
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat()} sciaquiz {__version__}\n{report}\n")
    except OSError:
        return f"an error in the app ({error!r}). Answers that were said to be saved are kept."
    return f"an error in the app. Answers that were said to be saved are kept. The details are in {log}"
