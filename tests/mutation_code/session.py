"""`python -m tests.mutation_code.session FOLDER TESTS…`, inside a copy of the tree: answers one request a line.

The tests are collected once; each request is answered in a fork of that, where a change is put into the functions that
are imported already. A change of anything else needs `fresh`, a process that imports it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import pytest

from tests.mutation_code.forking import forked
from tests.mutation_code.swapping import swapped

OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not full", "--tb=no"]
NO_END = "no end in sight"
Request = dict[str, Any]


def main(arguments: Sequence[str]) -> None:
    """Collects the tests, then answers until standard input ends; or, with `fresh`, one request alone."""
    requests, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if arguments[0] == "fresh":
        answers.write(json.dumps(_fresh(json.loads(requests.readline()))) + "\n")
        return
    folder, *tests = arguments
    pytest.main([*OPTIONS, *tests], plugins=[_Settings(), _Requests(Path.cwd(), folder, requests, answers)])


def _fresh(request: Request) -> dict[str, str]:
    return _verdict(forked(lambda: _judged_anew(request["limits"]), request["seconds"]))


def _verdict(answer: dict[str, str] | None) -> dict[str, str]:
    """What a fork says; one that says nothing was ended for its time, and one that broke off is no survivor."""
    match answer:
        case None:
            return {"outcome": "killed", "by": NO_END}
        case {"error": text}:
            return {"outcome": "killed", "by": text}
        case _:
            return answer


def _judged_anew(limits: Mapping[str, float]) -> dict[str, str]:
    order = _Order(limits)
    code = pytest.main([*OPTIONS, "-x", *order.files], plugins=[_Settings(), order])
    if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return {"outcome": "survived", "by": ""}
    return {"outcome": "killed", "by": order.failed or "the tests cannot be collected"}


class _Requests:
    """Answers requests in place of pytest's own loop over the tests that it collected."""

    def __init__(self, root: Path, folder: str, requests: TextIO, answers: TextIO) -> None:
        self.root, self.folder, self.requests, self.answers = root, folder, requests, answers

    def pytest_runtestloop(self, session: Any) -> bool:
        items = {item.nodeid: item for item in session.items}
        for line in self.requests:
            self.answers.write(json.dumps(self._answer(items, json.loads(line))) + "\n")
        return True

    def _answer(self, items: Mapping[str, Any], request: Request) -> Any:
        match request["do"]:
            case "measure":
                return forked(lambda: self._measured(list(items.values())), request["seconds"])
            case "judge":
                chosen = [items[test] for test in request["limits"]]
                return _verdict(forked(lambda: self._judged(chosen, request), request["seconds"]))
            case other:
                raise ValueError(f"nobody knows how to {other}")

    def _measured(self, items: Sequence[Any]) -> dict[str, Any]:
        import coverage

        watcher = _Watcher(
            coverage.Coverage(data_file=None, config_file=False, include=[f"{self.root}/{self.folder}/*"])
        )
        items[0].config.pluginmanager.register(watcher)
        watcher.tracing.start()
        _run(items)
        watcher.tracing.stop()
        return {"seconds": watcher.seconds, "failed": sorted(watcher.failed), "lines": watcher.lines(self.root)}

    def _judged(self, items: Sequence[Any], request: Request) -> dict[str, str]:
        path = self.root / request["module"]
        import_module(".".join(Path(request["module"]).with_suffix("").parts).removesuffix(".__init__"))
        if not swapped(str(path), path.read_text(encoding="utf-8"), request["text"]):
            return {"outcome": "at import", "by": ""}
        order = _Order(request["limits"])
        items[0].config.pluginmanager.register(order)
        _run(items, order)
        return {"outcome": "killed" if order.failed else "survived", "by": order.failed}


def _run(items: Sequence[Any], order: _Order | None = None) -> None:
    """Runs tests one after the other; with an order until one fails."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if order and order.failed:
            return


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
        self.seconds[item.nodeid] = time.process_time() - begin
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[Any]:
        if fixturedef.scope == "function":
            return (yield)
        self.tracing.switch_context(f"fixture {fixturedef.argname}")
        result = yield
        self.tracing.switch_context(os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0])
        return result

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    def lines(self, root: Path) -> dict[str, dict[int, list[str]]]:
        """The tests that run through each line of each module."""
        data = self.tracing.get_data()
        return {
            str(Path(file).relative_to(root)): {
                line: sorted({test for context in contexts for test in self.users.get(context, [context]) if test})
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


class _Settings:
    """Hypothesis with the same examples in each run, and none that a busy machine fails."""

    def pytest_sessionstart(self) -> None:
        from hypothesis import HealthCheck, settings

        settings.register_profile("mutants", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
        settings.load_profile("mutants")


if __name__ == "__main__":
    main(sys.argv[1:])
