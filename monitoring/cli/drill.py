"""`monitoring drill`: a simulated incident, or a whole outage, with a clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    FormatOption,
    OpenPlatform,
    OutputFormat,
    day,
    known_environment,
    open_platform,
    problems_as,
    refused,
    say_json,
    say_lines,
    table_console,
)
from monitoring.docs.fields import Occasion
from monitoring.errors import UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.model.local_time import LocalDateTime, instants, parse_local
from monitoring.model.references import nearest
from monitoring.model.scalars import parse_duration
from monitoring.model.severity import Stage
from monitoring.oncall.clock import DAY, MINUTE, in_zone, instant, iso, midnight, utc
from monitoring.reach.drill import Ack, Drill, Event, drill, oncall_around
from monitoring.reach.formatting import length, local_and_utc, which_of_two
from monitoring.reach.outage import Outage, outage
from monitoring.reach.paths import AlertPath, Hop, alert_paths, hops
from monitoring.reach.zones import first_zone, page_zone

AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="TIME",
        help='When it fires: "2026-12-24 03:00", in the time zone of its first schedule, or with a zone behind it.',
        show_default="now",
    ),
]
AckOption = Annotated[
    list[str] | None, typer.Option("--ack", metavar="PERSON@AFTER", help="Somebody acknowledges: ana@7m. Repeatable.")
]
TenantOption = Annotated[
    str | None, typer.Option("--tenant", metavar="NAME", help="The customer whose rule or notice it is.")
]

OVERLOADED = "overloaded (more than 5 in 10 minutes)"
LATEST_ACK = 30 * DAY


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("drill")(run_drill)


def run_drill(
    rule: Annotated[str | None, typer.Argument(metavar="RULE", help="The rule that fires.")] = None,
    at: AtOption = None,
    ack: AckOption = None,
    tenant: TenantOption = None,
    outage_of: Annotated[
        str | None, typer.Option("--outage", metavar="SERVICE", help="Everything fires that fails with this service.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each hop was taken, with file and line.")] = False,
    template: Annotated[
        str | None, typer.Option("--template", metavar="NAME", help="Fill a template of the procedures instead.")
    ] = None,
    say: Annotated[
        list[str] | None,
        typer.Option("--say", metavar="FIELD=TEXT", help="What the template asks for, to use it for real. Repeatable."),
    ] = None,
    form: Annotated[bool, typer.Option("--form", help="Leave the template's questions in it, to be answered.")] = False,
    sent: Annotated[
        str | None,
        typer.Option(
            "--sent",
            metavar="TIME",
            help="When the notice is sent, from which the next update counts.",
            show_default="the moment that is promised",
        ),
    ] = None,
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Rehearse one incident: who is notified when and how, what escalates, what repeats, and when it gives up."""
    platform = open_platform(catalog, format)
    name = known_environment(platform.catalog, environment)
    if (rule is None) == (outage_of is None):
        raise UsageError("name one rule to drill, or one service with --outage")
    if (say or form or sent) and not template:
        raise UsageError("--say, --form and --sent go with --template")
    if say and form:
        raise UsageError("--say answers the questions that --form leaves open; take one of them")
    if explain and template:
        raise UsageError("--explain goes with the drill itself, not with --template")
    request = DrillRequest(name, rule or "", tenant, at, tuple(ack or ()), sent)
    if rule is None and (ack or tenant or explain or template):
        raise UsageError("--ack, --tenant, --explain and --template go with one rule, not with --outage")
    if rule is None:
        _one_outage(platform, name, str(outage_of), at, format)
    elif template is None:
        _one_rule(platform, drilled_at(platform.catalog, request), name, explain, format)
    else:
        _print_filled(platform, request, template, say or (), format, form=form)


def _print_filled(
    platform: OpenPlatform,
    request: DrillRequest,
    template: str,
    say: Sequence[str],
    format: OutputFormat,  # noqa: A002  the option's name
    *,
    form: bool,
) -> None:
    from monitoring.cli.templates import filling, print_filled, template_named  # a plain drill needs no libraries of it

    with problems_as(format, platform.fields):
        named = template_named(template, platform.files, platform.catalog)
    occasion = occasion_of(platform.catalog, request, named.front.stage)
    print_filled(platform, filling(named, occasion, say, form=form), format)


