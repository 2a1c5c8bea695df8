"""The page on which any rule fires at any minute of the year, in the browser and without a question to anybody."""

from __future__ import annotations

from monitoring.oncall.clock import utc
from monitoring.site.addresses import DRILL
from monitoring.site.blocks import PagePart, PlaceBlock, SitePage
from monitoring.site.data import SiteData

WITHOUT = "This page needs scripts. Each rule's own page has the drill at its worst instant without any."


def drill_page(data: SiteData) -> SitePage:
    """The page of the drill."""
    first, last = (f"{utc(moment):%Y-%m-%dT%H:%M}" for moment in (data.proof.start, data.proof.end))
    place = PlaceBlock("drill.html", WITHOUT, {"first": first, "last": last})
    return SitePage(
        file=DRILL,
        title="Drill",
        entry="Drill",
        lead="Choose what fires and when: one rule, or everything that fails with a service.",
        parts=(PagePart("What happens", (place,), "incident"),),
        scripts=("site-data.js", "simulation.js", "outage.js", "drill.js"),
    )
