"""Values of another type than their word asks for."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import Broken, broken, errors, oncall, platform, replaced, shop, tenants, waivers

CASES: tuple[Broken, ...] = (
    broken(
        "a list where a mapping is expected",
        errors("errors: [web]"),
        says='services/shop.yaml:11: rule "shop-failing": errors: a list stands where a mapping is expected; write key: value lines (shape)',
    ),
    broken(
        "a text where a mapping is expected",
        errors("errors: many"),
        says='services/shop.yaml:11: rule "shop-failing": errors: a text stands where a mapping is expected; write key: value lines (shape)',
    ),
    broken(
        "a text where a list is expected",
        shop("critical", "critical\ndepends-on: shop"),
        says='services/shop.yaml:6: service "shop": depends-on: a text stands where a list is expected; write it in [brackets] (shape)',
    ),
    broken(
        "a mapping where a list is expected",
        oncall("[ana, ben]", "{ana: 1}"),
        says='oncall.yaml:13: schedule "primary": layers.1.people: a mapping stands where a list is expected; write it in [brackets] (shape)',
    ),
    broken(
        "a text where a number is expected",
        shop("more-than: 10", "more-than: many"),
        says='services/shop.yaml:11: rule "shop-failing": errors.more-than: "many" is not a whole number; write digits only, at most 15 (shape)',
    ),
    broken(
        "a fraction where a whole number is expected",
        shop("more-than: 10", "more-than: 10.5"),
        says='services/shop.yaml:11: rule "shop-failing": errors.more-than: "10.5" is not a whole number; write digits only, at most 15 (shape)',
    ),
    broken(
        "a number with twenty digits",
        shop("more-than: 10", "more-than: 12345678901234567890"),
        says='services/shop.yaml:11: rule "shop-failing": errors.more-than: "12345678901234567890" is not a whole number; write digits only, at most 15 (shape)',
    ),
    broken(
        "a number that is not one",
        errors('query: {query: "avg:system.load.1{*}", above: .nan}'),
        says='services/shop.yaml:11: rule "shop-failing": query.above: ".nan" is not a number; write digits, at most 15 (shape)',
    ),
    broken(
        "an infinite number",
        errors('query: {query: "avg:system.load.1{*}", above: 1.0e400}'),
        says='services/shop.yaml:11: rule "shop-failing": query.above: "1.0e400" is not a number; write digits, at most 15 (shape)',
    ),
    broken(
        "a word where true or false is expected",
        errors("errors: {project: web, each-event: yes}"),
        says='services/shop.yaml:11: rule "shop-failing": errors.each-event: "yes" is neither true nor false; write one of them (shape)',
    ),
    broken(
        "a number where a text is expected",
        platform("javascript-nextjs", "5"),
        says='platform.yaml:17: sentry.projects.web.platform: "5" is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
    broken(
        "a list where a title is expected",
        shop("Shop", "[Shop]"),
        says='services/shop.yaml:3: service "shop": title: a list is not a text; put it in quotes, on one line (shape)',
    ),
    broken(
        "a word outside a closed set",
        shop("critical", "vital"),
        says='services/shop.yaml:5: service "shop": tier: "vital" is not a word for this; it is one of critical, standard, internal (shape)',
    ),
    broken(
        "a value that is empty",
        shop("team: platform", "team:"),
        says='services/shop.yaml:4: service "shop": team: is empty; write a value, or take the word out (shape)',
    ),
    broken(
        "a value of an optional field that is empty",
        shop("alert", "~"),
        says='services/shop.yaml:16: rule "shop-slow": metric.when-silent: is empty; write a value, or take the word out (shape)',
    ),
    broken(
        "a signal that is empty",
        errors("errors:"),
        says='services/shop.yaml:11: rule "shop-failing": errors: is empty; write a value, or take the word out (shape)',
    ),
    broken(
        "a section that is empty",
        platform("regions: [aws:eu-central-1, aws:us-east-1]", "regions:"),
        says="platform.yaml:28: datadog.regions: is empty; write a value, or take the word out (shape)",
    ),
    broken(
        "an entry that is not a mapping",
        tenants("{title: Acme Stores, plan: enterprise}", "enterprise"),
        says='tenants.yaml:1: tenant "acme": a text stands where a mapping is expected; write key: value lines (shape)',
    ),
    replaced(
        "rules that are not a list",
        "services/shop.yaml",
        "service: shop\ntitle: Shop\nteam: platform\ntier: critical\nrules: {}\n",
        says='services/shop.yaml:5: service "shop": rules: a mapping stands where a list is expected; write it in [brackets] (shape)',
    ),
    broken(
        "a rule that is a text",
        shop("rules:\n", "rules:\n  - shop-down\n"),
        says="services/shop.yaml:7: rule 1: a text stands where a mapping is expected; write key: value lines (shape)",
    ),
    replaced(
        "a list at the top of a service's file",
        "services/shop.yaml",
        "- shop\n- web\n",
        says="services/shop.yaml:1: a list stands where a mapping is expected; write key: value lines (shape)",
    ),
    replaced(
        "a list at the top of a file of names",
        "tenants.yaml",
        "- acme\n",
        says="tenants.yaml:1: is not a mapping of names; write name: {…} for each (shape)",
    ),
    replaced(
        "a text at the top of the platform's file",
        "platform.yaml",
        "agency\n",
        says="platform.yaml:1: a text stands where a mapping is expected; write key: value lines (shape)",
    ),
    broken(
        "retired rules that are a list",
        waivers("{}", "[shop-down]"),
        says="waivers.yaml:2: retired: is not a mapping of names; write name: {…} for each (shape)",
    ),
    replaced(
        "a section that has no entries",
        "waivers.yaml",
        "retired:\n",
        says='waivers.yaml:1: retired: is empty; write name: {…} for each, or "{}" for none (shape)',
    ),
    broken(
        "retired rules that are a text",
        waivers("retired: {}", "retired: none"),
        says="waivers.yaml:2: retired: is not a mapping of names; write name: {…} for each (shape)",
    ),
    broken(
        "a team of the organisation that is empty",
        platform("teams: {platform: platform}", "teams: {platform: }"),
        says="platform.yaml:14: sentry.teams.platform: is empty; write a value, or take the word out (shape)",
    ),
)
