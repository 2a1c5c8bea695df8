"""The typed Sentry package says to the engine what the facts of the provider say, and nothing else."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pulumi
import pulumi_sentry as sentry
import pytest
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks, rpc, set_mocks

from monitoring.pulumi_internals import MockMonitor, forget_packages

ROOT = Path(__file__).parents[2]
FACTS: dict[str, Any] = json.loads((ROOT / "monitoring/preview/sentry-0.15.4.json").read_text("utf-8"))
GENERATOR = runpy.run_path(str(ROOT / "tools/sentry_sdk/generate.py"))
GENERATED: dict[str, str] = GENERATOR["package_files"](FACTS)
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
SAMPLES = {"string": "word", "integer": 7.0, "number": 1.5, "boolean": True}


class Answers(Mocks):
    """What a vendor answers: what it was told, and `extra`."""

    def __init__(self) -> None:
        self.extra: dict[str, Any] = {}

    def new_resource(self, args: MockResourceArgs) -> tuple[str, dict[str, Any]]:
        return f"{args.name}-id", {**args.inputs, **self.extra}

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        return {**args.args, **self.extra}, []


class Recorder(MockMonitor):
    """An engine that remembers whole requests; what is asked of vendors, `answers` answers."""

    def __init__(self) -> None:
        self.answers = Answers()
        self.requests: list[Any] = []
        super().__init__(self.answers)
        for kind in ("RegisterPackage", "RegisterResource", "ReadResource", "Invoke"):
            setattr(self, kind, self.remembered(getattr(self, kind)))

    def remembered(self, method: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def first_noted(request: Any) -> Any:
            self.requests.append(request)
            return method(request)

        return first_noted

    def of_kind(self, kind: str) -> list[Any]:
        """The requests whose message is of this name, without the stack's own."""
        found = [each for each in self.requests if type(each).__name__ == kind]
        return [each for each in found if getattr(each, "type", "") != "pulumi:pulumi:Stack"]


