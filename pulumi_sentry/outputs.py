# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""The objects inside what resources and look-ups answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi

from . import _utilities

__all__ = [
    "AlertActionFilter",
    "AlertActionFilterAction",
    "AlertActionFilterActionDiscord",
    "AlertActionFilterActionEmail",
    "AlertActionFilterActionGithub",
    "AlertActionFilterActionJira",
    "AlertActionFilterActionJiraServer",
    "AlertActionFilterActionMsteams",
    "AlertActionFilterActionOpsgenie",
    "AlertActionFilterActionPagerduty",
    "AlertActionFilterActionPlugin",
    "AlertActionFilterActionSentryApp",
    "AlertActionFilterActionSentryAppSetting",
    "AlertActionFilterActionSlack",
    "AlertActionFilterActionVsts",
    "AlertActionFilterActionWebhook",
    "AlertActionFilterCondition",
    "AlertActionFilterConditionAgeComparison",
    "AlertActionFilterConditionAssignedTo",
    "AlertActionFilterConditionEventAttribute",
    "AlertActionFilterConditionEventFrequencyCount",
    "AlertActionFilterConditionEventFrequencyCountFilter",
    "AlertActionFilterConditionEventFrequencyPercent",
    "AlertActionFilterConditionEventFrequencyPercentFilter",
    "AlertActionFilterConditionEventUniqueUserFrequencyCount",
    "AlertActionFilterConditionEventUniqueUserFrequencyCountFilter",
    "AlertActionFilterConditionIssueCategory",
    "AlertActionFilterConditionIssueOccurrences",
    "AlertActionFilterConditionIssuePriorityDeescalating",
    "AlertActionFilterConditionIssuePriorityGreaterOrEqual",
    "AlertActionFilterConditionIssueType",
    "AlertActionFilterConditionLatestAdoptedRelease",
    "AlertActionFilterConditionLatestRelease",
    "AlertActionFilterConditionLevel",
    "AlertActionFilterConditionPercentSessionsCount",
    "AlertActionFilterConditionPercentSessionsPercent",
    "AlertActionFilterConditionPercentSessionsPercentFilter",
    "AlertActionFilterConditionTaggedEvent",
    "AlertTriggerCondition",
    "AlertTriggerConditionFirstSeenEvent",
    "AlertTriggerConditionIssueResolvedTrigger",
    "AlertTriggerConditionReappearedEvent",
    "AlertTriggerConditionRegressionEvent",
    "CronMonitorOwner",
    "CronMonitorSchedule",
    "GetKeyJavascriptLoaderScriptResult",
    "GetProjectErrorMonitorOwnerResult",
    "GetProjectIssueStreamMonitorOwnerResult",
    "GetProjectTeamResult",
    "KeyJavascriptLoaderScript",
    "MetricMonitorConditionGroup",
    "MetricMonitorConditionGroupCondition",
    "MetricMonitorIssueDetection",
    "MetricMonitorOwner",
    "ProjectClientSecurity",
    "ProjectFilters",
    "UptimeMonitorOwner",
]


@_utilities.output_type
class AlertActionFilterActionDiscord(dict[str, Any]):
    """Post to a Discord channel."""

    channel_id: str = pulumi.property("channelId")
    """Discord's channel id."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's Discord installation."""

    tags: str | None = pulumi.property("tags", default=None)
    """Comma-separated tag names to show."""


@_utilities.output_type
class AlertActionFilterActionEmail(dict[str, Any]):
    """Notify people on the channel each prefers."""

    target_type: str = pulumi.property("targetType")
    """Kind of recipient. One of: issue_owners, team, user."""

    fallthrough_type: str | None = pulumi.property("fallthroughType", default=None)
    """Who is told when an issue has no owner. One of: AllMembers, ActiveMembers, NoOne."""

    target_id: str | None = pulumi.property("targetId", default=None)
    """Internal id of the team or user."""


