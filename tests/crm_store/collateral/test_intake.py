"""Documents taken in: what isn't what it says is refused by name, in two languages; paths stay inside."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from crm_store.collateral.formats.genuine import UnreadableDocument
from crm_store.collateral.intake import NOTHING_SEEN, Candidate, clean_path, difference, look


def office(member: str, flag: int = 0) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
        archive.infolist()[0].flag_bits |= flag
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"plain words", "内容不是 .pdf 文件"),
        ("a.docx", b"%PDF-1.7", "内容不是 .docx 文件"),
        ("a.docx", office("ppt/presentation.xml"), "内容不是 .docx 文件"),
        ("a.pptx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "文件有密码,或者是旧版 Office 格式"),
        ("a.docx", office("word/document.xml", 1), "文件有密码"),
        ("a.md", b"%PDF-1.7", "内容不是 .md 文件"),
        ("a.txt", b"MZ\x90\x00", "内容不是 .txt 文件"),
        ("a.html", b"abc\0\0\0\1", "内容不是 .html 文件"),
        ("a.md", b"", "文件是空的"),
        ("a.txt", b"x" * 20_000_001, "文件太大"),
        ("a.xyz", b"x", "不认识的格式 .xyz"),
        ("../a.md", b"x", "文件名不能用"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, content: bytes, reason: str) -> None:
    refusal = look(Candidate(path=name, content=content)).refusal
    assert refusal is not None
    assert (refusal.path, refusal.status) == (name, "refused")
    assert refusal.reason.startswith(reason)
    assert refusal.reason_en


def test_a_good_file_is_ready_to_be_stored() -> None:
    looked = look(Candidate(path="甲\\乙.md", content="# 甲\n一。".encode()))
    assert (looked.path, looked.refusal) == ("甲/乙.md", None)


@pytest.mark.parametrize("path", ["", "/a.md", "../a.md", "a/../../b.md", ".a.md", "a/.b/c.md", "a\n.md", "x" * 300])
def test_a_path_that_leaves_the_collateral_is_refused(path: str) -> None:
    with pytest.raises(UnreadableDocument):
        clean_path(path)


def test_only_files_that_changed_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 甲\n一。", encoding="utf-8")
    (tmp_path / "~$b.docx").write_bytes(b"lock")
    (tmp_path / ".hidden.md").write_text("x", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"x")
    first = difference(tmp_path, NOTHING_SEEN)
    assert [each.path for each in first.changed] == ["a.md"]
    second = difference(tmp_path, first.now)
    assert (second.changed, second.gone) == ([], [])
    (tmp_path / "a.md").write_text("# 甲\n二。", encoding="utf-8")
    os.utime(tmp_path / "a.md", ns=(1, 1))
    assert [each.path for each in difference(tmp_path, second.now).changed] == ["a.md"]


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 甲\n一。", encoding="utf-8")
    first = difference(tmp_path, NOTHING_SEEN)
    (tmp_path / "a.md").unlink()
    assert difference(tmp_path, first.now).gone == ["a.md"]
