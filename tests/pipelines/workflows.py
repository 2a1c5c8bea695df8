"""The workflows as data, and a small runner: each `run:` step of a job in its order, as GitHub's runner would.

What is not run are the actions (`uses:`): they check out, install Python and Go, and fetch credentials for a bucket.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
KEPT = ("PATH", "HOME", "LANG", "GOPATH", "GOMODCACHE", "GOCACHE", "CI")
EXPRESSION = re.compile(r"\$\{\{ (?P<context>[\w.]+)\.(?P<name>\w+) \}\}")
Outcomes = Mapping[str, str]
QUEUE = "github.event_name == 'merge_group'"

CONDITIONS: Mapping[str, Callable[[Outcomes], bool]] = {
    QUEUE: lambda ended: "failure" not in ended.values(),
    "${{ !cancelled() && steps.check.outcome == 'success' }}": lambda ended: ended["check"] == "success",
    "${{ always() && (steps.up.outcome == 'failure' || steps.up.outcome == 'cancelled') }}": (
        lambda ended: ended["up"] in ("failure", "cancelled")
    ),
    "${{ always() && steps.recover.outcome == 'success' }}": lambda ended: ended["recover"] == "success",
}
"""Every condition that a step with `run:` may have; another one has to be understood here first.

What a step does in the merge queue alone is run as if the queue ran it.
"""


@dataclass(frozen=True)
class JobStep:
    """One step of a job."""

    workflow: str
    job: str
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.content["name"])

    @property
    def id(self) -> str:
        """Its id, the name where it has none."""
        return str(self.content.get("id", self.name))

    @property
    def run(self) -> str:
        """Its command line, empty for an action."""
        return str(self.content.get("run", ""))

    @property
    def uses(self) -> str:
        """Its action, empty for a command."""
        return str(self.content.get("uses", ""))


@dataclass(frozen=True)
class StepRun:
    """How a step ended: success, failure or skipped, and what it wrote."""

    step: JobStep
    outcome: str
    out: str = ""
    err: str = ""
    summary: str = ""

    @property
    def annotations(self) -> list[str]:
        """The errors that GitHub would show beside lines."""
        return [line for line in self.out.splitlines() if line.startswith("::error ")]


def names() -> list[str]:
    """The workflows' files."""
    return sorted(path.name for path in WORKFLOWS.glob("*.yml"))


def workflow(name: str) -> dict[Any, Any]:
    """A workflow as data; YAML 1.1 reads the key `on` as True."""
    content: dict[Any, Any] = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))
    return content


def jobs(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The jobs of a workflow."""
    content: Mapping[str, Mapping[str, Any]] = workflow(name)["jobs"]
    return content


def steps(name: str, job: str) -> list[JobStep]:
    """The steps of a job."""
    return [JobStep(name, job, content) for content in jobs(name)[job]["steps"]]


def every_step() -> Iterator[JobStep]:
    """Every step of every workflow."""
    return (step for name in names() for job in jobs(name) for step in steps(name, job))


@dataclass(frozen=True)
class Runner:
    """Runs steps in a checkout, with the values of `secrets`, `vars`, `matrix` and `github` that a test chooses.

    One that is not chosen is empty, as GitHub has it.
    """

    checkout: Path
    values: Mapping[str, str] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    """Another command line for a step, by its name."""

    def job(self, name: str, job: str, *, before: str = "") -> list[StepRun]:
        """Every step with `run:` in its order, up to the one of a name; a failure lets the others be skipped."""
        ended: dict[str, str] = {}
        runs = []
        for step in steps(name, job):
            if before and step.name == before:
                break
            if step.run:
                runs.append(self.step(step) if self._is_due(step, ended) else StepRun(step, "skipped"))
                ended[step.id] = runs[-1].outcome
        return runs

    def step(self, step: JobStep) -> StepRun:
        """One step, in the shell that GitHub takes where none is named."""
        summary = self.checkout / ".summary"
        summary.write_text("")
        script = self.checkout / ".step.sh"
        script.write_text(self.instead.get(step.name, step.run))
        run = subprocess.run(
            ["bash", "-e", str(script)],
            cwd=self.checkout,
            env=self._environment(step, summary),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        outcome = "failure" if run.returncode else "success"
        return StepRun(step, outcome, run.stdout, run.stderr, summary.read_text(encoding="utf-8"))

    def _is_due(self, step: JobStep, ended: Outcomes) -> bool:
        condition = step.content.get("if")
        return "failure" not in ended.values() if condition is None else CONDITIONS[condition](ended)

    def _environment(self, step: JobStep, summary: Path) -> dict[str, str]:
        own = {name: os.environ[name] for name in KEPT if name in os.environ}
        job = jobs(step.workflow)[step.job].get("env", {})
        given = {name: self._value(str(value)) for name, value in {**job, **step.content.get("env", {})}.items()}
        ours = {
            "PATH": f"{Path(sys.executable).parent}:{own['PATH']}",
            "PYTHONPATH": str(self.checkout),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.checkout),
            "GITHUB_STEP_SUMMARY": str(summary),
        }
        return {**own, **ours, **given, **self.environ}

    def _value(self, text: str) -> str:
        return EXPRESSION.sub(lambda match: self.values.get(match["name"], ""), text)
