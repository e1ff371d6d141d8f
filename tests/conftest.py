"""What every test shares: the servers, the marks, an environment of its own, and a CI run that fails on any skip."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers import postgres_server, postgres_url, prepared_postgres_url, redis_server, redis_url

__all__ = ["postgres_server", "postgres_url", "prepared_postgres_url", "redis_server", "redis_url"]

KINDS = ("postgres", "browser", "slow")
SETTINGS = ("SALES_ASSISTANT_", "OPENAI_", "LANGCHAIN_", "LANGSMITH_")
LEFT_OUT = pytest.StashKey[set[str]]()
NOT_RUN = pytest.StashKey[set[str]]()


@pytest.fixture(autouse=True, scope="session")
def _settings_of_nobody() -> Iterator[None]:
    """Hide the settings of whoever runs the tests, and the model hubs; the folder of local models stays."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [*filter(_is_setting, os.environ)]:
            patch.delenv(name)
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


def _is_setting(name: str) -> bool:
    return name.startswith(SETTINGS) and name != "SALES_ASSISTANT_MODELS"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = set()
    config.stash[NOT_RUN] = set()


@pytest.hookimpl(tryfirst=True)  # before -m chooses by mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark `postgres` what uses the server, and `unit` what has no other mark."""
    for item in items:
        if "postgres_server" in getattr(item, "fixturenames", ()):
            item.add_marker("postgres")
        if not any(item.get_closest_marker(kind) for kind in KINDS):
            item.add_marker("unit")


@pytest.hookimpl(trylast=True)
def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        item.config.stash[LEFT_OUT].add(item.nodeid)


class CiSession:
    """Notes on the reporting side which tests were skipped or expected to fail."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:  # an expected failure reports as skipped, too
            self.config.stash[NOT_RUN].add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.config.stash[NOT_RUN].add(report.nodeid)


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.pluginmanager.register(CiSession(session.config))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's list to the session that reports; there, a skip under CI fails the run."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = [*session.config.stash[LEFT_OUT]]
    elif os.environ.get("CI") == "true" and session.config.stash[NOT_RUN]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a pytest-xdist worker left out."""
    node.config.stash[LEFT_OUT].update(getattr(node, "workeroutput", {}).get("left_out", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    left_out = config.stash[LEFT_OUT]
    _list(terminalreporter, f"left out: {len(left_out)} tests that the options do not ask for", left_out)
    if os.environ.get("CI") == "true":
        _list(terminalreporter, "failed: under CI no test may be skipped or expected to fail", config.stash[NOT_RUN])


def _list(reporter: pytest.TerminalReporter, title: str, nodeids: set[str]) -> None:
    if nodeids:
        reporter.section(title)
    for nodeid in sorted(nodeids):
        reporter.line(nodeid)
