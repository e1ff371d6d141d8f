"""The sales documents as files: kept byte for byte, with the front matter that says what they are about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Connection, delete, insert, literal, select, update

from crm_store.errors import ImportRejected
from crm_store.schema import document_versions, documents

FOLDER = "collateral"
_FENCE = b"---"
VERSION_LENGTH = 12
"""Characters of the hash by which a citation names a version; two versions of one file don't share them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One file; `path` is relative to the collateral folder, with slashes."""

    id: int
    path: str
    content: bytes
    sha256: str
    front_matter: dict[str, Any]
    updated_at: datetime
    replaced_at: datetime | None = None  # when it was replaced or removed; None: it holds

    @property
    def version(self) -> str:
        """The name of this version: the beginning of its content's hash."""
        return self.sha256[:VERSION_LENGTH]


class Documents:
    """Every document; common knowledge of the company, so not filtered by principal."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def put(self, path: str, content: bytes) -> bool:
        """Add or replace one file; False when it was there with the same content."""
        digest = hashlib.sha256(content).hexdigest()
        known = self.digests().get(path)
        if known == digest:
            return False
        values = {
            "content": content,
            "sha256": digest,
            "front_matter": front_matter(content) if path.endswith(".md") else {},
            "updated_at": self._now,
        }
        if known is None:
            self._connection.execute(insert(documents), {"path": path, **values})
        else:
            self._keep(path)
            self._connection.execute(update(documents).where(documents.c.path == path).values(**values))
        return True

    def remove(self, path: str) -> None:
        """Search one file no longer; what was cited from it stays readable as an earlier version."""
        self._keep(path)
        self._connection.execute(delete(documents).where(documents.c.path == path))

    def get(self, path: str) -> Document | None:
        """One file, or None."""
        row = self._connection.execute(select(documents).where(documents.c.path == path)).one_or_none()
        return None if row is None else Document(**row._mapping)

    def version(self, path: str, version: str) -> Document | None:
        """One version of a file, also one that was replaced or removed since; None where there was none such."""
        return next((each for each in self.versions(path) if version and each.version == version), None)

    def versions(self, path: str) -> list[Document]:
        """All versions of a file, the one that holds first, then the newest first."""
        current = self.get(path)
        earlier = self._connection.execute(
            select(document_versions)
            .where(document_versions.c.path == path)
            .order_by(document_versions.c.replaced_at.desc(), document_versions.c.id.desc())
        )
        return [*([current] if current else []), *(Document(**row._mapping) for row in earlier)]

    def _keep(self, path: str) -> None:
        """Keep what a file is now as an earlier version."""
        kept = ("path", "content", "sha256", "front_matter", "updated_at")
        now = select(*(documents.c[name] for name in kept), literal(self._now, document_versions.c.replaced_at.type))
        self._connection.execute(
            insert(document_versions).from_select([*kept, "replaced_at"], now.where(documents.c.path == path))
        )

    def all(self) -> list[Document]:
        """Every file by path."""
        return [Document(**r._mapping) for r in self._connection.execute(select(documents).order_by(documents.c.path))]

    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file by path: what an index compares itself with."""
        return {path: digest for path, digest in self._connection.execute(select(documents.c.path, documents.c.sha256))}


def front_matter(content: bytes) -> dict[str, Any]:
    """The YAML front matter of a Markdown file; empty where there is none or it is not a mapping of plain values."""
    if not content.startswith(_FENCE):
        return {}
    head, fence, _ = content[len(_FENCE) :].partition(b"\n" + _FENCE)
    if not fence:
        return {}
    import yaml  # only files with front matter pay for it

    try:
        found = yaml.load(head.decode("utf-8", "replace"), yaml.BaseLoader)  # BaseLoader: `on` and `no` stay words
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def read_folder(folder: Path) -> list[tuple[str, bytes]]:
    """The files below a collateral folder as (path, content), by path; hidden files and links are left out."""
    if not folder.is_dir():
        return []
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink())
    relative = [(p.relative_to(folder), p) for p in files]
    return [(r.as_posix(), p.read_bytes()) for r, p in relative if not any(part.startswith(".") for part in r.parts)]


def write_folder(found: list[Document], folder: Path) -> None:
    """Write documents as files. Raises ImportRejected for a path that would leave the folder."""
    for document in found:
        path = PurePosixPath(document.path)
        if path.is_absolute() or ".." in path.parts:
            raise ImportRejected([f"{document.path}: 路径不在文件夹内"])
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(document.content)
