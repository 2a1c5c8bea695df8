"""Everything that we use of Pulumi's SDK and that is not its public interface; read this file when pulumi is upgraded.

Such are names with an underscore, what `pulumi.runtime` does not list in its `__all__`, and functions that are put in
place of the SDK's own. Read in pulumi 3.272.0; `tests/test_pulumi_internals.py` finds every other place. The language
host `tools/pulumi/pulumi-language-python` is a program of its own, and uses the server of `pulumi.automation`.
"""

from __future__ import annotations

import asyncio
import builtins
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, TypeVar, TypeVarTuple

import pulumi
from google.protobuf import json_format
from pulumi import _types
from pulumi._types import (
    input_type_py_to_pulumi_names,
    input_type_to_dict,
    input_type_types,
    is_input_type,
    resource_types,
    unwrap_type,
)
from pulumi.output import _OutputData
from pulumi.runtime import Mocks, resource_cycle_breaker, rpc, set_all_config, set_mocks, settings
from pulumi.runtime import resource as registering
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs
from pulumi.runtime.proto import resource_pb2, source_pb2
from pulumi.runtime.stack import run_pulumi_func
from pulumi.runtime.sync_await import _sync_await

__all__ = [
    "MockMonitor",
    "block_on",
    "drop_debug_messages",
    "forget_packages",
    "import_submodules",
    "input_type_py_to_pulumi_names",
    "input_type_to_dict",
    "input_type_types",
    "is_input_type",
    "is_secret",
    "resource_types",
    "run_in_process",
    "unwrap_type",
]

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")

# --- a program on the engine -----------------------------------------------------------------------------------


def block_on(awaitable: Awaitable[T]) -> T:
    """What an awaitable yields; the program stands still until then, as it does for a look-up of a generated SDK."""
    return _sync_await(awaitable)


def drop_debug_messages() -> None:
    """Leaves out what the SDK logs for debugging, from now on.

    For each resource it tells the engine four times what it begins or ends, each time in a call of its own that it
    waits for, and the engine throws them away unless it runs with `--debug`.
    """
    pulumi.log.debug = _ignore


def _ignore(*_: object, **__: object) -> None:
    pass


def import_submodules(package: str, *parts: str, classes: tuple[str, ...]) -> ModuleType:
    """A package with some of its modules, as its own name from now on; the first word that they lack makes it whole.

    For generated SDKs, whose `__init__` imports every module that there is. Of the classes that such a package has for
    arguments and outputs, only those are made whose names begin with one of `classes`, until another one is asked
    for. Raises ImportError where there is no such package.
    """
    if package in sys.modules:
        return sys.modules[package]
    module, loader = _registered(package)

    def load_missing(word: str) -> Any:
        if word.startswith("__"):
            raise AttributeError(word)
        if find_spec(f"{package}.{word}"):
            return import_module(f"{package}.{word}")
        vars(module).pop("__getattr__", None)
        loader.exec_module(module)
        return getattr(module, word)

    vars(module)["__getattr__"] = load_missing
    with _some_classes(f"{package}._inputs", classes), _some_classes(f"{package}.outputs", classes):
        for name in parts:
            part = import_module(f"{package}.{name}")
            vars(module).update((word, getattr(part, word)) for word in part.__all__)
    return module


@contextmanager
def _some_classes(name: str, beginnings: tuple[str, ...]) -> Iterator[None]:
    """Within it, a generated module has only those of its classes whose names begin so; later, all that are asked for.

    Pulumi's generator writes modules of nothing but classes, fifteen thousand for Datadog. Whoever needs some of them
    imports `*` or names one, so a module is made whole by `__all__` or by a word that it lacks.
    """
    module, loader = _registered(name)
    content = vars(module)
    content["__builtins__"] = vars(builtins) | {"__build_class__": partial(_built_or_empty, beginnings)}
    exec(loader.get_code(name) or "", content)
    every = {word: content.pop(word) for word in content.pop("__all__")}
    kept = {word: made for word, made in every.items() if word.startswith(beginnings)}
    content.update(kept, __all__=list(kept))
    yield
    del content["__all__"]
    content["__getattr__"] = partial(_completed, module, loader, kept)


