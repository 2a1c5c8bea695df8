"""Names that nothing has."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import (
    ERRORS,
    Broken,
    broken,
    errors,
    metric,
    oncall,
    platform,
    role,
    severities,
    shop,
    teams,
    tenants,
    uptime,
)

CASES: tuple[Broken, ...] = (
    broken(
        "a person who does not exist",
        oncall("ana, ben", "ana, bne"),
        says='oncall.yaml:13: schedule "primary": layers.1.people.2: no person is called "bne"; take it out, or add it to people in oncall.yaml (shape)',
    ),
    broken(
        "a team that does not exist",
        shop("platform", "plattform"),
        says='services/shop.yaml:4: service "shop": team: no team is called "plattform"; did you mean "platform"? (shape)',
    ),
    broken(
        "a policy that does not exist",
        teams("P0: {page: critical", "P0: {page: critcal"),
        says='teams.yaml:6: team "platform": routes.P0.page: no policy is called "critcal"; did you mean "critical"? (shape)',
    ),
    broken(
        "a schedule or person who is asked and does not exist",
        oncall("ask: [primary", "ask: [secondary"),
        says='oncall.yaml:17: policy "critical": steps.1.ask.1: no schedule or person is called "secondary"; take it out, or add it to schedules or people in oncall.yaml (shape)',
    ),
    broken(
        "a schedule or person whom a role asks and that does not exist",
        role("title: Scribe, ask: [ann], does: Writes."),
        says='oncall.yaml:21: role "scribe": ask.1: no schedule or person is called "ann"; take it out, or add it to schedules or people in oncall.yaml (shape)',
    ),
    broken(
        "a service that does not exist",
        shop("critical", "critical\ndepends-on: [database]"),
        says='services/shop.yaml:6: service "shop": depends-on.1: no service is called "database"; there is shop; declare it in services/database.yaml, with service, title, team: platform and tier, and what others run with kind: external and status-page (shape)',
    ),
    broken(
        "a tenant that does not exist",
        errors(ERRORS + "\n    for-each-tenant: {plan: enterprise, except: {acne: {more-than: 5}}}"),
        says='services/shop.yaml:12: rule "shop-failing": for-each-tenant.except.acne: no tenant is called "acne"; did you mean "acme"? (shape)',
    ),
    broken(
        "a plan that does not exist",
        tenants("enterprise", "enterprize"),
        says='tenants.yaml:1: tenant "acme": plan: no plan is called "enterprize"; did you mean "enterprise"? (shape)',
    ),
    broken(
        "a project that does not exist",
        shop("web", "webb"),
        says='services/shop.yaml:11: rule "shop-failing": errors.project: no project is called "webb"; did you mean "web"? (shape)',
    ),
    broken(
        "a metric that does not exist",
        shop("trace.request", "trace.requests"),
        says='services/shop.yaml:16: rule "shop-slow": metric.p95: no metric is called "trace.requests"; did you mean "trace.request"? (shape)',
    ),
    broken(
        "a tag that nobody sends",
        shop("feature: checkout", "featur: checkout"),
        says='services/shop.yaml:11: rule "shop-failing": errors.where.featur: project "web" sends no tag "featur"; did you mean "feature"? (shape)',
    ),
    broken(
        "a tag value that is never sent",
        shop("checkout", "chekout"),
        says='services/shop.yaml:11: rule "shop-failing": errors.where.feature: the tag "feature" of project "web" is never "chekout"; did you mean "checkout"? (shape)',
    ),
    broken(
        "a tag that the metric lacks",
        shop("where: {service: shop", "where: {host: shop"),
        says='services/shop.yaml:16: rule "shop-slow": metric.where.host: metric "trace.request" sends no tag "host"; there is env, service; if it is sent, declare it in platform.yaml under the tags of the metric, as host: {} (shape)',
    ),
    broken(
        "a tag to split by that the metric lacks",
        shop("over: 10m", "by: [servce], over: 10m"),
        says='services/shop.yaml:16: rule "shop-slow": metric.by.1: metric "trace.request" sends no tag "servce"; did you mean "service"? (shape)',
    ),
    broken(
        "a component that does not exist",
        uptime("{health: {health: full, components: [stripe]}}", "{every: 1m, regions: [aws:eu-central-1]}"),
        says='services/shop.yaml:11: rule "shop-failing": uptime.asks.health.components.1: no component is called "stripe"; there is none; declare it in its service, as health: NAME (shape)',
    ),
    broken(
        "an environment that does not exist",
        shop("means: Customers", "environments: [production]\n    means: Customers"),
        says='services/shop.yaml:10: rule "shop-failing": environments.1: no environment is called "production"; there is prod, staging; declare it in platform.yaml under environments (shape)',
    ),
    broken(
        "a rule that does not exist",
        metric("composite: {all-of: [shop-down]}"),
        says='services/shop.yaml:16: rule "shop-slow": composite.all-of.1: no rule is called "shop-down"; did you mean "shop-slow"? (shape)',
    ),
    broken(
        "a tag to send on that the project does not send",
        platform("forwards: [feature", "forwards: [featur"),
        says='platform.yaml:20: sentry.projects.web.forwards.1: "featur" is no tag of this project; did you mean "feature"? (shape)',
    ),
    broken(
        "an environment of a project that does not exist",
        platform("prod: production", "prd: production"),
        says='platform.yaml:18: sentry.projects.web.environments.prd: no environment is called "prd"; did you mean "prod"? (shape)',
    ),
    broken(
        "a team of the organisation that does not exist",
        platform("platform: platform", "platfrm: platform"),
        says='platform.yaml:14: sentry.teams.platfrm: no team is called "platfrm"; did you mean "platform"? (shape)',
    ),
    broken(
        "a name that is a number",
        shop("platform", "7"),
        says='services/shop.yaml:4: service "shop": team: "7" is not the name of a team; write a name (shape)',
    ),
    broken(
        "a service that depends on itself",
        shop("critical", "critical\ndepends-on: [shop]"),
        says='services/shop.yaml:6: service "shop": depends-on: "shop" depends on itself; name other services (shape)',
    ),
    broken(
        "a rule made of itself",
        metric("composite: {all-of: [shop-slow, shop-failing]}"),
        says='services/shop.yaml:16: rule "shop-slow": composite: "shop-slow" is made of itself; name other rules (shape)',
    ),
    broken(
        "a severity without a promise",
        severities("P2: {title: can wait for daylight, detects-within: 30m, reminds-every: 1h}\n", ""),
        says='teams.yaml:8: team "platform": routes.P2: severity P2 is not defined; write it in severities.yaml, for example P2: {title: can wait for daylight, detects-within: 30m, reminds-every: 1h} (shape)',
    ),
)
