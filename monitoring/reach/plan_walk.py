"""The proof over a Plan: what was declared, followed by the vendors' own fields, against what the catalog promises.

A rule is found by its id, which is its resources' name for ever; from there on nothing of ours is believed: Datadog's
routing goes by tags and transitions, its pager by service object and key, Sentry's by monitor ids, row and key,
PagerDuty's by references, urgency, layers and targets as they are sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from monitoring.errors import Source, UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.signals import Uptime
from monitoring.oncall.clock import instant, midnight
from monitoring.plan import Plan, Resource, loads
from monitoring.reach.escalation import Groups, Policy
from monitoring.reach.phrases import both_clocks
from monitoring.reach.plan_people import POLICY, Asked, LostError, asked_by, referred, title
from monitoring.reach.proof import YEAR, Proof, prove, waking_channels
from monitoring.reach.wiring import Break, Chain, Mute, Page, Roster, chains, roster, rules_to_prove

MONITOR = "datadog:index/monitor:Monitor"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
ROUTING = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
HANDLE = "datadog:pagerduty/serviceObject:ServiceObject"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
ALERT = "sentry:index/alert:Alert"
METRIC_MONITOR = "sentry:index/metricMonitor:MetricMonitor"
CRON_MONITOR = "sentry:index/cronMonitor:CronMonitor"
ERROR_MONITOR = "sentry:index/getProjectErrorMonitor:getProjectErrorMonitor"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
KEY = "pagerduty:index/serviceIntegration:ServiceIntegration"
PAGER = "pagerduty:index/service:Service"
FIRES = (MONITOR, TEST, ALERT)
MOST_BYTES = 50_000_000

ALERTS, RECOVERS = "transition_type:is_alert", "transition_type:is_recovery"


def read_plan(path: Path) -> Plan:
    """The Plan in a file; UsageError where there is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f'--plan "{path}" is larger than {MOST_BYTES} bytes, and so is no plan')
        return loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise UsageError(f'--plan "{path}": {wrong}; make one with "monitoring preview --format json"') from None


def prove_plan(plan: Plan, catalog: Catalog, *, environment: str, today: date, horizon: int = YEAR) -> Proof:
    """The proof of a Plan: the catalog's promises, kept or not by what the Plan declares.

    What a rule becomes when its trial ends is not in a Plan, and so is left to the proof of the catalog.
    """
    start = midnight(today)
    asked = asked_by(plan, catalog, start, start + horizon)
    promised = [chain for chain in chains(catalog, environment, today) if chain.since is None]
    policies = sorted({page.policy for chain in promised for page in chain.pages})
    rules = tuple(chain.rule for chain in promised)
    walk = _Walk(plan, catalog, rules, asked, roster(catalog, start, start + horizon, policies))
    return prove(
        [walk.chain(one) for one in promised],
        asked.roster,
        environment,
        rules_to_prove(catalog, environment),
        waking_channels(promise.wakes for promise in catalog.severities.values()),
    )


