"""The tenth scenario: the accounts hold what the catalog sends to; on request one test event for each path."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import httpx

from monitoring.acceptance.expected import Access, Expected, missing
from monitoring.acceptance.scenario import Report, Scenario, Session
from monitoring.acceptance.sending import sent
from monitoring.acceptance.vendors import datadog_findings, pagerduty_findings, sentry_findings

_UNSEEN = (
    "e-mail addresses and Sentry's own Slack channels cannot be looked up; whether they arrive is only seen by sending",
)


Ask = Callable[[httpx.AsyncClient, Access, Expected], Awaitable[tuple[str, ...]]]


async def integration(session: Session) -> Report:
    """Keys are present, and every organisation, project, integration and receiver exists."""
    async with httpx.AsyncClient(timeout=10.0) as client:
        asked = (
            _guarded(vendor, ask(client, session.access, session.expected)) for vendor, ask in _asks(session.access)
        )
        found = await asyncio.gather(*asked)
        findings = (*missing(session.access), *(finding for each in found for finding in each))
        if findings or not session.send:
            return Report(findings, (*_UNSEEN, *(("nothing was sent",) if session.send else ())))
        events = await sent(client, session.access, session.expected)
    return Report(events.findings, (*_UNSEEN, *events.notes))


def _asks(access: Access) -> Iterator[tuple[str, Ask]]:
    """The vendors whose keys are there, and how they are asked."""
    if access.sentry_token:
        yield "Sentry", sentry_findings
    if access.pagerduty_token:
        yield "PagerDuty", pagerduty_findings
    if access.datadog_api_key and access.datadog_app_key:
        yield "Datadog", datadog_findings


async def _guarded(vendor: str, asked: Awaitable[tuple[str, ...]]) -> tuple[str, ...]:
    """What a vendor lacks; an answer in a shape that its API description does not know is a finding too."""
    try:
        return await asked
    except (LookupError, TypeError, AttributeError):
        return (f"{vendor}: answers in another shape than its API description; look at its status page",)


SCENARIO = Scenario(
    "integration",
    "the alerting accounts hold what the catalog sends to",
    "read-only questions to Sentry, PagerDuty and Datadog; with --send one low-urgency test event for each path",
    integration,
)
