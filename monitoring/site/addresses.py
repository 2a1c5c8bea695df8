"""Where each page and file of the site lies; all of them in one folder, so that every link is a name."""

from __future__ import annotations

STATE, MAP, CALENDAR, DRILL, RULES = "index.html", "map.html", "calendar.html", "drill.html", "rules.html"
LINKS = "links.html"
NAVIGATION = {"State": STATE, "Map": MAP, "Calendar": CALENDAR, "Drill": DRILL, "Rules": RULES}


def rule_page(rule: str) -> str:
    """The page of a rule, by the id with which it acts."""
    return f"rule-{rule}.html"


def person_page(person: str) -> str:
    """The page of a person."""
    return f"person-{person}.html"


def schedule_page(schedule: str) -> str:
    """The page of a schedule."""
    return f"schedule-{schedule}.html"


def policy_page(policy: str) -> str:
    """The page of an escalation policy."""
    return f"policy-{policy}.html"


def vendor_page(vendor: str) -> str:
    """The page of a vendor."""
    return f"vendor-{vendor}.html"


def drill_of(rule: str, minute: str) -> str:
    """The drill of a rule at a local time, such as 2026-12-24T03:00."""
    return f"{DRILL}#rule={rule}&at={minute}"


def feed_file(page: str) -> str:
    """The calendar file that belongs to the page of a person or a schedule."""
    return page.removesuffix(".html") + ".ics"
