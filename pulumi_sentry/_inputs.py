# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""The objects inside what resources are declared with."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from . import _utilities

__all__ = [
    "AlertActionFilterActionArgs",
    "AlertActionFilterActionDiscordArgs",
    "AlertActionFilterActionEmailArgs",
    "AlertActionFilterActionGithubArgs",
    "AlertActionFilterActionJiraArgs",
    "AlertActionFilterActionJiraServerArgs",
    "AlertActionFilterActionMsteamsArgs",
    "AlertActionFilterActionOpsgenieArgs",
    "AlertActionFilterActionPagerdutyArgs",
    "AlertActionFilterActionPluginArgs",
    "AlertActionFilterActionSentryAppArgs",
    "AlertActionFilterActionSentryAppSettingArgs",
    "AlertActionFilterActionSlackArgs",
    "AlertActionFilterActionVstsArgs",
    "AlertActionFilterActionWebhookArgs",
    "AlertActionFilterArgs",
    "AlertActionFilterConditionAgeComparisonArgs",
    "AlertActionFilterConditionArgs",
    "AlertActionFilterConditionAssignedToArgs",
    "AlertActionFilterConditionEventAttributeArgs",
    "AlertActionFilterConditionEventFrequencyCountArgs",
    "AlertActionFilterConditionEventFrequencyCountFilterArgs",
    "AlertActionFilterConditionEventFrequencyPercentArgs",
    "AlertActionFilterConditionEventFrequencyPercentFilterArgs",
    "AlertActionFilterConditionEventUniqueUserFrequencyCountArgs",
    "AlertActionFilterConditionEventUniqueUserFrequencyCountFilterArgs",
    "AlertActionFilterConditionIssueCategoryArgs",
    "AlertActionFilterConditionIssueOccurrencesArgs",
    "AlertActionFilterConditionIssuePriorityDeescalatingArgs",
    "AlertActionFilterConditionIssuePriorityGreaterOrEqualArgs",
    "AlertActionFilterConditionIssueTypeArgs",
    "AlertActionFilterConditionLatestAdoptedReleaseArgs",
    "AlertActionFilterConditionLatestReleaseArgs",
    "AlertActionFilterConditionLevelArgs",
    "AlertActionFilterConditionPercentSessionsCountArgs",
    "AlertActionFilterConditionPercentSessionsPercentArgs",
    "AlertActionFilterConditionPercentSessionsPercentFilterArgs",
    "AlertActionFilterConditionTaggedEventArgs",
    "AlertTriggerConditionArgs",
    "AlertTriggerConditionFirstSeenEventArgs",
    "AlertTriggerConditionIssueResolvedTriggerArgs",
    "AlertTriggerConditionReappearedEventArgs",
    "AlertTriggerConditionRegressionEventArgs",
    "CronMonitorOwnerArgs",
    "CronMonitorScheduleArgs",
    "KeyJavascriptLoaderScriptArgs",
    "MetricMonitorConditionGroupArgs",
    "MetricMonitorConditionGroupConditionArgs",
    "MetricMonitorIssueDetectionArgs",
    "MetricMonitorOwnerArgs",
    "ProjectClientSecurityArgs",
    "ProjectFiltersArgs",
    "UptimeMonitorOwnerArgs",
]


@_utilities.input_type
class AlertActionFilterActionDiscordArgs:
    """Post to a Discord channel."""

    channel_id: pulumi.Input[str] = pulumi.property("channelId")
    """Discord's channel id."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's Discord installation."""

    tags: pulumi.Input[str | None] = pulumi.property("tags", default=None)
    """Comma-separated tag names to show."""


@_utilities.input_type
class AlertActionFilterActionEmailArgs:
    """Notify people on the channel each prefers."""

    target_type: pulumi.Input[str] = pulumi.property("targetType")
    """Kind of recipient. One of: issue_owners, team, user."""

    fallthrough_type: pulumi.Input[str | None] = pulumi.property("fallthroughType", default=None)
    """Who is told when an issue has no owner. One of: AllMembers, ActiveMembers, NoOne."""

    target_id: pulumi.Input[str | None] = pulumi.property("targetId", default=None)
    """Internal id of the team or user."""


