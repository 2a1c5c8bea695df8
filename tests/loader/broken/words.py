"""Words that the catalog does not know, and words that it misses."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import ERRORS, Broken, broken, errors, oncall, replaced, shop, waivers

CASES: tuple[Broken, ...] = (
    broken(
        "a misspelt field of a rule",
        shop("means: Customers cannot buy.", "meens: Customers cannot buy."),
        says='services/shop.yaml:10: rule "shop-failing": meens: is an unknown field; did you mean "means"? (shape)',
    ),
    broken(
        "a field that resembles nothing",
        shop("platform", "platform\nzzzzzz: 1"),
        says='services/shop.yaml:5: service "shop": zzzzzz: is an unknown field; there is depends-on, formerly, health, http, kind, readiness, rules, service and 4 more (shape)',
    ),
    broken(
        "a misspelt field inside a signal",
        shop("more-than: 10", "more-then: 10"),
        says='services/shop.yaml:11: rule "shop-failing": errors.more-then: is an unknown field; did you mean "more-than"? (shape)',
    ),
    broken(
        "a misspelt section of the on-call file",
        oncall("policies:", "polices:"),
        says='oncall.yaml:14: polices: is an unknown field; did you mean "policies"? (shape)',
    ),
    broken(
        "a misspelt word at the top of the waivers",
        waivers("waivers: [", "waiver: ["),
        says='waivers.yaml:1: waiver: is an unknown field; did you mean "waivers"? (shape)',
    ),
    broken(
        "a field spelt with an underscore",
        shop("when-silent: alert", "when_silent: alert"),
        says='services/shop.yaml:16: rule "shop-slow": metric.when_silent: is an unknown field; did you mean "when-silent"? (shape)',
    ),
    broken(
        "a field that is missing",
        shop("    title: The shop is failing\n", ""),
        says='services/shop.yaml:7: rule "shop-failing": title: is missing; add it, for example title: The shop does not answer (shape)',
    ),
    broken(
        "a rule without an id",
        shop("id: shop-slow\n    title: The shop is slow", "title: The shop is slow"),
        says="services/shop.yaml:12: rule 2: id: is missing; add it, for example id: shop-failing (shape)",
    ),
    broken(
        "a service's file that does not say which service",
        shop("service: shop\n", ""),
        says="services/shop.yaml:2: service: is missing; add it, for example service: shop (shape)",
    ),
    broken(
        "a misspelt word inside a list",
        oncall("turn: 1w", "turns: 1w"),
        says='oncall.yaml:13: schedule "primary": layers.1.turns: is an unknown field; did you mean "turn"? (shape)',
    ),
    replaced(
        "a section that is missing",
        "oncall.yaml",
        "people: {}\nschedules: {}\n",
        says="oncall.yaml:1: policies: is missing; write name: {…} for each (shape)",
    ),
    broken(
        "roles that are left empty",
        oncall("    extra-rounds: 1\n", "    extra-rounds: 1\nroles:\n"),
        says='oncall.yaml:20: roles: is empty; write name: {…} for each, or "{}" for none (shape)',
    ),
    broken(
        "a misspelt word for the roles",
        oncall("    extra-rounds: 1\n", "    extra-rounds: 1\nrolls: {}\n"),
        says='oncall.yaml:20: rolls: is an unknown field; did you mean "roles"? (shape)',
    ),
    broken(
        "a misspelt word beside the right one",
        errors(ERRORS.replace("within: 5m", "within: 5m, withinn: 5m")),
        says='services/shop.yaml:11: rule "shop-failing": errors.withinn: is an unknown field; did you mean "within"? (shape)',
    ),
)
