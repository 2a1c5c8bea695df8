"""What Sentry's key must be allowed to do is asked for, and each way of allowing it counts."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from monitoring.errors import VendorError
from monitoring.vendors.client import Client, Patience
from monitoring.vendors.held import Holding, holdings
from monitoring.vendors.needs import NeedKind
from monitoring.vendors.scopes import SCOPES
from tests.smoke.accounts import a_need, accounts
from tests.smoke.shapes import INDEX

pytestmark = pytest.mark.anyio

NEEDS = [a_need(NeedKind.SCOPE, scope.purpose, "youragency") for scope in SCOPES]
GRANTED = [
    pytest.param((), set(), id="nothing"),
    pytest.param(("alerts:read", "org:read"), set(), id="reading alone"),
    pytest.param(("alerts:write",), {"make monitors", "make alerts"}, id="alerts"),
    pytest.param(("project:write",), {"make monitors"}, id="projects"),
    pytest.param(("org:write",), {"make alerts", "write rows of PagerDuty's services"}, id="the organisation"),
    pytest.param(("org:integrations",), {"write rows of PagerDuty's services"}, id="integrations"),
    pytest.param(("org:ci",), set(), id="a token of a pipeline that uploads files"),
]


@pytest.mark.parametrize(("scopes", "purposes"), GRANTED)
async def test_a_key_may_do_what_one_of_its_scopes_grants(scopes: tuple[str, ...], purposes: set[str]) -> None:
    async with accounts(scopes=scopes) as held, httpx.AsyncClient() as http:
        held_by_key = await holdings(Client(http, Patience()), held.access(), "sentry", NEEDS)
    assert held_by_key == {Holding(NeedKind.SCOPE, "youragency", purpose) for purpose in purposes}


async def test_a_session_without_a_key_is_a_sentence() -> None:
    answer = json.dumps({"version": "0", "auth": None, "user": None})
    async with accounts(answers={INDEX: answer}) as held, httpx.AsyncClient() as http:
        with pytest.raises(VendorError, match=r'Sentry: /api/0/ answers with no readable "auth\.scopes"'):
            await holdings(Client(http, Patience()), held.access(), "sentry", NEEDS)


def test_each_scope_stands_on_the_page_of_the_keys() -> None:
    page = (Path(__file__).parents[2] / "manual" / "deploying.md").read_text("utf-8")
    assert [scope.name for scope in SCOPES if f"`{scope.name}`" not in page] == []
