"""What the catalog says inside hand-written pages: each part tells it all, and follows each change."""

# ruff: noqa: E501  a line of a page stands in one piece

from __future__ import annotations

import re
from datetime import date

import pytest
from markdown_it import MarkdownIt

from monitoring.docs import PARTS, part_maker
from monitoring.docs.markers import GeneratedPart, parts_of, stale
from monitoring.errors import Problem
from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.oncall.clock import WEEK
from monitoring.reach.proof import RuleProof, prove_catalog
from tests.factories import a_catalog
from tests.platforms import AGENCY

DOCS = AGENCY.documents
CATALOG = load(AGENCY.catalog)
CLOCK = (
    "severities.yaml",
    "  reminds-every: 5m\n",
    "  reminds-every: 5m\n  public-updates: {first-within: 15m, investigating: 20m, identified: 30m, monitoring: 1h}\n",
)
ROLES = (
    "oncall.yaml",
    "policies:\n",
    "roles:\n  lead: {title: Lead, ask: [kit, primary], does: Decides.}\npolicies:\n",
)
TRIAL = ("services/shop.yaml", "    severity: P1\n", "    severity: P1\n    trial-until: 2030-01-31\n")
WAIVED = """
waivers:
  - {check: fan-out, finding: "shop-slow: many", reason: in work, owner: platform, expires: 2030-01-31}
retired: {shop-closed: {on: 2026-02-01, reason: It never closes}}
"""
WINDOW = """
move: {title: Move, time-zone: Europe/Berlin, from: "2026-12-01 22:00", to: "2026-12-01 23:00",
       services: [shop], environments: [prod], reason: everything moves}
"""
SECURITY = (
    ("oncall.yaml", "policies:\n  critical:\n", "policies:\n  critical:\n    team: security\n"),
    (
        "teams.yaml",
        "platform:\n  title: Platform\n",
        "security: {title: Security, email: sec@youragency.com, routes: {}}\nplatform:\n  title: Platform\n",
    ),
)


def made(name: str, catalog: Catalog) -> list[str]:
    return part_maker(catalog, "operations/page.md")(name).splitlines()