@dataclass(frozen=True, slots=True)
class DrillRequest:
    """One rule that is to fire, in the words of a command line."""

    environment: str
    rule: str
    tenant: str | None
    at: str | None
    acks: tuple[str, ...] = ()
    sent: str | None = None


def drilled_at(catalog: Catalog, request: DrillRequest) -> Drill:
    """The drill that was asked for; UsageError for words that name no such thing."""
    fired = moment(request.at, _zone(catalog, request.environment, request.rule))
    acting = alert_paths(catalog, request.environment, utc(fired).date())
    path = chosen(catalog, acting, request.rule, request.tenant, fired)
    acked = [acknowledgement(catalog, each) for each in request.acks]
    return drill(path, oncall_around(catalog, [path], fired, acked), fired, acked)


def occasion_of(catalog: Catalog, request: DrillRequest, stage: Stage | None) -> Occasion:
    """What a template is filled with: a tenant may be named for any rule, and selects its own where there is one."""
    _, rule = catalog.rules.get(request.rule, (None, None))
    if request.tenant and rule and not rule.for_each_tenant:
        if request.tenant not in catalog.tenants:
            raise UsageError(f'no customer is called "{request.tenant}"; {nearest(request.tenant, catalog.tenants)}')
        drilled = drilled_at(catalog, replace(request, tenant=None))
    else:
        drilled = drilled_at(catalog, request)
    acting = effective_rules(catalog, request.environment, utc(drilled.at).date())
    fired = next(rule for rule in acting if rule.id == drilled.path.rule)
    tenant = request.tenant if request.tenant in catalog.tenants else None
    zone_name = page_zone(catalog, drilled.path)
    return Occasion(catalog, fired, drilled, zone_name, stage, tenant, _sent(request, drilled, zone_name))


def _sent(request: DrillRequest, drilled: Drill, zone_name: str) -> int | None:
    """When a notice is sent, or None for the moment that is promised; UsageError for a time before the rule fired."""
    if request.sent is None:
        return None
    sent = moment(request.sent, zone_name, "--sent")
    if sent < drilled.at:
        raise UsageError(f'--sent "{request.sent}" is before the rule fires, on {local_and_utc(drilled.at, zone_name)}')
    return sent


def _one_rule(platform: OpenPlatform, drilled: Drill, environment: str, explain: bool, format: OutputFormat) -> None:  # noqa: A002
    way = list(hops(platform.catalog, environment, utc(drilled.at).date(), drilled.path.rule))
    if format is OutputFormat.JSON:
        say_json({**platform.fields, **as_json(drilled, way)})
    else:
        say_lines([f"{platform.heading}, {environment}"])
        say_lines(drill_lines(drilled, page_zone(platform.catalog, drilled.path), way if explain else ()))


def _one_outage(
    platform: OpenPlatform,
    environment: str,
    service: str,
    at: str | None,
    format: OutputFormat,  # noqa: A002  the option's name
) -> None:
    catalog = platform.catalog
    if service not in catalog.services:
        raise UsageError(f'no service is called "{service}"; {nearest(service, catalog.services)}')
    fired = moment(at, first_zone(catalog))
    paths = alert_paths(catalog, environment, utc(fired).date())
    failed = outage(catalog, paths, oncall_around(catalog, paths, fired, ()), service, fired)
    if format is OutputFormat.JSON:
        say_json({**platform.fields, **outage_json(failed)})
    else:
        typer.echo(f"{platform.heading}, {environment}")
        _print_outage(failed, first_zone(catalog))


# --- what was asked --------------------------------------------------------------------------------------------


