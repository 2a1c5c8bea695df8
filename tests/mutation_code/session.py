"""One run of pytest inside a fork: what it imports, what each test runs through, or whether a test fails."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

ALREADY_IMPORTED = "ignore::pytest.PytestAssertRewriteWarning"
OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not full", "--tb=no", "-W", ALREADY_IMPORTED]
OURS = ("monitoring", "tests", "conftest")
AT_IMPORT = ""


def libraries(tests: Sequence[str]) -> list[str]:
    """The modules that are imported by the time some tests are collected, without those of the copy's own code."""
    pytest.main([*OPTIONS, "--collect-only", *tests])
    return [name for name in list(sys.modules) if name.partition(".")[0] not in (*OURS, "__main__", "__mp_main__")]


def measure(root: Path, tests: Sequence[str], folder: str) -> dict[str, Any]:
    """How long each test takes, which fail, and which run through each line of the modules of a folder."""
    import coverage

    _quiet_hypothesis()
    tracing = coverage.Coverage(data_file=None, config_file=False, include=[f"{root}/{folder}/*"])
    watcher = _Watcher(tracing)
    tracing.start()
    pytest.main([*OPTIONS, *tests], plugins=[watcher])
    tracing.stop()
    return {"seconds": watcher.seconds, "failed": sorted(watcher.failed), "lines": watcher.lines(root)}


def judge(limits: Mapping[str, float]) -> dict[str, str]:
    """Whether a test fails, in this order; the process ends where one takes more than its seconds of processor time."""
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    _quiet_hypothesis()
    order = _Order(limits)
    code = pytest.main([*OPTIONS, "-x", *order.files], plugins=[order])
    if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return {"outcome": "survived", "by": ""}
    return {"outcome": "killed", "by": order.failed or "the tests cannot be collected"}


class _Watcher:
    """What a run shows of its tests; what a shared fixture runs through belongs to all tests that ask for it."""

    def __init__(self, tracing: Any) -> None:
        self.tracing = tracing
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.users: dict[str, list[str]] = defaultdict(list)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        for name in item.fixturenames:
            self.users[f"fixture {name}"].append(item.nodeid)
        begin = time.process_time()
        self.tracing.switch_context(item.nodeid)
        result = yield
        self.tracing.switch_context(AT_IMPORT)
        self.seconds[item.nodeid] = time.process_time() - begin
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[Any]:
        if fixturedef.scope == "function":
            return (yield)
        self.tracing.switch_context(f"fixture {fixturedef.argname}")
        result = yield
        self.tracing.switch_context(request.node.nodeid if "::" in request.node.nodeid else AT_IMPORT)
        return result

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    def lines(self, root: Path) -> dict[str, dict[int, list[str]]]:
        data = self.tracing.get_data()
        return {
            str(Path(file).relative_to(root)): {
                line: sorted({test for context in contexts for test in self.users.get(context, [context])})
                for line, contexts in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }


class _Order:
    """Runs these tests alone, in this order and each within its seconds, and remembers the one that fails."""

    def __init__(self, limits: Mapping[str, float]) -> None:
        self.limits = limits
        self.rank = {test: number for number, test in enumerate(limits)}
        self.files = list(dict.fromkeys(test.partition("::")[0] for test in limits))
        self.failed = ""

    def pytest_runtest_setup(self, item: Any) -> None:
        signal.setitimer(signal.ITIMER_PROF, self.limits[item.nodeid])

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self.rank), key=lambda item: self.rank[item.nodeid])

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


def _quiet_hypothesis() -> None:
    """The same examples in each run, and none that a busy machine fails."""
    from hypothesis import HealthCheck, settings

    settings.register_profile("mutants", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    settings.load_profile("mutants")
