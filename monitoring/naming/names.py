"""The names of what a catalog becomes; the id with which a rule acts, which most of them begin with, is the model's."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from monitoring.model.burn_rates import BurnRate
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, acts_in
from monitoring.model.service import Service
from monitoring.model.signals import Uptime
from monitoring.model.signals.uptime_pages import Method

# The longest names that the vendors take. Sentry: metric monitor 200, uptime monitor 128, alert 256, cron slug 50 (its
# API description);
# Datadog: notification rule 1000; PagerDuty: service, policy and schedule 255 (API descriptions).
MAX_SENTRY_MONITOR = 200
MAX_SENTRY_UPTIME = 128
MAX_CRON_SLUG = 50
MAX_PAGERDUTY_NAME = 255


# --- resources -------------------------------------------------------------------------------------------------


def test_name(acting_id: str, signal: Uptime, method: Method) -> str:
    """The rule's id for its first method, so that adding another never renames it."""
    return acting_id if method == signal.methods[0] else later_test_name(acting_id, method)


def later_test_name(acting_id: str, method: Method) -> str:
    """The test of a rule's second method."""
    return f"{acting_id}-{method.lower()}"


def burn_name(acting_id: str, rate: BurnRate) -> str:
    """What tells the monitors of one SLO apart: their long windows."""
    return f"{acting_id}-{rate.long_hours}h"


def route_name(rule: EffectiveRule) -> str:
    """The notification rule that a rule's tags match: one per service, severity and team."""
    return _route_name(rule, rule.service.service)


def former_route_names(rule: EffectiveRule) -> tuple[str, ...]:
    """The names that a rule's notification rule had before its service was renamed."""
    return tuple(_route_name(rule, old) for old in rule.service.formerly)


def _route_name(rule: EffectiveRule, service: str) -> str:
    own = "" if rule.team == rule.service.team else f"-{rule.team}"
    return f"{service}-{rule.severity.value.lower()}{own}"


def downtime_name(window: str, service: str) -> str:
    """The mute of one service in a maintenance window."""
    return f"{window}-{service}"


def dashboard_name(catalog: Catalog) -> str:
    """The dashboard of the whole platform."""
    return catalog.platform.name


def service_dashboard_name(catalog: Catalog, service: str) -> str:
    """The dashboard of one service."""
    return f"{dashboard_name(catalog)}-{service}"


def secret_variable(catalog: Catalog, environment: str, secret: str) -> str:
    """The name at Datadog of the variable that holds a secret of one environment's tests.

    Ids have no two dashes in a row, so that no two secrets of an account share a name. Its letters: a rule of the
    provider's (DataDog/terraform-provider-datadog, resource_datadog_synthetics_global_variable.go).
    """
    return "__".join((catalog.platform.name, environment, secret)).upper().replace("-", "_")


# --- as the vendors show them ----------------------------------------------------------------------------------


def schedule_title(catalog: Catalog, name: str) -> str:
    """A schedule's name at PagerDuty."""
    return f"{catalog.platform.title}: {catalog.oncall.schedules[name].title or name}"


def layered_title(catalog: Catalog, name: str) -> str:
    """The name of a schedule with layers; another one as long as there is a shift-based schedule beside it."""
    title = schedule_title(catalog, name)
    return f"{title}, layers" if catalog.platform.pagerduty.has_shifts else title


def layer_title(number: int) -> str:
    """A layer's name at PagerDuty, by its place in the schedule, from 1."""
    return f"Layer {number}"


def shift_title(layer: int, *, once: bool) -> str:
    """The name of a layer's recurring shift at PagerDuty, or of one that comes once."""
    return f"{layer_title(layer)}, once" if once else layer_title(layer)


def policy_title(catalog: Catalog, name: str) -> str:
    """A policy's name at PagerDuty."""
    return f"{catalog.platform.title}: {catalog.oncall.policies[name].title or name}"


def dashboard_title(catalog: Catalog, environment: str) -> str:
    """The title at Datadog of the platform's dashboard."""
    return f"{catalog.platform.title} ({environment})"


def service_dashboard_title(catalog: Catalog, environment: str, service: str) -> str:
    """The title at Datadog of a service's dashboard; its id ends it, so that no two are alike."""
    return f"{dashboard_title(catalog, environment)}: {service}"


# --- where people look -----------------------------------------------------------------------------------------


def dashboard_url(catalog: Catalog, title: str) -> str:
    """A link that finds a dashboard by its title, since Datadog chooses its id."""
    return f"{catalog.platform.links.dashboard}?q={_quoted(title)}"


@lru_cache(maxsize=16_384)
def _quoted(title: str) -> str:
    """A title in a link; each stands in every message of its rules."""
    return quote(title)


def rule_dashboard_url(catalog: Catalog, rule: EffectiveRule) -> str:
    """A link to the dashboard of a rule's service; to the platform's where the service has none of its own."""
    service = rule.service
    if has_dashboard(catalog, service, rule.environment):
        return dashboard_url(catalog, service_dashboard_title(catalog, rule.environment, service.service))
    return dashboard_url(catalog, dashboard_title(catalog, rule.environment))


def has_dashboard(catalog: Catalog, service: Service, environment: str) -> bool:
    """Whether a service has a dashboard of its own in an environment: where Datadog watches something of it."""
    return any(rule.signal.watcher == "datadog" and acts_in(catalog, rule, environment) for rule in service.rules)


def runbook_url(catalog: Catalog, rule_id: str) -> str:
    """Where a rule's runbook is read."""
    return f"{catalog.platform.links.runbooks}/{rule_id}"


def runbook_path(rule_id: str) -> str:
    """Where a rule's runbook is written, below the documents' folder."""
    return f"runbooks/{rule_id}.md"
