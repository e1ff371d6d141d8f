"""A suite is read strictly to be scored, leniently to be replayed, and every error names its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.suite import SuiteError, read_suite
from tests.eval.world import case, write_suite

GOOD = case("a", "你好")
ROOT = Path(__file__).parents[2]


def expecting(**expect: Any) -> dict[str, Any]:
    """A case whose only turn expects this."""
    return case("b") | {"turns": [{"say": "你好", "expect": expect}]}


def changing(**change: Any) -> dict[str, Any]:
    """A case whose only turn expects this change."""
    return expecting(changes=[change])


BROKEN = [
    pytest.param("{nonsense", "not JSON", id="no JSON"),
    pytest.param("[]", "Case", id="no object"),
    pytest.param({"id": "b", "user": "mili"}, "turns", id="no turns"),
    pytest.param(case("b"), "turns", id="empty turns"),
    pytest.param(case("b", "好", confirm="never"), "confirm", id="unknown way of confirming"),
    pytest.param(case("b", "好", colour="red"), "colour", id="unknown key of a case"),
    pytest.param(case("b", "好", now="tomorrow"), "now", id="no time"),
    pytest.param(case("b") | {"turns": [{}]}, "say or audio", id="neither text nor recording"),
    pytest.param(case("b") | {"turns": [{"say": "好", "audio": "a.wav"}]}, "say or audio", id="both"),
    pytest.param(expecting(outcome="done"), "outcome", id="an outcome that is no list"),
    pytest.param(expecting(outcome=["finished"]), "outcome", id="unknown outcome"),
    pytest.param(expecting(reply_haz=["x"]), "reply_haz", id="unknown expectation"),
    pytest.param(expecting(reply_has=[[]]), "reply_has", id="no text to choose from"),
    pytest.param(changing(op="remove", type="task"), "op", id="unknown operation"),
    pytest.param(changing(op="create", type="ticket"), "ticket", id="unknown record type"),
    pytest.param(changing(op="create", type="interaction"), "interaction", id="a type that is housekeeping"),
    pytest.param(changing(op="create", type="task", record={"due": "x"}), "due", id="unknown field"),
    pytest.param(changing(op="update", type="task", match={"nane~": "x"}), "nane", id="unknown field to match"),
]


@pytest.mark.parametrize(("line", "said"), BROKEN)
def test_a_broken_line_is_named_with_its_number(tmp_path: Path, line: Any, said: str) -> None:
    path = write_suite(tmp_path / "suite.jsonl", GOOD, "", line)
    with pytest.raises(SuiteError, match=rf"suite\.jsonl:3: .*{said}"):
        read_suite(path)


def test_an_id_may_be_used_once(tmp_path: Path) -> None:
    path = write_suite(tmp_path / "suite.jsonl", GOOD, GOOD)
    with pytest.raises(SuiteError, match=r":2: id 'a' is used twice"):
        read_suite(path)


def test_a_suite_that_is_missing_empty_or_no_text_is_an_error(tmp_path: Path) -> None:
    empty = write_suite(tmp_path / "empty.jsonl")
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.jsonl", empty, binary):
        with pytest.raises(SuiteError, match=path.name):
            read_suite(path)


def test_a_replay_needs_no_expectations_and_ignores_what_it_does_not_know(tmp_path: Path) -> None:
    strange = case("b", "好", colour="red") | {"turns": [{"say": "好", "expect": {"smell": 1}, "mood": 2}]}
    (read,) = read_suite(write_suite(tmp_path / "suite.jsonl", strange), scored=False)
    assert (read.id, read.turns[0].say, read.turns[0].expect.changes) == ("b", "好", None)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = write_suite(tmp_path / "suite.jsonl", GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [each.id for each in read_suite(path)] == ["a"]


@pytest.mark.parametrize("path", sorted(ROOT.glob("eval/*/*/cases.jsonl")), ids=lambda path: path.parent.name)
def test_every_suite_of_the_repository_can_be_scored(path: Path) -> None:
    count = len(read_suite(path))  # by itself: a failure shall not show the cases that were set aside
    assert count >= 100


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("eval/worlds/*/*_cases.jsonl")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_further_suite_of_a_world_can_be_scored(path: Path) -> None:
    cases = read_suite(path)
    assert cases
    assert {each.world for each in cases} == {path.parent.name}
