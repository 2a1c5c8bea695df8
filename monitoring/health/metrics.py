"""The board's results for Prometheus; for the private port only."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from .board import Board, Said
from .contract import Status


class _BoardCollector(Collector):
    def __init__(self, board: Board) -> None:
        self._board = board

    def collect(self) -> Iterator[Metric]:
        said = self._board.results()
        yield _statuses(said)
        yield _durations(said)
        yield _runs(self._board)
        yield GaugeMetricFamily("health_draining", "1 while the service is shutting down", float(self._board.draining))


def exposition(board: Board) -> bytes:
    """The board's latest results and counts in Prometheus' text format; asks nothing."""
    registry = CollectorRegistry()
    registry.register(_BoardCollector(board))
    return generate_latest(registry)


def _statuses(said: tuple[Said, ...]) -> Metric:
    family = GaugeMetricFamily("health_component_status", "1 for the status that holds", labels=["component", "status"])
    for each in (each for each in said if each.result is not None):
        for status in Status:
            family.add_metric([each.check.name, str(status)], float(each.status is status))
    return family


def _durations(said: tuple[Said, ...]) -> Metric:
    family = GaugeMetricFamily("health_probe_duration_seconds", "how long the last probe took", labels=["component"])
    for each in said:
        if each.result is not None:
            family.add_metric([each.check.name], each.result.took)
    return family


def _runs(board: Board) -> Metric:
    family = CounterMetricFamily("health_probe_runs", "probes run, by outcome", labels=["component", "status"])
    for name, runs in board.runs().items():
        for status in Status:
            family.add_metric([name, str(status)], float(runs[status]))
    return family
