"""Replays a whole suite: loads its worlds, plays its cases in one process or several, tells how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.planner import Planner
from assistant.settings import Settings
from eval.replay import Stage, play_cases
from eval.results import CaseResult
from eval.stores import Template, WorldError, build_template, world_folder
from eval.suite import Case

Progress = Callable[[int], None]
"""Told how many cases have been played since it was told last."""
Prepared = tuple[Case, Template | WorldError]
_AT_ONCE = 8
"""Cases a process takes at a time: enough to pay for its start, few enough to end together."""


def replay_suite(
    cases: Sequence[Case],
    worlds: Path,
    suite_folder: Path,
    settings: Settings,
    *,
    planner: Callable[[], Planner] | None = None,
    jobs: int = 1,
    progress: Progress = lambda count: None,
) -> list[CaseResult]:
    """Play cases and return their results in order.

    `worlds` is a world's folder or a folder of worlds. With `jobs` above 1 cases are played in that many processes,
    which can only take a `planner` that pickles. Raises WorldError where there is no world at all.
    """
    with TemporaryDirectory(prefix="replay-") as scratch:
        stage = Stage(settings=settings, suite_folder=suite_folder, scratch=Path(scratch), planner=planner)
        prepared = _prepared(cases, worlds, Path(scratch))
        played = _in_processes(prepared, stage, jobs) if jobs > 1 else _here(prepared, stage)
        results: list[CaseResult] = []
        for some in played:
            results += some
            progress(len(some))
        return results


def _prepared(cases: Sequence[Case], worlds: Path, scratch: Path) -> list[Prepared]:
    """Each case with its loaded world; one that is missing or broken fails its cases, unless there is no other."""
    by_name: dict[str, Template | WorldError] = {}
    by_folder: dict[Path, Template] = {}
    for name in dict.fromkeys(case.world for case in cases):
        try:
            folder = world_folder(worlds, name)
            if folder not in by_folder:
                by_folder[folder] = build_template(folder, scratch / f"world-{len(by_folder)}.db")
            by_name[name] = by_folder[folder]
        except WorldError as error:
            by_name[name] = error
    errors = [found for found in by_name.values() if isinstance(found, WorldError)]
    if errors and not by_folder:
        raise errors[0]
    return [(case, by_name[case.world]) for case in cases]


def _here(prepared: Sequence[Prepared], stage: Stage) -> Iterator[list[CaseResult]]:
    with asyncio.Runner() as runner:
        for one in prepared:
            yield runner.run(play_cases([one], stage))


def _in_processes(prepared: Sequence[Prepared], stage: Stage, jobs: int) -> Iterator[list[CaseResult]]:
    parts = [prepared[begin : begin + _AT_ONCE] for begin in range(0, len(prepared), _AT_ONCE)]
    folders = [stage.scratch / f"part-{number}" for number in range(len(parts))]
    stages = [replace(stage, scratch=folder) for folder in folders]
    with ProcessPoolExecutor(min(jobs, len(parts)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_play_part, parts, stages)


def _play_part(part: Sequence[Prepared], stage: Stage) -> list[CaseResult]:
    stage.scratch.mkdir()
    return asyncio.run(play_cases(part, stage))
