"""What people made is asked for all at once, by look-ups and by HTTP, and everything that is not there is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import grpc
import pytest
from anyio.to_thread import run_sync

from monitoring.errors import CatalogError
from monitoring.pulumi_internals import run_in_process
from monitoring.resources.accounts import Accounts, look_up_accounts
from monitoring.resources.stack import Stack
from monitoring.vendors.needs import NeedKind
from monitoring.vendors.scopes import SCOPES
from tests.conftest import TODAY
from tests.factories import a_catalog
from tests.smoke import accounts as loopback

pytestmark = pytest.mark.anyio

SENTRY = {"youragency", "Your Agency", "platform", "web"}
INSTALLATIONS = ["sentry.slack-workspace", "sentry.pagerduty-account"]
NO_TEAM = ('team "platform"', 'no "platform"')
REGIONS = ("aws:eu-central-1", "aws:us-east-1")


class RefusedError(grpc.RpcError):
    """What an engine answers where a provider refuses."""

    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.UNKNOWN

    def details(self) -> str:
        return str(self)


@dataclass(frozen=True)
class LookUps:
    """Answers the SDKs' look-ups; `lacking` are the names of what does not exist."""

    lacking: Collection[str] = ()
    locations: Collection[str] = REGIONS

    def __call__(self, token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        name = next((arguments[word] for word in ("name", "slug", "email") if word in arguments), "")
        if name in self.lacking:
            raise RefusedError(f'{token} returned an error: no "{name}"')
        return (
            {"id": f"id of {name}", "internalId": f"number of {name}"} if name else {"locations": list(self.locations)}
        )


def accounts_of(look_ups: LookUps, address: str = "") -> Accounts:
    """What a stack gets from the look-ups, and from the accounts at an address; an offline one where there is none."""
    catalog, got = a_catalog(), list[Accounts]()
    stack = Stack("prod", catalog=Path(), today=TODAY, offline=not address)
    places = dict.fromkeys(("datadog:apiUrl", "pagerduty:apiUrlOverride", "sentry:baseUrl"), address)
    keys = {"sentry:token": "sentry-token", "pagerduty:token": "pagerduty-token"}
    run_in_process(
        lambda: got.append(look_up_accounts(stack, catalog, while_waiting=lambda: None)),
        register=lambda _: ("", {}),
        look_up=look_ups,
        project="monitoring",
        stack="prod",
        config=places | keys | {"datadog:apiKey": "api-key", "datadog:appKey": "app-key"},
    )
    return got[0]


def missing(look_ups: LookUps, address: str = "") -> list[tuple[str, str]]:
    """Where something is missing, and what the vendor said of it."""
    with pytest.raises(CatalogError) as refused:
        accounts_of(look_ups, address)
    return [(problem.where, problem.what.partition(" (")[2].rstrip(")")) for problem in refused.value.problems]


def test_ids_go_by_the_catalogs_names() -> None:
    got = accounts_of(LookUps())
    assert got.users == {name: f"id of {name}@youragency.com" for name in ("ana", "ben", "kit")}
    assert got.installations == {"slack": "id of Your Agency", "pagerduty": "id of youragency"}
    assert (got.teams, got.vendors) == ({"platform": "number of platform"}, {"Datadog": "id of Datadog"})


LACKING = [
    pytest.param({"platform"}, ['team "platform"'], id="a team of Sentry's"),
    pytest.param({"ana@youragency.com"}, ['person "ana"'], id="a person at PagerDuty"),
    pytest.param({"Your Agency"}, INSTALLATIONS[:1], id="an installation"),
    pytest.param({"Your Agency", "platform"}, [*INSTALLATIONS[:1], 'team "platform"'], id="an installation and a team"),
    pytest.param(SENTRY - {"web"}, [*INSTALLATIONS, 'team "platform"'], id="all but a project, which is there"),
    pytest.param(SENTRY, INSTALLATIONS, id="all of an organisation, of which only the installations are named"),
    pytest.param(
        {*SENTRY, "ana@youragency.com", "Datadog"},
        ['person "ana"', *INSTALLATIONS, "datadog"],
        id="all of an organisation, and what is missing at another vendor all the same",
    ),
]


@pytest.mark.parametrize(("lacking", "named"), LACKING)
def test_what_no_look_up_shows_is_named(lacking: set[str], named: list[str]) -> None:
    assert [where for where, _ in missing(LookUps(lacking))] == named


def test_the_vendors_own_words_are_kept() -> None:
    assert missing(LookUps({"platform"})) == [NO_TEAM]


# --- by HTTP ---------------------------------------------------------------------------------------------------

UNSEEN, MAY_NOT = ('project "web"', ""), ("sentry", "")
NO_INSTALLATIONS = list(zip(INSTALLATIONS, ('no "Your Agency"', 'no "youragency"'), strict=True))
SEEN = replace(loopback.EXPECTED, needs=(loopback.a_need(NeedKind.ENVIRONMENT, "production", "youragency"),))
ALLOWED = tuple(scope.name for scope in SCOPES)
REFUSED = "/api/0/organizations/youragency/environments/"
WHOLE: dict[str, Any] = {"expected": SEEN, "scopes": ALLOWED}
LACKING_BY_HTTP = [
    pytest.param({"expected": replace(SEEN, needs=())}, (), [UNSEEN], id="an environment"),
    pytest.param({"scopes": ()}, (), [MAY_NOT] * 3, id="what the key may do"),
    pytest.param({"scopes": ALLOWED[:2]}, (), [MAY_NOT], id="one thing that the key may do"),
    pytest.param(
        {"expected": replace(SEEN, needs=())}, {"platform"}, [NO_TEAM, UNSEEN], id="an environment and a team"
    ),
    pytest.param({}, {""}, [("datadog", 'no ""')], id="the locations, of which no region is then said to be none"),
    pytest.param({"scopes": ()}, SENTRY, NO_INSTALLATIONS, id="all of an organisation"),
]


async def test_a_stack_that_asks_by_http_too_has_all_its_answers() -> None:
    async with loopback.accounts(**WHOLE) as held:
        got = await run_sync(accounts_of, LookUps(), held.url)
    assert got.teams == {"platform": "number of platform"}


@pytest.mark.parametrize(("changes", "lacking", "named"), LACKING_BY_HTTP)
async def test_what_is_missing_by_http_is_named(changes: dict[str, Any], lacking: Collection[str], named: Any) -> None:
    async with loopback.accounts(**WHOLE | changes) as held:
        assert await run_sync(missing, LookUps(lacking), held.url) == named


async def test_a_vendor_that_refuses_is_named_with_its_words_wherever_it_was_asked() -> None:
    async with loopback.accounts(**WHOLE, refuses={REFUSED: 403}) as held:
        refused = await run_sync(missing, LookUps(), held.url)
    words = "Sentry: the key is refused (403); see that it may read"
    assert refused == [(where, words) for where, _ in [MAY_NOT, MAY_NOT, MAY_NOT, UNSEEN]]


async def test_a_region_from_which_datadog_does_not_test_is_named() -> None:
    async with loopback.accounts(**WHOLE) as held:
        assert await run_sync(missing, LookUps(locations=REGIONS[:1]), held.url) == [("datadog.regions", "")]
