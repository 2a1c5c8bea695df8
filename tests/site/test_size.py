"""A large catalog's site: every page stays small enough for a phone."""

from __future__ import annotations

from monitoring.site import site_files
from tests.site.building import data_of
from tests.site.large import PEOPLE, RULES, large_catalog

MAX_BYTES = 1_500_000


def test_no_file_of_300_rules_and_40_people_is_large() -> None:
    files = site_files(data_of(large_catalog()))
    assert sum(name.startswith("rule-") for name in files) == RULES
    assert sum(name.startswith("person-") and name.endswith(".html") for name in files) == PEOPLE
    assert [name for name, text in files.items() if len(text.encode()) > MAX_BYTES] == []
