"""The published description: true of the service, complete, and never out of date."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
import yaml
from hypothesis import settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error

from monitoring.health import HealthRegistry, health_app
from monitoring.health.contract import Status
from monitoring.health.fakes import Switch
from monitoring.health.openapi import openapi
from tests.health.factories import a_check
from tests.health.ports import tcp_listener

PAGE = Path(__file__).parents[2] / "manual/health-openapi.yaml"

database = Switch()
checks = [a_check(probe=database, keep_for=0.0, keep_failure_for=0.0), a_check("stripe", critical=False)]
schema = schemathesis.openapi.from_dict(openapi())


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The service on a port of its own."""
    listener = tcp_listener()
    config = uvicorn.Config(health_app(HealthRegistry(checks)), lifespan="off", log_config=None, server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("verdict", list(Status))
@schema.parametrize()
@settings(max_examples=10)
def test_the_service_is_as_described(case: Any, verdict: Status, url: str) -> None:
    database.status = verdict
    case.call_and_validate(base_url=url, excluded_checks=[not_a_server_error] if verdict is Status.FAIL else [])


def test_every_described_status_is_reached(url: str) -> None:
    reached: dict[tuple[str, str], set[str]] = {}
    with httpx.Client(base_url=url) as client:
        for database.status in Status:
            for path, method, query in asked():
                response = client.request(method, path + query)
                reached.setdefault((path, method), set()).add(str(response.status_code))
    described = {
        (path, method.upper()): set(operation["responses"])
        for path, operations in openapi()["paths"].items()
        for method, operation in operations.items()
        if method != "description"
    }
    assert reached == described


def asked() -> Iterator[tuple[str, str, str]]:
    """Every described path and method, with the queries that lead to each answer."""
    for path, operations in openapi()["paths"].items():
        for method in operations.keys() - {"description"}:
            queries = ("", "?type=full", "?type=nothing") if path == "/api/health" else ("",)
            yield from ((path, method.upper(), query) for query in queries)


def test_the_description_is_legal_openapi() -> None:
    validate(openapi())


def test_the_published_page_is_the_description() -> None:
    assert yaml.safe_load(PAGE.read_text()) == openapi(), "run `monitoring health openapi > manual/health-openapi.yaml`"
