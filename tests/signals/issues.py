"""Issues that are new or come back."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase

CASE = SignalCase(
    word="issues",
    rules="""
  - id: shop-new
    title: There is a mistake that nobody has seen
    severity: P3
    means: Somebody should look at it.
    issues: {project: web, when: [new, regressed, reappeared]}
  - id: shop-new-checkout
    title: The checkout has a new mistake
    severity: P3
    means: Somebody should look at it today.
    issues:
      project: web
      when: [reappeared, regressed]
      where: {feature: checkout}
      level: error
      priority: medium
      seen-at-least: 10
      older-than: 90m
      younger-than: 2w
      assigned-to: team
      latest-release: true
  - id: shop-unassigned
    title: A mistake of a customer is nobody's
    severity: P3
    means: Nobody looks at it.
    issues: {project: web, when: [regressed], assigned-to: nobody, level: fatal, priority: high}
    for-each-tenant: {plan: enterprise}
""",
    declares={
        "shop-new": (["Alert"], "each new issue"),
        "shop-new-checkout": (["Alert"], "issues by every filter"),
        "shop-unassigned-acme": (["Alert"], "issues of a tenant"),
    },
    sentences={
        "shop-new": "a new or regressed or reappeared issue in web",
        "shop-new-checkout": (
            "a reappeared or regressed issue in web where feature is checkout, at level error or above, "
            "of priority medium or above, seen 10 times or more, first seen more than 90m ago, "
            "first seen less than 2w ago, assigned to the team, in the latest release"
        ),
        "shop-unassigned-acme": (
            "a regressed issue in web, at level fatal or above, of priority high, assigned to nobody, "
            "counted for Acme Stores"
        ),
    },
    detected={
        "a new issue is evaluated with its event": ({"project": "web", "when": ("new",)}, 0),
        "an issue that reappeared, from Sentry's decision on": ({"project": "web", "when": ("reappeared",)}, 0),
    },
    broken=(
        BrokenSignal(
            "issues to which nothing happens",
            "issues: {project: web, when: []}",
            "issues.when: is an empty list; write what happens, like when: [new, regressed] (shape)",
        ),
        BrokenSignal(
            "issues that are assigned, for which Sentry has no trigger",
            "issues: {project: web, when: [assigned]}",
            "issues.when: Sentry has no trigger for an assignment; write assigned-to: team beside when: [new, "
            "regressed] (shape)",
        ),
        BrokenSignal(
            "issues of high priority, for which the provider has no trigger",
            "issues: {project: web, when: [new, high-priority]}",
            "issues.when: no trigger for a priority can be declared at Sentry; write priority: high beside when: "
            "[new] (shape)",
        ),
        BrokenSignal(
            "issues that are resolved",
            "issues: {project: web, when: [resolved]}",
            "issues.when: an issue that is resolved needs nobody; write what goes wrong, like when: [new, regressed] "
            "(shape)",
        ),
        BrokenSignal(
            "a change that is named twice",
            "issues: {project: web, when: [new, new]}",
            'issues.when: names "new" twice; name it once (shape)',
        ),
        BrokenSignal(
            "an issue's event with two values of a tag",
            "issues: {project: web, when: [new], where: {feature: [checkout, search]}}",
            "issues.where.feature: Sentry compares a single issue with one value a tag; write one rule for each value "
            "(shape)",
        ),
        BrokenSignal(
            "an issue that has been seen never",
            "issues: {project: web, when: [new], seen-at-least: 0}",
            'issues.seen-at-least: "0" is too few to count; write 1 or more (shape)',
        ),
        BrokenSignal(
            "an age in seconds",
            "issues: {project: web, when: [new], younger-than: 90s}",
            'issues.younger-than: "90s" is no age of an issue; Sentry counts whole minutes, like 30m (shape)',
        ),
        BrokenSignal(
            "ages between which no issue is",
            "issues: {project: web, when: [regressed], older-than: 1w, younger-than: 1d}",
            "issues.younger-than: no issue is older than 1w and younger than 1d; let younger-than be the longer one, "
            "or take one out (shape)",
        ),
    ),
)