@_utilities.input_type
class AlertActionFilterActionGithubArgs:
    """Create a GitHub issue."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's GitHub installation."""

    repo: pulumi.Input[str] = pulumi.property("repo")
    """Repository name."""

    assignee: pulumi.Input[str | None] = pulumi.property("assignee", default=None)
    """GitHub user to assign."""

    labels: pulumi.Input[Sequence[pulumi.Input[str]] | None] = pulumi.property("labels", default=None)
    """Labels for the issue. A set."""


@_utilities.input_type
class AlertActionFilterActionJiraArgs:
    """Create a Jira ticket."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's Jira installation."""

    issue_type: pulumi.Input[str] = pulumi.property("issueType")
    """Id of the Jira issue type."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Id of the Jira project."""


@_utilities.input_type
class AlertActionFilterActionJiraServerArgs:
    """Create a Jira Server ticket."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's Jira Server installation."""

    issue_type: pulumi.Input[str] = pulumi.property("issueType")
    """Id of the Jira issue type."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Id of the Jira project."""


@_utilities.input_type
class AlertActionFilterActionMsteamsArgs:
    """Post to a Microsoft Teams channel."""

    channel_name: pulumi.Input[str] = pulumi.property("channelName")
    """Channel name."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's Microsoft Teams installation."""

    team_id: pulumi.Input[str] = pulumi.property("teamId")
    """Id that the installation gives the team or channel."""


@_utilities.input_type
class AlertActionFilterActionOpsgenieArgs:
    """Open an Opsgenie alert."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's Opsgenie installation."""

    priority: pulumi.Input[str] = pulumi.property("priority")
    """Priority to send, such as P3. The provider takes any string. One of: P1, P2, P3, P4, P5."""

    team_id: pulumi.Input[str] = pulumi.property("teamId")
    """Id of the Opsgenie team row in the installation."""

    team_name: pulumi.Input[str] = pulumi.property("teamName")
    """Name of the Opsgenie team."""


@_utilities.input_type
class AlertActionFilterActionPagerdutyArgs:
    """Open an incident at a PagerDuty service."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's PagerDuty installation."""

    service_id: pulumi.Input[str] = pulumi.property("serviceId")
    """Sentry's numeric id of the service row (the id of an IntegrationPagerduty), NOT PagerDuty's own service
    id."""

    service_name: pulumi.Input[str] = pulumi.property("serviceName")
    """Name of the service as registered in the installation (IntegrationPagerduty.service)."""

    severity: pulumi.Input[str] = pulumi.property("severity")
    """Severity to send. Required; the provider takes any string. One of: default, critical, warning, error,
    info."""


@_utilities.input_type
class AlertActionFilterActionPluginArgs:
    """Empty object: notify all legacy plugins. The API no longer creates this kind; later provider versions mark it
    deprecated. Use webhook."""


@_utilities.input_type
class AlertActionFilterActionSentryAppSettingArgs:
    """An element of AlertActionFilterActionSentryAppSetting."""

    name: pulumi.Input[str] = pulumi.property("name")
    """Field name."""

    value: pulumi.Input[str] = pulumi.property("value")
    """Field value."""

    label: pulumi.Input[str | None] = pulumi.property("label", default=None)
    """Display label of the value; needed for paged select fields. Filled in from the API's answer."""


@_utilities.input_type
class AlertActionFilterActionSentryAppArgs:
    """Run an action of an installed Sentry App."""

    sentry_app_id: pulumi.Input[str] = pulumi.property("sentryAppId")
    """Numeric app id as a string (getAppInstallation.sentryAppId, converted)."""

    settings: pulumi.Input[Sequence[pulumi.Input[AlertActionFilterActionSentryAppSettingArgs]] | None] = pulumi.property("settings", default=None)
    """Field values handed to the app."""


@_utilities.input_type
class AlertActionFilterActionSlackArgs:
    """Post to a Slack channel or user."""

    channel_name: pulumi.Input[str] = pulumi.property("channelName")
    """Channel name (with or without a leading #, compared without it) or a user's name."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's Slack installation (getOrganizationIntegration with providerKey slack)."""

    channel_id: pulumi.Input[str | None] = pulumi.property("channelId", default=None)
    """Slack's channel id. Optional; spares Sentry a rate-limited name look-up. Filled in from the API's answer."""

    notes: pulumi.Input[str | None] = pulumi.property("notes", default=None)
    """Text shown with the message."""

    tags: pulumi.Input[str | None] = pulumi.property("tags", default=None)
    """Comma-separated tag names to show in the message. Filled in from the API's answer."""


