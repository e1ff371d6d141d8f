"""HTML: what a browser would show, as headings and lines; hidden elements, scripts and link addresses are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crm_store.collateral.passages import Block

_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "nav", "textarea"})
_BREAKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "br",
        "section",
        "article",
        "table",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "header",
        "footer",
        "main",
        "figure",
        "figcaption",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])", re.I)


def html_blocks(text: str) -> Iterator[Block]:
    """Headings and lines of a page."""
    from lxml import html

    if not text.strip():
        return
    gathered = _Gathered()
    _walk(html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")), gathered)
    gathered.end()
    yield from gathered.blocks


class _Gathered:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)

    def end(self, level: int = 0) -> None:
        line = " ".join("".join(self._parts).split()).strip(" |")
        self._parts = []
        if line:
            self.blocks.append(Block(text=line, level=level))


def _walk(element: Any, into: _Gathered) -> None:
    name = element.tag if isinstance(element.tag, str) else ""
    if not name or name in _UNSEEN or _hidden(element):
        return
    level = _HEADINGS.get(name, 0)
    if level or name in _BREAKS:
        into.end()
    into.add(element.text)
    for child in element:
        _walk(child, into)
        into.add(child.tail)
    if name in ("td", "th"):
        into.add(" | ")
    if level or name in _BREAKS:
        into.end(level)


def _hidden(element: Any) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or _HIDING.search(element.get("style") or "") is not None
    )
