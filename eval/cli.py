"""The verbs `replay`, `eval`, `understand` and `transcribe`; FORMAT.md says what they take and print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from eval.stores import WorldError
from eval.suite import Case, SuiteError, read_suite

if TYPE_CHECKING:
    from eval.results import CaseResult
    from eval.run import Progress

app = typer.Typer(add_completion=False, no_args_is_help=True)
SET_ASIDE = "set_aside"
"""Suites below a folder of this name measure how well the rules carry over; whoever writes rules doesn't read them."""
TABLE_WIDTH = 110
"""Columns that the table of figures needs."""


class PlannerName(StrEnum):
    """Who plans a turn."""

    EMBEDDED = "embedded"
    LLM = "llm"
    AUTO = "auto"


World = Annotated[Path, typer.Option("--world", help="世界的文件夹,或放着几个世界的文件夹 (a world, or some)")]
Cases = Annotated[Path, typer.Option("--cases", help="用例文件 SUITE.jsonl (the suite)")]
Planner = Annotated[PlannerName, typer.Option("--planner", help="由谁规划 (who plans a turn)")]
Only = Annotated[list[str] | None, typer.Option("--only", help="只跑这些用例 (ids, repeatable or with commas)")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="并行进程数 (processes)")]


@app.command(help="重放用例,写出结果 (replay a suite and write down what happened)")
def replay(
    world: World,
    cases: Cases,
    out: Annotated[Path, typer.Option("--out", help="结果文件 RESULTS.jsonl (the results)")],
    planner: Planner = PlannerName.EMBEDDED,
    only: Only = None,
    jobs: Jobs = 1,
    extra_ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="--only 的更多用例 (more ids)")] = None,
) -> None:
    """Replay a suite; a case that can't be played is recorded with the reason and the run goes on."""
    with _told():
        chosen = _chosen(read_suite(cases, scored=False), only, extra_ids)
        results = _replayed(chosen, world, cases, planner, jobs)
        _write_results(out, results)
    unplayed = [result for result in results if result.error]
    for result in unplayed[:10]:
        typer.echo(f"{result.id}: {result.error}", err=True)
    typer.echo(f"{len(results)} cases replayed, {len(unplayed)} could not be played: {out}", err=True)


@app.command("eval", help="重放并评分 (replay and score a suite)")
def evaluate(
    world: World,
    cases: Cases,
    planner: Planner = PlannerName.EMBEDDED,
    results: Annotated[
        Path | None, typer.Option("--results", help="已有的结果;没有就重放并写到这里 (score these; made if absent)")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON)")] = False,
    failures: Annotated[bool, typer.Option("--failures", help="逐个显示没通过的 (show each failed case)")] = False,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="只看有这些标签的 (with all these tags)")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="最多显示几个 (show at most so many)")] = None,
    show_set_aside: Annotated[bool, typer.Option("--show-set-aside", help="连 set_aside 也显示 (these, too)")] = False,
    only: Only = None,
    jobs: Jobs = 1,
    extra_ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="--only 的更多用例 (more ids)")] = None,
) -> None:
    """Score a suite: cases passed, wrong writes, needless holds, latency, for each tag and in all."""
    from rich.console import Console

    from eval import report
    from eval.results import read_results
    from eval.scoring import score_suite

    with _told():
        chosen = [c for c in _chosen(read_suite(cases), only, extra_ids) if set(tag or ()) <= set(c.tags)]
        if results is not None and results.exists():
            played = read_results(results)
        else:
            made = _replayed(chosen, world, cases, planner, jobs)
            if results is not None:
                _write_results(results, made)
            played = {result.id: result for result in made}
    scores = score_suite(chosen, played)
    shown = show_set_aside or SET_ASIDE not in cases.resolve().parts
    if as_json:
        typer.echo(json.dumps(report.as_json(scores, with_reasons=shown), ensure_ascii=False, indent=1))
        return
    console = Console(soft_wrap=True, width=max(Console().width, TABLE_WIDTH))
    if failures:
        report.print_failures(scores, console, limit=limit, show=shown)
    report.print_table(scores, console)


