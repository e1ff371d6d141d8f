"""The shelf: one index for one state of the documents, whatever store they are in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from crm_store.collateral import shelf
from crm_store.collateral.shelf import Shelf
from crm_store.documents import Document, Documents
from tests.tools.world import NOW


class Kept:
    """The documents of a store, counting how often one is read."""

    def __init__(self, **files: str) -> None:
        self.files = files
        self.reads = 0

    def digests(self) -> dict[str, str]:
        return {f"{name}.md": str(hash(text)) for name, text in self.files.items()}

    def get(self, path: str) -> Document:
        self.reads += 1
        content = self.files[path.removesuffix(".md")].encode()
        return Document(id=1, path=path, content=content, sha256="", front_matter={}, updated_at=NOW)


def index_of(on: Shelf, kept: Kept, beside: Path | None = None) -> list[str]:
    index = on.index_of(cast(Documents, kept), beside)
    return [section.document for section in index.sections]


def test_documents_are_read_again_only_when_they_changed() -> None:
    on, kept = Shelf(), Kept(a="# 甲\n一。")
    assert index_of(on, kept) == index_of(on, kept) == ["a"]
    assert kept.reads == 1
    kept.files["b"] = "# 乙\n二。"
    assert index_of(on, kept) == ["a", "b"]
    assert kept.reads == 2


def test_two_stores_with_the_same_documents_share_an_index() -> None:
    on, other = Shelf(), Kept(a="# 甲\n一。")
    index_of(on, Kept(a="# 甲\n一。"))
    index_of(on, other)
    assert other.reads == 0


def test_a_document_that_cannot_be_read_is_left_out() -> None:
    assert index_of(Shelf(), Kept(a="# 甲\n一。", empty="")) == ["a"]


def test_a_large_index_is_kept_in_a_file_and_built_again_when_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "WORTH_A_FILE", 1)
    kept, file = Kept(a="# 甲\n一。"), tmp_path / "collateral.idx"
    index_of(Shelf(), kept, file)
    index_of(Shelf(), kept, file)
    assert kept.reads == 1
    file.write_bytes(b"damaged")
    assert index_of(Shelf(), kept, file) == ["a"]
    assert kept.reads == 2
