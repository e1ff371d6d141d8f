"""Whether a file is what its name says, and safe to open: disguised, encrypted and exploding files are told apart."""

from __future__ import annotations

import io
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST_BYTES = 20_000_000
"""The largest file that is read."""
MOST_UNPACKED = 200_000_000
"""Bytes that an Office file may unpack to; 20 MB of zip may hold gigabytes."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and new ones with a password
_BINARY = (b"PK\x03\x04", b"%PDF-", b"MZ", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b", _OLE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PARTS = {".docx": "word/document.xml", ".pptx": "ppt/presentation.xml"}


class UnreadableDocument(Exception):
    """A file whose text can't be had: broken, encrypted, disguised, or of an unknown kind. The message says which, in
    Chinese; `english` says it in English."""

    def __init__(self, reason: str, english: str = "The file can't be read.") -> None:
        super().__init__(reason)
        self.english = english


def check(suffix: str, content: bytes) -> None:
    """Raise UnreadableDocument for content that isn't what `suffix` (lower case, with its dot) says."""
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise UnreadableDocument(f"文件太大,最多 {limit} MB", f"The file is too large; the limit is {limit} MB.")
    if not content:
        raise UnreadableDocument("文件是空的", "The file is empty.")
    if suffix == ".pdf":
        if b"%PDF-" not in content[:1024]:
            raise _disguised(suffix)
    elif suffix in _PARTS:
        _check_office(suffix, content)
    elif content.startswith(_BINARY) or (b"\0" in content[:4096] and not content.startswith(_UTF_16)):
        raise _disguised(suffix)


def _disguised(suffix: str) -> UnreadableDocument:
    return UnreadableDocument(f"内容不是 {suffix} 文件", f"The content is no {suffix} file.")


def _check_office(suffix: str, content: bytes) -> None:
    if content.startswith(_OLE):
        raise UnreadableDocument(
            "文件有密码,或者是旧版 Office 格式,请另存为没有密码的新格式",
            "The file has a password or is of an old Office format; save it as a new one without a password.",
        )
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise _disguised(suffix) from error
    _check_members(suffix, members)


def _check_members(suffix: str, members: list[ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableDocument("文件有密码", "The file has a password.")
    if _PARTS[suffix] not in {member.filename for member in members}:
        raise _disguised(suffix)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UnreadableDocument("解压后太大", "The file unpacks to too much.")
