# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""Sentry for Pulumi: the resources of the Terraform provider jianyuan/sentry, typed."""

from . import _utilities, outputs
from ._inputs import *
from .alert import *
from .cron_monitor import *
from .get_key import *
from .get_organization import *
from .get_organization_integration import *
from .get_organization_member import *
from .get_project import *
from .get_project_error_monitor import *
from .get_project_issue_stream_monitor import *
from .get_team import *
from .integration_pagerduty import *
from .key import *
from .metric_monitor import *
from .notification_action import *
from .project import *
from .project_inbound_data_filter import *
from .project_spike_protection import *
from .provider import *
from .team import *
from .team_member import *
from .uptime_monitor import *

_utilities.register(
    provider=Provider,
    resources={
        "sentry:index/alert:Alert": Alert,
        "sentry:index/cronMonitor:CronMonitor": CronMonitor,
        "sentry:index/integrationPagerduty:IntegrationPagerduty": IntegrationPagerduty,
        "sentry:index/key:Key": Key,
        "sentry:index/metricMonitor:MetricMonitor": MetricMonitor,
        "sentry:index/notificationAction:NotificationAction": NotificationAction,
        "sentry:index/project:Project": Project,
        "sentry:index/projectInboundDataFilter:ProjectInboundDataFilter": ProjectInboundDataFilter,
        "sentry:index/projectSpikeProtection:ProjectSpikeProtection": ProjectSpikeProtection,
        "sentry:index/team:Team": Team,
        "sentry:index/teamMember:TeamMember": TeamMember,
        "sentry:index/uptimeMonitor:UptimeMonitor": UptimeMonitor,
    },
)
