"""Over real HTTP: whatever a vendor does, the answer is whole, or it is one sentence that shows no key."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest

from monitoring.errors import VendorError
from monitoring.vendors import sentry
from monitoring.vendors.access import Vendor
from monitoring.vendors.answers import Named
from monitoring.vendors.client import Client, Patience, get, opened, post, required
from tests.vendors.loopback import NOW, TOKEN, Answer, Loopback, drips, loopback, says, text

pytestmark = pytest.mark.anyio
FINE = says({"all": "well"})


async def refused(client: Client, held: Loopback) -> str:
    """What is said where no answer can be used."""
    with pytest.raises(VendorError) as error:
        await get(client, held.vendor, "/list")
    sentence = str(error.value)
    assert TOKEN not in sentence
    assert "\n" not in sentence
    return sentence


async def test_an_answer_is_its_json_and_the_key_is_sent() -> None:
    async with loopback(FINE) as (client, held):
        assert await get(client, held.vendor, "/list", {"page": 1}) == {"all": "well"}
        assert held.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
        assert str(held.asked[0].url).endswith("/list?page=1")


async def test_what_is_not_there_is_none_or_a_sentence() -> None:
    async with loopback(says({}, 404)) as (client, held):
        assert await get(client, held.vendor, "/list") is None
        with pytest.raises(VendorError, match="there is no /list"):
            await required(client, held.vendor, "/list")


IN_40_SECONDS = format_datetime(datetime.fromtimestamp(NOW + 40, UTC), usegmt=True)
PASSES = [
    pytest.param([says({}, 429, retry_after="7")], [7.0], id="after as many seconds as the vendor says"),
    pytest.param([says({}, 429, retry_after=IN_40_SECONDS)], [40.0], id="at the date that the vendor says"),
    pytest.param([says({}, 429, ratelimit_reset="12")], [12.0], id="as PagerDuty says it"),
    pytest.param([says({}, 429, x_ratelimit_reset="3")], [3.0], id="as Datadog says it"),
    pytest.param([says({}, 429, x_ratelimit_reset=str(int(NOW) + 9))], [9.0], id="as GitHub says it"),
    pytest.param([says({}, 403, retry_after="6")], [6.0], id="GitHub's limit on haste"),
    pytest.param([says({}, 403, x_ratelimit_remaining="0")], [1.0], id="GitHub's limit of an hour"),
    pytest.param([says({}, 429, x_sentry_rate_limit_reset=str(int(NOW) + 5))], [5.0], id="as Sentry says it"),
    pytest.param([says({}, 503, retry_after="2")], [2.0], id="an outage that says when it ends"),
    pytest.param([says({}, 500), says({}, 502), says({}, 504)], [1.0, 2.0, 4.0], id="three errors, twice as long each"),
    pytest.param([says({}, 429, retry_after="soon")], [1.0], id="a time that cannot be read"),
    pytest.param([says({}, 429, retry_after="-5")], [1.0], id="a time that is no time"),
    pytest.param([says({}, 429, x_sentry_rate_limit_reset=str(int(NOW) - 5))], [0.0], id="a time that is over"),
    pytest.param([says({}, 429, x_ratelimit_reset="nan")], [1.0], id="a time that is no number"),
    pytest.param([says({}, 429, x_ratelimit_reset="1e999")], [1.0], id="a time without end"),
]


@pytest.mark.parametrize(("faults", "waits"), PASSES)
async def test_what_passes_is_asked_again(faults: list[Answer], waits: list[float]) -> None:
    async with loopback(*faults, FINE) as (client, held):
        assert await get(client, held.vendor, "/list") == {"all": "well"}
        assert held.waits == pytest.approx(waits)


async def test_what_does_not_pass_ends_after_four_attempts() -> None:
    async with loopback(says({}, 500)) as (client, held):
        assert await refused(client, held) == (
            "Sentry: answered 500, 4 times; try again later, or look at its status page"
        )
        assert (len(held.asked), len(held.waits)) == (4, 3)


async def test_a_wait_that_is_too_long_is_a_sentence_and_no_wait() -> None:
    async with loopback(says({}, 429, retry_after="3600")) as (client, held):
        assert await refused(client, held) == "Sentry: answered 429 and asks to wait 3600 s; try again after that"
        assert held.waits == []


FAULTS = [
    pytest.param(says({}, 401), "the key is refused (401); see that it may read", id="a wrong key"),
    pytest.param(says({}, 403), "the key is refused (403); see that it may read", id="a key that may not read"),
    pytest.param(says({}, 400), "answered 400; try again, or look at its status page", id="a refusal"),
    pytest.param(text(b"<html>"), "the answer is not JSON; look at its status page", id="a page"),
    pytest.param(text(b""), "the answer is not JSON; look at its status page", id="nothing at all"),
    pytest.param(text(b"\xff\xfe\xfa"), "the answer is not JSON; look at its status page", id="no text"),
    pytest.param(text(b"[" * 100_000), "the answer is not JSON; look at its status page", id="brackets without end"),
    pytest.param(
        says({}, 302, location="https://elsewhere.youragency.com/list"),
        "answered 302, a redirect to another address, which no key is sent to; see that the address is right",
        id="a redirect",
    ),
]


@pytest.mark.parametrize(("answer", "sentence"), FAULTS)
async def test_an_answer_that_cannot_be_used_is_one_sentence(answer: Answer, sentence: str) -> None:
    async with loopback(answer) as (client, held):
        assert await refused(client, held) == f"Sentry: {sentence}"
        assert len(held.asked) == 1


async def test_a_huge_answer_is_left_as_soon_as_it_is_too_large() -> None:
    async with loopback(drips(b" " * 1000), patience=Patience(size=100_000)) as (client, held):
        assert await refused(client, held) == (
            "Sentry: the answer is larger than 100,000 bytes; a proxy may be answering"
        )


async def test_an_answer_whose_parts_come_and_never_end_has_one_deadline() -> None:
    async with loopback(drips(b" "), patience=Patience(deadline=0.2)) as (client, held):
        assert await refused(client, held) == "Sentry: no whole answer within 0.2 s; look at its status page"


async def test_a_vendor_that_never_begins_to_answer_has_the_same_deadline() -> None:
    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        closed.append(writer)

    closed: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, opened(Patience(deadline=0.05)) as client:
        with pytest.raises(VendorError, match=r"no whole answer within 0\.05 s"):
            await get(client, Vendor("Sentry", f"http://127.0.0.1:{port}", {}), "/list")
        closed[0].close()


async def test_a_vendor_that_is_gone_is_a_sentence() -> None:
    async with opened() as client:
        with pytest.raises(VendorError, match=r"Sentry: no answer \(ConnectError\)"):
            await get(client, Vendor("Sentry", "http://127.0.0.1:1", {}), "/list")


async def test_a_key_never_leaves_in_clear() -> None:
    async with opened() as client:
        with pytest.raises(VendorError, match=r"http://sentry\.youragency\.com is not https; nothing is sent there"):
            await get(client, Vendor("Sentry", "http://sentry.youragency.com", {}), "/list")


async def test_what_is_sent_is_sent_once_and_without_the_vendors_headers() -> None:
    async with loopback(says({}, 500)) as (client, held):
        assert (await post(client, held.vendor, f"{held.url}/event", json={})).status == 500
        assert len(held.asked) == 1
        assert "authorization" not in held.asked[0].headers


# --- pages -----------------------------------------------------------------------------------------------------


def page(following: str, **more: Any) -> Answer:
    """A page of one row that says where the next one is."""
    return says([{"id": "1", "name": "a"}], link=f'<{following}>; rel="next"; results="true"', **more)


async def listed(client: Client, held: Loopback) -> list[str]:
    return [row.id async for row in sentry.rows(client, held.vendor, "youragency", "workflows", Named)]


async def test_the_next_page_is_the_one_that_is_linked_to() -> None:
    async with loopback() as (client, held):
        held.answers(page(f"{held.url}/next?cursor=1"), says([{"id": "2", "name": "b"}]))
        assert await listed(client, held) == ["1", "2"]
        assert str(held.asked[1].url).endswith("/next?cursor=1")


ELSEWHERE = [
    pytest.param("https://elsewhere.youragency.com/next", "https://elsewhere.youragency.com", id="another host"),
    pytest.param("http://127.0.0.1:1/next", "http://127.0.0.1:1", id="another port"),
    pytest.param("https://user:pass@elsewhere.youragency.com/", "https://elsewhere.youragency.com", id="a user name"),
]


@pytest.mark.parametrize(("following", "place"), ELSEWHERE)
async def test_a_next_page_elsewhere_is_not_asked_for(following: str, place: str) -> None:
    async with loopback(page(following)) as (client, held):
        with pytest.raises(VendorError) as error:
            await listed(client, held)
        assert str(error.value) == f"Sentry: the next page is at {place}, and not at {held.url}; not followed"
        assert len(held.asked) == 1


async def test_a_list_without_end_is_a_sentence_and_no_half_list() -> None:
    async with loopback(patience=Patience(pages=3)) as (client, held):
        held.answers(page(f"{held.url}/next"))
        with pytest.raises(VendorError, match="has more than 3 pages"):
            await listed(client, held)
        assert len(held.asked) == 3
