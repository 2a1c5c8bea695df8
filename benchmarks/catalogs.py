"""Good catalogs of any size: half of the rules at Datadog, half at Sentry, twenty to a service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.factories import texts

A_SERVICE = 20
SECTIONS = "".join(f"\n## {section}\n\nLook at it.\n" for section in ("Meaning", "Impact", "Diagnosis", "Mitigation"))
METRIC = """
    {name}:
      unit: s
      kind: distribution
      interval: 10s
      sent-by: tracing
      tags: {{env: {{values: [prod, staging]}}, service: {{values: [{service}]}}}}"""
AT_DATADOG = """
  - id: {id}
    title: Question {id} is slow
    severity: {severity}
    means: It takes longer than people will wait.
    metric: {{p95: {id}, where: {{service: {service}}}, over: 5m, above: 2s, when-silent: alert}}"""
AT_SENTRY = """
  - id: {id}
    title: Question {id} fails
    severity: {severity}
    means: Nobody gets an answer.
    errors: {{project: web, where: {{feature: {id}}}, more-than: 10, within: 5m}}"""
STANDARD = "  standard:\n    steps: [{ask: [primary], escalate-after: 10m}, {ask: [kit], escalate-after: 10m}]\n"


def many(rules: int) -> dict[str, str]:
    """The texts of a catalog with so many rules."""
    ids = [f"q{number}" for number in range(rules)]
    services = [ids[at : at + A_SERVICE] for at in range(0, rules, A_SERVICE)]
    found = texts(
        ("platform.yaml", "feature: {values: [checkout, search]}", f"feature: {{values: [{', '.join(ids[1::2])}]}}"),
        ("teams.yaml", "P1: {page: critical, slack: [alerts]}", "P1: {page: standard, slack: [alerts]}"),
        ("teams.yaml", "P2: {page: critical, slack: [alerts]}", "P2: {slack: [alerts]}"),
        ("oncall.yaml", "    extra-rounds: 1\n", f"    extra-rounds: 1\n{STANDARD}"),
        tenants="{}\n",
    )
    plain = {name: text.decode() for name, text in found.items() if name != "services/shop.yaml"}
    before = plain["platform.yaml"].split("    trace.request:")[0].rstrip()
    metrics = "".join(METRIC.format(name=one, service=f"s{at}") for at, own in enumerate(services) for one in own[::2])
    files = {f"services/s{at}.yaml": service(f"s{at}", own) for at, own in enumerate(services)}
    return plain | files | {"platform.yaml": before + metrics + "\n"}


def service(name: str, ids: list[str]) -> str:
    """A service's file; every other rule watches a metric, the others errors."""
    head = f"service: {name}\ntitle: Service {name}\nteam: platform\ntier: internal\nrules:"
    return head + "".join(_rules(name, ids)) + "\n"


def _rules(name: str, ids: list[str]) -> Iterator[str]:
    for at, one in enumerate(ids):
        text = AT_SENTRY if at % 2 else AT_DATADOG
        yield text.format(id=one, service=name, severity=f"P{at // 2 % 3}")


def written(folder: Path, rules: int) -> Path:
    """A catalog's folder on the disk, with a runbook for each rule."""
    runbooks = {f"runbooks/q{number}.md": f"# q{number}\n{SECTIONS}" for number in range(rules)}
    for name, text in (many(rules) | runbooks).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder
