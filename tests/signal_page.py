"""The tables of a page of the manual, and what is said of a signal that stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from monitoring.checks import examine
from monitoring.errors import CatalogError
from monitoring.loader import load_texts, read_files
from tests.platforms import AGENCY

TODAY = date(2026, 11, 23)
METRICS = b"""
    queue.length:
      {kind: gauge, interval: 10s, sent-by: the shop, tags: {env: {values: [prod, staging]}, host: {}}}
    orders: {kind: count, interval: 10s, sent-by: the shop, tags: {env: {values: [prod, staging]}}}
    orders.ok: {kind: count, interval: 10s, sent-by: the shop, tags: {env: {values: [prod, staging]}}}
"""
SERVICE = """
service: example
title: Example
team: platform
tier: standard
rules:
  - {id: example, title: An example, severity: P3, means: It shows a signal., environments: [prod], SIGNAL}
"""


def table_rows(page: Path, heading: str) -> list[list[str]]:
    """The rows of the page's table below a heading."""
    _, _, section = page.read_text(encoding="utf-8").partition(f"## {heading}\n")
    lines = section.partition("\n## ")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("|")][2:]


def what_is_said(signal: str, more: Mapping[str, bytes] | None = None) -> list[str]:
    """What is said against a signal in the tests' own platform, with more files: why it does not load, or findings."""
    files = {**read_files(AGENCY.catalog)[0], **(more or {})}
    text = SERVICE.replace("SIGNAL", signal.strip("`"))
    platform = files["platform.yaml"].rstrip() + METRICS
    try:
        catalog = load_texts(files | {"platform.yaml": platform, "services/example.yaml": text.encode()})
    except CatalogError as error:
        return str(error).splitlines()
    report = examine(catalog, TODAY, {})
    found = [each.finding for each in report.unwaived if each.finding.where == 'rule "example"']
    return [f"{finding.what}; {finding.remedy}" for finding in found if "runbook" not in finding.what]