@pytest.mark.parametrize(
    ("part", "catalog", "line"),
    [
        pytest.param(
            "severities",
            a_catalog(CLOCK),
            "| **P0** | the platform is down | a first person is woken within 5m, a second within 15m, by phone "
            "| within 10m | every 5m | within 15m |",
            id="what a severity does",
        ),
        pytest.param(
            "severities",
            a_catalog(),
            "| **P3** | for the record | nobody is woken | within 1d | every 1d | no public notice |",
            id="a severity that wakes nobody",
        ),
        pytest.param(
            "update-clock",
            a_catalog(CLOCK),
            "| **P0** | within 15m | every 20m | every 30m | every 1h | once, when it is over |",
            id="the clock of public updates",
        ),
        pytest.param(
            "update-clock",
            a_catalog(CLOCK),
            "| **P1** | no public notice | – | – | – | – |",
            id="a severity without one",
        ),
        pytest.param(
            "roles",
            a_catalog(ROLES),
            "| **Lead** | Decides. | Kit Example (Europe/Berlin), then primary (Europe/Berlin) |",
            id="a role, and who can be asked",
        ),
        pytest.param("roles", a_catalog(), "The catalog declares no role.", id="no role"),
        pytest.param(
            "people",
            a_catalog(),
            "| Kit Example | critical, by name | Europe/Berlin | push at once, phone after 1m | e-mail at once |",
            id="a person who is asked by name",
        ),
        pytest.param(
            "people",
            a_catalog(),
            "| Ana Example | primary | Europe/Berlin | push at once, phone after 2m | e-mail at once |",
            id="a person on a schedule",
        ),
        pytest.param(
            "escalation",
            a_catalog(),
            "| 5m | Kit Example | Kit Example by phone, at most 1m later | 10m |",
            id="a step",
        ),
        pytest.param(
            "escalation",
            a_catalog(
                ("oncall.yaml", "phone: 1m", "phone: 4m"), ("oncall.yaml", "escalate-after: 10m", "escalate-after: 3m")
            ),
            "| 5m | Kit Example | Kit Example not | 3m |",
            id="a step that is over before anybody is woken",
        ),
        pytest.param(
            "escalation",
            a_catalog(),
            "After the last step it begins again, 1 more time, and gives up 30m after it began.",
            id="when a policy gives up",
        ),
        pytest.param(
            "escalation",
            a_catalog(("oncall.yaml", "    extra-rounds: 1\n", "    acknowledgement-expires: never\n")),
            "An acknowledgement does not expire.",
            id="an acknowledgement for ever",
        ),
        pytest.param(
            "escalation",
            a_catalog(("oncall.yaml", "    extra-rounds: 1\n", "    extra-rounds: 1\n    resolves-after: 4h\n")),
            "An incident that is still open closes by itself after 4h.",
            id="an incident that closes by itself",
        ),
        pytest.param(
            "escalation",
            a_catalog(),
            "It is paged by P2 of Platform at low urgency: the first step is notified, nobody is woken, nobody is notified next.",
            id="a severity at low urgency",
        ),
        pytest.param(
            "first-minutes-P0",
            a_catalog(),
            "| 5m | nobody has acknowledged, so the next step begins; asks Kit Example; **push** to Kit Example; "
            "the channels are notified again, and then every 5m while it lasts |",
            id="the next step",
        ),
        pytest.param("first-minutes-P0", a_catalog(), "| 6m | **phone** to Kit Example |", id="the second human"),
        pytest.param(
            "people",
            a_catalog(("oncall.yaml", "phone: 1m}", "phone: [7m, 1m]}")),
            "| Kit Example | critical, by name | Europe/Berlin | push at once, phone after 1m, phone after 7m "
            "| e-mail at once |",
            id="somebody who is called twice",
        ),
        pytest.param(
            "first-minutes-P0",
            a_catalog(
                (
                    "oncall.yaml",
                    "ana: {name: Ana Example, email: ana@youragency.com, time-zone: Europe/Berlin,\n        contact: {high: {push: 0m, phone: 2m}",
                    "ana: {name: Ana Example, email: ana@youragency.com, time-zone: Europe/Berlin,\n        contact: {high: {push: 0m, phone: 4m}",
                )
            ),
            "| 4m | **phone** to primary |",
            id="a schedule is as slow as its slowest person",
        ),
        pytest.param("first-minutes-P3", a_catalog(), "No rule is P3 now.", id="a severity without rules"),
        pytest.param(
            "first-minutes-P0",
            a_catalog(CLOCK),
            "Promised: a first person is woken within 5m, a second within 15m, by phone; a first public notice within 15m, "
            "then an update every 20m while investigating, every 30m while identified, every 1h while monitoring.",
            id="the promise below the minutes",
        ),
        pytest.param("channels", a_catalog(), "| Platform | **P3** | #alerts | – | – |", id="a team's channels"),
        pytest.param(
            "channels",
            a_catalog(("teams.yaml", "P3: {slack: [alerts]}", "P3: {slack: [alerts], issue-owners: nobody}")),
            "| Platform | **P3** | #alerts | – | issue owners (else nobody) | – |",
            id="the owners of an issue, and who is told where it has none",
        ),
        pytest.param(
            "thresholds",
            a_catalog(),
            "| [`shop-failing`](../runbooks/shop-failing.md) | P0 | more than 10 errors within 5m in web where feature is checkout |",
            id="a threshold, with its runbook",
        ),
        pytest.param(
            "security-rules",
            a_catalog(*SECURITY),
            "| [`shop-failing`](../runbooks/shop-failing.md) | P0 | Customers cannot buy. |",
            id="a rule that pages the security team",
        ),
        pytest.param("security-rules", a_catalog(), "No rule pages the team `security`.", id="no rule for security"),
        pytest.param(
            "rules-under-review",
            a_catalog(TRIAL),
            "| [`shop-slow`](../runbooks/shop-slow.md) | 2030-01-31 |",
            id="a rule on trial",
        ),
        pytest.param(
            "rules-under-review",
            a_catalog(waivers=WAIVED),
            "| fan-out | shop-slow: many | in work | Platform | 2030-01-31 |",
            id="an accepted problem",
        ),
        pytest.param(
            "rules-under-review",
            a_catalog(waivers=WAIVED),
            "| `shop-closed` | 2026-02-01 | It never closes |",
            id="a rule that is gone",
        ),
        pytest.param(
            "rules-under-review",
            a_catalog(maintenance=WINDOW),
            "| Move | shop | 2026-12-01 22:00 to 2026-12-01 23:00 Europe/Berlin | nothing |",
            id="a maintenance window",
        ),
        pytest.param("rules-under-review", a_catalog(), "**Rules on trial**: none.", id="nothing on trial"),
        pytest.param(
            "must-exist",
            a_catalog(),
            "| Slack | channels, with the apps of Sentry and Datadog invited | `#alerts`, `#alerts-staging` |",
            id="channels that must exist",
        ),
        pytest.param(
            "must-exist",
            a_catalog(
                (
                    "teams.yaml",
                    "P0: {page: critical, slack: [alerts]}",
                    "P0: {page: critical, email: [oncall@youragency.com]}",
                )
            ),
            "| Sentry | a member for each address to which a rule on errors is mailed | oncall@youragency.com |",
            id="members whom Sentry writes to",
        ),
        pytest.param(
            "must-exist",
            a_catalog(),
            "| Sentry | environments of which it has received an event | `production`, `staging` |",
            id="environments that Sentry has seen",
        ),
        pytest.param(
            "must-exist",
            a_catalog(),
            "| Datadog | a metric, sent by tracing | trace.request |",
            id="a metric and its sender",
        ),
        pytest.param(
            "template-fields",
            a_catalog(),
            "| `{{ next_update }}` | when the next update is due | any |",
            id="a field of templates",
        ),
    ],
)
def test_a_part_tells_it(part: str, catalog: Catalog, line: str) -> None:
    assert line in made(part, catalog)


