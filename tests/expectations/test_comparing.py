"""Nothing that a Plan's wiring loses goes unseen: wherever it is cut or turned, an expectation no longer holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from monitoring.expectations import Comparison, compare
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from tests.conftest import TODAY
from tests.expectations.written import written
from tests.factories import texts
from tests.preview.changes import ABSENT, changed, without
from tests.resources.every_signal import declared, every_signal

OTHER_KEY = {
    "secret": {
        "ref": "pagerduty:index/serviceIntegration:ServiceIntegration::api-standard-low-sentry",
        "output": "integrationKey",
    }
}
OTHER_POLICY = {"ref": "pagerduty:index/escalationPolicy:EscalationPolicy::standard", "output": "id"}
OTHER_MONITOR = {"ref": "sentry:index/metricMonitor:MetricMonitor::auth-system-down", "output": "id"}
STAGING = ["env:staging", "managed-by:agency-monitoring", "service:platform", "severity:p0", "team:platform"]

DATABASE, OUTAGE = "database-failure", "platform-outage"
DAMAGE: list[Any] = [
    ("IntegrationPagerduty database-critical-high", "integrationKey", OTHER_KEY, DATABASE, "a row with another key"),
    ("Service database-critical-high", "escalationPolicy", OTHER_POLICY, DATABASE, "a service with another policy"),
    ("Service database-critical-high", "incidentUrgencyRule.urgency", "low", DATABASE, "a service that whispers"),
    ("Alert database-failure", "monitorIds", [OTHER_MONITOR], DATABASE, "an alert on another monitor"),
    ("Alert database-failure", "enabled", False, DATABASE, "an alert that is off"),
    ("Alert database-failure", "triggerConditions", [{"firstSeenEvent": {}}], DATABASE, "an alert that speaks once"),
    ("Alert database-failure", "frequencyMinutes", 1440, DATABASE, "an alert that is silent for a day"),
    ("Alert database-failure", "environment", "production", DATABASE, "an alert with an environment"),
    ("MetricMonitor database-failure", "environment", "staging", DATABASE, "a monitor of another environment"),
    ("MetricMonitor database-failure", "environment", ABSENT, DATABASE, "a monitor of every environment"),
    ("MetricMonitor tenant-isolation-breach", "query", "", "tenant-isolation-breach", "a monitor of everything"),
    ("MetricMonitor tenant-isolation-breach", "conditionGroup.conditions.0.comparison", 1, "tenant-isolation-breach",
     "a monitor that lets one event pass"),
    ("MetricMonitor database-failure", "query", "feature:email", DATABASE, "a monitor of something else"),
    ("MetricMonitor database-failure", "conditionGroup.conditions.0.comparison", 1000, DATABASE, "a deaf monitor"),
    ("MetricMonitor database-failure", "timeWindowSeconds", 3600, DATABASE, "a slow monitor"),
    ("MonitorNotificationRule platform-p0", "filter.tags", STAGING, OUTAGE, "a route of another environment"),
    ("MonitorNotificationRule platform-p0", "conditionalRecipients.fallbackRecipients", ABSENT, OUTAGE,
     "a route that never closes an incident"),
    ("ServiceObject platform-critical-high", "serviceKey", OTHER_KEY, OUTAGE, "a pager with another key"),
    ("Monitor platform-outage", "tags", [*STAGING, "rule:platform-outage"], OUTAGE, "a monitor that no route takes"),
    ("Monitor performance-degradation", "query", "max(last_10m):max:a{*} > 2", "performance-degradation",
     "another query"),
    ("SyntheticsTest api-uptime-head", "status", "paused", "api-uptime", "a test that is paused"),
    ("SyntheticsTest api-uptime", "optionsList.minLocationFailed", 3, "api-uptime",
     "a test that waits for all places"),
    ("SyntheticsTest api-uptime", "locations", ["aws:eu-central-1"], "api-uptime", "a test from one place"),
    ("Alert database-failure", "actionFilters.0.actions.1.slack.channelName", "elsewhere", DATABASE,
     "an alert in another channel"),
    ("Alert database-failure", "actionFilters.0.actions.0.pagerduty.severity", "info", DATABASE,
     "a page of another severity"),
    ("MetricMonitor database-failure", "enabled", False, DATABASE, "a monitor that is off"),
    ("MetricMonitor database-failure", "conditionGroup.conditions.1.comparison", 5, DATABASE, "a later recovery"),
    ("MetricMonitor database-failure", "conditionGroup.conditions.0.type", "lt", DATABASE, "a monitor turned round"),
    ("Monitor platform-outage", "priority", "5", OUTAGE, "another priority"),
    ("Monitor performance-degradation", "onMissingData", "resolve", "performance-degradation",
     "a monitor that is silent when nothing comes"),
    ("Monitor performance-degradation", "draftStatus", "draft", "performance-degradation", "a draft"),
    ("Monitor performance-degradation", "tags", [], "performance-degradation", "a monitor of no rule"),
    ("SyntheticsTest website-uptime", "assertions", [], "website-uptime", "a test that wants nothing"),
]  # fmt: skip


def compared(catalog: Catalog, plan: Plan) -> Comparison:
    return compare(catalog, plan, plan.stack, TODAY)


def about(rule: str, comparison: Comparison) -> list[str]:
    return [str(problem) for problem in comparison.problems if problem.where.startswith(f'rule "{rule}"')]


def test_what_is_declared_is_what_was_typed(shipped: Catalog, plans: Mapping[str, Plan]):
    comparison = compared(shipped, plans["prod"])
    assert comparison.problems == ()
    assert (comparison.rules, comparison.compared) == (18, 18)
    assert comparison.required == comparison.required_compared == 13


@pytest.mark.parametrize(("name", "path", "value", "rule", "_"), DAMAGE, ids=[case[-1] for case in DAMAGE])
def test_damage_is_seen(
    shipped: Catalog, plans: Mapping[str, Plan], name: str, path: str, value: Any, rule: str, _: str
):
    assert about(rule, compared(shipped, changed(plans["prod"], name, path, value)))


GONE = [
    ("MonitorNotificationRule platform-p0", "platform-outage"),
    ("ServiceObject platform-critical-high", "platform-outage"),
    ("IntegrationPagerduty database-critical-high", "database-failure"),
    ("ServiceIntegration database-critical-high-sentry", "database-failure"),
    ("EscalationPolicy critical", "database-failure"),
    ("MetricMonitor database-failure", "database-failure"),
    ("Alert database-failure", "database-failure"),
    ("Monitor platform-outage", "platform-outage"),
    ("SyntheticsTest api-uptime-head", "api-uptime"),
]


@pytest.mark.parametrize(("name", "rule"), GONE)
def test_a_missing_link_is_seen(shipped: Catalog, plans: Mapping[str, Plan], name: str, rule: str):
    assert about(rule, compared(shipped, without(plans["prod"], name)))


POLICY = [
    pytest.param("rules.0.escalationDelayInMinutes", 7, "steps.1.minutes: 5 is expected, and the program declares 7",
                 id="a step that waits longer"),
    pytest.param("numLoops", 0, "extra-rounds: 3 is expected, and the program declares 0", id="a policy that gives up"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "says"), POLICY)
def test_another_policy_is_seen(shipped: Catalog, plans: Mapping[str, Plan], path: str, value: Any, says: str):
    problems = compared(shipped, changed(plans["prod"], "EscalationPolicy critical", path, value)).problems
    assert [str(problem) for problem in problems if "critical" in problem.where] == [
        f'expectations.yaml:{8 if "steps" in says else 10}: policy "critical": {says}; '
        "mend the one that is wrong (expectations)"
    ]


# --- what the file may lack or say too much --------------------------------------------------------------------

PAGES = "    page: {policy: critical, urgency: high}\n"
FAILING = """
rules:
  shop-failing:
    page: {policy: critical, urgency: high}
    slack: [alerts]
    sentry:
      environment: production
      metric-monitor:
        project: web
        query: feature:checkout
        aggregate: count()
        event-type: error
        time-window-seconds: 300
        above: 10
        recovers-at: 10
        priority: 75
      frequency-minutes: 5
      pagerduty-severity: critical
