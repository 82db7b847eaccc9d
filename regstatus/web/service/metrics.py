"""Metrics for Prometheus: what was asked, and whether the watching itself is well."""

from collections import Counter as Tally
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from regstatus.decide.freshness import moment
from regstatus.web.edition import Edition

MEDIA = "text/plain; version=0.0.4; charset=utf-8"

_GAUGES = {
    "records": ("Records by freshness", "state"),
    "documents": ("Watched documents by the outcome of the last fetch", "outcome"),
    "version_created_seconds": ("When the answering version was written, Unix time", "version"),
    "last_run_seconds": ("End of the last run by its state, Unix time", "state"),
}
"""What is told of an edition, and by which label."""


class Metrics:
    """The numbers of one service; none of them names a reader."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "regstatus_requests", "Requests answered", ("route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "regstatus_request_seconds",
            "Time to answer",
            registry=self.registry,
            buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5),
        )
        self._gauges = {
            name: Gauge(f"regstatus_{name}", says, (label,), registry=self.registry)
            for name, (says, label) in _GAUGES.items()
        }
        self._damaged = Gauge(
            "regstatus_store_warning", "1 while an older edition answers", registry=self.registry
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count one answer. `route` is one of ours, never a path that a reader made up."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.observe(seconds)

    def text(self, edition: Edition | None) -> bytes:
        """The numbers in the text format, with those of the edition that answers."""
        values = _values(edition) if edition is not None else {}
        for name, gauge in self._gauges.items():
            gauge.clear()
            for label, value in values.get(name, {}).items():
                gauge.labels(label).set(value)
        self._damaged.set(edition is None or bool(edition.snapshot.warning))
        return generate_latest(self.registry)


def _values(edition: Edition) -> dict[str, Mapping[str, float]]:
    """The numbers of `_GAUGES` by their labels."""
    snapshot = edition.snapshot
    ended = [run for run in edition.runs if run.get("finished")]
    return {
        "records": Tally(state["state"] for state in edition.states.values()),
        "documents": Tally(item["outcome"] for item in edition.documents),
        "version_created_seconds": {snapshot.version: moment(snapshot.created).timestamp()},
        "last_run_seconds": {
            str(run.get("state")): moment(run["finished"]).timestamp() for run in ended
        },
    }
