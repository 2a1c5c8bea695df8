"""The platforms on which the tool is tested: folders with a catalog, its runbooks and its golden Plans.

`python -m tests.platforms` writes what is made from each catalog; what was typed by hand it leaves alone.
"""

from pathlib import Path

from monitoring.loader import PlatformFiles

HERE = Path(__file__).parent
AGENCY = PlatformFiles(HERE / "agency" / "catalog")
"""A multi-tenant web product at all three vendors, in two environments; the tool's own, whatever ships beside it."""
PARCELS = PlatformFiles(HERE / "parcels" / "catalog")
"""A company of two people with one environment, one service and no tenants."""
DATADOG_ONLY = PlatformFiles(HERE / "datadog-only" / "catalog")
"""A bakery without Sentry, with a single severity and a critical oven that answers no HTTP."""
SENTRY_ONLY = PlatformFiles(HERE / "sentry-only" / "catalog")
"""A printing press without Datadog, whose critical service is a queue worker."""
FOREIGN = {files.root.name: files for files in (PARCELS, DATADOG_ONLY, SENTRY_ONLY)}
ALL = {AGENCY.root.name: AGENCY, **FOREIGN}
