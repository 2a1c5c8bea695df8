"""The change that a job runs for, from the event that GitHub leaves beside the job, or from GitLab's variables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitoring.file_reading import UnreadableFileError, content_of_chosen

DEPENDABOT = "dependabot[bot]"


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """A pull request or merge request: its number, its author's login, and where it comes from and goes to."""

    number: int
    author: str
    head: str
    base: str

    @property
    def is_from_fork(self) -> bool:
        """Whether it comes from another repository than the one that it goes to."""
        return self.head != self.base


def change_at_github(environ: Mapping[str, str]) -> ChangeEvent | None:
    """The pull request of the event; None where it is about none, or where nobody can tell."""
    try:
        event = json.loads(content_of_chosen(Path(environ.get("GITHUB_EVENT_PATH") or "")))
        request = event["pull_request"]
        head, base = request["head"]["repo"], request["base"]["repo"]["full_name"]
        name = head["full_name"] if head else ""  # a fork that was deleted meanwhile
        return ChangeEvent(int(request.get("number", 0)), request["user"]["login"], name, base)
    except (OSError, UnreadableFileError, ValueError, KeyError, TypeError):
        return None


def change_at_gitlab(environ: Mapping[str, str]) -> ChangeEvent | None:
    """The merge request of the variables; None where there is none.

    Source: docs.gitlab.com/ci/variables/predefined_variables.
    """
    number, project = environ.get("CI_MERGE_REQUEST_IID", ""), environ.get("CI_PROJECT_ID", "")
    if not number.isdigit():
        return None
    source = environ.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "")
    return ChangeEvent(int(number), environ.get("GITLAB_USER_LOGIN", ""), source, project)


def why_no_secrets(environ: Mapping[str, str]) -> str:
    """Whose pull request it is where GitHub gives it no secrets; empty where it does, or where nobody can tell."""
    change = change_at_github(environ)
    if change is None:
        return ""
    return "a fork" if change.is_from_fork else "Dependabot" if change.author == DEPENDABOT else ""
