"""The program's registrations, answered in process and kept as a Plan.

Pulumi's mock monitor is subclassed so that whole requests are seen, options included. Every output that a vendor would
choose is answered with a mark of its own, and wherever such a mark comes back inside an input, it is a reference.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from google.protobuf import json_format, struct_pb2
from pulumi.runtime import mocks, rpc, set_all_config, settings
from pulumi.runtime import resource as registering
from pulumi.runtime.proto import resource_pb2, source_pb2
from pulumi.runtime.stack import run_pulumi_func

from monitoring.errors import PlanError, Problem, Source
from monitoring.naming.type_tokens import (
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

# What a vendor chooses, by type, beside the id: text, or a whole number.
CHOSEN_TEXT = {SERVICE_INTEGRATION: ("integrationKey",)}
CHOSEN_NUMBER = {SYNTHETICS_TEST: ("monitorId",)}
# What the program may ask a vendor, and the answers that it uses.
ANSWERS: Mapping[str, tuple[str, ...]] = {
    GET_USER: ("id",),
    GET_VENDOR: ("id",),
    GET_ORGANIZATION_INTEGRATION: ("id",),
    GET_ORGANIZATION_MEMBER: ("internalId",),
    GET_PROJECT: (),
    GET_PROJECT_ERROR_MONITOR: ("id",),
    GET_SENTRY_TEAM: ("internalId",),
}
FIRST_NUMBER = 4_000_000_000_001
MARK = re.compile(r"\u27e6(\d+)\u27e7|(?<![0-9.])(4\d{12})(?![0-9.])")


def capture(program: Callable[[], None], *, project: str, stack: str, config: Mapping[str, str]) -> Plan:
    """What the program declares in one stack.

    Raises whatever the program raises, and PlanError for two resources of one name or for a look-up that no vendor is
    known to answer.
    """
    recorder = Recorder()
    with _own_loop() as loop, _configured(recorder, project, stack, config):
        loop.run_until_complete(run_pulumi_func(program))
    if recorder.problems:
        raise PlanError(recorder.problems)
    return recorder.plan(project, stack)


@contextmanager
def _own_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_AtOnce())
    asyncio.set_event_loop(loop)
    try:
        yield loop
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        asyncio.set_event_loop(None)
        loop.close()


@contextmanager
def _configured(recorder: Recorder, project: str, stack: str, config: Mapping[str, str]) -> Iterator[None]:
    settings.SETTINGS.package_refs = {}
    settings.set_root_resource(None)  # type: ignore[arg-type]
    mocks.set_mocks(_NoMocks(), project=project, stack=stack, preview=False, monitor=recorder)
    set_all_config(dict(config))
    try:
        with _nobody_asks_where():
            yield
    finally:
        set_all_config({})
        settings.set_root_resource(None)  # type: ignore[arg-type]


@contextmanager
def _nobody_asks_where() -> Iterator[None]:
    """No walk over the stack at every declaration: an engine shows it in its events, and a Plan has no place for it."""
    walk = registering._get_stack_trace
    registering._get_stack_trace = source_pb2.StackTrace
    try:
        yield
    finally:
        registering._get_stack_trace = walk


class _AtOnce(ThreadPoolExecutor):
    """Runs what it is given where it stands: an answer from this process is not worth a thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The outcome of a call that is over."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


class _NoMocks(mocks.Mocks):
    """Never asked: the recorder answers for itself."""

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        raise NotImplementedError

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        raise NotImplementedError


class Recorder(mocks.MockMonitor):
    """Remembers whole requests in order, and answers each with its inputs and with marks for what a vendor chooses."""

    def __init__(self) -> None:
        super().__init__(_NoMocks())
        self.requests: dict[str, Any] = {}
        self.lookups: dict[str, Lookup] = {}
        self.marks: list[Mapping[str, Value]] = []
        self.problems: list[Problem] = []

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  the name that pulumi calls
        """Answers a registration; a second one of the same name is a problem."""
        urn = self.make_urn("", request.type, request.name)
        if request.type == STACK:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        key = f"{request.type}::{request.name}"
        if key in self.requests:
            self.problems.append(_problem(key, "is declared twice", "a name is unique within its type"))
        self.requests[key] = request
        answer = struct_pb2.Struct()
        answer.CopyFrom(request.object)
        for output in CHOSEN_TEXT.get(request.type, ()):
            answer[output] = self._mark({"ref": key, "output": output})
        for output in CHOSEN_NUMBER.get(request.type, ()):
            answer[output] = self._number({"ref": key, "output": output})
        identity = self._mark({"ref": key, "output": "id"})
        return resource_pb2.RegisterResourceResponse(urn=urn, id=identity, object=answer)

    def Invoke(self, request: Any) -> Any:  # noqa: N802  the name that pulumi calls
        """Answers a look-up with marks; one that is not known is a problem."""
        arguments = json_format.MessageToDict(request.args)
        if request.tok not in ANSWERS:
            self.problems.append(_problem(request.tok, "is a look-up that is not known", "add its answers to ANSWERS"))
        lookup = Lookup(request.tok, arguments)
        self.lookups.setdefault(f"{request.tok} {sorted(arguments.items())}", lookup)
        answer = struct_pb2.Struct()
        answer.update(arguments)
        for output in ANSWERS.get(request.tok, ()):
            answer[output] = self._mark({"lookup": request.tok, "arguments": arguments, "output": output})
        response = resource_pb2.ResourceInvokeResponse()
        getattr(response, "return").CopyFrom(answer)
        return response

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
            delete_before_replace=request.deleteBeforeReplace,
        )

    def _explicit_dependencies(self, request: Any) -> Iterator[str]:
        implied = {urn for dependency in request.propertyDependencies.values() for urn in dependency.urns}
        return (urn.split("::", 2)[2] for urn in request.dependencies if urn not in implied)

    def _plain(self, value: Value) -> Value:
        if isinstance(value, dict):
            if value.get(rpc._special_sig_key) == rpc._special_secret_sig:
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
        number = int(match[1]) if match[1] else int(match[2]) - FIRST_NUMBER
        return self.marks[number]

    def _whole(self, number: int) -> Value:
        index = number - FIRST_NUMBER
        return self.marks[index] if 0 <= index < len(self.marks) else number


def _problem(where: str, what: str, remedy: str) -> Problem:
    return Problem(Source("the program"), where, what, remedy, "plan")
