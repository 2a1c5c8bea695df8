"""The type tokens of everything that is declared or looked up, as the vendors' Pulumi packages write them."""

from __future__ import annotations

# Datadog: pulumi_datadog.
MONITOR = "datadog:index/monitor:Monitor"
SYNTHETICS_TEST = "datadog:index/syntheticsTest:SyntheticsTest"
SYNTHETICS_VARIABLE = "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable"
"""What a synthetic test puts into a request under a name, such as a secret."""
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
NOTIFICATION_RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
SERVICE_OBJECT = "datadog:pagerduty/serviceObject:ServiceObject"
SLACK_CHANNEL = "datadog:slack/channel:Channel"
TEAMS_CHANNEL = "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle"
"""A channel of Microsoft Teams, by the name of Datadog's handle for it."""
WEBHOOK = "datadog:index/webhook:Webhook"

# PagerDuty: pulumi_pagerduty.
SCHEDULE = "pagerduty:index/schedule:Schedule"
SHIFT_BASED_SCHEDULE = "pagerduty:index/schedulev2:Schedulev2"
SCHEDULES = (SCHEDULE, SHIFT_BASED_SCHEDULE)
"""PagerDuty's two kinds of schedule, of which an escalation policy asks either."""
ESCALATION_POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
TEAM = "pagerduty:index/team:Team"
SERVICE = "pagerduty:index/service:Service"
SERVICE_INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"
SLACK_CONNECTION = "pagerduty:index/slackConnection:SlackConnection"
"""A Slack channel to which PagerDuty posts the incidents of a service."""

# Sentry: pulumi_sentry.
ALERT = "sentry:index/alert:Alert"
METRIC_MONITOR = "sentry:index/metricMonitor:MetricMonitor"
CRON_MONITOR = "sentry:index/cronMonitor:CronMonitor"
UPTIME_MONITOR = "sentry:index/uptimeMonitor:UptimeMonitor"
SENTRY_ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
"""A PagerDuty service in the table of Sentry's PagerDuty installation."""

# What a vendor is asked.
GET_USER = "pagerduty:index/getUser:getUser"
GET_VENDOR = "pagerduty:index/getVendor:getVendor"
GET_APP_INSTALLATION = "sentry:index/getAppInstallation:getAppInstallation"
GET_ORGANIZATION_INTEGRATION = "sentry:index/getOrganizationIntegration:getOrganizationIntegration"
GET_ORGANIZATION_MEMBER = "sentry:index/getOrganizationMember:getOrganizationMember"
GET_PROJECT = "sentry:index/getProject:getProject"
GET_PROJECT_ERROR_MONITOR = "sentry:index/getProjectErrorMonitor:getProjectErrorMonitor"
GET_SENTRY_TEAM = "sentry:index/getTeam:getTeam"

# Pulumi's own.
STACK = "pulumi:pulumi:Stack"
