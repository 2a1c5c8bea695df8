"""A time zone of a schedule or of support hours is one that PagerDuty takes; it knows fewer than the world has."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import POLICIES, SCHEDULES, of_kinds

# The closed list that the PagerDuty provider checks a schedule's time zone against (terraform-provider-pagerduty).
REGIONS = {
    "Africa": "Algiers Cairo Casablanca Harare Johannesburg Monrovia Nairobi",
    "America": (
        "Argentina/Buenos_Aires Bogota Caracas Chicago Chihuahua Denver Godthab Guatemala Guyana Halifax "
        "Indiana/Indianapolis Juneau La_Paz Lima Los_Angeles Mazatlan Mexico_City Monterrey Montevideo "
        "New_York Phoenix Puerto_Rico Regina Santiago Sao_Paulo St_Johns Tijuana"
    ),
    "Asia": (
        "Almaty Baghdad Baku Bangkok Chongqing Colombo Dhaka Hong_Kong Irkutsk Jakarta Jerusalem Kabul "
        "Kamchatka Karachi Kathmandu Kolkata Krasnoyarsk Kuala_Lumpur Kuwait Magadan Muscat Novosibirsk "
        "Rangoon Riyadh Seoul Shanghai Singapore Srednekolymsk Taipei Tashkent Tbilisi Tehran Tokyo "
        "Ulaanbaatar Urumqi Vladivostok Yakutsk Yekaterinburg Yerevan"
    ),
    "Atlantic": "Azores Cape_Verde South_Georgia",
    "Australia": "Adelaide Brisbane Darwin Hobart Melbourne Perth Sydney",
    "Etc": "GMT+12 UTC",
    "Europe": (
        "Amsterdam Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Copenhagen Dublin Helsinki "
        "Istanbul Kaliningrad Kiev Lisbon Ljubljana London Madrid Minsk Moscow Paris Prague Riga Rome Samara "
        "Sarajevo Skopje Sofia Stockholm Tallinn Vienna Vilnius Volgograd Warsaw Zagreb Zurich"
    ),
    "Pacific": (
        "Apia Auckland Chatham Fakaofo Fiji Guadalcanal Guam Honolulu Majuro Midway Noumea Pago_Pago "
        "Port_Moresby Tongatapu"
    ),
}
ZONES = frozenset(f"{region}/{place}" for region, places in REGIONS.items() for place in places.split())
SAME_CLOCK = {
    "UTC": "Etc/UTC",
    "America/Toronto": "America/New_York",
    "Europe/Kyiv": "Europe/Kiev",
    "Europe/Oslo": "Europe/Berlin",
}
OTHERWISE = 'write one of its own with the same clock, as it takes "Europe/Kiev" for "Europe/Kyiv"'


@catalog_check("schedule-zones", about=of_kinds("schedules and policies", {"schedule": SCHEDULES, "policy": POLICIES}))
def schedule_zones(context: Context) -> Iterator[str | Finding]:
    """Looks at each schedule and at the support hours of each policy; finds time zones that PagerDuty refuses."""
    oncall = context.catalog.oncall
    for name, schedule in oncall.schedules.items():
        yield f"schedule {name}"
        yield from _refused(context, schedule.time_zone, "schedule", name, "time-zone")
    for name, policy in oncall.policies.items():
        yield f"policy {name}"
        if policy.support_hours:
            yield from _refused(context, policy.support_hours.time_zone, "policy", name, "support-hours", "time-zone")


def _refused(context: Context, zone: str, kind: str, name: str, *path: str) -> Iterator[Finding]:
    if zone not in ZONES:
        same = SAME_CLOCK.get(zone)
        remedy = f'write "{same}", which has the same clock' if same else OTHERWISE
        what = f'PagerDuty takes no {"schedule" if kind == "schedule" else "support hours"} in "{zone}"'
        yield context.finding(kind, name, *path, key="zone", what=what, remedy=remedy)
