"""Whether a pull request comes from a fork, from the event that GitHub leaves beside a job."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def is_from_a_fork(environ: Mapping[str, str]) -> bool:
    """Whether the head of the pull request is in another repository; False where there is no readable event."""
    try:
        event = json.loads(Path(environ.get("GITHUB_EVENT_PATH") or "").read_text(encoding="utf-8"))
        request = event["pull_request"]
        return bool(request["head"]["repo"]["full_name"] != request["base"]["repo"]["full_name"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
