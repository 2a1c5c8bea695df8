"""What a check looks for in every text that is sent, as it is made.

So it does not matter which field brought a word into the text; what is found is reported at that field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from monitoring.checks._check import Subjects
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import MAINTENANCE, POLICIES, RULES, SCHEDULES, SERVICES, TEAMS, of_kinds
from monitoring.sent_texts import EntryName, Place, Word, words

SENDERS: Mapping[str, Subjects] = {
    "rule": RULES,
    "service": SERVICES,
    "team": TEAMS,
    "schedule": SCHEDULES,
    "policy": POLICIES,
    "maintenance": MAINTENANCE,
}
"""The kinds of entries that a text is made for, each with the names of all of them."""
SENDING = of_kinds("entries with a text that is sent", SENDERS)
NOBODY = EntryName("", "")

Find = Callable[[EntryName, str], Iterable[str]]
Report = Callable[[Word, str], Finding]


def look(context: Context, find: Find, report: Report) -> Iterator[str | Finding]:
    """Each entry that a text is made for, and a finding for each place from which a bad word gets into a text.

    `find` names the bad words of a text that is made for an entry.
    """
    suspects: tuple[Word, ...] | None = None
    reported: set[tuple[str, str, Place, str]] = set()
    for entry, texts in context.sent_texts:
        yield f"{entry.kind} {entry.name}"
        for text in sorted(texts):
            if not (bad := tuple(find(entry, text))):
                continue
            if suspects is None:
                suspects = tuple(word for word in words(context.catalog) if tuple(find(NOBODY, word.text)))
            for word, what in _origins(suspects, entry, text, bad, find):
                if (place := (word.kind, word.name, word.path, what)) not in reported:
                    reported.add(place)
                    yield report(word, what)


def _origins(
    suspects: Iterable[Word], entry: EntryName, text: str, bad: tuple[str, ...], find: Find
) -> Iterator[tuple[Word, str]]:
    """The words of the catalog that brought something bad into a text; the text itself where none did by itself."""
    origins = [(word, what) for word in suspects if word.text in text for what in find(entry, word.text)]
    own = Word(entry.kind, entry.name, (), text)
    yield from origins or [(own, what) for what in bad]
