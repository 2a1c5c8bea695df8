"""Entries whose words are each right, and that make no sense together."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from monitoring.model.service import SIGNAL_KINDS
from tests.loader.broken.case import (
    ERRORS,
    TEST,
    Broken,
    broken,
    errors,
    metric,
    oncall,
    platform,
    replaced,
    role,
    severities,
    shop,
    teams,
    updates,
    uptime,
)

MAILBOXES = ", ".join(f"person-{number}@youragency.com" for number in range(19))

CASES: tuple[Broken, ...] = (
    broken(
        "a route to one channel twice",
        teams("P3: {slack: [alerts]}", "P3: {slack: [alerts, alerts]}"),
        says='teams.yaml:9: team "platform": routes.P3.slack: names "alerts" twice; name it once (shape)',
    ),
    broken(
        "a route to more receivers than a notification rule takes",
        teams(
            "P1: {page: critical, slack: [alerts]}", f"P1: {{page: critical, slack: [alerts], email: [{MAILBOXES}]}}"
        ),
        says='teams.yaml:7: team "platform": routes.P1: has 21 receivers, and Datadog takes 20 of a route; write a channel, or one address that reaches them all (shape)',
    ),
    broken(
        "a rule that watches nothing",
        errors("team: platform"),
        says=f'services/shop.yaml:7: rule "shop-failing": watches nothing; write exactly one of {", ".join(SIGNAL_KINDS)} (shape)',
    ),
    broken(
        "a rule that watches two things",
        errors(
            ERRORS
            + '\n    cron: {project: web, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}'
        ),
        says='services/shop.yaml:12: rule "shop-failing": cron: watches errors and cron; write one rule for each (shape)',
    ),
    broken(
        "a role that nobody can be asked for",
        role("title: Scribe, ask: [], does: Writes."),
        says='oncall.yaml:21: role "scribe": ask: asks nobody; name a schedule or a person (shape)',
    ),
    broken(
        "a role that asks somebody twice",
        role("title: Scribe, ask: [kit, primary, kit], does: Writes."),
        says='oncall.yaml:21: role "scribe": ask: asks "kit" twice; name it once (shape)',
    ),
    broken(
        "a public notice before a human is promised",
        updates("first-within: 4m, investigating: 15m, identified: 30m, monitoring: 1h"),
        says='severities.yaml:7: severity "P0": public-updates.first-within: promises a public notice within "4m", before a human is promised; write at least 5m (shape)',
    ),
    broken(
        "public updates without a pause",
        updates("first-within: 15m, investigating: 0m, identified: 30m, monitoring: 1h"),
        says='severities.yaml:7: severity "P0": public-updates.investigating: "0m" is no time between two updates; write at least 1m (shape)',
    ),
    broken(
        "a public notice that nobody is awake to write",
        severities(
            "detects-within: 30m",
            "public-updates: {first-within: 1h, investigating: 1h, identified: 1h, monitoring: 1h}, detects-within: 30m",
        ),
        says='severities.yaml:12: severity "P2": public-updates: promises a public notice and wakes nobody who could write it; write wakes, or take public-updates out (shape)',
    ),
    broken(
        "a signal elsewhere that nobody sends",
        errors("elsewhere: {fires-when: it fails, detects-within: 5m}"),
        says='services/shop.yaml:11: rule "shop-failing": elsewhere: names nothing that sends; write exactly one of events-api, vendor, email (shape)',
    ),
    broken(
        "a signal elsewhere that is sent in two ways",
        errors("elsewhere: {vendor: GitHub, events-api: GitHub, fires-when: it fails, detects-within: 5m}"),
        says='services/shop.yaml:11: rule "shop-failing": elsewhere: sends by events-api and vendor; write exactly one of events-api, vendor, email (shape)',
    ),
    broken(
        "a vendor of integrations that PagerDuty would read as a pattern",
        errors('elsewhere: {vendor: "Amazon (CloudWatch)", fires-when: it fails, detects-within: 5m}'),
        says='services/shop.yaml:11: rule "shop-failing": elsewhere.vendor: PagerDuty would read ( as part of a pattern, as in "Amazon (CloudWatch)"; write the whole name without it, like Amazon CloudWatch (shape)',
    ),
    broken(
        "a mailbox that is not at PagerDuty",
        errors("elsewhere: {email: backup@youragency.com, fires-when: it fails, detects-within: 5m}"),
        says='services/shop.yaml:11: rule "shop-failing": elsewhere.email: PagerDuty takes mail at addresses of the account alone, and not at "backup@youragency.com"; write it like nightly-backup@youragency.pagerduty.com (shape)',
    ),
    broken(
        "errors that are not counted",
        errors("errors: {project: web}"),
        says='services/shop.yaml:11: rule "shop-failing": errors: counts nothing; write more-than and within, or each-event: true (shape)',
    ),
    broken(
        "errors that are counted without an end",
        errors("errors: {project: web, more-than: 10}"),
        says='services/shop.yaml:11: rule "shop-failing": errors.more-than: counts without an end; write within, like 5m (shape)',
    ),
    broken(
        "a window without a number",
        shop("where: {feature: checkout}, more-than: 10, within: 5m", "within: 5m"),
        says='services/shop.yaml:11: rule "shop-failing": errors.within: has a window and no number; write more-than, like 10 (shape)',
    ),
    broken(
        "each event, counted",
        shop("where: {feature: checkout}", "each-event: true"),
        says='services/shop.yaml:11: rule "shop-failing": errors: each-event leaves nothing to count; take out more-than, within and per-issue (shape)',
    ),
    broken(
        "a count below nothing",
        shop("more-than: 10", "more-than: -1"),
        says='services/shop.yaml:11: rule "shop-failing": errors.more-than: "-1" is too few to count; write 0 or more (shape)',
    ),
    broken(
        "people of all issues together",
        shop("more-than: 10, within: 5m", "more-than: 10, within: 5m, counting: people"),
        says='services/shop.yaml:11: rule "shop-failing": errors.counting: counts the people of all issues together; write per-issue: true, or take counting out (shape)',
    ),
    broken(
        "one issue of two values of a tag",
        shop(
            "{feature: checkout}, more-than: 10, within: 5m",
            "{feature: [checkout, search]}, more-than: 10, within: 5m, per-issue: true",
        ),
        says='services/shop.yaml:11: rule "shop-failing": errors.where.feature: Sentry compares a single issue with one value a tag; write one rule for each value (shape)',
    ),
    broken(
        "a number of reminders that is none",
        shop("    means: Pages take longer than people will wait.\n", "    means: M.\n    reminds-at-most: 0\n"),
        says='services/shop.yaml:16: rule "shop-slow": reminds-at-most: "0" is no number of reminders; write 1 or more, or reminds-every: 0m for none (shape)',
    ),
    broken(
        "an end of reminders that Sentry sends",
        shop("    means: Customers cannot buy.\n", "    means: M.\n    reminds-at-most: 3\n"),
        says='services/shop.yaml:11: rule "shop-failing": reminds-at-most: Sentry reminds for as long as a rule fires; take reminds-at-most out (shape)',
    ),
    broken(
        "a text for a recovery that Sentry sees",
        shop("    means: Customers cannot buy.\n", "    means: M.\n    recovery-text: All is well.\n"),
        says='services/shop.yaml:11: rule "shop-failing": recovery-text: Datadog alone sends a text of its own for this; take recovery-text out, and say it in means (shape)',
    ),
    broken(
        "a text for reminders of what another system sends",
        shop(
            "    means: Customers cannot buy.\n    errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}\n",
            "    means: M.\n    reminder-text: Still.\n    elsewhere: {events-api: the host, fires-when: it fails, detects-within: 5m}\n",
        ),
        says='services/shop.yaml:11: rule "shop-failing": reminder-text: Datadog alone sends a text of its own for this; take reminder-text out, and say it in means (shape)',
    ),
    broken(
        "a text for missing data of which nothing alerts",
        shop(
            "    means: Pages take longer than people will wait.\n", "    means: M.\n    no-data-text: Nobody knows.\n"
        ),
        shop("when-silent: alert", "when-silent: show"),
        says='services/shop.yaml:16: rule "shop-slow": no-data-text: is never sent, since the rule does not alert when no data arrive; write when-silent: alert, or take no-data-text out (shape)',
    ),
    broken(
        "a text for missing data of a test",
        shop("    means: Customers cannot buy.\n", "    means: M.\n    no-data-text: Nobody knows.\n"),
        uptime("{page: {path: /}}"),
        says='services/shop.yaml:11: rule "shop-failing": no-data-text: is never sent, since the rule does not alert when no data arrive; take no-data-text out (shape)',
    ),
    broken(
        "a test that asks nothing",
        uptime("{}"),
        says='services/shop.yaml:11: rule "shop-failing": uptime.asks: a test asks one thing; write exactly one of health, page, steps, browser, certificate, connection, dns, ping, grpc (shape)',
    ),
    broken(
        "a page with two addresses",
        uptime('{page: {path: /, url: "https://app.youragency.com"}}'),
        says='services/shop.yaml:11: rule "shop-failing": uptime.asks.page: has two addresses; write url, or path below the environment\'s address (shape)',
    ),
    broken(
        "a path that is none",
        uptime("{page: {path: home}}"),
        says='services/shop.yaml:11: rule "shop-failing": uptime.asks.page.path: "home" is not a path; begin it with /, and write blanks and other signs as %20 (shape)',
    ),
    broken(
        "a status that http does not have",
        uptime("{page: {path: /, status: 99}}"),
        says='services/shop.yaml:11: rule "shop-failing": uptime.asks.page.status: "99" is not an http status; write one from 100 to 599 (shape)',
    ),
    broken(
        "more failures than regions",
        uptime("{page: {path: /}}", TEST.replace("2", "3")),
        says='services/shop.yaml:11: rule "shop-failing": uptime.failing-in: "3" of 2 regions can never fail; write 1 to 2 (shape)',
    ),
    broken(
        "a region twice",
        uptime("{page: {path: /}}", TEST.replace("aws:us-east-1", "aws:eu-central-1")),
        says='services/shop.yaml:11: rule "shop-failing": uptime.regions: names "aws:eu-central-1" twice; name it once (shape)',
    ),
    broken(
        "too many retries",
        uptime(
            "{page: {path: /}}",
            "{every: 1m, regions: [aws:eu-central-1, aws:us-east-1], failing-in: 2, retry: {times: 9, after: 5s}}",
        ),
        says='services/shop.yaml:11: rule "shop-failing": uptime.retry.times: "9" is not a number of retries; Datadog takes 0 to 3 (shape)',
    ),
    broken(
        "a test every second",
        uptime("{page: {path: /}}", TEST.replace("1m", "1s")),
        says='services/shop.yaml:11: rule "shop-failing": uptime.every: "1s" is not a pace for a test; Datadog takes 30s to 1w (shape)',
    ),
    broken(
        "a composite of nothing that fires",
        metric("composite: {none-of: [shop-failing]}"),
        says='services/shop.yaml:16: rule "shop-slow": composite: combines nothing that fires; write all-of or any-of (shape)',
    ),
    broken(
        "a composite that names a rule twice",
        metric("composite: {all-of: [shop-failing, shop-failing]}"),
        says='services/shop.yaml:16: rule "shop-slow": composite: names the rule "shop-failing" twice; name it once (shape)',
    ),
    broken(
        "uptime told apart by tenant",
        errors(
            "uptime: {asks: {page: {path: /}}, every: 1m, regions: [aws:eu-central-1, aws:us-east-1], failing-in: 2, retry: {times: 1, after: 5s}}\n    for-each-tenant: {plan: enterprise}"
        ),
        says='services/shop.yaml:12: rule "shop-failing": for-each-tenant: uptime cannot be told apart by tenant; for-each-tenant goes with errors, issues and sentry-metric (shape)',
    ),
    broken(
        "a route that arrives nowhere",
        teams("P3: {slack: [alerts]", "P3: {"),
        says='teams.yaml:9: team "platform": routes.P3: arrives nowhere; write at least one of page, slack, microsoft-teams, webhook, opsgenie, email, issue-owners (shape)',
    ),
    broken(
        "a channel with its sign",
        teams("P3: {slack: [alerts", 'P3: {slack: ["#alerts"'),
        says='teams.yaml:9: team "platform": routes.P3.slack.1: "#alerts" is written with #; write "alerts" (shape)',
    ),
    broken(
        "an address in capitals",
        teams("oncall@youragency.com", "OnCall@youragency.com"),
        says='teams.yaml:4: team "platform": email: "OnCall@youragency.com" is not an e-mail address in small letters; write it as ana@youragency.com (shape)',
    ),
    broken(
        "a page that is not secure",
        platform("https://app.youragency.com", "http://app.youragency.com"),
        says='platform.yaml:5: environments.prod.url: "http://app.youragency.com" is not an https address; write it as https://app.youragency.com/path (shape)',
    ),
    broken(
        "an external service without a status page",
        shop("critical", "critical\nkind: external"),
        says='services/shop.yaml:6: service "shop": kind: is external and has no status page; write status-page: https://… (shape)',
    ),
    broken(
        "a service of our own with a status page",
        shop("critical", 'critical\nstatus-page: "https://status.youragency.com"'),
        says='services/shop.yaml:6: service "shop": status-page: has a status page, which only what others run has; write kind: external, or take status-page out (shape)',
    ),
    broken(
        "readiness without a component",
        shop("critical", "critical\nreadiness: true"),
        says='services/shop.yaml:6: service "shop": readiness: is asked for readiness and has no component of the health endpoint; write health: NAME (shape)',
    ),
    broken(
        "nobody who owns what is shared",
        platform(", owns-shared: true", ""),
        says="platform.yaml:4: environments: no environment owns what is shared, and exactly one must; write owns-shared: true in one of them (shape)",
    ),
    broken(
        "two who own what is shared",
        platform("pages: false", "owns-shared: true, pages: false"),
        says="platform.yaml:4: environments: prod and staging own what is shared, and exactly one must; write owns-shared: true in one of them (shape)",
    ),
    broken(
        "a step that asks nobody",
        oncall("ask: [kit", "ask: ["),
        says='oncall.yaml:18: policy "critical": steps.2.ask: asks nobody; name a schedule or a person (shape)',
    ),
    broken(
        "a step that asks somebody twice",
        oncall("ask: [kit", "ask: [kit, kit"),
        says='oncall.yaml:18: policy "critical": steps.2.ask: asks "kit" twice; name it once (shape)',
    ),
    broken(
        "a step of half a minute",
        oncall("10m", "30s"),
        says='oncall.yaml:18: policy "critical": steps.2.escalate-after: "30s" is not a delay; PagerDuty counts whole minutes, at least 1m (shape)',
    ),
    broken(
        "more rounds than PagerDuty takes",
        oncall("extra-rounds: 1", "extra-rounds: 10"),
        says='oncall.yaml:19: policy "critical": extra-rounds: "10" is not a number of extra rounds; PagerDuty takes 0 to 9 (shape)',
    ),
    broken(
        "a bound on nothing",
        oncall("people: [ana, ben]}", "people: [ana, ben]}\n    fairness: {}"),
        says='oncall.yaml:14: schedule "primary": fairness: bounds nothing; write a number of hours, nights, weekends or holidays, like nights: 7 (shape)',
    ),
    broken(
        "a bound that nobody can keep",
        oncall("people: [ana, ben]}", "people: [ana, ben]}\n    fairness: {nights: -1}"),
        says='oncall.yaml:14: schedule "primary": fairness.nights: "-1" is no number of nights; write 0 or more, like nights: 7 (shape)',
    ),
    broken(
        "one person who is compared",
        oncall("people: [ana, ben]}", "people: [ana]}\n    fairness: {nights: 7}"),
        says='oncall.yaml:14: schedule "primary": fairness: compares people, and only "ana" takes turns; take fairness out, or name a second person in layers (shape)',
    ),
    broken(
        "a region in small letters",
        oncall("ana@youragency.com, time-zone", "ana@youragency.com, region: pt, time-zone"),
        says='oncall.yaml:3: person "ana": region: "pt" is not how a region is written; write "PT" (shape)',
    ),
    broken(
        "a policy without steps",
        oncall("extra-rounds: 1", "extra-rounds: 1\n  idle: {steps: []}"),
        says='oncall.yaml:20: policy "idle": steps: has no step, so it asks nobody; write at least one (shape)',
    ),
    broken(
        "an acknowledgement that expires on a whim",
        oncall("extra-rounds: 1", "extra-rounds: 1\n    acknowledgement-expires: sometimes"),
        says='oncall.yaml:20: policy "critical": acknowledgement-expires: "sometimes" is not a length of time; write a whole number and s, m, h, d or w, like 5m (shape)',
    ),
    broken(
        "a login with its sign",
        oncall("email: kit@youragency.com,", 'email: kit@youragency.com, login: "@kit",'),
        says='oncall.yaml:7: person "kit": login: "@kit" is not a login: it begins with @; write it without @, like ana-youragency (shape)',
    ),
    broken(
        "a way to reach a person that does not exist",
        oncall("phone: 1m", "pager: 1m"),
        says='oncall.yaml:8: person "kit": contact.high.pager: "pager" is not a way to reach a person; it is one of push, phone, sms, email (shape)',
    ),
    replaced(
        "a waiver without an end",
        "waivers.yaml",
        "waivers:\n  - {check: unused, finding: x, reason: y, owner: platform}\n",
        says="waivers.yaml:2: waiver 1: expires: is missing; add it, for example expires: 2026-12-31 (shape)",
    ),
    replaced(
        "waivers that are a mapping",
        "waivers.yaml",
        "waivers: {}\n",
        says="waivers.yaml:1: waivers: is not a list; write [] where there is none (shape)",
    ),
)