@_utilities.output_type
class AlertActionFilterActionGithub(dict[str, Any]):
    """Create a GitHub issue."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's GitHub installation."""

    repo: str = pulumi.property("repo")
    """Repository name."""

    assignee: str | None = pulumi.property("assignee", default=None)
    """GitHub user to assign."""

    labels: Sequence[str] | None = pulumi.property("labels", default=None)
    """Labels for the issue. A set."""


@_utilities.output_type
class AlertActionFilterActionJira(dict[str, Any]):
    """Create a Jira ticket."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's Jira installation."""

    issue_type: str = pulumi.property("issueType")
    """Id of the Jira issue type."""

    project: str = pulumi.property("project")
    """Id of the Jira project."""


@_utilities.output_type
class AlertActionFilterActionJiraServer(dict[str, Any]):
    """Create a Jira Server ticket."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's Jira Server installation."""

    issue_type: str = pulumi.property("issueType")
    """Id of the Jira issue type."""

    project: str = pulumi.property("project")
    """Id of the Jira project."""


@_utilities.output_type
class AlertActionFilterActionMsteams(dict[str, Any]):
    """Post to a Microsoft Teams channel."""

    channel_name: str = pulumi.property("channelName")
    """Channel name."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's Microsoft Teams installation."""

    team_id: str = pulumi.property("teamId")
    """Id that the installation gives the team or channel."""


@_utilities.output_type
class AlertActionFilterActionOpsgenie(dict[str, Any]):
    """Open an Opsgenie alert."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's Opsgenie installation."""

    priority: str = pulumi.property("priority")
    """Priority to send, such as P3. The provider takes any string. One of: P1, P2, P3, P4, P5."""

    team_id: str = pulumi.property("teamId")
    """Id of the Opsgenie team row in the installation."""

    team_name: str = pulumi.property("teamName")
    """Name of the Opsgenie team."""


@_utilities.output_type
class AlertActionFilterActionPagerduty(dict[str, Any]):
    """Open an incident at a PagerDuty service."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's PagerDuty installation."""

    service_id: str = pulumi.property("serviceId")
    """Sentry's numeric id of the service row (the id of an IntegrationPagerduty), NOT PagerDuty's own service
    id."""

    service_name: str = pulumi.property("serviceName")
    """Name of the service as registered in the installation (IntegrationPagerduty.service)."""

    severity: str = pulumi.property("severity")
    """Severity to send. Required; the provider takes any string. One of: default, critical, warning, error,
    info."""


@_utilities.output_type
class AlertActionFilterActionPlugin(dict[str, Any]):
    """Empty object: notify all legacy plugins. The API no longer creates this kind; later provider versions mark it
    deprecated. Use webhook."""


@_utilities.output_type
class AlertActionFilterActionSentryAppSetting(dict[str, Any]):
    """An element of AlertActionFilterActionSentryAppSetting."""

    label: str = pulumi.property("label")
    """Display label of the value; needed for paged select fields. Filled in from the API's answer."""

    name: str = pulumi.property("name")
    """Field name."""

    value: str = pulumi.property("value")
    """Field value."""


@_utilities.output_type
class AlertActionFilterActionSentryApp(dict[str, Any]):
    """Run an action of an installed Sentry App."""

    sentry_app_id: str = pulumi.property("sentryAppId")
    """Numeric app id as a string (getAppInstallation.sentryAppId, converted)."""

    settings: Sequence[AlertActionFilterActionSentryAppSetting] | None = pulumi.property("settings", default=None)
    """Field values handed to the app."""


@_utilities.output_type
class AlertActionFilterActionSlack(dict[str, Any]):
    """Post to a Slack channel or user."""

    channel_id: str = pulumi.property("channelId")
    """Slack's channel id. Optional; spares Sentry a rate-limited name look-up. Filled in from the API's answer."""

    channel_name: str = pulumi.property("channelName")
    """Channel name (with or without a leading #, compared without it) or a user's name."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's Slack installation (getOrganizationIntegration with providerKey slack)."""

    tags: str = pulumi.property("tags")
    """Comma-separated tag names to show in the message. Filled in from the API's answer."""

    notes: str | None = pulumi.property("notes", default=None)
    """Text shown with the message."""


