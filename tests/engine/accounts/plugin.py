# ruff: noqa: N802, ARG002 (names and parameters are the protocol's)
"""A provider plugin: speaks the engine's protocol and lets an emulated vendor answer.

The engine starts it with its own address and reads a port from its standard output. Secrets arrive in plain and the
engine marks what comes back, as with the bridged providers.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent import futures
from dataclasses import dataclass, field
from typing import Any, NoReturn

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, plugin_pb2, provider_pb2, provider_pb2_grpc, status_pb2

from tests.engine.accounts import datadog, pagerduty, sentry
from tests.engine.accounts import vendor as vendors
from tests.engine.accounts.differences import Difference
from tests.engine.accounts.facts import Implementation, Kind
from tests.engine.accounts.faults import HalfDoneError, Occasion, VendorError, aftermath, attempt
from tests.engine.accounts.store import Store, Stored
from tests.engine.accounts.values import Properties, from_struct, to_struct

VENDORS = {"datadog": datadog.VENDOR, "pagerduty": pagerduty.VENDOR, "sentry": sentry.VENDOR}
PARENT_CHECK_SECONDS = 0.2

KINDS = {
    ("add", False): provider_pb2.PropertyDiff.ADD,
    ("add", True): provider_pb2.PropertyDiff.ADD_REPLACE,
    ("delete", False): provider_pb2.PropertyDiff.DELETE,
    ("delete", True): provider_pb2.PropertyDiff.DELETE_REPLACE,
    ("update", False): provider_pb2.PropertyDiff.UPDATE,
    ("update", True): provider_pb2.PropertyDiff.UPDATE_REPLACE,
}
"""The protocol's word for a change that replaces the resource or not."""


