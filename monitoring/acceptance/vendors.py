"""Asking the three vendors what exists, read-only; the keys and their sources are in `answers`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

import httpx

from monitoring import answers
from monitoring.acceptance.expected import Access, Expected, SlackChannel

MAX_PAGES = 100
"""Pages of a list that are read at most; a vendor that offers more is not believed."""


class VendorError(Exception):
    """A vendor's answer that ends the questions to it; the message is a finding."""


async def sentry_findings(client: httpx.AsyncClient, access: Access, expected: Expected) -> tuple[str, ...]:
    """What Sentry lacks: the organisation, projects, teams, members, integrations, and the rows to PagerDuty."""
    organization = f"{access.sentry}/api/0/organizations/{quote(expected.sentry_organization, safe='')}/"
    bearer = {"authorization": f"Bearer {access.sentry_token}"}
    try:
        if await _asked(client, "Sentry", organization, bearer) is None:
            return (f'Sentry: there is no organisation "{expected.sentry_organization}"',)
        lacking = [finding async for finding in _sentry_names(client, organization, bearer, expected)]
        path = f"{organization}integrations/"
        installed = [row async for row in _linked(client, path, bearer, answers.SentryInstallation)]
        return (*lacking, *_integrations(installed, expected))
    except (VendorError, answers.ShapeError) as error:
        return (str(error),)


async def _sentry_names(
    client: httpx.AsyncClient, organization: str, bearer: dict[str, str], expected: Expected
) -> AsyncIterator[str]:
    for kind, names in (("project", expected.sentry_projects), ("team", expected.sentry_teams)):
        there = [row.slug async for row in _linked(client, f"{organization}{kind}s/", bearer, answers.SentrySlug)]
        for finding in _lacking("Sentry", kind, names, there):
            yield finding
    members = [row.email async for row in _linked(client, f"{organization}members/", bearer, answers.SentryMember)]
    for finding in _lacking("Sentry", "member", expected.sentry_members, members):
        yield finding


def _integrations(installed: Sequence[answers.SentryInstallation], expected: Expected) -> Iterator[str]:
    active = {(row.provider, row.name) for row in installed if row.status == "active"}
    for wanted in expected.sentry_integrations:
        if (wanted.provider, wanted.name) not in active:
            yield f'Sentry: there is no active {wanted.provider} integration "{wanted.name}"'
    tables = (row.pagerduty_rows(source=f'Sentry: the integration "{row.name}"') for row in installed)
    services = [line.service for table in tables for line in table]
    yield from _lacking("Sentry", "PagerDuty row", expected.sentry_pagerduty_rows, services)


async def pagerduty_findings(client: httpx.AsyncClient, access: Access, expected: Expected) -> tuple[str, ...]:
    """What PagerDuty lacks: people, services, escalation policies, schedules."""
    wanted = (
        ("service", "services", expected.pagerduty_services),
        ("escalation policy", "escalation_policies", expected.pagerduty_policies),
        ("schedule", "schedules", expected.pagerduty_schedules),
    )
    findings: list[str] = []
    try:
        users = [row.email async for row in pagerduty_rows(client, access, "users", answers.PagerdutyUser)]
        findings += _lacking("PagerDuty", "user", expected.pagerduty_users, users)
        for kind, path, names in wanted:
            there = [row.name async for row in pagerduty_rows(client, access, path, answers.Named)]
            findings += _lacking("PagerDuty", kind, names, there)
    except (VendorError, answers.ShapeError) as error:
        findings.append(str(error))
    return tuple(findings)


async def datadog_findings(client: httpx.AsyncClient, access: Access, expected: Expected) -> tuple[str, ...]:
    """What Datadog lacks: the objects that page PagerDuty services, and the Slack channels."""
    keys = datadog_keys(access)
    try:
        content = await _asked(client, "Datadog", f"{access.datadog}/api/v1/validate", keys)
        if not answers.read(answers.DatadogValidation, content, source="Datadog: /api/v1/validate").valid:
            return ("Datadog: the API key is not valid",)
        services = [name async for name in _datadog_services(client, access, expected.datadog_pagerduty)]
        channels = await _datadog_channels(client, access, expected.datadog_slack)
    except (VendorError, answers.ShapeError) as error:
        return (str(error),)
    lacking = _lacking("Datadog", "PagerDuty service", expected.datadog_pagerduty, services)
    return (*lacking, *_lacking("Datadog", "Slack channel", _shown(expected.datadog_slack), _shown(channels)))