def _registered(name: str) -> tuple[ModuleType, InspectLoader]:
    """A module that is imported and still empty, and what fills it."""
    spec = find_spec(name)
    if spec is None or not isinstance(spec.loader, InspectLoader):
        raise ImportError(f"no package {name} is installed")
    module = sys.modules[name] = module_from_spec(spec)
    return module, spec.loader


def _built_or_empty(
    beginnings: tuple[str, ...], body: Callable[[], object], name: str, *bases: Any, **words: Any
) -> Any:
    """What `class` makes of a body, or an empty class for one that nobody asks for."""
    return __build_class__(body, name, *bases, **words) if name.startswith(beginnings) else type(name, (), {})


def _completed(module: ModuleType, loader: InspectLoader, kept: Mapping[str, object], word: str) -> Any:
    """A word that a module lacks until it is whole; the classes that were there before stay the same."""
    if word.startswith("__") and word != "__all__":
        raise AttributeError(word)
    vars(module).pop("__getattr__", None)
    vars(module)["__builtins__"] = builtins
    loader.exec_module(module)
    vars(module).update(kept)
    return getattr(module, word)


# --- a program in this process, without an engine ----------------------------------------------------------------

Outputs = Mapping[str, Any]
"""What a vendor chooses, by the property's name."""
Register = Callable[[Any], tuple[str, Outputs]]
"""Answers a RegisterResourceRequest: the resource's id, and its outputs beside its inputs."""
LookUp = Callable[[str, Mapping[str, Any]], Outputs]
"""Answers a look-up, by its token and arguments: its outputs beside its arguments."""


def run_in_process(
    program: Callable[[], None],
    *,
    register: Register,
    look_up: LookUp,
    project: str,
    stack: str,
    config: Mapping[str, str],
) -> None:
    """Runs a program to its end, and answers it in the engine's place. Raises whatever the program raises."""
    monitor = _Monitor(register, look_up)
    with _own_loop() as loop, _configured(monitor, project, stack, config), _cheaper_registration():
        loop.run_until_complete(run_pulumi_func(program))


def is_secret(value: Mapping[str, Any]) -> bool:
    """Whether an object of a request marks the `value` in it as secret."""
    return bool(value.get(rpc._special_sig_key) == rpc._special_secret_sig)


def forget_packages() -> None:
    """Forgets which packages are registered; the SDK keeps that from one program of this process to the next."""
    settings.SETTINGS.package_refs = {}


def _forget_program() -> None:
    """Forgets what the SDK keeps of a program that is over; what failed in it would fail the next one too."""
    forget_packages()
    settings.set_root_resource(None)  # type: ignore[arg-type]
    settings.SETTINGS.outputs = set()


@contextmanager
def _own_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = _OneThread()
    asyncio.set_event_loop(loop)
    try:
        yield loop
    finally:
        asyncio.set_event_loop(None)
        loop.close()


@contextmanager
def _configured(monitor: MockMonitor, project: str, stack: str, config: Mapping[str, str]) -> Iterator[None]:
    _forget_program()
    set_mocks(_NoMocks(), project=project, stack=stack, preview=False, monitor=monitor)
    set_all_config(dict(config))
    try:
        yield
    finally:
        set_all_config({})
        _forget_program()


