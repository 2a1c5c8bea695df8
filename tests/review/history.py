"""A team's year as commits of a real repository, and the comment of each: `python -m tests.review.history` writes them.

Read the difference before you commit it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitoring.oncall.clock import instant
from monitoring.review.comment import comment
from monitoring.review.reviewing import review_of
from monitoring.review.sides import review_sides
from tests.factories import texts
from tests.git import commit, git
from tests.review.whole import API_EXPECTED, FILES

COMMENTS = Path(__file__).parent / "history"
SHOP, API, ONCALL, TEAMS = (
    "catalog/services/shop.yaml",
    "catalog/services/api.yaml",
    "catalog/oncall.yaml",
    "catalog/teams.yaml",
)
LOU = """  lou: {name: Lou Example, email: lou@youragency.com, time-zone: Europe/Lisbon,
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
"""
NEW_RULE = """  - id: shop-search
    title: The search of the shop fails
    severity: P1
    means: Nobody finds anything.
    errors: {project: web, where: {feature: search}, more-than: 20, within: 5m}
    trial-until: 2026-11-15
  - id: shop-orders"""
RUNBOOK = """# shop-search

## Meaning
Nobody finds anything.

## Impact
Nobody buys.

## Diagnosis
Ask the index.

## Mitigation
Restart it.
"""


@dataclass(frozen=True)
class Step:
    """A commit: its name, when it takes effect, what it replaces, and files that are written or, if None, gone."""

    name: str
    at: str
    changes: tuple[tuple[str, str, str], ...] = ()
    files: tuple[tuple[str, str | None], ...] = ()


STEPS = (
    Step(
        "a-hire",
        "2026-01-14 10:00",
        (
            (ONCALL, "  kit: {name", f"{LOU}  kit: {{name"),
            (ONCALL, "people: [ana, ben, chi]", "people: [ana, ben, chi, lou]"),
        ),
    ),
    Step("a-higher-threshold", "2026-02-03 15:00", ((SHOP, "above: 2s", "above: 3s"),)),
    Step(
        "another-zone-before-the-clocks-change",
        "2026-03-25 12:00",
        (
            (
                ONCALL,
                "  primary:\n    time-zone: Europe/Berlin",
                "  primary:\n    time-zone: America/New_York",
            ),
        ),
    ),
    Step("somebody-leaves", "2026-04-07 11:00", ((ONCALL, "people: [ana, ben, chi, lou]", "people: [ana, ben, lou]"),)),
    Step(
        "a-tenant-goes",
        "2026-05-05 09:30",
        (("catalog/tenants.yaml", "bolt: {title: Bolt Tools, plan: enterprise}\n", ""),),
    ),
    Step(
        "a-rename", "2026-05-20 14:00", ((SHOP, "- id: shop-each", "- id: shop-lost-order\n    formerly: [shop-each]"),)
    ),
    Step(
        "a-holiday",
        "2026-06-22 16:00",
        (
            (
                ONCALL,
                "    cover:\n",
                '    cover:\n      - {who: lou, instead-of: ben, from: "2026-07-20 00:00", to: "2026-08-03 00:00"}\n',
            ),
        ),
    ),
    Step(
        "files-in-another-order",
        "2026-07-01 10:00",
        ((TEAMS, "\nplatform:", "\n# who owns what\nplatform:"), (ONCALL, "\npeople:", "\n# everybody\npeople:")),
    ),
    Step(
        "a-service-is-deleted",
        "2026-08-11 13:00",
        (
            ("catalog/expectations.yaml", f"rules:\n{API_EXPECTED}", "rules: {}\n"),
            (
                "catalog/waivers.yaml",
                "retired: {}",
                "retired: {api-failing: {on: 2026-08-11, reason: nobody asks the API}}",
            ),
        ),
        ((API, None),),
    ),
    Step(
        "nobody-at-night",
        "2026-09-02 17:00",
        ((ONCALL, "people: [ana, ben, lou]", 'only: {from: "07:00", to: "22:00"}, people: [ana, ben, lou]'),),
    ),
    Step(
        "a-lower-severity",
        "2026-09-21 09:00",
        (
            (
                SHOP,
                "title: The shop does not answer\n    severity: P1",
                "title: The shop does not answer\n    severity: P2",
            ),
        ),
    ),
    Step(
        "a-rule-on-trial",
        "2026-10-13 12:00",
        ((SHOP, "  - id: shop-orders", NEW_RULE),),
        (("docs/runbooks/shop-search.md", RUNBOOK),),
    ),
    Step(
        "a-later-second-step",
        "2026-11-26 09:00",
        ((ONCALL, "ask: [secondary], escalate-after: 5m", "ask: [secondary], escalate-after: 20m"),),
        (("__main__.py", "from monitoring.program import run\n\nrun()\n"),),
    ),
)


def comments() -> Iterator[tuple[str, str]]:
    """The comment of each step, by the file in which it lies."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        git(root, "init", "--quiet")
        _write(root, {f"catalog/{name}": text.decode() for name, text in texts(**FILES).items()})
        before = commit(root, "begin")
        for number, step in enumerate(STEPS, 1):
            _make(root, step)
            after = commit(root, step.name)
            sides = review_sides(before, after, lambda: root / "catalog")
            moment = instant(datetime.fromisoformat(f"{step.at}+00:00"))
            yield f"{number:02}-{step.name}.md", comment(review_of(*sides, moment), "before", step.name)
            before = after


def _make(root: Path, step: Step) -> None:
    for file, old, new in step.changes:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (root / file).write_text(text.replace(old, new), encoding="utf-8")
    for file, content in step.files:
        if content is None:
            (root / file).unlink()
        else:
            _write(root, {file: content})


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Writes every comment, and removes those of steps that are gone."""
    COMMENTS.mkdir(exist_ok=True)
    written = dict(comments())
    for path in COMMENTS.glob("*.md"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (COMMENTS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
