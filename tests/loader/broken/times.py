"""Days, times and zones that do not exist, and windows that run backwards."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import CRON, WINDOW, Broken, broken, cover, errors, layer, oncall, replaced, shop

OFFICE = "time-zone: Europe/Berlin, days: mon-fri"
CASES: tuple[Broken, ...] = (
    broken(
        "a time zone that does not exist",
        oncall("  time-zone: Europe/Berlin", "  time-zone: Europe/Berln"),
        says='oncall.yaml:11: schedule "primary": time-zone: "Europe/Berln" is not a time zone; write the name of a place, such as "Europe/Berlin" or "Asia/Kolkata" (shape)',
    ),
    broken(
        "a time zone that leads out of its directory",
        oncall("  time-zone: Europe/Berlin", "  time-zone: ../../etc/passwd"),
        says='oncall.yaml:11: schedule "primary": time-zone: "../../etc/passwd" is not a time zone; write the name of a place, such as "Europe/Berlin" or "Asia/Kolkata" (shape)',
    ),
    broken(
        "a date that does not exist",
        shop("means: Customers", "trial-until: 2026-02-30\n    means: Customers"),
        says='services/shop.yaml:10: rule "shop-failing": trial-until: "2026-02-30" is a day that does not exist: the days of 2026-02 are 01 to 28; write it as 2026-01-31 (shape)',
    ),
    broken(
        "a date in another order",
        shop("means: Customers", "trial-until: 30.11.2026\n    means: Customers"),
        says='services/shop.yaml:10: rule "shop-failing": trial-until: "30.11.2026" is not a date; write it as 2026-01-31 (shape)',
    ),
    broken(
        "a local time that does not exist",
        oncall('09:00"', '24:30"'),
        says='oncall.yaml:13: schedule "primary": layers.1.anchor: "2026-01-05 24:30" is a time that does not exist: hours are 00 to 23; write it as "2026-01-05 09:00" (shape)',
    ),
    broken(
        "a local time without its hour",
        oncall('"2026-01-05 09:00"', '"2026-01-05"'),
        says='oncall.yaml:13: schedule "primary": layers.1.anchor: "2026-01-05" is not a local time; write it as "2026-01-05 09:00" (shape)',
    ),
    broken(
        "an anchor that the clock skips",
        oncall('"2026-01-05 09:00"', '"2026-03-29 02:30"'),
        says='oncall.yaml:13: schedule "primary": layers.1.anchor: "2026-03-29 02:30" does not exist in "Europe/Berlin", whose clock is put forward then; write "2026-03-29 03:00", or "2026-03-29 01:59" (shape)',
    ),
    broken(
        "an anchor that comes twice",
        oncall('"2026-01-05 09:00"', '"2026-10-25 02:30"'),
        says='oncall.yaml:13: schedule "primary": layers.1.anchor: "2026-10-25 02:30" comes twice in "Europe/Berlin", whose clock is put back then; write "2026-10-25 02:30 +02:00" for the first, or "2026-10-25 02:30 +01:00" for the second (shape)',
    ),
    broken(
        "an end with an offset that the zone does not have",
        layer('until: "2026-10-25 02:30 +05:00"'),
        says='oncall.yaml:13: schedule "primary": layers.1.until: "2026-10-25 02:30 +05:00" is not the time of "Europe/Berlin"; write "2026-10-25 02:30 +02:00" (shape)',
    ),
    broken(
        "an anchor before the first year",
        oncall('"2026-01-05 09:00"', '"0001-01-01 00:00"'),
        says='oncall.yaml:13: schedule "primary": layers.1.anchor: "0001-01-01 00:00" is not between 2000 and 2100; write it as "2026-01-05 09:00" (shape)',
    ),
    broken(
        "a time of day that does not exist",
        layer('only: {from: "09:00", to: "25:00"}'),
        says='oncall.yaml:13: schedule "primary": layers.1.only.to: "25:00" is a time that does not exist: hours are 00 to 23; write it as "09:00" (shape)',
    ),
    broken(
        "a weekday that does not exist",
        layer("only: {days: mon-fry}"),
        says='oncall.yaml:13: schedule "primary": layers.1.only.days: "mon-fry" is not a set of weekdays; write "mon-fri", "sat-sun" or "mon,wed" (shape)',
    ),
    broken(
        "half a window",
        layer('only: {from: "09:00"}'),
        says='oncall.yaml:13: schedule "primary": layers.1.only: is a window without "to"; write both from and to (shape)',
    ),
    broken(
        "a window without length",
        layer('only: {from: "09:00", to: "09:00"}'),
        says='oncall.yaml:13: schedule "primary": layers.1.only.to: is a window from "09:00" to the same time; leave only out for all hours of the week (shape)',
    ),
    broken(
        "a day from two to two at night",
        layer('only: {days: sun, from: "02:00", to: "02:00"}'),
        says='oncall.yaml:13: schedule "primary": layers.1.only.to: is a window from "02:00" to the same time; write only: [{from: sun 02:00, to: mon 02:00}] (shape)',
    ),
    broken(
        "days apart from a time to the same time",
        layer('only: {days: "mon,sat-sun", from: "08:00", to: "08:00"}'),
        says='oncall.yaml:13: schedule "primary": layers.1.only.to: is a window from "08:00" to the same time; write only: [{from: sat 08:00, to: tue 08:00}] (shape)',
    ),
    broken(
        "a week from a time of it to the same time",
        layer("only: {from: fri 17:00, to: fri 17:00}"),
        says='oncall.yaml:13: schedule "primary": layers.1.only.to: is a window from "fri 17:00" to the same time; leave only out for all hours of the week (shape)',
    ),
    broken(
        "a weekday at one end of a window",
        layer("only: {from: fri 17:00, to: 09:00}"),
        says='oncall.yaml:13: schedule "primary": layers.1.only.to: "09:00" has no weekday, and "fri 17:00" has one; write both with a weekday, like from: fri 17:00, to: mon 09:00 (shape)',
    ),
    broken(
        "days beside weekdays of a window",
        layer("only: {days: fri-mon, from: fri 17:00, to: mon 09:00}"),
        says='oncall.yaml:13: schedule "primary": layers.1.only.days: "fri-mon" stands beside "fri 17:00", which has a weekday; take days out, or the weekdays of from and to (shape)',
    ),
    broken(
        "a weekday of a window that does not exist",
        layer("only: {from: fry 17:00, to: mon 09:00}"),
        says='oncall.yaml:13: schedule "primary": layers.1.only.from: "fry 17:00" is not a time of the week; write one of mon, tue, wed, thu, fri, sat, sun before the time, like "fri 17:00" (shape)',
    ),
    broken(
        "two windows with an hour in common",
        layer("only: [{from: fri 17:00, to: mon 09:00}, {days: mon, from: 08:00, to: 10:00}]"),
        says='oncall.yaml:13: schedule "primary": layers.1.only.2: window 2 has hours that window 1 has as well; let each hour of the week stand in one window (shape)',
    ),
    broken(
        "no window at all",
        layer("only: []"),
        says='oncall.yaml:13: schedule "primary": layers.1.only: is an empty list; name at least one, or take the word out (shape)',
    ),
    broken(
        "a misspelt word in a second window",
        layer("only: [{days: sat}, {days: mon, form: 08:00, to: 10:00}]"),
        says='oncall.yaml:13: schedule "primary": layers.1.only.2.form: is an unknown field; did you mean "from"? (shape)',
    ),
    broken(
        "a misspelt word in the only window",
        layer("only: {days: mon, form: 08:00, to: 10:00}"),
        says='oncall.yaml:13: schedule "primary": layers.1.only.form: is an unknown field; did you mean "from"? (shape)',
    ),
    broken(
        "a call at the same time twice",
        oncall("phone: 1m", "phone: [2m, 120s]"),
        says='oncall.yaml:8: person "kit": contact.high.phone: has a length of time twice; write each once, like [2m, 7m] (shape)',
    ),
    broken(
        "no call at all",
        oncall("phone: 1m", "phone: []"),
        says='oncall.yaml:8: person "kit": contact.high.phone: is an empty list; write a length of time like 2m, or several like [2m, 7m] (shape)',
    ),
    broken(
        "a second call without a unit",
        oncall("phone: 1m", "phone: [2m, 7]"),
        says='oncall.yaml:8: person "kit": contact.high.phone: "7" has no unit; write "7m" for minutes, or s, h, d, w (shape)',
    ),
    broken(
        "a second call after every incident",
        oncall("phone: 1m", "phone: [2m, 8d]"),
        says='oncall.yaml:8: person "kit": contact.high.phone: "8d" is longer than any incident; write at most 1w (shape)',
    ),
    broken(
        "somebody in their own place",
        cover('who: ana, instead-of: ana, from: "2026-12-07 09:00", to: "2026-12-14 09:00"'),
        says='oncall.yaml:14: schedule "primary": cover.1.who: puts "ana" in the place of "ana"; name somebody else (shape)',
    ),
    broken(
        "a cover of somebody who takes no turns",
        cover('who: ana, instead-of: kit, from: "2026-12-07 09:00", to: "2026-12-14 09:00"'),
        says='oncall.yaml:14: schedule "primary": cover.1.instead-of: "kit" takes no turns here; name one of ana, ben (shape)',
    ),
    broken(
        "a cover that ends before it begins",
        cover('who: kit, instead-of: ana, from: "2026-12-14 09:00", to: "2026-12-07 09:00"'),
        says='oncall.yaml:14: schedule "primary": cover.1.to: ends at "2026-12-07 09:00", which is not after it begins; swap from and to (shape)',
    ),
    broken(
        "a cover from a time that the clock skips",
        cover('who: kit, instead-of: ana, from: "2027-03-28 02:30", to: "2027-04-07 09:00"'),
        says='oncall.yaml:14: schedule "primary": cover.1.from: "2027-03-28 02:30" does not exist in "Europe/Berlin", whose clock is put forward then; write "2027-03-28 03:00", or "2027-03-28 01:59" (shape)',
    ),
    broken(
        "two covers of one person at a time",
        cover(
            'who: kit, instead-of: ana, from: "2026-12-07 09:00", to: "2026-12-14 09:00"',
            'who: ben, instead-of: ana, from: "2026-12-13 09:00", to: "2026-12-16 09:00"',
        ),
        says='oncall.yaml:15: schedule "primary": cover.2: covers "ana" while "kit" does; let one cover end before the other begins (shape)',
    ),
    broken(
        "a cover by somebody whom nobody knows",
        cover('who: zoe, instead-of: ana, from: "2026-12-07 09:00", to: "2026-12-14 09:00"'),
        says='oncall.yaml:14: schedule "primary": cover.1.who: no person is called "zoe"; take it out, or add it to people in oncall.yaml (shape)',
    ),
    broken(
        "a restriction that restricts nothing",
        layer("only: {}"),
        says='oncall.yaml:13: schedule "primary": layers.1.only: is an empty window; write days, or from and to, or leave only out (shape)',
    ),
    broken(
        "a layer that ends before it begins",
        layer('until: "2026-01-04 09:00"'),
        says='oncall.yaml:13: schedule "primary": layers.1.until: ends at "2026-01-04 09:00", which is not after its anchor; write a later time, or leave until out (shape)',
    ),
    broken(
        "a turn of a minute",
        oncall("1w", "1m"),
        says='oncall.yaml:13: schedule "primary": layers.1.turn: "1m" is not a turn; PagerDuty takes 1h to 365d (shape)',
    ),
    broken(
        "a step that waits for ever",
        oncall("escalate-after: 10m", "escalate-after: 99999999w"),
        says='oncall.yaml:18: policy "critical": steps.2.escalate-after: "99999999w" is longer than any incident; write at most 1w (shape)',
    ),
    broken(
        "a phone that rings next week",
        oncall("phone: 1m", "phone: 8d"),
        says='oncall.yaml:8: person "kit": contact.high.phone: "8d" is longer than any incident; write at most 1w (shape)',
    ),
    broken(
        "an incident that closes by itself while people are asked",
        oncall("extra-rounds: 1", "extra-rounds: 1\n    resolves-after: 29m\n    acknowledgement-expires: 10m"),
        says='oncall.yaml:20: policy "critical": resolves-after: "29m" closes an incident while people are still asked, for 30m; write 30m or more, or never (shape)',
    ),
    broken(
        "an incident that closes by itself before its acknowledgement expires",
        oncall("extra-rounds: 1", "extra-rounds: 1\n    resolves-after: 1h\n    acknowledgement-expires: 1h"),
        says='oncall.yaml:20: policy "critical": resolves-after: "1h" closes an incident before its acknowledgement expires, after 1h; write more than 1h, or never (shape)',
    ),
    broken(
        "an incident that closes by itself after longer than any incident",
        oncall("extra-rounds: 1", "extra-rounds: 1\n    resolves-after: 2w"),
        says='oncall.yaml:20: policy "critical": resolves-after: "2w" is longer than any incident; write at most 1w (shape)',
    ),
    broken(
        "support hours over midnight",
        oncall("extra-rounds: 1", f"extra-rounds: 1\n    support-hours: {{{OFFICE}, from: '17:00', to: '09:00'}}"),
        says='oncall.yaml:20: policy "critical": support-hours.to: ends at "09:00", which is not after it begins on that day; write a later time of the same day, like to: "17:00" (shape)',
    ),
    broken(
        "support hours with a weekday twice",
        oncall("extra-rounds: 1", f"extra-rounds: 1\n    support-hours: {{{OFFICE}, from: mon 09:00, to: '17:00'}}"),
        says='oncall.yaml:20: policy "critical": support-hours.from: "mon 09:00" has a weekday, which days says; write "09:00" (shape)',
    ),
    broken(
        "an acknowledgement that holds for ever and does not say so",
        oncall("extra-rounds: 1", "acknowledgement-expires: 99999999w"),
        says='oncall.yaml:19: policy "critical": acknowledgement-expires: "99999999w" is longer than any incident; write at most 1w (shape)',
    ),
    replaced(
        "a maintenance window that runs backwards",
        "maintenance.yaml",
        WINDOW.replace("23:00", "21:00"),
        says='maintenance.yaml:6: maintenance "window": to: ends at "2026-12-01 21:00", which is not after it begins; swap from and to (shape)',
    ),
    replaced(
        "a maintenance window that mutes nothing",
        "maintenance.yaml",
        WINDOW.replace("[shop]", "[]"),
        says='maintenance.yaml:7: maintenance "window": services: mutes no service; name at least one, or write services: all (shape)',
    ),
    replaced(
        "a maintenance window that names a service twice",
        "maintenance.yaml",
        WINDOW.replace("[shop]", "[shop, shop]"),
        says='maintenance.yaml:7: maintenance "window": services: names "shop" twice; name it once (shape)',
    ),
    replaced(
        "a window that opens again after half a day",
        "maintenance.yaml",
        WINDOW.replace("  services:", "  every: 12h\n  services:"),
        says='maintenance.yaml:7: maintenance "window": every: "12h" is not a number of whole days, 366 at most; write for example 1d, 1w or 2w (shape)',
    ),
    replaced(
        "a window that opens once and has a last day",
        "maintenance.yaml",
        WINDOW.replace("  services:", "  until: 2027-01-01\n  services:"),
        says='maintenance.yaml:7: maintenance "window": until: opens once, and this is for a window that opens again; write every: 1d, or take until out (shape)',
    ),
    replaced(
        "a window that opens once and has weekdays",
        "maintenance.yaml",
        WINDOW.replace("  services:", "  days: mon-fri\n  services:"),
        says='maintenance.yaml:7: maintenance "window": days: opens once, and this is for a window that opens again; write every: 1d, or take days out (shape)',
    ),
    replaced(
        "weekdays beside a window of each week",
        "maintenance.yaml",
        WINDOW.replace("  services:", "  every: 1w\n  days: mon-fri\n  services:"),
        says='maintenance.yaml:8: maintenance "window": days: stands beside every: 1w, and chooses among the days of "every: 1d"; write every: 1d, or take days out and write a window for each day (shape)',
    ),
    replaced(
        "a window whose first day is none of its weekdays",
        "maintenance.yaml",
        WINDOW.replace("  services:", "  every: 1d\n  days: sat-sun\n  services:"),
        says='maintenance.yaml:5: maintenance "window": from: "2026-12-01 22:00" is a tue, and days leaves that out; write the first day on which it opens (shape)',
    ),
    replaced(
        "a window that ends for ever before it opens",
        "maintenance.yaml",
        WINDOW.replace("  services:", "  every: 1w\n  until: 2026-11-30\n  services:"),
        says='maintenance.yaml:8: maintenance "window": until: "2026-11-30" is before it opens first; write a later day (shape)',
    ),
    replaced(
        "a window of each week in the hour that a clock skips",
        "maintenance.yaml",
        WINDOW.replace("2026-12-01 22", "2026-12-06 02").replace("-01 23", "-06 03").replace("  s", "  every: 1w\n  s"),
        says='maintenance.yaml:5: maintenance "window": from: comes to "2027-03-28 02:00", which the clock of "Europe/Berlin" skips or shows twice; write another hour, like 04:00, or time-zone: Etc/UTC (shape)',
    ),
    replaced(
        "a window that opens again before it has ended",
        "maintenance.yaml",
        WINDOW.replace("2026-12-01 23:00", "2026-12-02 22:00").replace("  services:", "  every: 1d\n  services:"),
        says='maintenance.yaml:7: maintenance "window": every: opens again after "1d", before it has ended; write a longer every, or an earlier to (shape)',
    ),
    replaced(
        "a window for services and for rules",
        "maintenance.yaml",
        WINDOW.replace("  services:", "  rules: [shop-failing]\n  services:"),
        says='maintenance.yaml:7: maintenance "window": rules: names services and rules; take services out for these rules alone, or take rules out (shape)',
    ),
    replaced(
        "a window for every service in another word",
        "maintenance.yaml",
        WINDOW.replace("[shop]", "everything"),
        says='maintenance.yaml:7: maintenance "window": services: "everything" is neither all nor a list; write [SERVICE], or all for every service (shape)',
    ),
    replaced(
        "a window for a rule that nobody declares",
        "maintenance.yaml",
        WINDOW.replace("services: [shop]", "rules: [shop-down]"),
        says='maintenance.yaml:7: maintenance "window": rules.1: no rule is called "shop-down"; did you mean "shop-slow"? (shape)',
    ),
    broken(
        "a crontab of four fields",
        errors(CRON.replace('* *"', '*"')),
        says='services/shop.yaml:11: rule "shop-failing": cron.schedule: "30 2 * *" is not a crontab; write five fields, minute hour day month weekday, like "30 2 * * *" (shape)',
    ),
    broken(
        "a margin of half a minute",
        errors(CRON.replace("10m", "30s")),
        says='services/shop.yaml:11: rule "shop-failing": cron.late-after: "30s" is not a margin; Sentry counts whole minutes, 1m to 28d (shape)',
    ),
)
