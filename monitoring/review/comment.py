"""The review as a comment in Markdown: the headline, a table of people, then folded details whose titles say it all.

A text of the catalog can begin nothing in it: no Markdown, no HTML, no link, no mention, no reference to an issue. On
GitHub a name behind @ and a number behind # become links wherever they stand outside of code (GitHub's page "Basic
writing and formatting syntax"), so an invisible space stands between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice

from monitoring import __version__
from monitoring.errors import printable
from monitoring.markdown_text import plain
from monitoring.model.scalars import many
from monitoring.oncall.clock import DAY, HOUR, in_zone
from monitoring.oncall.moved import MovedShift
from monitoring.reach.formatting import exact_length
from monitoring.review.effects import Effect
from monitoring.review.headline import headline
from monitoring.review.people import LoadChange
from monitoring.review.plans import VendorChange, VendorOperation, vendor_summary
from monitoring.review.reviewing import Review
from monitoring.review.risks import RISKS, EffectKind, Risk
from monitoring.review.worst import DrillChange

MARKER = "<!-- monitoring:review -->"
MAX_REFUSED = 5
"""Problems of one command that are listed above everything else."""
MAX_REFUSALS, MAX_PEOPLE, MAX_EFFECTS, MAX_MINOR = 2_000, 9_000, 18_000, 6_000
MAX_DRILLS, MAX_SHIFTS, MAX_OPERATIONS = 4_000, 10_000, 5_000
"""Characters of each section; together they stay below what `pipelines.page` lets a comment have, bytes as well."""
_LINKED = re.compile(r"(?<=@)(?=\S)|(?<=#)(?=\d)|(?<=GH-)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
_BACKSLASHED = re.compile(r"(:|www)\\(//|\.)", re.IGNORECASE)
"""Where `plain` breaks an address with a backslash, an invisible space does here, as everywhere else."""
GRAVE = (Risk.HIGH, Risk.MEDIUM)
_GAP = "&#8203;"
_NO_BREAK = "\u00a0"
"""Between words of a cell that belong together on a narrow screen."""
UNASKED = "at the vendors: not asked"
ASKED = "at the vendors: by both Plans, no account asked"


def comment(review: Review, base: str, head: str) -> str:
    """The comment; it ends with a line break."""
    parts = [
        MARKER,
        f"#### {markdown(headline(review))}",
        *_refusals(review, base, head),
        *_people_table(review),
        _counts(review),
        *_details(review),
        *_drills(review),
        *_shift_table(review),
        *_vendor_table(review.vendors or ()),
        _judged(review, base, head),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def markdown(text: str) -> str:
    """A text that shows itself in Markdown, and links to nothing."""
    return _LINKED.sub(_GAP, _BACKSLASHED.sub(r"\1\2", plain(_one_line(text))))


def html(text: str) -> str:
    """The same inside of an HTML element."""
    return _LINKED.sub(_GAP, escape(_one_line(text), quote=False))


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))


def _fitting(rows: Iterable[str], count: int, limit: int) -> tuple[list[str], int]:
    """As many of `count` rows from the first as fit into a limit, and how many are left out."""
    shown: list[str] = []
    for row in rows:
        limit -= max(len(row), len(row.encode()) // 3) + 2
        if limit < 0:
            break
        shown.append(row)
    return shown, count - len(shown)


# --- what is refused -------------------------------------------------------------------------------------------


def _refusals(review: Review, base: str, head: str) -> Iterator[str]:
    """New problems of the checks, and promises that fail and did not: what keeps the change from being deployed."""
    sides = f"in {markdown(head)} that {markdown(base)} has not"
    problems = [each for each in review.effects if each.kind is EffectKind.CHECK_FAILS]
    if problems:
        rows = (f"- {markdown(each.sentence)} — {_place(each)}" for each in problems)
        yield _refusal(f"`check` finds {many(len(problems), 'problem')} {sides}", rows, len(problems), "check")
    broken = [each for each in review.effects if each.kind is EffectKind.PROMISE_BROKEN]
    if broken:
        rows = (f"- {markdown(f'{each.subject}, in {each.detail}')} — {_place(each)}" for each in broken)
        yield _refusal(f"`reach` finds {many(len(broken), 'failing promise')} {sides}", rows, len(broken), "reach")


def _refusal(title: str, rows: Iterable[str], count: int, command: str) -> str:
    """The first few of what a command refuses, each with its file and line, and how many more there are."""
    shown, _ = _fitting(islice(rows, MAX_REFUSED), count, MAX_REFUSALS)
    more = [f"- and {count - len(shown)} more; `monitoring {command}` shows all"] if count > len(shown) else []
    return "\n".join([f"**{title}:**", "", *shown, *more])


# --- people ----------------------------------------------------------------------------------------------------


def _people_table(review: Review) -> Iterator[str]:
    """What changes for whom; a column in which nothing changes for anybody is left out."""
    if review.people:
        changing = {each for change in review.people for each in LOADS if _is_changing(each, change)}
        columns = [each for each in LOADS if each in changing]
        rows = (_person_row(review, each, columns) for each in review.people)
        shown, left = _fitting(rows, len(review.people), MAX_PEOPLE)
        who = "in 12 weeks" if changing - {RULES} else "who"
        lines = ("---" if each == FIRST else "---:" for each in columns)
        head = f"| {' | '.join([who, *columns])} |\n| {' | '.join(['---', *lines])} |"
        yield "\n".join([head, *shown, *([f"\nand {left} more people"] if left else [])])


NIGHTS, RULES, WEEKENDS, ON_CALL, FIRST = "nights", "rules that can wake", "weekends", "hours", "first new shift"
LOADS = (NIGHTS, RULES, WEEKENDS, ON_CALL, FIRST)
"""The columns of the table of people, those first that a narrow screen has to show."""


def _is_changing(column: str, change: LoadChange) -> bool:
    match column:
        case "nights":
            return change.nights != 0
        case "rules that can wake":
            return bool(change.rules_more or change.rules_fewer)
        case "weekends":
            return change.weekends != 0
        case "hours":
            return round(change.seconds / HOUR) != 0
        case _:
            return change.first_new is not None


def _person_row(review: Review, change: LoadChange, columns: Iterable[str]) -> str:
    cells = (_load(review, change, each).replace(" ", _NO_BREAK) for each in columns)
    return f"| {' | '.join([markdown(change.person), *cells])} |"


def _load(review: Review, change: LoadChange, column: str) -> str:
    """One cell of a person's row."""
    match column:
        case "nights":
            return f"{signed(change.nights)} (was {change.old_nights})"
        case "rules that can wake":
            more, fewer = (len(rules) for rules in (change.rules_more, change.rules_fewer))
            return " ".join([*([f"+{more}"] if more else []), *([f"−{fewer}"] if fewer else [])]) or "±0"
        case "weekends":
            return signed(change.weekends)
        case "hours":
            return signed(round(change.seconds / HOUR))
        case _:
            return "–" if change.first_new is None else markdown(local(change.first_new, review.zones[change.person]))


