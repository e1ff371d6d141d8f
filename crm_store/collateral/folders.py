"""A folder of documents to an index; a file that can't be read is named and left out, nothing else is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crm_store.collateral.embedding import Embedder
from crm_store.collateral.formats.reading import Parsed, UnreadableDocument, read_document
from crm_store.collateral.index import CollateralIndex, build_index


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexedFolder:
    """An index and how it came about; `skipped` are (path, reason)."""

    index: CollateralIndex
    documents: int
    skipped: tuple[tuple[str, str], ...]
    seconds: float


def index_of_folder(
    folder: Path, embedder: Embedder | None = None, report: Callable[[int, int], None] = lambda done, total: None
) -> IndexedFolder:
    """Index every file below a folder, hidden ones and links excepted; `report` is told files done and in all."""
    begun = time.monotonic()
    files = list(_files(folder))
    skipped: list[tuple[str, str]] = []

    def parsed() -> Iterator[Parsed]:
        for done, (relative, path) in enumerate(files, 1):
            try:
                yield read_document(relative, path.read_bytes())
            except UnreadableDocument as error:
                skipped.append((relative, str(error)))
            report(done, len(files))

    index = build_index(parsed(), embedder)
    return IndexedFolder(
        index=index,
        documents=len(files) - len(skipped),
        skipped=tuple(skipped),
        seconds=time.monotonic() - begun,
    )


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in relative.parts):
            yield relative.as_posix(), path
