"""Markdown by lines: headings, lists, tables and code as a reader sees them; no links, images, comments or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crm_store.collateral.passages import Block

_HEADING = re.compile(r"(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_ANCHOR = re.compile(r"\s*\{#[^}]*\}\s*$")
_FENCE = re.compile(r"\s*(```+|~~~+)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HIDDEN_HTML = re.compile(
    r"<(script|style|template)\b.*?</\1\s*>"
    r"|<(\w+)\b[^>]*(?:\bhidden\b|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0)[^>]*>.*?</\2\s*>",
    re.S | re.I,
)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)|\[([^\]]+)\]\[[^\]]*\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_MARKER = re.compile(r"\s*(?:[-*+]\s+|>\s?)+")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$|\s*\[[^\]]+\]:\s")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*$")


def without_front_matter(text: str) -> str:
    """The text after a YAML front matter, if it has one."""
    if not text.startswith("---\n") and not text.startswith("---\r\n"):
        return text
    _, fence, rest = text.partition("\n---")
    return rest.partition("\n")[2] if fence else text


def markdown_blocks(text: str) -> Iterator[Block]:
    """Headings and lines. A paragraph's lines stay apart; code keeps its characters."""
    visible = _HIDDEN_HTML.sub("", _COMMENT.sub("", text)) if "<" in text else text
    yield from _blocks(visible.splitlines())


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1][:3]
        elif fence:
            yield Block(text=line)
        else:
            yield from _block(line)


def _block(line: str) -> Iterator[Block]:
    heading = _HEADING.match(line)
    if heading:
        yield Block(text=inline(_ANCHOR.sub("", heading[2])), level=len(heading[1]))
    elif line.lstrip().startswith("|"):
        if not _TABLE_RULE.match(line):
            yield Block(text=" | ".join(inline(cell.strip()) for cell in line.strip().strip("|").split("|")))
    elif line.strip() and not _RULE.match(line):
        yield Block(text=inline(_MARKER.sub("", line, count=1) if _MARKER.match(line) else line))


def inline(text: str) -> str:
    """A line without inline marks: a link's words stay, its address goes."""
    if "[" in text:
        text = _LINK.sub(lambda m: m[1] if m[1] is not None else m[2], _IMAGE.sub("", text))
    if "<" in text:
        text = _TAG.sub("", text)
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub(lambda m: m[2] or m[3], text)
    return text.replace("`", "")
