"""collateral index and search: a folder in, hits out, broken files named."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from crm_store.collateral.cli import app


def test_a_folder_is_indexed_and_searched(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "pump.md").write_text("# 水泵\n## 质保\n质保三年。", encoding="utf-8")
    (folder / "rule.txt").write_text("七天内可以退货。", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"nothing")
    (folder / ".hidden.md").write_text("暗", encoding="utf-8")
    made = CliRunner().invoke(app, ["index", str(folder), "--to", str(tmp_path / "x.idx")])
    assert made.exit_code == 0, made.output
    assert "已索引 2 份资料" in made.output
    assert "broken.docx" in made.output
    queries, out = tmp_path / "q.jsonl", tmp_path / "r.jsonl"
    queries.write_text('{"id": 7, "query": "保修多久"}\n\n{"id": "b", "query": "退货"}\n', encoding="utf-8")
    asked = CliRunner().invoke(
        app, ["search", str(tmp_path / "x.idx"), "--queries", str(queries), "--k", "1", "--out", str(out)]
    )
    assert asked.exit_code == 0, asked.output
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert first["id"] == 7
    assert first["hits"][0] | {"score": 0} == {
        "document": "sub/pump",
        "section": "水泵 > 质保",
        "text": "质保三年。",
        "score": 0,
    }
    assert [hit["document"] for hit in second["hits"]] == ["rule.txt"]


def test_a_file_that_is_no_index_is_a_clear_message(tmp_path: Path) -> None:
    (tmp_path / "x.idx").write_text("no", encoding="utf-8")
    (tmp_path / "q.jsonl").write_text("", encoding="utf-8")
    result = CliRunner().invoke(
        app,
        ["search", str(tmp_path / "x.idx"), "--queries", str(tmp_path / "q.jsonl"), "--out", str(tmp_path / "o.jsonl")],
    )
    assert result.exit_code == 1
    assert "不是资料索引文件" in result.output
