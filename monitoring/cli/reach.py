"""`monitoring reach`: the proof that every rule which must wake a human reaches one, at every instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, RenderableType
from rich.table import Table

from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    FormatOption,
    OpenPlatform,
    OutputFormat,
    TodayOption,
    day,
    known_environment,
    open_platform,
    refused,
    say_json,
    say_lines,
    table_console,
)
from monitoring.cli.vendor_outage import longest_waits, outage_heading, outage_json, outage_lines, wait_json
from monitoring.errors import UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.platform import PROOF
from monitoring.model.scalars import many, parse_duration
from monitoring.oncall.clock import DAY, HOUR, iso
from monitoring.reach.acceptance import AcceptedWitness
from monitoring.reach.assumptions import ASSUMPTIONS
from monitoring.reach.counts import Counts
from monitoring.reach.formatting import clock, length
from monitoring.reach.paths import PagedService
from monitoring.reach.proof import Proof, ProofVerdict, RuleProof, prove_catalog
from monitoring.reach.uncovered import MAX_STRETCHES, uncovered_json, uncovered_line, uncovered_schedules
from monitoring.reach.vendor_outage import OutageVendor, vendor_outage
from monitoring.reach.verdicts import conclusion, detects_in_words, verdict, wait_in_words, when_in_words
from monitoring.reach.windows import WindowReport, report_lines, window_reports
from monitoring.reach.witness import Witness

MAX_HORIZON = 3_660 * DAY
USUAL_HORIZON = "366d"
SHOWN = 8  # names on a line of a witness
TABLE_WIDTH = 150  # what the table needs

HorizonOption = Annotated[str, typer.Option("--horizon", metavar="LENGTH", help="How far to look: 366d, 52w.")]
PlanOption = Annotated[
    Path | None,
    typer.Option("--plan", metavar="FILE", help="Walk what the program declared: a Plan of `monitoring preview`."),
]
WithoutOption = Annotated[
    list[OutageVendor] | None,
    typer.Option(
        "--without",
        metavar="VENDOR",
        help="Whom each rule still wakes while sentry, datadog, pagerduty or slack is down; may stand several times.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("reach")(reach)


def reach(
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    today: TodayOption = None,
    horizon: HorizonOption = USUAL_HORIZON,
    plan: PlanOption = None,
    without: WithoutOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Prove who is woken by each rule, at every instant of the horizon; exit code 1 where a promise fails."""
    platform = open_platform(catalog, format)
    loaded = platform.catalog
    proof = _proof(loaded, known_environment(loaded, environment), day(today), horizon_of(horizon), plan)
    if without:
        raise typer.Exit(_say_without(proof, platform, without, format))
    if format is OutputFormat.JSON:
        uncovered = [uncovered_json(hole) for hole in uncovered_schedules(loaded, proof.start, proof.end)]
        say_json({**platform.fields, **as_json(proof), "uncovered": uncovered})
    else:
        _print(proof, platform)
    raise typer.Exit(0 if proof.holds else 1)


def _say_without(proof: Proof, platform: OpenPlatform, vendors: Sequence[OutageVendor], format_: OutputFormat) -> int:
    """Says whom each rule still wakes while vendors are down; returns 1 where a rule that has to wakes nobody."""
    outage = vendor_outage(platform.catalog, proof, vendors)
    if format_ is OutputFormat.JSON:
        say_json({**platform.fields, **outage_json(proof, outage)})
    else:
        say_lines([outage_heading(platform.heading, proof, outage), longest_waits(proof), "", *outage_lines(outage)])
    return 0 if outage.holds else 1


def _proof(catalog: Catalog, environment: str, today: date, horizon: int, plan: Path | None) -> Proof:
    if plan is None:
        return prove_catalog(catalog, environment=environment, today=today, horizon=horizon)
    from monitoring.plan import read_plan
    from monitoring.reach.plan.walk import prove_plan

    declared = read_plan(plan, "--plan")
    if declared.stack in catalog.platform.environments and declared.stack != environment:
        raise UsageError(f'the plan is of "{declared.stack}"; add --environment {declared.stack}')
    return prove_plan(declared, catalog, environment=environment, today=today, horizon=horizon)


