"""An uptime rule asserts only what can be answered: the health endpoint's contract, and what HTTP carries."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import UPTIME_RULES
from monitoring.health.contract import (
    ANSWERS_WITHIN,
    METHODS,
    PATH,
    SHORT_PATHS,
    AnswerContract,
    Component,
    Question,
    expected_answer,
)
from monitoring.model.references import nearest
from monitoring.model.scalars import quoted
from monitoring.model.service import Rule
from monitoring.model.signals import SentryUptime, Uptime
from monitoring.model.signals.sentry_uptime import MAX_URL
from monitoring.model.signals.uptime_browser import Browser
from monitoring.model.signals.uptime_pages import Page
from monitoring.model.signals.uptime_requests import Health


@catalog_check("uptime-says", about=UPTIME_RULES)
def uptime_says(context: Context) -> Iterator[str | Finding]:
    """Looks at each uptime rule; finds assertions that can never hold, or that a method cannot see."""
    answers = {question.value: expected_answer(question, components(context)) for question in Question}
    for _, rule, signal in context.rules_on(Uptime):
        yield rule.id
        for key, what, remedy in _mistakes(signal, answers):
            yield context.finding("rule", rule.id, "uptime", "asks", key=key, what=what, remedy=remedy)
        for url in signal.asks.urls:
            yield from _shadowed(context, rule, url, "asks", signal.asks.browser)
    for _, rule, monitor in context.rules_on(SentryUptime):
        yield rule.id
        for word, key, what, remedy in (*_asked_by_sentry(monitor), *_too_long(context, monitor)):
            yield context.finding("rule", rule.id, "sentry-uptime", word, key=key, what=what, remedy=remedy)
        yield from _shadowed(context, rule, monitor.url, "url")


def components(context: Context) -> tuple[Component, ...]:
    """The health endpoint's components, as the catalog's services name them; a critical one decides readiness."""
    services = context.catalog.services.values()
    return tuple(Component(service.health, critical=service.readiness) for service in services if service.health)


def _mistakes(signal: Uptime, answers: dict[str, AnswerContract]) -> Iterator[tuple[str, str, str]]:
    if signal.asks.health:
        yield from _health(signal, signal.asks.health, answers[signal.asks.health.health])
    for page in signal.asks.pages:
        yield from _page(signal, page)


def _health(signal: Uptime, request: Health, answer: AnswerContract) -> Iterator[tuple[str, str, str]]:
    for name in request.components:
        if name not in answer.component_paths:
            remedy = nearest(name, answer.component_paths) if answer.component_paths else "ask readiness or full"
            yield f"{request.health} and {name}", f'the {request.health} question says nothing of "{name}"', remedy
    unseen = [name for name in request.components if name not in answer.turns_red]
    if "HEAD" in signal.methods and unseen and not set(request.components) - set(answer.component_paths):
        what = f'HEAD has no body, and the status does not turn with "{unseen[0]}"'
        yield "HEAD sees nothing", what, "ask for components with GET alone"
    if 0 < request.within.base < ANSWERS_WITHIN:
        what = f"the endpoint takes up to {ANSWERS_WITHIN:g}s, and the rule waits {request.within}"
        yield "too hasty", what, "wait longer"
    for method in signal.methods:
        if method not in METHODS:
            yield f"method {method}", f"the endpoint does not answer {method}", f"ask with {' or '.join(METHODS)}"


def _page(signal: Uptime, request: Page) -> Iterator[tuple[str, str, str]]:
    if request.reads_body and "HEAD" in signal.methods:
        never = f'so "{request.contains}" is never in it' if request.contains else "so no JSON is in it"
        word = "contains" if request.contains else "json-values and json-schema"
        yield "HEAD has no body", f"HEAD has no body, {never}", f"ask with GET alone, or take {word} out"
    if what := _health_as_page(request.path):
        yield "health as page", what, "write asks: {health: {health: readiness}}, which knows what it answers"


def _health_as_page(address: str | None) -> str:
    """That a path is the health endpoint's; empty where it is another one."""
    path = (address or "").partition("?")[0]
    return f'"{path}" is the health endpoint, asked as a page' if path in (PATH, *SHORT_PATHS) else ""


def _too_long(context: Context, signal: SentryUptime) -> Iterator[tuple[str, str, str, str]]:
    """A path that becomes a longer address in some environment than Sentry takes."""
    longest = max(len(environment.url) for environment in context.catalog.platform.environments.values())
    if signal.path and longest + len(signal.path) > MAX_URL:
        what = f"becomes an address of {longest + len(signal.path)} characters, and Sentry takes {MAX_URL}"
        yield "path", "too long", what, f"ask a path of {MAX_URL - longest} characters or fewer"


def _asked_by_sentry(signal: SentryUptime) -> Iterator[tuple[str, str, str, str]]:
    """The word of each mistake, and the mistake."""
    if what := _health_as_page(signal.path):
        yield "path", "health as page", what, "write health: readiness"
    if signal.health and signal.method not in METHODS:
        what = f"the endpoint does not answer {signal.method}"
        yield "method", f"method {signal.method}", what, f"ask with {' or '.join(METHODS)}"
    if signal.health and signal.within.seconds < ANSWERS_WITHIN:
        what = f"the endpoint takes up to {ANSWERS_WITHIN:g}s, and the rule waits {signal.within}"
        yield "within", "too hasty", what, "wait longer"


def _shadowed(
    context: Context, rule: Rule, address: str | None, word: str, browser: Browser | None = None
) -> Iterator[Finding]:
    urls = (environment.url for environment in context.catalog.platform.environments.values())
    shadowed = [url for url in urls if address and (address.rstrip("/") == url or address.startswith(f"{url}/"))]
    if address and shadowed:
        what = f'asks "{address}" in every environment, which is one environment\'s own'
        remedy = "write path: instead"
        if browser and address in browser.recording.opened:
            path = address.removeprefix(max(shadowed, key=len)) or "/"
            remedy = f'write "value": {quoted(path)} in recordings/{browser.recording.name}.json'
        remedy += ", below each environment's address"
        yield context.finding("rule", rule.id, rule.signal_word, word, key="fixed address", what=what, remedy=remedy)
