"""The kinds of damage, and for each the guard that has to turn red.

A kind whose guard is `review` leaves nothing wrong in itself: no guard can know what was meant, and what it does to
people is for the command that compares two catalogs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from monitoring.model.service import SIGNAL_FIELDS
from tests.mutation.guards import LOADER, PROOF
from tests.mutation.tree import Entry, Tree

REVIEW = "review"
Apply = Callable[[Tree], object]
OFFICE = {"time-zone": "Europe/Berlin", "days": "mon-fri", "from": "09:00", "to": "17:00"}
Places = Iterator[tuple[str, Apply]]
Sites = Callable[[Tree], Places]


@dataclass(frozen=True)
class Kind:
    """A kind of damage: what it does, where it can be done, and which guards must find it (any one of them)."""

    name: str
    guards: frozenset[str]
    sites: Sites


@dataclass(frozen=True)
class Damage:
    """One damage at one place."""

    kind: Kind
    site: str
    apply: Apply

    @property
    def name(self) -> str:
        """What stands in the list of survivors."""
        return f"{self.kind.name} @ {self.site}"


KINDS: list[Kind] = []


def kind(name: str, *guards: str) -> Callable[[Sites], Sites]:
    """Adds a kind of damage."""

    def add(sites: Sites) -> Sites:
        KINDS.append(Kind(name, frozenset(guards), sites))
        return sites

    return add


def at(change: Callable[..., object], *names: object) -> Apply:
    """A change that is done at these names."""
    return lambda tree: change(tree, *names)


def damages(tree: Tree) -> Iterator[Damage]:
    """Every damage of every kind at every place where it can be done."""
    for one in KINDS:
        for site, apply in one.sites(tree):
            yield Damage(one, site, apply)


def waking_rules(tree: Tree) -> Iterator[Entry]:
    """Rules whose severity wakes."""
    return (rule for rule in tree.rules() if tree.severities[rule["severity"]].get("wakes"))


def used_routes(tree: Tree) -> Iterator[tuple[str, str]]:
    """Teams and severities whose routes some rule takes."""
    pairs = ((str(rule.get("team", tree.home(rule["id"])["team"])), str(rule["severity"])) for rule in tree.rules())
    return iter(sorted(set(pairs)))


def paged_policies(tree: Tree) -> list[str]:
    """Policies that wake for some rule."""
    wakes = [(team, severity) for team, severity in used_routes(tree) if tree.severities[severity].get("wakes")]
    return sorted({tree.teams[team]["routes"][severity]["page"] for team, severity in wakes})


def signal_of(rule: Entry) -> tuple[str, Entry]:
    """A rule's signal, by its word."""
    return next((word, rule[word]) for word in SIGNAL_FIELDS if word in rule)


def rules_watching(tree: Tree, word: str) -> Iterator[Entry]:
    """Rules with a signal of that word."""
    return (rule for rule in tree.rules() if word in rule)


def put(rule: str, word: str, key: str, value: Any) -> Apply:
    """Sets a word of a rule's signal."""
    return lambda tree: tree.rule(rule)[word].__setitem__(key, value)


def in_page(words: Entry) -> Apply:
    """Adds words to the page that the website's rule asks."""
    return lambda tree: tree.rule("website-uptime")["uptime"]["asks"]["page"].update(words)


# --- routes and receivers --------------------------------------------------------------------------------------


@kind("drop a route", "rule-route", "team-routes", "waking-routes", PROOF)
def _(tree: Tree) -> Places:
    for team, severity in used_routes(tree):
        yield f"{team} {severity}", at(lambda t, a, b: t.teams[a]["routes"].pop(b), team, severity)


@kind("a waking route loses its page", "waking-routes", PROOF)
def _(tree: Tree) -> Places:
    for team, severity in used_routes(tree):
        if tree.severities[severity].get("wakes"):
            yield f"{team} {severity}", at(lambda t, a, b: t.teams[a]["routes"][b].pop("page"), team, severity)


@kind("a route pages a policy that does not exist", LOADER)
def _(tree: Tree) -> Places:
    for team, severity in used_routes(tree):
        if "page" in tree.teams[team]["routes"][severity]:
            yield (
                f"{team} {severity}",
                at(lambda t, a, b: t.teams[a]["routes"][b].update(page="critcal"), team, severity),
            )


