"""Metrics for Prometheus: what was asked, and whether the watching itself is well."""

from __future__ import annotations

from collections import Counter as Tally

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from regstatus.decide.freshness import moment
from regstatus.web.edition import Edition

__all__ = ["MEDIA", "Metrics"]

MEDIA = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The numbers of one service; none of them names a reader."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "regstatus_requests", "Requests answered", ("route", "status"), registry=self.registry
        )
        self._children: dict[tuple[str, int], Counter] = {}
        self._seconds = Histogram(
            "regstatus_request_seconds",
            "Time to answer",
            registry=self.registry,
            buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5),
        )
        self._records = Gauge(
            "regstatus_records", "Records by freshness", ("state",), registry=self.registry
        )
        self._documents = Gauge(
            "regstatus_documents",
            "Watched documents by the outcome of the last fetch",
            ("outcome",),
            registry=self.registry,
        )
        self._version = Gauge(
            "regstatus_version_created_seconds",
            "When the answering version was written, Unix time",
            ("version",),
            registry=self.registry,
        )
        self._run = Gauge(
            "regstatus_last_run_seconds",
            "End of the last run by its state, Unix time",
            ("state",),
            registry=self.registry,
        )
        self._damaged = Gauge(
            "regstatus_store_warning", "1 while an older edition answers", registry=self.registry
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count one answer. `route` is one of ours, never a path that a reader made up."""
        child = self._children.get((route, status))
        if child is None:
            child = self._requests.labels(route, str(status))
            self._children[route, status] = child
        child.inc()
        self._seconds.observe(seconds)

    def text(self, edition: Edition | None) -> bytes:
        """The numbers in the text format, with those of the edition that answers."""
        for gauge in (self._records, self._documents, self._version, self._run):
            gauge.clear()
        if edition is None:
            self._damaged.set(1)
            return generate_latest(self.registry)
        snapshot = edition.snapshot
        states = Tally(item["state"] for item in edition.stale)
        states["fresh"] = len(snapshot.ids) - sum(states.values())
        for state, count in states.items():
            self._records.labels(state).set(count)
        for outcome, count in Tally(item["outcome"] for item in edition.documents).items():
            self._documents.labels(outcome).set(count)
        self._version.labels(snapshot.version).set(moment(snapshot.created).timestamp())
        for run in edition.runs:
            if run.get("finished"):
                self._run.labels(str(run.get("state"))).set(moment(run["finished"]).timestamp())
        self._damaged.set(1 if snapshot.warning else 0)
        return generate_latest(self.registry)