@_utilities.input_type
class AlertActionFilterActionVstsArgs:
    """Create an Azure DevOps work item."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's Azure DevOps installation."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Id of the Azure DevOps project."""

    work_item_type: pulumi.Input[str] = pulumi.property("workItemType")
    """Kind of work item."""


@_utilities.input_type
class AlertActionFilterActionWebhookArgs:
    """Notify through a legacy integration service."""

    service: pulumi.Input[str] = pulumi.property("service")
    """Slug of the service; the special value webhooks addresses all legacy plugin webhooks."""


@_utilities.input_type
class AlertActionFilterActionArgs:
    """An element of AlertActionFilterAction."""

    discord: pulumi.Input[AlertActionFilterActionDiscordArgs | None] = pulumi.property("discord", default=None)
    """Post to a Discord channel."""

    email: pulumi.Input[AlertActionFilterActionEmailArgs | None] = pulumi.property("email", default=None)
    """Notify people on the channel each prefers."""

    github: pulumi.Input[AlertActionFilterActionGithubArgs | None] = pulumi.property("github", default=None)
    """Create a GitHub issue."""

    jira: pulumi.Input[AlertActionFilterActionJiraArgs | None] = pulumi.property("jira", default=None)
    """Create a Jira ticket."""

    jira_server: pulumi.Input[AlertActionFilterActionJiraServerArgs | None] = pulumi.property("jiraServer", default=None)
    """Create a Jira Server ticket."""

    msteams: pulumi.Input[AlertActionFilterActionMsteamsArgs | None] = pulumi.property("msteams", default=None)
    """Post to a Microsoft Teams channel."""

    opsgenie: pulumi.Input[AlertActionFilterActionOpsgenieArgs | None] = pulumi.property("opsgenie", default=None)
    """Open an Opsgenie alert."""

    pagerduty: pulumi.Input[AlertActionFilterActionPagerdutyArgs | None] = pulumi.property("pagerduty", default=None)
    """Open an incident at a PagerDuty service."""

    plugin: pulumi.Input[AlertActionFilterActionPluginArgs | None] = pulumi.property("plugin", default=None)
    """Empty object: notify all legacy plugins. The API no longer creates this kind; later provider versions mark it
    deprecated. Use webhook."""

    sentry_app: pulumi.Input[AlertActionFilterActionSentryAppArgs | None] = pulumi.property("sentryApp", default=None)
    """Run an action of an installed Sentry App."""

    slack: pulumi.Input[AlertActionFilterActionSlackArgs | None] = pulumi.property("slack", default=None)
    """Post to a Slack channel or user."""

    vsts: pulumi.Input[AlertActionFilterActionVstsArgs | None] = pulumi.property("vsts", default=None)
    """Create an Azure DevOps work item."""

    webhook: pulumi.Input[AlertActionFilterActionWebhookArgs | None] = pulumi.property("webhook", default=None)
    """Notify through a legacy integration service."""


@_utilities.input_type
class AlertActionFilterConditionAgeComparisonArgs:
    """Issue is older or newer than a given age."""

    comparison_type: pulumi.Input[str] = pulumi.property("comparisonType")
    """Direction of the comparison. One of: older, newer."""

    time: pulumi.Input[str] = pulumi.property("time")
    """Unit of the age. One of: minute, hour, day, week."""

    value: pulumi.Input[float] = pulumi.property("value")
    """Amount of the unit."""


@_utilities.input_type
class AlertActionFilterConditionAssignedToArgs:
    """Issue is assigned to the given target."""

    target_id: pulumi.Input[str | None] = pulumi.property("targetId", default=None)
    """Internal id of the user or team."""

    target_type: pulumi.Input[str | None] = pulumi.property("targetType", default=None)
    """Kind of assignee. Optional for the provider, but an empty object makes no sense. One of: Unassigned, Member,
    Team."""


