"""What the vendors' read APIs answer, as far as it is read here: a model for each row, with the source of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeVar

from pydantic import AliasPath, BaseModel, ConfigDict, Field, ValidationError

from monitoring.errors import VendorError

READ = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)
Shape = TypeVar("Shape", bound=BaseModel)
DowntimeStatus = Literal["active", "canceled", "ended", "scheduled"]


def read(shape: type[Shape], content: Any, *, source: str) -> Shape:
    """An answer, or a part of one, in a shape; `source` is the vendor and the path that it was asked at.

    Raises VendorError with the place of the first key that is missing or of another kind.
    """
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors()[0]["loc"])
        lacks = f'no readable "{place}"' if place else "nothing readable"
        raise VendorError(f"{source} answers with {lacks}; its API may have changed, or a proxy answers") from None


def rows(shape: type[Shape], content: Any, *, source: str, key: str = "") -> Iterator[Shape]:
    """The rows of a list, which lie under a key or are the whole answer, each in a shape. Raises VendorError."""
    listed = (content.get(key) if isinstance(content, dict) else None) if key else content
    if not isinstance(listed, list):
        where = f' under "{key}"' if key else ""
        raise VendorError(f"{source} answers with no list{where}; its API may have changed, or a proxy answers")
    return (read(shape, row, source=source) for row in listed)


class Named(BaseModel):
    """A row that is read for its id and its name alone.

    Datadog: GET /api/v1/slo and /api/v1/synthetics/variables, schemas ServiceLevelObjective and
    SyntheticsGlobalVariable. PagerDuty: GET /schedules, /escalation_policies, /teams and
    /services, schemas Schedule, EscalationPolicy, Team and Service. Sentry: GET …/workflows/ of an organisation.
    """

    model_config = READ
    id: str
    name: str


# --- Datadog: DataDog/datadog-api-client-python, .generator/schemas/v1 and v2 --------------------------------------


class DatadogMonitor(BaseModel):
    """GET /api/v1/monitor, schema Monitor; for each synthetic test there is one of type `synthetics alert`."""

    model_config = READ
    id: str
    name: str
    type: str


class DatadogTest(BaseModel):
    """GET /api/v1/synthetics/tests, schema SyntheticsTestDetailsWithoutSteps."""

    model_config = READ
    id: str = Field(alias="public_id")
    name: str


class DatadogDashboard(BaseModel):
    """GET /api/v1/dashboard, schema DashboardSummaryDefinition."""

    model_config = READ
    id: str
    name: str = Field(alias="title")


class DatadogRoute(BaseModel):
    """GET /api/v2/monitor/notification_rule, schema MonitorNotificationRuleData."""

    model_config = READ
    id: str
    name: str = Field(validation_alias=AliasPath("attributes", "name"))


class DatadogDowntime(BaseModel):
    """GET /api/v2/downtime, schema DowntimeResponseData; it mutes by monitor tags, or one monitor by its id."""

    model_config = READ
    id: str
    scope: str = Field(validation_alias=AliasPath("attributes", "scope"))
    message: str | None = Field(default=None, validation_alias=AliasPath("attributes", "message"))
    status: DowntimeStatus = Field(validation_alias=AliasPath("attributes", "status"))
    monitor_tags: tuple[str, ...] = Field(
        default=(), validation_alias=AliasPath("attributes", "monitor_identifier", "monitor_tags")
    )


class DatadogChannel(BaseModel):
    """GET /api/v1/integration/slack/configuration/accounts/NAME/channels, schema SlackIntegrationChannel."""

    model_config = READ
    name: str


class DatadogReceiver(BaseModel):
    """A receiver of an integration of Datadog's, by its name.

    GET /api/v2/integration/ms-teams/configuration/tenant-based-handles, schema …HandleInfoResponseData, and
    /api/v2/integration/opsgenie/services, schema OpsgenieServiceResponseData.
    """

    model_config = READ
    id: str
    name: str = Field(validation_alias=AliasPath("attributes", "name"))


class DatadogValidation(BaseModel):
    """GET /api/v1/validate, schema AuthenticationValidationResponse."""

    model_config = READ
    valid: bool


# --- PagerDuty: PagerDuty/api-schema, reference/REST/openapiv3.json ------------------------------------------------


class PagerdutyPage(BaseModel):
    """A page of any list, schema Pagination: whether another one follows."""

    model_config = READ
    more: bool


class PagerdutyUser(BaseModel):
    """GET /users, schema User."""

    model_config = READ
    email: str


class PagerdutyShiftSchedule(BaseModel):
    """GET /v3/schedules, schema V3ScheduleReference: a shift-based schedule, whose name is its summary."""

    model_config = READ
    id: str
    type: Literal["schedule_v3_reference"]
    name: str = Field(alias="summary")


class PagerdutyIntegration(BaseModel):
    """An integration of a service: schema Integration with include[]=integrations, else a reference with a summary.

    Source of `integration_key`: terraform-provider-pagerduty, resource_pagerduty_service_integration.go.
    """

    model_config = READ
    id: str
    type: str
    name: str | None = None
    summary: str | None = None
    integration_key: str | None = None


class IncidentUrgency(BaseModel):
    """Schemas IncidentUrgencyType and IncidentUrgencyRule: a constant urgency, or one for each part of the day."""

    model_config = READ
    type: str = "constant"
    urgency: str = "high"
    during_support_hours: IncidentUrgency | None = None
    outside_support_hours: IncidentUrgency | None = None


class PagerdutyService(BaseModel):
    """GET /services, schema Service."""

    model_config = READ
    id: str
    name: str
    integrations: tuple[PagerdutyIntegration, ...] = ()
    incident_urgency_rule: IncidentUrgency = IncidentUrgency()


# --- Sentry: getsentry/sentry-api-schema, openapi-derefed.json, and where it is silent what is named there ---------


class SentrySlug(BaseModel):
    """GET …/projects/ and …/teams/ of an organisation."""

    model_config = READ
    slug: str


class SentryEnvironment(BaseModel):
    """GET …/environments/ of an organisation."""

    model_config = READ
    name: str


class SentryAccess(BaseModel):
    """GET /api/0/: what the key that asks may do.

    Source: getsentry/sentry, src/sentry/api/endpoints/index.py, IndexEndpoint.
    """

    model_config = READ
    scopes: tuple[str, ...] = Field(validation_alias=AliasPath("auth", "scopes"))


class SentryMember(BaseModel):
    """GET …/members/ of an organisation."""

    model_config = READ
    email: str


class SentryProjectRow(BaseModel):
    """GET …/projects/ of an organisation, for the ids by which other rows name them."""

    model_config = READ
    id: str
    slug: str


class SentryMonitor(BaseModel):
    """GET …/detectors/ of an organisation; one that belongs to no project names none."""

    model_config = READ
    id: str
    name: str
    type: str
    project: str | None = Field(alias="projectId")


class PagerdutyRow(BaseModel):
    """A row of the table that Sentry keeps of PagerDuty's services.

    Source: jianyuan/terraform-provider-sentry, internal/apiclient/api.yaml,
    OrganizationIntegration_PagerDuty_ServiceTableItem; getsentry/sentry, integrations/pagerduty/integration.py.
    """

    model_config = READ
    id: str
    service: str


class PagerdutyTable(BaseModel):
    """The `configData` of an installation of PagerDuty; sources as for its rows."""

    model_config = READ
    service_table: tuple[PagerdutyRow, ...]


class SentryWebhook(BaseModel):
    """GET …/sentry-app-installations/ of an organisation: an internal integration, which calls a webhook."""

    model_config = READ
    slug: str = Field(validation_alias=AliasPath("app", "slug"))
    status: str


class SentryInstallation(BaseModel):
    """GET …/integrations/ of an organisation.

    Source of `configData` and `provider`: the file of PagerdutyRow, schema OrganizationIntegration.
    """

    model_config = READ
    id: str
    name: str
    status: str
    provider: str = Field(validation_alias=AliasPath("provider", "key"))
    config: Any = Field(default=None, alias="configData")

    def pagerduty_rows(self, *, source: str) -> tuple[PagerdutyRow, ...]:
        """The rows of PagerDuty's services, none for another product. Raises VendorError."""
        return read(PagerdutyTable, self.config, source=source).service_table if self.provider == "pagerduty" else ()


class SentryKey(BaseModel):
    """GET /api/0/projects/ORGANISATION/PROJECT/keys/."""

    model_config = READ
    public_dsn: str = Field(validation_alias=AliasPath("dsn", "public"))
    active: bool = Field(alias="isActive")
