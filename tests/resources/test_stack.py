"""What the SDK says to nobody is left out, unless the stack wants it."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pytest

from monitoring.preview.capture import capture
from monitoring.resources.stack import silence_sdk_debug_log


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
