"""The drill in the browser says what `monitoring drill` says: rules, instants and acknowledgements drawn at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from monitoring.oncall.clock import DAY
from monitoring.reach.drill import Ack, drill, oncall_around
from monitoring.reach.outage import outage
from monitoring.site import SiteData, site_files
from tests.factories import ONCALL, a_catalog
from tests.site.building import agency, data_of, put

QUESTIONS = 60
HOLES = "people: [ana, ben], only: {days: mon-fri, from: '08:00', to: '20:00'}}"
FEW_REMINDERS = "    severity: P3\n    reminds-every: 1h\n    reminds-at-most: 3\n"
NIGHTLY = """upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-12-01 00:00", to: "2027-11-01 00:00",
          services: [shop], environments: [prod], reason: everything moves}
"""
DAILY = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-11-29 10:00", to: "2026-11-29 22:00",
          every: 1d, services: all, environments: [prod], reason: everything moves}
part: {title: Part, time-zone: Europe/Berlin, from: "2026-11-29 20:00", to: "2026-11-30 04:30",
       every: 2w, services: all, where: {service: shop}, environments: [prod], reason: some of it moves}
"""
SPLIT = ("services/shop.yaml", "over: 10m, above", "by: [service], over: 10m, above")
SITES: dict[str, SiteData] = {
    "a large platform": agency(),
    "a schedule with holes": data_of(a_catalog(("oncall.yaml", "people: [ana, ben]}", HOLES))),
    "acknowledgements that never expire": data_of(
        a_catalog(("oncall.yaml", "    extra-rounds: 1\n", "    extra-rounds: 0\n    acknowledgement-expires: never\n"))
    ),
    "a person whose name every object knows": data_of(a_catalog(oncall=ONCALL.replace("kit", "constructor"))),
    "a rule that is muted": data_of(a_catalog(maintenance=NIGHTLY)),
    "windows that recur, of everything and of some groups": data_of(a_catalog(SPLIT, maintenance=DAILY)),
    "incidents that close by themselves": data_of(
        a_catalog(("oncall.yaml", "    extra-rounds: 1\n", "    extra-rounds: 1\n    resolves-after: 2h\n"))
    ),
    "reminders that end": data_of(a_catalog(("services/shop.yaml", "    severity: P1\n", FEW_REMINDERS))),
}


def questions(data: SiteData, seed: int) -> Iterator[tuple[int, int, list[Ack]]]:
    """The number of a rule, an instant of the year, and acknowledgements."""
    drawn = random.Random(seed)
    people = sorted(data.catalog.oncall.people)
    for _ in range(QUESTIONS):
        at = drawn.randrange(data.proof.start, data.proof.end - DAY) // 60 * 60
        acks = [Ack(drawn.randrange(0, 60) * 60, drawn.choice(people)) for _ in range(drawn.randrange(3))]
        yield drawn.randrange(len(data.proof.rules)), at, acks


def events_of(data: SiteData, number: int, at: int, acks: list[Ack]) -> list[dict[str, Any]]:
    """What the command line's drill says."""
    ordered = sorted(data.proof.rules, key=lambda proved: (proved.path.severity.rank, proved.path.rule))
    path = ordered[number].path
    drilled = drill(path, oncall_around(data.catalog, [path], at, acks), at, acks)
    return [
        {"after": each.after, "what": each.what, "text": each.text, "people": list(each.people)}
        for each in drilled.events
    ]


def outage_of(data: SiteData, service: str, at: int) -> tuple[list[Any], list[Any], list[Any]]:
    """What the command line says of everything that fails with a service: rules, people, duplicates."""
    paths = [proved.path for proved in data.proof.rules]
    failed = outage(data.catalog, paths, oncall_around(data.catalog, paths, at), service, at)
    return (
        sorted(drilled.path.rule for drilled in failed.drills),
        [(load.person, load.incidents, dict(load.notifications), load.overloaded) for load in failed.workloads],
        sorted((each.rule, each.why) for each in failed.redundant),
    )


def outage_in_browser(answer: dict[str, Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """The same as the page says it."""
    people = ("person", "incidents", "notifications", "overloaded")
    return (
        sorted(each["rule"]["id"] for each in answer["drills"]),
        [tuple(each[key] for key in people) for each in answer["people"]],
        sorted((each["rule"], each["why"]) for each in answer["duplicates"]),
    )


@pytest.mark.parametrize("name", SITES)
def test_the_browser_and_the_command_line_agree(browser: Browser, tmp_path_factory: Any, name: str) -> None:
    data = SITES[name]
    page = browser.new_page()
    page.goto((put(site_files(data), tmp_path_factory.mktemp("site")) / "drill.html").as_uri())
    for number, at, acks in questions(data, seed=7):
        answer = page.evaluate(
            "([number, at, acks]) => simulation.drill(siteData.rules[number], at, acks)",
            [number, at, [{"after": ack.after, "person": ack.person} for ack in acks]],
        )
        shown = [{key: each[key] for key in ("after", "what", "text", "people")} for each in answer]
        assert shown == events_of(data, number, at, acks), (number, at, acks)
    for (_, at, _), service in zip(questions(data, seed=9), [*data.catalog.services] * QUESTIONS, strict=False):
        answer = page.evaluate("([service, at]) => simulation.outage(service, at)", [service, at])
        assert outage_in_browser(answer) == outage_of(data, service, at), (service, at)
    page.close()