@kind("a severity that sleeps pages loudly", "severity-matters", "promise-order", LOADER, PROOF)
def _(tree: Tree) -> Places:
    for severity in ("P2", "P3"):
        wakes = {"by": ["phone"], "first-human-within": "1m", "second-human-within": "2m"}
        yield severity, at(lambda t, a, b: t.severities[a].update(wakes=b), severity, wakes)


@kind("P1 pages like P0", "severity-matters")
def _(tree: Tree) -> Places:
    def same(t: Tree) -> None:
        t.severities["P1"] = dict(t.severities["P0"])
        for team in t.teams.values():
            team["routes"]["P1"] = dict(team["routes"]["P0"])

    yield "every team", same


@kind("a route's Slack channel is misspelt", "spelled-alike")
def _(tree: Tree) -> Places:
    yield "platform P2", lambda t: t.teams["platform"]["routes"]["P2"].update(slack=["alerts-erors"])


@kind("a receiver that no vendor of the route's rules can reach", "receiver-reached")
def _(tree: Tree) -> Places:
    for name, severity in used_routes(tree):
        yield (
            f"{name} {severity}",
            at(lambda t, a, b: t.teams[a]["routes"][b].update(webhook=["board"]), name, severity),
        )


@kind("tell the owners of issues where no rule is about one", "receiver-reached")
def _(tree: Tree) -> Places:
    owners = {"issue-owners": "active-members"}
    for name, severity in used_routes(tree):
        yield f"{name} {severity}", at(lambda t, a, b: t.teams[a]["routes"][b].update(owners), name, severity)


@kind("page the owners of issues alone", PROOF, "waking-routes")
def _(tree: Tree) -> Places:
    owners = {"issue-owners": "all-members"}
    for name, severity in used_routes(tree):
        if tree.teams[name]["routes"][severity].get("page") and tree.severities[severity].get("wakes"):
            yield f"{name} {severity}", at(lambda t, a, b: t.teams[a]["routes"].update({b: owners}), name, severity)


@kind("support hours on a policy that must wake", PROOF)
def _(tree: Tree) -> Places:
    for name in paged_policies(tree):
        yield name, at(lambda t, a: t.oncall["policies"][a].update({"support-hours": dict(OFFICE)}), name)


# --- people ----------------------------------------------------------------------------------------------------


@kind("take a person's waking channel", "waking-contact", PROOF)
def _(tree: Tree) -> Places:
    for person in tree.oncall["people"]:
        yield person, at(lambda t, a: t.oncall["people"][a]["contact"]["high"].pop("phone"), person)


@kind("delay a contact beyond the promise", "waking-contact", PROOF)
def _(tree: Tree) -> Places:
    for person in tree.oncall["people"]:
        yield person, at(lambda t, a: t.oncall["people"][a]["contact"]["high"].update(phone="45m"), person)


@kind("delay a contact to the minute of the escalation", "waking-contact", PROOF)
def _(tree: Tree) -> Places:
    for person in ("ana", "ben", "chi", "dee"):
        yield person, at(lambda t, a: t.oncall["people"][a]["contact"]["high"].update(phone="5m"), person)


@kind("remove a person who is on call", LOADER)
def _(tree: Tree) -> Places:
    for person in tree.oncall["people"]:
        yield person, at(lambda t, a: t.oncall["people"].pop(a), person)


@kind("add a person whom nobody asks", "unused")
def _(tree: Tree) -> Places:
    def spare(t: Tree) -> None:
        t.oncall["people"]["zoe"] = {**t.oncall["people"]["ana"], "name": "Zoe Example", "email": "zoe@youragency.com"}

    yield "zoe", spare


@kind("two people share one address", "names-differ", "second-human", LOADER)
def _(tree: Tree) -> Places:
    yield "chi as ana", lambda t: t.oncall["people"]["chi"].update(email="ana@youragency.com")


@kind("a person's time zone does not exist", LOADER)
def _(tree: Tree) -> Places:
    yield "ana", lambda t: t.oncall["people"]["ana"].update({"time-zone": "Europe/Lisboa"})


# --- schedules -------------------------------------------------------------------------------------------------


@kind("empty a layer", LOADER)
def _(tree: Tree) -> Places:
    for name in tree.oncall["schedules"]:
        yield name, at(lambda t, a: t.oncall["schedules"][a]["layers"][0].update(people=[]), name)


