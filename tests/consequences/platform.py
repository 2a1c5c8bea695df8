"""A platform that uses every word of the catalog's rules, and what follows from it apart from texts and names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import asdict
from datetime import date
from functools import cache, partial
from typing import Any, get_args

import yaml

from monitoring.checks import examine
from monitoring.cli.reach import as_json
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.model.recording import RECORDINGS
from monitoring.reach.proof import prove_catalog
from tests.resources.every_signal import declared, every_text

TODAY = date(2026, 11, 23)
HORIZON = 40 * 86_400
Files = dict[str, Any]
Path = tuple[str | int, ...]
REMOVED = object()
SHOP_FILE = "services/shop.yaml"
# What people read, and what is named or sorted by: no consequence of a word.
TEXTS = frozenset({"name", "title", "message", "description", "tags", "notes", "dashboard", "slug", "source", "rule"})

MORE = """
  - {id: shop-ready, title: The shop is not ready, severity: P1, means: It does not serve., uptime:
      {asks: {health: {health: readiness, components: [shop], within: 2s}}, every: 1m, regions: [aws:eu-central-1]}}
  - {id: shop-full, title: The shop uses much, severity: P2, means: It is slow soon., metric:
      {avg: trace.other, over: 15m, at-least: 2s, recovers-at: 1s, when-silent: resolve}}
  - {id: shop-few, title: Few wait, severity: P3, means: Few wait., query:
      {query: "avg(last_5m):avg:trace.other{env:prod} by {env,service}", at-most: 1, recovers-at: 3,
      when-silent: alert, full-window: true}}
  - {id: shop-carts, title: Carts are left, severity: P3, means: People go away., metric:
      {sum: carts.left, over: 1h, above: 100, when-silent: resolve}}
  - {id: shop-old, title: The own certificate is old, severity: P3, means: It ends., uptime:
      {asks: {certificate: {valid-for: 14d}}, every: 6h, regions: [aws:eu-central-1]}}
  - {id: shop-plan, title: A customer waits, severity: P3, means: It waits., sentry-metric:
      {project: web, measure: p95, over: 1h, above: 2s},
      for-each-tenant: {plan: enterprise, except: {acme: {above: 1s}}}}