@_utilities.input_type
class AlertActionFilterConditionEventAttributeArgs:
    """An attribute of the event matches."""

    attribute: pulumi.Input[str] = pulumi.property("attribute")
    """Attribute name. The provider takes any string. One of: message, platform, environment, type, error.handled,
    error.unhandled, error.main_thread, exception.type, exception.value, user.id, user.email, user.username,
    user.ip_address, http.method, http.url, http.status_code, sdk.name, stacktrace.code, stacktrace.module,
    stacktrace.filename, stacktrace.abs_path, stacktrace.package, unreal.crash_type, app.in_foreground."""

    match: pulumi.Input[str] = pulumi.property("match")
    """Comparison code. The provider takes any string. One of: co, nc, eq, ne, sw, ew, is, ns."""

    value: pulumi.Input[str | None] = pulumi.property("value", default=None)
    """Value to compare with; must be left out for is / ns."""


@_utilities.input_type
class AlertActionFilterConditionEventFrequencyCountFilterArgs:
    """An element of AlertActionFilterConditionEventFrequencyCountFilter."""

    attribute: pulumi.Input[str | None] = pulumi.property("attribute", default=None)
    """Event attribute to test. Either this or key."""

    key: pulumi.Input[str | None] = pulumi.property("key", default=None)
    """Tag name to test. Either this or attribute."""

    match: pulumi.Input[str | None] = pulumi.property("match", default=None)
    """Comparison code. One of: co, ew, eq, gte, gt, is, in, lte, lt, nc, new, ne, ns, nsw, nin, sw."""

    value: pulumi.Input[str | None] = pulumi.property("value", default=None)
    """Value to compare with."""


@_utilities.input_type
class AlertActionFilterConditionEventFrequencyCountArgs:
    """The issue received more than so many events within the interval."""

    interval: pulumi.Input[str] = pulumi.property("interval")
    """Window in which events are counted. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: pulumi.Input[float] = pulumi.property("value")
    """Fires when the count is GREATER than this number (1 means two or more events)."""

    filters: pulumi.Input[Sequence[pulumi.Input[AlertActionFilterConditionEventFrequencyCountFilterArgs]] | None] = pulumi.property("filters", default=None)
    """Extra sub-filters that an event must satisfy to be counted."""


@_utilities.input_type
class AlertActionFilterConditionEventFrequencyPercentFilterArgs:
    """An element of AlertActionFilterConditionEventFrequencyPercentFilter."""

    attribute: pulumi.Input[str | None] = pulumi.property("attribute", default=None)
    """Event attribute to test. Either this or key."""

    key: pulumi.Input[str | None] = pulumi.property("key", default=None)
    """Tag name to test. Either this or attribute."""

    match: pulumi.Input[str | None] = pulumi.property("match", default=None)
    """Comparison code. One of: co, ew, eq, gte, gt, is, in, lte, lt, nc, new, ne, ns, nsw, nin, sw."""

    value: pulumi.Input[str | None] = pulumi.property("value", default=None)
    """Value to compare with."""


@_utilities.input_type
class AlertActionFilterConditionEventFrequencyPercentArgs:
    """The issue's event count is so many percent higher than in an earlier window."""

    comparison_interval: pulumi.Input[str] = pulumi.property("comparisonInterval")
    """How far back the window compared with lies. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    interval: pulumi.Input[str] = pulumi.property("interval")
    """Current window. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: pulumi.Input[float] = pulumi.property("value")
    """Percentage."""

    filters: pulumi.Input[Sequence[pulumi.Input[AlertActionFilterConditionEventFrequencyPercentFilterArgs]] | None] = pulumi.property("filters", default=None)
    """Extra sub-filters that an event must satisfy to be counted."""


@_utilities.input_type
class AlertActionFilterConditionEventUniqueUserFrequencyCountFilterArgs:
    """An element of AlertActionFilterConditionEventUniqueUserFrequencyCountFilter."""

    attribute: pulumi.Input[str | None] = pulumi.property("attribute", default=None)
    """Event attribute to test. Either this or key."""

    key: pulumi.Input[str | None] = pulumi.property("key", default=None)
    """Tag name to test. Either this or attribute."""

    match: pulumi.Input[str | None] = pulumi.property("match", default=None)
    """Comparison code. One of: co, nc, eq, ne, sw, ew, is, ns."""

    value: pulumi.Input[str | None] = pulumi.property("value", default=None)
    """Value to compare with."""


