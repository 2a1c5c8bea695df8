"""What the registry promises: in time, once at a time, cached, within budget, whatever a probe does."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from monitoring.health import Budget, HealthRegistry, HealthSettingError, ProbeError, Question, Reading, Status
from monitoring.health.fakes import Switch, failing, hanging, passing, raising, stubborn
from monitoring.health.probing import ask
from tests.health.factories import PATIENCE_SECONDS, Clock, Held, a_check, eventually, long_deadlines, outcome

pytestmark = pytest.mark.anyio


async def full(registry: HealthRegistry) -> Status:
    return (await registry.ask(Question.FULL)).status


async def until_passing(registry: HealthRegistry) -> None:
    while await full(registry) is not Status.PASS:
        await asyncio.sleep(0.01)


def patient(probe: Any, *, clock: Callable[[], float] = time.monotonic, **settings: Any) -> HealthRegistry:
    """A registry of one check that waits for as long as a test holds its probe."""
    with long_deadlines():
        check = a_check(probe=probe, deadline=PATIENCE_SECONDS, **settings)
    return HealthRegistry([check], deadline=PATIENCE_SECONDS, clock=clock)


async def cancels_itself() -> None:
    raise asyncio.CancelledError


def sync_probe() -> Reading:
    return Reading(Status.WARN, "from a thread")


def sync_raises() -> None:
    raise SystemExit(3)


async def nonsense() -> Any:
    return 7


def sync_hangs() -> None:
    RELEASED.wait(PATIENCE_SECONDS)


RELEASED = threading.Event()
"""Lets go of the threads that hang."""


PROBES = [
    pytest.param(passing(), Status.PASS, id="a probe that returns a passing reading passes"),
    pytest.param(lambda: None, Status.PASS, id="a plain function that returns nothing passes"),
    pytest.param(lambda: passing()(), Status.PASS, id="a plain function that returns a coroutine is awaited"),
    pytest.param(sync_probe, Status.WARN, id="a plain function's reading counts"),
    pytest.param(failing(), Status.FAIL, id="a probe's own verdict counts"),
    pytest.param(Switch(error=ProbeError("slow", status=Status.WARN)), Status.WARN, id="a verdict may be a warning"),
    pytest.param(raising(ValueError("x")), Status.FAIL, id="an exception fails the component"),
    pytest.param(raising(SystemExit(1)), Status.FAIL, id="SystemExit in a probe does not end the service"),
    pytest.param(sync_raises, Status.FAIL, id="SystemExit in a thread does not end the service"),
    pytest.param(raising(BaseExceptionGroup("g", [SystemExit(1)])), Status.FAIL, id="a group of such is an outcome"),
    pytest.param(cancels_itself, Status.FAIL, id="a probe that cancels itself fails"),
    pytest.param(hanging(), Status.FAIL, id="a probe that hangs fails"),
    pytest.param(sync_hangs, Status.FAIL, id="a plain function that hangs fails"),
    pytest.param(Held(stubborn=True), Status.FAIL, id="a probe that refuses to be cancelled fails"),
    pytest.param(nonsense, Status.FAIL, id="a probe that returns something else fails"),
]


@pytest.mark.parametrize(("probe", "status"), PROBES)
async def test_outcome(probe: Any, status: Status) -> None:
    registry = HealthRegistry([a_check(probe=probe, deadline=0.15)], deadline=PATIENCE_SECONDS)
    assert (await registry.ask(Question.READINESS)).statuses == (("database", status),)
    RELEASED.set()
    if isinstance(probe, Held):
        probe.release()
    await registry.aclose()
    RELEASED.clear()


async def test_an_answer_comes_whatever_hangs() -> None:
    hung = [a_check(f"part-{n}", probe=hanging()) for n in range(20)]
    held = Held(stubborn=True)
    registry = HealthRegistry([*hung, a_check("stubborn", probe=held)])
    assert await full(registry) is Status.FAIL
    held.release()
    await registry.aclose()


async def test_a_stampede_makes_one_run() -> None:
    held = Held()
    registry = patient(held)
    asking = [asyncio.create_task(full(registry)) for _ in range(200)]
    await eventually(lambda: held.calls)
    held.release()
    assert {await answer for answer in asking} == {Status.PASS}
    assert held.calls == 1


async def test_a_request_that_goes_away_does_not_cancel_the_probe_for_others() -> None:
    held = Held()
    registry = patient(held)
    gone, stays = (asyncio.create_task(full(registry)) for _ in range(2))
    await eventually(lambda: held.calls)
    gone.cancel()
    await asyncio.wait({gone})
    held.release()
    assert await stays is Status.PASS
    assert held.calls == 1


async def test_during_a_refresh_others_get_the_recent_result_at_once() -> None:
    clock, held = Clock(), Held()
    registry = patient(held, keep_for=10.0, clock=clock)
    held.release()
    await full(registry)
    clock.now += 10.1
    held.hold()
    refresh = asyncio.create_task(full(registry))
    await eventually(lambda: held.calls == 2)
    assert await full(registry) is Status.PASS
    assert not refresh.done()
    held.release()
    await refresh


CACHE = [
    pytest.param(Status.PASS, 9.9, 1, id="a passing result counts for its time"),
    pytest.param(Status.PASS, 10.1, 2, id="a passing result is asked again after its time"),
    pytest.param(Status.WARN, 9.9, 1, id="a warning counts as long as a pass"),
    pytest.param(Status.FAIL, 1.9, 1, id="a failing result counts for its shorter time"),
    pytest.param(Status.FAIL, 2.1, 2, id="a failing result is asked again soon"),
]


@pytest.mark.parametrize(("status", "later", "asked"), CACHE)
async def test_cache(status: Status, later: float, asked: int) -> None:
    clock, switch = Clock(), Switch(status=status)
    registry = HealthRegistry([a_check(probe=switch, keep_for=10.0, keep_failure_for=2.0)], clock=clock)
    await full(registry)
    clock.now += later
    await full(registry)
    assert switch.calls == asked


async def test_a_spent_budget_keeps_the_last_result_until_a_call_is_free() -> None:
    clock, switch = Clock(), Switch()
    registry = HealthRegistry([a_check(probe=switch, keep_for=0.0, budget=Budget(calls=2, per=100.0))], clock=clock)
    for _ in range(5):
        clock.now += 1
        assert await full(registry) is Status.PASS
    assert switch.calls == 2
    clock.now += 50
    await full(registry)
    assert switch.calls == 3


async def test_without_a_budget_of_its_own_a_failing_check_asks_at_most_twice_as_often_as_its_cache_time_needs() -> (
    None
):
    clock, switch = Clock(), Switch(status=Status.FAIL)
    registry = HealthRegistry([a_check(probe=switch, keep_for=60.0, keep_failure_for=0.0)], clock=clock)
    for _ in range(7200):
        clock.now += 1
        await full(registry)
    assert 120 <= switch.calls <= 2 * 120 + 120


@pytest.mark.parametrize(
    ("keep_for", "calls"), [(0.0, 7200), (1.0, 7200), (1.5, 4800), (15.0, 480), (86_400.0, 2)], ids=str
)
def test_a_budget_is_twice_what_the_cache_time_needs_in_an_hour(keep_for: float, calls: int) -> None:
    assert a_check(keep_for=keep_for).spends == Budget(calls=calls, per=3600.0)


async def test_a_probe_that_is_cancelled_may_say_why_it_took_so_long() -> None:
    async def waits_for_a_connection() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ProbeError("no connection of the pool was free") from None

    assert await outcome(waits_for_a_connection, deadline=0.01) == ("fail", "no connection of the pool was free")


async def test_the_stubborn_probe_of_the_fakes_goes_on_until_its_time_is_over() -> None:
    refusing: Any = stubborn(PATIENCE_SECONDS)()
    sleeping = refusing.send(None)
    assert refusing.throw(asyncio.CancelledError()) is not sleeping
    refusing.close()
    assert await ask(stubborn(0.01), on_start=lambda _: None) is None


@pytest.mark.parametrize(
    ("probe", "threads"),
    [(nonsense, 0), (Switch(), 0), (sync_probe, 1)],
    ids=["an async function has none", "a thing that is awaited has none", "a plain function has one"],
)
async def test_only_what_may_block_has_a_thread_of_its_own(probe: Any, threads: int) -> None:
    started: list[object] = []
    await ask(probe, on_start=started.append)
    assert len(started) == threads


async def test_a_stubborn_probe_keeps_its_slot_and_recovers() -> None:
    held = Held(stubborn=True)
    registry = HealthRegistry([a_check(probe=held, deadline=0.05, keep_failure_for=0.0)])
    assert [await full(registry) for _ in range(3)] == [Status.FAIL] * 3
    assert held.calls == 1
    held.release()
    await until_passing(registry)
    assert held.calls > 1


async def test_a_hung_thread_is_not_joined_by_a_second() -> None:
    release = threading.Event()

    def probe() -> None:
        release.wait(PATIENCE_SECONDS)

    registry = HealthRegistry([a_check(probe=probe, deadline=0.05, keep_failure_for=0.0)])
    threads = threading.active_count()
    assert [await full(registry) for _ in range(3)] == [Status.FAIL] * 3
    assert threading.active_count() == threads + 1
    release.set()
    await until_passing(registry)


async def test_a_process_that_was_frozen_in_a_request_asks_anew_after_the_thaw() -> None:
    clock, switch = Clock(), Switch(takes=30.0)
    registry = HealthRegistry([a_check(probe=switch)], clock=clock)
    frozen = asyncio.create_task(full(registry))
    await eventually(lambda: switch.at_once)
    clock.now += 3600
    switch.takes = 0.0
    assert await full(registry) is Status.PASS
    assert switch.max_at_once == 1 or switch.at_once == 0
    await frozen


def test_a_registry_outlives_its_event_loop() -> None:
    clock, switch = Clock(), Switch()
    registry = HealthRegistry([a_check(probe=switch, keep_for=1.0)], clock=clock)
    for asked in (1, 2, 3):
        with asyncio.Runner() as runner:
            assert runner.run(full(registry)) is Status.PASS
        clock.now += 10
        assert switch.calls == asked


def test_an_interrupt_from_the_keyboard_ends_the_service() -> None:
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(full(HealthRegistry([a_check(probe=raising(KeyboardInterrupt()))])))
    gc.collect()  # asyncio complains of the ended task when it is swept up: here, not into the end of the suite


async def test_an_old_pass_does_not_count_when_the_newer_probe_has_no_answer() -> None:
    clock, switch = Clock(), Switch()
    registry = HealthRegistry([a_check(probe=switch, keep_for=1.0)], clock=clock, deadline=0.01)
    assert await full(registry) is Status.PASS
    clock.now += 600
    switch.takes = 30.0
    assert await full(registry) is Status.FAIL
    await registry.aclose()


async def test_draining_makes_readiness_red_and_leaves_liveness_green() -> None:
    registry = HealthRegistry([a_check()])
    registry.drain()
    statuses = {question: (await registry.ask(question)).status for question in Question}
    assert statuses == {Question.LIVENESS: Status.PASS, Question.READINESS: Status.FAIL, Question.FULL: Status.FAIL}


async def test_liveness_asks_no_dependency() -> None:
    switch = Switch()
    assert (await HealthRegistry([a_check(probe=switch)]).ask(Question.LIVENESS)).components == ()
    assert switch.calls == 0


WRONG = [
    pytest.param({"name": "Data Base"}, "lower-case words", id="a name with blanks is refused"),
    pytest.param({"name": "db:time"}, "lower-case words", id="a name with a colon is refused"),
    pytest.param({"probe": 3}, "cannot be called", id="a probe that is no function is refused"),
    pytest.param({"deadline": 2.0}, "deadline", id="a deadline beyond the answer's is refused"),
    pytest.param({"deadline": 0.0}, "deadline", id="no deadline is refused"),
    pytest.param({"keep_for": float("nan")}, "finite", id="a cache time that is no number is refused"),
    pytest.param({"keep_for": -1.0}, "finite", id="a negative cache time is refused"),
    pytest.param({"budget": Budget(calls=0, per=1)}, "budget", id="a budget of nothing is refused"),
    pytest.param({"budget": Budget(calls=1, per=0)}, "budget", id="a budget of no time is refused"),
    pytest.param({"budget": Budget(calls=1, per=-1)}, "budget", id="a budget of less than no time is refused"),
    pytest.param({"budget": Budget(calls=1, per=float("inf"))}, "budget", id="a budget of all time is refused"),
]


@pytest.mark.parametrize(("change", "says"), WRONG)
def test_a_wrong_check_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(HealthSettingError, match=says):
        a_check(**change)


def test_two_checks_of_one_name_are_refused() -> None:
    with pytest.raises(HealthSettingError, match="'database'"):
        HealthRegistry([a_check(), a_check()])


async def test_changes_are_logged_once_and_an_unknown_exception_whole(caplog: pytest.LogCaptureFixture) -> None:
    switch = Switch(error=KeyError("secret-table"))
    registry = HealthRegistry([a_check(probe=switch, keep_for=0.0, keep_failure_for=0.0)])
    with caplog.at_level(logging.INFO, logger="monitoring.health"):
        await full(registry)
        await full(registry)
        switch.error = None
        await full(registry)
    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == 3
    assert messages[0].startswith("component database is fail, was unknown: builtins.KeyError")
    assert "in monitoring.health.fakes.__call__, line" in messages[1]
    assert messages[2] == "component database is pass, was fail: "
    assert "secret-table" not in caplog.text


async def test_what_libraries_log_inside_a_probe_is_dropped_and_outside_kept(caplog: pytest.LogCaptureFixture) -> None:
    async def probe() -> None:
        logging.getLogger("httpx").warning("planted inside")

    def in_a_thread() -> None:
        logging.getLogger("psycopg").warning("planted inside")

    with caplog.at_level(logging.INFO):
        await full(HealthRegistry([a_check(probe=probe), a_check("auth", probe=in_a_thread)]))
        logging.getLogger("httpx").warning("planted outside")
    assert "planted inside" not in caplog.text
    assert "planted outside" in caplog.text


def test_results_are_read_without_asking() -> None:
    switch = Switch()
    assert [each.status for each in HealthRegistry([a_check(probe=switch)]).results()] == [Status.FAIL]
    assert switch.calls == 0