def horizon_of(text: str, option: str = "--horizon", usual: str = USUAL_HORIZON) -> int:
    """How many seconds an option looks ahead; UsageError for what is no length, or too short or long to be meant."""
    try:
        seconds = parse_duration(text).seconds
    except ValueError as error:
        raise refused(option, error, usual) from None
    if not HOUR <= seconds <= MAX_HORIZON:
        raise UsageError(f'{option} "{text}" is not between 1h and {MAX_HORIZON // DAY}d; write for example {usual}')
    return seconds


# --- text ------------------------------------------------------------------------------------------------------


def _print(proof: Proof, platform: OpenPlatform) -> None:
    say_lines([heading(proof, platform), ""])
    console = table_console()
    console.print(rules_view(proof, console))
    say_lines(lines(proof))
    say_lines(map(uncovered_line, uncovered_schedules(platform.catalog, proof.start, proof.end)))


def heading(proof: Proof, platform: OpenPlatform) -> str:
    """Whose proof it is, and for which instants."""
    span = f"{clock(proof.start)} to {clock(proof.end)}"
    return f"{platform.heading}, {proof.environment}: every instant from {span}"


COLUMNS = ("rule", "sev", "fires within", "first person", "at worst on", "second person", "at worst on", "promise")


def rules_view(proof: Proof, console: Console) -> RenderableType:
    """Every rule, the most severe first: a table where it fits as a whole, else some lines a rule."""
    ordered = sorted(proof.rules, key=_order)
    table = _table(ordered)
    fits = console.measure(table).minimum <= console.width and console.width >= TABLE_WIDTH
    return table if fits else "\n".join(line for rule_proof in ordered for line in _rule_lines(rule_proof))


def _rule_lines(rule_proof: RuleProof) -> Iterator[str]:
    fires = f"{rule_proof.path.rule} fires {_in_words(detects_in_words(rule_proof))}"
    yield f"{_severity(rule_proof)} {fires}; its promise: {verdict(rule_proof)}"
    for which, worst in (("first", rule_proof.first), ("second", rule_proof.second)):
        late, when = wait_in_words(worst, rule_proof)
        yield f"   {which} person: {late}{when and f', at worst on {when}'}"


def _in_words(detects: str) -> str:
    return {"at once": "at once", "unknown": "after an unknown time"}.get(detects, f"within {detects}")


