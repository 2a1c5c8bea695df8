"""Names of the vendors' objects as the catalog's keys."""

from __future__ import annotations

import re


def slug(name: str) -> str:
    """Small letters and digits of a name, with one dash between them."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
