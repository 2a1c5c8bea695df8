"""What needs a vendor, tenants or an environment that the catalog does not have."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from monitoring.model.service import SIGNAL_KINDS
from tests.factories import PLATFORM
from tests.loader.broken.case import WINDOW, Broken, Change, broken, platform, severities, shop, teams

ACME = ("tenants.yaml", "acme: {title: Acme Stores, plan: enterprise}\n", "{}\n")
STAGING = PLATFORM[PLATFORM.index("  staging:") : PLATFORM.index("links:")]
WITHOUT_TENANCY = platform("tenancy: {tenant-tag: tenant, plan-tag: plan, plans: [enterprise]}\n", "")
WITHOUT_SENTRY = platform(PLATFORM[PLATFORM.index("sentry:\n") : PLATFORM.index("datadog:\n")], "")
WITHOUT_DATADOG = platform(PLATFORM[PLATFORM.index("datadog:\n") :], "")
UPTIME = "uptime: {asks: {page: {path: /}}, every: 1m, regions: [aws:eu-central-1, aws:us-east-1]}"


def others(vendor: str) -> str:
    """The words for the signals of the other vendors, as a message lists them."""
    *words, last = (word for word, kind in SIGNAL_KINDS.items() if kind.watcher != vendor)
    return f"{', '.join(words)} or {last}"


def rule(signal: str) -> Change:
    """The factory's second rule, with another signal."""
    return shop(
        "metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, when-silent: alert}", signal
    )


CASES: tuple[Broken, ...] = (
    broken(
        "a rule on errors without Sentry",
        WITHOUT_SENTRY,
        says=f'services/shop.yaml:11: rule "shop-failing": errors: is for Sentry, and platform.yaml has no sentry; write sentry: {{organization: youragency, slack-workspace: Your Agency, pagerduty-account: youragency, teams: {{TEAM: SLUG}}, projects: {{NAME: …}}}} there, or watch {others("sentry")} instead (shape)',
    ),
    broken(
        "a rule on a metric without Datadog",
        WITHOUT_DATADOG,
        says=f'services/shop.yaml:16: rule "shop-slow": metric: is for Datadog, and platform.yaml has no datadog; write datadog: {{site: datadoghq.eu, slack-account: youragency, regions: [aws:eu-central-1], metrics: {{}}}} there, or watch {others("datadog")} instead (shape)',
    ),
    broken(
        "an uptime rule without Datadog",
        WITHOUT_DATADOG,
        rule(UPTIME),
        says=f'services/shop.yaml:16: rule "shop-slow": uptime: is for Datadog, and platform.yaml has no datadog; write datadog: {{site: datadoghq.eu, slack-account: youragency, regions: [aws:eu-central-1], metrics: {{}}}} there, or watch {others("datadog")} instead (shape)',
    ),
    broken(
        "a rule for each tenant without tenancy",
        WITHOUT_TENANCY,
        ACME,
        shop("more-than: 10, within: 5m}", "more-than: 10, within: 5m}\n    for-each-tenant: {plan: enterprise}"),
        says='services/shop.yaml:12: rule "shop-failing": for-each-tenant: needs the tags that name a tenant, and platform.yaml has no tenancy; write tenancy: {tenant-tag: tenant, plan-tag: plan, plans: [enterprise]} there, or take it out (shape)',
    ),
    broken(
        "a tenant without tenancy",
        WITHOUT_TENANCY,
        says='tenants.yaml:1: tenant "acme": needs the tags that name a tenant, and platform.yaml has no tenancy; write tenancy: {tenant-tag: tenant, plan-tag: plan, plans: [enterprise]} there, or take it out (shape)',
    ),
    Broken(
        "a maintenance window without Datadog",
        broken("", WITHOUT_DATADOG, rule("errors: {project: web, more-than: 9, within: 1h}"), says="").files
        | {"maintenance.yaml": WINDOW.encode()},
        'maintenance.yaml:2: maintenance "window": mutes rules of Datadog only, and platform.yaml has no datadog; take the window out; Sentry\'s rules keep waking people (shape)',
    ),
    broken(
        "a team with rules on errors that Sentry does not know",
        platform("  teams: {platform: platform}\n", ""),
        says='platform.yaml:10: sentry.teams: the team "platform" has a rule for Sentry, and no team there; write its slug, for example teams: {platform: platform} (shape)',
    ),
    broken(
        "a metric where none is declared",
        platform(PLATFORM[PLATFORM.index("  metrics:\n") :], ""),
        says='services/shop.yaml:16: rule "shop-slow": metric.p95: no metric is called "trace.request"; there is none; declare it in platform.yaml under datadog.metrics, for example trace.request: {unit: s, kind: distribution, interval: 60s, sent-by: the application, tags: {env: {}, service: {}}} (shape)',
    ),
    broken(
        "an override for a tenant where no file lists any",
        shop(
            "more-than: 10, within: 5m}",
            "more-than: 10, within: 5m}\n    for-each-tenant: {plan: enterprise, except: {acne: {more-than: 5}}}",
        ),
        ACME,
        says='services/shop.yaml:12: rule "shop-failing": for-each-tenant.except.acne: no tenant is called "acne"; there is none; declare it in tenants.yaml (shape)',
    ),
    broken(
        "a single environment that owns nothing",
        platform(STAGING, ""),
        platform("owns-shared: true", "owns-shared: false"),
        platform(", staging: staging", ""),
        platform("tags: {env: {values: [prod, staging]}", "tags: {env: {values: [prod]}"),
        says="platform.yaml:5: environments.prod.owns-shared: the only environment must own what is shared; take owns-shared out (shape)",
    ),
    broken(
        "a severity that a rule has and nothing promises",
        severities("P3: {title: for the record, detects-within: 1d, reminds-every: 1d}\n", ""),
        teams("    P3: {slack: [alerts]}\n", ""),
        shop("severity: P1", "severity: P3"),
        says='services/shop.yaml:14: rule "shop-slow": severity: severity P3 is not defined; write it in severities.yaml, for example P3: {title: for the record, detects-within: 1d, reminds-every: 1d} (shape)',
    ),
)
