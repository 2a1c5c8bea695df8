"""The tenth scenario: the accounts hold what the catalog sends to; on request one test event for each path."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from monitoring.errors import VendorError
from monitoring.plan import VENDORS
from monitoring.smoke.scenario import Scenario, ScenarioReport, Session
from monitoring.smoke.sending import sent
from monitoring.vendors.client import Client
from monitoring.vendors.held import Holding, held_as, holdings, looked_up
from monitoring.vendors.needs import Need

_UNSEEN = (
    "e-mail addresses and Sentry's own Slack channels cannot be looked up; whether they arrive is only seen by sending",
)


async def integration(session: Session) -> ScenarioReport:
    """Keys are present, and every organisation, project, integration and receiver exists."""
    async with session.vendors() as client:
        opened = [vendor for vendor in VENDORS if session.access.opens(vendor)]
        answers = await asyncio.gather(*(_findings(client, session, vendor) for vendor in opened))
        keys = (f"no {setting.named_by} in the environment; set it" for setting in session.access.missing)
        findings = (*keys, *(finding for each in answers for finding in each))
        notes = (_looked_at(session, opened), *_UNSEEN)
        if findings or not session.send:
            return ScenarioReport(findings, (*notes, *(("nothing was sent",) if session.send else ())))
        events = await sent(client, session.access, session.expected)
    return ScenarioReport(events.findings, (*notes, *events.notes))


def _looked_at(session: Session, vendors: Sequence[str]) -> str:
    """How many things each vendor was asked for, counted by what the catalog needs and not by what was found."""
    counts = Counter(need.kind.vendor for need in session.expected.needs if looked_up(need))
    return f"looked up: {', '.join(f'{counts[vendor]} at {VENDORS[vendor]}' for vendor in vendors) or 'nothing'}"


async def _findings(client: Client, session: Session, vendor: str) -> tuple[str, ...]:
    """What a vendor's account lacks, or why it cannot be said."""
    needs = [need for need in session.expected.needs if need.kind.vendor == vendor]
    try:
        return lacking(needs, await holdings(client, session.access, vendor, needs))
    except VendorError as error:
        return (str(error),)


def lacking(needs: Iterable[Need], held: Collection[Holding]) -> tuple[str, ...]:
    """A finding for each need that nothing held answers, of those that can be looked up."""
    return tuple(str(need.problem()) for need in needs if looked_up(need) and held_as(need) not in held)


SCENARIO = Scenario(
    "integration",
    "the vendor accounts contain every receiver in the catalog",
    "read-only questions to each vendor of the catalog; with --send one low-urgency test event for each path",
    integration,
    of_endpoint=False,
)