def signed(number: int) -> str:
    """A difference with its sign: +4, −9, ±0."""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "±0"


def local(moment: int, zone: str) -> str:
    """An instant on the wall of a zone, as short as a table needs: Mon 30 Nov 09:00 CET."""
    there = in_zone(moment, zone)
    return f"{there:%a} {there.day} {there:%b} {there:%H:%M} {there:%Z}"


# --- effects ---------------------------------------------------------------------------------------------------


def _counts(review: Review) -> str:
    counted = [f"**{risk}** {number}" for risk, number in review.by_risk.items() if number]
    files = len(review.rewritten)
    same = f"no effect: {many(files, 'file')} only written otherwise" if files else ""
    return " · ".join([*counted, *([same] if same else [])])


def _details(review: Review) -> Iterator[str]:
    """A fold for each grave effect, and one for all others."""
    grave = [each for each in review.effects if each.risk in GRAVE and each.kind is not EffectKind.CHECK_FAILS]
    minor = [each for each in review.effects if each.risk not in GRAVE]
    folds, left = _fitting(map(_fold, grave), len(grave), MAX_EFFECTS)
    yield from folds
    if left:
        yield f"and {left} more of high or medium risk; `monitoring review` shows all"
    if minor:
        yield from _minor(minor)


def _fold(effect: Effect) -> str:
    title = f"<b>{effect.risk}</b>: {html(effect.sentence)} — <code>{html(str(effect.source))}</code>{_gone(effect)}"
    body = f"{_concerned(effect)}Why {effect.risk}: {RISKS[effect.kind].reason}."
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _gone(effect: Effect) -> str:
    return " (before the change)" if effect.gone else ""


def _concerned(effect: Effect) -> str:
    return f"Concerns {', '.join(map(markdown, effect.people))}. " if effect.people else ""


def _minor(effects: Sequence[Effect]) -> Iterator[str]:
    rows, left = _fitting(map(_minor_row, effects), len(effects), MAX_MINOR)
    kinds = ", ".join(dict.fromkeys(str(each.kind).replace("-", " ") for each in effects))
    title = f"<details><summary>of low or no risk ({len(effects)}): {html(kinds)}</summary>"
    yield "\n\n".join([title, "\n".join([*rows, *([f"- and {left} more"] if left else [])]), "</details>"])


def _minor_row(effect: Effect) -> str:
    return f"- **{effect.risk}**: {markdown(effect.sentence)} — {_place(effect)}"