@dataclass
class _Walk:
    plan: Plan
    catalog: Catalog
    rules: tuple[str, ...]
    asked: Asked
    promised: Roster

    def chain(self, chain: Chain) -> Chain:
        """The chain with the plan's pages and mutes, and a break for each thing that is not as it should be."""
        fires = self.fires[chain.rule]
        lost, pages, mutes = list[LostError](), list[Page](), set[Mute]()
        if len(fires) < self._expected(chain):
            why = f"the plan declares {len(fires)} of {self._expected(chain)} resources that fire for it"
            lost.append(LostError("signal", why, "declare the others"))
        for resource in fires:
            found, problems = self._followed(resource, chain)
            pages.extend(found)
            lost.extend(problems)
            mutes.update(self._mutes(resource))
        lost.extend(self._unlike(chain, list(dict.fromkeys(pages)), mutes))
        source = Source(f"plan {self.plan.stack}")
        breaks = tuple(dict.fromkeys(Break(one.hop, one.why, one.fix, source) for one in lost))
        known = tuple(dict.fromkeys(page for page in pages if page.policy in self.asked.roster.policies))
        return replace(chain, pages=known, mutes=tuple(sorted(mutes, key=_start)), breaks=breaks, until=None)

    @cached_property
    def fires(self) -> Mapping[str, list[Resource]]:
        """What can fire, by the rule whose id its name begins with; the longest id wins."""
        rules = sorted(self.rules, key=len)
        found: dict[str, list[Resource]] = {rule: [] for rule in rules}
        for resource in self.plan.resources:
            if resource.type in FIRES:
                near = [rule for rule in rules if resource.name == rule or resource.name.startswith(f"{rule}-")]
                if near:
                    found[near[-1]].append(resource)
        return found

    def _expected(self, chain: Chain) -> int:
        _, rule = self.catalog.rules[chain.catalog_rule]
        return len(rule.uptime.methods) if isinstance(rule.signal, Uptime) and rule.uptime else 1

    def _followed(self, resource: Resource, chain: Chain) -> tuple[list[Page], list[LostError]]:
        ways = self._from_sentry(resource, chain) if resource.type == ALERT else self._from_datadog(resource)
        pages, lost = list[Page](), list[LostError]()
        for way in ways:
            try:
                pages.append(way())
            except LostError as wrong:
                lost.append(wrong)
        return pages, lost

    # --- Datadog -------------------------------------------------------------------------------------------

    def _from_datadog(self, resource: Resource) -> Iterator[Callable[[], Page]]:
        yield from _silent(resource)
        told = self._told(resource, ALERTS)
        recovered = self._told(resource, RECOVERS)
        for handle in sorted(told):
            yield lambda handle=handle: self._by_handle(handle)  # type: ignore[misc]
        for handle in sorted(told - recovered):
            why = f'"{handle}" is told of an alert of "{resource.name}" and never of its recovery'
            yield _losing("recovery", f"{why}, so the incident stays open", "tell it of recoveries too")

    def _told(self, resource: Resource, transition: str) -> set[str]:
        """The pager handles that hear of a transition: by every notification rule that matches, and in the message."""
        told = set(re.findall(r"@(pagerduty-[\w.\-]+)", str(resource.inputs.get("message", ""))))
        priority = resource.inputs.get("priority") or _options(resource).get("monitorPriority")
        for rule in self.plan.of_type(ROUTING):
            if _matches(rule, _tags(resource)):
                told |= {name for name in _recipients(rule, transition, str(priority)) if name.startswith("pagerduty-")}
        return told

    def _by_handle(self, handle: str) -> Page:
        name = handle.removeprefix("pagerduty-")
        known = [one for one in self.plan.of_type(HANDLE) if one.inputs.get("serviceName") == name]
        if not known:
            raise LostError("handle", f'datadog knows no pagerduty service "{name}"', "declare its service object")
        return self._by_key(f'datadog\'s "{name}"', name, known[0].inputs.get("serviceKey"))

    # --- Sentry --------------------------------------------------------------------------------------------

    def _from_sentry(self, alert: Resource, chain: Chain) -> Iterator[Callable[[], Page]]:
        yield from _switched_off(alert)
        yield from self._watched(alert, chain)
        for filters in alert.inputs.get("actionFilters") or ():
            for action in filters.get("actions") or ():
                if "pagerduty" in action:
                    yield lambda to=action["pagerduty"]: self._by_row(alert, to)  # type: ignore[misc]

    def _watched(self, alert: Resource, chain: Chain) -> Iterator[Callable[[], Page]]:
        watched = alert.inputs.get("monitorIds") or ()
        if not watched:
            yield _losing("monitor", f'the alert "{alert.name}" watches no monitor', "give it the monitor's id")
        for value in watched:
            monitor = referred(self.plan, value, METRIC_MONITOR) or referred(self.plan, value, CRON_MONITOR)
            if monitor is not None:
                yield from self._monitored(alert, monitor, chain)
            elif not isinstance(value, Mapping) or value.get("lookup") != ERROR_MONITOR:
                yield _losing("monitor", f'the alert "{alert.name}" watches what is no monitor', "refer to a monitor")

    def _monitored(self, alert: Resource, monitor: Resource, chain: Chain) -> Iterator[Callable[[], Page]]:
        yield from _switched_off(monitor)
        if not monitor.name.startswith(chain.rule):
            why = f'the alert "{alert.name}" watches the monitor "{monitor.name}" of another rule'
            yield _losing("monitor", why, "refer to its own monitor")
        if monitor.type == METRIC_MONITOR:
            yield from _opens_and_closes(monitor)
            if monitor.inputs.get("environment") != alert.inputs.get("environment"):
                why = f'the alert "{alert.name}" and its monitor watch different environments'
                yield _losing("environment", why, "give both the same")
        missing = [name for name in ("firstSeenEvent", "regressionEvent") if not _triggers(alert, name)]
        if missing:
            why = f'the alert "{alert.name}" has no trigger {" and ".join(missing)}'
            yield _losing("trigger", f"{why}, so an issue that opens or opens again is not told", "add the trigger")

    def _by_row(self, alert: Resource, action: Mapping[str, Any]) -> Page:
        row = referred(self.plan, action.get("serviceId"), ROW)
        if row is None:
            raise LostError("row", f'the alert "{alert.name}" pages what is no row of sentry', "refer to the row's id")
        name = row.inputs.get("service")
        if action.get("serviceName") != name:
            why = f'the alert "{alert.name}" names "{action.get("serviceName")}", and its row is "{name}"'
            raise LostError("row", why, "name the row's own service")
        return self._by_key(f'sentry\'s "{name}"', str(name), row.inputs.get("integrationKey"))

    # --- PagerDuty -----------------------------------------------------------------------------------------

    def _by_key(self, where: str, name: str, key: Any) -> Page:
        integration = referred(self.plan, key, KEY, "integrationKey")
        service = referred(self.plan, integration.inputs.get("service"), PAGER) if integration else None
        if service is None:
            raise LostError("key", f"{where} has no key of a pagerduty service in the plan", "refer to integrationKey")
        if title(service) != name:
            why = f'{where} carries the key of the pagerduty service "{title(service)}"'
            raise LostError("key", why, "give it the key of its own service")
        return self._page(service)

    def _page(self, service: Resource) -> Page:
        policy = referred(self.plan, service.inputs.get("escalationPolicy"), POLICY)
        if policy is None:
            why = f'the policy of the pagerduty service "{title(service)}" is not in this plan'
            raise LostError("policy", why, "walk the plan of the environment that owns it")
        if title(policy) in self.asked.lost:
            raise self.asked.lost[title(policy)]
        return Page(title(service), title(policy), _urgency(service))

    # --- against the catalog -------------------------------------------------------------------------------

    def _unlike(self, chain: Chain, pages: Sequence[Page], mutes: Iterable[Mute]) -> Iterator[LostError]:
        if len(pages) > 1:
            named = " and ".join(f'"{page.service}"' for page in pages)
            yield LostError("service", f"it arrives at {named}, so people are paged twice", "let one filter match it")
        if chain.pages and not pages:
            yield LostError("route", "nothing that it fires arrives at pagerduty", "route it to its service")
        if pages and not chain.pages:
            yield LostError("route", f'it arrives at "{pages[0].service}", and the catalog pages nobody', "take it out")
        for said in chain.pages[:1]:
            for page in pages:
                yield from self._page_unlike(said, page)
        yield from self._mutes_unlike(chain, mutes)

    def _page_unlike(self, said: Page, page: Page) -> Iterator[LostError]:
        if page.urgency != said.urgency:
            why = f'the pagerduty service "{page.service}" has {page.urgency} urgency, and {said.urgency} is right'
            yield LostError("urgency", why, "declare the urgency of the severity")
        one, other = self.promised.policies[said.policy], self.asked.roster.policies[page.policy]
        yield from self._policy_unlike(one, other, self.promised.zone(said.policy))

    def _policy_unlike(self, said: Policy, found: Policy, zone_name: str) -> Iterator[LostError]:
        shape, shaped = _shape(said), _shape(found)
        if shape != shaped:
            why = f'the policy "{found.name}" has {shaped}, and the catalog says {shape}'
            yield LostError("policy", why, "declare the policy's steps and rounds")
            return
        for number, (one, other) in enumerate(zip(said.steps, found.steps, strict=True), start=1):
            unlike = _first_unlike(one.groups, other.groups, self.promised.start)
            if unlike is not None:
                at, who, instead = unlike
                when = both_clocks(at, zone_name)
                why = f'step {number} of "{found.name}" asks {instead} on {when}, and the catalog says {who}'
                yield LostError("schedule", why, "send the layers as the catalog has them")

    def _mutes_unlike(self, chain: Chain, mutes: Iterable[Mute]) -> Iterator[LostError]:
        start, end = self.promised.start, self.promised.end
        said = {(one.start, one.end) for one in chain.mutes if one.start < end and one.end > start}
        found = {(one.start, one.end): one.name for one in mutes if one.start < end and one.end > start}
        for span in sorted(set(found) - said):
            why = f'the downtime "{found[span]}" mutes it, and the catalog knows no such maintenance'
            yield LostError("maintenance", why, "take the downtime away, or declare it in maintenance.yaml")
        if said - set(found):
            yield LostError("maintenance", "a planned window does not mute it", "declare the downtime")

    def _mutes(self, resource: Resource) -> Iterator[Mute]:
        for downtime in self.plan.of_type(DOWNTIME):
            identified = downtime.inputs.get("monitorIdentifier") or {}
            tags, window = identified.get("monitorTags"), downtime.inputs.get("oneTimeSchedule")
            by_id = referred(self.plan, identified.get("monitorId"), resource.type)
            if (tags and set(tags) <= _tags(resource)) or (by_id is not None and by_id.key == resource.key):
                yield _mute(downtime, window or {}, self.promised)


