"""An address that Datadog asks from several regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, final

from monitoring.model.alphabets import Location
from monitoring.model.detection import Detection, seconds_of_test
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Duration, Length, parse_duration, quoted, repeated
from monitoring.model.signals.base import LATER, BaseSignal, DataRead, Metrics, RankedLimit, Watcher, fitting
from monitoring.model.signals.uptime_browser import Browser
from monitoring.model.signals.uptime_pages import METHODS_WITH_BODY, Method
from monitoring.model.signals.uptime_requests import Health, SyntheticRequest

# Datadog synthetic tests: how often, how many retries, how far apart (options_list of the API description).
TICK_SECONDS = range(30, 604_801)
# A browser's: from 5m on, and 1m where Datadog's support has opened it (DataDog/documentation, browser_tests).
BROWSER_TICK_SECONDS = range(60, 604_801)
# A browser's retries (DataDog/documentation, browser_tests, alert conditions).
BROWSER_RETRIES = 2
RETRY_COUNTS = range(4)
RETRY_GAP_SECONDS = range(6)
# How long a test must fail before it alerts, in whole minutes (min_failure_duration, 0 to 7200 seconds).
FAILING_MINUTES = range(1, 121)


PACES = ("1d", "6h", "1h", "30m", "15m", "10m", "5m", "1m")
"""The paces among which one that is fast enough is looked for."""
_WRITE_SHORTEST = f"write every: {PACES[-1]}"
_OPENED = ", which Datadog's support opens for a browser"
STEP_TIMEOUTS = (30, 20, 10, 5)
"""The seconds for each step of a browser among which such a time is looked for."""


class Retry(Entry):
    """How often a failed location tries again before it counts, and after how long."""

    times: int
    """How often a location tries again, 0 to 3."""
    after: Duration
    """How long it waits before it tries again, 0s to 5s."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """More retries, or later ones, than Datadog takes."""
        if self.times not in RETRY_COUNTS:
            yield EntryProblem(f'"{self.times}" is not a number of retries', "Datadog takes 0 to 3", ("times",))
        if self.after.seconds not in RETRY_GAP_SECONDS:
            yield EntryProblem(f'"{self.after}" is not a gap between retries', "Datadog takes 0s to 5s", ("after",))


@final
class Uptime(BaseSignal):
    """A synthetic test from several regions."""

    watcher: ClassVar[Watcher] = "datadog"
    asks: SyntheticRequest
    """What the test requests."""
    methods: tuple[Method, ...] = ("GET",)
    """The HTTP methods that are tested, one test each."""
    every: Duration
    """How often each region runs the test, 30s to 1w."""
    regions: tuple[Location, ...]
    """The locations from which it runs."""
    failing_in: int = 1
    """How many regions must fail at the same time."""
    failing_for: Duration | None = None
    """How long it must fail before it fires, 1m to 2h; left out, no longer than one run."""
    retry: Retry | None = None
    """How often a failed location tries again before it counts."""

    def condition(self, limit: str | None) -> str:
        """What the question is, and from how many regions it fails."""
        lasting = f" for {self.failing_for}" if self.failing_for else ""
        failure = self.asks.failing(" and ".join(self.methods))
        return f"{failure}, seen from {self.failing_in} of {len(self.regions)} regions{lasting}"

    @property
    def unused_fields(self) -> frozenset[str]:
        """The methods, where nothing is asked by one."""
        return frozenset() if self.asks.takes_methods else frozenset({"methods"})

    @property
    def health_question(self) -> Health | None:
        """The question that it asks, with its components."""
        return self.asks.health

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing that is sent."""
        return ()

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """How often it asks, and how long a silent answer takes to count.

        A certificate's is counted from the expiry, since that is what hurts: whatever is said `valid-for` ahead of it
        is in time.
        """
        waits, lasting = self._seconds_until_failed, self.failing_for.seconds if self.failing_for else 0
        seconds = seconds_of_test(self.every.seconds, waits, lasting)
        fails = f", then failing for {self.failing_for} and one more run" if self.failing_for else ""
        if self.asks.certificate is not None:
            ahead = self.asks.certificate.valid_for
            how = f"counted from the expiry: said {ahead} ahead of it, asked every {self.every}{fails}"
            return Detection(max(seconds - ahead.seconds, 0), how)
        counts = "a run that is stuck counts" if self.asks.browser else "a silent answer counts"
        how = f"asked every {self.every} from each region, {Length(waits).in_all_units} until {counts}{fails}"
        return Detection(seconds, how)

    @property
    def _seconds_until_failed(self) -> int:
        run = self.asks.run_seconds
        return run + (self.retry.times * (self.retry.after.seconds + run) if self.retry else 0)

    def faster(self, limit: int) -> str:
        """A faster pace, less time to fail, or for a browser also faster steps."""
        steps = self._faster_steps(self.asks.browser, limit) if self.asks.browser else ""
        remedy = fitting(self, "every", PACES, limit, f"{steps}{LATER}" if steps else self._sooner_failing(limit))
        return f"{remedy}{_OPENED}" if self.asks.browser and remedy == _WRITE_SHORTEST else remedy

    @property
    def _paces(self) -> Mapping[str, Length]:
        """Its own pace and the shortest one, by what to write for each; nothing for its own."""
        opened = f"{_OPENED}," if self.asks.browser else ""
        return {"": self.every, f"every: {PACES[-1]}{opened} and ": parse_duration(PACES[-1])}

    def _sooner_failing(self, limit: int) -> str:
        """The longest time to fail with which it fires in time, and the pace where that has to be faster, too."""
        for pace, every in self._paces.items() if self.failing_for else ():
            for lasting in PACES:
                if self._is_within(limit, every=every, failing_for=parse_duration(lasting)):
                    return f"write {pace}failing-for: {lasting}"
        return LATER

    def _faster_steps(self, browser: Browser, limit: int) -> str:
        """What makes its steps fast enough, with the pace where that has to be faster: less time for each, or fewer."""
        file = f"recordings/{browser.recording.name}.json"
        for pace, every in self._paces.items():
            for seconds in STEP_TIMEOUTS:
                if self._is_within(limit, every=every, asks=self._asking(browser.tried_for(seconds))):
                    return f'write {pace}"timeout": {seconds} at each step of {file}, or '
        shortest = parse_duration(PACES[-1])
        is_long = self._is_within(limit, every=shortest, asks=self._asking(browser.doing(())))
        return f"take steps out of {file}, or " if is_long else ""

    def _asking(self, browser: Browser) -> SyntheticRequest:
        return self.asks.model_copy(update={"browser": browser})

    def _is_within(self, limit: int, **changes: object) -> bool:
        """Whether it fires within a limit, in seconds, with these fields changed."""
        return self.model_copy(update=changes).detection(wakes=True, parts=()).is_within(limit)

    def measured(self, _: Metrics) -> None:
        """Nothing: an answer is right and in time, or it is not."""

    @property
    def symptom(self) -> str:
        """Nothing that a filter tells apart; who asks for the same component shares its failure."""
        return ""

    @property
    def ranked_limit(self) -> RankedLimit | None:
        """Of a certificate, the time that is left."""
        if self.asks.certificate is None:
            return None
        certificate, left = self.asks.certificate, self.asks.certificate.valid_for
        return RankedLimit(
            ("certificate", certificate.host, certificate.port), -left.seconds, f"less than {left} left", "asks"
        )

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A pace that Datadog does not take, methods or regions that are none or double, failures that cannot be."""
        paces, least = (BROWSER_TICK_SECONDS, "1m") if self.asks.browser else (TICK_SECONDS, "30s")
        if self.every.seconds not in paces:
            kind = "a browser" if self.asks.browser else "a test"
            yield EntryProblem(f'"{self.every}" is not a pace for {kind}', f"Datadog takes {least} to 1w", ("every",))
        if self.asks.browser and self.retry and self.retry.times > BROWSER_RETRIES:
            what = f'"{self.retry.times}" is not a number of retries for a browser'
            yield EntryProblem(what, f"Datadog takes 0 to {BROWSER_RETRIES}", ("retry", "times"))
        if self.failing_for and self.failing_for.seconds not in {minutes * 60 for minutes in FAILING_MINUTES}:
            what = f'"{self.failing_for}" is not how long a test can have to fail'
            yield EntryProblem(what, "Datadog takes whole minutes from 1m to 2h", ("failing-for",))
        yield from self._methods_unlike_request()
        for field, given in (("methods", self.methods), ("regions", self.regions)):
            if not given:
                yield EntryProblem("is an empty list", "name at least one", (field,))
            for name in repeated(given):
                yield EntryProblem(f"names {quoted(name)} twice", "name it once", (field,))
        if self.regions and not 1 <= self.failing_in <= len(self.regions):
            what = f'"{self.failing_in}" of {len(self.regions)} regions can never fail'
            yield EntryProblem(what, f"write 1 to {len(self.regions)}", ("failing-in",))

    def _methods_unlike_request(self) -> Iterator[EntryProblem]:
        """Methods of what is not asked by HTTP, and a body that a method does not carry."""
        if not self.asks.takes_methods and "methods" in self.model_fields_set:
            remedy = "write method at a step" if self.asks.steps else "take methods out"
            yield EntryProblem("only health and page are asked by a method", remedy, ("methods",))
        bare = [method for method in self.methods if method not in METHODS_WITH_BODY]
        if self.asks.page and self.asks.page.body and bare:
            what, remedy = f"{bare[0]} carries no body", "write methods: [POST], or take the body out"
            yield EntryProblem(what, remedy, ("methods",))
