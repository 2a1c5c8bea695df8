"""Variables in the requests of synthetic tests: each that is named is there, before it is used and under its name."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.plan import Plan
from monitoring.preview.verify import verify
from tests.preview.changes import changed, without

TEST, STEPS, BROWSER = "SyntheticsTest shop-buy", "SyntheticsTest shop-basket", "SyntheticsTest shop-order"
BROKEN: list[Any] = [
    pytest.param(TEST, "requestHeaders.accept", "{{ OTHER }}", "{{ OTHER }} is no variable", id="one that nobody has"),
    pytest.param(TEST, "requestDefinition.url", "https://{{HOST}}/", "{{ HOST }} is no variable", id="without blanks"),
    pytest.param(
        STEPS, "apiSteps.0.requestDefinition.url", "https://app.youragency.com/{{ BASKET }}",
        "apiSteps[0].requestDefinition: {{ BASKET }} is no variable", id="a value that a later step extracts",
    ),
    pytest.param(
        TEST, "configVariables.0.name", "AGENCY__PROD__OTHER",
        '"AGENCY__PROD__OTHER" is not the name of its variable; write AGENCY__PROD__PROBE_TOKEN', id="another name",
    ),
    pytest.param(TEST, "configVariables.0.name", "probe", "does not match", id="a name in small letters"),
    pytest.param(
        "SyntheticsGlobalVariable probe-token", "secure", False, "shown to everybody", id="a variable that is shown"
    ),
    pytest.param(
        STEPS, "apiSteps.0.extractedValues.1.secure", False, '"FIRST_LINE" would be shown', id="a value that is shown"
    ),
    pytest.param(TEST, "configVariables.0.type", "text", "is not global", id="a text in place of a variable"),
    pytest.param(TEST, "configVariables.0.id", None, "is missing", id="a variable of nothing"),
    pytest.param(
        BROWSER, "browserSteps.3.params.value", "{{ OTHER }}",
        "browserSteps[3].params: {{ OTHER }} is no variable", id="a text that a browser has no variable of",
    ),
    pytest.param(
        BROWSER, "browserVariables.0.name", "AGENCY__PROD__OTHER",
        '"AGENCY__PROD__OTHER" is not the name of its variable', id="another name in a browser",
    ),
    pytest.param(BROWSER, "browserVariables.0.type", "text", "is not global", id="a text in a browser"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "value", "says"), BROKEN)
def test_a_variable_that_a_test_lacks_is_found(every: Plan, name: str, path: str, value: Any, says: str):
    assert [problem for problem in map(str, verify(changed(every, name, path, value))) if says in problem]


def test_a_variable_that_is_not_declared_is_found(every: Plan):
    problems = verify(without(every, "SyntheticsGlobalVariable probe-token"))
    assert [problem for problem in map(str, problems) if "which is not declared" in problem]


def test_the_plan_of_every_signal_names_what_it_has(every: Plan):
    assert verify(every) == []