"""
WAIVER = {
    "check": "rule-runbook",
    "finding": "shop-failing: no runbook",
    "reason": "It is being written.",
    "owner": "platform",
    "expires": date(2027, 1, 31),
}
STRIPE = {
    "service": "stripe",
    "title": "Stripe",
    "team": "platform",
    "tier": "critical",
    "kind": "external",
    "status-page": "https://status.stripe.com",
    "health": "stripe",
    "readiness": True,
}
DESK = {
    "service": "desk", "title": "Desk", "team": "platform", "tier": "critical",
    "rules": [{
        "id": "desk-slow", "title": "The desk is slow", "means": "People at the desk wait.", "severity": "P1",
        "metric": {"p95": "trace.request", "over": "10m", "above": "2s", "when-silent": "alert"},
    }],
}  # fmt: skip
OFFICE_HOURS = {"time-zone": "Europe/Berlin", "days": "mon-fri", "from": "09:00", "to": "17:00"}
RECEIVERS = {"microsoft-teams": ["web"], "webhook": ["status-board"], "opsgenie": ["Platform_1"]}
WEB = {"tenant": "Your Agency", "team": "Platform", "channel": "Web alerts"}
COVER = {"who": "ben", "instead-of": "ana", "from": "2026-01-20 09:00", "to": "2026-02-10 09:00"}


@cache
def _base() -> Files:
    files = {name: yaml.safe_load(text) for name, text in every_text().items()}
    platform, oncall, teams = files["platform.yaml"], files["oncall.yaml"], files["teams.yaml"]
    web = platform["sentry"]["projects"]["web"]
    platform["sentry"]["projects"]["jobs"] = {**deepcopy(web), "platform": "python"}
    platform["sentry"]["teams"]["shop"] = "shop"
    platform["pagerduty"]["slack"] = True
    platform["tenancy"]["plans"] = ["enterprise", "starter"]
    for project in platform["sentry"]["projects"].values():
        project["tags"]["plan"]["values"] = ["enterprise", "starter"]
    platform["datadog"]["metrics"]["carts.left"] = deepcopy(platform["datadog"]["metrics"]["orders.good"])
    platform["datadog"]["metrics"]["trace.other"] = deepcopy(platform["datadog"]["metrics"]["trace.request"])
    oncall["policies"]["standard"] = {"steps": [{"ask": ["ben"], "escalate-after": "9m"}]}
    oncall["schedules"]["primary"]["layers"][0]["only"] = {"days": "mon-sun", "from": "00:30", "to": "23:30"}
    oncall["schedules"]["primary"]["layers"].insert(0, {"anchor": "2026-01-05 09:00", "turn": "1w", "people": ["ben"]})
    oncall["schedules"]["primary"]["cover"] = [COVER]
    teams["shop"] = deepcopy(teams["platform"]) | {"title": "Shop"}
    teams["shop"]["routes"]["P0"] = {"page": "standard", "slack": ["shop"]}
    shop = files[SHOP_FILE]
    shop |= {"health": "shop", "readiness": True}
    platform["datadog"]["metrics"]["orders.good"]["tags"]["shop"] = {"values": ["north", "south"]}
    oncall["policies"]["office"] = {"steps": [{"ask": ["ben"], "escalate-after": "9m"}], "support-hours": OFFICE_HOURS}
    teams["platform"]["routes"]["P2"] |= {"page": "office", **RECEIVERS}
    teams["platform"]["routes"]["P3"] |= {"issue-owners": "active-members"}
    platform["sentry"]["webhooks"] = {"status-board": "status-board-1a2b3c"}
    platform["datadog"] |= {"webhooks": ["status-board"], "opsgenie": ["Platform_1"], "microsoft-teams": {"web": WEB}}
    teams["platform"]["routes"]["P1"]["email"] = ["oncall@youragency.com"]
    files["waivers.yaml"]["waivers"] = [WAIVER]
    files["services/stripe.yaml"] = STRIPE
    files["services/desk.yaml"] = DESK
    files["recordings/other.json"] = {"steps": [{"name": "Go on", "type": "refresh"}]}
    shop["rules"] += yaml.safe_load(MORE)
    return files


Rules = frozenset[str]
"""Rules by their ids."""


def rules_around(path: Path, value: Any) -> Rules:
    """The rules that a change is about: the one that it is made in, and all that it or another file names.

    What a change does is as plain on a platform of these rules alone, whose Plan is much smaller.
    """
    others = {file: content for file, content in _base().items() if file != SHOP_FILE}
    return frozenset(_with_named({*_rules_at(path), *_named_in(value), *_named_in(others)}))


def is_in_rule(path: Path) -> bool:
    """Whether a path leads into one of the shop's rules, or into what the browser of one does."""
    return bool(_rules_at(path))


def _rules_at(path: Path) -> set[str]:
    if path[:2] == (SHOP_FILE, "rules"):
        return {str(path[2])}
    folder, _, file = str(path[0]).partition("/")
    recording = json.dumps({"recording": file.removesuffix(".json")}).strip("{}")
    return {rule["id"] for rule in _shop_rules() if folder == RECORDINGS and recording in json.dumps(rule)}


def _with_named(rules: set[str]) -> set[str]:
    named = {other for rule in _shop_rules() if rule["id"] in rules for other in _named_in(rule)}
    return rules if named <= rules else _with_named(rules | named)


def _named_in(value: Any) -> Iterator[str]:
    text = json.dumps(value, default=str)
    return (rule["id"] for rule in _shop_rules() if json.dumps(rule["id"]) in text)


def _shop_rules() -> list[Any]:
    rules: list[Any] = _base()[SHOP_FILE]["rules"]
    return rules


@cache
def _files(rules: Rules | None) -> Files:
    if rules is None:
        return _base()
    kept = [rule for rule in _shop_rules() if rule["id"] in rules]
    return _base() | {SHOP_FILE: _base()[SHOP_FILE] | {"rules": kept}}


