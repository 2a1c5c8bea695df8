"""What a stack says beside the catalog; and what the SDK says to nobody is left out, unless the stack wants it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pulumi
import pytest

from monitoring.errors import UsageError
from monitoring.preview.capture import capture
from monitoring.resources.stack import Stack, silence_sdk_debug_log, stack_config
from monitoring.resources.unproved import DeployUnproved

CATALOG = {"monitoring:catalog": "here/catalog"}
DAY = {"monitoring:today": "2026-11-23"}


def configured(config: Mapping[str, str], stack: str = "prod") -> Stack:
    """The configuration of a running stack of that name."""
    read: list[Stack] = []
    capture(lambda: read.append(stack_config()), project="monitoring", stack=stack, config=config)
    return read[0]


CONFIGURED = [
    pytest.param("prod", {}, {"environment": "prod"}, id="the environment is the stack's name"),
    pytest.param("staging", {}, {"environment": "staging"}, id="the environment is another stack's name"),
    pytest.param("acme", {"environment": "prod"}, {"environment": "prod"}, id="the environment is configured"),
    pytest.param("prod", {"environment": "acme"}, {"environment": "acme"}, id="the configured one goes before"),
    pytest.param("prod", {}, {"catalog": Path("here/catalog")}, id="the catalog is the configured folder"),
    pytest.param("prod", {}, {"today": date(2026, 11, 23)}, id="the day is the configured one"),
    pytest.param("prod", {}, {"offline": False, "unproved": None}, id="vendors are asked, and the proof is needed"),
    pytest.param("prod", {"offline": "true"}, {"offline": True}, id="offline"),
    pytest.param("prod", {"offline": "false"}, {"offline": False}, id="not offline"),
]


@pytest.mark.parametrize(("stack", "words", "expected"), CONFIGURED)
def test_a_stack_is_what_its_configuration_says(stack: str, words: Mapping[str, str], expected: Mapping[str, Any]):
    config = CATALOG | DAY | {f"monitoring:{name}": value for name, value in words.items()}
    found = configured(config, stack)
    assert {name: getattr(found, name) for name in expected} == expected


def test_a_stack_without_a_day_is_of_today():
    before, found, after = datetime.now(UTC).date(), configured(CATALOG), datetime.now(UTC).date()
    assert before <= found.today <= after


def test_a_stack_without_a_catalog_takes_the_one_that_the_environment_names(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITORING_CATALOG", "elsewhere")
    assert configured(DAY).catalog == Path("elsewhere")


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(UsageError, match="the configuration monitoring:today: "):
        configured(CATALOG | {"monitoring:today": "2026-02-30"})


def test_a_way_past_the_proof_is_read():
    until = datetime.now(UTC) + timedelta(hours=2)
    written = json.dumps({"reason": "checkout is down", "until": until.isoformat()})
    found = configured(CATALOG | DAY | {"monitoring:deploy-unproved": written})
    assert found.unproved == DeployUnproved("checkout is down", until)


def test_a_way_past_the_proof_that_has_no_parts_is_refused():
    with pytest.raises(UsageError, match="monitoring:deploy-unproved"):
        configured(CATALOG | DAY | {"monitoring:deploy-unproved": "yes"})


@pytest.mark.parametrize(
    ("config", "heard"),
    [
        pytest.param({}, [], id="left out"),
        pytest.param({"monitoring:debug": "true"}, ["beginning"], id="wanted"),
    ],
)
def test_a_debug_message_is_said_only_where_the_stack_wants_it(
    monkeypatch: pytest.MonkeyPatch, config: Mapping[str, str], heard: list[str]
) -> None:
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "debug", said.append)

    def program() -> None:
        silence_sdk_debug_log()
        said.clear()
        pulumi.log.debug("beginning")
        said[1:] = []

    capture(program, project="monitoring", stack="prod", config=config)
    assert said[:1] == heard
