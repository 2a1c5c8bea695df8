"""Names that must exist elsewhere in the catalog, checked while a value is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Annotated, Any, Protocol

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from monitoring.errors import printable
from monitoring.model.scalars import Length, invalid_value, quoted, shown


class SentTag(Protocol):
    """A tag that somebody sends: its only values, or None where it may have any."""

    @property
    def values(self) -> Collection[str] | None: ...


class RecordingSteps(Protocol):
    """What a rule may ask of a recording: whether there is one."""

    @property
    def steps(self) -> Collection[object]: ...


class Sender(Protocol):
    """What a rule may ask of a Sentry project: the tags that it sends."""

    @property
    def tags(self) -> Mapping[str, SentTag]: ...


class MetricSender(Sender, Protocol):
    """What a rule may ask of a Datadog metric: its tags, its unit, its kind and how often it is sent."""

    @property
    def unit(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def interval(self) -> Length: ...


@dataclass(frozen=True, slots=True)
class Names:
    """Every name that the catalog declares, by kind; the context in which references are read.

    A kind that is not there is not known, because its file cannot be read; no reference to it is a mistake.
    """

    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    projects: Mapping[str, Sender] = field(default_factory=dict)
    metrics: Mapping[str, MetricSender] = field(default_factory=dict)
    declarations: Callable[[], Mapping[tuple[str, str], str]] = dict
    """How a metric or a project that rules name would be declared, by its kind and name; asked when one is missing."""
    recordings: Mapping[str, RecordingSteps] = field(default_factory=dict)
    """What was recorded for browsers, by the names of the files; those with mistakes are not there."""


MAX_COMPARED = 500
"""Among how many names a similar one is looked for at most."""


def nearest(word: str, legal: Iterable[str]) -> str:
    """What to write instead of a word that is not legal: the nearest one, or all of a short list."""
    names = frozenset(legal)
    if len(names) > MAX_COMPARED:
        return f"there are {len(names)} others"
    options = sorted(names)
    near = get_close_matches(word[:60], options, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{printable(near[0])}"?'
    if not options:
        return "there is none"
    listed = ", ".join(map(printable, options[:8]))
    return f"there is {listed}" if len(options) <= 8 else f"there is {listed} and {len(options) - 8} more"


def meant_by(remedy: str) -> str | None:
    """The name that a remedy of `nearest` proposes."""
    return remedy.removeprefix('did you mean "').removesuffix('"?') if remedy.startswith("did you mean") else None


# A kind -> where an entry of it is declared.
DECLARED_IN: Mapping[str, str] = {
    "person": "oncall.yaml under people",
    "schedule": "oncall.yaml under schedules",
    "policy": "oncall.yaml under policies",
    "team": "teams.yaml",
    "service": "services/NAME.yaml",
    "tenant": "tenants.yaml",
    "plan": "platform.yaml under tenancy.plans",
    "project": "platform.yaml under sentry.projects",
    "metric": "platform.yaml under datadog.metrics",
    "environment": "platform.yaml under environments",
    "rule": "a service's rules",
    "component": "its service, as health: NAME",
    "recording": "recordings/NAME.json",
}
PLACES = {"schedule": "schedules", "person": "people"}
"""Where in oncall.yaml those stand who can be asked."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A name of one of these kinds, in the catalog's words: person, team, project, metric …"""

    kinds: tuple[str, ...]

    def check(self, value: Any, info: ValidationInfo) -> str:
        """The name itself; refuses one that nothing of the kind has."""
        kind = " or ".join(self.kinds)
        if not isinstance(value, str):
            raise invalid_value(f"{shown(value)} is not the name of a {kind}", "write a name")
        name = value.strip()
        names: Names | None = info.context
        if names is None or not names.known.keys() >= {*self.kinds}:
            return name
        if not any(name in names.known[declared] for declared in self.kinds):
            raise self._unknown(name, names)
        return name

    def _unknown(self, name: str, names: Names) -> PydanticCustomError:
        """A similar name, or where to declare it; for people no similar name: it would put somebody else on call."""
        kind, meant = self.kinds[-1], None
        if kind == "person":
            remedy = f"take it out, or add it to {' or '.join(PLACES[kind] for kind in self.kinds)} in oncall.yaml"
        else:
            remedy = nearest(name, names.known[kind])
            meant = meant_by(remedy)
            remedy = remedy if meant else f"{remedy}; declare it in {self._declaration(name, names)}"
        what = f"no {' or '.join(self.kinds)} is called {quoted(name)}"
        context = {"what": what, "remedy": remedy, "kind": kind, "name": name, "meant": meant}
        return PydanticCustomError("unknown-name", "{what}", context)

    def _declaration(self, name: str, names: Names) -> str:
        """Where to declare a name, and how, where that does not go without saying."""
        kind = self.kinds[-1]
        place = DECLARED_IN[kind].replace("/NAME.", f"/{quoted(name)[1:-1]}.")
        if kind == "service":
            team = min(names.known.get("team", ()), default="TEAM")
            words = (
                f"with service, title, team: {team} and tier, and what others run with kind: external and status-page"
            )
            return f"{place}, {words}"
        declaration = names.declarations().get((kind, name))
        return f"{place}, for example {name}: {declaration}" if declaration else place

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            self.check, serialization=core_schema.to_string_ser_schema()
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "description": f"the name of a {' or '.join(self.kinds)}"}


PersonRef = Annotated[str, Ref(("person",))]
AskRef = Annotated[str, Ref(("schedule", "person"))]
PolicyRef = Annotated[str, Ref(("policy",))]
TeamRef = Annotated[str, Ref(("team",))]
ServiceRef = Annotated[str, Ref(("service",))]
TenantRef = Annotated[str, Ref(("tenant",))]
PlanRef = Annotated[str, Ref(("plan",))]
ProjectRef = Annotated[str, Ref(("project",))]
MetricRef = Annotated[str, Ref(("metric",))]
EnvironmentRef = Annotated[str, Ref(("environment",))]
RuleRef = Annotated[str, Ref(("rule",))]
ComponentRef = Annotated[str, Ref(("component",))]
