"""Replays a whole suite: loads its worlds, plays its cases in one process or several, tells how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from eval.doors import OpenDoor, directly
from eval.playground import MakePlanner, Playground
from eval.replay import play_case
from eval.results import CaseResult
from eval.stores import Template, WorldError, build_template, world_folder
from eval.suite import Case

Progress = Callable[[int], None]
"""Told how many cases have been played since it was told last."""
Prepared = tuple[Case, Template | WorldError]
AT_ONCE = 16
"""Cases a process takes at a time: enough to pay for starting an assistant, few enough to end together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """Where cases are played: the settings, the suite's folder (recordings lie next to it), a folder for copies.

    `make_planner` makes the planner of one case (None: as the settings say), `open_door` the way messages take.
    """

    settings: Settings
    suite_folder: Path
    scratch: Path
    make_planner: MakePlanner | None = None
    open_door: OpenDoor = directly


def replay_suite(
    cases: Sequence[Case],
    worlds: Path,
    suite_folder: Path,
    settings: Settings,
    *,
    make_planner: MakePlanner | None = None,
    open_door: OpenDoor = directly,
    jobs: int = 1,
    at_once: int = AT_ONCE,
    progress: Progress = lambda count: None,
) -> list[CaseResult]:
    """Play cases and return their results in order.

    `worlds` is a world's folder or a folder of worlds. With `jobs` above 1 cases are played in that many processes,
    `at_once` at a time; `make_planner` and `open_door` then have to pickle. Raises WorldError where there is no world.
    """
    with TemporaryDirectory(prefix="replay-") as scratch:
        stage = Stage(
            settings=settings,
            suite_folder=suite_folder,
            scratch=Path(scratch),
            make_planner=make_planner,
            open_door=open_door,
        )
        prepared = _prepared(cases, worlds, Path(scratch))
        results: list[CaseResult] = []
        parts = [prepared[begin : begin + at_once] for begin in range(0, len(prepared), at_once)]
        for some in _in_processes(parts, stage, jobs) if jobs > 1 else _play(prepared, stage):
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


def _play(prepared: Sequence[Prepared], stage: Stage) -> Iterator[list[CaseResult]]:
    """Play cases in this process, with one playground a world."""
    playgrounds: dict[Path, Playground] = {}
    with ExitStack() as opened, asyncio.Runner() as runner:
        for case, template in prepared:
            playground = None
            if isinstance(template, Template):
                if template.file not in playgrounds:
                    live = stage.scratch / f"live-{template.file.name}"
                    playgrounds[template.file] = Playground(template, stage.settings, live, stage.make_planner)
                    opened.callback(playgrounds[template.file].close)
                playground = playgrounds[template.file]
            yield [runner.run(play_case(case, template, playground, stage.suite_folder, stage.open_door))]


def _in_processes(parts: Sequence[Sequence[Prepared]], stage: Stage, jobs: int) -> Iterator[list[CaseResult]]:
    stages = [replace(stage, scratch=stage.scratch / f"part-{number}") for number in range(len(parts))]
    with ProcessPoolExecutor(min(jobs, len(parts)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_play_part, parts, stages)


def _play_part(part: Sequence[Prepared], stage: Stage) -> list[CaseResult]:
    stage.scratch.mkdir()
    return [result for some in _play(part, stage) for result in some]