@_utilities.input_type
class AlertActionFilterConditionEventUniqueUserFrequencyCountArgs:
    """More than so many distinct users were affected within the interval."""

    interval: pulumi.Input[str] = pulumi.property("interval")
    """Window in which users are counted. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: pulumi.Input[float] = pulumi.property("value")
    """Fires when the count is GREATER than this number."""

    filters: pulumi.Input[Sequence[pulumi.Input[AlertActionFilterConditionEventUniqueUserFrequencyCountFilterArgs]] | None] = pulumi.property("filters", default=None)
    """Extra sub-filters that an event must satisfy to be counted."""


@_utilities.input_type
class AlertActionFilterConditionIssueCategoryArgs:
    """Issue belongs (or does not belong) to a category."""

    value: pulumi.Input[float] = pulumi.property("value")
    """Category number. One of: 1, 6, 10, 11, 12, 13, 14, 15."""

    include: pulumi.Input[bool | None] = pulumi.property("include", default=None)
    """true: category equals value; false: it differs. Always set it: left out, this version sends false although
    the documented default is true (confirmed)."""


@_utilities.input_type
class AlertActionFilterConditionIssueOccurrencesArgs:
    """Issue has been seen at least so many times in all."""

    value: pulumi.Input[float] = pulumi.property("value")
    """Number of occurrences."""


@_utilities.input_type
class AlertActionFilterConditionIssuePriorityDeescalatingArgs:
    """Priority fell below a level that it had reached before."""

    comparison: pulumi.Input[float] = pulumi.property("comparison")
    """Priority level that must have been reached. One of: 75, 50, 25."""


@_utilities.input_type
class AlertActionFilterConditionIssuePriorityGreaterOrEqualArgs:
    """Issue priority is at least the given level."""

    comparison: pulumi.Input[float] = pulumi.property("comparison")
    """Lowest priority level. One of: 75, 50, 25."""


@_utilities.input_type
class AlertActionFilterConditionIssueTypeArgs:
    """Issue is (or is not) of a given type."""

    include: pulumi.Input[bool] = pulumi.property("include")
    """true: type equals value; false: it differs."""

    value: pulumi.Input[str] = pulumi.property("value")
    """Slug of the issue type."""


@_utilities.input_type
class AlertActionFilterConditionLatestAdoptedReleaseArgs:
    """The event's release is older or newer than the newest release adopted in an environment."""

    age_comparison: pulumi.Input[str] = pulumi.property("ageComparison")
    """Direction of the comparison. One of: older, newer."""

    environment: pulumi.Input[str] = pulumi.property("environment")
    """Environment whose adopted release is meant."""

    release_age_type: pulumi.Input[str] = pulumi.property("releaseAgeType")
    """Whether the issue's oldest or newest release is compared. One of: oldest, newest."""


@_utilities.input_type
class AlertActionFilterConditionLatestReleaseArgs:
    """Empty object: the event comes from the newest release."""


@_utilities.input_type
class AlertActionFilterConditionLevelArgs:
    """The event's level compares with a given level."""

    level: pulumi.Input[float] = pulumi.property("level")
    """Numeric level. One of: 50, 40, 30, 20, 10, 0."""

    match: pulumi.Input[str] = pulumi.property("match")
    """Comparison code. The provider takes any string. One of: eq, gte, lte."""


@_utilities.input_type
class AlertActionFilterConditionPercentSessionsCountArgs:
    """The issue affected more than so many percent of the sessions in the interval."""

    interval: pulumi.Input[str] = pulumi.property("interval")
    """Window in which sessions are counted. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: pulumi.Input[float] = pulumi.property("value")
    """Percentage of sessions (whole number)."""


@_utilities.input_type
class AlertActionFilterConditionPercentSessionsPercentFilterArgs:
    """An element of AlertActionFilterConditionPercentSessionsPercentFilter."""

    attribute: pulumi.Input[str | None] = pulumi.property("attribute", default=None)
    """Event attribute to test. Either this or key."""

    key: pulumi.Input[str | None] = pulumi.property("key", default=None)
    """Tag name to test. Either this or attribute."""

    match: pulumi.Input[str | None] = pulumi.property("match", default=None)
    """Comparison code. One of: co, ew, eq, gte, gt, is, in, lte, lt, nc, new, ne, ns, nsw, nin, sw."""

    value: pulumi.Input[str | None] = pulumi.property("value", default=None)
    """Value to compare with."""


@_utilities.input_type
class AlertActionFilterConditionPercentSessionsPercentArgs:
    """The share of affected sessions is so many percent higher than in an earlier window."""

    comparison_interval: pulumi.Input[str] = pulumi.property("comparisonInterval")
    """How far back the window compared with lies. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    interval: pulumi.Input[str] = pulumi.property("interval")
    """Current window. One of: 1m, 5m, 15m, 1h, 1d, 1w, 30d."""

    value: pulumi.Input[float] = pulumi.property("value")
    """Percentage."""

    filters: pulumi.Input[Sequence[pulumi.Input[AlertActionFilterConditionPercentSessionsPercentFilterArgs]] | None] = pulumi.property("filters", default=None)
    """Extra sub-filters that an event must satisfy to be counted."""


