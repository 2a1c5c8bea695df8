"""`monitoring review`: what a change of the catalog does to people, before it is merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from monitoring import __version__
from monitoring.cli.console import CatalogOption, catalog_folder, say, say_json, say_lines, table_console
from monitoring.cli.drill import moment
from monitoring.cli.moved_shifts import moved_shift_json
from monitoring.cli.review_kinds import explain_kinds
from monitoring.errors import UsageError
from monitoring.model.scalars import many
from monitoring.oncall.clock import HOUR, iso
from monitoring.reach.formatting import clock, wall_clock
from monitoring.review.approvers import approvers
from monitoring.review.comment import ASKED, UNASKED, comment, how_long, looked_at, signed
from monitoring.review.effects import Effect
from monitoring.review.headline import headline
from monitoring.review.people import LoadChange
from monitoring.review.plans import VendorChange, VendorOperation, VendorWord, vendor_changes, vendor_summary
from monitoring.review.reviewing import Review, review_of
from monitoring.review.risks import RISKS, Risk
from monitoring.review.sides import ReviewSide, review_sides
from monitoring.review.vendor_effects import with_vendors


class ReviewFormat(StrEnum):
    """How a review is written: for a terminal, as a comment, as data."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="TIME",
        help='When the change takes effect: "2026-12-24 03:00", in UTC, or with a zone behind it.',
        show_default="now",
    ),
]
FailOnOption = Annotated[
    Risk | None,
    typer.Option("--fail-on", help="Exit code 1 where an effect is as grave as that.", show_default="never"),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("review")(review)


def review(
    base: Annotated[
        str | None,
        typer.Argument(
            metavar="BASE",
            help="A git revision, or a folder with a catalog; with --explain a kind of effect.",
            show_default=False,
        ),
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="[HEAD]", help="The same; left out, the working tree.", show_default=False)
    ] = None,
    catalog: CatalogOption = None,
    at: AtOption = None,
    fail_on: FailOnOption = None,
    only_approvers: Annotated[
        bool,
        typer.Option("--approvers", help="Name only those who gain nights or shifts or lose cover, one a line."),
    ] = False,
    plans: Annotated[
        bool, typer.Option("--plans", help="Also show what the vendors will be asked to do; takes some seconds.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the table of risks, or one kind of effect: --explain rule-sleeps.")
    ] = False,
    output: Annotated[ReviewFormat, typer.Option("--format", help="How to write the answer.")] = ReviewFormat.TEXT,
) -> None:
    """Show what a change does to people: who is woken by what, whose shifts are others, what is watched no more.

    Of two revisions the first is taken where the second left it, as in a pull request.
    Nothing is checked out, and no code of either is run.
    """
    if explain:
        explain_kinds(base)
        return
    if base is None:
        raise UsageError("name what the change is compared with, such as monitoring review main")
    if only_approvers and output is ReviewFormat.MARKDOWN:
        raise UsageError("--approvers is a list of names; leave --format markdown out")
    if only_approvers and plans:
        raise UsageError("--approvers is a list of names; leave --plans out")
    old, new = review_sides(base, head, lambda: catalog_folder(catalog))
    answer = review_of(old, new, moment(at, "Etc/UTC"))
    if plans:
        answer = with_vendors(answer, vendors_of(old, new, answer.at), old.catalog, new.catalog)
    if only_approvers and output is ReviewFormat.TEXT:
        say_lines(approvers(answer))
    else:
        _show(answer, old, new, output)
    raise typer.Exit(1 if fail_on is not None and _is_as_grave(answer, fail_on) else 0)


def _show(answer: Review, old: ReviewSide, new: ReviewSide, output: ReviewFormat) -> None:
    match output:
        case ReviewFormat.JSON:
            say_json(as_json(answer, old, new))
        case ReviewFormat.MARKDOWN:
            say(comment(answer, old.label, new.label), nl=False)
        case ReviewFormat.TEXT:
            _print(answer, old, new)


def vendors_of(old: ReviewSide, new: ReviewSide, at: int) -> tuple[VendorChange, ...]:
    """What changes at the vendors, by what this tool's own program declares on each side on the day of the change.

    Raises UsageError where a Plan cannot be made.
    """
    from monitoring.preview.apart import plans_apart
    from monitoring.preview.facts import demands

    today = datetime.fromtimestamp(at, UTC).date()
    with Console(stderr=True).status("running the program on both sides …"):
        before, after = (
            plans_apart(side.files, side.catalog.platform.environments, today, side.label) for side in (old, new)
        )
    return vendor_changes(before, after, lambda token: demands(token).replaced_by)


def _is_as_grave(answer: Review, risk: Risk) -> bool:
    return bool(answer.effects) and answer.worst.rank <= risk.rank


# --- text ------------------------------------------------------------------------------------------------------


