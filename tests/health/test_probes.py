"""Each probe against what it watches, and the faults that it meets: stand-ins, a real Postgres, the machine."""

from __future__ import annotations

import asyncio
import base64
import inspect
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
import trustme
from psycopg_pool import AsyncConnectionPool

from monitoring.health import HealthSettingError, ProbeError, Reading, Status, probes
from monitoring.health.network import expiry
from monitoring.health.system import container_share, level
from tests.health.factories import PATIENCE_SECONDS, outcome
from tests.health.postgres_server import PostgresServer
from tests.health.standins import StandIn, standin

pytestmark = pytest.mark.anyio


VENDORS = {
    "clerk": lambda url: probes.clerk(secret_key="sk_test_planted", base=url),
    "supabase auth": lambda url: probes.supabase_auth(url=f"{url}/", anon_key="planted"),
    "stripe": lambda url: probes.stripe(secret_key="sk_test_planted", base=url),
    "resend": lambda url: probes.resend(api_key="re_planted", base=url),
    "vercel": lambda url: probes.vercel(token="planted", project="prj_1", team="team_1", base=url),
    "any": lambda url: probes.http(f"{url}/v1/balance", judge=lambda _content: None),
}

FAULTS = {
    "none": ("pass", ""),
    "reset": ("fail", ""),
    "black hole": ("fail", "no answer within its deadline"),
    "slow drip": ("fail", "no answer within its deadline"),
    "401": ("fail", "answered 401, it refuses our credentials"),
    "429": ("warn", "asked too often (429)"),
    "500": ("fail", "answered 500"),
    "huge body": ("fail", "its answer is longer than any that is expected"),
    "endless redirect": ("fail", "answered 302, a redirect"),
    "bad JSON": ("fail", "its answer is not JSON"),
    "not HTTP": ("fail", "httpcore.RemoteProtocolError: "),
}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_vendor_faults_and_recovery(vendor: str) -> None:
    async with standin() as vendor_itself:
        probe = VENDORS[vendor](vendor_itself.url)
        for fault, (status, reason) in FAULTS.items():
            vendor_itself.fault = fault
            now, why = await outcome(probe)
            assert (fault, now) == (fault, status)
            assert why.startswith(reason)
            vendor_itself.fault = "none"
            assert await outcome(probe) == ("pass", "")


async def test_a_refused_connection_fails() -> None:
    async with standin() as gone:
        url = gone.url
    assert (await outcome(VENDORS["stripe"](url)))[0] == "fail"


async def test_a_name_that_does_not_resolve_fails() -> None:
    assert (await outcome(probes.http("http://nowhere.invalid/")))[0] == "fail"
    assert (await outcome(probes.dns("nowhere.invalid")))[0] == "fail"


CONTENTS = [
    pytest.param("clerk", {"keys": []}, "fail", id="an empty key set fails"),
    pytest.param("clerk", [], "fail", id="a list where an object belongs fails"),
    pytest.param("vercel", {"deployments": []}, "fail", id="no deployment fails"),
    pytest.param("vercel", {"deployments": ["x"]}, "fail", id="a deployment that is none fails"),
    pytest.param("vercel", {}, "fail", id="an answer without deployments fails"),
    pytest.param("vercel", {"deployments": [{"readyState": "ERROR"}]}, "warn", id="a failed deployment warns"),
    pytest.param("vercel", {"deployments": [{"state": "ERROR"}]}, "warn", id="by its older name too"),
    pytest.param("vercel", {"deployments": [{"readyState": "BUILDING"}]}, "pass", id="one under way passes"),
    pytest.param("stripe", "text", "fail", id="a text where an object belongs fails"),
]


@pytest.mark.parametrize(("vendor", "content", "status"), CONTENTS)
async def test_what_a_vendor_says_counts(vendor: str, content: Any, status: str) -> None:
    async with standin(content=content) as vendor_itself:
        assert (await outcome(VENDORS[vendor](vendor_itself.url)))[0] == status


@pytest.mark.parametrize("deployments", [[], ["x"], {"0": {}}, None], ids=repr)
async def test_why_a_project_without_a_deployment_fails_is_said(deployments: Any) -> None:
    async with standin(content={"deployments": deployments}) as vercel:
        assert await outcome(VENDORS["vercel"](vercel.url)) == ("fail", "it lists no production deployment")


@pytest.mark.parametrize("port", ["65536", "99999", "80x"])
def test_an_address_with_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(HealthSettingError, match="a port that is no number up to 65535"):
        probes.http(f"https://api.youragency.com:{port}/")


async def test_a_resend_key_that_may_only_send_passes() -> None:
    async with standin(fault="401", content={"name": "restricted_api_key"}) as resend:
        assert (await outcome(VENDORS["resend"](resend.url)))[0] == "pass"
        resend.content = {"name": "missing_api_key"}
        assert (await outcome(VENDORS["resend"](resend.url)))[0] == "fail"
        resend.fault = "bad JSON"
        assert (await outcome(VENDORS["resend"](resend.url)))[0] == "fail"