def moment(text: str | None, zone_name: str, option: str = "--at") -> int:
    """The instant that an option names, to the minute; UsageError for what cannot be read."""
    if text is None:
        return int(datetime.now(UTC).timestamp()) // MINUTE * MINUTE
    match = re.fullmatch(
        r"(\d{4}-\d\d-\d\d[ T]\d\d?:\d\d)(?::00)?\s*(Z|UTC|[+-]\d\d:\d\d|[A-Za-z_]+/[\w/+\-]+)?", text.strip()
    )
    if match is None:
        raise UsageError(f'{option} "{text}" is not a time; write "2026-12-24 03:00", or a zone behind it')
    try:
        local = parse_local(match[1])
    except ValueError as error:
        raise refused(option, error, "2026-12-24 03:00") from None
    return _in_zone(local.wall, match[2] or zone_name, option)


def moment_of_day(today: str | None) -> int:
    """The beginning of the day that `--today` names, in UTC; without one the minute that runs."""
    return moment(None, "Etc/UTC") if today is None else midnight(day(today))


def _in_zone(local: datetime, zone_name: str, option: str) -> int:
    """The instant of a local time by an offset or in a zone; of a time that comes twice, the first."""
    if zone_name in ("Z", "UTC"):
        return instant(local.replace(tzinfo=UTC))
    if zone_name[0] in "+-":
        return _with_offset(local, zone_name, option)
    try:
        shown_at = instants(local, zone_name)
    except KeyError:
        remedy = "write the name of a place, such as Europe/Berlin"
        raise UsageError(f'{option}: "{zone_name}" is not a time zone; {remedy}') from None
    if not shown_at:
        raise UsageError(f"{option}: {'; '.join(LocalDateTime(local).problem(zone_name) or ())}")
    return instant(shown_at[0])


def _with_offset(local: datetime, offset: str, option: str) -> int:
    try:
        return instant(datetime.fromisoformat(f"{local:%Y-%m-%d %H:%M}{offset}"))
    except ValueError:
        raise UsageError(f'{option}: "{offset}" is not an offset from UTC; write it as +02:00') from None


def acknowledgement(catalog: Catalog, text: str) -> Ack:
    """The acknowledgement in PERSON@AFTER; UsageError for what is none, or nobody."""
    person, at, after = text.partition("@")
    if not at:
        raise UsageError(f'--ack "{text}" is not PERSON@AFTER; write it as "ana@7m"')
    if person not in catalog.oncall.people:
        people = ", ".join(sorted(catalog.oncall.people))
        raise UsageError(f'--ack: no person is called "{person}"; name one of {people}, like "ana@7m"')
    try:
        seconds = parse_duration(after).seconds
    except ValueError as error:
        raise refused("--ack", error, "ana@7m") from None
    if seconds > LATEST_ACK:
        raise UsageError(f'--ack "{text}" is later than {length(LATEST_ACK)}, when nobody waits any more')
    return Ack(seconds, person)


def chosen(catalog: Catalog, paths: Sequence[AlertPath], rule: str, tenant: str | None, at: int) -> AlertPath:
    """The path of a rule, or of one tenant's rule; UsageError where the words name none or several."""
    acting = {path.rule: path for path in paths if (path.since or at) <= at and (path.until is None or at < path.until)}
    name = f"{rule}-{tenant}" if tenant else rule
    if name in acting:
        return acting[name]
    own = sorted(path.rule[len(rule) + 1 :] for path in acting.values() if path.catalog_rule == rule)
    if own and own != [""]:
        raise UsageError(f'each customer has a rule "{rule}" of its own; name one with --tenant: {", ".join(own)}')
    if rule in catalog.rules:
        why = "has no rules for each customer" if tenant else "does not act in this environment"
        raise UsageError(f'the rule "{rule}" {why}')
    raise UsageError(f'no rule is called "{rule}"; {nearest(rule, [*catalog.rules, *acting])}')


def _zone(catalog: Catalog, environment: str, rule: str) -> str:
    acting = alert_paths(catalog, environment, datetime.now(UTC).date())
    near = next((path for path in acting if rule in (path.rule, path.catalog_rule)), None)
    return first_zone(catalog) if near is None else page_zone(catalog, near)


