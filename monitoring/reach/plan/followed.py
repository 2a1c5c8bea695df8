"""The properties on the way to a human whose meaning the walk over a Plan knows; any other is not passed over.

Each is read by the walk or by the expectations, or is known to change nothing about who is notified and when. What a
vendor's package takes besides may close an incident, hold it back or wait for something, so it ends the walk there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitoring.naming.type_tokens import (
    ALERT,
    CRON_MONITOR,
    DOWNTIME,
    ESCALATION_POLICY,
    METRIC_MONITOR,
    MONITOR,
    NOTIFICATION_RULE,
    SCHEDULE,
    SENTRY_ROW,
    SERVICE,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SHIFT_BASED_SCHEDULE,
    SYNTHETICS_TEST,
    SYNTHETICS_VARIABLE,
    UPTIME_MONITOR,
)
from monitoring.plan import Resource
from monitoring.reach.plan.unresolved import Unresolved

FROM_ELSEWHERE = frozenset({"ref", "lookup", "secret", "format"})

_WORDS: Mapping[str, str] = {
    MONITOR: """
        name type query message tags priority draftStatus includeTags assets.category assets.name assets.url
        monitorThresholds.critical monitorThresholds.criticalRecovery monitorThresholds.ok
        evaluationDelay newGroupDelay timeoutH notifyBies requireFullWindow onMissingData notifyNoData
        noDataTimeframe renotifyInterval renotifyOccurrences renotifyStatuses escalationMessage
        monitorThresholdWindows.triggerWindow monitorThresholdWindows.recoveryWindow""",
    SYNTHETICS_TEST: """
        name type subtype status message tags locations assertions.type assertions.operator assertions.property
        assertions.target assertions.targetjsonpath.jsonpath assertions.targetjsonpath.operator
        assertions.targetjsonpath.targetvalue assertions.targetjsonpath.elementsoperator
        assertions.targetjsonschema.jsonschema assertions.targetjsonschema.metaschema
        requestDefinition.method requestDefinition.url requestDefinition.host requestDefinition.port
        requestDefinition.timeout requestDefinition.body requestDefinition.bodyType requestHeaders
        configVariables.name configVariables.type configVariables.id
        requestDefinition.dnsServer requestDefinition.dnsServerPort requestDefinition.numberOfPackets
        requestDefinition.shouldTrackHops requestDefinition.callType requestDefinition.service
        apiSteps.name apiSteps.subtype apiSteps.allowFailure apiSteps.isCritical apiSteps.requestHeaders
        apiSteps.requestDefinition.method apiSteps.requestDefinition.url apiSteps.requestDefinition.timeout
        apiSteps.requestDefinition.body apiSteps.requestDefinition.bodyType
        apiSteps.requestDefinition.followRedirects
        apiSteps.requestDefinition.httpVersion apiSteps.extractedValues.name apiSteps.extractedValues.type
        apiSteps.extractedValues.secure apiSteps.extractedValues.parser.type apiSteps.extractedValues.parser.value
        apiSteps.assertions.type apiSteps.assertions.operator apiSteps.assertions.property apiSteps.assertions.target
        apiSteps.assertions.targetjsonpath.jsonpath apiSteps.assertions.targetjsonpath.operator
        apiSteps.assertions.targetjsonpath.targetvalue apiSteps.assertions.targetjsonpath.elementsoperator
        apiSteps.assertions.targetjsonschema.jsonschema apiSteps.assertions.targetjsonschema.metaschema
        deviceIds browserVariables.name browserVariables.type browserVariables.id
        browserSteps.name browserSteps.type browserSteps.allowFailure browserSteps.isCritical browserSteps.timeout
        browserSteps.noScreenshot browserSteps.forceElementUpdate browserSteps.localKey browserSteps.params
        browserSteps.params.attribute browserSteps.params.check browserSteps.params.clickType
        browserSteps.params.clickWithJavascript browserSteps.params.code browserSteps.params.delay
        browserSteps.params.element browserSteps.params.elementUserLocator.failTestOnCannotLocate
        browserSteps.params.elementUserLocator.value.type browserSteps.params.elementUserLocator.value.value
        browserSteps.params.file browserSteps.params.modifiers browserSteps.params.requests
        browserSteps.params.value browserSteps.params.x browserSteps.params.y
        optionsList.initialNavigationTimeout
        optionsList.tickEvery optionsList.minLocationFailed optionsList.minFailureDuration
        optionsList.monitorPriority optionsList.monitorOptions.renotifyInterval
        optionsList.monitorOptions.renotifyOccurrences optionsList.monitorOptions.escalationMessage
        optionsList.retry.count optionsList.retry.interval optionsList.followRedirects optionsList.httpVersion
        optionsList.acceptSelfSigned
        optionsList.checkCertificateRevocation""",
    SYNTHETICS_VARIABLE: "name description value secure tags",
    NOTIFICATION_RULE: """
        name recipients filter.tags filter.scope conditionalRecipients.fallbackRecipients
        conditionalRecipients.conditions.scope conditionalRecipients.conditions.recipients""",
    SERVICE_OBJECT: "serviceName serviceKey",
    DOWNTIME: """
        scope message displayTimezone monitorIdentifier.monitorTags monitorIdentifier.monitorId
        oneTimeSchedule.start oneTimeSchedule.end recurringSchedule muteFirstRecoveryNotification notifyEndStates
        notifyEndTypes""",
    ALERT: """
        name organization enabled environment monitorIds frequencyMinutes triggerConditions.firstSeenEvent
        triggerConditions.regressionEvent triggerConditions.reappearedEvent actionFilters.logicType
        actionFilters.conditions.taggedEvent actionFilters.conditions.eventFrequencyCount
        actionFilters.conditions.level actionFilters.conditions.issuePriorityGreaterOrEqual
        actionFilters.conditions.issueOccurrences actionFilters.conditions.ageComparison
        actionFilters.conditions.assignedTo actionFilters.conditions.latestRelease
        actionFilters.conditions.eventUniqueUserFrequencyCount
        actionFilters.actions.pagerduty actionFilters.actions.slack actionFilters.actions.webhook
        actionFilters.actions.email""",
    METRIC_MONITOR: """
        name description organization project environment enabled owner.teamId aggregate dataset eventTypes query
        queryType timeWindowSeconds issueDetection.type conditionGroup.logicType conditionGroup.conditions.type
        conditionGroup.conditions.comparison conditionGroup.conditions.conditionResult""",
    CRON_MONITOR: """
        name description organization project enabled owner.teamId schedule.crontab timezone checkinMarginMinutes
        maxRuntimeMinutes failureIssueThreshold recoveryThreshold""",
    UPTIME_MONITOR: """
        name description organization project environment enabled owner.teamId url method headers body intervalSeconds
        timeoutMs downtimeThreshold recoveryThreshold""",
    SENTRY_ROW: "organization integrationId integrationKey service",
    SERVICE_INTEGRATION: "name service type vendor integrationEmail emailIncidentCreation emailFilterMode",
    SERVICE: """
        name description escalationPolicy alertCreation acknowledgementTimeout autoResolveTimeout alertGrouping
        alertGroupingParameters autoPauseNotificationsParameters incidentUrgencyRule.type
        incidentUrgencyRule.urgency incidentUrgencyRule.duringSupportHours incidentUrgencyRule.outsideSupportHours
        supportHours scheduledActions""",
    ESCALATION_POLICY: """
        name description teams numLoops rules.escalationDelayInMinutes rules.escalationRuleAssignmentStrategy.type
        rules.targets.id rules.targets.type""",
    SCHEDULE: """
        name description timeZone teams layers.name layers.start layers.end layers.users layers.rotationVirtualStart
        layers.rotationTurnLengthSeconds layers.restrictions.type layers.restrictions.startTimeOfDay
        layers.restrictions.startDayOfWeek layers.restrictions.durationSeconds""",
    SHIFT_BASED_SCHEDULE: """
        name description timeZone teams rotations.events.name rotations.events.startTime rotations.events.endTime
        rotations.events.effectiveSince rotations.events.effectiveUntil rotations.events.recurrences
        rotations.events.assignmentStrategies.type rotations.events.assignmentStrategies.shiftsPerMember
        rotations.events.assignmentStrategies.members.type rotations.events.assignmentStrategies.members.userId""",
}
FOLLOWED: Mapping[str, frozenset[str]] = {type_: frozenset(words.split()) for type_, words in _WORDS.items()}


def unfollowed(resource: Resource) -> Iterator[Unresolved]:
    """Each declared property of a resource on the way whose meaning the walk does not know."""
    known = FOLLOWED.get(resource.type, frozenset())
    for place in sorted(set(_places(resource.inputs))):
        steps = place.split(".")
        if not any(".".join(steps[:number]) in known for number in range(1, len(steps) + 1)):
            vendor, kind = resource.vendor_title, resource.kind
            why = f'the {kind} "{resource.name}" of {vendor} declares {place}, which this cannot follow'
            yield Unresolved("property", why, f"leave out {place}")


def _places(value: Any, before: str = "") -> Iterator[str]:
    """The way to each value inside a value, without the numbers of lists; an empty list has no value."""
    if isinstance(value, Mapping) and value and not value.keys() & FROM_ELSEWHERE:
        for name, inner in value.items():
            yield from _places(inner, f"{before}.{name}" if before else str(name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _places(inner, before)
    elif value is not None:
        yield before
