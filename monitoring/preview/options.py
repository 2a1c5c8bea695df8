"""What has to be said to the engine beside a resource's properties, so that no update loses a way to a human."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitoring.naming.type_tokens import (
    ESCALATION_POLICY,
    SCHEDULE,
    SENTRY_ROW,
    SERVICE,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SHIFT_BASED_SCHEDULE,
    SLACK_CHANNEL,
    SLACK_CONNECTION,
    SYNTHETICS_VARIABLE,
    WEBHOOK,
)
from monitoring.plan import Plan, Resource
from monitoring.preview.rules import Broken


@dataclass(frozen=True)
class DeclaredResource:
    """How a type must be declared: whether it is protected, what is secret, what replaces it, in which order."""

    protect: bool = False
    secret: str = ""
    replaced_by: str = ""
    delete_first: bool = False


KEPT: Mapping[str, DeclaredResource] = {
    SCHEDULE: DeclaredResource(protect=True),
    SHIFT_BASED_SCHEDULE: DeclaredResource(protect=True),
    ESCALATION_POLICY: DeclaredResource(protect=True),
    SERVICE: DeclaredResource(protect=True),
    SERVICE_INTEGRATION: DeclaredResource(protect=True, secret="integrationKey"),
    SENTRY_ROW: DeclaredResource(protect=True, secret="integrationKey"),
    SERVICE_OBJECT: DeclaredResource(secret="serviceKey", delete_first=True),
    SYNTHETICS_VARIABLE: DeclaredResource(secret="value"),
    WEBHOOK: DeclaredResource(secret="url"),
    SLACK_CONNECTION: DeclaredResource(replaced_by="workspaceId"),
    SLACK_CHANNEL: DeclaredResource(replaced_by="channelName", delete_first=True),
}
"""An incident's history hangs on what is protected; a name that is taken once makes room before it is given again."""


def unkept(resource: Resource) -> Iterator[Broken]:
    """Each option of the engine that a resource of its type must have and has not."""
    wanted = KEPT.get(resource.type, DeclaredResource())
    if wanted.protect and not resource.protect:
        yield Broken("", "is not protected, so one update could remove it with its history", "declare protect")
    if wanted.secret and wanted.secret not in resource.secret_outputs:
        yield Broken(wanted.secret, "would stand in the state as plain text", "declare it among the secret outputs")
    if wanted.replaced_by and wanted.replaced_by not in resource.replace_on_changes:
        what = "is changed in place, where the vendor wants a new one"
        yield Broken(wanted.replaced_by, what, "declare it among the changes that replace")
    if wanted.delete_first and not resource.delete_before_replace:
        what = "is made again before the former one is gone, and the vendor takes its name once"
        yield Broken("", what, "declare that it is deleted before it is replaced")


def unchained(plan: Plan) -> Iterator[tuple[Resource, Broken]]:
    """Rows of Sentry that do not wait for one another: a write replaces all rows, so two at once would lose one."""
    rows = list(plan.of_type(SENTRY_ROW))
    awaited = [[key for key in row.depends_on if key.startswith(f"{SENTRY_ROW}::")] for row in rows]
    firsts = [row for row, keys in zip(rows, awaited, strict=True) if not keys]
    taken = [key for keys in awaited for key in keys]
    for row in firsts[1:]:
        yield row, Broken("", f'is written at the same time as "{firsts[0].name}"', "let it wait for another row")
    for row in rows:
        if taken.count(row.key) > 1:
            yield (
                row,
                Broken("", "is waited for by two rows, which are then written at once", "let one wait for the other"),
            )
