"""Datadog's synthetic tests: what they ask, what must hold in the answer, and the variables that hold secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from monitoring import wording
from monitoring.health import contract
from monitoring.model.answer_values import AnswerValue, ComparisonWord
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.reminders import reminder_minutes
from monitoring.model.scalars import SECONDS_IN, Quantity, decimal_text
from monitoring.model.severity import VENDOR_WORDS
from monitoring.model.signals import Uptime
from monitoring.model.signals.answer_time import TEST_TIMEOUT, milliseconds
from monitoring.model.signals.uptime_browser import START_SECONDS, Browser
from monitoring.model.signals.uptime_pages import BODY_TYPES, Method, Page, SentRequest
from monitoring.model.signals.uptime_protocols import (
    Certificate,
    Connection,
    GrpcHealth,
    NameLookup,
    Ping,
)
from monitoring.model.signals.uptime_requests import Health, SyntheticQuestion
from monitoring.model.signals.uptime_steps import SyntheticStep, named_variables, variable_of
from monitoring.naming import names, tags
from monitoring.resources.browser_tests import browser_steps
from monitoring.resources.sdks import datadog, pulumi

Variables = Mapping[str, pulumi.Input[str]]
"""The ids of the variables that hold secrets, by the catalog's names."""
OPERATORS: Mapping[ComparisonWord, str] = {
    ComparisonWord.IS: "is",
    ComparisonWord.IS_NOT: "isNot",
    ComparisonWord.CONTAINS: "contains",
    ComparisonWord.LACKS: "doesNotContain",
    ComparisonWord.MORE_THAN: "moreThan",
    ComparisonWord.LESS_THAN: "lessThan",
}
"""Datadog's words for our comparisons (SyntheticsAssertionOperator of its API description)."""
GRPC_SERVING = "1"
"""The number of SERVING in gRPC's health check (grpc/grpc, doc/health-checking.md)."""


def test_args(
    catalog: Catalog, rule: EffectiveRule, signal: Uptime, method: Method, variables: Variables
) -> datadog.SyntheticsTestArgs:
    """A synthetic test of one method; it carries its own monitor, routed by the test's tags."""
    question, page, browser = signal.asks.question, signal.asks.page, signal.asks.browser
    return datadog.SyntheticsTestArgs(
        name=wording.test_title(catalog, rule, signal, method),
        type="browser" if browser else "api",
        subtype=subtype(question),
        status="live",
        message=wording.message(catalog, rule),
        tags=tags.rule_tags(catalog, rule),
        locations=list(signal.regions),
        request_definition=_request(catalog, rule, signal, method),
        request_headers=_headers(catalog, rule.environment, page.sends) if page else None,
        assertions=[_of_test(each) for each in assertions(catalog, question, method)] or None,
        api_steps=[_step(catalog, rule.environment, step) for step in signal.asks.steps] or None,
        device_ids=list(browser.devices) if browser else None,
        browser_steps=_browser_steps(catalog, rule.environment, browser) if browser else None,
        options_list=_options(rule, signal),
        config_variables=_config_variables(catalog, rule.environment, signal, variables) if not browser else None,
        browser_variables=_browser_variables(catalog, rule.environment, browser, variables) if browser else None,
    )


def subtype(question: SyntheticQuestion | None) -> str | None:
    """Datadog's word for a sort of question; None for a browser, whose tests have no sorts."""
    match question:
        case Browser():
            return None
        case Health() | Page() | None:
            return "http"
        case Certificate():
            return "ssl"
        case Connection():
            return "tcp"
        case NameLookup():
            return "dns"
        case Ping():
            return "icmp"
        case GrpcHealth():
            return "grpc"
        case tuple():
            return "multi"


# --- requests --------------------------------------------------------------------------------------------------


def _request(
    catalog: Catalog, rule: EffectiveRule, signal: Uptime, method: Method
) -> datadog.SyntheticsTestRequestDefinitionArgs | None:
    base = catalog.environment(rule.environment).url
    match signal.asks.question:
        case None | tuple():
            return None
        case Health() as health:
            url = base + contract.query(contract.Question(health.health))
            return datadog.SyntheticsTestRequestDefinitionArgs(method=method, url=url, timeout=TEST_TIMEOUT)
        case Page() as page:
            return datadog.SyntheticsTestRequestDefinitionArgs(**_page_request(base, page, method))
        case Browser() as browser:
            url = browser.url or base + (browser.path or "/")
            return datadog.SyntheticsTestRequestDefinitionArgs(method="GET", url=url)
        case question:
            host = urlsplit(base).hostname or ""
            return datadog.SyntheticsTestRequestDefinitionArgs(**_host_request(host, question), timeout=TEST_TIMEOUT)


