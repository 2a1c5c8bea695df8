"""Each word of the catalog has a consequence: in what is declared, in what is proved, or in what the checks say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml

from monitoring.model.catalog import Catalog
from monitoring.model.service import SIGNAL_KINDS
from monitoring.review.reviewing import review
from monitoring.review.risks import EffectKind
from tests.consequences.platform import (
    DECLARATIONS,
    REMOVED,
    STRIPE,
    Path,
    Rules,
    base,
    findings_of,
    is_in_rule,
    loaded,
    rules_around,
    words,
    written,
)
from tests.review.pairs import AT
from tests.signals import CASES
from tests.signals.case import SignalCase

Change = tuple[Path, Any]
PLATFORM, ONCALL, TEAMS, SEVERITIES = "platform.yaml", "oncall.yaml", "teams.yaml", "severities.yaml"


def rule(name: str, *path: str | int, to: Any) -> Change:
    """A change inside a rule."""
    return ("services/shop.yaml", "rules", name, *path), to


def at(file: str, *path: str | int, to: Any) -> Change:
    """A change inside another file."""
    return (file, *path), to


WHOLE = {"p95": "trace.other", "over": "10m", "above": "2s", "when-silent": "alert"}
EMPTY = {
    "avg": "trace.request",
    "where": {"service": "shop"},
    "by": ["env", "service"],
    "over": "2h",
    "when-silent": "alert",
    "new-groups-after": "5m",
    "arrives-after": "15m",
    "full-window": True,
    "resolves-after": "3h",
    "notifies-by": ["service"],
}
"""The rule shop-empty but for its threshold."""
QUEUE = {"query": 'logs("env:prod").rollup("count").last("5m")', "when-silent": "resolve"}
SLOW = ("shop-slow", "metric")
PAGE = ("shop-up", "uptime", "asks", "page")
MAIL = ("shop-mail", "uptime", "asks", "connection")
BUY = ("shop-buy", "uptime", "asks", "page")
STEPS = ("shop-basket", "uptime", "asks", "steps")
FILL, SEE = (*STEPS, 0), (*STEPS, 1)
DNS = ("shop-name", "uptime", "asks", "dns")
PING = ("shop-line", "uptime", "asks", "ping")
GRPC = ("shop-notes", "uptime", "asks", "grpc")
BROWSER = ("shop-order", "uptime", "asks", "browser")
READY = ("shop-ready", "uptime", "asks", "health")
LAYER = (ONCALL, "schedules", "primary", "layers", 1)
COVER = (ONCALL, "schedules", "primary", "cover", 0)
WINDOW = ("maintenance.yaml", "upgrade")
REINDEX = ("maintenance.yaml", "reindex")
OFFICE = (ONCALL, "policies", "office", "support-hours")
TEAMS_CHANNEL = (PLATFORM, "datadog", "microsoft-teams", "web")
PRODUCTION = (PLATFORM, "environments", "prod")
WEB = (PLATFORM, "sentry", "projects", "web")
METRIC = (PLATFORM, "datadog", "metrics", "trace.request")


AGGREGATIONS = ("avg", "min", "max", "p50", "p75", "p90", "p95", "p99")


def recorded(number: int, *path: str | int, to: Any) -> Change:
    """A change inside a step of the recording."""
    return ("recordings/order.json", "steps", number, *path), to


def aggregated(word: str) -> Change:
    """The slow rule with another aggregation."""
    return rule("shop-slow", "metric", to={word: "trace.other", **{k: v for k, v in WHOLE.items() if k != "p95"}})


def reworded(case: SignalCase) -> Iterator[tuple[str, Change]]:
    """The rows that a kind of signal brings with it, and one for the rule's own word."""
    kind = SIGNAL_KINDS[case.word].__name__
    signals = {entry["id"]: entry[case.word] for entry in yaml.safe_load(case.rules)}
    for number, (word, (name, changes)) in enumerate(case.rewords.items()):
        words = {key: value for key, value in {**signals[name], **changes}.items() if value is not None}
        change = rule(name, case.word, to=words)
        yield f"{kind}.{word}", change
        if number == 0:
            yield f"Rule.{case.word}", change


OPTIONS: dict[str, Any] = {
    "when-silent": "show",
    "new-groups-after": "6m",
    "arrives-after": "16m",
    "full-window": False,
    "resolves-after": "2h",
    "notifies-by": ["env"],
}
"""Another value of each word that every monitor on a metric or a query takes."""
RETIRED = {"on": date(2026, 1, 1), "reason": "It is replaced."}
UNASKED_STRIPE = {name: value for name, value in STRIPE.items() if name not in ("health", "readiness")}
OWN_STRIPE = {name: value for name, value in STRIPE.items() if name not in ("kind", "status-page")}
STAGES = ("identified", "investigating", "monitoring")