# --- text ------------------------------------------------------------------------------------------------------


def drill_lines(drilled: Drill, zone_name: str, way: Sequence[Hop] = ()) -> Iterator[str]:
    """The incident as a stranger can read it aloud: a line an event, in order; with its way, where each is written."""
    yield f"{drilled.path.rule} fires on {local_and_utc(drilled.at, zone_name)}"
    yield from which_of_two(drilled.at, zone_name)
    if way:
        yield ""
        yield "The way that it takes:"
        yield from (f"  {hop.name}: {hop.text} ({hop.source})" for hop in way)
    yield ""
    for event in drilled.events:
        where = f" ({event.source})" if way and event.source else ""
        yield f"{length(event.after):>8}  {_stamp(drilled.at + event.after, zone_name)}  {event.text}{where}"
        if way:
            yield from (f"{'':>21}because {why}" for why in event.because)


def _stamp(at: int, zone_name: str) -> str:
    return in_zone(at, zone_name).strftime("%a %H:%M")


def _print_outage(failed: Outage, zone_name: str) -> None:
    fails = f"{failed.service} fails on {local_and_utc(failed.at, zone_name)}, and with it: {_others(failed)}"
    say_lines([fails, *which_of_two(failed.at, zone_name), _how_many(failed), ""])
    table_console().print(_workload_table(failed))
    say_lines(["", *_outage_lines(failed)])


def _how_many(failed: Outage) -> str:
    number = len(failed.drills)
    return (
        f"{number} rules fire, all at once, and nobody acknowledges."
        if number != 1
        else ("1 rule fires, and nobody acknowledges.")
    )


def _others(failed: Outage) -> str:
    return ", ".join(failed.failing[1:]) or "nothing else"


def _workload_table(failed: Outage) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("person", "incidents in ten minutes", "notifications", ""):
        table.add_column(name)
    for workload in failed.workloads:
        channels = ", ".join(f"{number} {channel}" for channel, number in workload.notifications)
        table.add_row(workload.person, str(workload.incidents), channels, OVERLOADED if workload.overloaded else "")
    return table


def _outage_lines(failed: Outage) -> Iterator[str]:
    unpaged = [drilled.path.rule for drilled in failed.drills if not drilled.path.pages]
    silent = [drilled.path.rule for drilled in failed.drills if drilled.events[0].what == "is silent"]
    if not failed.workloads:
        yield "Nobody is paged."
    for redundant in failed.redundant:
        yield f"Duplicate: {redundant.rule}: {redundant.why}."
    if silent:
        yield f"Silent by maintenance: {', '.join(silent)}."
    if unpaged:
        yield f"Fires and pages nobody: {', '.join(unpaged)}."


# --- json ------------------------------------------------------------------------------------------------------


def as_json(drilled: Drill, way: Sequence[Hop]) -> dict[str, Any]:
    """The incident as plain data; `after` is seconds from firing."""
    return {
        "rule": drilled.path.rule,
        "severity": drilled.path.severity.value,
        "at": iso(drilled.at),
        "hops": [{"hop": hop.name, "said": hop.text, "source": str(hop.source)} for hop in way],
        "events": [_event(event) for event in drilled.events],
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "after": event.after,
        "what": event.what,
        "said": event.text,
        "people": list(event.people),
        "channel": event.channel or None,
        "source": str(event.source) if event.source else None,
        "because": list(event.because),
    }


def outage_json(failed: Outage) -> dict[str, Any]:
    """The outage as plain data."""
    return {
        "service": failed.service,
        "at": iso(failed.at),
        "failing": list(failed.failing),
        "rules": [drilled.path.rule for drilled in failed.drills],
        "people": [
            {
                "person": workload.person,
                "incidents": workload.incidents,
                "notifications": dict(workload.notifications),
                "overloaded": workload.overloaded,
            }
            for workload in failed.workloads
        ],
        "redundant": [{"rule": redundant.rule, "why": redundant.why} for redundant in failed.redundant],
    }
