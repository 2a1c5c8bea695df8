"""What a browser does in a synthetic test: steps that Datadog's recorder wrote, kept as JSON beside the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from monitoring.model.addresses import parse_path, parse_url
from monitoring.model.browser_steps import (
    MAX_DELAY,
    MAX_STEP_SECONDS,
    PARAMETERS,
    SECRET_LENGTH,
    USUAL_STEP_SECONDS,
    WAITS,
    WITHOUT_VALUE,
    WRITTEN_BY_HAND,
    Check,
    Code,
    RecordedJson,
    StepType,
    StepValue,
    typing_seconds,
)
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Sentence, invalid_value, quoted, repeated
from monitoring.model.secret_words import names_a_secret

RECORDINGS = "recordings"
"""The folder of the catalog that holds them, one file each: recordings/NAME.json."""
_INPUT = re.compile(r"""<input\b(?:"[^"]*+"?|'[^']*+'?|[^>"'])*+""", re.IGNORECASE)
_PASSWORD = re.compile(r"""(?<![\w-])type=(?:\\?["'])?password""", re.IGNORECASE)
_SECRET = re.compile(r"\$\{([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\}", re.ASCII)
_FILLED_IN = re.compile(r"""(?<![\w-])value=(?:["'])?[^"'\s>]""", re.IGNORECASE)


class RecordingEntry(Entry):
    """A part of a recording, whose words are spelled as Datadog spells them."""

    model_config = ConfigDict(alias_generator=to_camel)


class ElementSelector(RecordingEntry):
    """A selector that finds an element of the page."""

    type: Literal["css", "xpath"] = "css"
    """The language of the selector."""
    value: StepValue
    """The selector."""


class UserLocator(RecordingEntry):
    """An element of the page as somebody wrote it down."""

    fail_test_on_cannot_locate: bool = False
    """Whether the step fails where the selector finds nothing; else what was recorded is looked for."""
    values: tuple[ElementSelector, ...]
    """The selector, and no second one."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Several selectors, of which Datadog's provider sends the first (the provider's getStepParams)."""
        if len(self.values) != 1:
            yield EntryProblem(f"holds {len(self.values)} selectors", "write one", ("values",))


class PageElement(RecordingEntry):
    """An element of the page: as it was recorded, as somebody wrote it down, or both."""

    multi_locator: RecordedJson | None = None
    """The ways to find it that Datadog recorded."""
    target_outer_html: StepValue | None = Field(None, alias="targetOuterHTML")
    """Its HTML when it was recorded."""
    shadow_htmls: RecordedJson | None = None
    """The HTML of the shadow roots around it."""
    url: StepValue | None = None
    """The address of the page on which it was recorded."""
    user_locator: UserLocator | None = None
    """A selector that somebody wrote down."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Nothing by which it could be found, and a password that was typed while it was recorded."""
        if self.multi_locator is None and self.user_locator is None:
            yield EntryProblem("says nothing by which the element is found", "write userLocator, or record it again")
        inputs = _INPUT.findall(self.target_outer_html or "")
        if any(_PASSWORD.search(field) and _FILLED_IN.search(field) for field in inputs):
            what = "holds what was typed into a field for a password"
            yield EntryProblem(what, "take value out of the HTML", ("targetOuterHTML",))

    @property
    def takes_secret(self) -> bool:
        """Whether what is typed there is taken to be a secret, by its HTML or by what finds it.

        Recorded ways run through the whole page, past a banner of cookies or a form with a token; so only a password
        counts in them.
        """
        selectors = (selector.value for selector in (self.user_locator.values if self.user_locator else ()))
        recorded = f"{self.multi_locator} {self.target_outer_html}".lower()
        return "password" in recorded or any(map(names_a_secret, selectors))


class StepParameters(RecordingEntry):
    """What a step needs to know, by its type."""

    attribute: StepValue | None = None
    """The attribute of the element that is compared."""
    check: Check | None = None
    """How an assertion compares."""
    click_type: Literal["primary", "double", "contextual"] | None = None
    """Which click it is; left out, primary."""
    click_with_javascript: bool | None = None
    """Whether the element is clicked by JavaScript, and not as a person would."""
    code: Code | None = None
    """The JavaScript whose answer must be true."""
    delay: int | None = None
    """The milliseconds between two keys."""
    element: PageElement | None = None
    """The element of the page."""
    file: RecordedJson | None = None
    """What must hold of a file that was downloaded."""
    modifiers: tuple[Literal["Alt", "Control", "meta", "Shift"], ...] = ()
    """The keys that are held while the other one is pressed."""
    requests: RecordedJson | None = None
    """How many requests the page must have sent, and where."""
    value: StepValue | None = None
    """What is typed, looked for, opened, or waited in seconds; a secret as ${probe-password}."""
    x: int | None = None
    """The pixels that are scrolled to the right."""
    y: int | None = None
    """The pixels that are scrolled down."""

    @property
    def given(self) -> frozenset[str]:
        """The parameters that are written, as Datadog spells them."""
        fields = type(self).model_fields
        return frozenset(fields[name].alias or name for name in self.model_fields_set)