DECLARED: dict[str, Change] = {
    "Certificate.host": rule("shop-certificate", "uptime", "asks", "certificate", "host", to="www.youragency.com"),
    "Certificate.port": rule("shop-certificate", "uptime", "asks", "certificate", "port", to=8443),
    "Certificate.revoked-is-valid": rule(
        "shop-certificate", "uptime", "asks", "certificate", "revoked-is-valid", to=True
    ),
    "Connection.host": rule(*MAIL, "host", to="www.youragency.com"),
    "Connection.port": rule(*MAIL, "port", to=25),
    "Connection.within": rule(*MAIL, "within", to="1s"),
    "SentRequest.secret-headers": rule(*BUY, "sends", "secret-headers", to={"x-key": "probe-token"}),
    "SyntheticRequest.steps": rule(*STEPS, to=[{"name": "Ask", "page": {"path": "/"}}]),
    "SyntheticStep.method": rule(*FILL, "method", to="PUT"),
    "SyntheticStep.page": rule(*FILL, "page", to={"path": "/"}),
    "SyntheticStep.keeps": rule(*FILL, "keeps", "basket", to="$.other"),
    "SyntheticStep.on-failure": rule(*SEE, "on-failure", to="stop"),
    "StepPage.url": rule(*SEE, "page", "url", to="https://pay.youragency.com/${basket}"),
    "StepPage.path": rule(*FILL, "page", "path", to="/carts"),
    "StepPage.status": rule(*FILL, "page", "status", to=200),
    "StepPage.within": rule(*FILL, "page", "within", to="500ms"),
    "StepPage.contains": rule(*FILL, "page", "contains", to="basket"),
    "StepPage.headers": rule(*FILL, "page", "headers", to={"content-type": "json"}),
    "StepPage.json-values": rule(*SEE, "page", "json-values", to={"$.lines": "${first-line}"}),
    "StepPage.json-schema": rule(*FILL, "page", "json-schema", to='{"type": "object"}'),
    "StepRequest.headers": rule(*SEE, "page", "sends", "headers", to={"x-basket": "only ${basket}"}),
    "StepRequest.secret-headers": rule(*FILL, "page", "sends", "secret-headers", to={"x-key": "probe-token"}),
    "StepRequest.body": rule(*FILL, "page", "sends", "body", to={"type": "form", "text": "id=1"}),
    "StepBody.type": rule(*FILL, "page", "sends", "body", "type", to="text"),
    "StepBody.text": rule(*FILL, "page", "sends", "body", "text", to='{"id": 1}'),
    "StepPage.sends": rule(*SEE, "page", "sends", to={"headers": {"x-basket": "${basket}"}}),
    "StepPage.follows-redirects": rule(*SEE, "page", "follows-redirects", to=False),
    "StepPage.http-version": rule(*SEE, "page", "http-version", to="http2"),
    "Page.http-version": rule(*BUY, "http-version", to="http1"),
    "SyntheticRequest.dns": rule("shop-name", "uptime", "asks", to={"dns": {}}),
    "NameLookup.name": rule(*DNS, "name", to="pay.youragency.com"),
    "NameLookup.server": rule(*DNS, "server", to="ns2.youragency.com"),
    "NameLookup.port": rule(*DNS, "port", to=5353),
    "NameLookup.records": rule(*DNS, "records", to={"A": "203.0.113.11"}),
    "NameLookup.within": rule(*DNS, "within", to="2s"),
    "SyntheticRequest.ping": rule("shop-line", "uptime", "asks", to={"ping": {}}),
    "Browser.recording": rule(*BROWSER, "recording", to="other"),
    "Browser.path": rule(*BROWSER, "path", to="/other"),
    "Browser.url": rule(*BROWSER, to={"recording": "order", "url": "https://pay.youragency.com/"}),
    "Browser.devices": rule(*BROWSER, "devices", to=["edge.tablet"]),
    "NamedRecording.name": rule(*BROWSER, "recording", to="other"),
    "NamedRecording.steps": at("recordings/order.json", "steps", to=[{"name": "Go on", "type": "refresh"}]),
    "RecordingStep.name": recorded(0, "name", to="Look at a lamp"),
    "RecordingStep.type": recorded(7, "type", to="scroll"),
    "RecordingStep.params": recorded(0, "params", to={"element": {"multiLocator": {"ab": "/html"}}}),
    "RecordingStep.allow-failure": recorded(0, "allowFailure", to=True),
    "RecordingStep.is-critical": recorded(16, "isCritical", to=False),
    "RecordingStep.timeout": recorded(0, "timeout", to=20),
    "RecordingStep.no-screenshot": recorded(0, "noScreenshot", to=True),
    "StepParameters.attribute": recorded(11, "params", "attribute", to="title"),
    "StepParameters.check": recorded(10, "params", "check", to="equals"),
    "StepParameters.click-type": recorded(0, "params", "clickType", to="double"),
    "StepParameters.click-with-javascript": recorded(0, "params", "clickWithJavascript", to=True),
    "StepParameters.code": recorded(15, "params", "code", to="return 1 === 1"),
    "StepParameters.delay": recorded(3, "params", "delay", to=50),
    "StepParameters.element": recorded(0, "params", "element", to={"multiLocator": {"ab": "/html"}}),
    "StepParameters.file": recorded(14, "params", "file", to={"name": "offer.pdf"}),
    "StepParameters.modifiers": recorded(5, "params", "modifiers", to=["Alt"]),
    "StepParameters.requests": recorded(18, "params", "requests", to=[{"url": "/orders", "count": 2}]),
    "StepParameters.value": recorded(2, "params", "value", to="/sign-in"),
    "StepParameters.x": recorded(8, "params", "x", to=5),
    "StepParameters.y": recorded(8, "params", "y", to=5),
    "PageElement.multi-locator": recorded(1, "params", "element", "multiLocator", to={"ab": "/html"}),
    "PageElement.target-outer-html": recorded(1, "params", "element", "targetOuterHTML", to="<b>"),
    "PageElement.shadow-htmls": recorded(1, "params", "element", "shadowHtmls", to=["<i>"]),
    "PageElement.url": recorded(1, "params", "element", "url", to="https://app.youragency.com/lamps"),
    "PageElement.user-locator": recorded(1, "params", "element", "userLocator", to={"values": [{"value": "a"}]}),
    "UserLocator.fail-test-on-cannot-locate": recorded(
        0, "params", "element", "userLocator", "failTestOnCannotLocate", to=False
    ),
    "UserLocator.values": recorded(0, "params", "element", "userLocator", "values", to=[{"value": "b.lamp"}]),
    "ElementSelector.type": recorded(0, "params", "element", "userLocator", "values", 0, "type", to="xpath"),
    "ElementSelector.value": recorded(0, "params", "element", "userLocator", "values", 0, "value", to="b.lamp"),
    "SyntheticRequest.browser": rule(*BROWSER, to={"recording": "other", "path": "/"}),
    "Ping.host": rule(*PING, "host", to="vpn.youragency.com"),
    "Ping.packets": rule(*PING, "packets", to=2),
    "Ping.loses-below": rule(*PING, "loses-below", to="50%"),
    "Ping.within": rule(*PING, "within", to="1s"),
    "SyntheticRequest.grpc": rule("shop-notes", "uptime", "asks", to={"grpc": {}}),
    "GrpcHealth.host": rule(*GRPC, "host", to="www.youragency.com"),
    "GrpcHealth.port": rule(*GRPC, "port", to=50051),
    "GrpcHealth.service": rule(*GRPC, "service", to="notes.v1.Search"),
    "GrpcHealth.within": rule(*GRPC, "within", to="2s"),
    "SyntheticRequest.connection": rule("shop-mail", "uptime", "asks", to={"connection": {"port": 25}}),
    "Certificate.valid-for": rule("shop-certificate", "uptime", "asks", "certificate", "valid-for", to="15d"),
    "Composite.all-of": rule("shop-gone", "composite", "all-of", to=["shop-elsewhere"]),
    "Composite.any-of": rule("shop-gone", "composite", "any-of", to=["shop-slow"]),
    "Composite.none-of": rule("shop-gone", "composite", "none-of", to=["shop-full"]),
    "Contact.high": at(ONCALL, "people", "ben", "contact", "high", to={"push": "0m", "phone": "3m"}),
    "Cron.project": rule("shop-nightly", "cron", "project", to="jobs"),
    "Cron.schedule": rule("shop-nightly", "cron", "schedule", to="40 2 * * *"),
    "Cron.time-zone": rule("shop-nightly", "cron", "time-zone", to="Europe/Paris"),
    "Cron.late-after": rule("shop-nightly", "cron", "late-after", to="11m"),
    "Cron.at-most": rule("shop-nightly", "cron", "at-most", to="50m"),
    "Cron.failures": rule("shop-nightly", "cron", "failures", to=3),
    "Cover.who": at(*COVER, "who", to="kit"),
    "Cover.instead-of": at(
        *COVER, to={"who": "kit", "instead-of": "ben", "from": "2026-01-20 09:00", "to": "2026-02-10 09:00"}
    ),
    "Cover.from": at(*COVER, "from", to="2026-02-02 09:00"),
    "Cover.to": at(*COVER, "to", to="2026-01-22 09:00"),
    "DatadogAccount.slack-account": at(PLATFORM, "datadog", "slack-account", to="other"),
    "Elsewhere.events-api": rule("shop-dead-letters", "elsewhere", "events-api", to="another host"),
    "Elsewhere.vendor": rule("shop-depth", "elsewhere", "vendor", to="GitHub"),
    "Elsewhere.email": rule("shop-backup", "elsewhere", "email", to="other@youragency.pagerduty.com"),
    "Elsewhere.detects-within": rule("shop-depth", "elsewhere", "detects-within", to="9m"),
    "Environment.url": at(*PRODUCTION, "url", to="https://www.youragency.com"),
    "Environment.owns-shared": at(
        PLATFORM,
        "environments",
        to={
            "prod": {"title": "P", "url": "https://app.youragency.com", "pages": False},
            "staging": {"title": "S", "url": "https://staging.youragency.com", "owns-shared": True},
        },
    ),
    "Environment.pages": at(*PRODUCTION, "pages", to=False),
    "Environment.slack": at(*PRODUCTION, "slack", to="everything"),
    "Environment.email": at(PLATFORM, "environments", "staging", "email", to=True),
    "Errors.project": rule("shop-failing", "errors", "project", to="jobs"),
    "Errors.where": rule("shop-failing", "errors", "where", to={"feature": "search"}),
    "Errors.more-than": rule("shop-failing", "errors", "more-than", to=11),
    "Errors.within": rule("shop-failing", "errors", "within", to="10m"),
    "Errors.each-event": rule("shop-failing", "errors", to={"project": "web", "each-event": True}),
    "Errors.per-issue": rule("shop-noisy", "errors", "per-issue", to=False),
    "Errors.counting": rule("shop-noisy", "errors", "counting", to="people"),
    "ForEachTenant.plan": rule("shop-customer-leak", "for-each-tenant", "plan", to="starter"),
    "ForEachTenant.except": rule("shop-customer", "for-each-tenant", "except", to=REMOVED),
    "Health.health": rule(*READY, "health", to="full"),
    "Health.components": rule(*READY, to={"health": "liveness", "within": "2s"}),
    "Health.within": rule(*READY, "within", to="1s"),
    "Issues.project": rule("shop-new-checkout", "issues", "project", to="jobs"),
    "Issues.when": rule("shop-new-checkout", "issues", "when", to=["regressed"]),
    "Issues.where": rule("shop-new-checkout", "issues", "where", to={"feature": "search"}),
    "Issues.level": rule("shop-new-checkout", "issues", "level", to="warning"),
    "Issues.priority": rule("shop-new-checkout", "issues", "priority", to="high"),
    "Issues.seen-at-least": rule("shop-new-checkout", "issues", "seen-at-least", to=11),
    "Issues.older-than": rule("shop-new-checkout", "issues", "older-than", to="2h"),
    "Issues.younger-than": rule("shop-new-checkout", "issues", "younger-than", to="1w"),
    "Issues.assigned-to": rule("shop-new-checkout", "issues", "assigned-to", to="nobody"),
    "Issues.latest-release": rule("shop-new-checkout", "issues", "latest-release", to=False),
    "Layer.anchor": at(*LAYER, "anchor", to="2026-01-05 10:00"),
    "Layer.turn": at(*LAYER, "turn", to="2w"),
    "Layer.people": at(*LAYER, "people", to=["ben", "ana"]),
    "Layer.only": at(*LAYER, "only", to=REMOVED),
    "Schedule.cover": at(*COVER[:-1], to=REMOVED),
    "Layer.until": at(*LAYER, "until", to="2027-01-05 09:00"),
    "Maintenance.time-zone": at(*WINDOW, "time-zone", to="America/New_York"),
    "Maintenance.from": at(*WINDOW, "from", to="2026-12-06 04:30"),
    "Maintenance.to": at(*WINDOW, "to", to="2026-12-06 04:30"),
    "Maintenance.services": at(*WINDOW, "services", to=["stripe"]),
    "Maintenance.environments": at(*WINDOW, "environments", to=["staging"]),
    "Maintenance.every": at(*WINDOW, "every", to="1w"),
    "Maintenance.days": at(*REINDEX, "days", to="mon,tue"),
    "Maintenance.until": at(*REINDEX, "until", to=date(2027, 2, 26)),
    "Maintenance.rules": at(*REINDEX, "rules", to=["shop-empty", "shop-slow"]),
    "Maintenance.where": at(*REINDEX, "where", to={"service": "other"}),
    "Metric.unit": at(*METRIC, "unit", to="ms"),
    "MetricSelector.where": rule("shop-orders", "slo", "good", "where", to={"shop": "north"}),
    "MetricSignal.where": rule(*SLOW, "where", to=REMOVED),
    "MetricSignal.by": rule(*SLOW, "by", to=["service"]),
    "MetricSignal.over": rule(*SLOW, "over", to="11m"),
    "MetricSignal.above": rule(*SLOW, "above", to="3s"),
    "MetricSignal.at-least": rule("shop-full", "metric", "at-least", to="3s"),
    "MetricSignal.at-most": rule("shop-empty", "metric", to={**EMPTY, "at-most": "10ms"}),
    "RawQuery.at-least": rule("shop-queue", "query", to={**QUEUE, "at-least": 100}),
    "RawQuery.at-most": rule("shop-few", "query", "at-most", to=2),
    "RawQuery.recovers-at": rule("shop-few", "query", "recovers-at", to=4),
    "MetricSignal.below": rule("shop-empty", "metric", "below", to="20ms"),
    "MetricSignal.recovers-at": rule("shop-full", "metric", "recovers-at", to="1500ms"),
    "Oncall.people": at(ONCALL, "people", "ben", "email", to="benno@youragency.com"),
    "Oncall.schedules": at(ONCALL, "schedules", "primary", "time-zone", to="Europe/London"),
    "Oncall.policies": at(ONCALL, "policies", "critical", "extra-rounds", to=2),
    "Page.json-values": rule(*BUY, "json-values", to={"$.state": "paid"}),
    "Page.json-schema": rule(*BUY, "json-schema", to=REMOVED),
    "Page.sends": rule(*BUY, "sends", to={"body": {"type": "json", "text": "{}"}}),
    "Page.follows-redirects": rule(*BUY, "follows-redirects", to=False),
    "SentRequest.headers": rule(*BUY, "sends", "headers", to={"accept": "text/html"}),
    "SentRequest.body": rule(*BUY, "sends", "body", to={"type": "form", "text": "id=1"}),
    "RequestBody.type": rule(*BUY, "sends", "body", "type", to="text"),
    "RequestBody.text": rule(*BUY, "sends", "body", "text", to="{}"),
    "Uptime.failing-for": rule("shop-buy", "uptime", "failing-for", to="20m"),
    "Page.url": rule("shop-elsewhere", "uptime", "asks", "page", "url", to="https://pay.youragency.com/now"),
    "Page.path": rule(*PAGE, "path", to="/basket"),
    "Page.status": rule(*PAGE, "status", to=200),
    "Page.within": rule(*PAGE, "within", to="1s"),
    "Page.contains": rule(*PAGE, "contains", to="basket"),
    "Page.headers": rule(*PAGE, "headers", to={"x-shop": "no"}),
    "Person.email": at(ONCALL, "people", "ben", "email", to="benno@youragency.com"),
    "Person.contact": at(ONCALL, "people", "ben", "contact", "high", to={"push": "0m", "phone": "3m"}),
    "Platform.name": at(PLATFORM, "name", to="other"),
    "Platform.environments": at(*PRODUCTION, "pages", to=False),
    "Platform.links": at(PLATFORM, "links", "runbooks", to="https://docs.youragency.com/books"),
    "Platform.tenancy": at(PLATFORM, "tenancy", "tenant-tag", to="feature"),
    "Platform.sentry": at(PLATFORM, "sentry", "organization", to="other"),
    "Platform.datadog": at(PLATFORM, "datadog", "slack-account", to="other"),
    "Links.runbooks": at(PLATFORM, "links", "runbooks", to="https://docs.youragency.com/books"),
    "Policy.steps": at(ONCALL, "policies", "critical", "steps", 0, "escalate-after", to="6m"),
    "Policy.extra-rounds": at(ONCALL, "policies", "critical", "extra-rounds", to=2),
    "Policy.acknowledgement-expires": at(ONCALL, "policies", "critical", "acknowledgement-expires", to="20m"),
    "Policy.support-hours": at(*OFFICE, to=REMOVED),
    "SupportHours.time-zone": at(*OFFICE, "time-zone", to="Europe/London"),
    "SupportHours.days": at(*OFFICE, "days", to="mon-thu"),
    "SupportHours.from": at(*OFFICE, "from", to="08:00"),
    "SupportHours.to": at(*OFFICE, "to", to="16:00"),
    "Policy.resolves-after": at(ONCALL, "policies", "critical", "resolves-after", to="4h"),
    "Policy.formerly": at(ONCALL, "policies", "critical", "formerly", to=["severe"]),
    "Policy.team": at(ONCALL, "policies", "critical", "team", to="shop"),
    "Promise.wakes": at(SEVERITIES, "P0", "wakes", to=REMOVED),
    "Promise.detects-within": at(SEVERITIES, "P1", "detects-within", to="1m"),
    "Promise.maintenance-at-most": at(SEVERITIES, "P1", "maintenance-at-most", to="10m"),
    "Promise.reminds-every": at(SEVERITIES, "P1", "reminds-every", to="30m"),
    "RawQuery.query": rule("shop-queue", "query", "query", to='logs("env:prod").rollup("count").last("10m")'),
    "RawQuery.above": rule("shop-queue", "query", "above", to=101),
    "RawQuery.below": rule("shop-queue", "query", to={**QUEUE, "below": 100}),
    "Restriction.days": at(*LAYER, "only", "days", to="mon-fri"),
    "Restriction.from": at(*LAYER, "only", "from", to="01:00"),
    "Restriction.to": at(*LAYER, "only", "to", to="23:00"),
    "Retry.times": rule("shop-up", "uptime", "retry", "times", to=2),
    "Retry.after": rule("shop-up", "uptime", "retry", "after", to="4s"),
    "Route.page": at(TEAMS, "platform", "routes", "P0", "page", to="standard"),
    "Route.slack": at(TEAMS, "platform", "routes", "P0", "slack", to=["others"]),
    "Route.microsoft-teams": at(TEAMS, "platform", "routes", "P2", "microsoft-teams", to=REMOVED),
    "Route.webhook": at(TEAMS, "platform", "routes", "P2", "webhook", to=REMOVED),
    "Route.opsgenie": at(TEAMS, "platform", "routes", "P2", "opsgenie", to=REMOVED),
    "Route.issue-owners": at(TEAMS, "platform", "routes", "P3", "issue-owners", to="nobody"),
    "Environment.microsoft-teams": at(PLATFORM, "environments", "staging", "microsoft-teams", to="web"),
    "SentryAccount.webhooks": at(PLATFORM, "sentry", "webhooks", "status-board", to="status-board-2"),
    "DatadogAccount.webhooks": at(PLATFORM, "datadog", "webhooks", to=[]),
    "DatadogAccount.opsgenie": at(PLATFORM, "datadog", "opsgenie", to=[]),
    "DatadogAccount.microsoft-teams": at(*TEAMS_CHANNEL[:-1], to=REMOVED),
    "TeamsChannel.tenant": at(*TEAMS_CHANNEL, "tenant", to="Other"),
    "TeamsChannel.team": at(*TEAMS_CHANNEL, "team", to="Other"),
    "TeamsChannel.channel": at(*TEAMS_CHANNEL, "channel", to="Other"),
    "Route.email": at(TEAMS, "platform", "routes", "P0", "email", to=["a@youragency.com"]),
    "Rule.id": rule("shop-failing", "id", to="shop-broken"),
    "Rule.severity": rule("shop-failing", "severity", to="P2"),
    "Rule.errors": rule("shop-failing", "errors", "more-than", to=11),
    "Rule.issues": rule("shop-new", "issues", "when", to=["new"]),
    "Rule.sentry-metric": rule("shop-rate", "sentry-metric", "above", to="6%"),
    "Rule.cron": rule("shop-nightly", "cron", "failures", to=3),
    "Rule.uptime": rule("shop-up", "uptime", "every", to="2m"),
    "Rule.metric": rule(*SLOW, "above", to="3s"),
    "Rule.query": rule("shop-queue", "query", "above", to=101),
    "Rule.composite": rule("shop-gone", "composite", "any-of", to=["shop-slow"]),
    "Rule.slo": rule("shop-orders", "slo", "objective", to="99.5%"),
    "Rule.elsewhere": rule("shop-depth", "elsewhere", "detects-within", to="9m"),
    "Rule.for-each-tenant": rule("shop-customer", "for-each-tenant", to=REMOVED),
    "Rule.team": rule("shop-failing", "team", to="shop"),
    "Rule.environments": rule("shop-failing", "environments", to=["prod"]),
    "Rule.reminds-at-most": rule("shop-full", "reminds-at-most", to=3),
    "Rule.reminder-text": rule("shop-slow", "reminder-text", to="It is still slow."),
    "Rule.reminds-every": rule("shop-slow", "reminds-every", to="47m"),
    "Rule.trial-until": rule("shop-failing", "trial-until", to=date(2027, 1, 1)),
    "Rule.formerly": rule("shop-failing", "formerly", to=["shop-former"]),
    "Schedule.time-zone": at(ONCALL, "schedules", "primary", "time-zone", to="Europe/London"),
    "Schedule.layers": at(*LAYER, "turn", to="2w"),
    "Schedule.formerly": at(ONCALL, "schedules", "primary", "formerly", to=["first"]),
    "SentryAccount.organization": at(PLATFORM, "sentry", "organization", to="other"),
    "SentryAccount.slack-workspace": at(PLATFORM, "sentry", "slack-workspace", to="Other"),
    "SentryAccount.pagerduty-account": at(PLATFORM, "sentry", "pagerduty-account", to="other"),
    "SentryAccount.teams": at(PLATFORM, "sentry", "teams", "platform", to="owners"),
    "SentryAccount.projects": at(*WEB, "environments", "prod", to="live"),
    "SentryMetric.project": rule("shop-rate", "sentry-metric", "project", to="jobs"),
    "SentryMetric.measure": rule("shop-wait", "sentry-metric", "measure", to="p99"),
    "SentryMetric.where": rule("shop-wait", "sentry-metric", "where", to={"feature": "search"}),
    "SentryMetric.over": rule("shop-rate", "sentry-metric", "over", to="15m"),
    "SentryMetric.above": rule("shop-rate", "sentry-metric", "above", to="6%"),
    "SentryProject.environments": at(*WEB, "environments", "prod", to="live"),
    "Service.team": at("services/shop.yaml", "team", to="shop"),
    "Service.readiness": at("services/stripe.yaml", "readiness", to=False),
    "Service.formerly": at("services/shop.yaml", "formerly", to=["store"]),
    "Service.rules": rule("shop-failing", "errors", "more-than", to=11),
    "Slo.good": rule("shop-orders", "slo", "good", to={"sum": "orders.all"}),
    "Slo.total": rule("shop-orders", "slo", "total", to={"sum": "orders.good"}),
    "Slo.objective": rule("shop-orders", "slo", "objective", to="99.5%"),
    "Slo.over": rule("shop-orders", "slo", "over", to="90d"),
    "Step.ask": at(ONCALL, "policies", "critical", "steps", 1, "ask", to=["ben"]),
    "Step.escalate-after": at(ONCALL, "policies", "critical", "steps", 0, "escalate-after", to="6m"),
    "SyntheticRequest.health": rule("shop-ready", "uptime", "asks", to={"page": {"path": "/"}}),
    "SyntheticRequest.page": rule("shop-up", "uptime", "asks", to={"page": {"path": "/"}}),
    "SyntheticRequest.certificate": rule("shop-old", "uptime", "asks", to={"certificate": {"valid-for": "9d"}}),
    "Team.routes": at(TEAMS, "platform", "routes", "P0", "page", to="standard"),
    "Tenancy.tenant-tag": at(PLATFORM, "tenancy", "tenant-tag", to="feature"),
    "Tenancy.plan-tag": at(PLATFORM, "tenancy", "plan-tag", to="feature"),
    "Tenant.plan": at("tenants.yaml", "globex", to={"title": "Globex", "plan": "enterprise"}),
    "TenantOverride.more-than": rule("shop-customer", "for-each-tenant", "except", "acme", "more-than", to=4),
    "TenantOverride.within": rule("shop-customer", "for-each-tenant", "except", "acme", "within", to="10m"),
    "TenantOverride.above": rule("shop-plan", "for-each-tenant", "except", "acme", "above", to="1500ms"),
    "Uptime.asks": rule("shop-up", "uptime", "asks", to={"page": {"path": "/"}}),
    "Uptime.methods": rule("shop-up", "uptime", "methods", to=["GET"]),
    "Uptime.every": rule("shop-up", "uptime", "every", to="2m"),
    "Uptime.regions": rule("shop-old", "uptime", "regions", to=["aws:us-east-1"]),
    "Uptime.failing-in": rule("shop-up", "uptime", "failing-in", to=1),
    "Uptime.retry": rule("shop-up", "uptime", "retry", to=REMOVED),
    "Waking.by": at(SEVERITIES, "P0", "wakes", "by", to=["push"]),
    "Waking.first-human-within": at(SEVERITIES, "P0", "wakes", "first-human-within", to="1m"),
    "Waking.second-human-within": at(SEVERITIES, "P0", "wakes", "second-human-within", to="5m"),
    "Contact.low": at(ONCALL, "people", "ben", "contact", "low", to={"phone": "1m"}),
    "DatadogAccount.metrics": at(*METRIC, "unit", to="ms"),
    "Elsewhere.posted-for": rule("shop-depth", "elsewhere", "posted-for", to="stakeholders"),
    "PagerDutyAccount.slack": at(PLATFORM, "pagerduty", "slack", to=False),
    "PagerDutyAccount.schedules": at(PLATFORM, "pagerduty", "schedules", to="shifts"),
    "Metric.kind": at(PLATFORM, "datadog", "metrics", "carts.left", "kind", to="gauge"),
    "MetricSelector.sum": rule("shop-orders", "slo", "good", to={"sum": "orders.all"}),
    "MetricSignal.sum": rule(*SLOW, to={"sum": "orders.all", "over": "10m", "above": 5, "when-silent": "alert"}),
    "Team.email": at(TEAMS, "platform", "email", to="b@youragency.com"),
    **{
        f"{entry}.{word}": rule(*place, word, to=value)
        for word, value in OPTIONS.items()
        for entry, place in (
            ("MetricSignal", ("shop-empty", "metric")),
            ("RawQuery", ("shop-few", "query")),
        )
    },
    **{f"MetricSelector.{word}": aggregated(word) for word in AGGREGATIONS},
    **{f"MetricSignal.{word}": aggregated(word) for word in AGGREGATIONS},
    **{word: change for case in CASES for word, change in reworded(case)},
}
"""Each word with a change of its value that shows in what is declared, or in what is proved."""

