"""Every key that is read from a vendor's answer is described by its vendor, and a row without it is a sentence."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from pydantic import AliasPath, BaseModel
from pydantic.fields import FieldInfo

from monitoring.errors import VendorError
from monitoring.vendors import answers
from tests.smoke.shapes import INDEX, INTEGRATIONS, ORGANIZATION, SHAPES, TABLE, filled

SERVICE_ROW = "services.[]"
KEYS = "/api/0/projects/{organization_id_or_slug}/{project_id_or_slug}/keys/"
CHANNELS = "/api/v1/integration/slack/configuration/accounts/{account_name}/channels"
# Where the rows of each model lie: the path that is asked, and the way to them in its answer.
READ_AT: Mapping[type[BaseModel], tuple[tuple[str, str], ...]] = {
    answers.Named: (
        ("/api/v1/slo", "data.[]"),
        ("/api/v1/synthetics/variables", "variables.[]"),
        ("/schedules", "schedules.[]"),
        ("/escalation_policies", "escalation_policies.[]"),
        ("/teams", "teams.[]"),
        ("/services", SERVICE_ROW),
        (f"{ORGANIZATION}workflows/", "[]"),
    ),
    answers.DatadogMonitor: (("/api/v1/monitor", "[]"),),
    answers.DatadogTest: (("/api/v1/synthetics/tests", "tests.[]"),),
    answers.DatadogDashboard: (("/api/v1/dashboard", "dashboards.[]"),),
    answers.DatadogRoute: (("/api/v2/monitor/notification_rule", "data.[]"),),
    answers.DatadogDowntime: (("/api/v2/downtime", "data.[]"),),
    answers.DatadogChannel: ((CHANNELS, "[]"),),
    answers.DatadogReceiver: (
        ("/api/v2/integration/ms-teams/configuration/tenant-based-handles", "data.[]"),
        ("/api/v2/integration/opsgenie/services", "data.[]"),
    ),
    answers.DatadogValidation: (("/api/v1/validate", ""),),
    answers.PagerdutyPage: tuple(
        (path, "") for path in ("/users", "/services", "/escalation_policies", "/schedules", "/v3/schedules", "/teams")
    ),
    answers.PagerdutyUser: (("/users", "users.[]"),),
    answers.PagerdutyShiftSchedule: (("/v3/schedules", "schedules.[]"),),
    answers.PagerdutyIntegration: (("/services", f"{SERVICE_ROW}.integrations.[]"),),
    answers.IncidentUrgency: (("/services", f"{SERVICE_ROW}.incident_urgency_rule"),),
    answers.PagerdutyService: (("/services", SERVICE_ROW),),
    answers.SentrySlug: ((f"{ORGANIZATION}projects/", "[]"), (f"{ORGANIZATION}teams/", "[]")),
    answers.SentryProjectRow: ((f"{ORGANIZATION}projects/", "[]"),),
    answers.SentryEnvironment: ((f"{ORGANIZATION}environments/", "[]"),),
    answers.SentryAccess: ((INDEX, ""),),
    answers.SentryWebhook: ((f"{ORGANIZATION}sentry-app-installations/", "[]"),),
    answers.SentryMember: ((f"{ORGANIZATION}members/", "[]"),),
    answers.SentryMonitor: ((f"{ORGANIZATION}detectors/", "[]"),),
    answers.PagerdutyRow: ((TABLE, "service_table.[]"),),
    answers.PagerdutyTable: ((TABLE, ""),),
    answers.SentryInstallation: ((INTEGRATIONS, "[]"),),
    answers.SentryKey: ((KEYS, "[]"),),
}


def steps_of(name: str, field: FieldInfo) -> list[str]:
    """The keys that lead to a field's value in its row."""
    alias = field.validation_alias
    if isinstance(alias, AliasPath):
        return [str(step) for step in alias.path]
    return [alias if isinstance(alias, str) else name]


def described(shape: Mapping[str, Any], steps: list[str]) -> Mapping[str, Any] | None:
    """The shape that a way through an answer leads to; None where the description knows none."""
    for step in steps:
        inner = shape.get("items") if step == "[]" else properties(shape).get(step)
        if not isinstance(inner, dict):
            return None
        shape = inner
    return shape


def properties(shape: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a shape and of the shapes that it is made of."""
    parts = [*shape.get("allOf", ()), *shape.get("anyOf", ())]
    inherited = {name: value for part in parts for name, value in properties(part).items()}
    return {**inherited, **shape.get("properties", {})}


def ways() -> Iterator[Any]:
    """Each key of each model at each path that it is read from."""
    for model, places in READ_AT.items():
        for path, way in places:
            for name, field in model.model_fields.items():
                steps = [*filter(None, way.split(".")), *steps_of(name, field)]
                yield pytest.param(path, steps, id=f"{model.__name__}.{name} at {path}")


def test_every_model_says_where_it_is_read() -> None:
    models = {
        model
        for _, model in inspect.getmembers(answers, inspect.isclass)
        if issubclass(model, BaseModel) and model.__module__ == answers.__name__
    }
    assert models == READ_AT.keys()


@pytest.mark.parametrize("model", READ_AT, ids=lambda model: model.__name__)
def test_every_model_has_its_source_beside_it(model: type[BaseModel]) -> None:
    assert re.search(r"GET [/…]|(?i:schema|source)", inspect.getdoc(model) or "")


@pytest.mark.parametrize(("path", "steps"), list(ways()))
def test_every_key_that_is_read_is_described_where_it_is_read(path: str, steps: list[str]) -> None:
    assert SHAPES[path]["source"]
    assert described(SHAPES[path], steps) is not None, f"no source describes {'.'.join(steps)}"


def test_a_key_that_nobody_describes_is_found() -> None:
    assert described(SHAPES[TABLE], ["service_table", "[]", "service_name"]) is None


def row(model: type[BaseModel]) -> dict[str, Any]:
    """A row with everything that a model reads, in the vendor's own keys."""
    made: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        *outer, last = steps_of(name, field)
        place = made
        for step in outer:
            place = place.setdefault(step, {})
        place[last] = sample(field.annotation)
    return made


def sample(annotation: Any) -> Any:
    """A value of a field's type."""
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return {}
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is tuple:
        return [row(arguments[0])] if inspect.isclass(arguments[0]) and issubclass(arguments[0], BaseModel) else ["x"]
    if typing.get_origin(annotation) is typing.Literal:
        return arguments[0]
    return {bool: True, str: "x"}.get(annotation)


REQUIRED = [
    pytest.param(model, steps_of(name, field), id=f"{model.__name__}.{name}")
    for model in READ_AT
    for name, field in model.model_fields.items()
    if field.is_required()
]


@pytest.mark.parametrize(("model", "steps"), REQUIRED)
def test_a_row_without_a_key_is_a_sentence_that_names_it(model: type[BaseModel], steps: list[str]) -> None:
    content = row(model)
    answers.read(model, content, source="Vendor: /path")
    place: Any = content
    for step in steps[:-1]:
        place = place[step]
    del place[steps[-1]]
    with pytest.raises(VendorError) as error:
        answers.read(model, content, source="Vendor: /path")
    assert f'Vendor: /path answers with no readable "{".".join(steps)}"' in str(error.value)


def test_a_described_answer_of_each_path_is_read() -> None:
    """What the shapes themselves make is of the form that the models read, so that neither is about another list."""
    lists = [(model, path) for model, places in READ_AT.items() for path, way in places if way == "[]"]
    assert len(lists) > 5
    for model, path in lists:
        content = [filled(SHAPES[path]["items"]) | row(model)]
        assert len(list(answers.rows(model, content, source=path))) == 1