async def _datadog_services(client: httpx.AsyncClient, access: Access, names: Iterable[str]) -> AsyncIterator[str]:
    base = f"{access.datadog}/api/v1/integration/pagerduty/configuration/services"
    for name in names:
        if await _asked(client, "Datadog", f"{base}/{quote(name, safe='')}", datadog_keys(access)) is not None:
            yield name


async def _datadog_channels(
    client: httpx.AsyncClient, access: Access, expected: Iterable[SlackChannel]
) -> list[SlackChannel]:
    """The channels that exist in each expected account; Datadog writes them with `#`."""
    there: list[SlackChannel] = []
    for account in sorted({channel.account for channel in expected}):
        base = f"{access.datadog}/api/v1/integration/slack/configuration/accounts/{quote(account, safe='')}/channels"
        rows = await _asked(client, "Datadog", base, datadog_keys(access)) or []
        channels = answers.rows(answers.DatadogChannel, rows, source=f"Datadog: the channels of {account}")
        there += [SlackChannel(account, channel.name.removeprefix("#")) for channel in channels]
    return there


def _shown(channels: Iterable[SlackChannel]) -> list[str]:
    return [f"{channel.account}: {channel.name}" for channel in channels]


async def pagerduty_rows(
    client: httpx.AsyncClient, access: Access, path: str, shape: type[answers.Shape], **parameters: str
) -> AsyncIterator[answers.Shape]:
    """Every row of a PagerDuty list, page by page (classic pagination: offset, limit, more). Raises ShapeError."""
    for page in range(MAX_PAGES):
        query = httpx.QueryParams({"limit": "100", "offset": str(page * 100), **parameters})
        content = await _asked(client, "PagerDuty", f"{access.pagerduty}/{path}?{query}", pagerduty_headers(access))
        for row in answers.rows(shape, content, source=f"PagerDuty: /{path}", key=path):
            yield row
        if not content.get("more"):
            return


async def _linked(
    client: httpx.AsyncClient, url: str, headers: dict[str, str], shape: type[answers.Shape]
) -> AsyncIterator[answers.Shape]:
    """Every row of a Sentry list; the next page's address is in the Link header while it says results=true."""
    following: str | None = url
    for _ in range(MAX_PAGES):
        response = await _response(client, "Sentry", following, headers)
        for row in answers.rows(shape, content_of("Sentry", response), source=f"Sentry: {httpx.URL(url).path}"):
            yield row
        link = response.links.get("next", {})
        following = link.get("url") if link.get("results") == "true" else None
        if following is None:
            return


def pagerduty_headers(access: Access) -> dict[str, str]:
    """What PagerDuty's REST API asks for."""
    return {
        "authorization": f"Token token={access.pagerduty_token}",
        "accept": "application/vnd.pagerduty+json;version=2",
    }


def datadog_keys(access: Access) -> dict[str, str]:
    """What Datadog's API asks for."""
    return {"dd-api-key": access.datadog_api_key, "dd-application-key": access.datadog_app_key}


async def _asked(client: httpx.AsyncClient, vendor: str, url: str, headers: dict[str, str]) -> Any:
    """The JSON of an answer, None for 404; VendorError for everything else."""
    return content_of(vendor, await _response(client, vendor, url, headers))


async def _response(client: httpx.AsyncClient, vendor: str, url: str | None, headers: dict[str, str]) -> httpx.Response:
    try:
        return await client.get(str(url), headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise VendorError(f"{vendor}: no answer ({type(error).__name__}); look at its status page") from None


def content_of(vendor: str, response: httpx.Response) -> Any:
    """The JSON of an answer, None for 404; VendorError for everything else."""
    status = response.status_code
    if status == 404:
        return None
    if status in (401, 403):
        raise VendorError(f"{vendor}: the key is refused ({status}); see that it may read")
    if status != 200:
        raise VendorError(f"{vendor}: answered {status}; try again, or look at its status page")
    try:
        return response.json()
    except ValueError:
        raise VendorError(f"{vendor}: the answer is not JSON; look at its status page") from None


def _lacking(vendor: str, kind: str, expected: Iterable[str], found: Iterable[Any]) -> list[str]:
    there = set(found)
    return [f'{vendor}: there is no {kind} "{name}"' for name in expected if name not in there]
