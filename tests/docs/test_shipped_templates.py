"""Every template that ships, for each severity it is for: filled by a drill, whole, with the catalog's own clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from monitoring.cli.templates import FOLDER, INDEX
from monitoring.docs.fields import FIELDS, Occasion
from monitoring.docs.filling import Mode, catalog_fields, filled_in, misfit, placeholders
from monitoring.docs.lengths import lengths_in
from monitoring.docs.templates import Template, faults, template_of
from monitoring.errors import Problem
from monitoring.loader import load
from monitoring.model.effective import effective_rules
from monitoring.model.scalars import parse_duration
from monitoring.model.severity import Severity
from tests.docs.occasions import NIGHT, occasion
from tests.platforms import AGENCY

CATALOG = load(AGENCY.catalog)
BERLIN = ZoneInfo("Europe/Berlin")
FIRED = datetime.fromisoformat(NIGHT).replace(tzinfo=BERLIN)
# As typed in the catalog, read again by hand: nothing of ours has touched these.
TYPED = yaml.safe_load((AGENCY.catalog / "severities.yaml").read_text(encoding="utf-8"))
STAGES = ("investigating", "identified", "monitoring")
# Fields whose lengths are not a clock of public notices: what the rule counts, and what the drill tells.
OTHERS = {"condition", "timeline", "against_promise", "promise", "public_promise"}


def read() -> dict[str, Template]:
    problems: list[Problem] = []
    found: dict[str, Template] = {}
    for path in sorted((AGENCY.documents / FOLDER).glob("*.md")):
        if path.stem != INDEX:
            text = path.read_text(encoding="utf-8")
            template = template_of(path.stem, path.name, text, problems)
            problems += faults(template, text, CATALOG) if template else []
            found |= {path.stem: template} if template else {}
    assert problems == []
    return found


TEMPLATES = read()


def fitting() -> Iterator[tuple[Template, Severity, Occasion]]:
    """Each template with each of its severities, and a rule of the shipped catalog that acts so."""
    rules = effective_rules(CATALOG, "prod", date(2026, 12, 24))
    for template in TEMPLATES.values():
        for severity in template.front.severities:
            rule = next(one for one in rules if one.severity is severity and one.tenant_scope is None)
            yield template, severity, occasion(CATALOG, rule.rule.id, template.front.stage, "acme")


CASES = [pytest.param(*one, id=f"{one[0].name} for {one[1]}") for one in fitting()]


def text_of(template: Template, one: Occasion, **instead: str) -> str:
    return filled_in(template, placeholders(template, Mode.REHEARSAL) | catalog_fields(template, one) | instead)


def test_the_set_is_whole() -> None:
    assert len(TEMPLATES) >= 17
    stages = {one.front.status for one in TEMPLATES.values() if one.front.audience == "status page"}
    assert stages == {*STAGES, "resolved"}
    audiences = {one.front.audience for one in TEMPLATES.values()}
    assert audiences >= {"customers", "tenant", "controller", "authority", "individuals", "executives", "internal"}
    assert [one.name for one in TEMPLATES.values() if one.front.kind == "review"] == ["post-incident-review"]


@pytest.mark.parametrize(("template", "severity", "one"), CASES)
def test_a_filled_template_has_nothing_left_open(template: Template, severity: Severity, one: Occasion) -> None:
    assert one.rule.severity is severity
    assert misfit(template, one) is None
    text = text_of(template, one)
    assert not re.search(r"\{\{|\}\}|\{%|\bNone\b|undefined|Undefined", text)
    assert not re.search(r"^\s*([-*]|\d+\.)\s*$", text, re.MULTILINE)
    assert not re.search(r"(: *\.|\*\*\s*\*\*|\[\])", text)
    assert all(f"[example: {prompt.example}]" in text for prompt in template.front.say.values())
    assert all(catalog_fields(template, one).values())


@pytest.mark.parametrize(("template", "severity", "one"), CASES)
def test_a_filled_template_promises_the_catalog_s_clock(template: Template, severity: Severity, one: Occasion) -> None:
    blank = dict.fromkeys([*template.front.say, *(template.used.keys() & OTHERS)], "…")
    text = text_of(template, one, **blank)
    clock = TYPED[severity.value].get("public-updates", {})
    lawful = {span.seconds for law in template.front.law for span in lengths_in(law.fact)}
    assert {span.seconds for span in lengths_in(text)} <= {*map(seconds, clock.values()), *lawful}
    due = instants(template, clock)
    for moment in re.findall(r"\w{3} (\d{4}-\d\d-\d\d \d\d:\d\d) Europe/Berlin", text):
        assert moment in due, text
    if "next_update" in template.used:
        assert next_update(template.front.status, clock) in text


def seconds(written: Any) -> int:
    return parse_duration(written).seconds


def instants(template: Template, clock: dict[str, str]) -> set[str]:
    """Every time that a notice may name: when it fired, when it is due, the next update, and the law's deadline."""
    times = {stamp(0), stamp(72 * 3_600)} if "deadline_72h" in template.used else {stamp(0)}
    return times | (
        {notified(template.front.status, clock), next_update(template.front.status, clock)} if clock else set()
    )


def notified(status: str, clock: dict[str, str]) -> str:
    return stamp(_after(status, clock))


def next_update(status: str, clock: dict[str, str]) -> str:
    pause = clock.get(status if status != "none" else "investigating")
    return stamp(_after(status, clock) + (seconds(pause) if pause else 0))


def _after(status: str, clock: dict[str, str]) -> int:
    order = ["none", *STAGES, "resolved"].index(status)
    return seconds(clock["first-within"]) + sum(seconds(clock[stage]) for stage in STAGES[: max(order - 1, 0)])


def stamp(after: int) -> str:
    there = (FIRED + timedelta(seconds=after)).astimezone(BERLIN)
    return f"{there:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(("template", "severity", "one"), CASES)
def test_a_filled_template_names_nobody(template: Template, severity: Severity, one: Occasion) -> None:
    blank = dict.fromkeys(template.front.say, "…")
    text = text_of(template, one, **blank)
    tenant_scope = [tenant.title for tenant in CATALOG.tenants.values()]
    if template.front.audience != "internal":
        people = [person.name for person in CATALOG.oncall.people.values()]
        assert [name for name in [*people, *tenant_scope, *CATALOG.tenants, "@"] if name in text] == [], severity


def test_every_field_can_be_filled() -> None:
    one = occasion(CATALOG, "tenant-isolation-breach", None, "acme")
    assert [name for name, field in FIELDS.items() if not field.value(one)] == []