def _start(mute: Mute) -> int:
    return mute.start


def _mute(downtime: Resource, window: Mapping[str, Any], span: Roster) -> Mute:
    """The window of a downtime; one without an end, or that recurs, is taken to mute everything from its start."""
    start = instant(datetime.fromisoformat(window["start"])) if window.get("start") else span.start
    end = instant(datetime.fromisoformat(window["end"])) if window.get("end") else span.end
    return Mute(downtime.name, start, end)


def _losing(hop: str, why: str, fix: str) -> Callable[[], Page]:
    def lose() -> Page:
        raise LostError(hop, why, fix)

    return lose


def _silent(resource: Resource) -> Iterator[Callable[[], Page]]:
    if resource.type == TEST and resource.inputs.get("status") != "live":
        why = f'the test "{resource.name}" is {resource.inputs.get("status") or "without status"}'
        yield _losing("signal", f"{why} and asks nothing", 'declare status "live"')
    if resource.type == MONITOR and resource.inputs.get("draftStatus", "published") != "published":
        yield _losing("signal", f'the monitor "{resource.name}" is a draft and notifies nobody', "publish it")


def _switched_off(resource: Resource) -> Iterator[Callable[[], Page]]:
    if resource.inputs.get("enabled", True) is not True:
        yield _losing("signal", f'sentry\'s {resource.kind} "{resource.name}" is switched off', "enable it")


