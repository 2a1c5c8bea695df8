"""Companies that lack a vendor, tenants or a second environment, on the real engine and in their own accounts."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from monitoring.loader import load
from tests.engine.ours import configure
from tests.engine.small import differences_from_declared, workspace_of
from tests.engine.workspace import CREDENTIALS, Workspace
from tests.platforms import FOREIGN

KEYS: Mapping[str, tuple[str, ...]] = {
    "sentry": ("SENTRY_AUTH_TOKEN",),
    "datadog": ("DD_API_KEY", "DD_APP_KEY"),
    "pagerduty": ("PAGERDUTY_TOKEN",),
}


def workspace(name: str, room: Path, engine: Path) -> Workspace:
    """A foreign platform before its first `up`, with the credentials of its own vendors alone."""
    files = FOREIGN[name]
    platform = load(files.catalog).platform
    made = workspace_of(files.catalog, room, engine=engine)
    configure(made.program / "Pulumi.prod.yaml", {"monitoring:environment": platform.shared_environment})
    own = {key for vendor in platform.vendors for key in KEYS[vendor]}
    return dataclasses.replace(made, extra={key: "" for key in CREDENTIALS if key not in own})


@pytest.mark.parametrize("name", FOREIGN)
def test_it_comes_up_and_a_second_preview_is_empty(name: str, engine: Path, tmp_path: Path) -> None:
    place = workspace(name, tmp_path, engine)
    place.up()
    vendors = {urn.split("::")[2].partition(":")[0] for urn in place.state()}
    assert vendors == {*load(FOREIGN[name].catalog).platform.vendors}
    assert place.preview().changes == {}
    assert differences_from_declared(place) == []


@pytest.mark.parametrize("name", FOREIGN)
def test_a_credential_of_its_own_that_is_missing_is_named_alone(name: str, engine: Path, tmp_path: Path) -> None:
    place = workspace(name, tmp_path, engine)
    run = dataclasses.replace(place, extra=dict.fromkeys(CREDENTIALS, "")).run("preview")
    own = [keys for vendor, keys in KEYS.items() if vendor in load(FOREIGN[name].catalog).platform.vendors]
    assert run.code != 0
    assert {key for key in CREDENTIALS if key in run.said} == {key for keys in own for key in keys}
