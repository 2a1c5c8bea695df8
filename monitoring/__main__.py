"""The `monitoring` command, and `python -m monitoring`."""

from __future__ import annotations

from monitoring.collector import gc_paused


def main() -> None:
    """Runs the command line; the collector is paused while libraries and models are imported.

    Nothing of these is garbage, and walking through them costs as much as a check does.
    """
    with gc_paused(freeze=True):
        from monitoring.cli import main as run
    run()


if __name__ == "__main__":
    main()
