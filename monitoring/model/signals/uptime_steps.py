"""The steps of a synthetic test that asks several pages in turn, and the values that one leaves to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from monitoring.model.addresses import JsonPath, PathTemplate, UrlTemplate
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names, nearest
from monitoring.model.scalars import Id, Sentence, quoted, repeated
from monitoring.model.signals.uptime_pages import METHODS_WITH_BODY, Method, Page, RequestBody, SentRequest

MAX_STEPS = 10
"""A test's steps unless Datadog's support raises it (DataDog/documentation, synthetics/multistep)."""
MAX_KEPT = 10
"""The values that a step keeps (the same page)."""
MIN_KEPT_NAME = 3
"""The letters of a value's name at least (the same page)."""
REFERENCE = re.compile(r"\$\{([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\}", re.ASCII)
"""A kept value inside a text of a later step."""

Failure = Literal["stop", "continue", "ignore"]


class StepBody(RequestBody):
    """What a step's request carries; a kept value in it may be a number of JSON, and then stands without quotes."""

    @property
    def sample(self) -> str:
        """The text with a number in the place of each kept value."""
        return REFERENCE.sub("1", self.text)


class StepRequest(SentRequest):
    """What a step's request carries beside its address."""

    body: StepBody | None = None
    """The request's body, with POST, PUT or PATCH."""


class StepPage(Page):
    """A page that a step asks, in whose texts values of earlier steps stand as ${name}."""

    url: UrlTemplate | None = None
    """The whole address that is requested."""
    path: PathTemplate | None = None
    """The path below the environment's address that is requested."""
    sends: StepRequest | None = None
    """What the request carries beside its address."""

    @property
    def texts(self) -> Iterator[str]:
        """Every text in which a kept value can stand."""
        sent = self.sends
        yield from filter(None, (self.url, self.path, self.contains, self.body.text if self.body else None))
        yield from (value.text for value in (*self.headers.values(), *self.json_values.values()))
        yield from sent.headers.values() if sent else ()


class SyntheticStep(Entry):
    """One request of a test of several, and what it leaves to those after it."""

    name: Sentence
    """What the step does, in a few words."""
    method: Method = "GET"
    """The HTTP method that is used."""
    page: StepPage
    """The page that is requested."""
    keeps: dict[Id, JsonPath] = {}
    """Values of the answer that later steps use, by their names, and where each stands in its JSON."""
    on_failure: Failure = "stop"
    """What a failure does: stop fails the test at once, continue after the other steps, ignore not at all."""

    @property
    def uses(self) -> frozenset[str]:
        """The names of the values that its texts ask for."""
        return frozenset(name for text in self.page.texts for name in REFERENCE.findall(text))

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A body that the method does not carry, values of no name or too many, a sign of a value that names none."""
        if self.page.body and self.method not in METHODS_WITH_BODY:
            yield EntryProblem(
                f"{self.method} carries no body", "write method: POST, or take the body out", ("method",)
            )
        if self.method == "HEAD" and (self.keeps or self.page.reads_body):
            yield EntryProblem("HEAD has no body, so nothing in it is seen or kept", "write method: GET", ("method",))
        if len(self.keeps) > MAX_KEPT:
            yield EntryProblem(f"keeps {len(self.keeps)} values", f"Datadog takes {MAX_KEPT}", ("keeps",))
        for name in self.keeps:
            if len(name) < MIN_KEPT_NAME:
                what = f"{quoted(name)} is too short for the name of a value"
                yield EntryProblem(what, f"write {MIN_KEPT_NAME} letters or more, like basket", ("keeps", name))
        yield from self._misplaced_values()

    def _misplaced_values(self) -> Iterator[EntryProblem]:
        """A sign of a value that names none, one where Datadog would read a third brace, one in a JSON schema."""
        if any("${" in REFERENCE.sub("", text) for text in self.page.texts):
            what = 'holds "${", which begins the name of a kept value'
            yield EntryProblem(what, "write it like ${basket}", ("page",))
        if any("{${" in text for text in self.page.texts):
            what = 'holds "{${", and Datadog writes a kept value in braces itself'
            yield EntryProblem(what, "write a blank between them, like { ${basket}", ("page",))
        if REFERENCE.search(self.page.json_schema or ""):
            what = "holds a kept value, which stays as it is written in a JSON schema"
            yield EntryProblem(what, 'compare it by json-values, like {$.id: "${basket}"}', ("page", "json-schema"))


def steps_failing(steps: Sequence[SyntheticStep]) -> str:
    """How a test of several steps fails: by which of them."""
    failing = [step.name for step in steps if step.on_failure != "ignore"]
    if len(failing) == 1:
        return f"the one request that counts fails ({failing[0]})"
    return f"one of {len(failing)} requests in turn fails ({', '.join(failing)})"


def step_problems(steps: Sequence[SyntheticStep]) -> Iterator[EntryProblem]:
    """Too many steps, two of one name, a value that no earlier one keeps, and a test that nothing fails."""
    if len(steps) > MAX_STEPS:
        yield EntryProblem(f"has {len(steps)} steps", f"Datadog takes {MAX_STEPS}", ("steps",))
    for name in repeated(step.name for step in steps):
        yield EntryProblem(f"has two steps called {quoted(name)}", "give each a name of its own", ("steps",))
    if steps and all(step.on_failure == "ignore" for step in steps):
        what = "fires never, since a failure of each step is ignored"
        yield EntryProblem(what, "write on-failure: stop at one", ("steps",))
    known: set[str] = set()
    for number, step in enumerate(steps):
        for name in sorted(step.uses - known):
            what, remedy = f"{quoted(name)} is kept by no earlier step", f"{nearest(name, known)}; write keeps there"
            yield EntryProblem(what, remedy, ("steps", number, "page"))
        known |= step.keeps.keys()


def named_variables(text: str) -> str:
    """A text as Datadog takes it: each kept value by the name of its variable, in two braces."""
    return REFERENCE.sub(lambda reference: f"{{{{ {variable_of(reference[1])} }}}}", text)


def variable_of(name: str) -> str:
    """The name at Datadog of a kept value's variable."""
    return name.upper().replace("-", "_")