def _page_request(base: str, page: Page, method: Method) -> dict[str, Any]:
    """What a page's request is made of, in a test and in a step alike."""
    body = page.body
    return {
        "method": method,
        "url": page.url or base + (page.path or "/"),
        "timeout": TEST_TIMEOUT,
        "body": body.text if body else None,
        "body_type": BODY_TYPES[body.type] if body else None,
    }


def _host_request(base: str, question: Certificate | Connection | NameLookup | Ping | GrpcHealth) -> dict[str, Any]:
    """What the request to a host is made of; `base` is the environment's host."""
    match question:
        case NameLookup():
            server = {"dns_server": question.server} if question.server else {}
            return {"host": question.name or base, **server, "dns_server_port": str(question.port)}
        case Ping():
            return {"host": question.host or base, "number_of_packets": question.packets, "should_track_hops": False}
        case GrpcHealth():
            service = {"service": question.service} if question.service else {}
            return {"host": question.host or base, "port": str(question.port), "call_type": "healthcheck", **service}
        case Certificate() | Connection():
            return {"host": question.host or base, "port": str(question.port)}


def _headers(catalog: Catalog, environment: str, sent: SentRequest | None) -> dict[str, str] | None:
    """The headers of a request; in the place of a secret stands the name of its variable."""
    if sent is None:
        return None
    secret = {
        header: f"{{{{ {names.secret_variable(catalog, environment, name)} }}}}"
        for header, name in sent.secret_headers.items()
    }
    return dict(sorted((sent.headers | secret).items())) or None


def _config_variables(
    catalog: Catalog, environment: str, signal: Uptime, variables: Variables
) -> list[datadog.SyntheticsTestConfigVariableArgs] | None:
    """The variables that a test may use; a name that is not its variable's own is refused (issue 1973 of the provider).

    Without them a test sends the name as it stands (DataDog/terraform-provider-datadog, issue 1701).
    """
    return [
        datadog.SyntheticsTestConfigVariableArgs(
            name=names.secret_variable(catalog, environment, secret), type="global", id=variables[secret]
        )
        for secret in signal.asks.secrets
    ] or None


def _browser_steps(catalog: Catalog, environment: str, browser: Browser) -> list[datadog.SyntheticsTestBrowserStepArgs]:
    base = catalog.environment(environment).url
    return browser_steps(base, browser, lambda secret: names.secret_variable(catalog, environment, secret))


def _browser_variables(
    catalog: Catalog, environment: str, browser: Browser, variables: Variables
) -> list[datadog.SyntheticsTestBrowserVariableArgs] | None:
    """The variables that a browser may type; its steps know no others (DataDog/documentation, use global variables)."""
    return [
        datadog.SyntheticsTestBrowserVariableArgs(
            name=names.secret_variable(catalog, environment, secret), type="global", id=variables[secret]
        )
        for secret in browser.recording.secrets
    ] or None


def variable_args(catalog: Catalog, environment: str, secret: str, value: str) -> datadog.SyntheticsGlobalVariableArgs:
    """The variable that holds a secret; Datadog never shows the value of a secure one again (its API description).

    Its package makes the value a secret output by itself.
    """
    return datadog.SyntheticsGlobalVariableArgs(
        name=names.secret_variable(catalog, environment, secret),
        description=wording.variable_description(catalog, environment, secret),
        secure=True,
        value=pulumi.Output.secret(value),
        tags=tags.environment_tags(catalog, environment),
    )


# --- steps -----------------------------------------------------------------------------------------------------


def _step(catalog: Catalog, environment: str, step: SyntheticStep) -> datadog.SyntheticsTestApiStepArgs:
    """One request of a test of several; what it keeps is hidden in results, since it may be a key."""
    page, base = _with_variables(step.page), catalog.environment(environment).url
    request = _page_request(base, page, step.method)
    return datadog.SyntheticsTestApiStepArgs(
        name=step.name,
        subtype="http",
        request_definition=datadog.SyntheticsTestApiStepRequestDefinitionArgs(
            **request, follow_redirects=page.follows_redirects, http_version=page.http_version
        ),
        request_headers=_headers(catalog, environment, page.sends),
        assertions=[_of_step(each) for each in _page_assertions(page, step.method)],
        extracted_values=[_extracted(name, path) for name, path in sorted(step.keeps.items())] or None,
        allow_failure=step.on_failure != "stop",
        is_critical=step.on_failure != "ignore",
    )


