"""Running commands: here in this process, which is fast, or as a person does, in one of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from unittest.mock import patch

from sciaquiz.cli.main import run

NOW = "2026-11-22T09:00:00+01:00"


def sciaquiz(*arguments: str, said: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, with what it reads from standard input."""
    out, error = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with (
        patch.dict(os.environ, {"SCIAQUIZ_NOW": NOW, **environment}),
        patch.object(sys, "stdin", StringIO(said)),
        redirect_stdout(out),
        redirect_stderr(error),
    ):
        try:
            status = run(arguments)
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
    written = [stream.detach().getvalue().decode() for stream in (out, error)]
    return subprocess.CompletedProcess(arguments, status, *written)


def sciaquiz_process(*arguments: str, said: str | bytes = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; what it reads may be no text."""
    done = subprocess.run(
        [sys.executable, "-m", "sciaquiz", *arguments],
        input=said.encode() if isinstance(said, str) else said,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "SCIAQUIZ_NOW": NOW, **environment},
    )
    written = [stream.decode().replace(os.linesep, "\n") for stream in (done.stdout, done.stderr)]
    return subprocess.CompletedProcess(done.args, done.returncode, *written)
