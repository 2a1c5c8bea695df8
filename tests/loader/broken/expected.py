"""Mistakes in what somebody typed by hand."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import Broken, replaced

ENTRY = """rules:
  shop-slow:
    page: {policy: critical, urgency: high}
    slack: [alerts]
    datadog:
      monitors:
        - type: query alert
          query: a query
          priority: 2
          on-missing-data: resolve
"""
SENTRY = """    sentry:
      environment: production
      frequency-minutes: 5
"""


def mistyped(about: str, old: str, new: str, *, says: str) -> Broken:
    """The entry with one change."""
    assert ENTRY.count(old) == 1, old
    return replaced(about, "expectations.yaml", ENTRY.replace(old, new), says=says)


CASES: tuple[Broken, ...] = (
    mistyped(
        "a misspelt word of an expectation",
        "slack:",
        "slak:",
        says='expectations.yaml:4: rules.shop-slow.slak: is an unknown field; did you mean "slack"? (shape)',
    ),
    mistyped(
        "a vendor's word spelt as the vendor's API spells it",
        "on-missing-data",
        "on_missing_data",
        says='expectations.yaml:10: rules.shop-slow.datadog.monitors.1.on_missing_data: is an unknown field; did you mean "on-missing-data"? (shape)',
    ),
    mistyped(
        "an answer that Datadog does not know",
        "resolve",
        "resolves",
        says='expectations.yaml:10: rules.shop-slow.datadog.monitors.1.on-missing-data: "resolves" is not a word for this; it is one of default, resolve, show_no_data, show_and_notify_no_data (shape)',
    ),
    mistyped(
        "an urgency that there is not",
        "urgency: high",
        "urgency: middle",
        says='expectations.yaml:3: rules.shop-slow.page.urgency: "middle" is not a word for this; it is one of high, low, use_support_hours (shape)',
    ),
    mistyped(
        "an expected policy that there is not",
        "policy: critical",
        "policy: critcal",
        says='expectations.yaml:3: rules.shop-slow.page.policy: no policy is called "critcal"; did you mean "critical"? (shape)',
    ),
    mistyped(
        "a priority as a text",
        "priority: 2",
        'priority: "2"',
        says='expectations.yaml:9: rules.shop-slow.datadog.monitors.1.priority: "2" is not a whole number; write digits only, at most 15 (shape)',
    ),
    mistyped(
        "a value that is left blank",
        "priority: 2",
        "priority:",
        says="expectations.yaml:9: rules.shop-slow.datadog.monitors.1.priority: is empty; write a value, or take the word out (shape)",
    ),
    mistyped(
        "an entry of both vendors",
        "    datadog:\n",
        SENTRY
        + "      cron-monitor: {project: web, crontab: 0 3 * * *, timezone: Europe/Berlin, checkin-margin-minutes: 1,\n"
        "        max-runtime-minutes: 5, failure-issue-threshold: 1, recovery-threshold: 1}\n    datadog:\n",
        says="expectations.yaml:2: rules.shop-slow: names sentry and datadog, and a rule is watched by one; write sentry, datadog or pagerduty (shape)",
    ),
    replaced(
        "an entry of no vendor",
        "expectations.yaml",
        "rules:\n  shop-slow: {slack: [alerts]}\n",
        says="expectations.yaml:2: rules.shop-slow: names no vendor, and a rule is watched by one; write sentry, datadog or pagerduty (shape)",
    ),
    replaced(
        "an alert without a monitor",
        "expectations.yaml",
        f"rules:\n  shop-failing:\n{SENTRY}",
        says="expectations.yaml:3: rules.shop-failing.sentry: has 0 monitors, and an alert watches one; write one of metric-monitor, cron-monitor, uptime-monitor, error-monitor (shape)",
    ),
    replaced(
        "neither monitors nor tests",
        "expectations.yaml",
        "rules:\n  shop-slow:\n    datadog: {monitors: []}\n",
        says="expectations.yaml:3: rules.shop-slow.datadog: has neither monitors nor tests, and a rule has one of the two; write monitors or tests (shape)",
    ),
    replaced(
        "an environment that there is not, with expectations",
        "expectations.yaml",
        "environments: {prd: {rules: {}}}\n",
        says='expectations.yaml:1: environments.prd: no environment is called "prd"; did you mean "prod"? (shape)',
    ),
    mistyped(
        "an expectation of what is no rule's id",
        "shop-slow",
        "shop_slow",
        says='expectations.yaml:2: rules.shop_slow: "shop_slow" is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
)