def _extracted(name: str, path: str) -> datadog.SyntheticsTestApiStepExtractedValueArgs:
    return datadog.SyntheticsTestApiStepExtractedValueArgs(
        name=variable_of(name),
        type="http_body",
        parser=datadog.SyntheticsTestApiStepExtractedValueParserArgs(type="json_path", value=path),
        secure=True,
    )


def _with_variables(page: Page) -> Page:
    """A step's page in which each kept value stands as Datadog takes it."""
    sent = page.sends
    headers = {name: named_variables(value) for name, value in sent.headers.items()} if sent else {}
    body = sent.body.model_copy(update={"text": named_variables(sent.body.text)}) if sent and sent.body else None
    return page.model_copy(
        update={
            "url": named_variables(page.url) if page.url else None,
            "path": named_variables(page.path) if page.path else None,
            "contains": named_variables(page.contains) if page.contains else None,
            "headers": _values_with_variables(page.headers),
            "json_values": _values_with_variables(page.json_values),
            "sends": sent.model_copy(update={"headers": headers, "body": body}) if sent else None,
        }
    )


def _values_with_variables(values: Mapping[str, AnswerValue]) -> dict[str, AnswerValue]:
    return {name: replace(value, text=named_variables(value.text)) for name, value in values.items()}


# --- assertions ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnswerAssertion:
    """What must hold in an answer, of a test or of a step: a value, one at a path in JSON, or a JSON schema."""

    type: str
    operator: str
    target: str
    property: str | None = None
    path: str = ""