class RecordingStep(RecordingEntry):
    """One thing that a browser does, or looks for."""

    name: Sentence
    """What the step does, in a few words."""
    type: StepType
    """Which of Datadog's types it is."""
    params: StepParameters = Field(default_factory=StepParameters)
    """What it needs to know."""
    allow_failure: bool = False
    """Whether the steps after it are run when it fails."""
    is_critical: bool | None = None
    """Whether its failure fails the test all the same, where allowFailure is true."""
    timeout: int = 0
    """The seconds for which it tries before it fails, 1 to 300; 0 for Datadog's own 60."""
    no_screenshot: bool = False
    """Whether no picture of the page is kept."""

    @property
    def fails_test(self) -> bool:
        """Whether its failure fails the test: it ends it, or counts all the same."""
        return not self.allow_failure or self.is_critical is True

    @property
    def tries_for(self) -> int:
        """The seconds for which it tries before it fails."""
        return self.timeout or USUAL_STEP_SECONDS

    @property
    def seconds(self) -> int:
        """The seconds that it takes at most, with those that it was told to wait, or to leave between two keys."""
        waits = int(self.params.value or 0) if self.type == "wait" else 0
        characters = SECRET_LENGTH if self.secret else len(self.params.value or "")
        return self.tries_for + waits + typing_seconds(characters, self.params.delay or 0)

    @property
    def secret(self) -> str | None:
        """The name of the secret that it types."""
        match = _SECRET.fullmatch(self.params.value or "") if self.type == "typeText" else None
        return match[1] if match else None

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Parameters that its type lacks or does not take, a time that Datadog does not take, a secret written out."""
        yield from self._strange_parameters()
        if self.timeout not in range(MAX_STEP_SECONDS + 1):
            what = f'"{self.timeout}" is not how many seconds a step can try'
            yield EntryProblem(what, f"Datadog takes 1 to {MAX_STEP_SECONDS}, and 0 for its own 60", ("timeout",))
        if self.params.delay is not None and self.params.delay not in range(MAX_DELAY + 1):
            what = f'"{self.params.delay}" is not how many milliseconds lie between two keys'
            yield EntryProblem(what, f"write 0 to {MAX_DELAY}", ("params", "delay"))
        yield from self._strange_value()
        yield from self._strange_secret()

    def _strange_secret(self) -> Iterator[EntryProblem]:
        """One that is written out, and the name of one where Datadog would fill nothing in."""
        if self.secret is not None:
            return
        takes_secret = self.params.element is not None and self.params.element.takes_secret
        if self.type == "typeText" and (names_a_secret(self.name) or takes_secret):
            what = "types a secret, and the catalog holds none"
            remedy = "write ${probe-password}, and its value in the stack's configuration"
            yield EntryProblem(what, remedy, ("params", "value"))
        elif name := _SECRET.search(self.params.value or ""):
            what = f"names the secret {quoted(name[1])} where no secret is filled in"
            yield EntryProblem(what, f"write {name[0]} alone, in a step of the type typeText", ("params", "value"))

    def _strange_parameters(self) -> Iterator[EntryProblem]:
        taken, given = PARAMETERS[self.type], self.params.given
        needed = taken.needed - ({"value"} if self.params.check in WITHOUT_VALUE else set())
        for name in sorted(needed - given):
            what = f"a step of the type {quoted(self.type)} needs {quoted(name)}"
            example = f", like {WRITTEN_BY_HAND[name]}" if name in WRITTEN_BY_HAND else ""
            yield EntryProblem(what, f"add it{example}, or record the step again", ("params",))
        for name in sorted(given - taken.needed - taken.optional):
            what = f"Datadog takes no {quoted(name)} in a step of the type {quoted(self.type)}"
            yield EntryProblem(what, "take it out", ("params", name))

    def _strange_value(self) -> Iterator[EntryProblem]:
        value, at = self.params.value, ("params", "value")
        if value is None:
            return
        if self.type == "wait" and not (value.isascii() and value.isdecimal() and int(value) in WAITS):
            yield EntryProblem(f"{quoted(value)} is not how many seconds a step can wait", "Datadog takes 1 to 300", at)
        if self.type == "goToUrl" and not _is_address(value):
            what = f"{quoted(value)} is no https address, and no path below the environment's"
            yield EntryProblem(what, "write it like https://shop.youragency.com/cart, or /cart", at)


def _is_address(text: str) -> bool:
    try:
        (parse_path if text.startswith("/") else parse_url)(text)
    except PydanticCustomError:
        return False
    return True


class Recording(RecordingEntry):
    """The steps of a browser, in turn."""

    steps: tuple[RecordingStep, ...]
    """What the browser does and looks for, in turn."""

    @model_validator(mode="before")
    @classmethod
    def _is_object(cls, value: Any) -> Any:
        if isinstance(value, tuple):
            raise invalid_value("is a list of steps alone", 'write {"steps": [ and ]} around them')
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of the secrets that it types, each once."""
        return tuple(sorted({step.secret for step in self.steps if step.secret}))

    @property
    def seconds(self) -> int:
        """The seconds that its steps take at most, one after the other."""
        return sum(step.seconds for step in self.steps)

    @property
    def opened(self) -> tuple[str, ...]:
        """The addresses and paths that its steps open, beside the first one."""
        return tuple(step.params.value for step in self.steps if step.type == "goToUrl" and step.params.value)

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No step, two of one name, and a recording that nothing fails."""
        if not self.steps:
            yield EntryProblem("has no step", "record one", ("steps",))
        names = [step.name for step in self.steps]
        for name in repeated(names):
            second = names.index(name, names.index(name) + 1)
            what = f"has two steps called {quoted(name)}"
            yield EntryProblem(what, "give each a name of its own", ("steps", second, "name"))
        if self.steps and not any(step.fails_test for step in self.steps):
            what = "fires never, since a failure of each step is allowed"
            yield EntryProblem(what, 'write "isCritical": true at one', ("steps",))


class NamedRecording(Recording):
    """A recording with the name of its file, as a rule holds it."""

    name: str
    """The name of its file, without .json."""
