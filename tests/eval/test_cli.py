"""The verbs do what FORMAT.md says, and tell plainly what is wrong with their arguments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from eval.cli import app
from tests.eval.world import case, write_suite, write_world

EXPECTING: dict[str, Any] = case("needs", tags=["task"]) | {
    "turns": [{"say": "你好", "expect": {"changes": [{"op": "create", "type": "task", "record": {"title~": "电话"}}]}}]
}


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite of a case that passes and one that fails."""
    return write_suite(tmp_path / "suite.jsonl", case("greets", "你好", tags=["talk"]), EXPECTING)


def run(verb: str, *arguments: object, given: str | None = None) -> Result:
    """Run one verb."""
    return CliRunner().invoke(app, [verb, *map(str, arguments)], input=given)


def lines(path: Path) -> list[dict[str, Any]]:
    """The values of a file of lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_replay_writes_one_line_for_each_case_in_order(small_world: Path, suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "made" / "results.jsonl"
    ended = run("replay", "--world", small_world, "--cases", suite, "--out", out)
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert [line["id"] for line in lines(out)] == ["greets", "needs"]
    assert [*lines(out)[0]["turns"][0]][:9] == [
        "say", "reply", "outcome", "calls", "changes", "citations", "options", "confirmed", "latency_ms"
    ]  # fmt: skip


@pytest.mark.parametrize("only", [["--only", "needs"], ["--only", "needs,greets"], ["--only", "greets", "needs"]])
def test_replay_takes_only_the_cases_that_are_named(
    small_world: Path, suite: Path, tmp_path: Path, only: list[str]
) -> None:
    out = tmp_path / "results.jsonl"
    assert run("replay", "--world", small_world, "--cases", suite, "--out", out, *only).exit_code == 0
    named = {one for each in only[1:] for one in each.split(",")}
    assert {line["id"] for line in lines(out)} == named


def test_replay_tells_which_cases_could_not_be_played(small_world: Path, tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "suite.jsonl", case("a", "好") | {"user": "nobody"}, case("b", "好"))
    ended = run("replay", "--world", small_world, "--cases", suite, "--out", tmp_path / "results.jsonl")
    assert ended.exit_code == 0
    assert "a: no active user 'nobody'" in ended.stderr
    assert "1 could not be played" in ended.stderr


def test_eval_prints_the_figures_for_all_and_each_tag(small_world: Path, suite: Path) -> None:
    ended = run("eval", "--world", small_world, "--cases", suite)
    rows = {line.split()[0]: line.split()[1:4] for line in ended.stdout.splitlines()[1:]}
    assert rows == {"all": ["2", "1", "50.0%"], "talk": ["1", "1", "100.0%"], "task": ["1", "0", "0.0%"]}


def test_eval_prints_json(small_world: Path, suite: Path) -> None:
    printed = json.loads(run("eval", "--world", small_world, "--cases", suite, "--json").stdout)
    assert (printed["all"]["cases"], printed["all"]["passed"]) == (2, 1)
    assert printed["tags"]["task"]["passed"] == 0
    assert printed["failed"] == [{"id": "needs", "turns": [["not done: create task {'title~': '电话'}"]]}]


def test_eval_scores_results_that_are_there_and_makes_those_that_are_not(
    small_world: Path, suite: Path, tmp_path: Path
) -> None:
    results = tmp_path / "results.jsonl"
    arguments = ["--world", small_world, "--cases", suite, "--results", results, "--json"]
    made = run("eval", *arguments).stdout
    written = results.read_bytes()
    assert json.loads(run("eval", *arguments).stdout) == json.loads(made)
    assert results.read_bytes() == written
    write_suite(results, {"id": "greets", "turns": [{"say": "你好", "outcome": "answered"}]})
    scored = json.loads(run("eval", *arguments).stdout)
    assert scored["failed"] == [{"id": "needs", "error": "no result", "turns": []}]


def test_eval_shows_each_failed_case(small_world: Path, suite: Path) -> None:
    shown = run("eval", "--world", small_world, "--cases", suite, "--failures").stdout
    assert "■ needs  small/mili  task" in shown
    assert "not done: create task" in shown
    assert "outcome:  answered" in shown
    assert "■ greets" not in shown


def test_eval_looks_at_the_cases_with_a_tag_only(small_world: Path, suite: Path) -> None:
    printed = json.loads(run("eval", "--world", small_world, "--cases", suite, "--json", "--tag", "talk").stdout)
    assert (printed["all"]["cases"], printed["failed"]) == (1, [])


@pytest.mark.parametrize("output", ["--failures", "--json"])
def test_the_texts_of_suites_that_are_set_aside_are_not_shown(small_world: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "set_aside").mkdir()
    suite = write_suite(tmp_path / "set_aside" / "suite.jsonl", EXPECTING)
    shown = run("eval", "--world", small_world, "--cases", suite, output).stdout
    assert "needs" in shown
    assert "电话" not in shown
    assert "你好" not in shown
    assert "电话" in run("eval", "--world", small_world, "--cases", suite, output, "--show-set-aside").stdout


def test_a_wrong_argument_ends_with_exit_code_2_and_the_reason(small_world: Path, suite: Path, tmp_path: Path) -> None:
    broken = write_suite(tmp_path / "broken.jsonl", case("a", "好"), "{")
    empty = tmp_path / "empty"
    empty.mkdir()
    out = tmp_path / "results.jsonl"
    wrong = {
        "no such folder": (tmp_path / "none", suite, []),
        "neither a world nor": (empty, suite, []),
        "none.jsonl: No such file": (small_world, tmp_path / "none.jsonl", []),
        "broken.jsonl:2: not JSON": (small_world, broken, []),
        "no case nope": (small_world, suite, ["--only", "nope"]),
    }
    for reason, (world, cases, more) in wrong.items():
        ended = run("replay", "--world", world, "--cases", cases, "--out", out, *more)
        assert ended.exit_code == 2
        assert reason in ended.stderr
        assert not out.exists()


def test_a_world_that_no_case_names_is_an_error(small_world: Path, tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "suite.jsonl", case("a", "好") | {"world": "elsewhere"})
    ended = run("eval", "--world", small_world, "--cases", suite)
    assert (ended.exit_code, "no world 'elsewhere'" in ended.stderr) == (2, True)


def test_results_that_can_not_be_written_are_an_error(small_world: Path, suite: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    ended = run("replay", "--world", small_world, "--cases", suite, "--out", tmp_path / "file" / "results.jsonl")
    assert (ended.exit_code, "results.jsonl" in ended.stderr) == (2, True)


def test_understand_prints_what_the_planner_made_of_a_text(small_world: Path) -> None:
    text = "提醒我明天下午三点到四点给榆川打电话谈64.5万的合同"
    ended = run("understand", text, "--world", small_world / "small", "--user", "mili")
    understood = json.loads(ended.stdout)
    assert [*understood] == ["text", "normalised", "times", "amounts", "entities", "intents", "calls"]
    assert understood["times"] == [
        {
            "text": "明天下午三点到四点",
            "start": "2026-09-03T15:00:00+08:00",
            "end": "2026-09-03T16:00:00+08:00",
            "grain": "minute",
        }
    ]
    assert understood["amounts"] == [{"text": "64.5万", "value": 645000, "unit": "CNY"}]
    entity = understood["entities"][0]
    assert (entity["text"], entity["type"], entity["name"], entity["by"]) == (
        "榆川", "customer", "榆川粮油有限公司", "alias"
    )  # fmt: skip
    assert understood["intents"][0]["name"] == "create_task"
    assert understood["calls"][0]["tool"] == "create_task"


def test_understand_reads_lines_each_with_its_clock_and_without_a_world() -> None:
    given = [
        {"id": 1, "text": "明天九点提醒我回电话", "now": "2026-01-01T10:00:00+08:00"},
        {"id": 2, "text": "明天九点提醒我回电话", "now": "2027-01-01T10:00:00"},
    ]
    ended = run("understand", "--jsonl", given="\n".join(map(json.dumps, given)) + "\n\n")
    understood = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [(line["id"], line["times"][0]["start"]) for line in understood] == [
        (1, "2026-01-02T09:00:00+08:00"),
        (2, "2027-01-02T09:00:00+08:00"),
    ]
    assert understood[0]["entities"] == []


def test_understand_takes_the_time_that_is_given() -> None:
    understood = json.loads(run("understand", "后天回电话", "--now", "2026-01-01T10:00:00+08:00").stdout)
    assert understood["times"][0]["start"] == "2026-01-03T00:00:00+08:00"


@pytest.mark.parametrize(
    ("arguments", "given", "reason"),
    [
        ([], None, "either TEXT or --jsonl"),
        (["好", "--jsonl"], None, "either TEXT or --jsonl"),
        (["好", "--user", "mili"], None, "go together"),
        (["好", "--now", "soon"], None, "--now"),
        (["--jsonl"], "{\n", "stdin:1: not JSON"),
        (["--jsonl"], '{"text": "好"}\n{"id": 1}\n', "stdin:2: an object with a text"),
        (["--jsonl"], '{"text": "好", "now": "soon"}\n', "now"),
    ],
)
def test_understand_tells_what_is_wrong(arguments: list[str], given: str | None, reason: str) -> None:
    ended = run("understand", *arguments, given=given)
    assert (ended.exit_code, reason in ended.stderr) == (2, True)


def test_understand_needs_a_user_of_the_world(small_world: Path, tmp_path: Path) -> None:
    write_world(tmp_path / "other")
    unknown = run("understand", "好", "--world", small_world / "small", "--user", "nobody")
    assert (unknown.exit_code, "no active user 'nobody'" in unknown.stderr) == (2, True)
    several = run("understand", "好", "--world", tmp_path / "none", "--user", "mili")
    assert (several.exit_code, "no such folder" in several.stderr) == (2, True)
