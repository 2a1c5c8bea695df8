"""The first page: who is on call, what the checks and the proof say, what is accepted, and what is not proved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from monitoring.errors import Problem
from monitoring.model.platform import Waiver
from monitoring.model.scalars import many
from monitoring.oncall.calendar import CurrentShift, OpenShift, current_shift
from monitoring.reach.assumptions import ASSUMPTIONS
from monitoring.reach.formatting import clock, wall_clock
from monitoring.reach.proof import ProofVerdict, RuleProof
from monitoring.reach.sweeps import LongestWait
from monitoring.reach.verdicts import conclusion, detects_in_words, verdict, wait_in_words, when_in_words
from monitoring.reach.windows import WindowReport, window_reports
from monitoring.reach.witness import Witness
from monitoring.site import names
from monitoring.site.addresses import LINKS, STATE
from monitoring.site.blocks import (
    Cell,
    FactList,
    FoldBlock,
    ListBlock,
    PageBlock,
    PagePart,
    Phrase,
    SitePage,
    TableBlock,
    TextBlock,
)
from monitoring.site.data import SiteData
from monitoring.wording import window_times

PROOF_COLUMNS = ("Rule", "Severity", "Promise", "First person at worst", "Second person at worst", "Fires within")
MAX_PROBLEMS = 200
"""Problems on the page; `monitoring check` lists all of them."""
VERDICT_TONES = {ProofVerdict.HOLDS: "good", ProofVerdict.FAILS: "bad", ProofVerdict.NOT_PROVED: "warn"}


def state_page(data: SiteData) -> SitePage:
    """The page that is opened first."""
    return SitePage(
        file=STATE,
        title="State",
        entry="State",
        kicker=f"{data.environment}, {data.today.isoformat()}",
        parts=(
            PagePart("Result", (_result(data),), "result"),
            PagePart("On call", (_on_call(data), _everybody(data)), "on-call"),
            PagePart("Proof", tuple(_proof(data)), "proof"),
            PagePart("Not proved", tuple(_not_proved(data)), "not-proved"),
            PagePart("Checks", tuple(_checks(data)), "checks"),
            PagePart("Waivers", (waiver_table(data.catalog.accepted.waivers, data.today),), "waivers"),
            PagePart("Planned windows", (_windows(data),), "windows"),
        ),
        scripts=("site-data.js", "simulation.js", "now.js"),
    )


def _result(data: SiteData) -> PageBlock:
    problems, proof = len(data.report.problems), data.proof
    checks = (
        Phrase(many(problems, "problem") if problems else "no problem", "#checks", "bad" if problems else "good"),
    )
    proved = (Phrase("holds" if proof.holds else "does not hold", "#proof", "good" if proof.holds else "bad"),)
    waivers = data.catalog.accepted.waivers
    next_end = min((waiver.expires for waiver in waivers), default=None)
    accepted = many(len(waivers), "waiver") + (f", the next one ends {_left(next_end, data.today)}" if next_end else "")
    return FactList(
        (
            ("Proof", (*proved, Phrase(f": {conclusion(proof)}"))),
            ("Checks", (*checks, Phrase(f" in {many(len(data.report.examined), 'check')}"))),
            ("Accepted", (Phrase(accepted, "#waivers"),)),
            ("Not proved", (Phrase(f"{many(len(ASSUMPTIONS), 'assumption')}", "#not-proved"),)),
            ("Not asked", (Phrase("links that lead out of here", LINKS),)),
        )
    )


# --- who is on call --------------------------------------------------------------------------------------------


def _on_call(data: SiteData) -> TableBlock:
    """Who has each schedule as the day begins; a script replaces it by what holds when the page is looked at."""
    moment = data.proof.start
    schedules = data.catalog.oncall.schedules
    shifts = [current_shift(name, schedule, moment) for name, schedule in schedules.items()]
    return TableBlock(
        caption=f"On call on {clock(moment)}",
        columns=("Schedule", "On call", "Until", "Next"),
        rows=[_current_row(data, shift) for shift in shifts],
        empty="There is no schedule.",
        marks=[f"now-{shift.schedule}" for shift in shifts],
    )


def _everybody(data: SiteData) -> TextBlock:
    """A link to each person, so that nobody searches for their own page."""
    people = [replace(names.person(data.catalog, name), tone="pill") for name in data.catalog.oncall.people]
    return TextBlock((Phrase("Your shifts, and what can wake you: "), *names.joined(people, between=" ")))


def _current_row(data: SiteData, shift: CurrentShift) -> tuple[Cell, ...]:
    zone = data.catalog.oncall.schedules[shift.schedule].time_zone
    until = wall_clock(shift.now.end, zone) if shift.now and shift.now.end else "no change within a year"
    return (names.schedule(data.catalog, shift.schedule),), _holder(data, shift.now), until, _holder(data, shift.next)


def _holder(data: SiteData, shift: OpenShift | None) -> Cell:
    if shift is None or shift.person is None:
        return (Phrase("nobody", tone="bad"),)
    return (names.person(data.catalog, shift.person),)


# --- the proof -------------------------------------------------------------------------------------------------


def _proof(data: SiteData) -> Iterator[PageBlock]:
    proof = data.proof
    span = f"Every instant from {clock(proof.start)} to {clock(proof.end)}, made for {data.today.isoformat()}."
    yield TextBlock(f"{span} {conclusion(proof)}", "" if proof.holds else "bad")
    yield from (witness_block(witness, data) for witness in proof.witnesses)
    ordered = sorted(proof.rules, key=lambda proved: (proved.path.severity.rank, proved.path.rule))
    rows = [_proof_row(proved) for proved in ordered]
    table = TableBlock("Promises of the rules, the most severe first", PROOF_COLUMNS, rows, "There is no rule.")
    yield FoldBlock(f"{many(len(rows), 'promise')}, and the worst instant of each", (table,))


def _proof_row(proved: RuleProof) -> tuple[Cell, ...]:
    waits = (wait_cell(worst, proved) for worst in (proved.first, proved.second))
    promise = (Phrase(verdict(proved), tone=VERDICT_TONES[proved.verdict]),)
    return (names.rule(proved.path),), (names.severity(proved.path),), promise, *waits, detects_in_words(proved)


def wait_cell(worst: LongestWait | None, proved: RuleProof) -> Cell:
    """How late somebody is reached at worst, and when that is."""
    late, when = wait_in_words(worst, proved)
    return (Phrase(late), Phrase(f" {when}", tone="quiet")) if when else late


def witness_block(witness: Witness, data: SiteData) -> FactList:
    """Why promises do not hold, for which rules, when, and what would mend it."""
    shown = [names.rule(proved.path) for rule in witness.rules for proved in data.proofs.get(rule, ())[:1]]
    return FactList(
        (
            ("Why", (Phrase(witness.why, tone="bad"),)),
            ("When", when_in_words(witness)),
            ("Rules", names.joined(shown)),
            ("Mend it", witness.fix),
            ("Where", str(witness.source)),
        )
    )


# --- what is not proved ----------------------------------------------------------------------------------------


def _not_proved(data: SiteData) -> Iterator[PageBlock]:
    yield TextBlock("The proof takes this for granted.")
    items = [(Phrase(each.text), Phrase(f" {each.rests}: {each.on}", tone="quiet")) for each in ASSUMPTIONS]
    yield ListBlock(items, numbered=True)
    unproved = [proved for proved in data.proof.rules if proved.verdict is ProofVerdict.NOT_PROVED]
    limited = [proved for proved in data.proof.rules if proved.promised == "limited-by-environment"]
    if unproved:
        yield TextBlock("How long the signal of these rules takes is not known, so their promise is not proved:")
        yield ListBlock(names.ruled(unproved))
    if limited:
        yield TextBlock(f"{data.environment} pages nobody, so nothing is proved of whom these rules wake:")
        yield FoldBlock(many(len(limited), "rule"), (ListBlock(names.ruled(limited)),))


# --- checks, waivers, windows ----------------------------------------------------------------------------------


def _checks(data: SiteData) -> Iterator[PageBlock]:
    columns = ("Where", "What is wrong", "What to do", "Check")
    problems = data.report.problems
    rows = [_problem_row(problem) for problem in problems[:MAX_PROBLEMS]]
    more = f", the first {MAX_PROBLEMS} of {len(problems)}" if len(problems) > MAX_PROBLEMS else ""
    yield TableBlock(f"Problems{more}", columns, rows, "No check finds a problem.")
    examined = [(each.check, str(each.looked_at), str(each.there_are), each.word) for each in data.report.examined]
    table = TableBlock(
        "What each check looked at", ("Check", "Looked at", "Of", "Which are"), examined, numbers=frozenset({1, 2})
    )
    yield FoldBlock(f"{many(len(examined), 'check')}, and what each looked at", (table,))


def _problem_row(problem: Problem) -> tuple[Cell, ...]:
    where = f"{problem.where}: {problem.what}" if problem.where else problem.what
    return str(problem.source), where, problem.remedy, problem.check


def waiver_table(waivers: Sequence[Waiver], today: date) -> TableBlock:
    """The accepted problems, the one that ends first on top."""
    ordered = sorted(waivers, key=lambda waiver: (waiver.expires, waiver.finding))
    columns = ("Finding", "Days left", "Ends", "Reason", "Owner", "Check")
    rows = [_waiver_row(waiver, today) for waiver in ordered]
    return TableBlock("Accepted problems", columns, rows, "Nothing is accepted.", frozenset({1}))


def _waiver_row(waiver: Waiver, today: date) -> tuple[Cell, ...]:
    days = (waiver.expires - today).days
    left = (Phrase(str(days) if days >= 0 else "expired", tone="bad" if days < 0 else "warn" if days <= 14 else ""),)
    return waiver.finding, left, waiver.expires.isoformat(), waiver.reason, waiver.owner, waiver.check


def _left(day: date, today: date) -> str:
    """When a day comes: in 3 days, today, 2 days ago."""
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in {many(days, 'day')}" if days > 0 else f"{many(-days, 'day')} ago"


def _windows(data: SiteData) -> TableBlock:
    """The planned windows that mute rules in the span of the proof, and how many."""
    columns = ("Window", "When", "Next", "Mutes", "Still wakes somebody", "Reason")
    rows = [_window_row(data, report) for report in window_reports(data.proof)]
    return TableBlock("Planned windows that mute rules", columns, rows, "None is planned.")


def _window_row(data: SiteData, report: WindowReport) -> tuple[Cell, ...]:
    window, waking = data.catalog.maintenance[report.name], ", ".join(report.still_waking) or "nothing"
    muted, opens = many(len(report.muted), "rule"), clock(report.openings[0].start)
    return window.title, window_times(window), opens, muted, waking, window.reason
