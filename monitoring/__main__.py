"""The `monitoring` command, and `python -m monitoring`."""

from __future__ import annotations

import sys

from monitoring.collector import gc_paused

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended, as shells count it."""


def main() -> None:
    """Runs the command line; the collector is paused while libraries and models are imported.

    Nothing of these is garbage, and walking through them costs as much as a check does.
    """
    try:
        with gc_paused(freeze=True):
            from monitoring.pydantic_internals import leave_out_plugins

            leave_out_plugins()
            from monitoring.cli import main as run
        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
