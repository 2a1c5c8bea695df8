"""The program's registrations, answered in process and kept as a Plan.

Every output that a vendor would choose is answered with a mark of its own, and wherever such a mark comes back inside
an input, it is a reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from google.protobuf import json_format

from monitoring.errors import PlanError, Problem, Source
from monitoring.naming.type_tokens import (
    GET_APP_INSTALLATION,
    GET_ORGANIZATION_INTEGRATION,
    GET_ORGANIZATION_MEMBER,
    GET_PROJECT,
    GET_PROJECT_ERROR_MONITOR,
    GET_SENTRY_TEAM,
    GET_USER,
    GET_VENDOR,
    SERVICE_INTEGRATION,
    STACK,
    SYNTHETICS_TEST,
)
from monitoring.plan import HIDDEN, Lookup, Plan, Resource, Value
from monitoring.pulumi_internals import is_secret, run_in_process

# What a vendor chooses, by type, beside the id: text, or a whole number.
CHOSEN_TEXT = {SERVICE_INTEGRATION: ("integrationKey",)}
CHOSEN_NUMBER = {SYNTHETICS_TEST: ("monitorId",)}
# What the program may ask a vendor, and the answers that it uses.
ANSWERS: Mapping[str, tuple[str, ...]] = {
    GET_USER: ("id",),
    GET_VENDOR: ("id",),
    GET_APP_INSTALLATION: (),
    GET_ORGANIZATION_INTEGRATION: ("id",),
    GET_ORGANIZATION_MEMBER: ("internalId",),
    GET_PROJECT: (),
    GET_PROJECT_ERROR_MONITOR: ("id",),
    GET_SENTRY_TEAM: ("internalId",),
}
FIRST_NUMBER = 4_000_000_000_001
# Each form begins with one fixed character, to which a search jumps; what stands before it is looked at afterwards.
MARK = re.compile(r"\u27e6(\d+)\u27e7|4(?<![0-9.]4)\d{12}(?![0-9.])")


def capture(program: Callable[[], None], *, project: str, stack: str, config: Mapping[str, str]) -> Plan:
    """What the program declares in one stack.

    Raises whatever the program raises, and PlanError for two resources of one name or for a look-up that no vendor is
    known to answer.
    """
    recorder = Recorder()
    run_in_process(
        program, register=recorder.register, look_up=recorder.look_up, project=project, stack=stack, config=config
    )
    if recorder.problems:
        raise PlanError(recorder.problems)
    return recorder.plan(project, stack)


class Recorder:
    """Remembers whole requests in order, and answers each with marks for what a vendor chooses."""

    def __init__(self) -> None:
        self.requests: dict[str, Any] = {}
        self.lookups: dict[str, Lookup] = {}
        self.marks: list[Mapping[str, Value]] = []
        self.problems: list[Problem] = []

    def register(self, request: Any) -> tuple[str, dict[str, Value]]:
        """The id and the chosen outputs of a registration; a second one of the same name is a problem."""
        if request.type == STACK:
            return "", {}
        key = f"{request.type}::{request.name}"
        if key in self.requests:
            self.problems.append(_problem(key, "is declared twice", "a name is unique within its type"))
        self.requests[key] = request
        texts = {output: self._mark(_output(key, output)) for output in CHOSEN_TEXT.get(request.type, ())}
        numbers = {output: self._number(_output(key, output)) for output in CHOSEN_NUMBER.get(request.type, ())}
        return self._mark(_output(key, "id")), {**texts, **numbers}

    def look_up(self, token: str, arguments: Mapping[str, Any]) -> dict[str, Value]:
        """The answers of a look-up; one that is not known is a problem."""
        if token not in ANSWERS:
            self.problems.append(_problem(token, "is a look-up that is not known", "add its answers to ANSWERS"))
        self.lookups.setdefault(f"{token} {sorted(arguments.items())}", Lookup(token, arguments))
        return {
            output: self._mark({"lookup": token, "arguments": arguments, "output": output})
            for output in ANSWERS.get(token, ())
        }

    def _mark(self, reference: Mapping[str, Value]) -> str:
        self.marks.append(reference)
        return f"\u27e6{len(self.marks) - 1}\u27e7"

    def _number(self, reference: Mapping[str, Value]) -> int:
        self.marks.append(reference)
        return FIRST_NUMBER + len(self.marks) - 1

    def plan(self, project: str, stack: str) -> Plan:
        """Everything recorded, in canonical order."""
        resources = (self._resource(request) for request in self.requests.values())
        lookups = sorted(self.lookups.items())
        return Plan(
            project=project,
            stack=stack,
            resources=tuple(sorted(resources, key=lambda resource: resource.key)),
            lookups=tuple(lookup for _, lookup in lookups),
        )

    def _resource(self, request: Any) -> Resource:
        return Resource(
            type=request.type,
            name=request.name,
            inputs=self._plain(json_format.MessageToDict(request.object)),
            protect=request.protect,
            aliases=tuple(alias.spec.name or alias.urn for alias in request.aliases),
            depends_on=tuple(sorted(self._explicit_dependencies(request))),
            secret_outputs=tuple(request.additionalSecretOutputs),
            replace_on_changes=tuple(request.replaceOnChanges),
            ignore_changes=tuple(request.ignoreChanges),
            delete_before_replace=request.deleteBeforeReplace,
            retain_on_delete=request.retainOnDelete,
            import_id=request.importId,
        )

    def _explicit_dependencies(self, request: Any) -> Iterator[str]:
        implied = {urn for dependency in request.propertyDependencies.values() for urn in dependency.urns}
        return (urn.split("::", 2)[2] for urn in request.dependencies if urn not in implied)

    def _plain(self, value: Value) -> Value:
        if isinstance(value, dict):
            if is_secret(value):
                return {"secret": self._hidden(value["value"])}
            return {name: self._plain(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._plain(inner) for inner in value]
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, float) and value.is_integer():
            return self._whole(int(value))
        return value

    def _hidden(self, value: Value) -> Value:
        plain = self._plain(value)
        return plain if isinstance(plain, dict) else HIDDEN

    def _text(self, text: str) -> Value:
        parts: list[Value] = []
        end = 0
        for match in MARK.finditer(text):
            if match.start() > end:
                parts.append(text[end : match.start()])
            parts.append(self._reference(match))
            end = match.end()
        if not parts:
            return text
        if end < len(text):
            parts.append(text[end:])
        return parts[0] if len(parts) == 1 else {"format": parts}

    def _reference(self, match: re.Match[str]) -> Mapping[str, Value]:
        number = int(match[1]) if match[1] else int(match[0]) - FIRST_NUMBER
        return self.marks[number]

    def _whole(self, number: int) -> Value:
        index = number - FIRST_NUMBER
        return self.marks[index] if 0 <= index < len(self.marks) else number


def _output(key: str, output: str) -> Mapping[str, Value]:
    return {"ref": key, "output": output}


def _problem(where: str, what: str, remedy: str) -> Problem:
    return Problem(Source("the program"), where, what, remedy, "plan")
