"""The registry's results for Prometheus; for the private port only."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from .contract import Status
from .registry import ComponentStatus, HealthRegistry


class _RegistryCollector(Collector):
    def __init__(self, registry: HealthRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterator[Metric]:
        components = self._registry.results()
        yield _statuses(components)
        yield _durations(components)
        yield _runs(self._registry)
        yield GaugeMetricFamily(
            "health_draining", "1 while the service is shutting down", float(self._registry.draining)
        )


def exposition(registry: HealthRegistry) -> bytes:
    """The registry's latest results and counts in Prometheus' text format; asks nothing."""
    collectors = CollectorRegistry()
    collectors.register(_RegistryCollector(registry))
    return generate_latest(collectors)


def _statuses(components: tuple[ComponentStatus, ...]) -> Metric:
    family = GaugeMetricFamily("health_component_status", "1 for the status that holds", labels=["component", "status"])
    for component in (known for known in components if known.result is not None):
        for status in Status:
            family.add_metric([component.check.name, str(status)], float(component.status is status))
    return family


def _durations(components: tuple[ComponentStatus, ...]) -> Metric:
    family = GaugeMetricFamily("health_probe_duration_seconds", "how long the last probe took", labels=["component"])
    for component in components:
        if component.result is not None:
            family.add_metric([component.check.name], component.result.took)
    return family


def _runs(registry: HealthRegistry) -> Metric:
    family = CounterMetricFamily("health_probe_runs", "probes run, by outcome", labels=["component", "status"])
    for name, runs in registry.runs().items():
        for status in Status:
            family.add_metric([name, str(status)], float(runs[status]))
    return family
