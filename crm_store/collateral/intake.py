"""Documents taken in from outside: looked at first, then stored; what can't be read is named with its reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from crm_store.collateral.formats.genuine import MOST_BYTES, UnreadableDocument
from crm_store.collateral.formats.reading import SUFFIXES, read_document
from crm_store.documents import Documents

LONGEST_PATH = 255
STORED, UNCHANGED, REFUSED = "stored", "unchanged", "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A file as it came; `path` is what the sender calls it."""

    path: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What became of one file; a refused one says why, in Chinese and in English."""

    path: str
    status: str
    reason: str = ""
    reason_en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """A file that was looked at: ready to be stored, or refused."""

    path: str
    content: bytes
    refusal: Taken | None = None


def look(candidate: Candidate) -> Looked:
    """Read a file to see that it can be read. Slow for large PDFs: not for an event loop, nor in a transaction."""
    try:
        path = clean_path(candidate.path)
        read_document(path, candidate.content)
    except UnreadableDocument as error:
        refusal = Taken(path=candidate.path, status=REFUSED, reason=str(error), reason_en=error.english)
        return Looked(path=candidate.path, content=b"", refusal=refusal)
    return Looked(path=path, content=candidate.content)


def store(documents: Documents, files: Iterable[Looked]) -> list[Taken]:
    """Store what can be read, in the order given; the others are passed on with their reasons."""
    return [each.refusal or _stored(documents, each) for each in files]


def _stored(documents: Documents, each: Looked) -> Taken:
    changed = documents.put(each.path, each.content)
    return Taken(path=each.path, status=STORED if changed else UNCHANGED)


def clean_path(path: str) -> str:
    """A path inside the collateral, with slashes. Raises UnreadableDocument for one that would leave it."""
    plain = unicodedata.normalize("NFC", path.replace("\\", "/")).strip()
    parts = [part for part in PurePosixPath(plain).parts if part != "."]
    bad = not parts or plain.startswith("/") or any(part == ".." or part.startswith(".") for part in parts)
    if bad or any(ord(character) < 32 for character in plain) or len(plain) > LONGEST_PATH:
        raise UnreadableDocument("文件名不能用", "The file's name can't be used.")
    return "/".join(parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """A folder as it was last seen: size and time of change of each file by its path."""

    files: dict[str, tuple[int, int]]


NOTHING_SEEN = Watched(files={})


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What changed in a watched folder: files to take in, and paths that are gone."""

    changed: Sequence[Looked]
    gone: Sequence[str]
    now: Watched


def difference(folder: Path, before: Watched) -> Difference:
    """Compare a folder with what was seen of it; only files that changed are read. Links and hidden files are left out.

    A folder that can't be read at all (a share that is away) is no reason to forget its documents: nothing is gone.
    """
    if not folder.is_dir():
        return Difference(changed=(), gone=(), now=before)
    now = Watched(files=dict(_stats(folder)))
    changed = [path for path, stat in now.files.items() if before.files.get(path) != stat]
    gone = [path for path in before.files if path not in now.files]
    return Difference(changed=[look(_read(folder, path, now)) for path in changed], gone=gone, now=now)


def _stats(folder: Path) -> Iterable[tuple[str, tuple[int, int]]]:
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder)
        hidden = any(part.startswith((".", "~$")) for part in relative.parts)
        if not hidden and not file.is_symlink() and file.is_file() and file.suffix.lower() in SUFFIXES:
            stat = file.stat()
            yield relative.as_posix(), (stat.st_size, stat.st_mtime_ns)


def _read(folder: Path, path: str, now: Watched) -> Candidate:
    """A file's content; one that is too large isn't read, its size alone refuses it."""
    size = now.files[path][0]
    content = bytes(MOST_BYTES + 1) if size > MOST_BYTES else (folder / path).read_bytes()
    return Candidate(path=path, content=content)
