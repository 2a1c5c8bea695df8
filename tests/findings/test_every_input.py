"""Everything that was once wrong has a test: an input by its own name, and what is more than a change of a file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FINDINGS = Path(__file__).parent

# Small changes of a shipped catalog; each is the id of a test in this folder.
INPUTS: tuple[str, ...] = (
    "anomalies",
    "certificate-host-url",
    "change",
    "channel-typo",
    "cron-in-the-skipped-hour",
    "cron-remedy",
    "date-0001",
    "dd-metricname",
    "dd-site-at",
    "dd-where-comma",
    "dd-where-or",
    "dd-where-rname",
    "declared-metric-that-nobody-sends",
    "default-zero-resolve",
    "fix-that-does-not-fix",
    "forecast",
    "g-policy-asks-person",
    "h-team-title",
    "h-tenant-title",
    "hire-naive",
    "later-empty-step",
    "means-md-heading",
    "mute-1y",
    "muted-for-ever",
    "no-data-to-nobody",
    "nobody-orders",
    "num-more-than-15d",
    "page-path-ctl",
    "per-issue-where",
    "raw-group-fan-out",
    "raw-group-variable",
    "real-sentry-crons",
    "reminds-every-does-nothing",
    "rich-schedule-title",
    "rotation-reordered",
    "s-where-bsquote",
    "single-braces",
    "skipped-anchor",
    "slo-p0",
    "slo-p3",
    "slow-signal",
    "symptom-messages",
    "target-no-team-member",
    "title-ctl-cr",
    "title-ctl-esc",
    "title-h-slack-channel",
    "title-special-characters",
    "unknown-holds",
    "url-status-html",
    "valid-for-36h",
    "weekend-shift-misread",
    "weekend-window",
    "window-in-skipped-hour",
)

# What is more than such a change -> the test that holds its answer.
HELD: dict[str, tuple[str, str]] = {
    "new-signal": (
        "tests/test_adding_a_signal.py",
        "test_what_is_missing_of_a_signal_is_named_until_it_is_whole",
    ),
    "a link out of the catalog": (
        "tests/findings/test_files_outside.py",
        "test_nothing_of_a_file_outside_is_printed",
    ),
    "a pipe among the runbooks": ("tests/findings/test_files_outside.py", "test_what_is_no_file_is_refused_at_once"),
    "a title of 200,000 letters": ("tests/findings/test_values.py", "a title of 200,000 letters"),
    "a service file of unknown words": ("tests/hostile/test_sizes.py", "unknown words"),
    "keys sent to another host": ("tests/findings/test_values.py", "a site that is another host"),
    "a hanging name turns others red": (
        "tests/health/test_resolving.py",
        "test_a_hanging_name_fails_alone_and_recovers",
    ),
    "ten thousand requests with a hanging resolver": ("tests/health/test_resolving.py", "ten thousand requests"),
    "leaving while a lookup hangs": (
        "tests/health/test_resolving.py",
        "test_leaving_does_not_wait_for_lookups_that_never_end",
    ),
    "half requests by the thousand": (
        "tests/health/test_connections.py",
        "test_thousands_of_half_requests_silence_neither_port",
    ),
    "half a head": ("tests/health/test_connections.py", "half a head"),
    "reading-str-fail": ("tests/health/test_fail_closed.py", "a reading that says fail as a word"),
    "a reading that says great": ("tests/health/test_fail_closed.py", "a reading that says another word"),
    "an exception that ends the process": (
        "tests/health/test_fail_closed.py",
        "an exception whose text ends the process",
    ),
    "a probe that swallows its cancellation": (
        "tests/health/test_fail_closed.py",
        "test_a_probe_that_refuses_to_be_cancelled_does_not_hold_up_the_end",
    ),
    "health check: a body that drips": ("tests/smoke/test_health_check.py", "a body that drips"),
    "health check: a body that never ends": ("tests/smoke/test_health_check.py", "a body that never ends"),
    "health check: a compressed body": ("tests/smoke/test_health_check.py", "a compressed body"),
    "health check: a time that is a word": ("tests/smoke/test_health_check.py", "a time that is a word"),
    "health check: a token that is no text": (
        "tests/smoke/test_health_check.py",
        "test_a_token_that_no_header_carries_is_a_sentence",
    ),
    "health check: a password in the address": (
        "tests/smoke/test_health_check.py",
        "test_a_password_in_the_address_is_not_repeated",
    ),
    "test-alerting: a body that drips": ("tests/smoke/test_hostile_endpoint.py", "a body that drips"),
    "a redirect by the Host header": (
        "tests/health/test_app.py",
        "test_another_path_is_refused_and_redirects_nobody",
    ),
    "a refusal without no-store": (
        "tests/health/test_connections.py",
        "test_what_is_no_request_is_refused_with_the_headers_of_every_answer",
    ),
    "one cause, thousands of witnesses": (
        "tests/reach/test_witnesses.py",
        "test_two_causes_on_fifty_policies_are_at_most_a_hundred_witnesses_of_a_thousand_rules",
    ),
    "the end of a hole": ("tests/reach/test_witnesses.py", "test_a_witness_says_why_just_then"),
}


def ids(file: Path) -> frozenset[str]:
    """Every test function of a file, and every text in it that can be a test's id."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = {node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(texts | {function.name for function in functions})


def named(name: str, known: frozenset[str]) -> bool:
    return name in known or f"test_{name.replace('-', '_')}" in known


HERE = frozenset[str]().union(*(ids(file) for file in FINDINGS.glob("test_*.py") if file != Path(__file__)))


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_has_a_test_of_its_own_name(name: str) -> None:
    assert named(name, HERE)


@pytest.mark.parametrize(("file", "name"), HELD.values(), ids=HELD)
def test_what_is_more_than_a_change_is_held(file: str, name: str) -> None:
    assert name in ids(ROOT / file)


def test_no_input_is_listed_twice() -> None:
    assert len(set(INPUTS) | set(HELD)) == len(INPUTS) + len(HELD)