@_utilities.output_type
class AlertActionFilterActionVsts(dict[str, Any]):
    """Create an Azure DevOps work item."""

    integration_id: str = pulumi.property("integrationId")
    """Id of the organisation's Azure DevOps installation."""

    project: str = pulumi.property("project")
    """Id of the Azure DevOps project."""

    work_item_type: str = pulumi.property("workItemType")
    """Kind of work item."""


@_utilities.output_type
class AlertActionFilterActionWebhook(dict[str, Any]):
    """Notify through a legacy integration service."""

    service: str = pulumi.property("service")
    """Slug of the service; the special value webhooks addresses all legacy plugin webhooks."""


@_utilities.output_type
class AlertActionFilterAction(dict[str, Any]):
    """An element of AlertActionFilterAction."""

    discord: AlertActionFilterActionDiscord | None = pulumi.property("discord", default=None)
    """Post to a Discord channel."""

    email: AlertActionFilterActionEmail | None = pulumi.property("email", default=None)
    """Notify people on the channel each prefers."""

    github: AlertActionFilterActionGithub | None = pulumi.property("github", default=None)
    """Create a GitHub issue."""

    jira: AlertActionFilterActionJira | None = pulumi.property("jira", default=None)
    """Create a Jira ticket."""

    jira_server: AlertActionFilterActionJiraServer | None = pulumi.property("jiraServer", default=None)
    """Create a Jira Server ticket."""

    msteams: AlertActionFilterActionMsteams | None = pulumi.property("msteams", default=None)
    """Post to a Microsoft Teams channel."""

    opsgenie: AlertActionFilterActionOpsgenie | None = pulumi.property("opsgenie", default=None)
    """Open an Opsgenie alert."""

    pagerduty: AlertActionFilterActionPagerduty | None = pulumi.property("pagerduty", default=None)
    """Open an incident at a PagerDuty service."""

    plugin: AlertActionFilterActionPlugin | None = pulumi.property("plugin", default=None)
    """Empty object: notify all legacy plugins. The API no longer creates this kind; later provider versions mark it
    deprecated. Use webhook."""

    sentry_app: AlertActionFilterActionSentryApp | None = pulumi.property("sentryApp", default=None)
    """Run an action of an installed Sentry App."""

    slack: AlertActionFilterActionSlack | None = pulumi.property("slack", default=None)
    """Post to a Slack channel or user."""

    vsts: AlertActionFilterActionVsts | None = pulumi.property("vsts", default=None)
    """Create an Azure DevOps work item."""

    webhook: AlertActionFilterActionWebhook | None = pulumi.property("webhook", default=None)
    """Notify through a legacy integration service."""


@_utilities.output_type
class AlertActionFilterConditionAgeComparison(dict[str, Any]):
    """Issue is older or newer than a given age."""

    comparison_type: str = pulumi.property("comparisonType")
    """Direction of the comparison. One of: older, newer."""

    time: str = pulumi.property("time")
    """Unit of the age. One of: minute, hour, day, week."""

    value: float = pulumi.property("value")
    """Amount of the unit."""


@_utilities.output_type
class AlertActionFilterConditionAssignedTo(dict[str, Any]):
    """Issue is assigned to the given target."""

    target_id: str | None = pulumi.property("targetId", default=None)
    """Internal id of the user or team."""

    target_type: str | None = pulumi.property("targetType", default=None)
    """Kind of assignee. Optional for the provider, but an empty object makes no sense. One of: Unassigned, Member,
    Team."""


@_utilities.output_type
class AlertActionFilterConditionEventAttribute(dict[str, Any]):
    """An attribute of the event matches."""

    attribute: str = pulumi.property("attribute")
    """Attribute name. The provider takes any string. One of: message, platform, environment, type, error.handled,
    error.unhandled, error.main_thread, exception.type, exception.value, user.id, user.email, user.username,
    user.ip_address, http.method, http.url, http.status_code, sdk.name, stacktrace.code, stacktrace.module,
    stacktrace.filename, stacktrace.abs_path, stacktrace.package, unreal.crash_type, app.in_foreground."""

    match: str = pulumi.property("match")
    """Comparison code. The provider takes any string. One of: co, nc, eq, ne, sw, ew, is, ns."""

    value: str | None = pulumi.property("value", default=None)
    """Value to compare with; must be left out for is / ns."""


