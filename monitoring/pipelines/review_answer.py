"""A review as the data of `monitoring review --format json`, as far as a pipeline acts on it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from monitoring.errors import Source
from monitoring.pipelines.findings import LineFinding, quality_report

RISKS = ("high", "medium", "low", "none")
"""The gravest first."""
SEVERITIES: Mapping[str, str] = {"high": "critical", "medium": "major", "low": "minor", "none": "info"}
"""GitLab's words for a finding's severity (docs.gitlab.com/ci/testing/code_quality, severity)."""


class ReviewedEffect(BaseModel):
    """One thing that the change does, and where it stands; `gone` is a place that only the base has."""

    model_config = ConfigDict(frozen=True)

    kind: str
    risk: str
    sentence: str
    source: str
    gone: bool = False

    @property
    def place(self) -> Source:
        """Its file below the catalog, and its line."""
        return Source.parse(self.source)


class ReviewAnswer(BaseModel):
    """The effects of a change, and the people who have to look at it."""

    model_config = ConfigDict(frozen=True)

    effects: tuple[ReviewedEffect, ...]
    approvers: tuple[str, ...] = ()

    @property
    def risk(self) -> str:
        """The gravest risk; none where nothing has an effect."""
        return min((effect.risk for effect in self.effects), key=RISKS.index, default="none")

    def is_as_grave(self, risk: str) -> bool:
        """Whether an effect is as grave as that, or graver."""
        return bool(self.effects) and RISKS.index(self.risk) <= RISKS.index(risk)


def effects_as_code_quality(answer: ReviewAnswer, paths: Mapping[Source, str]) -> str:
    """The report from which GitLab shows effects beside the lines of a merge request, as JSON.

    `paths` are the repository's names of the places. What is gone has no line in the change and is not in it.
    """
    return quality_report(_issue(effect, paths[effect.place]) for effect in answer.effects if not effect.gone)


def _issue(effect: ReviewedEffect, path: str) -> LineFinding:
    return LineFinding(
        text=f"{effect.risk}: {effect.sentence}",
        check=f"review-{effect.kind}",
        severity=SEVERITIES[effect.risk],
        source=Source(path, effect.place.line),
        identity=f"{path}\n{effect.kind}\n{effect.sentence}",
    )