def _place(effect: Effect) -> str:
    """A file and line in a list, where Markdown reads what stands inside of HTML's elements too."""
    return f"<code>{markdown(str(effect.source))}</code>"


# --- the worst instant -----------------------------------------------------------------------------------------


def _drills(review: Review) -> Iterator[str]:
    """A fold for each longest wait that is another one: who is asked and called when, before and after."""
    yield from _fitting(map(_drill, review.drills), len(review.drills), MAX_DRILLS)[0]


def _drill(worst: DrillChange) -> str:
    change = worst.change
    when, rule = local(change.at, change.zone), html(change.rules[0])
    title = f"Drill of <code>{rule}</code> at its worst instant, {when}: {change.which} answer {change.lengths}"
    rows = (f"| {_after(each.after)} | {_listed(each.before)} | {_listed(each.becomes)} |" for each in worst.minutes)
    table = "\n".join(["| after | before the change | with the change |", "|---:|---|---|", *rows])
    return f"<details><summary>{title}</summary>\n\n{table}\n\n</details>"


def _after(seconds: int) -> str:
    return exact_length(seconds) if seconds else f"at{_NO_BREAK}once"


def _listed(words: Iterable[str]) -> str:
    return "; ".join(map(markdown, words)) or "–"


# --- shifts ----------------------------------------------------------------------------------------------------


def _shift_table(review: Review) -> Iterator[str]:
    if review.shifts:
        rows, left = _fitting((_shift_row(review, *each) for each in review.shifts), len(review.shifts), MAX_SHIFTS)
        title = f"Shifts that change hands in the next 12 weeks ({len(review.shifts)})"
        head = "| from | was | becomes | how long | schedule |\n|---|---|---|---|---|"
        more = [f"\nand {left} more shifts"] if left else []
        yield "\n\n".join(
            [f"<details><summary>{title}</summary>", "\n".join([head, *rows, *more]), "</details>"],
        )


def _shift_row(review: Review, schedule: str, shift: MovedShift) -> str:
    zone = review.schedule_zones[schedule]
    holders = (_holder(review, person, shift.start, zone) for person in (shift.was, shift.becomes))
    cells = (local(shift.start, zone), *holders, how_long(review, shift), schedule)
    return f"| {' | '.join(markdown(cell).replace(' ', _NO_BREAK) for cell in cells)} |"


def how_long(review: Review, shift: MovedShift) -> str:
    """The length of a moved shift; one that does not end within the year that is looked at is open."""
    return "open" if shift.end >= review.at + review.counts.days * DAY else exact_length(shift.end - shift.start)


def _holder(review: Review, person: str | None, start: int, zone: str) -> str:
    """Who holds a shift, with their own time where it is another one: ana (09:00 WET)."""
    if person is None:
        return "nobody"
    own = review.zones[person]
    there, here = local(start, own), local(start, zone)
    if there == here:
        return person
    return f"{person} ({there.removeprefix(here.partition(':')[0][:-2])})"


# --- vendors ---------------------------------------------------------------------------------------------------


def _vendor_table(changes: Sequence[VendorChange]) -> Iterator[str]:
    counted = [(change.environment, *row) for change in changes for row in Counter(change.differing).items()]
    if changes:
        title = f"<details><summary>At the vendors: {html(vendor_summary(changes))}</summary>"
        rows, left = _fitting((_vendor_row(*each) for each in counted), len(counted), MAX_OPERATIONS)
        head = "| environment | resource | operation | what changes |\n|---|---|---|---|"
        more = [f"\nand {left} more operations"] if left else []
        table = "\n".join([head, *rows, *more]) if counted else "The program declares the same as before."
        yield "\n\n".join([title, table, "</details>"])


def _vendor_row(environment: str, operation: VendorOperation, times: int) -> str:
    again = f" ×{times}" if times > 1 else ""
    cells = (environment, f"{operation.subject}{again}", operation.deed, operation.detail)
    return f"| {' | '.join(map(markdown, cells))} |"


def _judged(review: Review, base: str, head: str) -> str:
    sides = f"{markdown(base)} → {markdown(head)}"
    return (
        f"<sub>Judged: {looked_at(review)} · {sides} · by monitoring {__version__} · {_whether_compared(review)}</sub>"
    )


def _whether_compared(review: Review) -> str:
    """Whether the Plans were compared, and why not where they were to be."""
    if review.vendors is not None:
        return ASKED
    return f"{UNASKED}, because {markdown(review.not_asked)}" if review.not_asked else UNASKED


def looked_at(review: Review) -> str:
    """How much was judged: 19 rules, 3 schedules, 5 people, 366 days."""
    counts = review.counts
    return ", ".join(
        [
            many(counts.rules, "rule"),
            many(counts.schedules, "schedule"),
            many(counts.people, "person", "people"),
            many(counts.days, "day"),
        ]
    )