@contextmanager
def _cheaper_registration() -> Iterator[None]:
    """A declaration without what nobody reads, and with a cheaper look for circles, types and outputs.

    An engine shows the call stack in its events, and a Plan has no place for it. The URN that the SDK makes by itself
    counts in a program without a monitor alone. What a resource waits for, through all the others, the SDK hands on
    through a generator for each step between them; one loop finds the same. What the type of a property is without
    its `Input` or `Optional` it finds anew for each value, although a package has some hundred types. And each
    property of a resource becomes an output of four futures and a task, listed until the program ends; one future
    does the same, for the few that are read.
    """
    with (
        _replaced(registering, "_get_stack_trace", source_pb2.StackTrace),
        _replaced(registering, "create_urn", _no_urn),
        _replaced(resource_cycle_breaker, "_reachable", _is_reachable),
        _replaced(rpc, "transfer_properties", _outputs_to_come),
        _replaced(_types, "unwrap_type", cache(_types.unwrap_type)),
        _replaced(_types, "unwrap_optional_type", cache(_types.unwrap_optional_type)),
    ):
        yield


@contextmanager
def _replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def _no_urn(*_: Any, **__: Any) -> pulumi.Output[str]:
    return pulumi.Output.from_input("")


def _is_reachable(from_resource: pulumi.Resource, to_resource: pulumi.Resource) -> bool:
    """Whether a resource waits for another, at once or through others."""
    waiting, visited = [from_resource], set[pulumi.Resource]()
    while waiting:
        resource = waiting.pop()
        if resource is to_resource:
            return True
        if resource not in visited:
            visited.add(resource)
            waiting.extend(resource_cycle_breaker._deps(resource))
    return False


def _outputs_to_come(
    resource: pulumi.Resource, properties: Mapping[str, object], custom: bool
) -> dict[str, Callable[..., None]]:
    """Gives a resource an output for each of its properties, and answers what sets each of them."""
    loop = asyncio.get_running_loop()
    setters: dict[str, Callable[..., None]] = {}
    for name in properties:
        if name == "urn" or (name == "id" and custom):
            continue
        output = object.__new__(pulumi.Output)
        output._data = loop.create_future()
        resource.__dict__[name] = output
        setters[name] = partial(_set_output, resource, output._data)
    return setters


def _set_output(
    resource: pulumi.Resource,
    outcome: asyncio.Future[_OutputData[Any]],
    value: object,
    is_known: bool,
    is_secret: bool,
    others: set[pulumi.Resource] | None,
    error: Exception | None,
) -> None:
    if error is None:
        outcome.set_result(_OutputData({resource, *(others or ())}, value, is_known, is_secret))
    else:
        outcome.set_exception(error)
        outcome.exception()  # read once, so that asyncio does not print it for an output that nobody asks for


class _OneThread(asyncio.SelectorEventLoop):
    """Runs a call in its own thread: an answer from this process is not worth another one."""

    def run_in_executor(
        self,
        executor: Executor | None,  # noqa: ARG002  there is none
        func: Callable[[*Arguments], T],
        *args: *Arguments,
    ) -> asyncio.Future[T]:
        """The outcome of a call that is over."""
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done


class _NoMocks(Mocks):
    """Never called: the monitor answers for itself."""

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        raise NotImplementedError

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        raise NotImplementedError


class _Monitor(MockMonitor):
    """Hands on whole requests, options included, which Pulumi's own mocks do not show."""

    def __init__(self, register: Register, look_up: LookUp) -> None:
        super().__init__(_NoMocks())
        self._register, self._look_up = register, look_up

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  the name that pulumi calls
        """Answers a registration with its inputs, and with what a vendor chooses."""
        identity, chosen = self._register(request)
        urn = self.make_urn("", request.type, request.name)
        response = resource_pb2.RegisterResourceResponse(urn=urn, id=identity, object=request.object)
        response.object.update(dict(chosen))
        return response

    def Invoke(self, request: Any) -> Any:  # noqa: N802  the name that pulumi calls
        """Answers a look-up with its arguments, and with what a vendor knows."""
        arguments = json_format.MessageToDict(request.args)
        response = resource_pb2.ResourceInvokeResponse()
        getattr(response, "return").update({**arguments, **self._look_up(request.tok, arguments)})
        return response
