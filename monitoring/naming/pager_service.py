"""The PagerDuty service between a rule and its escalation policy."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.oncall import SupportHours
from monitoring.model.severity import urgency
from monitoring.model.signals import Elsewhere


class PagerService(NamedTuple):
    """One per service, policy, urgency and, outside of the environment that owns what is shared, environment.

    A rule whose signal lives elsewhere has one of its own, named by the rule's id alone: another severity, policy or
    team changes it in place, and the key stays that people have put into the system that sends.

    Where its policy has support hours, these decide the urgency, and its name still says that of the severity: so the
    hours come and go in place, and the history of its incidents stays.

    Its name has letters, digits and dashes only, because Datadog makes the handle `@pagerduty-NAME` of it. `former`
    are the names that it had before its service or its policy was renamed.
    """

    name: str
    former: tuple[str, ...]
    policy: str
    urgency: str
    hours: SupportHours | None = None


def pager_service(catalog: Catalog, rule: EffectiveRule) -> PagerService | None:
    """The PagerDuty service through which a rule pages; None where it pages nobody."""
    policy = rule.route.page
    if policy is None:
        return None
    loudness = urgency(rule.severity)
    hours = catalog.oncall.policies[policy].support_hours
    if isinstance(rule.rule.signal, Elsewhere):
        return PagerService(rule.id, rule.former_ids, policy, loudness, hours)
    services = (rule.service.service, *rule.service.formerly)
    policies = (policy, *catalog.oncall.policies[policy].formerly)
    place = "" if rule.environment == catalog.shared_environment else f"-{rule.environment}"
    name, *former = _names(services, policies, f"{loudness}{place}")
    return PagerService(name, tuple(former), policy, loudness, hours)


@lru_cache(maxsize=16_384)
def _names(services: tuple[str, ...], policies: tuple[str, ...], ending: str) -> tuple[str, ...]:
    """The name of a PagerDuty service, and every former one; the same for all rules of a service at one urgency."""
    return tuple(f"{service}-{policy}-{ending}" for service in services for policy in policies)


def slack_connection_name(service: str, channel: str) -> str:
    """The connection of a PagerDuty service to a Slack channel; no id of a rule and no channel has a dot."""
    return f"{service}.{channel}"


def integration_name(service: str, vendor: str) -> str:
    """The key with which a vendor sends to a PagerDuty service."""
    return f"{service}-{vendor}"