@_utilities.input_type
class AlertActionFilterConditionTaggedEventArgs:
    """A tag of the event matches."""

    key: pulumi.Input[str] = pulumi.property("key")
    """Tag name."""

    match: pulumi.Input[str] = pulumi.property("match")
    """Comparison code. The provider takes any string. One of: co, nc, eq, ne, sw, ew, is, ns."""

    value: pulumi.Input[str | None] = pulumi.property("value", default=None)
    """Value to compare with; must be left out for is / ns."""


@_utilities.input_type
class AlertActionFilterConditionArgs:
    """An element of AlertActionFilterCondition."""

    age_comparison: pulumi.Input[AlertActionFilterConditionAgeComparisonArgs | None] = pulumi.property("ageComparison", default=None)
    """Issue is older or newer than a given age."""

    assigned_to: pulumi.Input[AlertActionFilterConditionAssignedToArgs | None] = pulumi.property("assignedTo", default=None)
    """Issue is assigned to the given target."""

    event_attribute: pulumi.Input[AlertActionFilterConditionEventAttributeArgs | None] = pulumi.property("eventAttribute", default=None)
    """An attribute of the event matches."""

    event_frequency_count: pulumi.Input[AlertActionFilterConditionEventFrequencyCountArgs | None] = pulumi.property("eventFrequencyCount", default=None)
    """The issue received more than so many events within the interval."""

    event_frequency_percent: pulumi.Input[AlertActionFilterConditionEventFrequencyPercentArgs | None] = pulumi.property("eventFrequencyPercent", default=None)
    """The issue's event count is so many percent higher than in an earlier window."""

    event_unique_user_frequency_count: pulumi.Input[AlertActionFilterConditionEventUniqueUserFrequencyCountArgs | None] = pulumi.property("eventUniqueUserFrequencyCount", default=None)
    """More than so many distinct users were affected within the interval."""

    issue_category: pulumi.Input[AlertActionFilterConditionIssueCategoryArgs | None] = pulumi.property("issueCategory", default=None)
    """Issue belongs (or does not belong) to a category."""

    issue_occurrences: pulumi.Input[AlertActionFilterConditionIssueOccurrencesArgs | None] = pulumi.property("issueOccurrences", default=None)
    """Issue has been seen at least so many times in all."""

    issue_priority_deescalating: pulumi.Input[AlertActionFilterConditionIssuePriorityDeescalatingArgs | None] = pulumi.property("issuePriorityDeescalating", default=None)
    """Priority fell below a level that it had reached before."""

    issue_priority_greater_or_equal: pulumi.Input[AlertActionFilterConditionIssuePriorityGreaterOrEqualArgs | None] = pulumi.property("issuePriorityGreaterOrEqual", default=None)
    """Issue priority is at least the given level."""

    issue_type: pulumi.Input[AlertActionFilterConditionIssueTypeArgs | None] = pulumi.property("issueType", default=None)
    """Issue is (or is not) of a given type."""

    latest_adopted_release: pulumi.Input[AlertActionFilterConditionLatestAdoptedReleaseArgs | None] = pulumi.property("latestAdoptedRelease", default=None)
    """The event's release is older or newer than the newest release adopted in an environment."""

    latest_release: pulumi.Input[AlertActionFilterConditionLatestReleaseArgs | None] = pulumi.property("latestRelease", default=None)
    """Empty object: the event comes from the newest release."""

    level: pulumi.Input[AlertActionFilterConditionLevelArgs | None] = pulumi.property("level", default=None)
    """The event's level compares with a given level."""

    percent_sessions_count: pulumi.Input[AlertActionFilterConditionPercentSessionsCountArgs | None] = pulumi.property("percentSessionsCount", default=None)
    """The issue affected more than so many percent of the sessions in the interval."""

    percent_sessions_percent: pulumi.Input[AlertActionFilterConditionPercentSessionsPercentArgs | None] = pulumi.property("percentSessionsPercent", default=None)
    """The share of affected sessions is so many percent higher than in an earlier window."""

    tagged_event: pulumi.Input[AlertActionFilterConditionTaggedEventArgs | None] = pulumi.property("taggedEvent", default=None)
    """A tag of the event matches."""


