"""What a browser does in a synthetic test of Datadog's, and the variables that hold what it types in secret."""

from __future__ import annotations

import json
from collections.abc import Callable

from monitoring.model.browser_steps import json_at_datadog
from monitoring.model.recording import PageElement, RecordingStep, StepParameters, UserLocator
from monitoring.model.signals.uptime_browser import Browser
from monitoring.resources.sdks import datadog

VariableName = Callable[[str], str]
"""The name at Datadog of the variable that holds a secret, by the catalog's name."""


def browser_steps(
    base: str, browser: Browser, variable_name: VariableName
) -> list[datadog.SyntheticsTestBrowserStepArgs]:
    """The steps in turn; `base` is the environment's address, below which paths are opened."""
    return [_step(base, step, variable_name) for step in browser.recording.steps]


def _step(base: str, step: RecordingStep, variable_name: VariableName) -> datadog.SyntheticsTestBrowserStepArgs:
    """A step with a time of its own, and with a key by which its element stays its own when steps change places.

    Without the key the provider mixes up what Datadog recorded of elements, and without `force_element_update` it
    takes no other element for a change (DataDog/terraform-provider-datadog, getStepParams, issue 2598).
    """
    return datadog.SyntheticsTestBrowserStepArgs(
        name=step.name,
        type=step.type,
        params=_params(step.params, _value(base, step, variable_name)),
        allow_failure=step.allow_failure,
        is_critical=step.fails_test,
        timeout=step.tries_for,
        no_screenshot=step.no_screenshot,
        force_element_update=True if _recorded_element(step.params.element) else None,
        local_key=step.name,
    )


def _value(base: str, step: RecordingStep, variable_name: VariableName) -> str | None:
    """What a step types, opens or looks for; in the place of a secret stands the name of its variable."""
    if step.secret:
        return f"{{{{ {variable_name(step.secret)} }}}}"
    value = step.params.value
    return base + value if value and step.type == "goToUrl" and value.startswith("/") else value


def _params(params: StepParameters, value: str | None) -> datadog.SyntheticsTestBrowserStepParamsArgs:
    return datadog.SyntheticsTestBrowserStepParamsArgs(
        attribute=params.attribute,
        check=params.check,
        click_type=params.click_type,
        click_with_javascript=params.click_with_javascript,
        code=params.code,
        delay=params.delay,
        element=_recorded_element(params.element),
        element_user_locator=_user_locator(params.element.user_locator) if params.element else None,
        file=params.file,
        modifiers=list(params.modifiers) or None,
        requests=params.requests,
        value=value,
        x=params.x,
        y=params.y,
    )


def _recorded_element(element: PageElement | None) -> str | None:
    """What was recorded of an element, as JSON; None where somebody wrote down how it is found, and nothing else."""
    if element is None:
        return None
    recorded = {
        "multiLocator": _read(element.multi_locator),
        "shadowHtmls": _read(element.shadow_htmls),
        "targetOuterHTML": element.target_outer_html,
        "url": element.url,
    }
    given = {name: value for name, value in recorded.items() if value is not None}
    return json_at_datadog(given) if given else None


def _read(text: str | None) -> object:
    return None if text is None else json.loads(text)


def _user_locator(
    locator: UserLocator | None,
) -> datadog.SyntheticsTestBrowserStepParamsElementUserLocatorArgs | None:
    if locator is None:
        return None
    value = datadog.SyntheticsTestBrowserStepParamsElementUserLocatorValueArgs(
        type=locator.values[0].type, value=locator.values[0].value
    )
    return datadog.SyntheticsTestBrowserStepParamsElementUserLocatorArgs(
        fail_test_on_cannot_locate=locator.fail_test_on_cannot_locate, value=value
    )
