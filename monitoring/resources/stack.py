"""The stack's configuration: which environment, which catalog, which day, and whether there are accounts to ask."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pulumi

from monitoring.errors import MonitoringError, Problem, UsageError
from monitoring.loader import find_catalog
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest
from monitoring.model.scalars import parse_date
from monitoring.pulumi_internals import drop_debug_messages
from monitoring.resources.secrets import SecretKind, Secrets, read_secrets
from monitoring.resources.slack_ids import SlackAccount, read_slack_ids
from monitoring.resources.unproved import KEY, DeployUnproved, read_unproved
from monitoring.vendors.access import Access, access
from monitoring.vendors.settings import (
    PAGERDUTY_USER_TOKEN,
    SETTINGS,
    AccountSetting,
    settings,
    unreachable,
    unset_site,
)


@dataclass(frozen=True)
class Stack:
    """What a stack says beside the catalog."""

    environment: str
    catalog: Path
    today: date
    offline: bool
    unproved: DeployUnproved | None = None
    secrets: Secrets = field(default_factory=dict, repr=False)
    slack: SlackAccount = field(default_factory=SlackAccount)


def stack_config() -> Stack:
    """The running stack's configuration; the environment is the stack's name unless it is configured.

    Raises UsageError for a day that does not exist, and where no catalog is named.
    """
    config = pulumi.Config("monitoring")
    directory, day = config.get("catalog"), config.get("today")
    try:
        today = parse_date(day) if day else datetime.now(UTC).date()
    except ValueError as error:
        raise UsageError(f"the configuration monitoring:today: {error}") from None
    return Stack(
        environment=config.get("environment") or pulumi.get_stack(),
        catalog=find_catalog(Path(directory) if directory else None, os.environ, Path.cwd()),
        today=today,
        offline=config.get_bool("offline") or False,
        unproved=read_unproved(_object(config, "deploy-unproved"), datetime.now(UTC)),
        secrets={kind: read_secrets(kind, _object(config, kind.value.key)) for kind in SecretKind},
        slack=read_slack_ids(_object(config, "slack")),
    )


def _object(config: pulumi.Config, key: str) -> object:
    """A value that has parts; as it stands where it is no JSON."""
    try:
        return config.get_object(key)
    except pulumi.ConfigTypeError:
        return config.get(key)


def require_environment(stack: Stack, catalog: Catalog) -> None:
    """Refuses a stack whose environment the catalog lacks."""
    environments = catalog.platform.environments
    if stack.environment not in environments:
        remedy = nearest(stack.environment, environments)
        raise UsageError(f'no environment is called "{stack.environment}"; {remedy}, or set monitoring:environment')


def let_through(stack: Stack, problems: Sequence[Problem]) -> bool:
    """Whether the configuration lets a stack past a proof that fails; every run says so.

    Raises UsageError where it would, and its end has passed.
    """
    if stack.unproved is None:
        return False
    if problems and stack.unproved.is_over(datetime.now(UTC)):
        raise UsageError(
            f"{KEY} ended at {stack.unproved.until:%Y-%m-%d %H:%M} UTC, and the proof still fails: {problems[0]}"
        )
    failing = f"; {len(problems)} of its witnesses: {problems[0]}" if problems else "; the proof holds: take it out"
    pulumi.log.warn(f"{stack.unproved.words}{failing}")
    return True


def require_reachable(stack: Stack, catalog: Catalog) -> Access | None:
    """The accounts that the stack's configuration opens; None for a stack that asks nobody.

    Raises UsageError for an environment that the catalog lacks, with every variable that is missing, for an address
    that no key is sent to, and where Datadog's provider would ask another site than the catalog's.
    """
    require_environment(stack, catalog)
    if stack.offline:
        return None
    value = settings({each.name: pulumi.Config(each.vendor).get(each.key) or "" for each in SETTINGS}, os.environ)
    opened = access(value, catalog.platform)
    missing = (*opened.missing, *_missing_for_slack(catalog))
    account = catalog.platform.datadog
    lacking = (unreachable(missing) if missing else "", unset_site(value, site=account.site if account else None))
    if any(lacking):
        raise UsageError("; ".join(filter(None, lacking)))
    return opened


def _missing_for_slack(catalog: Catalog) -> Iterator[AccountSetting]:
    """The token of a user of PagerDuty where it posts to Slack: its provider reads the environment alone for that."""
    if catalog.platform.pagerduty.slack and not any(map(os.environ.get, PAGERDUTY_USER_TOKEN.variables)):
        yield PAGERDUTY_USER_TOKEN


def silence_sdk_debug_log() -> None:
    """Drops the SDK's debug messages, which nobody reads, unless `monitoring:debug` is set."""
    if not pulumi.Config("monitoring").get_bool("debug"):
        drop_debug_messages()


@contextmanager
def exit_on_user_error() -> Iterator[None]:
    """Ends the program with our message and no traceback where our own words say what is wrong."""
    try:
        yield
    except MonitoringError as error:
        raise pulumi.RunError(str(error)) from error
