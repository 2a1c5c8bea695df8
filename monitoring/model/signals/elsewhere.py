"""What another system watches and sends to PagerDuty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Literal, final

from monitoring.model.alphabets import IntegrationEmail, IntegrationVendor
from monitoring.model.detection import Detection
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Duration, Length, Line, Sentence
from monitoring.model.signals.base import DataRead, UncomparedSignal, Watcher


@final
class Elsewhere(UncomparedSignal):
    """A signal that lives in another system, which sends to a PagerDuty service of the rule's own."""

    watcher: ClassVar[Watcher] = "pagerduty"
    events_api: Line | None = None
    """The system that sends through PagerDuty's Events API v2, in words."""
    vendor: IntegrationVendor | None = None
    """The system as PagerDuty's list of integrations names it, such as Amazon CloudWatch; the whole name."""
    email: IntegrationEmail | None = None
    """The address at PagerDuty to which the system mails."""
    fires_when: Sentence
    """When the other system sends, in words."""
    detects_within: Duration
    """How long the other system takes at worst, as its author promises; nothing here can prove it."""
    posted_for: Literal["responders", "stakeholders"] = "responders"
    """For whom PagerDuty posts it to Slack: responders, who can act there, or stakeholders, who read along."""

    @property
    def sender(self) -> str:
        """The system that sends, in words."""
        return self.events_api or self.vendor or f"mail to {self.email}"

    def condition(self, limit: str | None) -> str:
        """What its author wrote."""
        return f"{self.fires_when} (sent by {self.sender})"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing that is known here."""
        return ()

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """What its author promises."""
        how = f"promised by the author for {self.sender}, no code proves it"
        return Detection(self.detects_within.seconds, how, promised=True)

    def faster(self, limit: int) -> str:
        """A faster sender."""
        return f"make its sender faster and write detects-within: {Length(limit)}, or give it a later severity"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No way in, or several."""
        given = [word for word in WAYS_IN if getattr(self, word.replace("-", "_")) is not None]
        if len(given) != 1:
            what = f"sends by {' and '.join(given)}" if given else "names nothing that sends"
            yield EntryProblem(what, f"write exactly one of {', '.join(WAYS_IN)}")


WAYS_IN = ("events-api", "vendor", "email")