# long: one case a sort of question
def assertions(catalog: Catalog, question: SyntheticQuestion | None, method: Method) -> Iterator[AnswerAssertion]:
    """Everything that must hold in the answer to a question; a step has its own."""
    match question:
        case Health():
            yield from _health_assertions(catalog, question, method)
        case Page():
            yield from _page_assertions(question, method)
        case Certificate():
            yield AnswerAssertion("certificate", "isInMoreThan", str(question.valid_for.seconds // SECONDS_IN["d"]))
        case Connection():
            yield AnswerAssertion("connection", "is", "established")
            yield from _in_time(question.within)
        case NameLookup():
            yield from _in_time(question.within)
            yield from (
                AnswerAssertion("recordSome", "is", question.records[type_], type_)
                for type_ in sorted(question.records)
            )
        case Ping():
            # A share from 0 to 1 (SyntheticsNetworkAssertionPacketLossPercentage of Datadog's API description, v2).
            yield AnswerAssertion("packetLossPercentage", "lessThan", decimal_text(question.loses_below.base))
            yield AnswerAssertion("latency", "lessThan", str(milliseconds(question.within)), "avg")
        case GrpcHealth():
            yield from _in_time(question.within)
            yield AnswerAssertion("grpcHealthcheckStatus", "is", GRPC_SERVING)
        case None | tuple() | Browser():
            return


def _in_time(within: Quantity | Literal["any"]) -> Iterator[AnswerAssertion]:
    if within != "any":
        yield AnswerAssertion("responseTime", "lessThan", str(milliseconds(within)))


def _health_assertions(catalog: Catalog, health: Health, method: Method) -> Iterator[AnswerAssertion]:
    """A question without named components stands by its status; with them, by what it says of each."""
    expected = contract.expected_answer(contract.Question(health.health), components(catalog))
    yield from _in_time(health.within)
    yield AnswerAssertion("header", "contains", expected.content_type, "content-type")
    if not health.components or set(health.components) == expected.turns_red:
        yield AnswerAssertion("statusCode", "is", "200")
    if method != "HEAD":
        for name in health.components:
            yield _at_path(expected.component_paths[name], "isNot", contract.Status.FAIL.value)


def components(catalog: Catalog) -> tuple[contract.Component, ...]:
    """The health endpoint's components, as the catalog's services name them."""
    return tuple(
        contract.Component(service.health, critical=service.readiness)
        for service in catalog.services.values()
        if service.health
    )


def _page_assertions(page: Page, method: Method) -> Iterator[AnswerAssertion]:
    yield from _in_time(page.within)
    yield AnswerAssertion("statusCode", "is", str(page.status))
    for name, value in sorted(page.headers.items()):
        yield AnswerAssertion("header", OPERATORS[value.comparison], value.text, name)
    if method == "HEAD":
        return
    if page.contains:
        yield AnswerAssertion("body", "contains", page.contains)
    for path, value in sorted(page.json_values.items()):
        yield _at_path(path, OPERATORS[value.comparison], value.text)
    if page.json_schema:
        yield AnswerAssertion("body", "validatesJSONSchema", page.json_schema)


def _at_path(path: str, operator: str, value: str) -> AnswerAssertion:
    return AnswerAssertion("body", operator, value, path=path)


def _of_test(held: AnswerAssertion) -> datadog.SyntheticsTestAssertionArgs:
    """An assertion of a test; a path and a schema stand in blocks of their own."""
    if held.path:
        at_path = datadog.SyntheticsTestAssertionTargetjsonpathArgs(**_json_path(held))
        return datadog.SyntheticsTestAssertionArgs(type=held.type, operator="validatesJSONPath", targetjsonpath=at_path)
    if held.operator == "validatesJSONSchema":
        schema = datadog.SyntheticsTestAssertionTargetjsonschemaArgs(jsonschema=held.target, metaschema=DRAFT)
        return datadog.SyntheticsTestAssertionArgs(type=held.type, operator=held.operator, targetjsonschema=schema)
    return datadog.SyntheticsTestAssertionArgs(
        type=held.type, operator=held.operator, target=held.target, property=held.property
    )


def _of_step(held: AnswerAssertion) -> datadog.SyntheticsTestApiStepAssertionArgs:
    """The same of a step, for which Datadog's package has types of its own."""
    if held.path:
        at_path = datadog.SyntheticsTestApiStepAssertionTargetjsonpathArgs(**_json_path(held))
        return datadog.SyntheticsTestApiStepAssertionArgs(
            type=held.type, operator="validatesJSONPath", targetjsonpath=at_path
        )
    if held.operator == "validatesJSONSchema":
        schema = datadog.SyntheticsTestApiStepAssertionTargetjsonschemaArgs(jsonschema=held.target, metaschema=DRAFT)
        return datadog.SyntheticsTestApiStepAssertionArgs(
            type=held.type, operator=held.operator, targetjsonschema=schema
        )
    return datadog.SyntheticsTestApiStepAssertionArgs(
        type=held.type, operator=held.operator, target=held.target, property=held.property
    )


DRAFT = "draft-07"


def _json_path(held: AnswerAssertion) -> dict[str, str]:
    return {
        "jsonpath": held.path,
        "operator": held.operator,
        "targetvalue": held.target,
        "elementsoperator": "firstElementMatches",
    }


# --- how a test runs -------------------------------------------------------------------------------------------


def _options(rule: EffectiveRule, signal: Uptime) -> datadog.SyntheticsTestOptionsListArgs:
    """How a test runs. A page's rule alone may follow redirects: else what answers is the address that it names."""
    retry, page, certificate = signal.retry, signal.asks.page, signal.asks.certificate
    return datadog.SyntheticsTestOptionsListArgs(
        tick_every=signal.every.seconds,
        min_location_failed=signal.failing_in,
        monitor_priority=VENDOR_WORDS[rule.severity].datadog_priority,
        monitor_options=datadog.SyntheticsTestOptionsListMonitorOptionsArgs(
            renotify_interval=reminder_minutes(rule),
            renotify_occurrences=rule.rule.reminds_at_most,
            escalation_message=rule.rule.reminder_text,
        ),
        check_certificate_revocation=True if certificate and not certificate.revoked_is_valid else None,
        follow_redirects=bool(page and page.follows_redirects) if signal.asks.takes_methods else None,
        initial_navigation_timeout=START_SECONDS if signal.asks.browser else None,
        min_failure_duration=signal.failing_for.seconds if signal.failing_for else None,
        http_version=page.http_version if page else None,
        accept_self_signed=False if certificate else None,
        retry=datadog.SyntheticsTestOptionsListRetryArgs(count=retry.times, interval=retry.after.seconds * 1000)
        if retry
        else None,
    )
