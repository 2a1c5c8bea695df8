"""What the checks say of a browser: a recording that nothing uses, hosts, addresses of one environment."""

from __future__ import annotations

import pytest

from monitoring.checks import examine
from monitoring.loader import load_texts
from tests.checks.good import FILES, RUNBOOK, RUNBOOKS, TODAY
from tests.factories import texts
from tests.resources.recorded import a_step, recording

RULE = """  - id: shop-order
    title: A visitor cannot order
    severity: P3
    means: Nobody can order.
    uptime: {asks: {browser: {recording: order, ADDRESS}}, every: 6h, regions: [aws:eu-central-1]}
"""


def problems_of(check: str, address: str, *opened: str, rule: str = RULE) -> list[str]:
    """What a check says of a browser that starts at an address and then opens others."""
    steps = [a_step(f"Open {url}", "goToUrl", {"value": url}) for url in opened]
    shop = FILES["services_shop"] + rule.replace("ADDRESS", address)
    files = texts(**FILES | {"services_shop": shop}) | {
        "recordings/order.json": recording(*steps, a_step("Look", "assertPageContains", {"value": "x"}))
    }
    report = examine(load_texts(files), TODAY, RUNBOOKS | {"shop-order": RUNBOOK})
    return [str(finding.problem) for finding in report.unwaived if finding.check == check]


def test_a_recording_that_no_rule_names_is_refused():
    (problem,) = problems_of("unused", "", rule="")
    remedy = "write a rule with asks: {browser: {recording: NAME, path: /}}, or delete the file"
    assert problem == f'recordings/order.json:1: recording "order": nothing uses this recording; {remedy} (unused)'
    assert problems_of("unused", "path: /") == []


HOSTS = [
    pytest.param("path: /", ["/cart"], [], id="paths of each environment"),
    pytest.param('url: "https://pay.youragency.com/"', [], ["pay.youragency.com"], id="where it starts"),
    pytest.param("path: /", ["https://pay.youragency.com/"], ["pay.youragency.com"], id="what a step opens"),
    pytest.param("path: /", ["https://pay.example.com/"], [], id="somebody else's host"),
]


@pytest.mark.parametrize(("address", "opened", "hosts"), HOSTS)
def test_the_certificates_of_the_hosts_that_it_opens_are_watched(address: str, opened: list[str], hosts: list[str]):
    problems = problems_of("certificate-watched", address, *opened)
    assert len(problems) == len(hosts)
    assert all(host in problem for host, problem in zip(hosts, problems, strict=True))


def test_an_address_of_one_environment_is_refused_where_a_path_would_do():
    (problem,) = problems_of("uptime-says", "path: /", "https://app.youragency.com/cart")
    assert 'asks "https://app.youragency.com/cart" in every environment' in problem
    assert 'write "value": "/cart" in recordings/order.json, below each environment\'s address' in problem
    (problem,) = problems_of("uptime-says", 'url: "https://app.youragency.com/"', "/cart")
    assert "write path: instead, below each environment's address" in problem
    assert problems_of("uptime-says", "path: /", "/cart") == []


def test_a_word_of_a_step_is_reported_where_the_step_stands():
    steps = [a_step("Look", "refresh"), a_step("Tell @here", "refresh")]
    shop = FILES["services_shop"] + RULE.replace("ADDRESS", "path: /")
    files = texts(**FILES | {"services_shop": shop}) | {"recordings/order.json": recording(*steps)}
    report = examine(load_texts(files), TODAY, RUNBOOKS | {"shop-order": RUNBOOK})
    (problem,) = (str(each.problem) for each in report.unwaived if each.check == "message-handles")
    (line,) = (number for number, text in enumerate(recording(*steps).decode().splitlines(), 1) if "@here" in text)
    assert problem.startswith(
        f'recordings/order.json:{line}: recording "order": its steps.name holds the handle "@here"'
    )