@kind("move an anchor years ahead", "schedule-alive")
def _(tree: Tree) -> Places:
    for name in ("primary", "security"):
        yield name, at(lambda t, a: _every_layer(t, a, anchor="2031-01-06 09:00"), name)


@kind("end a schedule's layers within the horizon", "schedule-alive")
def _(tree: Tree) -> Places:
    for name in ("primary", "security"):
        yield name, at(lambda t, a: _every_layer(t, a, until="2027-03-01 09:00"), name)


@kind("restrict a schedule to working hours", REVIEW)
def _(tree: Tree) -> Places:
    for name in ("primary", "security"):
        hours = {"days": "mon-fri", "from": "09:00", "to": "17:00"}
        yield name, at(lambda t, a, b: _every_layer(t, a, only=b), name, hours)


def _every_layer(tree: Tree, name: str, **words: Any) -> None:
    for layer in tree.oncall["schedules"][name]["layers"]:
        layer.update(words)


@kind("one person in every turn of both first schedules", "second-human", "consecutive-steps", PROOF)
def _(tree: Tree) -> Places:
    def alone(t: Tree) -> None:
        for name in ("primary", "secondary", "lead"):
            t.oncall["schedules"][name]["layers"][0]["people"] = ["ana"]
            t.oncall["schedules"][name].pop("fairness", None)

    yield "ana", alone


@kind("align the second schedule with the first", "consecutive-steps", "second-human", PROOF)
def _(tree: Tree) -> Places:
    def aligned(t: Tree) -> None:
        schedules = t.oncall["schedules"]
        schedules["secondary"]["layers"] = [dict(layer) for layer in schedules["primary"]["layers"]]

    yield "secondary as primary", aligned


@kind("hand over in the hour that a clock change skips", "handoff-clock-change")
def _(tree: Tree) -> Places:
    for name in tree.oncall["schedules"]:
        yield name, at(lambda t, a: _every_layer(t, a, anchor="2026-01-04 02:30"), name)


@kind("a schedule in a time zone that PagerDuty does not take", "schedule-zones")
def _(tree: Tree) -> Places:
    for name in tree.oncall["schedules"]:
        yield name, at(lambda t, a: t.oncall["schedules"][a].update({"time-zone": "Europe/Oslo"}), name)


@kind("a cover that is over still stands there", "covers")
def _(tree: Tree) -> Places:
    for name, who, instead in (("primary", "eve", "ana"), ("security", "ana", "eve")):
        cover = {"who": who, "instead-of": instead, "from": "2026-02-02 09:00", "to": "2026-03-09 09:00"}
        yield name, at(lambda t, a, b: t.oncall["schedules"][a].update({"cover": [b]}), name, cover)


@kind("nights over a weekend that read like one stretch", "window-days")
def _(tree: Tree) -> Places:
    for name in ("primary", "security"):
        hours = {"days": "fri-mon", "from": "17:00", "to": "09:00"}
        yield name, at(lambda t, a, b: _every_layer(t, a, only=b), name, hours)


@kind("an anchor at a time that the clock skips", LOADER)
def _(tree: Tree) -> Places:
    for name in ("primary", "security"):
        yield name, at(lambda t, a: _every_layer(t, a, anchor="2027-03-28 02:30"), name)


@kind("a turn shorter than PagerDuty takes", LOADER)
def _(tree: Tree) -> Places:
    for name in tree.oncall["schedules"]:
        yield name, at(lambda t, a: _every_layer(t, a, turn="30m"), name)


@kind("rotate people in another order", REVIEW)
def _(tree: Tree) -> Places:
    yield "lead", lambda t: t.oncall["schedules"]["lead"]["layers"][0]["people"].reverse()


# --- policies --------------------------------------------------------------------------------------------------


@kind("remove every step but the first", "second-human", "unused", PROOF)
def _(tree: Tree) -> Places:
    for name in paged_policies(tree):
        if name != "critical":  # its first step asks two people, so nothing is lost
            yield (
                name,
                at(lambda t, a: t.oncall["policies"][a].update(steps=t.oncall["policies"][a]["steps"][:1]), name),
            )


@kind("remove a policy's first step", REVIEW)
def _(tree: Tree) -> Places:
    yield "standard", lambda t: t.oncall["policies"]["standard"]["steps"].pop(0)


