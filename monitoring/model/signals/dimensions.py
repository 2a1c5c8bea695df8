"""What a value is, in words, and how one is written."""

from __future__ import annotations

DIMENSION_WORDS = {"time": "a time", "size": "a size", "share": "a share", "count": "a count"}
DIMENSION_EXAMPLES = {
    "time": "a time, like 2s",
    "size": "a size, like 1.5GiB",
    "share": "a share, like 5%",
    "count": "a bare number",
}
