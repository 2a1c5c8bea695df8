"""What checks and proof refuse of a change, and what they refused before it and so is not said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from monitoring.checks import examine
from monitoring.errors import UsageError
from monitoring.model.catalog import Catalog
from monitoring.oncall.clock import utc
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.effects import Effect
from monitoring.review.refused import changed_texts, check_effects
from monitoring.review.reviewing import review_of
from monitoring.review.risks import EffectKind
from monitoring.review.sides import ReviewSide, review_sides
from tests.factories import Change, texts
from tests.git import commit, git
from tests.review.pairs import AT, whole_catalog
from tests.review.test_pairs import ONCALL, PAIRS, SHOP, TEAMS, WAIVERS

SECTIONS = "## Meaning\nx\n## Impact\nx\n## Diagnosis\nx\n## Mitigation\nx\n"
RENAMED: Change = (SHOP, "- id: shop-each", "- id: shop-lost\n    formerly: [shop-each]")
HANDLE: Change = (SHOP, "title: The shop is slow\n", "title: Tell @here that the shop is slow\n")


def found(before: Catalog, after: Catalog, *runbooks: Mapping[str, str]) -> list[Effect]:
    old, new = runbooks or ({}, {})
    return list(check_effects(ComparedCatalogs(before, after, AT), old, new))


@pytest.mark.parametrize(
    ("before", "after", "subjects"),
    [
        pytest.param([], [HANDLE], ["message-handles: shop-slow: handle @here in title"], id="a new handle in a title"),
        pytest.param([HANDLE], [HANDLE], [], id="a handle that was there"),
        pytest.param([], [RENAMED], [], id="a rule without a runbook that has a new id"),
        pytest.param(
            [], [(SHOP, "- id: shop-each", "- id: shop-lost")], ["rule-runbook: shop-lost: no runbook"], id="a new rule"
        ),
        pytest.param(
            [],
            [(TEAMS, "title: Platform\n", "title: Tell @here\n")],
            ["message-handles: platform: handle @here in the team's title"],
            id="a handle in what stands in the texts of all rules",
        ),
        pytest.param(
            [(TEAMS, "title: Platform\n", "title: Tell @here\n")],
            [(TEAMS, "title: Platform\n", "title: Tell @here\n"), (SHOP, "above: 2s", "above: 3s")],
            [],
            id="another text with a handle of the team's title, which was there",
        ),
        pytest.param(
            [],
            [
                (
                    WAIVERS,
                    "waivers:\n",
                    "waivers:\n  - {check: rule-ids, finding: x, reason: x, owner: revenue, expires: 2026-12-31}\n",
                )
            ],
            ["waivers: x: unused"],
            id="a waiver that accepts nothing",
        ),
    ],
)
def test_problems_that_are_new(before: list[Change], after: list[Change], subjects: list[str]) -> None:
    assert [each.subject for each in found(whole_catalog(*before), whole_catalog(*after))] == subjects


def test_a_problem_has_its_place_in_the_new_catalog() -> None:
    [effect] = found(whole_catalog(), whole_catalog(HANDLE))
    assert (effect.kind, effect.risk, effect.source.file) == (EffectKind.CHECK_FAILS, "high", SHOP)
    assert effect.sentence.startswith('the check message-handles finds: rule "shop-slow": its title holds the handle')


def test_a_runbook_that_is_taken_away_is_a_problem_though_the_catalog_is_the_same() -> None:
    catalog = whole_catalog()
    runbooks = dict.fromkeys(catalog.rules, SECTIONS)
    less = {name: text for name, text in runbooks.items() if name != "shop-up"}
    assert [each.subject for each in found(catalog, catalog, runbooks, less)] == ["rule-runbook: shop-up: no runbook"]
    assert found(catalog, catalog, less, runbooks) == []


# --- only what can differ is looked at -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        pytest.param(
            (SHOP, "failing-in: 2", "failing-in: 1"), {"shop-up", "shop-both"}, id="a rule, and those that name it"
        ),
        pytest.param((ONCALL, "people: [ana, ben, chi]", "people: [ben, ana, chi]"), set(), id="a rotation"),
        pytest.param((TEAMS, "title: Revenue", "title: Money"), None, id="a team"),
    ],
)
def test_the_rules_whose_texts_can_differ(change: Change, rules: set[str] | None) -> None:
    assert changed_texts(ComparedCatalogs(whole_catalog(), whole_catalog(change), AT)) == rules


@pytest.mark.parametrize("changes", [pytest.param(pair.values[0], id=pair.id) for pair in PAIRS])
def test_nothing_is_overlooked_by_looking_at_less(changes: list[Change]) -> None:
    before, after = whole_catalog(), whole_catalog(*changes)
    for old, new in ((before, after), (after, before)):
        compared = ComparedCatalogs(old, new, AT)
        known, reported = (_keys(compared, side) for side in (old, new))
        assert {each.subject for each in found(old, new)} == reported - known


def _keys(compared: ComparedCatalogs, catalog: Catalog) -> set[str]:
    """What all checks say of a side, by the new names."""
    keys = set()
    for each in examine(catalog, utc(AT).date(), {}).unwaived:
        name, colon, rest = each.finding.key.partition(": ")
        new = next((new for (_, old), new in compared.renamed.items() if old == name), name)
        keys.add(f"{each.check}: {new if catalog is compared.before else name}{colon}{rest}")
    return keys


# --- sides -----------------------------------------------------------------------------------------------------


def test_runbooks_are_read_from_a_revision_and_from_the_working_tree(tmp_path: Path) -> None:
    _write(tmp_path, {f"catalog/{name}": text for name, text in texts().items()})
    _write(tmp_path, {"docs/runbooks/shop-slow.md": SECTIONS.encode(), "docs/runbooks/old/shop-failing.md": b"x"})
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, "begin")
    (tmp_path / "docs/runbooks/shop-slow.md").unlink()
    old, new = review_sides("main", None, lambda: tmp_path / "catalog")
    assert (old.runbooks, new.runbooks) == ({"shop-slow": SECTIONS}, {})
    assert [each.subject for each in review_of(old, new, AT).effects] == ["rule-runbook: shop-slow: no runbook"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"\xff", 'the runbook "docs/runbooks/shop-slow.md" in main .* is not UTF-8', id="not UTF-8"),
        pytest.param(b"x" * 1_000_001, "larger than 1000000 bytes", id="huge"),
    ],
)
def test_a_runbook_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    _write(tmp_path, {f"catalog/{name}": text for name, text in texts().items()})
    _write(tmp_path, {"docs/runbooks/shop-slow.md": content})
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, "begin")
    side, _ = review_sides("main", "HEAD", lambda: tmp_path / "catalog")
    with pytest.raises(UsageError, match=sentence):
        _ = side.runbooks


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


def test_a_side_without_runbooks_has_none() -> None:
    assert ReviewSide("a side", {}).runbooks == {}
