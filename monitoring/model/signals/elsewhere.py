"""What another system watches and sends to PagerDuty."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.alphabets import IntegrationEmail, IntegrationVendor
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Duration, Line, Sentence


class Elsewhere(Entry):
    """A signal that lives in another system, which sends to a PagerDuty service of the rule's own."""

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

    @property
    def sender(self) -> str:
        """The system that sends, in words."""
        return self.events_api or self.vendor or f"mail to {self.email}"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No way in, or several."""
        given = [word for word in WAYS_IN if getattr(self, word.replace("-", "_")) is not None]
        if len(given) != 1:
            what = f"sends by {' and '.join(given)}" if given else "names nothing that sends"
            yield EntryProblem(what, f"write exactly one of {', '.join(WAYS_IN)}")


WAYS_IN = ("events-api", "vendor", "email")
