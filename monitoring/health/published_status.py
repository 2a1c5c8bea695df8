"""What a vendor publishes of itself, for words beside a failure; never for a verdict, which is the probe's own.

Status pages follow minutes late, and list parts that serve nobody's requests, such as builds and dashboards: only the
components that are named count.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from .check import HealthSettingError, Published, checked_address

MAX_PAGE = 1024 * 1024
STATUSES = ("operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance")
"""The words of a component in Atlassian Statuspage's `components.json`; any other is not repeated."""


def statuspage(page: str, components: Collection[str]) -> Published:
    """What an Atlassian Statuspage says of the named components, such as `https://status.supabase.com` of "Auth".

    Raises HealthSettingError where no component is named.
    """
    from .http_connection import body_of, streamed, usual_trust

    if isinstance(components, str) or not components:
        raise HealthSettingError('name the components of the status page that serve; write for example ["API"]')
    url = f"{checked_address(page).rstrip('/')}/api/v2/components.json"
    trust = usual_trust()

    async def published() -> str:
        async with streamed(url, {"accept": "application/json", "accept-encoding": "identity"}, trust=trust) as answer:
            body = await body_of(answer, MAX_PAGE)
        return "its status page is too long to read" if body is None else words(answer.status, body, components)

    return published


def words(status: int, body: bytes, components: Collection[str]) -> str:
    """What a page says of the named components."""
    try:
        content: Any = json.loads(body) if status == 200 else None
        statuses = {entry["name"]: entry["status"] for entry in content["components"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        return "its status page cannot be read"
    return "its status page: " + ", ".join(_phrases(statuses, components))


def _phrases(statuses: dict[Any, Any], components: Collection[str]) -> Iterator[str]:
    for name in components:
        status = statuses.get(name)
        phrase = status.replace("_", " ") if isinstance(status, str) and status in STATUSES else "not listed"
        yield f"{name} is {phrase}"
