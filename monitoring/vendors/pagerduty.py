"""What a PagerDuty account holds, by its REST API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from monitoring.vendors import answers
from monitoring.vendors.access import Vendor
from monitoring.vendors.client import Client, endless, get, present

PAGE = 100
SHIFTS = "/v3/schedules"
EARLY_ACCESS = {"x-early-access": "flexible-schedules-early-access"}
"""What PagerDuty's own provider sends with each question about shift-based schedules; ignored once they are for all."""


async def rows(
    client: Client, vendor: Vendor, path: str, shape: type[answers.Shape], *, optional: bool = False, include: str = ""
) -> AsyncIterator[answers.Shape]:
    """Every row of a list, page by page (classic pagination: offset, limit, more).

    A list that is optional has no rows where it does not exist. Raises VendorError.
    """
    words = {"include[]": include} if include else {}
    for page in range(client.patience.pages):
        content = await get(client, vendor, path, {"limit": PAGE, "offset": page * PAGE, **words})
        if content is None and optional and page == 0:
            return
        name, source = path.rpartition("/")[2], f"{vendor.name}: {path}"
        for row in answers.rows(shape, present(vendor, path, content), source=source, key=name):
            yield row
        if not answers.read(answers.PagerdutyPage, content, source=source).more:
            return
    raise endless(vendor, path, client.patience)


@dataclass(frozen=True, slots=True)
class ScheduleForms:
    """The schedules of an account in both forms: PagerDuty's pages make shift-based ones since 2026."""

    layered: tuple[answers.Named, ...]
    shift_based: tuple[answers.PagerdutyShiftSchedule, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of all of them."""
        return frozenset({row.name for row in self.layered} | {row.name for row in self.shift_based})


async def schedules(client: Client, vendor: Vendor) -> ScheduleForms:
    """Every schedule; an account without shift-based ones may have no list of them. Raises VendorError."""
    asked = replace(vendor, headers={**vendor.headers, **EARLY_ACCESS})
    listed = rows(client, asked, SHIFTS, answers.PagerdutyShiftSchedule, optional=True)
    shift_based = tuple([row async for row in listed])
    ids = {row.id for row in shift_based}
    layered = [row async for row in rows(client, vendor, "/schedules", answers.Named) if row.id not in ids]
    return ScheduleForms(tuple(layered), shift_based)


async def services(client: Client, vendor: Vendor) -> AsyncIterator[answers.PagerdutyService]:
    """The services with their integrations. Raises VendorError."""
    async for row in rows(client, vendor, "/services", answers.PagerdutyService, include="integrations"):
        yield row
