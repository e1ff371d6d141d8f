"""A suite replayed through a real HTTP server comes to the same as one replayed without."""

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings
from benchmarks.doors import served
from eval.doors import OverHttp
from eval.results import CaseResult
from eval.run import replay_suite
from eval.suite import read_suite
from tests.eval.world import case, write_suite

SETTINGS = Settings(planner="embedded", reminder_seconds=3600)
CASES = (
    case("query", "榆川最近怎么样", "他们的电话是多少"),
    case("write", "明天下午三点提醒我给榆川打电话", "改到四点", "撤销"),
    case("hold", "把榆川地磅标记为丢单,原因是价格"),
    case("cancel", "把榆川地磅标记为丢单,原因是价格", "取消", confirm="manual"),
    case("other", "我有哪些待办") | {"user": "shaoyan"},
    case("long", "好" * 30_000),
)


def what_happened(results: list[CaseResult]) -> list[object]:
    """Results as far as the way of a message has no part in them."""
    leave_out = {"turns": {"__all__": {"latency_ms", "error", "reply"}}}
    return [result.model_dump(exclude=leave_out) for result in results]


def replies(results: list[CaseResult]) -> list[str]:
    """What was answered, where there was an answer."""
    return [turn.reply for result in results for turn in result.turns if turn.error is None]


def test_a_suite_over_http_changes_and_answers_the_same(small_world: Path, tmp_path: Path) -> None:
    cases = read_suite(write_suite(tmp_path / "suite.jsonl", *CASES))
    direct = replay_suite(cases, small_world, tmp_path, SETTINGS)
    with OverHttp(served) as open_door:
        over_http = replay_suite(cases, small_world, tmp_path, SETTINGS, open_door=open_door)
    assert what_happened(over_http) == what_happened(direct)
    assert replies(over_http) == replies(direct)
    assert sum(len(turn.changes) for result in direct for turn in result.turns) >= 4
    assert [turn.outcome for turn in over_http[-1].turns] == ["failed"]


def test_a_recording_is_not_sent_over_http(small_world: Path, tmp_path: Path) -> None:
    (tmp_path / "hello.wav").write_bytes(b"RIFF")
    suite = write_suite(tmp_path / "suite.jsonl", case("spoken") | {"turns": [{"audio": "hello.wav"}]})
    with OverHttp(served) as open_door:
        (result,) = replay_suite(read_suite(suite), small_world, tmp_path, SETTINGS, open_door=open_door)
    assert "without HTTP only" in str(result.turns[0].error)