def _opens_and_closes(monitor: Resource) -> Iterator[Callable[[], Page]]:
    group = monitor.inputs.get("conditionGroup") or {}
    results = [one.get("conditionResult", 0) for one in group.get("conditions") or ()]
    if not any(result > 0 for result in results):
        yield _losing("signal", f'the monitor "{monitor.name}" has no level that opens an issue', "give it one")
    if 0 not in results:
        why = f'the monitor "{monitor.name}" has no level that resolves its issue'
        yield _losing("recovery", f"{why}, so the incident stays open", "add its recovery")


def _triggers(alert: Resource, name: str) -> bool:
    triggers = alert.inputs.get("triggerConditions") or ()
    return not triggers or any(name in one for one in triggers)


def _tags(resource: Resource) -> set[str]:
    return {tag for tag in resource.inputs.get("tags") or () if isinstance(tag, str)}


def _options(resource: Resource) -> Mapping[str, Any]:
    options = resource.inputs.get("optionsList")
    return options if isinstance(options, Mapping) else {}


def _matches(rule: Resource, tags: set[str]) -> bool:
    """Whether a notification rule's filter takes a monitor: all of its tags, or a scope of tags with AND and NOT."""
    filtered = rule.inputs.get("filter") or {}
    if filtered.get("tags"):
        return set(filtered["tags"]) <= tags
    terms = re.split(r"\s+AND\s+", str(filtered.get("scope") or ""))
    return any(terms) and all(
        term.removeprefix("NOT ") not in tags if term.startswith("NOT ") else term in tags for term in terms
    )


def _recipients(rule: Resource, transition: str, priority: str) -> set[str]:
    """Who hears of a transition: the recipients of each condition that it meets, else the fallback's."""
    conditional = rule.inputs.get("conditionalRecipients")
    if not isinstance(conditional, Mapping):
        return _texts(rule.inputs.get("recipients"))
    met = [
        _texts(one.get("recipients"))
        for one in conditional.get("conditions") or ()
        if one.get("scope") in (transition, f"priority:p{priority}")
    ]
    return set().union(*met) if met else _texts(conditional.get("fallbackRecipients"))


def _texts(values: Any) -> set[str]:
    return {value for value in values or () if isinstance(value, str)}


def _urgency(service: Resource) -> str:
    rule = service.inputs.get("incidentUrgencyRule") or {"type": "constant", "urgency": "high"}  # PagerDuty's default
    if rule.get("type") != "constant" or rule.get("urgency") not in ("high", "low"):
        why = f'the pagerduty service "{title(service)}" has an urgency that changes, which this cannot follow'
        raise LostError("urgency", why, "give it a constant urgency, high or low")
    return str(rule["urgency"])


def _shape(policy: Policy) -> str:
    delays = ", ".join(f"{step.delay // 60}m" for step in policy.steps)
    return f"steps of {delays} in {policy.rounds} rounds"


def _first_unlike(one: Groups, other: Groups, start: int) -> tuple[int, str, str] | None:
    """The first instant at which two steps ask different people, and both of them in words."""
    for moment in sorted({start, *one.starts, *other.starts}):
        if start <= moment < min(one.end, other.end) and set(one.at(moment)) != set(other.at(moment)):
            return moment, *(", ".join(sorted(each.at(moment))) or "nobody" for each in (one, other))  # type: ignore[return-value]
    return None