@kind("empty a step", LOADER)
def _(tree: Tree) -> Places:
    for name in tree.oncall["policies"]:
        yield name, at(lambda t, a: t.oncall["policies"][a]["steps"][0].update(ask=[]), name)


@kind("point a policy at itself", LOADER)
def _(tree: Tree) -> Places:
    for name in tree.oncall["policies"]:
        yield name, at(lambda t, a: t.oncall["policies"][a]["steps"][0].update(ask=[f"policy-{a}"]), name)


@kind("escalate only after an hour", PROOF)
def _(tree: Tree) -> Places:
    for name in ("standard", "security"):
        yield name, at(lambda t, a: t.oncall["policies"][a]["steps"][0].update({"escalate-after": "1h"}), name)


@kind("escalate sooner than PagerDuty takes", LOADER, "step-delays")
def _(tree: Tree) -> Places:
    for name in tree.oncall["policies"]:
        yield name, at(lambda t, a: t.oncall["policies"][a]["steps"][0].update({"escalate-after": "30s"}), name)


@kind("escalate before the phone rings", "waking-contact", "step-delays", PROOF)
def _(tree: Tree) -> Places:
    for name in paged_policies(tree):
        yield name, at(lambda t, a: t.oncall["policies"][a]["steps"][0].update({"escalate-after": "1m"}), name)


@kind("ask the same schedule in consecutive steps", "consecutive-steps", PROOF)
def _(tree: Tree) -> Places:
    for name in paged_policies(tree):
        yield (
            name,
            at(lambda t, a: t.oncall["policies"][a]["steps"].insert(1, t.oncall["policies"][a]["steps"][0]), name),
        )


@kind("more extra rounds than PagerDuty takes", LOADER)
def _(tree: Tree) -> Places:
    yield "critical", lambda t: t.oncall["policies"]["critical"].update({"extra-rounds": 10})


@kind("fewer extra rounds", REVIEW)
def _(tree: Tree) -> Places:
    yield "critical", lambda t: t.oncall["policies"]["critical"].update({"extra-rounds": 1})


# --- severities and environments -------------------------------------------------------------------------------


@kind("promise more than the policies hold", PROOF)
def _(tree: Tree) -> Places:
    for severity in ("P0", "P1"):
        yield severity, at(lambda t, a: t.severities[a]["wakes"].update({"first-human-within": "1m"}), severity)


@kind("a waking severity no longer wakes", "promise-order", "severity-matters", "tier-contract", PROOF)
def _(tree: Tree) -> Places:
    def asleep(t: Tree, severity: str) -> None:
        t.severities[severity].pop("wakes")
        t.severities[severity].pop("public-updates")  # which nobody would be awake to write

    yield "P0", at(asleep, "P0")


@kind("a public notice that nobody is awake to write", LOADER)
def _(tree: Tree) -> Places:
    for severity in ("P0", "P1"):
        yield severity, at(lambda t, a: t.severities[a].pop("wakes"), severity)


@kind("a public notice before a human is promised", LOADER)
def _(tree: Tree) -> Places:
    for severity in ("P0", "P1"):
        yield severity, at(lambda t, a: t.severities[a]["public-updates"].update({"first-within": "1m"}), severity)


@kind("the public hears of a P0 later than of a P1", "promise-order")
def _(tree: Tree) -> Places:
    for word in ("first-within", "investigating", "identified", "monitoring"):
        yield word, at(lambda t, a: t.severities["P0"]["public-updates"].update({a: "1d"}), word)


@kind("a role whom nobody can be asked for", LOADER)
def _(tree: Tree) -> Places:
    for role in tree.files["oncall.yaml"]["roles"]:
        yield role, at(lambda t, a: t.files["oncall.yaml"]["roles"][a].update(ask=["nobody"]), role)


@kind("swap the promises of P0 and P1", "promise-order", "severity-matters", PROOF)
def _(tree: Tree) -> Places:
    def swapped(t: Tree) -> None:
        t.severities["P0"], t.severities["P1"] = t.severities["P1"], t.severities["P0"]

    yield "P0 and P1", swapped


@kind("wake by a channel that wakes nobody", "waking-contact", PROOF)
def _(tree: Tree) -> Places:
    for severity in ("P0", "P1"):
        yield severity, at(lambda t, a: t.severities[a]["wakes"].update(by=["sms"]), severity)


