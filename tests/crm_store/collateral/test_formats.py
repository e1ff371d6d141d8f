"""File formats: what a reader sees becomes headings and lines; what is hidden or broken doesn't."""

from __future__ import annotations

import io

import pytest

from crm_store.collateral.chunking import LONGEST, passages_of, sections_of, sentences
from crm_store.collateral.formats.reading import UnreadableDocument, read_document
from crm_store.collateral.passages import About, Section


def lines(path: str, content: str | bytes) -> list[tuple[int, str]]:
    raw = content.encode() if isinstance(content, str) else content
    return [(block.level, block.text) for block in read_document(path, raw).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 标题 #\n正文", [(1, "标题"), (0, "正文")]),
        ("- 一\n* 二\n> 引文", [(0, "一"), (0, "二"), (0, "引文")]),
        ("| 型号 | 价 |\n|---|---|\n| A1 | 3万 |", [(0, "型号 | 价"), (0, "A1 | 3万")]),
        ("见[手册](http://evil.example/x)。![图](a.png)", [(0, "见手册。")]),
        ("**粗**和`代码`", [(0, "粗和代码")]),
        ("```\n# 不是标题\n```\n后文", [(0, "# 不是标题"), (0, "后文")]),
        ("看得见<!-- 看不见 --><span style='display:none'>也看不见</span>", [(0, "看得见")]),
        ("零\u200b宽\u202e字符", [(0, "零宽字符")]),
        ("2*3*4 毫米", [(0, "2*3*4 毫米")]),
    ],
)
def test_markdown_is_what_a_reader_sees(text: str, expected: list[tuple[int, str]]) -> None:
    assert lines("x.md", text) == expected


def test_front_matter_says_what_a_document_is_about() -> None:
    found = read_document("a/b.md", "---\nkind: case\nindustry: 食品\nowner: 某人\n---\n# 案例\n好。".encode())
    assert found.document == "a/b"
    assert found.title == "案例"
    assert found.about == About(kind="case", industry="食品", audience="customer")


def test_html_hides_what_a_browser_hides() -> None:
    page = (
        "<html><head><title>t</title></head><body><h2>参数</h2><p>重量<b>3</b>吨</p><p hidden>暗</p>"
        "<div style='display: none'>暗</div><script>x</script>"
        "<table><tr><td>甲</td><td>乙</td></tr></table></body></html>"
    )
    assert lines("x.html", page) == [(2, "参数"), (0, "重量3吨"), (0, "甲 | 乙")]


def test_word_keeps_headings_tables_and_order() -> None:
    from docx import Document

    document = Document()
    document.add_heading("安装", 2)
    document.add_paragraph("接三相电。")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "重量", "3吨"
    run = document.add_paragraph("明").add_run("暗")
    run.font.hidden = True
    assert lines("x.docx", _bytes(document)) == [(2, "安装"), (0, "接三相电。"), (0, "重量 | 3吨"), (0, "明")]


def test_slides_have_a_heading_each() -> None:
    from pptx import Presentation

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "卖点", "省电四成"
    slide.notes_slide.notes_text_frame.text = "先讲省电"
    assert lines("x.pptx", _bytes(deck)) == [(2, "卖点"), (0, "省电四成"), (0, "先讲省电")]


@pytest.mark.parametrize("name", ["x.docx", "x.pptx", "x.pdf", "x.exe", "x", "x.md"])
def test_a_file_that_cannot_be_read_is_named(name: str) -> None:
    with pytest.raises(UnreadableDocument):
        read_document(name, b"" if name == "x.md" else b"PK\x03\x04 broken")


def test_an_encrypted_pdf_is_refused() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(UnreadableDocument):
        read_document("x.pdf", buffer.getvalue())


def test_old_encodings_are_understood() -> None:
    assert lines("x.txt", "质保期为两年,整机由我方承担维修。".encode("gb18030"))[0][1].startswith("质保期为两年")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("甲。乙!丙", ["甲。", "乙!", "丙"]),
        ("他说「行。」然后走了。", ["他说「行。」", "然后走了。"]),
        ("甲\uff01乙\uff1f丙\uff1b丁", ["甲\uff01", "乙\uff1f", "丙\uff1b", "丁"]),
        ("It works. Try it.", ["It works.", "Try it."]),
        ("精度0.5毫米。", ["精度0.5毫米。"]),
    ],
)
def test_sentences_end_where_they_end(line: str, expected: list[str]) -> None:
    assert sentences(line) == expected


def test_long_text_is_cut_between_sentences() -> None:
    section = Section(document="x", title="x", path=(), lines=("很长的一句话。" * 400,), about=About())
    passages = list(passages_of(0, section))
    assert len(passages) > 1
    assert all(len(passage.text) <= LONGEST and passage.text.endswith("。") for passage in passages)
    assert "".join(passage.text for passage in passages) == section.text


def test_sections_carry_their_heading_path() -> None:
    found = read_document("x.md", "开头\n# 甲\n一\n### 乙\n二\n## 丙\n三".encode())
    sections = list(sections_of("x", found.title, found.blocks, found.about))
    assert [(section.path, section.text) for section in sections] == [
        ((), "开头"),
        (("甲",), "一"),
        (("甲", "乙"), "二"),
        (("甲", "丙"), "三"),
    ]


def _bytes(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()
