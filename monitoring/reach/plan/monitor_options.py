"""A monitor's options at Datadog, against the words of its rule: what makes it wait is not passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitoring.model.monitor_options import NO_OPTIONS, MonitorOptions
from monitoring.model.scalars import SECONDS_IN, Length
from monitoring.model.signals import Signal
from monitoring.naming.type_tokens import MONITOR
from monitoring.plan import Resource
from monitoring.reach.plan.unresolved import Unresolved


def options_unlike(resource: Resource, signal: Signal) -> Iterator[Unresolved]:
    """Each option of a monitor that is not what the signal's words say."""
    if resource.type != MONITOR:
        return
    options = signal if isinstance(signal, MonitorOptions) else NO_OPTIONS
    if resource.inputs.get("requireFullWindow") is not False and not options.full_window:
        why = f'the monitor "{resource.name}" waits for a window without a gap, so sparse data never fire it'
        yield Unresolved("signal", why, "declare requireFullWindow false, since the provider fills in true")
    for word, name, promised in _promised(options):
        declared = resource.inputs.get(name)
        if declared != promised:
            why = f'the monitor "{resource.name}" declares {_value(name, declared)}, and the catalog has {word}'
            yield Unresolved("signal", f"{why} {_value(name, promised)}", f"declare what {word} says")


def _promised(options: MonitorOptions) -> Iterator[tuple[str, str, Any]]:
    """Each word, the property that it becomes, and the value that this must have; None where it is left out."""
    yield "new-groups-after", "newGroupDelay", _seconds(options.new_groups_after)
    yield "arrives-after", "evaluationDelay", _seconds(options.arrives_after)
    after = options.resolves_after
    yield "resolves-after", "timeoutH", None if after is None else after.seconds // SECONDS_IN["h"]
    yield "notifies-by", "notifyBies", list(options.notifies_by) or None
    if options.full_window:
        yield "full-window", "requireFullWindow", True


def _seconds(length: Length | None) -> int | None:
    return None if length is None else length.seconds


def _value(name: str, value: Any) -> str:
    return f"no {name}" if value is None else f"{name} {value}"
