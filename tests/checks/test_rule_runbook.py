"""What the check rule-runbook finds, and what it lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.loader import load_runbooks
from tests.checks.good import RULES, RUNBOOK, RUNBOOKS, Case, case, report

CASES = [
    case(
        "a rule without a runbook is refused",
        runbooks={name: RUNBOOK for name in RULES if name != "shop-slow"},
        says=[
            (
                'services/shop.yaml: rule "shop-slow": has no runbook "runbooks/shop-slow.md"; write it, with '
                "Meaning, Impact, Diagnosis, Mitigation (rule-runbook)"
            ),
        ],
    ),
    case(
        "a runbook without a heading is refused",
        runbooks={**RUNBOOKS, "shop-slow": RUNBOOK.replace("## Impact", "## Effect")},
        says=[
            (
                'services/shop.yaml: rule "shop-slow": its runbook "runbooks/shop-slow.md" has no "Impact"; write it '
                "under ## Impact (rule-runbook)"
            ),
        ],
    ),
    case(
        "a heading with nothing under it is refused",
        runbooks={**RUNBOOKS, "shop-slow": RUNBOOK.replace("## Diagnosis\n\nd\n", "## Diagnosis\n")},
        says=[
            (
                'services/shop.yaml: rule "shop-slow": its runbook "runbooks/shop-slow.md" has nothing under '
                '"Diagnosis"; write it under ## Diagnosis (rule-runbook)'
            ),
        ],
    ),
    case(
        "headings in another order are refused",
        runbooks={
            **RUNBOOKS,
            "shop-slow": RUNBOOK.replace("Meaning", "X").replace("Impact", "Meaning").replace("X", "Impact"),
        },
        says=[
            (
                'services/shop.yaml: rule "shop-slow": its runbook "runbooks/shop-slow.md" has its headings in '
                "another order; put them as Meaning, Impact, Diagnosis, Mitigation (rule-runbook)"
            ),
        ],
    ),
    case(
        "a runbook of no rule is refused",
        runbooks={**RUNBOOKS, "shop-slo": RUNBOOK},
        says=[
            (
                'runbooks/shop-slo.md: no rule is called "shop-slo"; rename it to a rule\'s id (did you mean '
                '"shop-slow"?), or take it away (rule-runbook)'
            ),
        ],
    ),
    case(
        "an index and the runbook of a retired rule are right",
        runbooks={**RUNBOOKS, "README": "all", "shop-gone": RUNBOOK},
    ),
    case("further headings are right", runbooks={**RUNBOOKS, "shop-slow": RUNBOOK + "## Afterwards\n\na\n"}),
    case(
        "an empty runbook lacks all four headings",
        runbooks={**RUNBOOKS, "shop-slow": ""},
        says=[
            (
                'services/shop.yaml: rule "shop-slow": its runbook "runbooks/shop-slow.md" has no "Diagnosis"; write '
                "it under ## Diagnosis (rule-runbook)"
            ),
            (
                'services/shop.yaml: rule "shop-slow": its runbook "runbooks/shop-slow.md" has no "Impact"; write it '
                "under ## Impact (rule-runbook)"
            ),
            (
                'services/shop.yaml: rule "shop-slow": its runbook "runbooks/shop-slow.md" has no "Meaning"; write it'
                " under ## Meaning (rule-runbook)"
            ),
            (
                'services/shop.yaml: rule "shop-slow": its runbook "runbooks/shop-slow.md" has no "Mitigation"; write'
                " it under ## Mitigation (rule-runbook)"
            ),
        ],
    ),
]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        pytest.param(
            False,
            [
                'platform.yaml:1: platform: there is no folder "{}", so no rule has a runbook; write '
                "runbooks/shop-failing.md beside the catalog, or name their folder: monitoring check --runbooks DIR "
                "(rule-runbook)"
            ],
            id="a missing folder is said once, with the option that names another",
        ),
        pytest.param(
            True,
            [
                f'rule "{rule}": has no runbook "{{}}/{rule}.md"; write it, with Meaning, Impact, Diagnosis, Mitigation'
                for rule in RULES
            ],
            id="an empty folder is named with each runbook that it lacks",
        ),
    ],
)
def test_the_folder_that_was_looked_in_is_named(made: bool, says: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "runbooks"
    if made:
        folder.mkdir()
    problems = [str(problem) for problem in report(runbooks=load_runbooks(folder)).problems]
    assert len(problems) == len(says)
    assert all(any(text.format(folder) in problem for problem in problems) for text in says), problems


@pytest.mark.parametrize("one", CASES)
def test_rule_runbook(one: Case) -> None:
    assert one.found("rule-runbook") == one.says