async def test_vercel_is_asked_for_the_newest_production_deployment_of_the_project() -> None:
    async with standin() as vercel:
        await outcome(VENDORS["vercel"](vercel.url))
        await outcome(probes.vercel(token="planted", project="a b", base=vercel.url))
    assert vercel.requests == [
        "/v6/deployments?projectId=prj_1&target=production&limit=1&teamId=team_1",
        "/v6/deployments?projectId=a%20b&target=production&limit=1",
    ]


async def test_a_status_that_is_expected_is_enough_where_nobody_judges() -> None:
    async with standin(fault="401") as guarded:
        assert await outcome(probes.http(f"{guarded.url}/", expect=frozenset({401}))) == ("pass", "")


async def test_the_user_of_an_address_goes_into_a_header() -> None:
    async with standin() as vendor:
        url = vendor.url.replace("http://", "http://ana:p%40ss@")
        assert await outcome(probes.http(f"{url}/v1/balance")) == ("pass", "")
    assert f"Authorization: Basic {base64.b64encode(b'ana:p@ss').decode()}".lower() in vendor.heads[0].lower()


PROXIES = [
    pytest.param({}, "http://vendor.invalid/v1/balance", id="the proxy is asked, and looks up the name"),
    pytest.param({"NO_PROXY": "vendor.invalid"}, None, id="but not for a host that is left out"),
]


@pytest.mark.parametrize(("environ", "path"), PROXIES)
async def test_a_proxy(environ: dict[str, str], path: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    async with standin() as proxy:
        settings = {"HTTP_PROXY": proxy.url.replace("http://", "http://ana:planted@"), **environ}
        for name, value in settings.items():
            monkeypatch.setenv(name.lower(), value)
        status, _ = await outcome(probes.http("http://vendor.invalid/v1/balance"))
    assert (status, proxy.requests) == (("pass", [path]) if path else ("fail", []))


async def test_a_redirect_never_carries_our_key_elsewhere() -> None:
    async with standin(fault="endless redirect") as vendor:
        await outcome(VENDORS["stripe"](vendor.url))
    assert vendor.calls == 1


@pytest.mark.parametrize("url", ["", "ftp://x", "http://", "youragency.com/x"])
def test_an_address_that_cannot_be_asked_is_refused(url: str) -> None:
    with pytest.raises(HealthSettingError, match="needs http"):
        probes.http(url)


@asynccontextmanager
async def secure(host: str) -> AsyncIterator[tuple[StandIn, ssl.SSLContext]]:
    """A TLS stand-in with a certificate for a host, and a context that trusts its authority."""
    authority = trustme.CA()
    server, client = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert(host).configure_cert(server)
    authority.configure_trust(client)
    async with standin(tls=server) as stands:
        yield stands, client


async def test_tls() -> None:
    async with secure("127.0.0.1") as (vendor, trust):
        url = f"{vendor.url}/v1/balance"
        assert await outcome(probes.http(url, trust=trust)) == ("pass", "")
        assert (await outcome(probes.http(url)))[0] == "fail"
        status, output = await outcome(probes.tls("127.0.0.1", port=vendor.port, context=trust))
        assert status == "pass"
        assert output.startswith("expires in ")
        assert (await outcome(probes.tls("127.0.0.1", port=vendor.port)))[0] == "fail"


async def test_the_certificate_of_another_host_fails() -> None:
    async with secure("elsewhere.youragency.com") as (vendor, trust):
        status, output = await outcome(probes.http(f"{vendor.url}/", trust=trust))
        assert status == "fail"
        assert "certificate verify failed" in output
        assert (await outcome(probes.tls("127.0.0.1", port=vendor.port, context=trust)))[0] == "fail"


EXPIRY = [
    pytest.param(22, Status.PASS, id="a certificate with three weeks left passes"),
    pytest.param(20, Status.WARN, id="one with less warns"),
    pytest.param(-1, Status.WARN, id="one that is over warns here, for the handshake fails before"),
]


@pytest.mark.parametrize(("days", "status"), EXPIRY)
def test_expiry(days: int, status: Status) -> None:
    end = ssl.cert_time_to_seconds("Jan  5 09:34:43 2027 GMT")
    assert expiry("Jan  5 09:34:43 2027 GMT", now=end - days * 86_400 - 60, warn_days=21).status is status


async def test_dns_of_this_machine_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await outcome(probes.dns("localhost")) == ("pass", "")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [])
    assert await outcome(probes.dns("localhost")) == ("fail", "the name has no address")


# The real database.