@_utilities.input_type
class AlertActionFilterArgs:
    """An element of AlertActionFilter."""

    actions: pulumi.Input[Sequence[pulumi.Input[AlertActionFilterActionArgs]]] = pulumi.property("actions")
    """Actions of this group; each element names exactly one kind."""

    logic_type: pulumi.Input[str] = pulumi.property("logicType")
    """How the group's conditions combine. any-short stops at the first that holds; none holds when no condition
    does. One of: any, any-short, all, none."""

    conditions: pulumi.Input[Sequence[pulumi.Input[AlertActionFilterConditionArgs]] | None] = pulumi.property("conditions", default=None)
    """Conditions of this group; each element names exactly one kind. Empty or left out: the actions always run."""


@_utilities.input_type
class AlertTriggerConditionFirstSeenEventArgs:
    """Empty object: a new issue has been opened."""


@_utilities.input_type
class AlertTriggerConditionIssueResolvedTriggerArgs:
    """Empty object: an issue has been resolved."""


@_utilities.input_type
class AlertTriggerConditionReappearedEventArgs:
    """Empty object: an issue has escalated."""


@_utilities.input_type
class AlertTriggerConditionRegressionEventArgs:
    """Empty object: a resolved issue is unresolved again."""


@_utilities.input_type
class AlertTriggerConditionArgs:
    """An element of AlertTriggerCondition."""

    first_seen_event: pulumi.Input[AlertTriggerConditionFirstSeenEventArgs | None] = pulumi.property("firstSeenEvent", default=None)
    """Empty object: a new issue has been opened."""

    issue_resolved_trigger: pulumi.Input[AlertTriggerConditionIssueResolvedTriggerArgs | None] = pulumi.property("issueResolvedTrigger", default=None)
    """Empty object: an issue has been resolved."""

    reappeared_event: pulumi.Input[AlertTriggerConditionReappearedEventArgs | None] = pulumi.property("reappearedEvent", default=None)
    """Empty object: an issue has escalated."""

    regression_event: pulumi.Input[AlertTriggerConditionRegressionEventArgs | None] = pulumi.property("regressionEvent", default=None)
    """Empty object: a resolved issue is unresolved again."""


@_utilities.input_type
class CronMonitorOwnerArgs:
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    team_id: pulumi.Input[str | None] = pulumi.property("teamId", default=None)
    """Internal numeric id of a team (Team.internalId), as a string."""

    user_id: pulumi.Input[str | None] = pulumi.property("userId", default=None)
    """Internal numeric id of a user (getOrganizationMember.internalId), as a string."""


@_utilities.input_type
class CronMonitorScheduleArgs:
    """When a check-in is expected: either crontab, or intervalValue with intervalUnit."""

    crontab: pulumi.Input[str | None] = pulumi.property("crontab", default=None)
    """Five-field crontab expression. Not checked by the provider."""

    interval_unit: pulumi.Input[str | None] = pulumi.property("intervalUnit", default=None)
    """Unit of the interval. One of: year, month, week, day, hour, minute."""

    interval_value: pulumi.Input[float | None] = pulumi.property("intervalValue", default=None)
    """Number of units between check-ins."""


@_utilities.input_type
class KeyJavascriptLoaderScriptArgs:
    """Settings of the loader script."""

    browser_sdk_version: pulumi.Input[str | None] = pulumi.property("browserSdkVersion", default=None)
    """SDK version to load."""

    debug_enabled: pulumi.Input[bool | None] = pulumi.property("debugEnabled", default=None)
    """Load the debug bundle."""

    performance_monitoring_enabled: pulumi.Input[bool | None] = pulumi.property("performanceMonitoringEnabled", default=None)
    """Load tracing."""

    session_replay_enabled: pulumi.Input[bool | None] = pulumi.property("sessionReplayEnabled", default=None)
    """Load replay."""