CHECKED: dict[str, Change] = {
    "Schedule.fairness": at(ONCALL, "schedules", "primary", "fairness", to={"nights": 0}),
    **{
        f"Fairness.{measure}": at(ONCALL, "schedules", "primary", "fairness", to={measure: 0})
        for measure in ("hours", "nights", "weekends", "holidays")
    },
    "DatadogAccount.regions": at(PLATFORM, "datadog", "regions", to=["aws:us-east-1"]),
    "Metric.quietest-per-minute": at(PLATFORM, "datadog", "metrics", "orders.all", "quietest-per-minute", to=0.01),
    "Metric.interval": at(PLATFORM, "datadog", "metrics", "trace.other", "interval", to="1h"),
    "Metric.tags": at(*METRIC, "tags", "env", to={"values": ["staging"]}),
    "SentryMetric.at-least": rule("shop-rate", "sentry-metric", "at-least", to=REMOVED),
    "SentryProject.quietest-per-minute": at(*WEB, "quietest-per-minute", to=1),
    "Accepted.retired": at("waivers.yaml", "retired", to={"shop-failing": RETIRED}),
    "Accepted.waivers": at("waivers.yaml", "waivers", to=[]),
    "Service.kind": at("services/stripe.yaml", to=OWN_STRIPE),
    "Service.service": at("services/stripe.yaml", "service", to="stripes"),
    "Service.depends-on": at("services/shop.yaml", "depends-on", to=["stripe"]),
    "Service.http": at("services/desk.yaml", "http", to=False),
    "Service.health": at("services/stripe.yaml", to=UNASKED_STRIPE),
    "SentryProject.tags": at(*WEB, "tags", "tenant", to=REMOVED),
    "SentryTag.personal": at(*WEB, "tags", "feature", "personal", to=True),
    "SentryTag.values": at(*WEB, "tags", "plan", "values", to=["starter"]),
    "DatadogTag.personal": at(*METRIC, "tags", "service", "personal", to=True),
    "Maintenance.still-wakes": at(*WINDOW, "still-wakes", to=["shop-slow"]),
    "Waiver.check": at("waivers.yaml", "waivers", 0, "check", to="rule-ids"),
    "Waiver.expires": at("waivers.yaml", "waivers", 0, "expires", to=date(2026, 1, 1)),
    "Waiver.finding": at("waivers.yaml", "waivers", 0, "finding", to="shop-slow: no runbook"),
    "Rule.same-symptom-as": rule("shop-failing", "same-symptom-as", to=["shop-ready"]),
    "Trace.min-traffic": rule("shop-web-failing", "trace", "min-traffic", to=REMOVED),
    "MetricRatio.min-traffic": rule("shop-failing-share", "ratio", "min-traffic", to=REMOVED),
    "Service.tier": at("services/desk.yaml", "tier", to="internal"),
    "DatadogTag.values": at(*METRIC, "tags", "env", "values", to=["staging"]),
}
"""Words that steer a check and nothing else, each with a change that makes it speak or fall silent."""

