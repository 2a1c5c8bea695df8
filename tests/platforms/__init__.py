"""The platforms on which the tool is tested: folders with a catalog, its runbooks and its golden Plans."""

from pathlib import Path

from monitoring.loader import PlatformFiles

AGENCY = PlatformFiles(Path(__file__).parent / "agency" / "catalog")
"""A multi-tenant web product at all three vendors, in two environments; the tool's own, whatever ships beside it."""
