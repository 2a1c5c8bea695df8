"""The drill in the browser says what `monitoring drill` says: rules, instants and acknowledgements drawn at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from monitoring.oncall.clock import DAY
from monitoring.reach.drill import Ack, drill, oncall_around
from monitoring.site import SiteData, site_files
from tests.factories import ONCALL, a_catalog
from tests.site.building import agency, data_of, put

QUESTIONS = 60
HOLES = "people: [ana, ben], only: {days: mon-fri, from: '08:00', to: '20:00'}}"
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
    page.close()
