"""PDF files, through pypdf: text by pages, each page under a heading, so that a citation says where."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from crm_store.collateral.passages import Block

_ENDS = re.compile("[\u3002!?;:.\uff01\uff1f\uff1b\uff1a]$")
_FULL_LINE = 24
"""Characters from which a line without an end mark is taken to run on in the next one."""


def pdf_blocks(content: bytes) -> Iterator[Block]:
    """A heading and the lines of each page; an encrypted file that opens without a password is read."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("encrypted")
    for number, page in enumerate(reader.pages, 1):
        lines = list(_joined(page.extract_text().splitlines()))
        if lines:
            yield Block(text=f"第{number}页", level=2)
            yield from (Block(text=line) for line in lines)


def _joined(lines: list[str]) -> Iterator[str]:
    held = ""
    for line in (line.strip() for line in lines):
        if held and (not line or _ENDS.search(held) or len(held) < _FULL_LINE):
            yield held
            held = ""
        held = f"{held}{' ' if held[-1:].isascii() and line[:1].isascii() and held else ''}{line}"
    if held:
        yield held