@_utilities.output_type
class AlertActionFilterConditionEventFrequencyCountFilter(dict[str, Any]):
    """An element of AlertActionFilterConditionEventFrequencyCountFilter."""

    attribute: str | None = pulumi.property("attribute", default=None)
    """Event attribute to test. Either this or key."""

    key: str | None = pulumi.property("key", default=None)
    """Tag name to test. Either this or attribute."""

    match: str | None = pulumi.property("match", default=None)
    """Comparison code. One of: co, ew, eq, gte, gt, is, in, lte, lt, nc, new, ne, ns, nsw, nin, sw."""

    value: str | None = pulumi.property("value", default=None)
    """Value to compare with."""


@_utilities.output_type
class AlertActionFilterConditionEventFrequencyCount(dict[str, Any]):
    """The issue received more than so many events within the interval."""

    filters: Sequence[AlertActionFilterConditionEventFrequencyCountFilter] = pulumi.property("filters")
    """Extra sub-filters that an event must satisfy to be counted."""

    interval: str = pulumi.property("interval")
    """Window in which events are counted. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: float = pulumi.property("value")
    """Fires when the count is GREATER than this number (1 means two or more events)."""


@_utilities.output_type
class AlertActionFilterConditionEventFrequencyPercentFilter(dict[str, Any]):
    """An element of AlertActionFilterConditionEventFrequencyPercentFilter."""

    attribute: str | None = pulumi.property("attribute", default=None)
    """Event attribute to test. Either this or key."""

    key: str | None = pulumi.property("key", default=None)
    """Tag name to test. Either this or attribute."""

    match: str | None = pulumi.property("match", default=None)
    """Comparison code. One of: co, ew, eq, gte, gt, is, in, lte, lt, nc, new, ne, ns, nsw, nin, sw."""

    value: str | None = pulumi.property("value", default=None)
    """Value to compare with."""


@_utilities.output_type
class AlertActionFilterConditionEventFrequencyPercent(dict[str, Any]):
    """The issue's event count is so many percent higher than in an earlier window."""

    comparison_interval: str = pulumi.property("comparisonInterval")
    """How far back the window compared with lies. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    filters: Sequence[AlertActionFilterConditionEventFrequencyPercentFilter] = pulumi.property("filters")
    """Extra sub-filters that an event must satisfy to be counted."""

    interval: str = pulumi.property("interval")
    """Current window. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: float = pulumi.property("value")
    """Percentage."""


@_utilities.output_type
class AlertActionFilterConditionEventUniqueUserFrequencyCountFilter(dict[str, Any]):
    """An element of AlertActionFilterConditionEventUniqueUserFrequencyCountFilter."""

    attribute: str | None = pulumi.property("attribute", default=None)
    """Event attribute to test. Either this or key."""

    key: str | None = pulumi.property("key", default=None)
    """Tag name to test. Either this or attribute."""

    match: str | None = pulumi.property("match", default=None)
    """Comparison code. One of: co, nc, eq, ne, sw, ew, is, ns."""

    value: str | None = pulumi.property("value", default=None)
    """Value to compare with."""