def _print(answer: Review, old: ReviewSide, new: ReviewSide) -> None:
    title = new.catalog.platform.title
    say_lines([f"Review of {title}: {old.label} → {new.label}, on {clock(answer.at)}", "", headline(answer), ""])
    say_lines(_effect_lines(answer.effects))
    console = table_console()
    if answer.people:
        console.print(_people_table(answer))
        say()
    if answer.shifts:
        say(f"Shifts that change hands in the next 12 weeks ({len(answer.shifts)}):")
        console.print(_shift_table(answer))
        say()
    say_lines(_vendor_lines(answer.vendors))
    say_lines(_last_lines(answer))


def _effect_lines(effects: Sequence[Effect]) -> Iterator[str]:
    for each in effects:
        place = f"{each.source}{', before the change' if each.gone else ''}"
        yield f"{str(each.risk).ljust(6)}  {each.sentence} ({place})"
    if effects:
        yield ""


def _people_table(answer: Review) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("person", "nights", "weekends", "hours", "rules that can wake", "first new shift"):
        table.add_column(heading)
    for each in answer.people:
        rules = " ".join(
            f"{mark}{len(names)}" for mark, names in (("+", each.rules_more), ("−", each.rules_fewer)) if names
        )
        first = "-" if each.first_new is None else wall_clock(each.first_new, answer.zones[each.person])
        hours = signed(round(each.seconds / HOUR))
        table.add_row(each.person, signed(each.nights), signed(each.weekends), hours, rules or "±0", first)
    return table


def _shift_table(answer: Review) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("schedule", "from", "how long", "was", "becomes"):
        table.add_column(heading)
    for schedule, shift in answer.shifts:
        begins = wall_clock(shift.start, answer.schedule_zones[schedule])
        table.add_row(schedule, begins, how_long(answer, shift), shift.was or "nobody", shift.becomes or "nobody")
    return table


def _vendor_lines(changes: Sequence[VendorChange] | None) -> Iterator[str]:
    if changes is not None:
        yield f"At the vendors: {vendor_summary(changes)}"
    for change in changes or ():
        for each, times in Counter(change.differing).items():
            again = f" ×{times}" if times > 1 else ""
            detail = f" ({each.detail})" if each.detail else ""
            yield f"  {change.environment}: {each.deed} {each.subject}{again}{detail}"
    if changes is not None:
        yield ""


def _last_lines(answer: Review) -> Iterator[str]:
    if answer.rewritten:
        files = ", ".join(answer.rewritten)
        yield f"No effect on anybody: {many(len(answer.rewritten), 'file')} only written otherwise ({files})."
    asked = UNASKED if answer.vendors is None else ASKED
    yield f"Judged: {looked_at(answer)}, by monitoring {__version__}; {asked}."


# --- JSON ------------------------------------------------------------------------------------------------------


def as_json(answer: Review, old: ReviewSide, new: ReviewSide) -> dict[str, Any]:
    """A review as plain data."""
    return {
        "platform": new.catalog.platform.title,
        "catalog": new.label,
        "base": old.label,
        "at": iso(answer.at),
        "headline": headline(answer),
        "risks": {str(risk): number for risk, number in answer.by_risk.items()},
        "effects": [_effect_json(each) for each in answer.effects],
        "people": [_person_json(each) for each in answer.people],
        "shifts": [moved_shift_json(schedule, shift) for schedule, shift in answer.shifts],
        "approvers": list(approvers(answer)),
        "vendors": None if answer.vendors is None else [_vendors_json(each) for each in answer.vendors],
        "no-effect": list(answer.rewritten),
        "rules": answer.counts.rules,
        "schedules": answer.counts.schedules,
        "days": answer.counts.days,
        "judged-by": __version__,
    }


def _effect_json(each: Effect) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": str(each.kind),
        "risk": str(each.risk),
        "reason": RISKS[each.kind].reason,
        "sentence": each.sentence,
        "people": list(each.people),
        "source": str(each.source),
        "gone": each.gone,
        "before": each.before or None,
        "after": each.after or None,
    }


def _person_json(each: LoadChange) -> dict[str, Any]:
    return {
        "person": each.person,
        "nights": each.nights,
        "weekends": each.weekends,
        "seconds": each.seconds,
        "woken-by-more": list(each.rules_more),
        "woken-by-fewer": list(each.rules_fewer),
        "first-new-shift": None if each.first_new is None else iso(each.first_new),
    }


def _vendors_json(change: VendorChange) -> dict[str, Any]:
    counts = change.counts()
    return {
        "environment": change.environment,
        "counts": {str(word): counts[word] for word in VendorWord},
        "operations": [_operation_json(each) for each in change.differing],
    }


def _operation_json(each: VendorOperation) -> dict[str, Any]:
    return {
        "resource": each.key,
        "operation": str(each.word),
        "was": each.was or None,
        "properties": list(each.properties),
        "note": each.note or None,
        "loses-history": each.loses_history,
        "refused": each.refused,
        "loses-protection": each.loses_protection,
    }
