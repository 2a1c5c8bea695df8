"""A browser that a synthetic test of Datadog's drives through a page, step by step, as somebody recorded it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from monitoring.model.addresses import Path, Url
from monitoring.model.entry import Entry, EntryProblem, names_in
from monitoring.model.recording import NamedRecording, Recording, RecordingStep
from monitoring.model.references import Names, Ref
from monitoring.model.scalars import quoted, repeated

Device = Literal[
    "chrome.laptop_large",
    "chrome.tablet",
    "chrome.mobile_small",
    "edge.laptop_large",
    "edge.tablet",
    "edge.mobile_small",
    "firefox.laptop_large",
    "firefox.tablet",
    "firefox.mobile_small",
]
"""The browsers and sizes of screens that Datadog runs (SyntheticsDeviceID of its API client)."""
START_SECONDS = 60
"""How long the first page may take to open: declared with each test, and counted in the time to its failure."""


class RecordingRef(Ref):
    """The name of a recording, which is read as what the file of that name holds.

    So a rule answers for its steps without asking the catalog, and a changed step is a changed rule.
    """

    def recorded(self, value: Any, info: ValidationInfo) -> NamedRecording:
        """What was recorded under a name; nothing where its file has mistakes, which are reported there."""
        name = self.check(value, info)
        recording = names_in(info).recordings.get(name)
        steps = recording.steps if isinstance(recording, Recording) else ()
        return NamedRecording.model_construct(name=name, steps=steps)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.recorded)


class Browser(Entry):
    """A browser that opens a page and must get through all that was recorded."""

    recording: Annotated[NamedRecording, RecordingRef(("recording",))]
    """What it does: the name of a file in recordings/, without .json."""
    url: Url | None = None
    """The whole address at which it starts."""
    path: Path | None = None
    """The path below the environment's address at which it starts."""
    devices: tuple[Device, ...] = ("chrome.laptop_large",)
    """The browsers, with the sizes of their screens; each runs the whole test."""

    def failing(self) -> str:
        """How it fails."""
        count = len(self.recording.steps)
        steps = "its only step" if count == 1 else f"its {count} steps"
        where = f"from {self.url or self.path}, in {' and '.join(self.devices)}"
        return f'the recording "{self.recording.name}" does not get through {steps} {where}'

    @property
    def seconds(self) -> int:
        """The seconds that a run takes at most."""
        return START_SECONDS + self.recording.seconds

    def tried_for(self, seconds: int) -> Browser:
        """The same, with so many seconds for each step to try."""
        return self.doing(tuple(step.model_copy(update={"timeout": seconds}) for step in self.recording.steps))

    def doing(self, steps: tuple[RecordingStep, ...]) -> Browser:
        """The same with other steps."""
        return self.model_copy(update={"recording": self.recording.model_copy(update={"steps": steps})})

    @property
    def urls(self) -> tuple[str, ...]:
        """The whole addresses that it opens."""
        opened = (self.url, *self.recording.opened)
        return tuple(url for url in opened if url and not url.startswith("/"))

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No address or two, devices that are none or double."""
        if (self.url is None) == (self.path is None):
            what = "has no address" if self.url is None else "has two addresses"
            yield EntryProblem(what, "write url, or path below the environment's address")
        if not self.devices:
            yield EntryProblem("is an empty list", "name at least one, like chrome.laptop_large", ("devices",))
        for name in repeated(self.devices):
            yield EntryProblem(f"names {quoted(name)} twice", "name it once", ("devices",))
