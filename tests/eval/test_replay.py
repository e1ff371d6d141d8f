"""A replay is exact, truthful and goes on whatever happens."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.messages import Do, ToolCall
from assistant.settings import Settings
from crm_store.principal import SYSTEM
from crm_store.world import dump_world
from eval.playground import Playground
from eval.results import CaseResult, TurnResult, read_results, to_line
from eval.run import replay_suite
from eval.stores import WorldError, build_template
from eval.suite import SuiteError, read_suite
from tests.eval.conftest import Replay
from tests.eval.world import CONFIRM, LIST_BY_TYPE, WORLD, Scripted, case, write_suite, write_world

WRITING = case("writes", "明天下午三点提醒我给榆川打电话", "榆川地磅的金额改成12万", "把榆川地磅标记为丢单,原因是价格")
READING = case("reads", "榆川最近怎么样", "我有哪些待办")
SETTINGS = Settings(planner="embedded")


def without_latency(results: list[CaseResult]) -> list[str]:
    """The lines of results, but for how long turns took."""
    plain = [json.loads(to_line(result)) for result in results]
    for turn in (turn for result in plain for turn in result["turns"]):
        del turn["latency_ms"]
    return [json.dumps(result) for result in plain]


def embedded(worlds: Path, folder: Path, *cases: dict[str, Any], **options: Any) -> list[CaseResult]:
    """Results with the planner that the program has."""
    suite = write_suite(folder / "suite.jsonl", *cases)
    return replay_suite(read_suite(suite), worlds, folder, SETTINGS, **options)


def only(results: list[CaseResult]) -> TurnResult:
    """The last turn of the only case."""
    (result,) = results
    assert result.error is None
    return result.turns[-1]


def test_a_turn_is_written_down_with_what_it_did(replay: Replay) -> None:
    turn = only(replay(case("a", "记一下")))
    assert (turn.say, turn.outcome, turn.confirmed, turn.confirmed_changes) == ("记一下", "done", False, [])
    assert [(call["tool"], call["ok"]) for call in turn.calls] == [("create_task", True)]
    (change,) = turn.changes
    assert (change.op, change.type, change.before) == ("create", "task", None)
    assert {name: change.record[name] for name in ("title", "customer", "assignee")} == {
        "title": "打电话",
        "customer": "榆川粮油有限公司",
        "assignee": "mili",
    }
    assert "打电话" in turn.reply
    assert turn.latency_ms > 0


def test_a_held_write_is_confirmed_once_and_added_to_its_turn(replay: Replay) -> None:
    turn = only(replay(case("a", "丢了")))
    assert (turn.outcome, turn.confirmed, turn.confirmed_changes) == ("pending", True, [0])
    assert [call["tool"] for call in turn.calls] == ["lose_opportunity", "lose_opportunity"]
    (change,) = turn.changes
    assert change.before is not None
    assert (change.before["stage"], change.record["stage"]) == ("talk", "lost")
    assert change.record["closed_on"] == "2026-09-02"


def test_what_was_done_at_once_is_told_from_what_was_confirmed(replay: Replay) -> None:
    turn = only(replay(case("a", "记一下,丢了")))
    assert [change.type for change in turn.changes] == ["opportunity", "task"]
    assert turn.confirmed_changes == [0]


def test_a_case_may_confirm_by_itself(replay: Replay) -> None:
    (result,) = replay(case("a", "丢了", "确认", confirm="manual"))
    held, confirmed = result.turns
    assert (held.outcome, held.confirmed, held.changes) == ("pending", False, [])
    assert (confirmed.outcome, len(confirmed.changes), confirmed.confirmed_changes) == ("done", 1, [0])


def test_a_creation_that_is_taken_back_shows_as_deleted(replay: Replay) -> None:
    assert [change.op for change in only(replay(case("a", "记一下", "撤销"))).changes] == ["delete"]


def test_each_case_begins_with_the_world_as_it_is(replay: Replay) -> None:
    results = replay(case("a", "记一下", "丢了"), case("b", "丢了"))
    assert [len(turn.changes) for result in results for turn in result.turns] == [1, 1, 1]


def test_a_case_may_say_what_time_it_is(small_world: Path, tmp_path: Path) -> None:
    results = embedded(small_world, tmp_path, case("a", "明天上午九点提醒我打电话", now="2027-01-01T08:00:00+08:00"))
    assert only(results).changes[0].record["due_at"] == "2027-01-02T09:00:00+08:00"


@pytest.mark.parametrize("order", [("writes", "reads"), ("reads", "writes")])
def test_a_case_does_not_depend_on_the_cases_before_it(
    small_world: Path, tmp_path: Path, order: tuple[str, str]
) -> None:
    cases = {"writes": WRITING, "reads": READING}
    together = embedded(small_world, tmp_path, *(cases[each] for each in order))
    alone = [embedded(small_world, tmp_path, cases[each])[0] for each in order]
    assert without_latency(together) == without_latency(alone)
    assert any(turn.changes for result in together for turn in result.turns)


@pytest.mark.slow
def test_several_processes_write_the_same_bytes_as_one(small_world: Path, tmp_path: Path) -> None:
    cases = [WRITING, case("greets", "你好"), READING]
    one = embedded(small_world, tmp_path, *cases)
    two = embedded(small_world, tmp_path, *cases, jobs=2, at_once=2)
    assert without_latency(one) == without_latency(two)


def test_a_turn_that_breaks_is_recorded_and_the_run_goes_on(replay: Replay, caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = replay(case("a", "坏了", "记一下"), case("b", "记一下"), breaks_on="坏了")
    assert [(turn.outcome, turn.error) for turn in broken.turns] == [
        ("failed", "RuntimeError: the planner broke"),
        ("done", None),
    ]
    assert sound.turns[0].outcome == "done"
    assert "case a" in caplog.text


def test_a_recording_without_a_speech_engine_fails_with_the_reason(replay: Replay, tmp_path: Path) -> None:
    (tmp_path / "hello.wav").write_bytes(b"RIFF")
    spoken = case("a") | {"turns": [{"audio": "hello.wav", "said": "你好"}, {"audio": "none.wav"}]}
    (result,) = replay(spoken)
    first, second = result.turns
    assert (first.say, first.outcome, second.outcome) == ("你好", "failed", "failed")
    assert "transcription" in str(first.error)
    assert "none.wav" in str(second.error)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"user": "nobody"}, "no active user 'nobody'"), ({"world": "elsewhere"}, "no world 'elsewhere'")],
)
def test_a_case_that_can_not_be_played_is_recorded_with_the_reason(
    replay: Replay, changed: dict[str, str], reason: str
) -> None:
    failed, played = replay(case("a", "记一下") | changed, case("b", "记一下"))
    assert failed.turns == []
    assert reason in str(failed.error)
    assert played.error is None


def test_a_world_without_a_clock_needs_a_case_with_one(tmp_path: Path) -> None:
    write_world(tmp_path / "small", {key: value for key, value in WORLD.items() if key != "now"})
    timeless, timed = embedded(tmp_path, tmp_path, case("a", "你好"), case("b", "你好", now="2026-09-02T10:00:00"))
    assert "what time it is" in str(timeless.error)
    assert timed.error is None


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({**WORLD, "tasks": [{"title": "甲", "assignee": "nobody"}]})])
def test_a_world_that_can_not_be_loaded_is_an_error(tmp_path: Path, text: str) -> None:
    write_world(tmp_path / "small")
    (tmp_path / "small" / "world.json").write_text(text, "utf-8")
    with pytest.raises(WorldError, match=r"world\.json"):
        build_template(tmp_path / "small", tmp_path / "world.db")


def test_a_world_goes_through_a_replay_without_loss(small_world: Path, tmp_path: Path) -> None:
    """The records of a replay are those of the world's file, and the store gives the file back after a case."""
    template = build_template(small_world / "small", tmp_path / "world.db")
    playground = Playground(template, SETTINGS, tmp_path / "live.db", None)
    try:
        for record_type, records in playground.at_first.items():
            listed = [{k: v for k, v in r.items() if k != "extra"} for r in records.values()]
            expected = [{k: v for k, v in r.items() if k != "extra"} for r in WORLD[LIST_BY_TYPE[record_type]]]
            assert listed == expected
        assert template.now is not None
        runtime = asyncio.run(playground.begin(template.now, "mili"))
        dumped = runtime.store.read_now(SYSTEM, dump_world)
        assert {key: dumped[key] for key in WORLD} == WORLD
        documents = runtime.store.read_now(SYSTEM, lambda uow: [each.path for each in uow.documents.all()])
        assert documents == ["lease.md"]
    finally:
        playground.close()


