"""What `make preview-engine` runs: the real `pulumi preview`, as somebody without an account can see it."""

from __future__ import annotations

import sys

from tests.engine.preview import main

if __name__ == "__main__":
    sys.exit(main())
