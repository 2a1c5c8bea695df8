"""What a Sentry organisation holds, by its API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

from monitoring.vendors import answers
from monitoring.vendors.access import Vendor
from monitoring.vendors.client import Client, content_of, endless, fetched, get, present, required, same_origin

INDEX = "/api/0/"


async def rows(
    client: Client, vendor: Vendor, organization: str, kind: str, shape: type[answers.Shape], *, query: str = ""
) -> AsyncIterator[answers.Shape]:
    """Every row of one of an organisation's lists, such as `detectors`. Raises VendorError."""
    path = f"/api/0/organizations/{quote(organization, safe='')}/{kind}/{query}"
    async for row in _linked(client, vendor, path, shape):
        yield row


def environments(client: Client, vendor: Vendor, organization: str) -> AsyncIterator[answers.SentryEnvironment]:
    """The environments of which an organisation has received an event, also those that its pages hide."""
    return rows(client, vendor, organization, "environments", answers.SentryEnvironment, query="?visibility=all")


async def scopes(client: Client, vendor: Vendor) -> tuple[str, ...]:
    """What the key may do. Raises VendorError."""
    content = await required(client, vendor, INDEX)
    return answers.read(answers.SentryAccess, content, source=f"{vendor.name}: {INDEX}").scopes


async def client_key(client: Client, vendor: Vendor, organization: str, project: str) -> str | None:
    """The public DSN of a project's first active key; None where it has none. Raises VendorError."""
    path = f"/api/0/projects/{quote(organization, safe='')}/{quote(project, safe='')}/keys/"
    keys = answers.rows(answers.SentryKey, await get(client, vendor, path) or [], source=f"{vendor.name}: {path}")
    return next((key.public_dsn for key in keys if key.active), None)


async def _linked(
    client: Client, vendor: Vendor, path: str, shape: type[answers.Shape]
) -> AsyncIterator[answers.Shape]:
    """Every row of a list, page by page; the next page's address is in the answer."""
    url, source = f"{vendor.address}{path}", f"{vendor.name}: {path}"
    for _ in range(client.patience.pages):
        answered = await fetched(client, vendor, url)
        for row in answers.rows(shape, present(vendor, path, content_of(vendor, answered)), source=source):
            yield row
        if not answered.following:
            return
        url = same_origin(vendor, answered.following)
    raise endless(vendor, path, client.patience)
