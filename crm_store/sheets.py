"""Tables from files: CSV in whatever encoding Excel wrote it, and .xlsx; rows in batches, each with its line number."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from crm_store.errors import ImportRejected

BATCH = 10_000
_PIECE = 1 << 20
_ENCODINGS = ("utf-8-sig", "gb18030")  # GB18030 reads GBK and GB2312 too
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
LARGEST_XLSX = 1 << 30
"""Bytes that a workbook may unpack to: a small file can hold a huge one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """Some rows of a table; `lines[i]` is the line of row i in the file, as an editor or Excel counts."""

    lines: Sequence[int]
    cells: list[Sequence[Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A table: its headings, and its rows in batches; reading on may raise ImportRejected."""

    headings: list[str]
    batches: Iterator[Rows]


def read_sheet(path: Path) -> Sheet:
    """The table in a .csv, .tsv, .txt or .xlsx file. Raises ImportRejected."""
    if path.suffix.lower() == ".xlsx":
        return _sheet(_xlsx_rows(path), path.name)
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise ImportRejected([f"{path.name}: 只能导入 .csv 和 .xlsx 文件"])
    return _sheet(_csv_rows(path, _encoding(path)), path.name)


def _sheet(parts: Iterator[Rows], name: str) -> Sheet:
    first = next(parts, None)
    if first is None:
        raise ImportRejected([f"{name}: 文件是空的"])
    headings = [str(cell if cell is not None else "").strip() for cell in first.cells[0]]
    rest = Rows(lines=first.lines[1:], cells=first.cells[1:])
    return Sheet(headings=headings, batches=_full(rest, parts))


def _full(first: Rows, rest: Iterator[Rows]) -> Iterator[Rows]:
    if first.cells:
        yield first
    yield from rest


def _encoding(path: Path) -> str:
    """The encoding of a text file, having read all of it."""
    with path.open("rb") as file:
        marked = _MARKS.get(file.read(2))
    broken = []
    for encoding in (marked,) if marked else _ENCODINGS:
        line = _first_broken_line(path, encoding)
        if line is None:
            return encoding
        broken.append(line)
    raise ImportRejected([f"第 {max(broken)} 行: 文字编码不对,请存成 UTF-8 或 GBK 的 CSV"])


def _first_broken_line(path: Path, encoding: str) -> int | None:
    """The line with the first byte that `encoding` can't read; None where all can. Raises ImportRejected for NUL."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            piece = file.read(_PIECE)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if "\x00" in text:
                raise ImportRejected(
                    [f"第 {line + text.partition(chr(0))[0].count(chr(10))} 行: 有无法保存的字符(NUL)"]
                )
            if not piece:
                return None
            line += text.count("\n")


def _csv_rows(path: Path, encoding: str) -> Iterator[Rows]:
    with path.open(encoding=encoding, newline="") as file:
        head = file.readline()
        file.seek(0)
        reader = csv.reader(file, delimiter=_delimiter(head), strict=True)
        while True:
            begin = reader.line_num
            try:
                cells: list[Sequence[Any]] = list(islice(reader, BATCH))
            except csv.Error as error:
                raise ImportRejected([f"第 {reader.line_num} 行: CSV 格式不对({error})"]) from error
            if not cells:
                return
            yield from _numbered(cells, begin, reader.line_num)


def _delimiter(head: str) -> str:
    return max(",\t;，", key=head.count)


def _numbered(cells: list[Sequence[Any]], begin: int, end: int) -> Iterator[Rows]:
    """Rows with their lines; a quoted cell may go over several lines, and an empty line is no row."""
    lines: Sequence[int] = range(begin + 1, begin + 1 + len(cells))
    if end - begin != len(cells):
        lines = list(_starts(cells, begin + 1))
    if not all(map(any, cells)):
        kept = [(line, row) for line, row in zip(lines, cells, strict=True) if any(row)]
        lines, cells = [line for line, _ in kept], [row for _, row in kept]
    if cells:
        yield Rows(lines=lines, cells=cells)


def _starts(cells: Iterable[Sequence[str]], line: int) -> Iterator[int]:
    for row in cells:
        yield line
        line += 1 + sum(cell.count("\n") for cell in row)


def _xlsx_rows(path: Path) -> Iterator[Rows]:
    import openpyxl  # 0.2 s, for those who have a workbook

    _check_size(path)
    try:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise ImportRejected([f"{path.name}: 不是能读的 .xlsx 文件"]) from error
    try:
        rows = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
        while part := list(islice(rows, BATCH)):
            kept = [(line, _trimmed(row)) for line, row in part if any(cell is not None for cell in row)]
            if kept:
                yield Rows(lines=[line for line, _ in kept], cells=[row for _, row in kept])
    finally:
        book.close()


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise ImportRejected([f"{path.name}: 不是能读的 .xlsx 文件"]) from error
    if unpacked > LARGEST_XLSX:
        raise ImportRejected([f"{path.name}: 文件太大,请分成几个"])


def _trimmed(row: Sequence[Any]) -> Sequence[Any]:
    return tuple("" if cell is None else cell for cell in row)