@kind("staging pages", "environment-caps")
def _(tree: Tree) -> Places:
    yield "staging", lambda t: t.platform["environments"]["staging"].update(pages=True)


@kind("production pages nobody", "environment-caps", "waking-routes", "waking-contact", PROOF)
def _(tree: Tree) -> Places:
    yield "prod", lambda t: t.platform["environments"]["prod"].update(pages=False)


@kind("staging writes into production's channel", "environment-caps")
def _(tree: Tree) -> Places:
    yield "staging", lambda t: t.platform["environments"]["staging"].update(slack="alerts-critical")


@kind("two environments own what is shared", LOADER)
def _(tree: Tree) -> Places:
    yield "staging", lambda t: t.platform["environments"]["staging"].update({"owns-shared": True})


# --- rules -----------------------------------------------------------------------------------------------------


@kind("two rules with one id", LOADER)
def _(tree: Tree) -> Places:
    yield "high-memory", lambda t: t.rule("high-memory").update(id="performance-degradation")


@kind("rename a rule", "rule-runbook", LOADER)
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        yield rule["id"], at(lambda t, a: t.rule(a).update(id=f"{a}-renamed"), rule["id"])


@kind("drop the only error rule of a critical service", "tier-contract", LOADER, "unused")
def _(tree: Tree) -> Places:
    for name in ("database", "auth", "payments"):
        yield name, at(lambda t, a: t.service(a).update(rules=[]), name)


@kind("drop a rule's severity", LOADER)
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        yield rule["id"], at(lambda t, a: t.rule(a).pop("severity"), rule["id"])


@kind("write a severity in small letters", LOADER)
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        yield rule["id"], at(lambda t, a, b: t.rule(a).update(severity=b.lower()), rule["id"], rule["severity"])


@kind("lower a waking rule to P3", REVIEW)
def _(tree: Tree) -> Places:
    yield "third-party-outage", lambda t: t.rule("third-party-outage").update(severity="P3")


@kind("lower a rule whose silence alerts to P3, which only a mailbox hears", "no-data-decided")
def _(tree: Tree) -> Places:
    yield "performance-degradation", lambda t: t.rule("performance-degradation").update(severity="P3")


@kind("a placeholder of another language in what a rule means", "foreign-placeholders")
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        yield rule["id"], at(lambda t, a: t.rule(a).update(means="The function {function} fails."), rule["id"])


@kind("a handle in the text for a recovery", "message-handles")
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        if rule.keys() & {"metric", "uptime", "query", "composite", "slo"}:
            yield rule["id"], at(lambda t, a: t.rule(a).update({"recovery-text": "All is well @all."}), rule["id"])


@kind("a text for a recovery that only a mailbox could hear", "recovery-heard")
def _(tree: Tree) -> Places:
    quiet = {"severity": "P3", "recovery-text": "Pages are fast again."}
    yield "performance-degradation", lambda t: t.rule("performance-degradation").update(quiet)


@kind("a text for missing data of which nothing alerts", LOADER)
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        if any(isinstance(words, dict) and words.get("when-silent") in ("show", "resolve") for words in rule.values()):
            yield rule["id"], at(lambda t, a: t.rule(a).update({"no-data-text": "Nobody knows."}), rule["id"])


@kind("an acknowledgement that never expires", "acknowledgement-expires")
def _(tree: Tree) -> Places:
    for name in tree.oncall["policies"]:
        yield name, at(lambda t, a: t.oncall["policies"][a].update({"acknowledgement-expires": "never"}), name)


@kind("an incident that closes by itself before everybody was asked", LOADER)
def _(tree: Tree) -> Places:
    for name in tree.oncall["policies"]:
        yield name, at(lambda t, a: t.oncall["policies"][a].update({"resolves-after": "1m"}), name)


@kind("a signal that lives elsewhere and is promised too late", PROOF, LOADER)
def _(tree: Tree) -> Places:
    for rule in waking_rules(tree):
        yield rule["id"], at(move_elsewhere, rule["id"], "2h")


@kind("a signal that lives elsewhere on a route that pages nobody", "rule-route", LOADER)
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        team = str(rule.get("team", tree.home(rule["id"])["team"]))
        if "page" not in tree.teams[team]["routes"].get(rule["severity"], {}):
            yield rule["id"], at(move_elsewhere, rule["id"], "1m")


