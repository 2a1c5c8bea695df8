"""The `monitoring` command, and `python -m monitoring`.

The collector rests while libraries and models are imported: nothing of it is garbage, and walking it costs as much as
a check does.
"""

import gc

gc.disable()

from monitoring.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