@_utilities.output_type
class AlertActionFilterConditionEventUniqueUserFrequencyCount(dict[str, Any]):
    """More than so many distinct users were affected within the interval."""

    filters: Sequence[AlertActionFilterConditionEventUniqueUserFrequencyCountFilter] = pulumi.property("filters")
    """Extra sub-filters that an event must satisfy to be counted."""

    interval: str = pulumi.property("interval")
    """Window in which users are counted. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: float = pulumi.property("value")
    """Fires when the count is GREATER than this number."""


@_utilities.output_type
class AlertActionFilterConditionIssueCategory(dict[str, Any]):
    """Issue belongs (or does not belong) to a category."""

    include: bool = pulumi.property("include")
    """true: category equals value; false: it differs. Always set it: left out, this version sends false although
    the documented default is true (confirmed)."""

    value: float = pulumi.property("value")
    """Category number. One of: 1, 6, 10, 11, 12, 13, 14, 15."""


@_utilities.output_type
class AlertActionFilterConditionIssueOccurrences(dict[str, Any]):
    """Issue has been seen at least so many times in all."""

    value: float = pulumi.property("value")
    """Number of occurrences."""


@_utilities.output_type
class AlertActionFilterConditionIssuePriorityDeescalating(dict[str, Any]):
    """Priority fell below a level that it had reached before."""

    comparison: float = pulumi.property("comparison")
    """Priority level that must have been reached. One of: 75, 50, 25."""


@_utilities.output_type
class AlertActionFilterConditionIssuePriorityGreaterOrEqual(dict[str, Any]):
    """Issue priority is at least the given level."""

    comparison: float = pulumi.property("comparison")
    """Lowest priority level. One of: 75, 50, 25."""


@_utilities.output_type
class AlertActionFilterConditionIssueType(dict[str, Any]):
    """Issue is (or is not) of a given type."""

    include: bool = pulumi.property("include")
    """true: type equals value; false: it differs."""

    value: str = pulumi.property("value")
    """Slug of the issue type."""


@_utilities.output_type
class AlertActionFilterConditionLatestAdoptedRelease(dict[str, Any]):
    """The event's release is older or newer than the newest release adopted in an environment."""

    age_comparison: str = pulumi.property("ageComparison")
    """Direction of the comparison. One of: older, newer."""

    environment: str = pulumi.property("environment")
    """Environment whose adopted release is meant."""

    release_age_type: str = pulumi.property("releaseAgeType")
    """Whether the issue's oldest or newest release is compared. One of: oldest, newest."""


@_utilities.output_type
class AlertActionFilterConditionLatestRelease(dict[str, Any]):
    """Empty object: the event comes from the newest release."""


@_utilities.output_type
class AlertActionFilterConditionLevel(dict[str, Any]):
    """The event's level compares with a given level."""

    level: float = pulumi.property("level")
    """Numeric level. One of: 50, 40, 30, 20, 10, 0."""

    match: str = pulumi.property("match")
    """Comparison code. The provider takes any string. One of: eq, gte, lte."""


