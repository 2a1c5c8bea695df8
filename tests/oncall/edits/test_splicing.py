"""A change in the text of `oncall.yaml`: every byte outside of it stays, however the file is written."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.loader import load_texts
from monitoring.model.cover import Cover
from monitoring.model.local_time import parse_local
from monitoring.model.oncall import Oncall
from monitoring.oncall.clock import instant
from monitoring.oncall.edits.changes import LayerChange, ScheduleChange, changes, layers_after
from monitoring.oncall.edits.requests import AddPerson, RemovePerson, SwapTurns
from monitoring.oncall.edits.splicing import spliced
from tests.factories import texts

AT = parse_local("2027-01-04 09:00")
SPLIT = ScheduleChange(0, LayerChange(0, ("ben", "ana", "kit"), AT))
IN_PLACE = ScheduleChange(0, LayerChange(0, ("ben", "ana", "kit"), None))
COVER = Cover.model_validate({"who": "ben", "instead-of": "ana", "from": "2026-12-07 09:00", "to": "2026-12-14 09:00"})
BACK = Cover.model_validate({"who": "ana", "instead-of": "ben", "from": "2026-12-14 09:00", "to": "2026-12-21 09:00"})
SWAP = ScheduleChange(0, covers=(COVER, BACK))
BEN_COVERS, ANA_COVERS = (
    '{who: ben, instead-of: ana, from: "2026-12-07 09:00", to: "2026-12-14 09:00"}',
    '{who: ana, instead-of: ben, from: "2026-12-14 09:00", to: "2026-12-21 09:00"}',
)

PEOPLE = """# Who is on call.  Trailing blanks stay:   \n
people:
  ana: {name: Ána Example, email: ana@youragency.com, time-zone: Europe/Berlin,   # é
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
  ben: {name: Ben Example, email: ben@youragency.com, time-zone: Europe/Berlin,
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
  kit: {name: Kit Example, email: kit@youragency.com, time-zone: Europe/Berlin,
        contact: {high: {push: 0m, phone: 1m}, low: {email: 0m}}}
"""
POLICIES = """
policies:   # and then
  critical:
    steps:
      - {ask: [primary], escalate-after: 5m}
      - {ask: [kit], escalate-after: 10m}
    extra-rounds: 1
"""

CASES = [
    pytest.param(
        """schedules:
  primary:
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}   # they began
  # below
""",
        SPLIT,
        """schedules:
  primary:
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben], until: "2027-01-04 09:00"}   # they began
      - {anchor: "2027-01-04 09:00", turn: 1w, people: [ben, ana, kit]}
  # below
""",
        id="a layer on one line",
    ),
    pytest.param(
        """schedules:
  primary:
    layers:
    - people:          # in turns
      - ana            # first
      - ben            # second
      turn: 1w
      anchor: "2026-01-05 09:00"   # a Monday

      only:
      - days: mon-fri
        from: "09:00"
        to: "17:00"
      - {days: sat}    # all day
      # before the zone
    time-zone: Europe/Berlin
""",
        SPLIT,
        """schedules:
  primary:
    layers:
    - people:          # in turns
      - ana            # first
      - ben            # second
      turn: 1w
      anchor: "2026-01-05 09:00"   # a Monday
      until: "2027-01-04 09:00"

      only:
      - days: mon-fri
        from: "09:00"
        to: "17:00"
      - {days: sat}    # all day
    - people: [ben, ana, kit]
      turn: 1w
      anchor: "2027-01-04 09:00"
      only: [{days: mon-fri, from: "09:00", to: "17:00"}, {days: sat}]
      # before the zone
    time-zone: Europe/Berlin
""",
        id="a layer on many lines, with comments inside",
    ),
    pytest.param(
        """schedules:
  primary:
    time-zone: Europe/Berlin
    layers: [{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben], until: "2027-06-07 09:00"}]  # one
""",
        SPLIT,
        """schedules:
  primary:
    time-zone: Europe/Berlin
    layers: [{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben], until: "2027-01-04 09:00"}, \
{anchor: "2027-01-04 09:00", turn: 1w, people: [ben, ana, kit], until: "2027-06-07 09:00"}]  # one
""",
        id="a list in brackets, of a layer that ends",
    ),
    pytest.param(
        """schedules: {primary: {time-zone: Etc/UTC, layers: [{anchor: 2026-01-05 09:00, turn: 1w, people: [ana]}]}}