@dataclass
class Plugin(provider_pb2_grpc.ResourceProviderServicer):
    """Answers the engine for one vendor."""

    store: Store
    vendor: vendors.Vendor
    engine: engine_pb2_grpc.EngineStub
    stopping: threading.Event = field(default_factory=threading.Event)

    def Handshake(self, request: Any, context: Any) -> Any:
        return provider_pb2.ProviderHandshakeResponse()

    def Parameterize(self, request: Any, context: Any) -> Any:
        facts = self.vendor.facts
        return provider_pb2.ParameterizeResponse(name=facts.package, version=facts.version)

    def GetSchema(self, request: Any, context: Any) -> Any:
        facts = self.vendor.facts
        return provider_pb2.GetSchemaResponse(schema=f'{{"name": "{facts.package}", "version": "{facts.version}"}}')

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        return plugin_pb2.PluginInfo(version=self.vendor.facts.plugin_version)

    def Attach(self, request: Any, context: Any) -> Any:
        return empty_pb2.Empty()

    def Cancel(self, request: Any, context: Any) -> Any:
        self.stopping.set()
        return empty_pb2.Empty()

    def CheckConfig(self, request: Any, context: Any) -> Any:
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:
        return provider_pb2.DiffResponse()

    def Configure(self, request: Any, context: Any) -> Any:
        self.reached(context)
        arguments = from_struct(request.args)
        for credential in self.vendor.facts.credentials:
            given = [arguments.get(credential["argument"]), *map(os.environ.get, credential["environment"])]
            wrong = credential_problem(self.store, credential["named"], next(filter(None, given), None))
            if wrong:
                context.abort(grpc.StatusCode.UNAUTHENTICATED, f"{self.vendor.facts.package}: {wrong}")
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def reached(self, context: Any) -> None:
        """Let the provider ask its vendor for what it asks at first; a vendor that does not answer ends the call.

        Only a fault that names the method strikes, so that the numbers of all other calls stay.
        """
        facts = self.vendor.facts
        if not self.store.rows("select 1 from faults where method = 'configure'"):
            return
        try:
            attempt(
                self.store,
                Occasion(facts.package, "configure", "", ""),
                retries=facts.retries,
                retried=facts.retried,
                stopped=self.stopping.wait,
            )
        except VendorError as error:
            context.abort(grpc.StatusCode.UNKNOWN, f"{facts.package}: {facts.configured_by}: {error}")

    def Invoke(self, request: Any, context: Any) -> Any:
        return self.guarded(context, "invoke", request.tok, "", lambda: self.invoked(request))

    def invoked(self, request: Any) -> Any:
        """The answer of a look-up. Raises `VendorError`."""
        if request.tok not in self.vendor.functions:
            raise VendorError(0, f"the emulated {self.vendor.facts.package} account knows no function {request.tok}")
        arguments = from_struct(request.args)
        fact = self.vendor.facts.functions[request.tok]
        absent = [name for name in fact["required"] if arguments.get(name) is None]
        if absent:
            raise VendorError(0, f"missing required argument {absent[0]}")
        answer = self.vendor.functions[request.tok](self.store, arguments)
        wanted = {"id", *fact["outputs"]}
        shown = {name: value for name, value in answer.items() if name in wanted}
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(to_struct({**arguments, **shown}))  # a keyword here, a field there
        return response

    def Check(self, request: Any, context: Any) -> Any:
        return self.about(context, "check", request.urn, lambda kind, name: self.checked(request, kind, name))

    def checked(self, request: Any, kind: Kind, name: str) -> Any:
        """Completed inputs, or what is wrong with them."""
        news, olds = from_struct(request.news), from_struct(request.olds)
        inputs = vendors.checked(kind, news, olds, name=name, seed=request.randomSeed)
        wrong = vendors.looked_at(self.store, self.vendor, kind, inputs)
        failures = [provider_pb2.CheckFailure(property=one.place, reason=one.reason) for one in wrong]
        return provider_pb2.CheckResponse(inputs=to_struct(inputs), failures=failures)

    def Diff(self, request: Any, context: Any) -> Any:
        return self.about(context, "diff", request.urn, lambda kind, _: self.differing(request, kind))

    def differing(self, request: Any, kind: Kind) -> Any:
        """What an update would change, and whether it would replace the resource."""
        state, news = from_struct(request.olds), from_struct(request.news)
        found = vendors.differing(self.vendor, kind, state, news)
        ignored = tuple(request.ignoreChanges)
        found = [difference for difference in found if difference.top not in ignored]
        first = bool(kind.autonamed) and news.get("name") == state.get("name")
        paths = self.implementation(kind).names_paths
        return diff_response(found, kind, delete_first=first and "name" not in news.get("__defaults", ()), paths=paths)

    def Create(self, request: Any, context: Any) -> Any:
        return self.about(
            context,
            "create",
            request.urn,
            lambda kind, _: self.created(request, kind, context),
            preview=request.preview,
        )

    def created(self, request: Any, kind: Kind, context: Any) -> Any:
        """The new object's id and state; in a preview what is known of it."""
        inputs = from_struct(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(id="", properties=to_struct(vendors.previewed(kind, inputs)))
        stored = vendors.create(self.store, self.vendor, kind, inputs)
        self.afterwards(context, "create", request.urn, kind, stored, inputs)
        return provider_pb2.CreateResponse(id=stored.id, properties=shown(kind, stored, inputs))

    def Read(self, request: Any, context: Any) -> Any:
        return self.about(context, "read", request.urn, lambda kind, _: self.seen(request, kind))

    def seen(self, request: Any, kind: Kind) -> Any:
        """An object as it is now; an empty id when it is gone. Raises `VendorError` where that is an error."""
        old_state, old_inputs = from_struct(request.properties), from_struct(request.inputs)
        imported = not old_state
        stored = self.store.get(kind.token, own_id(kind, request.id, imported=imported))
        if stored is None and kind.gone_is_error:
            raise VendorError(0, kind.gone_is_error.format(**old_state))
        if stored is None:
            return provider_pb2.ReadResponse()
        state = vendors.state_of(kind, stored, remembered=old_state)
        inputs = vendors.inputs_of(self.vendor, kind, state, old_inputs)
        return provider_pb2.ReadResponse(id=stored.id, properties=to_struct(state), inputs=to_struct(inputs))

    def Update(self, request: Any, context: Any) -> Any:
        return self.about(
            context,
            "update",
            request.urn,
            lambda kind, _: self.updated(request, kind, context),
            preview=request.preview,
        )

    def updated(self, request: Any, kind: Kind, context: Any) -> Any:
        """An object's state after a change; in a preview as far as it is known."""
        olds, news = from_struct(request.olds), from_struct(request.news)
        if request.preview:
            gone = {name for name in olds if name in kind.shape and name not in news and name not in kind.kept}
            merged = {name: value for name, value in {**olds, **vendors.copied(news)}.items() if name not in gone}
            return provider_pb2.UpdateResponse(properties=to_struct(merged))
        stored = vendors.update(self.store, self.vendor, kind, request.id, news)
        self.afterwards(context, "update", request.urn, kind, stored, news)
        return provider_pb2.UpdateResponse(properties=shown(kind, stored, news))

    def Delete(self, request: Any, context: Any) -> Any:
        return self.about(context, "delete", request.urn, lambda kind, _: self.deleted(request, kind))

    def deleted(self, request: Any, kind: Kind) -> Any:
        """Nothing, once the object is gone. Raises `VendorError` when it is in use, or missing where that matters."""
        stored = self.store.get(kind.token, request.id)
        if stored is None:
            if kind.delete_missing_is_error:
                raise VendorError(404, f"{kind.token.rsplit(':', 1)[1]} {request.id} not found")
            return empty_pb2.Empty()
        vendors.delete(self.store, self.vendor, kind, stored)
        return empty_pb2.Empty()

    def about(
        self, context: Any, method: str, urn: str, answer: Callable[[Kind, str], Any], *, preview: bool = False
    ) -> Any:
        """The answer to a request about one resource."""
        type_, name = type_and_name(urn)

        def logged() -> Any:
            kind = self.vendor.kind(type_)
            try:
                return answer(kind, name)
            except VendorError as error:
                if self.implementation(kind).logs_errors:
                    self.log(urn, error)
                raise

        return self.guarded(context, method, type_, name, logged, preview=preview)

    def implementation(self, kind: Kind) -> Implementation:
        """What the bridge does for every type that is built as this one is."""
        return self.vendor.facts.implementations[kind.implementation]

    def log(self, urn: str, error: VendorError) -> None:
        """Tell the engine of an error that the answer names once more."""
        summary, _, detail = str(error).partition(": ")
        message = f"[ERROR] {detail}: {summary}"
        self.engine.Log(engine_pb2.LogRequest(severity=engine_pb2.ERROR, urn=urn, message=message))

    def guarded(
        self, context: Any, method: str, type_: str, name: str, answer: Callable[[], Any], *, preview: bool = False
    ) -> Any:
        """The answer, after the faults that come before it; a refusal ends the call with its sentence."""
        facts = self.vendor.facts
        occasion = Occasion(facts.package, method, type_, name)
        self.store.log(vendor=facts.package, method=method, type_=type_, name=name, preview=preview)
        try:
            attempt(self.store, occasion, retries=facts.retries, retried=facts.retried, stopped=self.stopping.wait)
            result = answer()
            if method not in ("create", "update") or preview:
                aftermath(self.store, occasion, stopped=self.stopping.wait)
            return result
        except (VendorError, HalfDoneError) as error:
            return context.abort(grpc.StatusCode.UNKNOWN, str(error))

    def afterwards(self, context: Any, method: str, urn: str, kind: Kind, stored: Stored, inputs: Properties) -> None:
        """Let happen what goes wrong once the vendor has stored an object. Raises `VendorError`."""
        type_, name = type_and_name(urn)
        try:
            aftermath(self.store, Occasion(self.vendor.facts.package, method, type_, name), stopped=self.stopping.wait)
        except HalfDoneError as error:
            half_done(context, kind, stored, inputs, str(error))


def credential_problem(store: Store, name: str, given: str | None) -> str | None:
    """What is wrong with a credential: missing, or not the one that the account expects."""
    expected = store.setting(f"credential {name}")
    if not given:
        return f"{name} is not set"
    return f"{name} is not accepted (401)" if expected is not None and given != expected else None


def type_and_name(urn: str) -> tuple[str, str]:
    """The resource type and the logical name in a URN."""
    _, _, types, name = urn.split("::", 3)
    return types.rsplit("$", 1)[-1], name


def own_id(kind: Kind, asked: str, *, imported: bool) -> str:
    """The account's id in what a person gives to import an object: the last part, where the facts say it has parts."""
    parts = {"/": "/" in kind.import_id, ".": "." in kind.import_id and "integration id" in kind.import_id}
    for separator, used in parts.items():
        if imported and used:
            return asked.rsplit(separator, 1)[-1]
    return asked


def shown(kind: Kind, stored: Stored, inputs: Properties) -> struct_pb2.Struct:
    """A state as a message."""
    return to_struct(vendors.state_of(kind, stored, remembered=inputs))


def diff_response(found: list[Difference], kind: Kind, *, delete_first: bool, paths: bool) -> Any:
    """Differences as a message, with the paths at which they lie or only with the names of properties."""
    replaces = sorted({difference.top for difference in found} & set(kind.replaced_by))
    changed = provider_pb2.DiffResponse.DIFF_SOME if found else provider_pb2.DiffResponse.DIFF_NONE
    detailed = {one.place: KINDS[one.change, one.top in replaces] for one in found}
    return provider_pb2.DiffResponse(
        changes=changed,
        diffs=sorted({difference.top for difference in found}),
        replaces=replaces,
        deleteBeforeReplace=bool(replaces) and delete_first,
        detailedDiff={place: provider_pb2.PropertyDiff(kind=word) for place, word in detailed.items() if paths},
        hasDetailedDiff=paths,
    )


def half_done(context: Any, kind: Kind, stored: Stored, inputs: Properties, reason: str) -> NoReturn:
    """End a call as failed, but with the object's id and state, which the engine then keeps."""
    state = shown(kind, stored, inputs)
    detail = provider_pb2.ErrorResourceInitFailed(
        id=stored.id, properties=state, reasons=[reason], inputs=to_struct(inputs)
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=reason)
    status.details.add().Pack(detail)
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.UNKNOWN, reason)
    raise AssertionError("abort always raises")


def leave_with(parent: int) -> None:
    """End this process soon after the engine has gone, even when the engine was killed."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(PARENT_CHECK_SECONDS)
    os._exit(1)


def serve(plugin: Plugin) -> None:
    """Answer the engine until it goes away."""
    threading.Thread(target=leave_with, args=(os.getppid(),), daemon=True).start()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=16))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(plugin, server)
    port = server.add_insecure_port("127.0.0.1:0")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))
    server.start()
    print(port, flush=True)
    server.wait_for_termination()