def written(path: Path, value: Any, rules: Rules | None = None) -> Files:
    """The platform's files, with all of the shop's rules or these alone, and one value changed, added or removed.

    A rule is found by its id.
    """
    files = deepcopy(_files(rules))
    *parents, last = path
    place: Any = files
    for step in parents:
        place = _inside(place, step)
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return files


def _inside(place: Any, step: str | int) -> Any:
    if isinstance(place, list) and isinstance(step, str):
        return next(entry for entry in place if entry["id"] == step)
    return place.setdefault(step, {}) if isinstance(place, dict) else place[step]


def loaded(files: Files) -> Catalog:
    """The files as the loader reads them."""
    return load_texts(texts_of(files))


def texts_of(files: Files) -> dict[str, bytes]:
    """The files as they stand in a folder: recordings as JSON, all others as YAML."""
    return {name: _spelled(name, content).encode() for name, content in files.items()}


def _spelled(name: str, content: Any) -> str:
    if name.endswith(".json"):
        return json.dumps(content)
    return str(yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False))


@cache
def base(rules: Rules | None = None) -> Catalog:
    """The platform, unchanged, with all of the shop's rules or these alone."""
    return loaded(_files(rules))


def plan_of(environment: str, catalog: Catalog) -> str:
    """What the program declares and looks up in an environment, without texts, names and routing tags."""
    plan = declared(catalog, environment)
    resources = [(resource.type, bare(resource.inputs), resource.aliases) for resource in plan.resources]
    return json.dumps([resources, [asdict(lookup) for lookup in plan.lookups]], sort_keys=True, default=str)


def proof_of(catalog: Catalog) -> str:
    """What is proved of prod in forty days, without texts, names and lines."""
    proof = prove_catalog(catalog, environment="prod", today=TODAY, horizon=HORIZON)
    return json.dumps(bare(as_json(proof)), sort_keys=True, default=str)


DECLARATIONS: tuple[Callable[[Catalog], str], ...] = (partial(plan_of, "prod"), partial(plan_of, "staging"), proof_of)
"""What is declared in both environments, and what is proved; the cheapest first."""


def findings_of(catalog: Catalog) -> frozenset[tuple[str, str]]:
    """What the checks say, by check and key."""
    report = examine(catalog, TODAY, {})
    return frozenset((reported.check, reported.finding.key) for reported in report.unwaived)


def bare(value: Any) -> Any:
    """A value without the texts in it."""
    if isinstance(value, Mapping):
        return {name: bare(inner) for name, inner in value.items() if name not in TEXTS}
    if isinstance(value, list | tuple):
        return [bare(inner) for inner in value]
    return value


def words() -> Iterator[str]:
    """Every word of every kind of entry, as `Class.word`; what is expected is typed by hand and makes nothing."""
    for entry in sorted(entries(), key=lambda entry: entry.__name__):
        yield from (f"{entry.__name__}.{name.strip('_').replace('_', '-')}" for name in entry.model_fields)


def entries() -> list[Any]:
    """Every kind of entry that a person writes in the catalog, but for expectations.

    What only gives its words to others is not written by itself: a kind with subclasses is one where a word holds it.
    """
    from monitoring.model import expectation
    from monitoring.model.entry import Entry

    kinds, waiting = set(), [Entry]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        kinds.add(kind)
    home, typed = Entry.__module__.rpartition(".")[0], expectation.__name__
    in_catalog = (kind for kind in kinds if kind is not Entry and kind.__module__.startswith(home))
    held = {part for kind in kinds for field in kind.model_fields.values() for part in parts_of(field.annotation)}
    written = (kind for kind in in_catalog if not kind.__subclasses__() or kind in held)
    return [kind for kind in written if kind.__module__ != typed]


def parts_of(annotation: Any) -> Iterator[Any]:
    """An annotation and the types in it."""
    yield annotation
    for part in get_args(annotation):
        yield from parts_of(part)
