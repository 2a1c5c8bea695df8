"""Datadog: monitors, SLOs, routing, from our words to its Args.

A query's comparison and its threshold come from one field. No message names a receiver: routing is by tags.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitoring import wording
from monitoring.model.burn_rates import BurnRate
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.monitor_options import NO_OPTIONS, MonitorOptions
from monitoring.model.platform import Platform, TeamsChannel
from monitoring.model.receivers import Receiver, ReceiverKind
from monitoring.model.reminders import reminder_minutes
from monitoring.model.scalars import SECONDS_IN, decimal_text
from monitoring.model.severity import VENDOR_WORDS
from monitoring.model.signals import Composite, Slo
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.naming import names, tags
from monitoring.queries.writing import datadog_window
from monitoring.resources.sdks import datadog, datadog_ms, datadog_pagerduty, datadog_slack, pulumi

# What Datadog does when no data come, by our words (on_missing_data of its API description).
WHEN_SILENT = {"alert": "show_and_notify_no_data", "resolve": "resolve", "show": "show_no_data"}
FILLED = "default"
"""What Datadog does where a query counts no data as 0; it refuses any other word there (its provider, issue 2815)."""
# After how many minutes a silent service check notifies: it has no on_missing_data, and the API takes 2 or more.
CHECK_SILENT_MINUTES = 10


# --- monitors --------------------------------------------------------------------------------------------------


def query_monitor_args(catalog: Catalog, rule: EffectiveRule, signal: QueryMonitor) -> datadog.MonitorArgs:
    """A monitor on one query; our comparison stands behind it where its form takes one."""
    metrics, form = catalog.platform.metrics, signal.form
    query, limit = signal.query_text(rule.environment, metrics), decimal_text(signal.critical(metrics))
    recovery = signal.critical_recovery(metrics) if form.ends_in_comparison else None
    args = _monitor_args(
        catalog,
        rule,
        type_=form.types[0],
        query=f"{query} {signal.threshold_word.sign} {limit}" if form.ends_in_comparison else query,
        thresholds=datadog.MonitorMonitorThresholdsArgs(
            critical=limit,
            critical_recovery=None if recovery is None else decimal_text(recovery),
            ok=None if signal.ok_runs is None else decimal_text(signal.ok_runs),
        ),
        options=signal,
        grouped=bool(signal.groups),
    )
    _add_silence(args, signal, fills_silence=signal.fills_silence(metrics))
    args.monitor_threshold_windows = _threshold_windows(signal)
    return args


def _threshold_windows(signal: QueryMonitor) -> datadog.MonitorMonitorThresholdWindowsArgs | None:
    """How long an anomaly must last to fire, and to recover; no other form takes them."""
    if not signal.threshold_windows:
        return None
    trigger, recover = (f"last_{datadog_window(seconds)}" for seconds in signal.threshold_windows)
    return datadog.MonitorMonitorThresholdWindowsArgs(trigger_window=trigger, recovery_window=recover)


def composite_args(
    catalog: Catalog, rule: EffectiveRule, signal: Composite, monitors: dict[str, list[pulumi.Output[str]]]
) -> datadog.MonitorArgs:
    """A composite of other rules' monitors; a rule of several tests is failing when one of them is."""
    terms = [
        *(_either(monitors[part]) for part in signal.all_of),
        *([_either([monitor for part in signal.any_of for monitor in monitors[part]])] if signal.any_of else []),
        *(pulumi.Output.concat("!", _either(monitors[part])) for part in signal.none_of),
    ]
    return _monitor_args(catalog, rule, type_="composite", query=_joined(terms, " && "), thresholds=None)


def _either(monitors: Sequence[pulumi.Output[str]]) -> pulumi.Output[str]:
    return monitors[0] if len(monitors) == 1 else pulumi.Output.concat("(", _joined(monitors, " || "), ")")


def _joined(parts: Sequence[pulumi.Output[str]], between: str) -> pulumi.Output[str]:
    return pulumi.Output.concat(*[piece for part in parts for piece in (between, part)][1:])


