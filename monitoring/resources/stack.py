"""The stack's configuration: which environment, which catalog, which day, and whether there are accounts to ask."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from monitoring.errors import CatalogError, MonitoringError, Problem, Source, UsageError
from monitoring.loader import SHIPPED
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest
from monitoring.model.words import parse_date
from monitoring.resources.sdks import pulumi, sentry

# Where each provider finds what it needs: its configuration key, and the environment variables that it reads instead.
# Sources: the configuration classes of pulumi_datadog and pulumi_pagerduty, the Sentry provider's facts.
CREDENTIALS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("datadog", "apiKey"): ("DD_API_KEY", "DATADOG_API_KEY"),
    ("datadog", "appKey"): ("DD_APP_KEY", "DATADOG_APP_KEY"),
    ("pagerduty", "token"): ("PAGERDUTY_TOKEN",),
    ("sentry", "token"): ("SENTRY_AUTH_TOKEN", "SENTRY_TOKEN"),
}

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Stack:
    """What a stack says beside the catalog."""

    environment: str
    catalog: Path
    today: date
    offline: bool


def configured() -> Stack:
    """The running stack's configuration; the environment is the stack's name unless it is configured.

    Raises UsageError for a day that does not exist.
    """
    config = pulumi.Config("monitoring")
    directory, day = config.get("catalog"), config.get("today")
    try:
        today = parse_date(day) if day else datetime.now(UTC).date()
    except ValueError as wrong:
        raise UsageError(f"the configuration monitoring:today: {wrong}") from None
    return Stack(
        environment=config.get("environment") or pulumi.get_stack(),
        catalog=Path(directory) if directory else SHIPPED,
        today=today,
        offline=config.get_bool("offline") or False,
    )


def require_accounts(stack: Stack, catalog: Catalog) -> None:
    """Refuses a stack whose environment the catalog lacks, or that cannot reach a vendor, before anything is created.

    Raises UsageError with every variable that is missing, and CatalogError with what Sentry does not have.
    """
    environments = catalog.platform.environments
    if stack.environment not in environments:
        remedy = nearest(stack.environment, environments)
        raise UsageError(f'no environment is called "{stack.environment}"; {remedy}, or set monitoring:environment')
    if stack.offline:
        return
    missing = [names[0] for (vendor, key), names in CREDENTIALS.items() if not _is_set(vendor, key, names)]
    if missing:
        raise UsageError(f"the vendors cannot be reached without {', '.join(missing)}; set them in the environment")
    site = pulumi.Config("datadog").get("apiUrl") or os.environ.get("DD_HOST") or os.environ.get("DATADOG_HOST")
    if site is not None and catalog.platform.datadog.site not in site:
        wanted = f"https://api.{catalog.platform.datadog.site}/"
        raise UsageError(
            f'datadog:apiUrl is "{site}", and the catalog\'s site is at "{wanted}"; set the one or the other'
        )
    _require_installations(catalog)


def _require_installations(catalog: Catalog) -> None:
    """Asks Sentry for its organisation and for what a human installed there, the one thing that no program can make."""
    account = catalog.platform.sentry
    named = {"slack-workspace": ("slack", account.slack_workspace)}
    named["pagerduty-account"] = ("pagerduty", account.pagerduty_account)
    answers(
        {
            word: Question(
                source=catalog.at("platform", "", "sentry", word),
                where=f"sentry.{word}",
                what=f'the organisation "{account.organization}" shows no {provider} installation "{name}"',
                remedy=f"install it there, or correct sentry.organization, sentry.{word} or SENTRY_AUTH_TOKEN",
                ask=partial(
                    sentry.get_organization_integration,
                    organization=account.organization,
                    provider_key=provider,
                    name=name,
                ),
            )
            for word, (provider, name) in named.items()
        }
    )


@dataclass(frozen=True)
class Question(Generic[Answer]):
    """What a vendor is asked before anything is declared, and what to say when it knows no answer."""

    source: Source
    where: str
    what: str
    remedy: str
    ask: Callable[[], Answer]


def answers(questions: Mapping[str, Question[Answer]]) -> dict[str, Answer]:
    """The vendors' answers by name. Raises CatalogError with every question that has none."""
    found: dict[str, Answer] = {}
    problems: list[Problem] = []
    for name, question in questions.items():
        try:
            found[name] = question.ask()
        except Exception as wrong:  # the SDKs raise nothing more special
            what = f"{question.what} ({_reason(wrong)})"
            problems.append(Problem(question.source, question.where, what, question.remedy, "accounts"))
    if problems:
        raise CatalogError(problems)
    return found


def _reason(wrong: Exception) -> str:
    """What a provider answered, without the engine's words around it."""
    return str(wrong).rpartition("returned an error: ")[2].strip()


def _is_set(vendor: str, key: str, names: tuple[str, ...]) -> bool:
    return bool(pulumi.Config(vendor).get(key)) or any(os.environ.get(name) for name in names)


@contextmanager
def plainly() -> Iterator[None]:
    """Ends the program with our message and no traceback where our own words say what is wrong."""
    try:
        yield
    except MonitoringError as wrong:
        raise pulumi.RunError(str(wrong)) from wrong
