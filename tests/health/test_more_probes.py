"""Probes of Redis, MySQL and queues, against real servers and the faults that they meet."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pymysql
import pytest

from monitoring.health import HealthSettingError, probes
from tests.health.factories import HANGS_FOR_SECONDS, PATIENCE_SECONDS
from tests.health.factories import outcome as outcome_within
from tests.health.postgres_server import free_port
from tests.health.servers import PASSWORD, Server, mariadb, valkey
from tests.health.standins import standin

pytestmark = pytest.mark.anyio
outcome = partial(outcome_within, deadline=PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def redis() -> Iterator[Server]:
    with valkey() as server:
        yield server


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with mariadb(tmp_path_factory.mktemp("mariadb")) as server:
        yield server


async def test_redis_passes(redis: Server) -> None:
    assert await outcome(probes.redis(redis.url, within=PATIENCE_SECONDS)) == ("pass", "")


async def test_redis_that_refuses_us_fails_and_says_nothing_of_the_password(redis: Server) -> None:
    status, why = await outcome(probes.redis(redis.url.replace(PASSWORD, "planted-wrong"), within=PATIENCE_SECONDS))
    assert (status, "planted" in why) == ("fail", False)
    assert why.startswith("redis.exceptions.AuthenticationError")


async def test_a_redis_that_hangs_fails_in_time_and_recovers(redis: Server) -> None:
    redis.freeze()
    try:
        assert (await outcome(probes.redis(redis.url, within=0.2)))[0] == "fail"
        hung = probes.redis(redis.url, within=PATIENCE_SECONDS)
        assert await outcome(hung, deadline=0.1) == ("fail", "no answer within its deadline")
    finally:
        redis.thaw()
    assert await outcome(probes.redis(redis.url, within=PATIENCE_SECONDS)) == ("pass", "")


async def test_the_words_behind_an_applications_address_of_redis_change_nothing(redis: Server) -> None:
    url = f"{redis.url}?decode_responses=True&socket_timeout=3600&socket_connect_timeout=3600&unknown=1&protocol=3"
    assert await outcome(probes.redis(url, within=PATIENCE_SECONDS)) == ("pass", "")
    redis.freeze()
    try:
        status, why = await outcome(probes.redis(url, within=0.2))
        assert (status, why.startswith("redis.exceptions.TimeoutError")) == ("fail", True)
    finally:
        redis.thaw()


async def test_a_replica_of_redis_fails_unless_that_is_meant(redis: Server) -> None:
    port = redis.url.rpartition(":")[2].partition("/")[0]
    with valkey("--replicaof", "127.0.0.1", port, "--masterauth", PASSWORD) as replica:
        expected = ("fail", "it is a replica, which takes no writes")
        assert await outcome(probes.redis(replica.url, within=PATIENCE_SECONDS)) == expected
        assert await outcome(probes.redis(replica.url, writable=False, within=PATIENCE_SECONDS)) == ("pass", "")


async def test_mysql_passes(database: Server) -> None:
    assert await outcome(probes.mysql(database.url, within=PATIENCE_SECONDS)) == ("pass", "")


async def test_a_mysql_that_is_read_only_fails_unless_that_is_meant(database: Server) -> None:
    expectations = {"on": ("fail", "the database is read-only"), "off": ("pass", "")}
    port = int(database.url.rpartition(":")[2].partition("/")[0])
    for word, expected in expectations.items():
        with pymysql.connect(host="127.0.0.1", port=port, user="root") as admin:
            admin.cursor().execute(f"set global read_only = {word}")
        assert await outcome(probes.mysql(database.url, within=PATIENCE_SECONDS)) == expected
        assert await outcome(probes.mysql(database.url, writable=False, within=PATIENCE_SECONDS)) == ("pass", "")


async def test_a_mysql_that_refuses_us_fails_and_says_nothing_of_the_password(database: Server) -> None:
    status, why = await outcome(
        probes.mysql(database.url.replace("root@", "planted:planted@"), within=PATIENCE_SECONDS)
    )
    assert (status, "planted" in why) == ("fail", False)


async def test_a_mysql_that_hangs_fails_in_time_and_recovers(database: Server) -> None:
    database.freeze()
    try:
        assert (await outcome(probes.mysql(database.url, within=0.2)))[0] == "fail"
    finally:
        database.thaw()
    assert await outcome(probes.mysql(database.url, within=PATIENCE_SECONDS)) == ("pass", "")


async def test_a_mysql_without_tls_fails_where_tls_is_wanted(database: Server) -> None:
    assert (await outcome(probes.mysql(database.url, tls=True, within=PATIENCE_SECONDS)))[0] == "fail"


@pytest.mark.parametrize("probe", ["redis", "mysql"])
@pytest.mark.parametrize("fault", ["reset", "black hole", "huge body", "not HTTP", "none"])
async def test_what_is_no_such_server_fails(probe: str, fault: str) -> None:
    async with standin(fault=fault) as other:
        url = other.url.replace("http:", f"{probe}:")
        assert (await outcome(getattr(probes, probe)(url, within=0.3), deadline=HANGS_FOR_SECONDS))[0] == "fail"
    assert (await outcome(getattr(probes, probe)(f"{probe}://127.0.0.1:{free_port()}")))[0] == "fail"


UNREADABLE = [
    "",
    "http://planted@x",
    "redis:/planted",
    "mysql://",
    "mysql://a:planted@h:99999999/x",
    "mysql://[::1/planted",
]


@pytest.mark.parametrize("url", UNREADABLE)
def test_an_address_that_cannot_be_read_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(HealthSettingError, match="cannot be read; write mysql://user:password") as refused:
        probes.mysql(url)
    assert "planted" not in str(refused.value)


@pytest.mark.parametrize("url", ["", "http://planted@x", "planted:6379"])
def test_an_address_of_redis_that_cannot_be_read_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(HealthSettingError, match="cannot be read; write redis://user:password") as refused:
        probes.redis(url)
    assert "planted" not in str(refused.value)


AGES: list[Any] = [
    pytest.param(None, ("pass", "nothing waits"), id="an empty queue passes"),
    pytest.param(0, ("pass", "the oldest entry waits for 0 s"), id="an entry of this second passes"),
    pytest.param(59.9, ("pass", "the oldest entry waits for 60 s"), id="an age below the first limit passes"),
    pytest.param(60, ("warn", "the oldest entry waits for 60 s"), id="at the first limit it warns"),
    pytest.param(timedelta(minutes=5), ("warn", "the oldest entry waits for 300 s"), id="a timedelta counts"),
    pytest.param(600, ("fail", "the oldest entry waits for 600 s"), id="at the second it fails"),
    pytest.param(-3, ("pass", "the oldest entry waits for 0 s"), id="a clock that is ahead counts as now"),
    pytest.param(Decimal("300.25"), ("warn", "the oldest entry waits for 300 s"), id="a decimal of a database counts"),
    pytest.param(
        Decimal("NaN"), ("fail", "the age of the oldest entry is no number of seconds"), id="no decimal fails"
    ),
    pytest.param(math.nan, ("fail", "the age of the oldest entry is no number of seconds"), id="no number fails"),
    pytest.param(math.inf, ("fail", "the age of the oldest entry is no number of seconds"), id="endless fails"),
    pytest.param(True, ("fail", "the age of the oldest entry is no number of seconds"), id="true fails"),
    pytest.param("60", ("fail", "the age of the oldest entry is no number of seconds"), id="a text fails"),
]


@pytest.mark.parametrize(("age", "expected"), AGES)
async def test_the_age_of_a_queue(age: Any, expected: tuple[str, str]) -> None:
    async def oldest() -> Any:
        return age

    assert await outcome(probes.queue_age(oldest)) == expected
    assert await outcome(probes.queue_age(lambda: age)) == expected


async def test_a_queue_that_cannot_be_asked_fails() -> None:
    def oldest() -> float:
        raise OSError("planted")

    status, why = await outcome(probes.queue_age(oldest))
    assert (status, "planted" in why) == ("fail", False)


async def test_what_blocks_is_asked_for_an_age_in_a_thread_of_its_own() -> None:
    threads: list[threading.Thread] = []

    def plain() -> None:
        threads.append(threading.current_thread())

    async def awaited() -> None:
        threads.append(threading.current_thread())

    assert [(await outcome(probes.queue_age(oldest)))[0] for oldest in (plain, awaited)] == ["pass", "pass"]
    assert [thread is threading.current_thread() for thread in threads] == [False, True]


@pytest.mark.parametrize("limits", [{"warn": 0}, {"warn": 700}, {"fail": math.inf}, {"warn": math.nan}])
def test_limits_that_are_out_of_order_are_refused(limits: dict[str, float]) -> None:
    with pytest.raises(HealthSettingError, match="warn=60, fail=600"):
        probes.queue_age(lambda: None, **limits)
