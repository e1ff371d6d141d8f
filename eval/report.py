"""Shows what a suite scored: a table for people, JSON for programs, and each failed case for developers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.matching import pair_changes
from eval.results import ActualChange, TurnResult
from eval.scoring import CaseScore, Totals, TurnScore, totals, totals_by_tag
from eval.suite import Expect, Turn

ALL = "all"
_COLUMNS = ("cases", "passed", "share", "wrong writes", "after 确认", "needless holds", "p50 ms", "p99 ms")


def as_json(scores: Sequence[CaseScore], *, with_reasons: bool = True) -> dict[str, Any]:
    """The figures of all cases and of each tag, and the failed cases with the reasons of each turn."""
    failed = [score for score in scores if not score.passed]
    return {
        ALL: _plain(totals(scores)),
        "tags": {tag: _plain(figures) for tag, figures in totals_by_tag(scores).items()},
        "failed": [_failed(score) if with_reasons else {"id": score.case.id} for score in failed],
    }


def print_table(scores: Sequence[CaseScore], console: Console) -> None:
    """The figures of all cases, then of each tag."""
    table = Table(box=None, pad_edge=False)
    table.add_column("tag", no_wrap=True)
    for column in _COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    for name, figures in {ALL: totals(scores), **totals_by_tag(scores)}.items():
        table.add_row(name, *_cells(figures), style="bold" if name == ALL else None)
    console.print(table)


def print_failures(scores: Sequence[CaseScore], console: Console, *, limit: int | None, show: bool) -> None:
    """Each failed case turn by turn; without `show` the ids alone, for suites whose cases nobody shall look at."""
    failed = [score for score in scores if not score.passed]
    if not show:
        console.print(Text(" ".join(score.case.id for score in failed)))
        return
    for score in failed[:limit]:
        _print_case(score, console)
    if limit is not None and len(failed) > limit:
        console.print(f"… and {len(failed) - limit} more", highlight=False)


def _plain(figures: Totals) -> dict[str, Any]:
    plain = asdict(figures)
    return {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in plain.items()}


def _failed(score: CaseScore) -> dict[str, Any]:
    turns = [list(turn.reasons) for turn in score.turns]
    return {"id": score.case.id, **({"error": score.error} if score.error else {}), "turns": turns}


def _cells(figures: Totals) -> tuple[str, ...]:
    share = f"{100 * figures.passed / figures.cases:.1f}%" if figures.cases else "-"
    counts = (figures.wrong_before, figures.wrong_after, figures.needless_holds)
    times = (_time(figures.p50_ms), _time(figures.p99_ms))
    return (str(figures.cases), str(figures.passed), share, *map(str, counts), *times)


def _time(milliseconds: float) -> str:
    return "-" if math.isnan(milliseconds) else f"{milliseconds:.1f}"


def _print_case(score: CaseScore, console: Console) -> None:
    case = score.case
    console.print(Text(f"\n■ {case.id}  {case.world}/{case.user}  {' '.join(case.tags)}", style="bold"))
    if score.error:
        console.print(Text(f"  {score.error}", style="red"))
    for turn, scored, got in zip(case.turns, score.turns, score.result.turns if score.result else (), strict=False):
        _print_turn(turn, scored, got, console)


def _print_turn(turn: Turn, score: TurnScore, got: TurnResult, console: Console) -> None:
    mark, style = ("✗", "red") if score.reasons else ("✓", "green")
    console.print(Text(f"  {mark} {turn.words}", style=style))
    if not score.reasons:
        return
    for line in _turn_lines(turn.expect, score, got):
        console.print(Text(f"      {line}"))


def _turn_lines(expect: Expect, score: TurnScore, got: TurnResult) -> Iterable[str]:
    yield from (f"! {reason}" for reason in score.reasons)
    if score.needless_hold:
        yield "! held needlessly"
    if expect.outcome is not None or expect.changes is not None:
        yield f"expected: {json.dumps(expect.model_dump(exclude_unset=True, exclude={'changes'}), ensure_ascii=False)}"
    for change in expect.changes or ():
        yield f"  {json.dumps(change.model_dump(exclude_unset=True), ensure_ascii=False)}"
    yield f"outcome:  {got.outcome}{' (confirmed)' if got.confirmed else ''}"
    yield from _change_lines(expect, got)
    yield f"calls:    {json.dumps(got.calls, ensure_ascii=False)}"
    if got.options:
        yield f"options:  {' | '.join(str(option.get('label')) for option in got.options)}"
    yield from (f"{'reply:   ' if not n else '         '} {line}" for n, line in enumerate(got.reply.splitlines()))


def _change_lines(expect: Expect, got: TurnResult) -> Iterable[str]:
    expected = {a for _, a in pair_changes(expect.changes or [], got.changes).pairs}
    for position, change in enumerate(got.changes):
        mark = " " if position in expected else "+"
        when = " (after 确认)" if got.is_confirmed_change(position) else ""
        yield f"{mark} {change.op} {change.type}{when}: {_difference(change)}"


def _difference(change: ActualChange) -> str:
    """The fields that a change set, or the record's own where it was made or deleted."""
    if change.op != "update" or change.before is None:
        return json.dumps({k: v for k, v in change.record.items() if v not in (None, "", [], {})}, ensure_ascii=False)
    names = [name for name, value in change.record.items() if change.before.get(name) != value]
    shown = [f"{name}: {change.before.get(name)!r} → {change.record[name]!r}" for name in names]
    title = change.record.get("name") or change.record.get("title") or change.record.get("summary") or ""
    return f"{title!r} {'; '.join(shown)}"
