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
    many,
    open_platform,
    refused,
    say_json,
    say_lines,
    table_console,
)
from monitoring.errors import UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import parse_duration
from monitoring.oncall.clock import DAY, HOUR, utc
from monitoring.reach.assumptions import ASSUMPTIONS
from monitoring.reach.formatting import clock, length, local_and_utc, wall_clock
from monitoring.reach.proof import Counts, Proof, RuleProof, WorstCase, prove_catalog
from monitoring.reach.uncovered import uncovered_json, uncovered_line, uncovered_schedules
from monitoring.reach.witness import Witness

YEARS = range(1971, 3000)
MAX_HORIZON = 3_660 * DAY
USUAL_HORIZON = "366d"
TABLE_WIDTH = 150  # what the table needs

HorizonOption = Annotated[str, typer.Option("--horizon", metavar="LENGTH", help="How far to look: 366d, 52w.")]
PlanOption = Annotated[
    Path | None,
    typer.Option("--plan", metavar="FILE", help="Walk what the program declared: a Plan of `monitoring preview`."),
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
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Prove who is woken by each rule, at every instant of the horizon; exit code 1 where a promise fails."""
    platform = open_platform(catalog, format)
    loaded = platform.catalog
    proof = _proof(loaded, known_environment(loaded, environment), near(day(today)), horizon_of(horizon), plan)
    if format is OutputFormat.JSON:
        uncovered = [uncovered_json(each) for each in uncovered_schedules(loaded, proof.start, proof.end)]
        say_json({**platform.fields, **as_json(proof), "uncovered": uncovered})
    else:
        _print(proof, platform)
    raise typer.Exit(0 if proof.holds else 1)


def _proof(catalog: Catalog, environment: str, today: date, horizon: int, plan: Path | None) -> Proof:
    if plan is None:
        return prove_catalog(catalog, environment=environment, today=today, horizon=horizon)
    from monitoring.plan import read_plan
    from monitoring.reach.plan.walk import prove_plan

    declared = read_plan(plan, "--plan")
    if declared.stack in catalog.platform.environments and declared.stack != environment:
        raise UsageError(f'the plan is of "{declared.stack}"; add --environment {declared.stack}')
    return prove_plan(declared, catalog, environment=environment, today=today, horizon=horizon)


def near(today: date) -> date:
    """The day itself; UsageError for one that is too far away for a proof."""
    if today.year not in YEARS:
        raise UsageError(f'--today "{today}" is too far away to be meant')
    return today


def horizon_of(text: str) -> int:
    """The horizon in seconds; UsageError for what is no length, or too short or long to be meant."""
    try:
        seconds = parse_duration(text).seconds
    except ValueError as error:
        raise refused("--horizon", error, USUAL_HORIZON) from None
    if not HOUR <= seconds <= MAX_HORIZON:
        raise UsageError(
            f'--horizon "{text}" is not between 1h and {MAX_HORIZON // DAY}d; write for example {USUAL_HORIZON}'
        )
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


COLUMNS = ("rule", "sev", "fires within", "first human", "at worst on", "second human", "at worst on", "promise")


def rules_view(proof: Proof, console: Console) -> RenderableType:
    """Every rule, the most severe first: a table where it fits as a whole, else some lines a rule."""
    ordered = sorted(proof.rules, key=_order)
    table = _table(ordered)
    fits = console.measure(table).minimum <= console.width and console.width >= TABLE_WIDTH
    return table if fits else "\n".join(line for one in ordered for line in _rule_lines(one))


def _rule_lines(one: RuleProof) -> Iterator[str]:
    promise = "its promise holds" if one.holds else "its promise fails"
    yield f"{_severity(one)} {one.chain.rule} fires {_in_words(_detects(one))}; {promise}"
    for which, worst in (("first", one.first), ("second", one.second)):
        late, when = _late(worst, one)
        yield f"   {which} human: {late}{when and f', at worst on {when}'}"


def _in_words(detects: str) -> str:
    return {"at once": "at once", "unknown": "after an unknown time"}.get(detects, f"within {detects}")


def _table(ordered: Sequence[RuleProof]) -> Table:
    """A row a rule, the most severe first: how late at worst, when that is, and whether the promise holds."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(COLUMNS):
        table.add_column(name, overflow="fold", no_wrap=number in (0, 4, 6))
    for one in ordered:
        waits = *_late(one.first, one), *_late(one.second, one)
        table.add_row(one.chain.rule, _severity(one), _detects(one), *waits, "holds" if one.holds else "fails")
    return table


def _order(one: RuleProof) -> tuple[int, str, int]:
    return one.chain.severity.rank, one.chain.rule, one.chain.since or 0


def _severity(one: RuleProof) -> str:
    return f"{one.chain.severity} (trial)" if one.chain.in_trial else str(one.chain.severity)


def _detects(one: RuleProof) -> str:
    seconds = one.chain.detection.seconds
    return "unknown" if seconds is None else length(seconds) if seconds else "at once"


def _late(worst: WorstCase | None, one: RuleProof) -> tuple[str, str]:
    """How late, and when; without a worst instant, why there is none."""
    if one.promised != "wakes":
        return {"does not wake": "sleeps" if one.holds else "is woken", "limited-by-environment": "not paged here"}[
            one.promised
        ], ""
    if worst is None:
        return ("never fires" if one.chain.pages else "nobody"), ""
    reached = "never" if worst.told is None else f"{length(worst.told.after)} {worst.told.person}, {worst.told.channel}"
    return reached, wall_clock(worst.at, one.zone)


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
    yield _conclusion(proof)
    yield from _count_lines(proof)


def assumption_lines() -> Iterator[str]:
    """What every proof takes for granted, numbered."""
    yield "This takes for granted:"
    for number, one in enumerate(ASSUMPTIONS, start=1):
        yield f"{number:>3}. {one.said} ({one.rests}: {one.on})"


def _witness_lines(number: int, witness: Witness) -> Iterator[str]:
    yield f"Witness {number}: {witness.rule}, at the hop {witness.hop} ({witness.source})"
    yield f"  why:  {witness.why}"
    yield f"  when: {_when(witness)}"
    if witness.people:
        yield f"  who:  {', '.join(witness.people)}"
    yield f"  fix:  {witness.fix}"
    yield ""


def _when(witness: Witness) -> str:
    if witness.at is None or witness.seconds is None:
        return "whenever it fires"
    first = local_and_utc(witness.at, witness.zone)
    if not witness.times:
        return f"at every instant, from {first}"
    often = "once" if witness.times == 1 else f"{witness.times} times"
    return f"{often}, {length(witness.seconds)} in all, first from {first}"


def _conclusion(proof: Proof) -> str:
    counts = proof.counts
    looked = f"{counts.rules} of {counts.rules_to_prove} rules looked at"
    if counts.rules != counts.rules_to_prove:
        return f"{looked}: that is not all of them, so nothing is proved."
    if proof.holds:
        return f"{looked}, and every promise holds."
    failing = sum(not one.holds for one in proof.rules)
    return f"{looked}, and {failing} of their promises fail{'s' if failing == 1 else ''}."


def _count_lines(proof: Proof) -> Iterator[str]:
    counts = proof.counts
    limited = f"{counts.limited_by_environment} page nobody here."
    yield f"{counts.wake} wake somebody, {counts.do_not_wake} let people sleep, {limited}"
    looked = f"{many(counts.policies, 'policy', 'policies')}, {many(counts.handoffs, 'handoff')}"
    yield f"{looked}, {many(counts.spans, 'span')} in which the answer is the same."
    if counts.in_trial:
        yield f"{counts.in_trial} on trial: proved as P3 until the trial ends, and as what they are from then on."
    yield from _mute_lines(proof)
    if counts.undetermined:
        yield f"How long their signal takes is not known: {', '.join(counts.undetermined)}."
    if counts.without_waking_contact:
        yield f"No waking contact of their own: {', '.join(counts.without_waking_contact)}."
    yield from _two_step_lines(counts)


def _mute_lines(proof: Proof) -> Iterator[str]:
    windows = {mute for one in proof.rules for mute in one.muted}
    for mute in sorted(windows, key=lambda one: one.start):
        rules = sum(mute in one.muted for one in proof.rules)
        span = f"for {length(mute.end - mute.start)} from {clock(mute.start)}"
        yield f'Maintenance "{mute.name}" mutes {rules} rule{"s" * (rules > 1)} {span}.'


def _two_step_lines(counts: Counts) -> Iterator[str]:
    for two in counts.in_two_steps:
        steps = " and ".join(str(step + 1) for step in two.steps)
        seconds = length(two.seconds)
        yield f'"{two.person}" stands in steps {steps} of "{two.policy}" at the same time, for {seconds} in all.'


# --- json ------------------------------------------------------------------------------------------------------


def as_json(proof: Proof) -> dict[str, Any]:
    """The whole proof as plain data; instants are ISO 8601 in UTC, lengths are seconds."""
    counts = proof.counts
    return {
        "environment": proof.environment,
        "from": _iso(proof.start),
        "to": _iso(proof.end),
        "holds": proof.holds,
        "rules": [_rule(one) for one in proof.rules],
        "witnesses": [_witness(one) for one in proof.witnesses],
        "counts": {name.replace("_", "-"): _plain(getattr(counts, name)) for name in counts.__slots__},
        "assumptions": [{"said": one.said, "rests": one.rests, "on": one.on} for one in ASSUMPTIONS],
    }


def _iso(moment: int) -> str:
    return utc(moment).isoformat().replace("+00:00", "Z")


def _plain(value: Any) -> Any:
    if isinstance(value, int):
        return value
    return [
        one
        if isinstance(one, str)
        else {"policy": one.policy, "person": one.person, "steps": [n + 1 for n in one.steps], "seconds": one.seconds}
        for one in value
    ]


def _rule(one: RuleProof) -> dict[str, Any]:
    return {
        "rule": one.chain.rule,
        "severity": one.chain.severity.value,
        "promised": one.promised,
        "holds": one.holds,
        "in-trial": one.chain.in_trial,
        "since": None if one.chain.since is None else _iso(one.chain.since),
        "until": None if one.chain.until is None else _iso(one.chain.until),
        "detects-within": one.chain.detection.seconds,
        "detects-how": one.chain.detection.how,
        "first": _worst(one.first),
        "second": _worst(one.second),
        "pages": [{"service": p.service, "policy": p.policy, "urgency": p.urgency} for p in one.chain.pages],
        "muted-by": sorted(_names(one)),
        "source": str(one.chain.source),
    }


def _names(one: RuleProof) -> Iterable[str]:
    return {mute.name for mute in one.muted}


def _worst(worst: WorstCase | None) -> dict[str, Any] | None:
    if worst is None:
        return None
    told = worst.told
    return {
        "at": _iso(worst.at),
        "after": worst.after,
        "person": told.person if told else None,
        "channel": told.channel if told else None,
    }


def _witness(one: Witness) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "hop": one.hop,
        "why": one.why,
        "fix": one.fix,
        "people": list(one.people),
        "at": None if one.at is None else _iso(one.at),
        "zone": one.zone,
        "seconds": one.seconds,
        "times": one.times,
        "source": str(one.source),
    }