READ = "people read it: on pages, in messages, or in the list of rules"
EXCEPTIONS: dict[str, str] = {
    **dict.fromkeys(
        [
            *("Environment.title", "Maintenance.reason", "Maintenance.title", "Metric.sent-by", "Person.name"),
            *("Platform.title", "Policy.title", "Promise.title", "Retired.on", "Retired.reason", "Role.title"),
            "SyntheticStep.name",
            *("Rule.means", "Rule.title", "Rule.recovery-text", "Rule.no-data-text"),
            *("Schedule.title", "Service.title", "Team.title", "Tenant.title"),
            *(
                "Elsewhere.fires-when",
                "Waiver.owner",
                "Waiver.reason",
                "Service.status-page",
                "Links.dashboard",
                "SentryProject.platform",
            ),
        ],
        READ,
    ),
    **dict.fromkeys(
        [
            f"{kind}.{word}"
            for kind in ("EventSearch", "LogSearch", "ServiceCheck")
            for word in ("arrives-after", "full-window")
        ],
        "Datadog takes it on metrics alone, and the loader refuses it",
    ),
    **dict.fromkeys(["Oncall.roles", "Role.ask", "Role.does"], "an incident's pages and drill name who does it"),
    **dict.fromkeys(
        ["Promise.public-updates", *(f"PublicUpdates.{word}" for word in ("first-within", *STAGES))],
        "a drill and the templates say when the public hears again",
    ),
    **dict.fromkeys(["Platform.format", "Tenancy.plans"], "the loader refuses every other value"),
    **dict.fromkeys(
        ["DatadogAccount.site", "PagerDutyAccount.subdomain", "Platform.pagerduty"],
        "it names the account that is asked; a Plan without accounts does not hold it",
    ),
    "Person.login": "the pipeline asks that account to look at a change of the person's own shifts",
    "Links.on-call": "each dashboard leads there, which is a text",
    "Person.region": "the calendar shows its holidays, and fairness counts them where it bounds them",
    "Person.time-zone": "a drill and the page of people show a person's hours in it",
    "SentryProject.forwards": "it lists tags in Slack messages, which are texts",
}
"""Words without a consequence that a program can see, each with the reason."""