@_utilities.input_type
class MetricMonitorConditionGroupConditionArgs:
    """An element of MetricMonitorConditionGroupCondition."""

    condition_result: pulumi.Input[float] = pulumi.property("conditionResult")
    """Priority the issue gets when the condition holds; 0 resolves it. One of: 75, 50, 0."""

    type: pulumi.Input[str] = pulumi.property("type")
    """Comparison, or anomaly_detection. The provider lets the whole list of condition kinds through; only the six
    comparisons and anomaly_detection make sense here."""

    comparison: pulumi.Input[float | None] = pulumi.property("comparison", default=None)
    """Threshold; fractions allowed. For a change monitor a percentage."""

    comparison_sensitivity: pulumi.Input[str | None] = pulumi.property("comparisonSensitivity", default=None)
    """How readily an anomaly is reported. One of: low, medium, high."""

    comparison_threshold_type: pulumi.Input[str | None] = pulumi.property("comparisonThresholdType", default=None)
    """Direction of the anomalies to report. One of: above, below, above_and_below."""


@_utilities.input_type
class MetricMonitorConditionGroupArgs:
    """When to open or resolve an issue, and at which priority."""

    conditions: pulumi.Input[Sequence[pulumi.Input[MetricMonitorConditionGroupConditionArgs]]] = pulumi.property("conditions")
    """Thresholds. The API returns them in any order; the provider sorts by id."""

    logic_type: pulumi.Input[str | None] = pulumi.property("logicType", default=None)
    """How the conditions combine. One of: any, any-short, all, none."""


@_utilities.input_type
class MetricMonitorIssueDetectionArgs:
    """Which kind of monitor this is."""

    type: pulumi.Input[str] = pulumi.property("type")
    """static: fixed threshold; percent: change against an earlier window; dynamic: anomaly detection. One of:
    static, percent, dynamic."""

    comparison_delta: pulumi.Input[float | None] = pulumi.property("comparisonDelta", default=None)
    """How far back to compare, in seconds. One of: 300, 900, 3600, 86400, 604800, 2592000."""


@_utilities.input_type
class MetricMonitorOwnerArgs:
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    team_id: pulumi.Input[str | None] = pulumi.property("teamId", default=None)
    """Internal numeric id of a team (Team.internalId), as a string."""

    user_id: pulumi.Input[str | None] = pulumi.property("userId", default=None)
    """Internal numeric id of a user (getOrganizationMember.internalId), as a string."""


@_utilities.input_type
class ProjectClientSecurityArgs:
    """Which origins may send events, and source fetching."""

    allowed_domains: pulumi.Input[Sequence[pulumi.Input[str]] | None] = pulumi.property("allowedDomains", default=None)
    """Origins to accept. A set."""

    scrape_javascript: pulumi.Input[bool | None] = pulumi.property("scrapeJavascript", default=None)
    """Whether Sentry may fetch missing source context."""

    security_token: pulumi.Input[str | None] = pulumi.property("securityToken", default=None)
    """Token that Sentry sends when fetching. A secret that is not marked as one."""

    security_token_header: pulumi.Input[str | None] = pulumi.property("securityTokenHeader", default=None)
    """Header that carries the token."""

    verify_tls_ssl: pulumi.Input[bool | None] = pulumi.property("verifyTlsSsl", default=None)
    """Whether TLS is verified when fetching."""


@_utilities.input_type
class ProjectFiltersArgs:
    """Inbound filters by address, release and message."""

    blacklisted_ips: pulumi.Input[Sequence[pulumi.Input[str]] | None] = pulumi.property("blacklistedIps", default=None)
    """Addresses or networks whose events are dropped. A set."""

    error_messages: pulumi.Input[Sequence[pulumi.Input[str]] | None] = pulumi.property("errorMessages", default=None)
    """Message patterns whose events are dropped. A set."""

    releases: pulumi.Input[Sequence[pulumi.Input[str]] | None] = pulumi.property("releases", default=None)
    """Release patterns whose events are dropped. A set."""


@_utilities.input_type
class UptimeMonitorOwnerArgs:
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    team_id: pulumi.Input[str | None] = pulumi.property("teamId", default=None)
    """Internal numeric id of a team (Team.internalId), as a string."""

    user_id: pulumi.Input[str | None] = pulumi.property("userId", default=None)
    """Internal numeric id of a user (getOrganizationMember.internalId), as a string."""