def _monitor_args(
    catalog: Catalog,
    rule: EffectiveRule,
    *,
    type_: str,
    query: pulumi.Input[str],
    thresholds: datadog.MonitorMonitorThresholdsArgs | None,
    options: MonitorOptions = NO_OPTIONS,
    grouped: bool = False,
    name: str | None = None,
) -> datadog.MonitorArgs:
    args = datadog.MonitorArgs(
        name=name or wording.title(catalog, rule),
        type=type_,
        query=query,
        message=wording.message(catalog, rule),
        monitor_thresholds=thresholds,
        priority=str(VENDOR_WORDS[rule.severity].datadog_priority),
        tags=tags.rule_tags(catalog, rule),
        include_tags=grouped,
        draft_status="published",
        assets=[
            datadog.MonitorAssetArgs(category="runbook", name="Runbook", url=names.runbook_url(catalog, rule.rule.id))
        ],
    )
    _add_reminders(args, rule, options.when_silent)
    _add_options(args, options)
    return args


def _add_reminders(args: datadog.MonitorArgs, rule: EffectiveRule, silent: str | None) -> None:
    """How often and how many times it notifies again, in which states, and what it says then."""
    args.renotify_interval = reminder_minutes(rule) or None
    args.renotify_occurrences = rule.rule.reminds_at_most
    args.renotify_statuses = _renotified(rule, silent)
    args.escalation_message = rule.rule.reminder_text


def _add_options(args: datadog.MonitorArgs, options: MonitorOptions) -> None:
    """Each option that the signal's words ask for; the others stay Datadog's own, but for the full window."""
    args.require_full_window = options.full_window
    if options.new_groups_after:
        args.new_group_delay = options.new_groups_after.seconds
    if options.arrives_after:
        args.evaluation_delay = options.arrives_after.seconds
    if options.resolves_after:
        args.timeout_h = options.resolves_after.seconds // SECONDS_IN["h"]
    if options.notifies_by:
        args.notify_bies = list(options.notifies_by)


def _add_silence(args: datadog.MonitorArgs, signal: QueryMonitor, *, fills_silence: bool) -> None:
    """What missing data do, by the older words where the monitor's type lacks on_missing_data."""
    if signal.when_silent and signal.form.takes_silence:
        args.on_missing_data = FILLED if fills_silence else WHEN_SILENT[signal.when_silent]
    elif signal.when_silent == "alert":
        args.notify_no_data, args.no_data_timeframe = True, CHECK_SILENT_MINUTES


def _renotified(rule: EffectiveRule, silent: str | None) -> list[str] | None:
    """The states that remind: firing, and missing data where these notify at all (renotify_statuses of the API)."""
    if reminder_minutes(rule) == 0:
        return None
    return ["alert", "no data"] if silent == "alert" else ["alert"]


# --- SLOs ------------------------------------------------------------------------------------------------------


def slo_args(catalog: Catalog, rule: EffectiveRule, signal: Slo) -> datadog.ServiceLevelObjectiveArgs:
    """A count-based SLO over one period."""
    metrics = catalog.platform.metrics
    return datadog.ServiceLevelObjectiveArgs(
        name=wording.title(catalog, rule),
        description=wording.message_as_read(catalog, rule),
        type="metric",
        query=datadog.ServiceLevelObjectiveQueryArgs(
            numerator=signal.good.series(rule.environment, metrics),
            denominator=signal.total.series(rule.environment, metrics),
        ),
        thresholds=[datadog.ServiceLevelObjectiveThresholdArgs(timeframe=signal.over, target=signal.objective.number)],
        timeframe=signal.over,
        target_threshold=signal.objective.number,
        tags=tags.rule_tags(catalog, rule),
    )