def _table(ordered: Sequence[RuleProof]) -> Table:
    """A row a rule, the most severe first: how late at worst, when that is, and whether the promise holds."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(COLUMNS):
        table.add_column(name, overflow="fold", no_wrap=number in (0, 4, 6))
    for rule_proof in ordered:
        waits = *wait_in_words(rule_proof.first, rule_proof), *wait_in_words(rule_proof.second, rule_proof)
        table.add_row(
            rule_proof.path.rule,
            _severity(rule_proof),
            detects_in_words(rule_proof),
            *waits,
            verdict(rule_proof),
        )
    return table


def _order(rule_proof: RuleProof) -> tuple[int, str, int]:
    return rule_proof.path.severity.rank, rule_proof.path.rule, rule_proof.path.since or 0


def _severity(rule_proof: RuleProof) -> str:
    return f"{rule_proof.path.severity} (trial)" if rule_proof.path.in_trial else str(rule_proof.path.severity)


def lines(proof: Proof) -> Iterator[str]:
    """What stands below the table: witnesses, counts, assumptions."""
    yield from proof_lines(proof)
    yield ""
    yield from assumption_lines()


def proof_lines(proof: Proof) -> Iterator[str]:
    """What one proof found: witnesses, and how much was looked at."""
    yield ""
    for number, witness in enumerate(proof.witnesses, start=1):
        yield from _witness_lines(number, witness)
    yield conclusion(proof)
    yield from _count_lines(proof)


def assumption_lines() -> Iterator[str]:
    """What every proof takes for granted, numbered."""
    yield "Assumptions:"
    for number, assumption in enumerate(ASSUMPTIONS, start=1):
        yield f"{number:>3}. {assumption.text} ({assumption.rests}: {assumption.on})"


def _witness_lines(number: int, witness: Witness) -> Iterator[str]:
    yield f"Witness {number}: {_some(witness.rules)}, at the hop {witness.hop} ({witness.source})"
    yield f"  why:  {witness.why}"
    yield f"  when: {when_in_words(witness)}"
    yield from (f"        {note}" for note in witness.notes)
    if witness.people:
        yield f"  who:  {_some(witness.people)}"
    yield f"  fix:  {witness.fix}"
    if witness.is_acceptable:
        yield f'  or accept it for a time in waivers.yaml: {{check: {PROOF}, finding: "{witness.key}"}}'
    yield ""


def _some(names: Sequence[str]) -> str:
    """Names as far as they fit on a line, and how many there are."""
    if len(names) <= SHOWN:
        return ", ".join(names)
    return f"{', '.join(names[:SHOWN])} and {len(names) - SHOWN} more"


def _count_lines(proof: Proof) -> Iterator[str]:
    counts = proof.counts
    limited = f"{counts.limited_by_environment} page nobody here."
    yield f"{counts.wake} wake somebody, {counts.do_not_wake} wake nobody, {limited}"
    yield f"{many(counts.policies, 'policy', 'policies')}, {many(counts.handoffs, 'handoff')}."
    if counts.in_trial:
        yield f"{counts.in_trial} in trial: proved as P3 until the trial ends, and as what they are from then on."
    for report in window_reports(proof):
        yield from report_lines(report, SHOWN)
    yield from _waiver_lines(proof)
    if promised := dict.fromkeys(each.path.rule for each in proof.rules if each.path.detection.promised):
        yield f"How long their signal takes is promised by the author, no code proves it: {_some(tuple(promised))}."
    if counts.undetermined:
        yield f"How long their signal takes is not known: {', '.join(counts.undetermined)}."
    if counts.without_waking_contact:
        yield f"No waking contact of their own: {', '.join(counts.without_waking_contact)}."
    yield from _two_step_lines(counts)


def _waiver_lines(proof: Proof) -> Iterator[str]:
    """What is accepted, by whom, why and until when; and waivers that accept nothing here."""
    for each in proof.accepted:
        waiver, rules = each.waiver, _some(each.witness.rules)
        why = f'"{waiver.reason}" ({waiver.owner}, until {waiver.expires})'
        yield f"Accepted for {rules}: {each.witness.why}; {why}."
    named = {key for witness in proof.witnesses for key in (witness.key, *_of_single_rules(witness))}
    for waiver in proof.unused_waivers:
        over = f", and ends on {waiver.expires}, before that begins" if waiver.finding in named else ""
        yield f'The waiver of "{waiver.finding}" accepts nothing here{over}.'


def _of_single_rules(witness: Witness) -> Iterator[str]:
    """What a waiver names that accepts a witness for one rule."""
    return (f"{witness.key}: {rule}" for rule in witness.rules)


def _two_step_lines(counts: Counts) -> Iterator[str]:
    for duplicate in counts.in_two_steps:
        steps = " and ".join(str(step + 1) for step in duplicate.steps)
        seconds = length(duplicate.seconds)
        where = f'stands in steps {steps} of "{duplicate.policy}"'
        yield f'"{duplicate.person}" {where} at the same time, for {seconds} in all.'


# --- json ------------------------------------------------------------------------------------------------------


def as_json(proof: Proof) -> dict[str, Any]:
    """The whole proof as plain data; instants are ISO 8601 in UTC, lengths are seconds."""
    counts = proof.counts
    return {
        "environment": proof.environment,
        "from": iso(proof.start),
        "to": iso(proof.end),
        "holds": proof.holds,
        "accepted": [_accepted(each) for each in proof.accepted],
        "rules": [_rule(rule_proof) for rule_proof in proof.rules],
        "windows": [_window(report) for report in window_reports(proof)],
        "witnesses": [_witness(witness) for witness in proof.witnesses],
        "counts": {name.replace("_", "-"): _plain(getattr(counts, name)) for name in counts.__slots__},
        "assumptions": [{"said": line.text, "rests": line.rests, "on": line.on} for line in ASSUMPTIONS],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, int):
        return value
    return [
        entry
        if isinstance(entry, str)
        else {
            "policy": entry.policy,
            "person": entry.person,
            "steps": [n + 1 for n in entry.steps],
            "seconds": entry.seconds,
        }
        for entry in value
    ]


def _rule(rule_proof: RuleProof) -> dict[str, Any]:
    return {
        "rule": rule_proof.path.rule,
        "severity": rule_proof.path.severity.value,
        "promised": rule_proof.promised,
        "holds": rule_proof.holds,
        "verdict": rule_proof.verdict.value,
        "in-trial": rule_proof.path.in_trial,
        "since": None if rule_proof.path.since is None else iso(rule_proof.path.since),
        "until": None if rule_proof.path.until is None else iso(rule_proof.path.until),
        "detects-within": rule_proof.path.detection.seconds,
        "detects-how": rule_proof.path.detection.how,
        "first": wait_json(rule_proof.first),
        "second": wait_json(rule_proof.second),
        "pages": [_page(page) for page in rule_proof.path.pages],
        "muted-by": sorted(_names(rule_proof)),
        "muted": [_stretch(each.start, each.end) for each in rule_proof.silent[:MAX_STRETCHES]],
        "muted-left-out": max(len(rule_proof.silent) - MAX_STRETCHES, 0),
        "accepted": [each.witness.key for each in rule_proof.accepted],
        "source": str(rule_proof.path.source),
    }


def _window(report: WindowReport) -> dict[str, Any]:
    return {
        "window": report.name,
        "only": report.openings[0].only or None,
        "mutes": list(report.muted),
        "still-wakes": list(report.still_waking),
        "openings": [_stretch(each.start, each.end) for each in report.openings[:MAX_STRETCHES]],
        "openings-left-out": max(len(report.openings) - MAX_STRETCHES, 0),
        "goes-on": report.goes_on,
    }


def _page(page: PagedService) -> dict[str, str]:
    urgency = "support-hours" if page.hours else page.urgency
    return {"service": page.service, "policy": page.policy, "urgency": urgency}


def _names(rule_proof: RuleProof) -> Iterable[str]:
    return {mute.name for mute in rule_proof.muted}


def _stretch(start: int, end: int) -> dict[str, Any]:
    return {"from": iso(start), "to": iso(end)}


def _accepted(accepted: AcceptedWitness) -> dict[str, Any]:
    waiver = accepted.waiver
    return {
        "finding": waiver.finding,
        "rules": list(accepted.witness.rules),
        "why": accepted.witness.why,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
    }


def _witness(witness: Witness) -> dict[str, Any]:
    return {
        "key": witness.key,
        "rules": list(witness.rules),
        "hop": witness.hop,
        "verdict": (ProofVerdict.NOT_PROVED if witness.unproved else ProofVerdict.FAILS).value,
        "why": witness.why,
        "fix": witness.fix,
        "people": list(witness.people),
        "at": None if witness.at is None else iso(witness.at),
        "until": None if witness.until is None else iso(witness.until),
        "zone": witness.zone,
        "seconds": witness.seconds,
        "times": witness.times,
        "stretches": [_stretch(each.start, each.end) for each in witness.stretches[:MAX_STRETCHES]],
        "stretches-left-out": max(len(witness.stretches) - MAX_STRETCHES, 0),
        "notes": list(witness.notes),
        "source": str(witness.source),
    }
