"""What a vendor publishes: words beside a failure for those with the token, and never a verdict."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from monitoring.health import (
    HealthCheck,
    HealthRegistry,
    HealthSettingError,
    Probe,
    Question,
    Status,
    health_app,
    statuspage,
)
from monitoring.health.fakes import Switch, failing, passing
from monitoring.health.published_status import words
from tests.health.factories import PATIENCE_SECONDS, Clock, a_client, eventually
from tests.health.names import HANGS, hanging_name
from tests.health.standins import FAULTS, StandIn, standin

pytestmark = pytest.mark.anyio
TOKEN = {"authorization": "Bearer a-token-long-enough-to-keep"}


def listing(**statuses: str) -> dict[str, Any]:
    return {"components": [{"name": name, "status": status} for name, status in statuses.items()]}


def a_registry(page: StandIn, probe: Probe, *, clock: Clock | None = None) -> HealthRegistry:
    published = statuspage(page.url, ["Auth", "API"])
    check = HealthCheck("auth", probe, critical=True, keep_for=1.0, keep_failure_for=1.0, published=published)
    return HealthRegistry([check], deadline=PATIENCE_SECONDS, clock=clock or Clock())


async def details(registry: HealthRegistry) -> dict[str, Any]:
    async with a_client(registry, token="a-token-long-enough-to-keep") as client:
        return dict((await client.get("/readyz", headers=TOKEN)).json()["checks"]["auth"][0])


async def published(registry: HealthRegistry) -> str:
    """What stands in the details once the page was read."""
    await details(registry)
    await eventually(lambda: registry.results()[0].published)
    return str((await details(registry))["output"])


async def test_the_words_stand_beside_the_failure() -> None:
    content = listing(Auth="major_outage", API="operational", Builds="partial_outage")
    async with standin(content=content) as page:
        registry = a_registry(page, failing("it is down"))
        assert await published(registry) == "it is down; its status page: Auth is major outage, API is operational"
        assert page.requests == ["/api/v2/components.json"]
        async with a_client(registry) as public:
            assert (await public.get("/readyz")).json()["checks"] == {"auth": [{"status": "fail"}]}


@pytest.mark.parametrize("fault", [*FAULTS, "reset"])
async def test_whatever_the_page_does_the_verdict_is_the_probe_s_own(fault: str) -> None:
    async with standin(content=listing(Auth="major_outage"), fault=fault) as page:
        for probe, status in ((passing(), Status.PASS), (failing(), Status.FAIL)):
            registry = a_registry(page, probe)
            assert (await registry.ask(Question.READINESS)).status is status
            await registry.aclose()


async def test_a_page_is_asked_only_after_a_failure_and_once_a_minute() -> None:
    clock = Clock()
    async with standin(content=listing(Auth="operational")) as page:
        healthy = a_registry(page, passing())
        await details(healthy)
        assert page.calls == 0
        registry = a_registry(page, failing(), clock=clock)
        await published(registry)
        begun = clock.now
        for later in (1.1, 30.0, 58.9):
            clock.now = begun + later
            await details(registry)
        assert page.calls == 1
        clock.now = begun + 60
        await details(registry)
        await eventually(lambda: page.calls == 2)


async def test_words_of_an_earlier_failure_do_not_stand_beside_a_new_one() -> None:
    clock, switch = Clock(), Switch(status=Status.FAIL)
    async with standin(content=listing(Auth="major_outage")) as page:
        registry = a_registry(page, switch, clock=clock)
        await published(registry)
        switch.status, page.fault = Status.PASS, "black hole"
        clock.now += 10
        assert "output" not in await details(registry)
        switch.status = Status.FAIL
        clock.now += 3600
        assert "output" not in await details(registry)
        await registry.aclose()


@pytest.mark.parametrize(("later", "stands"), [(119.0, True), (121.0, False)], ids=["two minutes", "no longer"])
async def test_words_stand_until_the_page_is_asked_anew_for_two_minutes(later: float, stands: bool) -> None:
    clock = Clock()
    async with standin(content=listing(Auth="major_outage")) as page:
        registry = a_registry(page, Switch(status=Status.FAIL), clock=clock)
        await published(registry)
        page.fault = "black hole"
        clock.now += later
        assert ("output" in await details(registry)) is stands
        await registry.aclose()


async def test_a_page_whose_name_never_resolves_costs_one_thread() -> None:
    clock = Clock()
    published = statuspage(f"http://{HANGS}", ["Auth"])
    check = HealthCheck("auth", failing(), keep_failure_for=1.0, published=published)
    registry = HealthRegistry([check], deadline=PATIENCE_SECONDS, clock=clock)
    with hanging_name() as resolver:
        for _ in range(3):
            await registry.ask(Question.FULL)
            await eventually(lambda: resolver.lookups)
            await registry.aclose()
            clock.now += 100
        assert resolver.lookups == 1


async def test_a_page_that_hangs_is_given_up_when_the_service_ends() -> None:
    async with standin(fault="black hole") as page:
        registry = a_registry(page, failing())
        async with health_app(registry).router.lifespan_context(None):
            await details(registry)
            await eventually(lambda: page.calls)
        await eventually(lambda: not [task for task in asyncio.all_tasks() if "status page" in task.get_name()])


PAGES = [
    pytest.param(200, listing(Auth="operational"), "its status page: Auth is operational", id="a status is in words"),
    pytest.param(200, listing(API="operational"), "its status page: Auth is not listed", id="a part that is missing"),
    pytest.param(200, listing(Auth="\x1b[2J planted"), "its status page: Auth is not listed", id="a word of its own"),
    pytest.param(200, {"components": []}, "its status page: Auth is not listed", id="no part at all"),
    pytest.param(200, {"components": {"Auth": 1}}, "its status page cannot be read", id="an object for a list"),
    pytest.param(200, {"components": [{"name": ["Auth"]}]}, "its status page cannot be read", id="a name that is none"),
    pytest.param(200, [], "its status page cannot be read", id="a list"),
    pytest.param(500, listing(Auth="operational"), "its status page cannot be read", id="an error"),
]


@pytest.mark.parametrize(("status", "content", "expected"), PAGES)
def test_words(status: int, content: Any, expected: str) -> None:
    assert words(status, json.dumps(content).encode(), ["Auth"]) == expected


@pytest.mark.parametrize("components", [[], "Auth"])
def test_a_page_without_named_components_is_refused(components: Any) -> None:
    with pytest.raises(HealthSettingError, match="name the components"):
        statuspage("https://status.youragency.com", components)
