"""Catalogs as hypothesis makes them, in which every id may begin like another one, and whose each resource is.

Each entry has a title of its own, by which a test knows whose a resource is without its name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.naming import type_tokens as of
from monitoring.plan import Plan, Resource, references
from tests.factories import texts
from tests.resources.every_signal import COUNTS

PARTS = ("a", "b", "shop", "head", "others", "critical", "high", "p0", "sentry")
IDS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map("-".join)
SIGNALS = (
    "errors: {project: web, each-event: true}",
    "errors: {project: web, more-than: 5, within: 1h, per-issue: true}",
    "sentry-metric: {project: web, measure: failure_rate, over: 10m, above: 5%, at-least: 100 events}",
    'cron: {project: web, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}',
    "slo: {good: {sum: orders.good}, total: {sum: orders.all}, objective: 99.9%}",
    "metric: {avg: trace.request, over: 2h, below: 10ms, when-silent: resolve}",
    'query: {query: "avg(last_5m):avg:system.load.1{*}", above: 100, when-silent: resolve}',
    "uptime: {asks: {page: {path: /}}, methods: [GET, HEAD], every: 5m, regions: [aws:eu-central-1]}",
    "uptime: {asks: {page: {path: /}}, methods: [HEAD, GET], every: 5m, regions: [aws:eu-central-1]}",
    "composite: {all-of: [shop-slow]}",
)
FOR_EACH_TENANT = tuple(
    f"{signal}\n    for-each-tenant: {{plan: enterprise}}"
    for signal in SIGNALS
    if signal.startswith(("errors", "sentry"))
)
SENDER = "      tags: {env: {values: [prod, staging]}, service: {values: [shop]}}\n"
RULE = st.tuples(
    st.sampled_from(SIGNALS + FOR_EACH_TENANT), st.sampled_from(("P0", "P1", "P2", "P3")), st.booleans(), st.booleans()
)
Rules = Sequence[tuple[str, tuple[str, str, bool, bool]]]


def _rule(number: int, id_: str, form: tuple[str, str, bool, bool]) -> str:
    signal, severity, in_trial, renamed = form
    trial = "    trial-until: 2027-01-31\n" if in_trial else ""
    former = f"    formerly: [old-{id_}]\n" if renamed else ""
    head = f"  - id: {id_}\n    title: Rule {number} of all fires\n    severity: {severity}\n    means: It fires.\n"
    return f"{head}{trial}{former}    {signal}\n"


def _service(number: int, name: str, rules: Sequence[str]) -> str:
    head = f"service: {name}\ntitle: Service {number} of all\nteam: platform\ntier: standard\nformerly: [old-{name}]\n"
    return f"{head}rules:\n{''.join(rules)}"


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A catalog of up to three services beside the shop, each with rules, tenants and mutes of its own."""
    services = draw(st.lists(IDS.filter(lambda name: name != "shop"), min_size=1, max_size=3, unique=True))
    tenants = draw(st.lists(IDS.filter(lambda name: name != "others"), max_size=3, unique=True))
    windows = draw(st.lists(IDS, max_size=3, unique=True))
    policy = draw(IDS)
    taken = ("shop-failing", "shop-slow")
    ids = draw(st.lists(IDS.filter(lambda id_: id_ not in taken), min_size=3, max_size=8, unique=True))
    written = [_rule(number, id_, draw(RULE)) for number, id_ in enumerate(ids)]
    rules = {name: written[place :: len(services)] for place, name in enumerate(services)}
    files = {f"services_{name}": _service(number, name, rules[name]) for number, name in enumerate(services)}
    everywhere = f"[{', '.join(('shop', *services))}]"
    return load_texts(
        texts(
            ("platform.yaml", SENDER, SENDER.rstrip() + COUNTS),
            ("oncall.yaml", "  critical:\n", f"  {policy}:\n"),
            **files,
            tenants="".join(f"{name}: {{title: T, plan: enterprise}}\n" for name in tenants) or "{}\n",
            teams=_teams(policy),
            maintenance="".join(_window(place, name, everywhere) for place, name in enumerate(windows)) or "{}\n",
        )
    )


def _teams(policy: str) -> str:
    paging = "".join(f"    {severity}: {{page: {policy}, slack: [alerts]}}\n" for severity in ("P0", "P1", "P2"))
    head = "platform:\n  title: Platform\n  email: oncall@youragency.com\n"
    return f"{head}  routes:\n{paging}    P3: {{slack: [alerts]}}\n"


def _window(number: int, name: str, services: str) -> str:
    times = 'from: "2026-12-06 04:00", to: "2026-12-06 05:00"'
    words = f"title: Window {number} of all, time-zone: Etc/UTC, {times}, services: {services}"
    return f"{name}: {{{words}, environments: [prod, staging], reason: It must be}}\n"


# --- whose a resource is, by what it says ----------------------------------------------------------------------


def owner_by_contents(plan: Plan, catalog: Catalog, resource: Resource) -> tuple[str, str]:
    """Kind and name of the entry whose title, tag or description a resource carries."""
    match resource.type:
        case of.SCHEDULE | of.ESCALATION_POLICY:
            kind = "schedule" if resource.type == of.SCHEDULE else "policy"
            return kind, resource.inputs["description"].partition(" in the catalog")[0].rpartition(" ")[2]
        case of.DOWNTIME:
            return "maintenance", _titled({name: each.title for name, each in catalog.maintenance.items()}, resource)
        case of.SERVICE | of.SERVICE_INTEGRATION if "Fires when: " in _pager(plan, resource).inputs["description"]:
            return "rule", _titled(
                {id_: rule.title for id_, (_, rule) in catalog.rules.items()}, _pager(plan, resource)
            )
        case of.SERVICE | of.SERVICE_INTEGRATION | of.SENTRY_ROW | of.SERVICE_OBJECT:
            titles = {name: each.title for name, each in catalog.services.items()}
            return "service", _titled(titles, _pager(plan, resource))
        case of.NOTIFICATION_RULE:
            (tag,) = (tag for tag in resource.inputs["filter"]["tags"] if tag.startswith("service:"))
            return "service", tag.removeprefix("service:")
        case of.DASHBOARD if ": " in (title := json.loads(resource.inputs["dashboard"])["title"]):
            return "service", title.rpartition(": ")[2]
        case of.DASHBOARD | of.SLACK_CHANNEL | of.SYNTHETICS_VARIABLE:
            return "platform", ""
        case _:
            return "rule", _titled({id_: rule.title for id_, (_, rule) in catalog.rules.items()}, resource)


def acting_id_by_contents(plan: Plan, resource: Resource) -> str:
    """The id with which a rule acts, from the title that a vendor shows; a cron monitor has it for its name."""
    shown = _pager(plan, resource) if resource.type == of.SERVICE_INTEGRATION else resource
    name = shown.inputs["name"]
    return name.rpartition("(")[2].partition(")")[0] if "(" in name else str(name)


def _pager(plan: Plan, resource: Resource) -> Resource:
    """The PagerDuty service to which a resource leads."""
    if resource.type == of.SERVICE:
        return resource
    return _pager(plan, plan.by_key[next(references(resource.inputs))["ref"]])


def _titled(titles: Mapping[str, str], resource: Resource) -> str:
    words = " ".join(str(resource.inputs.get(key, "")) for key in ("name", "description", "message"))
    return max((name for name, title in titles.items() if title in words), key=lambda name: len(titles[name]))