def move_elsewhere(tree: Tree, name: str, detects_within: str) -> None:
    """Another system has to send what the rule's own signal saw."""
    rule = tree.rule(name)
    word, _ = signal_of(rule)
    rule.pop(word)
    rule["elsewhere"] = {"events-api": "a host", "fires-when": "it fails", "detects-within": detects_within}


@kind("a trial that ran out", "trial-expired")
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        yield rule["id"], at(lambda t, a: t.rule(a).update({"trial-until": "2026-11-01"}), rule["id"])


@kind("remind more rarely than the promise", "reminder-throttle")
def _(tree: Tree) -> Places:
    for rule in waking_rules(tree):
        if "errors" in rule:
            yield rule["id"], at(lambda t, a: t.rule(a).update({"reminds-every": "12h"}), rule["id"])


@kind("a composite no worse than its parts", "composite-severity")
def _(tree: Tree) -> Places:
    yield "platform-outage", lambda t: t.rule("platform-outage").update(severity="P1")


@kind("a composite of a rule that Sentry watches", "composite-parts")
def _(tree: Tree) -> Places:
    yield "platform-outage", put("platform-outage", "composite", "all-of", ["website-uptime", "database-failure"])


@kind("forget that two rules that wake share a symptom", "same-symptom")
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        if "same-symptom-as" in rule and rule["severity"] in ("P0", "P1"):
            yield rule["id"], at(lambda t, a: t.rule(a).pop("same-symptom-as"), rule["id"])


@kind("forget that a rule that lets people sleep shares a symptom", REVIEW)
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        if "same-symptom-as" in rule and rule["severity"] in ("P2", "P3"):
            yield rule["id"], at(lambda t, a: t.rule(a).pop("same-symptom-as"), rule["id"])


# --- signals ---------------------------------------------------------------------------------------------------


@kind("filter on a tag that nobody sends", LOADER)
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        word, signal = signal_of(rule)
        if signal.get("where"):
            yield rule["id"], at(lambda t, a, b: t.rule(a)[b]["where"].update(colour="red"), rule["id"], word)


@kind("filter on a value that a tag never has", LOADER)
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        word, signal = signal_of(rule)
        for key in signal.get("where", {}):
            yield (
                f"{rule['id']} {key}",
                at(lambda t, a, b, c: t.rule(a)[b]["where"].update({c: "nil"}), rule["id"], word, key),
            )


@kind("watch a metric that nobody sends", LOADER)
def _(tree: Tree) -> Places:
    yield "performance-degradation", put("performance-degradation", "metric", "p95", "trace.http.request")


@kind("a threshold in another dimension", LOADER)
def _(tree: Tree) -> Places:
    yield "performance-degradation", put("performance-degradation", "metric", "above", "2GB")
    yield "high-memory", put("high-memory", "metric", "above", "90s")


@kind("a share above one hundred per cent", "can-fire", LOADER)
def _(tree: Tree) -> Places:
    yield "high-memory", put("high-memory", "metric", "above", "190%")
    yield "elevated-error-rate", put("elevated-error-rate", "sentry-metric", "above", "500%")


@kind("a threshold that always fires", "can-fire", LOADER)
def _(tree: Tree) -> Places:
    def always(t: Tree) -> None:
        t.rule("high-memory")["metric"].update(above="-1%")
        t.rule("high-memory")["metric"].pop("recovers-at")

    yield "high-memory", always


@kind("recover on the wrong side", "recovery-side")
def _(tree: Tree) -> Places:
    yield "performance-degradation", put("performance-degradation", "metric", "recovers-at", "3s")
    yield "high-memory", put("high-memory", "metric", "recovers-at", "95%")


@kind("leave silence undecided", "no-data-decided")
def _(tree: Tree) -> Places:
    for rule in rules_watching(tree, "metric"):
        yield rule["id"], at(lambda t, a: t.rule(a)["metric"].pop("when-silent"), rule["id"])


@kind("a window shorter than the metric's interval", "metric-window", "can-fire", LOADER)
def _(tree: Tree) -> Places:
    def slow(t: Tree) -> None:
        t.platform["datadog"]["metrics"]["vercel.function.memory.used_share"]["interval"] = "1h"

    yield "high-memory", slow


