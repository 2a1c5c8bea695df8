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
        answers = (ask(client, session.access, session.expected) for ask in _asks(session.access))
        lacking = await asyncio.gather(*answers)
        findings = (*missing(session.access), *(finding for each in lacking for finding in each))
        if findings or not session.send:
            return Report(findings, (*_UNSEEN, *(("nothing was sent",) if session.send else ())))
        events = await sent(client, session.access, session.expected)
    return Report(events.findings, (*_UNSEEN, *events.notes))


def _asks(access: Access) -> Iterator[Ask]:
    """How the vendors are asked whose keys are there."""
    if access.sentry_token:
        yield sentry_findings
    if access.pagerduty_token:
        yield pagerduty_findings
    if access.datadog_api_key and access.datadog_app_key:
        yield datadog_findings


SCENARIO = Scenario(
    "integration",
    "the alerting accounts hold what the catalog sends to",
    "read-only questions to each vendor of the catalog; with --send one low-urgency test event for each path",
    integration,
)