def test_every_record_type_of_the_format_can_change_in_a_replay(small_world: Path, tmp_path: Path) -> None:
    delete = [
        Do(calls=(ToolCall(tool="delete_record", args={"record_type": each, "record_ids": [1]}),))
        for each in ("contact", "opportunity", "note", "task", "lead", "order")
    ]
    planner = Scripted(script={"都删了": delete, "确认": (CONFIRM,)})
    suite = write_suite(tmp_path / "suite.jsonl", case("a", "都删了"))
    results = replay_suite(read_suite(suite), small_world, tmp_path, SETTINGS, make_planner=lambda: planner)
    changes = {change.type: change for change in only(results).changes}
    for record_type in ("contact", "opportunity", "note", "task", "lead", "order"):
        (written,) = WORLD[LIST_BY_TYPE[record_type]]
        assert changes[record_type].record == written


def test_results_are_read_as_they_were_written(replay: Replay, tmp_path: Path) -> None:
    results = replay(case("a", "记一下", "丢了"), case("b", "好") | {"user": "nobody"})
    path = tmp_path / "results.jsonl"
    path.write_text("".join(to_line(result) + "\n" for result in results), "utf-8")
    assert read_results(path) == {result.id: result for result in results}


def test_a_broken_line_of_results_is_named_with_its_number(tmp_path: Path) -> None:
    path = write_suite(tmp_path / "results.jsonl", '{"id": "a", "turns": []}', '{"id": "b"}')
    with pytest.raises(SuiteError, match=r"results\.jsonl:2: turns"):
        read_results(path)


def test_a_world_folder_serves_cases_of_any_name(small_world: Path, tmp_path: Path) -> None:
    (result,) = embedded(small_world / "small", tmp_path, case("a", "你好") | {"world": "other"})
    assert result.error is None


def test_a_record_that_calls_another_by_its_new_name_has_not_changed(small_world: Path, tmp_path: Path) -> None:
    rename = Do(calls=(ToolCall(tool="update_customer", args={"customer": 1, "name": "榆川食品"}),))
    planner = Scripted(script={"改名": (rename,)})
    suite = write_suite(tmp_path / "suite.jsonl", case("a", "改名"))
    turn = only(replay_suite(read_suite(suite), small_world, tmp_path, SETTINGS, make_planner=lambda: planner))
    assert [(change.type, change.record["name"]) for change in turn.changes] == [("customer", "榆川食品")]
