"""Fixtures of the evaluation's tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.messages import Step
from assistant.settings import Settings
from eval.results import CaseResult
from eval.run import replay_suite
from eval.suite import read_suite
from tests.eval.world import BACK, CONFIRM, LOSE, TASK, Scripted, write_suite, write_world

SCRIPT: Mapping[str, Sequence[Step]] = {
    "记一下": (TASK,), "丢了": (LOSE,), "确认": (CONFIRM,), "撤销": (BACK,), "记一下,丢了": (TASK, LOSE),
}  # fmt: skip
Replay = Callable[..., list[CaseResult]]


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of worlds with the small world in it."""
    folder = tmp_path_factory.mktemp("worlds")
    write_world(folder / "small")
    return folder


@pytest.fixture
def replay(small_world: Path, tmp_path: Path) -> Replay:
    """Gives `replay(*cases)`: their results, planned by the script or by `script=…`, `breaks_on=…`."""

    def play(*cases: Mapping[str, Any], breaks_on: str = "", **options: Any) -> list[CaseResult]:
        suite = write_suite(tmp_path / "suite.jsonl", *cases)
        planner = Scripted(script=SCRIPT, breaks_on=breaks_on)
        settings = Settings(planner="embedded", reminder_seconds=3600)
        given = {"make_planner": lambda: planner, **options}
        return replay_suite(read_suite(suite), small_world, tmp_path, settings, **given)

    return play