@_utilities.output_type
class AlertActionFilterConditionPercentSessionsCount(dict[str, Any]):
    """The issue affected more than so many percent of the sessions in the interval."""

    interval: str = pulumi.property("interval")
    """Window in which sessions are counted. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: float = pulumi.property("value")
    """Percentage of sessions (whole number)."""


@_utilities.output_type
class AlertActionFilterConditionPercentSessionsPercentFilter(dict[str, Any]):
    """An element of AlertActionFilterConditionPercentSessionsPercentFilter."""

    attribute: str | None = pulumi.property("attribute", default=None)
    """Event attribute to test. Either this or key."""

    key: str | None = pulumi.property("key", default=None)
    """Tag name to test. Either this or attribute."""

    match: str | None = pulumi.property("match", default=None)
    """Comparison code. One of: co, ew, eq, gte, gt, is, in, lte, lt, nc, new, ne, ns, nsw, nin, sw."""

    value: str | None = pulumi.property("value", default=None)
    """Value to compare with."""


@_utilities.output_type
class AlertActionFilterConditionPercentSessionsPercent(dict[str, Any]):
    """The share of affected sessions is so many percent higher than in an earlier window."""

    comparison_interval: str = pulumi.property("comparisonInterval")
    """How far back the window compared with lies. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    filters: Sequence[AlertActionFilterConditionPercentSessionsPercentFilter] = pulumi.property("filters")
    """Extra sub-filters that an event must satisfy to be counted."""

    interval: str = pulumi.property("interval")
    """Current window. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: float = pulumi.property("value")
    """Percentage."""


@_utilities.output_type
class AlertActionFilterConditionTaggedEvent(dict[str, Any]):
    """A tag of the event matches."""

    key: str = pulumi.property("key")
    """Tag name."""

    match: str = pulumi.property("match")
    """Comparison code. The provider takes any string. One of: co, nc, eq, ne, sw, ew, is, ns."""

    value: str | None = pulumi.property("value", default=None)
    """Value to compare with; must be left out for is / ns."""


@_utilities.output_type
class AlertActionFilterCondition(dict[str, Any]):
    """An element of AlertActionFilterCondition."""

    age_comparison: AlertActionFilterConditionAgeComparison | None = pulumi.property("ageComparison", default=None)
    """Issue is older or newer than a given age."""

    assigned_to: AlertActionFilterConditionAssignedTo | None = pulumi.property("assignedTo", default=None)
    """Issue is assigned to the given target."""

    event_attribute: AlertActionFilterConditionEventAttribute | None = pulumi.property("eventAttribute", default=None)
    """An attribute of the event matches."""

    event_frequency_count: AlertActionFilterConditionEventFrequencyCount | None = pulumi.property("eventFrequencyCount", default=None)
    """The issue received more than so many events within the interval."""

    event_frequency_percent: AlertActionFilterConditionEventFrequencyPercent | None = pulumi.property("eventFrequencyPercent", default=None)
    """The issue's event count is so many percent higher than in an earlier window."""

    event_unique_user_frequency_count: AlertActionFilterConditionEventUniqueUserFrequencyCount | None = pulumi.property("eventUniqueUserFrequencyCount", default=None)
    """More than so many distinct users were affected within the interval."""

    issue_category: AlertActionFilterConditionIssueCategory | None = pulumi.property("issueCategory", default=None)
    """Issue belongs (or does not belong) to a category."""

    issue_occurrences: AlertActionFilterConditionIssueOccurrences | None = pulumi.property("issueOccurrences", default=None)
    """Issue has been seen at least so many times in all."""

    issue_priority_deescalating: AlertActionFilterConditionIssuePriorityDeescalating | None = pulumi.property("issuePriorityDeescalating", default=None)
    """Priority fell below a level that it had reached before."""

    issue_priority_greater_or_equal: AlertActionFilterConditionIssuePriorityGreaterOrEqual | None = pulumi.property("issuePriorityGreaterOrEqual", default=None)
    """Issue priority is at least the given level."""

    issue_type: AlertActionFilterConditionIssueType | None = pulumi.property("issueType", default=None)
    """Issue is (or is not) of a given type."""

    latest_adopted_release: AlertActionFilterConditionLatestAdoptedRelease | None = pulumi.property("latestAdoptedRelease", default=None)
    """The event's release is older or newer than the newest release adopted in an environment."""

    latest_release: AlertActionFilterConditionLatestRelease | None = pulumi.property("latestRelease", default=None)
    """Empty object: the event comes from the newest release."""

    level: AlertActionFilterConditionLevel | None = pulumi.property("level", default=None)
    """The event's level compares with a given level."""

    percent_sessions_count: AlertActionFilterConditionPercentSessionsCount | None = pulumi.property("percentSessionsCount", default=None)
    """The issue affected more than so many percent of the sessions in the interval."""

    percent_sessions_percent: AlertActionFilterConditionPercentSessionsPercent | None = pulumi.property("percentSessionsPercent", default=None)
    """The share of affected sessions is so many percent higher than in an earlier window."""

    tagged_event: AlertActionFilterConditionTaggedEvent | None = pulumi.property("taggedEvent", default=None)
    """A tag of the event matches."""


@_utilities.output_type
class AlertActionFilter(dict[str, Any]):
    """An element of AlertActionFilter."""

    actions: Sequence[AlertActionFilterAction] = pulumi.property("actions")
    """Actions of this group; each element names exactly one kind."""

    conditions: Sequence[AlertActionFilterCondition] = pulumi.property("conditions")
    """Conditions of this group; each element names exactly one kind. Empty or left out: the actions always run."""

    logic_type: str = pulumi.property("logicType")
    """How the group's conditions combine. any-short stops at the first that holds; none holds when no condition
    does. One of: any, any-short, all, none."""


