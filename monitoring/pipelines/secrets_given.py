"""Why a job gets no secrets, from the event that GitHub leaves beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from monitoring.file_reading import UnreadableFileError, content_of_chosen

DEPENDABOT = "dependabot[bot]"


def why_no_secrets(environ: Mapping[str, str]) -> str:
    """Whose pull request it is where GitHub gives it no secrets; empty where it does, or where nobody can tell."""
    try:
        event = json.loads(content_of_chosen(Path(environ.get("GITHUB_EVENT_PATH") or "")))
        request = event["pull_request"]
        head, base = request["head"]["repo"]["full_name"], request["base"]["repo"]["full_name"]
        author = request["user"]["login"]
    except (OSError, UnreadableFileError, ValueError, KeyError, TypeError):
        return ""
    return "a fork" if head != base else "Dependabot" if author == DEPENDABOT else ""
