"""The pages of escalation policies: whom they ask, and which rules page them."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.site import names
from monitoring.site.addresses import policy_page
from monitoring.site.blocks import FactList, ListBlock, PageBlock, PagePart, SitePage, TextBlock
from monitoring.site.data import SiteData
from monitoring.site.rules import steps_table


def policy_pages(data: SiteData) -> Iterator[SitePage]:
    """A page for each escalation policy."""
    return (_policy_page(data, name) for name in data.catalog.oncall.policies)


def _policy_page(data: SiteData, name: str) -> SitePage:
    policy, proofs = data.catalog.oncall.policies[name], data.by_policy[name]
    rules: PageBlock = ListBlock(names.ruled(proofs)) if proofs else TextBlock("No rule pages it here.")
    expires = policy.acknowledgement_expires
    facts = FactList((("Acknowledgement", "never expires" if expires == "never" else f"expires after {expires}"),))
    return SitePage(
        file=policy_page(name),
        title=policy.title or name,
        entry="Map",
        kicker=f"Escalation policy {name}",
        parts=(
            PagePart("Steps", (steps_table(data, name), facts), "steps"),
            PagePart("Rules that page it", (rules,), "rules"),
        ),
    )