def burn_args(
    catalog: Catalog, rule: EffectiveRule, signal: Slo, rate: BurnRate, slo_id: pulumi.Input[str]
) -> datadog.MonitorArgs:
    """A monitor on how fast an SLO's budget burns."""
    limit = decimal_text(rate.factor(signal.days))
    window = f'.over("{signal.over}").long_window("{rate.long_hours}h").short_window("{_minutes(rate.short_minutes)}")'
    return _monitor_args(
        catalog,
        rule,
        type_="slo alert",
        query=pulumi.Output.concat('burn_rate("', slo_id, f'"){window} > {limit}'),
        thresholds=datadog.MonitorMonitorThresholdsArgs(critical=limit),
        name=wording.burn_title(catalog, rule, rate),
    )


def _minutes(minutes: int) -> str:
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


# --- routing ---------------------------------------------------------------------------------------------------


def notification_args(
    catalog: Catalog, rule: EffectiveRule, pager: pulumi.Input[str] | None
) -> datadog.MonitorNotificationRuleArgs:
    """Where rules of these tags arrive.

    Everybody hears of an alert; recovery and missing data go everywhere but to mailboxes, so that incidents close and
    no mailbox fills. `pager` is the name of Datadog's service object.
    """
    receivers = rule.route.receivers
    lasting: list[pulumi.Input[str]] = [
        handle(catalog.platform, receiver) for receiver in receivers if receiver.kind.hears_recovery
    ]
    if pager is not None:
        lasting.insert(0, pulumi.Output.concat("pagerduty-", pager))
    everybody = [*lasting, *rule.route.email]
    return datadog.MonitorNotificationRuleArgs(
        name=f"{tags.owner(catalog)} {rule.environment} {names.route_name(rule)}",
        filter=datadog.MonitorNotificationRuleFilterArgs(tags=tags.routing_tags(catalog, rule)),
        conditional_recipients=datadog.MonitorNotificationRuleConditionalRecipientsArgs(
            conditions=[
                datadog.MonitorNotificationRuleConditionalRecipientsConditionArgs(
                    scope="transition_type:is_alert", recipients=everybody
                )
            ],
            fallback_recipients=lasting or None,
        ),
    )


def handle(platform: Platform, receiver: Receiver) -> str:
    """What Datadog calls a receiver, without @ (docs.datadoghq.com, integrations of each of them)."""
    match receiver.kind:
        case ReceiverKind.SLACK:
            return f"slack-{platform.slack_account}-{receiver.name}"
        case ReceiverKind.TEAMS:
            return f"teams-{receiver.name}"
        case ReceiverKind.WEBHOOK:
            return f"webhook-{receiver.name}"
        case ReceiverKind.OPSGENIE:
            return f"opsgenie-{receiver.name}"
        case ReceiverKind.EMAIL:
            return receiver.name
        case ReceiverKind.ISSUE_OWNERS:
            raise ValueError("Datadog knows no owners of issues, and no route that it carries names them")


def service_object_args(service: str, key: pulumi.Input[str]) -> datadog_pagerduty.ServiceObjectArgs:
    """A PagerDuty service as Datadog knows it."""
    return datadog_pagerduty.ServiceObjectArgs(service_name=service, service_key=pulumi.Output.secret(key))


def channel_args(catalog: Catalog, channel: str) -> datadog_slack.ChannelArgs:
    """A Slack channel that Datadog may write to."""
    return datadog_slack.ChannelArgs(
        account_name=catalog.platform.slack_account,
        channel_name=f"#{channel}",
        display=datadog_slack.ChannelDisplayArgs(
            message=True, notified=True, snapshot=True, tags=True, mute_buttons=False
        ),
    )


def teams_channel_args(name: str, channel: TeamsChannel) -> datadog_ms.IntegrationTeamsTenantBasedHandleArgs:
    """A channel of Microsoft Teams that Datadog may write to, by the name of its handle."""
    return datadog_ms.IntegrationTeamsTenantBasedHandleArgs(
        name=name, tenant_name=channel.tenant, team_name=channel.team, channel_name=channel.channel
    )


def webhook_args(name: str, address: str) -> datadog.WebhookArgs:
    """A webhook that Datadog calls; whoever has its address can send to it, so it is a secret."""
    return datadog.WebhookArgs(name=name, url=pulumi.Output.secret(address), encode_as="json")