""",
        SPLIT,
        """schedules: {primary: {time-zone: Etc/UTC, layers: [{anchor: 2026-01-05 09:00, turn: 1w, \
people: [ana], until: "2027-01-04 09:00"}, {anchor: "2027-01-04 09:00", turn: 1w, people: [ben, ana, kit]}]}}
""",
        id="everything in brackets",
    ),
    pytest.param(
        """schedules:
  "primary":
    'time-zone': Europe/Berlin
    layers:
      -   {anchor: '2026-01-05 09:00',
           turn: 1w,                   # a week
           people: [ana,
                    ben],              # two
          }
""",
        SPLIT,
        """schedules:
  "primary":
    'time-zone': Europe/Berlin
    layers:
      -   {anchor: '2026-01-05 09:00',
           turn: 1w,                   # a week
           people: [ana,
                    ben], until: "2027-01-04 09:00",              # two
          }
      - {anchor: "2027-01-04 09:00", turn: 1w, people: [ben, ana, kit]}
""",
        id="quoted keys, and brackets over several lines",
    ),
    pytest.param(
        """schedules:
  primary:
    time-zone: Europe/Berlin
    layers:
      -
        people: [ana, ben]
        turn: 1w
        anchor: "2026-01-05 09:00"
  other:
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [kit]}
""",
        SPLIT,
        """schedules:
  primary:
    time-zone: Europe/Berlin
    layers:
      -
        people: [ana, ben]
        turn: 1w
        anchor: "2026-01-05 09:00"
        until: "2027-01-04 09:00"
      - people: [ben, ana, kit]
        turn: 1w
        anchor: "2027-01-04 09:00"
  other:
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [kit]}
""",
        id="a dash on a line of its own, and the anchor last",
    ),
    pytest.param(
        """schedules:
  primary:
    time-zone: Europe/Berlin
    layers:
      - anchor: "2026-01-05 09:00"
        turn: 1w
        people:        # in turns
          - ana
          - ben        # second
        only: {days: mon-fri}
""",
        IN_PLACE,
        """schedules:
  primary:
    time-zone: Europe/Berlin
    layers:
      - anchor: "2026-01-05 09:00"
        turn: 1w
        people: [ben, ana, kit]        # second
        only: {days: mon-fri}
""",
        id="other people in the same layer",
    ),
    pytest.param(
        """schedules:
  primary:
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}   # c
    # about the zone
    time-zone: Europe/Berlin
""",
        SWAP,
        f"""schedules:
  primary:
    layers:
      - {{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}}   # c
    cover:
      - {BEN_COVERS}
      - {ANA_COVERS}
    # about the zone
    time-zone: Europe/Berlin
""",
        id="the first covers",
    ),
    pytest.param(
        """schedules:
  primary:
    time-zone: Europe/Berlin
    cover:
    - who: kit         # on holiday
      instead-of: ana
      from: "2026-11-30 09:00"
      to: "2026-12-01 09:00"   # back

    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}
""",
        SWAP,
        f"""schedules:
  primary:
    time-zone: Europe/Berlin
    cover:
    - who: kit         # on holiday
      instead-of: ana
      from: "2026-11-30 09:00"
      to: "2026-12-01 09:00"   # back
    - {BEN_COVERS}
    - {ANA_COVERS}

    layers:
      - {{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}}
""",
        id="covers after a cover",
    ),
    pytest.param(
        """schedules:
  primary:
    time-zone: Europe/Berlin
    cover: []   # nobody
    layers: [{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}]
""",
        SWAP,
        f"""schedules:
  primary:
    time-zone: Europe/Berlin
    cover: [{BEN_COVERS}, {ANA_COVERS}]   # nobody
    layers: [{{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}}]
""",
        id="covers in an empty list",
    ),
    pytest.param(
        """schedules:
  primary:
    time-zone: Europe/Berlin
    cover: [{who: kit, instead-of: ana, from: 2026-11-30 09:00, to: 2026-12-01 09:00}]
    layers: [{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}]
""",
        SWAP,
        f"""schedules:
  primary:
    time-zone: Europe/Berlin
    cover: [{{who: kit, instead-of: ana, from: 2026-11-30 09:00, to: 2026-12-01 09:00}}, {BEN_COVERS}, {ANA_COVERS}]
    layers: [{{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}}]
""",
        id="covers in brackets",
    ),
    pytest.param(
        """schedules:
  primary: {time-zone: Europe/Berlin, layers: [{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}]}