async def test_a_database_passes(cluster: PostgresServer) -> None:
    assert await outcome(probes.postgres(cluster.conninfo)) == ("pass", "")


ADDRESSES = {
    "by the folder of its socket": "host={home} port={port} user=postgres dbname=postgres",
    "by its name": "host=localhost port={port} user=postgres dbname=postgres",
    "by its name and its address": "host=youragency.invalid hostaddr=127.0.0.1 port={port} user=postgres",
    "by two names, of which one has no address": "host=youragency.invalid,localhost port={port} user=postgres",
    "by two hosts with a port each": "host=127.0.0.1,localhost port=1,{port} user=postgres dbname=postgres",
    "by the environment": "user=postgres dbname=postgres",
}


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_database_is_found(cluster: PostgresServer, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if address == "by the environment":
        monkeypatch.setenv("PGHOST", "localhost")
        monkeypatch.setenv("PGPORT", str(cluster.port))
    conninfo = ADDRESSES[address].format(home=cluster.home, port=cluster.port)
    assert await outcome(probes.postgres(conninfo), deadline=PATIENCE_SECONDS) == ("pass", "")


LOST = ["host=youragency.invalid user=postgres", "host=a.invalid,b.invalid user=postgres", "host=a,b port=1,2,3"]


async def test_the_words_behind_an_applications_address_of_postgres_change_nothing(cluster: PostgresServer) -> None:
    address = (
        f"{cluster.conninfo}?pgbouncer=true&connection_limit=1&schema=public&application_name=probe&sslmode=disable"
    )
    assert await outcome(probes.postgres(address), deadline=PATIENCE_SECONDS) == ("pass", "")
    read_only = f"{address}&options=-c%20default_transaction_read_only%3Don"
    assert (await outcome(probes.postgres(read_only), deadline=PATIENCE_SECONDS))[1] == "the database is read-only"


async def test_a_password_with_a_question_mark_is_no_word_of_an_address(cluster: PostgresServer) -> None:
    for words in ("", "?pgbouncer=true"):
        address = f"postgresql://postgres:1?2&x=3@127.0.0.1:{cluster.port}/postgres{words}"
        assert await outcome(probes.postgres(address), deadline=PATIENCE_SECONDS) == ("pass", "")


@pytest.mark.parametrize("conninfo", LOST)
async def test_a_database_that_is_not_found_fails(conninfo: str) -> None:
    assert (await outcome(probes.postgres(conninfo), deadline=PATIENCE_SECONDS))[0] == "fail"


async def test_a_database_that_is_read_only_fails_unless_that_is_meant(cluster: PostgresServer) -> None:
    replica = f"{cluster.conninfo}?options=-c%20default_transaction_read_only%3Don"
    assert await outcome(probes.postgres(replica)) == ("fail", "the database is read-only")
    assert await outcome(probes.postgres(replica, writable=False)) == ("pass", "")


async def test_a_server_without_free_connections_fails_and_recovers(cluster: PostgresServer) -> None:
    probe = probes.postgres(cluster.conninfo)
    taken = [psycopg.connect(cluster.conninfo) for _ in range(cluster.most_connections)]
    status, output = await outcome(probe)
    assert status == "fail"
    assert "too many" in output
    for connection in taken:
        connection.close()
    while "too many" in (await outcome(probe))[1]:
        await asyncio.sleep(0.01)
    assert await outcome(probe) == ("pass", "")


async def test_a_pool_without_free_connections_fails_and_recovers(cluster: PostgresServer) -> None:
    async with AsyncConnectionPool(cluster.conninfo, min_size=1, max_size=1, open=False) as pool:
        probe = probes.postgres_pool(pool, wait=0.1)
        assert await outcome(probe) == ("pass", "")
        async with pool.connection():
            assert await outcome(probe) == ("fail", "the pool had no connection free in time")
        assert await outcome(probe) == ("pass", "")


async def test_a_database_that_is_gone_fails_and_recovers(cluster: PostgresServer) -> None:
    probe = probes.postgres(cluster.conninfo)
    cluster.stop()
    try:
        assert (await outcome(probe))[0] == "fail"
    finally:
        cluster.start()
    assert await outcome(probe) == ("pass", "")


async def test_a_database_that_hangs_fails_in_time_and_recovers(cluster: PostgresServer) -> None:
    probe = probes.postgres(cluster.conninfo)
    cluster.freeze()
    try:
        output = await asyncio.wait_for(outcome(probe), timeout=PATIENCE_SECONDS)
        assert output == ("fail", "no answer within its deadline")
    finally:
        cluster.thaw()
    assert await outcome(probe) == ("pass", "")


@dataclass
class SilentPostgres:
    """A Postgres that lets everybody in, and from the first query on says nothing for ever."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    greetings: int = 0
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection (postgresql.org/docs/current/protocol-message-formats.html)."""
        self.greetings += 1
        await reader.readexactly(int.from_bytes(await reader.readexactly(4), "big") - 4)
        authenticated, key, ready = b"R\0\0\0\x08\0\0\0\0", b"K\0\0\0\x0c\0\0\0\1\0\0\0\2", b"Z\0\0\0\x05I"
        writer.write(authenticated + key + ready)
        await reader.read(1)
        self.asked.set()
        await reader.read()
        self.left.set()
        writer.close()


async def test_a_probe_that_is_given_up_leaves_a_silent_database_at_once() -> None:
    """After a failover nothing may wait for the connection that nobody answers on any more."""
    silent = SilentPostgres()
    async with await asyncio.start_server(silent.serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        address = f"host=127.0.0.1 port={port} user=probe dbname=probe sslmode=disable gssencmode=disable"
        probe = probes.postgres(address)
        assert inspect.iscoroutinefunction(probe)
        asking = asyncio.create_task(probe())
        await asyncio.wait_for(silent.asked.wait(), PATIENCE_SECONDS)
        asking.cancel()
        await asyncio.wait_for(asyncio.wait({asking}), PATIENCE_SECONDS)
        await asyncio.wait_for(silent.left.wait(), PATIENCE_SECONDS)
    assert asking.cancelled()
    assert silent.greetings == 1, "nobody asked the silent server to cancel a query"


async def test_a_database_that_refuses_us_fails(cluster: PostgresServer) -> None:
    status, output = await outcome(probes.postgres(cluster.conninfo.replace("/postgres", "/nowhere")))
    assert status == "fail"
    assert "nowhere" not in output


def test_a_database_address_that_cannot_be_read_is_refused_without_being_repeated() -> None:
    with pytest.raises(HealthSettingError) as refused:
        probes.postgres("postgresql://user:hunter2@[::1/x")
    assert "hunter2" not in str(refused.value)


# The machine.

LEVELS = [
    pytest.param(0.5, 0.97, Status.PASS, id="half used passes"),
    pytest.param(0.85, 0.97, Status.WARN, id="at the first limit it warns"),
    pytest.param(0.97, 0.97, Status.FAIL, id="at the second it fails"),
    pytest.param(1.0, None, Status.WARN, id="without a second limit it never fails"),
]


@pytest.mark.parametrize(("share", "fail", "status"), LEVELS)
def test_level(share: float, fail: float | None, status: Status) -> None:
    assert level(share, warn=0.85, fail=fail).status is status


@pytest.mark.parametrize(
    "probe", [probes.disk(), probes.memory(), probes.cpu(over=0.05)], ids=["disk", "memory", "cpu"]
)
async def test_the_machine_itself(probe: Any) -> None:
    status, output = await outcome(probe)
    assert status in ("pass", "warn")
    assert output.endswith("% used")


async def test_the_machine_s_memory_counts_without_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psutil.virtual_memory", lambda: SimpleNamespace(percent=99.0))
    assert await outcome(probes.memory(cgroup=tmp_path)) == ("fail", "99% used")


CGROUPS = [
    pytest.param(
        {"max": "1000", "current": "700", "stat": "anon 1\ninactive_file 200"}, 0.5, id="what can be given back is free"
    ),
    pytest.param({"max": "max", "current": "700", "stat": ""}, None, id="no limit"),
    pytest.param({"max": "0", "current": "0", "stat": ""}, None, id="a limit of nothing"),
    pytest.param({"max": "1000", "current": "x", "stat": ""}, None, id="a number that is none"),
    pytest.param({"max": "1000"}, None, id="files that are missing"),
]


@pytest.mark.parametrize(("files", "share"), CGROUPS)
def test_container_share(files: dict[str, str], share: float | None, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / f"memory.{name}").write_text(text)
    assert container_share(tmp_path) == share


def test_a_probe_s_own_verdict_says_so() -> None:
    error = ProbeError("it is late", status=Status.WARN)
    assert (error.message, error.status, str(error)) == ("it is late", Status.WARN, "it is late")
    assert Reading() == Reading(Status.PASS, "")


SERVICE_FILES = [
    pytest.param("service=shop", "", id="a service in the address"),
    pytest.param("postgresql:///shop?service=shop", "", id="a service in an address with a path"),
    pytest.param("host=db.example service=shop", "", id="a service beside a host, which may bring another port"),
    pytest.param("dbname=shop", "shop", id="a service in the environment"),
]


@pytest.mark.parametrize(("conninfo", "service"), SERVICE_FILES)
def test_a_host_of_a_service_file_is_refused_since_libpq_would_look_it_up(
    conninfo: str, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSERVICE", service)
    with pytest.raises(HealthSettingError, match="takes its host from a service file") as refused:
        probes.postgres(conninfo)
    assert "write postgresql://user:password@host/name without one" in str(refused.value)
