"""Days, times and zones that do not exist, and windows that run backwards."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import CRON, WINDOW, Broken, broken, errors, layer, oncall, replaced, shop

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
        says='services/shop.yaml:10: rule "shop-failing": trial-until: "2026-02-30" is a day that does not exist; look at a calendar (shape)',
    ),
    broken(
        "a date in another order",
        shop("means: Customers", "trial-until: 30.11.2026\n    means: Customers"),
        says='services/shop.yaml:10: rule "shop-failing": trial-until: "30.11.2026" is not a date; write it as 2026-01-31 (shape)',
    ),
    broken(
        "a local time that does not exist",
        oncall('09:00"', '24:30"'),
        says='oncall.yaml:13: schedule "primary": layers.1.anchor: "2026-01-05 24:30" is a time that does not exist; look at a calendar (shape)',
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
        says='oncall.yaml:13: schedule "primary": layers.1.only.to: "25:00" is not a time of day; write it as "09:00" (shape)',
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
        says='oncall.yaml:13: schedule "primary": layers.1.only.to: is a window from "09:00" to the same time; leave from and to out for whole days (shape)',
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
        says='maintenance.yaml:7: maintenance "window": services: mutes no service; name at least one (shape)',
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
