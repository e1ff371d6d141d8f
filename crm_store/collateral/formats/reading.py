"""Which reader takes a file, and what a file that can't be read is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from crm_store.collateral.cleaning import shown
from crm_store.collateral.formats.genuine import UnreadableDocument, check
from crm_store.collateral.formats.hypertext import html_blocks
from crm_store.collateral.formats.markdown import markdown_blocks, without_front_matter
from crm_store.collateral.formats.office import docx_blocks, pptx_blocks
from crm_store.collateral.formats.pdf import pdf_blocks
from crm_store.collateral.passages import About, Block
from crm_store.documents import front_matter

FOR_CUSTOMERS = frozenset({"product", "case", "faq", "manual"})
"""Kinds written for customers; the others stay internal unless their front matter says `audience: customer`."""


_KINDS = {
    word: kind
    for kind, words in {
        "battlecard": "battle_card battle-card battle 对战卡 对比卡 竞品 竞品对比",
        "script": "scripts talk_track talk-track 话术 异议处理",
        "playbook": "play guide_play 打法 攻略",
        "case": "case_study case-study casestudy cases 案例 客户案例",
        "policy": "policies 政策 制度 规定",
        "product": "brochure datasheet spec 产品 产品资料 规格书",
        "manual": "guide handbook 手册 说明书",
        "faq": "qa q&a 问答 常见问题",
    }.items()
    for word in words.split()
}
"""What people call the kinds of documents in front matter, by the one name that the answering knows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """A file as title, front matter and blocks; `document` is its path, without `.md`."""

    document: str
    title: str
    about: About
    blocks: tuple[Block, ...]


_READERS: dict[str, Callable[[bytes], Iterable[Block]]] = {
    ".md": lambda content: markdown_blocks(without_front_matter(text_of(content))),
    ".markdown": lambda content: markdown_blocks(without_front_matter(text_of(content))),
    ".txt": lambda content: (Block(text=line) for line in text_of(content).splitlines()),
    ".html": lambda content: html_blocks(text_of(content)),
    ".htm": lambda content: html_blocks(text_of(content)),
    ".pdf": pdf_blocks,
    ".docx": docx_blocks,
    ".pptx": pptx_blocks,
}
SUFFIXES = frozenset(_READERS)


def read_document(path: str, content: bytes) -> Parsed:
    """Read one file; `path` is relative, with slashes. Raises UnreadableDocument."""
    suffix = PurePosixPath(path).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        known = "、".join(sorted(SUFFIXES))
        raise UnreadableDocument(
            f"不认识的格式 {suffix or '(没有扩展名)'},可以用 {known}",
            f"Unknown format {suffix or '(no extension)'}; known are {', '.join(sorted(SUFFIXES))}.",
        )
    check(suffix, content)
    try:
        blocks = tuple(_clean(reader(content)))
    except _failures() as error:
        kind = type(error).__name__
        raise UnreadableDocument(f"文件损坏或加密 ({kind})", f"Broken or encrypted ({kind}).") from error
    if not any(not block.level for block in blocks):
        raise UnreadableDocument("没有文字(扫描件要先识别文字)", "There is no text in it (scans need OCR first).")
    about = about_of(front_matter(content) if suffix in (".md", ".markdown") else {})
    title = next((block.text for block in blocks if block.level == 1), "") or PurePosixPath(path).stem
    return Parsed(document=path.removesuffix(".md"), title=title, about=about, blocks=blocks)


def about_of(given: dict[str, Any]) -> About:
    """Front matter as what filters look at; keys that it doesn't know are left to the document."""
    values = {
        str(key).lower(): shown(str(value)) for key, value in given.items() if isinstance(value, str | int | float)
    }
    kind = _KINDS.get(values.get("kind", "").lower(), values.get("kind", "").lower())
    audience = values.get("audience") or ("customer" if kind in FOR_CUSTOMERS else "internal")
    fields = {key: values.get(key, "") for key in ("product", "industry", "stage", "topic", "version")}
    expires = values.get("expires") or values.get("valid_until") or ""
    return About(
        kind=kind, audience="customer" if audience in ("customer", "public") else "internal", expires=expires, **fields
    )


def text_of(content: bytes) -> str:
    """Decode text: UTF-8 with or without a mark, else what the bytes look like (GB18030 for Chinese)."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(content, cp_isolation=["gb18030", "big5", "utf_16"]).best()
        if best is None:
            raise ValueError("unknown encoding") from None
        return str(best)


def _clean(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        text = shown(block.text)
        if text:
            yield replace(block, text=text)


def _failures() -> tuple[type[Exception], ...]:
    """What the readers and their libraries raise for a broken file; asked only when one has raised."""
    from zipfile import BadZipFile

    from lxml.etree import LxmlError
    from pypdf.errors import PyPdfError

    return ValueError, LookupError, OSError, EOFError, AttributeError, BadZipFile, LxmlError, PyPdfError


__all__ = ["FOR_CUSTOMERS", "SUFFIXES", "Parsed", "UnreadableDocument", "about_of", "read_document", "text_of"]
