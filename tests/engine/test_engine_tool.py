"""Which engine is used: an installed one that fits, one that was built, or a sentence that says what to install."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.engine.workspace import REPOSITORY


def loaded() -> ModuleType:
    """The tool, which is a script and no package."""
    path = REPOSITORY / "tools" / "pulumi" / "engine.py"
    spec = importlib.util.spec_from_file_location("engine_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["engine_tool"] = module
    spec.loader.exec_module(module)
    return module


tool = loaded()
WANTED = (3, 259, 0)


def pretend(folder: Path, *, says: str, host: bool = True, code: int = 0) -> Path:
    """A folder with a program that says it is some engine."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = folder / "pulumi"
    engine.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    engine.chmod(0o755)
    if host:
        (folder / tool.HOST).write_text("")
    return engine


@pytest.mark.parametrize(
    ("says", "code", "used"),
    [
        pytest.param("v3.259.0", 0, True, id="the very version"),
        pytest.param("v3.301.2", 0, True, id="a later one"),
        pytest.param("v3.258.9", 0, False, id="an older one"),
        pytest.param("v4.0.0", 0, False, id="another major version"),
        pytest.param("v3.260.0-alpha.1+dirty", 0, True, id="a later one that is not released"),
        pytest.param("no version", 0, False, id="something else of that name"),
        pytest.param("v3.259.0", 1, False, id="one that does not run"),
    ],
)
def test_an_installed_engine_is_used_when_it_fits(tmp_path, monkeypatch, says, code, used):
    engine = pretend(tmp_path / "bin", says=says, code=code)
    monkeypatch.setenv("PATH", f"{engine.parent}:/usr/bin:/bin")
    assert tool.installed_engine(WANTED) == (engine if used else None)


def test_an_engine_that_cannot_run_python_is_not_used(tmp_path, monkeypatch):
    engine = pretend(tmp_path / "bin", says="v3.259.0", host=False)
    monkeypatch.setenv("PATH", f"{engine.parent}:/usr/bin:/bin")
    assert tool.installed_engine(WANTED) is None


@pytest.mark.parametrize(("says", "used"), [("v3.259.0", True), ("v3.260.0", False)], ids=["the same", "another"])
def test_a_built_engine_is_used_while_go_mod_names_its_version(tmp_path, says, used):
    engine = pretend(tmp_path, says=says)
    assert tool.built_engine(WANTED, folder=tmp_path) == (engine if used else None)


@pytest.mark.parametrize(
    ("go", "has"),
    [(None, "Go is not installed"), (("/usr/bin/go", (1, 22, 3)), "Go here is 1.22.3")],
    ids=["no Go", "an old Go"],
)
def test_without_an_engine_and_a_fitting_go_one_sentence_says_what_to_install(go, has):
    with pytest.raises(tool.EngineMissingError) as missing:
        tool.need_go(tool.Go(*go) if go else None, wanted=(1, 26, 0), engine="3.259.0")
    assert has in str(missing.value)
    assert "install Pulumi" in str(missing.value)
    assert "Go 1.26 or later" in str(missing.value)


def test_the_version_stands_in_go_mod_alone():
    go_mod = (REPOSITORY / "tools" / "pulumi" / "go.mod").read_text()
    host = (REPOSITORY / "tools" / "pulumi" / tool.HOST).read_text()
    assert f'VERSION = "{tool.wanted_version(go_mod)[1:]}"' in host
    assert tool.wanted_go(go_mod) >= (1, 26, 0)


def test_a_go_mod_without_the_engine_is_named():
    with pytest.raises(tool.EngineMissingError, match=r"go\.mod: .* is missing"):
        tool.wanted_version("module somebody.else\n")


def fake_go(folder: Path, *, build: str) -> object:
    """A Go tool chain that lists two packages and builds as told; `$7` is the path of the binary."""
    script = folder / "go"
    script.write_text(f'#!/bin/sh\nif [ "$1" = list ]; then printf "a/b\\nc/d\\n"; exit 0; fi\n{build}\n')
    script.chmod(0o755)
    return tool.Go(str(script), (1, 26, 0))


def test_a_build_puts_the_engine_and_its_language_host_in_place(tmp_path, capsys):
    go = fake_go(tmp_path, build='echo a/b >&2; printf "#!/bin/sh\\necho v3.259.0\\n" > "$7"; chmod +x "$7"')
    engine = tool.build_engine(go, version="v3.259.0", folder=tmp_path / "bin")
    assert tool.said_version([str(engine)]) == WANTED
    assert sorted(path.name for path in (tmp_path / "bin").iterdir()) == ["pulumi", tool.HOST]
    assert os.access(tmp_path / "bin" / tool.HOST, os.X_OK)
    assert "building Pulumi v3.259.0 once" in capsys.readouterr().err


def test_a_build_that_fails_says_why_and_leaves_nothing_behind(tmp_path):
    go = fake_go(tmp_path, build="echo 'no space left on device' >&2; exit 1")
    with pytest.raises(tool.EngineMissingError, match="no space left on device"):
        tool.build_engine(go, version="v3.259.0", folder=tmp_path / "bin")
    assert list((tmp_path / "bin").iterdir()) == []