@kind("a window that Sentry does not take", LOADER)
def _(tree: Tree) -> Places:
    for rule in rules_watching(tree, "errors"):
        if "within" in rule["errors"]:
            yield rule["id"], put(rule["id"], "errors", "within", "7m")


@kind("a rate without a minimum of traffic", "rate-traffic")
def _(tree: Tree) -> Places:
    for rule in rules_watching(tree, "sentry-metric"):
        yield rule["id"], at(lambda t, a: t.rule(a)["sentry-metric"].pop("at-least"), rule["id"])


@kind("traffic too thin for the rate", "rate-traffic")
def _(tree: Tree) -> Places:
    yield "web", lambda t: t.platform["sentry"]["projects"]["web"].update({"quietest-per-minute": 1})


@kind("page from one region", "uptime-regions", LOADER)
def _(tree: Tree) -> Places:
    for rule in waking_rules(tree):
        if "uptime" in rule:
            one = {"regions": ["aws:eu-central-1"], "failing-in": 1}
            yield rule["id"], at(lambda t, a, b: t.rule(a)["uptime"].update(b), rule["id"], one)


@kind("page without a retry", "uptime-regions")
def _(tree: Tree) -> Places:
    for rule in waking_rules(tree):
        if "uptime" in rule:
            yield rule["id"], at(lambda t, a: t.rule(a)["uptime"].pop("retry"), rule["id"])


@kind("page on a single failure that Sentry sees", "uptime-regions")
def _(tree: Tree) -> Places:
    for rule in waking_rules(tree):
        if "uptime" in rule:
            yield rule["id"], at(lambda t, a: _let_sentry_ask_once(t.rule(a)), rule["id"])


def _let_sentry_ask_once(rule: Entry) -> None:
    del rule["uptime"]
    rule["sentry-uptime"] = {"project": "web", "path": "/cart", "every": "1m", "failures": 1}


@kind("ask for a component that the question is not about", "uptime-says", LOADER)
def _(tree: Tree) -> Places:
    def payments(t: Tree) -> None:
        t.rule("api-uptime")["uptime"]["asks"]["health"]["components"] = ["database", "payments"]

    yield "api-uptime", payments


@kind("write a secret into a request", LOADER)
def _(tree: Tree) -> Places:
    yield "website-uptime", in_page({"sends": {"headers": {"authorization": "Bearer abc"}}})


@kind("wait longer for an answer than a test does", LOADER)
def _(tree: Tree) -> Places:
    yield "website-uptime", in_page({"within": "30s"})


@kind("use a value that no step keeps", LOADER)
def _(tree: Tree) -> Places:
    step = {"name": "Look", "page": {"path": "/${basket}"}}
    yield "website-uptime", put("website-uptime", "uptime", "asks", {"steps": [step]})


@kind("ignore every step that fails", LOADER)
def _(tree: Tree) -> Places:
    step = {"name": "Look", "page": {"path": "/"}, "on-failure": "ignore"}
    yield "website-uptime", put("website-uptime", "uptime", "asks", {"steps": [step]})


@kind("ask in vain: more than twice the objective's budget", "burn-rate")
def _(tree: Tree) -> Places:
    def loose(t: Tree) -> None:
        t.platform["datadog"]["metrics"]["requests"] = {
            "kind": "count",
            "interval": "10s",
            "sent-by": "tracing",
            "tags": {"env": {"values": ["prod", "staging"]}, "code": {"values": ["2xx", "5xx"]}},
        }
        rule = t.rule("performance-degradation")
        rule.pop("metric")
        good = {"sum": "requests", "where": {"code": "2xx"}}
        rule["slo"] = {"good": good, "total": {"sum": "requests"}, "objective": "90%"}

    yield "performance-degradation", loose


@kind("loosen a threshold", REVIEW)
def _(tree: Tree) -> Places:
    yield "database-failure", put("database-failure", "errors", "more-than", 100)
    yield "performance-degradation", put("performance-degradation", "metric", "above", "20s")


@kind("a threshold order turned round", "threshold-order")
def _(tree: Tree) -> Places:
    def turned(t: Tree) -> None:
        soon, late = t.rule("certificate-expiring-soon"), t.rule("certificate-expiring")
        soon["uptime"], late["uptime"] = late["uptime"], soon["uptime"]

    yield "certificates", turned


# --- tenants, maintenance, waivers -----------------------------------------------------------------------------


