"""Word and PowerPoint files, through python-docx and python-pptx."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from crm_store.collateral.passages import Block

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.I)


def docx_blocks(content: bytes) -> Iterator[Block]:
    """Headings by style, paragraphs and tables in their order; hidden text is left out."""
    from docx import Document
    from docx.table import Table

    for item in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(item, Table):
            yield from (Block(text=_row([cell.text for cell in row.cells])) for row in item.rows)
        else:
            yield Block(text=_visible(item), level=_level(item.style))


def _visible(paragraph: Any) -> str:
    return "".join(
        run.text for run in paragraph.iter_inner_content() if not getattr(getattr(run, "font", None), "hidden", False)
    )


def _level(style: Any) -> int:
    name = str(getattr(style, "name", "") or "")
    if name.lower() == "title":
        return 1
    found = _HEADING.match(name)
    return min(int(found[1]), 6) if found else 0


def pptx_blocks(content: bytes) -> Iterator[Block]:
    """Each slide's title as a heading, then its text, tables and notes."""
    from pptx import Presentation

    for number, slide in enumerate(Presentation(io.BytesIO(content)).slides, 1):
        title = slide.shapes.title
        yield Block(text=(title.text_frame.text if title is not None else "") or f"第{number}页", level=2)
        for shape in slide.shapes:
            if title is None or shape.shape_id != title.shape_id:
                yield from _shape(shape)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            yield from (Block(text=line) for line in slide.notes_slide.notes_text_frame.text.splitlines())


def _shape(shape: Any) -> Iterator[Block]:
    for inner in getattr(shape, "shapes", ()):
        yield from _shape(inner)
    if getattr(shape, "has_table", False):
        yield from (Block(text=_row([cell.text for cell in row.cells])) for row in shape.table.rows)
    elif shape.has_text_frame:
        yield from (Block(text=paragraph.text) for paragraph in shape.text_frame.paragraphs)


def _row(cells: list[str]) -> str:
    kept = [
        cell.strip() for number, cell in enumerate(cells) if number == 0 or cell != cells[number - 1]
    ]  # merged cells
    return " | ".join(cell.replace("\n", " ") for cell in kept if cell)