HOSTILE = "A | b <script>x</script> [c](https://evil.example) `d` *e* --> @here"
# The same without what PagerDuty takes in no name.
NAME = "A | b [c](evil.example) `d` *e* -- @here"
MARKED = (
    ("platform.yaml", "title: Agency platform", f"title: '{NAME}'"),
    ("platform.yaml", "sent-by: tracing", f"sent-by: '{HOSTILE}'"),
    ("platform.yaml", "slack-workspace: Your Agency", f"slack-workspace: '{HOSTILE}'"),
    ("severities.yaml", "title: the platform is down", f"title: '{HOSTILE}'"),
    ("oncall.yaml", "name: Kit Example", f"name: '{HOSTILE}'"),
    ("oncall.yaml", "  primary:\n", f"  primary:\n    title: '{NAME}'\n"),
    ("oncall.yaml", "  critical:\n", f"  critical:\n    title: '{NAME}'\n"),
    (
        "oncall.yaml",
        "policies:\n",
        f"roles: {{lead: {{title: '{HOSTILE}', ask: [kit], does: '{HOSTILE}'}}}}\npolicies:\n",
    ),
    ("teams.yaml", "title: Platform", f"title: '{NAME}'"),
    ("services/shop.yaml", "title: Shop\n", f"title: '{HOSTILE}'\n"),
    ("services/shop.yaml", "title: The shop is failing", f"title: '{HOSTILE}'"),
    ("services/shop.yaml", "means: Customers cannot buy.", f"means: '{HOSTILE}'"),
)


@pytest.mark.parametrize("part", PARTS)
def test_no_text_of_the_catalog_becomes_markup(part: str) -> None:
    waived = WAIVED.replace("in work", f"'{HOSTILE}'").replace("It never closes", f"'{HOSTILE}'")
    catalog = a_catalog(*MARKED, waivers=waived, maintenance=WINDOW.replace("title: Move", f"title: '{HOSTILE}'"))
    text = part_maker(catalog, "page.md")(part)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inside = [inner for token in tokens for inner in token.children or ()]
    links = {str(inner.attrGet("href")) for inner in inside if inner.type == "link_open"}
    assert not [token for token in (*tokens, *inside) if token.type.startswith("html")]
    assert {link for link in links if not link.startswith("runbooks/")} == set()
    assert cells(text) == [] or len(set(map(len, cells(text)))) <= len(re.findall(r"^\| ---", text, re.MULTILINE))


def cells(text: str) -> list[list[str]]:
    """The cells of each row of each table, cut where Markdown cuts them."""
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("part", ["people", "roles", "escalation", "security-rules", "thresholds"])
def test_no_address_of_a_person_is_on_a_page(part: str) -> None:
    assert "@" not in part_maker(CATALOG, "page.md")(part)


PROOF = prove_catalog(CATALOG, environment="prod", today=date(2026, 11, 23), horizon=8 * WEEK)


@pytest.mark.parametrize("rule", [pytest.param(one, id=one.path.rule) for one in PROOF.rules if one.second])
def test_the_first_minutes_are_never_sooner_than_the_proof(rule: RuleProof) -> None:
    """And never later than promised; eight weeks hold each pair of people in turn."""
    table = next(block for block in minutes(rule.path.severity) if f"`{rule.path.catalog_rule}`" in block)
    last = re.findall(r"^\| (\d+)m \|", table, re.MULTILINE)[-1]
    second, waking = rule.second, rule.path.waking
    assert second
    assert waking
    assert second.after is not None
    assert second.after <= int(last) * 60 <= waking.second_human_within.seconds


def minutes(severity: str) -> list[str]:
    return part_maker(CATALOG, "page.md")(f"first-minutes-{severity}").split("**Policy ")


# --- the shipped pages -----------------------------------------------------------------------------------------


def shipped_parts() -> list[tuple[str, str, tuple[GeneratedPart, ...], GeneratedPart]]:
    problems: list[Problem] = []
    found = []
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        parts = parts_of(str(path), text, PARTS, problems)
        found += [(path.relative_to(DOCS).as_posix(), text, parts, part) for part in parts]
    assert problems == []
    return found


SHIPPED_PARTS = shipped_parts()


def test_every_part_is_on_a_page() -> None:
    assert {part.name for *_, part in SHIPPED_PARTS} == PARTS.keys()


@pytest.mark.parametrize(
    ("page", "text", "parts", "part"),
    [pytest.param(*one, id=f"{one[0]}:{one[3].begin} {one[3].name}") for one in SHIPPED_PARTS],
)
def test_one_changed_character_of_a_part_is_found(
    page: str, text: str, parts: tuple[GeneratedPart, ...], part: GeneratedPart
) -> None:
    make = part_maker(CATALOG, page)
    assert list(stale(text, parts, make)) == []
    lines = text.splitlines(keepends=True)
    number = next(number for number in range(part.begin, part.end - 1) if lines[number].strip())
    changed = re.sub(r"\w", lambda match: "x" if match[0] != "x" else "y", lines[number], count=1)
    assert changed != lines[number]
    again = "".join([*lines[:number], changed, *lines[number + 1 :]])
    assert list(stale(again, parts, make)) == [(part, number + 1)]
