"""What only a golden Plan or a generated page shows, each with the reason why nobody sleeps through it.

A subject is a kind of damage, such as "remove datadog Monitor.draftStatus", or what it is done to, whatever is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from monitoring.plan import VENDORS

REASONS: Mapping[str, tuple[str, ...]] = {
    "a text for people": (
        "datadog DowntimeSchedule.displayTimezone",
        "datadog DowntimeSchedule.message",
        "datadog Monitor.assets",
        "datadog Monitor.assets[]",
        "datadog Monitor.assets[].name",
        "datadog Monitor.assets[].url",
        "datadog Monitor.includeTags",
        "datadog Monitor.message",
        "datadog Monitor.name",
        "datadog MonitorNotificationRule.name",
        "datadog ServiceLevelObjective.description",
        "datadog ServiceLevelObjective.name",
        "datadog SyntheticsGlobalVariable.description",
        "datadog SyntheticsTest.message",
        "datadog SyntheticsTest.name",
        "datadog SyntheticsTest.optionsList.monitorOptions.escalationMessage",
        "add datadog Monitor.escalationMessage",
        "change Elsewhere.events-api",
        "change Rule.reminder-text",
        "invented pagerduty Service.name",
        "sentry UptimeMonitor.description",
        "sentry UptimeMonitor.name",
        "pagerduty EscalationPolicy.description",
        "pagerduty EscalationPolicy.name",
        "pagerduty Schedule.description",
        "pagerduty Schedule.layers[].name",
        "pagerduty Schedule.name",
        "pagerduty Service.description",
        "pagerduty ServiceIntegration.name",
        "pagerduty Team.description",
        "pagerduty Team.name",
        "sentry Alert.actionFilters[].actions[].slack.notes",
        "sentry Alert.actionFilters[].actions[].slack.tags",
        "sentry Alert.name",
        "sentry CronMonitor.description",
        "sentry CronMonitor.name",
        "sentry MetricMonitor.description",
        "sentry MetricMonitor.name",
        "another's sentry Alert.actionFilters",
        "another's sentry Alert.actionFilters[]",
        "another's sentry Alert.actionFilters[].actions",
        "another's sentry Alert.actionFilters[].actions[].slack",
    ),
    "how something is shown, or who may change it": (
        "datadog Channel.display.message",
        "datadog Channel.display.muteButtons",
        "datadog Channel.display.notified",
        "datadog Channel.display.snapshot",
        "datadog Channel.display.tags",
        "remove datadog DashboardJson",
        "another's datadog DashboardJson.dashboard",
        "add datadog DashboardJson.dashboardLists",
        "add datadog DashboardJson.url",
        "datadog ServiceLevelObjective.tags",
        "datadog SyntheticsGlobalVariable.tags",
        "datadog SyntheticsGlobalVariable.tags[]",
        "datadog ServiceLevelObjective.tags[]",
        "add datadog ServiceLevelObjective.ignoreTagKeys",
        "add datadog ServiceLevelObjective.forceDelete",
        "add datadog ServiceLevelObjective.validate",
        "add datadog ServiceLevelObjective.thresholds[].targetDisplay",
        "add datadog ServiceLevelObjective.thresholds[].warning",
        "add datadog ServiceLevelObjective.thresholds[].warningDisplay",
        "pagerduty EscalationPolicy.teams",
        "add pagerduty Schedule.teams",
        "add pagerduty Team.parent",
        "sentry CronMonitor.owner",
        "sentry UptimeMonitor.owner",
        "sentry MetricMonitor.owner",
        "another's sentry MetricMonitor.owner.teamId",
    ),
    "the vendor takes the same where it is left out": (
        "remove datadog DowntimeSchedule.muteFirstRecoveryNotification",
        "remove datadog Monitor.draftStatus",
        "remove datadog Monitor.monitorThresholds",
        "remove datadog Monitor.renotifyStatuses",
        "remove datadog SyntheticsTest.assertions[].targetjsonpath.elementsoperator",
        "remove datadog SyntheticsTest.optionsList.acceptSelfSigned",
        "remove datadog SyntheticsTest.optionsList.followRedirects",
        "remove datadog SyntheticsTest.apiSteps[].allowFailure",
        "remove datadog SyntheticsTest.browserSteps[].allowFailure",
        "remove datadog SyntheticsTest.browserSteps[].params.clickWithJavascript",
        "remove datadog SyntheticsTest.apiSteps[].assertions[].targetjsonpath.elementsoperator",
        "remove datadog SyntheticsTest.apiSteps[].requestDefinition.followRedirects",
        "remove pagerduty Service.alertCreation",
        "remove sentry MetricMonitor.conditionGroup.logicType",
        "remove sentry UptimeMonitor.headers",
        "remove sentry MetricMonitor.queryType",
    ),
    "the order says nothing to the vendor": (
        "turned round datadog DowntimeSchedule.monitorIdentifier.monitorTags",
        "turned round datadog DowntimeSchedule.notifyEndTypes",
        "turned round datadog Monitor.renotifyStatuses",
        "turned round datadog Monitor.tags",
        "turned round datadog MonitorNotificationRule.filter.tags",
        "turned round datadog ServiceLevelObjective.tags",
        "turned round datadog SyntheticsGlobalVariable option.secretOutputs",
        "turned round datadog SyntheticsTest.apiSteps[].assertions",
        "turned round datadog SyntheticsTest.apiSteps[].extractedValues",
        "turned round datadog SyntheticsTest.assertions",
        "turned round datadog SyntheticsTest.deviceIds",
        "turned round datadog SyntheticsTest.locations",
        "turned round datadog SyntheticsTest.tags",
        "turned round pagerduty EscalationPolicy.rules[].targets",
        "turned round pagerduty Schedule.layers[].restrictions",
        "turned round sentry Alert.actionFilters[].actions",
        "turned round sentry Alert.actionFilters[].conditions",
        "turned round sentry Alert.triggerConditions",
    ),
    "the same people are asked at every instant of the horizon": (
        "another's pagerduty Schedule.layers[].rotationVirtualStart",
        "another's pagerduty Schedule.layers[].start",
    ),
    "a cover that is over asks nobody": ("change Cover.to", "change Cover.who", "change Schedule.cover"),
    "a former name keeps what exists": ("change Policy.formerly", "change Schedule.formerly"),
    "the same monitors are taken, so the same people are told": (
        "datadog DowntimeSchedule.monitorIdentifier.monitorTags[]",
        "remove datadog MonitorNotificationRule.filter.tags[]",
    ),
    "a window that is ended by hand is watched by the one who ends it": (
        "remove datadog DowntimeSchedule.notifyEndTypes[]",
        "another's datadog DowntimeSchedule.notifyEndTypes[]",
        "expired as datadog DowntimeSchedule.notifyEndTypes[]",
    ),
    "the window stays as it is; the vendor may refuse its next update": (
        "datadog DowntimeSchedule option.ignoreChanges",
        "datadog DowntimeSchedule option.ignoreChanges[]",
    ),
    "it says nothing of this sort of monitor or test": (
        "add datadog Monitor.noDataTimeframe",
        "add datadog SyntheticsTest.optionsList.checkCertificateRevocation",
        "add datadog SyntheticsTest.optionsList.followRedirects",
        "add datadog SyntheticsTest.optionsList.initialNavigationTimeout",
        "add datadog SyntheticsTest.requestDefinition.dnsServer",
        "add datadog SyntheticsTest.requestDefinition.dnsServerPort",
        "add datadog SyntheticsTest.requestDefinition.host",
        "add datadog SyntheticsTest.requestDefinition.numberOfPackets",
        "add datadog SyntheticsTest.requestDefinition.service",
        "add datadog SyntheticsTest.requestDefinition.shouldTrackHops",
        "add datadog SyntheticsTest.requestDefinition.port",
        "add pagerduty Service.incidentUrgencyRule.duringSupportHours",
        "add pagerduty Service.incidentUrgencyRule.outsideSupportHours",
    ),
    "it says which way an echo takes, which nothing looks at": (
        "datadog SyntheticsTest.requestDefinition.shouldTrackHops",
    ),
    "a failure that ends its test fails it in any case": (
        "datadog SyntheticsTest.apiSteps[].isCritical",
        "datadog SyntheticsTest.browserSteps[].isCritical",
    ),
    "a picture of a page fires nothing": ("datadog SyntheticsTest.browserSteps[].noScreenshot",),
    "what a recorder wrote of an element is typed by nobody": ("datadog SyntheticsTest.browserSteps[].params.element",),
    "any key keeps a step apart from the others": ("datadog SyntheticsTest.browserSteps[].localKey",),
    "nothing stands in that output of a variable": ("datadog SyntheticsGlobalVariable option.secretOutputs[]",),
    "the value stands in the stack's configuration, and a Plan hides it": (
        "invented datadog SyntheticsGlobalVariable.value",
    ),
    "an environment that pages nobody writes there": (
        "remove datadog Channel",
        "invented datadog Channel.accountName",
        "invented datadog Channel.channelName",
    ),
    "it reminds of one more state, or of none that there is": ("another's datadog Monitor.renotifyStatuses",),
    "nobody is paged through it": ("add datadog MonitorNotificationRule.bundleConfig",),
    "an event opens an incident either way": ("create_incidents as pagerduty Service.alertCreation",),
}


@cache
def _by_subject() -> Mapping[str, str]:
    return {subject: reason for reason, subjects in REASONS.items() for subject in subjects}


def reason_for(kind: str) -> str:
    """Why a kind of damage may be left to a golden Plan; empty where nobody has said so."""
    return _by_subject().get(subject_of(kind), "")


def subject_of(kind: str) -> str:
    """The listed subject that a kind falls under: the kind, else what it is done to."""
    if kind in _by_subject():
        return kind
    vendor = next((vendor for vendor in VENDORS if f"{vendor} " in kind), "")
    return kind[kind.find(f"{vendor} ") :] if vendor else kind