@kind("an override of a customer who does not exist", LOADER)
def _(tree: Tree) -> Places:
    def unknown(t: Tree) -> None:
        t.rule("enterprise-customer-impact")["for-each-tenant"]["except"] = {"acmee": {"more-than": 5}}

    yield "acme", unknown


@kind("an override that overrides nothing", "tenant-overrides", LOADER)
def _(tree: Tree) -> Places:
    def idle(t: Tree) -> None:
        t.rule("enterprise-customer-impact")["for-each-tenant"]["except"] = {"acme": {"more-than": 10}}

    yield "acme", idle


@kind("a customer of a plan that no rule watches", "unused")
def _(tree: Tree) -> Places:
    yield "acme", lambda t: t.files["tenants.yaml"]["acme"].update(plan="starter")


@kind("forward a personal tag", "personal-data", LOADER)
def _(tree: Tree) -> Places:
    yield "web user", lambda t: t.platform["sentry"]["projects"]["web"]["forwards"].append("user")


@kind("page for a single issue", "personal-data")
def _(tree: Tree) -> Places:
    for rule in waking_rules(tree):
        counted = rule.get("errors", {})
        if "within" in counted and not any(isinstance(value, list) for value in counted.get("where", {}).values()):
            yield rule["id"], put(rule["id"], "errors", "per-issue", True)


@kind("page for a new issue", "personal-data")
def _(tree: Tree) -> Places:
    for rule in waking_rules(tree):
        counted = rule.get("errors", {})
        if counted and "for-each-tenant" not in rule:
            yield rule["id"], at(lambda t, a: _watch_new_issues(t.rule(a)), rule["id"])


def _watch_new_issues(rule: Entry) -> None:
    rule["issues"] = {"project": rule.pop("errors")["project"], "when": ["new"]}


@kind("an address in a title", "personal-data")
def _(tree: Tree) -> Places:
    for rule in tree.rules():
        yield rule["id"], at(lambda t, a: t.rule(a).update(title="Write to ana@youragency.com"), rule["id"])


@kind("a mute that matches nothing", "maintenance-matches")
def _(tree: Tree) -> Places:
    name = "database-upgrade-2026-12"
    yield name, at(lambda t, a: t.files["maintenance.yaml"][a].update(services=["database"]), name)


@kind("a mute that runs backwards", LOADER)
def _(tree: Tree) -> Places:
    name = "database-upgrade-2026-12"
    yield name, at(lambda t, a: t.files["maintenance.yaml"][a].update(to="2026-12-06 03:00"), name)


@kind("a mute that does not say who is woken all the same", "maintenance-wakes")
def _(tree: Tree) -> Places:
    name = "database-upgrade-2026-12"
    yield name, at(lambda t, a: t.files["maintenance.yaml"][a].pop("still-wakes"), name)


@kind("a mute of every week in the hour that a clock skips", LOADER)
def _(tree: Tree) -> Places:
    name = "database-upgrade-2026-12"
    hours = {"from": "2026-12-06 02:00", "to": "2026-12-06 03:30", "every": "1w"}
    yield name, at(lambda t, a: t.files["maintenance.yaml"][a].update(hours), name)


WAIVER = {
    "check": "no-data-decided",
    "finding": "high-memory: silence",
    "reason": "never",
    "owner": "platform",
    "expires": "2027-01-01",
}


@kind("a waiver of nothing", "waivers")
def _(tree: Tree) -> Places:
    yield "unused", lambda t: t.files["waivers.yaml"].update(waivers=[WAIVER])


@kind("an expired waiver", "waivers")
def _(tree: Tree) -> Places:
    yield "expired", lambda t: t.files["waivers.yaml"].update(waivers=[{**WAIVER, "expires": "2026-01-01"}])


@kind("retire a rule that still acts", "retired-ids")
def _(tree: Tree) -> Places:
    gone = {"high-memory": {"on": "2026-11-01", "reason": "replaced"}}
    yield "high-memory", lambda t: t.files["waivers.yaml"].update(retired=gone)


@kind("services that depend on each other", "dependency-cycles", LOADER)
def _(tree: Tree) -> Places:
    yield "database and api", lambda t: t.service("database").update({"depends-on": ["api", "supabase"]})


@kind("services whose names differ only in case", LOADER, "names-differ")
def _(tree: Tree) -> Places:
    yield "API", lambda t: t.service("api").update(service="API")
