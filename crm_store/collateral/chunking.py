"""Blocks to sections under heading paths, sections to passages of a few sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crm_store.collateral.passages import About, Block, Passage, Section

LONGEST = 1200
"""Characters of a passage at most, unless one sentence is longer; sections in sales material are mostly shorter."""
_STOPS, _CLOSING = "\u3002!?;\uff01\uff1f\uff1b", '\u300d\u300f\u201d\u2019")\uff09'  # in both widths
_END = re.compile(
    rf"(?<=[{_STOPS}])(?![{_CLOSING}])|(?<=[{_STOPS}][{_CLOSING}])(?![{_CLOSING}])|(?<=[a-z)]\.)\s+(?=[A-Z])"
)


def sections_of(document: str, title: str, blocks: Iterable[Block], about: About) -> Iterator[Section]:
    """Sections of a document in reading order; a heading without text of its own makes none."""
    path: list[tuple[int, str]] = []
    lines: list[str] = []
    for block in blocks:
        if not block.level:
            lines.append(block.text)
            continue
        if lines:
            yield _section(document, title, path, lines, about)
        lines = []
        path = [*(p for p in path if p[0] < block.level), (block.level, block.text)]
    if lines:
        yield _section(document, title, path, lines, about)


def _section(document: str, title: str, path: list[tuple[int, str]], lines: list[str], about: About) -> Section:
    return Section(
        document=document, title=title, path=tuple(text for _, text in path), lines=tuple(lines), about=about
    )


def sentences(line: str) -> list[str]:
    """The sentences of a line; a closing quotation mark stays with its sentence."""
    return [part.strip() for part in _END.split(line) if part and part.strip()]


def passages_of(number: int, section: Section) -> Iterator[Passage]:
    """The passages of a section: whole lines together while they fit, a long line cut between sentences."""
    held = ""
    for piece in _pieces(section.lines):
        if held and len(held) + len(piece) > LONGEST:
            yield Passage(section=number, text=held)
            held = ""
        held = f"{held}\n{piece}" if held else piece
    if held:
        yield Passage(section=number, text=held)


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line) <= LONGEST:
            yield line
            continue
        held = ""
        for sentence in sentences(line):
            if held and len(held) + len(sentence) > LONGEST:
                yield held
                held = ""
            held += sentence
        if held:
            yield held
