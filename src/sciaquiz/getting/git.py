"""Calling git: it never asks anything, never waits long, and runs nothing that a repository brings with it."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

from sciaquiz.errors import SciaquizError
from sciaquiz.text import shortened, tame

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 20
SECONDS_FOR_A_CLONE = 120
QUIETLY = ("-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never", "-c", "core.fsmonitor=false")
QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "", "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C"}
ELSEWHERE = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
     "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_TEMPLATE_DIR")
)  # fmt: skip
"""What a hook or a person's shell says of another repository: git would write there."""
OFFLINE = ("could not resolve", "couldn't resolve", "connection timed out", "network is unreachable",
           "failed to connect", "connection refused", "no route to host", "temporary failure")  # fmt: skip
LOCKED = ("authentication failed", "could not read username", "permission denied", "terminal prompts disabled",
          "host key verification failed")  # fmt: skip
MISSING = (
    "not found",
    "needed a single revision",
    "unknown revision",
    "bad revision",
    "does not exist",
    "does not appear to be a git repository",
    "not a git repository",
)
LONGEST_REASON = 200


class GitError(SciaquizError):
    """Git could not do what was asked. The message is for a person."""


def git(*arguments: str, folder: Path | None = None, seconds: float = SECONDS) -> bytes:
    """Return what git writes. Raises GitError in plain words, also where there is no git or it takes too long."""
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE} | QUIET
    environment.setdefault("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=15")
    try:
        process = subprocess.Popen(  # noqa: S603 -- no shell; what a person named stands behind `--`
            ["git", *QUIETLY, *arguments],  # noqa: S607 -- the git that this person uses
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except FileNotFoundError:
        raise GitError("git is needed for this, and is not installed here.") from None
    except (OSError, ValueError) as error:
        raise GitError(f"git could not be started: {error}.") from None
    with process:
        try:
            written, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise GitError(f"git did not finish within {seconds:g} seconds; nothing was changed.") from None
        finally:
            _stop(process)
    if process.returncode:
        raise GitError(_in_words(said.decode(errors="replace")))
    return written


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End git where it still runs, and the programs that it has started for itself."""
    if process.returncode is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _in_words(said: str) -> str:
    """Return what went wrong, from what git says of it."""
    lines = [line for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines[-1:] or ["it says nothing"]
    reason = shortened(tame(telling[0]).removeprefix("fatal: ").removeprefix("error: "), LONGEST_REASON).rstrip(".")
    low = said.casefold()
    if any(words in low for words in OFFLINE):
        return f"the other side cannot be reached; are you online? Git says: {reason}."
    if any(words in low for words in LOCKED):
        return f"the repository wants to know who you are, and nobody can be asked here. Git says: {reason}."
    if any(words in low for words in MISSING):
        return f"there is no such repository or revision. Git says: {reason}."
    return f"git says: {reason}."
