"""What operators watch: turns by outcome and latency, requests, errors by code, in Prometheus' format."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The measurements of one app, in a registry of its own (tests make many apps in one process)."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "sales_assistant_http_seconds",
            "Time to answer an HTTP request, in seconds",
            ("method", "route", "status"),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._turns = Histogram(
            "sales_assistant_turn_seconds",
            "Time to answer a message, in seconds",
            ("channel",),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._outcomes = Counter(
            "sales_assistant_turns", "Answered messages", ("channel", "outcome"), registry=self._registry
        )
        self._problems = Counter(
            "sales_assistant_problems", "Requests that ended with an error", ("code",), registry=self._registry
        )
        self._reminders = Counter("sales_assistant_reminders", "Reminders written", registry=self._registry)
        self.in_flight = Gauge("sales_assistant_turns_in_flight", "Messages being answered", registry=self._registry)
        self._known: dict[tuple[str, str, int], Histogram] = {}

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """One HTTP request was answered."""
        found = self._known.get((method, route, status))
        if found is None:
            found = self._known[method, route, status] = self._requests.labels(method, route, str(status))
        found.observe(seconds)

    def turn(self, channel: str, outcome: str, seconds: float) -> None:
        """One message was answered."""
        self._turns.labels(channel).observe(seconds)
        self._outcomes.labels(channel, outcome).inc()

    def problem(self, code: str) -> None:
        """One request ended with an error."""
        self._problems.labels(code).inc()

    def reminded(self, count: int) -> None:
        """So many reminders were written."""
        self._reminders.inc(count)

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