@app.command(help="显示内置引擎怎样理解一句话 (what the embedded planner makes of a text)")
def understand(
    text: Annotated[str | None, typer.Argument(help="一句话 (the text)")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="从标准输入逐行读 JSON (read lines of JSON)")] = False,
    now: Annotated[str | None, typer.Option("--now", help="当时的时间 ISO 8601 (what time it is)")] = None,
    world: Annotated[Path | None, typer.Option("--world", help="世界的文件夹 (a world's folder)")] = None,
    user: Annotated[str | None, typer.Option("--user", help="以谁的身份 (as whom)")] = None,
) -> None:
    """Print one JSON object a line: times, amounts, entities, intents and the calls that would be made."""
    from eval.understanding import Question, understanding

    if (text is not None) == jsonl:
        _fail("either TEXT or --jsonl")
    if (world is None) != (user is None):
        _fail("--world and --user go together")
    with _told(), understanding(world, user) as understood:
        default = None if now is None else _moment(now, "--now")
        questions = _lines_of_stdin() if text is None else iter([{"text": text}])
        for line in questions:
            moment = _moment(line["now"], "now") if line.get("now") else default
            answer = understood(Question(text=line["text"], now=moment))
            head = {"id": line["id"]} if "id" in line else {}
            typer.echo(json.dumps({**head, **answer}, ensure_ascii=False))


@app.command(help="把录音转成文字 (make text of recordings)")
def transcribe(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="录音 (recordings)")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="每行一个 JSON (one JSON object a line)")] = False,
    world: Annotated[Path | None, typer.Option("--world", help="世界的文件夹 (a world's folder)")] = None,
    user: Annotated[str | None, typer.Option("--user", help="以谁的身份 (as whom)")] = None,
) -> None:
    """Print each recording's text; one that can't be read is named and the others go on."""
    from assistant.errors import TranscriptionError
    from assistant.settings import Settings
    from eval.speaking import listening

    if (world is None) != (user is None):
        _fail("--world and --user go together")
    unread = 0
    with _told(), listening(world, user, Settings()) as ear:
        for file in files:
            try:
                typer.echo(json.dumps(ear.hear(file), ensure_ascii=False, indent=None if jsonl else 1))
            except (TranscriptionError, OSError) as error:
                unread += 1
                typer.echo(f"{file}: {error}", err=True)
    if unread:
        raise typer.Exit(1)


def _replayed(chosen: Sequence[Case], world: Path, cases: Path, planner: PlannerName, jobs: int) -> list[CaseResult]:
    from assistant.settings import Settings
    from eval.run import replay_suite

    settings = Settings().model_copy(update={"planner": planner.value})
    with _progress(len(chosen)) as progress:
        return replay_suite(chosen, world, cases.resolve().parent, settings, jobs=jobs, progress=progress)


def _chosen(cases: list[Case], only: list[str] | None, more: list[str] | None) -> list[Case]:
    """The cases asked for, in the order of the suite. Raises SuiteError for an id that the suite doesn't have."""
    ids = {one for each in (only or []) + (more or []) for one in each.replace(",", " ").split()}
    unknown = ids - {case.id for case in cases}
    if unknown:
        raise SuiteError(f"--only: no case {', '.join(sorted(unknown))} in the suite")
    return [case for case in cases if not ids or case.id in ids]


def _write_results(path: Path, results: Sequence[CaseResult]) -> None:
    from eval.results import to_line

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(to_line(result) + "\n" for result in results), encoding="utf-8")
    except OSError as error:
        raise SuiteError(f"{path}: {error.strerror or error}") from error


def _lines_of_stdin() -> Iterator[dict[str, Any]]:
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise SuiteError(f"stdin:{number}: not JSON: {error}") from error
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            raise SuiteError(f"stdin:{number}: an object with a text is needed")
        yield value


def _moment(text: Any, place: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise SuiteError(f"{place}: {error}") from error


@contextmanager
def _progress(total: int) -> Iterator[Progress]:
    """A bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("replay"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("replay", total=total)
        yield lambda count: bar.advance(task, count)


@contextmanager
def _told() -> Iterator[None]:
    """End with a message and exit code 2 where a file, a world or an option is wrong."""
    try:
        yield
    except (SuiteError, WorldError) as error:
        _fail(str(error))


def _fail(reason: str) -> NoReturn:
    typer.echo(f"error: {reason}", err=True)
    raise typer.Exit(2)