@cache
def before(what: Callable[[Catalog], Any], rules: Rules | None = None) -> Any:
    return what(base(rules))


@pytest.mark.parametrize("word", DECLARED)
def test_a_word_changes_what_is_declared_or_proved(word: str):
    assert any(changes_something(*DECLARED[word], rules) for rules in (rules_around(*DECLARED[word]), None))


def changes_something(path: Path, value: Any, rules: Rules | None) -> bool:
    """Whether a change has a consequence on a platform of these rules, or of all."""
    changed = loaded(written(path, value, rules))
    return any(consequence(changed) != before(consequence, rules) for consequence in DECLARATIONS)


@pytest.mark.parametrize("word", CHECKED)
def test_a_word_changes_what_a_check_says(word: str):
    assert findings_of(loaded(written(*CHECKED[word]))) != before(findings_of)


@pytest.mark.parametrize("word", [*DECLARED, *CHECKED])
def test_a_review_knows_what_a_changed_word_does(word: str):
    path, value = {**DECLARED, **CHECKED}[word]
    rules = rules_around(path, value) if is_in_rule(path) else None
    unchanged, changed = base(rules), loaded(written(path, value, rules))
    effects = [*review(unchanged, changed, AT).effects, *review(changed, unchanged, AT).effects]
    assert [effect.id for effect in effects if effect.kind is EffectKind.UNEXPLAINED] == []


def test_every_word_has_a_consequence_or_a_reason():
    assert sorted({*DECLARED, *CHECKED, *EXCEPTIONS}) == sorted(words())
