"""A change of schedules before it is written: what the catalog would say with it, and whether that is worse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitoring.checks import examine
from monitoring.cli import files
from monitoring.cli.console import OpenPlatform
from monitoring.errors import Problem, UsageError
from monitoring.file_reading import as_typed
from monitoring.loader import load_texts, read_files
from monitoring.model.catalog import Catalog
from monitoring.oncall.clock import DAY, instant
from monitoring.oncall.edits.changes import ScheduleChange, layers_after
from monitoring.oncall.edits.overlaps import newly_same
from monitoring.oncall.edits.requests import EditError
from monitoring.oncall.edits.splicing import spliced
from monitoring.oncall.moved import NEAR, MovedShift, listed, moved_shifts
from monitoring.oncall.rotation import timeline
from monitoring.reach.formatting import wall_clock
from monitoring.reach.problems import proof_problems
from monitoring.reach.proof import prove_catalog

FILE = "oncall.yaml"
YEAR = 366 * DAY
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class PlannedEdit:
    """The text of the file before and after a change, and the catalog after it."""

    before: bytes
    after: bytes
    catalog: Catalog


def edited_platform(platform: OpenPlatform, edits: Mapping[str, ScheduleChange]) -> PlannedEdit:
    """The catalog with a change in its file; raises CatalogError where it cannot be read with it."""
    texts, problems = read_files(platform.files.catalog)
    before = texts[FILE]
    mark = _BYTE_ORDER_MARK if before.startswith(_BYTE_ORDER_MARK) else b""
    after = mark + spliced(before.decode("utf-8-sig"), edits).encode()
    catalog = load_texts(texts | {FILE: after}, problems)
    if not _is_meant(platform.catalog, catalog, edits):
        raise EditError(f"{FILE} is written in a form that this command cannot change; change it by hand")
    return PlannedEdit(before, after, catalog)


def _is_meant(before: Catalog, after: Catalog, edits: Mapping[str, ScheduleChange]) -> bool:
    """Whether the catalog after a change says what the change means, and all else as before."""
    schedules = dict(before.oncall.schedules)
    for name, change in edits.items():
        was = schedules[name]
        words = {"layers": layers_after(was, change), "cover": (*was.cover, *change.covers)}
        schedules[name] = was.model_copy(update=words)
    return after.oncall == before.oncall.model_copy(update={"schedules": schedules})


def write_edited(platform: OpenPlatform, edited: PlannedEdit) -> None:
    """Puts the changed text in its place, whole or not at all; UsageError where the file is not what was read."""
    path = path_of(platform).resolve()
    if files.read(path, "--catalog", platform.files.catalog) != edited.before:
        raise UsageError(f'"{as_typed(path)}" was changed by somebody else in the meantime; call the command again')
    files.write(path, edited.after.decode(), "--catalog")


def path_of(platform: OpenPlatform) -> Path:
    """The file that holds the schedules."""
    return platform.files.catalog / FILE


# --- what changes hands ----------------------------------------------------------------------------------------


def moved_by(
    before: Catalog, after: Catalog, edits: Mapping[str, ScheduleChange], now: int
) -> dict[str, tuple[MovedShift, ...]]:
    """The shifts of each schedule that change hands; raises EditError where one does too soon, or none ever."""
    end = max(_shown_until(name, change, before) for name, change in edits.items())
    moved = {
        name: moved_shifts(*(timeline(each.oncall.schedules[name], now, end + YEAR) for each in (before, after)))
        for name in before.oncall.schedules
    }
    for name, shifts in moved.items():
        if shifts and (name not in edits or shifts[0].start < edits[name].since):
            raise EditError(f'"{name}" would change hands before the date; report this')
        if not shifts and name in edits and edits[name].layer is not None:
            raise EditError(
                f'"{name}" would not change hands at all: the layer ends, or others lie above it; '
                "write a later --from, or choose another layer, like --layer 2"
            )
    return {name: listed(moved[name], end) or moved[name][:1] for name in edits}


def _shown_until(name: str, change: ScheduleChange, catalog: Catalog) -> int:
    """Twelve weeks after the handoff; a cover is listed whole."""
    zone_name = catalog.oncall.schedules[name].time_zone
    return max(change.since + NEAR, *(instant(cover.to.instant(zone_name)) for cover in change.covers), 0)


def require_apart(before: Catalog, after: Catalog, start: int, remedy: str) -> None:
    """Raises EditError where somebody would hold two schedules that are to hold two people."""
    was, becomes = (
        {name: timeline(each, start, start + YEAR) for name, each in catalog.oncall.schedules.items()}
        for catalog in (before, after)
    )
    same = min(newly_same(after.oncall, was, becomes), key=lambda same: same.shift.start, default=None)
    if same is not None:
        (first, second), zone_name = same.schedules, after.oncall.schedules[same.schedules[0]].time_zone
        begins, ends = (wall_clock(moment, zone_name) for moment in same.shift[:2])
        raise EditError(
            f'"{same.shift.person}" would hold "{first}" and "{second}" at once, from {begins} to {ends}; '
            f"{remedy.format(f'{first},{second}')}"
        )


# --- what checks and proof say ---------------------------------------------------------------------------------


def new_problems(before: Catalog, after: Catalog, today: date, runbooks: Mapping[str, str]) -> Iterator[Problem]:
    """What checks and proof say of a catalog on a day and did not say of the one before it."""
    judged = _judged(after, today, runbooks)
    known = _judged(before, today, runbooks) if judged else {}
    yield from (problem for key, problem in judged.items() if key not in known)


def _judged(catalog: Catalog, today: date, runbooks: Mapping[str, str]) -> dict[tuple[str, str], Problem]:
    """The problems of a catalog by what stays the same of them while lines and dates move."""
    unwaived = examine(catalog, today, runbooks).unwaived
    proofs = (prove_catalog(catalog, environment=name, today=today) for name in catalog.platform.environments)
    witnesses = (problem for proof in proofs for problem in proof_problems(proof))
    return {(reported.check, reported.finding.key): reported.problem for reported in unwaived} | {
        (problem.check, problem.where): problem for problem in witnesses
    }
