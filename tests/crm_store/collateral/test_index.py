"""The index: ranking, filters, what is kept in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_store.collateral.embedding import HashingEmbedder
from crm_store.collateral.index import build_index
from crm_store.collateral.passages import About, Filter
from crm_store.collateral.storage import UnreadableIndex, load, save
from tests.crm_store.collateral.asking import parsed, small_index

DOCUMENTS = {
    "a": "# 手册\n## 安装\n水泵装在地面,接三相电。\n## 保养\n每月换一次滤芯。",
    "b": "---\nkind: policy\n---\n# 退货\n七天内可退货,滤芯除外。",
}


def test_the_best_section_comes_first_once_with_its_heading_path() -> None:
    hits = small_index(**DOCUMENTS).search("滤芯多久换")
    assert (hits[0].section.document, hits[0].section.heading) == ("a", "手册 > 保养")
    assert len({hit.number for hit in hits}) == len(hits)


def test_traditional_characters_and_full_width_codes_are_found() -> None:
    index = small_index(c="# 說明\n型號AB-12的保固期為兩年。")
    assert index.search("ＡＢ１２保修几年")[0].section.document == "c"


def test_an_english_question_finds_a_chinese_passage() -> None:
    assert small_index(**DOCUMENTS).search("how to install")[0].section.heading == "手册 > 安装"


def test_a_filter_holds_before_the_best_are_taken() -> None:
    many = {f"m{n}": f"# 滤芯{n}\n滤芯多久换,换滤芯。" for n in range(300)}
    hits = small_index(**many, **DOCUMENTS).search("滤芯多久换", count=5, only=Filter(kinds=("policy",)))
    assert [hit.section.document for hit in hits] == ["b"]


@pytest.mark.parametrize(
    ("only", "about", "admits"),
    [
        (Filter(), About(kind="case"), True),
        (Filter(kinds=("case",)), About(kind="policy"), False),
        (Filter(industries=("食品",)), About(industry="食品"), True),
        (Filter(industries=("食品",)), About(), True),
        (Filter(industries=("食品",)), About(industry="医药"), False),
        (Filter(audience="customer"), About(audience="internal"), False),
        (Filter(today="2026-06-01"), About(expires="2026-05-31"), False),
        (Filter(today="2026-05-31"), About(expires="2026-05-31"), True),
    ],
)
def test_a_filter_admits_what_fits(only: Filter, about: About, admits: bool) -> None:
    assert only.admits(about) is admits


def test_a_saved_index_answers_as_before(tmp_path: Path) -> None:
    index = small_index(**DOCUMENTS)
    save(index, tmp_path / "x.idx", key="k")
    again = load(tmp_path / "x.idx", key="k")
    assert [(h.number, h.text, h.score) for h in again.search("滤芯")] == [
        (h.number, h.text, h.score) for h in index.search("滤芯")
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["x.idx"]


def test_a_damaged_outdated_or_foreign_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.idx"
    save(small_index(**DOCUMENTS), path, key="k")
    with pytest.raises(UnreadableIndex):
        load(path, key="other")
    with pytest.raises(UnreadableIndex):
        load(path, embedder=HashingEmbedder(64))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableIndex):
        load(path)
    path.write_bytes(b"not an index")
    with pytest.raises(UnreadableIndex):
        load(path)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = build_index([])
    save(index, tmp_path / "x.idx")
    assert load(tmp_path / "x.idx").search("水泵") == []


def test_progress_is_told_for_each_document() -> None:
    told: list[int] = []
    build_index(parsed(**DOCUMENTS), report=told.append)
    assert told == [1, 2]