@_utilities.output_type
class AlertTriggerConditionFirstSeenEvent(dict[str, Any]):
    """Empty object: a new issue has been opened."""


@_utilities.output_type
class AlertTriggerConditionIssueResolvedTrigger(dict[str, Any]):
    """Empty object: an issue has been resolved."""


@_utilities.output_type
class AlertTriggerConditionReappearedEvent(dict[str, Any]):
    """Empty object: an issue has escalated."""


@_utilities.output_type
class AlertTriggerConditionRegressionEvent(dict[str, Any]):
    """Empty object: a resolved issue is unresolved again."""


@_utilities.output_type
class AlertTriggerCondition(dict[str, Any]):
    """An element of AlertTriggerCondition."""

    first_seen_event: AlertTriggerConditionFirstSeenEvent | None = pulumi.property("firstSeenEvent", default=None)
    """Empty object: a new issue has been opened."""

    issue_resolved_trigger: AlertTriggerConditionIssueResolvedTrigger | None = pulumi.property("issueResolvedTrigger", default=None)
    """Empty object: an issue has been resolved."""

    reappeared_event: AlertTriggerConditionReappearedEvent | None = pulumi.property("reappearedEvent", default=None)
    """Empty object: an issue has escalated."""

    regression_event: AlertTriggerConditionRegressionEvent | None = pulumi.property("regressionEvent", default=None)
    """Empty object: a resolved issue is unresolved again."""


@_utilities.output_type
class CronMonitorOwner(dict[str, Any]):
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    team_id: str | None = pulumi.property("teamId", default=None)
    """Internal numeric id of a team (Team.internalId), as a string."""

    user_id: str | None = pulumi.property("userId", default=None)
    """Internal numeric id of a user (getOrganizationMember.internalId), as a string."""


@_utilities.output_type
class CronMonitorSchedule(dict[str, Any]):
    """When a check-in is expected: either crontab, or intervalValue with intervalUnit."""

    crontab: str | None = pulumi.property("crontab", default=None)
    """Five-field crontab expression. Not checked by the provider."""

    interval_unit: str | None = pulumi.property("intervalUnit", default=None)
    """Unit of the interval. One of: year, month, week, day, hour, minute."""

    interval_value: float | None = pulumi.property("intervalValue", default=None)
    """Number of units between check-ins."""


@_utilities.output_type
class KeyJavascriptLoaderScript(dict[str, Any]):
    """Settings of the loader script."""

    browser_sdk_version: str = pulumi.property("browserSdkVersion")
    """SDK version to load."""

    debug_enabled: bool = pulumi.property("debugEnabled")
    """Load the debug bundle."""

    performance_monitoring_enabled: bool = pulumi.property("performanceMonitoringEnabled")
    """Load tracing."""

    session_replay_enabled: bool = pulumi.property("sessionReplayEnabled")
    """Load replay."""


@_utilities.output_type
class MetricMonitorConditionGroupCondition(dict[str, Any]):
    """An element of MetricMonitorConditionGroupCondition."""

    condition_result: float = pulumi.property("conditionResult")
    """Priority the issue gets when the condition holds; 0 resolves it. One of: 75, 50, 0."""

    type: str = pulumi.property("type")
    """Comparison, or anomaly_detection. The provider lets the whole list of condition kinds through; only the six
    comparisons and anomaly_detection make sense here."""

    comparison: float | None = pulumi.property("comparison", default=None)
    """Threshold; fractions allowed. For a change monitor a percentage."""

    comparison_sensitivity: str | None = pulumi.property("comparisonSensitivity", default=None)
    """How readily an anomaly is reported. One of: low, medium, high."""

    comparison_threshold_type: str | None = pulumi.property("comparisonThresholdType", default=None)
    """Direction of the anomalies to report. One of: above, below, above_and_below."""


@_utilities.output_type
class MetricMonitorConditionGroup(dict[str, Any]):
    """When to open or resolve an issue, and at which priority."""

    conditions: Sequence[MetricMonitorConditionGroupCondition] = pulumi.property("conditions")
    """Thresholds. The API returns them in any order; the provider sorts by id."""

    logic_type: str = pulumi.property("logicType")
    """How the conditions combine. One of: any, any-short, all, none."""


