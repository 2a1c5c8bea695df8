"""The wheel, built once a session, and environments with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wheel.installing import Environment, build, environment_with


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build("wheel", tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel and both of its extras."""
    return environment_with(wheel, tmp_path_factory.mktemp("everything") / "venv")


@pytest.fixture(scope="session")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel and neither extra."""
    return environment_with(wheel, tmp_path_factory.mktemp("bare") / "venv", extras=())