"""
SLOW = """
  shop-slow:
    page: {policy: critical, urgency: high}
    slack: [alerts]
    datadog:
      monitors:
        - type: query alert
          query: percentile(last_10m):p95:trace.request{env:prod,service:shop} > 2
          priority: 2
          on-missing-data: show_and_notify_no_data
"""
POLICIES = """
policies:
  critical:
    steps:
      - {ask: [primary], minutes: 5}
      - {ask: [kit@youragency.com], minutes: 10}
    extra-rounds: 1
"""
WHOLE = FAILING + SLOW + POLICIES
MEND = "mend the one that is wrong (expectations)"
FORM = "fill in its form from what you want, since an answer copied from the tool proves nothing (expectations)"
FILES: list[Any] = [
    pytest.param(WHOLE, [], id="every rule that wakes, and its policy"),
    pytest.param(
        FAILING + POLICIES,
        [f'expectations.yaml:2: rule "shop-slow": wakes somebody and has no entry; {FORM}'],
        id="a rule that wakes and has no entry",
    ),
    pytest.param(
        FAILING + SLOW,
        [f'expectations.yaml:2: policy "critical": is asked by a rule that wakes somebody and has no entry; {FORM}'],
        id="a policy without an entry",
    ),
    pytest.param(
        WHOLE.replace("  shop-slow:", "  shop-slo:"),
        [
            f'expectations.yaml:2: rule "shop-slow": wakes somebody and has no entry; {FORM}',
            'expectations.yaml:20: rule "shop-slo": no such rule acts there; '
            'take the entry out, or mend its name: did you mean "shop-slow"? (expectations)',
        ],
        id="an entry of no rule",
    ),
    pytest.param(
        WHOLE.replace(PAGES, PAGES.replace("high", "low"), 1),
        [
            'expectations.yaml:4: rule "shop-failing": page.urgency: "low" is expected, '
            f'and the program declares "high"; {MEND}'
        ],
        id="another urgency, at its line",
    ),
    pytest.param(
        WHOLE.replace("slack: [alerts]", "slack: [alerts, more]", 1),
        [
            'expectations.yaml:5: rule "shop-failing": slack: ["alerts", "more"] is expected, '
            f'and the program declares ["alerts"]; {MEND}'
        ],
        id="a channel too many",
    ),
    pytest.param(
        WHOLE.replace("    slack: [alerts]\n", "", 1),
        [
            'expectations.yaml:3: rule "shop-failing": slack: nothing is expected, '
            f'and the program declares ["alerts"]; {MEND}'
        ],
        id="a channel that nobody typed",
    ),
    pytest.param(
        WHOLE.replace("          priority: 2\n", "          priority: 2\n          recovers-at: 1.5\n"),
        [
            'expectations.yaml:28: rule "shop-slow": datadog.monitors.1.recovers-at: 1.5 is expected, '
            f"and the program declares nothing; {MEND}"
        ],
        id="a recovery that nobody declares",
    ),
    pytest.param(
        WHOLE + "environments: {prod: {rules: {}}}\n",
        [
            'expectations.yaml:36: environment "prod": owns what is shared; '
            "move its entries to the rules at the top (expectations)"
        ],
        id="the owner's entries in the wrong place",
    ),
]


@pytest.fixture(scope="module")
def shop() -> Plan:
    """What the small catalog declares."""
    return declared(load_texts(texts()))


@pytest.mark.parametrize(("text", "says"), FILES)
def test_a_file_is_compared_line_by_line(shop: Plan, text: str, says: list[str]):
    comparison = compared(load_texts(texts(expectations=text)), shop)
    assert [str(problem) for problem in comparison.problems] == says


P2 = ("services/shop.yaml", "severity: P0", "severity: P2")


def test_an_entry_of_a_rule_that_no_longer_wakes_is_said():
    catalog = load_texts(texts(P2, expectations=WHOLE))
    problems = [str(problem) for problem in compared(catalog, declared(catalog)).problems]
    assert problems[0] == (
        'expectations.yaml:4: rule "shop-failing": is expected to wake somebody, and as P2 it wakes nobody; '
        "change the entry, or the rule's severity or route (expectations)"
    )
    assert not [text for text in problems if ": page" in text]


def test_without_a_file_every_rule_that_wakes_is_missing(shop: Plan):
    comparison = compared(load_texts(texts()), shop)
    assert (comparison.required, comparison.required_compared, comparison.compared) == (2, 0, 0)
    assert [rule.id for rule in comparison.missing_rules] == ["shop-failing", "shop-slow"]
    assert comparison.missing_policies == ("critical",)
    assert {str(problem.source) for problem in comparison.problems} == {"expectations.yaml"}


def test_an_environment_that_pages_nobody_requires_nothing(shipped: Catalog, plans: Mapping[str, Plan]):
    comparison = compared(shipped, plans["staging"])
    assert (comparison.rules, comparison.required, comparison.problems) == (18, 0, ())


STAGING_SLOW = """
environments:
  staging:
    rules:
      shop-slow:
        slack: [CHANNEL]
        datadog:
          monitors:
            - type: query alert
              query: percentile(last_10m):p95:trace.request{env:staging,service:shop} > 2
              priority: 2
              on-missing-data: show_and_notify_no_data
"""


@pytest.mark.parametrize(
    ("channel", "says"),
    [
        pytest.param("alerts-staging", [], id="as declared"),
        pytest.param(
            "alerts",
            [
                'expectations.yaml:6: rule "shop-slow" in staging: slack: ["alerts"] is expected, '
                f'and the program declares ["alerts-staging"]; {MEND}'
            ],
            id="in another channel",
        ),
    ],
)
def test_another_environment_has_entries_of_its_own(channel: str, says: list[str]):
    catalog = load_texts(texts(expectations=STAGING_SLOW.replace("CHANNEL", channel)))
    assert [str(problem) for problem in compared(catalog, declared(catalog, "staging")).problems] == says


def with_all(catalog: Catalog, plan: Plan) -> Catalog:
    return replace(catalog, expectations=written(catalog, plan))


def test_every_form_of_every_signal_can_be_expected():
    catalog = every_signal()
    plan = declared(catalog)
    comparison = compared(with_all(catalog, plan), plan)
    assert [problem.where for problem in comparison.problems] == ['policy "critical"']
    assert comparison.compared == comparison.rules > 18