@_utilities.output_type
class MetricMonitorIssueDetection(dict[str, Any]):
    """Which kind of monitor this is."""

    type: str = pulumi.property("type")
    """static: fixed threshold; percent: change against an earlier window; dynamic: anomaly detection. One of:
    static, percent, dynamic."""

    comparison_delta: float | None = pulumi.property("comparisonDelta", default=None)
    """How far back to compare, in seconds. One of: 300, 900, 3600, 86400, 604800, 2592000."""


@_utilities.output_type
class MetricMonitorOwner(dict[str, Any]):
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    team_id: str | None = pulumi.property("teamId", default=None)
    """Internal numeric id of a team (Team.internalId), as a string."""

    user_id: str | None = pulumi.property("userId", default=None)
    """Internal numeric id of a user (getOrganizationMember.internalId), as a string."""


@_utilities.output_type
class ProjectClientSecurity(dict[str, Any]):
    """Which origins may send events, and source fetching."""

    allowed_domains: Sequence[str] = pulumi.property("allowedDomains")
    """Origins to accept. A set."""

    scrape_javascript: bool = pulumi.property("scrapeJavascript")
    """Whether Sentry may fetch missing source context."""

    security_token: str = pulumi.property("securityToken")
    """Token that Sentry sends when fetching. A secret that is not marked as one."""

    security_token_header: str = pulumi.property("securityTokenHeader")
    """Header that carries the token."""

    verify_tls_ssl: bool = pulumi.property("verifyTlsSsl")
    """Whether TLS is verified when fetching."""


@_utilities.output_type
class ProjectFilters(dict[str, Any]):
    """Inbound filters by address, release and message."""

    blacklisted_ips: Sequence[str] = pulumi.property("blacklistedIps")
    """Addresses or networks whose events are dropped. A set."""

    error_messages: Sequence[str] = pulumi.property("errorMessages")
    """Message patterns whose events are dropped. A set."""

    releases: Sequence[str] = pulumi.property("releases")
    """Release patterns whose events are dropped. A set."""


@_utilities.output_type
class UptimeMonitorOwner(dict[str, Any]):
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    team_id: str | None = pulumi.property("teamId", default=None)
    """Internal numeric id of a team (Team.internalId), as a string."""

    user_id: str | None = pulumi.property("userId", default=None)
    """Internal numeric id of a user (getOrganizationMember.internalId), as a string."""


@_utilities.output_type
class GetKeyJavascriptLoaderScriptResult(dict[str, Any]):
    """Settings of the loader script."""

    browser_sdk_version: str = pulumi.property("browserSdkVersion")
    """SDK version to load."""

    debug_enabled: bool = pulumi.property("debugEnabled")
    """Load the debug bundle."""

    performance_monitoring_enabled: bool = pulumi.property("performanceMonitoringEnabled")
    """Load tracing."""

    session_replay_enabled: bool = pulumi.property("sessionReplayEnabled")
    """Load replay."""


@_utilities.output_type
class GetProjectTeamResult(dict[str, Any]):
    """An element of GetProjectTeam."""

    internal_id: str = pulumi.property("internalId")
    """Numeric team id."""

    name: str = pulumi.property("name")
    """Team name."""

    slug: str = pulumi.property("slug")
    """Team slug."""


@_utilities.output_type
class GetProjectErrorMonitorOwnerResult(dict[str, Any]):
    """Assignee of new issues; null when there is none."""

    team_id: str = pulumi.property("teamId")
    """Internal team id or null."""

    user_id: str = pulumi.property("userId")
    """Internal user id or null."""


@_utilities.output_type
class GetProjectIssueStreamMonitorOwnerResult(dict[str, Any]):
    """Assignee of new issues; null when there is none."""

    team_id: str = pulumi.property("teamId")
    """Internal team id or null."""

    user_id: str = pulumi.property("userId")
    """Internal user id or null."""
