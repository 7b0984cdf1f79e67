"""Start sciaquiz: one clock and one set of paths are made here and handed down."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return the exit status."""
    from sciaquiz.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