""",
        SWAP,
        f"""schedules:
  primary: {{time-zone: Europe/Berlin, layers: [{{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}}], \
cover: [{BEN_COVERS}, {ANA_COVERS}]}}
""",
        id="covers of a schedule in brackets",
    ),
]


@pytest.mark.parametrize(("before", "change", "expected"), CASES)
def test_the_change_is_written_where_it_belongs(before: str, change: ScheduleChange, expected: str) -> None:
    assert spliced(PEOPLE + before + POLICIES, {"primary": change}) == PEOPLE + expected + POLICIES


@pytest.mark.parametrize(("before", "change", "expected"), CASES)
def test_what_is_written_means_the_change_and_nothing_else(before: str, change: ScheduleChange, expected: str) -> None:
    was, becomes = (read(PEOPLE + text + POLICIES) for text in (before, expected))
    schedule = was.schedules["primary"]
    words = {"layers": layers_after(schedule, change), "cover": (*schedule.cover, *change.covers)}
    meant = {"schedules": was.schedules | {"primary": schedule.model_copy(update=words)}}
    assert becomes == was.model_copy(update=meant)


@pytest.mark.parametrize(("before", "change", "expected"), CASES)
def test_line_ends_stay_as_they_are(before: str, change: ScheduleChange, expected: str) -> None:
    crlf = [text.replace("\n", "\r\n") for text in (PEOPLE + before + POLICIES, PEOPLE + expected + POLICIES)]
    assert spliced(crlf[0], {"primary": change}) == crlf[1]


@pytest.mark.parametrize(("before", "change", "expected"), CASES)
def test_a_file_may_end_without_a_line_end(before: str, change: ScheduleChange, expected: str) -> None:
    whole = POLICIES.lstrip() + PEOPLE
    assert spliced((whole + before).rstrip("\n"), {"primary": change}) == (whole + expected).rstrip("\n")


def test_several_schedules_are_changed_at_once() -> None:
    layer = 'layers: [{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}]'
    before = f"schedules:\n  a:\n    time-zone: Etc/UTC\n    {layer}\n  b:\n    time-zone: Etc/UTC\n    {layer}\n"
    made = spliced(before, {"b": SWAP, "a": IN_PLACE})
    assert made.splitlines()[3] == f"    {layer.replace('[ana, ben]', '[ben, ana, kit]')}"
    assert made.splitlines()[6:] == [f"    {layer}", "    cover:", f"      - {BEN_COVERS}", f"      - {ANA_COVERS}"]


def read(text: str) -> Oncall:
    return load_texts(texts(oncall=text)).oncall


# --- however a schedule is written -----------------------------------------------------------------------------

styles = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "indent": st.integers(2, 6),
        "width": st.sampled_from([20, 80, 4_000]),
        "sort_keys": st.booleans(),
        "default_style": st.sampled_from([None, "'", '"']),
    }
)
layer_words = st.fixed_dictionaries(
    {
        "anchor": st.sampled_from(["2026-01-05 09:00", "2026-01-06 18:30"]),
        "turn": st.sampled_from(["1d", "1w", "36h"]),
        "people": st.sampled_from([["ana", "ben"], ["ben", "ana"], ["ana"]]),
    },
    optional={
        "only": st.sampled_from([{"days": "mon-fri"}, [{"from": "fri 17:00", "to": "mon 09:00"}, {"days": "tue"}]]),
        "until": st.just("2027-11-01 09:00"),
    },
)


@settings(max_examples=40)
@given(
    style=styles,
    layer=layer_words,
    request_=st.sampled_from([AddPerson("kit"), RemovePerson("ana"), SwapTurns(("ana", "ben"))]),
    since=st.sampled_from(["2026-03-27 12:00", "2026-10-24 12:00", "2027-01-01 00:00"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_form_of_a_schedule_is_changed_as_it_is_meant(style, layer, request_, since, line_end) -> None:
    words = {"schedules": {"primary": {"time-zone": "Europe/Berlin", "layers": [layer]}}}
    dumped = yaml.dump(words, **style)
    dumped = f"schedules: {yaml.dump(words['schedules'], **style)}" if dumped.startswith("{") else dumped
    text = (PEOPLE + dumped + POLICIES).replace("\n", line_end)
    was = read(text)
    begins = instant(parse_local(since).instant("Europe/Berlin"))
    schedule = was.schedules["primary"]
    if set(schedule.people) == {"ana"}:
        request_ = AddPerson("kit")
    change = changes({"primary": schedule}, request_, begins)["primary"]
    written = {"layers": layers_after(schedule, change), "cover": change.covers}
    made = spliced(text, {"primary": change})
    assert read(made).schedules["primary"] == schedule.model_copy(update=written)
    assert is_within(text, made) or change.layer is not None
    assert made.startswith(PEOPLE.replace("\n", line_end))
    assert made.endswith(POLICIES.replace("\n", line_end))


def is_within(part: str, whole: str) -> bool:
    """Whether a text is another one with something inserted."""
    rest = iter(whole)
    return all(character in rest for character in part)