@pytest.fixture
def engine() -> Iterator[Recorder]:
    """A recorder in the engine's place, on an event loop of its own."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    recorder = Recorder()
    forget_packages()
    set_mocks(recorder.answers, monitor=recorder)
    yield recorder
    loop.close()
    asyncio.set_event_loop(None)


def run(program: Callable[[], Any]) -> Any:
    """Runs a program to its end and returns the value of the output it returns."""
    seen: list[Any] = []

    def traced() -> pulumi.Output[None]:
        return pulumi.Output.from_input(program()).apply(seen.append)

    cast(Any, pulumi.runtime.test)(traced)()
    return seen[0] if seen else None


def last(token: str) -> str:
    return token.rsplit(":", 1)[-1]


def snake(camel: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", camel).lower().removeprefix("_")


def wire_value(spec: Mapping[str, Any]) -> Any:
    """A value of this type as the wire has it, every property given."""
    match spec["type"]:
        case "array":
            return [wire_value(spec["items"])]
        case "map":
            return {"camelKey": wire_value(spec["items"])}
        case "object":
            return wire_values(spec["properties"])
        case plain:
            return SAMPLES[plain]


def wire_values(specs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: wire_value(spec) for name, spec in specs.items()}


def python_value(spec: Mapping[str, Any], class_path: str) -> Any:
    """The same value as a program writes it, in Args classes."""
    match spec["type"]:
        case "array":
            return [python_value(spec["items"], class_path.removesuffix("s"))]
        case "object":
            return getattr(sentry, f"{class_path}Args")(**python_values(spec["properties"], class_path))
        case _:
            return wire_value(spec)


def python_values(specs: Mapping[str, Any], class_path: str) -> dict[str, Any]:
    return {snake(k): python_value(spec, class_path + k[0].upper() + k[1:]) for k, spec in specs.items()}


def bare(value: Any) -> Any:
    """A wire value without its secret wrappings."""
    if isinstance(value, dict):
        inner = value["value"] if SECRET.items() <= value.items() else None
        return bare(inner) if inner is not None else {name: bare(each) for name, each in value.items()}
    return [bare(each) for each in value] if isinstance(value, list) else value


def declare(token: str, *, opts: pulumi.ResourceOptions | None = None, **changed: Any) -> pulumi.CustomResource:
    """A resource with every input given, except for what a case changes; None leaves it out."""
    name = last(token)
    given = {**python_values(FACTS["resources"][token]["inputs"], name), **changed}
    args = getattr(sentry, f"{name}Args")(**{key: value for key, value in given.items() if value is not None})
    made: pulumi.CustomResource = getattr(sentry, name)("one", args, opts)
    return made


PAGER = "sentry:index/integrationPagerduty:IntegrationPagerduty"
RESOURCES = [pytest.param(token, id=f"{last(token)} arrives whole") for token in FACTS["resources"]]
LOOKUPS = [pytest.param(token, id=f"{last(token)} is asked and answers whole") for token in FACTS["functions"]]


def test_the_package_on_disk_is_what_the_generator_writes() -> None:
    assert GENERATOR["stale"](GENERATED) == []


def test_the_package_holds_no_other_modules() -> None:
    on_disk = {path.name for path in (ROOT / "pulumi_sentry").glob("*.*")}
    assert on_disk == {*GENERATED, "_utilities.py", "py.typed", "README.md"}


def test_the_generator_says_which_files_are_stale() -> None:
    assert GENERATOR["stale"]({**GENERATED, "alert.py": "", "new.py": ""}) == ["alert.py", "new.py"]


def test_the_package_has_the_version_of_the_provider() -> None:
    assert sentry._package.VERSION == FACTS["version"]


def test_the_plugin_file_names_the_base_provider_and_its_parameter() -> None:
    plugin = json.loads(GENERATED["pulumi-plugin.json"])
    value = plugin["parameterization"].pop("value")
    assert plugin == {
        "resource": True,
        "name": "terraform-provider",
        "version": "1.2.0",
        "parameterization": {"name": "sentry", "version": "0.15.4"},
    }
    assert base64.b64decode(value) == (b'{"remote":{"url":"registry.opentofu.org/jianyuan/sentry","version":"0.15.4"}}')


def test_the_package_is_registered_once_for_many_resources(engine: Recorder) -> None:
    run(lambda: [sentry.Team(name, sentry.TeamArgs(organization="acme")) for name in ("a", "b")] and None)
    (request,) = engine.of_kind("RegisterPackageRequest")
    assert (request.name, request.version, request.download_url) == ("terraform-provider", "1.2.0", "")
    assert (request.parameterization.name, request.parameterization.version) == ("sentry", "0.15.4")
    assert json.loads(request.parameterization.value) == FACTS["parameterization"]["value"]


@pytest.mark.parametrize("token", RESOURCES)
def test_every_property_arrives_under_its_wire_name(engine: Recorder, token: str) -> None:
    run(lambda: declare(token).urn)
    (request,) = engine.of_kind("RegisterResourceRequest")
    assert (request.type, request.name, request.packageRef) == (token, "one", "mock-uuid")
    assert bare(rpc.deserialize_properties(request.object)) == wire_values(FACTS["resources"][token]["inputs"])


@pytest.mark.parametrize("token", RESOURCES)
def test_a_resource_by_keywords_is_the_same(engine: Recorder, token: str) -> None:
    inputs = FACTS["resources"][token]["inputs"]
    run(lambda: getattr(sentry, last(token))("one", **python_values(inputs, last(token))).urn)
    (request,) = engine.of_kind("RegisterResourceRequest")
    assert bare(rpc.deserialize_properties(request.object)) == wire_values(inputs)


@pytest.mark.parametrize("token", RESOURCES)
def test_every_output_is_there_under_its_python_name(engine: Recorder, token: str) -> None:
    facts = FACTS["resources"][token]
    computed = {name: spec for name, spec in facts["outputs"].items() if name != "id"}
    engine.answers.extra = wire_values(computed)
    names = [snake(name) for name in [*facts["inputs"], *computed]]

    def program() -> pulumi.Output[Any]:
        made = declare(token)
        return pulumi.Output.all(**{name: getattr(made, name) for name in names})

    assert None not in run(program).values()


@pytest.mark.parametrize("token", RESOURCES)
def test_what_is_not_required_can_be_left_out(engine: Recorder, token: str) -> None:
    facts = FACTS["resources"][token]
    optional = {snake(name): None for name in facts["inputs"] if name not in facts["requiredInputs"]}
    run(lambda: declare(token, **optional).urn)
    (request,) = engine.of_kind("RegisterResourceRequest")
    assert set(request.object.fields) == set(facts["requiredInputs"])


@pytest.mark.parametrize("token", RESOURCES)
def test_what_is_required_is_asked_for(token: str) -> None:
    for name in FACTS["resources"][token]["requiredInputs"]:
        with pytest.raises(TypeError, match=f"'{snake(name)}'"):
            declare(token, **{snake(name): None})


@pytest.mark.parametrize("token", RESOURCES)
def test_one_that_exists_is_read_by_its_id(engine: Recorder, token: str) -> None:
    run(lambda: getattr(sentry, last(token)).get("one", "4711").urn)
    (request,) = engine.of_kind("ReadResourceRequest")
    assert (request.type, request.id, request.packageRef) == (token, "4711", "mock-uuid")


@pytest.mark.parametrize("token", LOOKUPS)
def test_a_lookup_in_both_forms(engine: Recorder, token: str) -> None:
    facts = FACTS["functions"][token]
    engine.answers.extra = wire_values({**facts["outputs"], **facts["inputs"]})
    given = python_values(facts["inputs"], "")
    name = snake(last(token))
    plain = run(lambda: getattr(sentry, name)(**given))
    lifted = run(lambda: getattr(sentry, f"{name}_output")(**given))
    for request in engine.of_kind("ResourceInvokeRequest"):
        assert (request.tok, request.packageRef) == (token, "mock-uuid")
        assert rpc.deserialize_properties(request.args) == wire_values(facts["inputs"])
    assert vars(plain) == vars(lifted)
    assert set(vars(lifted)) == {snake(each) for each in {**facts["inputs"], **facts["outputs"]}}
    assert None not in vars(lifted).values()


def test_a_lookup_can_be_awaited(engine: Recorder) -> None:
    engine.answers.extra = {"id": "42"}

    async def program() -> sentry.GetTeamResult:
        return await sentry.get_team(organization="acme", slug="web")

    found = run(program)
    assert (type(found), found.id) == (sentry.GetTeamResult, "42")


@pytest.mark.usefixtures("engine")
def test_objects_in_answers_are_typed_all_the_way_down() -> None:
    def described(filters: Sequence[sentry.outputs.AlertActionFilter]) -> str:
        pager = filters[0].actions[0].pagerduty
        return f"{type(pager).__name__}: {pager and pager.service_name}"

    def program() -> pulumi.Output[str]:
        return cast(sentry.Alert, declare("sentry:index/alert:Alert")).action_filters.apply(described)

    assert run(program) == "AlertActionFilterActionPagerduty: word"


def test_a_subclass_keeps_the_typed_outputs(engine: Recorder) -> None:
    class Ours(sentry.Team):
        motto: str = "ours"

    engine.answers.extra = {"internalId": "12"}
    assert run(lambda: Ours("one", sentry.TeamArgs(organization="acme")).internal_id) == "12"


SECRETS = [
    pytest.param(PAGER, ["integrationKey"], ["integrationKey"], id="the key of a PagerDuty row is a secret"),
    pytest.param("sentry:index/key:Key", [], ["dsn", "dsnSecret", "secret"], id="a client key's DSNs are secrets"),
    pytest.param(
        "sentry:index/project:Project",
        ["clientSecurity"],
        ["clientSecurity"],
        id="a project's security token is a secret, with all that surrounds it",
    ),
    pytest.param("sentry:index/team:Team", [], [], id="a team has no secrets"),
]


@pytest.mark.parametrize(("token", "inputs", "outputs"), SECRETS)
def test_secrets(engine: Recorder, token: str, inputs: list[str], outputs: list[str]) -> None:
    run(lambda: declare(token).urn)
    (request,) = engine.of_kind("RegisterResourceRequest")
    sent = rpc.deserialize_properties(request.object)
    wrapped = [name for name, each in sent.items() if isinstance(each, dict) and SECRET.items() <= each.items()]
    assert (wrapped, list(request.additionalSecretOutputs)) == (inputs, outputs)


def test_further_secret_outputs_are_kept(engine: Recorder) -> None:
    opts = pulumi.ResourceOptions(additional_secret_outputs=["service"], protect=True)
    run(lambda: declare(PAGER, opts=opts).urn)
    (request,) = engine.of_kind("RegisterResourceRequest")
    assert (set(request.additionalSecretOutputs), request.protect) == ({"integrationKey", "service"}, True)


@pytest.mark.usefixtures("engine")
def test_the_callers_args_are_left_as_they_are() -> None:
    args = sentry.IntegrationPagerdutyArgs(integration_id="1", integration_key="k", organization="acme", service="web")
    run(lambda: sentry.IntegrationPagerduty("one", args).urn)
    assert args.integration_key == "k"


def test_an_explicit_provider_is_asked(engine: Recorder) -> None:
    def program() -> pulumi.Output[str]:
        provider = sentry.Provider("eu", sentry.ProviderArgs(base_url="https://de.example.com/api/", token="t"))
        opts = pulumi.ResourceOptions(provider=provider)
        return sentry.Team("one", sentry.TeamArgs(organization="acme"), opts).urn

    run(program)
    provider, team = engine.of_kind("RegisterResourceRequest")
    assert (provider.type, provider.packageRef) == ("pulumi:providers:sentry", "mock-uuid")
    assert rpc.deserialize_properties(provider.object) == {
        "baseUrl": "https://de.example.com/api/",
        "token": {**SECRET, "value": "t"},
    }
    assert team.provider.endswith("pulumi:providers:sentry::eu::eu-id")


def test_a_reference_in_a_state_becomes_the_typed_resource(engine: Recorder) -> None:
    engine.answers.extra = {"internalId": "12"}

    def program() -> pulumi.Output[Any]:
        team = sentry.Team("one", sentry.TeamArgs(organization="acme"))
        module = cast(Any, rpc.get_resource_module("sentry", "index/team", "0.15.4"))
        return team.urn.apply(lambda urn: module.construct("one", "sentry:index/team:Team", urn).internal_id)

    assert run(program) == "12"


untyped: Any = sentry
MISUSES = [
    pytest.param(lambda: untyped.Team("one"), "'organization'", id="nothing given"),
    pytest.param(lambda: untyped.Team("one", organization="a", nmae="b"), "'nmae'", id="a misspelt keyword"),
    pytest.param(lambda: untyped.TeamArgs(organization="a", nmae="b"), "'nmae'", id="a misspelt property"),
    pytest.param(
        lambda: untyped.Team("one", sentry.KeyArgs(organization="a", project="b")), "TeamArgs", id="other Args"
    ),
    pytest.param(
        lambda: untyped.Team("one", sentry.TeamArgs(organization="a"), slug="b"), "slug", id="Args and keywords"
    ),
]


@pytest.mark.parametrize(("misuse", "message"), MISUSES)
def test_misuse_is_refused(misuse: Callable[[], Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        misuse()


PROGRAM = """
import pulumi_sentry as sentry

pager = sentry.AlertActionFilterActionPagerdutyArgs(
    {keyword}="1", service_id="2", service_name="web", severity="critical"
)
team = sentry.Team("one", sentry.TeamArgs(organization="acme"))
project = sentry.Project("two", sentry.ProjectArgs(organization="acme", teams=[team.slug]))
"""
SPELLINGS = [
    pytest.param("integration_id", 0, "Success", id="a program without mistakes passes"),
    pytest.param("integraton_id", 1, 'did you mean "integration_id"?', id="a misspelt keyword is a type error"),
]


@pytest.mark.parametrize(("keyword", "code", "message"), SPELLINGS)
def test_type_checker(tmp_path: Path, keyword: str, code: int, message: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(keyword=keyword), "utf-8")
    options = ["--strict", "--config-file=", f"--cache-dir={tmp_path / 'cache'}"]
    answer = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(program)], capture_output=True, text=True, check=False
    )
    assert (answer.returncode, message in answer.stdout) == (code, True), answer.stdout + answer.stderr


def test_the_package_itself_is_strictly_typed(tmp_path: Path) -> None:
    options = ["--strict", "--config-file=", f"--cache-dir={tmp_path / 'cache'}"]
    answer = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(ROOT / "pulumi_sentry")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
