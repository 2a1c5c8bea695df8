"""Reading and checking a catalog, as ratios: against what its libraries need for the same bytes, and against itself.

    python -m benchmarks.loader

The baseline is what nobody can leave out who reads typed YAML with these libraries: PyYAML's C composer turns the bytes
into nodes, and pydantic validates the same content against models of the same shape that know nothing of the catalog:
no references, no units, no lines, no message of our own.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from benchmarks.ratio import Case, children, verdict
from monitoring.checks import examine
from monitoring.collector import gc_paused
from monitoring.errors import CatalogError
from monitoring.loader import load_texts
from monitoring.model.personal import people_named, personal_in
from tests.factories import TEXTS

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)
RULES_IN_A_FILE = 5
NOBODY = people_named(())
IMPORTS = "import pydantic, typer, rich"

SERVICE = """\
service: s{n}
title: Service {n}
team: platform
tier: critical
rules:
  - id: s{n}-failing
    title: Service {n} is failing
    severity: P0
    means: Customers cannot use service {n}.
    errors: {{project: web, where: {{feature: s{n}}}, more-than: 10, within: 5m}}
  - id: s{n}-slow
    title: Service {n} is slow
    severity: P1
    means: Pages of service {n} take longer than people will wait.
    metric: {{p95: trace.request, where: {{service: s{n}}}, over: 10m, above: 2s, when-silent: alert}}
  - id: s{n}-down
    title: Service {n} is down
    severity: P1
    means: Nobody can reach service {n}.
    uptime:
      asks: {{page: {{path: /s{n}, status: 200, within: 3s}}}}
      methods: [GET, HEAD]
      every: 1m
      regions: [aws:eu-central-1, aws:us-east-1]
      failing-in: 2
      retry: {{times: 1, after: 5s}}
  - id: s{n}-error-rate
    title: Too many requests to service {n} fail
    severity: P2
    means: Some customers of service {n} see errors.
    sentry-metric:
      project: web
      measure: failure_rate
      where: {{feature: s{n}}}
      over: 10m
      above: 5%
      at-least: 100 events
  - id: s{n}-nightly-job
    title: The nightly job of service {n} did not run
    severity: P3
    means: Reports of service {n} are a day old.
    cron: {{project: web, schedule: "{minute} {hour} * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}}
    environments: [prod]
"""
STANDARD = """\
  standard:
    steps:
      - {ask: [primary], escalate-after: 10m}
      - {ask: [kit], escalate-after: 15m}
    extra-rounds: 1
"""
RUNBOOK = """\
# {id}

## Meaning

What it says.

## Impact

Customers wait.

## Diagnosis

Look at the dashboard.

## Mitigation

Roll back.
"""


def catalog_of(rules: int) -> dict[str, bytes]:
    """A catalog of so many rules, five in a file."""
    services = {
        f"services/s{number}.yaml": SERVICE.format(n=number, minute=number % 60, hour=number // 60 % 24)
        for number in range(rules // RULES_IN_A_FILE)
    }
    texts = {name: text for name, text in TEXTS.items() if not name.startswith("services/")} | services
    texts |= {"platform.yaml": platform(), "tenants.yaml": "{}\n"}
    texts["teams.yaml"] = texts["teams.yaml"].replace("P1: {page: critical, slack", "P1: {page: standard, slack")
    texts["oncall.yaml"] += STANDARD
    return {name: text.encode() for name, text in texts.items()}


def platform() -> str:
    """The platform of the small catalog, with tags that take any value."""
    text = TEXTS["platform.yaml"]
    for closed, opened in (("feature: {values: [checkout, search]}", "feature: {}"), ("{values: [shop]}", "{}")):
        assert closed in text
        text = text.replace(closed, opened)
    return text


def runbooks_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """A runbook for each rule of the catalog."""
    return {name: RUNBOOK.format(id=name) for name in load_texts(files).rules}


# --- the baseline ----------------------------------------------------------------------------------------------


class BareRule(BaseModel):
    """A rule's shape, with plain types."""

    id: str
    title: str
    severity: str
    means: str
    errors: dict[str, str | int | dict[str, str]] | None = None
    metric: dict[str, str | dict[str, str]] | None = None
    uptime: dict[str, Any] | None = None
    cron: dict[str, str] | None = None


class BareService(BaseModel):
    """A service's shape, with plain types."""

    service: str
    title: str
    team: str
    tier: str
    rules: list[BareRule] = []


def bare(files: Mapping[str, bytes], contents: Mapping[str, Any], model: type[BaseModel] = BareService) -> None:
    """What the libraries need: nodes from the bytes, and the services' content against bare models."""
    for content in files.values():
        yaml.compose(content, Loader=yaml.CSafeLoader)
    for name, content in contents.items():
        if name.startswith("services/"):
            model.model_validate(content)


# --- cases -----------------------------------------------------------------------------------------------------


def judged(files: Mapping[str, bytes], runbooks: Mapping[str, str]) -> None:
    """Reads the catalog and asks every check, none of which has anything to say, as `monitoring check` does."""
    with gc_paused():
        problems = examine(load_texts(files), TODAY, runbooks).problems
    assert not problems, problems[0]


def ten_times(files: Mapping[str, bytes], runbooks: Mapping[str, str]) -> None:
    """The same ten times over, so that both sides of a case take as long and meet the machine at its mean speed."""
    for _ in range(10):
        judged(files, runbooks)


def process(*arguments: str) -> None:
    """Runs the interpreter as a whole process; raises CalledProcessError where it does not end well."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def cases() -> Iterator[Case]:
    """The promises, one after the other."""
    small, large = catalog_of(1_000), catalog_of(10_000)
    books, more_books = runbooks_of(small), runbooks_of(large)
    contents = {name: yaml.load(content, Loader=yaml.CSafeLoader) for name, content in small.items()}
    yield Case(
        "1,000 rules in 200 files, read and checked, against composer and bare validation",
        work=lambda: judged(small, books),
        against=lambda: bare(small, contents),
        at_most=10,
        clock=time.process_time,
    )
    yield Case(
        "10,000 rules, read and checked, against ten times 1,000",
        work=lambda: judged(large, more_books),
        against=lambda: ten_times(small, books),
        at_most=1.1,
        clock=time.process_time,
    )
    yield from (hostile(make) for make in (long_texts, unknown_words))
    yield from (whole_process(command) for command in ("check", "list"))


def long_texts(number: int) -> dict[str, bytes]:
    """So many texts of the longest length, each of which looks like the beginning of an address."""
    rules = "".join(f"  r{n}: {{on: 2026-01-01, reason: {'a.' * 1_900}}}\n" for n in range(number))
    return {"waivers.yaml": f"retired:\n{rules}".encode()}


def unknown_words(number: int) -> dict[str, bytes]:
    """So many words that the catalog does not know, a hundred times the number."""
    return {"tenants.yaml": b"".join(b"x%d: 1\n" % n for n in range(number * 100))}


def hostile(make: Callable[[int], dict[str, bytes]]) -> Case:
    """Hostile files of a kind against such files of half the size."""
    large, small = make(200), make(100)
    return Case(
        f"hostile files, {make.__name__.replace('_', ' ')}: twice as many, read and looked through",
        work=lambda: looked_through(large),
        against=lambda: looked_through(small),
        at_most=2.5,
        clock=time.process_time,
    )


def looked_through(files: Mapping[str, bytes]) -> None:
    """Reads files in place of those of the small catalog, and looks for people in every text."""
    texts = {name: text.encode() for name, text in TEXTS.items()} | dict(files)
    with suppress(CatalogError):
        load_texts(texts)
    for content in files.values():
        list(personal_in(content.decode(), NOBODY))


def whole_process(command: str) -> Case:
    """A command on the shipped catalog, from start to end, against the import of its libraries."""
    return Case(
        f"`monitoring {command}` as a whole process, against `{IMPORTS}`",
        work=lambda: process("-m", "monitoring", command),
        against=lambda: process("-c", IMPORTS),
        at_most=3.6,
        rounds=9,
        clock=children,
    )


if __name__ == "__main__":
    sys.exit(verdict(cases()))
